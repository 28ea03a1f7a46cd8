//! `@concord:arkui/paragraph`: paragraphs that an app lays out by itself (`@ohos.graphics.text`). Lengths are px; places in the text are
//! UTF-16 units.

use super::drawing::recorder;
use crate::bridge::Ui;
use concord_engine::{Call, ErrorKind, JsResult, Value};
use concord_paint::Color;
use concord_paint::kurbo::{Point, Rect};
use concord_runtime::Native;
use concord_runtime::face::text_arg;
use concord_text::{
    Affinity, Decoration, DecorationStyle, EllipsisMode, Fonts, LineBreakStrategy, LineHeight, Paragraph,
    ParagraphStyle, PlaceholderAlign, Span, TextAlign, TextBackground, TextDirection, TextOverflow, TextShadow,
    TextStyle, TextVerticalAlign, WordBreak,
};
use serde::Deserialize;
use serde_json::json;
use std::cell::RefCell;
use std::rc::Rc;

pub(super) const NATIVES: &[(&str, Native)] = &[
    ("build", build),
    ("layout", layout),
    ("metrics", metrics),
    ("runs", runs),
    ("rects", rects),
    ("hit", hit),
    ("word", word),
    ("caret", caret),
    ("paint", paint),
    ("register", register),
    ("unregister", unregister),
    ("families", families),
    ("family", family),
];

type Shared = RefCell<Paragraph>;

/// Wider than any line.
const ENDLESS: f32 = 1e7;

/// What the face says of a text style; colours are ARGB.
#[derive(Deserialize, Default, Clone)]
#[serde(rename_all = "camelCase", default)]
struct Style {
    size: f32,
    weight: Option<u16>,
    italic: bool,
    families: Vec<String>,
    color: Option<u32>,
    letter_spacing: f32,
    word_spacing: f32,
    height_scale: Option<f32>,
    baseline_shift: f32,
    features: String,
    variations: Vec<(String, f32)>,
    shadows: Vec<(u32, f32, f32, f32)>,
    background: Option<(u32, [f32; 4])>,
    locale: Option<String>,
    /// Bits: 1 under, 2 over, 4 through.
    decoration: u8,
    decoration_color: Option<u32>,
    decoration_style: u8,
    decoration_thickness: Option<f32>,
}

impl Style {
    fn to_text(&self) -> TextStyle {
        let plain = TextStyle::default();
        TextStyle {
            size: if self.size > 0.0 { self.size } else { 14.0 },
            weight: self.weight.unwrap_or(plain.weight),
            italic: self.italic,
            families: self.families.clone(),
            color: self.color.map_or(plain.color, Color::from_argb),
            letter_spacing: self.letter_spacing,
            word_spacing: self.word_spacing,
            line_height: self.height_scale.filter(|scale| *scale > 0.0).map(LineHeight::Factor),
            baseline_offset: -self.baseline_shift,
            decoration: Decoration {
                underline: self.decoration & 1 != 0,
                overline: self.decoration & 2 != 0,
                line_through: self.decoration & 4 != 0,
                style: match self.decoration_style {
                    1 => DecorationStyle::Double,
                    2 => DecorationStyle::Dotted,
                    3 => DecorationStyle::Dashed,
                    4 => DecorationStyle::Wavy,
                    _ => DecorationStyle::Solid,
                },
                color: self.decoration_color.map(Color::from_argb),
                thickness_scale: self.decoration_thickness,
            },
            features: self.features.clone(),
            variations: self
                .variations
                .iter()
                .filter_map(|(axis, value)| Some((axis.as_bytes().try_into().ok()?, *value)))
                .collect(),
            shadows: self
                .shadows
                .iter()
                .map(|(color, offset_x, offset_y, radius)| TextShadow {
                    radius: *radius,
                    color: Color::from_argb(*color),
                    offset_x: *offset_x,
                    offset_y: *offset_y,
                })
                .collect(),
            background: self.background.map(|(color, radii)| TextBackground { color: Color::from_argb(color), radii }),
            locale: self.locale.clone(),
            ..plain
        }
    }
}

/// What the face says of a paragraph: the platform's numbers.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Lines {
    align: u8,
    rtl: bool,
    max_lines: Option<usize>,
    word_break: u8,
    break_strategy: u8,
    ellipsis: bool,
    ellipsis_mode: u8,
    vertical: u8,
    line_spacing: f32,
    auto_space: bool,
    trailing_space_optimized: bool,
    compress: bool,
    font_padding: bool,
    fallback_spacing: bool,
    half_leading: bool,
}

