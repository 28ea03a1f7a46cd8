//! Paths of Canvas 2D: lines, curves and arcs, as the web defines them.

use concord_paint::kurbo::{Affine, Arc, BezPath, PathEl, Point, Rect, Shape, Vec2};
use std::f64::consts::{PI, TAU};

/// Steps of a path beyond this many are left out.
const MOST_ELEMENTS: usize = 1 << 20;

/// A path that is being made. Numbers that are not finite make a step do nothing.
#[derive(Debug, Clone, Default)]
pub struct PathBuilder {
    path: BezPath,
    start: Point,
    current: Option<Point>,
}

fn finite(numbers: &[f64]) -> bool {
    numbers.iter().all(|number| number.is_finite())
}

impl PathBuilder {
    /// The path so far.
    pub fn path(&self) -> &BezPath {
        &self.path
    }

    /// From the commands of SVG; nothing where they cannot be read.
    pub fn from_svg(commands: &str) -> PathBuilder {
        let mut builder = PathBuilder::default();
        if commands.len() < MOST_ELEMENTS {
            builder.add(&BezPath::from_svg(commands).unwrap_or_default());
        }
        builder
    }

    fn has_room(&self) -> bool {
        self.path.elements().len() < MOST_ELEMENTS
    }

    /// Appends another path.
    pub fn add(&mut self, other: &BezPath) {
        if self.path.elements().len() + other.elements().len() < MOST_ELEMENTS && other.is_finite() {
            self.path.extend(other.iter());
            if let Some(end) = other.elements().iter().rev().find_map(PathEl::end_point) {
                self.current = Some(end);
                self.start = other.elements().iter().find_map(PathEl::end_point).unwrap_or(end);
            }
        }
    }

    /// Transforms what is there.
    pub fn apply(&mut self, transform: Affine) {
        if transform.is_finite() {
            self.path.apply_affine(transform);
            self.current = self.current.map(|point| transform * point);
            self.start = transform * self.start;
        }
    }

    /// `moveTo`.
    pub fn move_to(&mut self, x: f64, y: f64) {
        if finite(&[x, y]) && self.has_room() {
            let point = Point::new(x, y);
            self.path.move_to(point);
            self.start = point;
            self.current = Some(point);
        }
    }

    /// `lineTo`.
    pub fn line_to(&mut self, x: f64, y: f64) {
        if !finite(&[x, y]) || !self.has_room() {
            return;
        }
        if self.current.is_none() {
            return self.move_to(x, y);
        }
        self.path.line_to((x, y));
        self.current = Some(Point::new(x, y));
    }

    fn ensure_start(&mut self, x: f64, y: f64) {
        if self.current.is_none() {
            self.move_to(x, y);
        }
    }

    /// `quadraticCurveTo`.
    pub fn quad_to(&mut self, [x1, y1, x, y]: [f64; 4]) {
        if finite(&[x1, y1, x, y]) && self.has_room() {
            self.ensure_start(x1, y1);
            self.path.quad_to((x1, y1), (x, y));
            self.current = Some(Point::new(x, y));
        }
    }

    /// `bezierCurveTo`.
    pub fn curve_to(&mut self, [x1, y1, x2, y2, x, y]: [f64; 6]) {
        if finite(&[x1, y1, x2, y2, x, y]) && self.has_room() {
            self.ensure_start(x1, y1);
            self.path.curve_to((x1, y1), (x2, y2), (x, y));
            self.current = Some(Point::new(x, y));
        }
    }

    /// `closePath`.
    pub fn close(&mut self) {
        if self.current.is_some() && self.has_room() {
            self.path.close_path();
            self.current = Some(self.start);
            // What follows starts here again.
            self.path.move_to(self.start);
        }
    }

