//! The natives of Canvas 2D. Contexts, paths, gradients and patterns are native objects; numbers that are missing are NaN,
//! which drawing leaves out.

use crate::bridge::{Ui, load_picture};
use crate::graphics::{data_url, wrap_shared};
use concord_controls::context2d::{CanvasStyle, Context2d, PathBuilder, Property, SharedContext, Stop, StyleKind};
use concord_engine::{Call, Context, ErrorKind, JsResult, Value as Js};
use concord_paint::kurbo::{Affine, BezPath, Point, Rect};
use concord_paint::{Color, FillRule};
use concord_runtime::Native;
use concord_ui::Value;
use concord_ui::common::parse_color;
use concord_ui::pixels::Pixels;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

type Style = Rc<RefCell<StyleKind>>;

pub(super) const CONTEXT: &[(&str, Native)] = &[
    ("create", create),
    ("size", size),
    ("resize", resize),
    ("isAttached", is_attached),
    ("reset", reset),
    ("save", save),
    ("restore", restore),
    ("saveLayer", save_layer),
    ("setColor", set_color),
    ("setStyle", set_style),
    ("set", set),
    ("setDashes", set_dashes),
    ("beginPath", begin_path),
    ("path", context_path),
    ("fill", fill),
    ("stroke", stroke),
    ("clip", clip),
    ("isPointInPath", is_inside),
    ("isPointInStroke", is_on_stroke),
    ("rect", rect),
    ("text", text),
    ("measure", measure),
    ("image", image),
    ("matrix", matrix),
    ("setMatrix", set_matrix),
    ("gradient", gradient),
    ("addStop", add_stop),
    ("pattern", pattern),
    ("getPixels", get_pixels),
    ("putPixels", put_pixels),
    ("transfer", transfer),
    ("pixels", shared_pixels),
    ("dataUrl", context_data_url),
];

pub(super) const PATH: &[(&str, Native)] =
    &[("create", create_path), ("draw", draw_path), ("add", add_path), ("apply", apply_path)];

pub(super) const BITMAP: &[(&str, Native)] = &[("load", load)];

fn context(call: &Call<'_>) -> JsResult<Rc<SharedContext>> {
    let value = call.arg(0);
    let found = value.native::<Rc<SharedContext>>().map(Rc::clone);
    found.ok_or_else(|| call.context.throw(ErrorKind::TypeError, "this is no rendering context"))
}

fn number(call: &Call<'_>, index: usize) -> f64 {
    call.arg(index).as_f64().unwrap_or(f64::NAN)
}

fn numbers<const N: usize>(call: &Call<'_>, from: usize) -> [f64; N] {
    std::array::from_fn(|index| number(call, from + index))
}

fn list(call: &Call<'_>, index: usize) -> JsResult<Vec<f64>> {
    /// Most numbers that an array hands over.
    const MOST: u32 = 1000;
    let array = call.arg(index);
    let count = if array.is_array() { array.array_len()?.min(MOST) } else { 0 };
    (0..count).map(|index| Ok(array.get_index(index)?.as_f64().unwrap_or(f64::NAN))).collect()
}

fn rule(call: &Call<'_>, index: usize) -> FillRule {
    if call.arg(index).as_string().as_deref() == Some("evenodd") { FillRule::EvenOdd } else { FillRule::NonZero }
}

/// The path of a `Path2D`, when there is one.
fn path_arg(call: &Call<'_>, index: usize) -> Option<BezPath> {
    call.arg(index).native::<RefCell<PathBuilder>>().map(|builder| builder.borrow().path().clone())
}

fn nothing(call: &Call<'_>) -> JsResult {
    Ok(call.context.undefined())
}

/// Does something to a context that can be seen: whoever shows it is drawn again.
fn draw(call: &Call<'_>, work: impl FnOnce(&mut Context2d)) -> JsResult {
    let shared = context(call)?;
    if let Ok(mut context) = shared.context.try_borrow_mut() {
        work(&mut context);
    }
    if let Some(node) = shared.node.get() {
        let ui = Ui::of(call.context);
        ui.with_tree(|tree| tree.mark_paint(node));
        ui.request_frame(call.context);
    }
    nothing(call)
}

