//! Turning pages by hand, by command and by time: what `Swiper` and `Tabs` share. What they are told in the same words is in
//! `methods.rs`.
//!
//! Positions are counted in pages and go on beyond the last page when pages repeat: page 5 of 4 shows the second item.

mod methods;

pub(super) use methods::{attributes, commands, curve, edge_effect};

use concord_ui::animation::{Curve, Spring};
use concord_ui::bound::Bound;
use concord_ui::component::Setter;
use concord_ui::geometry::{Axis, Point};
use concord_ui::layout::Pass;
use concord_ui::pan::{PanEvent, PanPhase};
use concord_ui::scroll::{EdgeEffect, Moving, ease, resistance};
use concord_ui::tree::{MAX_DEPTH, NodeId, Tree};
use concord_ui::value::{Args, Callback, Value};

/// A finger that is faster than this when it is lifted, in vp per second, turns the page.
const TURNING_SPEED: f32 = 200.0;

/// A page that turns by itself.
#[derive(Debug, Clone, Copy)]
struct Turn {
    from: f32,
    to: f32,
    /// Since when, in ms.
    since: f64,
    /// How long it takes, in ms.
    duration: f64,
    /// Whether a finger has let go.
    released: bool,
}

/// How pages turn where the app says no curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Habit {
    /// Slow at both ends, in the time of the attribute.
    #[default]
    Ease,
    /// As a `Swiper` does: a spring that takes the time that it needs; at one speed for apps made before API 12.
    Spring,
    /// As `Tabs` do: fast in the beginning; with a spring when a finger has let go.
    Tabs,
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
    /// The curve of turns, when the app says one.
    pub(super) curve: Option<Curve>,
    /// The curve of turns otherwise.
    pub(super) habit: Habit,
    /// `nestedScroll`: at an end the container around goes on.
    pub(super) nested: bool,
    /// `PageFlipMode.SINGLE`: a wheel turns no page while one turns.
    pub(super) single_flips: bool,
    /// Whether the pages of the last turn that is not full leave the rest of the box free.
    pub(super) whole_groups: bool,
    /// `preloadItems`: pages that are built before they are seen.
    pub(super) preload: Vec<usize>,
    /// What moves it, as the app was told.
    moving: Moving,
    /// The container around that goes on with the finger.
    outer: Option<NodeId>,
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
            curve: None,
            habit: Habit::Ease,
            nested: false,
            single_flips: false,
            whole_groups: false,
            preload: Vec::new(),
            moving: Moving::Idle,
            outer: None,
            position: 0.0,
            turn: None,
            drag: None,
        }
    }
}

/// The state of a component with pages.
pub(super) trait Paged: 'static {
    /// Which of them is shown.
    fn pager(&mut self) -> &mut Pager;
}

/// Finds the pager of a node.
pub(super) type Access = fn(&mut Tree, NodeId) -> Option<&mut Pager>;

/// The [`Access`] for nodes with a state.
pub(super) fn access<T: Paged>(tree: &mut Tree, node: NodeId) -> Option<&mut Pager> {
    tree.state_mut::<T>(node).map(Paged::pager)
}

impl Pager {
    /// One for tabs: shorter turns, and the first page does not follow the last.
    pub(super) fn for_tabs() -> Pager {
        Pager { duration: 300.0, habit: Habit::Tabs, ..Pager::default() }
    }

    /// One whose first page follows the last.
    pub(super) fn looped() -> Pager {
        Pager { looped: true, habit: Habit::Spring, ..Pager::default() }
    }

    /// Whether pages repeat: only when more exist than are seen.
    pub(super) fn repeats(&self) -> bool {
        self.looped && self.count > self.shown
    }

