//! Touches: who was hit, `onTouch`, clicks, and what goes on to the recognisers.

use super::gesture;
use super::hit::{self, Pointer};
use super::object::{self, Fields, base, event, number, place, vp};
use super::state::UiState;
use super::{Source, Tool, drag, focus, space};
use crate::geometry::Point;
use crate::layout::Pass;
use crate::pan::{PanEvent, PanPhase};
use crate::tree::{Node, NodeId, Tree};
use crate::value::Value;
use rustc_hash::FxHashMap;

/// `TouchType`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TouchPhase {
    /// A finger comes down.
    Down = 0,
    /// It is lifted.
    Up = 1,
    /// It moves.
    Move = 2,
    /// The system took it away.
    Cancel = 3,
}

/// Something that a finger does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TouchInput {
    /// Which finger.
    pub finger: i32,
    /// What it does.
    pub phase: TouchPhase,
    /// Where, in px of the window.
    pub position: Point,
    /// By which device.
    pub source: Source,
    /// With what.
    pub tool: Tool,
    /// How hard, 0 to 1.
    pub pressure: f32,
}

impl TouchInput {
    /// A finger on the touch screen.
    pub fn finger(finger: i32, phase: TouchPhase, position: Point) -> TouchInput {
        TouchInput { finger, phase, position, source: Source::TouchScreen, tool: Tool::Finger, pressure: 1.0 }
    }
}

/// A finger that is down.
#[derive(Debug, Clone)]
pub(crate) struct Finger {
    pub last: TouchInput,
    pub pressed_at: f64,
    /// Where it came down.
    pub pressed: Point,
    /// Who gets its events, the innermost first.
    pub nodes: Vec<NodeId>,
}

/// Where a finger that is down was last, in px of the window.
pub fn finger_position(tree: &Tree, finger: i32) -> Option<Point> {
    tree.input.touch.fingers.get(&finger).map(|finger| finger.last.position)
}

/// Fingers that are down.
#[derive(Debug, Default)]
pub(crate) struct Touches {
    pub fingers: FxHashMap<i32, Finger>,
}

/// More fingers at once than this are ignored, as the platform's injection does.
const MOST_FINGERS: usize = 10;

/// Delivers something that a finger does to a window: `onTouch` first, then the recognisers.
pub fn touch(pass: &mut Pass<'_>, root: NodeId, input: &TouchInput) {
    pass.tree.input.last_event = pass.tree.now;
    if drag::pointer(pass, root, input) {
        return;
    }
    if input.phase == TouchPhase::Down {
        if !pass.tree.input.touch.fingers.contains_key(&input.finger) {
            down(pass, root, input);
        }
        return;
    }
    let Some(finger) = pass.tree.input.touch.fingers.get_mut(&input.finger) else { return };
    if input.phase == TouchPhase::Move && finger.last.position == input.position {
        return;
    }
    finger.last = *input;
    let finger = finger.clone();
    deliver(pass, &finger);
    let ended = matches!(input.phase, TouchPhase::Up | TouchPhase::Cancel);
    if ended {
        pass.tree.input.touch.fingers.remove(&input.finger);
    }
    gesture::pointer(pass, input);
    drag::settle(pass, root);
    if ended {
        for node in finger.nodes {
            let held = pass.tree.input.touch.fingers.values().any(|finger| finger.nodes.contains(&node));
            pass.tree.set_ui_state(node, UiState::PRESSED, held);
            if !held {
                pass.tree.press(node, false);
            }
        }
    }
}

/// A finger is taken away from everybody: a drag has it now.
pub(crate) fn take_away(pass: &mut Pass<'_>, finger: i32) {
    let Some(mut finger) = pass.tree.input.touch.fingers.remove(&finger) else { return };
    finger.last.phase = TouchPhase::Cancel;
    deliver(pass, &finger);
    gesture::pointer(pass, &finger.last);
    for node in finger.nodes {
        pass.tree.set_ui_state(node, UiState::PRESSED, false);
    }
}

fn down(pass: &mut Pass<'_>, root: NodeId, input: &TouchInput) {
    if pass.tree.input.touch.fingers.len() >= MOST_FINGERS {
        return;
    }
    let pointer = if input.source == Source::Mouse { Pointer::Mouse } else { Pointer::Touch };
    let Some(hit) = hit::test(pass, root, input.position, pointer) else { return };
    let nodes = hit.nodes();
    if !admits(pass.tree, &nodes) {
        return;
    }
    pass.tree.input.last_source = input.source;
    crate::selection::touched(pass, &nodes);
    let finger = Finger { last: *input, pressed_at: pass.tree.now, pressed: input.position, nodes };
    pass.tree.input.touch.fingers.insert(input.finger, finger.clone());
    focus::touched(pass, &finger.nodes);
    for node in &finger.nodes {
        pass.tree.set_ui_state(*node, UiState::PRESSED, true);
        if pass.tree.is_enabled(*node) {
            pass.tree.press(*node, true);
        }
        pan_touched(pass, *node, input.position);
    }
    deliver(pass, &finger);
    gesture::down(pass, &hit, input);
}

/// Whether nodes get a finger: not when another one monopolises all of them.
fn admits(tree: &mut Tree, nodes: &[NodeId]) -> bool {
    if tree.input.touch.fingers.is_empty() {
        let claims = |id: &NodeId| {
            tree.get(*id).and_then(|node| node.common.input.as_ref()).is_some_and(|input| input.monopolizes)
        };
        tree.input.monopolist = nodes.iter().copied().find(claims);
        return true;
    }
    tree.input.monopolist.is_none_or(|owner| nodes.contains(&owner))
}

