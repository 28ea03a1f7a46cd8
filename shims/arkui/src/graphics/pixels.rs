//! `@concord:arkui/pixels`: the pixels behind a `PixelMap` or an `ImageBitmap`. The app's objects have them as a hidden property
//! `__pixels__`, by which natives and components find them.

use super::layout::Layout;
use concord_controls::context2d::SharedContext;
use concord_engine::{Call, Context, ErrorKind, JsResult, Value};
use concord_paint::kurbo::Affine;
use concord_paint::{Canvas, EncodeError, LayerStyle, MAX_PIXELS, Painter, Picture, Sampling};
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
pub(super) fn wrap(context: &Context, canvas: Canvas) -> Value {
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

pub(super) fn range_error(call: &Call<'_>, message: &str) -> concord_engine::Exception {
    call.context.throw(ErrorKind::RangeError, message)
}

pub(super) fn pixels(call: &Call<'_>, index: usize) -> JsResult<Rc<Pixels>> {
    let value = call.arg(index);
    value.native::<Rc<Pixels>>().map(Rc::clone).ok_or_else(|| range_error(call, "there are no pixels"))
}

pub(super) fn number(call: &Call<'_>, index: usize) -> f64 {
    call.arg(index).as_f64().filter(|number| number.is_finite()).unwrap_or(0.0)
}

pub(super) fn extent(call: &Call<'_>, index: usize) -> u32 {
    number(call, index).clamp(0.0, f64::from(u32::MAX)) as u32
}

pub(super) fn bytes(call: &Call<'_>, index: usize) -> Vec<u8> {
    call.arg(index).bytes().unwrap_or_default()
}

fn layout(call: &Call<'_>, index: usize) -> Layout {
    Layout::of(number(call, index) as u32)
}

/// Lays bytes of the app's onto pixels.
fn put(canvas: &mut Canvas, data: &[u8], (x, y): (i32, i32), width: u32, premultiplied: bool) {
    if premultiplied {
        canvas.put_premultiplied(data, width, x, y);
    } else {
        canvas.put_pixels(data, width, x, y, None);
    }
}

/// `create(width, height, bytes?, format, premultiplied) → pixels`.
fn create(call: &Call<'_>) -> JsResult {
    let (width, height) = (extent(call, 0), extent(call, 1));
    let mut canvas = Canvas::new(width, height).map_err(|error| range_error(call, &error.to_string()))?;
    if !call.arg(2).is_nullish() {
        let data = layout(call, 3).unpack(&bytes(call, 2), width, height);
        put(&mut canvas, &data, (0, 0), width, call.arg(4).as_bool() == Some(true));
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

/// `size(pixels) → [width, height]`.
fn size(call: &Call<'_>) -> JsResult {
    let (width, height) = pixels(call, 0)?.size();
    Ok(call.context.array(&[call.context.number(width.into()), call.context.number(height.into())]))
}

/// `read(pixels, x, y, width, height, format, premultiplied) → ArrayBuffer`.
fn read(call: &Call<'_>) -> JsResult {
    let pixels = pixels(call, 0)?;
    let (x, y, width, height) = (number(call, 1) as i32, number(call, 2) as i32, extent(call, 3), extent(call, 4));
    let canvas = pixels.0.borrow();
    let premultiplied = call.arg(6).as_bool() == Some(true);
    let data = if premultiplied {
        canvas.get_premultiplied(x, y, width, height)
    } else {
        canvas.get_pixels(x, y, width, height)
    };
    let data = data.map_err(|error| range_error(call, &error.to_string()))?;
    Ok(call.context.array_buffer(layout(call, 5).pack(data, width, height)))
}

/// `write(pixels, x, y, width, height, bytes, format, premultiplied)`.
fn write(call: &Call<'_>) -> JsResult {
    let pixels = pixels(call, 0)?;
    let (x, y, width, height) = (number(call, 1) as i32, number(call, 2) as i32, extent(call, 3), extent(call, 4));
    // Refused before memory is taken for it.
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(range_error(call, "the area is larger than a picture may be"));
    }
    let data = layout(call, 6).unpack(&bytes(call, 5), width, height);
    put(&mut pixels.0.borrow_mut(), &data, (x, y), width, call.arg(7).as_bool() == Some(true));
    Ok(call.context.undefined())
}

/// `redraw(pixels, width, height, a, b, c, d, e, f, opacity, level)`: replaces the pixels by a canvas of this size with what was there
/// on it, transformed; `level` is the platform's `AntiAliasingLevel`.
fn redraw(call: &Call<'_>) -> JsResult {
    let pixels = pixels(call, 0)?;
    let mut canvas =
        Canvas::new(extent(call, 1), extent(call, 2)).map_err(|error| range_error(call, &error.to_string()))?;
    let mut shared = pixels.0.borrow_mut();
    let picture = shared.to_picture();
    let mut painter = Painter::new();
    painter.push_layer(LayerStyle::opacity(number(call, 9) as f32));
    painter.transform(Affine::new([3, 4, 5, 6, 7, 8].map(|index| number(call, index))));
    painter.picture(&picture, picture.rect(), picture.rect(), sampling(call, 10), None);
    painter.pop_layer();
    canvas.draw(&painter.finish());
    *shared = canvas;
    Ok(call.context.undefined())
}

fn sampling(call: &Call<'_>, index: usize) -> Sampling {
    match call.arg(index).as_f64() {
        Some(0.0) => Sampling::Nearest,
        Some(2.0) => Sampling::Mipmap,
        Some(3.0) => Sampling::Cubic,
        _ => Sampling::Linear,
    }
}

/// `encode(pixels, mimeType, quality) → ArrayBuffer`, undefined for formats that are not written; quality from 0 to 1.
fn encode(call: &Call<'_>) -> JsResult {
    let pixels = pixels(call, 0)?;
    let canvas = pixels.0.borrow();
    let encoded = match call.arg(1).as_string().as_deref() {
        Some("image/png") => canvas.to_png(),
        Some("image/webp") => canvas.to_webp(),
        Some("image/jpeg") => canvas.to_jpeg(number(call, 2) as f32),
        _ => return Ok(call.context.undefined()),
    };
    let encoded = encoded.map_err(|error| range_error(call, &error.to_string()))?;
    Ok(call.context.array_buffer(encoded))
}
