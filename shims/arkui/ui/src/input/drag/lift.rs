//! The recogniser that lifts a node: a finger rests first and moves then; a mouse only moves.

use super::PreDrag;
use crate::input::TouchPhase;
use crate::input::gesture::machine::{Cx, Machine, PointerEvent, Report, Stage, Verdict};

/// How long a finger rests before it may drag, in ms; how long until the preview floats.
const READY: f64 = 500.0;
const LIFT: f64 = 800.0;
/// When `onPreDrag` first hears of a finger.
const DETECTING: f64 = 50.0;
/// How far a finger moves before it drags, in vp; a mouse.
const DISTANCE: f32 = 10.0;
const MOUSE_DISTANCE: f32 = 1.0;
/// How far a finger may move before it rests.
const SLACK: f32 = 15.0;

const TOKEN_DETECTING: u32 = 0;
const TOKEN_READY: u32 = 1;
const TOKEN_LIFT: u32 = 2;

/// See the module. It reports what `onPreDrag` wants to know, and `Action` when the drag begins.
pub(crate) struct Lift {
    mouse: bool,
    ready: bool,
}

impl Lift {
    pub(crate) fn new(mouse: bool) -> Lift {
        Lift { mouse, ready: mouse }
    }

    fn tell(cx: &mut Cx<'_>, status: PreDrag) {
        cx.report(Report::new(Stage::PreDrag(status)));
    }
}

impl Machine for Lift {
    fn event(&mut self, cx: &mut Cx<'_>, event: PointerEvent) -> Verdict {
        match event.phase {
            TouchPhase::Down if cx.down() > 1 => Verdict::Reject,
            TouchPhase::Down => {
                if !self.mouse {
                    cx.after(TOKEN_DETECTING, DETECTING);
                    cx.after(TOKEN_READY, READY);
                    cx.after(TOKEN_LIFT, LIFT);
                }
                Verdict::Continue
            }
            TouchPhase::Move if !self.ready && cx.farthest() > SLACK => Verdict::Reject,
            TouchPhase::Move => {
                let distance = if self.mouse { MOUSE_DISTANCE } else { DISTANCE };
                if self.ready && cx.farthest() > distance { Verdict::Accept } else { Verdict::Continue }
            }
            TouchPhase::Up | TouchPhase::Cancel => {
                if self.ready && !self.mouse {
                    Lift::tell(cx, PreDrag::Canceled);
                }
                Verdict::Reject
            }
        }
    }

    fn timer(&mut self, cx: &mut Cx<'_>, token: u32) -> Verdict {
        match token {
            TOKEN_DETECTING => Lift::tell(cx, PreDrag::Detecting),
            TOKEN_READY => {
                self.ready = true;
                Lift::tell(cx, PreDrag::Ready);
                // What scrolls around it waits from now on.
                return Verdict::Pending;
            }
            _ => {
                Lift::tell(cx, PreDrag::LiftStarted);
                Lift::tell(cx, PreDrag::LiftFinished);
            }
        }
        Verdict::Continue
    }

    fn accepted(&mut self, cx: &mut Cx<'_>) -> Verdict {
        cx.stop(TOKEN_LIFT);
        cx.report(Report::new(Stage::Action));
        Verdict::Finish
    }
}
