//! Parts of a rich editor as the app is told of them: `RichEditorTextSpanResult`, `RichEditorImageSpanResult`.

use super::State;
use super::model::{Kind, Run};
use crate::text_style::SpanStyle;
use concord_text::DecorationStyle;
use concord_ui::tree::Tree;
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Object, Value};
use std::ops::Range;
use std::rc::Rc;

pub(super) fn count(count: usize) -> Value {
    Value::Number(count as f64)
}

pub(super) fn pair(range: Range<usize>) -> Value {
    Value::array([count(range.start), count(range.end)])
}

/// `{start, end}`.
pub(super) fn range_value(range: Range<usize>) -> Value {
    Value::object([("start", count(range.start)), ("end", count(range.end))])
}

/// A length as the app gave it, in fp or vp.
fn plain(length: &Length, environment: &Environment) -> f64 {
    match length {
        Length::Plain(number, Unit::Fp | Unit::Vp) => f64::from(*number),
        other => f64::from(other.to_px(environment) / environment.density),
    }
}

/// `RichEditorTextStyleResult`: a style with the platform's defaults where it says nothing.
pub(super) fn text_style(style: &SpanStyle, environment: &Environment) -> Value {
    let font = &style.font;
    let color = |color: concord_paint::Color| Value::text(format!("#{:08X}", color.to_argb()));
    let mut properties: Vec<(Rc<str>, Value)> = vec![
        ("fontColor".into(), font.color.map_or_else(|| Value::text("#FF182431"), color)),
        ("fontSize".into(), Value::Number(font.size.as_ref().map_or(16.0, |size| plain(size, environment)))),
        ("fontStyle".into(), Value::Number(if font.italic == Some(true) { 1.0 } else { 0.0 })),
        ("fontWeight".into(), Value::Number(weight(font.weight.unwrap_or(400)))),
        ("fontFamily".into(), Value::text(font.family.as_deref().unwrap_or("HarmonyOS Sans"))),
    ];
    let decoration = style.decoration.unwrap_or_default();
    let kind = [(decoration.underline, 1.0), (decoration.overline, 2.0), (decoration.line_through, 3.0)];
    let kind = kind.iter().find(|(there, _)| *there).map_or(0.0, |(_, kind)| *kind);
    let look = match decoration.style {
        DecorationStyle::Solid => 0.0,
        DecorationStyle::Double => 1.0,
        DecorationStyle::Dotted => 2.0,
        DecorationStyle::Dashed => 3.0,
        DecorationStyle::Wavy => 4.0,
    };
    properties.push((
        "decoration".into(),
        Value::object([
            ("type", Value::Number(kind)),
            ("color", decoration.color.or(font.color).map_or_else(|| Value::text("#FF182431"), color)),
            ("style", Value::Number(look)),
            ("thicknessScale", Value::Number(f64::from(decoration.thickness_scale.unwrap_or(1.0)))),
        ]),
    ));
    for (name, length) in [
        ("letterSpacing", &style.letter_spacing),
        ("lineHeight", &style.line_height),
        ("strokeWidth", &style.stroke_width),
    ] {
        if let Some(length) = length {
            properties.push((name.into(), Value::Number(plain(length, environment))));
        }
    }
    if let Some(stroke) = style.stroke_color {
        properties.push(("strokeColor".into(), color(stroke)));
    }
    if let Some(features) = &style.features {
        properties.push(("fontFeature".into(), Value::String(Rc::clone(features))));
    }
    if let Some(shadows) = &style.shadows {
        let shadow = |shadow: &crate::text_style::Shadow| shadow.to_value(environment);
        properties.push(("textShadow".into(), Value::array(shadows.iter().map(shadow).collect::<Vec<_>>())));
    }
    if let Some(background) = &style.background {
        properties.push(("textBackgroundStyle".into(), background.to_value(environment)));
    }
    Value::Object(Rc::new(Object { properties }))
}

/// `FontWeight` by its number where it has one.
fn weight(weight: u16) -> f64 {
    f64::from(weight)
}

/// A part within a range.
fn describe(tree: &Tree, state: &State, index: usize, own: Range<usize>, run: &Run, range: &Range<usize>) -> Value {
    let (start, end) = (own.start.max(range.start), own.end.min(range.end));
    let span = Value::object([("spanIndex", count(index)), ("spanRange", pair(own.clone()))]);
    let offset = pair(start - own.start..end.max(start) - own.start);
    let mut properties: Vec<(Rc<str>, Value)> = vec![("spanPosition".into(), span), ("offsetInSpan".into(), offset)];
    let mut put = |name: &str, value: Value| properties.push((name.into(), value));
    match &run.own {
        Some(own) => {
            // The library knows more about the node.
            put("node", Value::Number(tree.number(own.node) as f64));
            put("kind", Value::Number(f64::from(own.kind as u8)));
            let size = tree.get(own.node).map(|node| node.layout.size).unwrap_or_default();
            let number = |number: f32| Value::Number(f64::from(number));
            if own.kind == Kind::Symbol {
                put("value", Value::text(" "));
            } else {
                let size = Value::array([number(size.width), number(size.height)]);
                put("imageStyle", Value::object([("size", size)]));
            }
        }
        None => {
            put("value", Value::text(state.model.editor.text_in(own)));
            put("textStyle", text_style(&run.style, &tree.environment));
            put("previewText", Value::text(""));
        }
    }
    if let Some(url) = run.bound.as_ref().and_then(|bound| bound.url.clone()) {
        put("urlStyle", Value::object([("url", Value::String(url))]));
    }
    if let Some(tag) = run.bound.as_ref().and_then(|bound| bound.tag) {
        put("tag", Value::Number(tag));
    }
    if let Some(paragraph) = &run.paragraph {
        put("paragraphStyle", paragraph.to_value());
    }
    Value::Object(Rc::new(Object { properties }))
}

/// The parts that a range touches.
pub(super) fn spans_in(tree: &Tree, state: &State, range: &Range<usize>) -> Vec<Value> {
    let parts = state.model.runs().enumerate();
    let inside = parts.filter(|(_, (own, _))| own.start < range.end && own.end > range.start);
    inside.map(|(index, (own, run))| describe(tree, state, index, own, run, range)).collect()
}

/// The part that a range begins in.
pub(super) fn span_result(tree: &Tree, state: &State, range: &Range<usize>) -> Value {
    spans_in(tree, state, range).into_iter().next().unwrap_or_default()
}

/// A text that is about to be inserted, as a part.
pub(super) fn new_span(tree: &Tree, state: &State, at: usize, text: &str) -> Value {
    let length = text.encode_utf16().count();
    let index = state.model.index_at(at.saturating_sub(1));
    let span = Value::object([("spanIndex", count(index)), ("spanRange", pair(at..at + length))]);
    Value::object([
        ("spanPosition", span),
        ("value", Value::text(text)),
        ("textStyle", text_style(&state.model.typing_style(), &tree.environment)),
        ("offsetInSpan", pair(0..length)),
    ])
}
