//! `RichEditor`: text in several styles to be edited, with pictures, symbols and components in it. The library makes the nodes of
//! what is no text, and hears when they are not needed any more (`released`).

mod attributes;
mod commands;
mod composing;
mod describe;
mod editing;
mod model;
#[cfg(test)]
mod tests;

use super::select_text::{self, Hand, SelectText};
use super::text::to_paint;
use super::text_bar::TextBar;
use crate::text_style::{HasParagraph, ParagraphLooks, SpanStyle, theme, theme_style};
use concord_paint::{Brush, Color, Painter, kurbo};
use concord_text::{Change, Editor, Paragraph, ParagraphStyle, Point as TextPoint, Span, TextStyle};
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::input::input_method::Typed;
use concord_ui::input::{KeyInput, KeyPhase, pointer_style};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::selection::SelectEvent;
use concord_ui::tree::{Node, NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Callback, Value};
use model::Model;
pub(super) use model::OBJECT;
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(super) struct RichEditor;

#[derive(Default)]
struct State {
    model: Model,
    looks: ParagraphLooks,
    placeholder: Rc<str>,
    placeholder_style: SpanStyle,
    /// A styled placeholder: texts and styles.
    placeholder_parts: Option<Vec<(String, SpanStyle)>>,
    caret_color: Option<Color>,
    selected_background: Option<Color>,
    max_lines: Option<usize>,
    enter_key: Option<i32>,
    single_line: bool,
    /// `enableKeyboardOnFocus(false)`: only a click asks for the keyboard.
    keyboard_waits: bool,
    /// `enablePreviewText(false)`: what input methods are about to write is not shown.
    previews_nothing: bool,
    copies_nothing: bool,
    bar: TextBar,
    editing: bool,
    /// Whether `onReady` was called.
    ready: bool,
    scroll: f32,
    /// The caret has moved: it is scrolled to when the editor is placed.
    follow: bool,
    blink_from: f64,
    /// Editing ends with the next tick.
    stops: bool,
    hand: Hand,
    /// Hears of nodes that are not in the text any more.
    on_released: Option<Callback>,
    /// `onContentChanged` of a controller for styled strings.
    will_change: Option<Callback>,
    did_change: Option<Callback>,
    paragraph: Option<Paragraph>,
    hint: Option<Paragraph>,
}

const SIZE: Length = Length::Plain(16.0, Unit::Fp);
const BLINK: f64 = 500.0;
/// Of the caret, in vp.
const CARET_WIDTH: f32 = 1.5;

impl State {
    fn base(environment: &Environment) -> TextStyle {
        theme_style(environment, &SIZE, theme::primary(environment))
    }

    fn axis(&self) -> Axis {
        if self.single_line { Axis::Horizontal } else { Axis::Vertical }
    }

    /// Where the text begins in the node's frame.
    fn origin(&self, node: &Node) -> Point {
        node.layout.content().origin - Point::on(self.axis(), self.scroll, 0.0)
    }

    fn caret(&self) -> kurbo::Rect {
        let focus = self.model.editor.selection().focus;
        self.paragraph.as_ref().map(|paragraph| paragraph.caret(focus)).unwrap_or_default()
    }

    fn furthest(&self, node: &Node) -> f32 {
        let size = self.paragraph.as_ref().map(Paragraph::size).unwrap_or_default();
        let room = node.layout.content().size;
        let free = match self.axis() {
            // Room for the caret behind the text.
            Axis::Horizontal => size.width as f32 + 2.0 - room.width,
            Axis::Vertical => size.height as f32 - room.height,
        };
        free.max(0.0)
    }

    fn selected(&self) -> std::ops::Range<usize> {
        self.model.editor.selection().range()
    }
}

impl HasParagraph for State {
    fn paragraph_looks(&mut self) -> &mut ParagraphLooks {
        &mut self.looks
    }
}

impl SelectText for State {
    fn editor(&self) -> &Editor {
        &self.model.editor
    }

    fn paragraph(&self) -> Option<&Paragraph> {
        self.paragraph.as_ref()
    }

    fn text_origin(&self, node: &Node) -> Point {
        self.origin(node)
    }

    fn text_box(&self, node: &Node) -> Rect {
        node.layout.content()
    }

    fn hand(&mut self) -> &mut Hand {
        &mut self.hand
    }

    fn hand_ref(&self) -> &Hand {
        &self.hand
    }

    fn copies(&self) -> bool {
        !self.copies_nothing
    }

    fn hides(&self) -> bool {
        false
    }

    fn apply(pass: &mut Pass<'_>, node: NodeId, edit: impl FnOnce(&mut Editor) -> Change) {
        editing::select(pass, node, edit);
    }

    fn copy(pass: &mut Pass<'_>, node: NodeId, cut: bool) {
        editing::copy(pass, node, cut);
    }

    fn paste(pass: &mut Pass<'_>, node: NodeId) {
        editing::paste(pass, node);
    }

