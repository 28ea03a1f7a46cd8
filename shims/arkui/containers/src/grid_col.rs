//! `GridCol`: a child of `GridRow` that spans columns.

use crate::layout::grid_row::{GridColStyle, PerBreakpoint};
use concord_ui::change::{Change, put};
use concord_ui::common::Alignment;
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::Size;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(super) struct GridCol;

impl Component for GridCol {
    fn name(&self) -> &'static str {
        "GridCol"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(GridColStyle::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or(Alignment::TopStart);
        place_aligned(pass, node, alignment);
    }
}

/// Changes a column, and lays out the row around it.
fn change<C: Change>(node: &mut Setter<'_>, change: impl FnOnce(&mut GridColStyle) -> C) -> Value {
    node.restyle(change)
}

fn numbers(value: &Value) -> PerBreakpoint<i32> {
    PerBreakpoint::from_value(value, Value::as_i32)
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let options = args.get(0);
            change(node, |style| {
                style.span = numbers(options.get("span"));
                style.offset = numbers(options.get("offset"));
                style.order = numbers(options.get("order"));
            })
        },
    },
    Method { name: "span", apply: |node, args| change(node, |style| put(&mut style.span, numbers(args.get(0)))) },
    Method {
        name: "gridColOffset",
        apply: |node, args| change(node, |style| put(&mut style.offset, numbers(args.get(0)))),
    },
    Method { name: "order", apply: |node, args| change(node, |style| put(&mut style.order, numbers(args.get(0)))) },
];
