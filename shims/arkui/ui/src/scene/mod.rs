//! From nodes to a display list.
//!
//! A node is drawn in this order: what is behind it through its filters, shadow, background, content, children, what lies
//! above them, border. Opacity, filters, blending and perspective make a layer of all that.

mod background;
mod border;
mod border_image;
#[cfg(test)]
mod effect_tests;
mod obscured;
mod pictures;
#[cfg(test)]
mod tests;

pub use pictures::{kurbo_rect, nine_parts, tiles};

use crate::common::{Border, Corners, Effects, RenderFit};
use crate::component::Looks;
use crate::drawing::Drawing;
use crate::geometry::{Edges, Point, Size};
use crate::input::focus_style;
use crate::input::style::HoverEffect;
use crate::layout::round_to_pixels;
use crate::scroll;
use crate::tree::{MAX_DEPTH, Node, NodeId, Tree};
use crate::units::{Environment, Length};
use concord_paint::kurbo::{self, Affine, RoundedRect, RoundedRectRadii, Shape};
use concord_paint::{Brush, Color, DisplayList, LayerStyle, Mask, MaskMode, Painter, ShadowShape};
use std::rc::Rc;

/// Draws a node and everything in it.
pub fn paint(tree: &Tree, root: NodeId) -> DisplayList {
    let mut painter = Painter::new();
    node(tree, root, Point::ZERO, &mut painter, 0);
    // What moves from page to page is drawn above both.
    for lifted in tree.animations.shared.lifted() {
        if let Some(parent) = tree.frame_parent(lifted).filter(|_| tree.is_inside(lifted, root)) {
            paint_node(tree, lifted, tree.window_offset(parent), &mut painter, 0, true);
        }
    }
    painter.finish()
}

/// How much larger a node with `HoverEffect.Scale` is below the mouse.
const HOVER_SCALE: f64 = 1.05;

/// Draws a node with its place in `parent`, unless it is not to be seen.
fn node(tree: &Tree, id: NodeId, parent: Point, painter: &mut Painter, depth: usize) {
    if tree.animations.shared.is_lifted(id) || tree.animations.shared.is_hidden(id) {
        return;
    }
    paint_node(tree, id, parent, painter, depth, true);
}

