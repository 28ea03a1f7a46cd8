//! What moves content: fingers, wheels, momentum, springs and commands, alone or along with containers around.

use super::{Motion, Moving, NestedMode, Running, ScrollState, resistance};
use crate::animation::Curve;
use crate::geometry::{Axis, Point};
use crate::layout::Pass;
use crate::pan::{PanAxis, PanEvent, PanPhase};
use crate::tree::{NodeId, Tree};
use crate::value::Value;
use std::rc::Rc;

/// A fling that would begin slower than this, in px per second, leaves the content where it is.
const SLOWEST_FLING: f32 = 240.0;
/// Drags that follow each other within this time (ms) and are longer than this distance (px) count: from the fourth on, flings
/// gain speed.
const QUICK: f64 = 400.0;
const LONG: f32 = 125.0;
const GAINS_FROM: u32 = 4;
/// From this drag on, the gain has a limit that does not grow any more.
const GAINS_MOST_FROM: u32 = 10;
const GAIN_STEP: f32 = 0.45;
const MOST_GAIN: f32 = 16.0;
/// Most containers that scroll along with one.
const MAX_NESTED: usize = 16;

/// What a container that does not scroll itself hears of scrolling inside it ([`crate::Component::on_nested`]): `Refresh`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NestedScroll {
    /// A finger begins to move the content.
    Start,
    /// The content is about to move on (positive) or back by px; what the container uses does not reach it.
    Before(f32),
    /// What the content could not use, being at its edge.
    After(f32),
    /// The finger was lifted.
    End,
}

/// Drags that follow each other quickly.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Drags {
    /// How many.
    count: u32,
    /// How far the last one went, in px.
    way: f32,
    /// When it ended, in ms.
    ended: f64,
    gain: f32,
}

impl Drags {
    /// A finger begins to move the content.
    fn start(&mut self, now: f64) {
        self.count = if self.count > 0 && now - self.ended <= QUICK { self.count + 1 } else { 1 };
        self.way = 0.0;
    }

    /// How much faster the fling is than the finger was.
    fn end(&mut self, now: f64, viewport: f32, before: f32) -> f32 {
        self.ended = now;
        let turned = before * self.way < 0.0;
        if self.way.abs() < LONG || viewport <= 0.0 || turned {
            self.count = 0;
        }
        let rounds = self.count.saturating_sub(1) as f32;
        let more = self.way.abs() / viewport.max(1.0) * rounds;
        self.gain = match self.count {
            count if count < GAINS_FROM => 1.0,
            count if count < GAINS_MOST_FROM => self.gain + more.min(GAIN_STEP * rounds),
            _ => (self.gain + more).min(MOST_GAIN),
        };
        self.gain
    }
}

/// `ScrollSource`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Drag = 0,
    Fling = 1,
    EdgeEffect = 2,
    Wheel = 3,
    Command = 6,
}

/// Along which axes a container can be moved by hand now.
pub fn pan_axis(tree: &Tree, node: NodeId) -> Option<PanAxis> {
    let scroll = tree.scroll(node)?;
    if !scroll.style.interactive || tree.get(node)?.common.disabled {
        return None;
    }
    let direction = scroll.direction?;
    // Content that fits moves only where its edges give way all the same.
    let moves = |axis: Axis| {
        let track = scroll.track(axis);
        let fits = track.before <= 0.5 && track.after <= 0.5;
        direction.allows(axis)
            && (!fits || (scroll.style.always_enabled && (scroll.style.springs(true) || scroll.style.springs(false))))
    };
    match (moves(Axis::Horizontal), moves(Axis::Vertical)) {
        (true, true) => Some(PanAxis::Free),
        (true, false) => Some(PanAxis::Horizontal),
        (false, true) => Some(PanAxis::Vertical),
        (false, false) => None,
    }
}

/// A finger or a wheel moves a container. Returns what was used of the movement.
pub fn on_pan(pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
    let Some(direction) = pass.tree.scroll(node).and_then(|scroll| scroll.direction) else { return Point::ZERO };
    let axes = [Axis::Horizontal, Axis::Vertical].into_iter().filter(|axis| direction.allows(*axis));
    let mut used = Point::ZERO;
    match event.phase {
        PanPhase::Touch => stop(pass.tree, node),
        PanPhase::Start | PanPhase::Update => {
            if event.phase == PanPhase::Start {
                start_drag(pass, node);
            }
            for axis in axes {
                let by = drag(pass, node, axis, event.delta.along(axis), Source::Drag);
                used = used.with(axis, by);
                if let Some(scroll) = pass.tree.scroll_mut(node) {
                    scroll.drags.way += event.delta.along(axis);
                }
            }
        }
        PanPhase::Wheel => {
            stop(pass.tree, node);
            for axis in axes {
                let by = drag(pass, node, axis, event.delta.along(axis), Source::Wheel);
                used = used.with(axis, by);
            }
        }
        PanPhase::End | PanPhase::Cancel => {
            let lifted = event.phase == PanPhase::End;
            for axis in axes {
                release(pass, node, axis, if lifted { event.velocity.along(axis) } else { 0.0 });
            }
            finish_if_idle(pass.tree, node);
        }
    }
    pass.tree.mark_place(node);
    used
}

