//! Coming and going: `transition`, the fading of what comes and goes within an `animateTo`, `geometryTransition`.
//!
//! What goes is out of the tree at once, as far as the app and layout are concerned; it is still drawn by the node that it was in
//! until its way out is over.

use super::property::{Property, turn};
use super::track::Track;
use super::{Animation, Timing};
use crate::common::Visibility;
use crate::component::Method;
use crate::geometry::{Rect, Size};
use crate::tree::{NodeId, Tree};
use crate::units::{Length, Unit};
use crate::value::{Callback, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// What is coming and going.
#[derive(Debug, Default)]
pub(super) struct Transitions {
    /// By the node that draws them.
    leaving: FxHashMap<NodeId, Vec<NodeId>>,
    /// Nodes that the next layout shows for the first time, with the `animateTo` that brought them.
    appearing: Vec<(NodeId, Option<Rc<Animation>>)>,
    /// Nodes that are drawn although they are not visible any more.
    ghosts: FxHashSet<NodeId>,
    /// The points that scales and rotations of transitions are about, where they are said.
    centers: FxHashMap<(NodeId, Property), Center>,
    /// Where nodes with a `geometryTransition` were that went within the `animateTo` that is open.
    geometry: FxHashMap<Rc<str>, (NodeId, Rect)>,
}

impl Transitions {
    pub(super) fn leaving(&self, parent: NodeId) -> &[NodeId] {
        self.leaving.get(&parent).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn is_ghost(&self, id: NodeId) -> bool {
        self.ghosts.contains(&id)
    }

    /// The point that a scale or a rotation on the way in or out is about.
    pub(super) fn center(&self, id: NodeId, property: Property) -> Option<&Center> {
        self.centers.get(&(id, property))
    }

    pub(super) fn forget_centers(&mut self, id: NodeId) {
        self.centers.retain(|(node, _), _| *node != id);
    }

    pub(super) fn forget_geometry(&mut self) {
        self.geometry.clear();
    }
}

/// Direction of a transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    In,
    Out,
}

/// One step of a transition: how far off its own looks a node is when it is not there.
struct Step {
    property: Property,
    away: Vec<f64>,
    animation: Rc<Animation>,
    /// The point that a scale or a rotation is about.
    center: Option<Center>,
}

/// `centerX` and `centerY`.
type Center = [Option<Length>; 2];

pub(crate) static METHODS: &[Method] = &[
    Method {
        name: "transition",
        apply: |node, args| {
            let value = Value::array([args.get(0).clone(), args.get(1).clone()]);
            node.repaint(|common| drop(common.extra.insert("transition", value)))
        },
    },
    Method {
        name: "geometryTransition",
        apply: |node, args| {
            let value = args.get(0).clone();
            let follows = args.get(1).get("follow").as_bool() == Some(true);
            node.repaint(|common| {
                drop(common.extra.insert("geometryTransition", value));
                drop(common.extra.insert("geometryFollow", Value::Bool(follows)));
            })
        },
    },
];

impl Tree {
    /// A node was put into another: it appears with the next layout, if only it is new.
    pub(crate) fn note_inserted(&mut self, child: NodeId) {
        let new = self.get(child).is_some_and(|node| node.layout.constraint.is_none());
        let around = self.frame_parent(child).and_then(|parent| self.get(parent));
        if new && around.is_some_and(|parent| parent.layout.active) {
            let explicit = self.animations.explicit();
            self.animations.transitions.appearing.push((child, explicit));
        }
    }

    /// A node itself, or the nodes with a box that it groups.
    fn boxes(&self, id: NodeId) -> Vec<NodeId> {
        match self.get(id) {
            Some(node) if node.component.is_syntax() => self.frame_children(id),
            Some(_) => vec![id],
            None => Vec::new(),
        }
    }

    /// Starts the way in of what the last layout showed for the first time.
    pub(super) fn animate_appearing(&mut self) {
        for (id, explicit) in std::mem::take(&mut self.animations.transitions.appearing) {
            for root in self.boxes(id) {
                if self
                    .get(root)
                    .is_some_and(|node| node.layout.active && node.common.visibility == Visibility::Visible)
                {
                    self.appear(root, explicit.as_ref(), true);
                    self.morph(root, explicit.as_ref());
                }
            }
        }
    }

    fn appear(&mut self, id: NodeId, explicit: Option<&Rc<Animation>>, fades: bool) {
        let steps = self.steps(id, Way::In, explicit, fades);
        self.watch_transition(id, Way::In, &steps);
        self.come(id, steps);
    }

    fn come(&mut self, id: NodeId, steps: Vec<Step>) {
        for Step { property, away, animation, center } in steps {
            self.set_center(id, property, center);
            self.start(id, property, away, &animation);
        }
    }

    fn go(&mut self, id: NodeId, steps: Vec<Step>) {
        for Step { property, away, animation, center } in steps {
            self.set_center(id, property, center);
            self.start_track(id, Track::to(property, away, &animation));
        }
    }

    fn set_center(&mut self, id: NodeId, property: Property, center: Option<Center>) {
        if let Some(center) = center {
            self.animations.transitions.centers.insert((id, property), center);
        }
    }

    /// Lets a node, which is laid out, come or go by a `TransitionEffect` whose effects say how they move. A node that went
    /// stays away until it is removed, comes again, or [`Tree::settle`]s. `on_end` is called when all of that is over.
    pub fn transit(&mut self, id: NodeId, comes: bool, effect: &Value, on_end: Option<&Callback>) {
        let way = if comes { Way::In } else { Way::Out };
        let steps = self.effect_steps(id, way, effect, None);
        if let Some(on_end) = on_end {
            self.watch_steps(&steps, on_end, Vec::new());
        }
        if comes {
            self.come(id, steps);
        } else {
            self.go(id, steps);
        }
        self.needs_frame = true;
    }

    /// Ends everything that moves a node: it looks as its attributes say.
    pub fn settle(&mut self, id: NodeId) {
        for mut track in self.animations.tracks.remove(&id).unwrap_or_default() {
            track.end();
        }
        self.animations.transitions.forget_centers(id);
        self.present(id);
        self.needs_frame = true;
    }

    /// Lets nodes with a `geometryTransition` start where the one was that went with the same id.
    fn morph(&mut self, root: NodeId, explicit: Option<&Rc<Animation>>) {
        let Some(animation) = explicit else { return };
        for id in self.subtree(root) {
            let Some(key) = self.geometry_key(id) else { continue };
            let gone = self.animations.transitions.geometry.remove(&key);
            let stays = || self.geometry_partner(id, &key).map(|other| (other, self.window_frame(other)));
            let Some((left, old)) = gone.or_else(stays) else { continue };
            let new =
                Rect { origin: self.window_offset(id), size: self.get(id).map_or(Size::ZERO, |node| node.layout.size) };
            let change = [
                old.origin.x - new.origin.x,
                old.origin.y - new.origin.y,
                old.size.width - new.size.width,
                old.size.height - new.size.height,
            ];
            self.start(id, Property::Frame, change.map(f64::from).to_vec(), animation);
            // What goes, goes the same way.
            if self.get(left).is_some() {
                let away = change.map(|part| -f64::from(part)).to_vec();
                self.start_track(left, Track::to(Property::Frame, away, animation));
            }
        }
    }

    /// Another node with the same key that stays where it is and follows those that come and go (`follow`).
    fn geometry_partner(&self, id: NodeId, key: &str) -> Option<NodeId> {
        let follows = |node: &NodeId| {
            let found = self.get(*node).filter(|found| found.layout.active && *node != id);
            let follow = found.and_then(|found| found.common.extra.get("geometryFollow")?.as_bool());
            follow == Some(true) && self.geometry_key(*node).as_deref() == Some(key)
        };
        let mut found: Vec<NodeId> = self.ids().filter(follows).collect();
        found.sort_by_key(|node| self.number(*node));
        found.first().copied()
    }

    fn geometry_key(&self, id: NodeId) -> Option<Rc<str>> {
        match self.get(id)?.common.extra.get("geometryTransition")? {
            Value::String(key) if !key.is_empty() => Some(Rc::clone(key)),
            _ => None,
        }
    }

    /// Starts the way out of a node that is about to be destroyed, or of those that it groups. Returns the nodes that have one:
    /// they are drawn until it is over.
    pub(crate) fn depart(&mut self, id: NodeId) -> Vec<NodeId> {
        let Some(parent) =
            self.frame_parent(id).filter(|parent| self.get(*parent).is_some_and(|node| node.layout.active))
        else {
            return Vec::new();
        };
        let explicit = self.animations.explicit();
        let mut departing = Vec::new();
        for root in self.boxes(id) {
            if !self.get(root).is_some_and(|node| node.layout.active && node.common.visibility == Visibility::Visible) {
                continue;
            }
            if explicit.is_some() {
                for inner in self.subtree(root) {
                    let Some(key) = self.geometry_key(inner) else { continue };
                    let frame = self.window_frame(inner);
                    let partner = self.geometry_partner(inner, &key);
                    if let Some((partner, animation)) = partner.zip(explicit.as_ref()) {
                        // What stays takes over from where this one was.
                        let own = self.window_frame(partner);
                        let change = [
                            frame.origin.x - own.origin.x,
                            frame.origin.y - own.origin.y,
                            frame.size.width - own.size.width,
                            frame.size.height - own.size.height,
                        ];
                        self.start(partner, Property::Frame, change.map(f64::from).to_vec(), animation);
                    }
                    self.animations.transitions.geometry.insert(key, (inner, frame));
                }
            }
            let steps = self.steps(root, Way::Out, explicit.as_ref(), true);
            self.watch_transition(root, Way::Out, &steps);
            if steps.iter().all(|step| step.animation.timing.total() <= 0.0) {
                continue;
            }
            self.go(root, steps);
            departing.push(root);
        }
        if !departing.is_empty() {
            self.animations.transitions.leaving.entry(parent).or_default().extend_from_slice(&departing);
        }
        departing
    }

    /// `visibility` has changed.
    pub(super) fn animate_visibility(&mut self, id: NodeId, was_visible: bool) {
        if self.get(id).is_none_or(|node| node.layout.constraint.is_none()) {
            return;
        }
        let explicit = self.animations.explicit();
        if was_visible {
            let steps = self.steps(id, Way::Out, explicit.as_ref(), false);
            self.watch_transition(id, Way::Out, &steps);
            if steps.iter().any(|step| step.animation.timing.total() > 0.0) {
                self.animations.transitions.ghosts.insert(id);
            }
            self.go(id, steps);
        } else {
            self.animations.transitions.ghosts.remove(&id);
            self.appear(id, explicit.as_ref(), false);
        }
    }

    /// Ends nodes whose way out is over, and those whose surroundings are gone.
    pub(super) fn end_departures(&mut self) {
        let moves = |tree: &Tree, id: NodeId| {
            tree.animations.tracks.get(&id).is_some_and(|tracks| tracks.iter().any(|track| !track.is_over()))
        };
        let ghosts: Vec<NodeId> = self.animations.transitions.ghosts.iter().copied().collect();
        for id in ghosts {
            if !moves(self, id) {
                self.animations.transitions.ghosts.remove(&id);
                self.animations.tracks.remove(&id);
                self.needs_frame = true;
            }
        }
        let mut leaving = std::mem::take(&mut self.animations.transitions.leaving);
        let mut ended = Vec::new();
        leaving.retain(|parent, nodes| {
            let stays = self.get(*parent).is_some();
            nodes.retain(|id| {
                let goes_on = stays && moves(self, *id);
                if !goes_on {
                    ended.push(*id);
                }
                goes_on
            });
            !nodes.is_empty()
        });
        self.animations.transitions.leaving = leaving;
        for id in ended {
            for mut track in self.animations.tracks.remove(&id).unwrap_or_default() {
                track.end();
            }
            self.animations.transitions.forget_centers(id);
            self.end_departed(id);
            self.needs_frame = true;
        }
    }

    /// Calls the function that `transition` was given when all steps are over.
    fn watch_transition(&mut self, id: NodeId, way: Way, steps: &[Step]) {
        let value = self.get(id).and_then(|node| node.common.extra.get("transition"));
        let on_finish = value.and_then(|value| value.as_array()?.get(1)?.as_callback().cloned());
        let Some(on_finish) = on_finish else { return };
        self.watch_steps(steps, &on_finish, vec![Value::Bool(way == Way::In)]);
    }

    /// Calls a function when all steps are over.
    fn watch_steps(&mut self, steps: &[Step], on_finish: &Callback, args: Vec<Value>) {
        let total = steps.iter().map(|step| step.animation.timing.total()).fold(0.0, f64::max);
        let timing = Timing { delay: total, ..Timing::instant() };
        let mut end = Animation::new(timing, Some(on_finish.clone()));
        end.args = args;
        self.animations.enlist(&Rc::new(end));
    }

    /// What a node's transition does on its way in or out. Without one, it fades within an `animateTo` if `fades`.
    fn steps(&self, id: NodeId, way: Way, explicit: Option<&Rc<Animation>>, fades: bool) -> Vec<Step> {
        let Some(node) = self.get(id) else { return Vec::new() };
        let transition = node.common.extra.get("transition").and_then(|value| value.as_array()?.first());
        let mut steps = Vec::new();
        match transition.filter(|value| !value.is_nullish()) {
            None => {
                if let Some(animation) = explicit.filter(|_| fades) {
                    steps.extend(self.step(id, "opacity", &Value::Number(0.0), animation));
                }
            }
            Some(value) if value.get("effects_").as_array().is_some() => {
                return self.effect_steps(id, way, value, explicit);
            }
            // `TransitionOptions` of old, one or several; they move within an `animateTo` only.
            Some(options) => {
                let Some(animation) = explicit else { return steps };
                let several = options.as_array().unwrap_or(std::slice::from_ref(options));
                for options in several {
                    let told = options.get("type").as_str().unwrap_or("All");
                    if told != "All" && told != if way == Way::In { "Insert" } else { "Delete" } {
                        continue;
                    }
                    for kind in ["opacity", "translate", "scale", "rotate"] {
                        if !options.get(kind).is_nullish() {
                            steps.extend(self.step(id, kind, options.get(kind), animation));
                        }
                    }
                }
            }
        }
        steps
    }

    /// What a `TransitionEffect` does: each effect moves as it says, else like the one before, else like the `animateTo`.
    fn effect_steps(&self, id: NodeId, way: Way, value: &Value, explicit: Option<&Rc<Animation>>) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut animation = explicit.cloned();
        for effect in value.get("effects_").as_array().unwrap_or_default() {
            let (told, kind) = (effect.get("way").as_str(), effect.get("kind").as_str());
            if told.is_some_and(|told| told != if way == Way::In { "in" } else { "out" }) {
                continue;
            }
            if effect.get("animation").as_object().is_some() {
                let mut own = Animation::from_value(effect.get("animation"));
                if !self.environment.animations {
                    own.timing = Timing::instant();
                }
                animation = Some(Rc::new(own));
            }
            if let (Some(kind), Some(animation)) = (kind, &animation) {
                steps.extend(self.step(id, kind, effect.get("value"), animation));
            }
        }
        steps
    }

    /// How far off a node's looks an effect takes it.
    fn step(&self, id: NodeId, kind: &str, value: &Value, animation: &Rc<Animation>) -> Option<Step> {
        let node = self.get(id)?;
        let size = node.layout.size;
        let environment = &self.environment;
        let number = |name: &str, default: f32| f64::from(value.get(name).as_f32().unwrap_or(default));
        let px = |name: &str, of: f32| {
            let length = Length::from_value(value.get(name), Unit::Vp);
            f64::from(length.and_then(|length| length.resolve(environment, of)).unwrap_or(0.0))
        };
        let mut center = None;
        let about = || {
            let length = |name: &str| Length::from_value(value.get(name), Unit::Vp);
            let center = [length("centerX"), length("centerY")];
            (center != [None, None]).then_some(center)
        };
        let (property, away) = match kind {
            "opacity" => {
                let own = Property::Opacity.read(self, id);
                let factor = value.as_f64()?.clamp(0.0, 1.0);
                (Property::Opacity, own.iter().map(|own| own * (factor - 1.0)).collect())
            }
            "translate" => (Property::Translate, vec![px("x", size.width), px("y", size.height), px("z", 0.0)]),
            "scale" => {
                center = about();
                let own = Property::Scale.read(self, id);
                let factors = [number("x", 1.0), number("y", 1.0), number("z", 1.0)];
                (Property::Scale, own.iter().zip(factors).map(|(own, factor)| own * (factor - 1.0)).collect())
            }
            "rotate" => {
                center = about();
                let axis = ["x", "y", "z"].map(|name| value.get(name).as_f32());
                let axis = if axis == [None; 3] { [0.0, 0.0, 1.0] } else { axis.map(|part| part.unwrap_or(0.0)) };
                let angle = match value.get("angle") {
                    Value::String(text) => text.trim_end_matches("deg").trim().parse().ok(),
                    angle => angle.as_f32(),
                };
                (Property::Rotate, turn(axis, angle?).to_vec())
            }
            "move" => {
                let at = self.window_offset(id);
                let root = std::iter::successors(Some(id), |id| self.get(*id)?.parent()).last()?;
                let window = self.get(root)?.layout.size;
                // `TransitionEdge`: top, bottom, start, end.
                let edge = match (value.as_i32()?, environment.right_to_left) {
                    (2, true) => 3,
                    (3, true) => 2,
                    (edge, _) => edge,
                };
                let (x, y) = match edge {
                    0 => (0.0, -(at.y + size.height)),
                    1 => (0.0, window.height - at.y),
                    2 => (-(at.x + size.width), 0.0),
                    _ => (window.width - at.x, 0.0),
                };
                (Property::Translate, vec![f64::from(x), f64::from(y), 0.0])
            }
            _ => return None,
        };
        Some(Step { property, away, animation: Rc::clone(animation), center })
    }
}
