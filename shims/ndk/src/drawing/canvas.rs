//! `drawing_canvas.h`.

use super::bitmap::{self, Bitmap, ImageInfo, Pixels};
use super::brush::Brush;
use super::error_code::{Code, INVALID_PARAMETER, OUT_OF_RANGE};
use super::filter::blend_mode;
use super::handle::{Array, Handle, Out, functions};
use super::image::Image;
use super::matrix::Matrix;
use super::path::{self, Path, TOLERANCE};
use super::pen::Pen;
use super::pixel_map::PixelMap;
use super::point::{Point, Point2D};
use super::rect::Rect;
use super::round_rect::RoundRect;
use super::sampling_options::{SamplingOptions, sampling};
use super::surface::{Canvas, Figure};
use concord_paint::kurbo::{self, BezPath, Shape};
use concord_paint::{BlendMode, Color, FillRule, Picture, Sampling};

/// Points drawn in one call.
const MOST_POINTS: u32 = 1 << 18;

/// Runs something on a canvas whose body is a result itself.
fn on(canvas: Handle<Canvas>, body: impl FnOnce(&mut Canvas) -> Result<(), Code>) -> Result<(), Code> {
    canvas.with(body)?
}

fn polyline(points: &[Point2D]) -> Figure {
    let mut path = BezPath::new();
    let mut points = points.iter().map(|point| point.kurbo());
    if let Some(first) = points.next() {
        path.move_to(first);
        points.for_each(|point| path.line_to(point));
    }
    Figure { open: true, ..Figure::of(path) }
}

/// A point is as large as the pen, round or square by its caps.
fn dot(point: Point2D) -> Figure {
    let at = point.kurbo();
    let mut path = BezPath::new();
    path.move_to(at);
    path.line_to(at + kurbo::Vec2::new(1e-3, 0.0));
    Figure { open: true, ..Figure::of(path) }
}

/// Draws a part of a picture onto a rectangle, through the attached brush (or pen).
fn picture(
    canvas: &mut Canvas,
    picture: &Picture,
    source: kurbo::Rect,
    target: kurbo::Rect,
    sampling: Sampling,
) -> Result<(), Code> {
    let brush = canvas.brush.clone().or_else(|| canvas.pen.clone().map(|pen| pen.paint)).unwrap_or_default();
    let opacity = brush.opacity();
    // Only opacity, effects and blend mode of the brush count.
    let brush = Brush { shader: None, shadow: None, ..brush };
    let shape = target.to_path(TOLERANCE);
    canvas.painted(&brush, (&shape, FillRule::NonZero), |painter, _| {
        painter.push_layer(concord_paint::LayerStyle::opacity(opacity));
        painter.picture(picture, source, target, sampling, None);
        painter.pop_layer();
    })
}

fn bitmap_picture(handle: Handle<Bitmap>) -> Result<Picture, Code> {
    bitmap::pixels(handle)?.picture()
}

/// The part of a picture that is drawn: all of it without a rectangle.
fn part(picture: &Picture, source: Handle<Rect>) -> Result<kurbo::Rect, Code> {
    Ok(source.optional()?.map_or_else(|| picture.rect(), |rect| rect.kurbo().intersect(picture.rect())))
}

