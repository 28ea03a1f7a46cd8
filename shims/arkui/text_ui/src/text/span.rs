//! `Span`, `ContainerSpan` and `SymbolSpan`: parts of a `Text`, which lays them out.

use super::text;
use crate::text_style::{Shader, SpanStyle, span_methods, styled, text_background};
use concord_paint::{Brush, Painter, kurbo};
use concord_text::{Paragraph, TextStyle};
use concord_ui::change::put;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Environment;
use std::any::Any;
use std::rc::Rc;

/// A part of a text in a style of its own.
pub(crate) struct Span;

/// Spans with a common background.
pub(crate) struct ContainerSpan;

/// An icon of the system's symbol font in a text.
pub(crate) struct SymbolSpan;

/// The state of a `Span` or `ContainerSpan`.
#[derive(Default)]
pub(super) struct SpanState {
    pub content: Rc<str>,
    pub style: SpanStyle,
    pub is_container: bool,
    /// Where it is shown, in its own frame: one rectangle for each line at least.
    pub rects: Vec<Rect>,
    /// What is in a container, and where.
    pub inner: Vec<(NodeId, Point)>,
}

styled!(SpanState, style);

fn hits(tree: &Tree, node: NodeId, point: Point) -> bool {
    tree.state::<SpanState>(node).is_some_and(|state| state.rects.iter().any(|rect| rect.contains(point)))
}

impl Component for Span {
    fn name(&self) -> &'static str {
        "Span"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(SpanState::default())
    }

    fn methods(&self) -> &'static [Method] {
        SPAN_METHODS
    }

    fn measure(&self, _pass: &mut Pass<'_>, _node: NodeId, _constraint: &ContentConstraint) -> Size {
        Size::ZERO
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn hits(&self, tree: &Tree, node: NodeId, point: Point) -> bool {
        hits(tree, node, point)
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<SpanState>(node) else { return };
        out.text("content", &*state.content);
        out.length("fontSize", state.style.font.size.as_ref().unwrap_or(&super::SIZE), &tree.environment);
        if let Some(color) = state.style.font.color {
            out.color("fontColor", color);
        }
    }
}

impl Component for ContainerSpan {
    fn name(&self) -> &'static str {
        "ContainerSpan"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(SpanState { is_container: true, ..SpanState::default() })
    }

    fn methods(&self) -> &'static [Method] {
        CONTAINER_METHODS
    }

    fn measure(&self, _pass: &mut Pass<'_>, _node: NodeId, _constraint: &ContentConstraint) -> Size {
        Size::ZERO
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let inner = pass.tree.state::<SpanState>(node).map(|state| state.inner.clone()).unwrap_or_default();
        for (child, at) in inner {
            pass.place_child(child, at);
        }
    }

    fn hits(&self, tree: &Tree, node: NodeId, point: Point) -> bool {
        hits(tree, node, point)
    }
}

/// The state of a `SymbolSpan` or `SymbolGlyph`.
#[derive(Default)]
pub(crate) struct SymbolState {
    /// The character of the symbol font; what `$r('sys.symbol.…')` stands for.
    pub symbol: Option<char>,
    pub style: SpanStyle,
    /// `shaderStyle` of a `SymbolGlyph`.
    pub shader: Option<Shader>,
    /// Of a `SymbolGlyph`: the glyph, when the symbol font is there.
    pub glyph: Option<Paragraph>,
    /// `symbolEffect` of a `SymbolGlyph`.
    pub effect: Option<crate::symbol_effect::Effect>,
}

styled!(SymbolState, style);

/// The family of the system's icons, when there is one.
const SYMBOLS: &str = "HM Symbol";

impl SymbolState {
    /// A symbol's style over what is around it. Colours of its parts come as an array; the first counts.
    pub fn text_style(&self, base: &TextStyle, environment: &Environment) -> TextStyle {
        TextStyle { families: vec![SYMBOLS.to_owned()], ..self.style.over(base.clone(), environment) }
    }

