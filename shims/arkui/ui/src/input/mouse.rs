//! The mouse: `onMouse`, `onHover`, the wheel. The left button also is a finger for everything that fingers do.

use super::hit::{self, Pointer};
use super::object::{self, Fields, base, event, number, place, vp};
use super::style::HoverEffect;
use super::touch::{TouchInput, TouchPhase, touch};
use super::{Source, Tool, space};
use crate::geometry::Point;
use crate::layout::Pass;
use crate::pan::{PanEvent, PanPhase};
use crate::tree::{Node, NodeId, Tree};
use crate::value::Value;

/// `MouseAction`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseAction {
    /// A button is pressed.
    Press = 1,
    /// It is released.
    Release = 2,
    /// The mouse moves.
    Move = 3,
}

/// `MouseButton`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MouseButton {
    /// None.
    #[default]
    None = 0,
    /// Left.
    Left = 1,
    /// Right.
    Right = 2,
    /// The wheel.
    Middle = 4,
    /// To the page before.
    Back = 8,
    /// To the page after.
    Forward = 16,
}

/// Something that the mouse does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MouseInput {
    /// What.
    pub action: MouseAction,
    /// With which button.
    pub button: MouseButton,
    /// Where, in px of the window.
    pub position: Point,
}

/// A turn of a wheel or a movement of two fingers on a touchpad.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WheelInput {
    /// Where the pointer is, in px of the window.
    pub position: Point,
    /// How far content moves, in px: negative `y` shows what lies below.
    pub delta: Point,
    /// By how many of its steps a wheel was turned, to the right and down; none for what has no steps.
    pub steps: Option<Point>,
    /// `SourceTool`: mouse or touchpad.
    pub tool: Tool,
}

/// A step of a wheel in degrees, the number of lines that it moves content by, and the height of a line in vp.
const DEGREES: f64 = 15.0;
const LINES: f64 = 3.0;
const LINE: f32 = 21.0;

impl WheelInput {
    /// A wheel turned by steps to the right and down.
    pub fn turned(tree: &Tree, position: Point, steps: Point) -> WheelInput {
        let by = tree.environment.vp(LINE) * LINES as f32;
        WheelInput { position, delta: Point::new(-steps.x * by, -steps.y * by), steps: Some(steps), tool: Tool::Mouse }
    }
}

/// The finger that the left button is.
pub(crate) const FINGER: i32 = 1000;

/// What the mouse is doing.
#[derive(Debug, Default)]
pub(crate) struct Mouse {
    pressed: Vec<MouseButton>,
    hovered: Vec<NodeId>,
    /// Where it was.
    position: Point,
    /// The shape that what is under it wants (`PointerStyle`).
    style: Option<i32>,
}

/// Delivers something that the mouse does to a window.
pub fn mouse(pass: &mut Pass<'_>, root: NodeId, input: &MouseInput) {
    pass.tree.input.last_event = pass.tree.now;
    let pressed = &mut pass.tree.input.mouse.pressed;
    match input.action {
        MouseAction::Press if !pressed.contains(&input.button) => pressed.push(input.button),
        MouseAction::Release => pressed.retain(|button| *button != input.button),
        _ => {}
    }
    let hit = hit::test(pass, root, input.position, Pointer::Mouse);
    let nodes = hit.map(|hit| hit.nodes()).unwrap_or_default();
    hover(pass, &nodes, input.position);
    for node in &nodes {
        if pass.tree.get(*node).is_none_or(|node| !node.common.events.contains_key("onMouse")) {
            continue;
        }
        let fields = mouse_fields(pass.tree, *node, input);
        let (value, control) = event(pass.tree, fields, METHODS).into_value();
        pass.call_event(*node, "onMouse", &[value]);
        if control.stopped.get() {
            break;
        }
    }
    if input.action == MouseAction::Press && input.button == MouseButton::Right {
        crate::selection::right_click(pass, &nodes, input.position);
    }
    if input.action == MouseAction::Press && input.button == MouseButton::Middle {
        crate::selection::middle_click(pass, &nodes, input.position);
    }
    if !pass.tree.input.touch.fingers.contains_key(&FINGER) {
        // What is held keeps its shape.
        pass.tree.input.mouse.style = style(pass.tree, &nodes, input.position);
    }
    bound(pass, &nodes, input);
    pass.tree.input.mouse.position = input.position;
    let drags = pass.tree.input.drag.pointer() == Some(FINGER);
    let held = drags || pass.tree.input.touch.fingers.contains_key(&FINGER);
    let phase = match input.action {
        MouseAction::Press if input.button == MouseButton::Left => TouchPhase::Down,
        MouseAction::Release if input.button == MouseButton::Left => TouchPhase::Up,
        MouseAction::Move if held => TouchPhase::Move,
        _ => return,
    };
    let input = TouchInput {
        finger: FINGER,
        phase,
        position: input.position,
        source: Source::Mouse,
        tool: Tool::Mouse,
        pressure: 0.0,
    };
    touch(pass, root, &input);
}

