//! `symbolEffect`: how a symbol appears, goes, bounces, grows, pulses, and takes the place of another.
//!
//! Symbols here are drawn in one piece, so that effects on their layers are effects on the whole.

use super::text::SymbolState;
use concord_paint::kurbo::{Affine, Point};
use concord_paint::{LayerStyle, Painter};
use concord_ui::animation::Curve;
use concord_ui::component::Setter;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Value};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Appear,
    Disappear,
    /// Up or down, once.
    Bounce(bool),
    /// Up or down, as long as it is active.
    Scale(bool),
    /// `Pulse` and `Hierarchical`: again and again.
    Pulse,
    Replace,
}

/// An effect of a symbol.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Effect {
    kind: Kind,
    active: bool,
    /// The number that starts it again when it is another one.
    trigger: Option<f64>,
    /// When it began, by the clock; none before it is first shown, or when it has never begun.
    since: Option<f64>,
}

/// How long effects take, in ms: `Pulse` once down and up.
const BOUNCE: f64 = 600.0;
const CHANGE: f64 = 350.0;
const PULSE: f64 = 1600.0;
/// How large a symbol becomes, and how faint.
const LARGE: f64 = 1.2;
const SMALL: f64 = 0.8;
const FAINT: f64 = 0.35;

impl Kind {
    fn from_value(value: &Value) -> Option<Kind> {
        // `EffectDirection`: DOWN 0, UP 1.
        let up = value.get("direction").as_i32() == Some(1);
        Some(match value.get("effect").as_str()? {
            "appear" => Kind::Appear,
            "disappear" => Kind::Disappear,
            "bounce" => Kind::Bounce(up),
            "scale" => Kind::Scale(up),
            "pulse" | "hierarchical" => Kind::Pulse,
            "replace" => Kind::Replace,
            _ => return None,
        })
    }

    fn duration(self) -> f64 {
        match self {
            Kind::Bounce(_) => BOUNCE,
            Kind::Pulse => f64::INFINITY,
            Kind::Appear | Kind::Disappear | Kind::Scale(_) | Kind::Replace => CHANGE,
        }
    }
}

/// `symbolEffect(effect, active | trigger)`.
pub(super) fn set(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let now = node.tree.now;
    let kind = Kind::from_value(args.get(0));
    let told = args.get(1);
    let Some(state) = node.tree.state_mut::<SymbolState>(node.node) else { return Value::Undefined };
    let before = state.effect.take();
    let known = before.as_ref().filter(|before| Some(before.kind) == kind);
    let effect = kind.map(|kind| {
        let trigger = told.as_f64();
        // With a number the effect waits for another one.
        let active = told.as_bool().unwrap_or(trigger.is_none());
        let again = match (known, trigger) {
            (Some(known), Some(number)) => known.trigger != Some(number),
            (Some(known), None) => known.active != active,
            (None, Some(_)) => false,
            (None, None) => active,
        };
        Effect { kind, active, trigger, since: if again { Some(now) } else { known.and_then(|known| known.since) } }
    });
    state.effect = effect;
    node.tree.tick_next(node.node);
    node.tree.mark_paint(node.node);
    Value::Undefined
}

/// Another symbol is shown.
pub(crate) fn replaced(tree: &mut Tree, node: NodeId) {
    let now = tree.now;
    let effect = tree.state_mut::<SymbolState>(node).and_then(|state| state.effect.as_mut());
    if let Some(effect) = effect.filter(|effect| effect.kind == Kind::Replace) {
        effect.since = Some(now);
        tree.tick_next(node);
    }
}

