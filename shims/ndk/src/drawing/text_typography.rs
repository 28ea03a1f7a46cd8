//! `drawing_text_typography.h`, `drawing_font_collection.h`: paragraphs in several styles.

use super::error_code::{INVALID_PARAMETER, OUT_OF_RANGE};
use super::handle::{Array, Handle, Text, functions, objects};
use super::surface::Canvas;
use super::text::with_fonts;
use concord_paint::{Color, DisplayList};
use concord_text::{
    DecorationStyle, EllipsisMode, LineHeight, LineMetrics, Paragraph, ParagraphStyle, Span, TextAlign, TextDirection,
    TextOverflow, WordBreak,
};
use std::ffi::c_char;

/// `OH_Drawing_TypographyStyle`.
#[derive(Clone, Default)]
pub(crate) struct TypographyStyle(ParagraphStyle);

/// `OH_Drawing_TextStyle`.
#[derive(Clone)]
pub(crate) struct TextStyle(concord_text::TextStyle);

/// `OH_Drawing_FontCollection`: the fonts are the same for all.
pub(crate) struct FontCollection;

/// `OH_Drawing_TypographyCreate`: a text that is being written.
pub(crate) struct TypographyCreate {
    style: ParagraphStyle,
    styles: Vec<concord_text::TextStyle>,
    spans: Vec<Span>,
}

/// `OH_Drawing_Typography`. Laid out, it is plain data: guests may paint on another thread.
#[derive(Clone, Default)]
pub(crate) struct Typography {
    style: ParagraphStyle,
    spans: Vec<Span>,
    laid: Laid,
}

/// A text in lines.
#[derive(Clone, Default)]
struct Laid {
    picture: DisplayList,
    max_width: f64,
    height: f64,
    longest_line: f64,
    min_intrinsic_width: f64,
    max_intrinsic_width: f64,
    first_baseline: f64,
    exceeds: bool,
    lines: Vec<LineMetrics>,
}

objects!(TypographyStyle, TextStyle, FontCollection, TypographyCreate, Typography);

/// Spans of one text, and styles on the stack; more are not added.
const MOST_SPANS: usize = 1 << 16;

impl Default for TextStyle {
    fn default() -> TextStyle {
        // The platform's size of a new style.
        TextStyle(concord_text::TextStyle { size: 14.0, ..concord_text::TextStyle::default() })
    }
}

impl Typography {
    fn lay_out(&mut self, max_width: f64) {
        let mut paragraph = with_fonts(|fonts| Paragraph::new(fonts, &self.style, &self.spans));
        paragraph.layout(max_width.max(0.0) as f32, None);
        self.laid = Laid {
            picture: paragraph.display_list(),
            max_width,
            height: paragraph.size().height,
            longest_line: paragraph.longest_line().into(),
            min_intrinsic_width: paragraph.min_intrinsic_width().into(),
            max_intrinsic_width: paragraph.max_intrinsic_width().into(),
            first_baseline: paragraph.first_baseline().into(),
            exceeds: paragraph.did_exceed_max_lines(),
            lines: paragraph.lines(),
        };
    }
}

fn laid<T>(typography: Handle<Typography>, of: impl FnOnce(&Laid) -> T) -> Result<T, super::error_code::Code> {
    typography.with(|typography| of(&typography.laid))
}

/// One number of a line; 0 when there is no such line.
fn of_line(
    typography: Handle<Typography>,
    line: i32,
    of: fn(&LineMetrics) -> f32,
) -> Result<f64, super::error_code::Code> {
    let line = usize::try_from(line).map_err(|_| OUT_OF_RANGE)?;
    laid(typography, |laid| laid.lines.get(line).map(of))?.map(f64::from).ok_or(OUT_OF_RANGE)
}

