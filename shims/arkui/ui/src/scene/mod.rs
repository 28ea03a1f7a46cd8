//! From nodes to a display list.
//!
//! A node is drawn in this order: what is behind it through its filters, shadow, background, content, children, what lies
//! above them, border. Opacity, filters, blending and perspective make a layer of all that.

mod background;
mod border;
mod pictures;
#[cfg(test)]
mod tests;

pub use pictures::{kurbo_rect, nine_parts, tiles};

use crate::common::{Border, Corners, Effects};
use crate::component::Looks;
use crate::drawing::Drawing;
use crate::geometry::{Point, Size};
use crate::input::focus_style;
use crate::input::style::HoverEffect;
use crate::layout::round_to_pixels;
use crate::scroll;
use crate::tree::{MAX_DEPTH, NodeId, Tree};
use crate::units::{Environment, Length};
use concord_paint::kurbo::{self, Affine, RoundedRect, RoundedRectRadii, Shape};
use concord_paint::{Brush, Color, DisplayList, LayerStyle, Mask, MaskMode, Painter, ShadowShape};
use std::rc::Rc;

/// Draws a node and everything in it.
pub fn paint(tree: &Tree, root: NodeId) -> DisplayList {
    let mut painter = Painter::new();
    node(tree, root, Point::ZERO, &mut painter, 0);
    painter.finish()
}

/// How much larger a node with `HoverEffect.Scale` is below the mouse.
const HOVER_SCALE: f64 = 1.05;

fn node(tree: &Tree, id: NodeId, parent: Point, painter: &mut Painter, depth: usize) {
    let Some(node) = tree.get(id) else { return };
    if !node.is_drawn() || depth > MAX_DEPTH {
        return;
    }
    // Nodes lie on whole pixels of the window; each is drawn in its own coordinates.
    let exact = node.shown_frame().translate(parent);
    let frame = round_to_pixels(exact);
    let common = &node.common;
    let effects = node.shown_effects();
    let environment = &tree.environment;
    let acting = node.acting();
    let looks = acting.looks(tree, id);
    painter.save();
    painter.transform(Affine::translate((f64::from(frame.origin.x), f64::from(frame.origin.y))));
    if common.input.as_ref().is_some_and(|input| input.hover == HoverEffect::Scale) && tree.is_hovered(id) {
        let (x, y) = (f64::from(frame.size.width) / 2.0, f64::from(frame.size.height) / 2.0);
        painter.transform(Affine::scale_about(HOVER_SCALE, (x, y)));
    }
    let transform = effects.transform.as_ref();
    if let Some(transform) = transform {
        painter.push_perspective(transform.matrix(environment, frame.size));
    }
    let bounds = kurbo::Rect::new(0.0, 0.0, f64::from(frame.size.width), f64::from(frame.size.height));
    let shape = outline(node.shown_border(), &looks, environment, frame.size);
    backdrop(effects, environment, shape, painter);
    let layer = layer(effects, &looks, environment, bounds);
    let layered = !layer.is_plain();
    if layered {
        painter.push_layer(layer);
    }
    if let Some(shadow) = &effects.shadow {
        let offset = (f64::from(shadow.offset_x.to_px(environment)), f64::from(shadow.offset_y.to_px(environment)));
        painter.shadow(ShadowShape::Rounded(shape), f64::from(shadow.radius), shadow.color, offset, shadow.fill);
    }
    background::paint(node, &looks, environment, frame.size, shape, painter);
    let drawn = effects.drawn.as_deref();
    let put = |drawing: Option<&Rc<Drawing>>, painter: &mut Painter| {
        if let Some(drawing) = drawing {
            painter.append(&drawing.0);
        }
    };
    put(drawn.and_then(|drawn| drawn.behind.as_ref()), painter);
    let content = drawn.and_then(|drawn| drawn.content.as_ref());
    if content.is_none_or(|(_, own)| *own) {
        acting.paint(tree, id, painter);
    }
    put(content.map(|(drawing, _)| drawing), painter);
    put(drawn.and_then(|drawn| drawn.front.as_ref()), painter);
    let clips = common.clip || acting.clips_children();
    if clips {
        painter.save();
        painter.clip_rounded(shape);
        if let Some(clip) = scroll::content_clip(tree, id) {
            painter.clip_path(&clip);
        }
    }
    let fading = scroll::fade::layer(tree, id).filter(|_| clips);
    if let Some(fading) = &fading {
        painter.push_layer(fading.clone());
    }
    let origin = Point::new(exact.origin.x - frame.origin.x, exact.origin.y - frame.origin.y);
    let inner = acting.children_transform(tree, id);
    if let Some(inner) = inner {
        painter.save();
        painter.transform(inner);
    }
    for child in tree.paint_order(id) {
        self::node(tree, child, origin, painter, depth + 1);
    }
    for leaving in tree.animations.leaving(id) {
        self::node(tree, *leaving, origin, painter, depth + 1);
    }
    if inner.is_some() {
        painter.restore();
    }
    if fading.is_some() {
        painter.pop_layer();
    }
    if clips {
        painter.restore();
    }
    acting.paint_above(tree, id, painter);
    put(drawn.and_then(|drawn| drawn.foreground.as_ref()), painter);
    if let Some(border) = node.shown_border() {
        border::paint(border, node.shown_border_widths(), shape, painter);
    }
    if let Some(outline) = &common.outline {
        border::paint_outside(outline, environment, shape, frame.size, painter);
    }
    if let (Some(overlay), Some(fonts)) = (&common.overlay, tree.known_fonts()) {
        overlay.paint(&fonts, environment, frame.size, painter);
    }
    let hover = common.input.as_ref().map_or(HoverEffect::Auto, |input| input.hover);
    let hovered = hover != HoverEffect::Auto && tree.is_hovered(id);
    if hovered && hover == HoverEffect::Highlight {
        let shade = if environment.dark { 0x19ff_ffff } else { 0x0c18_2431 };
        painter.fill_rounded(shape, &Brush::Solid(Color::from_argb(shade)));
    }
    if tree.input.focus.active && tree.input.focus.leaf() == Some(id) {
        focus_style::paint(tree, id, shape, painter);
    }
    if let Some(color) = looks.overlay {
        painter.fill_rounded(shape, &Brush::Solid(color));
    }
    if layered {
        painter.pop_layer();
    }
    if transform.is_some() {
        painter.pop_layer();
    }
    painter.restore();
}

