//! `clickEffect`: a node gives way under a finger and springs back.

use crate::animation::{Animation, Curve, Spring, Timing};
use crate::change::put;
use crate::component::Method;
use crate::tree::{NodeId, Tree};

/// How a node gives way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClickEffect {
    /// How large it is while a finger lies on it; 1 is its own size.
    scale: f32,
    /// Speed at the beginning, stiffness and damping of the spring (of mass 1).
    spring: (f64, f64, f64),
}

impl ClickEffect {
    /// By `ClickEffectLevel`: small, middle and large areas are light, steady and heavy.
    fn new(level: i32, scale: Option<f32>) -> ClickEffect {
        let (spring, default) = match level {
            1 => ((0.5, 350.0, 35.0), 0.95),
            2 => ((0.0, 240.0, 28.0), 0.95),
            _ => ((1.0, 410.0, 38.0), 0.9),
        };
        ClickEffect { scale: scale.filter(|scale| (0.0..=1.0).contains(scale)).unwrap_or(default), spring }
    }
}

impl Tree {
    /// A finger came down on a node, or left it.
    pub(crate) fn press(&mut self, id: NodeId, pressed: bool) {
        let Some(node) = self.get_mut(id) else { return };
        let Some(effect) = node.common.effects.click else { return };
        let (velocity, stiffness, damping) = effect.spring;
        let transform = node.common.effects.transform.get_or_insert_default();
        let to = if pressed { effect.scale } else { 1.0 };
        let from = std::mem::replace(&mut transform.press, to);
        if from != to {
            let curve = Curve::Interpolating(Spring::of_mass(velocity, 1.0, stiffness, damping));
            self.animate_press(id, from - to, Animation::new(Timing { curve, ..Timing::default() }, None));
        }
    }
}

pub(super) static METHODS: &[Method] = &[Method {
    name: "clickEffect",
    apply: |node, args| {
        let value = args.get(0);
        let effect = value
            .as_object()
            .map(|_| ClickEffect::new(value.get("level").as_i32().unwrap_or(0), value.get("scale").as_f32()));
        node.repaint(|common| put(&mut common.effects.click, effect))
    },
}];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_have_their_own_scales() {
        assert_eq!(ClickEffect::new(0, None).scale, 0.9);
        assert_eq!(ClickEffect::new(2, None).scale, 0.95);
        assert_eq!(ClickEffect::new(1, Some(0.5)).scale, 0.5);
        // Out of range: as if it were not given.
        assert_eq!(ClickEffect::new(1, Some(1.5)).scale, 0.95);
    }
}
