//! `drawing_font.h`, `drawing_typeface.h`, `drawing_text_blob.h`: single lines of text.

use super::brush::Brush;
use super::error_code::{Code, INVALID_PARAMETER};
use super::handle::{Array, Handle, Out, Text, functions, objects};
use super::rect::Rect;
use super::surface::Canvas;
use super::text::{decode, line};
use concord_paint::FillRule;
use concord_paint::kurbo::{self, BezPath, Shape};
use concord_text::{Paragraph, TextStyle};
use std::sync::atomic::{AtomicU32, Ordering};

/// `OH_Drawing_Typeface`: the platform's font.
#[derive(Clone, Copy)]
pub(crate) struct Typeface;

/// `OH_Drawing_Font`.
#[derive(Clone, Copy)]
pub(crate) struct Font {
    size: f32,
    skew: f32,
    scale_x: f32,
    fake_bold: bool,
    typeface: Handle<Typeface>,
}

/// `OH_Drawing_TextBlob`: a line of text in a font.
#[derive(Clone)]
pub(crate) struct TextBlob {
    text: String,
    font: Font,
    number: u32,
}

objects!(Typeface, Font, TextBlob);

/// `OH_Drawing_Font_Metrics`, px.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FontMetrics {
    flags: u32,
    top: f32,
    ascent: f32,
    descent: f32,
    bottom: f32,
    leading: f32,
    average_width: f32,
    max_width: f32,
    x_min: f32,
    x_max: f32,
    x_height: f32,
    cap_height: f32,
    underline_thickness: f32,
    underline_position: f32,
    strikeout_thickness: f32,
    strikeout_position: f32,
}

impl Default for Font {
    fn default() -> Font {
        // The platform's size of a new font.
        Font { size: 12.0, skew: 0.0, scale_x: 1.0, fake_bold: false, typeface: Handle::NULL }
    }
}

impl Font {
    fn style(&self) -> TextStyle {
        TextStyle {
            size: self.size,
            weight: if self.fake_bold { 700 } else { 400 },
            italic: self.skew != 0.0,
            ..TextStyle::default()
        }
    }

    fn line(&self, text: &str) -> Paragraph {
        line(text, &self.style())
    }

    fn width(&self, text: &str) -> f32 {
        self.line(text).longest_line() * self.scale_x
    }

    /// The box of a line of text, from where its baseline begins.
    fn bounds(&self, text: &str) -> Rect {
        let line = self.line(text);
        let Some(metrics) = line.lines().into_iter().next() else { return Rect::default() };
        Rect::new(0.0, -metrics.ascent, line.longest_line() * self.scale_x, metrics.descent)
    }
}

/// Draws a line of text from where its baseline begins, with the attached brush and pen.
fn draw(canvas: &mut Canvas, text: &str, font: &Font, x: f32, y: f32) -> Result<(), Code> {
    let paragraph = font.line(text);
    let origin = kurbo::Point::new(0.0, -f64::from(paragraph.first_baseline()));
    let bounds = font.bounds(text).offset(x, y).kurbo().inflate(2.0, 2.0);
    let shape: BezPath = bounds.to_path(0.1);
    let brush: Option<Brush> = canvas.brush.clone().or_else(|| canvas.pen.clone().map(|pen| pen.paint));
    let Some(brush) = brush else { return Ok(()) };
    canvas.painted(&brush, (&shape, FillRule::NonZero), |painter, paint| {
        painter.save();
        painter.translate(x.into(), y.into());
        painter.transform(kurbo::Affine::scale_non_uniform(font.scale_x.into(), 1.0));
        paragraph.paint_with(painter, origin, paint);
        painter.restore();
    })
}

fn blob(text: String, font: Handle<Font>) -> Result<Handle<TextBlob>, Code> {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    Ok(Handle::new(TextBlob { text, font: font.get()?, number }))
}

/// The first character of a text.
fn character(text: Text) -> Result<String, Code> {
    Ok(text.read()?.chars().next().ok_or(INVALID_PARAMETER)?.to_string())
}

