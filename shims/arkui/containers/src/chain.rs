//! `chainAnimation`: items of a list hang together by springs. The one under the finger follows it, the others lag behind, less
//! the further away they are.

use concord_ui::geometry::Axis;
use concord_ui::tree::{NodeId, Tree};

/// Springs on each side of the item that is held.
const SPRINGS: usize = 14;
/// What a gap takes of a movement, and what it hands on to the next.
const INTENSITY: f32 = 0.3;
const CONDUCTIVITY: f32 = 0.7;
/// How narrow and how wide a gap becomes, as parts of the space between items.
const NARROWEST: f32 = 0.75;
const WIDEST: f32 = 2.0;
/// Of unit mass.
const STIFFNESS: f32 = 228.0;
const DAMPING: f32 = 30.0;
/// At rest: px, and px per second.
const NEAR: f32 = 0.5;
const STILL: f32 = 20.0;
/// A step of time, and the most that are made at once, in s.
const STEP: f32 = 1.0 / 240.0;
const LONGEST: f32 = 0.25;

/// How much wider a gap is than the space, and how fast it grows.
#[derive(Debug, Clone, Copy, Default)]
struct Gap {
    more: f32,
    speed: f32,
}

/// See the module.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chain {
    /// The item that is held.
    control: usize,
    before: [Gap; SPRINGS],
    after: [Gap; SPRINGS],
    /// How far the content was scrolled, and when that was.
    last: Option<(f32, f64)>,
}

impl Chain {
    /// A finger holds an item.
    pub(crate) fn hold(&mut self, index: usize) {
        if !self.is_moving() {
            self.control = index;
        }
    }

    fn gaps(&mut self) -> impl Iterator<Item = &mut Gap> {
        self.before.iter_mut().chain(&mut self.after)
    }

    fn is_moving(&self) -> bool {
        self.before.iter().chain(&self.after).any(|gap| gap.more != 0.0)
    }

    /// Takes in where the content is now (px scrolled, ms of the clock), with a space between items in px.
    fn follow(&mut self, offset: f32, now: f64, space: f32) {
        let (was, since) = self.last.replace((offset, now)).unwrap_or((offset, now));
        let mut seconds = ((now - since) / 1000.0).clamp(0.0, f64::from(LONGEST)) as f32;
        while seconds > 0.0 {
            let step = seconds.min(STEP);
            for gap in self.gaps() {
                gap.speed += (-STIFFNESS * gap.more - DAMPING * gap.speed) * step;
                gap.more += gap.speed * step;
            }
            seconds -= step;
        }
        let (least, most) = (space * (NARROWEST - 1.0), space * (WIDEST - 1.0));
        let moved = offset - was;
        let mut part = (1.0 - CONDUCTIVITY) * INTENSITY;
        for (after, before) in self.after.iter_mut().zip(&mut self.before) {
            after.more = (after.more + moved * part).clamp(least, most);
            before.more = (before.more - moved * part).clamp(least, most);
            part *= CONDUCTIVITY;
        }
        for gap in self.gaps().filter(|gap| gap.more.abs() < NEAR && gap.speed.abs() < STILL) {
            if moved == 0.0 {
                *gap = Gap::default();
            }
        }
    }

    /// How far an item is from where it would be at rest, in px.
    pub(crate) fn shift(&self, index: usize) -> f32 {
        let sum = |gaps: &[Gap], count: usize| gaps.iter().take(count).map(|gap| gap.more).sum::<f32>();
        if index >= self.control {
            sum(&self.after, index - self.control)
        } else {
            -sum(&self.before, self.control - index)
        }
    }
}

/// The chain of a list follows its content; the list is placed again as long as the chain swings.
pub(crate) fn follow(
    tree: &mut Tree,
    node: NodeId,
    axis: Axis,
    space: f32,
    access: fn(&mut Tree, NodeId) -> Option<&mut Chain>,
) {
    let Some(offset) = tree.scroll(node).map(|scroll| scroll.track(axis).offset) else { return };
    let now = tree.now;
    if !tree.environment.animations {
        return;
    }
    let Some(chain) = access(tree, node) else { return };
    chain.follow(offset, now, space);
    if chain.is_moving() {
        tree.tick_at(node, now + 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_lags_behind_and_comes_to_rest() {
        let mut chain = Chain::default();
        chain.follow(0.0, 0.0, 60.0);
        chain.hold(3);
        chain.follow(100.0, 16.0, 60.0);
        assert_eq!(chain.shift(3), 0.0);
        let (near, far) = (chain.shift(4), chain.shift(6));
        assert!((near - 9.0).abs() < 0.01 && far > near && far - near < 2.0 * near, "{near} {far}");
        assert!(chain.shift(2) > 0.0, "what lies before lags as well: its gap is narrower");
        chain.hold(9);
        assert_eq!(chain.shift(3), 0.0, "another finger changes nothing while it swings");
        for frame in 2..120 {
            chain.follow(100.0, f64::from(frame) * 16.0, 60.0);
        }
        assert!(!chain.is_moving());
        chain.follow(10_000.0, 3000.0, 60.0);
        assert_eq!(chain.shift(4), 60.0, "no gap is wider than twice the space");
    }
}
