//! Taps and clicks.

use super::machine::{Cx, Machine, PointerEvent, Report, Stage, Verdict};
use crate::geometry::Point;
use crate::input::TouchPhase;

/// Between two taps, and between the fingers of one, in ms.
const GAP: f64 = 300.0;
/// Between two taps, in vp.
const APART: f32 = 60.0;

const NEXT_TAP: u32 = 0;
const ALL_FINGERS: u32 = 1;

/// See the module.
pub(super) struct Tap {
    count: u32,
    fingers: usize,
    distance: Option<f32>,
    tapped: u32,
    complete: bool,
    last: Option<Point>,
}

impl Tap {
    pub(super) fn new(count: u32, fingers: usize, distance: Option<f32>) -> Tap {
        Tap { count, fingers, distance, tapped: 0, complete: false, last: None }
    }

    fn has_left(&self, cx: &Cx<'_>, event: PointerEvent) -> bool {
        match self.distance {
            Some(distance) => cx.farthest() > distance,
            None => !event.inside,
        }
    }
}

impl Machine for Tap {
    fn event(&mut self, cx: &mut Cx<'_>, event: PointerEvent) -> Verdict {
        match event.phase {
            TouchPhase::Down => {
                cx.stop(NEXT_TAP);
                let center = cx.center();
                if self.tapped > 0 && self.last.is_some_and(|last| (center - last).length() > APART * cx.density) {
                    return Verdict::Reject;
                }
                if cx.down() >= self.fingers {
                    self.complete = true;
                    cx.stop(ALL_FINGERS);
                } else if cx.down() == 1 {
                    cx.after(ALL_FINGERS, GAP);
                }
                Verdict::Continue
            }
            TouchPhase::Move if self.has_left(cx, event) => Verdict::Reject,
            TouchPhase::Move => Verdict::Continue,
            TouchPhase::Up if self.has_left(cx, event) => Verdict::Reject,
            TouchPhase::Up if cx.down() > 0 => Verdict::Continue,
            TouchPhase::Up if !self.complete => Verdict::Reject,
            TouchPhase::Up => {
                self.tapped += 1;
                self.complete = false;
                self.last = Some(cx.center());
                if self.tapped >= self.count {
                    return Verdict::Accept;
                }
                cx.after(NEXT_TAP, GAP);
                Verdict::Pending
            }
            TouchPhase::Cancel => Verdict::Reject,
        }
    }

    fn timer(&mut self, _cx: &mut Cx<'_>, _token: u32) -> Verdict {
        Verdict::Reject
    }

    fn accepted(&mut self, cx: &mut Cx<'_>) -> Verdict {
        cx.report(Report::new(Stage::Action));
        Verdict::Finish
    }
}

#[cfg(test)]
mod tests {
    use crate::input::gesture::testing::Scene;

    #[test]
    fn a_tap_is_a_finger_that_goes_down_and_up_on_the_node() {
        let mut scene = Scene::one("Tap", &[]);
        scene.tap(50.0, 50.0);
        assert_eq!(scene.log(), "action");
        let mut scene = Scene::one("Tap", &[]);
        scene.drag((50.0, 50.0), (150.0, 50.0));
        assert_eq!(scene.log(), "", "it has left the node");
    }

    #[test]
    fn a_double_tap_takes_two_within_the_gap() {
        let mut scene = Scene::one("Tap", &[("count", 2.0)]);
        scene.tap(50.0, 50.0);
        scene.wait(200.0);
        scene.tap(50.0, 50.0);
        assert_eq!(scene.log(), "action");
        let mut scene = Scene::one("Tap", &[("count", 2.0)]);
        scene.tap(50.0, 50.0);
        scene.wait(301.0);
        scene.tap(50.0, 50.0);
        assert_eq!(scene.log(), "", "too late, so the second is a first one");
        scene.wait(100.0);
        scene.tap(50.0, 50.0);
        assert_eq!(scene.log(), "action");
    }

    #[test]
    fn two_fingers_have_to_come_together() {
        let mut scene = Scene::one("Tap", &[("fingers", 2.0)]);
        scene.down(0, 30.0, 50.0);
        scene.down(1, 70.0, 50.0);
        scene.up(0, 30.0, 50.0);
        scene.up(1, 70.0, 50.0);
        assert_eq!(scene.log(), "action");
        let mut scene = Scene::one("Tap", &[("fingers", 2.0)]);
        scene.down(0, 30.0, 50.0);
        scene.wait(400.0);
        scene.down(1, 70.0, 50.0);
        scene.up(0, 30.0, 50.0);
        scene.up(1, 70.0, 50.0);
        assert_eq!(scene.log(), "");
    }

    #[test]
    fn a_distance_limits_how_far_the_finger_moves() {
        let mut scene = Scene::one("Tap", &[("distance", 5.0)]);
        scene.drag((50.0, 50.0), (60.0, 50.0));
        assert_eq!(scene.log(), "action", "10 px are less than 5 vp");
        scene.drag((50.0, 50.0), (70.0, 50.0));
        assert_eq!(scene.log(), "action");
    }
}