functions! {
    fn OH_Drawing_TypefaceCreateDefault() -> Handle<Typeface> { Ok(Handle::new(Typeface)) }
    fn OH_Drawing_TypefaceDestroy(typeface: Handle<Typeface>) { typeface.release() }
    fn OH_Drawing_FontCreate() -> Handle<Font> { Ok(Handle::new(Font::default())) }
    fn OH_Drawing_FontDestroy(font: Handle<Font>) { font.release() }
    fn OH_Drawing_FontSetTypeface(font: Handle<Font>, typeface: Handle<Typeface>): "the default typeface" {
        font.with(|font| font.typeface = typeface)
    }
    fn OH_Drawing_FontGetTypeface(font: Handle<Font>) -> Handle<Typeface> { Ok(font.get()?.typeface) }
    fn OH_Drawing_FontSetTextSize(font: Handle<Font>, size: f32) { font.with(|font| font.size = size) }
    fn OH_Drawing_FontGetTextSize(font: Handle<Font>) -> f32 { Ok(font.get()?.size) }
    fn OH_Drawing_FontSetTextSkewX(font: Handle<Font>, skew: f32): "italic, whatever the angle" {
        font.with(|font| font.skew = skew)
    }
    fn OH_Drawing_FontGetTextSkewX(font: Handle<Font>) -> f32 { Ok(font.get()?.skew) }
    fn OH_Drawing_FontSetFakeBoldText(font: Handle<Font>, bold: bool) { font.with(|font| font.fake_bold = bold) }
    fn OH_Drawing_FontIsFakeBoldText(font: Handle<Font>) -> bool { Ok(font.get()?.fake_bold) }
    fn OH_Drawing_FontSetScaleX(font: Handle<Font>, scale: f32) { font.with(|font| font.scale_x = scale) }
    fn OH_Drawing_FontGetScaleX(font: Handle<Font>) -> f32 { Ok(font.get()?.scale_x) }
    fn OH_Drawing_FontCountText(_font: Handle<Font>, text: Array<u8>, length: usize, encoding: u32) -> i32 {
        Ok(i32::try_from(decode(text, length, encoding)?.chars().count()).unwrap_or(i32::MAX))
    }
    fn OH_Drawing_FontMeasureText(
        font: Handle<Font>, text: Array<u8>, length: usize, encoding: u32, bounds: Handle<Rect>, width: Out<f32>,
    ) -> Code: "bounds are those of the line, not of its ink" {
        let (font, text) = (font.get()?, decode(text, length, encoding)?);
        if !bounds.is_null() {
            bounds.set(font.bounds(&text))?;
        }
        width.put(font.width(&text))
    }
    fn OH_Drawing_FontMeasureSingleCharacter(font: Handle<Font>, text: Text, width: Out<f32>) -> Code {
        width.put(font.get()?.width(&character(text)?))
    }
    fn OH_Drawing_FontGetMetrics(font: Handle<Font>, out: Out<FontMetrics>) -> f32: "ascent, descent and what follows from them" {
        let font = font.get()?;
        let Rect { top, bottom, .. } = font.bounds("x");
        out.put(FontMetrics { top, ascent: top, descent: bottom, bottom, ..FontMetrics::default() })?;
        Ok(bottom - top)
    }
    fn OH_Drawing_TextBlobCreateFromText(
        text: Array<u8>, length: usize, font: Handle<Font>, encoding: u32,
    ) -> Handle<TextBlob>: "not glyph numbers" { blob(decode(text, length, encoding)?, font) }
    fn OH_Drawing_TextBlobCreateFromString(text: Text, font: Handle<Font>, _encoding: u32) -> Handle<TextBlob> {
        blob(text.read()?, font)
    }
    fn OH_Drawing_TextBlobDestroy(blob: Handle<TextBlob>) { blob.release() }
    fn OH_Drawing_TextBlobUniqueID(blob: Handle<TextBlob>) -> u32 { Ok(blob.get()?.number) }
    fn OH_Drawing_TextBlobGetBounds(blob: Handle<TextBlob>, out: Handle<Rect>): "those of the line, not of its ink" {
        let TextBlob { text, font, .. } = blob.get()?;
        out.set(font.bounds(&text))
    }
    fn OH_Drawing_CanvasDrawTextBlob(canvas: Handle<Canvas>, blob: Handle<TextBlob>, x: f32, y: f32):
        "pens draw as brushes do"
    {
        let TextBlob { text, font, .. } = blob.get()?;
        canvas.with(|canvas| draw(canvas, &text, &font, x, y))?
    }
    fn OH_Drawing_CanvasDrawSingleCharacter(
        canvas: Handle<Canvas>, text: Text, font: Handle<Font>, x: f32, y: f32,
    ) -> Code: "pens draw as brushes do" {
        let (text, font) = (character(text)?, font.get()?);
        canvas.with(|canvas| draw(canvas, &text, &font, x, y))?
    }
}
