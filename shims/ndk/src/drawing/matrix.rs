//! `drawing_matrix.h`: 3x3 matrices of column vectors, kept row by row.

use super::error_code::{Code, INVALID_PARAMETER};
use super::handle::{Array, Handle, Out, functions, objects};
use super::point::Point2D;
use super::rect::Rect;
use concord_paint::kurbo::Affine;

/// `OH_Drawing_Matrix`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f32; 9]);
objects!(Matrix);

/// Nothing smaller counts as different from 0 when a matrix is inverted.
const FLAT: f64 = 1e-18;

impl Matrix {
    pub(super) const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);

    pub(super) fn translation(dx: f32, dy: f32) -> Matrix {
        Matrix([1.0, 0.0, dx, 0.0, 1.0, dy, 0.0, 0.0, 1.0])
    }

    pub(super) fn scale(x: f32, y: f32) -> Matrix {
        Matrix([x, 0.0, 0.0, 0.0, y, 0.0, 0.0, 0.0, 1.0])
    }

    pub(super) fn skew(x: f32, y: f32) -> Matrix {
        Matrix([1.0, x, 0.0, y, 1.0, 0.0, 0.0, 0.0, 1.0])
    }

    pub(super) fn rotation(degrees: f32) -> Matrix {
        let (sin, cos) = degrees.to_radians().sin_cos();
        // Quarter turns are exact: edges stay on pixels.
        let clean = |value: f32| if value.abs() < 1e-7 { 0.0 } else { value };
        Matrix::turn(clean(sin), clean(cos))
    }

    fn turn(sin: f32, cos: f32) -> Matrix {
        Matrix([cos, -sin, 0.0, sin, cos, 0.0, 0.0, 0.0, 1.0])
    }

    /// The same around another point than the origin.
    pub(super) fn around(self, x: f32, y: f32) -> Matrix {
        Matrix::translation(x, y).times(self).times(Matrix::translation(-x, -y))
    }

    /// What applies `other` first, then `self`.
    pub(super) fn times(self, other: Matrix) -> Matrix {
        let mut product = [0.0; 9];
        for (index, element) in product.iter_mut().enumerate() {
            let (row, column) = (index / 3 * 3, index % 3);
            let term = |k: usize| f64::from(self.0[row + k]) * f64::from(other.0[k * 3 + column]);
            *element = (term(0) + term(1) + term(2)) as f32;
        }
        Matrix(product)
    }

    pub(super) fn invert(self) -> Option<Matrix> {
        let [a, b, c, d, e, f, g, h, i] = self.0.map(f64::from);
        let (x, y, z) = (e * i - f * h, f * g - d * i, d * h - e * g);
        let determinant = a * x + b * y + c * z;
        if !(determinant.abs() > FLAT && determinant.is_finite()) {
            return None;
        }
        let adjugate =
            [x, c * h - b * i, b * f - c * e, y, a * i - c * g, c * d - a * f, z, b * g - a * h, a * e - b * d];
        Some(Matrix(adjugate.map(|element| (element / determinant) as f32)))
    }

    pub(super) fn is_affine(&self) -> bool {
        let [.., x, y, w] = self.0;
        (x, y, w) == (0.0, 0.0, 1.0)
    }

    /// For the raster. Perspective is left out.
    pub(super) fn affine(&self) -> Affine {
        let [a, c, e, b, d, f, ..] = self.0.map(f64::from);
        Affine::new([a, b, c, d, e, f])
    }

    pub(super) fn map(&self, point: Point2D) -> Point2D {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let (Point2D { x, y }, w) = (point, g * point.x + h * point.y + i);
        let w = if w == 0.0 { 1.0 } else { w };
        Point2D { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w }
    }

    /// The smallest rectangle around a rectangle's picture.
    pub(super) fn map_rect(&self, rect: Rect) -> Rect {
        let corners =
            [(rect.left, rect.top), (rect.right, rect.top), (rect.right, rect.bottom), (rect.left, rect.bottom)];
        let corners = corners.map(|(x, y)| self.map(Point2D { x, y }));
        let fold = |pick: fn(&Point2D) -> f32, choose: fn(f32, f32) -> f32| {
            corners.iter().map(pick).reduce(choose).unwrap_or_default()
        };
        Rect {
            left: fold(|p| p.x, f32::min),
            top: fold(|p| p.y, f32::min),
            right: fold(|p| p.x, f32::max),
            bottom: fold(|p| p.y, f32::max),
        }
    }

    fn keeps_rects(&self) -> bool {
        let [a, b, _, d, e, ..] = self.0;
        self.is_affine() && ((b == 0.0 && d == 0.0 && a * e != 0.0) || (a == 0.0 && e == 0.0 && b * d != 0.0))
    }

    /// What maps one rectangle to another: `SCALE_TO_FIT_FILL`, `_START`, `_CENTER`, `_END` by number.
    fn rect_to_rect(from: Rect, to: Rect, fit: u32) -> Option<Matrix> {
        if from.is_empty() {
            return None;
        }
        let (mut x, mut y) = (to.width() / from.width(), to.height() / from.height());
        let (mut dx, mut dy) = (0.0, 0.0);
        if fit != 0 {
            let least = x.min(y);
            let share = match fit {
                1 => 0.0,
                2 => 0.5,
                _ => 1.0,
            };
            dx = (to.width() - from.width() * least) * share;
            dy = (to.height() - from.height() * least) * share;
            (x, y) = (least, least);
        }
        let place = Matrix::translation(to.left + dx, to.top + dy);
        Some(place.times(Matrix::scale(x, y)).times(Matrix::translation(-from.left, -from.top)))
    }
}