    /// Without the font: a drawing of the icon, or a rounded box as large as it would be.
    pub fn paint_box(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(found) = tree.get(node) else { return };
        let content = super::to_paint(&found.layout.content());
        let side = content.width().min(content.height());
        let color = self.style.font.color.unwrap_or_else(|| crate::text_style::theme::primary(&tree.environment));
        let weight = self.style.font.weight.unwrap_or(400);
        let square = kurbo::Rect::from_center_size(content.center(), (side, side));
        let brush = match &self.shader {
            Some(shader) => {
                let square = Rect::new(square.x0 as f32, square.y0 as f32, side as f32, side as f32);
                shader.brush_in(&tree.environment, &square)
            }
            None => Brush::Solid(color),
        };
        if self.symbol.is_some_and(|symbol| crate::symbols::paint(symbol, weight, &brush, square, painter)) {
            return;
        }
        let stroke = kurbo::Stroke::new((side / 12.0).max(1.0));
        let inset = side / 6.0;
        let shape = content.inset(-inset).to_rounded_rect(side / 8.0);
        painter.stroke(kurbo::Shape::to_path(&shape, 0.1), &stroke, &Brush::Solid(color));
    }
}

impl SymbolSpan {
    /// The character of a symbol and its style, when the symbol font is there.
    pub(super) fn glyph(
        pass: &mut Pass<'_>,
        node: NodeId,
        base: &TextStyle,
        environment: &Environment,
    ) -> Option<(String, TextStyle)> {
        if pass.tree.state::<SymbolState>(node).is_none() || !pass.tree.fonts().has_symbols() {
            return None;
        }
        let state = pass.tree.state::<SymbolState>(node)?;
        Some((state.symbol?.to_string(), state.text_style(base, environment)))
    }
}

impl Component for SymbolSpan {
    fn name(&self) -> &'static str {
        "SymbolSpan"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(SymbolState::default())
    }

    fn methods(&self) -> &'static [Method] {
        SYMBOL_METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, _constraint: &ContentConstraint) -> Size {
        let Some(state) = pass.tree.state::<SymbolState>(node) else { return Size::ZERO };
        let side = state.style.font.size.as_ref().unwrap_or(&super::SIZE).to_px(&pass.tree.environment);
        Size::new(side, side)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        if let Some(state) = tree.state::<SymbolState>(node) {
            state.paint_box(tree, node, painter);
        }
    }
}

static SPAN_METHODS: &[Method] = span_methods![
    SpanState;
    Method {
        name: "create",
        apply: |node, args| {
            let content = text(args.get(0));
            node.restyle(|state: &mut SpanState| put(&mut state.content, content))
        },
    },
    Method { name: "textBackgroundStyle", apply: text_background::<SpanState> },
];

static CONTAINER_METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| concord_ui::value::Value::Undefined },
    Method { name: "textBackgroundStyle", apply: text_background::<SpanState> },
];

/// `create`, `fontColor` (an array of colours) and what is accepted, of both symbols.
macro_rules! symbol_methods {
    ($($own:expr),* $(,)?) => {
        $crate::text_style::span_methods![
            $crate::text::SymbolState;
            concord_ui::component::Method {
                name: "create",
                apply: |node, args| {
                    let symbol = args.get(0).as_f64().and_then(|code| char::from_u32(code as u32));
                    let shown = node.tree.state::<$crate::text::SymbolState>(node.node).and_then(|state| state.symbol);
                    if shown.is_some() && shown != symbol {
                        $crate::symbol_effect::replaced(node.tree, node.node);
                    }
                    node.restyle(|state: &mut $crate::text::SymbolState| state.symbol = symbol)
                },
            },
            concord_ui::component::Method {
                name: "fontColor",
                apply: |node, args| {
                    let color = args.get(0).as_array().and_then(|colors| colors.first());
                    let color = concord_ui::common::parse_color(color.unwrap_or(args.get(0)));
                    node.restyle(|state: &mut $crate::text::SymbolState| state.style.font.color = color)
                },
            },
            concord_ui::component::Method { name: "renderingStrategy", apply: |_, _| concord_ui::value::Value::Undefined },
            concord_ui::component::Method { name: "effectStrategy", apply: |_, _| concord_ui::value::Value::Undefined },
            $($own),*
        ]
    };
}
pub(crate) use symbol_methods;

static SYMBOL_METHODS: &[Method] = symbol_methods![];
