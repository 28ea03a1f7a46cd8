//! `@concord:arkui/drawing`: the canvas that an app draws its own nodes on. Paths come as SVG path data, what they are drawn with
//! as an object; see `drawing.js` for the classes of the platform.

use super::foreign_of;
use crate::bridge::Ui;
use concord_engine::{Call, ErrorKind, JsResult, Value as Js};
use concord_paint::kurbo::{Affine, BezPath, PathSeg, Point, Rect, Shape};
use concord_paint::{BlendMode, Brush, Color, ColorMatrix, ColorStop, Extend, FillRule, Filter, Sampling};
use concord_runtime::Native;
use concord_text::TextStyle;
use concord_ui::drawing::{Drawing, Ink, Recorder, outline};
use concord_ui::pixels::Pixels;
use std::cell::RefCell;
use std::rc::Rc;

pub(super) const NATIVES: &[(&str, Native)] = &[
    ("create", create),
    ("finish", finish),
    ("render", render),
    ("save", save),
    ("saveLayer", save_layer),
    ("restore", restore),
    ("saved", saved),
    ("transform", transform),
    ("matrix", matrix),
    ("clip", clip),
    ("path", path),
    ("flood", flood),
    ("picture", picture),
    ("text", text),
    ("measureText", measure_text),
];

/// What paths are asked, by `drawing_geometry.js`.
pub(super) const PATHS: &[(&str, Native)] = &[
    ("bounds", bounds),
    ("contains", contains),
    ("pathLength", path_length),
    ("transformPath", transform_path),
    ("along", along),
];

pub(super) type Shared = RefCell<Recorder>;

/// Most numbers of an array.
const MOST: u32 = 4096;

pub(super) fn recorder(call: &Call<'_>) -> JsResult<Rc<Shared>> {
    let value = call.arg(0);
    let found = value.native::<Rc<Shared>>().map(Rc::clone);
    found.ok_or_else(|| call.context.throw(ErrorKind::TypeError, "this is no canvas"))
}

fn number(value: &Js) -> f64 {
    value.as_f64().filter(|number| number.is_finite()).unwrap_or(0.0)
}

fn field(value: &Js, name: &str) -> JsResult<f64> {
    Ok(number(&value.get(name)?))
}

fn numbers(value: &Js) -> JsResult<Vec<f64>> {
    let count = if value.is_array() { value.array_len()?.min(MOST) } else { 0 };
    (0..count).map(|index| Ok(number(&value.get_index(index)?))).collect()
}

fn color(argb: f64) -> Color {
    Color::from_argb(argb as i64 as u32)
}

/// Path data; what cannot be read is no path.
fn path_of(value: &Js) -> BezPath {
    value.as_string().and_then(|text| BezPath::from_svg(&text).ok()).unwrap_or_default()
}

fn rule(value: &Js) -> FillRule {
    if value.as_f64() == Some(1.0) { FillRule::EvenOdd } else { FillRule::NonZero }
}

fn blend(value: &Js) -> BlendMode {
    value.as_f64().and_then(|number| BlendMode::from_arkui(number as u32)).unwrap_or_default()
}

fn affine(values: &[f64]) -> Option<Affine> {
    let values: [f64; 6] = values.try_into().ok()?;
    Some(Affine::new(values))
}

