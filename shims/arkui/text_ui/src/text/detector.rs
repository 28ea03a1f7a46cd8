//! `enableDataDetector`: what a text says that something can be done with (numbers to call, addresses of pages …). The library
//! finds it and has the menus; here it is coloured, and taps on it are told.

use super::State;
use crate::text_style::read::decoration as decoration_of;
use concord_paint::Color;
use concord_text::{Decoration, Span};
use concord_ui::common::parse_color;
use concord_ui::component::Setter;
use concord_ui::geometry::{Point, Rect};
use concord_ui::layout::Pass;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Callback, Value};
use std::ops::Range;

/// `color` of `TextDataDetectorConfig` where the app says none.
const COLOR: Color = Color::from_argb(0xff0a_59f7);
/// What stands for a box in the text that is looked through.
const OBJECT: char = '\u{FFFC}';
/// More than this is not marked in one text.
const MOST: usize = 500;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Detector {
    /// Asked for what there is in a text, and told of taps; both are there while it is enabled.
    asked: Option<(Callback, Callback)>,
    color: Option<Color>,
    decoration: Option<Decoration>,
    types: Value,
    /// The text that was looked through last.
    known: Option<String>,
    found: Vec<Entity>,
}

#[derive(Debug, Clone)]
struct Entity {
    /// `TextDataDetectorType`.
    kind: f64,
    /// In UTF-16 units.
    range: Range<usize>,
    text: String,
}

/// `enableDataDetector`, with the library's functions.
pub(super) fn enable(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let functions = args.get(1).as_callback().cloned().zip(args.get(2).as_callback().cloned());
    let asked = functions.filter(|_| args.get(0).as_bool() == Some(true));
    node.restyle(|state: &mut State| {
        let detector = state.detector.get_or_insert_default();
        let changed = detector.asked.is_some() != asked.is_some();
        detector.asked = asked;
        changed
    })
}

/// `dataDetectorConfig`.
pub(super) fn configure(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let config = args.get(0);
    let (color, decoration) = (parse_color(config.get("color")), decoration_of(config.get("decoration")));
    let types = config.get("types").clone();
    node.restyle(|state: &mut State| {
        let detector = state.detector.get_or_insert_default();
        let same = detector.color == color && detector.decoration == decoration && detector.types == types;
        if detector.types != types {
            detector.known = None;
        }
        (detector.color, detector.decoration, detector.types) = (color, decoration, types);
        !same
    })
}

/// Finds out anew what there is in spans, when their text is another one, and marks it.
pub(super) fn mark(pass: &mut Pass<'_>, node: NodeId, spans: Vec<Span>) -> Vec<Span> {
    let detector = |tree: &'_ Tree| tree.state::<State>(node).and_then(|state| state.detector.as_ref())?.asked.clone();
    let Some((detect, _)) = detector(pass.tree) else { return spans };
    let mut text = String::new();
    for span in &spans {
        match span {
            Span::Text { text: part, .. } => text.push_str(part),
            Span::Placeholder { .. } => text.push(OBJECT),
        }
    }
    let known = pass.tree.state::<State>(node).and_then(|state| state.detector.as_ref()?.known.as_deref());
    if known != Some(text.as_str()) {
        let answer = pass.host.call(pass.tree, &detect, &[Value::text(text.as_str())]);
        let found = entities(&text, &answer);
        let state = pass.tree.state_mut::<State>(node);
        if let Some(detector) = state.and_then(|state| state.detector.as_mut()) {
            (detector.known, detector.found) = (Some(text), found);
        }
    }
    let Some(detector) = pass.tree.state::<State>(node).and_then(|state| state.detector.as_ref()) else { return spans };
    if detector.found.is_empty() {
        return spans;
    }
    let color = detector.color.unwrap_or(COLOR);
    let line = Decoration { underline: true, color: Some(color), ..Decoration::default() };
    let decoration = detector.decoration.unwrap_or(line);
    split(spans, &detector.found, |style| {
        style.color = color;
        style.decoration = decoration;
    })
}

/// `[[type, start, end]]` in the order of the text, without overlaps.
fn entities(text: &str, answer: &Value) -> Vec<Entity> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut last = 0;
    let mut found = Vec::new();
    for entity in answer.as_array().unwrap_or_default().iter().take(MOST) {
        let [Some(kind), Some(start), Some(end)] =
            [0, 1, 2].map(|index| entity.as_array().and_then(|parts| parts.get(index)?.as_f64()))
        else {
            continue;
        };
        let range = start.max(0.0) as usize..end.max(0.0) as usize;
        let Some(part) = units.get(range.clone()).filter(|part| !part.is_empty() && range.start >= last) else {
            continue;
        };
        last = range.end;
        found.push(Entity { kind, text: String::from_utf16_lossy(part), range });
    }
    found
}

/// Spans whose parts inside entities have another style.
fn split(spans: Vec<Span>, found: &[Entity], restyle: impl Fn(&mut concord_text::TextStyle)) -> Vec<Span> {
    let mut result = Vec::with_capacity(spans.len() + 2 * found.len());
    let mut at = 0;
    for span in spans {
        let Span::Text { text, style, id } = span else {
            at += 1;
            result.push(span);
            continue;
        };
        let inside = |at: usize| found.iter().any(|entity| entity.range.contains(&at));
        let mut part = String::new();
        let mut marked = inside(at);
        let mut push = |part: &mut String, marked: bool| {
            if !part.is_empty() {
                let mut style = style.clone();
                if marked {
                    restyle(&mut style);
                }
                result.push(Span::Text { text: std::mem::take(part), style, id });
            }
        };
        for character in text.chars() {
            if inside(at) != marked {
                push(&mut part, marked);
                marked = !marked;
            }
            part.push(character);
            at += character.len_utf16();
        }
        push(&mut part, marked);
    }
    result
}

/// Whether there is anything to tap.
pub(super) fn has_any(state: &State) -> bool {
    state.detector.as_ref().is_some_and(|detector| detector.asked.is_some() && !detector.found.is_empty())
}

/// A tap at a point of the node's frame. Returns whether it was on something, which is told then.
pub(super) fn tap(tree: &mut Tree, node: NodeId, at: Point) -> bool {
    let found = tree.state::<State>(node).zip(tree.get(node)).and_then(|(state, entry)| {
        let (detector, paragraph) = (state.detector.as_ref()?, state.paragraph.as_ref()?);
        let (_, tapped) = detector.asked.as_ref()?;
        let inner = at - state.origin(entry);
        let hit = |entity: &&Entity| {
            paragraph.selection(entity.range.clone()).iter().any(|rect| {
                let frame = Rect::new(rect.x0 as f32, rect.y0 as f32, rect.width() as f32, rect.height() as f32);
                frame.contains(inner)
            })
        };
        Some((tapped.clone(), detector.found.iter().find(hit)?.clone()))
    });
    let Some((tapped, entity)) = found else { return false };
    let place = tree.window_frame(node).origin + at;
    let point = [place.x, place.y].map(|px| Value::Number(f64::from(px)));
    let [x, y] = point;
    tree.emit(&tapped, vec![Value::Number(entity.kind), Value::text(entity.text), x, y]);
    true
}
