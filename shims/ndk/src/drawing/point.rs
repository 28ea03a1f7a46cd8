//! `drawing_point.h`.

use super::error_code::Code;
use super::handle::{Handle, Out, functions, objects};
use concord_paint::kurbo;

/// `OH_Drawing_Point2D`, `OH_Drawing_Corner_Radii`; also what an `OH_Drawing_Point` is.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point2D {
    pub(super) x: f32,
    pub(super) y: f32,
}

/// `OH_Drawing_Point`.
pub(super) type Point = Point2D;
objects!(Point2D);

impl Point2D {
    /// The point for the raster.
    pub(super) fn kurbo(self) -> kurbo::Point {
        kurbo::Point::new(self.x.into(), self.y.into())
    }

    pub(super) fn from_kurbo(point: kurbo::Point) -> Point2D {
        Point2D { x: point.x as f32, y: point.y as f32 }
    }
}

functions! {
    fn OH_Drawing_PointCreate(x: f32, y: f32) -> Handle<Point> { Ok(Handle::new(Point2D { x, y })) }
    fn OH_Drawing_PointGetX(point: Handle<Point>, x: Out<f32>) -> Code { x.put(point.get()?.x) }
    fn OH_Drawing_PointGetY(point: Handle<Point>, y: Out<f32>) -> Code { y.put(point.get()?.y) }
    fn OH_Drawing_PointSet(point: Handle<Point>, x: f32, y: f32) -> Code { point.set(Point2D { x, y }) }
    fn OH_Drawing_PointNegate(point: Handle<Point>) -> Code {
        point.with(|point| *point = Point2D { x: -point.x, y: -point.y })
    }
    fn OH_Drawing_PointOffset(point: Handle<Point>, dx: f32, dy: f32) -> Code {
        point.with(|point| *point = Point2D { x: point.x + dx, y: point.y + dy })
    }
    fn OH_Drawing_PointDestroy(point: Handle<Point>) { point.release() }
}
