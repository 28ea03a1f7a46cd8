//! Animations of what nodes look like and where they are. See README.md.

mod attribute;
mod curve;
mod motion_path;
mod present;
mod property;
mod shared;
mod spring;
#[cfg(test)]
mod tests;
mod timing;
mod track;
mod transition;

pub use attribute::Attributes;
pub use curve::Curve;
pub use present::Presented;
pub use spring::Spring;
pub use timing::{PlayMode, Timing};

use crate::common::Visibility;
use crate::component::{Method, Setter};
use crate::geometry::Rect;
use crate::tree::{NodeId, Tree};
use crate::value::{Args, Callback, Value};
use property::Property;
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::rc::Rc;
use track::Track;

/// Attributes that say how a node moves, comes and goes.
pub(crate) static METHODS: &[&[Method]] = &[transition::METHODS, motion_path::METHODS, shared::METHODS];

/// Frames of nodes in their parents, as layout made them.
pub type Frames = FxHashMap<NodeId, Rect>;

/// An animation as the app describes it: its time, and what is called when everything that it moves has come to rest.
#[derive(Debug)]
pub struct Animation {
    timing: Timing,
    on_finish: Option<Callback>,
    /// What `on_finish` is told.
    args: Vec<Value>,
    /// `FinishCallbackType.LOGICALLY`: it ends with its duration, whatever still swings.
    logical: bool,
    /// How many properties it is moving.
    live: Cell<usize>,
    /// Whether it waits for its end.
    enlisted: Cell<bool>,
    start: Cell<Option<f64>>,
}

impl Animation {
    /// From `{…timing, onFinish, finishCallbackType}`; see [`Timing::from_value`].
    pub fn from_value(value: &Value) -> Animation {
        let mut animation = Animation::new(Timing::from_value(value), value.get("onFinish").as_callback().cloned());
        animation.logical = value.get("finishCallbackType").as_i32() == Some(1);
        animation
    }

    /// An animation with a function for its end.
    pub fn new(timing: Timing, on_finish: Option<Callback>) -> Animation {
        Animation {
            timing,
            on_finish,
            args: Vec::new(),
            logical: false,
            live: Cell::new(0),
            enlisted: Cell::new(false),
            start: Cell::new(None),
        }
    }
}

/// An `animateTo` whose closure is running.
#[derive(Debug)]
struct Open {
    animation: Rc<Animation>,
    before: Frames,
}

/// All animations of a tree.
#[derive(Debug, Default)]
pub struct Animations {
    open: Vec<Open>,
    /// That of `.animation(…)` around the attributes that are being set.
    implicit: Option<Rc<Animation>>,
    tracks: FxHashMap<NodeId, Vec<Track>>,
    /// Animations that have not ended, in the order in which they began.
    waiting: Vec<Rc<Animation>>,
    /// Nodes whose attributes changed under `.animation(…)`; their frames follow with the next layout.
    pending: Vec<(NodeId, Rc<Animation>)>,
    transitions: transition::Transitions,
    /// What moves from one page to another.
    pub(crate) shared: shared::Shared,
    /// Attributes are being set for a frame.
    showing: bool,
    /// The time of the last tick.
    now: f64,
}

impl Animations {
    /// The animation that a change belongs to now.
    fn current(&self) -> Option<Rc<Animation>> {
        self.implicit.clone().or_else(|| self.explicit())
    }

    /// That of the innermost `animateTo`.
    fn explicit(&self) -> Option<Rc<Animation>> {
        self.open.last().map(|open| Rc::clone(&open.animation))
    }

    /// Whether anything moves or waits for its end.
    pub fn is_active(&self) -> bool {
        !self.waiting.is_empty() || self.tracks.values().flatten().any(|track| !track.is_over())
    }

    /// Ends what moves a property of a node, wherever it is.
    fn end_property(&mut self, id: NodeId, property: Property) {
        if let Some(tracks) = self.tracks.get_mut(&id) {
            tracks.retain_mut(|track| track.property() != property || track.end());
        }
    }