/// What the library has bound beside the app's own handlers: the innermost gets it.
fn bound(pass: &mut Pass<'_>, nodes: &[NodeId], input: &MouseInput) {
    let binds =
        |node: &&NodeId| pass.tree.get(**node).is_some_and(|node| node.common.events.contains_key("boundMouse"));
    if let Some(node) = nodes.iter().find(binds).copied() {
        let fields = mouse_fields(pass.tree, node, input);
        let value = event(pass.tree, fields, METHODS).into_value().0;
        pass.call_event(node, "boundMouse", &[value]);
    }
}

const METHODS: &[&str] = &["stopPropagation", "getModifierKeyState", "getHistoricalPoints", "getCurrentLocalPosition"];

fn mouse_fields(tree: &Tree, node: NodeId, input: &MouseInput) -> Fields {
    let mut fields = base(tree, node, Source::Mouse, Tool::Mouse, 0.0);
    place(&mut fields, tree, node, input.position);
    let (x, y) = (vp(tree, input.position.x), vp(tree, input.position.y));
    number(&mut fields, "screenX", x);
    number(&mut fields, "screenY", y);
    number(&mut fields, "button", f64::from(input.button as u8));
    number(&mut fields, "action", f64::from(input.action as u8));
    let by = input.position - tree.input.mouse.position;
    number(&mut fields, "rawDeltaX", vp(tree, by.x));
    number(&mut fields, "rawDeltaY", vp(tree, by.y));
    let pressed = tree.input.mouse.pressed.iter().map(|button| Value::Number(f64::from(*button as u8)));
    fields.push(("pressedButtons".into(), Value::array(pressed.collect::<Vec<_>>())));
    fields
}

impl crate::tree::Tree {
    /// Whether the mouse is over a node, with nothing above it in between.
    pub fn is_hovered(&self, node: NodeId) -> bool {
        self.input.mouse.hovered.contains(&node)
    }
}

/// The shape of the pointer above nodes, the innermost first.
fn style(tree: &Tree, nodes: &[NodeId], window: Point) -> Option<i32> {
    nodes.iter().find_map(|node| {
        let at = space::to_local(tree, *node, window);
        tree.get(*node)?.component.pointer_style(tree, *node, at).filter(|_| tree.is_enabled(*node))
    })
}

impl crate::tree::Tree {
    /// The shape of the mouse pointer that what is under it asks for (`PointerStyle`).
    pub fn hovered_pointer_style(&self) -> Option<i32> {
        self.input.mouse.style
    }
}

/// Tells who is under the mouse now and was not before, and the other way round.
fn hover(pass: &mut Pass<'_>, nodes: &[NodeId], position: Point) {
    let before = std::mem::replace(&mut pass.tree.input.mouse.hovered, nodes.to_vec());
    let left = before.iter().copied().filter(|node| !nodes.contains(node)).map(|node| (node, false));
    let entered = nodes.iter().copied().filter(|node| !before.contains(node)).map(|node| (node, true));
    let mut stopped = [false; 2];
    for (node, over) in left.chain(entered).collect::<Vec<_>>() {
        pass.call_event(node, "boundHover", &[Value::Bool(over)]);
        let shows =
            |node: &crate::tree::Node| node.common.input.as_ref().is_some_and(|input| input.hover != HoverEffect::Auto);
        if pass.tree.get(node).is_some_and(shows) {
            pass.tree.mark_paint(node);
        }
        if stopped.get(usize::from(over)).copied().unwrap_or(false)
            || pass.tree.get(node).is_none_or(|node| !node.common.events.contains_key("onHover"))
        {
            continue;
        }
        let (value, control) = hover_event(pass.tree, node, position);
        pass.call_event(node, "onHover", &[Value::Bool(over), value]);
        if let Some(stopped) = stopped.get_mut(usize::from(over)) {
            *stopped = control.stopped.get();
        }
    }
    for node in nodes {
        if pass.tree.get(*node).is_none_or(|node| !node.common.events.contains_key("onHoverMove")) {
            continue;
        }
        let (value, control) = hover_event(pass.tree, *node, position);
        pass.call_event(*node, "onHoverMove", &[value]);
        if control.stopped.get() {
            break;
        }
    }
}