/// `{kind: 'linear' | 'radial' | 'sweep', geometry, colors, positions, mode}`.
fn shader(value: &Js) -> JsResult<Option<Brush>> {
    let kind = value.get("kind")?.as_string().unwrap_or_default();
    let geometry = numbers(&value.get("geometry")?)?;
    let at = |index: usize| geometry.get(index).copied().unwrap_or(0.0);
    let colors = numbers(&value.get("colors")?)?;
    let positions = numbers(&value.get("positions")?)?;
    let last = colors.len().saturating_sub(1).max(1) as f64;
    let stops: Vec<ColorStop> = colors
        .iter()
        .enumerate()
        .map(|(index, argb)| ColorStop {
            offset: positions.get(index).copied().unwrap_or(index as f64 / last).clamp(0.0, 1.0) as f32,
            color: color(*argb),
        })
        .collect();
    let extend = match field(value, "mode")? as i32 {
        1 => Extend::Repeat,
        2 => Extend::Reflect,
        _ => Extend::Pad,
    };
    Ok(match kind.as_str() {
        _ if stops.is_empty() => None,
        "linear" => Some(Brush::linear((at(0), at(1)), (at(2), at(3)), stops, extend)),
        "radial" => Some(Brush::radial((at(0), at(1)), at(2).max(0.0) as f32, stops, extend)),
        "sweep" => {
            let angle = |index: usize| at(index).to_radians() as f32;
            Some(Brush::sweep((at(0), at(1)), angle(2), angle(3), stops, extend))
        }
        _ => None,
    })
}

/// `{color, blend, shader, stroke: {width, cap, join, miter, dashes, phase}, shadow: {radius, x, y, color}, blur, matrix}`.
fn ink(value: &Js) -> JsResult<Ink> {
    let mut ink = Ink {
        brush: Brush::Solid(color(field(value, "color")?)),
        blend: blend(&value.get("blend")?),
        ..Ink::default()
    };
    let given = value.get("shader")?;
    if let (true, Some(brush)) = (given.is_object(), if given.is_object() { shader(&given)? } else { None }) {
        // The colour of the ink says how much of the gradient is seen.
        ink.opacity = (((field(value, "color")? as i64 as u32) >> 24) as f32) / 255.0;
        ink.brush = brush;
    }
    let stroke = value.get("stroke")?;
    if stroke.is_object() {
        let dashes = numbers(&stroke.get("dashes")?)?;
        let [width, cap, join, miter, phase] =
            ["width", "cap", "join", "miter", "phase"].map(|name| field(&stroke, name));
        ink.stroke = Some(outline(width?, cap? as i32, join? as i32, miter?, &dashes, phase?));
    }
    let shadow = value.get("shadow")?;
    if shadow.is_object() {
        let [radius, x, y] = ["radius", "x", "y"].map(|name| field(&shadow, name));
        ink.shadow = Some((radius?.max(0.0) as f32, (x?, y?), color(field(&shadow, "color")?)));
    }
    let blur = field(value, "blur")?;
    if blur > 0.0 {
        ink.filters.push(Filter::Blur { sigma: blur });
    }
    if let Ok(matrix) = <[f64; 20]>::try_from(numbers(&value.get("matrix")?)?) {
        ink.filters.push(Filter::Matrix(ColorMatrix(matrix.map(|number| number as f32))));
    }
    Ok(ink)
}

/// `create() → canvas`.
fn create(call: &Call<'_>) -> JsResult {
    let fonts = Ui::of(call.context).with_tree(concord_ui::Tree::fonts);
    Ok(call.context.native_object(Box::new(Rc::new(RefCell::new(Recorder::new(fonts)))), None))
}

/// `finish(canvas) → drawing`: what is shown of a node, behind a property that attributes know.
fn finish(call: &Call<'_>) -> JsResult {
    let drawing: Rc<Drawing> = Rc::new(recorder(call)?.borrow_mut().finish());
    Ok(call.context.native_object(Box::new(drawing), None))
}

/// `render(canvas, pixelMap) → boolean`: puts what was drawn into pixels.
fn render(call: &Call<'_>) -> JsResult {
    let drawing = recorder(call)?.borrow_mut().finish();
    let pixels = foreign_of(&call.arg(1)).and_then(|found| found.downcast::<Pixels>().ok());
    let done = pixels.is_some_and(|pixels| {
        pixels.0.try_borrow_mut().is_ok_and(|mut canvas| {
            canvas.draw(&drawing.0);
            true
        })
    });
    Ok(call.context.boolean(done))
}

