//! What a recogniser is.

use super::velocity::Tracker;
use crate::geometry::Point;
use crate::input::TouchPhase;
use crate::input::drag::PreDrag;

/// A finger that a recogniser follows. Positions are px of the window.
#[derive(Debug, Clone)]
pub(crate) struct Contact {
    /// Which finger.
    pub finger: i32,
    /// Where it came down.
    pub start: Point,
    /// When, in ms.
    pub start_time: f64,
    /// Where it is.
    pub position: Point,
    /// Where it has been.
    pub track: Tracker,
    /// Whether it was lifted: it stays for what is told about the end.
    pub lifted: bool,
}

impl Contact {
    /// How far it has moved.
    pub fn moved(&self) -> Point {
        self.position - self.start
    }
}

/// What a finger did.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PointerEvent {
    /// What.
    pub phase: TouchPhase,
    /// Whether it is where the node wants to be hit.
    pub inside: bool,
}

/// What a recogniser thinks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing new.
    Continue,
    /// Recognised.
    Accept,
    /// Perhaps: who comes later has to wait.
    Pending,
    /// It will not be recognised any more.
    Reject,
    /// What was recognised has ended.
    Finish,
}

/// Which handler a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// `onAction`.
    Action,
    /// `onActionStart`.
    Start,
    /// `onActionUpdate`.
    Update,
    /// `onActionEnd`.
    End,
    /// `onActionCancel`.
    Cancel,
    /// `onPreDrag`.
    PreDrag(PreDrag),
}

/// What a recogniser reports. Lengths are px, times ms.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Report {
    /// For which handler.
    pub stage: Stage,
    /// Of which member of a sequence.
    pub member: Option<usize>,
    /// Whether a long press is told again.
    pub repeat: bool,
    /// How far the fingers have moved.
    pub offset: Point,
    /// What the fingers of a pinch are apart, compared with the beginning.
    pub scale: f32,
    /// Of a rotation or a swipe, in degrees.
    pub angle: f32,
    /// Of a swipe, in px per second.
    pub speed: f32,
    /// Of a pan, in px per second.
    pub velocity: Point,
    /// The middle of the fingers of a pinch, in the window.
    pub center: Point,
}

impl Report {
    /// A report with nothing but its stage.
    pub fn new(stage: Stage) -> Report {
        Report {
            stage,
            member: None,
            repeat: false,
            offset: Point::ZERO,
            scale: 1.0,
            angle: 0.0,
            speed: 0.0,
            velocity: Point::ZERO,
            center: Point::ZERO,
        }
    }
}

/// What a recogniser asks of the clock.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TimerRequest {
    /// To be called with this token after so many ms; instead of an earlier request with the same token.
    Start(u32, f64),
    /// Not to be called.
    Stop(u32),
}

/// What a recogniser sees and says.
pub(crate) struct Cx<'a> {
    /// The time in ms.
    pub now: f64,
    /// Px per vp.
    pub density: f32,
    /// The fingers that it follows, in the order in which they came. A finger that is being lifted is still here.
    pub contacts: &'a mut Vec<Contact>,
    /// What it reports.
    pub reports: &'a mut Vec<Report>,
    /// What it asks of the clock.
    pub timers: &'a mut Vec<TimerRequest>,
}

impl Cx<'_> {
    /// How many fingers are down, without the one that is being lifted.
    pub fn down(&self) -> usize {
        self.contacts.iter().filter(|contact| !contact.lifted).count()
    }

    /// Asks to be called.
    pub fn after(&mut self, token: u32, ms: f64) {
        self.timers.push(TimerRequest::Start(token, ms));
    }

    /// Takes that back.
    pub fn stop(&mut self, token: u32) {
        self.timers.push(TimerRequest::Stop(token));
    }

    /// Reports.
    pub fn report(&mut self, report: Report) {
        self.reports.push(report);
    }

    /// The middle of the fingers.
    pub fn center(&self) -> Point {
        let count = self.contacts.len().max(1) as f32;
        let sum = self.contacts.iter().fold(Point::ZERO, |sum, contact| sum + contact.position);
        Point::new(sum.x / count, sum.y / count)
    }

    /// How far the fingers have moved, on average.
    pub fn offset(&self) -> Point {
        let count = self.contacts.len().max(1) as f32;
        let sum = self.contacts.iter().fold(Point::ZERO, |sum, contact| sum + contact.moved());
        Point::new(sum.x / count, sum.y / count)
    }

    /// The farthest that any finger has moved, in vp.
    pub fn farthest(&self) -> f32 {
        let distances = self.contacts.iter().map(|contact| contact.moved().length() / self.density);
        distances.fold(0.0, f32::max)
    }
}

/// A recogniser. Its timers' tokens are below 16.
pub(crate) trait Machine {
    /// A finger did something.
    fn event(&mut self, cx: &mut Cx<'_>, event: PointerEvent) -> Verdict;

    /// The time has come that it asked for.
    fn timer(&mut self, _cx: &mut Cx<'_>, _token: u32) -> Verdict {
        Verdict::Continue
    }

    /// It has won: reports the beginning. `Finish` when that was all.
    fn accepted(&mut self, cx: &mut Cx<'_>) -> Verdict;

    /// Whether it has won, and waits for fingers although none is down.
    fn is_waiting(&self) -> bool {
        false
    }
}
