//! What lies behind the content of a node.

use crate::common::Common;
use crate::component::Looks;
use crate::geometry::Size;
use crate::units::Environment;
use concord_paint::kurbo::RoundedRect;
use concord_paint::{Brush, Painter};

/// Draws colour and gradient, the gradient on top.
pub(super) fn paint(
    common: &Common,
    looks: &Looks,
    environment: &Environment,
    size: Size,
    shape: RoundedRect,
    painter: &mut Painter,
) {
    if let Some(color) = common.background.color.or(looks.background) {
        painter.fill_rounded(shape, &Brush::Solid(color));
    }
    if let Some(gradient) = &common.background.gradient {
        painter.fill_rounded(shape, &Brush::from(gradient.in_box(environment, size)));
    }
}
