//! `Navigation`: a home page with bars, and destinations above it or beside it. Which destinations are seen is the business of the
//! app's side, which knows the stack; whether the home page is seen, and where everything lies, is decided here.

mod bars;
mod destination;
mod divide;
#[cfg(test)]
mod tests;
mod title_bar;
mod tool_bar;

use super::side_bar_container::fill;
use crate::values::length;
use bars::{Bars, TitleMode};
use concord_ui::change::put;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length};
use concord_ui::value::{Callback, Value};
use divide::Line;
use std::any::Any;

pub(super) use destination::NavDestination;
pub(super) use divide::NavigationDivider;
pub(super) use title_bar::{BACK, BarIcon, MORE, TitleBar};
pub(super) use tool_bar::{NavBarPart, ToolBar};

/// See the module.
pub(super) struct Navigation;

/// `NavigationMode`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Mode {
    /// 0: destinations cover the home page.
    Stack,
    /// 1: destinations are beside the home page.
    Split,
    /// 2: beside it where there is room.
    #[default]
    Auto,
}

/// What a `Navigation` is told.
struct State {
    bars: Bars,
    mode: Mode,
    hide_bar: bool,
    at_end: bool,
    width: Option<Length>,
    min_width: Option<Length>,
    max_width: Option<Length>,
    min_content: Option<Length>,
    /// The line beside the bar, its node, the width that a finger has given the bar in px, and whether there is a drag bar.
    line: Line,
    divider: Option<NodeId>,
    dragged: Option<f32>,
    drag_bar: bool,
    /// The node (without box) around what is shown beside the bar when there is no destination (`splitPlaceholder`).
    placeholder: Option<NodeId>,
    /// Destinations that are seen, from the bottom to the top.
    shown: Vec<NodeId>,
    /// Those of them that are on their way out.
    leaving: Vec<NodeId>,
    /// Whether destinations come or go: what they will cover is seen until they do.
    moving: bool,
    /// Told when bar and destinations come beside each other or above each other.
    on_split: Option<Callback>,
    /// What the last measurement has made of it.
    split: Option<bool>,
    bar_shown: Option<bool>,
    bar_drawn: bool,
    bar: Rect,
    content: Rect,
}

/// In vp: from which width on `Auto` splits (before API 10, and since), widths of the bar, and the least of the content.
const OLD_SPLIT: f32 = 520.0;
const SPLIT: f32 = 600.0;
const WIDTH: f32 = 240.0;
const MAX_WIDTH: f32 = 432.0;
const MIN_CONTENT: f32 = 360.0;
/// The bar is no wider than this part of the whole.
const MAX_PART: f32 = 0.4;

impl State {
    /// Whether bar and destinations are beside each other in a width, and how wide the bar is then.
    fn arrange(&self, environment: &Environment, width: f32) -> (bool, f32) {
        let px = |length: &Option<Length>| {
            let px = length.as_ref().and_then(|length| length.resolve(environment, width));
            px.filter(|px| *px >= 0.0)
        };
        let min_content = px(&self.min_content).unwrap_or(environment.vp(MIN_CONTENT));
        let told = self.dragged.or_else(|| px(&self.width));
        let min = px(&self.min_width).unwrap_or(environment.vp(WIDTH));
        let split = match self.mode {
            Mode::Stack => false,
            Mode::Split => true,
            Mode::Auto if self.min_width.is_none() && self.min_content.is_none() => {
                width >= environment.vp(if environment.target_api < 10 { OLD_SPLIT } else { SPLIT })
            }
            Mode::Auto => width >= min + min_content,
        };
        let limited = self.min_width.is_some() || self.max_width.is_some();
        let max = px(&self.max_width).unwrap_or(environment.vp(MAX_WIDTH).min(width * MAX_PART));
        let bar = match told {
            // A width without a range is taken as it is.
            Some(told) if !limited => told,
            told => told.unwrap_or(min).min(max).max(min),
        };
        // The bar gives way to the content, down to its smallest width.
        let bar = bar.min((width - min_content).max(min)).min(width);
        (split, bar)
    }
}

/// The children that are neither bars nor destinations.
fn home(tree: &Tree, node: NodeId) -> Vec<NodeId> {
    let mut children = tree.frame_children(node);
    let placeholder = placeholder(tree, node);
    children.retain(|child| {
        !bars::is_bar(tree, *child)
            && !placeholder.contains(child)
            && tree.get(*child).is_some_and(|child| child.component.name() != divide::DIVIDER)
            && tree
                .get(*child)
                .is_some_and(|child| child.component.name() != "NavDestination" && !child.common.is_gone())
    });
    children
}

/// What is shown beside the bar when there is no destination.
fn placeholder(tree: &Tree, node: NodeId) -> Vec<NodeId> {
    let part = tree.state::<State>(node).and_then(|state| state.placeholder);
    part.map(|part| tree.frame_children(part)).unwrap_or_default()
}

fn access(tree: &mut Tree, node: NodeId) -> Option<&mut Bars> {
    tree.state_mut::<State>(node).map(|state| &mut state.bars)
}

