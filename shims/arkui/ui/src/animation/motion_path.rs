//! `motionPath`: the way of a node whose place is animated.

use crate::component::Method;
use crate::geometry::Point;
use crate::outline::parse_path;
use crate::value::Value;
use concord_paint::kurbo::{ParamCurve, ParamCurveArclen, ParamCurveDeriv, PathSeg};

/// Longest description of a path that is looked at, in bytes.
const MAX_TEXT: usize = 64 * 1024;
/// How exact lengths along curves are, px.
const ACCURACY: f64 = 0.1;

pub(super) static METHODS: &[Method] = &[Method {
    name: "motionPath",
    apply: |node, args| {
        let value = args.get(0).clone();
        node.repaint(|common| {
            if value.as_object().is_some() {
                common.extra.insert("motionPath", value);
            } else {
                common.extra.remove("motionPath");
            }
        })
    },
}];

/// Where a node is that has done a part of the way between two places of its parent, and how far it is turned, in degrees.
/// `None` when `value` describes no path.
pub(super) fn along(value: &Value, start: Point, end: Point, progress: f64) -> Option<(Point, f32)> {
    let text = value.get("path").as_str().filter(|text| text.len() <= MAX_TEXT)?;
    let names = [("start.x", start.x), ("start.y", start.y), ("end.x", end.x), ("end.y", end.y)];
    let text = names.iter().fold(text.to_owned(), |text, (name, number)| text.replace(name, &format!(" {number} ")));
    let part = |name: &str, default: f64| value.get(name).as_f64().unwrap_or(default).clamp(0.0, 1.0);
    let (from, to) = (part("from", 0.0), part("to", 1.0));
    let segments: Vec<PathSeg> = parse_path(&text).segments().collect();
    let lengths: Vec<f64> = segments.iter().map(|segment| segment.arclen(ACCURACY)).collect();
    let total: f64 = lengths.iter().sum();
    let mut left = ((from + (to - from) * progress) * total).clamp(0.0, total);
    let last = segments.len().checked_sub(1)?;
    for (index, (segment, length)) in segments.iter().zip(lengths).enumerate() {
        if left <= length || index == last {
            let at = if length > 0.0 { segment.inv_arclen(left.min(length), ACCURACY) } else { 1.0 };
            let place = segment.eval(at);
            let turned = value.get("rotatable").as_bool() == Some(true);
            let angle = if turned { direction(segment, at).to_degrees() as f32 } else { 0.0 };
            return Some((Point::new(place.x as f32, place.y as f32), angle));
        }
        left -= length;
    }
    None
}

/// Which way a curve runs there, in radians.
fn direction(segment: &PathSeg, at: f64) -> f64 {
    let way = match segment {
        PathSeg::Line(line) => line.p1 - line.p0,
        PathSeg::Quad(quad) => quad.deriv().eval(at).to_vec2(),
        PathSeg::Cubic(cubic) => cubic.deriv().eval(at).to_vec2(),
    };
    way.atan2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_goes_around_the_corner() {
        let path = Value::object([
            ("path", Value::text("Mstart.x start.y L end.x start.y L end.x end.y")),
            ("rotatable", Value::Bool(true)),
        ]);
        let (start, end) = (Point::new(10.0, 10.0), Point::new(110.0, 110.0));
        let at = |progress: f64| along(&path, start, end, progress);
        assert_eq!(at(0.25), Some((Point::new(60.0, 10.0), 0.0)));
        assert_eq!(at(0.75), Some((Point::new(110.0, 60.0), 90.0)));
        assert_eq!(at(1.0), Some((Point::new(110.0, 110.0), 90.0)));
        assert_eq!(along(&Value::object([("path", Value::text("?"))]), start, end, 0.5), None);
    }
}