fn start_drag(pass: &mut Pass<'_>, node: NodeId) {
    stop_running(pass.tree, node);
    pass.tree.emit_event(node, "onWillStartDragging", Vec::new());
    let idle = pass.tree.scroll(node).is_some_and(|scroll| scroll.moving == Moving::Idle);
    let now = pass.tree.now;
    if let Some(scroll) = pass.tree.scroll_mut(node) {
        scroll.moving = Moving::Drag;
        scroll.drags_before = scroll.drags.way;
        scroll.drags.start(now);
    }
    if idle {
        pass.tree.emit_event(node, "onScrollStart", Vec::new());
    }
    if let Some(around) = listener(pass.tree, node) {
        let component = pass.tree.get(around).map(|node| node.component);
        component.map(|component| component.on_nested(pass, around, NestedScroll::Start));
    }
}

/// Moves content by a finger's movement. Returns the part of the movement that was used.
fn drag(pass: &mut Pass<'_>, node: NodeId, axis: Axis, delta: f32, source: Source) -> f32 {
    if delta == 0.0 || !delta.is_finite() {
        return 0.0;
    }
    let wanted = -delta;
    let by = ask_app(pass, node, axis, wanted, source);
    let used = nested(pass, node, axis, by, source == Source::Drag, 0);
    // What the app takes away counts as used: nobody else gets it.
    -(used + (wanted - by))
}

/// Lets the app change how far content goes: `onScrollFrameBegin`, `onWillScroll`. Positive is on.
fn ask_app(pass: &mut Pass<'_>, node: NodeId, axis: Axis, by: f32, source: Source) -> f32 {
    let Some(found) = pass.tree.get(node) else { return by };
    let two_axes = found.component.scrolls_both_ways();
    let frame_begin = found.common.events.get("onScrollFrameBegin").cloned();
    let will_scroll = found.common.events.get("onWillScroll").cloned();
    if frame_begin.is_none() && will_scroll.is_none() {
        return by;
    }
    let density = pass.tree.environment.density;
    let state = Value::Number(if matches!(source, Source::Drag) { 1.0 } else { 2.0 });
    let vp = |px: f32| Value::Number(f64::from(px / density));
    let mut by = by;
    if let Some(callback) = frame_begin {
        let answer = pass.host.call(pass.tree, &callback, &[vp(by), state.clone()]);
        if let Some(rest) = answer.get("offsetRemain").as_f32() {
            by = rest * density;
        }
    }
    if let Some(callback) = will_scroll {
        let source = Value::Number(f64::from(source as u8));
        let answer = if two_axes {
            let offset = Point::ZERO.with(axis, by);
            pass.host.call(pass.tree, &callback, &[vp(offset.x), vp(offset.y), state, source])
        } else {
            pass.host.call(pass.tree, &callback, &[vp(by), state, source])
        };
        let name = match (two_axes, axis) {
            (true, Axis::Horizontal) => "xOffset",
            (true, Axis::Vertical) => "yOffset",
            (false, _) => "offsetRemain",
        };
        if let Some(rest) = answer.get(name).as_f32() {
            by = rest * density;
        }
    }
    by
}

/// Moves content and, as `nestedScroll` says, that around it. Returns how much of `by` somebody used. Only a finger pulls content
/// over its edge or a `Refresh` down; momentum does not.
fn nested(pass: &mut Pass<'_>, node: NodeId, axis: Axis, by: f32, by_hand: bool, depth: usize) -> f32 {
    let mut rest = by;
    let around = listener(pass.tree, node).filter(|_| by_hand);
    if let Some(around) = around {
        rest -= tell(pass, around, NestedScroll::Before(rest));
    }
    let Some(scroll) = pass.tree.scroll(node) else { return by - rest };
    let mode = if by > 0.0 { scroll.style.nested.0 } else { scroll.style.nested.1 };
    let outer = (mode != NestedMode::SelfOnly && depth < MAX_NESTED).then(|| outer(pass.tree, node, axis)).flatten();
    let by_outer = |pass: &mut Pass<'_>, by: f32| {
        outer.map_or(0.0, |outer| if by == 0.0 { 0.0 } else { nested(pass, outer, axis, by, by_hand, depth + 1) })
    };
    match mode {
        NestedMode::SelfOnly => rest -= take(pass.tree, node, axis, rest),
        NestedMode::SelfFirst => {
            rest -= take(pass.tree, node, axis, rest);
            rest -= by_outer(pass, rest);
        }
        NestedMode::ParentFirst => {
            rest -= by_outer(pass, rest);
            rest -= take(pass.tree, node, axis, rest);
        }
        NestedMode::Parallel => {
            let outer = by_outer(pass, rest);
            let own = take(pass.tree, node, axis, rest);
            rest -= if own.abs() > outer.abs() { own } else { outer };
        }
    }
    if rest.abs() > 0.01
        && let Some(around) = around
    {
        rest -= tell(pass, around, NestedScroll::After(rest));
    }
    if by_hand && depth == 0 && rest.abs() > 0.01 {
        rest -= pull_over(pass.tree, node, axis, rest);
    }
    by - rest
}