    fn enlist(&mut self, animation: &Rc<Animation>) {
        if !animation.enlisted.replace(true) {
            self.waiting.push(Rc::clone(animation));
        }
    }

    /// The nodes that are on their way out of a node.
    pub(crate) fn leaving(&self, parent: NodeId) -> &[NodeId] {
        self.transitions.leaving(parent)
    }
}

impl Tree {
    /// Begins an `animateTo`: what changes until [`Tree::close_animation`] moves from where it is now. The tree has to be laid out.
    pub fn open_animation(&mut self, mut animation: Animation) {
        self.animate_open();
        if !self.environment.animations {
            animation.timing = Timing::instant();
        }
        let before = self.frames();
        self.animations.open.push(Open { animation: Rc::new(animation), before });
    }

    /// Ends the innermost `animateTo`: what has changed starts to move. The tree has to be laid out.
    pub fn close_animation(&mut self) {
        self.animate_open();
        let Some(open) = self.animations.open.pop() else { return };
        self.animations.enlist(&open.animation);
        if self.animations.open.is_empty() {
            self.animations.transitions.forget_geometry();
        } else {
            let frames = self.frames();
            if let Some(outer) = self.animations.open.last_mut() {
                outer.before = frames;
            }
        }
        self.needs_frame = true;
    }

    /// Starts the movement of frames that have changed since the innermost `animateTo` began.
    fn animate_open(&mut self) {
        let Some(open) = self.animations.open.last_mut() else { return };
        let before = std::mem::take(&mut open.before);
        let animation = Rc::clone(&open.animation);
        let own: FxHashMap<_, _> = std::mem::take(&mut self.animations.pending).into_iter().collect();
        self.animate_frames(&before, |_, node| Some(Rc::clone(own.get(&node).unwrap_or(&animation))));
    }

    /// `.animation(…)`: attributes that are set from now on move; `None` ends that.
    pub fn set_implicit_animation(&mut self, animation: Option<Animation>) {
        self.animations.implicit = animation.map(|mut animation| {
            if !self.environment.animations {
                animation.timing = Timing::instant();
            }
            Rc::new(animation)
        });
    }

    /// The frames of all nodes that are shown.
    fn frames(&self) -> Frames {
        let shown =
            |id: &NodeId| self.get(*id).filter(|node| node.layout.active).map(|node| (*id, node.layout.frame()));
        self.ids().filter_map(|id| shown(&id)).collect()
    }

    /// To be called before layout; what it returns goes to [`Tree::after_layout`].
    pub fn before_layout(&self) -> Option<Frames> {
        let wanted = !self.animations.pending.is_empty() && self.animations.open.is_empty();
        wanted.then(|| self.frames())
    }

    /// To be called after layout: what was moved by attributes under `.animation(…)` starts from where it was, and what has
    /// appeared does so.
    pub fn after_layout(&mut self, before: Option<Frames>) {
        if let Some(before) = before {
            let pending = std::mem::take(&mut self.animations.pending);
            self.animate_pending(&before, &pending);
        }
        self.animate_appearing();
    }

    /// What was moved moves along with the node whose attributes changed: what is in it, its siblings, and those of the nodes
    /// around it.
    fn animate_pending(&mut self, before: &Frames, pending: &[(NodeId, Rc<Animation>)]) {
        let mut own: FxHashMap<NodeId, Rc<Animation>> = FxHashMap::default();
        let mut around: FxHashMap<NodeId, Rc<Animation>> = FxHashMap::default();
        for (node, animation) in pending {
            own.insert(*node, Rc::clone(animation));
            for parent in std::iter::successors(self.frame_parent(*node), |id| self.frame_parent(*id)) {
                around.insert(parent, Rc::clone(animation));
            }
        }
        self.animate_frames(before, |tree, node| {
            if let Some(animation) = own.get(&node).or_else(|| around.get(&node)) {
                return Some(Rc::clone(animation));
            }
            let parent = tree.frame_parent(node)?;
            let inside =
                || std::iter::successors(Some(parent), |id| tree.frame_parent(*id)).find_map(|id| own.get(&id));
            around.get(&parent).or_else(inside).cloned()
        });
    }