functions! {
    fn OH_Drawing_CreateFontCollection() -> Handle<FontCollection> { Ok(Handle::new(FontCollection)) }
    fn OH_Drawing_CreateSharedFontCollection() -> Handle<FontCollection> { Ok(Handle::new(FontCollection)) }
    fn OH_Drawing_DestroyFontCollection(collection: Handle<FontCollection>) { collection.release() }
    fn OH_Drawing_CreateTypographyStyle() -> Handle<TypographyStyle> { Ok(Handle::new(TypographyStyle::default())) }
    fn OH_Drawing_DestroyTypographyStyle(style: Handle<TypographyStyle>) { style.release() }
    fn OH_Drawing_SetTypographyTextDirection(style: Handle<TypographyStyle>, direction: i32) {
        let direction = if direction == 0 { TextDirection::Rtl } else { TextDirection::Ltr };
        style.with(|style| style.0.direction = direction)
    }
    fn OH_Drawing_SetTypographyTextAlign(style: Handle<TypographyStyle>, align: i32) {
        let align = match align {
            0 => TextAlign::Left,
            1 => TextAlign::Right,
            2 => TextAlign::Center,
            3 => TextAlign::Justify,
            5 => TextAlign::End,
            _ => TextAlign::Start,
        };
        style.with(|style| style.0.align = align)
    }
    fn OH_Drawing_SetTypographyTextMaxLines(style: Handle<TypographyStyle>, lines: i32) {
        style.with(|style| style.0.max_lines = usize::try_from(lines).ok())
    }
    fn OH_Drawing_SetTypographyTextWordBreakType(style: Handle<TypographyStyle>, kind: i32) {
        let kind = match kind {
            0 => WordBreak::Normal,
            1 => WordBreak::BreakAll,
            3 => WordBreak::Hyphenation,
            _ => WordBreak::BreakWord,
        };
        style.with(|style| style.0.word_break = kind)
    }
    fn OH_Drawing_SetTypographyTextEllipsis(style: Handle<TypographyStyle>, ellipsis: Text): "the ellipsis is always …" {
        let overflow = if ellipsis.read()?.is_empty() { TextOverflow::Clip } else { TextOverflow::Ellipsis };
        style.with(|style| style.0.overflow = overflow)
    }
    fn OH_Drawing_SetTypographyTextEllipsisModal(style: Handle<TypographyStyle>, mode: i32) {
        let mode = match mode {
            0 => EllipsisMode::Start,
            1 => EllipsisMode::Center,
            3 => EllipsisMode::MultilineStart,
            4 => EllipsisMode::MultilineCenter,
            _ => EllipsisMode::End,
        };
        style.with(|style| style.0.ellipsis_mode = mode)
    }
    fn OH_Drawing_CreateTextStyle() -> Handle<TextStyle> { Ok(Handle::new(TextStyle::default())) }
    fn OH_Drawing_DestroyTextStyle(style: Handle<TextStyle>) { style.release() }
    fn OH_Drawing_SetTextStyleColor(style: Handle<TextStyle>, color: u32) {
        style.with(|style| style.0.color = Color::from_argb(color))
    }
    fn OH_Drawing_SetTextStyleFontSize(style: Handle<TextStyle>, size: f64) {
        style.with(|style| style.0.size = size as f32)
    }
    fn OH_Drawing_SetTextStyleFontWeight(style: Handle<TextStyle>, weight: i32) {
        let weight = u16::try_from(weight).ok().filter(|weight| *weight <= 8).map_or(400, |weight| (weight + 1) * 100);
        style.with(|style| style.0.weight = weight)
    }
    fn OH_Drawing_SetTextStyleFontStyle(style: Handle<TextStyle>, font_style: i32) {
        style.with(|style| style.0.italic = font_style != 0)
    }
    fn OH_Drawing_SetTextStyleFontHeight(style: Handle<TextStyle>, height: f64) {
        style.with(|style| style.0.line_height = (height > 0.0).then_some(LineHeight::Factor(height as f32)))
    }
    fn OH_Drawing_SetTextStyleFontFamilies(style: Handle<TextStyle>, count: i32, names: Array<*const c_char>) {
        let count = usize::try_from(count).ok().filter(|count| *count <= 256).ok_or(INVALID_PARAMETER)?;
        // SAFETY: these are C strings of the guest's.
        let names = names.read(count)?.into_iter().filter_map(|name| unsafe { crate::boundary::text(name) });
        let names = names.map(str::to_owned).collect();
        style.with(|style| style.0.families = names)
    }
    fn OH_Drawing_SetTextStyleLetterSpacing(style: Handle<TextStyle>, spacing: f64) {
        style.with(|style| style.0.letter_spacing = spacing as f32)
    }
    fn OH_Drawing_SetTextStyleWordSpacing(style: Handle<TextStyle>, spacing: f64) {
        style.with(|style| style.0.word_spacing = spacing as f32)
    }
    fn OH_Drawing_SetTextStyleLocale(style: Handle<TextStyle>, locale: Text) {
        let locale = locale.read()?;
        style.with(|style| style.0.locale = Some(locale))
    }
    fn OH_Drawing_SetTextStyleDecoration(style: Handle<TextStyle>, lines: i32) {
        style.with(|style| {
            let decoration = &mut style.0.decoration;
            (decoration.underline, decoration.overline, decoration.line_through) =
                (lines & 1 != 0, lines & 2 != 0, lines & 4 != 0);
        })
    }
    fn OH_Drawing_SetTextStyleDecorationColor(style: Handle<TextStyle>, color: u32) {
        style.with(|style| style.0.decoration.color = Some(Color::from_argb(color)))
    }
    fn OH_Drawing_SetTextStyleDecorationStyle(style: Handle<TextStyle>, kind: i32) {
        let kind = match kind {
            1 => DecorationStyle::Double,
            2 => DecorationStyle::Dotted,
            3 => DecorationStyle::Dashed,
            4 => DecorationStyle::Wavy,
            _ => DecorationStyle::Solid,
        };
        style.with(|style| style.0.decoration.style = kind)
    }
    fn OH_Drawing_SetTextStyleBaseLine(style: Handle<TextStyle>, _baseline: i32): "always alphabetic" {
        style.with(|_| ())
    }
    fn OH_Drawing_CreateTypographyHandler(
        style: Handle<TypographyStyle>, _fonts: Handle<FontCollection>,
    ) -> Handle<TypographyCreate>: "all font collections have the platform's fonts" {
        Ok(Handle::new(TypographyCreate { style: style.get()?.0, styles: Vec::new(), spans: Vec::new() }))
    }
    fn OH_Drawing_DestroyTypographyHandler(handler: Handle<TypographyCreate>) { handler.release() }
    fn OH_Drawing_TypographyHandlerPushTextStyle(handler: Handle<TypographyCreate>, style: Handle<TextStyle>) {
        let style = style.get()?.0;
        handler.with(|handler| {
            if handler.styles.len() < MOST_SPANS {
                handler.styles.push(style);
            }
        })
    }
    fn OH_Drawing_TypographyHandlerPopTextStyle(handler: Handle<TypographyCreate>) {
        handler.with(|handler| drop(handler.styles.pop()))
    }
    fn OH_Drawing_TypographyHandlerAddText(handler: Handle<TypographyCreate>, text: Text) {
        let text = text.read()?;
        handler.with(|handler| {
            let style = handler.styles.last().cloned().unwrap_or_else(|| TextStyle::default().0);
            if handler.spans.len() < MOST_SPANS {
                handler.spans.push(Span::Text { text, style, id: 0 });
            }
        })
    }
    fn OH_Drawing_CreateTypography(handler: Handle<TypographyCreate>) -> Handle<Typography> {
        let (style, spans) = handler.with(|handler| (handler.style.clone(), handler.spans.clone()))?;
        Ok(Handle::new(Typography { style, spans, laid: Laid::default() }))
    }
    fn OH_Drawing_DestroyTypography(typography: Handle<Typography>) { typography.release() }
    fn OH_Drawing_TypographyLayout(typography: Handle<Typography>, max_width: f64) {
        typography.with(|typography| typography.lay_out(max_width))
    }
    fn OH_Drawing_TypographyPaint(typography: Handle<Typography>, canvas: Handle<Canvas>, x: f64, y: f64) {
        let picture = laid(typography, |laid| laid.picture.clone())?;
        canvas.with(|canvas| {
            canvas.record(true, |painter| {
                painter.translate(x, y);
                painter.append(&picture);
            })
        })?
    }
    fn OH_Drawing_TypographyGetMaxWidth(typography: Handle<Typography>) -> f64 { laid(typography, |laid| laid.max_width) }
    fn OH_Drawing_TypographyGetHeight(typography: Handle<Typography>) -> f64 { laid(typography, |laid| laid.height) }
    fn OH_Drawing_TypographyGetLongestLine(typography: Handle<Typography>) -> f64 {
        laid(typography, |laid| laid.longest_line)
    }
    fn OH_Drawing_TypographyGetMinIntrinsicWidth(typography: Handle<Typography>) -> f64 {
        laid(typography, |laid| laid.min_intrinsic_width)
    }
    fn OH_Drawing_TypographyGetMaxIntrinsicWidth(typography: Handle<Typography>) -> f64 {
        laid(typography, |laid| laid.max_intrinsic_width)
    }
    fn OH_Drawing_TypographyGetAlphabeticBaseline(typography: Handle<Typography>) -> f64 {
        laid(typography, |laid| laid.first_baseline)
    }
    fn OH_Drawing_TypographyDidExceedMaxLines(typography: Handle<Typography>) -> bool {
        laid(typography, |laid| laid.exceeds)
    }
    fn OH_Drawing_TypographyGetLineCount(typography: Handle<Typography>) -> usize {
        laid(typography, |laid| laid.lines.len())
    }
    fn OH_Drawing_TypographyGetLineHeight(typography: Handle<Typography>, line: i32) -> f64 {
        of_line(typography, line, |line| line.height)
    }
    fn OH_Drawing_TypographyGetLineWidth(typography: Handle<Typography>, line: i32) -> f64 {
        of_line(typography, line, |line| line.width)
    }
}
