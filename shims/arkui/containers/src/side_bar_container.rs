//! `SideBarContainer`: a side bar beside the content or above it.
//!
//! The first child is the side bar, the second the content; both fill what they get, whatever their own sizes. A button above them
//! shows and hides the bar, and a divider between them is dragged to change its width; both are nodes that the container makes.

use concord_paint::kurbo::{self, Shape as _};
use concord_paint::{Brush, Color, Painter};
use concord_ui::change::put;
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Callback, Value};
use std::any::Any;

/// See the module.
pub(super) struct SideBarContainer;

/// The button that shows and hides the bar.
pub(super) struct SideBarButton;

/// The line between bar and content, which is dragged.
pub(super) struct SideBarDivider;

const BUTTON: &str = "SideBarControlButton";
const DIVIDER: &str = "SideBarDivider";

/// Of the zone around the divider that takes fingers, in vp; and how fast a finger is that brings in a hidden bar, in vp per
/// second.
const ZONE: f32 = 12.0;
const FAST: f32 = 200.0;

/// `controlButton`.
#[derive(Debug, Clone, PartialEq)]
struct Button {
    left: Option<Length>,
    top: Length,
    width: Length,
    height: Length,
    /// Pictures for the shown bar, for the hidden one, and while it changes.
    icons: [Value; 3],
}

impl Button {
    fn from_value(value: &Value) -> Button {
        let px = |name: &str| length(value.get(name)).filter(|length| !length.is_relative());
        let icons = value.get("icons");
        Button {
            left: px("left"),
            top: px("top").unwrap_or(Length::vp(48.0)),
            width: px("width").unwrap_or(Length::vp(24.0)),
            height: px("height").unwrap_or(Length::vp(24.0)),
            icons: ["shown", "hidden", "switching"].map(|name| icons.get(name).clone()),
        }
    }
}

/// `divider`.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    width: Length,
    color: Color,
    start: Length,
    end: Length,
}

impl Line {
    fn from_value(value: &Value) -> Option<Line> {
        if matches!(value, Value::Null) {
            return None;
        }
        let margin = |name: &str| length(value.get(name)).unwrap_or(Length::ZERO);
        Some(Line {
            width: length(value.get("strokeWidth")).filter(|width| !width.is_relative()).unwrap_or(Length::vp(1.0)),
            color: parse_color(value.get("color")).unwrap_or(Color::from_argb(0x0800_0000)),
            start: margin("startMargin"),
            end: margin("endMargin"),
        })
    }
}

/// `SideBarContainerType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Type {
    #[default]
    Embed,
    Overlay,
    Auto,
    Displace,
}

#[derive(Debug, Clone)]
struct Style {
    kind: Type,
    /// `showSideBar`; without it, the bar is shown where there is room.
    show: Option<bool>,
    /// What the app has said last, and who hears of changes by hand.
    given: Option<bool>,
    changed: Option<Callback>,
    button: Button,
    has_button: bool,
    line: Option<Line>,
    by_gesture: bool,
    /// The width that a finger has given the bar, in px.
    dragged: Option<f32>,
    /// Smallest and largest width at the last measurement, in px.
    range: (f32, f32),
    button_node: Option<NodeId>,
    divider_node: Option<NodeId>,
    width: Option<Length>,
    min_width: Option<Length>,
    max_width: Option<Length>,
    min_content: Option<Length>,
    auto_hide: Option<bool>,
    at_end: bool,
    /// Whether the bar was shown at the last measurement.
    shown: Option<bool>,
    /// The part of the width that the content does not get, and the width of the bar.
    taken: (f32, f32),
}

impl Default for Style {
    fn default() -> Style {
        Style {
            kind: Type::default(),
            show: None,
            given: None,
            changed: None,
            button: Button::from_value(&Value::Undefined),
            has_button: true,
            line: Line::from_value(&Value::Undefined),
            by_gesture: true,
            dragged: None,
            range: (0.0, 0.0),
            button_node: None,
            divider_node: None,
            width: None,
            min_width: None,
            max_width: None,
            min_content: None,
            auto_hide: None,
            at_end: false,
            shown: None,
            taken: (0.0, 0.0),
        }
    }
}

/// Widths in px.
struct Widths {
    range: (f32, f32),
    bar: f32,
    content: f32,
    shown: bool,
    overlaid: bool,
}

