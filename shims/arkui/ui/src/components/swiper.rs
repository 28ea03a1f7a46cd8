//! `Swiper`: pages, one of which (or some) is in sight.

use super::pager::{self, Pager};
use super::swiper_indicator::{Dots, Indicator, Shown};
use crate::common::handlers;
use crate::component::{Component, Method};
use crate::geometry::{Axis, Point, Size};
use crate::inspector::Attributes;
use crate::items::{Built, Items};
use crate::layout::{Constraint, ContentConstraint, Ideal, Pass};
use crate::pan::{PanAxis, PanEvent};
use crate::scroll::EdgeEffect;
use crate::tree::{NodeId, Tree};
use crate::units::{Length, Unit};
use crate::value::{Args, Value};
use concord_paint::Painter;
use std::any::Any;

/// See the module.
pub(super) struct Swiper;

/// Most pages in sight.
const MOST_SHOWN: usize = 100;
struct State {
    pager: Pager,
    space: Option<Length>,
    margins: (Option<Length>, Option<Length>),
    display: Display,
    by_group: bool,
    cached: usize,
    disabled: bool,
    auto_play: bool,
    /// Between two turns of `autoPlay`, in ms.
    interval: f64,
    /// When `autoPlay` turns next.
    next: Option<f64>,
    indicator: Indicator,
    built: Built,
}

/// `displayCount`.
#[derive(Debug, Clone, PartialEq)]
enum Display {
    Count(usize),
    /// As many as fit when each is at least this large.
    AtLeast(Length),
}

impl Default for State {
    fn default() -> State {
        State {
            pager: Pager::looped(),
            space: None,
            margins: (None, None),
            display: Display::Count(1),
            by_group: false,
            cached: 1,
            disabled: false,
            auto_play: false,
            interval: 3000.0,
            next: None,
            indicator: Indicator::default(),
            built: Built::default(),
        }
    }
}

fn access(tree: &mut Tree, node: NodeId) -> Option<&mut Pager> {
    tree.state_mut::<State>(node).map(|state| &mut state.pager)
}

/// Where pages lie, in px along the axis.
struct Pages {
    start: f32,
    page: f32,
    pitch: f32,
    viewport: f32,
}

impl State {
    fn pages(&self, tree: &Tree, content: Size) -> (Pages, usize) {
        let viewport = content.along(self.pager.axis);
        let px = |length: &Option<Length>| {
            let length = length.as_ref().and_then(|length| length.resolve(&tree.environment, viewport));
            length.unwrap_or(0.0).clamp(0.0, viewport.max(0.0))
        };
        let space = px(&self.space);
        let start = px(&self.margins.0);
        let inner = (viewport - start - px(&self.margins.1)).max(0.0);
        let shown = match &self.display {
            Display::Count(count) => *count,
            Display::AtLeast(least) => {
                let least = least.resolve(&tree.environment, viewport).unwrap_or(inner).max(1.0);
                ((inner + space) / (least + space)).floor() as usize
            }
        };
        let shown = shown.clamp(1, MOST_SHOWN);
        let page = ((inner - space * (shown - 1) as f32) / shown as f32).max(0.0);
        (Pages { start, page, pitch: page + space, viewport }, shown)
    }

    /// First and last page in sight.
    fn in_sight(&self, pages: &Pages) -> (i64, i64) {
        if pages.pitch <= 0.0 {
            return (0, 0);
        }
        let position = self.pager.position();
        let first = (position - pages.start / pages.pitch).floor() as i64;
        let last = (position + (pages.viewport - pages.start) / pages.pitch - 0.001).floor() as i64;
        (first, last.min(first + MOST_SHOWN as i64))
    }
}

