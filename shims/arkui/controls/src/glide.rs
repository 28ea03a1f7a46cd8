//! Values on their way: what a control shows of a number follows the number within a short time.

use concord_ui::animation::Curve;
use concord_ui::tree::{NodeId, Tree};

/// How a shown number comes to where it has to be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pace {
    /// In so many ms, fast first: switches, wheels.
    Within(f64),
    /// On the spring of tracks: progress, sliders.
    Spring,
}

/// A number that is shown on its way. At rest there is none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Glide(Option<Way>);

#[derive(Debug, Clone)]
struct Way {
    from: f64,
    shown: f64,
    /// Time of the clock, ms.
    began: f64,
    duration: f64,
    curve: Curve,
}

/// `ResponsiveSpringMotion` of tracks: response in s, and damping.
const SPRING: (f64, f64) = (0.314, 0.95);

impl Glide {
    /// What is shown, when that is not the number itself.
    pub(crate) fn shown(&self) -> Option<f64> {
        self.0.as_ref().map(|way| way.shown)
    }

    /// Starts where it is shown now, or at `from`; `None` stops it.
    pub(crate) fn begin(&mut self, from: f64, now: f64, pace: Option<Pace>) {
        let from = self.shown().unwrap_or(from);
        self.0 = pace.map(|pace| {
            let (curve, duration) = match pace {
                Pace::Within(duration) => (Curve::named("fast-out-slow-in").unwrap_or(Curve::LINEAR), duration),
                Pace::Spring => {
                    let curve = Curve::motion(SPRING.0, SPRING.1);
                    let duration = curve.own_duration().unwrap_or(0.0);
                    (curve, duration)
                }
            };
            Way { from, shown: from, began: now, duration: duration.max(1.0), curve }
        });
    }

    /// Starts at `from` exactly.
    pub(crate) fn begin_at(&mut self, from: f64, now: f64, pace: Option<Pace>) {
        self.0 = None;
        self.begin(from, now, pace);
    }

    /// Moves on towards the number. Returns whether it is still on its way.
    pub(crate) fn advance(&mut self, to: f64, now: f64) -> bool {
        let Some(way) = &mut self.0 else { return false };
        let part = (now - way.began) / way.duration;
        if part >= 1.0 {
            self.0 = None;
            return false;
        }
        way.shown = way.from + (to - way.from) * way.curve.at(part);
        true
    }
}

/// Whether numbers of a node may be on their way: somebody could see it, things move, and nobody else moves them.
pub(crate) fn may_glide(tree: &Tree, node: NodeId) -> bool {
    tree.environment.animations && !tree.is_showing_attributes() && tree.is_shown(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_follows() {
        let mut glide = Glide::default();
        assert!(!glide.advance(1.0, 0.0));
        glide.begin(0.0, 100.0, Some(Pace::Within(200.0)));
        assert!(glide.advance(1.0, 200.0));
        let half = glide.shown().unwrap_or_default();
        assert!(half > 0.5 && half < 1.0, "{half}");
        // Back from where it is.
        glide.begin(1.0, 200.0, Some(Pace::Within(200.0)));
        assert_eq!(glide.shown(), Some(half));
        assert!(!glide.advance(0.0, 400.0) && glide.shown().is_none());
        glide.begin(0.0, 400.0, Some(Pace::Spring));
        assert!(glide.advance(50.0, 500.0) && glide.shown().is_some_and(|shown| shown > 5.0));
        glide.begin(50.0, 500.0, None);
        assert_eq!(glide.shown(), None);
    }
}