/// Pulls content over its edge, where that gives way. Returns what was used of the movement: all or nothing.
fn pull_over(tree: &mut Tree, node: NodeId, axis: Axis, by: f32) -> f32 {
    let api = tree.environment.target_api;
    let Some(scroll) = tree.scroll_mut(node) else { return 0.0 };
    if !scroll.style.springs(by > 0.0) {
        return 0.0;
    }
    let track = scroll.track_mut(axis);
    let part = resistance(track.over(), track.viewport, api);
    track.shift(by * part);
    tree.mark_place(node);
    by
}

/// Moves content within its edges.
fn take(tree: &mut Tree, node: NodeId, axis: Axis, by: f32) -> f32 {
    let Some(scroll) = tree.scroll_mut(node) else { return 0.0 };
    let used = scroll.track_mut(axis).take(by);
    if used != 0.0 {
        tree.mark_place(node);
    }
    used
}

/// The finger was lifted at a speed (px per second, of the finger): a spring, a fling, or rest.
fn release(pass: &mut Pass<'_>, node: NodeId, axis: Axis, finger: f32) {
    let environment = &pass.tree.environment;
    let (now, api, density) = (pass.tree.now, environment.target_api, environment.density);
    let Some(scroll) = pass.tree.scroll_mut(node) else { return };
    let dragging = scroll.moving == Moving::Drag;
    let limit = scroll.style.fling_limit * density;
    let friction = scroll.style.friction(api);
    let track = scroll.track(axis);
    let (over, viewport) = (track.over(), track.viewport);
    let gain = if dragging { scroll.drags.end(now, viewport, scroll.drags_before) } else { 1.0 };
    // Flings and springs begin faster than the finger was.
    let scale = if api >= 11 { 1.5 } else { 1.0 };
    let velocity = if finger.is_finite() { (-finger * scale * gain).clamp(-limit, limit) } else { 0.0 };
    if dragging {
        if let Some(around) = listener(pass.tree, node) {
            tell(pass, around, NestedScroll::End);
        }
        pass.tree.emit_event(node, "onWillStopDragging", vec![Value::Number(f64::from(velocity / density))]);
        pass.tree.emit_event(node, "onDidStopDragging", vec![Value::Bool(velocity.abs() >= SLOWEST_FLING)]);
    }
    let motion = if over != 0.0 {
        Some(Motion::Spring { from: over, velocity: velocity * resistance(over, viewport, api) })
    } else {
        let fling = Motion::Friction { velocity, friction };
        let moves = velocity.abs() >= SLOWEST_FLING;
        let end = if velocity != 0.0 { fling.end() } else { 0.0 };
        let component = pass.tree.get(node).map(|node| node.component);
        match component.and_then(|component| component.snap(pass.tree, node, end)) {
            Some(to) if to.abs() < 0.5 => None,
            Some(to) if component.is_some_and(|component| component.snaps_slowly(pass.tree, node)) => {
                let curve = Rc::new(Curve::named("friction").unwrap_or(Curve::LINEAR));
                Some(Motion::Curve { to, seconds: SLOW_SNAP, curve, over: false })
            }
            Some(to) => Some(Motion::Spring { from: -to, velocity }),
            None => moves.then_some(fling),
        }
    };
    if let Some(motion) = motion {
        if matches!(motion, Motion::Friction { .. }) {
            pass.tree.emit_event(node, "onWillStartFling", Vec::new());
            if let Some(scroll) = pass.tree.scroll_mut(node) {
                scroll.flinging = true;
            }
        }
        run(pass.tree, node, axis, motion);
    }
}

/// How long `ScrollSnapAnimationSpeed.SLOW` takes, in s; the usual spring takes about half of that.
const SLOW_SNAP: f32 = 1.0;

/// Starts a movement.
pub fn run(tree: &mut Tree, node: NodeId, axis: Axis, motion: Motion) {
    let since = tree.now;
    let Some(scroll) = tree.scroll_mut(node) else { return };
    scroll.track_mut(axis).running = Some(Running { since, last: motion.position(0.0), motion });
    let idle = scroll.moving == Moving::Idle;
    scroll.moving = Moving::Fling;
    if idle {
        tree.emit_event(node, "onScrollStart", Vec::new());
    }
    tree.tick_next(node);
}

