//! Numbers that come from apps, made safe to draw with; and the 4x4 matrix of perspective.

use vello_cpu::kurbo::{Affine, BezPath, PathEl, Point, Rect};

/// Coordinates beyond this many px are not drawn: at the raster's precision they mean nothing, and they cost time.
pub(crate) const LIMIT: f64 = 1.0e7;

/// Paths with more elements than this are not drawn.
const MAX_ELEMENTS: usize = 1 << 20;

/// The rectangle that holds everything that can be drawn.
pub(crate) const EVERYWHERE: Rect = Rect::new(-LIMIT, -LIMIT, LIMIT, LIMIT);

/// The rectangle that holds nothing.
pub(crate) const NOWHERE: Rect = Rect::ZERO;

pub(crate) fn usable(number: f64) -> bool {
    number.abs() <= LIMIT
}

pub(crate) fn usable_point(point: Point) -> bool {
    usable(point.x) && usable(point.y)
}

pub(crate) fn usable_rect(rect: Rect) -> bool {
    usable(rect.x0) && usable(rect.y0) && usable(rect.x1) && usable(rect.y1)
}

/// The transform, when it is finite and does not flatten the plane.
pub(crate) fn usable_transform(transform: Affine) -> Option<Affine> {
    let within = transform.as_coeffs().iter().all(|number| usable(*number));
    (within && transform.determinant().abs() > 1e-12).then_some(transform)
}

/// Whether every coordinate is within the limit and the path is not absurdly long.
pub(crate) fn usable_path(path: &BezPath) -> bool {
    path.elements().len() <= MAX_ELEMENTS
        && path.elements().iter().all(|element| match *element {
            PathEl::MoveTo(p) | PathEl::LineTo(p) => usable_point(p),
            PathEl::QuadTo(a, p) => usable_point(a) && usable_point(p),
            PathEl::CurveTo(a, b, p) => usable_point(a) && usable_point(b) && usable_point(p),
            PathEl::ClosePath => true,
        })
}

/// A rectangle that the path does not leave (that of its control points).
pub(crate) fn path_bounds(path: &BezPath) -> Rect {
    path.control_box()
}

/// The bounding box of a rectangle under a transform.
pub(crate) fn map_rect(transform: Affine, rect: Rect) -> Rect {
    if is_empty(rect) { NOWHERE } else { transform.transform_rect_bbox(rect) }
}

/// Whether nothing can be inside; also for NaN.
pub(crate) fn is_empty(rect: Rect) -> bool {
    !(rect.x0 < rect.x1 && rect.y0 < rect.y1)
}

/// What both have in common; [`NOWHERE`] when nothing.
pub(crate) fn intersect(a: Rect, b: Rect) -> Rect {
    let rect = Rect::new(a.x0.max(b.x0), a.y0.max(b.y0), a.x1.min(b.x1), a.y1.min(b.y1));
    if is_empty(rect) { NOWHERE } else { rect }
}

/// The smallest rectangle around both; an empty one does not count.
pub(crate) fn unite(a: Rect, b: Rect) -> Rect {
    match (is_empty(a), is_empty(b)) {
        (true, _) => b,
        (_, true) => a,
        _ => a.union(b),
    }
}

/// A lower and an upper bound of how much a transform enlarges a length.
pub(crate) fn scale_of(transform: Affine) -> (f64, f64) {
    // The singular values of the matrix.
    let [a, b, c, d, ..] = transform.as_coeffs();
    let sum = a * a + b * b + c * c + d * d;
    let difference = (a * a + b * b - c * c - d * d).hypot(2.0 * (a * c + b * d));
    (((sum - difference).max(0.0) / 2.0).sqrt(), ((sum + difference) / 2.0).sqrt())
}

/// The blur radius of ArkUI (`blur`, `backdropBlur`, `shadow`) as the standard deviation of a Gaussian, px to px.
/// The platform's relation: 0.57735 times the radius plus a half, and 0 for 0.
pub fn sigma_of_radius(radius: f64) -> f64 {
    if radius > 0.0 { 0.57735 * radius.min(LIMIT) + 0.5 } else { 0.0 }
}

/// A 4x4 matrix that transforms column vectors; kept column by column, as ArkUI's `matrix4` and CSS `matrix3d` list it:
/// elements 12, 13, 14 are the translation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix4(pub [f64; 16]);

impl Matrix4 {
    /// Changes nothing.
    pub const IDENTITY: Self = Self([1., 0., 0., 0., 0., 1., 0., 0., 0., 0., 1., 0., 0., 0., 0., 1.]);

    /// Moves.
    pub fn translate(x: f64, y: f64, z: f64) -> Self {
        Self([1., 0., 0., 0., 0., 1., 0., 0., 0., 0., 1., 0., x, y, z, 1.])
    }

    /// Scales.
    pub fn scale(x: f64, y: f64, z: f64) -> Self {
        Self([x, 0., 0., 0., 0., y, 0., 0., 0., 0., z, 0., 0., 0., 0., 1.])
    }

