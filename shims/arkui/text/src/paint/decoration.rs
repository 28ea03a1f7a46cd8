//! Lines under, over and through text.

use concord_paint::kurbo::{BezPath, Cap, Point, Rect, Stroke};
use concord_paint::{Brush, Color, Painter};

use super::Segment;
use crate::style::DecorationStyle;

/// Lines under and over text are painted before it, the one through it after.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    BelowGlyphs,
    AboveGlyphs,
}

/// Paints those lines of a segment whose turn it is.
pub(super) fn paint(segment: &Segment<'_>, painter: &mut Painter, color: Color, order: Order) {
    let decoration = &segment.style.decoration;
    if !decoration.any() || segment.band <= 0.0 {
        return;
    }
    let size = segment.run.size;
    let scale = decoration.thickness_scale.filter(|scale| scale.is_finite()).unwrap_or(1.0).clamp(0.0, 100.0);
    let or = |value: f32, other: f32| if value.is_finite() && value != 0.0 { value } else { other };
    let thickness = |own: f32| (or(own, size / 18.0) * scale).max(1.0);
    let (underline, underline_size) = segment.run.underline;
    let (strike, strike_size) = segment.run.strikethrough;
    // Offsets are of the upper edge over the baseline.
    let mut lines = Vec::new();
    match order {
        Order::BelowGlyphs => {
            if decoration.underline {
                lines.push((segment.baseline - or(underline, -size / 9.0), thickness(underline_size), 1.0));
            }
            if decoration.overline {
                lines.push((segment.baseline - segment.run.ascent, thickness(underline_size), -1.0));
            }
        }
        Order::AboveGlyphs => {
            if decoration.line_through {
                let thickness = thickness(strike_size);
                let middle = segment.baseline - or(strike, size * 0.3) + or(strike_size, size / 18.0) / 2.0;
                lines.push((middle - thickness / 2.0, thickness, 1.0));
            }
        }
    }
    let brush = Brush::from(color);
    let (left, right) = (f64::from(segment.left), f64::from(segment.left + segment.band));
    for (top, thickness, away) in lines {
        let (top, thickness) = (f64::from(top), f64::from(thickness));
        let middle = top + thickness / 2.0;
        match decoration.style {
            DecorationStyle::Solid => painter.fill_rect(Rect::new(left, top, right, top + thickness), &brush),
            DecorationStyle::Double => {
                let second = top + 2.0 * thickness * away;
                painter.fill_rect(Rect::new(left, top, right, top + thickness), &brush);
                painter.fill_rect(Rect::new(left, second, right, second + thickness), &brush);
            }
            DecorationStyle::Dotted => {
                let stroke = Stroke::new(thickness).with_caps(Cap::Round).with_dashes(0.0, [0.01, 2.0 * thickness]);
                painter.stroke(straight(left + thickness / 2.0, right, middle), &stroke, &brush);
            }
            DecorationStyle::Dashed => {
                let stroke =
                    Stroke::new(thickness).with_caps(Cap::Butt).with_dashes(0.0, [4.0 * thickness, 2.0 * thickness]);
                painter.stroke(straight(left, right, middle), &stroke, &brush);
            }
            DecorationStyle::Wavy => {
                painter.stroke(wave(left, right, middle, thickness), &Stroke::new(thickness), &brush)
            }
        }
    }
}

fn straight(left: f64, right: f64, y: f64) -> BezPath {
    let mut path = BezPath::new();
    path.move_to((left, y));
    path.line_to((right.max(left), y));
    path
}

/// Half waves of equal length, up and down in turn. Their phase depends on `left` only by starting there.
fn wave(left: f64, right: f64, y: f64, thickness: f64) -> BezPath {
    const MAX_WAVES: f64 = 10_000.0;
    let half = (2.0 * thickness).max((right - left) / MAX_WAVES);
    let mut path = BezPath::new();
    path.move_to((left, y));
    let (mut x, mut up) = (left, true);
    while x < right {
        let end = (x + half).min(right);
        let height = if up { -2.0 } else { 2.0 } * thickness * (end - x) / half;
        path.quad_to(Point::new((x + end) / 2.0, y + height), Point::new(end, y));
        (x, up) = (end, !up);
    }
    path
}