    fn animate_frames(&mut self, before: &Frames, pick: impl Fn(&Tree, NodeId) -> Option<Rc<Animation>>) {
        for (id, old) in before {
            let Some(new) = self.get(*id).filter(|node| node.layout.active).map(|node| node.layout.frame()) else {
                continue;
            };
            if new == *old || self.has_scrolled(*id) {
                continue;
            }
            let Some(animation) = pick(self, *id) else { continue };
            let change = [
                old.origin.x - new.origin.x,
                old.origin.y - new.origin.y,
                old.size.width - new.size.width,
                old.size.height - new.size.height,
            ];
            self.start(*id, Property::Frame, change.map(f64::from).to_vec(), &animation);
        }
    }

    /// Whether a node lies in something that scrolls: where it is there is no matter of animations.
    fn has_scrolled(&self, id: NodeId) -> bool {
        self.frame_parent(id).and_then(|parent| self.get(parent)).is_some_and(|parent| parent.scroll.is_some())
    }

    /// Lets a node's size under a finger move from its new value plus `change`.
    pub(crate) fn animate_press(&mut self, id: NodeId, change: f32, mut animation: Animation) {
        if !self.environment.animations {
            animation.timing = Timing::instant();
        }
        self.start(id, Property::Press, vec![f64::from(change)], &Rc::new(animation));
    }

    /// Lets a property move from its new value plus `change` to its new value.
    fn start(&mut self, id: NodeId, property: Property, change: Vec<f64>, animation: &Rc<Animation>) {
        self.start_track(id, Track::new(property, change, animation));
    }

    fn start_track(&mut self, id: NodeId, mut track: Track) {
        let now = self.animations.now;
        let tracks = self.animations.tracks.entry(id).or_default();
        tracks.retain(|old| !track.takes_over(old, now));
        let animation = Rc::clone(track.animation());
        tracks.push(track);
        self.animations.enlist(&animation);
        self.present(id);
        self.needs_frame = true;
    }

    /// Sets an attribute or an event of a node; within an animation it moves to the new value.
    pub fn apply(&mut self, id: NodeId, method: Method, args: Args<'_>) -> Value {
        let apply = |tree: &mut Tree| (method.apply)(&mut Setter { tree, node: id }, args);
        let Some(node) = self.get(id) else { return Value::Undefined };
        if method.name == "visibility" {
            let visible = |tree: &Tree| tree.get(id).is_some_and(|node| node.common.visibility == Visibility::Visible);
            let was = visible(self);
            let result = apply(self);
            if was != visible(self) {
                self.animate_visibility(id, was);
            }
            return result;
        }
        let active = node.layout.active;
        let current = self.animations.current().filter(|_| active);
        if self.animate_attribute(id, method, args, current.as_ref()) {
            return Value::Undefined;
        }
        let Some(animation) = current else {
            let presented = self.get(id).is_some_and(|node| node.presented.is_some());
            let result = apply(self);
            if presented {
                self.present(id);
            }
            return result;
        };
        let properties = Property::of_method(method.name);
        let before: Vec<_> = properties.iter().map(|property| property.read(self, id)).collect();
        let result = apply(self);
        if self.animations.implicit.is_some() && !method.name.starts_with("on") {
            self.animations.pending.push((id, Rc::clone(&animation)));
        }
        for (property, old) in properties.iter().zip(before) {
            let new = property.read(self, id);
            if old != new && old.len() == new.len() {
                let change = old.iter().zip(&new).map(|(old, new)| old - new).collect();
                self.start(id, *property, change, &animation);
            }
        }
        result
    }

