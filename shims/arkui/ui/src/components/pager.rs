//! Turning pages by hand, by command and by time: what `Swiper` and `Tabs` share.
//!
//! Positions are counted in pages and go on beyond the last page when pages repeat: page 5 of 4 shows the second item.

use crate::component::Setter;
use crate::geometry::{Axis, Point};
use crate::layout::Pass;
use crate::pan::{PanEvent, PanPhase};
use crate::scroll::{EdgeEffect, ease, resistance};
use crate::tree::{NodeId, Tree};
use crate::value::{Args, Callback, Value};

/// A finger that is faster than this when it is lifted, in vp per second, turns the page.
const TURNING_SPEED: f32 = 200.0;

/// A page that turns by itself.
#[derive(Debug, Clone, Copy)]
struct Turn {
    from: f32,
    to: f32,
    /// Since when, in ms.
    since: f64,
}

/// Which page is shown.
#[derive(Debug)]
pub(super) struct Pager {
    /// Along which axis pages lie.
    pub(super) axis: Axis,
    /// Whether the first follows the last.
    pub(super) looped: bool,
    /// How many there are.
    pub(super) count: usize,
    /// How many are seen at once.
    pub(super) shown: usize,
    /// How many a turn goes on by.
    pub(super) step: usize,
    /// The first in sight, when nothing moves.
    pub(super) index: usize,
    /// What the app said last that the index shall be.
    given: Option<usize>,
    /// Told of a new index, for two-way values.
    changed: Option<Callback>,
    /// From one page to the next, in px.
    pub(super) pitch: f32,
    /// Time of a turn in ms.
    pub(super) duration: f64,
    /// What happens at the first and the last page.
    pub(super) effect: EdgeEffect,
    /// Whether a finger turns pages.
    pub(super) interactive: bool,
    position: f32,
    turn: Option<Turn>,
    /// Where it was when a finger came.
    drag: Option<f32>,
}

impl Default for Pager {
    fn default() -> Pager {
        Pager {
            axis: Axis::Horizontal,
            looped: false,
            count: 0,
            shown: 1,
            step: 1,
            index: 0,
            given: None,
            changed: None,
            pitch: 0.0,
            duration: 400.0,
            effect: EdgeEffect::Spring,
            interactive: true,
            position: 0.0,
            turn: None,
            drag: None,
        }
    }
}

/// Finds the pager of a node.
pub(super) type Access = fn(&mut Tree, NodeId) -> Option<&mut Pager>;

impl Pager {
    /// One for tabs: shorter turns, and the first page does not follow the last.
    pub(super) fn for_tabs() -> Pager {
        Pager { duration: 300.0, ..Pager::default() }
    }

    /// One whose first page follows the last.
    pub(super) fn looped() -> Pager {
        Pager { looped: true, ..Pager::default() }
    }

    /// Whether pages repeat: only when more exist than are seen.
    pub(super) fn repeats(&self) -> bool {
        self.looped && self.count > self.shown
    }

    /// The item on a page.
    pub(super) fn item(&self, page: i64) -> Option<usize> {
        let count = i64::try_from(self.count).ok().filter(|count| *count > 0)?;
        if self.repeats() {
            return usize::try_from(page.rem_euclid(count)).ok();
        }
        usize::try_from(page).ok().filter(|page| *page < self.count)
    }

    /// Where it is, in pages.
    pub(super) fn position(&self) -> f32 {
        self.position
    }

    /// Whether anything moves.
    pub(super) fn is_moving(&self) -> bool {
        self.turn.is_some() || self.drag.is_some()
    }

    /// Last page to rest on.
    fn last(&self) -> f32 {
        self.count.saturating_sub(self.shown) as f32
    }

    /// Takes in how many pages there are; the index stays within.
    pub(super) fn set_count(&mut self, count: usize) {
        if self.count == count {
            return;
        }
        self.count = count;
        if count == 0 {
            // The index that the app has given waits for its page.
            return;
        }
        self.index = self.index.min(count - 1);
        if !self.is_moving() {
            self.position = self.rest_at(self.index as f32);
        }
    }

