//! Swipes: fingers that leave the glass fast.

use super::machine::{Cx, Machine, PointerEvent, Report, Stage, Verdict};
use crate::input::TouchPhase;

/// Movements below this, in vp, have no direction yet.
const SLACK: f32 = 10.0;
/// How far from its axis a swipe may go, in degrees.
const CONE: f32 = 45.0;

const HORIZONTAL: u32 = 1;
const VERTICAL: u32 = 2;

/// See the module.
pub(super) struct Swipe {
    fingers: usize,
    direction: u32,
    speed: f32,
    most: usize,
    measured: Option<(f32, f32)>,
}

impl Swipe {
    pub(super) fn new(fingers: usize, direction: u32, speed: f32) -> Swipe {
        Swipe { fingers, direction, speed, most: 0, measured: None }
    }

    fn fits(&self, angle: f32) -> bool {
        let from_horizontal = angle.abs().min(180.0 - angle.abs());
        let horizontal = from_horizontal <= CONE;
        let vertical = from_horizontal >= 90.0 - CONE;
        self.direction & HORIZONTAL != 0 && horizontal || self.direction & VERTICAL != 0 && vertical
    }
}

impl Machine for Swipe {
    fn event(&mut self, cx: &mut Cx<'_>, event: PointerEvent) -> Verdict {
        self.most = self.most.max(cx.down());
        let offset = cx.offset();
        let distance = offset.length();
        let angle = offset.y.atan2(offset.x).to_degrees();
        match event.phase {
            TouchPhase::Down => Verdict::Continue,
            TouchPhase::Move if distance > SLACK * cx.density && !self.fits(angle) => Verdict::Reject,
            TouchPhase::Move => Verdict::Continue,
            TouchPhase::Up if cx.down() > 0 => Verdict::Continue,
            TouchPhase::Up => {
                let begun = cx.contacts.iter().map(|contact| contact.start_time).fold(cx.now, f64::min);
                let seconds = (cx.now - begun) as f32 / 1000.0;
                let speed = if seconds > 0.0 { distance / seconds } else { 0.0 };
                let far = distance > SLACK * cx.density;
                if self.most < self.fingers || !far || !self.fits(angle) || speed < self.speed * cx.density {
                    return Verdict::Reject;
                }
                self.measured = Some((angle, speed));
                Verdict::Accept
            }
            TouchPhase::Cancel => Verdict::Reject,
        }
    }

    fn accepted(&mut self, cx: &mut Cx<'_>) -> Verdict {
        let (angle, speed) = self.measured.unwrap_or_default();
        cx.report(Report { angle, speed, offset: cx.offset(), ..Report::new(Stage::Action) });
        Verdict::Finish
    }
}

#[cfg(test)]
mod tests {
    use crate::input::gesture::testing::Scene;

    #[test]
    fn a_fast_movement_along_the_axis_is_a_swipe() {
        for (direction, to, after, expected) in [
            (1.0, (90.0, 50.0), 50.0, "action"),
            (1.0, (10.0, 45.0), 50.0, "action"),
            (1.0, (50.0, 90.0), 50.0, ""),
            (2.0, (50.0, 90.0), 50.0, "action"),
            // 40 px in a second are 13 vp per second.
            (1.0, (90.0, 50.0), 1000.0, ""),
        ] {
            let mut scene = Scene::one("Swipe", &[("direction", direction)]);
            scene.down(0, 50.0, 50.0);
            scene.wait(after);
            scene.moved(0, to.0, to.1);
            scene.up(0, to.0, to.1);
            assert_eq!(scene.log(), expected, "direction {direction} to {to:?}");
        }
    }
}
