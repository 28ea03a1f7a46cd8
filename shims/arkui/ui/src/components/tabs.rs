//! `Tabs`: pages with a bar of tabs. Its children are the `TabContent`s and one `TabBar`, which it makes itself.

use super::pager::{self, Pager};
use super::{tab_bar, tab_content};
use crate::common::{handlers, parse_color};
use crate::component::{Component, Method, lookup};
use crate::geometry::{Axis, Point, Rect, Size};
use crate::inspector::Attributes;
use crate::layout::{Constraint, ContentConstraint, Ideal, Pass};
use crate::pan::{PanAxis, PanEvent};
use crate::scroll::EdgeEffect;
use crate::tree::{NodeId, Tree};
use crate::units::{Length, Unit};
use crate::value::Value;
use concord_paint::kurbo;
use concord_paint::{Brush, Color, Painter};
use std::any::Any;

/// See the module.
pub(super) struct Tabs;

/// Thickness of a bar where the app says none, in vp: of bars with text, of bars at the bottom with icons, and the width of
/// vertical ones with icons.
const BAR: f32 = 56.0;
const BOTTOM_BAR: f32 = 48.0;
const ICON_BAR_WIDTH: f32 = 96.0;

struct State {
    pager: Pager,
    at_end: bool,
    vertical: bool,
    scrollable_bar: bool,
    width: Option<Length>,
    height: Option<Length>,
    overlap: bool,
    divider: Option<(Length, Color)>,
    bar_color: Option<Color>,
    bar: Option<NodeId>,
}

impl Default for State {
    fn default() -> State {
        State {
            pager: Pager::for_tabs(),
            at_end: false,
            vertical: false,
            scrollable_bar: false,
            width: None,
            height: None,
            overlap: false,
            divider: None,
            bar_color: None,
            bar: None,
        }
    }
}

fn access(tree: &mut Tree, node: NodeId) -> Option<&mut Pager> {
    tree.state_mut::<State>(node).map(|state| &mut state.pager)
}

/// The contents, in order.
fn contents(tree: &Tree, tabs: NodeId) -> Vec<NodeId> {
    let mut contents = tree.frame_children(tabs);
    contents.retain(|child| {
        tree.get(*child).is_some_and(|child| child.component.name() == "TabContent" && !child.common.is_gone())
    });
    contents
}

/// Where bar and contents lie in a content box.
fn areas(tree: &Tree, tabs: NodeId, size: Size) -> (Rect, Rect) {
    let Some(state) = tree.state::<State>(tabs) else { return Default::default() };
    let environment = &tree.environment;
    let icons = contents(tree, tabs).iter().any(|content| tab_content::has_icon(tree, *content));
    let px = |length: &Option<Length>, extent: f32, default: f32| {
        let length = length.as_ref().and_then(|length| length.resolve(environment, extent));
        length.filter(|length| *length >= 0.0).unwrap_or(default)
    };
    let bar = if state.vertical {
        let width = environment.vp(if icons { ICON_BAR_WIDTH } else { BAR });
        Size::new(px(&state.width, size.width, width).min(size.width), px(&state.height, size.height, size.height))
    } else {
        let height = environment.vp(if icons { BOTTOM_BAR } else { BAR });
        Size::new(px(&state.width, size.width, size.width), px(&state.height, size.height, height).min(size.height))
    };
    let divider = state.divider.as_ref().map_or(0.0, |(width, _)| width.to_px(environment));
    let axis = if state.vertical { Axis::Horizontal } else { Axis::Vertical };
    let taken = if state.overlap { 0.0 } else { bar.along(axis) + divider };
    let content_size = size.with(axis, (size.along(axis) - taken).max(0.0));
    let far = state.at_end != (state.vertical && environment.right_to_left);
    let bar_main = if far { size.along(axis) - bar.along(axis) } else { 0.0 };
    let content_main = if far { 0.0 } else { taken };
    // A bar that is shorter than its side lies in its middle.
    let bar_cross = ((size.along(axis.cross()) - bar.along(axis.cross())) / 2.0).max(0.0);
    (
        Rect { origin: Point::on(axis, bar_main, bar_cross), size: bar },
        Rect { origin: Point::on(axis, content_main, 0.0), size: content_size },
    )
}

/// The bar, which is made with the first layout, holding the items of all contents and no others.
fn prepare_bar(tree: &mut Tree, tabs: NodeId) -> Option<NodeId> {
    let known = tree.state::<State>(tabs)?.bar.filter(|bar| tree.get(*bar).is_some());
    let bar = match known {
        Some(bar) => bar,
        None => {
            let bar = tree.create(lookup("TabBar")?, -1);
            tree.append(tabs, bar);
            tree.state_mut::<State>(tabs)?.bar = Some(bar);
            bar
        }
    };
    let selected = tree.state::<State>(tabs)?.pager.index;
    let items: Vec<NodeId> = contents(tree, tabs)
        .into_iter()
        .enumerate()
        .filter_map(|(index, content)| tab_content::bar_item(tree, content, index == selected))
        .collect();
    if tree.get(bar)?.children() != items {
        let old = tree.get(bar)?.children().to_vec();
        for item in old.into_iter().filter(|item| !items.contains(item)) {
            tree.detach(item);
        }
        for item in &items {
            tree.append(bar, *item);
        }
    }
    let (vertical, scrolls) = tree.state::<State>(tabs).map(|state| (state.vertical, state.scrollable_bar))?;
    tab_bar::prepare(tree, bar, vertical, scrolls, selected);
    Some(bar)
}

