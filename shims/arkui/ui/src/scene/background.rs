//! What lies behind the content of a node.

use super::pictures;
use crate::common::BackgroundImage;
use crate::component::Looks;
use crate::geometry::{Point, Rect, Size};
use crate::tree::Node;
use crate::units::Environment;
use concord_paint::kurbo::RoundedRect;
use concord_paint::{Brush, Painter, Sampling};

/// Draws colour, picture and gradient, on top of each other.
pub(super) fn paint(
    node: &Node,
    looks: &Looks,
    environment: &Environment,
    size: Size,
    shape: RoundedRect,
    painter: &mut Painter,
) {
    if let Some(color) = node.shown_background().or(looks.background) {
        painter.fill_rounded(shape, &Brush::Solid(color));
    }
    if let Some(image) = &node.common.background.image {
        picture(image, environment, size, shape, painter);
    }
    if let Some(gradient) = &node.common.background.gradient {
        painter.fill_rounded(shape, &Brush::from(gradient.in_box(environment, size)));
    }
}

/// Draws the picture, once or repeated, inside the node's outline.
fn picture(image: &BackgroundImage, environment: &Environment, size: Size, shape: RoundedRect, painter: &mut Painter) {
    let Some(Ok(loaded)) = &image.loaded else { return };
    let (width, height) = loaded.size();
    if width <= 0.0 || height <= 0.0 {
        return;
    }
    let target = image.place(Size::new(width, height), size, environment);
    let Some(picture) = loaded.picture(target.size.width, target.size.height, None) else { return };
    painter.save();
    painter.clip_rounded(shape);
    if let Some(slices) = &image.slices {
        let edges = slices.resolve(environment, picture.width() as f32, environment.right_to_left);
        let insets = [edges.left, edges.top, edges.right, edges.bottom];
        pictures::nine_parts(&picture, &target, insets, Sampling::Linear, painter);
    } else if image.repeat == (false, false) {
        painter.picture(&picture, picture.rect(), pictures::kurbo_rect(&target), Sampling::Mipmap, None);
    } else {
        let space = Rect { origin: Point::ZERO, size };
        pictures::tiles(&picture, &target, &space, image.repeat, Sampling::Mipmap, painter);
    }
    painter.restore();
}
