//! Numbers by chance that are the same in every run: pictures of particles have to be.

/// SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to 1, without 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Between two numbers, whichever is the smaller one.
    pub(super) fn between(&mut self, [from, to]: [f64; 2]) -> f64 {
        from + (to - from) * self.unit()
    }

    /// 0 to 1, most often in the middle: a normal distribution whose ends are three deviations away.
    pub(super) fn bell(&mut self) -> f64 {
        // Box and Muller; the logarithm wants no zero.
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        let angle = std::f64::consts::TAU * self.unit();
        (0.5 + radius * angle.cos() / 6.0).clamp(0.0, 1.0)
    }

    /// 0 to 255 in some order.
    pub(super) fn shuffled(&mut self) -> [u8; 256] {
        let mut order: [u8; 256] = std::array::from_fn(|index| index as u8);
        for last in (1..order.len()).rev() {
            order.swap(last, (self.next() % (last as u64 + 1)) as usize);
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_between_and_repeat() {
        let (mut a, mut b) = (Random::new(7), Random::new(7));
        let mut sum = 0.0;
        for _ in 0..1000 {
            let number = a.between([10.0, -10.0]);
            assert!((-10.0..=10.0).contains(&number));
            assert_eq!(number, b.between([10.0, -10.0]));
            sum += number;
        }
        assert!((sum / 1000.0).abs() < 0.6, "about as many on both sides");
        let near = (0..1000).filter(|_| (a.bell() - 0.5).abs() < 1.0 / 6.0).count();
        assert!((620..740).contains(&near), "{near} of 1000 within one deviation");
        let mut order = a.shuffled();
        order.sort_unstable();
        assert!(order.iter().enumerate().all(|(index, number)| index == usize::from(*number)));
    }
}
