//! Blending a buffer with pixels that are finished already.

use super::session::Target;
use super::surface::{Area, Surface};
use crate::BlendMode;
use crate::color::{premultiply, unit_to_byte};

/// Blends `source` into the target inside `shown`, as far as `coverage` (its alpha) says. Outside of `source` the source is
/// transparent, which for some modes means that something is erased.
pub(super) fn composite(
    target: &mut Target<'_>,
    source: &Surface,
    shown: Area,
    coverage: Option<&Surface>,
    opacity: f32,
    mode: BlendMode,
) {
    let opacity = unit_to_byte(opacity);
    let stride = usize::from(target.width) * 4;
    for y in shown.y0..shown.y1 {
        let Ok(row) = usize::try_from(y - target.origin.1) else { continue };
        let Some(row) = target.data.get_mut(row * stride..(row + 1) * stride) else { continue };
        for x in shown.x0..shown.x1 {
            let covered = coverage.map_or(255, |surface| pixel_of(surface, x, y)[3]);
            if covered == 0 {
                continue;
            }
            let Ok(index) = usize::try_from(x - target.origin.0) else { continue };
            let Some(pixel) = row.get_mut(index * 4..index * 4 + 4) else { continue };
            let below = [pixel[0], pixel[1], pixel[2], pixel[3]];
            let above = pixel_of(source, x, y).map(|channel| premultiply(channel, opacity));
            let blended = blend(mode, above, below);
            for (channel, to) in pixel.iter_mut().enumerate() {
                let (new, old) = (blended[channel], below[channel]);
                *to = if covered == 255 { new } else { premultiply(new, covered) + premultiply(old, 255 - covered) };
            }
            // Rounding both parts up must not lift a channel above alpha.
            let alpha = pixel[3];
            for channel in &mut pixel[..3] {
                *channel = (*channel).min(alpha);
            }
        }
    }
}

fn pixel_of(surface: &Surface, x: i32, y: i32) -> [u8; 4] {
    let area = surface.area;
    if x < area.x0 || x >= area.x1 || y < area.y0 || y >= area.y1 {
        return [0; 4];
    }
    let index = ((y - area.y0) as usize * usize::from(surface.width) + (x - area.x0) as usize) * 4;
    surface.data.get(index..index + 4).and_then(|pixel| pixel.try_into().ok()).unwrap_or_default()
}

/// One premultiplied pixel over another.
pub(super) fn blend(mode: BlendMode, source: [u8; 4], backdrop: [u8; 4]) -> [u8; 4] {
    let unit = |pixel: [u8; 4]| pixel.map(|channel| f32::from(channel) / 255.0);
    let ([sr, sg, sb, sa], [dr, dg, db, da]) = (unit(source), unit(backdrop));
    let (s, d) = ([sr, sg, sb], [dr, dg, db]);
    // The modes of Porter and Duff take a fraction of either.
    let fractions = match mode {
        BlendMode::Clear => Some((0.0, 0.0)),
        BlendMode::Src => Some((1.0, 0.0)),
        BlendMode::Dst => Some((0.0, 1.0)),
        BlendMode::SrcOver => Some((1.0, 1.0 - sa)),
        BlendMode::DstOver => Some((1.0 - da, 1.0)),
        BlendMode::SrcIn => Some((da, 0.0)),
        BlendMode::DstIn => Some((0.0, sa)),
        BlendMode::SrcOut => Some((1.0 - da, 0.0)),
        BlendMode::DstOut => Some((0.0, 1.0 - sa)),
        BlendMode::SrcAtop => Some((da, 1.0 - sa)),
        BlendMode::DstAtop => Some((1.0 - da, sa)),
        BlendMode::Xor => Some((1.0 - da, 1.0 - sa)),
        BlendMode::Plus => Some((1.0, 1.0)),
        _ => None,
    };
    if let Some((of_source, of_backdrop)) = fractions {
        let mix = |source: f32, backdrop: f32| unit_to_byte((source * of_source + backdrop * of_backdrop).min(1.0));
        return [mix(sr, dr), mix(sg, dg), mix(sb, db), mix(sa, da)];
    }
    if mode == BlendMode::Modulate {
        return [sr * dr, sg * dg, sb * db, sa * da].map(unit_to_byte);
    }
    // The others mix colours where both are, and leave each as it is where only one is.
    let straight = |[r, g, b]: [f32; 3], alpha: f32| {
        if alpha > 0.0 { [r / alpha, g / alpha, b / alpha] } else { [0.0; 3] }
    };
    let (source_color, backdrop_color) = (straight(s, sa), straight(d, da));
    let mixed = mix_colors(mode, source_color, backdrop_color);
    let mut result = [0; 4];
    for channel in 0..3 {
        let value = s[channel] * (1.0 - da) + d[channel] * (1.0 - sa) + sa * da * mixed[channel];
        result[channel] = unit_to_byte(value);
    }
    result[3] = unit_to_byte(sa + da * (1.0 - sa));
    result
}

