//! `drawing_round_rect.h`.

use super::error_code::{Code, INVALID_PARAMETER};
use super::handle::{Answer, Handle, functions, objects};
use super::point::Point2D;
use super::rect::Rect;
use concord_paint::kurbo::BezPath;

/// `OH_Drawing_RoundRect`: corners clockwise from the upper left.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RoundRect {
    rect: Rect,
    radii: [Point2D; 4],
}
objects!(RoundRect);

/// Distance of a cubic curve's controls from a quarter of a circle's ends, in radii.
const QUARTER: f64 = 0.552_284_749_830_793_6;

impl RoundRect {
    pub(super) fn new(rect: Rect, x: f32, y: f32) -> RoundRect {
        RoundRect { rect: rect.sorted(), radii: [Point2D { x, y }; 4] }
    }

    /// The outline, clockwise from the upper left. Radii that are too long for the sides shrink together, negative ones are 0.
    pub(super) fn path(&self) -> BezPath {
        let rect = self.rect.kurbo();
        let clean = |radius: f32| if radius > 0.0 { f64::from(radius) } else { 0.0 };
        let mut radii = self.radii.map(|radius| (clean(radius.x), clean(radius.y)));
        for radius in &mut radii {
            if radius.0 == 0.0 || radius.1 == 0.0 {
                *radius = (0.0, 0.0);
            }
        }
        let [a, b, c, d] = radii;
        let fits = |side: f64, sum: f64| if sum > side { side / sum } else { 1.0 };
        let scale = fits(rect.width(), a.0 + b.0)
            .min(fits(rect.width(), c.0 + d.0))
            .min(fits(rect.height(), a.1 + d.1))
            .min(fits(rect.height(), b.1 + c.1));
        let [a, b, c, d] = radii.map(|(x, y)| (x * scale, y * scale));
        let k = 1.0 - QUARTER;
        let (x0, y0, x1, y1) = (rect.x0, rect.y0, rect.x1, rect.y1);
        let mut path = BezPath::new();
        path.move_to((x0 + a.0, y0));
        path.line_to((x1 - b.0, y0));
        path.curve_to((x1 - b.0 * k, y0), (x1, y0 + b.1 * k), (x1, y0 + b.1));
        path.line_to((x1, y1 - c.1));
        path.curve_to((x1, y1 - c.1 * k), (x1 - c.0 * k, y1), (x1 - c.0, y1));
        path.line_to((x0 + d.0, y1));
        path.curve_to((x0 + d.0 * k, y1), (x0, y1 - d.1 * k), (x0, y1 - d.1));
        path.line_to((x0, y0 + a.1));
        path.curve_to((x0, y0 + a.1 * k), (x0 + a.0 * k, y0), (x0 + a.0, y0));
        path.close_path();
        path
    }
}

impl Answer<Point2D> for Point2D {
    fn of(result: Result<Point2D, Code>) -> Point2D {
        result.unwrap_or_default()
    }
}

functions! {
    fn OH_Drawing_RoundRectCreate(rect: Handle<Rect>, x: f32, y: f32) -> Handle<RoundRect> {
        Ok(Handle::new(RoundRect::new(rect.get()?, x, y)))
    }
    fn OH_Drawing_RoundRectCopy(source: Handle<RoundRect>) -> Handle<RoundRect> { Ok(Handle::new(source.get()?)) }
    fn OH_Drawing_RoundRectSetCorner(shape: Handle<RoundRect>, corner: u32, radii: Point2D) {
        shape.with(|shape| {
            let place = shape.radii.get_mut(corner as usize).ok_or(INVALID_PARAMETER)?;
            *place = radii;
            Ok(())
        })?
    }
    fn OH_Drawing_RoundRectGetCorner(shape: Handle<RoundRect>, corner: u32) -> Point2D {
        shape.get()?.radii.get(corner as usize).copied().ok_or(INVALID_PARAMETER)
    }
    fn OH_Drawing_RoundRectOffset(shape: Handle<RoundRect>, dx: f32, dy: f32) -> Code {
        shape.with(|shape| shape.rect = shape.rect.offset(dx, dy))
    }
    fn OH_Drawing_RoundRectDestroy(shape: Handle<RoundRect>) { shape.release() }
}