    /// Turns around an axis (which need not have length 1) by `angle` radians, clockwise seen from the tip of the axis
    /// when y points down. No turn where the axis has no length.
    pub fn rotate(x: f64, y: f64, z: f64, angle: f64) -> Self {
        let length = (x * x + y * y + z * z).sqrt();
        if !(length > 0.0 && length.is_finite() && angle.is_finite()) {
            return Self::IDENTITY;
        }
        let (x, y, z) = (x / length, y / length, z / length);
        let (sin, cos) = angle.sin_cos();
        let rest = 1.0 - cos;
        Self([
            x * x * rest + cos,
            y * x * rest + z * sin,
            x * z * rest - y * sin,
            0.,
            x * y * rest - z * sin,
            y * y * rest + cos,
            y * z * rest + x * sin,
            0.,
            x * z * rest + y * sin,
            y * z * rest - x * sin,
            z * z * rest + cos,
            0.,
            0.,
            0.,
            0.,
            1.,
        ])
    }

    /// Seen by an eye `distance` px before the plane; 0 or less is no perspective.
    pub fn perspective(distance: f64) -> Self {
        let mut matrix = Self::IDENTITY;
        if distance > 0.0 && distance.is_finite() {
            matrix.0[11] = -1.0 / distance;
        }
        matrix
    }

    /// `other` is applied first.
    #[must_use]
    pub fn then_after(self, other: Self) -> Self {
        let mut product = [0.0; 16];
        for (index, cell) in product.iter_mut().enumerate() {
            let (column, row) = (index / 4, index % 4);
            *cell = (0..4).map(|k| self.0[k * 4 + row] * other.0[column * 4 + k]).sum();
        }
        Self(product)
    }

    /// Where a point of the plane z = 0 is seen; `None` when it lies behind the eye.
    pub fn project(self, point: Point) -> Option<Point> {
        self.plane().project(point)
    }

    /// The point of the plane z = 0 that is seen at a point; `None` when there is none: the plane is seen from its edge, scaled to
    /// nothing, or that part of it lies behind the eye.
    pub fn unproject(self, point: Point) -> Option<Point> {
        let plane = self.plane();
        let found = plane.inverse()?.project_any(point)?;
        // A point behind the eye has an image, too, which nobody sees.
        plane.project(found).is_some().then_some(found)
    }

    /// What it does to the plane z = 0.
    pub(crate) fn plane(self) -> Homography {
        let m = &self.0;
        Homography([m[0], m[4], m[12], m[1], m[5], m[13], m[3], m[7], m[15]])
    }
}

impl std::ops::Mul for Matrix4 {
    type Output = Self;

    /// The right one is applied first.
    fn mul(self, other: Self) -> Self {
        self.then_after(other)
    }
}

impl From<Affine> for Matrix4 {
    fn from(affine: Affine) -> Self {
        let [a, b, c, d, e, f] = affine.as_coeffs();
        Self([a, b, 0., 0., c, d, 0., 0., 0., 0., 1., 0., e, f, 0., 1.])
    }
}

/// Points closer to the eye than this (as the homogeneous w) are not shown.
const NEAR: f64 = 1e-3;

/// A projective map of the plane: a 3x3 matrix, row by row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Homography([f64; 9]);

impl Homography {
    pub(crate) fn from_affine(affine: Affine) -> Self {
        let [a, b, c, d, e, f] = affine.as_coeffs();
        Self([a, c, e, b, d, f, 0., 0., 1.])
    }

    /// The same as an affine map, when it is one.
    pub(crate) fn as_affine(&self) -> Option<Affine> {
        let m = &self.0;
        let affine = m[6].abs() < 1e-12 && m[7].abs() < 1e-12 && m[8].abs() > 1e-12;
        affine.then(|| Affine::new([m[0], m[3], m[1], m[4], m[2], m[5]].map(|number| number / m[8])))
    }

    /// `other` is applied first.
    pub(crate) fn after(&self, other: &Self) -> Self {
        let mut product = [0.0; 9];
        for (index, cell) in product.iter_mut().enumerate() {
            let (row, column) = (index / 3, index % 3);
            *cell = (0..3).map(|k| self.0[row * 3 + k] * other.0[k * 3 + column]).sum();
        }
        Self(product)
    }

    pub(crate) fn inverse(&self) -> Option<Self> {
        let m = &self.0;
        let cofactor = |a: usize, b: usize, c: usize, d: usize| m[a] * m[d] - m[b] * m[c];
        let (c0, c1, c2) = (cofactor(4, 5, 7, 8), cofactor(3, 5, 6, 8), cofactor(3, 4, 6, 7));
        let determinant = m[0] * c0 - m[1] * c1 + m[2] * c2;
        if !(determinant.abs() > 1e-12 && determinant.is_finite()) {
            return None;
        }
        let adjoint = [
            c0,
            -cofactor(1, 2, 7, 8),
            cofactor(1, 2, 4, 5),
            -c1,
            cofactor(0, 2, 6, 8),
            -cofactor(0, 2, 3, 5),
            c2,
            -cofactor(0, 1, 6, 7),
            cofactor(0, 1, 3, 4),
        ];
        let inverse = adjoint.map(|number| number / determinant);
        inverse.iter().all(|number| number.is_finite()).then_some(Self(inverse))
    }

