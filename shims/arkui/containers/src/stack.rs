//! `Stack`: children on top of each other.

use concord_ui::change::put;
use concord_ui::common::Alignment;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::{NodeId, Tree};
use std::any::Any;

/// See the module.
pub(super) struct Stack;

/// Where the children lie; `align` comes before it.
#[derive(Default)]
struct Style {
    content: Option<Alignment>,
}

fn alignment(tree: &Tree, node: NodeId) -> Alignment {
    let common = tree.get(node).and_then(|node| node.common.align);
    common.or_else(|| tree.state::<Style>(node)?.content).unwrap_or_default()
}

impl Component for Stack {
    fn name(&self) -> &'static str {
        "Stack"
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

pub(super) const ALIGN_CONTENT: Method = Method {
    name: "alignContent",
    apply: |node, args| node.restyle(|style: &mut Style| put(&mut style.content, Alignment::from_value(args.get(0)))),
};

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let content = Alignment::from_value(args.get(0).get("alignContent"));
            node.restyle(|style: &mut Style| put(&mut style.content, content))
        },
    },
    ALIGN_CONTENT,
];