impl Component for Navigation {
    fn name(&self) -> &'static str {
        "Navigation"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State {
            bars: Bars::new(TitleMode::Free),
            mode: Mode::Auto,
            hide_bar: false,
            at_end: false,
            width: None,
            min_width: None,
            max_width: None,
            min_content: None,
            line: Line::default(),
            divider: None,
            dragged: None,
            drag_bar: false,
            placeholder: None,
            shown: Vec::new(),
            leaving: Vec::new(),
            moving: false,
            bar_drawn: false,
            on_split: None,
            split: None,
            bar_shown: None,
            bar: Rect::default(),
            content: Rect::default(),
        })
    }

    fn methods(&self) -> &'static [Method] {
        static ALL: std::sync::LazyLock<Vec<Method>> =
            std::sync::LazyLock::new(|| bars::METHODS.iter().chain(METHODS).chain(EVENTS).copied().collect());
        &ALL
    }

    fn commands(&self) -> &'static [Method] {
        static ALL: std::sync::LazyLock<Vec<Method>> =
            std::sync::LazyLock::new(|| bars::COMMANDS.iter().chain(COMMANDS).copied().collect());
        &ALL
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        bars::forget(tree, node, access);
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let size = fill(constraint);
        let right_to_left = pass.tree.is_right_to_left(node);
        let Some(state) = pass.tree.state::<State>(node) else { return size };
        let shown: Vec<NodeId> = state.shown.iter().copied().filter(|id| pass.tree.get(*id).is_some()).collect();
        let (split, width) = state.arrange(&pass.tree.environment, size.width);
        // Dialogs leave what is below in sight.
        let covered = shown
            .iter()
            .filter(|id| !state.leaving.contains(id))
            .any(|id| pass.tree.get(*id).is_some_and(|node| node.component.looks(pass.tree, *id).background.is_some()));
        let none = shown.iter().all(|id| state.leaving.contains(id));
        let bar_shown = if split { !state.hide_bar } else { !covered && (!state.hide_bar || none) };
        let bar_drawn = bar_shown || state.moving && !split && !state.hide_bar;
        let beside = split && bar_shown;
        let at_end = state.at_end != right_to_left;
        let whole = Rect { origin: Point::ZERO, size };
        let (bar, content) = if beside {
            let rest = (size.width - width).max(0.0);
            let bar = Rect::new(if at_end { rest } else { 0.0 }, 0.0, width, size.height);
            (bar, Rect::new(if at_end { 0.0 } else { width }, 0.0, rest, size.height))
        } else {
            (whole, whole)
        };
        let (old_split, old_bar) = (state.split, state.bar_shown);
        let on_split = state.on_split.clone();
        if let Some(state) = pass.tree.state_mut::<State>(node) {
            state.split = Some(split);
            state.bar_shown = Some(bar_shown);
            state.bar_drawn = bar_drawn;
            state.bar = bar;
            state.content = content;
            state.shown = shown.clone();
        }
        if old_split != Some(split) {
            if let Some(on_split) = on_split.filter(|_| split || old_split.is_some()) {
                pass.tree.emit(&on_split, vec![Value::Bool(split)]);
            }
            pass.tree.emit_event(node, "onNavigationModeChange", vec![Value::Number(f64::from(i32::from(split)))]);
        }
        if old_bar.is_some_and(|old| old != bar_shown) {
            pass.tree.emit_event(node, "onNavBarStateChange", vec![Value::Bool(bar_shown)]);
        }
        if bar_drawn {
            let area = bars::measure(pass, node, access, bar);
            let mut rest = area.size;
            for child in home(pass.tree, node) {
                pass.measure(child, &Constraint { percent: area.size, ..Constraint::up_to(rest) });
                rest.height = (rest.height - pass.outer(child).height).max(0.0);
            }
        }
        if split && shown.is_empty() {
            for part in placeholder(pass.tree, node) {
                pass.measure(part, &Constraint::exactly(content.size));
            }
        }
        for destination in shown {
            pass.measure(destination, &Constraint::exactly(content.size));
        }
        divide::prepare(pass, node, beside, size.height);
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(origin) = pass.tree.get(node).map(|node| node.layout.content().origin) else { return };
        let Some(state) = pass.tree.state::<State>(node) else { return };
        let (shown, content, area) = (state.shown.clone(), state.content, state.bars.area);
        if state.bar_drawn {
            // Below each other, in the middle.
            let mut y = 0.0;
            for child in home(pass.tree, node) {
                let outer = pass.outer(child);
                let at = Point::new((area.size.width - outer.width) / 2.0, y);
                pass.place_child(child, origin + area.origin + at);
                y += outer.height;
            }
            bars::place(pass, node, access, origin);
        }
        if shown.is_empty() && pass.tree.state::<State>(node).and_then(|state| state.split) == Some(true) {
            for part in placeholder(pass.tree, node) {
                pass.place_child(part, origin + content.origin);
            }
        }
        for destination in shown {
            pass.place_child(destination, origin + content.origin);
        }
        divide::place(pass, node, origin);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        let (main, sub) = state.bars.texts();
        out.text("title", main.as_str().unwrap_or_default());
        out.text("subtitle", sub.as_str().unwrap_or_default());
        out.flag("hideBackButton", state.bars.hide_back);
        out.flag("hideTitleBar", state.bars.hide_title);
        out.flag("hideToolBar", state.bars.hide_tools);
        out.flag("hideNavBar", state.hide_bar);
        out.text(
            "titleMode",
            match state.bars.mode {
                TitleMode::Free => "NavigationTitleMode.Free",
                TitleMode::Full => "NavigationTitleMode.Full",
                TitleMode::Mini => "NavigationTitleMode.Mini",
            },
        );
        out.text(
            "mode",
            match state.mode {
                Mode::Stack => "NavigationMode.Stack",
                Mode::Split => "NavigationMode.Split",
                Mode::Auto => "NavigationMode.Auto",
            },
        );
        out.text("navBarPosition", if state.at_end { "NavBarPosition.End" } else { "NavBarPosition.Start" });
    }
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method {
        name: "mode",
        apply: |node, args| {
            let mode = match args.get(0).as_i32() {
                Some(0) => Mode::Stack,
                Some(1) => Mode::Split,
                _ => Mode::Auto,
            };
            node.restyle(|state: &mut State| put(&mut state.mode, mode))
        },
    },
    Method {
        name: "titleMode",
        apply: |node, args| {
            let mode = match args.get(0).as_i32() {
                Some(1) => TitleMode::Full,
                Some(2) => TitleMode::Mini,
                _ => TitleMode::Free,
            };
            let before = access(node.tree, node.node).map(|bars| bars.mode);
            bars::change(node, access, |bars| bars.mode = mode);
            if before.is_some_and(|before| before != mode) {
                node.tree.emit_event(node.node, "onTitleModeChange", vec![args.get(0).clone()]);
            }
            Value::Undefined
        },
    },
    Method {
        name: "subTitle",
        apply: |node, args| bars::change(node, access, |bars| bars.subtitle = args.get(0).clone()),
    },
    Method {
        name: "hideNavBar",
        apply: |node, args| {
            let hide = args.get(0).as_bool() == Some(true);
            node.restyle(|state: &mut State| put(&mut state.hide_bar, hide))
        },
    },
    Method {
        name: "navBarWidth",
        apply: |node, args| {
            // With `!!` the value comes with a function that takes changes.
            let value = args.get(0);
            let value = if value.get("value").is_nullish() { value } else { value.get("value") };
            let width = length(value);
            node.restyle(|state: &mut State| {
                let changed = put(&mut state.width, width);
                if changed {
                    state.dragged = None;
                }
                changed
            })
        },
    },
    Method {
        name: "divider",
        apply: |node, args| {
            let line = Line::from_value(args.get(0));
            node.redraw(|state: &mut State| put(&mut state.line, line))
        },
    },
    Method {
        name: "enableDragBar",
        apply: |node, args| {
            let shown = args.get(0).as_bool() == Some(true);
            node.redraw(|state: &mut State| put(&mut state.drag_bar, shown))
        },
    },
    // A change of the mode is seen at once.
    Method { name: "enableModeChangeAnimation", apply: |_, _| Value::Undefined },
    Method {
        name: "navBarWidthRange",
        apply: |node, args| {
            let range = args.get(0).as_array().unwrap_or_default();
            let (min, max) = (range.first().and_then(length), range.get(1).and_then(length));
            node.restyle(|state: &mut State| {
                state.min_width = min;
                state.max_width = max;
            })
        },
    },
    Method {
        name: "minContentWidth",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.min_content, length(args.get(0)))),
    },
    Method {
        name: "navBarPosition",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.at_end, args.get(0).as_i32() == Some(1))),
    },
];

