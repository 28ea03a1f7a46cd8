//! `TextInput`, `TextArea` and `Search`: what is typed into.
//!
//! The text and what is selected are the model's (`concord_text::Editor`). Here is what it looks like (`layout.rs`,
//! `paint.rs`), what fingers, keys and input methods do to it (`editing.rs`, `keys.rs`), and what the app says (`methods.rs`,
//! `commands.rs`). Handlers that may refuse a change are called at once; those that hear of it, after the input event.

mod button;
mod commands;
mod composing;
#[cfg(test)]
mod composing_tests;
mod editing;
mod icons;
mod keys;
mod layout;
mod methods;
mod paint;
mod state;
#[cfg(test)]
mod tests;

use crate::select_text;
use crate::text_style::theme;
use concord_paint::{Color, Painter};
use concord_ui::common::LengthEdges;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::input::input_method::Typed;
use concord_ui::input::{KeyInput, KeyPhase, UiState, pointer_style};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::selection::SelectEvent;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use state::{State, type_name};
use std::any::Any;

/// See the module.
pub(super) struct Field(pub Kind);

/// Which of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One line.
    Input,
    /// Several lines.
    Area,
    /// One line with an icon before it and perhaps a button behind it.
    Search,
}

const DISABLED_ALPHA: f32 = 0.4;

