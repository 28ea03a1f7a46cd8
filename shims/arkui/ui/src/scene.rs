//! From nodes to a display list.

use crate::common::{Corners, Visibility};
use crate::geometry::{Point, Size};
use crate::layout::round_to_pixels;
use crate::tree::{NodeId, Tree};
use crate::units::Environment;
use concord_paint::kurbo::{self, Affine, RoundedRectRadii};
use concord_paint::{Brush, DisplayList, LayerStyle, Painter};

/// Draws a node and everything in it.
pub fn paint(tree: &Tree, root: NodeId) -> DisplayList {
    let mut painter = Painter::new();
    node(tree, root, Point::ZERO, &mut painter, 0);
    painter.finish()
}

fn node(tree: &Tree, id: NodeId, parent: Point, painter: &mut Painter, depth: usize) {
    let Some(node) = tree.get(id) else { return };
    if !node.layout.active || node.common.visibility != Visibility::Visible || depth > crate::tree::MAX_DEPTH {
        return;
    }
    // Nodes lie on whole pixels of the window; each is drawn in its own coordinates.
    let exact = node.layout.frame().translate(parent);
    let frame = round_to_pixels(exact);
    let common = &node.common;
    painter.save();
    painter.transform(Affine::translate((f64::from(frame.origin.x), f64::from(frame.origin.y))));
    let looks = node.component.looks(tree, id);
    let opacity = common.effects.opacity.unwrap_or(1.0) * looks.opacity.unwrap_or(1.0);
    let layered = opacity < 1.0;
    if layered {
        painter.push_layer(LayerStyle { opacity, ..LayerStyle::default() });
    }
    let bounds = kurbo::Rect::new(0.0, 0.0, f64::from(frame.size.width), f64::from(frame.size.height));
    let corners = match &common.border {
        Some(border) if border.radius != Corners::default() => border.radius.clone(),
        _ => looks.radius.map_or(Corners::default(), Corners::all),
    };
    let shape = bounds.to_rounded_rect(radii(&corners, &tree.environment, frame.size));
    if let Some(color) = common.background.color.or(looks.background) {
        painter.fill_rounded(shape, &Brush::Solid(color));
    }
    node.component.paint(tree, id, painter);
    let clips = common.clip || node.component.clips_children();
    if clips {
        painter.save();
        painter.clip_rounded(shape);
    }
    let origin = Point::new(exact.origin.x - frame.origin.x, exact.origin.y - frame.origin.y);
    for child in tree.paint_order(id) {
        self::node(tree, child, origin, painter, depth + 1);
    }
    if clips {
        painter.restore();
    }
    node.component.paint_above(tree, id, painter);
    if let Some(color) = looks.overlay {
        painter.fill_rounded(shape, &Brush::Solid(color));
    }
    if layered {
        painter.pop_layer();
    }
    painter.restore();
}

/// Corner radii in px; percentages are parts of the width.
fn radii(corners: &Corners, environment: &Environment, size: Size) -> RoundedRectRadii {
    let limit = size.width.min(size.height) / 2.0;
    let px = |length: &Option<crate::units::Length>| {
        let px = length.as_ref().and_then(|length| length.resolve(environment, size.width)).unwrap_or(0.0);
        f64::from(px.clamp(0.0, limit.max(0.0)))
    };
    RoundedRectRadii::new(
        px(&corners.top_left),
        px(&corners.top_right),
        px(&corners.bottom_right),
        px(&corners.bottom_left),
    )
}
