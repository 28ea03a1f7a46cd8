//! How pictures fill boxes.

use crate::geometry::{Rect, Size};
use concord_paint::kurbo::{self, Affine};
use concord_paint::{Brush, Extend, Painter, Pattern, Picture, Sampling};

/// A rectangle for the painter.
pub fn kurbo_rect(rect: &Rect) -> kurbo::Rect {
    kurbo::Rect::new(rect.origin.x.into(), rect.origin.y.into(), rect.right().into(), rect.bottom().into())
}

/// Fills a box with copies of a picture, one of which lies at `first`.
pub fn tiles(
    picture: &Picture,
    first: &Rect,
    space: &Rect,
    (along_x, along_y): (bool, bool),
    sampling: Sampling,
    painter: &mut Painter,
) {
    let scale = (first.size.width / picture.width() as f32, first.size.height / picture.height() as f32);
    let pattern = Pattern {
        picture: picture.clone(),
        transform: Affine::translate((first.origin.x.into(), first.origin.y.into()))
            * Affine::scale_non_uniform(scale.0.into(), scale.1.into()),
        extend_x: if along_x { Extend::Repeat } else { Extend::Pad },
        extend_y: if along_y { Extend::Repeat } else { Extend::Pad },
        sampling,
    };
    let mut area = *space;
    if !along_x {
        (area.origin.x, area.size.width) = (first.origin.x, first.size.width);
    }
    if !along_y {
        (area.origin.y, area.size.height) = (first.origin.y, first.size.height);
    }
    painter.fill_rect(kurbo_rect(&area.intersect(space)), &Brush::from(pattern));
}

/// Draws a picture whose edges (left, top, right, bottom; px of the picture) keep their size.
pub fn nine_parts(picture: &Picture, target: &Rect, insets: [f32; 4], sampling: Sampling, painter: &mut Painter) {
    let own = Size::new(picture.width() as f32, picture.height() as f32);
    let [left, top, right, bottom] = insets.map(|inset| inset.max(0.0));
    let cuts = |near: f32, far: f32, own: f32, start: f32, extent: f32| {
        let near_own = near.min(own);
        let far_own = far.min(own - near_own);
        let shrink = (extent / (near_own + far_own)).min(1.0);
        let shrink = if shrink.is_finite() { shrink } else { 1.0 };
        let from = [0.0, near_own, own - far_own, own];
        let to = [start, start + near_own * shrink, start + extent - far_own * shrink, start + extent];
        (from, to)
    };
    let (from_x, to_x) = cuts(left, right, own.width, target.origin.x, target.size.width);
    let (from_y, to_y) = cuts(top, bottom, own.height, target.origin.y, target.size.height);
    for (from_row, to_row) in from_y.windows(2).zip(to_y.windows(2)) {
        for (from_column, to_column) in from_x.windows(2).zip(to_x.windows(2)) {
            let (&[x0, x1], &[y0, y1]) = (from_column, from_row) else { continue };
            let (&[tx0, tx1], &[ty0, ty1]) = (to_column, to_row) else { continue };
            let source = kurbo::Rect::new(x0.into(), y0.into(), x1.into(), y1.into());
            let part = kurbo::Rect::new(tx0.into(), ty0.into(), tx1.into(), ty1.into());
            painter.picture(picture, source, part, sampling, None);
        }
    }
}