/// Does something to a context that cannot be seen.
fn change(call: &Call<'_>, work: impl FnOnce(&mut Context2d)) -> JsResult {
    if let Ok(mut context) = context(call)?.context.try_borrow_mut() {
        work(&mut context);
    }
    nothing(call)
}

/// `create(scale, width?, height?) → context`: px in a unit; the size in px of one that no `Canvas` shows.
fn create(call: &Call<'_>) -> JsResult {
    let fonts = Ui::of(call.context).with_tree(concord_ui::Tree::fonts);
    let mut made = Context2d::new(number(call, 0), fonts);
    if number(call, 1) >= 1.0 && number(call, 2) >= 1.0 {
        let resized = made.resize(number(call, 1) as u32, number(call, 2) as u32);
        resized.map_err(|error| call.context.throw(ErrorKind::RangeError, &error.to_string()))?;
    }
    let shared = SharedContext { context: RefCell::new(made), node: Cell::default() };
    Ok(call.context.native_object(Box::new(Rc::new(shared)), None))
}

/// `size(context) → [width, height]` in px.
fn size(call: &Call<'_>) -> JsResult {
    let size = context(call)?.context.try_borrow().map_or((0, 0), |context| context.size());
    Ok(call.context.array(&[call.context.number(size.0.into()), call.context.number(size.1.into())]))
}

/// `resize(context, width, height)`: a new transparent surface of this size in px.
fn resize(call: &Call<'_>) -> JsResult {
    let (width, height) = (number(call, 1) as u32, number(call, 2) as u32);
    change(call, |context| {
        if let Err(error) = context.resize(width, height) {
            tracing::warn!("a canvas keeps its size: {error}");
        }
    })
}

/// `isAttached(context)`: whether a `Canvas` shows it.
fn is_attached(call: &Call<'_>) -> JsResult {
    let node = context(call)?.node.get();
    let attached = Ui::of(call.context).with_tree(|tree| node.is_some_and(|node| tree.get(node).is_some()));
    Ok(call.context.boolean(attached))
}

fn reset(call: &Call<'_>) -> JsResult {
    draw(call, Context2d::reset)
}

fn save(call: &Call<'_>) -> JsResult {
    change(call, Context2d::save)
}

fn restore(call: &Call<'_>) -> JsResult {
    draw(call, Context2d::restore)
}

fn save_layer(call: &Call<'_>) -> JsResult {
    change(call, Context2d::save_layer)
}

fn color(value: &Js) -> Option<Color> {
    let value = match value.as_f64() {
        Some(number) => Value::Number(number),
        None => Value::text(value.as_string()?),
    };
    parse_color(&value)
}

/// `setColor(context, property, color) → boolean`: whether it is a colour.
fn set_color(call: &Call<'_>) -> JsResult {
    let Some(color) = color(&call.arg(2)) else { return Ok(call.context.boolean(false)) };
    let property = match call.arg(1).as_string().as_deref() {
        Some("fillStyle") => Property::Fill(CanvasStyle::Color(color)),
        Some("strokeStyle") => Property::Stroke(CanvasStyle::Color(color)),
        _ => Property::ShadowColor(color),
    };
    change(call, |context| context.set(property))?;
    Ok(call.context.boolean(true))
}

/// `setStyle(context, property, style)`: a gradient or a pattern.
fn set_style(call: &Call<'_>) -> JsResult {
    let Some(style) = call.arg(2).native::<Style>().map(Rc::clone) else { return nothing(call) };
    let style = CanvasStyle::Shared(style);
    let fills = call.arg(1).as_string().as_deref() == Some("fillStyle");
    change(call, |context| context.set(if fills { Property::Fill(style) } else { Property::Stroke(style) }))
}

/// `set(context, property, value)`: text, number or flag.
fn set(call: &Call<'_>) -> JsResult {
    let name = call.arg(1).as_string().unwrap_or_default();
    let value = call.arg(2);
    let property = match (value.as_string(), value.as_f64(), value.as_bool()) {
        (Some(text), _, _) => Property::Text(name, text),
        (_, Some(number), _) => Property::Number(name, number),
        (_, _, Some(flag)) => Property::Number(name, f64::from(u8::from(flag))),
        _ => return nothing(call),
    };
    change(call, |context| context.set(property))
}

/// `setDashes(context, [length])`.
fn set_dashes(call: &Call<'_>) -> JsResult {
    let dashes = list(call, 1)?;
    change(call, |context| context.set(Property::Dashes(dashes)))
}

