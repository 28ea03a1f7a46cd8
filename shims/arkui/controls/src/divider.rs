//! `Divider`: a line across its parent.

use concord_paint::kurbo::{Cap, Line, Point, Shape, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::change::put;
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(super) struct Divider;

/// The default colour of dividers (`ohos_id_color_list_separator`), in light and in the dark.
const COLOR: Color = Color::from_argb(0x3318_2431);
const COLOR_DARK: Color = Color::from_argb(0x33ff_ffff);

#[derive(Debug, Clone, Default)]
struct Style {
    vertical: bool,
    color: Option<Color>,
    /// Default: 1 px.
    stroke_width: Option<Length>,
    cap: Option<Cap>,
}

impl Style {
    fn shown_color(&self, tree: &Tree) -> Color {
        self.color.unwrap_or(if tree.environment.dark { COLOR_DARK } else { COLOR })
    }

    fn axis(&self) -> Axis {
        if self.vertical { Axis::Vertical } else { Axis::Horizontal }
    }

    fn thickness(&self, tree: &Tree) -> f32 {
        let width = self.stroke_width.as_ref().map(|width| width.to_px(&tree.environment));
        width.filter(|width| *width >= 0.0).unwrap_or(1.0)
    }
}

fn style(tree: &Tree, node: NodeId) -> Style {
    tree.state(node).cloned().unwrap_or_default()
}

impl Component for Divider {
    fn name(&self) -> &'static str {
        "Divider"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(Style::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let style = style(pass.tree, node);
        let axis = style.axis();
        let reference = constraint.percent.along(axis).min(constraint.max.along(axis));
        let length = if reference.is_finite() { reference } else { 0.0 };
        constraint.fit(Size::on(axis, length, style.thickness(pass.tree)))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(content) = tree.get(node).map(|node| node.layout.content()) else { return };
        let style = style(tree, node);
        let axis = style.axis();
        let thickness = style.thickness(tree).min(content.size.along(axis.cross()));
        let cap = style.cap.unwrap_or(Cap::Butt);
        // Round and square ends lie within the length.
        let inset = if cap == Cap::Butt { 0.0 } else { thickness / 2.0 };
        let end = (content.size.along(axis) - inset).max(inset);
        let middle = content.size.along(axis.cross()) / 2.0;
        let at = |main: f32| {
            let point = Size::on(axis, main, middle);
            Point::new(f64::from(content.origin.x + point.width), f64::from(content.origin.y + point.height))
        };
        let stroke = Stroke::new(f64::from(thickness)).with_caps(cap);
        let path = Line::new(at(inset), at(end)).to_path(0.1);
        painter.stroke(path, &stroke, &Brush::Solid(style.shown_color(tree)));
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let style = style(tree, node);
        out.flag("vertical", style.vertical);
        out.color("color", style.shown_color(tree));
        out.length("strokeWidth", style.stroke_width.as_ref().unwrap_or(&Length::px(1.0)), &tree.environment);
        let cap = match style.cap {
            Some(Cap::Round) => "LineCapStyle.Round",
            Some(Cap::Square) => "LineCapStyle.Square",
            _ => "LineCapStyle.Butt",
        };
        out.text("lineCap", cap);
    }
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method {
        name: "vertical",
        apply: |node, args| {
            node.restyle(|style: &mut Style| put(&mut style.vertical, args.get(0).as_bool() == Some(true)))
        },
    },
    Method {
        name: "color",
        apply: |node, args| node.redraw(|style: &mut Style| put(&mut style.color, parse_color(args.get(0)))),
    },
    Method {
        name: "strokeWidth",
        apply: |node, args| {
            let width = Length::from_value(args.get(0), Unit::Vp).filter(|width| !width.is_relative());
            node.restyle(|style: &mut Style| put(&mut style.stroke_width, width))
        },
    },
    Method {
        name: "lineCap",
        apply: |node, args| {
            node.redraw(|style: &mut Style| {
                style.cap = match args.get(0).as_i32() {
                    Some(1) => Some(Cap::Round),
                    Some(2) => Some(Cap::Square),
                    _ => None,
                };
            })
        },
    },
];
