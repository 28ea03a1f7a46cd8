//! `GridItem`: an item of a `Grid`.

use super::grid_cells::{Place, set};
use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(super) struct GridItem;

impl Component for GridItem {
    fn name(&self) -> &'static str {
        "GridItem"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(Place::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        place_aligned(pass, node, alignment);
    }
}

fn line(value: &Value) -> Option<usize> {
    value.as_f64().filter(|line| *line >= 0.0).map(|line| line.min(1e6) as usize)
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
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
