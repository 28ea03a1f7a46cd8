//! Where the text of a field lies, and what lies around it.

use super::Kind;
use super::icons::{self, Icon};
use super::state::State;
use crate::text_style::{SpanStyle, theme, theme_style};
use concord_text::{Fonts, Paragraph, ParagraphStyle, Span, TextOverflow, TextStyle};
use concord_ui::geometry::{Axis, Edges, Point, Rect, Size};
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::tree::{Node, NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::Value;

/// Sizes of the theme in vp.
const CONTENT_HEIGHT: f32 = 24.0;
const CANCEL: f32 = 16.0;
const EYE: f32 = 20.0;
const ICON: f32 = 16.0;
const ICON_LEFT: f32 = 12.0;
const ICON_RIGHT: f32 = 8.0;
const BESIDE_TEXT: f32 = 4.0;
const SEARCH_END: f32 = 12.0;
/// Margin of the button of a `Search` within it.
const BUTTON_SPACE: f32 = 2.0;

/// Lays a text out again, keeping what has not changed.
fn shape(old: Option<Paragraph>, fonts: &Fonts, style: &ParagraphStyle, text: String, look: TextStyle) -> Paragraph {
    let spans = [Span::Text { text, style: look, id: 0 }];
    match old {
        Some(mut paragraph) => {
            paragraph.update(style, &spans);
            paragraph
        }
        None => Paragraph::new(fonts, style, &spans),
    }
}

pub(super) fn measure(pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
    let fonts = pass.tree.fonts();
    let button = pass.tree.state::<State>(node).and_then(|state| state.button);
    let button_width = button.map_or(0.0, |button| {
        let height = constraint.ideal.height.unwrap_or(constraint.max.height);
        let space = pass.tree.environment.vp(BUTTON_SPACE);
        let max = Size::new(constraint.max.width, (height - 2.0 * space).max(0.0));
        let within = Constraint { min: Size::new(0.0, max.height), ..Constraint::up_to(max) };
        pass.measure(button, &within).width + 2.0 * space
    });
    let unit = pass.tree.state::<State>(node).and_then(|state| state.unit.filter(|_| state.underline));
    let unit_width = unit.map_or(0.0, |unit| pass.measure(unit, &constraint.for_child()).width);
    icons::read(pass, node);
    let environment = pass.tree.environment.clone();
    let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
    let environment = state.looks.limit(&environment);
    state.extras = extras(state, &environment, button_width + unit_width);
    let several = state.kind == Kind::Area;
    let mut style = state.looks.style(&environment);
    if !several {
        // Aligned here, since the line is as long as it is.
        style.align = Default::default();
        style.max_lines = Some(1);
    }
    // What has no room is scrolled to, in one line as in several.
    style.overflow = TextOverflow::Clip;
    let cut = state.is_cut();
    let text_style = match cut {
        true => ParagraphStyle { overflow: TextOverflow::Ellipsis, ..style.clone() },
        false => ParagraphStyle { max_lines: None, ..style.clone() },
    };
    let (shown, look) = (state.shown(), state.base(&environment));
    let mut paragraph = shape(state.paragraph.take(), &fonts, &text_style, shown, look);
    let hint_style = ParagraphStyle {
        overflow: TextOverflow::Ellipsis,
        max_lines: style.max_lines.or(state.looks.max_lines),
        ..style.clone()
    };
    let hint_look = state.hint_style(&environment);
    let mut hint = match &state.placeholder_parts {
        Some(parts) => {
            let span = |(text, own): &(String, SpanStyle)| Span::Text {
                text: text.clone(),
                style: own.over(hint_look.clone(), &environment),
                id: 0,
            };
            let spans: Vec<Span> = parts.iter().map(span).collect();
            Paragraph::new(&fonts, &hint_style, &spans)
        }
        None => shape(state.hint.take(), &fonts, &hint_style, state.placeholder.to_string(), hint_look),
    };
    let widest = (constraint.max.width - state.extras.horizontal()).max(0.0);
    paragraph.layout(if several || cut { widest } else { f32::INFINITY }, None);
    hint.layout(widest, None);
    let longest = paragraph.longest_line().max(hint.longest_line()).ceil();
    let lines_height = |paragraph: &Paragraph| {
        let lines = paragraph.lines();
        let shown = state.looks.max_lines.filter(|_| several).unwrap_or(lines.len()).clamp(1, lines.len().max(1));
        lines.get(shown - 1).map_or(0.0, |line| line.top + line.height)
    };
    let height =
        lines_height(if state.editor.is_empty() && !state.placeholder.is_empty() { &hint } else { &paragraph });
    state.count = state.count_text().map(|text| {
        let full = state.overflowed;
        let counter = state.counter.unwrap_or_default();
        let color = match full {
            true => counter.overflow_color.unwrap_or(theme::WARNING),
            false => counter.color.unwrap_or(theme::tertiary(&environment)),
        };
        note(&fonts, &environment, text, if several { 10.0 } else { 12.0 }, color)
    });
    state.message = state.error.as_ref().map(|text| note(&fonts, &environment, text.to_string(), 12.0, theme::WARNING));
    if let (Some(count), true) = (&state.count, several) {
        state.extras.bottom = count.size().height as f32;
    }
    state.paragraph = Some(paragraph);
    state.hint = Some(hint);
    // A field is as wide as it may be, unless it looks like plain text.
    let wide = constraint.max.width.is_finite() && !state.is_inline();
    let width = if wide { constraint.max.width } else { longest + state.extras.horizontal() };
    let least = if state.is_inline() { 0.0 } else { environment.vp(CONTENT_HEIGHT) };
    Size::new(width, (height + state.extras.vertical()).max(least))
}

/// A line of text that stands beside the field: a counter or an error.
fn note(fonts: &Fonts, environment: &Environment, text: String, size: f32, color: concord_paint::Color) -> Paragraph {
    let style = theme_style(environment, &Length::Plain(size, Unit::Fp), color);
    let mut paragraph = Paragraph::plain(fonts, &ParagraphStyle::default(), &text, &style);
    paragraph.layout(f32::INFINITY, None);
    paragraph
}

/// How large an icon is, in px.
fn side(icon: &Icon, own: f32, environment: &Environment) -> f32 {
    icon.size.as_ref().map_or(environment.vp(own), |size| size.to_px(environment))
}

fn extras(state: &State, environment: &Environment, button_width: f32) -> Edges {
    let (mut left, mut right) = (0.0, 0.0);
    if state.kind == Kind::Search {
        left += environment.vp(ICON_LEFT + ICON_RIGHT + BESIDE_TEXT) + side(&state.search_icon, ICON, environment);
        right += if state.button.is_some() { 0.0 } else { environment.vp(SEARCH_END) };
    }
    if state.shows_cancel() {
        right += side(&state.cancel_icon, CANCEL, environment) + environment.vp(ICON_RIGHT);
    }
    if state.shows_eye() {
        right += environment.vp(EYE + ICON_RIGHT);
    }
    Edges { left, right: right + button_width, ..Edges::default() }
}

pub(super) fn place(pass: &mut Pass<'_>, node: NodeId) {
    if let Some(button) = pass.tree.state::<State>(node).and_then(|state| state.button) {
        let space = pass.tree.environment.vp(BUTTON_SPACE);
        let size = pass.outer(button);
        if let Some(found) = pass.tree.get(node) {
            let content = found.layout.content();
            let y = content.origin.y + (content.size.height - size.height) / 2.0;
            pass.place_child(button, Point::new(content.right() - space - size.width, y));
        }
    }
    if let Some(unit) = pass.tree.state::<State>(node).and_then(|state| state.unit.filter(|_| state.underline)) {
        let size = pass.outer(unit);
        if let Some(found) = pass.tree.get(node) {
            let content = found.layout.content();
            let y = content.origin.y + (content.size.height - size.height) / 2.0;
            pass.place_child(unit, Point::new(content.right() - size.width, y));
        }
    }
    follow_caret(pass.tree, node);
}

/// Scrolls to the caret, when it has moved.
fn follow_caret(tree: &mut Tree, node: NodeId) {
    let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
    let (axis, room, caret) = (state.axis(), state.text_box(found), state.caret(found));
    let start = caret.origin.along(axis) - room.origin.along(axis);
    let extent = if axis == Axis::Vertical { caret.size.height } else { 2.0 };
    let end = start + extent - room.size.along(axis);
    let by = match () {
        () if !state.follow => 0.0,
        () if start < 0.0 => start,
        () if end > 0.0 => end,
        () => 0.0,
    };
    // What became shorter is not scrolled further than it reaches.
    scroll_by(tree, node, by);
    if let Some(state) = tree.state_mut::<State>(node) {
        state.follow = false;
    }
}

/// Scrolls by px, as far as there is text. Returns how far it went.
pub(super) fn scroll_by(tree: &mut Tree, node: NodeId, by: f32) -> f32 {
    let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return 0.0 };
    let (before, axis) = (state.scroll, state.axis());
    let after = (before + by).clamp(0.0, state.furthest(found));
    if before == after {
        return 0.0;
    }
    if let Some(state) = tree.state_mut::<State>(node) {
        state.scroll = after;
    }
    tree.mark_paint(node);
    let offset = Point::on(axis, after, 0.0);
    let args = vec![Value::Number(f64::from(-offset.x)), Value::Number(f64::from(-offset.y))];
    tree.emit_event(node, "onContentScroll", args);
    after - before
}

