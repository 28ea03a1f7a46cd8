//! Pans: fingers that move.

use super::machine::{Cx, Machine, PointerEvent, Report, Stage, Verdict};
use crate::geometry::{Axis, Point};
use crate::input::TouchPhase;

pub(super) const LEFT: u32 = 1;
pub(super) const RIGHT: u32 = 2;
pub(super) const UP: u32 = 4;
pub(super) const DOWN: u32 = 8;

/// See the module.
pub(super) struct Pan {
    fingers: usize,
    direction: u32,
    distance: f32,
    won: bool,
}

impl Pan {
    pub(super) fn new(fingers: usize, direction: u32, distance: f32) -> Pan {
        Pan { fingers, direction, distance, won: false }
    }

    fn judge(&self, cx: &Cx<'_>) -> Verdict {
        let offset = cx.offset();
        let least = self.distance * cx.density;
        let horizontal = self.direction & (LEFT | RIGHT) != 0;
        let vertical = self.direction & (UP | DOWN) != 0;
        if self.direction == LEFT | RIGHT | UP | DOWN {
            return if offset.length() >= least { Verdict::Accept } else { Verdict::Continue };
        }
        let along = |axis: Axis| {
            let moved = if axis == Axis::Horizontal { offset.x } else { offset.y };
            let (back, forth) = if axis == Axis::Horizontal { (LEFT, RIGHT) } else { (UP, DOWN) };
            if moved.abs() < least {
                Verdict::Continue
            } else if self.direction & (if moved < 0.0 { back } else { forth }) == 0 {
                Verdict::Reject
            } else {
                Verdict::Accept
            }
        };
        match (horizontal, vertical) {
            (true, false) => along(Axis::Horizontal),
            (false, true) => along(Axis::Vertical),
            (true, true) => match (along(Axis::Horizontal), along(Axis::Vertical)) {
                (Verdict::Accept, _) | (_, Verdict::Accept) => Verdict::Accept,
                (Verdict::Reject, Verdict::Reject) => Verdict::Reject,
                _ => Verdict::Continue,
            },
            (false, false) => Verdict::Reject,
        }
    }

    fn measure(&self, cx: &Cx<'_>, stage: Stage) -> Report {
        let count = cx.contacts.len().max(1) as f32;
        let velocity = cx.contacts.iter().fold(Point::ZERO, |sum, contact| sum + contact.track.velocity());
        let velocity = Point::new(velocity.x / count, velocity.y / count);
        Report { offset: cx.offset(), velocity, center: cx.center(), ..Report::new(stage) }
    }
}

impl Machine for Pan {
    fn event(&mut self, cx: &mut Cx<'_>, event: PointerEvent) -> Verdict {
        match event.phase {
            TouchPhase::Down => {
                if self.distance == 0.0 && !self.won && cx.down() >= self.fingers {
                    return Verdict::Accept;
                }
                Verdict::Continue
            }
            TouchPhase::Move if !self.won => {
                if cx.down() >= self.fingers {
                    self.judge(cx)
                } else {
                    Verdict::Continue
                }
            }
            TouchPhase::Move => {
                cx.report(self.measure(cx, Stage::Update));
                Verdict::Continue
            }
            TouchPhase::Up if !self.won => {
                if cx.down() == 0 {
                    Verdict::Reject
                } else {
                    Verdict::Continue
                }
            }
            TouchPhase::Up if cx.down() >= self.fingers => Verdict::Continue,
            TouchPhase::Up => {
                cx.report(self.measure(cx, Stage::End));
                Verdict::Finish
            }
            TouchPhase::Cancel if !self.won => Verdict::Reject,
            TouchPhase::Cancel => {
                cx.report(self.measure(cx, Stage::Cancel));
                Verdict::Finish
            }
        }
    }

    fn accepted(&mut self, cx: &mut Cx<'_>) -> Verdict {
        self.won = true;
        cx.report(self.measure(cx, Stage::Start));
        if cx.down() == 0 {
            cx.report(self.measure(cx, Stage::End));
            return Verdict::Finish;
        }
        Verdict::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::gesture::testing::Scene;

    #[test]
    fn a_pan_starts_after_its_distance_and_ends_with_the_finger() {
        let mut scene = Scene::one("Pan", &[]);
        scene.down(0, 50.0, 50.0);
        scene.moved(0, 60.0, 50.0);
        assert_eq!(scene.log(), "", "10 px are less than 5 vp");
        scene.moved(0, 66.0, 50.0);
        scene.moved(0, 96.0, 50.0);
        scene.up(0, 96.0, 50.0);
        assert_eq!(scene.log(), "start update end");
    }

    #[test]
    fn directions_are_kept() {
        for (direction, to, expected) in [
            (LEFT | RIGHT, (80.0, 50.0), "start end"),
            (LEFT | RIGHT, (50.0, 80.0), ""),
            (LEFT, (80.0, 50.0), ""),
            (LEFT, (20.0, 50.0), "start end"),
            (UP | DOWN, (50.0, 20.0), "start end"),
            (DOWN, (50.0, 20.0), ""),
            (0, (80.0, 80.0), ""),
        ] {
            let mut scene = Scene::one("Pan", &[("direction", f64::from(direction))]);
            scene.drag((50.0, 50.0), to);
            assert_eq!(scene.log(), expected, "direction {direction} to {to:?}");
        }
    }

    #[test]
    fn it_takes_as_many_fingers_as_asked_for() {
        let mut scene = Scene::one("Pan", &[("fingers", 2.0)]);
        scene.drag((50.0, 50.0), (90.0, 50.0));
        assert_eq!(scene.log(), "");
        scene.down(0, 20.0, 20.0);
        scene.down(1, 20.0, 60.0);
        scene.moved(0, 60.0, 20.0);
        scene.moved(1, 60.0, 60.0);
        scene.up(0, 60.0, 20.0);
        assert_eq!(scene.log(), "start update end");
    }
}