fn paint_node(tree: &Tree, id: NodeId, parent: Point, painter: &mut Painter, depth: usize, with_shadow: bool) {
    let Some(node) = tree.get(id) else { return };
    if !node.is_drawn() || depth > MAX_DEPTH {
        return;
    }
    // Nodes lie on whole pixels of the window; each is drawn in its own coordinates.
    let exact = node.shown_frame().translate(parent);
    let common = &node.common;
    let frame = common.safe_area.round_to_pixels(exact, tree.environment.right_to_left);
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
        let matrix = transform.matrix(environment, frame.size);
        if common.rendering.single_sided && shows_back(&matrix, frame.size) {
            painter.restore();
            return;
        }
        painter.push_perspective(matrix);
    }
    let bounds = kurbo::Rect::new(0.0, 0.0, f64::from(frame.size.width), f64::from(frame.size.height));
    let beyond = tree.expansion(id);
    let shape = expanded(outline(node.shown_border(), &looks, environment, frame.size), &beyond);
    // What an `EffectComponent` does is seen where something in it asks for it.
    if !is_effect_component(node) {
        backdrop(effects, environment, shape, painter);
    }
    if common.rendering.use_effect
        && let Some(effects) = effect_around(tree, id)
    {
        backdrop(effects, environment, shape, painter);
    }
    let layer = layer(effects, &looks, environment, bounds);
    let layered = !layer.is_plain();
    if layered {
        painter.push_layer(layer);
    }
    if with_shadow {
        shadow(effects, environment, shape, painter);
    }
    if beyond == Edges::default() {
        background::paint(node, &looks, environment, frame.size, shape, painter);
        for below in tree.attached(id, false) {
            self::node(tree, below, Point::ZERO, painter, depth + 1);
        }
        content(tree, node, id, frame.size, painter);
    } else {
        beyond_frame(tree, node, id, shape.rect(), painter);
    }
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
    let batching = common.rendering.shadow_batching;
    let children = tree.paint_order(id);
    if batching {
        children.iter().for_each(|child| shadow_of(tree, *child, origin, painter));
    }
    for child in children {
        if batching {
            paint_node(tree, child, origin, painter, depth + 1, false);
        } else {
            self::node(tree, child, origin, painter, depth + 1);
        }
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
    if let Some(foreground) = effects.drawn.as_ref().and_then(|drawn| drawn.foreground.as_ref()) {
        painter.append(&foreground.0);
    }
    if let Some(image) = &common.border_image {
        border_image::paint(image, environment, frame.size, node.shown_border_widths(), painter);
    } else if let Some(border) = node.shown_border() {
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
    for above in tree.attached(id, true) {
        self::node(tree, above, Point::ZERO, painter, depth + 1);
    }
    if let Some(color) = looks.overlay {
        painter.fill_rounded(shape, &Brush::Solid(color));
    }
    if layered {
        painter.pop_layer();
    }
    if let Some(glass) = effects.filters.as_ref().and_then(|filters| filters.foreground.as_ref()) {
        painter.fill_rounded(shape, &Brush::Solid(glass.color));
    }
    if transform.is_some() {
        painter.pop_layer();
    }
    painter.restore();
}

/// The outline of a node that is drawn beyond its frame.
fn expanded(shape: RoundedRect, beyond: &Edges) -> RoundedRect {
    if *beyond == Edges::default() {
        return shape;
    }
    let (rect, by) = (shape.rect(), [beyond.left, beyond.top, beyond.right, beyond.bottom].map(f64::from));
    let rect = kurbo::Rect::new(rect.x0 - by[0], rect.y0 - by[1], rect.x1 + by[2], rect.y1 + by[3]);
    RoundedRect::from_rect(rect, shape.radii())
}

/// Draws background and content in a box that is larger than the frame: a picture covers all of it.
fn beyond_frame(tree: &Tree, node: &Node, id: NodeId, whole: kurbo::Rect, painter: &mut Painter) {
    let size = Size::new(whole.width() as f32, whole.height() as f32);
    let looks = node.acting().looks(tree, id);
    painter.save();
    painter.translate(whole.x0, whole.y0);
    let shape = outline(node.shown_border(), &looks, &tree.environment, size);
    background::paint(node, &looks, &tree.environment, size, shape, painter);
    if node.component.name() == "Image" {
        painter.clip_rounded(shape);
        painter.transform(RenderFit::Cover(1).transform(node.layout.size, size));
        content(tree, node, id, node.layout.size, painter);
    }
    painter.restore();
    if node.component.name() != "Image" {
        content(tree, node, id, node.shown_frame().size, painter);
    }
}

/// Draws the component's own content, fitted into the frame while that is animated.
fn content(tree: &Tree, node: &Node, id: NodeId, shown: Size, painter: &mut Painter) {
    let rendering = &node.common.rendering;
    if rendering.obscured && obscured::paint(tree, node, id, painter) {
        return;
    }
    let own = round_to_pixels(node.layout.frame()).size;
    let fitted = rendering.fit != RenderFit::default() && own != shown && node.presented.is_some();
    if fitted {
        painter.save();
        painter.transform(rendering.fit.transform(own, shown));
    }
    let drawn = node.shown_effects().drawn.as_deref();
    let put = |drawing: Option<&Rc<Drawing>>, painter: &mut Painter| {
        if let Some(drawing) = drawing {
            painter.append(&drawing.0);
        }
    };
    put(drawn.and_then(|drawn| drawn.behind.as_ref()), painter);
    let content = drawn.and_then(|drawn| drawn.content.as_ref());
    if content.is_none_or(|(_, own)| *own) {
        node.acting().paint(tree, id, painter);
    }
    put(content.map(|(drawing, _)| drawing), painter);
    put(drawn.and_then(|drawn| drawn.front.as_ref()), painter);
    if fitted {
        painter.restore();
    }
}

/// Whether the back of a node is seen through this matrix: its corners run the other way round.
fn shows_back(matrix: &concord_paint::Matrix4, size: Size) -> bool {
    let [a, b, _, _, c, d, ..] = matrix.0;
    size.width > 0.0 && a * d - b * c < 0.0
}

fn is_effect_component(node: &Node) -> bool {
    node.component.name() == "EffectComponent"
}

/// The effects of the `EffectComponent` that a node lies in.
fn effect_around(tree: &Tree, id: NodeId) -> Option<&Effects> {
    let around = std::iter::successors(tree.frame_parent(id), |id| tree.frame_parent(*id));
    let found = around.filter_map(|id| tree.get(id)).find(|node| is_effect_component(node))?;
    Some(found.shown_effects())
}

fn shadow(effects: &Effects, environment: &Environment, shape: RoundedRect, painter: &mut Painter) {
    if let Some(shadow) = &effects.shadow {
        let offset = (f64::from(shadow.offset_x.to_px(environment)), f64::from(shadow.offset_y.to_px(environment)));
        painter.shadow(ShadowShape::Rounded(shape), f64::from(shadow.radius), shadow.color, offset, shadow.fill);
    }
}

/// Draws nothing of a node but its shadow.
fn shadow_of(tree: &Tree, id: NodeId, parent: Point, painter: &mut Painter) {
    let Some(node) = tree.get(id).filter(|node| node.is_drawn()) else { return };
    let frame = round_to_pixels(node.shown_frame().translate(parent));
    let effects = node.shown_effects();
    painter.save();
    painter.transform(Affine::translate((f64::from(frame.origin.x), f64::from(frame.origin.y))));
    if let Some(transform) = &effects.transform {
        painter.push_perspective(transform.matrix(&tree.environment, frame.size));
    }
    let looks = node.acting().looks(tree, id);
    shadow(effects, &tree.environment, outline(node.shown_border(), &looks, &tree.environment, frame.size), painter);
    if effects.transform.is_some() {
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
        style.filters = filters.content(environment, size);
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
