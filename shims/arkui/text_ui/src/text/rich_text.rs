//! `RichText`: HTML, which the library makes a styled string of. As wide as it may be.

use super::{State, Text, commands};
use concord_paint::Painter;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Point, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(crate) struct RichText;

impl Component for RichText {
    fn name(&self) -> &'static str {
        "RichText"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let size = Text.measure(pass, node, constraint);
        if !constraint.max.width.is_finite() || constraint.ideal.width.is_some() {
            return size;
        }
        if let Some(paragraph) = pass.tree.state_mut::<State>(node).and_then(|state| state.paragraph.as_mut()) {
            paragraph.layout(constraint.max.width, Some(constraint.max.height));
        }
        Size::new(constraint.max.width, size.height)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        Text.place(pass, node);
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        Text.paint(tree, node, painter);
    }

    fn reacts_to_click(&self, tree: &Tree, node: NodeId) -> bool {
        Text.reacts_to_click(tree, node)
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        Text.on_click(pass, node, at);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        Text.inspect(tree, node, out);
    }
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method { name: "onStart", apply: |node, args| node.handler("onStart", args) },
    Method { name: "onComplete", apply: |node, args| node.handler("onComplete", args) },
];

static COMMANDS: &[Method] = &[
    Method { name: "styledString", apply: commands::styled_string },
    Method { name: "pieceAt", apply: commands::piece_at },
    // An event of the library's, by its name.
    Method {
        name: "tell",
        apply: |node, args| {
            let event = args.get(0).as_str().unwrap_or_default();
            Value::Bool(node.tree.emit_event(node.node, event, Vec::new()))
        },
    },
];
