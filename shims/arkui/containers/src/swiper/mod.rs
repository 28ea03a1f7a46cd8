//! `Swiper`: pages, one of which (or some) is in sight.
//!
//! - `methods.rs`: attributes, and what controllers do
//! - `pages.rs`: where pages lie
//! - `parts.rs`: the indicator and the arrows as nodes, which take clicks
//! - `indicator.rs`: looks of the indicator
//! - `indicator_component.rs`: an indicator that is not in the swiper

mod indicator;
mod indicator_component;
mod methods;
mod pages;
mod parts;
#[cfg(test)]
mod tests;

pub(super) use indicator_component::IndicatorComponent;
pub(super) use parts::{Arrow, ArrowSide, IndicatorPart};

use super::pager::{self, Pager};
use crate::items::{Built, Items};
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::scroll::EdgeEffect;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use concord_ui::value::{Callback, Value};
use indicator::Indicator;
use pages::{Display, Pages};
use parts::{ArrowStyle, Parts};
use rustc_hash::FxHashMap;
use std::any::Any;

/// See the module.
pub(super) struct Swiper;

/// Most pages in sight.
const MOST_SHOWN: usize = 100;

/// What a swiper is told, and what it has laid out.
struct State {
    pager: Pager,
    space: Option<Length>,
    margins: (Option<Length>, Option<Length>),
    /// Whether the space before the first page, and behind the last one, is left out.
    ignores_blank: (bool, bool),
    display: Display,
    by_group: bool,
    cached: usize,
    disabled: bool,
    auto_play: bool,
    /// Whether `autoPlay` waits while a finger or the mouse is on it.
    stops_when_touched: bool,
    touched: bool,
    /// Between two turns of `autoPlay`, in ms.
    interval: f64,
    /// When `autoPlay` turns next.
    next: Option<f64>,
    indicator: Indicator,
    /// The `IndicatorComponent` that shows its pages.
    follower: Option<NodeId>,
    interactive: bool,
    arrows: Option<ArrowStyle>,
    /// Whether arrows are only there under the mouse.
    arrows_on_hover: bool,
    parts: Parts,
    /// `customContentTransition`: called for each page in sight whenever pages have moved.
    transition: Option<Callback>,
    /// `maintainVisibleContentPosition`.
    keeps_page: bool,
    /// Extents of pages along the axis, where each has its own.
    extents: FxHashMap<usize, f32>,
    /// The page that was shown at rest, to find it again.
    page: Option<NodeId>,
    /// Where pages were when the app was told last.
    told: f32,
    built: Built,
}

impl Default for State {
    fn default() -> State {
        State {
            pager: Pager::looped(),
            space: None,
            margins: (None, None),
            ignores_blank: (false, false),
            display: Display::Count(1),
            by_group: false,
            cached: 1,
            disabled: false,
            auto_play: false,
            stops_when_touched: true,
            touched: false,
            interval: 3000.0,
            next: None,
            indicator: Indicator::default(),
            follower: None,
            interactive: true,
            arrows: None,
            arrows_on_hover: false,
            parts: Parts::default(),
            transition: None,
            keeps_page: false,
            extents: FxHashMap::default(),
            page: None,
            told: 0.0,
            built: Built::default(),
        }
    }
}

impl pager::Paged for State {
    fn pager(&mut self) -> &mut Pager {
        &mut self.pager
    }
}

fn access(tree: &mut Tree, node: NodeId) -> Option<&mut Pager> {
    pager::access::<State>(tree, node)
}

/// The pages, without the parts that the swiper has made itself.
fn items_of(tree: &Tree, node: NodeId) -> Items {
    let skip = tree.state::<State>(node).map(|state| state.parts.nodes()).unwrap_or_default();
    Items::collect(tree, node, &skip)
}

/// Takes in how many pages there are. A page that is to stay in sight is found again behind what was put before it.
fn count_pages(tree: &Tree, state: &mut State, items: &Items) {
    items.follow(tree, &mut state.built);
    let before = state.pager.count;
    let kept =
        state.page.filter(|_| state.keeps_page && before > 0 && before != items.len() && !state.pager.is_moving());
    if let Some(page) = kept
        && let Some((index, _)) = items.present(&state.built).into_iter().find(|(_, node)| *node == page)
    {
        state.pager.count = items.len();
        state.pager.stay(index);
    }
    state.pager.set_count(items.len());
}