impl Style {
    fn widths(&self, environment: &Environment, width: f32) -> Widths {
        let px = |length: &Option<Length>, default: f32| {
            let px = length.as_ref().and_then(|length| length.resolve(environment, width));
            px.filter(|px| *px >= 0.0).unwrap_or_else(|| environment.vp(default))
        };
        let default = if environment.target_api < 10 { 200.0 } else { 240.0 };
        let min = px(&self.min_width, default).min(width);
        let max = px(&self.max_width, 280.0).min(width).max(min);
        let range = (min, max);
        let mut bar = self.dragged.unwrap_or_else(|| px(&self.width, default)).clamp(min, max);
        let needed = px(&self.min_width, default) + px(&self.min_content, 360.0);
        let fits = width >= needed;
        let kind = match self.kind {
            Type::Auto if width >= needed.max(environment.vp(600.0)) => Type::Embed,
            Type::Auto => Type::Overlay,
            kind => kind,
        };
        let shown = self.show.unwrap_or(kind != Type::Embed || fits);
        let min_content = self.min_content.as_ref().map_or(0.0, |_| px(&self.min_content, 360.0));
        let overlaid = kind == Type::Overlay;
        if kind == Type::Displace {
            return Widths { range, bar, content: width, shown, overlaid };
        }
        if shown && !overlaid {
            // The bar gives way before the content does, down to its smallest width.
            bar = bar.min((width - min_content).max(min));
        }
        let content = if shown && !overlaid { width - bar } else { width };
        Widths { range, bar, content: content.max(min_content), shown, overlaid }
    }
}

impl Component for SideBarContainer {
    fn name(&self) -> &'static str {
        "SideBarContainer"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(Style::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let size = fill(constraint);
        prepare(pass.tree, node);
        let style = pass.tree.state::<Style>(node).cloned().unwrap_or_default();
        let widths = style.widths(&pass.tree.environment, size.width);
        let children = contents(pass, node);
        for (child, width) in children.iter().zip([widths.bar, widths.content]) {
            let decided = pass.decide(*child, constraint.for_child(), Axis::Horizontal, width);
            let decided = pass.decide(*child, decided, Axis::Vertical, size.height);
            pass.measure(*child, &decided);
        }
        if let Some(style) = pass.tree.state_mut::<Style>(node) {
            style.shown = Some(widths.shown);
            let beside = widths.shown && !widths.overlaid;
            style.taken = (if beside { widths.bar } else { 0.0 }, widths.bar);
            style.range = widths.range;
        }
        if style.shown.is_some_and(|shown| shown != widths.shown) {
            pass.tree.emit_event(node, "onChange", vec![Value::Bool(widths.shown)]);
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let style = pass.tree.state::<Style>(node).cloned().unwrap_or_default();
        let at_end = style.at_end != pass.tree.is_right_to_left(node);
        let children = contents(pass, node);
        let (taken, bar) = style.taken;
        if let Some(main) = children.get(1) {
            let extent = pass.outer(*main).width;
            let x = if at_end { content.size.width - taken - extent } else { taken };
            pass.place_child(*main, content.origin + Point::new(x, 0.0));
        }
        if let Some(side) = children.first().filter(|_| style.shown == Some(true)) {
            let x = if at_end { content.size.width - bar } else { 0.0 };
            pass.place_child(*side, content.origin + Point::new(x, 0.0));
            if let Some(side) = pass.tree.get_mut(*side).filter(|_| style.kind != Type::Embed) {
                side.layout.raised = true;
            }
        }
        place_parts(pass, &content, &style, at_end);
    }

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        let style = tree.state::<Style>(node)?;
        (style.by_gesture && style.shown == Some(false)).then_some(PanAxis::Horizontal)
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        let Some(style) = pass.tree.state::<Style>(node) else { return Point::ZERO };
        let inwards = if style.at_end != pass.tree.is_right_to_left(node) { -1.0 } else { 1.0 };
        if event.phase == PanPhase::End && event.velocity.x * inwards > pass.tree.environment.vp(FAST) {
            show(pass.tree, node, true);
        }
        Point::ZERO
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(style) = tree.state::<Style>(node) else { return };
        out.flag("showSideBar", style.shown.or(style.show).unwrap_or(true));
        out.flag("autoHide", style.auto_hide.unwrap_or(true));
        out.text("sideBarPosition", if style.at_end { "SideBarPosition.End" } else { "SideBarPosition.Start" });
        let vp = |length: &Option<Length>, default: f32| length.clone().unwrap_or(Length::vp(default));
        for (name, length) in [
            ("sideBarWidth", vp(&style.width, 240.0)),
            ("minSideBarWidth", vp(&style.min_width, 240.0)),
            ("maxSideBarWidth", vp(&style.max_width, 280.0)),
            ("minContentWidth", vp(&style.min_content, 360.0)),
        ] {
            out.length(name, &length, &tree.environment);
        }
    }
}

/// Children besides the parts that the container has made.
fn contents(pass: &Pass<'_>, node: NodeId) -> Vec<NodeId> {
    let mut children = pass.children(node);
    children.retain(|child| {
        pass.tree.get(*child).is_some_and(|child| ![BUTTON, DIVIDER].contains(&child.component.name()))
    });
    children
}

