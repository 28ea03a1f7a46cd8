//! How content moves when nobody holds it. Positions are px, times seconds, speeds px per second.
//!
//! The numbers are those of the platform's engine (`scrollable.cpp`) and its theme (`scrollable_pattern`).

use crate::animation::{Curve, Spring};
use std::f32::consts::TAU;
use std::rc::Rc;

/// Exponent of the deceleration for a friction of 1.
const FRICTION_SCALE: f32 = -4.2;
/// A fling ends below this speed, or this near to its end.
const SLOW: f32 = 120.0;
const CLOSE: f32 = 1.0;
/// A spring rests within this distance of its end …
const NEAR: f32 = 0.5;
/// … when it is slower than this.
const STILL: f32 = 20.0;
/// The spring of edges and of snapping: the time of one swing without damping in seconds, and its damping ratio.
const RESPONSE: f32 = 0.417;
const DAMPING_RATIO: f32 = 0.99;

/// A movement along one axis, as a function of time.
#[derive(Debug, Clone, PartialEq)]
pub enum Motion {
    /// A fling that friction slows down. It starts at 0.
    Friction {
        /// Speed in the beginning.
        velocity: f32,
        /// `friction` of the container.
        friction: f32,
    },
    /// A spring that pulls towards 0.
    Spring {
        /// Where it starts.
        from: f32,
        /// Speed in the beginning.
        velocity: f32,
    },
    /// From 0 to a distance, slow at both ends.
    Ease {
        /// Where it ends.
        to: f32,
        /// How long it takes.
        seconds: f32,
    },
    /// From 0 to a distance at one speed.
    Steady {
        /// Where it ends.
        to: f32,
        /// How long it takes.
        seconds: f32,
    },
    /// From 0 to a distance along a curve of the app.
    Curve {
        /// Where it ends.
        to: f32,
        /// How long it takes.
        seconds: f32,
        /// The curve.
        curve: Rc<Curve>,
        /// Whether it may go beyond the edges on its way (`canOverScroll`).
        over: bool,
    },
}

impl Motion {
    /// Where it is after a time.
    pub fn position(&self, time: f32) -> f32 {
        match *self {
            Motion::Friction { velocity, friction } => {
                let rate = friction.max(0.01) * FRICTION_SCALE;
                velocity / rate * ((rate * time).exp() - 1.0)
            }
            Motion::Spring { .. } => self.spring(time).0,
            Motion::Ease { to, seconds } => to * ease(time / seconds.max(0.001)),
            Motion::Steady { to, seconds } => to * (time / seconds.max(0.001)).clamp(0.0, 1.0),
            Motion::Curve { to, seconds, ref curve, .. } => to * curve.at(f64::from(time / seconds.max(0.001))) as f32,
        }
    }

    /// How fast it is after a time.
    pub fn velocity(&self, time: f32) -> f32 {
        match *self {
            Motion::Friction { velocity, friction } => velocity * (friction.max(0.01) * FRICTION_SCALE * time).exp(),
            Motion::Spring { .. } => self.spring(time).1,
            Motion::Ease { .. } | Motion::Steady { .. } | Motion::Curve { .. } => {
                const STEP: f32 = 0.001;
                (self.position(time + STEP) - self.position(time)) / STEP
            }
        }
    }

    /// Whether it has ended by then.
    pub fn is_over(&self, time: f32) -> bool {
        match *self {
            Motion::Friction { .. } => {
                self.velocity(time).abs() < SLOW || (self.end() - self.position(time)).abs() < CLOSE
            }
            Motion::Spring { .. } => {
                let (position, velocity) = self.spring(time);
                position.abs() < NEAR && velocity.abs() < STILL
            }
            Motion::Ease { seconds, .. } | Motion::Steady { seconds, .. } | Motion::Curve { seconds, .. } => {
                time >= seconds
            }
        }
    }

    /// A movement to a distance along a curve. Springs take the time that they need.
    pub fn along(to: f32, curve: Curve, ms: f64, over: bool) -> Motion {
        let seconds = (curve.own_duration().unwrap_or(ms) / 1000.0) as f32;
        Motion::Curve { to, seconds, curve: Rc::new(curve), over }
    }