impl Component for Field {
    fn name(&self) -> &'static str {
        match self.0 {
            Kind::Input => "TextInput",
            Kind::Area => "TextArea",
            Kind::Search => "Search",
        }
    }

    fn is_leaf(&self) -> bool {
        // Compiled pages pop a Search.
        self.0 != Kind::Search
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::new(self.0))
    }

    fn methods(&self) -> &'static [Method] {
        match self.0 {
            Kind::Input => methods::INPUT,
            Kind::Area => methods::AREA,
            Kind::Search => methods::SEARCH,
        }
    }

    fn commands(&self) -> &'static [Method] {
        commands::COMMANDS
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        let Some(state) = tree.state::<State>(node) else { return Looks::default() };
        let ui = tree.ui_state(node);
        let plain = state.underline || state.is_inline();
        let edges = |vertical: f32, horizontal: f32| {
            let (vertical, horizontal) = (Some(Length::vp(vertical)), Some(Length::vp(horizontal)));
            LengthEdges {
                left: horizontal.clone(),
                right: horizontal,
                top: vertical.clone(),
                bottom: vertical,
                ..LengthEdges::default()
            }
        };
        Looks {
            padding: match self.0 {
                Kind::Search => LengthEdges::default(),
                _ if state.underline => edges(12.0, 0.0),
                _ if state.is_inline() => edges(0.0, 2.0),
                _ => edges(8.0, 16.0),
            },
            height: (self.0 == Kind::Search).then(|| Length::vp(40.0)),
            background: Some(if plain { Color::TRANSPARENT } else { theme::field(&tree.environment) }),
            radius: (!plain).then(|| Length::vp(20.0)),
            opacity: ui.has(UiState::DISABLED).then_some(DISABLED_ALPHA),
            ..Looks::default()
        }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        layout::measure(pass, node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        layout::place(pass, node);
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        paint::paint(tree, node, painter);
    }

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        if state.kind == Kind::Area || state.inline {
            let room = state.text_box(found);
            state.bar.paint(tree, painter, room, state.axis(), state.scroll, state.furthest(found));
        }
    }

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        let state = tree.state::<State>(node)?;
        (state.furthest(tree.get(node)?) > 0.0).then(|| state.axis().into())
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        if !matches!(event.phase, PanPhase::Start | PanPhase::Update | PanPhase::Wheel) {
            return Point::ZERO;
        }
        let Some(axis) = pass.tree.state::<State>(node).map(State::axis) else { return Point::ZERO };
        let moved = layout::scroll_by(pass.tree, node, -event.delta.along(axis));
        let now = pass.tree.now;
        if let Some(state) = pass.tree.state_mut::<State>(node) {
            state.bar.moved(now);
        }
        Point::on(axis, -moved, 0.0)
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        editing::click(pass, node, at);
    }

    fn selects(&self, tree: &Tree, node: NodeId) -> bool {
        tree.state::<State>(node).is_some()
    }

    fn on_select(&self, pass: &mut Pass<'_>, node: NodeId, event: &SelectEvent) {
        select_text::on_select::<State>(pass, node, event);
    }

    fn on_focus(&self, pass: &mut Pass<'_>, node: NodeId, gained: bool) {
        editing::focus(pass, node, gained);
    }

    fn on_key(&self, pass: &mut Pass<'_>, node: NodeId, input: &KeyInput) -> bool {
        input.phase == KeyPhase::Down && pass.tree.is_enabled(node) && keys::key(pass, node, input)
    }

    fn on_text(&self, pass: &mut Pass<'_>, node: NodeId, text: &str) -> bool {
        if !pass.tree.is_enabled(node) {
            return false;
        }
        composing::commit(pass, node, text);
        true
    }

    fn on_compose(&self, pass: &mut Pass<'_>, node: NodeId, text: &str, caret: Option<usize>) -> bool {
        if !pass.tree.is_enabled(node) {
            return false;
        }
        composing::compose(pass, node, text, caret);
        true
    }

    fn on_delete_around(&self, pass: &mut Pass<'_>, node: NodeId, before: usize, after: usize) -> bool {
        if !pass.tree.is_enabled(node) {
            return false;
        }
        composing::delete_around(pass, node, before, after);
        true
    }

    fn typed(&self, tree: &Tree, node: NodeId) -> Option<Typed> {
        composing::typed(tree, node)
    }

    fn selected_text(&self, tree: &Tree, node: NodeId) -> Option<String> {
        select_text::selected_text::<State>(tree, node)
    }

    fn lifts_at(&self, tree: &Tree, node: NodeId, at: Point) -> bool {
        select_text::lifts_at::<State>(tree, node, at)
    }

    fn on_drop_text(&self, pass: &mut Pass<'_>, node: NodeId, text: &str, at: Point, own: bool) -> bool {
        if !pass.tree.is_enabled(node) {
            return false;
        }
        select_text::drop_text::<State>(pass, node, text, at, own);
        true
    }

    fn on_drag_text(&self, pass: &mut Pass<'_>, node: NodeId, at: Option<Point>) {
        select_text::drag_text::<State>(pass, node, at);
    }

    fn pointer_style(&self, tree: &Tree, node: NodeId, at: Point) -> Option<i32> {
        let (state, found) = (tree.state::<State>(node)?, tree.get(node)?);
        // Icons and buttons stand behind the text.
        (at.x < state.text_box(found).right()).then_some(pointer_style::TEXT_CURSOR)
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        if pass.tree.state_mut::<State>(node).is_some_and(|state| std::mem::take(&mut state.stops)) {
            editing::stop(pass, node);
        }
        if pass.tree.state::<State>(node).is_some_and(|state| state.editing) {
            pass.tree.mark_paint(node);
            pass.tree.tick_while_watched(node, paint::BLINK);
        }
    }

    fn baseline(&self, tree: &Tree, node: NodeId) -> Option<f32> {
        let state = tree.state::<State>(node)?;
        Some(state.text_origin(tree.get(node)?).y + state.paragraph.as_ref()?.first_baseline())
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        let environment = &tree.environment;
        out.text("content", state.editor.text());
        out.text(if self.0 == Kind::Search { "value" } else { "text" }, state.editor.text());
        out.text("placeholder", &*state.placeholder);
        out.length("fontSize", state.style.font.size.as_ref().unwrap_or(&state::SIZE), environment);
        out.color("fontColor", state.base(environment).color);
        out.color("placeholderColor", state.placeholder_color.unwrap_or(theme::secondary(environment)));
        out.color("caretColor", state.caret_color.unwrap_or(theme::EMPHASIZE));
        out.text("type", type_name(state.editor.options().input_type));
        out.text("textAlign", super::text::align_name(state.looks.align));
        out.text("maxLength", state.editor.options().max_length.map_or("4294967295".to_owned(), |max| max.to_string()));
        out.text("enterKeyType", state.enter_name());
        out.flag("showPasswordIcon", state.has_eye);
        out.flag("showUnderline", state.underline);
        out.text("showError", state.error.as_deref().unwrap_or("undefined"));
        out.flag("editing", state.editing);
    }
}

impl State {
    /// The axis along which long text scrolls.
    fn axis(&self) -> Axis {
        if self.kind == Kind::Area { Axis::Vertical } else { Axis::Horizontal }
    }
}