/// Measures the pages in sight and those near them. Returns the largest.
fn lay_out(pass: &mut Pass<'_>, node: NodeId, content: Size, cross_known: bool) -> Size {
    let Some(mut state) = pass.tree.state_mut::<State>(node).map(std::mem::take) else { return Size::ZERO };
    let items = Items::collect(pass.tree, node, &[]);
    state.pager.set_count(items.len());
    let (pages, shown) = state.pages(pass.tree, content);
    state.pager.shown = shown;
    state.pager.step = if state.by_group { shown } else { 1 };
    state.pager.pitch = pages.pitch;
    let axis = state.pager.axis;
    let cross = content.along(axis.cross());
    let previous = pass.tree.set_building(Some(node));
    let (first, last) = state.in_sight(&pages);
    let cached = i64::try_from(state.cached).unwrap_or(0).min(MOST_SHOWN as i64);
    let mut largest = Size::ZERO;
    let mut kept: Vec<usize> = Vec::new();
    for page in first - cached..=last + cached {
        let Some(index) = state.pager.item(page) else { continue };
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
        if !own.0 {
            ideal = ideal.with(axis, Some((pages.page - margin.along(axis)).max(0.0)));
        }
        if !own.1 && cross_known {
            ideal = ideal.with(axis.cross(), Some((cross - margin.along(axis.cross())).max(0.0)));
        }
        pass.measure(item, &Constraint { min: Size::ZERO, max: size, percent: size, ideal });
        if page >= first && page <= last {
            largest = largest.max(pass.outer(item));
        }
    }
    if !state.pager.is_moving() {
        let keep = kept.iter().min().copied().unwrap_or(0)..kept.iter().max().map_or(0, |last| last + 1);
        items.release_outside(pass, &mut state.built, &keep);
    }
    pass.tree.set_building(previous);
    if let Some(place) = pass.tree.state_mut::<State>(node) {
        *place = state;
    }
    let main = pages.pitch * (shown - 1) as f32;
    largest.with(axis, largest.along(axis) + main)
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
        static ALL: std::sync::LazyLock<Vec<Method>> =
            std::sync::LazyLock::new(|| METHODS.iter().chain(EVENTS).copied().collect());
        &ALL
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let content = Size::new(
            constraint.ideal.width.unwrap_or(constraint.max.width),
            constraint.ideal.height.unwrap_or(constraint.max.height),
        );
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
        let Some(state) = pass.tree.state::<State>(node) else { return };
        let axis = state.pager.axis;
        let items = Items::collect(pass.tree, node, &[]);
        let (pages, _) = state.pages(pass.tree, content.size);
        let (first, last) = state.in_sight(&pages);
        let position = state.pager.position();
        let mut placed: Vec<(NodeId, f32)> = Vec::new();
        for page in first..=last {
            let index = state.pager.item(page);
            let Some(item) = index.and_then(|index| items.existing(&state.built, index)) else { continue };
            // With few pages, one can be due at both ends; it is only at one.
            if !placed.iter().any(|(known, _)| *known == item) {
                placed.push((item, pages.start + (page as f32 - position) * pages.pitch));
            }
        }
        for (item, at) in placed {
            let outer = pass.outer(item);
            let main = at + (pages.page - outer.along(axis)).max(0.0) / 2.0;
            let cross = (content.size.along(axis.cross()) - outer.along(axis.cross())) / 2.0;
            pass.place_child(item, content.origin + Point::on(axis, main, cross));
        }
    }

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        let state = tree.state::<State>(node)?;
        let pages = state.pager.count > state.pager.shown || state.pager.effect == EdgeEffect::Spring;
        (!state.disabled && pages && state.pager.count > 0).then(|| PanAxis::from(state.pager.axis))
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        let used = pager::on_pan(pass, node, event, access);
        play(pass.tree, node);
        used
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

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let group = if state.by_group { state.pager.shown } else { 1 };
        let shown = Shown {
            count: state.pager.count.div_ceil(group),
            selected: state.pager.index / group,
            axis: state.pager.axis,
        };
        state.indicator.paint(tree, node, &shown, painter);
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

/// Sets the time of the next turn of `autoPlay`: counted from when the last one is over.
fn play(tree: &mut Tree, node: NodeId) {
    let now = tree.now;
    let Some(state) = tree.state_mut::<State>(node) else { return };
    if !state.auto_play || state.pager.count <= state.pager.shown {
        state.next = None;
        return;
    }
    if state.pager.is_moving() {
        state.next = None;
        return;
    }
    let next = *state.next.get_or_insert(now + state.interval);
    tree.tick_at(node, next);
}

fn display(args: Args<'_>) -> (Display, bool) {
    let value = args.get(0);
    let by_group = args.get(1).as_bool() == Some(true);
    if let Some(least) = Length::from_value(value.get("minSize"), Unit::Vp) {
        return (Display::AtLeast(least), by_group);
    }
    let count = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|count| *count >= 1.0);
    (Display::Count(count.map_or(1, |count| count as usize)), by_group)
}

fn millis(value: &Value, default: f64) -> f64 {
    value.as_f64().filter(|ms| *ms >= 0.0).unwrap_or(default)
}

