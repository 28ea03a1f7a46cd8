//! `Flex`: children in one line that grow and shrink, or in several lines.

use crate::layout::{Linear, LinearStyle, Wrap, WrapStyle};
use concord_ui::common::{FlexAlign, ItemAlign};
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::{Axis, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Value};
use std::any::Any;

/// See the module.
pub(super) struct Flex;

/// What a flex is created with. All of it is for a wrapping one; a line reads a part.
#[derive(Debug, Clone, Default)]
struct Style {
    axis: Option<Axis>,
    wraps: bool,
    wrap: WrapStyle,
}

impl Style {
    fn axis(&self) -> Axis {
        self.axis.unwrap_or(Axis::Horizontal)
    }

    fn line(&self) -> LinearStyle {
        let WrapStyle { space, justify, align, reverse, .. } = self.wrap.clone();
        LinearStyle { space, justify, align, reverse }
    }
}

fn style(tree: &Tree, node: NodeId) -> Style {
    tree.state(node).cloned().unwrap_or_default()
}

impl Component for Flex {
    fn name(&self) -> &'static str {
        "Flex"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(Style::default())
    }

    fn methods(&self) -> &'static [Method] {
        &[Method { name: "create", apply: create }]
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let style = style(pass.tree, node);
        if style.wraps {
            Wrap { axis: style.axis(), style: &style.wrap }.measure(pass, node, constraint)
        } else {
            Linear { axis: style.axis(), style: &style.line(), flexible: true }.measure(pass, node, constraint)
        }
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let style = style(pass.tree, node);
        if style.wraps {
            Wrap { axis: style.axis(), style: &style.wrap }.place(pass, node);
        } else {
            Linear { axis: style.axis(), style: &style.line(), flexible: true }.place(pass, node);
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let style = style(tree, node);
        let direction = match (style.axis(), style.wrap.reverse) {
            (Axis::Horizontal, false) => "FlexDirection.Row",
            (Axis::Horizontal, true) => "FlexDirection.RowReverse",
            (Axis::Vertical, false) => "FlexDirection.Column",
            (Axis::Vertical, true) => "FlexDirection.ColumnReverse",
        };
        let wrap = match (style.wraps, style.wrap.wrap_reverse) {
            (false, _) => "FlexWrap.NoWrap",
            (true, false) => "FlexWrap.Wrap",
            (true, true) => "FlexWrap.WrapReverse",
        };
        let constructor = serde_json::json!({
            "direction": direction,
            "wrap": wrap,
            "justifyContent": style.wrap.justify.name(),
            "alignItems": style.wrap.align.name(),
            "alignContent": style.wrap.align_content.name(),
        });
        out.json("constructor", constructor);
    }
}

/// `create({direction, wrap, justifyContent, alignItems, alignContent, space: {main, cross}})`.
fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let direction = options.get("direction").as_i32().unwrap_or(0);
    let wrap = options.get("wrap").as_i32().unwrap_or(0);
    let space = options.get("space");
    let wrap_style = WrapStyle {
        space: Length::from_value(space.get("main"), Unit::Vp),
        line_space: Length::from_value(space.get("cross"), Unit::Vp),
        justify: FlexAlign::from_value(options.get("justifyContent")).unwrap_or_default(),
        align: ItemAlign::from_value(options.get("alignItems")).unwrap_or(ItemAlign::Start),
        align_content: FlexAlign::from_value(options.get("alignContent")).unwrap_or_default(),
        reverse: matches!(direction, 2 | 3),
        wrap_reverse: wrap == 2,
    };
    // `FlexDirection`: Row 0, Column 1, RowReverse 2, ColumnReverse 3. `FlexWrap`: NoWrap 0, Wrap 1, WrapReverse 2.
    let axis = if matches!(direction, 1 | 3) { Axis::Vertical } else { Axis::Horizontal };
    node.restyle(|style: &mut Style| {
        *style = Style { axis: Some(axis), wraps: matches!(wrap, 1 | 2), wrap: wrap_style }
    })
}