/// Contents in sight, with where they are in pages.
fn in_sight(tree: &Tree, tabs: NodeId) -> Vec<(NodeId, f32)> {
    let Some(state) = tree.state::<State>(tabs) else { return Vec::new() };
    let position = state.pager.position();
    let (first, last) = (position.floor() as i64, position.ceil() as i64);
    let contents = contents(tree, tabs);
    let at = |page: i64| usize::try_from(page).ok().and_then(|page| contents.get(page)).copied();
    (first..=last).filter_map(|page| Some((at(page)?, page as f32 - position))).collect()
}

/// Measures contents in sight; builds those that come into sight for the first time.
fn measure_contents(pass: &mut Pass<'_>, tabs: NodeId, size: Size) {
    for (content, _) in in_sight(pass.tree, tabs) {
        tab_content::build(pass, content);
        let margin = pass
            .tree
            .get(content)
            .map_or(Default::default(), |node| node.common.margin.resolve(&pass.tree.environment, size.width, false));
        let inner = size.shrink(&margin);
        let ideal = Ideal { width: Some(inner.width), height: Some(inner.height) };
        pass.measure(content, &Constraint { min: Size::ZERO, max: size, percent: size, ideal });
    }
}

impl Component for Tabs {
    fn name(&self) -> &'static str {
        "Tabs"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
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
        let finite = |extent: f32| if extent.is_finite() { extent } else { 0.0 };
        let size = Size::new(
            finite(constraint.ideal.width.unwrap_or(constraint.max.width)),
            finite(constraint.ideal.height.unwrap_or(constraint.max.height)),
        );
        let count = contents(pass.tree, node).len();
        if let Some(pager) = access(pass.tree, node) {
            pager.set_count(count);
        }
        let bar = prepare_bar(pass.tree, node);
        let (bar_area, content) = areas(pass.tree, node, size);
        if let Some(pager) = access(pass.tree, node) {
            pager.pitch = content.size.along(pager.axis);
        }
        measure_contents(pass, node, content.size);
        if let Some(bar) = bar {
            let ideal = Ideal { width: Some(bar_area.size.width), height: Some(bar_area.size.height) };
            let limit = bar_area.size;
            pass.measure(bar, &Constraint { min: Size::ZERO, max: limit, percent: limit, ideal });
        }
        constraint.fit(size)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let (bar_area, area) = areas(pass.tree, node, content.size);
        let previous = pass.tree.set_building(Some(node));
        measure_contents(pass, node, area.size);
        pass.tree.set_building(previous);
        let Some(state) = pass.tree.state::<State>(node) else { return };
        let (axis, bar) = (state.pager.axis, state.bar);
        for (page, at) in in_sight(pass.tree, node) {
            let offset = Point::on(axis, at * area.size.along(axis), 0.0);
            pass.place_child(page, content.origin + area.origin + offset);
        }
        if let Some(bar) = bar {
            pass.place_child(bar, content.origin + bar_area.origin);
            if let Some(bar) = pass.tree.get_mut(bar) {
                bar.layout.raised = true;
            }
        }
    }

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        let state = tree.state::<State>(node)?;
        (state.pager.interactive && state.pager.count > 1).then(|| PanAxis::from(state.pager.axis))
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        pager::on_pan(pass, node, event, access)
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        pager::tick(pass.tree, node, access);
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let content = found.layout.content();
        let (bar, area) = areas(tree, node, content.size);
        let mut fill = |rect: Rect, color: Color| {
            let rect = rect.translate(content.origin);
            let shape = kurbo::Rect::new(
                f64::from(rect.origin.x),
                f64::from(rect.origin.y),
                f64::from(rect.right()),
                f64::from(rect.bottom()),
            );
            painter.fill_rounded(shape.to_rounded_rect(0.0), &Brush::Solid(color));
        };
        if let Some(color) = state.bar_color {
            fill(bar, color);
        }
        if let Some((width, color)) = &state.divider {
            let width = width.to_px(&tree.environment);
            let axis = if state.vertical { Axis::Horizontal } else { Axis::Vertical };
            let before = area.origin.along(axis) > bar.origin.along(axis);
            let at =
                if before { area.origin.along(axis) - width } else { area.origin.along(axis) + area.size.along(axis) };
            let cross = content.size.along(axis.cross());
            fill(Rect { origin: Point::on(axis, at, 0.0), size: Size::on(axis, width, cross) }, *color);
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("index", state.pager.index.to_string());
        out.text("currentIndex", state.pager.index.to_string());
        out.flag("vertical", state.vertical);
        out.flag("scrollable", state.pager.interactive);
        out.text("animationDuration", format!("{}", state.pager.duration));
        out.text("barPosition", if state.at_end { "BarPosition.End" } else { "BarPosition.Start" });
        out.text("barMode", if state.scrollable_bar { "BarMode.Scrollable" } else { "BarMode.Fixed" });
    }
}

