//! The button of a `Search`: pages find it as a `Button` with its text.

use super::editing;
use super::state::State;
use crate::text_style::{SpanStyle, styled, theme, theme_style};
use concord_paint::Painter;
use concord_text::{Paragraph, ParagraphStyle};
use concord_ui::change::put;
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Value};
use std::any::Any;

struct SearchButton;

static SEARCH_BUTTON: SearchButton = SearchButton;

#[derive(Default)]
struct ButtonState {
    text: String,
    style: SpanStyle,
    label: Option<Paragraph>,
}

styled!(ButtonState, style);

const SIZE: Length = Length::Plain(16.0, Unit::Fp);
/// On both sides of the text, in vp.
const PADDING: f32 = 14.0;

/// `searchButton(text, {fontSize, fontColor})`; nothing takes the button away.
pub(super) fn set(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let Some(state) = node.tree.state::<State>(node.node) else { return Value::Undefined };
    let text = args.get(0).as_str().filter(|text| !text.is_empty());
    let button = match (state.button, text) {
        (Some(button), None) => {
            node.tree.destroy(button);
            None
        }
        (None, Some(_)) => {
            let button = node.tree.create(&SEARCH_BUTTON, -1);
            node.tree.append(node.node, button);
            Some(button)
        }
        (button, _) => button,
    };
    let style = SpanStyle::from_value(args.get(1));
    if let (Some(state), Some(text)) = (button.and_then(|id| node.tree.state_mut::<ButtonState>(id)), text) {
        state.text = text.to_owned();
        state.style = style;
    }
    if let Some(button) = button {
        node.tree.mark_measure(button);
    }
    let waits = args.get(1).get("autoDisable").as_bool() == Some(true);
    node.restyle(|state: &mut State| {
        state.button_waits = waits;
        put(&mut state.button, button)
    })
}

impl Component for SearchButton {
    fn name(&self) -> &'static str {
        "Button"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(ButtonState::default())
    }

    fn methods(&self) -> &'static [Method] {
        &[]
    }

    // The focus stays with the text.
    fn focusable(&self) -> bool {
        false
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state_mut::<ButtonState>(node) else { return Size::ZERO };
        let style = state.style.over(theme_style(&environment, &SIZE, theme::EMPHASIZE), &environment);
        let mut label = Paragraph::plain(&fonts, &ParagraphStyle::default(), &state.text, &style);
        label.layout(f32::INFINITY, None);
        let width = label.longest_line().ceil() + 2.0 * environment.vp(PADDING);
        let height = label.size().height as f32;
        state.label = Some(label);
        Size::new(width, height.max(constraint.min.height))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<ButtonState>(node), tree.get(node)) else { return };
        let frame = Rect { origin: Point::ZERO, size: found.layout.size };
        if let Some(label) = &state.label {
            super::paint::label(painter, crate::text::to_paint(&frame), label);
        }
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, _at: Point) {
        let Some(search) = pass.tree.frame_parent(node) else { return };
        let waits = |state: &State| state.button_waits && state.editor.is_empty();
        if !pass.tree.state::<State>(search).is_some_and(waits) {
            editing::submit(pass, search);
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<ButtonState>(node) else { return };
        out.text("content", state.text.as_str());
        out.text("label", state.text.as_str());
    }
}
