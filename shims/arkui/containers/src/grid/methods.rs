//! Attributes and events of a grid.

use super::cells::Options;
use super::{State, select_box};
use crate::layout::templates;
use crate::select_box::enable;
use crate::values::{EMPTY_BRANCHES, SYNC_LOAD, cached_count};
use concord_ui::change::{Change, put};
use concord_ui::component::{Method, Setter};
use concord_ui::handlers;
use concord_ui::scroll::FOCUS_WRAP_MODE;
use concord_ui::value::Value;
use std::sync::LazyLock;

/// Most items in one line.
const MOST_ACROSS: usize = 10_000;

fn count(value: &Value) -> Option<usize> {
    value.as_index().filter(|count| *count >= 1).map(|count| count.min(MOST_ACROSS))
}

fn change<C: Change>(node: &mut Setter<'_>, change: impl FnOnce(&mut State) -> C) -> Value {
    node.restyle(|state: &mut State| {
        let changed = change(state).changed();
        if changed {
            state.cells.forget();
        }
        changed
    })
}

static OWN: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let options = Options::from_value(args.get(1));
            change(node, |state| put(&mut state.options, options))
        },
    },
    Method {
        name: "layoutDirection",
        apply: |node, args| {
            // `GridDirection`: Row 0, Column 1, RowReverse 2, ColumnReverse 3.
            let by_column = matches!(args.get(0).as_i32(), Some(1 | 3));
            change(node, |state| put(&mut state.by_column, by_column))
        },
    },
    Method {
        name: "alignItems",
        apply: |node, args| change(node, |state| put(&mut state.stretch, args.get(0).as_i32() == Some(1))),
    },
    Method {
        name: "maxCount",
        apply: |node, args| change(node, |state| put(&mut state.max_count, count(args.get(0)))),
    },
    Method {
        name: "minCount",
        apply: |node, args| change(node, |state| put(&mut state.min_count, count(args.get(0)).unwrap_or(1))),
    },
    Method {
        name: "cellLength",
        apply: |node, args| {
            change(node, |state| put(&mut state.cell_length, args.get(0).as_f32().filter(|length| *length > 0.0)))
        },
    },
    Method {
        name: "cachedCount",
        apply: |node, args| {
            let cached = cached_count(args.get(0));
            change(node, |state| put(&mut state.cached, cached))
        },
    },
    Method {
        name: "editMode",
        apply: |node, args| {
            let edits = args.get(0).as_bool() == Some(true);
            node.redraw(|state: &mut State| put(&mut state.edits, edits))
        },
    },
    FOCUS_WRAP_MODE,
    Method { name: "multiSelectable", apply: |node, args| enable(node, args, select_box) },
    SYNC_LOAD,
    EMPTY_BRANCHES,
    // Items make room at once.
    Method {
        name: "supportAnimation",
        apply: |node, args| {
            let makes_room = args.get(0).as_bool() == Some(true);
            node.redraw(|state: &mut State| put(&mut state.drag.makes_room, makes_room))
        },
    },
];

static EVENTS: &[Method] = handlers![
    "onScrollBarUpdate",
    "onItemDragStart",
    "onItemDragEnter",
    "onItemDragMove",
    "onItemDragLeave",
    "onItemDrop",
];

/// All that are the grid's own.
pub(super) static METHODS: LazyLock<Vec<Method>> =
    LazyLock::new(|| templates::methods::<State>().iter().chain(OWN).chain(EVENTS).copied().collect());
