//! `drawing_path.h`.

use super::error_code::{Code, INVALID_PARAMETER, OUT_OF_RANGE};
use super::handle::{Array, Handle, Out, Text, functions, objects};
use super::matrix::Matrix;
use super::path_measure::Measure;
use super::point::Point2D;
use super::rect::Rect;
use super::round_rect::RoundRect;
use concord_paint::FillRule;
use concord_paint::kurbo::{self, Affine, Arc, BezPath, Ellipse, PathEl, Point, Shape, Vec2};

/// How far from a curve its pieces may be, px.
pub(super) const TOLERANCE: f64 = 0.05;
/// Elements of one path; more are not added.
const MOST_ELEMENTS: usize = 1 << 20;

/// `OH_Drawing_Path`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Path {
    bez: BezPath,
    /// Where the contour that is being drawn began.
    start: Point,
    /// `OH_Drawing_PathFillType`: even numbers wind, from 2 on the outside is filled.
    fill: u32,
}
objects!(Path);

impl Path {
    pub(super) fn of(bez: BezPath) -> Path {
        let start = bez.elements().iter().rev().find_map(|element| match element {
            PathEl::MoveTo(point) => Some(*point),
            _ => None,
        });
        Path { bez, start: start.unwrap_or_default(), fill: 0 }
    }

    pub(super) fn bez(&self) -> &BezPath {
        &self.bez
    }

    pub(super) fn rule(&self) -> FillRule {
        if self.fill % 2 == 1 { FillRule::EvenOdd } else { FillRule::NonZero }
    }

    /// Whether the outside is what is filled.
    pub(super) fn is_inverse(&self) -> bool {
        self.fill >= 2
    }

    fn full(&self) -> bool {
        self.bez.elements().len() >= MOST_ELEMENTS
    }

    fn move_to(&mut self, to: Point) {
        if !self.full() {
            self.bez.move_to(to);
            self.start = to;
        }
    }

    /// Where the next segment starts: a contour begins where the last one did, when none was begun.
    fn current(&mut self) -> Point {
        match self.bez.elements().last() {
            None | Some(PathEl::ClosePath) => {
                self.bez.move_to(self.start);
                self.start
            }
            Some(
                PathEl::MoveTo(point) | PathEl::LineTo(point) | PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point),
            ) => *point,
        }
    }

    /// Adds a segment, which `segment` makes from where it starts.
    fn segment(&mut self, segment: impl FnOnce(Point, &mut BezPath)) {
        if !self.full() {
            let from = self.current();
            segment(from, &mut self.bez);
        }
    }

    fn append(&mut self, elements: impl IntoIterator<Item = PathEl>) {
        let room = MOST_ELEMENTS.saturating_sub(self.bez.elements().len());
        for element in elements.into_iter().take(room) {
            if let PathEl::MoveTo(point) = element {
                self.start = point;
            }
            self.bez.push(element);
        }
    }

    /// Adds a closed contour, which is given clockwise.
    fn contour(&mut self, contour: BezPath, counter_clockwise: bool) {
        let contour = if counter_clockwise { contour.reverse_subpaths() } else { contour };
        self.append(contour);
    }

    /// Adds another path; with `extend` it goes on from the current contour.
    fn add(&mut self, other: &Path, transform: Affine, extend: bool) {
        let mut elements = (transform * &other.bez).into_iter();
        if extend
            && !self.bez.is_empty()
            && let Some(PathEl::MoveTo(point)) = elements.next()
        {
            self.segment(|_, bez| bez.line_to(point));
        } else {
            elements = (transform * &other.bez).into_iter();
        }
        self.append(elements);
    }

    /// A part of an ellipse; degrees, clockwise from the right. Goes on from the current contour unless it is to be new.
    fn arc(&mut self, oval: kurbo::Rect, start: f32, sweep: f32, new: bool) {
        if !(start.is_finite() && sweep.is_finite() && oval.is_finite()) {
            return;
        }
        let radii = Vec2::new(oval.width() / 2.0, oval.height() / 2.0);
        let sweep = f64::from(sweep).clamp(-360.0, 360.0).to_radians();
        let arc = Arc::new(oval.center(), radii, f64::from(start).to_radians(), sweep, 0.0);
        for element in arc.path_elements(TOLERANCE) {
            match element {
                PathEl::MoveTo(point) if new || self.bez.is_empty() => self.move_to(point),
                PathEl::MoveTo(point) => self.segment(|_, bez| bez.line_to(point)),
                other => self.append([other]),
            }
        }
    }

    pub(super) fn contains(&self, point: Point) -> bool {
        let winding = self.bez.winding(point);
        let inside = if self.fill % 2 == 1 { winding % 2 != 0 } else { winding != 0 };
        inside != self.is_inverse()
    }

    pub(super) fn bounds(&self) -> Rect {
        // As the platform does, controls of curves count.
        let points = self.bez.elements().iter().flat_map(|element| match *element {
            PathEl::MoveTo(a) | PathEl::LineTo(a) => vec![a],
            PathEl::QuadTo(a, b) => vec![a, b],
            PathEl::CurveTo(a, b, c) => vec![a, b, c],
            PathEl::ClosePath => Vec::new(),
        });
        let around = points.fold(None, |rect: Option<kurbo::Rect>, point| {
            Some(rect.map_or(kurbo::Rect::from_points(point, point), |rect| rect.union_pt(point)))
        });
        around.map_or_else(Rect::default, Rect::from_kurbo)
    }

    /// Replaces the outline; how it is filled stays.
    fn replace(&mut self, bez: BezPath) {
        *self = Path { fill: self.fill, ..Path::of(bez) };
    }
}