functions! {
    fn OH_Drawing_MatrixCreate() -> Handle<Matrix> { Ok(Handle::new(Matrix::IDENTITY)) }
    fn OH_Drawing_MatrixCopy(source: Handle<Matrix>) -> Handle<Matrix> { Ok(Handle::new(source.get()?)) }
    fn OH_Drawing_MatrixDestroy(matrix: Handle<Matrix>) { matrix.release() }
    fn OH_Drawing_MatrixCreateRotation(degrees: f32, x: f32, y: f32) -> Handle<Matrix> {
        Ok(Handle::new(Matrix::rotation(degrees).around(x, y)))
    }
    fn OH_Drawing_MatrixCreateScale(sx: f32, sy: f32, px: f32, py: f32) -> Handle<Matrix> {
        Ok(Handle::new(Matrix::scale(sx, sy).around(px, py)))
    }
    fn OH_Drawing_MatrixCreateTranslation(dx: f32, dy: f32) -> Handle<Matrix> {
        Ok(Handle::new(Matrix::translation(dx, dy)))
    }
    fn OH_Drawing_MatrixSetMatrix(
        matrix: Handle<Matrix>,
        scale_x: f32, skew_x: f32, dx: f32, skew_y: f32, scale_y: f32, dy: f32, p0: f32, p1: f32, p2: f32,
    ) { matrix.set(Matrix([scale_x, skew_x, dx, skew_y, scale_y, dy, p0, p1, p2])) }
    fn OH_Drawing_MatrixSetRectToRect(matrix: Handle<Matrix>, from: Handle<Rect>, to: Handle<Rect>, fit: u32) -> bool {
        let mapped = Matrix::rect_to_rect(from.get()?, to.get()?, fit);
        matrix.set(mapped.unwrap_or(Matrix::IDENTITY))?;
        Ok(mapped.is_some())
    }
    fn OH_Drawing_MatrixPreRotate(matrix: Handle<Matrix>, degrees: f32, px: f32, py: f32) {
        matrix.with(|matrix| *matrix = matrix.times(Matrix::rotation(degrees).around(px, py)))
    }
    fn OH_Drawing_MatrixPreScale(matrix: Handle<Matrix>, sx: f32, sy: f32, px: f32, py: f32) {
        matrix.with(|matrix| *matrix = matrix.times(Matrix::scale(sx, sy).around(px, py)))
    }
    fn OH_Drawing_MatrixPreTranslate(matrix: Handle<Matrix>, dx: f32, dy: f32) {
        matrix.with(|matrix| *matrix = matrix.times(Matrix::translation(dx, dy)))
    }
    fn OH_Drawing_MatrixPreSkew(matrix: Handle<Matrix>, kx: f32, ky: f32, px: f32, py: f32) -> Code {
        matrix.with(|matrix| *matrix = matrix.times(Matrix::skew(kx, ky).around(px, py)))
    }
    fn OH_Drawing_MatrixPostRotate(matrix: Handle<Matrix>, degrees: f32, px: f32, py: f32) {
        matrix.with(|matrix| *matrix = Matrix::rotation(degrees).around(px, py).times(*matrix))
    }
    fn OH_Drawing_MatrixPostScale(matrix: Handle<Matrix>, sx: f32, sy: f32, px: f32, py: f32) {
        matrix.with(|matrix| *matrix = Matrix::scale(sx, sy).around(px, py).times(*matrix))
    }
    fn OH_Drawing_MatrixPostTranslate(matrix: Handle<Matrix>, dx: f32, dy: f32) {
        matrix.with(|matrix| *matrix = Matrix::translation(dx, dy).times(*matrix))
    }
    fn OH_Drawing_MatrixReset(matrix: Handle<Matrix>) { matrix.set(Matrix::IDENTITY) }
    fn OH_Drawing_MatrixConcat(total: Handle<Matrix>, a: Handle<Matrix>, b: Handle<Matrix>) {
        total.set(a.get()?.times(b.get()?))
    }
    fn OH_Drawing_MatrixPreConcat(a: Handle<Matrix>, b: Handle<Matrix>) -> Code {
        a.set(a.get()?.times(b.get()?))
    }
    fn OH_Drawing_MatrixGetAll(matrix: Handle<Matrix>, out: Out<f32>) -> Code { out.put_all(matrix.get()?.0) }
    fn OH_Drawing_MatrixGetValue(matrix: Handle<Matrix>, index: i32) -> f32 {
        let value = usize::try_from(index).ok().and_then(|index| matrix.get().ok()?.0.get(index).copied());
        value.ok_or(INVALID_PARAMETER)
    }
    fn OH_Drawing_MatrixRotate(matrix: Handle<Matrix>, degrees: f32, px: f32, py: f32) {
        matrix.set(Matrix::rotation(degrees).around(px, py))
    }
    fn OH_Drawing_MatrixTranslate(matrix: Handle<Matrix>, dx: f32, dy: f32) { matrix.set(Matrix::translation(dx, dy)) }
    fn OH_Drawing_MatrixScale(matrix: Handle<Matrix>, sx: f32, sy: f32, px: f32, py: f32) {
        matrix.set(Matrix::scale(sx, sy).around(px, py))
    }
    fn OH_Drawing_MatrixSetSinCos(matrix: Handle<Matrix>, sin: f32, cos: f32, px: f32, py: f32) -> Code {
        matrix.set(Matrix::turn(sin, cos).around(px, py))
    }
    fn OH_Drawing_MatrixInvert(matrix: Handle<Matrix>, inverse: Handle<Matrix>) -> bool {
        let Some(inverted) = matrix.get()?.invert() else { return Ok(false) };
        inverse.set(inverted)?;
        Ok(true)
    }
    fn OH_Drawing_MatrixMapPoints(matrix: Handle<Matrix>, from: Array<Point2D>, to: Out<Point2D>, count: i32) {
        let matrix = matrix.get()?;
        let points = from.read(usize::try_from(count).map_err(|_| INVALID_PARAMETER)?)?;
        to.put_all(points.into_iter().map(|point| matrix.map(point)))
    }
    fn OH_Drawing_MatrixMapRect(matrix: Handle<Matrix>, from: Handle<Rect>, to: Handle<Rect>) -> bool {
        let matrix = matrix.get()?;
        to.set(matrix.map_rect(from.get()?))?;
        Ok(matrix.keeps_rects())
    }
    fn OH_Drawing_MatrixIsEqual(matrix: Handle<Matrix>, other: Handle<Matrix>) -> bool {
        Ok(matrix.get()? == other.get()?)
    }
    fn OH_Drawing_MatrixIsIdentity(matrix: Handle<Matrix>) -> bool { Ok(matrix.get()? == Matrix::IDENTITY) }
    fn OH_Drawing_MatrixIsAffine(matrix: Handle<Matrix>, out: Out<bool>) -> Code { out.put(matrix.get()?.is_affine()) }
    fn OH_Drawing_MatrixRectStaysRect(matrix: Handle<Matrix>, out: Out<bool>) -> Code {
        out.put(matrix.get()?.keeps_rects())
    }
}
