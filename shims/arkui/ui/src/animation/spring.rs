//! A mass on a spring with a damper, from some distance towards rest.

use std::f64::consts::TAU;

/// The distance that counts as rest, as a part of where the spring began.
const REST: f64 = 1e-3;
/// No spring takes longer, in seconds, nor less time.
const LONGEST: f64 = 300.0;
const SHORTEST: f64 = 1e-3;

/// A spring: how fast it swings, how soon it rests, and how fast it begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spring {
    /// Radians per second without damping.
    frequency: f64,
    /// 1 is the least that does not swing.
    damping: f64,
    /// Speed at the beginning, in whole ways per second.
    velocity: f64,
}

impl Spring {
    /// By response (the time of one swing without damping, in seconds) and damping ratio.
    pub fn of_response(response: f64, damping: f64) -> Spring {
        let response = if response > 0.0 && response.is_finite() { response } else { 0.55 };
        let damping = if damping >= 0.0 && damping.is_finite() { damping } else { 0.825 };
        Spring { frequency: TAU / response.max(1e-3), damping: damping.clamp(1e-4, 1e4), velocity: 0.0 }
    }

    /// By speed, mass, stiffness and damping; what is not above zero counts as 1.
    pub fn of_mass(velocity: f64, mass: f64, stiffness: f64, damping: f64) -> Spring {
        let positive = |number: f64| if number > 0.0 && number.is_finite() { number } else { 1.0 };
        let (mass, stiffness) = (positive(mass), positive(stiffness));
        Spring {
            frequency: (stiffness / mass).sqrt().clamp(1e-2, 1e5),
            damping: (positive(damping) / (2.0 * (mass * stiffness).sqrt())).clamp(1e-4, 1e4),
            velocity: if velocity.is_finite() { velocity } else { 0.0 },
        }
    }

    /// Where something is that began at a distance from rest with a speed (per second), and how fast it is.
    pub fn motion(&self, distance: f64, speed: f64, seconds: f64) -> (f64, f64) {
        let (w, z, t) = (self.frequency, self.damping, seconds);
        if (z - 1.0).abs() < 1e-6 {
            let slope = speed + w * distance;
            let fade = (-w * t).exp();
            return ((distance + slope * t) * fade, (slope - w * (distance + slope * t)) * fade);
        }
        if z < 1.0 {
            let turn = w * (1.0 - z * z).sqrt();
            let (fade, rate) = ((-z * w * t).exp(), z * w);
            let scale = (speed + rate * distance) / turn;
            let (sin, cos) = (turn * t).sin_cos();
            let at = fade * (distance * cos + scale * sin);
            return (at, fade * turn * (scale * cos - distance * sin) - rate * at);
        }
        let root = (z * z - 1.0).sqrt();
        let (slow, fast) = ((-z + root) * w, (-z - root) * w);
        let first = (speed - fast * distance) / (slow - fast);
        let second = distance - first;
        let (a, b) = (first * (slow * t).exp(), second * (fast * t).exp());
        (a + b, slow * a + fast * b)
    }

    /// The speed that it is to begin with on a way from `distance` to rest.
    pub fn initial_speed(&self, distance: f64) -> f64 {
        -self.velocity * distance
    }

    /// How far it is (0 to 1 and beyond) when it begins with its own speed.
    pub fn progress(&self, seconds: f64) -> f64 {
        1.0 - self.motion(1.0, self.initial_speed(1.0), seconds).0
    }

    /// When what begins at `distance` is at rest, in seconds.
    pub fn settling_time(&self, distance: f64) -> f64 {
        self.settling_time_from(distance, self.initial_speed(distance))
    }

    /// The same for a speed at the beginning. Swings rest when their envelope does.
    pub fn settling_time_from(&self, distance: f64, speed: f64) -> f64 {
        let (w, z) = (self.frequency, self.damping);
        let limit = distance.abs().max(speed.abs() / w) * REST;
        if limit <= 0.0 {
            return SHORTEST;
        }
        if z < 1.0 - 1e-6 {
            let scale = (speed + z * w * distance) / (w * (1.0 - z * z).sqrt());
            let envelope = distance.hypot(scale);
            return ((envelope / limit).ln() / (z * w)).clamp(SHORTEST, LONGEST);
        }
        // Without swings: from some time on it only comes nearer, so that time is doubled and then halved into.
        let rests = |t: f64| {
            let (at, speed) = self.motion(distance, speed, t);
            at.abs() <= limit && speed.abs() <= limit * w
        };
        let (mut low, mut high) = (0.0, SHORTEST);
        while !rests(high) && high < LONGEST {
            low = high;
            high *= 2.0;
        }
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            if rests(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        high.clamp(SHORTEST, LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What small steps of time make of it.
    fn simulate(spring: &Spring, mut at: f64, mut speed: f64, seconds: f64) -> f64 {
        let step = 1e-5;
        for _ in 0..(seconds / step) as usize {
            let force = -spring.frequency.powi(2) * at - 2.0 * spring.damping * spring.frequency * speed;
            speed += force * step;
            at += speed * step;
        }
        at
    }

    #[test]
    fn solutions_agree_with_a_simulation() {
        for damping in [0.2, 0.825, 1.0, 1.8] {
            let spring = Spring::of_response(0.55, damping);
            for (distance, speed) in [(1.0, 0.0), (1.0, -20.0), (0.0, 5.0)] {
                for seconds in [0.05, 0.2, 0.6] {
                    let (exact, stepped) =
                        (spring.motion(distance, speed, seconds).0, simulate(&spring, distance, speed, seconds));
                    assert!((exact - stepped).abs() < 2e-3, "damping {damping} at {seconds}: {exact}, {stepped}");
                }
            }
        }
    }

    #[test]
    fn a_settled_spring_is_at_rest() {
        for damping in [0.1, 0.825, 1.0, 3.0] {
            let spring = Spring::of_response(0.4, damping);
            let end = spring.settling_time(100.0);
            assert!(spring.motion(100.0, 0.0, end).0.abs() <= 0.1001, "damping {damping}");
            let moves = |part: u32| spring.motion(100.0, 0.0, end * f64::from(part) / 100.0).0.abs() > 0.1;
            assert!((50..100).any(moves), "damping {damping}: not before");
        }
    }

    #[test]
    fn nonsense_is_made_sense_of() {
        let spring = Spring::of_mass(f64::NAN, -1.0, 0.0, f64::INFINITY);
        assert_eq!(spring, Spring::of_mass(0.0, 1.0, 1.0, 1.0));
        assert!(Spring::of_response(-1.0, -1.0).settling_time(1.0).is_finite());
    }
}