static EVENTS: &[Method] = handlers!["onTitleModeChange", "onNavBarStateChange", "onNavigationModeChange"];

static COMMANDS: &[Method] = &[
    Method {
        name: "placeholder",
        apply: |node, args| {
            let number = args.get(0).as_f64().filter(|number| *number > 0.0);
            let part = number.and_then(|number| node.tree.by_number(number as u64));
            node.restyle(|state: &mut State| put(&mut state.placeholder, part))
        },
    },
    Method {
        name: "stack",
        apply: |node, args| {
            let list = |index: usize| -> Vec<NodeId> {
                let numbers = args.get(index).as_array().unwrap_or_default();
                numbers.iter().filter_map(|number| node.tree.by_number(number.as_f64()? as u64)).collect()
            };
            let (shown, leaving) = (list(0), list(1));
            let moving = args.get(2).as_bool() == Some(true);
            node.restyle(|state: &mut State| {
                let changes = [put(&mut state.shown, shown), put(&mut state.leaving, leaving)];
                put(&mut state.moving, moving) || changes.contains(&true)
            })
        },
    },
    Method {
        name: "onSplit",
        apply: |node, args| {
            let callback = args.get(0).as_callback().cloned();
            node.redraw(|state: &mut State| put(&mut state.on_split, callback))
        },
    },
];