/// A tab of the bar was clicked.
pub(super) fn select(tree: &mut Tree, bar: NodeId, item: NodeId) {
    let Some(tabs) = tree.frame_parent(bar) else { return };
    let items = tree.get(bar).map(|bar| bar.children().to_vec()).unwrap_or_default();
    let Some(index) = items.iter().position(|known| *known == item) else { return };
    tree.emit_event(tabs, "onTabBarClick", vec![Value::Number(index as f64)]);
    change_index(tree, tabs, index);
}

fn change_index(tree: &mut Tree, tabs: NodeId, index: usize) {
    let Some(pager) = access(tree, tabs) else { return };
    if index < pager.count && (index != pager.index || pager.is_moving()) {
        pager::go(tree, tabs, access, index as f32, true);
    }
}

fn length(value: &Value) -> Option<Length> {
    Length::from_value(value, Unit::Vp)
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let options = args.get(0);
            // `BarPosition`: Start 0, End 1.
            let at_end = options.get("barPosition").as_i32() == Some(1);
            if !options.get("index").is_nullish() {
                let index = [options.get("index").clone(), options.get("$index").clone()];
                pager::set_index(node, access, crate::value::Args(&index));
            }
            node.restyle(|state: &mut State| state.at_end = at_end)
        },
    },
    Method {
        name: "barPosition",
        apply: |node, args| {
            let at_end = args.get(0).as_i32() == Some(1);
            node.restyle(|state: &mut State| state.at_end = at_end)
        },
    },
    Method {
        name: "vertical",
        apply: |node, args| {
            let vertical = args.get(0).as_bool() == Some(true);
            node.restyle(|state: &mut State| {
                state.vertical = vertical;
                state.pager.axis = if vertical { Axis::Vertical } else { Axis::Horizontal };
            })
        },
    },
    Method {
        name: "scrollable",
        apply: |node, args| {
            let scrollable = args.get(0).as_bool() != Some(false);
            node.redraw(|state: &mut State| state.pager.interactive = scrollable)
        },
    },
    Method {
        name: "barMode",
        apply: |node, args| {
            // `BarMode`: Scrollable 0, Fixed 1.
            let scrollable = args.get(0).as_i32() == Some(0);
            node.restyle(|state: &mut State| state.scrollable_bar = scrollable)
        },
    },
    Method {
        name: "barWidth",
        apply: |node, args| node.restyle(|state: &mut State| state.width = length(args.get(0))),
    },
    Method {
        name: "barHeight",
        apply: |node, args| node.restyle(|state: &mut State| state.height = length(args.get(0))),
    },
    Method {
        name: "animationDuration",
        apply: |node, args| {
            let duration = args.get(0).as_f64().filter(|ms| *ms >= 0.0).unwrap_or(300.0);
            node.redraw(|state: &mut State| state.pager.duration = duration)
        },
    },
    Method {
        name: "barOverlap",
        apply: |node, args| node.restyle(|state: &mut State| state.overlap = args.get(0).as_bool() == Some(true)),
    },
    Method {
        name: "divider",
        apply: |node, args| {
            let value = args.get(0);
            let color = parse_color(value.get("color")).unwrap_or(Color::from_argb(0x3318_2431));
            let divider = length(value.get("strokeWidth")).map(|width| (width, color));
            node.restyle(|state: &mut State| state.divider = divider)
        },
    },
    Method {
        name: "barBackgroundColor",
        apply: |node, args| node.redraw(|state: &mut State| state.bar_color = parse_color(args.get(0))),
    },
    Method {
        name: "edgeEffect",
        apply: |node, args| {
            let effect = match args.get(0).as_i32() {
                Some(1) => EdgeEffect::Fade,
                Some(2) => EdgeEffect::None,
                _ => EdgeEffect::Spring,
            };
            node.redraw(|state: &mut State| state.pager.effect = effect)
        },
    },
];

static EVENTS: &[Method] = handlers![
    "onChange",
    "onSelected",
    "onUnselected",
    "onTabBarClick",
    "onAnimationStart",
    "onAnimationEnd",
    "onGestureSwipe",
    "onContentWillChange",
    "onContentDidScroll",
];

static COMMANDS: &[Method] = &[Method {
    name: "changeIndex",
    apply: |node, args| {
        let count = access(node.tree, node.node).map_or(0, |pager| pager.count);
        let index = args.get(0).as_f64().filter(|index| *index >= 0.0).map_or(0, |index| index as usize);
        // What is out of range means the first.
        change_index(node.tree, node.node, if index < count { index } else { 0 });
        Value::Undefined
    },
}];

#[cfg(test)]
#[path = "tabs_tests.rs"]
mod tests;