impl Effect {
    /// Factor of the size, and opacity, at a time of the clock.
    fn at(&self, now: f64) -> (f64, f64) {
        let part = self.since.map(|since| ((now - since) / self.kind.duration()).clamp(0.0, 1.0));
        let eased = Curve::named("friction").unwrap_or(Curve::LINEAR).at(part.unwrap_or(1.0));
        let towards = |to: f64, part: f64| 1.0 + (to - 1.0) * part;
        match self.kind {
            Kind::Appear if self.active || self.trigger.is_some() => (towards(SMALL, 1.0 - eased), eased),
            Kind::Disappear if self.active => (towards(SMALL, eased), 1.0 - eased),
            Kind::Replace => (towards(SMALL, 1.0 - eased), eased),
            Kind::Bounce(up) => {
                let swing = (part.unwrap_or(1.0) * std::f64::consts::PI).sin();
                (towards(if up { LARGE } else { SMALL }, swing), 1.0)
            }
            Kind::Scale(up) => {
                let reached = if self.active { eased } else { 1.0 - eased };
                let shown = if self.since.is_some() || self.active { reached } else { 0.0 };
                (towards(if up { LARGE } else { SMALL }, shown), 1.0)
            }
            Kind::Pulse if self.active => {
                let turn = self.since.map_or(0.0, |since| (now - since) / PULSE * std::f64::consts::TAU);
                (1.0, 1.0 - (1.0 - FAINT) * (1.0 - turn.cos()) / 2.0)
            }
            Kind::Appear | Kind::Disappear | Kind::Pulse => (1.0, 1.0),
        }
    }

    fn goes_on(&self, now: f64) -> bool {
        self.since.is_some_and(|since| now - since < self.kind.duration())
    }
}

/// An effect goes on. Endless ones ask for frames only while somebody looks.
pub(super) fn tick(tree: &mut Tree, node: NodeId) {
    let (now, animations, live) = (tree.now, tree.environment.animations, tree.watched_live && tree.is_shown(node));
    let Some(state) = tree.state_mut::<SymbolState>(node) else { return };
    let Some(effect) = state.effect.as_mut() else { return };
    if !animations {
        effect.since = None;
    } else if effect.goes_on(now) && (effect.kind != Kind::Pulse || (live && effect.active)) {
        tree.tick_at(node, now + 1.0);
    }
    tree.mark_paint(node);
}

/// Draws a symbol as its effect has it now.
pub(super) fn paint(
    effect: Option<&Effect>,
    now: f64,
    middle: Point,
    painter: &mut Painter,
    draw: impl FnOnce(&mut Painter),
) {
    let Some((scale, opacity)) = effect.map(|effect| effect.at(now)).filter(|shown| *shown != (1.0, 1.0)) else {
        return draw(painter);
    };
    painter.save();
    let faded = opacity < 1.0;
    if faded {
        painter.push_layer(LayerStyle { opacity: opacity as f32, ..LayerStyle::default() });
    }
    painter.transform(
        Affine::translate(middle.to_vec2()) * Affine::scale(scale.max(0.01)) * Affine::translate(-middle.to_vec2()),
    );
    draw(painter);
    if faded {
        painter.pop_layer();
    }
    painter.restore();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effect(kind: Kind, active: bool, since: Option<f64>) -> Effect {
        Effect { kind, active, trigger: None, since }
    }

    #[test]
    fn effects_begin_and_end() {
        let appear = effect(Kind::Appear, true, Some(100.0));
        assert_eq!(appear.at(100.0), (SMALL, 0.0));
        assert_eq!(appear.at(1000.0), (1.0, 1.0));
        assert!(appear.goes_on(200.0) && !appear.goes_on(600.0));
        let gone = effect(Kind::Disappear, true, Some(0.0));
        assert_eq!(gone.at(1000.0), (SMALL, 0.0));
        let bounce = effect(Kind::Bounce(true), true, Some(0.0));
        assert!((bounce.at(300.0).0 - LARGE).abs() < 1e-6 && (bounce.at(600.0).0 - 1.0).abs() < 1e-6);
        let scale = |active| effect(Kind::Scale(false), active, Some(0.0));
        assert_eq!((scale(true).at(900.0).0, scale(false).at(900.0).0), (SMALL, 1.0));
        assert_eq!(effect(Kind::Scale(true), false, None).at(0.0), (1.0, 1.0));
        let pulse = effect(Kind::Pulse, true, Some(0.0));
        assert!((pulse.at(PULSE / 2.0).1 - FAINT).abs() < 1e-6 && pulse.goes_on(1e6));
    }
}
