//! When an animation is where: duration, delay, repetitions, direction and speed.

use super::curve::Curve;
use super::spring::Spring;
use crate::value::Value;

/// `PlayMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlayMode {
    /// Forwards each time.
    #[default]
    Normal,
    /// Backwards each time.
    Reverse,
    /// Forwards, backwards …
    Alternate,
    /// Backwards, forwards …
    AlternateReverse,
}

impl PlayMode {
    /// Whether a repetition (the first is 0) runs backwards.
    fn is_backwards(self, repetition: f64) -> bool {
        let odd = repetition.rem_euclid(2.0) >= 1.0;
        match self {
            PlayMode::Normal => false,
            PlayMode::Reverse => true,
            PlayMode::Alternate => odd,
            PlayMode::AlternateReverse => !odd,
        }
    }
}

/// The time of an animation; times in ms.
#[derive(Debug, Clone, PartialEq)]
pub struct Timing {
    /// How long one repetition moves.
    pub duration: f64,
    /// How long it waits before it starts.
    pub delay: f64,
    /// How often it runs; `None` for ever.
    pub iterations: Option<u32>,
    /// Directions.
    pub play_mode: PlayMode,
    /// How many times as fast time passes.
    pub tempo: f64,
    /// The curve.
    pub curve: Curve,
    /// How long each repetition stays at its beginning, and at its end: the place of one keyframe among others.
    pub rests: [f64; 2],
}

impl Default for Timing {
    fn default() -> Timing {
        Timing {
            duration: 1000.0,
            delay: 0.0,
            iterations: Some(1),
            play_mode: PlayMode::Normal,
            tempo: 1.0,
            curve: Curve::EASE_IN_OUT,
            rests: [0.0, 0.0],
        }
    }
}

/// Longest times in ms, and highest speed: 31 years. What is longer adds up to what is not finite.
const MOST: f64 = 1e12;

/// A phase of an animation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Phase {
    /// It has not begun.
    Waiting,
    /// So many ms of a repetition have passed (of those in which it moves), perhaps backwards.
    Running {
        /// Time in ms, from 0 to the duration.
        at: f64,
        /// Whether it runs towards its beginning.
        backwards: bool,
    },
    /// It is over, at its beginning or at its end.
    Over {
        /// Whether it has come back to where it began.
        at_start: bool,
    },
}

impl Timing {
    /// No time at all.
    pub fn instant() -> Timing {
        Timing { duration: 0.0, ..Timing::default() }
    }

    /// From `{duration, delay, iterations, playMode, tempo, curve, rests}` ([`Curve::from_value`]); what is missing or senseless
    /// is the default of `animateTo`.
    pub fn from_value(value: &Value) -> Timing {
        let default = Timing::default();
        let number = |name: &str| value.get(name).as_f64().map(|number| number.clamp(-MOST, MOST));
        let tempo = number("tempo").unwrap_or(1.0);
        let iterations = number("iterations").unwrap_or(1.0);
        let play_mode = match value.get("playMode").as_str() {
            Some("reverse") => PlayMode::Reverse,
            Some("alternate") => PlayMode::Alternate,
            Some("alternate-reverse") => PlayMode::AlternateReverse,
            _ => PlayMode::Normal,
        };
        let rest = |index: usize| {
            let rests = value.get("rests").as_array();
            rests.and_then(|rests| rests.get(index)?.as_f64()).unwrap_or(0.0).clamp(0.0, MOST)
        };
        let mut timing = Timing {
            duration: number("duration").unwrap_or(default.duration).max(0.0).trunc(),
            delay: number("delay").unwrap_or(0.0).trunc(),
            iterations: (iterations >= 0.0).then_some(iterations as u32),
            play_mode,
            tempo: if tempo < 0.0 { 1.0 } else { tempo },
            curve: Curve::from_value(value.get("curve")).unwrap_or(default.curve),
            rests: [rest(0), rest(1)],
        };
        // Without a speed, and without a run, there is no movement.
        if timing.tempo == 0.0 || timing.iterations == Some(0) {
            timing =
                Timing { duration: 0.0, curve: Curve::LINEAR, delay: 0.0, tempo: 1.0, iterations: Some(1), ..timing };
        }
        timing
    }

    /// How long a repetition moves, with the spring's own time where it has one.
    fn moving(&self) -> f64 {
        self.curve.own_duration().unwrap_or(self.duration)
    }

    /// All of it, in ms of the clock; infinite when it runs for ever.
    pub fn total(&self) -> f64 {
        self.total_of(self.moving())
    }

    fn total_of(&self, moving: f64) -> f64 {
        let [before, after] = self.rests;
        let period = before + moving + after;
        let count = self.iterations.map_or(f64::INFINITY, f64::from);
        let running = if period > 0.0 { period * count } else { 0.0 };
        ((self.delay + running) / self.tempo).max(0.0)
    }

