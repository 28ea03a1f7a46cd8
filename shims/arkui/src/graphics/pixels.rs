//! `@concord:arkui/pixels`: the pixels behind a `PixelMap` or an `ImageBitmap`. The app's objects have them as a hidden property
//! `__pixels__`, by which natives and components find them.

use concord_controls::context2d::SharedContext;
use concord_engine::{Call, Context, ErrorKind, JsResult, Value};
use concord_paint::kurbo::{Affine, Rect};
use concord_paint::{Canvas, EncodeError, Format, LayerStyle, Painter, Picture, PictureFrame, Sampling};
use concord_runtime::Native;
use concord_ui::drawing::Drawing;
use concord_ui::pixels::Pixels;
use std::any::Any;
use std::rc::Rc;

/// The hidden property.
const PROPERTY: &str = "__pixels__";

pub(super) const NATIVES: &[(&str, Native)] = &[
    ("create", create),
    ("shown", shown),
    ("decode", decode),
    ("info", info),
    ("size", size),
    ("read", read),
    ("write", write),
    ("redraw", redraw),
    ("encode", encode),
];

/// What components can show of an object of the app: pixels, a drawing, or the context of a canvas.
pub(crate) fn foreign_of(value: &Value) -> Option<Rc<dyn Any>> {
    if !value.has(PROPERTY) {
        return None;
    }
    let native = value.get(PROPERTY).ok()?;
    if let Some(pixels) = native.native::<Rc<Pixels>>() {
        return Some(Rc::<Pixels>::clone(pixels));
    }
    if let Some(picture) = native.native::<Picture>() {
        return Some(Rc::new(picture.clone()));
    }
    if let Some(drawing) = native.native::<Rc<Drawing>>() {
        return Some(Rc::<Drawing>::clone(drawing));
    }
    let context = native.native::<Rc<SharedContext>>()?;
    Some(Rc::<SharedContext>::clone(context))
}

/// Pixels for the app's side.
fn wrap(context: &Context, canvas: Canvas) -> Value {
    wrap_shared(context, Rc::new(Pixels::new(canvas)))
}

/// The same for pixels that somebody else has, too.
pub(crate) fn wrap_shared(context: &Context, pixels: Rc<Pixels>) -> Value {
    context.native_object(Box::new(pixels), None)
}