impl Lines {
    fn to_paragraph(&self) -> ParagraphStyle {
        ParagraphStyle {
            align: match self.align {
                0 => TextAlign::Left,
                1 => TextAlign::Right,
                2 => TextAlign::Center,
                3 => TextAlign::Justify,
                5 => TextAlign::End,
                _ => TextAlign::Start,
            },
            direction: if self.rtl { TextDirection::Rtl } else { TextDirection::Ltr },
            max_lines: self.max_lines,
            word_break: match self.word_break {
                0 => WordBreak::Normal,
                1 => WordBreak::BreakAll,
                3 => WordBreak::Hyphenation,
                _ => WordBreak::BreakWord,
            },
            line_break: match self.break_strategy {
                1 => LineBreakStrategy::HighQuality,
                2 => LineBreakStrategy::Balanced,
                _ => LineBreakStrategy::Greedy,
            },
            overflow: if self.ellipsis { TextOverflow::Ellipsis } else { TextOverflow::Clip },
            ellipsis_mode: match self.ellipsis_mode {
                0 => EllipsisMode::Start,
                1 => EllipsisMode::Center,
                _ => EllipsisMode::End,
            },
            vertical: match self.vertical {
                1 => TextVerticalAlign::Bottom,
                2 => TextVerticalAlign::Center,
                3 => TextVerticalAlign::Top,
                _ => TextVerticalAlign::Baseline,
            },
            line_spacing: self.line_spacing,
            auto_spacing: self.auto_space,
            trim_trailing_spaces: self.trailing_space_optimized,
            compress_leading_punctuation: self.compress,
            font_padding: self.font_padding,
            fallback_line_spacing: self.fallback_spacing,
            half_leading: self.half_leading,
            ..ParagraphStyle::default()
        }
    }
}

/// A part: text, or a box.
#[derive(Deserialize)]
#[serde(untagged)]
enum Part {
    Text { text: String, style: Box<Style> },
    Space { width: f32, height: f32, align: u8 },
}

fn fonts(call: &Call<'_>) -> Fonts {
    Ui::of(call.context).with_tree(concord_ui::Tree::fonts)
}

fn paragraph(call: &Call<'_>, index: usize) -> JsResult<Rc<Shared>> {
    let found = call.arg(index).native::<Rc<Shared>>().map(Rc::clone);
    found.ok_or_else(|| call.context.throw(ErrorKind::TypeError, "this is no paragraph"))
}

fn number(call: &Call<'_>, index: usize) -> f64 {
    call.arg(index).as_f64().filter(|number| number.is_finite()).unwrap_or(0.0)
}

fn numbers(call: &Call<'_>, numbers: impl IntoIterator<Item = f64>) -> Value {
    let values: Vec<Value> = numbers.into_iter().map(|number| call.context.number(number)).collect();
    call.context.array(&values)
}

/// `build(json of lines, json of parts) → paragraph`.
fn build(call: &Call<'_>) -> JsResult {
    let wrong = |error: serde_json::Error| call.context.throw(ErrorKind::TypeError, &error.to_string());
    let lines: Lines = serde_json::from_str(&text_arg(call, 0)?).map_err(wrong)?;
    let parts: Vec<Part> = serde_json::from_str(&text_arg(call, 1)?).map_err(wrong)?;
    let spans: Vec<Span> = (0_u32..)
        .zip(parts)
        .map(|(id, part)| match part {
            Part::Text { text, style } => Span::Text { text, style: style.to_text(), id },
            Part::Space { width, height, align } => {
                let align = match align {
                    0 | 1 => PlaceholderAlign::Baseline,
                    3 => PlaceholderAlign::Top,
                    5 => PlaceholderAlign::Center,
                    _ => PlaceholderAlign::Bottom,
                };
                Span::Placeholder { width: width.max(0.0), height: height.max(0.0), align, id }
            }
        })
        .collect();
    let made = Paragraph::new(&fonts(call), &lines.to_paragraph(), &spans);
    Ok(call.context.native_object(Box::new(Rc::new(RefCell::new(made))), None))
}

/// `layout(paragraph, width)`; a negative width is endless.
fn layout(call: &Call<'_>) -> JsResult {
    let width = number(call, 1) as f32;
    paragraph(call, 0)?.borrow_mut().layout(if width < 0.0 { ENDLESS } else { width.min(ENDLESS) }, None);
    Ok(call.context.undefined())
}