    /// The spring that has its own time, if it is one.
    pub(super) fn motion(&self) -> Option<&Spring> {
        match &self.curve {
            Curve::Motion(spring) | Curve::Interpolating(spring) => Some(spring),
            _ => None,
        }
    }

    /// Where it is after so many ms of the clock, when a repetition moves for `moving` ms.
    pub(super) fn phase(&self, elapsed: f64, moving: f64) -> Phase {
        let [before, after] = self.rests;
        let period = before + moving + after;
        // Frames come at thirds of a ms; an end that is missed by the last digits is an end.
        const NEAR: f64 = 1e-6;
        if elapsed + NEAR >= self.total_of(moving) {
            let last = self.iterations.map_or(0.0, |count| f64::from(count.max(1) - 1));
            return Phase::Over { at_start: self.play_mode.is_backwards(last) };
        }
        let run = elapsed * self.tempo - self.delay;
        if run < 0.0 || period <= 0.0 {
            return Phase::Waiting;
        }
        let repetition = (run / period).floor();
        let backwards = self.play_mode.is_backwards(repetition);
        let within = run - repetition * period;
        let at = if backwards { period - within } else { within };
        Phase::Running { at: (at - before).clamp(0.0, moving), backwards }
    }

    /// How far the way from 0 to 1 is done after so many ms, and whether that is all.
    pub fn progress(&self, elapsed: f64) -> (f64, bool) {
        let moving = self.moving();
        match self.phase(elapsed, moving) {
            Phase::Waiting => (0.0, false),
            Phase::Over { at_start } => (if at_start { 0.0 } else { 1.0 }, true),
            Phase::Running { at, .. } => {
                let progress = match self.motion() {
                    Some(spring) => spring.progress(at / 1000.0),
                    None => self.curve.at(if moving > 0.0 { at / moving } else { 1.0 }),
                };
                (progress, false)
            }
        }
    }

    /// How long a repetition moves for a spring that begins at a distance with a speed; in ms.
    pub(super) fn moving_from(&self, distance: f64, speed: f64) -> f64 {
        match self.motion() {
            Some(spring) => spring.settling_time_from(distance, speed) * 1000.0,
            None => self.duration,
        }
    }

    /// How long a repetition moves by itself.
    pub(super) fn moving_alone(&self) -> f64 {
        self.moving()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(timing: &Timing, elapsed: f64) -> Phase {
        timing.phase(elapsed, timing.moving_alone())
    }

    #[test]
    fn repetitions_change_direction() {
        let timing =
            Timing { duration: 100.0, iterations: Some(2), play_mode: PlayMode::Alternate, ..Timing::default() };
        assert_eq!(at(&timing, 25.0), Phase::Running { at: 25.0, backwards: false });
        assert_eq!(at(&timing, 125.0), Phase::Running { at: 75.0, backwards: true });
        assert_eq!(at(&timing, 200.0), Phase::Over { at_start: true });
        assert_eq!(timing.total(), 200.0);
    }

    #[test]
    fn delay_and_tempo_stretch_time() {
        let timing = Timing { duration: 100.0, delay: 50.0, tempo: 2.0, ..Timing::default() };
        assert_eq!(at(&timing, 20.0), Phase::Waiting);
        assert_eq!(at(&timing, 50.0), Phase::Running { at: 50.0, backwards: false });
        assert_eq!(at(&timing, 75.0), Phase::Over { at_start: false });
        // A negative delay begins in the middle.
        let early = Timing { duration: 100.0, delay: -30.0, ..Timing::default() };
        assert_eq!(at(&early, 0.0), Phase::Running { at: 30.0, backwards: false });
    }

    #[test]
    fn a_keyframe_waits_for_its_turn() {
        let timing = Timing { duration: 100.0, rests: [50.0, 100.0], iterations: None, ..Timing::default() };
        assert_eq!(at(&timing, 20.0), Phase::Running { at: 0.0, backwards: false });
        assert_eq!(at(&timing, 250.0 + 60.0), Phase::Running { at: 10.0, backwards: false });
        assert_eq!(timing.total(), f64::INFINITY);
    }

    #[test]
    fn options_without_sense_are_defaults() {
        let value = Value::object([("duration", Value::Number(-5.0)), ("curve", Value::text("?"))]);
        assert_eq!(Timing::from_value(&value), Timing { duration: 0.0, ..Timing::default() });
        let long = Value::object([
            ("duration", Value::Number(1e300)),
            ("delay", Value::Number(-1e308)),
            ("rests", Value::array([Value::Number(1e308), Value::Number(1e308)])),
        ]);
        let long = Timing::from_value(&long);
        assert!(long.total().is_finite() && matches!(at(&long, 1.0), Phase::Running { at, .. } if at.is_finite()));
        let still = Value::object([("tempo", Value::Number(0.0))]);
        assert_eq!(Timing::from_value(&still).total(), 0.0);
    }
}