    /// The item on a page.
    pub(super) fn item(&self, page: i64) -> Option<usize> {
        let count = i64::try_from(self.round()).ok().filter(|count| *count > 0)?;
        if self.repeats() {
            return usize::try_from(page.rem_euclid(count)).ok().filter(|page| *page < self.count);
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

    /// Pages of one round: those of the last group count too, when groups are whole.
    fn round(&self) -> usize {
        if self.whole_groups { self.count.next_multiple_of(self.step.max(1)) } else { self.count }
    }

    /// Last page to rest on.
    pub(super) fn last(&self) -> f32 {
        self.round().saturating_sub(self.shown) as f32
    }

    /// Whether a movement by pages leads beyond the first or the last one.
    fn leads_out(&self, by: f32) -> bool {
        !self.repeats() && ((self.position <= 0.0 && by < 0.0) || (self.position >= self.last() && by > 0.0))
    }

    /// The page that a movement in a direction (positive is on) leads to from the one that is shown.
    pub(super) fn coming(&self, by: f32) -> usize {
        let step = self.step as f32;
        let target = self.index as f32 + if by > 0.0 { step } else { -step };
        self.wrapped(self.rest_at(target))
    }

    /// The curve of a turn, and how long it takes in ms.
    fn timing(&self, api: u32, released: bool) -> (Option<Curve>, f64) {
        let curve = self.curve.clone().or(match self.habit {
            Habit::Ease => None,
            Habit::Tabs if released => Some(Curve::Interpolating(Spring::of_mass(-1.0, 1.0, 228.0, 30.0))),
            Habit::Tabs => Some(Curve::bezier(0.2, 0.0, 0.1, 1.0)),
            Habit::Spring if api < 12 => Some(Curve::LINEAR),
            Habit::Spring => Some(Curve::Interpolating(Spring::of_mass(-1.0, 1.0, 328.0, 34.0))),
        });
        let duration = curve.as_ref().and_then(Curve::own_duration).unwrap_or(self.duration);
        (curve, duration)
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

    /// Stays on a page that has another index now.
    pub(super) fn stay(&mut self, index: usize) {
        self.index = index;
        self.position = index as f32;
    }

    fn rest_at(&self, page: f32) -> f32 {
        if self.repeats() || self.count == 0 { page } else { page.clamp(0.0, self.last()) }
    }

    fn wrapped(&self, page: f32) -> usize {
        let page = page.round();
        if self.repeats() { page.rem_euclid(self.round() as f32) as usize } else { page.max(0.0) as usize }
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

/// `index(value)`.
pub(super) fn set_index(node: &mut Setter<'_>, access: Access, args: Args<'_>) {
    let bound = Bound::args(args);
    let index = bound.value.as_index();
    let Some(pager) = access(node.tree, node.node) else { return };
    pager.changed = bound.change;
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
    turn(tree, node, access, target, animated, false);
}

fn turn(tree: &mut Tree, node: NodeId, access: Access, target: f32, animated: bool, released: bool) {
    let now = tree.now;
    let (density, api) = (tree.environment.density, tree.environment.target_api);
    let Some(pager) = access(tree, node) else { return };
    let target = pager.rest_at(target.round());
    pager.drag = None;
    let (_, duration) = pager.timing(api, released);
    let (index, to) = (pager.index, pager.wrapped(target));
    let selects = |tree: &mut Tree| {
        if index != to {
            tree.emit_event(node, "onUnselected", vec![Value::Number(index as f64)]);
            tree.emit_event(node, "onSelected", vec![Value::Number(to as f64)]);
        }
    };
    if !animated || duration <= 0.0 || pager.pitch <= 0.0 {
        pager.turn = None;
        pager.position = target;
        selects(tree);
        arrive(tree, node, access);
        return;
    }
    if (target - pager.position).abs() < 0.001 {
        arrive(tree, node, access);
        return;
    }
    pager.turn = Some(Turn { from: pager.position, to: target, since: now, duration, released });
    let info = pager.info(density, target, 0.0);
    set_moving(tree, node, access, Moving::Fling);
    let numbers = [index, to].map(|index| Value::Number(index as f64));
    tree.emit_event(node, "onAnimationStart", numbers.into_iter().chain([info]).collect());
    selects(tree);
    tree.mark_place(node);
    tree.tick_next(node);
}

/// Goes to a page that may be far away: only the last turn is seen (`SwiperAnimationMode.FAST_ANIMATION`).
pub(super) fn go_fast(tree: &mut Tree, node: NodeId, access: Access, target: f32) {
    let Some(pager) = access(tree, node) else { return };
    let target = pager.rest_at(target.round());
    let far = pager.shown as f32;
    if target - pager.position > far {
        pager.position = target - far;
    } else if pager.position - target > far {
        pager.position = target + far;
    }
    pager.turn = None;
    go(tree, node, access, target, true);
}

/// What moves the pages now; the app hears when it is something else than before.
fn set_moving(tree: &mut Tree, node: NodeId, access: Access, moving: Moving) {
    let Some(pager) = access(tree, node) else { return };
    if pager.moving != moving {
        pager.moving = moving;
        tree.emit_event(node, "onScrollStateChanged", vec![Value::Number(f64::from(moving as u8))]);
    }
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
    set_moving(tree, node, access, Moving::Idle);
    tree.mark_measure(node);
}

/// The page moves on, to where it should be by now.
pub(super) fn tick(tree: &mut Tree, node: NodeId, access: Access) {
    let (now, api) = (tree.now, tree.environment.target_api);
    let Some(pager) = access(tree, node) else { return };
    let Some(turn) = pager.turn else { return };
    let progress = ((now - turn.since) / turn.duration.max(1.0)) as f32;
    if progress >= 1.0 {
        pager.turn = None;
        pager.position = turn.to;
        arrive(tree, node, access);
    } else {
        let part = match pager.timing(api, turn.released).0 {
            Some(curve) => curve.at(f64::from(progress)) as f32,
            None => ease(progress),
        };
        pager.position = turn.from + (turn.to - turn.from) * part;
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

/// The container around that turns pages or scrolls along an axis by hand.
fn around(tree: &Tree, node: NodeId, axis: Axis) -> Option<NodeId> {
    std::iter::successors(tree.frame_parent(node), |id| tree.frame_parent(*id)).take(MAX_DEPTH).find(|id| {
        let component = tree.get(*id).map(|node| node.component);
        component.and_then(|component| component.pan_axis(tree, *id)).is_some_and(|allowed| allowed.allows(axis))
    })
}

/// Hands a movement on to the container around, which takes part until the finger is lifted.
fn hand_on(pass: &mut Pass<'_>, node: NodeId, access: Access, event: &PanEvent) -> Point {
    let Some(pager) = access(pass.tree, node) else { return Point::ZERO };
    let (axis, known) = (pager.axis, pager.outer);
    let Some(outer) = known.or_else(|| around(pass.tree, node, axis)) else { return Point::ZERO };
    if let Some(pager) = access(pass.tree, node) {
        pager.outer = Some(outer);
    }
    let Some(component) = pass.tree.get(outer).map(|node| node.component) else { return Point::ZERO };
    let phase = if known.is_none() { PanPhase::Start } else { event.phase };
    component.on_pan(pass, outer, &PanEvent { phase, ..*event })
}

/// A finger turns pages.
pub(super) fn on_pan(pass: &mut Pass<'_>, node: NodeId, event: &PanEvent, access: Access) -> Point {
    let Some(pager) = access(pass.tree, node) else { return Point::ZERO };
    let axis = pager.axis;
    let delta = event.delta.along(axis);
    match event.phase {
        PanPhase::Touch => Point::ZERO,
        PanPhase::Wheel => {
            if delta != 0.0 && (pager.turn.is_none() || !pager.single_flips) {
                step(pass.tree, node, access, if delta < 0.0 { 1.0 } else { -1.0 });
            }
            Point::ZERO.with(axis, delta)
        }
        PanPhase::Start | PanPhase::Update => {
            let handed = pager.outer.is_some();
            if (pager.nested && pager.leads_out(-delta)) || handed {
                let used = hand_on(pass, node, access, event);
                if used != Point::ZERO || handed {
                    return used;
                }
            }
            drag(pass.tree, node, access, delta, event.velocity.along(axis))
        }
        PanPhase::End | PanPhase::Cancel => {
            if pager.outer.is_some() {
                hand_on(pass, node, access, event);
                if let Some(pager) = access(pass.tree, node) {
                    pager.outer = None;
                }
            }
            let velocity = if event.phase == PanPhase::End { event.velocity.along(axis) } else { 0.0 };
            release(pass.tree, node, access, velocity);
            Point::ZERO
        }
    }
}

/// Whether a finger, or the app in its place, holds the pages.
pub(super) fn is_dragged(tree: &mut Tree, node: NodeId, access: Access) -> bool {
    access(tree, node).is_some_and(|pager| pager.drag.is_some())
}

/// Begins a drag by the app (`startFakeDrag`). Returns whether it could.
pub(super) fn start_drag(tree: &mut Tree, node: NodeId, access: Access) -> bool {
    let Some(pager) = access(tree, node).filter(|pager| pager.drag.is_none() && pager.count > 0) else { return false };
    pager.turn = None;
    pager.drag = Some(pager.position);
    set_moving(tree, node, access, Moving::Drag);
    true
}

/// Moves the pages along with something that holds them, by px. Returns what was used.
pub(super) fn drag(tree: &mut Tree, node: NodeId, access: Access, delta: f32, velocity: f32) -> Point {
    let (density, api) = (tree.environment.density, tree.environment.target_api);
    let Some(pager) = access(tree, node).filter(|pager| pager.pitch > 0.0) else { return Point::ZERO };
    let axis = pager.axis;
    if pager.drag.is_none() {
        // A turn that is caught goes on from where it is.
        pager.turn = None;
        pager.drag = Some(pager.position);
    }
    let mut by = -delta / pager.pitch;
    if !pager.repeats() {
        let last = pager.last();
        if pager.leads_out(by) && pager.effect == EdgeEffect::Spring {
            let over = (-pager.position).max(pager.position - last).max(0.0);
            by *= resistance(over, 1.0, api);
        }
        pager.position += by;
        if pager.effect != EdgeEffect::Spring {
            pager.position = pager.position.clamp(0.0, last);
        }
    } else {
        pager.position += by;
    }
    let index = Value::Number(pager.index as f64);
    let info = pager.info(density, pager.position, velocity);
    set_moving(tree, node, access, Moving::Drag);
    tree.emit_event(node, "onGestureSwipe", vec![index, info]);
    tree.mark_place(node);
    Point::ZERO.with(axis, delta)
}

/// What held the pages lets them go, at a speed (px per second, of the finger).
pub(super) fn release(tree: &mut Tree, node: NodeId, access: Access, velocity: f32) {
    let density = tree.environment.density;
    let Some(pager) = access(tree, node) else { return };
    let Some(start) = pager.drag.take() else { return };
    let fast = velocity.abs() > TURNING_SPEED * density;
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
    turn(tree, node, access, target, true, true);
}
