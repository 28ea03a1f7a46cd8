//! Lengths along the first contour of a path.

use super::path::TOLERANCE;
use concord_paint::kurbo::{
    BezPath, Line, ParamCurve, ParamCurveArclen, ParamCurveDeriv, PathEl, PathSeg, Point, Vec2,
};

/// The first contour of a path, measured.
pub(super) struct Measure {
    /// Segments, with their lengths.
    segments: Vec<(PathSeg, f64)>,
    closed: bool,
}

impl Measure {
    /// Measures; with `close` a contour that is open ends where it began.
    pub(super) fn new(path: &BezPath, close: bool) -> Measure {
        let contour = path.elements().iter().enumerate();
        let contour = contour.take_while(|(index, element)| *index == 0 || !matches!(element, PathEl::MoveTo(_)));
        let contour: BezPath = contour.map(|(_, element)| *element).collect();
        let closed = matches!(contour.elements().last(), Some(PathEl::ClosePath));
        let mut segments: Vec<_> = contour.segments().map(|segment| (segment, segment.arclen(TOLERANCE))).collect();
        if let (true, Some((first, _)), Some((last, _))) = (close && !closed, segments.first(), segments.last()) {
            let line = Line::new(last.end(), first.start());
            segments.push((PathSeg::Line(line), line.arclen(TOLERANCE)));
        }
        segments.retain(|(_, length)| length.is_finite() && *length > 0.0);
        Measure { segments, closed: closed || close }
    }

    pub(super) fn length(&self) -> f64 {
        self.segments.iter().map(|(_, length)| length).sum()
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// The place at a distance, and the direction there (a unit vector); distances beyond the ends are the ends.
    pub(super) fn at(&self, distance: f64) -> Option<(Point, Vec2)> {
        if distance.is_nan() {
            return None;
        }
        let mut left = distance.clamp(0.0, self.length());
        let last = self.segments.len().checked_sub(1)?;
        for (index, (segment, length)) in self.segments.iter().enumerate() {
            if left <= *length || index == last {
                let t = segment.inv_arclen(left.min(*length), TOLERANCE).clamp(0.0, 1.0);
                let direction = match segment {
                    PathSeg::Line(line) => line.p1 - line.p0,
                    PathSeg::Quad(quad) => quad.deriv().eval(t).to_vec2(),
                    PathSeg::Cubic(cubic) => cubic.deriv().eval(t).to_vec2(),
                };
                let size = direction.hypot();
                let direction = if size > 0.0 { direction / size } else { Vec2::new(1.0, 0.0) };
                return Some((segment.eval(t), direction));
            }
            left -= length;
        }
        None
    }

    /// What lies between two distances; `None` when that is nothing.
    pub(super) fn part(&self, start: f64, stop: f64) -> Option<BezPath> {
        let (start, stop) = (start.max(0.0), stop.min(self.length()));
        if start.partial_cmp(&stop) != Some(std::cmp::Ordering::Less) {
            return None;
        }
        let (mut path, mut begin) = (BezPath::new(), 0.0);
        for (segment, length) in &self.segments {
            let (from, to) = ((start - begin).max(0.0), (stop - begin).min(*length));
            if from < to {
                let t = |at: f64| segment.inv_arclen(at, TOLERANCE).clamp(0.0, 1.0);
                let part = segment.subsegment(t(from)..t(to));
                if path.is_empty() {
                    path.move_to(part.start());
                }
                path.push(part.as_path_el());
            }
            begin += length;
        }
        (!path.is_empty()).then_some(path)
    }
}