/// An ellipse inside of a rectangle, from a quarter of it on: 0 is the top, 1 the right …
fn oval(rect: Rect, start: u32) -> BezPath {
    let rect = rect.kurbo();
    let radii = Vec2::new(rect.width() / 2.0, rect.height() / 2.0);
    let angle = f64::from(start % 4) * std::f64::consts::FRAC_PI_2 - std::f64::consts::FRAC_PI_2;
    let arc = Arc::new(rect.center(), radii, angle, std::f64::consts::TAU, 0.0);
    let mut path: BezPath = arc.path_elements(TOLERANCE).collect();
    path.close_path();
    path
}

/// A rectangle from a corner on: 0 is the upper left, 1 the upper right …
fn corners(rect: Rect, start: u32) -> BezPath {
    let Rect { left, top, right, bottom } = rect;
    let mut corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    corners.rotate_left(start as usize % 4);
    let [first, rest @ ..] = corners.map(|(x, y)| Point::new(x.into(), y.into()));
    let mut path = BezPath::new();
    path.move_to(first);
    rest.into_iter().for_each(|corner| path.line_to(corner));
    path.close_path();
    path
}

/// A conic section as quadratic curves: halved often enough that nobody sees the difference.
fn conic(from: Point, control: Point, to: Point, weight: f64, depth: u32, out: &mut BezPath) {
    if depth == 0 || weight == 1.0 {
        out.quad_to(control, to);
        return;
    }
    let scale = 1.0 / (1.0 + weight);
    let mix = |a: Point, b: Point| ((a.to_vec2() + b.to_vec2() * weight) * scale).to_point();
    let (first, second) = (mix(from, control), ((control.to_vec2() * weight + to.to_vec2()) * scale).to_point());
    let middle = first.midpoint(second);
    let weight = ((1.0 + weight) / 2.0).sqrt();
    conic(from, first, middle, weight, depth - 1, out);
    conic(middle, second, to, weight, depth - 1, out);
}

fn add_conic(path: &mut Path, control: Point, to: Point, weight: f32) {
    path.segment(|from, bez| {
        if !(weight.is_finite() && weight > 0.0) {
            bez.line_to(to);
        } else {
            conic(from, control, to, weight.into(), 4, bez);
        }
    });
}

fn at(x: f32, y: f32) -> Point {
    Point::new(x.into(), y.into())
}

fn transform(matrix: Handle<Matrix>) -> Result<Affine, Code> {
    Ok(matrix.optional()?.unwrap_or(Matrix::IDENTITY).affine())
}