/// Where the button that clears the field is, in the node's frame.
pub(super) fn cancel_rect(tree: &Tree, state: &State, node: &Node) -> Option<Rect> {
    let own = side(&state.cancel_icon, CANCEL, &tree.environment);
    state.shows_cancel().then(|| beside(tree, state, node, own, 0.0))
}

/// Where the icon that shows a password is.
pub(super) fn eye_rect(tree: &Tree, state: &State, node: &Node) -> Option<Rect> {
    let environment = &tree.environment;
    let before = side(&state.cancel_icon, CANCEL, environment) + environment.vp(ICON_RIGHT);
    let before = if state.shows_cancel() { before } else { 0.0 };
    state.shows_eye().then(|| beside(tree, state, node, environment.vp(EYE), before))
}

/// Where the icon of a `Search` is.
pub(super) fn icon_rect(tree: &Tree, state: &State, node: &Node) -> Option<Rect> {
    let content = node.layout.content();
    let side = side(&state.search_icon, ICON, &tree.environment);
    let x = content.origin.x + tree.environment.vp(ICON_LEFT);
    let y = content.origin.y + (content.size.height - side) / 2.0;
    (state.kind == Kind::Search).then(|| Rect::new(x, y, side, side))
}

/// A square behind the text, after so many px.
fn beside(tree: &Tree, state: &State, node: &Node, side: f32, after: f32) -> Rect {
    let text = state.text_box(node);
    let gap = tree.environment.vp(ICON_RIGHT);
    let y = text.origin.y + (text.size.height - side) / 2.0;
    Rect::new(text.right() + gap + after, y, side, side)
}
