//! `SideBarContainer`: a side bar beside the content or above it.
//!
//! The first child is the side bar, the second the content; both fill what they get, whatever their own sizes. A button above them
//! shows and hides the bar, and a divider between them is dragged to change its width; both are nodes that the container makes.

mod methods;
mod parts;

pub(super) use parts::{SideBarButton, SideBarDivider};

use crate::values::length;
use concord_paint::Color;
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length};
use concord_ui::value::{Callback, Value};
use std::any::Any;

/// See the module.
pub(super) struct SideBarContainer;

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
        methods::METHODS
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

fn place_parts(pass: &mut Pass<'_>, content: &Rect, style: &Style, at_end: bool) {
    let environment = pass.tree.environment.clone();
    let (_, bar) = style.taken;
    if let Some(divider) = style.divider_node {
        if let Some(divider) = pass.tree.get_mut(divider) {
            divider.layout.active = false;
        }
        if style.shown == Some(true) {
            let zone = environment.vp(ZONE);
            pass.measure(divider, &Constraint::exactly(Size::new(zone, content.size.height)));
            let line = if at_end { content.size.width - bar } else { bar };
            pass.place_child(divider, content.origin + Point::new(line - zone / 2.0, 0.0));
        }
    }
    let Some(button) = style.button_node else { return };
    let own = &style.button;
    let size = Size::new(own.width.to_px(&environment), own.height.to_px(&environment));
    let left = own.left.as_ref().map_or(environment.vp(16.0), |left| left.to_px(&environment));
    let x = if at_end && own.left.is_none() { content.size.width - left - size.width } else { left };
    pass.measure(button, &Constraint::exactly(size));
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

/// All there is, where the size is not decided.
pub(super) fn fill(constraint: &ContentConstraint) -> Size {
    let extent = |axis: Axis| {
        let all = [constraint.ideal.along(axis).unwrap_or(f32::INFINITY), constraint.percent.along(axis)];
        let found = all.into_iter().chain([constraint.max.along(axis)]).find(|extent| extent.is_finite());
        found.unwrap_or(0.0).min(constraint.max.along(axis))
    };
    Size::new(extent(Axis::Horizontal), extent(Axis::Vertical))
}

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