    /// Finds out anew what is shown of a node.
    fn present(&mut self, id: NodeId) {
        let now = self.animations.now;
        let Some(node) = self.get(id) else { return };
        let ghost = self.animations.transitions.is_ghost(id);
        let tracks = self.animations.tracks.get(&id).map(Vec::as_slice).unwrap_or_default();
        if tracks.is_empty() && !ghost {
            self.animations.transitions.forget_centers(id);
            if let Some(node) = self.get_mut(id) {
                node.presented = None;
            }
            self.show_attributes(id, &[]);
            return;
        }
        let mut shown = Presented {
            effects: node.common.effects.clone(),
            border: node.common.border.clone(),
            ghost,
            ..Presented::default()
        };
        let mut moved: Vec<(Property, Vec<f64>)> = Vec::new();
        for track in tracks {
            let offset = track.offset(now);
            if let Some((_, sum)) = moved.iter_mut().find(|(property, _)| *property == track.property()) {
                sum.iter_mut().zip(offset).for_each(|(sum, offset)| *sum += offset);
            } else {
                moved.push((track.property(), offset));
            }
        }
        let mut left: Vec<(&'static str, f64)> = Vec::new();
        for (property, offset) in moved {
            if let Property::Attribute(name) = property {
                left.push((name, offset.first().copied().unwrap_or(0.0)));
                continue;
            }
            let end = property.read(self, id);
            let mut values: Vec<f64> = end.iter().zip(&offset).map(|(end, offset)| end + offset).collect();
            if property == Property::Frame
                && let Some(path) = node.common.extra.get("motionPath")
                && let Some(track) = tracks.iter().rfind(|track| track.property() == Property::Frame)
            {
                let origin = node.layout.offset;
                let (start, done) = track.way(origin, now);
                if let Some((at, angle)) = motion_path::along(path, start, origin, done) {
                    values.splice(0..2, [f64::from(at.x), f64::from(at.y)]);
                    shown.effects.transform.get_or_insert_default().path_angle = angle;
                }
            }
            property.write(&values, &mut shown);
            if let Some(center) = self.animations.transitions.center(id, property) {
                shown.pivot(property, center);
            }
        }
        if let Some(node) = self.get_mut(id) {
            node.presented = Some(Box::new(shown));
        }
        self.show_attributes(id, &left);
    }

    /// Moves everything on to the time of the tree, once per frame; queues what is to be called. What began since the last frame
    /// begins with this one.
    pub fn tick_animations(&mut self) {
        if self.animations.tracks.is_empty() && self.animations.waiting.is_empty() {
            self.animations.now = self.now;
            return;
        }
        let now = self.now;
        self.animations.now = now;
        // A page that fails between its two calls leaves it behind.
        self.animations.implicit = None;
        let mut all = std::mem::take(&mut self.animations.tracks);
        for (id, tracks) in &mut all {
            let gone = self.get(*id).is_none();
            tracks.retain_mut(|track| if gone { track.end() } else { track.tick(now) });
        }
        all.retain(|_, tracks| !tracks.is_empty());
        let moving: Vec<NodeId> = all.keys().copied().collect();
        let rested: Vec<NodeId> = self
            .ids()
            .filter(|id| !all.contains_key(id) && self.get(*id).is_some_and(|node| node.presented.is_some()))
            .collect();
        self.animations.tracks = all;
        self.end_departures();
        self.end_shared();
        for id in moving.into_iter().chain(rested) {
            self.present(id);
        }
        for animation in std::mem::take(&mut self.animations.waiting) {
            let start = animation.start.get().unwrap_or(now);
            animation.start.set(Some(start));
            let over = now - start + 1e-6 >= animation.timing.total();
            if over && (animation.logical || animation.live.get() == 0) {
                animation.enlisted.set(false);
                animation.start.set(None);
                if let Some(on_finish) = &animation.on_finish {
                    self.emit(on_finish, animation.args.clone());
                }
            } else {
                self.animations.waiting.push(animation);
            }
        }
        if self.animations.is_active() {
            self.needs_frame = true;
        }
    }
}