fn length(value: &Value) -> Option<Length> {
    Length::from_value(value, Unit::Vp)
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method {
        name: "index",
        apply: |node, args| {
            pager::set_index(node, access, args);
            Value::Undefined
        },
    },
    Method {
        name: "loop",
        apply: |node, args| {
            let looped = args.get(0).as_bool() != Some(false);
            node.restyle(|state: &mut State| state.pager.looped = looped)
        },
    },
    Method {
        name: "vertical",
        apply: |node, args| {
            let axis = if args.get(0).as_bool() == Some(true) { Axis::Vertical } else { Axis::Horizontal };
            node.restyle(|state: &mut State| state.pager.axis = axis)
        },
    },
    Method {
        name: "duration",
        apply: |node, args| {
            let duration = millis(args.get(0), 400.0);
            node.restyle(|state: &mut State| state.pager.duration = duration)
        },
    },
    Method {
        name: "autoPlay",
        apply: |node, args| {
            let auto_play = args.get(0).as_bool() == Some(true);
            node.restyle(|state: &mut State| state.auto_play = auto_play)
        },
    },
    Method {
        name: "interval",
        apply: |node, args| {
            let interval = millis(args.get(0), 3000.0).max(1.0);
            node.restyle(|state: &mut State| {
                state.interval = interval;
                state.next = None;
            })
        },
    },
    Method {
        name: "itemSpace",
        apply: |node, args| node.restyle(|state: &mut State| state.space = length(args.get(0))),
    },
    Method {
        name: "displayCount",
        apply: |node, args| {
            let (display, by_group) = display(args);
            node.restyle(|state: &mut State| {
                state.display = display;
                state.by_group = by_group;
            })
        },
    },
    Method {
        name: "cachedCount",
        apply: |node, args| {
            let cached = args.get(0).as_f64().filter(|count| *count >= 0.0).map_or(1, |count| count as usize);
            node.restyle(|state: &mut State| state.cached = cached)
        },
    },
    Method {
        name: "disableSwipe",
        apply: |node, args| {
            let disabled = args.get(0).as_bool() == Some(true);
            node.redraw(|state: &mut State| state.disabled = disabled)
        },
    },
    Method {
        name: "indicator",
        apply: |node, args| node.redraw(|state: &mut State| state.indicator = Indicator::from_value(args.get(0))),
    },
    Method {
        name: "indicatorStyle",
        apply: |node, args| {
            let dots = Dots::from_value(args.get(0));
            node.redraw(|state: &mut State| state.indicator.restyle(dots))
        },
    },
    Method {
        name: "effectMode",
        apply: |node, args| {
            let effect = match args.get(0).as_i32() {
                Some(1) => EdgeEffect::Fade,
                Some(2) => EdgeEffect::None,
                _ => EdgeEffect::Spring,
            };
            node.redraw(|state: &mut State| state.pager.effect = effect)
        },
    },
    Method {
        name: "prevMargin",
        apply: |node, args| node.restyle(|state: &mut State| state.margins.0 = length(args.get(0))),
    },
    Method {
        name: "nextMargin",
        apply: |node, args| node.restyle(|state: &mut State| state.margins.1 = length(args.get(0))),
    },
];

static EVENTS: &[Method] = handlers!["onChange", "onSelected", "onAnimationStart", "onAnimationEnd", "onGestureSwipe",];

static COMMANDS: &[Method] = &[
    Method {
        name: "showNext",
        apply: |node, _| {
            pager::step(node.tree, node.node, access, 1.0);
            Value::Undefined
        },
    },
    Method {
        name: "showPrevious",
        apply: |node, _| {
            pager::step(node.tree, node.node, access, -1.0);
            Value::Undefined
        },
    },
    Method {
        name: "changeIndex",
        apply: |node, args| {
            let Some(index) = args.get(0).as_f64() else { return Value::Undefined };
            let count = access(node.tree, node.node).map_or(0, |pager| pager.count);
            // What is out of range means the first.
            let index = if index >= 0.0 && (index as usize) < count { index as f32 } else { 0.0 };
            // `SwiperAnimationMode`: none 0, default 1, fast 2.
            let animated = args.get(1).as_bool() == Some(true) || args.get(1).as_i32().is_some_and(|mode| mode > 0);
            pager::go(node.tree, node.node, access, index, animated);
            Value::Undefined
        },
    },
    Method {
        name: "finishAnimation",
        apply: |node, args| {
            pager::finish(node.tree, node.node, access);
            if let Some(callback) = args.get(0).as_callback() {
                node.tree.emit(callback, Vec::new());
            }
            Value::Undefined
        },
    },
];

#[cfg(test)]
#[path = "swiper_tests.rs"]
mod tests;