    /// `rect`.
    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64) {
        if finite(&[x, y, width, height]) {
            self.move_to(x, y);
            self.line_to(x + width, y);
            self.line_to(x + width, y + height);
            self.line_to(x, y + height);
            self.close();
        }
    }

    /// `roundRect`: radii from the top left corner on, clockwise.
    pub fn round_rect(&mut self, x: f64, y: f64, width: f64, height: f64, radii: [f64; 4]) {
        if finite(&[x, y, width, height]) && finite(&radii) {
            let [a, b, c, d] = radii.map(|radius| radius.max(0.0));
            let rect = Rect::new(x, y, x + width, y + height).abs();
            self.add(&rect.to_rounded_rect((a, b, c, d)).to_path(0.01));
            self.move_to(x, y);
        }
    }

    /// `ellipse`, and `arc` with equal radii; angles in radians, clockwise.
    pub fn ellipse(&mut self, center: (f64, f64), radii: (f64, f64), rotation: f64, start: f64, end: f64, back: bool) {
        let numbers = [center.0, center.1, radii.0, radii.1, rotation, start, end];
        if !finite(&numbers) || radii.0 < 0.0 || radii.1 < 0.0 || !self.has_room() {
            return;
        }
        // More than once around is once around.
        let sweep = if back {
            if start - end >= TAU { -TAU } else { -(start - end).rem_euclid(TAU) }
        } else if end - start >= TAU {
            TAU
        } else {
            (end - start).rem_euclid(TAU)
        };
        let arc = Arc::new(center, radii, start, sweep, rotation);
        let turn = Affine::rotate(rotation);
        let at = |angle: f64| {
            Point::from(center) + (turn * Point::new(radii.0 * angle.cos(), radii.1 * angle.sin())).to_vec2()
        };
        let first = at(start);
        self.line_to(first.x, first.y);
        if sweep != 0.0 {
            self.path.extend(arc.append_iter(0.005));
            self.current = Some(at(start + sweep));
        }
    }

    /// `arcTo`: an arc that touches the lines from here to the first point and from there to the second.
    pub fn arc_to(&mut self, x1: f64, y1: f64, x2: f64, y2: f64, radius: f64) {
        if !finite(&[x1, y1, x2, y2, radius]) || radius < 0.0 {
            return;
        }
        self.ensure_start(x1, y1);
        let Some(from) = self.current else { return };
        let corner = Point::new(x1, y1);
        let (before, after) = (from - corner, Point::new(x2, y2) - corner);
        let cross = before.cross(after);
        if before.hypot() == 0.0 || after.hypot() == 0.0 || cross.abs() < 1e-12 || radius == 0.0 {
            return self.line_to(x1, y1);
        }
        let (before, after) = (before.normalize(), after.normalize());
        let half = before.dot(after).clamp(-1.0, 1.0).acos() / 2.0;
        let distance = radius / half.tan();
        let (start, end) = (corner + before * distance, corner + after * distance);
        let middle: Vec2 = (before + after).normalize() * (radius / half.sin());
        let center = corner + middle;
        let angle = |point: Point| (point - center).atan2();
        let mut sweep = (angle(end) - angle(start)).rem_euclid(TAU);
        if sweep > PI {
            sweep -= TAU;
        }
        let first = angle(start);
        self.ellipse((center.x, center.y), (radius, radius), 0.0, first, first + sweep, sweep < 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(builder: &PathBuilder) -> [f64; 4] {
        let rect = builder.path().bounding_box();
        [rect.x0, rect.y0, rect.x1, rect.y1].map(|number| (number * 10.0).round() / 10.0)
    }

    #[test]
    fn arcs_go_around_at_most_once() {
        let mut path = PathBuilder::default();
        path.ellipse((20.0, 60.0), (15.0, 15.0), 0.0, 0.0, 100.0, false);
        assert_eq!(bounds(&path), [5.0, 45.0, 35.0, 75.0]);
        let mut half = PathBuilder::default();
        half.ellipse((0.0, 0.0), (10.0, 10.0), 0.0, 0.0, PI, true);
        assert_eq!(bounds(&half), [-10.0, -10.0, 10.0, 0.0]);
    }

    #[test]
    fn arcs_touch_both_lines() {
        let mut path = PathBuilder::default();
        path.move_to(0.0, 0.0);
        path.arc_to(10.0, 0.0, 10.0, 10.0, 4.0);
        assert_eq!(bounds(&path), [0.0, 0.0, 10.0, 4.0]);
    }

    #[test]
    fn what_is_not_finite_does_nothing() {
        let mut path = PathBuilder::default();
        path.line_to(f64::NAN, 0.0);
        path.ellipse((0.0, 0.0), (f64::INFINITY, 1.0), 0.0, 0.0, 1.0, false);
        path.arc_to(0.0, 0.0, 0.0, 0.0, -1.0);
        path.round_rect(0.0, 0.0, 1.0, 1.0, [f64::NAN; 4]);
        assert!(path.path().is_empty());
    }
}