    /// The spring that takes content to an item or an offset when the app only says that it shall be smooth.
    pub fn smooth(to: f32) -> Motion {
        Motion::along(to, Curve::Interpolating(Spring::of_mass(4.0, 1.0, 227.0, 33.0)), 0.0, false)
    }

    /// How long it takes in seconds, where that is known from the beginning.
    pub fn duration(&self) -> f32 {
        match *self {
            Motion::Ease { seconds, .. } | Motion::Steady { seconds, .. } | Motion::Curve { seconds, .. } => seconds,
            Motion::Friction { .. } | Motion::Spring { .. } => f32::INFINITY,
        }
    }

    /// Where it ends.
    pub fn end(&self) -> f32 {
        match *self {
            Motion::Friction { velocity, friction } => -velocity / (friction.max(0.01) * FRICTION_SCALE),
            Motion::Spring { .. } => 0.0,
            Motion::Ease { to, .. } | Motion::Steady { to, .. } | Motion::Curve { to, .. } => to,
        }
    }

    fn spring(&self, time: f32) -> (f32, f32) {
        let Motion::Spring { from, velocity } = *self else { return (0.0, 0.0) };
        // Just below critical damping: a sine that dies out.
        let natural = TAU / RESPONSE;
        let decay = DAMPING_RATIO * natural;
        let frequency = natural * (1.0 - DAMPING_RATIO * DAMPING_RATIO).sqrt();
        let sine = (velocity + decay * from) / frequency.max(0.001);
        let (s, c) = (frequency * time).sin_cos();
        let envelope = (-decay * time).exp();
        let position = envelope * (from * c + sine * s);
        let speed = envelope * ((sine * frequency - decay * from) * c - (from * frequency + decay * sine) * s);
        (position, speed)
    }
}

/// From 0 to 1, slow at both ends.
pub fn ease(progress: f32) -> f32 {
    let t = progress.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// How much less content follows the finger beyond an edge: more so for apps that are made for API 20.
fn over_edge_ratio(target_api: u32) -> f32 {
    if target_api >= 20 { 5.0 } else { 1.848 }
}

/// The part of a finger's movement (or of its speed) that content follows, when it is already `over` px beyond an edge.
pub fn resistance(over: f32, viewport: f32, target_api: u32) -> f32 {
    if viewport <= 0.0 {
        return 0.0;
    }
    (-over_edge_ratio(target_api) * (over.abs() / viewport).min(1.0)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fling_slows_down_and_ends_where_it_says() {
        let motion = Motion::Friction { velocity: 3000.0, friction: 0.75 };
        assert!(motion.velocity(0.5) < motion.velocity(0.1));
        let late = motion.position(10.0);
        assert!((late - motion.end()).abs() < 0.1, "{late} is not {}", motion.end());
        assert!(!motion.is_over(0.1) && motion.is_over(3.0));
    }

    #[test]
    fn more_friction_gets_less_far() {
        let end = |friction| Motion::Friction { velocity: 3000.0, friction }.end();
        assert!(end(0.9) < end(0.6));
    }

    #[test]
    fn a_spring_returns_to_its_edge() {
        let motion = Motion::Spring { from: 300.0, velocity: 0.0 };
        assert_eq!(motion.position(0.0), 300.0);
        assert!(motion.position(0.1) < 300.0 && motion.position(0.1) > 0.0);
        assert!(motion.is_over(1.5) && motion.position(1.5).abs() < 1.0);
    }

    #[test]
    fn resistance_grows_beyond_the_edge() {
        assert_eq!(resistance(0.0, 600.0, 12), 1.0);
        assert!(resistance(300.0, 600.0, 12) < resistance(100.0, 600.0, 12));
        assert!(resistance(1e9, 600.0, 20) > 0.0);
        assert!(resistance(100.0, 600.0, 20) < resistance(100.0, 600.0, 12), "later apps give way less");
    }

    #[test]
    fn a_curve_of_the_app_is_followed() {
        let motion = Motion::along(100.0, Curve::LINEAR, 400.0, false);
        assert!((motion.position(0.1) - 25.0).abs() < 0.01);
        assert!(!motion.is_over(0.39) && motion.is_over(0.4));
        assert!(Motion::smooth(100.0).position(0.2) > 60.0);
    }
}
