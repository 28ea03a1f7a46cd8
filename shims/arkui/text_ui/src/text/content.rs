//! What a `Text` shows: its spans with what they inherit, and where they end up.

use super::image_span::ImageSpan;
use super::paragraph_part::{ParagraphPart, sections};
use super::span::{SpanState, SymbolSpan};
use super::{State, text};
use crate::text_style::SpanStyle;
use concord_text::{PlaceholderAlign, Section, Span, TextStyle};
use concord_ui::dirty::Dirty;
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Environment;
use concord_ui::value::{Callback, Value};
use std::ops::Range;
use std::rc::Rc;

/// More spans than this are not shown.
const MOST_SPANS: usize = 10_000;

/// What stands for a box in the text.
const OBJECT: char = '\u{FFFC}';

/// A part of a styled string.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// Its characters.
    pub text: String,
    /// Its style, as far as it differs.
    pub style: SpanStyle,
    /// The style of its paragraph, which counts for the first part of it.
    pub paragraph: Option<Rc<ParagraphPart>>,
    /// What stands in the text in place of its characters: a child of the text.
    pub node: Option<NodeId>,
    /// What a click on it calls.
    pub on_click: Option<Callback>,
}

impl Piece {
    /// From `{text, style, paragraph, node, onClick}`.
    pub fn from_value(tree: &Tree, value: &Value) -> Piece {
        Piece {
            text: text(value.get("text")).to_string(),
            style: SpanStyle::from_value(value.get("style")),
            paragraph: ParagraphPart::from_value(value.get("paragraph")).map(Rc::new),
            node: value.get("node").as_f64().and_then(|number| tree.by_number(number as u64)),
            on_click: value.get("onClick").as_callback().cloned(),
        }
    }
}

/// A node that a part of the text belongs to.
#[derive(Debug, Clone)]
pub(super) struct Owner {
    pub node: NodeId,
    /// The id of its span.
    pub id: u32,
    /// The node around it when it is not the `Text` itself: a `ContainerSpan`.
    pub container: Option<NodeId>,
    /// Its part of the text, in UTF-16 units.
    pub range: Range<usize>,
    /// Whether it is a box of its own in the text.
    pub is_box: bool,
}

/// The spans of a `Text`, in order.
#[derive(Debug, Default)]
pub(super) struct Content {
    spans: Vec<Span>,
    /// Whose the spans are; those of a `Text` with children in the order of their ids.
    pub owners: Vec<Owner>,
    /// Paragraphs with a style of their own.
    pub sections: Vec<Section>,
    /// All of the text; boxes are not in it.
    pub text: String,
    length: usize,
}

impl Content {
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The spans, or one of the text's own content where there are none.
    pub fn spans(&self, content: &str, style: TextStyle) -> Vec<Span> {
        if self.spans.is_empty() {
            return vec![Span::Text { text: content.to_owned(), style, id: 0 }];
        }
        self.spans.clone()
    }

    /// The parts of a styled string. Those that are boxes are measured.
    pub fn of_pieces(
        pass: &mut Pass<'_>,
        pieces: &[Piece],
        constraint: &ContentConstraint,
        base: &TextStyle,
        environment: &Environment,
    ) -> Content {
        let mut content = Content::default();
        // The paragraph styles of pieces, by where they begin.
        let mut styles: Vec<(usize, Option<Rc<ParagraphPart>>)> = Vec::new();
        // With boxes in it, for the ends of paragraphs.
        let mut all = String::new();
        for (id, piece) in pieces.iter().take(MOST_SPANS).enumerate() {
            let (id, start) = (id as u32, content.length);
            styles.push((start, piece.paragraph.clone()));
            match piece.node.filter(|node| pass.tree.get(*node).is_some()) {
                Some(node) => {
                    pass.measure(node, &constraint.for_child());
                    let size = pass.outer(node);
                    let align = ImageSpan::align(pass.tree, node);
                    content.push_box(size, align, id);
                    all.push(OBJECT);
                    let range = start..content.length;
                    content.owners.push(Owner { node, id, container: None, range, is_box: true });
                }
                None => {
                    content.text.push_str(&piece.text);
                    all.push_str(&piece.text);
                    content.push_text(&piece.text, piece.style.over(base.clone(), environment), id);
                }
            }
        }
        if content.spans.is_empty() {
            content.push_text("", base.clone(), 0);
        }
        if styles.iter().any(|(_, style)| style.is_some()) {
            content.sections = sections(&all, environment, |at| {
                let after = styles.partition_point(|(start, _)| *start <= at);
                styles.get(after.checked_sub(1)?)?.1.as_deref()
            });
        }
        content
    }

    /// What the children of a node say. Those that are boxes are measured.
    pub fn of_node(
        pass: &mut Pass<'_>,
        node: NodeId,
        constraint: &ContentConstraint,
        base: &TextStyle,
        environment: &Environment,
    ) -> Content {
        let mut content = Content::default();
        content.add_children(pass, node, None, constraint, base, environment);
        content
    }