/// Pixels as a `data:` URI, PNG or JPEG.
pub(crate) fn data_url(pixels: &Pixels, jpeg: bool, quality: f32) -> Result<String, EncodeError> {
    let canvas = pixels.0.borrow();
    let (kind, bytes) = if jpeg { ("jpeg", canvas.to_jpeg(quality)?) } else { ("png", canvas.to_png()?) };
    Ok(format!("data:image/{kind};base64,{}", base64(&bytes)))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: [u8; 64] = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for index in 0..4 {
            let digit = DIGITS.get((bits >> (18 - 6 * index) & 0x3f) as usize).copied().unwrap_or(b'A');
            text.push(if index <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

fn range_error(call: &Call<'_>, message: &str) -> concord_engine::Exception {
    call.context.throw(ErrorKind::RangeError, message)
}

fn pixels(call: &Call<'_>, index: usize) -> JsResult<Rc<Pixels>> {
    let value = call.arg(index);
    value.native::<Rc<Pixels>>().map(Rc::clone).ok_or_else(|| range_error(call, "there are no pixels"))
}

fn number(call: &Call<'_>, index: usize) -> f64 {
    call.arg(index).as_f64().filter(|number| number.is_finite()).unwrap_or(0.0)
}

fn extent(call: &Call<'_>, index: usize) -> u32 {
    number(call, index).clamp(0.0, f64::from(u32::MAX)) as u32
}

fn bytes(call: &Call<'_>, index: usize) -> Vec<u8> {
    call.arg(index).bytes().unwrap_or_default()
}

/// How pixels lie in a buffer: the platform's `PixelMapFormat`.
#[derive(Clone, Copy)]
enum Layout {
    Argb,
    Rgb565,
    Rgba,
    Bgra,
    Rgb,
    Alpha,
}

impl Layout {
    fn of(call: &Call<'_>, index: usize) -> Layout {
        match number(call, index) as i32 {
            1 => Layout::Argb,
            2 => Layout::Rgb565,
            4 => Layout::Bgra,
            5 => Layout::Rgb,
            6 => Layout::Alpha,
            _ => Layout::Rgba,
        }
    }

    /// RGBA from the bytes of a buffer.
    fn unpack(self, data: &[u8]) -> Vec<u8> {
        let expand = |bits: u16, width: u16| (u32::from(bits) * 255 / ((1 << width) - 1)) as u8;
        match self {
            Layout::Rgba => data.to_vec(),
            Layout::Argb => data.as_chunks::<4>().0.iter().flat_map(|[a, r, g, b]| [*r, *g, *b, *a]).collect(),
            Layout::Bgra => data.as_chunks::<4>().0.iter().flat_map(|[b, g, r, a]| [*r, *g, *b, *a]).collect(),
            Layout::Rgb => data.as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect(),
            Layout::Alpha => data.iter().flat_map(|alpha| [0, 0, 0, *alpha]).collect(),
            Layout::Rgb565 => {
                let words = data.as_chunks::<2>().0.iter().map(|word| u16::from_le_bytes(*word));
                words
                    .flat_map(|word| [expand(word >> 11, 5), expand(word >> 5 & 0x3f, 6), expand(word & 0x1f, 5), 255])
                    .collect()
            }
        }
    }

    /// The bytes of a buffer from RGBA.
    fn pack(self, data: Vec<u8>) -> Vec<u8> {
        let pixels = || data.as_chunks::<4>().0.iter();
        match self {
            Layout::Rgba => data,
            Layout::Argb => pixels().flat_map(|[r, g, b, a]| [*a, *r, *g, *b]).collect(),
            Layout::Bgra => pixels().flat_map(|[r, g, b, a]| [*b, *g, *r, *a]).collect(),
            Layout::Rgb => pixels().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect(),
            Layout::Alpha => pixels().map(|[_, _, _, a]| *a).collect(),
            Layout::Rgb565 => pixels()
                .flat_map(|[r, g, b, _]| {
                    let word = u16::from(*r >> 3) << 11 | u16::from(*g >> 2) << 5 | u16::from(*b >> 3);
                    word.to_le_bytes()
                })
                .collect(),
        }
    }
}

/// `create(width, height, bytes?, format) → pixels`; bytes have straight alpha.
fn create(call: &Call<'_>) -> JsResult {
    let (width, height) = (extent(call, 0), extent(call, 1));
    let mut canvas = Canvas::new(width, height).map_err(|error| range_error(call, &error.to_string()))?;
    if !call.arg(2).is_nullish() {
        canvas.put_pixels(&Layout::of(call, 3).unpack(&bytes(call, 2)), width, 0, 0, None);
    }
    Ok(wrap(call.context, canvas))
}

/// `shown(width, height, bytes) → picture`: premultiplied RGBA for components to show, which nobody can change.
fn shown(call: &Call<'_>) -> JsResult {
    let picture = Picture::from_premultiplied_rgba(bytes(call, 2), extent(call, 0), extent(call, 1));
    let picture = picture.map_err(|error| range_error(call, &error.to_string()))?;
    let made = call.context.object();
    made.set(PROPERTY, &call.context.native_object(Box::new(picture), None))?;
    Ok(made)
}

/// `decode(bytes, index, width, height) → pixels`: a picture of a file; 0 by 0 is its own size.
fn decode(call: &Call<'_>) -> JsResult {
    let file = bytes(call, 0);
    let index = number(call, 1) as usize;
    let wanted = (extent(call, 2), extent(call, 3));
    let scaled = wanted.0 > 0 && wanted.1 > 0;
    let mut frames = if index == 0 { Vec::new() } else { Picture::frames(&file, None).unwrap_or_default() };
    let picture = if index < frames.len() {
        Ok(frames.swap_remove(index).picture)
    } else {
        Picture::decode(&file, scaled.then_some(wanted))
    };
    let picture = picture.map_err(|error| range_error(call, &error.to_string()))?;
    let canvas = Canvas::from_picture(&picture).map_err(|error| range_error(call, &error.to_string()))?;
    let same = !scaled || (picture.width(), picture.height()) == wanted;
    let canvas = if same { canvas } else { scale(&picture, wanted).map_err(|error| range_error(call, &error))? };
    Ok(wrap(call.context, canvas))
}

fn scale(picture: &Picture, (width, height): (u32, u32)) -> Result<Canvas, String> {
    let mut canvas = Canvas::new(width, height).map_err(|error| error.to_string())?;
    let mut painter = Painter::new();
    let target = Rect::new(0.0, 0.0, width.into(), height.into());
    painter.picture(picture, picture.rect(), target, Sampling::Mipmap, None);
    canvas.draw(&painter.finish());
    Ok(canvas)
}

/// `info(bytes, frames) → {width, height, mimeType, delays}`, undefined when it is no picture. Delays (ms, one for each frame)
/// are told when `frames` is true.
fn info(call: &Call<'_>) -> JsResult {
    let file = bytes(call, 0);
    let Ok(info) = Picture::info(&file) else { return Ok(call.context.undefined()) };
    let made = call.context.object();
    made.set("width", &call.context.number(info.width.into()))?;
    made.set("height", &call.context.number(info.height.into()))?;
    made.set("mimeType", &call.context.string(info.format.mime_type()))?;
    let animated = matches!(info.format, Format::Gif | Format::WebP) && call.arg(1).as_bool() == Some(true);
    let delays = if animated {
        let frames = Picture::frames(&file, None).unwrap_or_default();
        frames.iter().map(|frame: &PictureFrame| call.context.number(frame.delay.as_secs_f64() * 1000.0)).collect()
    } else {
        vec![call.context.number(0.0)]
    };
    made.set("delays", &call.context.array(&delays))?;
    Ok(made)
}

/// `size(pixels) → [width, height]`.
fn size(call: &Call<'_>) -> JsResult {
    let (width, height) = pixels(call, 0)?.size();
    Ok(call.context.array(&[call.context.number(width.into()), call.context.number(height.into())]))
}

/// `read(pixels, x, y, width, height, format, premultiplied) → ArrayBuffer`.
fn read(call: &Call<'_>) -> JsResult {
    let pixels = pixels(call, 0)?;
    let (x, y) = (number(call, 1) as i32, number(call, 2) as i32);
    let canvas = pixels.0.borrow();
    let data = canvas
        .get_pixels(x, y, extent(call, 3), extent(call, 4))
        .map_err(|error| range_error(call, &error.to_string()))?;
    let data = if call.arg(6).as_bool() == Some(true) {
        Picture::from_straight_rgba(&data, extent(call, 3), extent(call, 4)).map_or(data, |all| all.data().to_vec())
    } else {
        data
    };
    Ok(call.context.array_buffer(Layout::of(call, 5).pack(data)))
}

/// `write(pixels, x, y, width, height, bytes, format, premultiplied)`.
fn write(call: &Call<'_>) -> JsResult {
    let pixels = pixels(call, 0)?;
    let (x, y, width, height) = (number(call, 1) as i32, number(call, 2) as i32, extent(call, 3), extent(call, 4));
    let data = Layout::of(call, 6).unpack(&bytes(call, 5));
    let data = if call.arg(7).as_bool() == Some(true) {
        let picture = Picture::from_premultiplied_rgba(data, width, height);
        picture.map_err(|error| range_error(call, &error.to_string()))?.to_straight_rgba()
    } else {
        data
    };
    pixels.0.borrow_mut().put_pixels(&data, width, x, y, None);
    Ok(call.context.undefined())
}

/// `redraw(pixels, width, height, a, b, c, d, e, f, opacity)`: replaces the pixels by a canvas of this size with what was there
/// on it, transformed.
fn redraw(call: &Call<'_>) -> JsResult {
    let pixels = pixels(call, 0)?;
    let mut canvas =
        Canvas::new(extent(call, 1), extent(call, 2)).map_err(|error| range_error(call, &error.to_string()))?;
    let mut shared = pixels.0.borrow_mut();
    let picture = shared.to_picture();
    let mut painter = Painter::new();
    painter.push_layer(LayerStyle::opacity(number(call, 9) as f32));
    painter.transform(Affine::new([3, 4, 5, 6, 7, 8].map(|index| number(call, index))));
    painter.picture(&picture, picture.rect(), picture.rect(), Sampling::Linear, None);
    painter.pop_layer();
    canvas.draw(&painter.finish());
    *shared = canvas;
    Ok(call.context.undefined())
}

/// `encode(pixels, mimeType, quality) → ArrayBuffer`, undefined for formats that are not written; quality from 0 to 1.
fn encode(call: &Call<'_>) -> JsResult {
    let pixels = pixels(call, 0)?;
    let canvas = pixels.0.borrow();
    let encoded = match call.arg(1).as_string().as_deref() {
        Some("image/png") => canvas.to_png(),
        Some("image/jpeg") => canvas.to_jpeg(number(call, 2) as f32),
        _ => return Ok(call.context.undefined()),
    };
    let encoded = encoded.map_err(|error| range_error(call, &error.to_string()))?;
    Ok(call.context.array_buffer(encoded))
}
