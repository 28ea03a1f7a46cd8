//! Colour filters on pixels.

use crate::color::unit_to_byte;
use crate::{Color, ColorMatrix};

/// Applies a matrix to premultiplied pixels. It is defined on straight channels.
pub(super) fn apply(data: &mut [u8], matrix: &ColorMatrix) {
    // NaN, from a matrix of an app, comes out as 0: `unit_to_byte` sees to that.
    let m = &matrix.0;
    let keeps_transparent = matrix.keeps_transparent();
    // Most pixels are opaque and stay so: then nothing has to be divided.
    let keeps_opaque = m[15..] == [0.0, 0.0, 0.0, 1.0, 0.0];
    let constant = [0, 5, 10].map(|row| (m[row + 3] + m[row + 4]) * 255.0 + 0.5);
    for pixel in data.chunks_exact_mut(4) {
        let alpha = pixel[3];
        if alpha == 255 && keeps_opaque {
            let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(f32::from);
            for (channel, (start, constant)) in pixel.iter_mut().zip([0, 5, 10].into_iter().zip(constant)) {
                // `as` cuts at both ends, and turns NaN into 0.
                *channel = (m[start] * r + m[start + 1] * g + m[start + 2] * b + constant) as u8;
            }
            continue;
        }
        if alpha == 0 && keeps_transparent {
            continue;
        }
        let straight = if alpha == 0 { 0.0 } else { 1.0 / f32::from(alpha) };
        let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(|channel| f32::from(channel) * straight);
        let a = f32::from(alpha) / 255.0;
        let row = |i: usize| {
            let value = m[i] * r + m[i + 1] * g + m[i + 2] * b + m[i + 3] * a + m[i + 4];
            value.clamp(0.0, 1.0)
        };
        let alpha = row(15);
        for (channel, start) in pixel.iter_mut().zip([0, 5, 10]) {
            *channel = unit_to_byte(row(start) * alpha);
        }
        pixel[3] = unit_to_byte(alpha);
    }
}

/// Adds a colour to premultiplied pixels.
pub(super) fn add(data: &mut [u8], color: Color) {
    let added = color.premultiplied();
    for pixel in data.chunks_exact_mut(4) {
        for (channel, more) in pixel.iter_mut().zip(added) {
            *channel = channel.saturating_add(more);
        }
    }
}
