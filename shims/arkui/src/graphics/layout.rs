//! How pixels lie in a buffer: the platform's `PixelMapFormat`.

/// A layout. What is behind a `PixelMap` has 8 bits per channel, so layouts with more are filled up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    Rgba,
    Argb,
    Bgra,
    Rgb,
    Alpha,
    Rgb565,
    /// Four half-precision floats.
    Half,
    /// A plane of brightness, then pairs of colour at half the resolution; `blue_first` is NV12. With `wide`, samples have 10 bits at the
    /// top of 16.
    Planes {
        blue_first: bool,
        wide: bool,
    },
    /// Ten bits for each colour, two for alpha.
    Ten,
}

fn expand(value: u16, bits: u32) -> u8 {
    let most = (1_u16 << bits) - 1;
    (u32::from(value & most) * 255 / u32::from(most)) as u8
}

impl Layout {
    /// By the platform's number.
    pub(super) fn of(format: u32) -> Layout {
        match format {
            1 => Layout::Argb,
            2 => Layout::Rgb565,
            4 => Layout::Bgra,
            5 => Layout::Rgb,
            6 => Layout::Alpha,
            7 => Layout::Half,
            8 => Layout::Planes { blue_first: false, wide: false },
            9 => Layout::Planes { blue_first: true, wide: false },
            10 => Layout::Ten,
            11 => Layout::Planes { blue_first: true, wide: true },
            12 => Layout::Planes { blue_first: false, wide: true },
            _ => Layout::Rgba,
        }
    }

    /// RGBA from the bytes of a buffer; missing ones are left out at the end.
    pub(super) fn unpack(self, data: &[u8], width: u32, height: u32) -> Vec<u8> {
        match self {
            Layout::Rgba => data.to_vec(),
            Layout::Argb => data.as_chunks::<4>().0.iter().flat_map(|[a, r, g, b]| [*r, *g, *b, *a]).collect(),
            Layout::Bgra => data.as_chunks::<4>().0.iter().flat_map(|[b, g, r, a]| [*r, *g, *b, *a]).collect(),
            Layout::Rgb => data.as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect(),
            Layout::Alpha => data.iter().flat_map(|alpha| [0, 0, 0, *alpha]).collect(),
            Layout::Rgb565 => {
                let words = data.as_chunks::<2>().0.iter().map(|word| u16::from_le_bytes(*word));
                words
                    .flat_map(|word| [expand(word >> 11, 5), expand(word >> 5 & 0x3f, 6), expand(word & 0x1f, 5), 255])
                    .collect()
            }
            Layout::Half => {
                let halves = data.as_chunks::<2>().0.iter().map(|half| of_half(u16::from_le_bytes(*half)));
                halves.map(|value| (value.clamp(0.0, 1.0) * 255.0).round() as u8).collect()
            }
            Layout::Ten => {
                let words = data.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word));
                let channel = |word: u32, shift: u32| ((word >> shift & 0x3ff) * 255 / 1023) as u8;
                words
                    .flat_map(|word| [channel(word, 0), channel(word, 10), channel(word, 20), (word >> 30) as u8 * 85])
                    .collect()
            }
            Layout::Planes { blue_first, wide } => from_planes(data, width, height, blue_first, wide),
        }
    }

    /// The bytes of a buffer from RGBA.
    pub(super) fn pack(self, data: Vec<u8>, width: u32, height: u32) -> Vec<u8> {
        let pixels = || data.as_chunks::<4>().0.iter();
        match self {
            Layout::Rgba => data,
            Layout::Argb => pixels().flat_map(|[r, g, b, a]| [*a, *r, *g, *b]).collect(),
            Layout::Bgra => pixels().flat_map(|[r, g, b, a]| [*b, *g, *r, *a]).collect(),
            Layout::Rgb => pixels().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect(),
            Layout::Alpha => pixels().map(|[_, _, _, a]| *a).collect(),
            Layout::Rgb565 => pixels()
                .flat_map(|[r, g, b, _]| {
                    let word = u16::from(*r >> 3) << 11 | u16::from(*g >> 2) << 5 | u16::from(*b >> 3);
                    word.to_le_bytes()
                })
                .collect(),
            Layout::Half => data.iter().flat_map(|byte| to_half(f32::from(*byte) / 255.0).to_le_bytes()).collect(),
            Layout::Ten => pixels()
                .flat_map(|[r, g, b, a]| {
                    let channel = |value: &u8| u32::from(*value) * 1023 / 255;
                    (channel(r) | channel(g) << 10 | channel(b) << 20 | u32::from(*a / 85) << 30).to_le_bytes()
                })
                .collect(),
            Layout::Planes { blue_first, wide } => to_planes(&data, width, height, blue_first, wide),
        }
    }
}

/// A number from 0 to 1 as a half-precision float.
fn to_half(value: f32) -> u16 {
    let bits = value.to_bits();
    let exponent = (bits >> 23 & 0xff) as i32 - 127 + 15;
    if exponent <= 0 {
        // Below the smallest normal number: a multiple of 2^-24.
        return (value * 16_777_216.0).round() as u16;
    }
    let rounded = (bits & 0x007f_ffff) + 0x1000;
    ((exponent as u32) << 10).saturating_add(rounded >> 13).min(0x7bff) as u16
}

