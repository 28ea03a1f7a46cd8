//! `Swiper`: pages, one of which (or some) is in sight.

use super::pager::{self, Pager};
use crate::common::{handlers, parse_color};
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
use concord_paint::kurbo;
use concord_paint::{Brush, Color, Painter};
use std::any::Any;

/// See the module.
pub(super) struct Swiper;

/// Most pages in sight.
const MOST_SHOWN: usize = 100;
/// Largest number of dots that are drawn.
const MOST_DOTS: usize = 200;

/// `indicator`.
#[derive(Debug, Clone, PartialEq)]
enum Indicator {
    None,
    Dots(Box<Dots>),
    Digits,
}

/// How dots look, in vp; unset is the theme's.
#[derive(Debug, Clone, PartialEq, Default)]
struct Dots {
    width: Option<Length>,
    height: Option<Length>,
    selected_width: Option<Length>,
    selected_height: Option<Length>,
    color: Option<Color>,
    selected_color: Option<Color>,
    left: Option<Length>,
    top: Option<Length>,
    right: Option<Length>,
    bottom: Option<Length>,
}

impl Dots {
    fn from_value(value: &Value) -> Dots {
        // `DotIndicator` keeps what its methods are told under names with a trailing underscore.
        let get = |name: &str, old: &str| match value.get(name) {
            Value::Undefined => value.get(old).clone(),
            found => found.clone(),
        };
        let length = |name: &str, old: &str| Length::from_value(&get(name, old), Unit::Vp);
        let size = length("size", "size");
        Dots {
            width: length("itemWidthValue", "itemWidth").or_else(|| size.clone()),
            height: length("itemHeightValue", "itemHeight").or_else(|| size.clone()),
            selected_width: length("selectedItemWidthValue", "selectedItemWidth"),
            selected_height: length("selectedItemHeightValue", "selectedItemHeight"),
            color: parse_color(&get("colorValue", "color")),
            selected_color: parse_color(&get("selectedColorValue", "selectedColor")),
            left: length("leftValue", "left"),
            top: length("topValue", "top"),
            right: length("rightValue", "right"),
            bottom: length("bottomValue", "bottom"),
        }
    }
}

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
            indicator: Indicator::Dots(Box::default()),
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
        paint_dots(tree, node, painter);
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

fn paint_dots(tree: &Tree, node: NodeId, painter: &mut Painter) {
    let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
    let Indicator::Dots(dots) = &state.indicator else { return };
    let count = if state.by_group { state.pager.count.div_ceil(state.pager.shown) } else { state.pager.count };
    if count == 0 || count > MOST_DOTS {
        return;
    }
    let selected = state.pager.index / if state.by_group { state.pager.shown } else { 1 };
    let environment = &tree.environment;
    let px = |length: &Option<Length>, vp: f32| length.as_ref().map_or(environment.vp(vp), |l| l.to_px(environment));
    // Sizes and colours of `swiper_pattern` in the theme.
    let size = Size::new(px(&dots.width, 6.0), px(&dots.height, 6.0));
    let large = Size::new(px(&dots.selected_width, 12.0), px(&dots.selected_height, 6.0));
    let gap = environment.vp(8.0);
    let color = dots.color.unwrap_or(Color::from_argb(0x1918_2431));
    let selected_color = dots.selected_color.unwrap_or(Color::from_argb(0xff00_7dff));
    let axis = state.pager.axis;
    let frame = found.layout.size;
    let along = |size: Size| if axis == Axis::Horizontal { size.width } else { size.height };
    let across = |size: Size| if axis == Axis::Horizontal { size.height } else { size.width };
    let turned = |size: Size| if axis == Axis::Horizontal { size } else { Size::new(size.height, size.width) };
    let total = size.width * (count - 1) as f32 + large.width + gap * (count - 1) as f32;
    let depth = size.height.max(large.height);
    let bar = turned(Size::new(total, depth));
    let place = |near: &Option<Length>, far: &Option<Length>, extent: f32, own: f32, default: f32| match (near, far) {
        (Some(near), _) => near.to_px(environment),
        (None, Some(far)) => extent - own - far.to_px(environment),
        _ => default,
    };
    // In the middle of the lower edge, or of the right one.
    let margin = environment.vp(13.0);
    let default = if axis == Axis::Horizontal {
        Point::new((frame.width - bar.width) / 2.0, frame.height - bar.height - margin)
    } else {
        Point::new(frame.width - bar.width - margin, (frame.height - bar.height) / 2.0)
    };
    let origin = Point::new(
        place(&dots.left, &dots.right, frame.width, bar.width, default.x),
        place(&dots.top, &dots.bottom, frame.height, bar.height, default.y),
    );
    let mut at = 0.0;
    for index in 0..count {
        let is_selected = index == selected;
        let own = turned(if is_selected { large } else { size });
        let corner = origin + Point::on(axis, at, (across(bar) - across(own)) / 2.0);
        let shape = kurbo::Rect::new(
            f64::from(corner.x),
            f64::from(corner.y),
            f64::from(corner.x + own.width),
            f64::from(corner.y + own.height),
        );
        let radius = f64::from(own.width.min(own.height) / 2.0);
        let color = if is_selected { selected_color } else { color };
        painter.fill_rounded(shape.to_rounded_rect(radius), &Brush::Solid(color));
        at += along(own) + gap;
    }
}