fn save(call: &Call<'_>) -> JsResult {
    recorder(call)?.borrow_mut().save();
    Ok(call.context.undefined())
}

/// `saveLayer(canvas, alpha, blend)`.
fn save_layer(call: &Call<'_>) -> JsResult {
    let alpha = call.arg(1).as_f64().unwrap_or(1.0).clamp(0.0, 1.0);
    recorder(call)?.borrow_mut().save_layer(alpha as f32, blend(&call.arg(2)), Vec::new());
    Ok(call.context.undefined())
}

/// `restore(canvas, count?)`.
fn restore(call: &Call<'_>) -> JsResult {
    let recorder = recorder(call)?;
    match call.arg(1).as_f64() {
        Some(count) => recorder.borrow_mut().restore_to(count.max(0.0) as usize),
        None => recorder.borrow_mut().restore(),
    }
    Ok(call.context.undefined())
}

fn saved(call: &Call<'_>) -> JsResult {
    Ok(call.context.number(recorder(call)?.borrow().saved() as f64))
}

/// `transform(canvas, [a, b, c, d, e, f])`.
fn transform(call: &Call<'_>) -> JsResult {
    if let Some(affine) = affine(&numbers(&call.arg(1))?) {
        recorder(call)?.borrow_mut().transform(affine);
    }
    Ok(call.context.undefined())
}

/// `matrix(canvas) → [a, b, c, d, e, f]`.
fn matrix(call: &Call<'_>) -> JsResult {
    let values = recorder(call)?.borrow().current_transform().as_coeffs();
    let values: Vec<Js> = values.into_iter().map(|value| call.context.number(value)).collect();
    Ok(call.context.array(&values))
}

/// `clip(canvas, path, rule)`.
fn clip(call: &Call<'_>) -> JsResult {
    recorder(call)?.borrow_mut().clip(&path_of(&call.arg(1)), rule(&call.arg(2)));
    Ok(call.context.undefined())
}

/// `path(canvas, path, rule, ink)`.
fn path(call: &Call<'_>) -> JsResult {
    recorder(call)?.borrow_mut().path(&path_of(&call.arg(1)), rule(&call.arg(2)), &ink(&call.arg(3))?);
    Ok(call.context.undefined())
}

/// `flood(canvas, color, blend)`.
fn flood(call: &Call<'_>) -> JsResult {
    recorder(call)?.borrow_mut().flood(color(number(&call.arg(1))), blend(&call.arg(2)));
    Ok(call.context.undefined())
}

/// `picture(canvas, pixelMap, source, target, alpha, smooth)`: rectangles as `[left, top, right, bottom]`; the whole picture
/// without a source.
fn picture(call: &Call<'_>) -> JsResult {
    let recorder = recorder(call)?;
    let pixels = foreign_of(&call.arg(1)).and_then(|found| found.downcast::<Pixels>().ok());
    let Some(picture) = pixels.and_then(|pixels| pixels.picture()) else { return Ok(call.context.undefined()) };
    let rect = |index: usize| -> JsResult<Option<Rect>> {
        let values = numbers(&call.arg(index))?;
        Ok(<[f64; 4]>::try_from(values).ok().map(|[left, top, right, bottom]| Rect::new(left, top, right, bottom)))
    };
    let whole = Rect::new(0.0, 0.0, f64::from(picture.width()), f64::from(picture.height()));
    let (source, Some(target)) = (rect(2)?.unwrap_or(whole), rect(3)?) else { return Ok(call.context.undefined()) };
    let alpha = call.arg(4).as_f64().unwrap_or(1.0) as f32;
    let sampling = if call.arg(5).as_bool() == Some(false) { Sampling::Nearest } else { Sampling::default() };
    recorder.borrow_mut().picture(&picture, source, target, sampling, alpha);
    Ok(call.context.undefined())
}