    /// The homogeneous image of a point.
    pub(crate) fn apply(&self, x: f64, y: f64) -> [f64; 3] {
        let m = &self.0;
        [m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5], m[6] * x + m[7] * y + m[8]]
    }

    /// The image of a point that the eye sees.
    fn project(&self, point: Point) -> Option<Point> {
        let [x, y, w] = self.apply(point.x, point.y);
        (w >= NEAR).then(|| Point::new(x / w, y / w))
    }

    /// The image of a point, wherever the eye is; `None` at infinity.
    fn project_any(&self, point: Point) -> Option<Point> {
        let [x, y, w] = self.apply(point.x, point.y);
        let image = Point::new(x / w, y / w);
        image.is_finite().then_some(image)
    }

    /// The bounding box of the visible part of a rectangle's image (the part before the eye).
    pub(crate) fn bounds(&self, rect: Rect) -> Rect {
        if is_empty(rect) {
            return NOWHERE;
        }
        let corners = [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1)]
            .map(|(x, y)| self.apply(x, y));
        let mut bounds: Option<Rect> = None;
        let mut add = |[x, y, w]: [f64; 3]| {
            let point = Point::new((x / w).clamp(-LIMIT, LIMIT), (y / w).clamp(-LIMIT, LIMIT));
            bounds = Some(bounds.map_or(Rect::from_points(point, point), |rect| rect.union_pt(point)));
        };
        for (index, corner) in corners.iter().enumerate() {
            let next = corners[(index + 1) % 4];
            if corner[2] >= NEAR {
                add(*corner);
            }
            // Where an edge passes the eye it is cut.
            if (corner[2] >= NEAR) != (next[2] >= NEAR) {
                let t = (NEAR - corner[2]) / (next[2] - corner[2]);
                add([0, 1, 2].map(|k| if k == 2 { NEAR } else { corner[k] + (next[k] - corner[k]) * t }));
            }
        }
        bounds.filter(|rect| usable_rect(*rect)).unwrap_or(NOWHERE)
    }

    /// Whether a homogeneous weight is before the eye.
    pub(crate) fn visible(w: f64) -> bool {
        w >= NEAR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_homography_is_undone_by_its_inverse() {
        let matrix =
            Matrix4::perspective(800.0) * Matrix4::rotate(0.0, 1.0, 0.0, 0.7) * Matrix4::translate(-50., -20., 0.);
        let plane = matrix.plane();
        let inverse = plane.inverse().unwrap();
        let [x, y, w] = plane.apply(30.0, 70.0);
        let [x, y, w] = inverse.apply(x / w, y / w).map(|n| n);
        assert!((x / w - 30.0).abs() < 1e-9 && (y / w - 70.0).abs() < 1e-9);
        assert!(plane.as_affine().is_none());
    }

    #[test]
    fn without_perspective_a_matrix_is_affine() {
        let affine = Affine::new([1., 2., 3., 5., 5., 6.]);
        assert_eq!(Matrix4::from(affine).plane().as_affine(), Some(affine));
        assert_eq!(Matrix4::perspective(0.0), Matrix4::IDENTITY);
        let turned = Matrix4::rotate(0.0, 0.0, 1.0, 0.5).plane().as_affine().unwrap();
        let expected = Affine::rotate(0.5).as_coeffs();
        assert!(turned.as_coeffs().iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12));
        assert_eq!(Matrix4::rotate(0.0, 0.0, 0.0, 1.0), Matrix4::IDENTITY);
    }

    #[test]
    fn what_is_behind_the_eye_is_cut_off() {
        let matrix = Matrix4::perspective(10.0) * Matrix4::rotate(0.0, 1.0, 0.0, 1.2);
        let bounds = matrix.plane().bounds(Rect::new(-100.0, -10.0, 100.0, 10.0));
        assert!(!is_empty(bounds) && usable_rect(bounds));
    }

    #[test]
    fn unusable_numbers_are_found() {
        assert!(usable_transform(Affine::scale(0.0)).is_none());
        assert!(usable_transform(Affine::scale(f64::NAN)).is_none());
        assert!(usable_transform(Affine::translate((f64::INFINITY, 0.0))).is_none());
        assert!(is_empty(Rect::new(f64::NAN, 0.0, 1.0, 1.0)));
        let mut path = BezPath::new();
        path.move_to((0.0, 0.0));
        path.line_to((f64::NAN, 1.0));
        assert!(!usable_path(&path));
    }
}
