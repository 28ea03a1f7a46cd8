//! `ColumnSplit` and `RowSplit`: children below or beside each other with dividers that can be dragged.

use concord_paint::kurbo::Rect;
use concord_paint::{Brush, Color, Painter};
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::Value;
use std::any::Any;

/// The one whose children lie along this axis.
pub(super) struct Split(pub(super) Axis);

/// Thickness of a divider in px.
const DIVIDER: f32 = 1.0;
const COLOR: Color = Color::from_argb(0x1a00_0000);

#[derive(Debug, Clone, Default)]
struct Style {
    resizeable: bool,
    /// Between a divider and the child before it.
    start_margin: Option<Length>,
    /// Between a divider and the child behind it.
    end_margin: Option<Length>,
    /// Where dividers were drawn last, in the frame of the node.
    dividers: Vec<Point>,
}

impl Style {
    /// Before a divider, and behind it.
    fn margins(&self, environment: &Environment) -> (f32, f32) {
        let px = |length: &Option<Length>| length.as_ref().map_or(0.0, |length| length.to_px(environment).max(0.0));
        (px(&self.start_margin), px(&self.end_margin))
    }
}

impl Component for Split {
    fn name(&self) -> &'static str {
        match self.0 {
            Axis::Horizontal => "RowSplit",
            Axis::Vertical => "ColumnSplit",
        }
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(Style::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let axis = self.0;
        let (children, positioned) = pass.split_children(node);
        let mut size = Size::ZERO;
        for child in &children {
            pass.measure(*child, &constraint.for_child());
            let outer = pass.outer(*child);
            let cross = size.along(axis.cross()).max(outer.along(axis.cross()));
            size = Size::on(axis, size.along(axis) + outer.along(axis), cross);
        }
        pass.measure_positioned(&positioned, constraint);
        let (before, behind) = margins(pass.tree, node);
        let gaps = (before + DIVIDER + behind) * children.len().saturating_sub(1) as f32;
        constraint.fit(size.with(axis, size.along(axis) + gaps))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let (axis, cross) = (self.0, self.0.cross());
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let (before, behind) = margins(pass.tree, node);
        let (children, _) = pass.split_children(node);
        let count = children.len();
        let mut dividers = Vec::new();
        let mut at = 0.0;
        for (index, child) in children.into_iter().enumerate() {
            let outer = pass.outer(child);
            let free = (content.size.along(cross) - outer.along(cross)) / 2.0;
            let offset = Size::on(axis, at, free);
            pass.place_child(child, content.origin + Point::new(offset.width, offset.height));
            at += outer.along(axis);
            if index + 1 < count {
                let line = Size::on(axis, at + before, 0.0);
                dividers.push(content.origin + Point::new(line.width, line.height));
                at += before + DIVIDER + behind;
            }
        }
        if let Some(style) = pass.tree.state_mut::<Style>(node) {
            style.dividers = dividers;
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(style), Some(node)) = (tree.state::<Style>(node), tree.get(node)) else { return };
        let size = Size::on(self.0, DIVIDER, node.layout.content().size.along(self.0.cross()));
        for at in &style.dividers {
            let (x, y) = (f64::from(at.x), f64::from(at.y));
            let rect = Rect::new(x, y, x + f64::from(size.width), y + f64::from(size.height));
            painter.fill_rect(rect, &Brush::Solid(COLOR));
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        out.flag("resizeable", tree.state::<Style>(node).is_some_and(|style| style.resizeable));
    }
}

fn margins(tree: &Tree, node: NodeId) -> (f32, f32) {
    tree.state::<Style>(node).map_or((0.0, 0.0), |style| style.margins(&tree.environment))
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method {
        name: "resizeable",
        apply: |node, args| node.redraw(|style: &mut Style| style.resizeable = args.get(0).as_bool() == Some(true)),
    },
    Method {
        name: "divider",
        apply: |node, args| {
            let margin = |name: &str| Length::from_value(args.get(0).get(name), Unit::Vp);
            node.restyle(|style: &mut Style| {
                style.start_margin = margin("startMargin");
                style.end_margin = margin("endMargin");
            })
        },
    },
];
