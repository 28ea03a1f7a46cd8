//! What a side bar container makes itself: the button that shows and hides the bar, and the line that is dragged.

use super::{BUTTON, DIVIDER, Style, show};
use concord_paint::kurbo::{self, Shape as _};
use concord_paint::{Brush, Color, Painter};
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Point, Size};
use concord_ui::input::pointer_style;
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use concord_ui::value::Value;
use std::any::Any;

/// The button that shows and hides the bar.
pub(crate) struct SideBarButton;

/// The line between bar and content, which is dragged.
pub(crate) struct SideBarDivider;

/// A bar that is dragged below this part of its smallest width goes away.
const HIDES: f32 = 0.75;

impl Component for SideBarButton {
    fn name(&self) -> &'static str {
        BUTTON
    }

    fn methods(&self) -> &'static [Method] {
        &[]
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(Picture(None))
    }

    /// A picture of the app is the button's child.
    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let icon = icon(pass.tree, node);
        let shown = icon.as_ref().map(|(shown, _)| *shown);
        if pass.tree.state::<Picture>(node).is_some_and(|picture| picture.0 != shown) {
            for old in pass.tree.frame_children(node) {
                pass.tree.destroy(old);
            }
            if let (Some((_, icon)), Some(image)) = (icon, pass.tree.create_named("Image", -1)) {
                pass.tree.append(node, image);
                pass.tree.set(image, "create", &[icon]);
            }
            if let Some(picture) = pass.tree.state_mut::<Picture>(node) {
                picture.0 = shown;
            }
        }
        for image in pass.tree.frame_children(node) {
            pass.measure(image, &Constraint::exactly(constraint.max));
        }
        constraint.fit(Size::ZERO)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        for image in pass.tree.frame_children(node) {
            pass.place_child(image, Point::ZERO);
        }
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, _at: Point) {
        let Some(container) = pass.tree.frame_parent(node) else { return };
        let shown = pass.tree.state::<Style>(container).and_then(|style| style.shown) == Some(true);
        show(pass.tree, container, !shown);
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(found) = tree.get(node).filter(|node| node.children().is_empty()) else { return };
        let color = Color::from_argb(if tree.environment.dark { 0xe5ff_ffff } else { 0xff18_2431 });
        let (w, h) = (f64::from(found.layout.size.width), f64::from(found.layout.size.height));
        // A window with a bar at its side.
        let line = (w / 16.0).max(1.0);
        let frame = kurbo::Rect::new(w * 0.1, h * 0.18, w * 0.9, h * 0.82).to_rounded_rect(w * 0.12);
        painter.stroke(frame.to_path(0.1), &kurbo::Stroke::new(line), &Brush::Solid(color));
        let side = kurbo::Rect::new(w * 0.36 - line / 2.0, h * 0.18, w * 0.36 + line / 2.0, h * 0.82);
        painter.fill_rect(side, &Brush::Solid(color));
    }
}

/// Which of the app's pictures the button has: that of the shown bar, or of the hidden one.
struct Picture(Option<bool>);

/// The picture that the app has for the button now, and whether it is that of the shown bar.
fn icon(tree: &Tree, button: NodeId) -> Option<(bool, Value)> {
    let style = tree.state::<Style>(tree.frame_parent(button)?)?;
    let [shown, hidden, _] = &style.button.icons;
    let is_shown = style.shown == Some(true);
    let icon = if is_shown { shown } else { hidden };
    (!icon.is_nullish()).then(|| (is_shown, icon.clone()))
}

impl Component for SideBarDivider {
    fn name(&self) -> &'static str {
        DIVIDER
    }

    fn methods(&self) -> &'static [Method] {
        &[]
    }

    fn measure(&self, _pass: &mut Pass<'_>, _node: NodeId, constraint: &ContentConstraint) -> Size {
        constraint.fit(Size::ZERO)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        let style = tree.state::<Style>(tree.frame_parent(node)?)?;
        (style.range.0 < style.range.1).then_some(PanAxis::Horizontal)
    }

    fn drags_by_mouse(&self) -> bool {
        true
    }

    fn pointer_style(&self, tree: &Tree, node: NodeId, _at: Point) -> Option<i32> {
        self.pan_axis(tree, node).map(|_| pointer_style::RESIZE_LEFT_RIGHT)
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        let Some(container) = pass.tree.frame_parent(node) else { return Point::ZERO };
        let right_to_left = pass.tree.is_right_to_left(container);
        let Some(style) = pass.tree.state_mut::<Style>(container) else { return Point::ZERO };
        let sign = if style.at_end != right_to_left { -1.0 } else { 1.0 };
        let (min, max) = style.range;
        match event.phase {
            PanPhase::Start | PanPhase::Update => {
                // Below the smallest width only as far as it takes to say that the bar shall go.
                let width = style.dragged.unwrap_or(style.taken.1) + event.delta.x * sign;
                style.dragged = Some(width.min(max));
                pass.tree.mark_measure(container);
                Point::new(event.delta.x, 0.0)
            }
            PanPhase::End | PanPhase::Cancel => {
                let Some(width) = style.dragged else { return Point::ZERO };
                style.dragged = Some(width.clamp(min, max));
                let hides = style.auto_hide != Some(false) && width < min * HIDES;
                if hides {
                    style.dragged = None;
                    show(pass.tree, container, false);
                }
                Point::ZERO
            }
            PanPhase::Touch | PanPhase::Wheel => Point::ZERO,
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(size) = tree.get(node).map(|node| node.layout.size) else { return };
        let style = tree.frame_parent(node).and_then(|container| tree.state::<Style>(container));
        let Some(line) = style.and_then(|style| style.line.as_ref()) else { return };
        let px = |length: &Length| length.resolve(&tree.environment, size.height).unwrap_or(0.0);
        let (width, start, end) = (px(&line.width), px(&line.start), px(&line.end));
        let x = f64::from((size.width - width) / 2.0);
        let rect = kurbo::Rect::new(x, f64::from(start), x + f64::from(width), f64::from(size.height - end));
        painter.fill_rect(rect, &Brush::Solid(line.color));
    }
}
