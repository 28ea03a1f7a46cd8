//! Nodes without looks: those of `if`, `ForEach` and custom components, and the box around a custom component with attributes.

use super::item_drag::Mover;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;
use std::any::Any;

/// A node that only groups others; its name is what it is made with.
pub(super) struct Syntax(pub(super) &'static str);

impl Component for Syntax {
    fn name(&self) -> &'static str {
        self.0
    }

    fn is_syntax(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(None::<Mover>)
    }

    fn methods(&self) -> &'static [Method] {
        if matches!(self.0, "ForEach" | "LazyForEach" | "Repeat") { MOVES } else { &[] }
    }

    fn measure(&self, _pass: &mut Pass<'_>, _node: NodeId, _constraint: &ContentConstraint) -> Size {
        Size::ZERO
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}
}

/// What nodes with items have.
static MOVES: &[Method] = &[Method {
    name: "onMove",
    apply: |node, args| {
        let mover = Mover::from_args(args);
        if let Some(state) = node.tree.state_mut::<Option<Mover>>(node.node) {
            *state = mover;
        }
        Value::Undefined
    },
}];

/// `__Common__`: attributes that are set on a custom component from outside.
pub(super) struct Common;

impl Component for Common {
    fn name(&self) -> &'static str {
        "__Common__"
    }

    fn methods(&self) -> &'static [Method] {
        &[Method { name: "create", apply: |_, _| Value::Undefined }]
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        place_aligned(pass, node, alignment);
    }
}