/// The box of a node with its corners, in its own coordinates.
pub fn outline_of(tree: &Tree, id: NodeId) -> RoundedRect {
    let Some(node) = tree.get(id) else { return RoundedRect::default() };
    outline(node.shown_border(), &node.acting().looks(tree, id), &tree.environment, node.shown_frame().size)
}

/// The node's own box with its corners.
fn outline(border: Option<&Border>, looks: &Looks, environment: &Environment, size: Size) -> RoundedRect {
    let bounds = kurbo::Rect::new(0.0, 0.0, f64::from(size.width), f64::from(size.height));
    let corners = match border {
        Some(border) if border.radius != Corners::default() => border.radius.clone(),
        _ => looks.radius.clone().map_or(Corners::default(), Corners::all),
    };
    bounds.to_rounded_rect(radii(&corners, environment, size))
}

/// Filters on what is behind the node, and the colour of glass.
fn backdrop(effects: &Effects, environment: &Environment, shape: RoundedRect, painter: &mut Painter) {
    let Some(filters) = &effects.filters else { return };
    let behind = filters.backdrop(environment);
    if !behind.is_empty() {
        painter.backdrop(shape.to_path(0.1), &behind);
    }
    if let Some(material) = &filters.material {
        painter.fill_rounded(shape, &Brush::Solid(material.color));
    }
}

/// What is done with the whole node when it is drawn.
fn layer(effects: &Effects, looks: &Looks, environment: &Environment, bounds: kurbo::Rect) -> LayerStyle {
    let opacity = effects.opacity.unwrap_or(1.0) * looks.opacity.unwrap_or(1.0);
    let mut style = LayerStyle { opacity, ..LayerStyle::default() };
    let size = Size::new(bounds.width() as f32, bounds.height() as f32);
    if let Some(shape) = &effects.mask_shape {
        let mut painter = Painter::new();
        painter.fill(shape.outline(environment, size), &Brush::Solid(shape.fill));
        style.mask = Some(Mask { content: painter.finish(), mode: MaskMode::Luminance });
    }
    if let Some(shape) = &effects.clip_shape {
        style.clip = Some(shape.outline(environment, size));
    }
    if let Some(filters) = &effects.filters {
        style.filters = filters.content(environment);
        if let Some((blend, group)) = filters.blend {
            style.blend = blend;
            // A clip makes a layer of it: what is in a group blends with what is in it only, and modes that act on what the
            // node leaves uncovered act on its box.
            if group || !blend.leaves_uncovered() {
                style.clip.get_or_insert_with(|| bounds.to_path(0.1));
            }
        }
    }
    style
}

/// Corner radii in px; percentages are parts of the width. Radii that do not fit are made smaller together.
pub fn radii(corners: &Corners, environment: &Environment, size: Size) -> RoundedRectRadii {
    let limit = size.width.min(size.height) / 2.0;
    let px = |length: &Option<Length>| {
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