/// A container that is moving by itself stops under a finger.
fn pan_touched(pass: &mut Pass<'_>, node: NodeId, window: Point) {
    let Some(component) = pass.tree.get(node).map(Node::acting) else { return };
    if component.pan_axis(pass.tree, node).is_some() {
        let position = space::to_local(pass.tree, node, window);
        let event = PanEvent { phase: PanPhase::Touch, delta: Point::ZERO, velocity: Point::ZERO, position };
        component.on_pan(pass, node, &event);
    }
}

/// Calls `onTouch` of everything that the finger hit, the innermost first, until one stops it.
fn deliver(pass: &mut Pass<'_>, finger: &Finger) {
    let mut prevented = false;
    for node in &finger.nodes {
        let Some(component) = pass.tree.get(*node).map(Node::acting) else { continue };
        component.on_touch(pass, *node, &finger.last);
        // What the library has bound beside the app's own handler.
        if pass.tree.get(*node).is_some_and(|node| node.common.events.contains_key("boundTouch")) {
            let fields = touch_fields(pass.tree, *node, finger);
            let value = event(pass.tree, fields, TOUCH_METHODS).into_value().0;
            pass.call_event(*node, "boundTouch", &[value]);
        }
        if pass.tree.get(*node).is_none_or(|node| !node.common.events.contains_key("onTouch")) {
            continue;
        }
        let fields = touch_fields(pass.tree, *node, finger);
        let object = event(pass.tree, fields, TOUCH_METHODS);
        let (value, control) = object.into_value();
        pass.call_event(*node, "onTouch", &[value]);
        prevented |= control.prevented.get();
        if control.stopped.get() {
            break;
        }
    }
    if prevented {
        gesture::prevent_clicks(pass.tree, finger.last.finger);
    }
}

const TOUCH_METHODS: &[&str] =
    &["stopPropagation", "preventDefault", "getModifierKeyState", "getHistoricalPoints", "getCurrentLocalPosition"];

fn touch_fields(tree: &Tree, node: NodeId, changed: &Finger) -> Fields {
    let mut fields = base(tree, node, changed.last.source, changed.last.tool, changed.last.pressure);
    number(&mut fields, "type", f64::from(changed.last.phase as u8));
    let mut fingers: Vec<&Finger> = tree.input.touch.fingers.values().collect();
    fingers.sort_by_key(|finger| finger.last.finger);
    let touches = fingers.into_iter().map(|finger| {
        let finger = if finger.last.finger == changed.last.finger { changed } else { finger };
        touch_object(tree, node, finger)
    });
    fields.push(("touches".into(), Value::array(touches.collect::<Vec<_>>())));
    fields.push(("changedTouches".into(), Value::array([touch_object(tree, node, changed)])));
    fields
}

fn touch_object(tree: &Tree, node: NodeId, finger: &Finger) -> Value {
    let mut fields = Fields::new();
    number(&mut fields, "type", f64::from(finger.last.phase as u8));
    number(&mut fields, "id", f64::from(finger.last.finger));
    place(&mut fields, tree, node, finger.last.position);
    number(&mut fields, "screenX", vp(tree, finger.last.position.x));
    number(&mut fields, "screenY", vp(tree, finger.last.position.y));
    number(&mut fields, "pressedTime", (finger.pressed_at * 1e6).round());
    number(&mut fields, "pressure", f64::from(finger.last.pressure));
    number(&mut fields, "width", 0.0);
    number(&mut fields, "height", 0.0);
    number(&mut fields, "hand", 0.0);
    object::object(fields)
}

/// The event that `onTouchIntercept` gets.
pub(crate) fn intercept_event(tree: &Tree, node: NodeId, window: Point) -> Value {
    let finger = Finger {
        last: TouchInput::finger(0, TouchPhase::Down, window),
        pressed_at: tree.now,
        pressed: window,
        nodes: Vec::new(),
    };
    let fields = touch_fields(tree, node, &finger);
    event(tree, fields, TOUCH_METHODS).into_value().0
}

/// A click on a node: what the component does by itself, then `onClick`. Returns whether anybody took it.
pub(crate) fn click(pass: &mut Pass<'_>, node: NodeId, window: Point, source: Source, tool: Tool) -> bool {
    let Some(component) = pass.tree.get(node).map(Node::acting) else { return false };
    if !pass.tree.is_enabled(node) {
        return false;
    }
    let reacts = component.reacts_to_click(pass.tree, node);
    if reacts {
        let at = space::to_local(pass.tree, node, window);
        component.on_click(pass, node, at);
    }
    let Some(callback) = pass.tree.get(node).and_then(|node| node.common.events.get("onClick")).cloned() else {
        return reacts;
    };
    let value = click_event(pass.tree, node, window, source, tool);
    pass.observe(node, "willClick", vec![value.clone()]);
    pass.host.call(pass.tree, &callback, std::slice::from_ref(&value));
    pass.observe(node, "didClick", vec![value]);
    true
}

/// The event that `onClick` gets.
pub fn click_event(tree: &Tree, node: NodeId, window: Point, source: Source, tool: Tool) -> Value {
    let mut fields = base(tree, node, source, tool, 0.0);
    place(&mut fields, tree, node, window);
    number(&mut fields, "screenX", vp(tree, window.x));
    number(&mut fields, "screenY", vp(tree, window.y));
    number(&mut fields, "hand", 0.0);
    event(tree, fields, &["preventDefault", "getModifierKeyState", "getCurrentLocalPosition"]).into_value().0
}
