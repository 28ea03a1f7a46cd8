//! Fingers that move in relation to each other: apart or together (`PinchGesture`), or about each other (`RotationGesture`).

use super::machine::{Cx, Machine, PointerEvent, Report, Stage, Verdict};
use crate::input::TouchPhase;

/// What is measured between fingers.
pub(super) trait Relation {
    /// Taken when the last finger has come down.
    fn begin(cx: &Cx<'_>) -> Self;

    /// How far the fingers have moved since, in the unit of the least that counts.
    fn moved(&self, cx: &Cx<'_>) -> f32;

    /// What the app hears of it.
    fn report(&self, cx: &Cx<'_>, report: &mut Report);
}

/// How far fingers are from their middle, on average, in px. What is moved counts in vp.
pub(super) struct Spread(f32);

/// The direction from the first finger to the second. Degrees, clockwise.
pub(super) struct Direction(f32);

impl Spread {
    fn of(cx: &Cx<'_>) -> f32 {
        let center = cx.center();
        let sum: f32 = cx.contacts.iter().map(|contact| (contact.position - center).length()).sum();
        sum / cx.contacts.len().max(1) as f32
    }
}

impl Relation for Spread {
    fn begin(cx: &Cx<'_>) -> Spread {
        Spread(Spread::of(cx))
    }

    fn moved(&self, cx: &Cx<'_>) -> f32 {
        (Spread::of(cx) - self.0).abs() / cx.density
    }

    fn report(&self, cx: &Cx<'_>, report: &mut Report) {
        report.scale = if self.0 > 0.0 { Spread::of(cx) / self.0 } else { 1.0 };
    }
}

impl Direction {
    fn of(cx: &Cx<'_>) -> f32 {
        let [first, second, ..] = cx.contacts.as_slice() else { return 0.0 };
        let between = second.position - first.position;
        between.y.atan2(between.x).to_degrees()
    }

    /// How far the fingers have turned: the shorter way, -180 to 180.
    fn turned(&self, cx: &Cx<'_>) -> f32 {
        let angle = (Direction::of(cx) - self.0).rem_euclid(360.0);
        if angle > 180.0 { angle - 360.0 } else { angle }
    }
}

impl Relation for Direction {
    fn begin(cx: &Cx<'_>) -> Direction {
        Direction(Direction::of(cx))
    }

    fn moved(&self, cx: &Cx<'_>) -> f32 {
        self.turned(cx).abs()
    }

    fn report(&self, cx: &Cx<'_>, report: &mut Report) {
        report.angle = self.turned(cx);
    }
}

/// Recognises a relation that changes.
pub(super) struct Turning<R> {
    fingers: usize,
    /// The least change that counts.
    least: f32,
    /// Since enough fingers are down.
    begun: Option<R>,
    won: bool,
}

impl<R: Relation> Turning<R> {
    pub(super) fn new(fingers: usize, least: f32) -> Turning<R> {
        Turning { fingers, least, begun: None, won: false }
    }

    fn tell(&self, cx: &mut Cx<'_>, stage: Stage) {
        let mut report = Report { center: cx.center(), ..Report::new(stage) };
        if let Some(begun) = &self.begun {
            begun.report(cx, &mut report);
        }
        cx.report(report);
    }
}

impl<R: Relation> Machine for Turning<R> {
    fn event(&mut self, cx: &mut Cx<'_>, event: PointerEvent) -> Verdict {
        match event.phase {
            TouchPhase::Down => {
                if !self.won && cx.down() >= self.fingers {
                    self.begun = Some(R::begin(cx));
                }
                Verdict::Continue
            }
            TouchPhase::Move if cx.down() < self.fingers => Verdict::Continue,
            TouchPhase::Move if self.won => {
                self.tell(cx, Stage::Update);
                Verdict::Continue
            }
            TouchPhase::Move => {
                let enough = self.begun.as_ref().is_some_and(|begun| begun.moved(cx) >= self.least);
                if enough { Verdict::Accept } else { Verdict::Continue }
            }
            TouchPhase::Up | TouchPhase::Cancel if self.won => {
                if cx.down() >= self.fingers {
                    return Verdict::Continue;
                }
                self.tell(cx, if event.phase == TouchPhase::Up { Stage::End } else { Stage::Cancel });
                Verdict::Finish
            }
            TouchPhase::Up if cx.down() > 0 => Verdict::Continue,
            TouchPhase::Up | TouchPhase::Cancel => Verdict::Reject,
        }
    }

    fn accepted(&mut self, cx: &mut Cx<'_>) -> Verdict {
        self.won = true;
        self.tell(cx, Stage::Start);
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
