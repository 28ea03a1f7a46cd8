//! Shapes: `Circle`, `Ellipse`, `Rect`, `Line`, `Polyline`, `Polygon`, `Path`, and `Shape` around several of them.
//!
//! Each is an outline in its content box; `style.rs` fills and strokes it. A shape inside a `Shape` takes what it is not told
//! from there.

mod circle;
mod container;
mod ellipse;
mod line;
mod path;
mod polygon;
mod polyline;
mod rect;
mod style;
#[cfg(test)]
mod tests;

pub(super) use circle::CIRCLE;
pub(super) use container::ShapeContainer;
pub(super) use ellipse::ELLIPSE;
pub(super) use line::LINE;
pub(super) use path::PATH;
pub(super) use polygon::POLYGON;
pub(super) use polyline::POLYLINE;
pub(super) use rect::RECT;

use concord_paint::kurbo::{Affine, BezPath, Point};
use concord_paint::{Color, Painter};
use concord_ui::change::put;
use concord_ui::component::{Component, Looks, Method, Setter};
use concord_ui::geometry::Size;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Value};
use std::any::Any;
use style::Style;

/// Most points of one shape.
const MAX_POINTS: usize = 100_000;

/// A kind of shape.
pub(super) struct Figure {
    name: &'static str,
    /// Its outline in a content box of this size, px.
    outline: fn(&Geometry, Size, &Environment) -> BezPath,
    /// Whether it has an inside.
    filled: bool,
    /// The size it has of itself, px.
    own_size: fn(&Geometry, &ContentConstraint) -> Size,
    methods: &'static [Method],
}

/// What a shape is told about its form.
#[derive(Debug, Default)]
struct Geometry {
    /// `points`, or start and end of a line.
    points: Vec<[Length; 2]>,
    /// Radii of the corners, width and height: top left, top right, bottom right, bottom left.
    radii: [[Option<Length>; 2]; 4],
    /// `commands`, in px.
    commands: BezPath,
}

/// What a shape keeps.
#[derive(Debug, Default)]
struct State {
    geometry: Geometry,
    style: Style,
    /// Sizes from the options of `create`.
    size: [Option<Length>; 2],
}

impl Component for Figure {
    fn name(&self) -> &'static str {
        self.name
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        self.methods
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        let [width, height] = tree.state::<State>(node).map(|state| state.size.clone()).unwrap_or_default();
        Looks { width, height, ..Looks::default() }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let Some(state) = pass.tree.state::<State>(node) else { return Size::ZERO };
        constraint.fit((self.own_size)(&state.geometry, constraint))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(content)) =
            (tree.state::<State>(node), tree.get(node).map(|node| node.layout.content()))
        else {
            return;
        };
        let mut outline = (self.outline)(&state.geometry, content.size, &tree.environment);
        outline.apply_affine(Affine::translate((f64::from(content.origin.x), f64::from(content.origin.y))));
        let style = match container::style_around(tree, node) {
            Some(around) => state.style.clone().or(around),
            None => state.style.clone(),
        };
        let style = Style { fill: style.fill.or_else(|| foreground(tree, node)), ..style };
        style.paint(outline, self.filled, &tree.environment, painter);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        if let Some(state) = tree.state::<State>(node) {
            state.style.inspect(&tree.environment, out);
        }
    }
}

/// `foregroundColor` of a node, or of the nearest around it that has one.
fn foreground(tree: &Tree, node: NodeId) -> Option<Color> {
    let mut around = std::iter::successors(Some(node), |id| tree.frame_parent(*id));
    around.find_map(|id| tree.get(id)?.common.background.foreground)
}

/// No size of its own.
fn no_size(_geometry: &Geometry, _constraint: &ContentConstraint) -> Size {
    Size::ZERO
}

/// `create({width, height})`.
fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let size = ["width", "height"].map(|name| Length::from_value(options.get(name), Unit::Vp));
    node.restyle(|state: &mut State| put(&mut state.size, size))
}

/// Changes the form.
fn reshape(node: &mut Setter<'_>, change: impl FnOnce(&mut Geometry)) -> Value {
    node.restyle(|state: &mut State| change(&mut state.geometry))
}

/// A point `[x, y]` of numbers (vp) or texts.
fn point(value: &Value) -> Option<[Length; 2]> {
    let [x, y, ..] = value.as_array()? else { return None };
    Some([Length::from_value(x, Unit::Vp)?, Length::from_value(y, Unit::Vp)?])
}

fn set_points(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let points = args.get(0).as_array().unwrap_or_default();
    let points = points.iter().take(MAX_POINTS).filter_map(point).collect();
    reshape(node, |geometry| geometry.points = points)
}

/// Points in px.
fn resolve(points: &[[Length; 2]], size: Size, environment: &Environment) -> Vec<Point> {
    let px = |length: &Length, reference: f32| f64::from(length.resolve(environment, reference).unwrap_or(0.0));
    points.iter().map(|[x, y]| Point::new(px(x, size.width), px(y, size.height))).collect()
}

/// A line through points.
fn polyline_path(points: &[Point], closed: bool) -> BezPath {
    let mut path = BezPath::new();
    let mut points = points.iter();
    if let Some(first) = points.next() {
        path.move_to(*first);
        points.for_each(|point| path.line_to(*point));
        if closed {
            path.close_path();
        }
    }
    path
}
