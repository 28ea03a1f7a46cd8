//! Shadows of rounded rectangles from a kept picture: evaluating the blur's formula costs far more per pixel than copying,
//! and the cards of a page have the same corners. Corners are copied, edges stretched, the middle filled. Where a shape is
//! too short for its corners to be apart, the picture has that length itself.

use vello_cpu::kurbo::{Affine, Rect};
use vello_cpu::peniko::{Extend, ImageQuality, ImageSampler};
use vello_cpu::{Image, ImageSource, PaintType};

use super::session::Session;
use super::surface::{Area, Surface};
use super::{Shared, blur_reach};
use crate::{Color, Picture};

/// Pictures that are kept; the least recently used goes first.
const MAX_KEPT: usize = 32;
/// Larger pictures cost more memory than they save time, px.
const MAX_AREA: f64 = 512.0 * 1024.0;
/// Columns in the middle of the picture that are all alike, so that stretching them reads nothing else.
const MIDDLE: f64 = 4.0;

/// What a shadow looks like, on the device.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Key {
    radius: f64,
    sigma: f64,
    color: Color,
    /// Of the shape in the picture.
    width: f64,
    height: f64,
}

/// The pictures of past shadows, the most recently used last.
#[derive(Debug, Default)]
pub(super) struct NinePatches(Vec<(Key, Picture)>);

/// One direction of a shadow, device px.
struct Axis {
    /// Where the shape begins and ends.
    start: f64,
    end: f64,
    /// How far the shadow goes beyond.
    outside: f64,
    /// How far the corners go inside; none where the picture is as long as the shape.
    inside: Option<f64>,
}

/// A part of the shadow in one direction: whole pixels, and what they show of the picture.
struct Piece {
    low: f64,
    high: f64,
    /// Device px per px of the picture, and where the picture begins.
    stretch: f64,
    place: f64,
    middle: bool,
}

impl Axis {
    fn new(start: f64, end: f64, radius: f64, sigma: f64) -> Self {
        let outside = blur_reach(sigma) + 1.0;
        let inside = radius.ceil() + outside;
        let apart = end - start >= 2.0 * (inside + 1.0) + MIDDLE;
        Self { start, end, outside, inside: apart.then_some(inside) }
    }

    /// Of the shape in the picture.
    fn extent(&self) -> f64 {
        self.inside.map_or(self.end - self.start, |inside| 2.0 * inside + MIDDLE)
    }

    /// Of the picture.
    fn side(&self) -> f64 {
        (self.extent() + 2.0 * self.outside).ceil()
    }

    /// The pieces meet between whole pixels, so that no seam shows.
    fn pieces(&self) -> Vec<Piece> {
        let (low, high) = ((self.start - self.outside).floor(), (self.end + self.outside).ceil());
        let first = self.start - self.outside;
        let Some(inside) = self.inside else {
            return vec![Piece { low, high, stretch: 1.0, place: first, middle: false }];
        };
        let (left, right) = ((self.start + inside).ceil(), (self.end - inside).floor());
        // One pixel from the middle of the picture is made as long as the whole piece.
        let stretch = (right - left).max(1.0);
        let middle = (left + right) / 2.0 - self.side() / 2.0 * stretch;
        let last = self.end + self.outside - self.side();
        vec![
            Piece { low, high: left, stretch: 1.0, place: first, middle: false },
            Piece { low: left, high: right, stretch, place: middle, middle: true },
            Piece { low: right, high, stretch: 1.0, place: last, middle: false },
        ]
    }
}

impl Session<'_> {
    /// Draws the shadow of a rectangle with equal corners from a kept picture. False when that cannot be done: where it is
    /// turned, or larger than what is worth keeping.
    pub(super) fn patched_shadow(&mut self, rect: Rect, radius: f64, sigma: f64, color: Color) -> bool {
        let [a, b, c, d, ..] = self.transform().as_coeffs();
        if b != 0.0 || c != 0.0 || a <= 0.0 || (a - d).abs() > 1e-6 {
            return false;
        }
        let device = self.transform().transform_rect_bbox(rect);
        let (radius, sigma) = (radius * a, sigma * a);
        let across = Axis::new(device.x0, device.x1, radius, sigma);
        let down = Axis::new(device.y0, device.y1, radius, sigma);
        if across.side() * down.side() > MAX_AREA {
            return false;
        }
        let key = Key { radius, sigma, color, width: across.extent(), height: down.extent() };
        let size = (across.side(), down.side(), across.outside);
        let Some(picture) = self.shared.patch(&key, size) else { return false };
        let whole = |number: f64| (number - number.round()).abs() < 1e-6;
        let exact = [device.x0, device.y0, device.x1, device.y1].into_iter().all(whole);
        let columns = across.pieces();
        for y in down.pieces() {
            for x in &columns {
                let piece = Rect::new(x.low, y.low, x.high, y.high);
                let area = super::surface::area_within(piece, Area::around(self.clip()));
                if area.is_empty() {
                    continue;
                }
                if x.middle && y.middle {
                    self.fill_device(area, (color.to_peniko().into(), Affine::IDENTITY));
                    continue;
                }
                let place = Affine::translate((x.place, y.place)) * Affine::scale_non_uniform(x.stretch, y.stretch);
                let paint = (patch_paint(&picture, exact), self.base() * place);
                self.fill_device(area, paint);
            }
        }
        true
    }
}

fn patch_paint(picture: &Picture, exact: bool) -> PaintType {
    let quality = if exact { ImageQuality::Low } else { ImageQuality::Medium };
    let sampler = ImageSampler { x_extend: Extend::Pad, y_extend: Extend::Pad, quality, alpha: 1.0 };
    Image { image: ImageSource::Pixmap(picture.pixmap()), sampler }.into()
}

impl Shared {
    /// The picture for a key: its size, and where in it the shape begins.
    fn patch(&mut self, key: &Key, (width, height, outside): (f64, f64, f64)) -> Option<Picture> {
        let kept = &mut self.patches.0;
        if let Some(index) = kept.iter().position(|(other, _)| other == key) {
            let entry = kept.remove(index);
            let picture = entry.1.clone();
            kept.push(entry);
            return Some(picture);
        }
        let mut surface = Surface::new(Area { x0: 0, y0: 0, x1: width as i32, y1: height as i32 })?;
        let shape = Rect::new(outside, outside, outside + key.width, outside + key.height);
        surface.draw(self, |session| session.formula_shadow(shape, key.radius, key.sigma, key.color));
        let picture = Picture::from_premultiplied_unchecked(surface.data, surface.width, surface.height);
        if self.patches.0.len() >= MAX_KEPT {
            self.patches.0.remove(0);
        }
        self.patches.0.push((*key, picture.clone()));
        Some(picture)
    }
}
