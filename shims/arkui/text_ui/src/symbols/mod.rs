//! Drawings of the most used symbols of the system, in place of its symbol font. They are our own, on a square of 24: what is
//! stroked, what is filled, and what is stroked over that in the colour of paper.

mod drawings;

use concord_paint::kurbo::{Affine, BezPath, Cap, Join, Rect, Stroke};
use concord_paint::{Brush, Color, Painter};
use drawings::DRAWINGS;

/// A drawing.
struct Drawing {
    code: u32,
    stroke: &'static str,
    fill: &'static str,
    inner: &'static str,
}

/// Width of strokes at the regular weight.
const WIDTH: f64 = 1.6;

/// Draws a symbol in a square, in a weight from 100 to 900. False when there is no drawing of it.
pub(crate) fn paint(symbol: char, weight: u16, brush: &Brush, square: Rect, painter: &mut Painter) -> bool {
    let code = u32::from(symbol);
    let Some(drawing) =
        DRAWINGS.binary_search_by_key(&code, |drawing| drawing.code).ok().and_then(|at| DRAWINGS.get(at))
    else {
        return false;
    };
    let scale = square.width().min(square.height()) / 24.0;
    let place = Affine::translate((square.x0, square.y0)) * Affine::scale(scale);
    let path = |source: &str| place * BezPath::from_svg(source).unwrap_or_default();
    let width = WIDTH * (f64::from(weight) / 400.0).clamp(0.5, 2.0).sqrt() * scale;
    let stroke = Stroke::new(width.max(1.0)).with_caps(Cap::Round).with_join(Join::Round);
    if !drawing.fill.is_empty() {
        painter.fill(path(drawing.fill), brush);
    }
    if !drawing.stroke.is_empty() {
        painter.stroke(path(drawing.stroke), &stroke, brush);
    }
    if !drawing.inner.is_empty() {
        painter.stroke(path(drawing.inner), &stroke, &Brush::Solid(Color::WHITE));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawing_is_a_path_and_they_are_in_order() {
        for drawing in DRAWINGS {
            for source in [drawing.stroke, drawing.fill, drawing.inner] {
                assert!(BezPath::from_svg(source).is_ok(), "{:#x}: {source}", drawing.code);
            }
        }
        assert!(DRAWINGS.windows(2).all(|pair| pair[0].code < pair[1].code));
    }

    #[test]
    fn what_has_no_drawing_is_not_drawn() {
        let mut painter = Painter::new();
        let square = Rect::new(0.0, 0.0, 24.0, 24.0);
        assert!(paint('\u{F0056}', 400, &Brush::Solid(Color::BLACK), square, &mut painter));
        assert!(!paint('x', 400, &Brush::Solid(Color::BLACK), square, &mut painter));
    }
}