    fn insert(pass: &mut Pass<'_>, node: NodeId, text: &str) {
        editing::insert(pass, node, text);
    }
}

fn state_waits(tree: &Tree, node: NodeId) -> bool {
    tree.state::<State>(node).is_some_and(|state| state.keyboard_waits)
}

/// Lays a text out again, keeping what has not changed.
fn shape(old: Option<Paragraph>, fonts: &concord_text::Fonts, style: &ParagraphStyle, spans: &[Span]) -> Paragraph {
    match old {
        Some(mut paragraph) => {
            paragraph.update(style, spans);
            paragraph
        }
        None => Paragraph::new(fonts, style, spans),
    }
}

impl Component for RichEditor {
    fn name(&self) -> &'static str {
        "RichEditor"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        attributes::METHODS
    }

    fn commands(&self) -> &'static [Method] {
        commands::COMMANDS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        for child in pass.children(node) {
            pass.measure(child, &constraint.for_child());
        }
        let Some(state) = pass.tree.state::<State>(node) else { return Size::ZERO };
        let base = State::base(&environment);
        let mut style = state.looks.style(&environment);
        let hint_style = style.clone();
        style.sections = state.model.sections(&environment);
        let spans = state.model.spans(pass.tree, &base, &environment);
        let hint_base = theme_style(&environment, &SIZE, theme::secondary(&environment));
        let hint_spans: Vec<Span> = match &state.placeholder_parts {
            Some(parts) => parts
                .iter()
                .map(|(text, style)| Span::Text {
                    text: text.clone(),
                    style: style.over(hint_base.clone(), &environment),
                    id: 0,
                })
                .collect(),
            None => {
                let style = state.placeholder_style.over(hint_base, &environment);
                vec![Span::Text { text: state.placeholder.to_string(), style, id: 0 }]
            }
        };
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let mut paragraph = shape(state.paragraph.take(), &fonts, &style, &spans);
        let mut hint = shape(state.hint.take(), &fonts, &hint_style, &hint_spans);
        paragraph.layout(if state.single_line { f32::INFINITY } else { constraint.max.width }, None);
        hint.layout(constraint.max.width, None);
        let shown = if state.model.editor.is_empty() { &hint } else { &paragraph };
        let lines = shown.lines();
        let last = state.max_lines.unwrap_or(lines.len()).clamp(1, lines.len().max(1)) - 1;
        let height = lines.get(last).map_or(0.0, |line| line.top + line.height);
        let longest = shown.longest_line().ceil();
        state.paragraph = Some(paragraph);
        state.hint = Some(hint);
        let wide = constraint.max.width.is_finite();
        Size::new(if wide { constraint.max.width } else { longest }, height)
    }

    fn place(&self, pass: &mut Pass<'_>, id: NodeId) {
        let (Some(state), Some(node)) = (pass.tree.state::<State>(id), pass.tree.get(id)) else { return };
        let axis = state.axis();
        let extent = node.layout.content().size.along(axis);
        let caret = state.caret();
        let (start, end) = match axis {
            Axis::Horizontal => (caret.x0 as f32, caret.x0 as f32 + 2.0),
            Axis::Vertical => (caret.y0 as f32, caret.y1 as f32),
        };
        let wanted = match () {
            () if state.follow && start < state.scroll => start,
            () if state.follow && end > state.scroll + extent => end - extent,
            () => state.scroll,
        };
        let scroll = wanted.clamp(0.0, state.furthest(node));
        let Some(state) = pass.tree.state_mut::<State>(id) else { return };
        state.scroll = scroll;
        state.follow = false;
        let ready = std::mem::replace(&mut state.ready, true);
        place_boxes(pass, id);
        if !ready {
            pass.tree.emit_event(id, "onReady", Vec::new());
        }
    }

    fn paint(&self, tree: &Tree, id: NodeId, painter: &mut Painter) {
        let (Some(state), Some(node)) = (tree.state::<State>(id), tree.get(id)) else { return };
        let at = state.origin(node);
        let at = TextPoint::new(f64::from(at.x), f64::from(at.y));
        let width = f64::from(tree.environment.vp(CARET_WIDTH));
        painter.save();
        painter.clip_rect(to_paint(&node.layout.content()).inflate(width, 0.0));
        let selected = state.selected();
        if let (Some(hint), true) = (&state.hint, state.model.editor.is_empty()) {
            let start = node.layout.content().origin;
            hint.paint(painter, TextPoint::new(f64::from(start.x), f64::from(start.y)));
        } else if let Some(paragraph) = &state.paragraph {
            let brush = Brush::Solid(state.selected_background.unwrap_or(theme::SELECTED));
            for rect in if selected.is_empty() { Vec::new() } else { paragraph.selection(selected.clone()) } {
                painter.fill_rect(rect + at.to_vec2(), &brush);
            }
            paragraph.paint(painter, at);
            if let Some(composed) = state.model.editor.composition().filter(|range| !range.is_empty()) {
                select_text::underline_composed(painter, paragraph, composed, at, &tree.environment);
            }
        }
        if let (Some(index), Some(paragraph)) = (state.hand.drop_at, &state.paragraph) {
            let caret = paragraph.caret(index) + at.to_vec2();
            let rect = kurbo::Rect::new(caret.x0, caret.y0, caret.x0 + width, caret.y1);
            painter.fill_rect(rect, &Brush::Solid(state.caret_color.unwrap_or(theme::EMPHASIZE)));
        }
        // What the caret is doing follows from the time, so that nobody has to be woken up for it.
        let phases = ((tree.now - state.blink_from).max(0.0) / BLINK) as u64;
        if state.editing && selected.is_empty() && phases.is_multiple_of(2) {
            let caret = state.caret() + at.to_vec2();
            let rect = kurbo::Rect::new(caret.x0, caret.y0, caret.x0 + width, caret.y1);
            painter.fill_rect(rect, &Brush::Solid(state.caret_color.unwrap_or(theme::EMPHASIZE)));
        }
        painter.restore();
    }

    fn paint_above(&self, tree: &Tree, id: NodeId, painter: &mut Painter) {
        let (Some(state), Some(node)) = (tree.state::<State>(id), tree.get(id)) else { return };
        let content = node.layout.content();
        state.bar.paint(tree, painter, content, state.axis(), state.scroll, state.furthest(node));
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        let state = tree.state::<State>(node)?;
        (state.furthest(tree.get(node)?) > 0.0).then(|| state.axis().into())
    }

    fn on_pan(&self, pass: &mut Pass<'_>, id: NodeId, event: &PanEvent) -> Point {
        if !matches!(event.phase, PanPhase::Start | PanPhase::Update | PanPhase::Wheel) {
            return Point::ZERO;
        }
        let (Some(state), Some(node)) = (pass.tree.state::<State>(id), pass.tree.get(id)) else { return Point::ZERO };
        let (before, axis) = (state.scroll, state.axis());
        let after = (before - event.delta.along(axis)).clamp(0.0, state.furthest(node));
        let now = pass.tree.now;
        if let Some(state) = pass.tree.state_mut::<State>(id) {
            state.scroll = after;
            state.bar.moved(now);
        }
        pass.tree.mark_place(id);
        Point::on(axis, before - after, 0.0)
    }

    fn selects(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_select(&self, pass: &mut Pass<'_>, node: NodeId, event: &SelectEvent) {
        editing::on_select(pass, node, event);
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        editing::click(pass, node, at);
    }

    fn on_focus(&self, pass: &mut Pass<'_>, node: NodeId, gained: bool) {
        let now = pass.tree.now;
        let Some(state) = pass.tree.state_mut::<State>(node) else { return };
        state.editing = gained;
        state.blink_from = now;
        state.hand.click = None;
        pass.tree.mark_paint(node);
        if gained {
            pass.tree.tick_while_watched(node, BLINK);
        }
        let asks = !state_waits(pass.tree, node);
        pass.tree.ask_for_keyboard((gained && asks).then_some(node));
        if !gained {
            // What was composed stays.
            composing::finish(pass, node);
            pass.tree.hide_selection(node);
        }
        pass.tree.emit_event(node, "onEditingChange", vec![Value::Bool(gained)]);
    }

    fn on_key(&self, pass: &mut Pass<'_>, node: NodeId, input: &KeyInput) -> bool {
        input.phase == KeyPhase::Down && pass.tree.is_enabled(node) && editing::key(pass, node, input)
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
        editing::select(pass, node, |editor| editor.delete_around(before, after));
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
        Some(match editing::is_link(tree, node, at) {
            true => pointer_style::HAND_POINTING,
            false => pointer_style::TEXT_CURSOR,
        })
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        if pass.tree.state_mut::<State>(node).is_some_and(|state| std::mem::take(&mut state.stops)) {
            editing::stop(pass, node);
        }
        if pass.tree.state::<State>(node).is_some_and(|state| state.editing) {
            pass.tree.mark_paint(node);
            pass.tree.tick_while_watched(node, BLINK);
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("content", state.model.editor.text());
        out.text("placeholder", &*state.placeholder);
        out.flag("editing", state.editing);
    }
}

/// Gives what is no text its place.
fn place_boxes(pass: &mut Pass<'_>, id: NodeId) {
    let (Some(state), Some(node)) = (pass.tree.state::<State>(id), pass.tree.get(id)) else { return };
    let Some(paragraph) = &state.paragraph else { return };
    let origin = state.origin(node);
    let nodes: Vec<Option<NodeId>> = state.model.runs().map(|(_, run)| run.own.as_ref().map(|own| own.node)).collect();
    let places: Vec<(NodeId, Point)> = paragraph
        .placeholders()
        .into_iter()
        .filter_map(|(run, rect)| {
            let node = nodes.get(run as usize).copied().flatten()?;
            Some((node, origin + Point::new(rect.x0 as f32, rect.y0 as f32)))
        })
        .collect();
    for (node, at) in places {
        pass.place_child(node, at);
    }
}
