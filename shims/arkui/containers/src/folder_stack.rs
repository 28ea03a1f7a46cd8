//! `FolderStack`: a stack that moves children above the fold of a device that is half open. On devices that do not fold, which
//! are all that there are here, it is a stack, and its events never come.

use concord_ui::change::put;
use concord_ui::common::Alignment;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(super) struct FolderStack;

/// Where the children lie.
#[derive(Default)]
struct Style {
    content: Option<Alignment>,
}

fn alignment(tree: &Tree, node: NodeId) -> Alignment {
    let common = tree.get(node).and_then(|node| node.common.align);
    common.or_else(|| tree.state::<Style>(node)?.content).unwrap_or_default()
}

impl Component for FolderStack {
    fn name(&self) -> &'static str {
        "FolderStack"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(Style::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = alignment(pass.tree, node);
        place_aligned(pass, node, alignment);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        out.text("alignContent", alignment(tree, node).name());
    }
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method {
        name: "alignContent",
        apply: |node, args| {
            node.restyle(|style: &mut Style| put(&mut style.content, Alignment::from_value(args.get(0))))
        },
    },
    // About folding only.
    Method { name: "enableAnimation", apply: |_, _| Value::Undefined },
    Method { name: "autoHalfFold", apply: |_, _| Value::Undefined },
    EVENTS[0],
    EVENTS[1],
];

static EVENTS: &[Method] = handlers!["onFolderStateChange", "onHoverStatusChange"];
