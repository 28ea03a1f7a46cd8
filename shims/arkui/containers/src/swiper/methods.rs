//! Attributes and events of a swiper, and what its controllers do.

use super::indicator::{Dots, Indicator};
use super::pages::Display;
use super::parts::ArrowStyle;
use super::{State, access};
use crate::pager;
use crate::values::{cached_count, length};
use concord_ui::change::put;
use concord_ui::component::Method;
use concord_ui::geometry::Axis;
use concord_ui::handlers;
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Value};
use std::sync::LazyLock;

fn display(args: Args<'_>) -> (Display, bool) {
    let value = args.get(0);
    let by_group = args.get(1).as_bool() == Some(true);
    if let Some(least) = Length::from_value(value.get("minSize"), Unit::Vp) {
        return (Display::AtLeast(least), by_group);
    }
    if value.as_str().is_some_and(|text| text.trim().eq_ignore_ascii_case("auto")) {
        return (Display::Auto, false);
    }
    let count = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|count| *count >= 1.0);
    (Display::Count(count.map_or(1, |count| count as usize)), by_group)
}

fn millis(value: &Value, default: f64) -> f64 {
    value.as_f64().filter(|ms| *ms >= 0.0).unwrap_or(default)
}

static OWN: &[Method] = &[
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
            node.restyle(|state: &mut State| put(&mut state.pager.looped, looped))
        },
    },
    Method {
        name: "vertical",
        apply: |node, args| {
            let axis = if args.get(0).as_bool() == Some(true) { Axis::Vertical } else { Axis::Horizontal };
            node.restyle(|state: &mut State| put(&mut state.pager.axis, axis))
        },
    },
    Method {
        name: "duration",
        apply: |node, args| {
            let duration = millis(args.get(0), 400.0);
            node.restyle(|state: &mut State| put(&mut state.pager.duration, duration))
        },
    },
    Method { name: "curve", apply: pager::curve::<State> },
    Method {
        name: "autoPlay",
        apply: |node, args| {
            let auto_play = args.get(0).as_bool() == Some(true);
            let stops = args.get(1).get("stopWhenTouched").as_bool() != Some(false);
            node.restyle(|state: &mut State| {
                state.auto_play = auto_play;
                state.stops_when_touched = stops;
            })
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
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.space, length(args.get(0)))),
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
        name: "displayMode",
        apply: |node, args| {
            // `SwiperDisplayMode`: STRETCH 0, AUTO_LINEAR 1.
            let linear = args.get(0).as_i32() == Some(1);
            node.restyle(|state: &mut State| match (linear, &state.display) {
                (true, _) => state.display = Display::Auto,
                (false, Display::Auto) => state.display = Display::Count(1),
                (false, _) => {}
            })
        },
    },
    Method {
        name: "cachedCount",
        apply: |node, args| {
            let cached = cached_count(args.get(0)).unwrap_or(1);
            node.restyle(|state: &mut State| put(&mut state.cached, cached))
        },
    },
    Method {
        name: "disableSwipe",
        apply: |node, args| {
            let disabled = args.get(0).as_bool() == Some(true);
            node.redraw(|state: &mut State| put(&mut state.disabled, disabled))
        },
    },
    Method {
        name: "indicator",
        apply: |node, args| {
            node.restyle(|state: &mut State| put(&mut state.indicator, Indicator::from_value(args.get(0))))
        },
    },
    Method {
        name: "indicatorStyle",
        apply: |node, args| {
            let dots = Dots::from_value(args.get(0));
            node.restyle(|state: &mut State| state.indicator.restyle(dots))
        },
    },
    Method {
        name: "indicatorInteractive",
        apply: |node, args| {
            let interactive = args.get(0).as_bool() != Some(false);
            node.redraw(|state: &mut State| put(&mut state.interactive, interactive))
        },
    },
    Method {
        name: "displayArrow",
        apply: |node, args| {
            let arrows = ArrowStyle::from_value(args.get(0));
            let on_hover = args.get(1).as_bool() == Some(true);
            node.restyle(|state: &mut State| {
                state.arrows = arrows;
                state.arrows_on_hover = on_hover;
            })
        },
    },
    Method { name: "effectMode", apply: pager::edge_effect::<State> },
    Method {
        name: "prevMargin",
        apply: |node, args| {
            let ignores = args.get(1).as_bool() == Some(true);
            node.restyle(|state: &mut State| {
                state.margins.0 = length(args.get(0));
                state.ignores_blank.0 = ignores;
            })
        },
    },
    Method {
        name: "nextMargin",
        apply: |node, args| {
            let ignores = args.get(1).as_bool() == Some(true);
            node.restyle(|state: &mut State| {
                state.margins.1 = length(args.get(0));
                state.ignores_blank.1 = ignores;
            })
        },
    },
    Method {
        name: "customContentTransition",
        apply: |node, args| {
            let transition = args.get(0).get("transition").as_callback().cloned();
            node.redraw(|state: &mut State| put(&mut state.transition, transition))
        },
    },
    Method {
        name: "maintainVisibleContentPosition",
        apply: |node, args| {
            let keeps = args.get(0).as_bool() == Some(true);
            node.redraw(|state: &mut State| put(&mut state.keeps_page, keeps))
        },
    },
];

static EVENTS: &[Method] = handlers![
    "onChange",
    "onSelected",
    "onUnselected",
    "onAnimationStart",
    "onAnimationEnd",
    "onGestureSwipe",
    "onContentDidScroll",
    "onContentWillScroll",
    "onScrollStateChanged",
];

static OWN_COMMANDS: &[Method] = &[
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
            if args.get(0).as_f64().is_none() {
                return Value::Undefined;
            }
            let Some(pager) = access(node.tree, node.node) else { return Value::Undefined };
            let index = pager.page_or_first(args.get(0)) as f32;
            // `SwiperAnimationMode`: none 0, default 1, fast 2.
            match args.get(1).as_i32() {
                Some(2) => pager::go_fast(node.tree, node.node, access, index),
                mode => {
                    let animated = args.get(1).as_bool() == Some(true) || mode == Some(1);
                    pager::go(node.tree, node.node, access, index, animated);
                }
            }
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

/// All attributes and events that are the swiper's own.
pub(super) static METHODS: LazyLock<Vec<Method>> =
    LazyLock::new(|| OWN.iter().chain(&pager::attributes::<State>()).chain(EVENTS).copied().collect());

/// What controllers do.
pub(super) static COMMANDS: LazyLock<Vec<Method>> =
    LazyLock::new(|| OWN_COMMANDS.iter().chain(&pager::commands::<State>()).copied().collect());