/// Measures the pages in sight and those near them. Returns the largest.
fn lay_out(pass: &mut Pass<'_>, node: NodeId, content: Size, cross_known: bool) -> Size {
    let items = items_of(pass.tree, node);
    let Some(mut state) = pass.tree.state_mut::<State>(node).map(std::mem::take) else { return Size::ZERO };
    count_pages(pass.tree, &mut state, &items);
    let pages = Pages::new(pass.tree, &state, content);
    state.pager.shown = pages.shown;
    state.pager.step = if state.by_group { pages.shown } else { 1 };
    state.pager.whole_groups = state.by_group;
    state.pager.pitch = pages.pitch(&state);
    let axis = state.pager.axis;
    let cross = content.along(axis.cross());
    let previous = pass.tree.set_building(Some(node));
    let own_extent = matches!(state.display, Display::Auto);
    let (first, last) = pages.in_sight(&state);
    let cached = i64::try_from(state.cached).unwrap_or(0).min(MOST_SHOWN as i64);
    let mut largest = Size::ZERO;
    let mut kept: Vec<usize> = Vec::new();
    let near = (first - cached..=last + cached)
        .filter_map(|page| Some((state.pager.item(page)?, page >= first && page <= last)));
    let wanted = state.pager.preload.iter().map(|index| (*index, false));
    for (index, in_sight) in near.chain(wanted).collect::<Vec<_>>() {
        let Some(item) = items.node(pass, &mut state.built, index) else { continue };
        if kept.contains(&index) {
            continue;
        }
        kept.push(index);
        let own = pass.tree.get(item).map_or((false, false), |item| {
            let (width, height) = (item.common.width.is_some(), item.common.height.is_some());
            if axis == Axis::Horizontal { (width, height) } else { (height, width) }
        });
        let size = Size::on(axis, pages.page, cross);
        let margin = pass
            .tree
            .get(item)
            .map_or(Default::default(), |item| item.common.margin.resolve(&pass.tree.environment, size.width, false));
        let mut ideal = Ideal::default();
        if !own.0 && !own_extent {
            ideal = ideal.with(axis, Some((pages.page - margin.along(axis)).max(0.0)));
        }
        if !own.1 && cross_known {
            ideal = ideal.with(axis.cross(), Some((cross - margin.along(axis.cross())).max(0.0)));
        }
        pass.measure(item, &Constraint { min: Size::ZERO, max: size, percent: size, ideal });
        if own_extent {
            state.extents.insert(index, pass.outer(item).along(axis));
        }
        if in_sight {
            largest = largest.max(pass.outer(item));
        }
    }
    if !state.pager.is_moving() {
        let keep = kept.iter().min().copied().unwrap_or(0)..kept.iter().max().map_or(0, |last| last + 1);
        items.release_outside(pass, &mut state.built, &keep);
        state.page = items.existing(&state.built, state.pager.index);
    }
    state.pager.pitch = pages.pitch(&state);
    pass.tree.set_building(previous);
    if let Some(place) = pass.tree.state_mut::<State>(node) {
        *place = state;
    }
    let main = pages.pitch * (pages.shown - 1) as f32;
    largest.with(axis, largest.along(axis) + main)
}

/// Tells the app where each page in sight is, when pages have moved since the last time.
fn tell_moved(pass: &mut Pass<'_>, node: NodeId, pages: &Pages) {
    let density = pass.tree.environment.density;
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    let position = state.pager.position();
    if std::mem::replace(&mut state.told, position) == position {
        return;
    }
    let (first, last) = pages.in_sight(state);
    let selected = state.pager.index;
    let transition = state.transition.clone();
    let extent = f64::from(pages.page / density);
    let shown: Vec<(usize, f32)> =
        (first..=last).filter_map(|page| Some((state.pager.item(page)?, page as f32 - position))).collect();
    for (index, at) in shown {
        let numbers = [selected as f64, index as f64, f64::from(at), extent].map(Value::Number).to_vec();
        if let Some(transition) = &transition {
            pass.host.call(pass.tree, transition, &numbers);
        }
        pass.tree.emit_event(node, "onContentDidScroll", numbers);
    }
}

impl Component for Swiper {
    fn name(&self) -> &'static str {
        "Swiper"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn builds_lazily(&self) -> bool {
        true
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn methods(&self) -> &'static [Method] {
        &methods::METHODS
    }

