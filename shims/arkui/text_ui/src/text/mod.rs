//! `Text`: a text of its own, one made of spans, or a styled string.

mod commands;
mod content;
mod detector;
mod image_span;
mod marquee;
mod paragraph_part;
mod rich_text;
mod selecting;
mod span;
#[cfg(test)]
mod tests;

pub(crate) use commands::{line_metrics, position_at, rects_for_range};
pub(crate) use content::Piece;
pub(super) use image_span::ImageSpan;
pub(crate) use image_span::box_align;
pub(crate) use paragraph_part::{ParagraphPart, paragraphs, sections};
pub(super) use rich_text::RichText;
pub(crate) use selecting::{caret, caret_value};
pub(super) use span::{ContainerSpan, Span, SymbolSpan};
pub(crate) use span::{SymbolState, symbol_methods};

use crate::text_style::{HasParagraph, ParagraphLooks, SpanStyle, styled, text_methods, theme, theme_style};
use concord_paint::{Brush, Color, Painter, kurbo};
use concord_text::{Paragraph, ParagraphStyle, Point as TextPoint, TextAlign, TextCase, TextOverflow, TextStyle};
use concord_ui::change::put;
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::input::pointer_style;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::selection::SelectEvent;
use concord_ui::tree::{Node, NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Value};
use content::{Content, Owner};
use std::any::Any;
use std::ops::Range;
use std::rc::Rc;

/// See the module.
pub(super) struct Text;

/// What a text says and how; unset is the theme's.
#[derive(Default)]
pub(super) struct State {
    content: Rc<str>,
    /// A styled string, which is shown instead of everything else.
    styled: Option<Rc<[Piece]>>,
    style: SpanStyle,
    looks: ParagraphLooks,
    /// `selection`, in UTF-16 units.
    selection: Option<(usize, usize)>,
    selected_background: Option<Color>,
    copy_option: i32,
    /// `textSelectable`.
    selectable: i32,
    selecting: selecting::Selecting,
    /// `textContentAlign` or `textVerticalAlign` of the text in a higher box: 0 top, 0.5 middle, 1 bottom.
    vertical: Option<f32>,
    /// What is shown: the text of all spans, and whose it is.
    shown: String,
    owners: Vec<Owner>,
    marquee: marquee::Marquee,
    /// `enableDataDetector`.
    detector: Option<Box<detector::Detector>>,
    /// Laid out when the node was measured last.
    paragraph: Option<Paragraph>,
}

/// `text_font_size` of `text_pattern` in the theme.
pub(super) const SIZE: Length = Length::Plain(16.0, Unit::Fp);

impl State {
    /// What spans lie over: the theme and the text's own attributes.
    fn base(&self, environment: &Environment) -> TextStyle {
        self.style.over(theme_style(environment, &SIZE, theme::primary(environment)), environment)
    }

    /// The selected part, in the order of the text and within it.
    fn selected(&self) -> Option<Range<usize>> {
        let (start, end) = self.selection?;
        let length = self.paragraph.as_ref()?.utf16_len();
        let range = start.min(end).min(length)..start.max(end).min(length);
        (!range.is_empty()).then_some(range)
    }

    /// Where the text begins in the node's frame: a text that is lower than its box lies in the middle unless it is told
    /// otherwise.
    fn origin(&self, node: &Node) -> Point {
        let content = node.layout.content();
        let Some(paragraph) = &self.paragraph else { return content.origin };
        let free = content.size.height - paragraph.size().height as f32;
        let factor = self.vertical.unwrap_or_else(|| node.common.align.unwrap_or_default().factors(false).1);
        content.origin + Point::new(0.0, (free * factor).max(0.0).round())
    }
}

styled!(State, style);

impl HasParagraph for State {
    fn paragraph_looks(&mut self) -> &mut ParagraphLooks {
        &mut self.looks
    }
}