    fn add_children(
        &mut self,
        pass: &mut Pass<'_>,
        node: NodeId,
        container: Option<NodeId>,
        constraint: &ContentConstraint,
        base: &TextStyle,
        environment: &Environment,
    ) {
        for child in pass.children(node) {
            if self.spans.len() >= MOST_SPANS {
                tracing::error!("more than {MOST_SPANS} spans in a text; the rest is left out");
                return;
            }
            let id = self.owners.len() as u32;
            let start = self.length;
            // Spans are never measured by themselves; what changes in them from now on is to be told to the text again.
            if pass.tree.state::<SpanState>(child).is_some()
                && let Some(span) = pass.tree.get_mut(child)
            {
                span.dirty = Dirty::default();
            }
            let is_box = match pass.tree.state::<SpanState>(child) {
                Some(state) if state.is_container && container.is_none() => {
                    let style = state.style.over(base.clone(), environment);
                    let owner = Owner { node: child, id, container: None, range: start..start, is_box: false };
                    self.owners.push(owner);
                    self.add_children(pass, child, Some(child), constraint, &style, environment);
                    let end = self.length;
                    if let Some(owner) = self.owners.get_mut(id as usize) {
                        owner.range.end = end;
                    }
                    continue;
                }
                Some(state) if !state.is_container => {
                    let (text, style) = (state.content.clone(), state.style.over(base.clone(), environment));
                    self.text.push_str(&text);
                    self.push_text(&text, style, id);
                    false
                }
                _ => {
                    if SymbolSpan::glyph(pass, child, base, environment).is_some_and(|(text, style)| {
                        self.push_text(&text, style, id);
                        true
                    }) {
                        false
                    } else {
                        pass.measure(child, &constraint.for_child());
                        let size = pass.outer(child);
                        let align = ImageSpan::align(pass.tree, child);
                        self.push_box(size, align, id);
                        true
                    }
                }
            };
            self.owners.push(Owner { node: child, id, container, range: start..self.length, is_box });
        }
    }

    fn push_text(&mut self, text: &str, style: TextStyle, id: u32) {
        self.length += text.encode_utf16().count();
        self.spans.push(Span::Text { text: text.to_owned(), style, id });
    }

    fn push_box(&mut self, size: Size, align: PlaceholderAlign, id: u32) {
        self.length += 1;
        self.spans.push(Span::Placeholder { width: size.width, height: size.height, align, id });
    }
}

/// Gives spans the frames of what they show, so that they are hit and found there.
pub(super) fn place(pass: &mut Pass<'_>, node: NodeId) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let (Some(paragraph), Some(text)) = (&state.paragraph, pass.tree.get(node)) else { return };
    let origin = state.origin(text);
    let boxes = paragraph.placeholders();
    let mut frames: Vec<(Owner, Vec<Rect>)> = Vec::with_capacity(state.owners.len());
    for owner in &state.owners {
        let rects: Vec<_> = if owner.is_box {
            boxes.iter().filter(|(at, _)| *at == owner.id).map(|(_, rect)| *rect).collect()
        } else {
            paragraph.selection(owner.range.clone())
        };
        let rects = rects.into_iter().map(|rect| {
            let (x, y) = (rect.x0 as f32 + origin.x, rect.y0 as f32 + origin.y);
            Rect::new(x, y, rect.width() as f32, rect.height() as f32)
        });
        frames.push((owner.clone(), rects.collect()));
    }
    let mut containers: Vec<(NodeId, Point)> = Vec::new();
    for (owner, rects) in frames {
        let Some(bounds) = rects.iter().copied().reduce(|a, b| a.union(&b)) else { continue };
        let around = owner
            .container
            .and_then(|container| containers.iter().find(|(node, _)| *node == container).map(|(_, origin)| *origin));
        let at = bounds.origin - around.unwrap_or(Point::ZERO);
        if !owner.is_box {
            containers.push((owner.node, bounds.origin));
            if let Some(node) = pass.tree.get_mut(owner.node) {
                node.layout.size = bounds.size;
                node.layout.margin = Default::default();
            }
        }
        if let Some(state) = pass.tree.state_mut::<SpanState>(owner.node) {
            state.rects = rects.iter().map(|rect| rect.translate(Point::ZERO - bounds.origin)).collect();
            state.inner.clear();
        }
        match owner.container {
            // What is in a container span is shown when that is placed, which comes after this.
            Some(container) => {
                if let Some(state) = pass.tree.state_mut::<SpanState>(container) {
                    state.inner.push((owner.node, at));
                }
                if let Some(node) = pass.tree.get_mut(container) {
                    node.dirty.place = true;
                }
            }
            None => pass.place_child(owner.node, at),
        }
    }
}