/// Content moves by itself, to where it should be by now.
pub fn tick(pass: &mut Pass<'_>, node: NodeId) {
    let now = pass.tree.now;
    for axis in [Axis::Horizontal, Axis::Vertical] {
        let Some(scroll) = pass.tree.scroll(node) else { return };
        let track = scroll.track(axis);
        let Some(running) = track.running.clone() else { continue };
        let time = ((now - running.since) / 1000.0).max(0.0) as f32;
        let position = running.motion.position(time);
        let ended = running.motion.is_over(time);
        let by = if ended { running.motion.end() } else { position } - running.last;
        let springing = matches!(running.motion, Motion::Spring { .. });
        let source = match running.motion {
            Motion::Friction { .. } => Source::Fling,
            Motion::Spring { .. } => Source::EdgeEffect,
            _ => Source::Command,
        };
        let by = if by == 0.0 { 0.0 } else { ask_app(pass, node, axis, by, source) };
        let goes_over = matches!(running.motion, Motion::Curve { over: true, .. });
        let used = if springing || goes_over {
            let Some(scroll) = pass.tree.scroll_mut(node) else { return };
            scroll.track_mut(axis).shift(by);
            by
        } else {
            nested(pass, node, axis, by, false, 0)
        };
        let Some(scroll) = pass.tree.scroll_mut(node) else { return };
        let springs = scroll.style.springs(by > 0.0);
        let track = scroll.track_mut(axis);
        let hit = (by - used).abs() > 0.5;
        if ended || (hit && !springs) || (hit && source == Source::Command) {
            // What a curve of the app has left beyond an edge comes back.
            let over = track.over();
            let back = Motion::Spring { from: over, velocity: 0.0 };
            track.running = (goes_over && over != 0.0).then_some(Running { motion: back, since: now, last: over });
        } else if hit {
            // Momentum goes on beyond the edge, and the spring brings the content back.
            let motion = Motion::Spring { from: 0.0, velocity: running.motion.velocity(time) };
            track.running = Some(Running { motion, since: now, last: 0.0 });
        } else {
            track.running = Some(Running { last: position, ..running });
        }
        pass.tree.mark_place(node);
    }
    if pass.tree.scroll(node).is_some_and(ScrollState::is_running) {
        pass.tree.tick_next(node);
    } else {
        finish_if_idle(pass.tree, node);
    }
}

/// Content rests; the layout of this frame tells the app.
fn finish_if_idle(tree: &mut Tree, node: NodeId) {
    let Some(scroll) = tree.scroll_mut(node) else { return };
    if scroll.is_running() || scroll.moving == Moving::Idle {
        return;
    }
    scroll.moving = Moving::Idle;
    scroll.told.stopped = true;
    if std::mem::take(&mut scroll.flinging) {
        tree.emit_event(node, "onDidStopFling", Vec::new());
    }
    tree.mark_place(node);
}

/// Ends what goes on by itself.
pub fn stop(tree: &mut Tree, node: NodeId) {
    stop_running(tree, node);
    if tree.scroll(node).is_some_and(|scroll| scroll.moving == Moving::Fling) {
        finish_if_idle(tree, node);
    }
}

fn stop_running(tree: &mut Tree, node: NodeId) {
    if let Some(scroll) = tree.scroll_mut(node) {
        scroll.horizontal.running = None;
        scroll.vertical.running = None;
    }
    tree.stop_ticking(node);
}

/// The nearest container around that scrolls along an axis.
fn outer(tree: &Tree, node: NodeId, axis: Axis) -> Option<NodeId> {
    std::iter::successors(tree.frame_parent(node), |id| tree.frame_parent(*id))
        .find(|id| tree.scroll(*id).and_then(|scroll| scroll.direction).is_some_and(|direction| direction.allows(axis)))
}

/// The container around that hears of all vertical scrolling inside: a `Refresh`, unless something that scrolls lies between.
fn listener(tree: &Tree, node: NodeId) -> Option<NodeId> {
    if !tree.scroll(node)?.direction?.allows(Axis::Vertical) {
        return None;
    }
    let mut around = tree.frame_parent(node);
    while let Some(id) = around {
        let found = tree.get(id)?;
        if found.component.hears_nested() {
            return Some(id);
        }
        if found.scroll.is_some() {
            return None;
        }
        around = tree.frame_parent(id);
    }
    None
}

fn tell(pass: &mut Pass<'_>, around: NodeId, event: NestedScroll) -> f32 {
    let component = pass.tree.get(around).map(|node| node.component);
    component.map_or(0.0, |component| component.on_nested(pass, around, event))
}