functions! {
    fn OH_Drawing_PathCreate() -> Handle<Path> { Ok(Handle::new(Path::default())) }
    fn OH_Drawing_PathCopy(source: Handle<Path>) -> Handle<Path> { Ok(Handle::new(source.get()?)) }
    fn OH_Drawing_PathDestroy(path: Handle<Path>) { path.release() }
    fn OH_Drawing_PathSetPath(path: Handle<Path>, other: Handle<Path>) -> Code { path.set(other.get()?) }
    fn OH_Drawing_PathIsEmpty(path: Handle<Path>, out: Out<bool>) -> Code { out.put(path.get()?.bez.is_empty()) }
    fn OH_Drawing_PathReset(path: Handle<Path>) { path.set(Path::default()) }
    fn OH_Drawing_PathMoveTo(path: Handle<Path>, x: f32, y: f32) { path.with(|path| path.move_to(at(x, y))) }
    fn OH_Drawing_PathLineTo(path: Handle<Path>, x: f32, y: f32) {
        path.with(|path| path.segment(|_, bez| bez.line_to(at(x, y))))
    }
    fn OH_Drawing_PathArcTo(path: Handle<Path>, x1: f32, y1: f32, x2: f32, y2: f32, start: f32, sweep: f32) {
        path.with(|path| path.arc(Rect::new(x1, y1, x2, y2).kurbo(), start, sweep, false))
    }
    fn OH_Drawing_PathQuadTo(path: Handle<Path>, cx: f32, cy: f32, x: f32, y: f32) {
        path.with(|path| path.segment(|_, bez| bez.quad_to(at(cx, cy), at(x, y))))
    }
    fn OH_Drawing_PathConicTo(path: Handle<Path>, cx: f32, cy: f32, x: f32, y: f32, weight: f32) {
        path.with(|path| add_conic(path, at(cx, cy), at(x, y), weight))
    }
    fn OH_Drawing_PathCubicTo(path: Handle<Path>, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        path.with(|path| path.segment(|_, bez| bez.curve_to(at(ax, ay), at(bx, by), at(x, y))))
    }
    fn OH_Drawing_PathRMoveTo(path: Handle<Path>, x: f32, y: f32) {
        path.with(|path| {
            let from = if path.bez.is_empty() { Point::ZERO } else { path.current() };
            path.move_to(from + at(x, y).to_vec2());
        })
    }
    fn OH_Drawing_PathRLineTo(path: Handle<Path>, x: f32, y: f32) {
        path.with(|path| path.segment(|from, bez| bez.line_to(from + at(x, y).to_vec2())))
    }
    fn OH_Drawing_PathRQuadTo(path: Handle<Path>, cx: f32, cy: f32, x: f32, y: f32) {
        path.with(|path| {
            path.segment(|from, bez| bez.quad_to(from + at(cx, cy).to_vec2(), from + at(x, y).to_vec2()));
        })
    }
    fn OH_Drawing_PathRConicTo(path: Handle<Path>, cx: f32, cy: f32, x: f32, y: f32, weight: f32) {
        path.with(|path| {
            let from = path.current();
            add_conic(path, from + at(cx, cy).to_vec2(), from + at(x, y).to_vec2(), weight);
        })
    }
    fn OH_Drawing_PathRCubicTo(path: Handle<Path>, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        path.with(|path| {
            path.segment(|from, bez| {
                let of = |x, y| from + at(x, y).to_vec2();
                bez.curve_to(of(ax, ay), of(bx, by), of(x, y));
            });
        })
    }
    fn OH_Drawing_PathAddRect(path: Handle<Path>, left: f32, top: f32, right: f32, bottom: f32, direction: u32) {
        path.with(|path| path.contour(corners(Rect::new(left, top, right, bottom), 0), direction == 1))
    }
    fn OH_Drawing_PathAddRectWithInitialCorner(path: Handle<Path>, rect: Handle<Rect>, direction: u32, start: u32) {
        let rect = rect.get()?;
        path.with(|path| path.contour(corners(rect, start), direction == 1))
    }
    fn OH_Drawing_PathAddRoundRect(path: Handle<Path>, shape: Handle<RoundRect>, direction: u32) {
        let shape = shape.get()?;
        path.with(|path| path.contour(shape.path(), direction == 1))
    }
    fn OH_Drawing_PathAddOval(path: Handle<Path>, rect: Handle<Rect>, direction: u32) {
        let rect = rect.get()?;
        path.with(|path| path.contour(oval(rect, 1), direction == 1))
    }
    fn OH_Drawing_PathAddOvalWithInitialPoint(path: Handle<Path>, rect: Handle<Rect>, start: u32, direction: u32) {
        let rect = rect.get()?;
        path.with(|path| path.contour(oval(rect, start), direction == 1))
    }
    fn OH_Drawing_PathAddCircle(path: Handle<Path>, x: f32, y: f32, radius: f32, direction: u32) {
        if radius.is_nan() || radius <= 0.0 {
            return Err(OUT_OF_RANGE);
        }
        let rect = Rect::new(x - radius, y - radius, x + radius, y + radius);
        path.with(|path| path.contour(oval(rect, 1), direction == 1))
    }
    fn OH_Drawing_PathAddArc(path: Handle<Path>, rect: Handle<Rect>, start: f32, sweep: f32) {
        let rect = rect.get()?;
        path.with(|path| {
            if sweep.abs() >= 360.0 {
                path.contour(oval(rect, 1), sweep < 0.0);
            } else {
                path.arc(rect.kurbo(), start, sweep, true);
            }
        })
    }
    fn OH_Drawing_PathAddPath(path: Handle<Path>, other: Handle<Path>, matrix: Handle<Matrix>) {
        let (other, transform) = (other.get()?, transform(matrix)?);
        path.with(|path| path.add(&other, transform, false))
    }
    fn OH_Drawing_PathAddPathWithMatrixAndMode(
        path: Handle<Path>, other: Handle<Path>, matrix: Handle<Matrix>, mode: u32,
    ) {
        let (other, transform) = (other.get()?, transform(matrix)?);
        path.with(|path| path.add(&other, transform, mode == 1))
    }
    fn OH_Drawing_PathAddPathWithMode(path: Handle<Path>, other: Handle<Path>, mode: u32) {
        let other = other.get()?;
        path.with(|path| path.add(&other, Affine::IDENTITY, mode == 1))
    }
    fn OH_Drawing_PathAddPathWithOffsetAndMode(path: Handle<Path>, other: Handle<Path>, dx: f32, dy: f32, mode: u32) {
        let other = other.get()?;
        path.with(|path| path.add(&other, Affine::translate(at(dx, dy).to_vec2()), mode == 1))
    }
    fn OH_Drawing_PathAddPolygon(path: Handle<Path>, points: Array<Point2D>, count: u32, closed: bool) {
        let points = points.read(count as usize)?;
        path.with(|path| {
            let mut points = points.into_iter().map(Point2D::kurbo);
            if let Some(first) = points.next() {
                path.move_to(first);
                path.append(points.map(PathEl::LineTo));
            }
            if closed && count > 0 {
                path.append([PathEl::ClosePath]);
            }
        })
    }
    fn OH_Drawing_PathBuildFromSvgString(path: Handle<Path>, text: Text) -> bool {
        let Ok(parsed) = BezPath::from_svg(&text.read()?) else { return Ok(false) };
        path.with(|path| path.replace(parsed))?;
        Ok(true)
    }
    fn OH_Drawing_PathContains(path: Handle<Path>, x: f32, y: f32) -> bool { Ok(path.get()?.contains(at(x, y))) }
    fn OH_Drawing_PathTransform(path: Handle<Path>, matrix: Handle<Matrix>): "without perspective" {
        let affine = matrix.get()?.affine();
        path.with(|path| path.replace(affine * &path.bez))
    }
    fn OH_Drawing_PathTransformWithPerspectiveClip(
        source: Handle<Path>, matrix: Handle<Matrix>, target: Handle<Path>, _clip: bool,
    ): "without perspective" {
        let (mut path, affine) = (source.get()?, matrix.get()?.affine());
        path.replace(affine * &path.bez);
        if target.is_null() { source.set(path) } else { target.set(path) }
    }
    fn OH_Drawing_PathSetFillType(path: Handle<Path>, fill: u32) {
        if fill > 3 {
            return Err(OUT_OF_RANGE);
        }
        path.with(|path| path.fill = fill)
    }
    fn OH_Drawing_PathGetFillType(path: Handle<Path>, out: Out<u32>) -> Code { out.put(path.get()?.fill) }
    fn OH_Drawing_PathIsInverseFillType(path: Handle<Path>, out: Out<bool>) -> Code {
        out.put(path.get()?.is_inverse())
    }
    fn OH_Drawing_PathToggleInverseFillType(path: Handle<Path>) -> Code { path.with(|path| path.fill ^= 2) }
    fn OH_Drawing_PathGetBounds(path: Handle<Path>, out: Handle<Rect>) { out.set(path.get()?.bounds()) }
    fn OH_Drawing_PathClose(path: Handle<Path>) {
        path.with(|path| {
            if !matches!(path.bez.elements().last(), None | Some(PathEl::ClosePath)) {
                path.append([PathEl::ClosePath]);
            }
        })
    }
    fn OH_Drawing_PathOffset(path: Handle<Path>, target: Handle<Path>, dx: f32, dy: f32) {
        let mut moved = path.get()?;
        moved.replace(Affine::translate(at(dx, dy).to_vec2()) * &moved.bez);
        if target.is_null() { path.set(moved) } else { target.set(moved) }
    }
    fn OH_Drawing_PathGetLastPoint(path: Handle<Path>, out: Out<Point2D>) -> Code {
        let mut path = path.get()?;
        out.put(if path.bez.is_empty() { Point2D::default() } else { Point2D::from_kurbo(path.current()) })
    }
    fn OH_Drawing_PathIsEqual(path: Handle<Path>, other: Handle<Path>, out: Out<bool>) -> Code {
        let (path, other) = (path.get()?, other.get()?);
        out.put(path.bez == other.bez && path.fill == other.fill)
    }
    fn OH_Drawing_PathGetLength(path: Handle<Path>, closed: bool) -> f32 {
        Ok(Measure::new(path.get()?.bez(), closed).length() as f32)
    }
    fn OH_Drawing_PathIsClosed(path: Handle<Path>, closed: bool) -> bool {
        Ok(Measure::new(path.get()?.bez(), closed).is_closed())
    }
    fn OH_Drawing_PathGetPositionTangent(
        path: Handle<Path>, closed: bool, distance: f32, position: Out<Point2D>, tangent: Out<Point2D>,
    ) -> bool {
        let measure = Measure::new(path.get()?.bez(), closed);
        let Some((point, direction)) = measure.at(distance.into()) else { return Ok(false) };
        position.put(Point2D::from_kurbo(point))?;
        tangent.put(Point2D::from_kurbo(direction.to_point()))?;
        Ok(true)
    }
    fn OH_Drawing_PathGetSegment(
        path: Handle<Path>, closed: bool, start: f32, stop: f32, begin: bool, target: Handle<Path>, out: Out<bool>,
    ) -> Code {
        let measure = Measure::new(path.get()?.bez(), closed);
        let part = measure.part(start.into(), stop.into());
        if let Some(part) = &part {
            let part = Path::of(part.clone());
            target.with(|target| target.add(&part, Affine::IDENTITY, !begin))?;
        }
        out.put(part.is_some())
    }
    fn OH_Drawing_PathGetMatrix(path: Handle<Path>, closed: bool, distance: f32, out: Handle<Matrix>, parts: u32) -> bool {
        let measure = Measure::new(path.get()?.bez(), closed);
        let Some((point, direction)) = measure.at(distance.into()) else { return Ok(false) };
        let place = Matrix::translation(point.x as f32, point.y as f32);
        let turn = Matrix::rotation(direction.atan2().to_degrees() as f32);
        out.set(match parts {
            0 => place,
            1 => turn,
            2 => place.times(turn),
            _ => return Err(INVALID_PARAMETER),
        })?;
        Ok(true)
    }
}

/// An ellipse, for canvases.
pub(super) fn ellipse(rect: Rect) -> BezPath {
    Ellipse::from_rect(rect.kurbo()).to_path(TOLERANCE)
}

/// A part of an ellipse, for canvases: its outline, or with `center` a piece of the cake.
pub(super) fn arc(rect: Rect, start: f32, sweep: f32, center: bool) -> BezPath {
    if sweep.abs() >= 360.0 {
        return ellipse(rect);
    }
    let mut path = Path::default();
    if center {
        path.move_to(rect.kurbo().center());
    }
    path.arc(rect.kurbo(), start, sweep, !center);
    if center {
        path.append([PathEl::ClosePath]);
    }
    path.bez
}
