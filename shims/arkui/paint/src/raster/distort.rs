//! Filters that depend on where a pixel lies in a node's box: blur along a gradient, stretched edges, the sphere.

use vello_cpu::kurbo::{Affine, Point, Rect};

use super::blur;
use super::surface::Surface;
use crate::geometry;
use crate::{GradientBlur, PixelStretch, Spherical};

/// Mixes the pixels with a blurred copy: as much of it as the stops say at each place along the line.
pub(super) fn gradient_blur(surface: &mut Surface, filter: &GradientBlur, transform: Affine, scale: f64) {
    let (start, end) = (transform * filter.start, transform * filter.end);
    let way = end - start;
    let length = way.hypot2();
    if filter.stops.is_empty() || length <= 0.0 {
        return;
    }
    let Some(mut blurred) = surface.copy() else { return };
    blur::blur(&mut blurred, filter.sigma * scale, blur::Edge::Clamp);
    let (x0, y0, width) = (surface.area.x0, surface.area.y0, surface.stride() / 4);
    let pixels = surface.data.chunks_exact_mut(4).zip(blurred.data.chunks_exact(4));
    for (index, (pixel, soft)) in pixels.enumerate() {
        let at = place(x0, y0, index, width);
        let weight = filter.amount((at - start).dot(way) / length);
        for (channel, soft) in pixel.iter_mut().zip(soft) {
            let mixed = f64::from(*channel) + (f64::from(*soft) - f64::from(*channel)) * weight;
            *channel = (mixed + 0.5) as u8;
        }
    }
}

/// Goes on with the pixels of the edges, outwards or (with negative distances) inwards.
pub(super) fn pixel_stretch(surface: &mut Surface, filter: &PixelStretch, transform: Affine) {
    let bounds = geometry::map_rect(transform, filter.bounds);
    let scale = transform.determinant().abs().sqrt();
    let [left, top, right, bottom] = filter.edges.map(|edge| edge * scale);
    let outwards = filter.edges.iter().all(|edge| *edge >= 0.0);
    let inner = if outwards {
        bounds
    } else {
        Rect::new(bounds.x0 - left, bounds.y0 - top, bounds.x1 + right, bounds.y1 + bottom)
    };
    let outer = if outwards {
        Rect::new(bounds.x0 - left, bounds.y0 - top, bounds.x1 + right, bounds.y1 + bottom)
    } else {
        bounds
    };
    if inner.width() < 1.0 || inner.height() < 1.0 {
        return;
    }
    let (scale_x, scale_y) = (bounds.width() / inner.width(), bounds.height() / inner.height());
    remap(surface, |at| {
        if !outer.contains(at) {
            return Some(at);
        }
        let x = at.x.clamp(inner.x0 + 0.5, inner.x1 - 0.5);
        let y = at.y.clamp(inner.y0 + 0.5, inner.y1 - 0.5);
        Some(Point::new(bounds.x0 + (x - inner.x0) * scale_x, bounds.y0 + (y - inner.y0) * scale_y))
    });
}

/// How often the place on the flat picture is improved that a place on the sphere shows.
const ROUNDS: usize = 12;

/// Bends a picture towards an ellipse: its edges become the edge of the ellipse.
pub(super) fn spherical(surface: &mut Surface, filter: &Spherical, transform: Affine) {
    let bounds = geometry::map_rect(transform, filter.bounds);
    let degree = filter.degree.clamp(0.0, 1.0);
    if bounds.width() < 1.0 || bounds.height() < 1.0 {
        return;
    }
    let middle = bounds.center();
    let (half_x, half_y) = (bounds.width() / 2.0, bounds.height() / 2.0);
    // Where (u, v) of the square from -1 to 1 is shown.
    let bend = |u: f64, v: f64| {
        let disc = (u * (1.0 - v * v / 2.0).max(0.0).sqrt(), v * (1.0 - u * u / 2.0).max(0.0).sqrt());
        (u + (disc.0 - u) * degree, v + (disc.1 - v) * degree)
    };
    remap(surface, |at| {
        let (x, y) = ((at.x - middle.x) / half_x, (at.y - middle.y) / half_y);
        if x.abs() > 1.0 || y.abs() > 1.0 {
            return None;
        }
        let (mut u, mut v) = (x, y);
        for _ in 0..ROUNDS {
            let (shown_x, shown_y) = bend(u, v);
            u = (u + x - shown_x).clamp(-1.5, 1.5);
            v = (v + y - shown_y).clamp(-1.5, 1.5);
        }
        let inside = u.abs() <= 1.0 + 1.0 / half_x && v.abs() <= 1.0 + 1.0 / half_y;
        inside.then(|| Point::new(middle.x + u * half_x, middle.y + v * half_y))
    });
}

/// The middle of a pixel by its index.
fn place(x0: i32, y0: i32, index: usize, width: usize) -> Point {
    let width = width.max(1);
    Point::new(f64::from(x0) + (index % width) as f64 + 0.5, f64::from(y0) + (index / width) as f64 + 0.5)
}

/// Gives every pixel the colour of another place, on the device; none leaves it transparent.
fn remap(surface: &mut Surface, from: impl Fn(Point) -> Option<Point>) {
    let Some(source) = surface.copy() else { return };
    let (x0, y0, width) = (surface.area.x0, surface.area.y0, surface.stride() / 4);
    for (index, pixel) in surface.data.chunks_exact_mut(4).enumerate() {
        let color = from(place(x0, y0, index, width)).map_or([0; 4], |at| source.sample(at));
        pixel.copy_from_slice(&color);
    }
}

impl Surface {
    fn copy(&self) -> Option<Surface> {
        let mut copy = Surface::new(self.area)?;
        copy.data.copy_from_slice(&self.data);
        Some(copy)
    }

    /// The colour at a place of the device, between four pixels.
    fn sample(&self, at: Point) -> [u8; 4] {
        let (x, y) = (at.x - f64::from(self.area.x0) - 0.5, at.y - f64::from(self.area.y0) - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (part_x, part_y) = (x - left, y - top);
        let pixel = |x: f64, y: f64| -> [u8; 4] {
            if x < 0.0 || y < 0.0 || x >= f64::from(self.width) {
                return [0; 4];
            }
            let start = y as usize * self.stride() + x as usize * 4;
            self.data.get(start..start + 4).and_then(|bytes| bytes.try_into().ok()).unwrap_or_default()
        };
        let corners = [pixel(left, top), pixel(left + 1.0, top), pixel(left, top + 1.0), pixel(left + 1.0, top + 1.0)];
        let mut mixed = [0; 4];
        for (index, channel) in mixed.iter_mut().enumerate() {
            let [a, b, c, d] = corners.map(|corner| f64::from(corner[index]));
            let (above, below) = (a + (b - a) * part_x, c + (d - c) * part_x);
            *channel = (above + (below - above) * part_y + 0.5) as u8;
        }
        mixed
    }
}
