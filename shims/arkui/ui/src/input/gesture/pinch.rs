//! Pinches: fingers that move apart or together.

use super::machine::{Cx, Machine, PointerEvent, Report, Stage, Verdict};
use crate::input::TouchPhase;

/// See the module.
pub(super) struct Pinch {
    fingers: usize,
    distance: f32,
    initial: f32,
    won: bool,
}

impl Pinch {
    pub(super) fn new(fingers: usize, distance: f32) -> Pinch {
        Pinch { fingers, distance, initial: 0.0, won: false }
    }

    /// How far the fingers are from their middle, on average, in px.
    fn spread(cx: &Cx<'_>) -> f32 {
        let center = cx.center();
        let sum: f32 = cx.contacts.iter().map(|contact| (contact.position - center).length()).sum();
        sum / cx.contacts.len().max(1) as f32
    }

    fn measure(&self, cx: &Cx<'_>, stage: Stage) -> Report {
        let scale = if self.initial > 0.0 { Pinch::spread(cx) / self.initial } else { 1.0 };
        Report { scale, center: cx.center(), ..Report::new(stage) }
    }
}

impl Machine for Pinch {
    fn event(&mut self, cx: &mut Cx<'_>, event: PointerEvent) -> Verdict {
        match event.phase {
            TouchPhase::Down => {
                if !self.won && cx.down() >= self.fingers {
                    self.initial = Pinch::spread(cx);
                }
                Verdict::Continue
            }
            TouchPhase::Move if cx.down() < self.fingers => Verdict::Continue,
            TouchPhase::Move if self.won => {
                cx.report(self.measure(cx, Stage::Update));
                Verdict::Continue
            }
            TouchPhase::Move => {
                let change = (Pinch::spread(cx) - self.initial).abs();
                if change >= self.distance * cx.density { Verdict::Accept } else { Verdict::Continue }
            }
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
    fn two_fingers_apart_scale_up() {
        let mut scene = Scene::one("Pinch", &[]);
        scene.down(0, 40.0, 50.0);
        scene.down(1, 60.0, 50.0);
        // The distance from the middle grows from 10 to 20 px: below 5 vp; then to 30.
        scene.moved(0, 30.0, 50.0);
        scene.moved(1, 70.0, 50.0);
        assert_eq!(scene.log(), "");
        scene.moved(0, 20.0, 50.0);
        scene.moved(1, 80.0, 50.0);
        scene.up(0, 20.0, 50.0);
        scene.up(1, 80.0, 50.0);
        assert_eq!(scene.log(), "start update end");
        assert_eq!(scene.last_number("scale"), 3.0);
    }

    #[test]
    fn one_finger_is_no_pinch() {
        let mut scene = Scene::one("Pinch", &[]);
        scene.drag((10.0, 10.0), (90.0, 90.0));
        assert_eq!(scene.log(), "");
    }
}
