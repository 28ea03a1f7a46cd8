//! `Row` and `Column`: children beside or below each other.

use crate::layout::{Linear, LinearStyle};
use concord_ui::change::put;
use concord_ui::common::{FlexAlign, ItemAlign};
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;
use std::any::Any;

/// `Row` along the horizontal axis, `Column` along the vertical one.
pub(super) struct Line(pub(super) Axis);

impl Component for Line {
    fn name(&self) -> &'static str {
        match self.0 {
            Axis::Horizontal => "Row",
            Axis::Vertical => "Column",
        }
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(LinearStyle::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let style = pass.tree.state::<LinearStyle>(node).cloned().unwrap_or_default();
        Linear { axis: self.0, style: &style, flexible: false }.measure(pass, node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let style = pass.tree.state::<LinearStyle>(node).cloned().unwrap_or_default();
        Linear { axis: self.0, style: &style, flexible: false }.place(pass, node);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(style) = tree.state::<LinearStyle>(node) else { return };
        out.length("space", style.space.as_ref().unwrap_or(&Length::ZERO), &tree.environment);
        out.text("justifyContent", style.justify.name());
        out.text(
            "alignItems",
            match (self.0, style.align) {
                (Axis::Horizontal, ItemAlign::Start) => "VerticalAlign.Top",
                (Axis::Horizontal, ItemAlign::End) => "VerticalAlign.Bottom",
                (Axis::Horizontal, _) => "VerticalAlign.Center",
                (Axis::Vertical, ItemAlign::Start) => "HorizontalAlign.Start",
                (Axis::Vertical, ItemAlign::End) => "HorizontalAlign.End",
                (Axis::Vertical, _) => "HorizontalAlign.Center",
            },
        );
    }
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            node.restyle(|style: &mut LinearStyle| {
                put(&mut style.space, Length::from_value(args.get(0).get("space"), Unit::Vp))
            })
        },
    },
    Method {
        name: "justifyContent",
        apply: |node, args| {
            node.restyle(|style: &mut LinearStyle| {
                put(&mut style.justify, FlexAlign::from_value(args.get(0)).unwrap_or_default())
            })
        },
    },
    // `VerticalAlign` and `HorizontalAlign` have the numbers of `ItemAlign`.
    Method {
        name: "alignItems",
        apply: |node, args| {
            node.restyle(|style: &mut LinearStyle| {
                put(&mut style.align, ItemAlign::from_value(args.get(0)).unwrap_or_default())
            })
        },
    },
    Method {
        name: "reverse",
        apply: |node, args| {
            let reverse = !matches!(args.get(0), Value::Bool(false) | Value::Null);
            node.restyle(|style: &mut LinearStyle| put(&mut style.reverse, reverse))
        },
    },
];
