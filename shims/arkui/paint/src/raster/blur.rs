//! Gaussian blur of whole buffers.
//!
//! Wide blurs are made on a smaller copy: what a wide Gaussian leaves has no detail that the copy could lose. The blocks of
//! that copy are aligned to the device, so that a part of a picture is blurred as the whole would be.

use super::surface::Surface;

/// Wider blurs are made this wide, px: beyond it everything is one colour.
pub(super) const MAX_SIGMA: f64 = 500.0;

/// The least standard deviation, in pixels of the smaller copy, that is still a smooth curve.
const LEAST: f64 = 1.2;

/// What lies outside of a buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Nothing.
    Transparent,
    /// The pixels of its edge go on.
    Clamp,
}

/// Blurs with a standard deviation in px.
pub(super) fn blur(surface: &mut Surface, sigma: f64, edge: Edge) {
    let sigma = sigma.min(MAX_SIGMA);
    if sigma.is_nan() || sigma < 0.2 {
        return;
    }
    let mut factor = 1_usize;
    while rest(sigma, factor * 2) >= LEAST * (factor * 2) as f64 {
        factor *= 2;
    }
    let kernel = kernel(rest(sigma, factor) / factor as f64);
    // A blur that makes something of nothing needs room around the buffer; the buffer was made with that room.
    let mut plane = Plane::shrunk(surface, factor, edge);
    plane.blur_rows(&kernel, edge);
    plane = plane.transposed();
    plane.blur_rows(&kernel, edge);
    plane = plane.transposed();
    plane.enlarge_into(surface, factor);
}

/// What is left of a blur after shrinking by `factor` (the mean of a block) and enlarging (a straight line between two
/// blocks), which both blur by themselves; px.
fn rest(sigma: f64, factor: usize) -> f64 {
    let factor = factor as f64;
    let shrinking = (factor * factor - 1.0) / 12.0;
    let enlarging = if factor > 1.0 { factor * factor / 6.0 } else { 0.0 };
    (sigma * sigma - shrinking - enlarging).max(0.0).sqrt()
}

/// Half of a symmetric kernel: the middle first. All of it sums up to 1.
fn kernel(sigma: f64) -> Vec<f32> {
    let radius = (3.0 * sigma).ceil() as usize;
    let weights: Vec<f64> = (0..=radius).map(|x| (-0.5 * (x as f64 / sigma).powi(2)).exp()).collect();
    let sum: f64 = weights.iter().sum::<f64>() * 2.0 - 1.0;
    weights.iter().map(|weight| (weight / sum) as f32).collect()
}

/// Pixels as numbers, row by row.
struct Plane {
    width: usize,
    height: usize,
    pixels: Vec<[f32; 4]>,
    /// Where the surface begins in the first block.
    shift: (usize, usize),
}

impl Plane {
    /// The means of blocks of `factor` by `factor` pixels.
    fn shrunk(surface: &Surface, factor: usize, edge: Edge) -> Self {
        let signed = i32::try_from(factor).unwrap_or(1);
        let shift_x = surface.area.x0.rem_euclid(signed) as usize;
        let shift_y = surface.area.y0.rem_euclid(signed) as usize;
        let (full_width, full_height) = (usize::from(surface.width), usize::from(surface.height));
        let (width, height) = ((shift_x + full_width).div_ceil(factor), (shift_y + full_height).div_ceil(factor));
        let mut pixels = vec![[0.0_f32; 4]; width * height];
        let mut sums = vec![[0_u32; 4]; width];
        for (block_y, blocks) in pixels.chunks_exact_mut(width).enumerate() {
            sums.fill([0; 4]);
            let first = (block_y * factor).saturating_sub(shift_y);
            let last = ((block_y + 1) * factor - shift_y).min(full_height);
            for row in surface.data.chunks_exact(surface.stride()).take(last).skip(first) {
                let mut rest = row;
                for (block_x, sum) in sums.iter_mut().enumerate() {
                    let count = if block_x == 0 { factor - shift_x } else { factor };
                    let (block, after) = rest.split_at((count * 4).min(rest.len()));
                    for pixel in block.chunks_exact(4) {
                        for (total, channel) in sum.iter_mut().zip(pixel) {
                            *total += u32::from(*channel);
                        }
                    }
                    rest = after;
                }
            }
            for (block_x, (block, sum)) in blocks.iter_mut().zip(&sums).enumerate() {
                // At the edge a block has fewer pixels; outside of them is nothing, or more of the same.
                let count = match edge {
                    Edge::Transparent => factor * factor,
                    Edge::Clamp => {
                        let left = (block_x * factor).saturating_sub(shift_x);
                        let right = ((block_x + 1) * factor - shift_x).min(full_width);
                        (right - left) * (last - first)
                    }
                };
                *block = sum.map(|total| total as f32 / count as f32);
            }
        }
        Self { width, height, pixels, shift: (shift_x, shift_y) }
    }