functions! {
    fn OH_Drawing_CanvasCreate() -> Handle<Canvas> { Ok(Handle::new(Canvas::new())) }
    fn OH_Drawing_CanvasCreateWithPixelMap(map: Handle<PixelMap>) -> Handle<Canvas> {
        Ok(Handle::new(Canvas::over_pixel_map(map.get()?)?))
    }
    fn OH_Drawing_CanvasDestroy(canvas: Handle<Canvas>) { canvas.release() }
    fn OH_Drawing_CanvasBind(canvas: Handle<Canvas>, bitmap: Handle<Bitmap>) {
        let pixels = bitmap::pixels(bitmap)?;
        on(canvas, |canvas| canvas.bind(pixels))
    }
    fn OH_Drawing_CanvasAttachPen(canvas: Handle<Canvas>, pen: Handle<Pen>) {
        let pen = pen.get()?;
        canvas.with(|canvas| canvas.pen = Some(pen))
    }
    fn OH_Drawing_CanvasDetachPen(canvas: Handle<Canvas>) { canvas.with(|canvas| canvas.pen = None) }
    fn OH_Drawing_CanvasAttachBrush(canvas: Handle<Canvas>, brush: Handle<Brush>) {
        let brush = brush.get()?;
        canvas.with(|canvas| canvas.brush = Some(brush))
    }
    fn OH_Drawing_CanvasDetachBrush(canvas: Handle<Canvas>) { canvas.with(|canvas| canvas.brush = None) }
    fn OH_Drawing_CanvasSave(canvas: Handle<Canvas>) { canvas.with(Canvas::save) }
    fn OH_Drawing_CanvasSaveLayer(canvas: Handle<Canvas>, rect: Handle<Rect>, brush: Handle<Brush>) {
        let (rect, brush) = (rect.optional()?, brush.optional()?);
        canvas.with(|canvas| canvas.save_layer(rect.map(|rect| rect.kurbo()), brush))
    }
    fn OH_Drawing_CanvasRestore(canvas: Handle<Canvas>) { on(canvas, Canvas::restore) }
    fn OH_Drawing_CanvasGetSaveCount(canvas: Handle<Canvas>) -> u32 { canvas.with(|canvas| canvas.save_count()) }
    fn OH_Drawing_CanvasRestoreToCount(canvas: Handle<Canvas>, count: u32) {
        on(canvas, |canvas| canvas.restore_to(count))
    }
    fn OH_Drawing_CanvasDrawLine(canvas: Handle<Canvas>, x1: f32, y1: f32, x2: f32, y2: f32) {
        on(canvas, |canvas| canvas.figure(&polyline(&[Point2D { x: x1, y: y1 }, Point2D { x: x2, y: y2 }])))
    }
    fn OH_Drawing_CanvasDrawPath(canvas: Handle<Canvas>, path: Handle<Path>) {
        let path = path.get()?;
        let figure =
            Figure { rule: path.rule(), inverse: path.is_inverse(), ..Figure::of(path.bez().clone()) };
        on(canvas, |canvas| canvas.figure(&figure))
    }
    fn OH_Drawing_CanvasDrawBackground(canvas: Handle<Canvas>, brush: Handle<Brush>) {
        let brush = brush.get()?;
        on(canvas, |canvas| canvas.flood(&brush))
    }
    fn OH_Drawing_CanvasDrawPoint(canvas: Handle<Canvas>, point: Array<Point2D>) -> Code {
        let points = point.read(1)?;
        on(canvas, |canvas| points.into_iter().try_for_each(|point| canvas.figure(&dot(point))))
    }
    fn OH_Drawing_CanvasDrawPoints(canvas: Handle<Canvas>, mode: u32, count: u32, points: Array<Point2D>) {
        if count > MOST_POINTS {
            return Err(OUT_OF_RANGE);
        }
        let points = points.read(count as usize)?;
        on(canvas, |canvas| match mode {
            0 => points.into_iter().try_for_each(|point| canvas.figure(&dot(point))),
            1 => points.chunks_exact(2).try_for_each(|ends| canvas.figure(&polyline(ends))),
            2 => canvas.figure(&polyline(&points)),
            _ => Err(OUT_OF_RANGE),
        })
    }
    fn OH_Drawing_CanvasDrawBitmap(canvas: Handle<Canvas>, bitmap: Handle<Bitmap>, left: f32, top: f32) {
        let image = bitmap_picture(bitmap)?;
        let target = image.rect() + kurbo::Vec2::new(left.into(), top.into());
        on(canvas, |canvas| picture(canvas, &image, image.rect(), target, Sampling::Nearest))
    }
    fn OH_Drawing_CanvasDrawBitmapRect(
        canvas: Handle<Canvas>, bitmap: Handle<Bitmap>, source: Handle<Rect>, target: Handle<Rect>,
        options: Handle<SamplingOptions>,
    ) {
        let (image, target, sampling) = (bitmap_picture(bitmap)?, target.get()?.kurbo(), sampling(options)?);
        let source = part(&image, source)?;
        on(canvas, |canvas| picture(canvas, &image, source, target, sampling))
    }
    fn OH_Drawing_CanvasDrawPixelMapRect(
        canvas: Handle<Canvas>, map: Handle<PixelMap>, source: Handle<Rect>, target: Handle<Rect>,
        options: Handle<SamplingOptions>,
    ) {
        let (image, target, sampling) = (map.get()?.picture()?, target.get()?.kurbo(), sampling(options)?);
        let source = part(&image, source)?;
        on(canvas, |canvas| picture(canvas, &image, source, target, sampling))
    }
    fn OH_Drawing_CanvasDrawPixelMapRectConstraint(
        canvas: Handle<Canvas>, map: Handle<PixelMap>, source: Handle<Rect>, target: Handle<Rect>,
        options: Handle<SamplingOptions>, _constraint: u32,
    ) -> Code {
        let (image, target, sampling) = (map.get()?.picture()?, target.get()?.kurbo(), sampling(options)?);
        let source = part(&image, source)?;
        on(canvas, |canvas| picture(canvas, &image, source, target, sampling))
    }
    fn OH_Drawing_CanvasDrawImageRect(
        canvas: Handle<Canvas>, image: Handle<Image>, target: Handle<Rect>, options: Handle<SamplingOptions>,
    ) {
        let image = image.get()?.picture.ok_or(INVALID_PARAMETER)?;
        let (target, sampling) = (target.get()?.kurbo(), sampling(options)?);
        on(canvas, |canvas| picture(canvas, &image, image.rect(), target, sampling))
    }
    fn OH_Drawing_CanvasDrawImageRectWithSrc(
        canvas: Handle<Canvas>, image: Handle<Image>, source: Handle<Rect>, target: Handle<Rect>,
        options: Handle<SamplingOptions>, _constraint: u32,
    ) {
        let image = image.get()?.picture.ok_or(INVALID_PARAMETER)?;
        let (source, target, sampling) = (part(&image, source)?, target.get()?.kurbo(), sampling(options)?);
        on(canvas, |canvas| picture(canvas, &image, source, target, sampling))
    }
    fn OH_Drawing_CanvasDrawRect(canvas: Handle<Canvas>, rect: Handle<Rect>) {
        let rect = rect.get()?;
        on(canvas, |canvas| canvas.figure(&Figure::of(rect.kurbo().to_path(TOLERANCE))))
    }
    fn OH_Drawing_CanvasDrawCircle(canvas: Handle<Canvas>, center: Handle<Point>, radius: f32) {
        let Point2D { x, y } = center.get()?;
        if radius.is_nan() || radius <= 0.0 {
            return Err(OUT_OF_RANGE);
        }
        let circle = path::ellipse(Rect::new(x - radius, y - radius, x + radius, y + radius));
        on(canvas, |canvas| canvas.figure(&Figure::of(circle)))
    }
    fn OH_Drawing_CanvasDrawOval(canvas: Handle<Canvas>, rect: Handle<Rect>) {
        let rect = rect.get()?;
        on(canvas, |canvas| canvas.figure(&Figure::of(path::ellipse(rect))))
    }
    fn OH_Drawing_CanvasDrawArc(canvas: Handle<Canvas>, rect: Handle<Rect>, start: f32, sweep: f32) {
        let arc = path::arc(rect.get()?, start, sweep, false);
        on(canvas, |canvas| canvas.figure(&Figure::of(arc)))
    }
    fn OH_Drawing_CanvasDrawArcWithCenter(
        canvas: Handle<Canvas>, rect: Handle<Rect>, start: f32, sweep: f32, center: bool,
    ) -> Code {
        let arc = path::arc(rect.get()?, start, sweep, center);
        on(canvas, |canvas| canvas.figure(&Figure::of(arc)))
    }
    fn OH_Drawing_CanvasDrawRoundRect(canvas: Handle<Canvas>, shape: Handle<RoundRect>) {
        let shape = shape.get()?;
        on(canvas, |canvas| canvas.figure(&Figure::of(shape.path())))
    }
    fn OH_Drawing_CanvasDrawNestedRoundRect(
        canvas: Handle<Canvas>, outer: Handle<RoundRect>, inner: Handle<RoundRect>,
    ) -> Code {
        let mut path = outer.get()?.path();
        path.extend(inner.get()?.path());
        on(canvas, |canvas| canvas.figure(&Figure { rule: FillRule::EvenOdd, ..Figure::of(path) }))
    }
    fn OH_Drawing_CanvasDrawColor(canvas: Handle<Canvas>, color: u32, mode: u32) -> Code {
        let brush = Brush::solid(Color::from_argb(color), blend_mode(mode)?);
        on(canvas, |canvas| canvas.flood(&brush))
    }
    fn OH_Drawing_CanvasClear(canvas: Handle<Canvas>, color: u32) {
        on(canvas, |canvas| canvas.flood(&Brush::solid(Color::from_argb(color), BlendMode::Src)))
    }
    fn OH_Drawing_CanvasClipRect(canvas: Handle<Canvas>, rect: Handle<Rect>, operation: u32, smooth: bool) {
        let rect = rect.get()?.kurbo();
        canvas.with(|canvas| match operation {
            0 => canvas.clip_path(&rect.to_path(TOLERANCE), FillRule::NonZero, true),
            _ => canvas.clip_rect(rect, smooth),
        })
    }
    fn OH_Drawing_CanvasClipRoundRect(canvas: Handle<Canvas>, shape: Handle<RoundRect>, operation: u32, _smooth: bool) {
        let path = shape.get()?.path();
        canvas.with(|canvas| canvas.clip_path(&path, FillRule::NonZero, operation == 0))
    }
    fn OH_Drawing_CanvasClipPath(
        canvas: Handle<Canvas>, path: Handle<Path>, operation: u32, _smooth: bool,
    ): "DIFFERENCE takes the outside by even and odd" {
        let path = path.get()?;
        canvas.with(|canvas| canvas.clip_path(path.bez(), path.rule(), (operation == 0) != path.is_inverse()))
    }
    fn OH_Drawing_CanvasResetClip(canvas: Handle<Canvas>) -> Code { on(canvas, Canvas::reset_clip) }
    fn OH_Drawing_CanvasIsClipEmpty(canvas: Handle<Canvas>, out: Out<bool>) -> Code {
        out.put(canvas.with(|canvas| canvas.device_clip().area() <= 0.0)?)
    }
    fn OH_Drawing_CanvasRotate(canvas: Handle<Canvas>, degrees: f32, px: f32, py: f32) {
        canvas.with(|canvas| canvas.concat(Matrix::rotation(degrees).around(px, py)))
    }
    fn OH_Drawing_CanvasTranslate(canvas: Handle<Canvas>, dx: f32, dy: f32) {
        canvas.with(|canvas| canvas.concat(Matrix::translation(dx, dy)))
    }
    fn OH_Drawing_CanvasScale(canvas: Handle<Canvas>, sx: f32, sy: f32) {
        canvas.with(|canvas| canvas.concat(Matrix::scale(sx, sy)))
    }
    fn OH_Drawing_CanvasSkew(canvas: Handle<Canvas>, sx: f32, sy: f32) {
        canvas.with(|canvas| canvas.concat(Matrix::skew(sx, sy)))
    }
    fn OH_Drawing_CanvasConcatMatrix(canvas: Handle<Canvas>, matrix: Handle<Matrix>): "without perspective" {
        let matrix = matrix.get()?;
        canvas.with(|canvas| canvas.concat(matrix))
    }
    fn OH_Drawing_CanvasSetMatrix(canvas: Handle<Canvas>, matrix: Handle<Matrix>): "without perspective" {
        let matrix = matrix.get()?;
        canvas.with(|canvas| canvas.set_matrix(matrix))
    }
    fn OH_Drawing_CanvasResetMatrix(canvas: Handle<Canvas>) { canvas.with(|canvas| canvas.set_matrix(Matrix::IDENTITY)) }
    fn OH_Drawing_CanvasGetTotalMatrix(canvas: Handle<Canvas>, out: Handle<Matrix>) {
        out.set(canvas.with(|canvas| canvas.matrix())?)
    }
    fn OH_Drawing_CanvasGetWidth(canvas: Handle<Canvas>) -> i32 { Ok(canvas.with(|canvas| canvas.size())??.0 as i32) }
    fn OH_Drawing_CanvasGetHeight(canvas: Handle<Canvas>) -> i32 { Ok(canvas.with(|canvas| canvas.size())??.1 as i32) }
    fn OH_Drawing_CanvasGetLocalClipBounds(canvas: Handle<Canvas>, out: Handle<Rect>) {
        let (clip, matrix) = canvas.with(|canvas| (canvas.device_clip(), canvas.matrix()))?;
        let inverse = matrix.invert().ok_or(INVALID_PARAMETER)?;
        out.set(inverse.map_rect(Rect::from_kurbo(clip)))
    }
    fn OH_Drawing_CanvasQuickRejectPath(canvas: Handle<Canvas>, path: Handle<Path>, out: Out<bool>) -> Code {
        out.put(rejects(canvas, path.get()?.bounds())?)
    }
    fn OH_Drawing_CanvasQuickRejectRect(canvas: Handle<Canvas>, rect: Handle<Rect>, out: Out<bool>) -> Code {
        out.put(rejects(canvas, rect.get()?)?)
    }
    fn OH_Drawing_CanvasGetImageInfo(canvas: Handle<Canvas>, out: Out<ImageInfo>) -> Code {
        out.put(canvas.with(|canvas| canvas.pixels())??.info())
    }
    fn OH_Drawing_CanvasIsOpaque(canvas: Handle<Canvas>, out: Out<bool>) -> Code {
        let info = canvas.with(|canvas| canvas.pixels())??.info();
        out.put(info.alpha == bitmap::OPAQUE || info.color == bitmap::RGB_565)
    }
    fn OH_Drawing_CanvasReadPixels(
        canvas: Handle<Canvas>, info: Array<ImageInfo>, to: *mut u8, row_bytes: u32, x: i32, y: i32,
    ) -> bool {
        let info = info.read(1)?.first().copied().ok_or(INVALID_PARAMETER)?;
        // SAFETY: the guest's memory is as large as it says.
        let to = unsafe { Pixels::over(info, to, row_bytes as usize) }?;
        Ok(canvas.with(|canvas| canvas.pixels())??.copy_to(&to, x, y))
    }
    fn OH_Drawing_CanvasReadPixelsToBitmap(canvas: Handle<Canvas>, to: Handle<Bitmap>, x: i32, y: i32) -> bool {
        Ok(canvas.with(|canvas| canvas.pixels())??.copy_to(&*bitmap::pixels(to)?, x, y))
    }
}

/// Whether a rectangle is outside of what can be drawn on.
fn rejects(canvas: Handle<Canvas>, rect: Rect) -> Result<bool, Code> {
    let (clip, matrix) = canvas.with(|canvas| (canvas.device_clip(), canvas.matrix()))?;
    Ok(Rect::from_kurbo(clip).intersection(&matrix.map_rect(rect)).is_none())
}
