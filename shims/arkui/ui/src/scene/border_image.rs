//! A border made of a picture in nine parts, or of a gradient.

use super::pictures as draw;
use crate::common::{BorderImage, BorderRepeat as Repeat};
use crate::geometry::{Edges, Point, Rect, Size};
use crate::units::Environment;
use concord_paint::kurbo::{self, Shape};
use concord_paint::{Brush, FillRule, Painter, Picture, Sampling};

/// More copies along one edge are drawn as one that is stretched.
const MOST_COPIES: f64 = 2_000.0;

/// Draws it around a box of this size; `border` are the widths of the node's border.
pub(super) fn paint(image: &BorderImage, environment: &Environment, size: Size, border: &Edges, painter: &mut Painter) {
    let outsets = image.outsets(environment, size);
    let outer = Rect::new(
        -outsets.left,
        -outsets.top,
        size.width + outsets.left + outsets.right,
        size.height + outsets.top + outsets.bottom,
    );
    let widths = image.widths(environment, size, border);
    if let Some(gradient) = &image.gradient {
        let brush = Brush::from(gradient.in_box(environment, outer.size));
        let inner = kurbo::Rect::new(
            f64::from(widths.left),
            f64::from(widths.top),
            f64::from((outer.size.width - widths.right).max(widths.left)),
            f64::from((outer.size.height - widths.bottom).max(widths.top)),
        );
        let whole = kurbo::Rect::new(0.0, 0.0, f64::from(outer.size.width), f64::from(outer.size.height));
        let mut path = whole.to_path(0.1);
        if !image.fill {
            path.extend(inner.to_path(0.1));
        }
        painter.save();
        painter.translate(f64::from(outer.origin.x), f64::from(outer.origin.y));
        painter.fill_with(path, FillRule::EvenOdd, &brush);
        painter.restore();
        return;
    }
    let Some(Ok(loaded)) = &image.loaded else { return };
    let (width, height) = loaded.size();
    if width <= 0.0 || height <= 0.0 {
        return;
    }
    let Some(picture) = loaded.picture(width, height, None) else { return };
    let own = Size::new(picture.width() as f32, picture.height() as f32);
    let slices = image.slices(environment, own);
    let (from_x, to_x) =
        cuts(slices.left, slices.right, own.width, (widths.left, widths.right), outer.origin.x, outer.size.width);
    let (from_y, to_y) =
        cuts(slices.top, slices.bottom, own.height, (widths.top, widths.bottom), outer.origin.y, outer.size.height);
    for row in 0..3 {
        for column in 0..3 {
            let source = span(&from_x, &from_y, column, row);
            let target = span(&to_x, &to_y, column, row);
            match (column == 1, row == 1) {
                (true, true) if !image.fill => {}
                (true, false) => along(&picture, &source, &target, image.repeat, true, painter),
                (false, true) => along(&picture, &source, &target, image.repeat, false, painter),
                _ => piece(&picture, &source, &target, painter),
            }
        }
    }
}

/// Where the picture is cut along an axis, and where the parts go.
fn cuts(near: f32, far: f32, own: f32, widths: (f32, f32), start: f32, extent: f32) -> ([f32; 4], [f32; 4]) {
    let near = near.min(own);
    let far = far.min(own - near);
    // Edges that do not fit are made smaller together.
    let shrink = (extent / (widths.0 + widths.1)).min(1.0);
    let shrink = if shrink.is_finite() { shrink } else { 1.0 };
    let to = [start, start + widths.0 * shrink, start + extent - widths.1 * shrink, start + extent];
    ([0.0, near, own - far, own], to)
}

fn span(x: &[f32; 4], y: &[f32; 4], column: usize, row: usize) -> Rect {
    let pair = |line: &[f32; 4], index: usize| {
        let at = |index: usize| line.get(index).copied().unwrap_or_default();
        (at(index), at(index + 1))
    };
    let ((x0, x1), (y0, y1)) = (pair(x, column), pair(y, row));
    Rect::new(x0, y0, x1 - x0, y1 - y0)
}

fn piece(picture: &Picture, source: &Rect, target: &Rect, painter: &mut Painter) {
    painter.picture(picture, draw::kurbo_rect(source), draw::kurbo_rect(target), Sampling::Linear, None);
}

/// Fills an edge with copies of a part of the picture, which are as wide as the edge.
fn along(picture: &Picture, source: &Rect, target: &Rect, repeat: Repeat, horizontal: bool, painter: &mut Painter) {
    let across =
        if horizontal { target.size.height / source.size.height } else { target.size.width / source.size.width };
    let (long, own) = if horizontal {
        (target.size.width, source.size.width * across)
    } else {
        (target.size.height, source.size.height * across)
    };
    let fits = f64::from(long / own);
    if repeat == Repeat::Stretch || !fits.is_finite() || fits <= 0.0 || fits > MOST_COPIES {
        return piece(picture, source, target, painter);
    }
    let (count, length, gap) = match repeat {
        Repeat::Round => {
            let count = fits.round().max(1.0);
            (count, long / count as f32, 0.0)
        }
        Repeat::Space => {
            let count = fits.floor();
            (count, own, (long - own * count as f32) / (count as f32 + 1.0))
        }
        _ => (fits.ceil(), own, 0.0),
    };
    painter.save();
    painter.clip_rect(draw::kurbo_rect(target));
    for index in 0..count as u32 {
        let at = gap + (length + gap) * index as f32;
        let copy = if horizontal {
            Rect {
                origin: Point::new(target.origin.x + at, target.origin.y),
                size: Size::new(length, target.size.height),
            }
        } else {
            Rect {
                origin: Point::new(target.origin.x, target.origin.y + at),
                size: Size::new(target.size.width, length),
            }
        };
        piece(picture, source, &copy, painter);
    }
    painter.restore();
}