fn of_half(half: u16) -> f32 {
    let fraction = f32::from(half & 0x3ff);
    let value = match half >> 10 & 0x1f {
        0 => fraction / 16_777_216.0,
        31 => 1.0,
        exponent => (1.0 + fraction / 1024.0) * 2_f32.powi(i32::from(exponent) - 15),
    };
    if half & 0x8000 == 0 { value } else { -value }
}

/// Samples of the planes, in 8 bits.
fn sample(data: &[u8], index: usize, wide: bool) -> u8 {
    // The eight upper bits of ten are the upper byte.
    data.get(if wide { index * 2 + 1 } else { index }).copied().unwrap_or(0)
}

/// BT.601 with the full range, as JPEG.
fn from_planes(data: &[u8], width: u32, height: u32, blue_first: bool, wide: bool) -> Vec<u8> {
    let (width, height) = (width as usize, height as usize);
    let pairs_per_row = width.div_ceil(2);
    let mut rgba = Vec::with_capacity(width * height * 4);
    for y in 0..height {
        for x in 0..width {
            let light = f32::from(sample(data, y * width + x, wide));
            let pair = width * height + ((y / 2) * pairs_per_row + x / 2) * 2;
            let (first, second) =
                (f32::from(sample(data, pair, wide)) - 128.0, f32::from(sample(data, pair + 1, wide)) - 128.0);
            let (blue, red) = if blue_first { (first, second) } else { (second, first) };
            let channels = [light + 1.402 * red, light - 0.344_136 * blue - 0.714_136 * red, light + 1.772 * blue];
            // `as` keeps numbers within a byte.
            rgba.extend(channels.map(|channel| channel.round() as u8));
            rgba.push(255);
        }
    }
    rgba
}

fn to_planes(rgba: &[u8], width: u32, height: u32, blue_first: bool, wide: bool) -> Vec<u8> {
    let (width, height) = (width as usize, height as usize);
    let pixel = |x: usize, y: usize| {
        let at = (y.min(height - 1) * width + x.min(width - 1)) * 4;
        let channel = |index: usize| rgba.get(at + index).copied().map_or(0.0, f32::from);
        (channel(0), channel(1), channel(2))
    };
    let mut planes = Vec::with_capacity(width * height * if wide { 3 } else { 2 });
    let mut push = |value: f32| {
        if wide {
            planes.push(0);
        }
        planes.push(value.round() as u8);
    };
    for y in 0..height {
        for x in 0..width {
            let (r, g, b) = pixel(x, y);
            push(0.299 * r + 0.587 * g + 0.114 * b);
        }
    }
    for y in (0..height).step_by(2) {
        for x in (0..width).step_by(2) {
            let four = [pixel(x, y), pixel(x + 1, y), pixel(x, y + 1), pixel(x + 1, y + 1)];
            let (r, g, b) = four
                .iter()
                .fold((0.0, 0.0, 0.0), |sum, part| (sum.0 + part.0 / 4.0, sum.1 + part.1 / 4.0, sum.2 + part.2 / 4.0));
            let blue = 128.0 - 0.168_736 * r - 0.331_264 * g + 0.5 * b;
            let red = 128.0 + 0.5 * r - 0.418_688 * g - 0.081_312 * b;
            push(if blue_first { blue } else { red });
            push(if blue_first { red } else { blue });
        }
    }
    planes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_gives_back_what_was_packed() {
        // Odd sides, since planes of colour have half of them. One colour for each two by two, which is what planes keep.
        let (width, height) = (5_u32, 3_u32);
        let color = |x: u32, y: u32| [(x / 2 * 90) as u8, (y / 2 * 120) as u8, 60, 255];
        let rgba: Vec<u8> = (0..height).flat_map(|y| (0..width).flat_map(move |x| color(x, y))).collect();
        for format in [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12] {
            let layout = Layout::of(format);
            let back = layout.unpack(&layout.pack(rgba.clone(), width, height), width, height);
            assert_eq!(back.len(), rgba.len(), "{layout:?}");
            let most = rgba.iter().zip(&back).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(most <= Some(8), "{layout:?}: {most:?}");
        }
    }

    #[test]
    fn sizes_are_those_of_the_platform() {
        let size = |format| Layout::of(format).pack(vec![9; 4 * 2 * 4], 4, 2).len();
        assert_eq!([2, 3, 5, 6, 7, 8, 10, 11].map(size), [16, 32, 24, 8, 64, 12, 32, 24]);
    }

    #[test]
    fn halves_are_those_of_ieee_754() {
        assert_eq!([0.0, 1.0, 0.5, 0.25].map(to_half), [0, 0x3c00, 0x3800, 0x3400]);
        assert!((0..=255_u8).all(|byte| (of_half(to_half(f32::from(byte) / 255.0)) * 255.0).round() as u8 == byte));
    }

    #[test]
    fn short_buffers_are_no_mistake() {
        for format in 0..=14 {
            Layout::of(format).unpack(&[1, 2, 3, 4, 5, 6, 7], 3, 3);
        }
    }
}