fn begin_path(call: &Call<'_>) -> JsResult {
    change(call, Context2d::begin_path)
}

/// A step of a path: its name at 1, numbers behind.
fn step(call: &Call<'_>, path: &mut PathBuilder) {
    let name = call.arg(1).as_string().unwrap_or_default();
    match name.as_str() {
        "moveTo" => path.move_to(number(call, 2), number(call, 3)),
        "lineTo" => path.line_to(number(call, 2), number(call, 3)),
        "quadraticCurveTo" => path.quad_to(numbers(call, 2)),
        "bezierCurveTo" => path.curve_to(numbers(call, 2)),
        "rect" => {
            let [x, y, width, height] = numbers(call, 2);
            path.rect(x, y, width, height);
        }
        "roundRect" => {
            let [x, y, width, height] = numbers(call, 2);
            path.round_rect(x, y, width, height, numbers(call, 6));
        }
        "arc" | "ellipse" => {
            let [x, y, rx, ry, rotation, start, end] = numbers(call, 2);
            path.ellipse((x, y), (rx, ry), rotation, start, end, call.arg(9).to_boolean());
        }
        "arcTo" => {
            let [x1, y1, x2, y2, radius] = numbers(call, 2);
            path.arc_to(x1, y1, x2, y2, radius);
        }
        "closePath" => path.close(),
        _ => {}
    }
}

/// `path(context, step, …numbers)`.
fn context_path(call: &Call<'_>) -> JsResult {
    change(call, |context| step(call, context.path()))
}

/// `fill(context, path?, rule?)`.
fn fill(call: &Call<'_>) -> JsResult {
    draw(call, |context| context.fill(path_arg(call, 1).as_ref(), rule(call, 2)))
}

/// `stroke(context, path?)`.
fn stroke(call: &Call<'_>) -> JsResult {
    draw(call, |context| context.stroke(path_arg(call, 1).as_ref()))
}

/// `clip(context, path?, rule?)`.
fn clip(call: &Call<'_>) -> JsResult {
    change(call, |context| context.clip(path_arg(call, 1).as_ref(), rule(call, 2)))
}

/// `isPointInPath(context, path?, x, y, rule?)`.
fn is_inside(call: &Call<'_>) -> JsResult {
    let at = Point::new(number(call, 2), number(call, 3));
    let shared = context(call)?;
    let inside = at.is_finite()
        && shared
            .context
            .try_borrow()
            .is_ok_and(|context| context.is_inside(path_arg(call, 1).as_ref(), at, rule(call, 4)));
    Ok(call.context.boolean(inside))
}

/// `isPointInStroke(context, path?, x, y)`.
fn is_on_stroke(call: &Call<'_>) -> JsResult {
    let at = Point::new(number(call, 2), number(call, 3));
    let shared = context(call)?;
    let inside = at.is_finite()
        && shared.context.try_borrow().is_ok_and(|context| context.is_on_stroke(path_arg(call, 1).as_ref(), at));
    Ok(call.context.boolean(inside))
}

/// `rect(context, "fill" | "stroke" | "clear", x, y, width, height)`.
fn rect(call: &Call<'_>) -> JsResult {
    let [x, y, width, height] = numbers(call, 2);
    if ![x, y, width, height].iter().all(|number| number.is_finite()) {
        return nothing(call);
    }
    let rect = Rect::new(x, y, x + width, y + height).abs();
    let kind = call.arg(1).as_string().unwrap_or_default();
    draw(call, |context| match kind.as_str() {
        "fill" => context.fill_rect(rect),
        "stroke" => context.stroke_rect(rect),
        _ => context.clear_rect(rect),
    })
}

/// `text(context, text, x, y, maxWidth | undefined, outlined)`.
fn text(call: &Call<'_>) -> JsResult {
    let text = call.arg(1).to_js_string()?;
    let at = Point::new(number(call, 2), number(call, 3));
    let most = call.arg(4).as_f64();
    if !at.is_finite() {
        return nothing(call);
    }
    draw(call, |context| context.draw_text(&text, at, most, call.arg(5).to_boolean()))
}