    fn rest_at(&self, page: f32) -> f32 {
        if self.repeats() || self.count == 0 { page } else { page.clamp(0.0, self.last()) }
    }

    fn wrapped(&self, page: f32) -> usize {
        let page = page.round();
        if self.repeats() { page.rem_euclid(self.count as f32) as usize } else { page.max(0.0) as usize }
    }

    /// What the app hears about a movement.
    fn info(&self, density: f32, target: f32, velocity: f32) -> Value {
        let from = self.index as f32;
        let offset = |pages: f32| f64::from((from - pages) * self.pitch / density);
        Value::object([
            ("currentOffset", Value::Number(offset(self.position))),
            ("targetOffset", Value::Number(offset(target))),
            ("velocity", Value::Number(f64::from(velocity / density))),
        ])
    }
}

/// An index, with a function for two-way values, or `{value, changeEvent}`.
pub(super) fn index_value(args: Args<'_>) -> (Option<usize>, Option<Callback>) {
    let first = args.get(0);
    let (value, changed) = match first {
        Value::Object(_) => (first.get("value"), first.get("changeEvent")),
        value => (value, args.get(1)),
    };
    let index = value.as_f64().filter(|index| *index >= 0.0).map(|index| index as usize);
    (index, changed.as_callback().cloned())
}

/// `index(value)`.
pub(super) fn set_index(node: &mut Setter<'_>, access: Access, args: Args<'_>) {
    let (index, changed) = index_value(args);
    let Some(pager) = access(node.tree, node.node) else { return };
    pager.changed = changed;
    let (given, fresh) = (pager.given, pager.count == 0);
    pager.given = index;
    let Some(index) = index.filter(|_| given != index) else { return };
    if fresh {
        pager.index = index;
        pager.position = index as f32;
    } else if index < pager.count && index != pager.index {
        go(node.tree, node.node, access, index as f32, false);
    }
}

/// Goes to a page.
pub(super) fn go(tree: &mut Tree, node: NodeId, access: Access, target: f32, animated: bool) {
    let now = tree.now;
    let density = tree.environment.density;
    let Some(pager) = access(tree, node) else { return };
    let target = pager.rest_at(target.round());
    pager.drag = None;
    if !animated || pager.duration <= 0.0 || pager.pitch <= 0.0 {
        pager.turn = None;
        pager.position = target;
        arrive(tree, node, access);
        return;
    }
    if (target - pager.position).abs() < 0.001 {
        arrive(tree, node, access);
        return;
    }
    pager.turn = Some(Turn { from: pager.position, to: target, since: now });
    let (index, to) = (pager.index as f64, pager.wrapped(target) as f64);
    let info = pager.info(density, target, 0.0);
    tree.emit_event(node, "onAnimationStart", vec![Value::Number(index), Value::Number(to), info]);
    tree.emit_event(node, "onSelected", vec![Value::Number(to)]);
    tree.mark_place(node);
    tree.tick_next(node);
}

/// Goes on or back by pages; beyond the ends only where pages repeat.
pub(super) fn step(tree: &mut Tree, node: NodeId, access: Access, by: f32) {
    let Some(pager) = access(tree, node) else { return };
    let from = pager.turn.map_or(pager.position.round(), |turn| turn.to);
    let target = from + by * pager.step as f32;
    if pager.repeats() || (from - pager.rest_at(target)).abs() > 0.5 {
        go(tree, node, access, target, true);
    }
}

