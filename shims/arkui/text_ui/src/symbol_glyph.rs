//! `SymbolGlyph`: an icon of the system's symbol font; without the font, a box in its place.

use super::symbol_effect;
use super::text::{SymbolState, symbol_methods};
use crate::text_style::{Shader, theme, theme_style};
use concord_paint::{Painter, kurbo};
use concord_text::{Paragraph, ParagraphStyle, Point};
use concord_ui::change::put;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Rect, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use std::any::Any;

/// See the module.
pub(super) struct SymbolGlyph;

const SIZE: Length = Length::Plain(16.0, Unit::Fp);

impl Component for SymbolGlyph {
    fn name(&self) -> &'static str {
        "SymbolGlyph"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(SymbolState::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, _constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state_mut::<SymbolState>(node) else { return Size::ZERO };
        let side = state.style.font.size.as_ref().unwrap_or(&SIZE).to_px(&environment);
        state.glyph = state.symbol.filter(|_| fonts.has_symbols()).map(|symbol| {
            let base = theme_style(&environment, &SIZE, theme::primary(&environment));
            let style = state.text_style(&base, &environment);
            let mut glyph = Paragraph::plain(&fonts, &ParagraphStyle::default(), &symbol.to_string(), &style);
            glyph.layout(f32::INFINITY, None);
            glyph
        });
        Size::new(side, side)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<SymbolState>(node), tree.get(node)) else { return };
        let content = found.layout.content();
        let center =
            content.origin + concord_ui::geometry::Point::new(content.size.width / 2.0, content.size.height / 2.0);
        let center = kurbo::Point::new(f64::from(center.x), f64::from(center.y));
        symbol_effect::paint(state.effect.as_ref(), tree.now, center, painter, |painter| {
            paint_symbol(tree, node, state, &content, painter);
        });
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        symbol_effect::tick(pass.tree, node);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<SymbolState>(node) else { return };
        let style = &state.style.font;
        out.length("fontSize", style.size.as_ref().unwrap_or(&SIZE), &tree.environment);
        out.text("fontWeight", format!("{}", style.weight.unwrap_or(400)));
        out.color("fontColor", style.color.unwrap_or(theme::primary(&tree.environment)));
    }
}

/// Draws the glyph, or what stands for it without the font.
fn paint_symbol(tree: &Tree, node: NodeId, state: &SymbolState, content: &Rect, painter: &mut Painter) {
    let Some(glyph) = &state.glyph else { return state.paint_box(tree, node, painter) };
    let size = glyph.size();
    let middle = |from: f32, extent: f32, own: f64| f64::from(from) + (f64::from(extent) - own) / 2.0;
    let x = middle(content.origin.x, content.size.width, size.width);
    let y = middle(content.origin.y, content.size.height, size.height);
    glyph.paint(painter, Point::new(x.round(), y.round()));
}

static METHODS: &[Method] = symbol_methods![
    Method {
        name: "shaderStyle",
        apply: |node, args| {
            let shader = Shader::from_value(args.get(0));
            node.redraw(|state: &mut SymbolState| put(&mut state.shader, shader))
        },
    },
    Method { name: "symbolEffect", apply: symbol_effect::set },
    Method { name: "symbolShadow", apply: |_, _| concord_ui::value::Value::Undefined },
    Method { name: "minFontScale", apply: |_, _| concord_ui::value::Value::Undefined },
    Method { name: "maxFontScale", apply: |_, _| concord_ui::value::Value::Undefined },
];
