//! `fadingEdge`: content that goes on beyond an edge fades away towards it.

use super::ScrollState;
use crate::geometry::{Axis, Size};
use crate::tree::{NodeId, Tree};
use crate::units::Length;
use concord_paint::kurbo::{Point, Rect};
use concord_paint::{Brush, Color, ColorStop, Extend, LayerStyle, Mask, MaskMode, Painter};

/// Length of a fading edge where the app says none, in vp.
pub(crate) const LENGTH: f32 = 32.0;
/// What counts as more content beyond an edge, in px.
const MORE: f32 = 0.5;

/// The layer that the content of a node is drawn in while an edge fades; `None` when all of it is seen.
pub(crate) fn layer(tree: &Tree, node: NodeId) -> Option<LayerStyle> {
    let scroll = tree.scroll(node)?;
    let length = scroll.style.fading.as_ref()?;
    let size = tree.get(node)?.layout.size;
    let axis = scroll.axis();
    let (before, after) = beyond(scroll, axis);
    let reverse = axis == Axis::Horizontal && tree.is_right_to_left(node);
    let edges = if reverse { (after, before) } else { (before, after) };
    mask(size, axis, px(tree, length, size.along(axis)), edges)
}

/// Whether there is more content before and behind what is in sight.
fn beyond(scroll: &ScrollState, axis: Axis) -> (bool, bool) {
    let track = scroll.track(axis);
    (track.before > MORE, track.after > MORE)
}

/// A length of fading edges in px: at most half of the box; one that makes no sense is the default.
pub(crate) fn px(tree: &Tree, length: &Length, extent: f32) -> f32 {
    let length = length.resolve(&tree.environment, extent).filter(|length| *length > 0.0);
    length.unwrap_or_else(|| tree.environment.vp(LENGTH)).min(extent / 2.0)
}

/// A layer whose edges fade along an axis: at the start, at the end.
pub(crate) fn mask(size: Size, axis: Axis, length: f32, edges: (bool, bool)) -> Option<LayerStyle> {
    let extent = size.along(axis);
    if extent <= 0.0 || length <= 0.0 || edges == (false, false) {
        return None;
    }
    let part = length / extent;
    let alpha = |fades: bool| Color::WHITE.with_alpha(if fades { 0.0 } else { 1.0 });
    let stop = |offset: f32, color: Color| ColorStop { offset, color };
    let stops = vec![
        stop(0.0, alpha(edges.0)),
        stop(part, Color::WHITE),
        stop(1.0 - part, Color::WHITE),
        stop(1.0, alpha(edges.1)),
    ];
    let end = match axis {
        Axis::Horizontal => Point::new(f64::from(extent), 0.0),
        Axis::Vertical => Point::new(0.0, f64::from(extent)),
    };
    let mut painter = Painter::new();
    let rect = Rect::new(0.0, 0.0, f64::from(size.width), f64::from(size.height));
    painter.fill_rect(rect, &Brush::linear(Point::ZERO, end, stops, Extend::Pad));
    let mask = Mask { content: painter.finish(), mode: MaskMode::Alpha };
    Some(LayerStyle { mask: Some(mask), ..LayerStyle::default() })
}

#[cfg(test)]
mod tests {
    use crate::testing::{Scene, pixels};
    use crate::value::Value;

    fn color(frame: &concord_paint::Frame, y: u32) -> concord_paint::Color {
        frame.pixel(30, y)
    }

    #[test]
    fn only_edges_with_more_content_fade() {
        let mut scene = Scene::new("Scroll");
        scene.size(scene.root, 100.0, 100.0);
        let column = scene.add(scene.root, "Column");
        let inner = scene.add_box(column, 400.0);
        scene.set(inner, "backgroundColor", &[Value::Number(f64::from(0xffff_0000_u32))]);
        scene.set(scene.root, "fadingEdge", &[Value::Bool(true)]);
        let frame = pixels(&mut scene);
        let (start, middle, end) = (color(&frame, 1), color(&frame, 150), color(&frame, 297));
        assert_eq!(start, middle, "there is nothing before the start");
        assert!(end.to_argb() >> 24 < 40, "the end fades: {end:?}");
        scene.command(scene.root, "scrollEdge", &[Value::Number(2.0)]);
        let frame = pixels(&mut scene);
        assert!(color(&frame, 1).to_argb() >> 24 < 40 && color(&frame, 297) == middle);
    }
}