impl Component for Text {
    fn name(&self) -> &'static str {
        "Text"
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
        let Some(state) = pass.tree.state::<State>(node) else { return Size::ZERO };
        let environment = state.looks.limit(&pass.tree.environment);
        let base = state.base(&environment);
        let content = match state.styled.clone() {
            Some(pieces) => Content::of_pieces(pass, &pieces, constraint, &base, &environment),
            None => Content::of_node(pass, node, constraint, &base, &environment),
        };
        let fonts = pass.tree.fonts();
        let Some(spans) = pass.tree.state::<State>(node).map(|state| content.spans(&state.content, base)) else {
            return Size::ZERO;
        };
        let spans = detector::mark(pass, node, spans);
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let style = ParagraphStyle { sections: content.sections.clone(), ..state.looks.style(&environment) };
        state.shown = if content.is_empty() { state.content.to_string() } else { content.text };
        state.owners = content.owners;
        let mut paragraph = match state.paragraph.take() {
            Some(mut paragraph) => {
                paragraph.update(&style, &spans);
                paragraph
            }
            None => Paragraph::new(&fonts, &style, &spans),
        };
        paragraph.layout(constraint.max.width, Some(constraint.max.height));
        // A text is as wide as its longest line unless it is told otherwise, and its lines are aligned in that.
        let width = constraint
            .ideal
            .width
            .unwrap_or_else(|| paragraph.longest_line().ceil().min(constraint.max.width).max(constraint.min.width));
        paragraph.layout(width, Some(constraint.max.height));
        let size = paragraph.size();
        state.paragraph = Some(paragraph);
        Size::new(width, size.height as f32)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        content::place(pass, node);
        marquee::place(pass, node);
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        marquee::tick(pass, node);
    }

    fn paint(&self, tree: &Tree, id: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(id) else { return };
        let (Some(paragraph), Some(node)) = (&state.paragraph, tree.get(id)) else { return };
        let at = state.origin(node);
        let at = TextPoint::new(f64::from(at.x), f64::from(at.y));
        // What does not fit into the box is only cut off when the app says so.
        let clips = matches!(state.looks.overflow, Some(TextOverflow::Clip | TextOverflow::Marquee));
        if clips {
            painter.save();
            painter.clip_rect(to_paint(&node.layout.content()));
        }
        if let Some(selected) = state.selected() {
            let brush = Brush::Solid(state.selected_background.unwrap_or(theme::SELECTED));
            for rect in paragraph.selection(selected) {
                painter.fill_rect(rect + at.to_vec2(), &brush);
            }
        }
        match &state.looks.shader {
            _ if state.is_marquee() => marquee::paint(tree, state, to_paint(&node.layout.content()), at, painter),
            Some(shader) => {
                let size = paragraph.size();
                let size = Size::new(node.layout.content().size.width, size.height as f32);
                paragraph.paint_with(painter, at, &shader.brush(&tree.environment, size));
            }
            None => paragraph.paint(painter, at),
        }
        if clips {
            painter.restore();
        }
    }

    fn reacts_to_click(&self, tree: &Tree, node: NodeId) -> bool {
        let Some(state) = tree.state::<State>(node) else { return false };
        let pieces = state.styled.as_deref();
        state.is_selectable()
            || detector::has_any(state)
            || pieces.is_some_and(|pieces| pieces.iter().any(|piece| piece.on_click.is_some()))
    }

    fn selects(&self, tree: &Tree, node: NodeId) -> bool {
        tree.state::<State>(node).is_some_and(State::is_selectable)
    }

    fn on_select(&self, pass: &mut Pass<'_>, node: NodeId, event: &SelectEvent) {
        selecting::on_select(pass, node, event);
    }

    fn selected_text(&self, tree: &Tree, node: NodeId) -> Option<String> {
        selecting::selected_text(tree.state::<State>(node)?)
    }

    fn lifts_at(&self, tree: &Tree, node: NodeId, at: Point) -> bool {
        selecting::lifts_at(tree, node, at)
    }

    fn pointer_style(&self, tree: &Tree, node: NodeId, _at: Point) -> Option<i32> {
        tree.state::<State>(node)?.is_selectable().then_some(pointer_style::TEXT_CURSOR)
    }

    fn on_click(&self, pass: &mut Pass<'_>, id: NodeId, at: Point) {
        if detector::tap(pass.tree, id, at) {
            return;
        }
        if pass.tree.state::<State>(id).is_some_and(State::is_selectable) {
            selecting::click(pass, id, at);
        }
        let (Some(state), Some(node)) = (pass.tree.state::<State>(id), pass.tree.get(id)) else { return };
        let (Some(paragraph), Some(pieces)) = (&state.paragraph, &state.styled) else { return };
        let at = at - state.origin(node);
        let piece = paragraph.span_at(at.x, at.y).and_then(|piece| pieces.get(piece as usize));
        if let Some(on_click) = piece.and_then(|piece| piece.on_click.clone()) {
            pass.tree.emit(&on_click, Vec::new());
        }
    }

    fn baseline(&self, tree: &Tree, node: NodeId) -> Option<f32> {
        let state = tree.state::<State>(node)?;
        Some(state.origin(tree.get(node)?).y + state.paragraph.as_ref()?.first_baseline())
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        // Before the first layout there is only what it was created with.
        out.text("content", if state.paragraph.is_some() { state.shown.as_str() } else { &state.content });
        let style = &state.style;
        out.length("fontSize", style.font.size.as_ref().unwrap_or(&SIZE), &tree.environment);
        out.color("fontColor", state.base(&tree.environment).color);
        out.text("fontStyle", if style.font.italic == Some(true) { "FontStyle.Italic" } else { "FontStyle.Normal" });
        out.text("fontWeight", format!("{}", style.font.weight.unwrap_or(400)));
        out.text("fontFamily", style.font.family.as_deref().unwrap_or("HarmonyOS Sans"));
        if let Some(height) = &style.line_height {
            out.length("lineHeight", height, &tree.environment);
        }
        out.length("letterSpacing", style.letter_spacing.as_ref().unwrap_or(&Length::ZERO), &tree.environment);
        out.length("baselineOffset", style.baseline_offset.as_ref().unwrap_or(&Length::ZERO), &tree.environment);
        out.text("textAlign", align_name(state.looks.align));
        out.text("textCase", case_name(style.case.unwrap_or_default()));
        out.text("textOverflow", overflow_name(state.looks.overflow.unwrap_or_default()));
        out.text("maxLines", state.looks.max_lines.map_or("UINT32_MAX".to_owned(), |lines| lines.to_string()));
        out.text(
            "copyOption",
            match state.copy_option {
                1 => "CopyOptions.InApp",
                2 => "CopyOptions.Local",
                3 => "CopyOptions.Distributed",
                _ => "CopyOptions.None",
            },
        );
    }
}

