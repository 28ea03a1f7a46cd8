//! How fast a finger moves.

use crate::geometry::Point;
use std::collections::VecDeque;

/// What counts, in ms: what was before has nothing to do with how a finger leaves the glass.
const WINDOW: f64 = 100.0;
const MOST: usize = 64;

/// The last positions of a finger.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tracker {
    samples: VecDeque<(f64, Point)>,
}

impl Tracker {
    /// The finger is here at a time in ms.
    pub fn add(&mut self, now: f64, position: Point) {
        if self.samples.len() >= MOST {
            self.samples.pop_front();
        }
        self.samples.push_back((now, position));
    }

    /// Px per second: the slope of the line through the last positions.
    pub fn velocity(&self) -> Point {
        let Some((last, _)) = self.samples.back() else { return Point::ZERO };
        let recent: Vec<&(f64, Point)> = self.samples.iter().filter(|(at, _)| last - at <= WINDOW).collect();
        let count = recent.len() as f64;
        if count < 2.0 {
            return Point::ZERO;
        }
        let mean =
            |value: &dyn Fn(&(f64, Point)) -> f64| recent.iter().map(|sample| value(sample)).sum::<f64>() / count;
        let at = mean(&|sample| sample.0 - last);
        let (x, y) = (mean(&|sample| f64::from(sample.1.x)), mean(&|sample| f64::from(sample.1.y)));
        let mut spread = 0.0;
        let (mut along_x, mut along_y) = (0.0, 0.0);
        for (time, position) in recent {
            let distance = time - last - at;
            spread += distance * distance;
            along_x += distance * (f64::from(position.x) - x);
            along_y += distance * (f64::from(position.y) - y);
        }
        if spread < 1e-6 {
            return Point::ZERO;
        }
        Point::new((along_x / spread * 1000.0) as f32, (along_y / spread * 1000.0) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_finger_has_its_speed_and_a_resting_one_none() {
        let mut tracker = Tracker::default();
        for step in 0..50 {
            tracker.add(f64::from(step) * 5.0, Point::new(step as f32 * 3.0, 0.0));
        }
        let velocity = tracker.velocity();
        assert!((velocity.x - 600.0).abs() < 1.0 && velocity.y.abs() < 0.1, "{velocity:?}");
        tracker.add(1000.0, Point::new(147.0, 0.0));
        assert_eq!(tracker.velocity(), Point::ZERO, "what was long ago does not count");
    }
}