/// `measure(context, text) → [width, height, ascent, descent, left]`.
fn measure(call: &Call<'_>) -> JsResult {
    let text = call.arg(1).to_js_string()?;
    let shared = context(call)?;
    let metrics = shared.context.try_borrow().map(|context| context.measure_text(&text)).unwrap_or_default();
    let numbers = [metrics.width, metrics.height, metrics.ascent, metrics.descent, metrics.left];
    Ok(call.context.array(&numbers.map(|number| call.context.number(number))))
}

/// `image(context, pixels, sx, sy, sw, sh, dx, dy, dw, dh)`: the part in px, the target in the unit.
fn image(call: &Call<'_>) -> JsResult {
    let picture = call.arg(1).native::<Rc<Pixels>>().and_then(|pixels| pixels.picture());
    let [sx, sy, sw, sh, dx, dy, dw, dh] = numbers(call, 2);
    let finite = [sx, sy, sw, sh, dx, dy, dw, dh].iter().all(|number| number.is_finite());
    let Some(picture) = picture.filter(|_| finite && sw != 0.0 && sh != 0.0) else { return nothing(call) };
    let wanted = Rect::new(sx, sy, sx + sw, sy + sh).abs();
    let target = Rect::new(dx, dy, dx + dw, dy + dh).abs();
    // Only what lies in the picture is drawn, where it would lie.
    let source = wanted.intersect(picture.rect());
    if source.is_zero_area() {
        return nothing(call);
    }
    let (scale_x, scale_y) = (target.width() / wanted.width(), target.height() / wanted.height());
    let target = Rect::from_origin_size(
        (target.x0 + (source.x0 - wanted.x0) * scale_x, target.y0 + (source.y0 - wanted.y0) * scale_y),
        (source.width() * scale_x, source.height() * scale_y),
    );
    draw(call, |context| context.draw_picture(&picture, source, target))
}

/// `matrix(context) → [a, b, c, d, e, f]`.
fn matrix(call: &Call<'_>) -> JsResult {
    let shared = context(call)?;
    let matrix = shared.context.try_borrow().map_or(Affine::IDENTITY, |context| context.transform());
    Ok(call.context.array(&matrix.as_coeffs().map(|number| call.context.number(number))))
}

/// `setMatrix(context, a, b, c, d, e, f, multiply)`: replaces the transform, or comes before it.
fn set_matrix(call: &Call<'_>) -> JsResult {
    let matrix = Affine::new(numbers(call, 1));
    let multiply = call.arg(7).to_boolean();
    change(call, |context| {
        let matrix = if multiply { context.transform() * matrix } else { matrix };
        context.set_transform(matrix);
    })
}

fn style_object(context: &Context, kind: StyleKind) -> Js {
    let style: Style = Rc::new(RefCell::new(kind));
    context.native_object(Box::new(style), None)
}

/// `gradient(…numbers) → style`: four for a line, six for two circles, three (angle, x, y) for a sweep.
fn gradient(call: &Call<'_>) -> JsResult {
    let numbers: Vec<f64> = (0..call.args.len().min(6)).map(|index| number(call, index)).collect();
    let kind = StyleKind::gradient(&numbers);
    kind.map_or_else(|| nothing(call), |kind| Ok(style_object(call.context, kind)))
}

/// `addStop(style, offset, color)`.
fn add_stop(call: &Call<'_>) -> JsResult {
    let offset = number(call, 1) as f32;
    if let (Some(style), Some(color), true) =
        (call.arg(0).native::<Style>(), color(&call.arg(2)), (0.0..=1.0).contains(&offset))
    {
        style.borrow_mut().add_stop(Stop { offset, color });
    }
    nothing(call)
}

/// `pattern(pixels, alongX, alongY, a, b, c, d, e, f) → style`; the matrix goes from px of the picture to the unit.
fn pattern(call: &Call<'_>) -> JsResult {
    let picture = call.arg(0).native::<Rc<Pixels>>().and_then(|pixels| pixels.picture());
    let Some(picture) = picture else { return nothing(call) };
    let repeats = (call.arg(1).to_boolean(), call.arg(2).to_boolean());
    Ok(style_object(call.context, StyleKind::Pattern(picture, repeats, Affine::new(numbers(call, 3)))))
}

fn range_error(call: &Call<'_>, message: &str) -> concord_engine::Exception {
    call.context.throw(ErrorKind::RangeError, message)
}