/// A rectangle as painting wants it.
pub(crate) fn to_paint(rect: &Rect) -> kurbo::Rect {
    kurbo::Rect::new(
        f64::from(rect.origin.x),
        f64::from(rect.origin.y),
        f64::from(rect.right()),
        f64::from(rect.bottom()),
    )
}

/// In the inspector's notation.
pub(crate) fn align_name(align: TextAlign) -> &'static str {
    match align {
        TextAlign::Start => "TextAlign.Start",
        TextAlign::Center => "TextAlign.Center",
        TextAlign::End => "TextAlign.End",
        TextAlign::Justify => "TextAlign.JUSTIFY",
        TextAlign::Left => "TextAlign.LEFT",
        TextAlign::Right => "TextAlign.RIGHT",
    }
}

fn case_name(case: TextCase) -> &'static str {
    match case {
        TextCase::Normal => "TextCase.Normal",
        TextCase::LowerCase => "TextCase.LowerCase",
        TextCase::UpperCase => "TextCase.UpperCase",
    }
}

fn overflow_name(overflow: TextOverflow) -> &'static str {
    match overflow {
        TextOverflow::None => "TextOverflow.None",
        TextOverflow::Clip => "TextOverflow.Clip",
        TextOverflow::Ellipsis => "TextOverflow.Ellipsis",
        TextOverflow::Marquee => "TextOverflow.Marquee",
    }
}

/// What the app hands over as text: numbers and booleans are written out.
pub(crate) fn text(value: &Value) -> Rc<str> {
    match value {
        Value::String(text) => Rc::clone(text),
        Value::Number(number) => Rc::from(number.to_string()),
        Value::Bool(flag) => Rc::from(flag.to_string()),
        _ => Rc::from(""),
    }
}

/// A position in text: not negative.
pub(crate) fn position(value: &Value) -> Option<usize> {
    value.as_f64().map(|number| number.max(0.0) as usize)
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let content = text(args.get(0));
    node.restyle(|state: &mut State| {
        if *state.content != *content {
            marquee::restart(state);
        }
        state.content = content;
    })
}

fn vertical(node: &mut Setter<'_>, factors: [f32; 3], value: &Value) -> Value {
    let factor = value.as_i32().and_then(|index| factors.get(usize::try_from(index).ok()?).copied());
    node.redraw(|state: &mut State| put(&mut state.vertical, factor))
}

/// Accepted, because what it asks for is how things are, or nothing that is seen.
fn accept(_node: &mut Setter<'_>, _args: Args<'_>) -> Value {
    Value::Undefined
}

static METHODS: &[Method] = text_methods![
    State;
    Method { name: "create", apply: create },
    Method {
        name: "selection",
        apply: |node, args| {
            let range = position(args.get(0)).zip(position(args.get(1)));
            node.redraw(|state: &mut State| put(&mut state.selection, range))
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
        name: "copyOption",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.copy_option, args.get(0).as_i32().unwrap_or(0))),
    },
    Method { name: "textContentAlign", apply: |node, args| vertical(node, [0.0, 0.5, 1.0], args.get(0)) },
    Method { name: "onCopy", apply: |node, args| node.handler("onCopy", args) },
    Method { name: "onWillCopy", apply: |node, args| node.handler("onWillCopy", args) },
    Method { name: "onTextSelectionChange", apply: |node, args| node.handler("onTextSelectionChange", args) },
    Method { name: "onMarqueeStateChange", apply: |node, args| node.handler("onMarqueeStateChange", args) },
    Method {
        name: "textSelectable",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.selectable, args.get(0).as_i32().unwrap_or(0))),
    },
    Method { name: "caretColor", apply: accept },
    Method { name: "contentTransition", apply: accept },
    // How styled strings are drawn anew is nothing that is seen.
    Method { name: "incrementalUpdatePolicy", apply: accept },
    Method { name: "strokeJoinStyle", apply: accept },
    Method { name: "marqueeOptions", apply: marquee::options },
    Method { name: "enableDataDetector", apply: detector::enable },
    Method { name: "dataDetectorConfig", apply: detector::configure },
    Method { name: "enableSelectedDataDetector", apply: accept },
    Method { name: "bindSelectionMenu", apply: accept },
    Method { name: "editMenuOptions", apply: accept },
    Method { name: "selectedDragPreviewStyle", apply: accept },
    Method { name: "enableHapticFeedback", apply: accept },
    Method { name: "privacySensitive", apply: accept },
];