/// `metrics(paragraph) → json`.
fn metrics(call: &Call<'_>) -> JsResult {
    let shared = paragraph(call, 0)?;
    let text = shared.borrow();
    let lines: Vec<_> = text
        .lines()
        .iter()
        .map(|line| {
            json!({
                "start": line.range.start, "end": line.range.end, "top": line.top, "baseline": line.baseline, "ascent": line.ascent,
                "descent": line.descent, "height": line.height, "left": line.left, "width": line.width, "hard": line.hard_break,
            })
        })
        .collect();
    let boxes: Vec<_> = text.placeholders().iter().map(|(_, rect)| [rect.x0, rect.y0, rect.x1, rect.y1]).collect();
    let metrics = json!({
        "height": text.size().height, "longest": text.longest_line(), "min": text.min_intrinsic_width(),
        "max": text.max_intrinsic_width(), "baseline": text.first_baseline(), "exceeded": text.did_exceed_max_lines(),
        "lines": lines, "boxes": boxes,
    });
    Ok(call.context.string(&metrics.to_string()))
}

/// `runs(paragraph) → json`: glyphs of one font each: numbers and places, and the size of the font.
fn runs(call: &Call<'_>) -> JsResult {
    let shared = paragraph(call, 0)?;
    let runs: Vec<_> = shared
        .borrow()
        .glyph_runs()
        .iter()
        .map(|run| {
            let glyphs: Vec<_> = run.glyphs.iter().map(|glyph| (glyph.id, glyph.x, glyph.y)).collect();
            json!({ "size": run.size, "bold": run.embolden > 0.0, "italic": run.skew != 0.0, "glyphs": glyphs })
        })
        .collect();
    Ok(call.context.string(&json!(runs).to_string()))
}

/// `rects(paragraph, start, end) → [left, top, right, bottom, …]`.
fn rects(call: &Call<'_>) -> JsResult {
    let (start, end) = (number(call, 1).max(0.0) as usize, number(call, 2).max(0.0) as usize);
    let found: Vec<Rect> = paragraph(call, 0)?.borrow().selection(start..end.max(start));
    Ok(numbers(call, found.into_iter().flat_map(|rect| [rect.x0, rect.y0, rect.x1, rect.y1])))
}

/// `hit(paragraph, x, y) → [index, affinity]`: 0 is the end of the line before, 1 the start of the line after.
fn hit(call: &Call<'_>) -> JsResult {
    let found = paragraph(call, 0)?.borrow().hit(number(call, 1) as f32, number(call, 2) as f32);
    let affinity = if found.affinity == Affinity::Upstream { 0.0 } else { 1.0 };
    Ok(numbers(call, [found.index as f64, affinity]))
}

/// `word(paragraph, index) → [start, end]`.
fn word(call: &Call<'_>) -> JsResult {
    let word = paragraph(call, 0)?.borrow().word_at(number(call, 1).max(0.0) as usize);
    Ok(numbers(call, [word.start as f64, word.end as f64]))
}

/// `caret(paragraph, index) → [x, top, bottom]`.
fn caret(call: &Call<'_>) -> JsResult {
    let rect = paragraph(call, 0)?.borrow().caret(number(call, 1).max(0.0) as usize);
    Ok(numbers(call, [rect.x0, rect.y0, rect.y1]))
}

/// `paint(canvas, paragraph, x, y)`.
fn paint(call: &Call<'_>) -> JsResult {
    let shared = paragraph(call, 1)?;
    recorder(call)?.borrow_mut().paragraph(&shared.borrow(), Point::new(number(call, 2), number(call, 3)));
    Ok(call.context.undefined())
}

/// `register(family, bytes) → text | undefined`: why the file is no font.
fn register(call: &Call<'_>) -> JsResult {
    let data = call.arg(1).bytes().unwrap_or_default();
    match fonts(call).register(&text_arg(call, 0)?, data) {
        Ok(()) => Ok(call.context.undefined()),
        Err(error) => Ok(call.context.string(&error.to_string())),
    }
}

/// `unregister(family) → boolean`.
fn unregister(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(fonts(call).unregister(&text_arg(call, 0)?)))
}

/// `families() → [names]` of the system.
fn families(call: &Call<'_>) -> JsResult {
    let names: Vec<Value> = fonts(call).system_families().iter().map(|name| call.context.string(name)).collect();
    Ok(call.context.array(&names))
}

/// `family(name) → json | undefined`.
fn family(call: &Call<'_>) -> JsResult {
    let Some(info) = fonts(call).family_info(&text_arg(call, 0)?) else { return Ok(call.context.undefined()) };
    let made =
        json!({ "family": info.family, "weight": info.weight, "width": info.width_percent, "italic": info.italic });
    Ok(call.context.string(&made.to_string()))
}
