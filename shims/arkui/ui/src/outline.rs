//! Outlines as apps describe them.

use crate::geometry::Size;
use crate::units::{Environment, Length};
use concord_paint::kurbo::BezPath;

/// Most characters of one path.
pub const MAX_COMMANDS: usize = 1 << 20;

/// The path that commands of SVG say, in px; nothing where they cannot be read.
pub fn parse_path(commands: &str) -> BezPath {
    if commands.len() > MAX_COMMANDS {
        return BezPath::new();
    }
    BezPath::from_svg(commands).unwrap_or_default()
}

/// A rectangle at the origin with radii (width and height) of its corners, from the top left one on, clockwise.
pub fn rounded_rect(size: Size, radii: &[[Option<Length>; 2]; 4], environment: &Environment) -> BezPath {
    let radii = radii.each_ref().map(|[width, height]| {
        let px = |length: &Option<Length>, reference: f32| {
            length.as_ref().and_then(|length| length.resolve(environment, reference)).unwrap_or(0.0).max(0.0)
        };
        // One of the two alone counts for both.
        let (x, y) = (px(width, size.width), px(height, size.height));
        (f64::from(if width.is_some() { x } else { y }), f64::from(if height.is_some() { y } else { x }))
    });
    rounded(f64::from(size.width), f64::from(size.height), radii)
}

/// A rectangle at the origin whose corners (from the top left one on, clockwise) are quarters of ellipses. Radii that do not
/// fit beside each other are made smaller together.
fn rounded(width: f64, height: f64, radii: [(f64, f64); 4]) -> BezPath {
    /// Distance of the control points of a quarter of a circle, in radii.
    const CONTROL: f64 = 0.552_284_75;
    let [top_left, top_right, bottom_right, bottom_left] = radii;
    let scale = [
        width / (top_left.0 + top_right.0),
        width / (bottom_left.0 + bottom_right.0),
        height / (top_left.1 + bottom_left.1),
        height / (top_right.1 + bottom_right.1),
    ];
    let scale = scale.into_iter().filter(|factor| factor.is_finite()).fold(1.0_f64, f64::min);
    let scaled = |(x, y): (f64, f64)| (x * scale, y * scale);
    let mut path = BezPath::new();
    let start = scaled(top_left);
    path.move_to((start.0, 0.0));
    // The corner, the direction in which its edge arrives, and that in which the next edge leaves.
    let corners = [
        (top_right, (width, 0.0), (1.0, 0.0), (0.0, 1.0)),
        (bottom_right, (width, height), (0.0, 1.0), (-1.0, 0.0)),
        (bottom_left, (0.0, height), (-1.0, 0.0), (0.0, -1.0)),
        (top_left, (0.0, 0.0), (0.0, -1.0), (1.0, 0.0)),
    ];
    for (radius, (x, y), (in_x, in_y), (out_x, out_y)) in corners {
        let (rx, ry) = scaled(radius);
        let before = |part: f64| (x - in_x * rx * part, y - in_y * ry * part);
        let after = |part: f64| (x + out_x * rx * part, y + out_y * ry * part);
        path.line_to(before(1.0));
        if rx > 0.0 && ry > 0.0 {
            path.curve_to(before(1.0 - CONTROL), after(1.0 - CONTROL), after(1.0));
        }
    }
    path.close_path();
    path
}
