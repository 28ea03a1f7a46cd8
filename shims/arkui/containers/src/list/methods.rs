//! Attributes and events of a `List`, and what a `ListScroller` does.

use super::{Divider, Lanes, State, Visible, select_box, visible_at};
use crate::list_item;
use crate::select_box::enable;
use crate::values::{EMPTY_BRANCHES, SYNC_LOAD, cached_count, length};
use concord_ui::change::put;
use concord_ui::common::ItemAlign;
use concord_ui::component::Method;
use concord_ui::geometry::Point;
use concord_ui::handlers;
use concord_ui::pan::PanAxis;
use concord_ui::scroll::{FOCUS_WRAP_MODE, ScrollAlign, Sizes, Track};
use concord_ui::value::Value;
use std::rc::Rc;

static OWN: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let options = args.get(0);
            let index = options.get("initialIndex").as_index().unwrap_or(0);
            node.restyle(|state: &mut State| {
                state.space = length(options.get("space"));
                state.initial_index = index;
            })
        },
    },
    Method {
        name: "listDirection",
        apply: |node, args| {
            let horizontal = args.get(0).as_i32() == Some(1);
            node.rescroll(|scroll| {
                let direction = Some(if horizontal { PanAxis::Horizontal } else { PanAxis::Vertical });
                if scroll.direction != direction {
                    scroll.direction = direction;
                    scroll.horizontal = Track::default();
                    scroll.vertical = Track::default();
                }
            });
            node.restyle(|_: &mut State| {})
        },
    },
    Method {
        name: "lanes",
        apply: |node, args| {
            let value = args.get(0);
            let lanes = match value.as_f64() {
                Some(count) if count >= 1.0 => Some(Lanes::Count(count as usize)),
                Some(_) => None,
                None => match (length(value.get("minLength")), length(value.get("maxLength"))) {
                    (Some(min), Some(max)) => Some(Lanes::Fit { min, max }),
                    _ => None,
                },
            };
            let gutter = length(args.get(1));
            node.restyle(|state: &mut State| {
                state.lanes = lanes;
                state.gutter = gutter;
            })
        },
    },
    Method {
        name: "alignListItem",
        apply: |node, args| {
            // `ListItemAlign`: Start 0, Center 1, End 2.
            let align = match args.get(0).as_i32() {
                Some(1) => ItemAlign::Center,
                Some(2) => ItemAlign::End,
                _ => ItemAlign::Start,
            };
            node.restyle(|state: &mut State| put(&mut state.align, align))
        },
    },
    Method {
        name: "divider",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.divider, Divider::from_value(args.get(0)))),
    },
    Method {
        name: "sticky",
        apply: |node, args| {
            // `StickyStyle`: None 0, Header 1, Footer 2, BOTH 3.
            let style = args.get(0).as_i32().unwrap_or(0);
            node.restyle(|state: &mut State| put(&mut state.sticky, (style & 1 != 0, style & 2 != 0)))
        },
    },
    Method {
        name: "cachedCount",
        apply: |node, args| {
            let cached = cached_count(args.get(0));
            node.restyle(|state: &mut State| put(&mut state.cached, cached))
        },
    },
    Method {
        name: "scrollSnapAlign",
        apply: |node, args| {
            let snap = match args.get(0).as_i32() {
                Some(1) => Some(ScrollAlign::Start),
                Some(2) => Some(ScrollAlign::Center),
                Some(3) => Some(ScrollAlign::End),
                _ => None,
            };
            node.restyle(|state: &mut State| put(&mut state.snap, snap))
        },
    },
    Method {
        name: "scrollSnapAnimationSpeed",
        apply: |node, args| {
            // `ScrollSnapAnimationSpeed`: NORMAL 0, SLOW 1.
            let slowly = args.get(0).as_i32() == Some(1);
            node.redraw(|state: &mut State| put(&mut state.snaps_slowly, slowly))
        },
    },
    Method {
        name: "childrenMainSize",
        apply: |node, args| {
            let sizes = Sizes::from_value(node.tree, args.get(0)).map(Rc::new);
            node.restyle(|state: &mut State| put(&mut state.sizes, sizes))
        },
    },
    Method {
        name: "maintainVisibleContentPosition",
        apply: |node, args| {
            let keeps = args.get(0).as_bool() == Some(true);
            node.redraw(|state: &mut State| put(&mut state.keeps_position, keeps))
        },
    },
    Method {
        name: "stackFromEnd",
        apply: |node, args| {
            let from_end = args.get(0).as_bool() == Some(true);
            node.restyle(|state: &mut State| put(&mut state.from_end, from_end))
        },
    },
    Method {
        name: "chainAnimation",
        apply: |node, args| {
            let chained = args.get(0).as_bool() == Some(true);
            node.restyle(|state: &mut State| put(&mut state.chained, chained))
        },
    },
    FOCUS_WRAP_MODE,
    Method { name: "multiSelectable", apply: |node, args| enable(node, args, select_box) },
    SYNC_LOAD,
    EMPTY_BRANCHES,
    // Deprecated: items are deleted and moved by the app.
    Method { name: "editMode", apply: |_, _| Value::Undefined },
];

static EVENTS: &[Method] = handlers![
    "onScrollVisibleContentChange",
    "onItemDelete",
    "onItemMove",
    "onItemDragStart",
    "onItemDragEnter",
    "onItemDragMove",
    "onItemDragLeave",
    "onItemDrop",
];

/// All attributes and events that are the list's own.
pub(super) static METHODS: std::sync::LazyLock<Vec<Method>> =
    std::sync::LazyLock::new(|| OWN.iter().chain(EVENTS).copied().collect());

/// What a `ListScroller` does besides.
pub(super) static COMMANDS: &[Method] = &[
    Method {
        name: "closeAllSwipeActions",
        apply: |node, args| {
            list_item::close_others(node.tree, node.node, None);
            if let Some(callback) = args.get(0).as_callback() {
                node.tree.emit(callback, Vec::new());
            }
            Value::Undefined
        },
    },
    Method {
        name: "getVisibleListContentInfo",
        apply: |node, args| {
            let density = node.tree.environment.density;
            let (Some(x), Some(y)) = (args.get(0).as_f32(), args.get(1).as_f32()) else { return Value::Undefined };
            let visible = visible_at(node.tree, node.node, Point::new(x * density, y * density));
            visible.map_or_else(|| Value::object([("index", Value::Number(-1.0))]), Visible::to_value)
        },
    },
];
