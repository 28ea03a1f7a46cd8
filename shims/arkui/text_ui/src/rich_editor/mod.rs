//! `RichEditor`: text in several styles to be edited. Pictures, symbols and components in the text are not there yet.

mod commands;
mod editing;
mod model;
#[cfg(test)]
mod tests;

use super::text::{position, to_paint};
use crate::text_style::{SpanStyle, theme, theme_style};
use concord_paint::{Brush, Color, Painter, kurbo};
use concord_text::{Paragraph, ParagraphStyle, Point as TextPoint, Span, TextDirection, TextStyle};
use concord_ui::change::put;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Point, Size};
use concord_ui::input::{KeyInput, KeyPhase};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::tree::{Node, NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::Value;
use model::Model;
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(super) struct RichEditor;

#[derive(Default)]
struct State {
    model: Model,
    placeholder: Rc<str>,
    placeholder_style: SpanStyle,
    caret_color: Option<Color>,
    selected_background: Option<Color>,
    max_lines: Option<usize>,
    enter_key: Option<i32>,
    editing: bool,
    /// Whether `onReady` was called.
    ready: bool,
    scroll: f32,
    /// The caret has moved: it is scrolled to when the editor is placed.
    follow: bool,
    blink_from: f64,
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

    /// Where the text begins in the node's frame.
    fn origin(&self, node: &Node) -> Point {
        node.layout.content().origin - Point::new(0.0, self.scroll)
    }

    fn caret(&self) -> kurbo::Rect {
        let focus = self.model.editor.selection().focus;
        self.paragraph.as_ref().map(|paragraph| paragraph.caret(focus)).unwrap_or_default()
    }

    fn furthest(&self, node: &Node) -> f32 {
        let height = self.paragraph.as_ref().map_or(0.0, |paragraph| paragraph.size().height as f32);
        (height - node.layout.content().size.height).max(0.0)
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
        METHODS
    }

    fn commands(&self) -> &'static [Method] {
        commands::COMMANDS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let style = ParagraphStyle { direction: TextDirection::Auto, ..ParagraphStyle::default() };
        let base = State::base(&environment);
        let spans = state.model.spans(&base, &environment);
        let mut paragraph = match state.paragraph.take() {
            Some(mut paragraph) => {
                paragraph.update(&style, &spans);
                paragraph
            }
            None => Paragraph::new(&fonts, &style, &spans),
        };
        paragraph.layout(constraint.max.width, None);
        let hint_base = theme_style(&environment, &SIZE, theme::secondary(&environment));
        let look = state.placeholder_style.over(hint_base, &environment);
        let mut hint =
            Paragraph::new(&fonts, &style, &[Span::Text { text: state.placeholder.to_string(), style: look, id: 0 }]);
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
        let height = node.layout.content().size.height;
        let caret = state.caret();
        let (top, bottom) = (caret.y0 as f32, caret.y1 as f32);
        let wanted = match () {
            () if state.follow && top < state.scroll => top,
            () if state.follow && bottom > state.scroll + height => bottom - height,
            () => state.scroll,
        };
        let scroll = wanted.clamp(0.0, state.furthest(node));
        let Some(state) = pass.tree.state_mut::<State>(id) else { return };
        state.scroll = scroll;
        state.follow = false;
        if !std::mem::replace(&mut state.ready, true) {
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
        let selected = state.model.editor.selection().range();
        if let (Some(hint), true) = (&state.hint, state.model.editor.is_empty()) {
            hint.paint(painter, at);
        } else if let Some(paragraph) = &state.paragraph {
            let brush = Brush::Solid(state.selected_background.unwrap_or(theme::SELECTED));
            for rect in if selected.is_empty() { Vec::new() } else { paragraph.selection(selected.clone()) } {
                painter.fill_rect(rect + at.to_vec2(), &brush);
            }
            paragraph.paint(painter, at);
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

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        (tree.state::<State>(node)?.furthest(tree.get(node)?) > 0.0).then_some(PanAxis::Vertical)
    }

    fn on_pan(&self, pass: &mut Pass<'_>, id: NodeId, event: &PanEvent) -> Point {
        if !matches!(event.phase, PanPhase::Start | PanPhase::Update | PanPhase::Wheel) {
            return Point::ZERO;
        }
        let (Some(state), Some(node)) = (pass.tree.state::<State>(id), pass.tree.get(id)) else { return Point::ZERO };
        let before = state.scroll;
        let after = (before - event.delta.y).clamp(0.0, state.furthest(node));
        if let Some(state) = pass.tree.state_mut::<State>(id) {
            state.scroll = after;
        }
        pass.tree.mark_paint(id);
        Point::new(0.0, before - after)
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
        pass.tree.mark_paint(node);
        pass.tree.emit_event(node, "onEditingChange", vec![Value::Bool(gained)]);
    }

    fn on_key(&self, pass: &mut Pass<'_>, node: NodeId, input: &KeyInput) -> bool {
        input.phase == KeyPhase::Down && pass.tree.is_enabled(node) && editing::key(pass, node, input)
    }

    fn on_text(&self, pass: &mut Pass<'_>, node: NodeId, text: &str) -> bool {
        if !pass.tree.is_enabled(node) {
            return false;
        }
        editing::insert(pass, node, text);
        true
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        editing::stop(pass, node);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("content", state.model.editor.text());
        out.text("placeholder", &*state.placeholder);
        out.flag("editing", state.editing);
    }
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method {
        name: "placeholder",
        apply: |node, args| {
            let text = super::text::text(args.get(0));
            let style = args.get(1);
            node.restyle(|state: &mut State| {
                state.placeholder = text;
                let font = concord_ui::font::Font::from_value(style.get("font"));
                let color = concord_ui::common::parse_color(style.get("fontColor"));
                state.placeholder_style =
                    SpanStyle { font: concord_ui::font::Font { color, ..font }, ..SpanStyle::default() };
            })
        },
    },
    Method {
        name: "caretColor",
        apply: |node, args| {
            let color = concord_ui::common::parse_color(args.get(0));
            node.redraw(|state: &mut State| put(&mut state.caret_color, color))
        },
    },
    Method {
        name: "selectedBackgroundColor",
        apply: |node, args| {
            let color = concord_ui::common::parse_color(args.get(0));
            node.redraw(|state: &mut State| put(&mut state.selected_background, color))
        },
    },
    Method {
        name: "enterKeyType",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.enter_key, args.get(0).as_i32())),
    },
    Method {
        name: "maxLines",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.max_lines, position(args.get(0)))),
    },
    Method {
        name: "maxLength",
        apply: |node, args| {
            let max = position(args.get(0));
            node.redraw(|state: &mut State| state.model.set_max_length(max))
        },
    },
    Method { name: "onReady", apply: |node, args| node.handler("onReady", args) },
    Method { name: "onSelect", apply: |node, args| node.handler("onSelect", args) },
    Method { name: "onSelectionChange", apply: |node, args| node.handler("onSelectionChange", args) },
    Method { name: "aboutToIMEInput", apply: |node, args| node.handler("aboutToIMEInput", args) },
    Method { name: "onIMEInputComplete", apply: |node, args| node.handler("onIMEInputComplete", args) },
    Method { name: "onDidIMEInput", apply: |node, args| node.handler("onDidIMEInput", args) },
    Method { name: "aboutToDelete", apply: |node, args| node.handler("aboutToDelete", args) },
    Method { name: "onDeleteComplete", apply: |node, args| node.handler("onDeleteComplete", args) },
    Method { name: "onDidChange", apply: |node, args| node.handler("onDidChange", args) },
    Method { name: "onEditingChange", apply: |node, args| node.handler("onEditingChange", args) },
    Method { name: "onSubmit", apply: |node, args| node.handler("onSubmit", args) },
    Method { name: "onPaste", apply: |node, args| node.handler("onPaste", args) },
    Method { name: "onCopy", apply: |node, args| node.handler("onCopy", args) },
    Method { name: "onCut", apply: |node, args| node.handler("onCut", args) },
    Method { name: "copyOptions", apply: |_, _| Value::Undefined },
    Method { name: "enableKeyboardOnFocus", apply: |_, _| Value::Undefined },
    Method { name: "enableDataDetector", apply: |_, _| Value::Undefined },
    Method { name: "enablePreviewText", apply: |_, _| Value::Undefined },
    Method { name: "enableHapticFeedback", apply: |_, _| Value::Undefined },
    Method { name: "customKeyboard", apply: |_, _| Value::Undefined },
    Method { name: "bindSelectionMenu", apply: |_, _| Value::Undefined },
    Method { name: "editMenuOptions", apply: |_, _| Value::Undefined },
    Method { name: "barState", apply: |_, _| Value::Undefined },
];
