//! How content moves when nobody holds it. Positions are px, times seconds, speeds px per second.

/// Exponent of the deceleration for a friction of 1.
const FRICTION_SCALE: f32 = -4.2;
/// A fling ends below this speed.
const SLOW: f32 = 15.0;
/// A spring rests within this distance of its end …
const NEAR: f32 = 0.5;
/// … when it is slower than this.
const STILL: f32 = 20.0;
/// The spring of edges: mass 1.
const STIFFNESS: f32 = 228.0;
/// Critically damped: it comes back without swinging.
const DAMPING: f32 = 30.0;
/// How much less content follows the finger beyond an edge.
const OVER_EDGE_RATIO: f32 = 1.848;

/// A movement along one axis, as a function of time.
#[derive(Debug, Clone, Copy, PartialEq)]
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
        }
    }

    /// How fast it is after a time.
    pub fn velocity(&self, time: f32) -> f32 {
        match *self {
            Motion::Friction { velocity, friction } => velocity * (friction.max(0.01) * FRICTION_SCALE * time).exp(),
            Motion::Spring { .. } => self.spring(time).1,
            Motion::Ease { .. } | Motion::Steady { .. } => {
                const STEP: f32 = 0.001;
                (self.position(time + STEP) - self.position(time)) / STEP
            }
        }
    }

    /// Whether it has ended by then.
    pub fn is_over(&self, time: f32) -> bool {
        match *self {
            Motion::Friction { .. } => self.velocity(time).abs() < SLOW,
            Motion::Spring { .. } => {
                let (position, velocity) = self.spring(time);
                position.abs() < NEAR && velocity.abs() < STILL
            }
            Motion::Ease { seconds, .. } | Motion::Steady { seconds, .. } => time >= seconds,
        }
    }

    /// Where it ends.
    pub fn end(&self) -> f32 {
        match *self {
            Motion::Friction { velocity, friction } => -velocity / (friction.max(0.01) * FRICTION_SCALE),
            Motion::Spring { .. } => 0.0,
            Motion::Ease { to, .. } | Motion::Steady { to, .. } => to,
        }
    }

    fn spring(&self, time: f32) -> (f32, f32) {
        let Motion::Spring { from, velocity } = *self else { return (0.0, 0.0) };
        // A mass of 1 with this stiffness and damping is just below critical damping: a sine that dies out.
        let decay = DAMPING / 2.0;
        let frequency = (STIFFNESS - decay * decay).max(0.0).sqrt();
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

/// The part of a finger's movement that content follows, when it is already `over` px beyond an edge.
pub fn resistance(over: f32, viewport: f32) -> f32 {
    if viewport <= 0.0 {
        return 0.0;
    }
    (-OVER_EDGE_RATIO * (over.abs() / viewport).min(1.0)).exp()
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
        assert_eq!(resistance(0.0, 600.0), 1.0);
        assert!(resistance(300.0, 600.0) < resistance(100.0, 600.0));
        assert!(resistance(1e9, 600.0) > 0.0);
    }
}