/// The mixing functions of the W3C's Compositing and Blending, level 1, on straight colours.
fn mix_colors(mode: BlendMode, s: [f32; 3], d: [f32; 3]) -> [f32; 3] {
    let each = |mix: fn(f32, f32) -> f32| [mix(s[0], d[0]), mix(s[1], d[1]), mix(s[2], d[2])];
    match mode {
        BlendMode::Screen => each(screen),
        BlendMode::Overlay => each(|s, d| hard_light(d, s)),
        BlendMode::Darken => each(f32::min),
        BlendMode::Lighten => each(f32::max),
        BlendMode::ColorDodge => each(|s, d| match () {
            () if d <= 0.0 => 0.0,
            () if s >= 1.0 => 1.0,
            () => (d / (1.0 - s)).min(1.0),
        }),
        BlendMode::ColorBurn => each(|s, d| match () {
            () if d >= 1.0 => 1.0,
            () if s <= 0.0 => 0.0,
            () => 1.0 - ((1.0 - d) / s).min(1.0),
        }),
        BlendMode::HardLight => each(hard_light),
        BlendMode::SoftLight => each(soft_light),
        BlendMode::Difference => each(|s, d| (s - d).abs()),
        BlendMode::Exclusion => each(|s, d| s + d - 2.0 * s * d),
        BlendMode::Hue => with_luminosity(with_saturation(s, saturation(d)), luminosity(d)),
        BlendMode::Saturation => with_luminosity(with_saturation(d, saturation(s)), luminosity(d)),
        BlendMode::Color => with_luminosity(s, luminosity(d)),
        BlendMode::Luminosity => with_luminosity(d, luminosity(s)),
        _ => each(|s, d| s * d),
    }
}

fn screen(s: f32, d: f32) -> f32 {
    s + d - s * d
}

fn hard_light(s: f32, d: f32) -> f32 {
    if s <= 0.5 { d * 2.0 * s } else { screen(2.0 * s - 1.0, d) }
}

fn soft_light(s: f32, d: f32) -> f32 {
    if s <= 0.5 {
        return d - (1.0 - 2.0 * s) * d * (1.0 - d);
    }
    let curve = if d <= 0.25 { ((16.0 * d - 12.0) * d + 4.0) * d } else { d.sqrt() };
    d + (2.0 * s - 1.0) * (curve - d)
}

fn luminosity([r, g, b]: [f32; 3]) -> f32 {
    0.3 * r + 0.59 * g + 0.11 * b
}

fn saturation([r, g, b]: [f32; 3]) -> f32 {
    r.max(g).max(b) - r.min(g).min(b)
}

fn with_luminosity(color: [f32; 3], wanted: f32) -> [f32; 3] {
    let missing = wanted - luminosity(color);
    let color = color.map(|channel| channel + missing);
    let (least, most) = (color[0].min(color[1]).min(color[2]), color[0].max(color[1]).max(color[2]));
    let middle = luminosity(color);
    let mut result = color;
    if least < 0.0 {
        result = result.map(|channel| middle + (channel - middle) * middle / (middle - least));
    }
    if most > 1.0 {
        result = result.map(|channel| middle + (channel - middle) * (1.0 - middle) / (most - middle));
    }
    result
}

fn with_saturation(color: [f32; 3], wanted: f32) -> [f32; 3] {
    let least = color[0].min(color[1]).min(color[2]);
    let range = saturation(color);
    if range > 0.0 { color.map(|channel| (channel - least) * wanted / range) } else { [0.0; 3] }
}
