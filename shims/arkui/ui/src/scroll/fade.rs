//! `fadingEdge`: content that goes on beyond an edge fades away towards it.

use super::ScrollState;
use crate::geometry::{Axis, Size};
use crate::tree::{NodeId, Tree};
use crate::units::Length;
use concord_paint::kurbo::{Point, Rect};
use concord_paint::{Brush, Color, ColorStop, Extend, LayerStyle, Mask, MaskMode, Painter};

/// Length of a fading edge where the app says none, in vp.
pub const LENGTH: f32 = 32.0;
/// What counts as more content beyond an edge, in px.
const MORE: f32 = 0.5;

/// The layer that the content of a node is drawn in while an edge fades; `None` when all of it is seen.
pub fn layer(tree: &Tree, node: NodeId) -> Option<LayerStyle> {
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
pub fn px(tree: &Tree, length: &Length, extent: f32) -> f32 {
    let length = length.resolve(&tree.environment, extent).filter(|length| *length > 0.0);
    length.unwrap_or_else(|| tree.environment.vp(LENGTH)).min(extent / 2.0)
}

/// A layer whose edges fade along an axis: at the start, at the end.
pub fn mask(size: Size, axis: Axis, length: f32, edges: (bool, bool)) -> Option<LayerStyle> {
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
