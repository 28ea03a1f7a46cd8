//! What a text field looks like.

use super::Kind;
use super::composing::composed;
use super::layout::{cancel_rect, eye_rect, icon_rect};
use super::state::State;
use crate::select_text::underline_composed;
use crate::text::to_paint;
use crate::text_style::theme;
use concord_paint::{Brush, Color, Painter, kurbo};
use concord_text::{Paragraph, Point};
use concord_ui::tree::{NodeId, Tree};
use kurbo::{Arc, BezPath, Circle, Line, Shape, Stroke, Vec2};

/// How long the caret is shown and hidden in turn, in ms.
pub(super) const BLINK: f64 = 500.0;
/// Of the caret, in vp.
const CARET_WIDTH: f32 = 1.5;

pub(super) fn paint(tree: &Tree, id: NodeId, painter: &mut Painter) {
    let (Some(state), Some(node)) = (tree.state::<State>(id), tree.get(id)) else { return };
    let environment = &tree.environment;
    let frame =
        to_paint(&concord_ui::geometry::Rect { origin: concord_ui::geometry::Point::ZERO, size: node.layout.size });
    let text_box = to_paint(&state.text_box(node));
    let origin = state.text_origin(node);
    let origin = Point::new(f64::from(origin.x), f64::from(origin.y));
    let caret_width = state.caret_width.as_ref().map_or(environment.vp(CARET_WIDTH), |width| width.to_px(environment));
    let caret_width = f64::from(caret_width);
    painter.save();
    painter.clip_rect(text_box.inflate(caret_width, 0.0));
    if state.editor.is_empty() {
        if let Some(hint) = &state.hint {
            hint.paint(painter, origin);
        }
    } else if let Some(paragraph) = &state.paragraph {
        if state.editing && !state.selected().is_empty() {
            let brush = Brush::Solid(state.selected_background.unwrap_or(theme::SELECTED));
            for rect in paragraph.selection(state.selected()) {
                painter.fill_rect(rect + origin.to_vec2(), &brush);
            }
        }
        paragraph.paint(painter, origin);
        if let Some(composed) = composed(state) {
            underline_composed(painter, paragraph, composed, origin, environment);
        }
    }
    if let Some(index) = state.hand.drop_at
        && let Some(paragraph) = &state.paragraph
    {
        let caret = paragraph.caret(index) + origin.to_vec2();
        let rect = kurbo::Rect::new(caret.x0, caret.y0, caret.x0 + caret_width, caret.y1);
        painter.fill_rect(rect, &Brush::Solid(state.caret_color.unwrap_or(theme::EMPHASIZE)));
    }
    // What the caret is doing follows from the time, so that nobody has to be woken up for it where nobody looks.
    let phases = ((tree.now - state.blink_from).max(0.0) / BLINK) as u64;
    let shown = phases.is_multiple_of(2);
    if state.editing && shown && state.editor.selection().is_collapsed() {
        let mut caret = to_paint(&state.caret(node));
        if state.editor.is_empty() {
            caret = caret.with_origin((origin.x, caret.y0));
        }
        let rect = kurbo::Rect::new(caret.x0, caret.y0, caret.x0 + caret_width, caret.y1);
        painter.fill_rect(rect, &Brush::Solid(state.caret_color.unwrap_or(theme::EMPHASIZE)));
    }
    painter.restore();
    let color = theme::secondary(environment);
    if let Some(rect) = cancel_rect(tree, state, node)
        && !state.cancel_icon.paint(painter, &rect)
    {
        cross(painter, to_paint(&rect), state.cancel_icon.color.unwrap_or(color));
    }
    if let Some(rect) = eye_rect(tree, state, node) {
        let [shown, hidden] = &state.eye_icons;
        if !(if state.reveals { shown } else { hidden }).paint(painter, &rect) {
            eye(painter, to_paint(&rect), color, state.reveals);
        }
    }
    if let Some(rect) = icon_rect(tree, state, node)
        && !state.search_icon.paint(painter, &rect)
    {
        lens(painter, to_paint(&rect), state.search_icon.color.unwrap_or(color));
    }
    if let Some(button) = state.button.and_then(|button| tree.get(button)) {
        let x = f64::from(button.layout.offset.x - environment.vp(1.0));
        let half = f64::from(environment.vp(10.0));
        let y = frame.center().y;
        let color = state.divider_color.unwrap_or(theme::divider(environment));
        let line = Line::new((x, y - half), (x, y + half));
        painter.stroke(line.to_path(0.1), &Stroke::new(1.0), &Brush::Solid(color));
    }
    let border = state.counter.is_none_or(|counter| counter.border);
    if state.underline {
        let colors = &state.underline_colors;
        let color = match () {
            () if state.error.is_some() => colors.error.unwrap_or(theme::WARNING),
            () if !tree.is_enabled(id) => colors.disable.unwrap_or(theme::divider(environment)),
            () if state.editing => colors.typing.unwrap_or(theme::primary(environment)),
            () => colors.normal.unwrap_or(theme::divider(environment)),
        };
        let y = frame.y1 - 0.5;
        painter.stroke(Line::new((frame.x0, y), (frame.x1, y)).to_path(0.1), &Stroke::new(1.0), &Brush::Solid(color));
    } else if state.error.is_some() || state.overflowed && state.count.is_some() && border {
        let width = f64::from(environment.vp(1.0));
        let shape =
            frame.inset(-width / 2.0).to_rounded_rect(f64::from(environment.vp(20.0)).min(frame.height() / 2.0));
        painter.stroke(shape.to_path(0.1), &Stroke::new(width), &Brush::Solid(theme::WARNING));
    }
    let gap = f64::from(environment.vp(8.0));
    if let Some(message) = &state.message {
        message.paint(painter, Point::new(text_box.x0, frame.y1 + gap));
    }
    if let Some(count) = &state.count {
        let width = count.size().width;
        let y = if state.kind == Kind::Area { text_box.y1 } else { frame.y1 + gap };
        count.paint(painter, Point::new((frame.x1 - gap - width).min(text_box.x1), y));
    }
}

