//! Rotations: two fingers that turn about each other.

use super::machine::{Cx, Machine, PointerEvent, Report, Stage, Verdict};
use crate::input::TouchPhase;

/// See the module.
pub(super) struct Rotation {
    fingers: usize,
    least: f32,
    initial: f32,
    won: bool,
}

impl Rotation {
    pub(super) fn new(fingers: usize, least: f32) -> Rotation {
        Rotation { fingers, least, initial: 0.0, won: false }
    }

    /// The direction from the first finger to the second, in degrees, clockwise.
    fn direction(cx: &Cx<'_>) -> f32 {
        let [first, second, ..] = cx.contacts.as_slice() else { return 0.0 };
        let between = second.position - first.position;
        between.y.atan2(between.x).to_degrees()
    }

    /// How far the fingers have turned: the shorter way, -180 to 180.
    fn turned(&self, cx: &Cx<'_>) -> f32 {
        let angle = (Rotation::direction(cx) - self.initial).rem_euclid(360.0);
        if angle > 180.0 { angle - 360.0 } else { angle }
    }

    fn measure(&self, cx: &Cx<'_>, stage: Stage) -> Report {
        Report { angle: self.turned(cx), center: cx.center(), ..Report::new(stage) }
    }
}

impl Machine for Rotation {
    fn event(&mut self, cx: &mut Cx<'_>, event: PointerEvent) -> Verdict {
        match event.phase {
            TouchPhase::Down => {
                if !self.won && cx.down() >= self.fingers {
                    self.initial = Rotation::direction(cx);
                }
                Verdict::Continue
            }
            TouchPhase::Move if cx.down() < self.fingers => Verdict::Continue,
            TouchPhase::Move if self.won => {
                cx.report(self.measure(cx, Stage::Update));
                Verdict::Continue
            }
            TouchPhase::Move if self.turned(cx).abs() >= self.least => Verdict::Accept,
            TouchPhase::Move => Verdict::Continue,
            TouchPhase::Up | TouchPhase::Cancel if self.won => {
                if cx.down() >= self.fingers {
                    return Verdict::Continue;
                }
                let stage = if event.phase == TouchPhase::Up { Stage::End } else { Stage::Cancel };
                cx.report(self.measure(cx, stage));
                Verdict::Finish
            }
            TouchPhase::Up if cx.down() > 0 => Verdict::Continue,
            TouchPhase::Up | TouchPhase::Cancel => Verdict::Reject,
        }
    }

    fn accepted(&mut self, cx: &mut Cx<'_>) -> Verdict {
        self.won = true;
        cx.report(self.measure(cx, Stage::Start));
        Verdict::Continue
    }
}

#[cfg(test)]
mod tests {
    use crate::input::gesture::testing::Scene;

    #[test]
    fn a_quarter_turn_clockwise_is_90_degrees() {
        let mut scene = Scene::one("Rotation", &[]);
        scene.down(0, 50.0, 50.0);
        scene.down(1, 80.0, 50.0);
        scene.moved(1, 75.0, 70.0);
        scene.moved(1, 50.0, 80.0);
        scene.up(1, 50.0, 80.0);
        scene.up(0, 50.0, 50.0);
        assert_eq!(scene.log(), "start update end");
        assert!((scene.last_number("angle") - 90.0).abs() < 0.01);
    }

    #[test]
    fn across_the_half_turn_the_shorter_way_counts() {
        let mut scene = Scene::one("Rotation", &[("angle", 5.0)]);
        scene.down(0, 50.0, 50.0);
        scene.down(1, 20.0, 51.0);
        scene.moved(1, 20.0, 45.0);
        scene.up(1, 20.0, 45.0);
        assert!(scene.last_number("angle") > 5.0 && scene.last_number("angle") < 30.0);
    }
}
