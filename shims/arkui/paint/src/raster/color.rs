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

/// Darkens straight colours by their value, and makes them up to a fifth more colourful on the way to black.
pub(super) fn light_up(data: &mut [u8], degree: f32) {
    let degree = if degree.is_finite() { degree.clamp(0.0, 1.0) } else { 1.0 };
    for pixel in data.chunks_exact_mut(4).filter(|pixel| pixel[3] > 0) {
        let alpha = f32::from(pixel[3]);
        let straight = [pixel[0], pixel[1], pixel[2]].map(|channel| f32::from(channel) / alpha);
        let value = straight.iter().copied().fold(0.0_f32, f32::max);
        let least = straight.iter().copied().fold(1.0_f32, f32::min);
        let saturation = if value > 0.0 { (value - least) / value } else { 0.0 };
        let target = (saturation * 1.2).min(1.0);
        let colorful = target + (saturation - target) * degree;
        let lit = (value + degree - 1.0).max(0.0);
        for (channel, straight) in pixel.iter_mut().zip(straight) {
            // How far the channel lies below the value, as a part of all that the saturation makes.
            let below = if saturation > 0.0 { (value - straight) / (value * saturation) } else { 0.0 };
            *channel = unit_to_byte(lit * (1.0 - colorful * below) * alpha / 255.0);
        }
    }
}