/// The pixels of a context, with everything drawn.
fn drawn(call: &Call<'_>) -> JsResult<Option<Rc<Pixels>>> {
    Ok(context(call)?.context.try_borrow_mut().ok().and_then(|mut context| context.pixels()))
}

/// `getPixels(context, x, y, width, height) → ArrayBuffer` of straight RGBA, all in px.
fn get_pixels(call: &Call<'_>) -> JsResult {
    let (width, height) = (number(call, 3) as u32, number(call, 4) as u32);
    let Some(pixels) = drawn(call)? else { return nothing(call) };
    let data = pixels.0.borrow().get_pixels(number(call, 1) as i32, number(call, 2) as i32, width, height);
    Ok(call.context.array_buffer(data.map_err(|error| range_error(call, &error.to_string()))?))
}

/// `putPixels(context, data, width, x, y, left, top, right, bottom)`: straight RGBA, all in px; only the part from left to
/// right and top to bottom.
fn put_pixels(call: &Call<'_>) -> JsResult {
    let Some(pixels) = drawn(call)? else { return nothing(call) };
    let [width, x, y, left, top, right, bottom] = numbers(call, 2);
    let part = Rect::new(left, top, right, bottom);
    let data = call.arg(1).bytes().unwrap_or_default();
    draw(call, |_| pixels.0.borrow_mut().put_pixels(&data, width as u32, x as i32, y as i32, Some(part)))
}

/// `transfer(context) → pixels`: the pixels leave the context, which is transparent then.
fn transfer(call: &Call<'_>) -> JsResult {
    let pixels = context(call)?.context.try_borrow_mut().ok().and_then(|mut context| context.transfer());
    Ok(pixels.map_or_else(|| call.context.undefined(), |pixels| wrap_shared(call.context, pixels)))
}

/// `pixels(context) → pixels`, those that the context draws on.
fn shared_pixels(call: &Call<'_>) -> JsResult {
    Ok(drawn(call)?.map_or_else(|| call.context.undefined(), |pixels| wrap_shared(call.context, pixels)))
}

/// `dataUrl(context, mimeType, quality) → string`.
fn context_data_url(call: &Call<'_>) -> JsResult {
    let Some(pixels) = drawn(call)? else { return Ok(call.context.string("data:,")) };
    let jpeg = call.arg(1).as_string().as_deref() == Some("image/jpeg");
    let quality = call.arg(2).as_f64().filter(|quality| (0.0..=1.0).contains(quality)).unwrap_or(0.92);
    let url = data_url(&pixels, jpeg, quality as f32);
    Ok(call.context.string(&url.map_err(|error| range_error(call, &error.to_string()))?))
}

/// `create(commands?) → path`.
fn create_path(call: &Call<'_>) -> JsResult {
    let builder = call.arg(0).as_string().map(|commands| PathBuilder::from_svg(&commands)).unwrap_or_default();
    Ok(call.context.native_object(Box::new(RefCell::new(builder)), None))
}

fn with_path(call: &Call<'_>, work: impl FnOnce(&mut PathBuilder)) -> JsResult {
    if let Some(Ok(mut path)) = call.arg(0).native::<RefCell<PathBuilder>>().map(RefCell::try_borrow_mut) {
        work(&mut path);
    }
    nothing(call)
}

/// `draw(path, step, …numbers)`.
fn draw_path(call: &Call<'_>) -> JsResult {
    with_path(call, |path| step(call, path))
}

/// `add(path, other, a, b, c, d, e, f)`: another path, transformed.
fn add_path(call: &Call<'_>) -> JsResult {
    let Some(other) = path_arg(call, 1) else { return nothing(call) };
    let transform = Affine::new(numbers(call, 2));
    with_path(call, |path| path.add(&(if transform.is_finite() { transform } else { Affine::IDENTITY } * other)))
}

/// `apply(path, a, b, c, d, e, f)`: transforms what is there.
fn apply_path(call: &Call<'_>) -> JsResult {
    let transform = Affine::new(numbers(call, 1));
    with_path(call, |path| path.apply(transform))
}

/// `load(source) → pixels`, undefined when there is no picture.
fn load(call: &Call<'_>) -> JsResult {
    let name = call.arg(0).to_js_string()?;
    let pixels = load_picture(call.context, &name);
    Ok(pixels.map_or_else(|| call.context.undefined(), |pixels| wrap_shared(call.context, pixels)))
}
