//! Between the window's coordinates and a node's own, transforms included.

use crate::common::Transform;
use crate::geometry::{Point, Size};
use crate::tree::{NodeId, Tree};
use crate::units::{Environment, Length};
use concord_paint::kurbo::{self, Affine};

/// What a node's transforms do to points of its own frame. `None` when it has none. Rotations about other axes than z are
/// not undone: they count as not there.
pub fn affine(transform: &Transform, environment: &Environment, size: Size) -> Affine {
    if let Some(matrix) = &transform.matrix {
        let [a, b, _, _, c, d, _, _, _, _, _, _, e, f, _, _] = **matrix;
        let about = center(&[None, None], environment, size);
        let matrix = Affine::new([a, b, c, d, e, f].map(f64::from));
        return Affine::translate(about) * matrix * Affine::translate(-about);
    }
    let mut result = Affine::IDENTITY;
    if let Some([x, y, _]) = &transform.translate {
        let px = |length: &Length, reference| f64::from(length.resolve(environment, reference).unwrap_or(0.0));
        result *= Affine::translate((px(x, size.width), px(y, size.height)));
    }
    if let Some(([x, y, _], about)) = &transform.scale {
        let about = center(about, environment, size);
        result *= Affine::translate(about)
            * Affine::scale_non_uniform(f64::from(*x), f64::from(*y))
            * Affine::translate(-about);
    }
    if let Some(([x, y, z], degrees, about, _)) = &transform.rotate
        && *x == 0.0
        && *y == 0.0
        && *z != 0.0
    {
        let about = center(about, environment, size);
        let angle = f64::from(*degrees * z.signum()).to_radians();
        result *= Affine::rotate_about(angle, about.to_point());
    }
    result
}

fn center(about: &[Option<Length>; 2], environment: &Environment, size: Size) -> kurbo::Vec2 {
    let [x, y] = about;
    let px = |length: &Option<Length>, extent: f32| {
        f64::from(length.as_ref().and_then(|length| length.resolve(environment, extent)).unwrap_or(extent / 2.0))
    };
    kurbo::Vec2::new(px(x, size.width), px(y, size.height))
}

fn map(affine: Affine, point: Point) -> Point {
    let mapped = affine * kurbo::Point::new(f64::from(point.x), f64::from(point.y));
    Point::new(mapped.x as f32, mapped.y as f32)
}

/// What the container around a node does to its content: zooms it. `None` when it does nothing.
fn zoom(tree: &Tree, node: NodeId) -> Option<Affine> {
    let around = tree.frame_parent(node)?;
    let container = tree.get(around).filter(|container| container.scroll.is_some())?;
    container.component.children_transform(tree, around)
}

/// A point of the parent's frame in the node's own. `None` when the node is scaled to nothing.
pub fn from_parent(tree: &Tree, node: NodeId, point: Point) -> Option<Point> {
    let point = match zoom(tree, node) {
        None => point,
        Some(zoom) if zoom.determinant().abs() > 1e-9 => map(zoom.inverse(), point),
        Some(_) => return None,
    };
    let node = tree.get(node)?;
    let frame = node.shown_frame();
    let point = point - frame.origin;
    match &node.shown_effects().transform {
        None => Some(point),
        Some(transform) => {
            let affine = affine(transform, &tree.environment, frame.size);
            let determinant = affine.determinant();
            (determinant.is_finite() && determinant.abs() > 1e-9).then(|| map(affine.inverse(), point))
        }
    }
}

/// A point of the node's own frame in the parent's.
pub fn to_parent(tree: &Tree, node: NodeId, point: Point) -> Point {
    let zoom = zoom(tree, node);
    let Some(node) = tree.get(node) else { return point };
    let frame = node.shown_frame();
    let point = match &node.shown_effects().transform {
        None => point,
        Some(transform) => map(affine(transform, &tree.environment, frame.size), point),
    };
    let point = point + frame.origin;
    zoom.map_or(point, |zoom| map(zoom, point))
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