fn indicator(value: &Value) -> Indicator {
    match value {
        Value::Bool(false) => Indicator::None,
        Value::Object(_) if value.get("type").as_str() == Some("DigitIndicator") => Indicator::Digits,
        Value::Object(_) => Indicator::Dots(Box::new(Dots::from_value(value))),
        _ => Indicator::Dots(Box::default()),
    }
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
        apply: |node, args| node.redraw(|state: &mut State| state.indicator = indicator(args.get(0))),
    },
    Method {
        name: "indicatorStyle",
        apply: |node, args| {
            let dots = Dots::from_value(args.get(0));
            node.redraw(|state: &mut State| {
                if let Indicator::Dots(known) = &mut state.indicator {
                    **known = dots;
                }
            })
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
mod tests {
    use crate::testing::Scene;
    use crate::tree::NodeId;
    use crate::value::Value;

    fn swiper(width: f64, height: f64) -> (Scene, Vec<NodeId>) {
        let mut scene = Scene::new("Swiper");
        scene.size(scene.root, width, height);
        scene.set(scene.root, "duration", &[Value::Number(100.0)]);
        let pages = (0..4)
            .map(|_| {
                let page = scene.add(scene.root, "Row");
                scene.set(page, "width", &[Value::text("100%")]);
                scene.set(page, "height", &[Value::text("100%")]);
                page
            })
            .collect();
        scene.listen(scene.root, "onChange");
        (scene, pages)
    }

    fn no_loop(scene: &mut Scene) {
        scene.set(scene.root, "loop", &[Value::Bool(false)]);
        scene.frame();
    }

    #[test]
    fn commands_turn_pages_and_stop_at_the_ends() {
        let (mut scene, pages) = swiper(240.0, 120.0);
        no_loop(&mut scene);
        assert_eq!(scene.rect(pages[0]), (0.0, 0.0, 240.0, 120.0));
        scene.command(scene.root, "showPrevious", &[]);
        scene.rest();
        assert!(scene.heard().is_empty());
        scene.command(scene.root, "showNext", &[]);
        scene.frame();
        scene.frame();
        assert!(scene.rect(pages[0]).0 < 0.0 && scene.rect(pages[1]).0 > 0.0);
        scene.rest();
        assert_eq!(scene.rect(pages[1]), (0.0, 0.0, 240.0, 120.0));
        scene.command(scene.root, "changeIndex", &[Value::Number(3.0), Value::Bool(false)]);
        scene.frame();
        assert_eq!(scene.rect(pages[3]), (0.0, 0.0, 240.0, 120.0));
        scene.command(scene.root, "showNext", &[]);
        scene.rest();
        assert_eq!(scene.heard(), ["onChange 1", "onChange 3"]);
    }

    #[test]
    fn a_swipe_turns_one_page() {
        let (mut scene, _) = swiper(240.0, 120.0);
        no_loop(&mut scene);
        scene.swipe(scene.root, -190.0, 0.0, 20);
        scene.rest();
        scene.swipe(scene.root, 190.0, 0.0, 20);
        scene.rest();
        assert_eq!(scene.heard(), ["onChange 1", "onChange 0"]);
    }

    #[test]
    fn the_last_is_followed_by_the_first() {
        let (mut scene, pages) = swiper(240.0, 120.0);
        scene.frame();
        scene.command(scene.root, "showPrevious", &[]);
        scene.rest();
        assert_eq!(scene.rect(pages[3]), (0.0, 0.0, 240.0, 120.0));
        scene.command(scene.root, "showNext", &[]);
        scene.rest();
        assert_eq!(scene.rect(pages[0]), (0.0, 0.0, 240.0, 120.0));
        assert_eq!(scene.heard(), ["onChange 3", "onChange 0"]);
    }

    #[test]
    fn several_pages_share_the_box() {
        let (mut scene, pages) = swiper(210.0, 60.0);
        scene.set(scene.root, "displayCount", &[Value::Number(2.0)]);
        scene.set(scene.root, "itemSpace", &[Value::Number(10.0)]);
        no_loop(&mut scene);
        assert_eq!(scene.rect(pages[0]), (0.0, 0.0, 100.0, 60.0));
        assert_eq!(scene.rect(pages[1]), (110.0, 0.0, 100.0, 60.0));
    }

    #[test]
    fn margins_show_the_neighbours() {
        let (mut scene, pages) = swiper(200.0, 60.0);
        scene.set(scene.root, "prevMargin", &[Value::Number(20.0)]);
        scene.set(scene.root, "nextMargin", &[Value::Number(20.0)]);
        scene.frame();
        assert_eq!(scene.rect(pages[0]), (20.0, 0.0, 160.0, 60.0));
        assert_eq!(scene.rect(pages[1]).0, 180.0);
        assert_eq!(scene.rect(pages[3]).0, -140.0);
    }

    #[test]
    fn the_index_follows_the_app() {
        let (mut scene, pages) = swiper(120.0, 80.0);
        scene.set(scene.root, "vertical", &[Value::Bool(true)]);
        scene.set(scene.root, "index", &[Value::Number(1.0)]);
        scene.frame();
        assert_eq!(scene.rect(pages[1]), (0.0, 0.0, 120.0, 80.0));
        scene.set(scene.root, "index", &[Value::Number(2.0)]);
        scene.frame();
        assert_eq!(scene.rect(pages[2]), (0.0, 0.0, 120.0, 80.0));
        scene.swipe(scene.root, 0.0, -64.0, 20);
        scene.rest();
        assert_eq!(scene.rect(pages[3]), (0.0, 0.0, 120.0, 80.0));
        // The same value again is no wish.
        scene.set(scene.root, "index", &[Value::Number(2.0)]);
        scene.frame();
        assert_eq!(scene.rect(pages[3]), (0.0, 0.0, 120.0, 80.0));
    }

    #[test]
    fn time_turns_pages() {
        let (mut scene, _) = swiper(120.0, 80.0);
        scene.set(scene.root, "autoPlay", &[Value::Bool(true)]);
        scene.set(scene.root, "interval", &[Value::Number(1000.0)]);
        scene.frame();
        for _ in 0..150 {
            scene.frame();
        }
        assert_eq!(scene.heard(), ["onChange 1", "onChange 2"]);
    }

    #[test]
    fn pages_of_a_source_are_built_when_they_are_near() {
        let mut scene = Scene::new("Swiper");
        scene.size(scene.root, 120.0, 80.0);
        let source = scene.add_source(scene.root, "Column", 1000, 40.0);
        scene.frame();
        assert_eq!(scene.host.built, 3);
        scene.command(scene.root, "changeIndex", &[Value::Number(500.0)]);
        scene.frame();
        assert_eq!(scene.tree.frame_children(source).len(), 3);
    }
}
