//! Scroll bars: 4 vp wide, 4 vp from the edge, as long as the part of the content that is in sight.

use super::{BarState, Moving, Track};
use crate::geometry::{Axis, Point, Rect, Size};
use crate::tree::{NodeId, Tree};
use crate::units::Length;
use concord_paint::kurbo;
use concord_paint::{Brush, Color, Painter};

/// Width in vp.
const WIDTH: f32 = 4.0;
/// Distance from the edge of the container in vp.
const MARGIN: f32 = 4.0;
/// Shortest length in vp.
const SHORTEST: f32 = 48.0;
/// Shortest length while content is pulled over an edge, in vp.
const SHORTEST_PULLED: f32 = 4.0;
/// Colour where the app says none: the text's, at 40 %.
const COLOR: u32 = 0x6618_2431;

/// Where the bar of a container lies in a box of `length` along the axis: start and length, px. `None` when all is in sight.
pub fn thumb(track: &Track, length: f32, density: f32) -> Option<(f32, f32)> {
    if track.extent <= track.viewport || track.viewport <= 0.0 || length <= 0.0 {
        return None;
    }
    let shortest = (SHORTEST * density).min(length);
    let mut extent = (length * track.viewport / track.extent).clamp(shortest, length);
    // Pulled over an edge, the bar gives way.
    let over = track.over().abs();
    if over > 0.0 {
        extent = (extent - over).max(SHORTEST_PULLED * density);
    }
    let range = (track.extent - track.viewport).max(1.0);
    let progress = (track.offset / range).clamp(0.0, 1.0);
    Some(((length - extent) * progress, extent))
}

/// Where the way of a bar begins in a box of `extent` along an axis, and how long it is, px.
pub fn bar_way(tree: &Tree, node: NodeId, axis: Axis, extent: f32) -> (f32, f32) {
    let Some(scroll) = tree.scroll(node) else { return (0.0, extent) };
    let style = &scroll.style;
    let px = |length: &Length| length.resolve(&tree.environment, extent).unwrap_or(0.0).max(0.0);
    let (start, end) = (px(&style.bar_margin.0), px(&style.bar_margin.1));
    let start = start.min(extent);
    let room = (extent - start - end).max(0.0);
    let length =
        style.bar_length.as_ref().filter(|_| axis == scroll.axis()).map_or(room, |length| px(length).min(room));
    (start, length)
}

/// Draws the bars of a container above its content.
pub fn paint_bars(tree: &Tree, node: NodeId, painter: &mut Painter) {
    let Some(found) = tree.get(node) else { return };
    let Some(scroll) = found.scroll.as_deref() else { return };
    let shown = match scroll.style.bar {
        BarState::Off => false,
        BarState::On => true,
        BarState::Auto => scroll.moving != Moving::Idle,
    };
    let Some(direction) = scroll.direction.filter(|_| shown) else { return };
    let environment = &tree.environment;
    let width = scroll.style.bar_width.as_ref().map_or(environment.vp(WIDTH), |width| width.to_px(environment));
    let margin = environment.vp(MARGIN);
    let color = scroll.style.bar_color.unwrap_or(Color::from_argb(COLOR));
    let frame = found.layout.size;
    for axis in [Axis::Horizontal, Axis::Vertical] {
        if !direction.allows(axis) {
            continue;
        }
        let way = bar_way(tree, node, axis, frame.along(axis));
        let mut track = scroll.track(axis).clone();
        if let Some((offset, extent)) = scroll.bar_says {
            (track.offset, track.extent) = (offset, extent);
        }
        let Some((start, length)) = thumb(&track, way.1, environment.density) else { continue };
        let start = way.0 + start;
        let near = match axis {
            Axis::Horizontal => frame.height - width - margin,
            Axis::Vertical if environment.right_to_left => margin,
            Axis::Vertical => frame.width - width - margin,
        };
        let rect = match axis {
            Axis::Horizontal => Rect::new(start, near, length, width),
            Axis::Vertical => Rect::new(near, start, width, length),
        };
        let shape = kurbo::Rect::new(
            f64::from(rect.origin.x),
            f64::from(rect.origin.y),
            f64::from(rect.right()),
            f64::from(rect.bottom()),
        );
        painter.fill_rounded(shape.to_rounded_rect(f64::from(width / 2.0)), &Brush::Solid(color));
    }
}

/// Draws a thumb that fills a box across, in a colour of the app or that of all bars.
pub fn paint_thumb_in(
    content: &Rect,
    axis: Axis,
    start: f32,
    length: f32,
    color: Option<Color>,
    painter: &mut Painter,
) {
    let origin = content.origin + Point::on(axis, start, 0.0);
    let size = Size::on(axis, length, content.size.along(axis.cross()));
    let shape = kurbo::Rect::new(
        f64::from(origin.x),
        f64::from(origin.y),
        f64::from(origin.x + size.width),
        f64::from(origin.y + size.height),
    );
    let radius = f64::from(size.width.min(size.height) / 2.0);
    let color = color.unwrap_or(Color::from_argb(COLOR));
    painter.fill_rounded(shape.to_rounded_rect(radius), &Brush::Solid(color));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thumb_shows_the_part_in_sight() {
        let mut track = Track::default();
        track.know(2000.0, 500.0);
        assert_eq!(thumb(&track, 500.0, 1.0), Some((0.0, 125.0)));
        track.offset = 1500.0;
        track.know(2000.0, 500.0);
        assert_eq!(thumb(&track, 500.0, 1.0), Some((375.0, 125.0)));
        track.know(400.0, 500.0);
        assert_eq!(thumb(&track, 500.0, 1.0), None);
    }

    #[test]
    fn a_long_list_keeps_a_visible_thumb() {
        let mut track = Track::default();
        track.know(1_000_000.0, 500.0);
        assert_eq!(thumb(&track, 500.0, 1.0), Some((0.0, 48.0)));
    }
}
