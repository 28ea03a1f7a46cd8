//! Gradient noise (Perlin, 2002) in the plane, and its curl: a flow without sources.

use super::random::Random;
use concord_paint::kurbo::Vec2;

/// Noise with a scale, a frequency and an amplitude.
#[derive(Debug)]
pub(super) struct Noise {
    scale: f64,
    frequency: f64,
    amplitude: f64,
    order: [u8; 256],
}

/// Half of the distance over which slopes are taken.
const STEP: f64 = 1e-3;

impl Noise {
    pub(super) fn new(scale: f64, frequency: f64, amplitude: f64, random: &mut Random) -> Noise {
        Noise { scale, frequency, amplitude, order: random.shuffled() }
    }

    /// The product of the gradient at a corner of the lattice with the way from there.
    fn corner(&self, column: i64, row: i64, x: f64, y: f64) -> f64 {
        let look = |at: i64| i64::from(self.order.get(at.rem_euclid(256) as usize).copied().unwrap_or(0));
        let hash = look(look(column) + row) & 15;
        let u = if hash < 8 { x } else { y };
        let v = match hash {
            0..=3 => y,
            12 | 14 => x,
            _ => 0.0,
        };
        (if hash & 1 == 0 { u } else { -u }) + (if hash & 2 == 0 { v } else { -v })
    }

    /// 0 to the amplitude.
    fn at(&self, x: f64, y: f64) -> f64 {
        let (x, y) = (x * self.frequency, y * self.frequency);
        let (column, row) = (x.floor() as i64, y.floor() as i64);
        let (x, y) = (x - x.floor(), y - y.floor());
        let fade = |t: f64| t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
        let mix = |t: f64, a: f64, b: f64| a + t * (b - a);
        let line =
            |row: i64, y: f64| mix(fade(x), self.corner(column, row, x, y), self.corner(column + 1, row, x - 1.0, y));
        let value = mix(fade(y), line(row, y), line(row + 1, y - 1.0));
        self.amplitude * (value + 1.0) / 2.0
    }

    /// The slope at a point, turned by a right angle.
    pub(super) fn curl(&self, x: f64, y: f64) -> Vec2 {
        if self.amplitude == 0.0 || self.scale == 0.0 || self.frequency == 0.0 {
            return Vec2::ZERO;
        }
        let dx = self.at(x + STEP, y) - self.at(x - STEP, y);
        let dy = self.at(x, y + STEP) - self.at(x, y - STEP);
        Vec2::new(-dy, dx) / (2.0 * STEP) * self.scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_smooth_and_within_its_amplitude() {
        let noise = Noise::new(1.0, 0.37, 4.0, &mut Random::new(1));
        let mut last = noise.at(-20.0, 3.0);
        let mut seen = (f64::MAX, f64::MIN);
        for step in 0..4000 {
            let value = noise.at(-20.0 + f64::from(step) * 0.01, 3.0);
            assert!((-0.5..=4.5).contains(&value) && (value - last).abs() < 0.1, "{value} after {last}");
            seen = (seen.0.min(value), seen.1.max(value));
            last = value;
        }
        assert!(seen.1 - seen.0 > 1.0, "it is not flat: {seen:?}");
    }

    #[test]
    fn what_flows_in_flows_out() {
        let noise = Noise::new(1.0, 0.2, 1.0, &mut Random::new(1));
        let (x, y, h) = (3.3, 7.7, 0.01);
        let spread = noise.curl(x + h, y).x - noise.curl(x - h, y).x + noise.curl(x, y + h).y - noise.curl(x, y - h).y;
        assert!((spread / (2.0 * h)).abs() < 1e-3, "{spread}");
        assert!(noise.curl(x, y).hypot() > 1e-3);
    }
}
