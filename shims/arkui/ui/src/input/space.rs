//! Between the window's coordinates and a node's own, transforms included.

use crate::geometry::{Point, Size};
use crate::tree::{Node, NodeId, Tree};
use concord_paint::Matrix4;
use concord_paint::kurbo::{self, Affine};

/// What the transforms of a node do to its own plane. `None` when it has none.
fn matrix(tree: &Tree, node: &Node) -> Option<Matrix4> {
    let transform = node.shown_effects().transform.as_ref()?;
    Some(transform.matrix(&tree.environment, node.shown_frame().size))
}

/// What the component around a node does to all its children.
fn around(tree: &Tree, id: NodeId) -> Option<Affine> {
    let parent = tree.frame_parent(id)?;
    tree.get(parent)?.acting().children_transform(tree, parent)
}

/// A point of the parent's frame in the node's own. `None` when no point of the node is seen there: it is scaled to nothing or
/// stands on its edge.
pub fn from_parent(tree: &Tree, id: NodeId, point: Point) -> Option<Point> {
    let node = tree.get(id)?;
    let point = match around(tree, id) {
        None => point,
        Some(around) => from_kurbo(Matrix4::from(around).unproject(to_kurbo(point))?),
    };
    let point = point - node.shown_frame().origin;
    match matrix(tree, node) {
        None => Some(point),
        Some(matrix) => matrix.unproject(to_kurbo(point)).map(from_kurbo),
    }
}

/// A point of the node's own frame in the parent's; without the transforms where they take it behind the eye.
pub fn to_parent(tree: &Tree, id: NodeId, point: Point) -> Point {
    let Some(node) = tree.get(id) else { return point };
    let moved = matrix(tree, node).and_then(|matrix| matrix.project(to_kurbo(point)));
    let point = moved.map_or(point, from_kurbo) + node.shown_frame().origin;
    around(tree, id).map_or(point, |around| from_kurbo(around * to_kurbo(point)))
}

fn to_kurbo(point: Point) -> kurbo::Point {
    kurbo::Point::new(f64::from(point.x), f64::from(point.y))
}

fn from_kurbo(point: kurbo::Point) -> Point {
    Point::new(point.x as f32, point.y as f32)
}

/// The nodes with a box from the node up to its window.
pub fn chain(tree: &Tree, node: NodeId) -> Vec<NodeId> {
    let up = std::iter::successors(Some(node), |id| tree.get(*id)?.parent());
    up.filter(|id| tree.get(*id).is_some_and(|node| !node.component.is_syntax())).take(crate::tree::MAX_DEPTH).collect()
}

/// A point of the window in the node's own frame.
pub fn to_local(tree: &Tree, node: NodeId, point: Point) -> Point {
    let chain = chain(tree, node);
    chain.into_iter().rev().fold(point, |point, id| from_parent(tree, id, point).unwrap_or(point))
}

/// A point of the node's own frame in the window.
pub fn to_window(tree: &Tree, node: NodeId, point: Point) -> Point {
    chain(tree, node).into_iter().fold(point, |point, id| to_parent(tree, id, point))
}

/// The smallest rectangle of the window around a rectangle of the node's own frame.
pub fn bounds(tree: &Tree, node: NodeId) -> crate::geometry::Rect {
    let size = tree.get(node).map(|node| node.shown_frame().size).unwrap_or_default();
    let corners =
        [Point::ZERO, Point::new(size.width, 0.0), Point::new(0.0, size.height), Point::new(size.width, size.height)];
    let [first, rest @ ..] = corners.map(|corner| to_window(tree, node, corner));
    let (mut least, mut most) = (first, first);
    for point in rest {
        least = Point::new(least.x.min(point.x), least.y.min(point.y));
        most = Point::new(most.x.max(point.x), most.y.max(point.y));
    }
    crate::geometry::Rect { origin: least, size: Size::new(most.x - least.x, most.y - least.y) }
}
