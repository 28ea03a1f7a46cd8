//! `@concord:arkui/codec`: picture files. What goes wrong in a file comes back as an object `{failure, message}`, where `failure` is one of
//! `unknown`, `damaged`, `big`, `unsupported`, `property` and `value`.

use super::pixels::{bytes, extent, number, pixels, range_error, wrap};
use concord_engine::{Call, JsResult, Value};
use concord_paint::exif::{Carrier, Exif, ExifError};
use concord_paint::kurbo::Rect;
use concord_paint::{Canvas, DecodeError, Painter, Picture, Sampling, encode_gif};
use concord_runtime::Native;
use std::time::Duration;

pub(super) const NATIVES: &[(&str, Native)] = &[
    ("decode", decode),
    ("info", info),
    ("animation", animation),
    ("encodeGif", encode_gif_file),
    ("properties", properties),
    ("isProperty", is_property),
    ("modify", modify),
    ("copyProperties", copy_properties),
    ("thumbnail", thumbnail),
];

fn failure(call: &Call<'_>, kind: &str, message: &str) -> JsResult {
    let made = call.context.object();
    made.set("failure", &call.context.string(kind))?;
    made.set("message", &call.context.string(message))?;
    Ok(made)
}

fn decoding_failure(call: &Call<'_>, error: &DecodeError) -> JsResult {
    let kind = match error {
        DecodeError::UnknownFormat { .. } => "unknown",
        DecodeError::Damaged { .. } => "damaged",
        DecodeError::TooBig { .. } | DecodeError::TooMuchMemory { .. } => "big",
    };
    failure(call, kind, &error.to_string())
}

fn exif_failure(call: &Call<'_>, error: &ExifError) -> JsResult {
    let kind = match error {
        ExifError::Unsupported => "unsupported",
        ExifError::Damaged(_) => "damaged",
        ExifError::UnknownProperty => "property",
        ExifError::Value(_) => "value",
        ExifError::TooBig => "big",
    };
    failure(call, kind, &error.to_string())
}

/// `decode(bytes, index, width, height) → pixels`: a picture of a file, at its own size when the size is 0 by 0.
fn decode(call: &Call<'_>) -> JsResult {
    let file = bytes(call, 0);
    let index = number(call, 1) as usize;
    let wanted = (extent(call, 2), extent(call, 3));
    let scaled = wanted.0 > 0 && wanted.1 > 0;
    let picture = if index == 0 {
        Picture::decode_as_stored(&file, scaled.then_some(wanted))
    } else {
        Picture::frames(&file, None).and_then(|mut frames| {
            if index < frames.len() {
                return Ok(frames.swap_remove(index).picture);
            }
            let format = Picture::info(&file)?.format;
            Err(DecodeError::Damaged { format, reason: format!("it has {} pictures", frames.len()) })
        })
    };
    let picture = match picture {
        Ok(picture) => picture,
        Err(error) => return decoding_failure(call, &error),
    };
    let same = !scaled || (picture.width(), picture.height()) == wanted;
    let canvas = if same { Canvas::from_picture(&picture) } else { scale(&picture, wanted) };
    match canvas {
        Ok(canvas) => Ok(wrap(call.context, canvas)),
        Err(error) => failure(call, "big", &error.to_string()),
    }
}

fn scale(picture: &Picture, (width, height): (u32, u32)) -> Result<Canvas, concord_paint::SizeError> {
    let mut canvas = Canvas::new(width, height)?;
    let mut painter = Painter::new();
    let target = Rect::new(0.0, 0.0, width.into(), height.into());
    painter.picture(picture, picture.rect(), target, Sampling::Mipmap, None);
    canvas.draw(&painter.finish());
    Ok(canvas)
}

/// `info(bytes) → {width, height, mimeType}`, as stored.
fn info(call: &Call<'_>) -> JsResult {
    let info = match Picture::info(&bytes(call, 0)) {
        Ok(info) => info,
        Err(error) => return decoding_failure(call, &error),
    };
    let (width, height) = if info.turned { (info.height, info.width) } else { (info.width, info.height) };
    let made = call.context.object();
    made.set("width", &call.context.number(width.into()))?;
    made.set("height", &call.context.number(height.into()))?;
    made.set("mimeType", &call.context.string(info.format.mime_type()))?;
    Ok(made)
}

