//! `Blank`: takes what is left of a row, column or flex with a decided length.

use concord_ui::change::put;
use concord_ui::common::{ItemAlign, parse_color};
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::Size;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Value};

/// See the module.
pub(super) struct Blank;

impl Component for Blank {
    fn name(&self) -> &'static str {
        "Blank"
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, _pass: &mut Pass<'_>, _node: NodeId, _constraint: &ContentConstraint) -> Size {
        Size::ZERO
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let basis = tree.get(node).and_then(|node| node.common.flex_basis.as_ref());
        out.length("min", basis.unwrap_or(&Length::ZERO), &tree.environment);
    }
}

/// `create(min?)`: percentages and negative lengths are no minimum. The rest is what the platform sets on every blank.
fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let min = Length::from_value(args.get(0), Unit::Vp)
        .filter(|length| !length.is_relative() && length.to_px(&node.tree.environment) >= 0.0);
    node.resize(|common| {
        common.flex_grow = Some(1.0);
        common.flex_shrink = Some(0.0);
        common.align_self = Some(ItemAlign::Stretch);
        common.flex_basis = min;
    })
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "color",
        apply: |node, args| node.repaint(|common| put(&mut common.background.color, parse_color(args.get(0)))),
    },
];