/// Makes button and divider, or takes them away.
fn prepare(tree: &mut Tree, node: NodeId) {
    let Some(style) = tree.state::<Style>(node) else { return };
    let wanted = [(BUTTON, style.has_button, style.button_node), (DIVIDER, style.line.is_some(), style.divider_node)];
    let [button, divider] = wanted.map(|(name, wanted, known)| {
        let known = known.filter(|part| tree.get(*part).is_some());
        match (wanted, known) {
            (true, None) => {
                let part = tree.create_named(name, -1)?;
                tree.append(node, part);
                Some(part)
            }
            (false, Some(part)) => {
                tree.destroy(part);
                None
            }
            (_, known) => known,
        }
    });
    if let Some(style) = tree.state_mut::<Style>(node) {
        (style.button_node, style.divider_node) = (button, divider);
    }
}

fn exactly(size: Size) -> Constraint {
    let ideal = Ideal { width: Some(size.width), height: Some(size.height) };
    Constraint { min: Size::ZERO, max: size, percent: size, ideal }
}

fn place_parts(pass: &mut Pass<'_>, content: &Rect, style: &Style, at_end: bool) {
    let environment = pass.tree.environment.clone();
    let (_, bar) = style.taken;
    if let Some(divider) = style.divider_node {
        if let Some(divider) = pass.tree.get_mut(divider) {
            divider.layout.active = false;
        }
        if style.shown == Some(true) {
            let zone = environment.vp(ZONE);
            pass.measure(divider, &exactly(Size::new(zone, content.size.height)));
            let line = if at_end { content.size.width - bar } else { bar };
            pass.place_child(divider, content.origin + Point::new(line - zone / 2.0, 0.0));
        }
    }
    let Some(button) = style.button_node else { return };
    let own = &style.button;
    let size = Size::new(own.width.to_px(&environment), own.height.to_px(&environment));
    let left = own.left.as_ref().map_or(environment.vp(16.0), |left| left.to_px(&environment));
    let x = if at_end && own.left.is_none() { content.size.width - left - size.width } else { left };
    pass.measure(button, &exactly(size));
    pass.place_child(button, content.origin + Point::new(x, own.top.to_px(&environment)));
    for part in [style.divider_node, Some(button)].into_iter().flatten() {
        if let Some(part) = pass.tree.get_mut(part) {
            part.layout.raised = true;
        }
    }
}

/// Shows or hides the bar by hand; the app hears of it.
fn show(tree: &mut Tree, container: NodeId, shown: bool) {
    let Some(style) = tree.state_mut::<Style>(container) else { return };
    style.show = Some(shown);
    let changed = style.changed.clone();
    if let Some(changed) = changed {
        tree.emit(&changed, vec![Value::Bool(shown)]);
    }
    tree.mark_measure(container);
}

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
            pass.measure(image, &exactly(constraint.max));
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

/// A bar that is dragged below this part of its smallest width goes away.
const HIDES: f32 = 0.75;

/// All there is, where the size is not decided.
pub(super) fn fill(constraint: &ContentConstraint) -> Size {
    let extent = |axis: Axis| {
        let all = [constraint.ideal.along(axis).unwrap_or(f32::INFINITY), constraint.percent.along(axis)];
        let found = all.into_iter().chain([constraint.max.along(axis)]).find(|extent| extent.is_finite());
        found.unwrap_or(0.0).min(constraint.max.along(axis))
    };
    Size::new(extent(Axis::Horizontal), extent(Axis::Vertical))
}