/// `{size, weight, italic, family}`.
fn style(value: &Js) -> JsResult<TextStyle> {
    let size = field(value, "size")?;
    let mut style = TextStyle { size: if size > 0.0 { size as f32 } else { 12.0 }, ..TextStyle::default() };
    if value.get("bold")?.as_bool() == Some(true) {
        style.weight = 700;
    }
    style.italic = value.get("italic")?.as_bool() == Some(true);
    Ok(style)
}

/// `text(canvas, text, x, y, font, ink)`.
fn text(call: &Call<'_>) -> JsResult {
    let at = Point::new(number(&call.arg(2)), number(&call.arg(3)));
    let text = call.arg(1).as_string().unwrap_or_default();
    recorder(call)?.borrow_mut().text(&text, &style(&call.arg(4))?, at, &ink(&call.arg(5))?);
    Ok(call.context.undefined())
}

/// `measureText(canvas, text, font) → [width, ascent, descent]`.
fn measure_text(call: &Call<'_>) -> JsResult {
    let text = call.arg(1).as_string().unwrap_or_default();
    let measured = recorder(call)?.borrow().measure(&text, &style(&call.arg(2))?);
    let values: Vec<Js> = measured.into_iter().map(|value| call.context.number(f64::from(value))).collect();
    Ok(call.context.array(&values))
}

/// `bounds(path) → [left, top, right, bottom]`.
fn bounds(call: &Call<'_>) -> JsResult {
    let path = path_of(&call.arg(0));
    let rect = if path.elements().is_empty() { Rect::ZERO } else { path.bounding_box() };
    let values: Vec<Js> =
        [rect.x0, rect.y0, rect.x1, rect.y1].into_iter().map(|value| call.context.number(value)).collect();
    Ok(call.context.array(&values))
}

/// `contains(path, rule, x, y)`.
fn contains(call: &Call<'_>) -> JsResult {
    let winding = path_of(&call.arg(0)).winding(Point::new(number(&call.arg(2)), number(&call.arg(3))));
    let inside = if rule(&call.arg(1)) == FillRule::EvenOdd { winding % 2 != 0 } else { winding != 0 };
    Ok(call.context.boolean(inside))
}

/// `pathLength(path)`.
fn path_length(call: &Call<'_>) -> JsResult {
    Ok(call.context.number(path_of(&call.arg(0)).perimeter(0.1)))
}

/// `transformPath(path, [a, b, c, d, e, f]) → path`.
fn transform_path(call: &Call<'_>) -> JsResult {
    let affine = affine(&numbers(&call.arg(1))?).unwrap_or_default();
    Ok(call.context.string(&(affine * path_of(&call.arg(0))).to_svg()))
}

/// `along(path, distance) → [x, y, dx, dy] | []`: a point of a path and which way it goes there.
fn along(call: &Call<'_>) -> JsResult {
    use concord_paint::kurbo::{ParamCurve, ParamCurveArclen, ParamCurveDeriv};
    const ACCURACY: f64 = 0.01;
    let mut left = number(&call.arg(1)).max(0.0);
    let segments: Vec<PathSeg> = path_of(&call.arg(0)).segments().collect();
    let mut found = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let length = segment.arclen(ACCURACY);
        if left > length && index + 1 < segments.len() {
            left -= length;
            continue;
        }
        let t = segment.inv_arclen(left.min(length), ACCURACY);
        let at = segment.eval(t);
        let direction = match segment {
            PathSeg::Line(line) => line.deriv().eval(t).to_vec2(),
            PathSeg::Quad(quad) => quad.deriv().eval(t).to_vec2(),
            PathSeg::Cubic(cubic) => cubic.deriv().eval(t).to_vec2(),
        };
        let length = direction.hypot();
        let unit = if length > 0.0 { direction / length } else { direction };
        found = vec![at.x, at.y, unit.x, unit.y];
        break;
    }
    let values: Vec<Js> = found.into_iter().map(|value| call.context.number(value)).collect();
    Ok(call.context.array(&values))
}