    fn blur_rows(&mut self, kernel: &[f32], edge: Edge) {
        let radius = kernel.len() - 1;
        let Some((middle, sides)) = kernel.split_first() else { return };
        // A row with its surroundings, so that the loop below has no cases.
        let mut padded = vec![[0.0_f32; 4]; self.width + 2 * radius];
        for row in self.pixels.chunks_exact_mut(self.width) {
            padded[radius..radius + row.len()].copy_from_slice(row);
            if edge == Edge::Clamp {
                let (first, last) = (row[0], row[row.len() - 1]);
                padded[..radius].fill(first);
                padded[radius + row.len()..].fill(last);
            }
            for (x, pixel) in row.iter_mut().enumerate() {
                let window = &padded[x..=x + 2 * radius];
                let mut sum = window[radius].map(|channel| channel * middle);
                for (distance, weight) in sides.iter().enumerate() {
                    let (before, after) = (&window[radius - 1 - distance], &window[radius + 1 + distance]);
                    for channel in 0..4 {
                        sum[channel] += (before[channel] + after[channel]) * weight;
                    }
                }
                *pixel = sum;
            }
        }
    }

    fn transposed(&self) -> Self {
        let mut pixels = vec![[0.0; 4]; self.pixels.len()];
        // In tiles, because memory is read by cache lines.
        const TILE: usize = 16;
        for top in (0..self.height).step_by(TILE) {
            for left in (0..self.width).step_by(TILE) {
                for y in top..(top + TILE).min(self.height) {
                    for x in left..(left + TILE).min(self.width) {
                        pixels[x * self.height + y] = self.pixels[y * self.width + x];
                    }
                }
            }
        }
        Self { width: self.height, height: self.width, pixels, shift: (self.shift.1, self.shift.0) }
    }

    fn enlarge_into(&self, surface: &mut Surface, factor: usize) {
        let stride = surface.stride();
        if factor == 1 {
            for (pixel, from) in surface.data.chunks_exact_mut(4).zip(&self.pixels) {
                store(pixel, from);
            }
            return;
        }
        let mut line = vec![[0.0_f32; 4]; self.width];
        for (y, row) in surface.data.chunks_exact_mut(stride).enumerate() {
            let (above, below, t) = between(y + self.shift.1, factor, self.height);
            let above = &self.pixels[above * self.width..][..self.width];
            let below = &self.pixels[below * self.width..][..self.width];
            for ((to, a), b) in line.iter_mut().zip(above).zip(below) {
                for channel in 0..4 {
                    to[channel] = a[channel] + (b[channel] - a[channel]) * t;
                }
            }
            for (x, pixel) in row.chunks_exact_mut(4).enumerate() {
                let (left, right, t) = between(x + self.shift.0, factor, self.width);
                let (a, b) = (&line[left], &line[right]);
                let mut mixed = [0.0; 4];
                for channel in 0..4 {
                    mixed[channel] = a[channel] + (b[channel] - a[channel]) * t;
                }
                store(pixel, &mixed);
            }
        }
    }
}

/// The two blocks between whose middles a pixel lies, and how far from the first.
fn between(position: usize, factor: usize, count: usize) -> (usize, usize, f32) {
    let place = (position as f32 + 0.5) / factor as f32 - 0.5;
    let before = place.floor();
    let index = |place: f32| (place.max(0.0) as usize).min(count - 1);
    (index(before), index(before + 1.0), place - before)
}

fn store(pixel: &mut [u8], from: &[f32; 4]) {
    // Rounding keeps channels below alpha, because it keeps order.
    for (to, channel) in pixel.iter_mut().zip(from) {
        *to = (channel + 0.5) as u8;
    }
}
