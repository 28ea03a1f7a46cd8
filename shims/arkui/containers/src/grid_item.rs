//! `GridItem`: an item of a `Grid`.

use super::grid::{Told, set};
use super::select_box::{self, Choice};
use concord_ui::change::put;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::Size;
use concord_ui::input::UiState;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::theme;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(super) struct GridItem;

impl Component for GridItem {
    fn name(&self) -> &'static str {
        "GridItem"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(Told::default())
    }

    fn methods(&self) -> &'static [Method] {
        static ALL: std::sync::LazyLock<Vec<Method>> = std::sync::LazyLock::new(|| {
            METHODS.iter().chain(select_box::ITEM_METHODS).chain(select_box::ITEM_EVENTS).copied().collect()
        });
        &ALL
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        if !tree.state::<Told>(node).is_some_and(|told| told.plain) {
            return Looks::default();
        }
        // `grid_item_pattern` of the theme.
        let overlay = if tree.ui_state(node).has(UiState::PRESSED) {
            Some(theme::PRESSED.of(&tree.environment))
        } else {
            tree.is_hovered(node).then_some(theme::HOVERED.of(&tree.environment))
        };
        Looks { radius: Some(Length::vp(8.0)), overlay, ..Looks::default() }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        out.flag("selected", tree.state::<Told>(node).is_some_and(|told| told.choice.selected));
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        place_aligned(pass, node, alignment);
    }
}

/// Whether an item is selected, and whether it can be.
pub(super) fn choice(tree: &mut Tree, item: NodeId) -> Option<&mut Choice> {
    tree.state_mut::<Told>(item).map(|told| &mut told.choice)
}

fn line(value: &Value) -> Option<usize> {
    value.as_f64().filter(|line| *line >= 0.0).map(|line| line.min(1e6) as usize)
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            // `GridItemStyle`: NONE 0, PLAIN 1. What comes before are the functions of the compiled page.
            let style = (0..3).map(|index| args.get(index).get("style")).find_map(Value::as_i32);
            node.restyle(|told: &mut Told| put(&mut told.plain, style == Some(1)))
        },
    },
    Method { name: "forceRebuild", apply: |_, _| Value::Undefined },
    Method {
        name: "rowStart",
        apply: |node, args| {
            set(node.tree, node.node, |place| place.rows.0 = line(args.get(0)));
            Value::Undefined
        },
    },
    Method {
        name: "rowEnd",
        apply: |node, args| {
            set(node.tree, node.node, |place| place.rows.1 = line(args.get(0)));
            Value::Undefined
        },
    },
    Method {
        name: "columnStart",
        apply: |node, args| {
            set(node.tree, node.node, |place| place.columns.0 = line(args.get(0)));
            Value::Undefined
        },
    },
    Method {
        name: "columnEnd",
        apply: |node, args| {
            set(node.tree, node.node, |place| place.columns.1 = line(args.get(0)));
            Value::Undefined
        },
    },
];
