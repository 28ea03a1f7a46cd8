//! Long presses.

use super::machine::{Cx, Machine, PointerEvent, Report, Stage, Verdict};
use crate::input::TouchPhase;

const HELD: u32 = 0;

/// See the module.
pub(super) struct LongPress {
    fingers: usize,
    repeat: bool,
    duration: f64,
    distance: f32,
    won: bool,
}

impl LongPress {
    pub(super) fn new(fingers: usize, repeat: bool, duration: f64, distance: f32) -> LongPress {
        LongPress { fingers, repeat, duration, distance, won: false }
    }

    fn end(&self, cx: &mut Cx<'_>, stage: Stage) -> Verdict {
        cx.stop(HELD);
        if !self.won {
            return Verdict::Reject;
        }
        cx.report(Report::new(stage));
        Verdict::Finish
    }
}

impl Machine for LongPress {
    fn event(&mut self, cx: &mut Cx<'_>, event: PointerEvent) -> Verdict {
        match event.phase {
            TouchPhase::Down => {
                if !self.won && cx.down() == self.fingers {
                    cx.after(HELD, self.duration);
                }
                Verdict::Continue
            }
            TouchPhase::Move if !self.won && cx.farthest() > self.distance => Verdict::Reject,
            TouchPhase::Move => Verdict::Continue,
            TouchPhase::Up if self.won && cx.down() > 0 => Verdict::Continue,
            TouchPhase::Up => self.end(cx, Stage::End),
            TouchPhase::Cancel => self.end(cx, Stage::Cancel),
        }
    }

    fn timer(&mut self, cx: &mut Cx<'_>, _token: u32) -> Verdict {
        if !self.won {
            return Verdict::Accept;
        }
        cx.report(Report { repeat: true, ..Report::new(Stage::Action) });
        cx.after(HELD, self.duration);
        Verdict::Continue
    }

    fn accepted(&mut self, cx: &mut Cx<'_>) -> Verdict {
        self.won = true;
        cx.report(Report::new(Stage::Action));
        if self.repeat {
            cx.after(HELD, self.duration);
        }
        if cx.down() == 0 { self.end(cx, Stage::End) } else { Verdict::Continue }
    }
}

#[cfg(test)]
mod tests {
    use crate::input::gesture::testing::Scene;

    #[test]
    fn holding_is_a_long_press_and_lifting_ends_it() {
        let mut scene = Scene::one("LongPress", &[]);
        scene.down(0, 50.0, 50.0);
        scene.wait(499.0);
        assert_eq!(scene.log(), "");
        scene.wait(1.0);
        assert_eq!(scene.log(), "action");
        scene.wait(2000.0);
        scene.up(0, 50.0, 50.0);
        assert_eq!(scene.log(), "action end");
    }

    #[test]
    fn a_tap_or_a_drag_is_no_long_press() {
        let mut scene = Scene::one("LongPress", &[]);
        scene.tap(50.0, 50.0);
        scene.down(0, 10.0, 10.0);
        // 15 vp are 45 px.
        scene.moved(0, 60.0, 10.0);
        scene.wait(1000.0);
        scene.up(0, 60.0, 10.0);
        assert_eq!(scene.log(), "");
    }

    #[test]
    fn it_repeats_when_asked_to() {
        let mut scene = Scene::one("LongPress", &[("repeat", 1.0), ("duration", 200.0)]);
        scene.down(0, 50.0, 50.0);
        scene.wait(650.0);
        scene.up(0, 50.0, 50.0);
        assert_eq!(scene.log(), "action action+ action+ end");
    }
}
