//! Selecting text: a finger that is held and then moves, a mouse that is pressed and moves.

use super::machine::{Cx, Machine, PointerEvent, Report, Stage, Verdict};
use crate::input::TouchPhase;

const HELD: u32 = 0;
/// How long a finger is held, in ms.
const DURATION: f64 = 500.0;
/// How far a finger may stray meanwhile, and how far a mouse has to move, in vp.
const STRAY: f32 = 15.0;
const MOVED: f32 = 1.0;

/// See the module.
pub(super) struct Select {
    mouse: bool,
    won: bool,
}

impl Select {
    pub(super) fn new(mouse: bool) -> Select {
        Select { mouse, won: false }
    }
}

impl Machine for Select {
    fn event(&mut self, cx: &mut Cx<'_>, event: PointerEvent) -> Verdict {
        match event.phase {
            TouchPhase::Down => {
                if cx.down() > 1 && !self.won {
                    return Verdict::Reject;
                }
                if !self.mouse && !self.won {
                    cx.after(HELD, DURATION);
                }
                Verdict::Continue
            }
            TouchPhase::Move if self.won => {
                cx.report(Report::new(Stage::Update));
                Verdict::Continue
            }
            TouchPhase::Move if self.mouse => {
                if cx.farthest() >= MOVED {
                    Verdict::Accept
                } else {
                    Verdict::Continue
                }
            }
            TouchPhase::Move if cx.farthest() > STRAY => Verdict::Reject,
            TouchPhase::Move => Verdict::Continue,
            TouchPhase::Up | TouchPhase::Cancel => {
                cx.stop(HELD);
                if !self.won {
                    return Verdict::Reject;
                }
                if cx.down() > 0 {
                    return Verdict::Continue;
                }
                cx.report(Report::new(Stage::End));
                Verdict::Finish
            }
        }
    }

    fn timer(&mut self, _cx: &mut Cx<'_>, _token: u32) -> Verdict {
        if self.won { Verdict::Continue } else { Verdict::Accept }
    }

    fn accepted(&mut self, cx: &mut Cx<'_>) -> Verdict {
        self.won = true;
        if self.mouse {
            cx.report(Report::new(Stage::Start));
            cx.report(Report::new(Stage::Update));
        } else {
            cx.report(Report::new(Stage::Action));
        }
        if cx.down() > 0 {
            return Verdict::Continue;
        }
        cx.report(Report::new(Stage::End));
        Verdict::Finish
    }
}