fn hover_event(tree: &Tree, node: NodeId, position: Point) -> (Value, std::rc::Rc<object::Control>) {
    let mut fields = base(tree, node, Source::Mouse, Tool::Mouse, 0.0);
    place(&mut fields, tree, node, position);
    event(tree, fields, &["stopPropagation", "getModifierKeyState"]).into_value()
}

/// `AxisAction`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AxisAction {
    /// Fingers begin to move.
    Begin = 1,
    /// They move on, or a wheel turns.
    Update = 2,
    /// They have left the touchpad.
    End = 3,
}

/// Calls `onAxisEvent` of nodes, the innermost first, until one stops it.
pub(crate) fn tell_axis(pass: &mut Pass<'_>, nodes: &[NodeId], input: &WheelInput, action: AxisAction) {
    for node in nodes {
        if pass.tree.get(*node).is_none_or(|node| !node.common.events.contains_key("onAxisEvent")) {
            continue;
        }
        let mut fields = base(pass.tree, *node, Source::Mouse, input.tool, 0.0);
        place(&mut fields, pass.tree, *node, input.position);
        let (horizontal, vertical) = match input.steps {
            Some(steps) => (f64::from(steps.x) * DEGREES, f64::from(steps.y) * DEGREES),
            None => (vp(pass.tree, -input.delta.x), vp(pass.tree, -input.delta.y)),
        };
        // They stand there already, with what they are for other events.
        fields.retain(|(name, _)| !matches!(&**name, "axisHorizontal" | "axisVertical"));
        number(&mut fields, "action", f64::from(action as u8));
        number(&mut fields, "axisHorizontal", horizontal);
        number(&mut fields, "axisVertical", vertical);
        number(&mut fields, "scrollStep", LINES);
        let methods = &[
            "stopPropagation",
            "getModifierKeyState",
            "getHorizontalAxisValue",
            "getVerticalAxisValue",
            "getPinchAxisScaleValue",
            "hasAxis",
        ];
        let (value, control) = event(pass.tree, fields, methods).into_value();
        pass.call_event(*node, "onAxisEvent", &[value]);
        if control.stopped.get() {
            break;
        }
    }
}

/// Delivers a turn of the wheel: `onAxisEvent` first, then the innermost container that can move that way. Returns whether
/// anything moved.
pub fn wheel(pass: &mut Pass<'_>, root: NodeId, input: &WheelInput) -> bool {
    pass.tree.input.last_event = pass.tree.now;
    let hit = hit::test(pass, root, input.position, Pointer::Mouse);
    let nodes = hit.map(|hit| hit.nodes()).unwrap_or_default();
    tell_axis(pass, &nodes, input, AxisAction::Update);
    for node in nodes {
        let Some(component) = pass.tree.get(node).map(Node::acting) else { continue };
        if component.pan_axis(pass.tree, node).is_none() {
            continue;
        }
        let position = space::to_local(pass.tree, node, input.position);
        let event = PanEvent { phase: PanPhase::Wheel, delta: input.delta, velocity: Point::ZERO, position };
        if component.on_pan(pass, node, &event) != Point::ZERO {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::gesture::testing::Scene;

    fn send(scene: &mut Scene, action: MouseAction, button: MouseButton, x: f32, y: f32) {
        let input = MouseInput { action, button, position: Point::new(x, y) };
        scene.pass(|pass, root| mouse(pass, root, &input));
    }

    #[test]
    fn hover_tells_of_coming_and_going() {
        let mut scene = Scene::stack();
        scene.on(4, "onHover", "inner");
        scene.on(3, "onHover", "outer");
        send(&mut scene, MouseAction::Move, MouseButton::None, 20.0, 20.0);
        assert_eq!(scene.log(), "inner outer");
        send(&mut scene, MouseAction::Move, MouseButton::None, 70.0, 70.0);
        assert_eq!(scene.log(), "inner outer inner");
        send(&mut scene, MouseAction::Move, MouseButton::None, 500.0, 500.0);
        assert_eq!(scene.log(), "inner outer inner outer");
    }

    #[test]
    fn the_left_button_clicks() {
        let mut scene = Scene::stack();
        scene.on(3, "onClick", "click");
        scene.on(3, "onMouse", "mouse");
        send(&mut scene, MouseAction::Press, MouseButton::Left, 20.0, 20.0);
        send(&mut scene, MouseAction::Release, MouseButton::Left, 20.0, 20.0);
        assert_eq!(scene.log(), "mouse mouse click");
        assert_eq!(scene.last_number("source"), 1.0);
        scene.host.names.clear();
        send(&mut scene, MouseAction::Press, MouseButton::Right, 20.0, 20.0);
        send(&mut scene, MouseAction::Release, MouseButton::Right, 20.0, 20.0);
        assert_eq!(scene.log(), "mouse mouse");
    }
}
