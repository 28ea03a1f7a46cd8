//! Attributes of a water flow.

use super::State;
use super::spots::Section;
use crate::layout::templates;
use crate::values::{EMPTY_BRANCHES, SYNC_LOAD, cached_count, length};
use concord_ui::change::put;
use concord_ui::component::Method;
use concord_ui::units::Length;
use concord_ui::value::Value;
use std::sync::LazyLock;

fn sections(value: &Value) -> Vec<Section> {
    let sections = value.as_array().or_else(|| value.get("sectionArray").as_array()).unwrap_or_default();
    let count = |value: &Value, most: f64| value.as_f64().map_or(1, |count| count.clamp(0.0, most) as usize);
    sections
        .iter()
        .map(|section| {
            let margin = section.get("margin");
            let all = length(margin);
            let edge = |name: &str| all.clone().or_else(|| length(margin.get(name))).unwrap_or(Length::ZERO);
            Section {
                items: count(section.get("itemsCount"), 1e9),
                lanes: count(section.get("crossCount"), 1000.0).max(1),
                lane_gap: length(section.get("columnsGap")),
                item_gap: length(section.get("rowsGap")),
                margin: [edge("top"), edge("bottom"), edge("left"), edge("right")],
                main_size: section.get("onGetItemMainSizeByIndex").as_callback().cloned(),
            }
        })
        .collect()
}

static OWN: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let sections = sections(args.get(0).get("sections"));
            node.restyle(|state: &mut State| put(&mut state.sections, sections))
        },
    },
    Method {
        name: "layoutDirection",
        apply: |node, args| {
            // `FlexDirection`: Row 0, Column 1, RowReverse 2, ColumnReverse 3.
            let horizontal = matches!(args.get(0).as_i32(), Some(0 | 2));
            node.restyle(|state: &mut State| put(&mut state.horizontal, horizontal))
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
        name: "itemConstraintSize",
        apply: |node, args| {
            let limit = |name: &str| length(args.get(0).get(name));
            let limits = [[limit("minWidth"), limit("minHeight")], [limit("maxWidth"), limit("maxHeight")]];
            node.restyle(|state: &mut State| {
                state.limits = limits;
                state.spots.clear();
            })
        },
    },
    SYNC_LOAD,
    EMPTY_BRANCHES,
];

/// What the app's side says: the node that it made for the footer, and sections that have changed.
pub(super) static PARTS: &[Method] = &[
    Method {
        name: "footer",
        apply: |node, args| {
            let number = args.get(0).as_f64().filter(|number| *number > 0.0);
            let footer = number.and_then(|number| node.tree.by_number(number as u64));
            node.restyle(|state: &mut State| put(&mut state.footer, footer))
        },
    },
    Method {
        name: "sections",
        apply: |node, args| {
            let sections = sections(args.get(0));
            node.restyle(|state: &mut State| put(&mut state.sections, sections))
        },
    },
];

/// All that are the water flow's own.
pub(super) static METHODS: LazyLock<Vec<Method>> =
    LazyLock::new(|| templates::methods::<State>().iter().chain(OWN).copied().collect());
