//! Perspective: a flat picture seen through a projective map.

use super::surface::Surface;
use crate::geometry::Homography;

/// Fills `seen` with what `flat` looks like; `to_flat` maps the device to the coordinates of `flat`'s area.
pub(super) fn warp(flat: &Surface, seen: &mut Surface, to_flat: &Homography) {
    let (x0, y0) = (f64::from(seen.area.x0) + 0.5, f64::from(seen.area.y0) + 0.5);
    let stride = seen.stride();
    let (left, top) = (f64::from(flat.area.x0) + 0.5, f64::from(flat.area.y0) + 0.5);
    for (y, row) in seen.data.chunks_exact_mut(stride).enumerate() {
        // Along a row all three coordinates change evenly.
        let start = to_flat.apply(x0, y0 + y as f64);
        let next = to_flat.apply(x0 + 1.0, y0 + y as f64);
        let step = [0, 1, 2].map(|index| next[index] - start[index]);
        for (x, pixel) in row.chunks_exact_mut(4).enumerate() {
            let [u, v, w] = [0, 1, 2].map(|index| start[index] + step[index] * x as f64);
            // The weight of the inverse is one over the weight of the map; what is behind the eye has a negative one.
            if w > 0.0 && Homography::visible(1.0 / w) {
                sample(flat, u / w - left, v / w - top, pixel);
            }
        }
    }
}

/// Between four pixels; outside is transparent, which also makes edges smooth.
fn sample(flat: &Surface, x: f64, y: f64, pixel: &mut [u8]) {
    let (width, height) = (i64::from(flat.width), i64::from(flat.height));
    if !(x > -1.0 && y > -1.0 && x < width as f64 && y < height as f64) {
        return;
    }
    let (left, top) = (x.floor(), y.floor());
    // Weights of 8 bits: exact in integers, and no more is visible.
    let (fx, fy) = (((x - left) * 256.0) as u32, ((y - top) * 256.0) as u32);
    let (left, top) = (left as i64, top as i64);
    let at = |x: i64, y: i64| -> [u8; 4] {
        if x < 0 || y < 0 || x >= width || y >= height {
            return [0; 4];
        }
        let index = (y * width + x) as usize * 4;
        flat.data.get(index..index + 4).and_then(|pixel| pixel.try_into().ok()).unwrap_or_default()
    };
    let inside = left >= 0 && top >= 0 && left + 1 < width && top + 1 < height;
    let index = if inside { (top * width + left) as usize * 4 } else { 0 };
    let rows = (flat.data.get(index..index + 8), flat.data.get(index + flat.stride()..index + flat.stride() + 8));
    let [a, b, c, d] = match rows {
        (Some(&[a, b, c, d, e, f, g, h]), Some(&[i, j, k, l, m, n, o, p])) if inside => {
            [[a, b, c, d], [e, f, g, h], [i, j, k, l], [m, n, o, p]]
        }
        _ => [at(left, top), at(left + 1, top), at(left, top + 1), at(left + 1, top + 1)],
    };
    for (channel, to) in pixel.iter_mut().enumerate() {
        let [a, b, c, d] = [a, b, c, d].map(|pixel| u32::from(pixel[channel]));
        let above = a * (256 - fx) + b * fx;
        let below = c * (256 - fx) + d * fx;
        *to = ((above * (256 - fy) + below * fy + (1 << 15)) >> 16) as u8;
    }
}