/// Draws the label of a button in the middle of its frame.
pub(super) fn label(painter: &mut Painter, frame: kurbo::Rect, label: &Paragraph) {
    let size = label.size();
    let at = Point::new(frame.x0 + (frame.width() - size.width) / 2.0, frame.y0 + (frame.height() - size.height) / 2.0);
    label.paint(painter, Point::new(at.x.round(), at.y.round()));
}

fn line_width(rect: kurbo::Rect) -> Stroke {
    Stroke::new((rect.width() / 12.0).max(1.0))
}

fn cross(painter: &mut Painter, rect: kurbo::Rect, color: Color) {
    let inner = rect.inset(-rect.width() / 5.0);
    let mut path = BezPath::new();
    path.move_to((inner.x0, inner.y0));
    path.line_to((inner.x1, inner.y1));
    path.move_to((inner.x1, inner.y0));
    path.line_to((inner.x0, inner.y1));
    painter.stroke(path, &line_width(rect), &Brush::Solid(color));
}

fn lens(painter: &mut Painter, rect: kurbo::Rect, color: Color) {
    let radius = rect.width() * 0.38;
    let center = kurbo::Point::new(rect.x0 + radius + 1.0, rect.y0 + radius + 1.0);
    let reach = Vec2::new(1.0, 1.0) * radius * std::f64::consts::FRAC_1_SQRT_2;
    let mut path = Circle::new(center, radius).to_path(0.1);
    path.move_to(center + reach);
    path.line_to((rect.x1, rect.y1));
    painter.stroke(path, &line_width(rect), &Brush::Solid(color));
}

fn eye(painter: &mut Painter, rect: kurbo::Rect, color: Color, open: bool) {
    let (center, half) = (rect.center(), rect.width() / 2.0);
    let mut path = BezPath::new();
    let (left, right) = ((rect.x0, center.y), (rect.x1, center.y));
    path.move_to(left);
    path.quad_to((center.x, center.y - half), right);
    path.quad_to((center.x, center.y + half), left);
    path.close_path();
    path.extend(Arc::new(center, (half / 4.0, half / 4.0), 0.0, std::f64::consts::TAU, 0.0).path_elements(0.1));
    if !open {
        path.move_to((rect.x0 + half / 4.0, rect.y0 + half / 4.0));
        path.line_to((rect.x1 - half / 4.0, rect.y1 - half / 4.0));
    }
    painter.stroke(path, &line_width(rect), &Brush::Solid(color));
}
