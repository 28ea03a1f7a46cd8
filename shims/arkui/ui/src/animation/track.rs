//! One property of one node on its way.
//!
//! A track adds something to the value of the attribute, which is the end of the way, and that comes down to nothing. Several
//! tracks of a property add up, so an animation that begins while another runs goes on from the value that is shown, with its
//! speed. A spring that follows a spring replaces it and takes over its speed.

use super::Animation;
use super::curve::Curve;
use super::property::Property;
use super::timing::Phase;
use crate::geometry::Point;
use std::rc::Rc;

#[derive(Debug)]
pub(super) struct Track {
    property: Property,
    /// Beginning minus end.
    change: Vec<f64>,
    /// Speed at the beginning, per second; for springs.
    speed: Vec<f64>,
    /// Added all the time: the end of the way lies off the attribute's value, as with what disappears.
    shift: Option<Vec<f64>>,
    animation: Rc<Animation>,
    start: Option<f64>,
    /// How long a repetition moves, in ms.
    moving: f64,
    over: bool,
}

fn length(vector: &[f64]) -> f64 {
    vector.iter().map(|part| part * part).sum::<f64>().sqrt()
}

impl Track {
    pub(super) fn new(property: Property, change: Vec<f64>, animation: &Rc<Animation>) -> Track {
        animation.live.set(animation.live.get() + 1);
        let speed = match &animation.timing.curve {
            Curve::Interpolating(spring) => change.iter().map(|part| spring.initial_speed(*part)).collect(),
            _ => vec![0.0; change.len()],
        };
        let mut track = Track {
            property,
            change,
            speed,
            shift: None,
            animation: Rc::clone(animation),
            start: None,
            moving: 0.0,
            over: false,
        };
        track.find_duration();
        track
    }

    /// A way from the attribute's value to that value plus `away`, where it stays.
    pub(super) fn to(property: Property, away: Vec<f64>, animation: &Rc<Animation>) -> Track {
        let mut track = Track::new(property, away.iter().map(|part| -part).collect(), animation);
        track.shift = Some(away);
        track
    }

    fn find_duration(&mut self) {
        let timing = &self.animation.timing;
        // The speed counts where it leads away; in line with the change it only matters how large it is.
        let along: f64 = self.change.iter().zip(&self.speed).map(|(change, speed)| change * speed).sum();
        let speed = if along < 0.0 { -length(&self.speed) } else { length(&self.speed) };
        self.moving = match timing.motion() {
            Some(_) => timing.moving_from(length(&self.change), speed),
            None => timing.moving_alone(),
        };
    }

    pub(super) fn property(&self) -> Property {
        self.property
    }

    pub(super) fn animation(&self) -> &Rc<Animation> {
        &self.animation
    }

    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// Whether an older track of the node ends with this one, which goes on from there.
    pub(super) fn takes_over(&mut self, old: &Track, now: f64) -> bool {
        if old.property != self.property {
            return false;
        }
        let motion = |track: &Track| matches!(track.animation.timing.curve, Curve::Motion(_));
        let inherits = motion(self) && motion(old) && !old.over;
        if !(inherits || old.over || old.shift.is_some()) {
            return false;
        }
        for (change, rest) in self.change.iter_mut().zip(old.offset(now)) {
            *change += rest;
        }
        if inherits {
            for (speed, old) in self.speed.iter_mut().zip(old.speed_at(now)) {
                *speed += old;
            }
        }
        if !old.over {
            old.release();
        }
        self.find_duration();
        true
    }

    fn release(&self) {
        self.animation.live.set(self.animation.live.get().saturating_sub(1));
    }

    /// Ends it wherever it is. Returns that it is not to be kept.
    pub(super) fn end(&mut self) -> bool {
        if !std::mem::replace(&mut self.over, true) {
            self.release();
        }
        false
    }

    /// Starts, or goes on. Returns whether it still adds anything.
    pub(super) fn tick(&mut self, now: f64) -> bool {
        self.start.get_or_insert(now);
        let Phase::Over { at_start } = self.phase(now) else { return true };
        self.end();
        at_start || self.shift.is_some()
    }

    fn phase(&self, now: f64) -> Phase {
        let elapsed = self.start.map_or(0.0, |start| now - start);
        self.animation.timing.phase(elapsed, self.moving)
    }

    /// What it adds to the value of the attribute.
    pub(super) fn offset(&self, now: f64) -> Vec<f64> {
        let timing = &self.animation.timing;
        let rest: Vec<f64> = match self.phase(now) {
            Phase::Waiting | Phase::Over { at_start: true } => self.change.clone(),
            Phase::Over { at_start: false } => vec![0.0; self.change.len()],
            Phase::Running { at, .. } => match timing.motion() {
                Some(spring) => {
                    let parts = self.change.iter().zip(&self.speed);
                    parts.map(|(change, speed)| spring.motion(*change, *speed, at / 1000.0).0).collect()
                }
                None => {
                    let left = 1.0 - timing.curve.at(if self.moving > 0.0 { at / self.moving } else { 1.0 });
                    self.change.iter().map(|change| change * left).collect()
                }
            },
        };
        match &self.shift {
            Some(shift) => rest.iter().zip(shift).map(|(rest, shift)| rest + shift).collect(),
            None => rest,
        }
    }

    /// For a frame that moves to `end`: where it began, and how much of the way is done.
    pub(super) fn way(&self, end: Point, now: f64) -> (Point, f64) {
        let change: Vec<f64> = self.change.iter().take(2).copied().collect();
        let left: Vec<f64> = self.offset(now).into_iter().take(2).collect();
        let whole: f64 = change.iter().map(|part| part * part).sum();
        let rest: f64 = change.iter().zip(&left).map(|(change, left)| change * left).sum();
        let by = |index: usize| change.get(index).copied().unwrap_or(0.0) as f32;
        (end + Point::new(by(0), by(1)), if whole > 0.0 { 1.0 - rest / whole } else { 1.0 })
    }

    /// How fast the value of a spring changes, per second.
    fn speed_at(&self, now: f64) -> Vec<f64> {
        match (self.phase(now), self.animation.timing.motion()) {
            (Phase::Running { at, backwards: false }, Some(spring)) => {
                let parts = self.change.iter().zip(&self.speed);
                parts.map(|(change, speed)| spring.motion(*change, *speed, at / 1000.0).1).collect()
            }
            _ => vec![0.0; self.change.len()],
        }
    }
}
