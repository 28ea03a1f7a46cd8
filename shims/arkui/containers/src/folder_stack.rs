//! `FolderStack`: a stack that moves children above the fold of a device that is half open. On devices that do not fold, which
//! are all that there are here, it is a stack, and its events never come.

use super::stack::{self, Stack};
use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(super) struct FolderStack;

impl Component for FolderStack {
    fn name(&self) -> &'static str {
        "FolderStack"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Stack.new_state()
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        Stack.measure(pass, node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        Stack.place(pass, node);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        Stack.inspect(tree, node, out);
    }
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    stack::ALIGN_CONTENT,
    // About folding only.
    Method { name: "enableAnimation", apply: |_, _| Value::Undefined },
    Method { name: "autoHalfFold", apply: |_, _| Value::Undefined },
    EVENTS[0],
    EVENTS[1],
];

static EVENTS: &[Method] = handlers!["onFolderStateChange", "onHoverStatusChange"];
