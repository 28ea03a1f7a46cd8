//! Attributes and events of `Tabs`, and what its controllers do.

use super::bar::Few;
use super::grid::BarGrid;
use super::{Cache, Mode, State, access, end_transition, hiding};
use crate::pager;
use crate::values::length;
use concord_ui::change::put;
use concord_ui::common::parse_color;
use concord_ui::component::{Method, Setter};
use concord_ui::geometry::Axis;
use concord_ui::handlers;
use concord_ui::value::{Args, Value};
use std::sync::LazyLock;

/// An attribute that is the bar's, which may not be there yet.
fn on_bar(node: &mut Setter<'_>, name: &'static str, args: Args<'_>) -> Value {
    let args = args.0.to_vec();
    let Some(state) = node.tree.state_mut::<State>(node.node) else { return Value::Undefined };
    state.bar_attributes.retain(|(known, _)| *known != name);
    state.bar_attributes.push((name, args.clone()));
    if let Some(bar) = state.bar {
        node.tree.set(bar, name, &args);
    }
    Value::Undefined
}

static OWN: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let options = args.get(0);
            // `BarPosition`: Start 0, End 1.
            let at_end = options.get("barPosition").as_i32() == Some(1);
            if !options.get("index").is_nullish() {
                let index = [options.get("index").clone(), options.get("$index").clone()];
                pager::set_index(node, access, concord_ui::value::Args(&index));
            }
            node.restyle(|state: &mut State| put(&mut state.at_end, at_end))
        },
    },
    Method {
        name: "barPosition",
        apply: |node, args| {
            let at_end = args.get(0).as_i32() == Some(1);
            node.restyle(|state: &mut State| put(&mut state.at_end, at_end))
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
            node.redraw(|state: &mut State| put(&mut state.pager.interactive, scrollable))
        },
    },
    Method {
        name: "barMode",
        apply: |node, args| {
            // `BarMode`: Scrollable 0, Fixed 1.
            let scrollable = args.get(0).as_i32() == Some(0);
            let options = args.get(1);
            // `LayoutStyle`: ALWAYS_CENTER 0, ALWAYS_AVERAGE_SPLIT 1, SPACE_BETWEEN_OR_CENTER 2.
            let few = match options.get("nonScrollableLayoutStyle").as_i32() {
                Some(1) => Few::Split,
                Some(2) => Few::Between,
                _ => Few::Center,
            };
            let margin = length(options.get("margin"));
            node.restyle(|state: &mut State| {
                state.scrollable_bar = scrollable;
                state.few = few;
                state.bar_margin = margin;
            })
        },
    },
    Method {
        name: "barWidth",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.width, length(args.get(0)))),
    },
    Method {
        name: "barHeight",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.height, length(args.get(0)))),
    },
    Method {
        name: "animationDuration",
        apply: |node, args| {
            let duration = args.get(0).as_f64().filter(|ms| *ms >= 0.0);
            node.restyle(|state: &mut State| put(&mut state.duration, duration))
        },
    },
    Method {
        name: "barOverlap",
        apply: |node, args| {
            node.restyle(|state: &mut State| put(&mut state.overlap, args.get(0).as_bool() == Some(true)))
        },
    },
    Method {
        name: "divider",
        apply: |node, args| {
            let value = args.get(0);
            let color = parse_color(value.get("color"));
            let divider = length(value.get("strokeWidth")).map(|width| (width, color));
            node.restyle(|state: &mut State| put(&mut state.divider, divider))
        },
    },
    Method {
        name: "barBackgroundColor",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.bar_color, parse_color(args.get(0)))),
    },
    Method { name: "animationCurve", apply: pager::curve::<State> },
    Method {
        name: "animationMode",
        apply: |node, args| {
            // CONTENT_FIRST 0, ACTION_FIRST 1, NO_ANIMATION 2, CONTENT_FIRST_WITH_JUMP 3, ACTION_FIRST_WITH_JUMP 4.
            let mode = match args.get(0).as_i32() {
                Some(2) => Mode::Still,
                Some(3 | 4) => Mode::Jump,
                _ => Mode::Pass,
            };
            node.redraw(|state: &mut State| put(&mut state.mode, mode))
        },
    },
    Method {
        name: "fadingEdge",
        apply: |node, args| {
            let fades = args.get(0).as_bool() != Some(false);
            node.restyle(|state: &mut State| put(&mut state.fades, fades))
        },
    },
    Method {
        name: "barGridAlign",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.grid, BarGrid::from_value(args.get(0)))),
    },
    Method { name: "barBackgroundBlurStyle", apply: |node, args| on_bar(node, "backgroundBlurStyle", args) },
    Method { name: "barBackgroundEffect", apply: |node, args| on_bar(node, "backgroundEffect", args) },
    Method {
        name: "customContentTransition",
        apply: |node, args| {
            let transitions = args.get(0).as_callback().cloned();
            node.redraw(|state: &mut State| put(&mut state.transitions, transitions))
        },
    },
    Method {
        name: "cachedMaxCount",
        apply: |node, args| {
            let most = args.get(0).as_index();
            // `TabsCacheMode`: CACHE_BOTH_SIDE 0, CACHE_LATEST_SWITCHED 1.
            let latest = args.get(1).as_i32() == Some(1);
            node.restyle(|state: &mut State| put(&mut state.cache, most.map(|most| Cache { most, latest })))
        },
    },
    Method { name: "edgeEffect", apply: pager::edge_effect::<State> },
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

static OWN_COMMANDS: &[Method] = &[
    Method {
        name: "changeIndex",
        apply: |node, args| {
            if let Some(state) = node.tree.state_mut::<State>(node.node) {
                // The app may have a say, so that it waits for the next layout.
                state.wanted = Some(state.pager.page_or_first(args.get(0)));
            }
            node.tree.mark_place(node.node);
            Value::Undefined
        },
    },
    Method {
        name: "finishTransition",
        apply: |node, _| {
            end_transition(node.tree, node.node);
            Value::Undefined
        },
    },
    Method { name: "follow", apply: hiding::bind },
    Method { name: "setTabBarTranslate", apply: |node, args| on_bar(node, "translate", args) },
    Method { name: "setTabBarOpacity", apply: |node, args| on_bar(node, "opacity", args) },
];

/// All attributes and events that are the tabs' own.
pub(super) static METHODS: LazyLock<Vec<Method>> =
    LazyLock::new(|| OWN.iter().chain(&pager::attributes::<State>()).chain(EVENTS).copied().collect());

/// What controllers do.
pub(super) static COMMANDS: LazyLock<Vec<Method>> =
    LazyLock::new(|| OWN_COMMANDS.iter().chain(&pager::commands::<State>()).copied().collect());