    fn commands(&self) -> &'static [Method] {
        &methods::COMMANDS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let content = constraint.room();
        parts::prepare(pass.tree, node);
        let axis = pass.tree.state::<State>(node).map_or(Axis::Horizontal, |state| state.pager.axis);
        let cross_known = constraint.ideal.along(axis.cross()).is_some();
        let largest = lay_out(pass, node, content, cross_known);
        play(pass.tree, node);
        constraint.fit(largest)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(found) = pass.tree.get(node) else { return };
        let content = found.layout.content();
        lay_out(pass, node, content.size, true);
        let follower = pass.tree.state::<State>(node).and_then(|state| Some((state.follower?, parts::shown(state))));
        if let Some((follower, shown)) = follower {
            indicator_component::follow(pass.tree, follower, &shown);
        }
        let items = items_of(pass.tree, node);
        let Some(state) = pass.tree.state::<State>(node) else { return };
        let axis = state.pager.axis;
        let pages = Pages::new(pass.tree, state, content.size);
        let (first, last) = pages.in_sight(state);
        let mut placed: Vec<(NodeId, f32, f32)> = Vec::new();
        for page in first..=last {
            let index = state.pager.item(page);
            let Some(item) = index.and_then(|index| items.existing(&state.built, index)) else { continue };
            // With few pages, one can be due at both ends; it is only at one.
            if !placed.iter().any(|(known, ..)| *known == item) {
                placed.push((item, pages.at(state, page), pages.extent(state, page)));
            }
        }
        let right_to_left = axis == Axis::Horizontal && pass.tree.is_right_to_left(node);
        for (item, at, page) in placed {
            let outer = pass.outer(item);
            let mut main = at + (page - outer.along(axis)).max(0.0) / 2.0;
            if right_to_left {
                main = content.size.width - main - outer.width;
            }
            let cross = (content.size.along(axis.cross()) - outer.along(axis.cross())) / 2.0;
            pass.place_child(item, content.origin + Point::on(axis, main, cross));
        }
        parts::place(pass, node);
        tell_moved(pass, node, &pages);
    }

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        let state = tree.state::<State>(node)?;
        let pages = state.pager.count > state.pager.shown || state.pager.effect == EdgeEffect::Spring;
        (!state.disabled && pages && state.pager.count > 0).then(|| PanAxis::from(state.pager.axis))
    }

    fn drags_by_mouse(&self) -> bool {
        true
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        let mut event = *event;
        let Some(axis) = access(pass.tree, node).map(|pager| pager.axis) else { return Point::ZERO };
        if axis == Axis::Horizontal && pass.tree.is_right_to_left(node) {
            event.delta.x = -event.delta.x;
            event.velocity.x = -event.velocity.x;
        }
        if matches!(event.phase, PanPhase::Start | PanPhase::Update) && !allows(pass, node, event.delta.along(axis)) {
            return Point::ZERO;
        }
        let held = matches!(event.phase, PanPhase::Touch | PanPhase::Start | PanPhase::Update);
        if let Some(state) = pass.tree.state_mut::<State>(node).filter(|_| event.phase != PanPhase::Wheel) {
            state.touched = held && event.phase != PanPhase::Touch;
        }
        let used = pager::on_pan(pass, node, &event, access);
        play(pass.tree, node);
        if axis == Axis::Horizontal && pass.tree.is_right_to_left(node) { Point::new(-used.x, used.y) } else { used }
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        pager::tick(pass.tree, node, access);
        let now = pass.tree.now;
        let Some(state) = pass.tree.state_mut::<State>(node) else { return };
        let due = state.next.is_some_and(|next| next <= now);
        if due {
            state.next = None;
            let at_end = !state.pager.repeats() && state.pager.index + state.pager.shown >= state.pager.count;
            if state.auto_play && !state.pager.is_moving() && !at_end {
                pager::step(pass.tree, node, access, 1.0);
            }
        }
        play(pass.tree, node);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("index", state.pager.index.to_string());
        out.text("currentIndex", state.pager.index.to_string());
        out.flag("autoPlay", state.auto_play);
        out.text("interval", format!("{}", state.interval));
        out.text("duration", format!("{}", state.pager.duration));
        out.flag("vertical", state.pager.axis == Axis::Vertical);
        out.flag("loop", state.pager.looped);
        out.flag("disableSwipe", state.disabled);
        out.length("itemSpace", state.space.as_ref().unwrap_or(&Length::ZERO), &tree.environment);
        out.text("displayCount", state.pager.shown.to_string());
    }
}

/// Asks the app whether a finger may move the pages (`onContentWillScroll`).
fn allows(pass: &mut Pass<'_>, node: NodeId, delta: f32) -> bool {
    let known = pass.tree.get(node).is_some_and(|node| node.common.events.contains_key("onContentWillScroll"));
    if !known || delta == 0.0 {
        return true;
    }
    let density = pass.tree.environment.density;
    let Some(pager) = access(pass.tree, node) else { return true };
    let number = |index: usize| Value::Number(index as f64);
    let result = Value::object([
        ("currentIndex", number(pager.index)),
        ("comingIndex", number(pager.coming(-delta))),
        ("offset", Value::Number(f64::from(delta / density))),
    ]);
    let answer = pass.call_event(node, "onContentWillScroll", &[result]);
    answer.and_then(|answer| answer.as_bool()) != Some(false)
}

/// Sets the time of the next turn of `autoPlay`: counted from when the last one is over.
fn play(tree: &mut Tree, node: NodeId) {
    let now = tree.now;
    let Some(state) = tree.state_mut::<State>(node) else { return };
    let waits = state.pager.is_moving() || (state.touched && state.stops_when_touched);
    if !state.auto_play || state.pager.count <= state.pager.shown || waits {
        state.next = None;
        return;
    }
    let next = *state.next.get_or_insert(now + state.interval);
    tree.tick_at(node, next);
}