/// The page has come to rest.
fn arrive(tree: &mut Tree, node: NodeId, access: Access) {
    let density = tree.environment.density;
    let Some(pager) = access(tree, node) else { return };
    let index = pager.wrapped(pager.position);
    pager.position = pager.rest_at(index as f32);
    let before = std::mem::replace(&mut pager.index, index);
    let changed = pager.changed.clone().filter(|_| before != index);
    let info = pager.info(density, pager.position, 0.0);
    let number = Value::Number(index as f64);
    if let Some(changed) = changed {
        tree.emit(&changed, vec![number.clone()]);
    }
    if before != index {
        tree.emit_event(node, "onChange", vec![number.clone()]);
    }
    tree.emit_event(node, "onAnimationEnd", vec![number, info]);
    tree.mark_measure(node);
}

/// The page moves on, to where it should be by now.
pub(super) fn tick(tree: &mut Tree, node: NodeId, access: Access) {
    let now = tree.now;
    let Some(pager) = access(tree, node) else { return };
    let Some(turn) = pager.turn else { return };
    let progress = ((now - turn.since) / pager.duration.max(1.0)) as f32;
    if progress >= 1.0 {
        pager.turn = None;
        pager.position = turn.to;
        arrive(tree, node, access);
    } else {
        pager.position = turn.from + (turn.to - turn.from) * ease(progress);
        tree.mark_place(node);
        tree.tick_next(node);
    }
}

/// Ends a turn at once.
pub(super) fn finish(tree: &mut Tree, node: NodeId, access: Access) {
    let Some(pager) = access(tree, node) else { return };
    if let Some(turn) = pager.turn.take() {
        pager.position = turn.to;
        arrive(tree, node, access);
    }
}

/// A finger turns pages.
pub(super) fn on_pan(pass: &mut Pass<'_>, node: NodeId, event: &PanEvent, access: Access) -> Point {
    let tree = &mut *pass.tree;
    let density = tree.environment.density;
    let Some(pager) = access(tree, node) else { return Point::ZERO };
    let axis = pager.axis;
    let delta = event.delta.along(axis);
    match event.phase {
        PanPhase::Touch => Point::ZERO,
        PanPhase::Wheel => {
            if delta != 0.0 && pager.turn.is_none() {
                step(tree, node, access, if delta < 0.0 { 1.0 } else { -1.0 });
            }
            Point::ZERO.with(axis, delta)
        }
        PanPhase::Start | PanPhase::Update => {
            if pager.pitch <= 0.0 {
                return Point::ZERO;
            }
            if pager.drag.is_none() {
                // A turn that is caught goes on from where it is.
                pager.turn = None;
                pager.drag = Some(pager.position);
            }
            let mut by = -delta / pager.pitch;
            if !pager.repeats() {
                let last = pager.last();
                let over = (-pager.position).max(pager.position - last).max(0.0);
                let outwards = (pager.position <= 0.0 && by < 0.0) || (pager.position >= last && by > 0.0);
                if outwards && pager.effect == EdgeEffect::Spring {
                    by *= resistance(over, 1.0);
                }
                pager.position += by;
                if pager.effect != EdgeEffect::Spring {
                    pager.position = pager.position.clamp(0.0, last);
                }
            } else {
                pager.position += by;
            }
            let index = Value::Number(pager.index as f64);
            let info = pager.info(density, pager.position, event.velocity.along(axis));
            tree.emit_event(node, "onGestureSwipe", vec![index, info]);
            tree.mark_place(node);
            Point::ZERO.with(axis, delta)
        }
        PanPhase::End | PanPhase::Cancel => {
            let Some(start) = pager.drag.take() else { return Point::ZERO };
            let velocity = event.velocity.along(axis);
            let fast = event.phase == PanPhase::End && velocity.abs() > TURNING_SPEED * density;
            let moved = pager.position - start;
            // A fast finger turns one page its way, a slow one leaves the page that is nearest.
            let base = start.round();
            let most = pager.step as f32;
            let target = if fast && (velocity < 0.0) == (moved > 0.0) {
                base + if velocity < 0.0 { most } else { -most }
            } else if moved.abs() > most / 2.0 {
                base + most.copysign(moved)
            } else {
                base
            };
            go(tree, node, access, target, true);
            Point::ZERO
        }
    }
}