fn length(value: &Value) -> Option<Length> {
    Length::from_value(value, Unit::Vp)
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let kind = match args.get(0).as_i32() {
                Some(1) => Type::Overlay,
                Some(2) => Type::Auto,
                Some(3) => Type::Displace,
                _ => Type::Embed,
            };
            node.restyle(|style: &mut Style| put(&mut style.kind, kind))
        },
    },
    Method {
        name: "showSideBar",
        apply: |node, args| {
            let value = args.get(0);
            let (shown, changed) = match value {
                Value::Object(_) => (value.get("value"), value.get("changeEvent")),
                shown => (shown, args.get(1)),
            };
            let (shown, changed) = (shown.as_bool(), changed.as_callback().cloned());
            node.restyle(|style: &mut Style| {
                style.changed = changed;
                // The same value again does not take back what a finger has done.
                if style.given != shown || shown.is_none() {
                    style.show = shown;
                }
                style.given = shown;
            })
        },
    },
    Method {
        name: "controlButton",
        apply: |node, args| {
            let button = Button::from_value(args.get(0));
            node.restyle(|style: &mut Style| put(&mut style.button, button))
        },
    },
    Method {
        name: "showControlButton",
        apply: |node, args| {
            let shown = args.get(0).as_bool() != Some(false);
            node.restyle(|style: &mut Style| put(&mut style.has_button, shown))
        },
    },
    Method {
        name: "divider",
        apply: |node, args| {
            let line = Line::from_value(args.get(0));
            node.restyle(|style: &mut Style| put(&mut style.line, line))
        },
    },
    Method {
        name: "showSideBarWithGesture",
        apply: |node, args| {
            let by_gesture = args.get(0).as_bool() != Some(false);
            node.redraw(|style: &mut Style| put(&mut style.by_gesture, by_gesture))
        },
    },
    Method {
        name: "sideBarWidth",
        apply: |node, args| {
            let value = args.get(0);
            let value = if value.get("value").is_nullish() { value } else { value.get("value") };
            let width = length(value);
            node.restyle(|style: &mut Style| {
                if style.width != width {
                    style.dragged = None;
                }
                style.width = width;
            })
        },
    },
    Method {
        name: "minSideBarWidth",
        apply: |node, args| node.restyle(|style: &mut Style| put(&mut style.min_width, length(args.get(0)))),
    },
    Method {
        name: "maxSideBarWidth",
        apply: |node, args| node.restyle(|style: &mut Style| put(&mut style.max_width, length(args.get(0)))),
    },
    Method {
        name: "minContentWidth",
        apply: |node, args| node.restyle(|style: &mut Style| put(&mut style.min_content, length(args.get(0)))),
    },
    Method {
        name: "autoHide",
        apply: |node, args| node.redraw(|style: &mut Style| put(&mut style.auto_hide, args.get(0).as_bool())),
    },
    Method {
        name: "sideBarPosition",
        apply: |node, args| node.restyle(|style: &mut Style| put(&mut style.at_end, args.get(0).as_i32() == Some(1))),
    },
    EVENTS[0],
];

static EVENTS: &[Method] = handlers!["onChange"];

#[cfg(test)]
mod tests {
    use crate::testing::{Scene, scene_of};
    use concord_ui::tree::NodeId;
    use concord_ui::value::Value;

    fn container() -> (Scene, [NodeId; 2]) {
        let mut scene = scene_of("SideBarContainer");
        scene.size(scene.root, 360.0, 200.0);
        let children = [scene.add(scene.root, "Column"), scene.add(scene.root, "Column")];
        for (name, value) in
            [("sideBarWidth", 120.0), ("minSideBarWidth", 100.0), ("maxSideBarWidth", 200.0), ("minContentWidth", 50.0)]
        {
            scene.set(scene.root, name, &[Value::Number(value)]);
        }
        scene.set(scene.root, "showSideBar", &[Value::Bool(true)]);
        scene.listen(scene.root, "onChange");
        scene.frame();
        (scene, children)
    }

    fn part(scene: &Scene, name: &str) -> NodeId {
        let named = |child: &NodeId| scene.tree.get(*child).is_some_and(|child| child.component.name() == name);
        scene.tree.frame_children(scene.root).into_iter().find(named).expect("a part")
    }

    #[test]
    fn the_button_shows_and_hides_the_bar() {
        let (mut scene, [bar, content]) = container();
        assert_eq!(scene.rect(content), (120.0, 0.0, 240.0, 200.0));
        let button = part(&scene, "SideBarControlButton");
        assert_eq!(scene.rect(button), (16.0, 48.0, 24.0, 24.0));
        scene.click(button, 2.0, 2.0);
        scene.frame();
        assert!(!scene.is_shown(bar));
        assert_eq!(scene.rect(content), (0.0, 0.0, 360.0, 200.0));
        scene.set(scene.root, "showSideBar", &[Value::Bool(true)]);
        scene.frame();
        assert!(!scene.is_shown(bar), "the app has said nothing new");
        scene.click(button, 2.0, 2.0);
        scene.frame();
        assert_eq!(scene.heard(), ["onChange false", "onChange true"]);
        scene.set(scene.root, "showControlButton", &[Value::Bool(false)]);
        scene.frame();
        assert_eq!(scene.tree.frame_children(scene.root).len(), 3);
    }

    #[test]
    fn the_divider_changes_the_width_within_its_range() {
        let (mut scene, [bar, _]) = container();
        let divider = part(&scene, "SideBarDivider");
        scene.pull(divider, 40.0, 0.0);
        assert_eq!(scene.rect(bar).2, 160.0);
        scene.pull(divider, 400.0, 0.0);
        scene.release(divider);
        assert_eq!(scene.rect(bar).2, 200.0);
        scene.pull(divider, -110.0, 0.0);
        assert_eq!(scene.rect(bar).2, 100.0);
        scene.release(divider);
        assert!(scene.is_shown(bar));
        scene.pull(divider, -60.0, 0.0);
        scene.release(divider);
        assert!(!scene.is_shown(bar), "dragged far below its smallest width it goes");
    }
}