/// `animation(bytes) → {delays, disposals, loops}`: ms and GIF's numbers, one for each picture; `loops` is undefined when it is not told.
fn animation(call: &Call<'_>) -> JsResult {
    let info = match Picture::animation(&bytes(call, 0)) {
        Ok(info) => info,
        Err(error) => return decoding_failure(call, &error),
    };
    let list = |numbers: Vec<f64>| {
        let values: Vec<Value> = numbers.into_iter().map(|number| call.context.number(number)).collect();
        call.context.array(&values)
    };
    let made = call.context.object();
    made.set("delays", &list(info.frames.iter().map(|frame| frame.delay.as_secs_f64() * 1000.0).collect()))?;
    made.set("disposals", &list(info.frames.iter().map(|frame| frame.disposal.into()).collect()))?;
    if let Some(loops) = info.loops {
        made.set("loops", &call.context.number(loops.into()))?;
    }
    Ok(made)
}

/// `encodeGif(delays, disposals, loops, ...pixels) → ArrayBuffer`: delays in ms and disposals are bytes of `Float64Array` and `Uint8Array`;
/// `loops` 0 is without end.
fn encode_gif_file(call: &Call<'_>) -> JsResult {
    let delays = bytes(call, 0);
    let delays = delays.as_chunks::<8>().0.iter().map(|delay| f64::from_ne_bytes(*delay));
    let mut frames = Vec::new();
    for (index, delay) in delays.enumerate() {
        let picture =
            pixels(call, index + 3)?.picture().ok_or_else(|| range_error(call, "a picture is being drawn on"))?;
        frames.push((picture, Duration::from_millis(delay.clamp(0.0, 655_350.0) as u64)));
    }
    let loops = number(call, 2).clamp(0.0, f64::from(u16::MAX)) as u16;
    match encode_gif(&frames, (loops > 0).then_some(loops), &bytes(call, 1)) {
        Ok(file) => Ok(call.context.array_buffer(file)),
        Err(error) => failure(call, "damaged", &error.to_string()),
    }
}

fn exif_of(file: &[u8]) -> Result<(Carrier, Option<Exif>), ExifError> {
    let carrier = Carrier::of(file)?;
    Ok((carrier, carrier.read(file)?))
}

/// `properties(bytes) → object | undefined`: all properties of EXIF by name; undefined when the file has none.
fn properties(call: &Call<'_>) -> JsResult {
    let exif = match exif_of(&bytes(call, 0)) {
        Ok((_, Some(exif))) => exif,
        Ok((_, None)) => return Ok(call.context.undefined()),
        Err(error) => return exif_failure(call, &error),
    };
    let made = call.context.object();
    for (name, value) in exif.properties() {
        made.set(name, &call.context.string(&value))?;
    }
    Ok(made)
}

/// `isProperty(name) → boolean`: whether EXIF has it.
fn is_property(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(call.arg(0).as_string().is_some_and(|name| Exif::is_known(&name))))
}

/// `modify(bytes, name, value, name, value, …) → ArrayBuffer`: the file with other properties; those without a value are taken away. Nothing
/// is changed when one of them is wrong.
fn modify(call: &Call<'_>) -> JsResult {
    let file = bytes(call, 0);
    let changed = exif_of(&file).and_then(|(carrier, exif)| {
        let mut exif = exif.unwrap_or_default();
        let mut index = 1;
        while let Some(name) = call.arg(index).as_string() {
            match call.arg(index + 1).as_string() {
                Some(value) => exif.set(&name, &value)?,
                None if Exif::is_known(&name) => {
                    exif.remove(&name);
                }
                None => return Err(ExifError::UnknownProperty),
            }
            index += 2;
        }
        carrier.write(&file, &exif)
    });
    match changed {
        Ok(file) => Ok(call.context.array_buffer(file)),
        Err(error) => exif_failure(call, &error),
    }
}

/// `copyProperties(from, to) → ArrayBuffer`: the second file with the EXIF of the first.
fn copy_properties(call: &Call<'_>) -> JsResult {
    let (from, to) = (bytes(call, 0), bytes(call, 1));
    let copied = exif_of(&from).and_then(|(_, exif)| match exif {
        Some(exif) => Carrier::of(&to)?.write(&to, &exif),
        None => Ok(to),
    });
    match copied {
        Ok(file) => Ok(call.context.array_buffer(file)),
        Err(error) => exif_failure(call, &error),
    }
}

/// `thumbnail(bytes) → ArrayBuffer | undefined`: the file of the small picture that is in EXIF.
fn thumbnail(call: &Call<'_>) -> JsResult {
    match exif_of(&bytes(call, 0)) {
        Ok((_, Some(exif))) => Ok(match exif.thumbnail() {
            Some(file) => call.context.array_buffer(file.to_vec()),
            None => call.context.undefined(),
        }),
        _ => Ok(call.context.undefined()),
    }
}
