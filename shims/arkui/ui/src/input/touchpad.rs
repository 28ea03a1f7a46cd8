//! Two fingers on a touchpad move content as a finger on the glass does: it follows them, and goes on when they leave.

use super::gesture::velocity::Tracker;
use super::hit::{self, Pointer};
use super::mouse::{AxisAction, WheelInput, tell_axis};
use super::space;
use crate::geometry::{Axis, Point};
use crate::layout::Pass;
use crate::pan::{PanEvent, PanPhase};
use crate::tree::{Node, NodeId};

/// What fingers on a touchpad are doing.
#[derive(Debug, Default)]
pub(crate) struct Touchpad {
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    /// Who hears of the axes, the innermost first.
    nodes: Vec<NodeId>,
    /// Whose content moves.
    node: Option<NodeId>,
    last: WheelInput,
    /// How far the fingers have moved.
    way: Point,
    track: Tracker,
}

/// Fingers move. Times are ms of any clock, the same one for a whole movement.
pub fn fingers(pass: &mut Pass<'_>, root: NodeId, input: &WheelInput, time: f64) {
    pass.tree.input.last_event = pass.tree.now;
    let begins = pass.tree.input.touchpad.running.is_none();
    if begins {
        let hit = hit::test(pass, root, input.position, Pointer::Mouse);
        let nodes = hit.map(|hit| hit.nodes()).unwrap_or_default();
        let mut track = Tracker::default();
        track.add(time, Point::ZERO);
        pass.tree.input.touchpad.running = Some(Running { nodes, node: None, last: *input, way: Point::ZERO, track });
    }
    let Some(running) = &mut pass.tree.input.touchpad.running else { return };
    running.way = running.way + input.delta;
    running.last = *input;
    running.track.add(time, running.way);
    let (nodes, node, way) = (running.nodes.clone(), running.node, running.way);
    tell_axis(pass, &nodes, input, if begins { AxisAction::Begin } else { AxisAction::Update });
    let (node, phase) = match node {
        Some(node) => (node, PanPhase::Update),
        // Which way they go is known when they have moved.
        None => match container(pass, &nodes, way) {
            Some(node) => (node, PanPhase::Start),
            None => return,
        },
    };
    if phase == PanPhase::Start
        && let Some(running) = &mut pass.tree.input.touchpad.running
    {
        running.node = Some(node);
    }
    let delta = if phase == PanPhase::Start { way } else { input.delta };
    pan(pass, node, phase, delta, Point::ZERO, input.position);
}

/// The fingers have left the touchpad.
pub fn fingers_left(pass: &mut Pass<'_>) {
    pass.tree.input.last_event = pass.tree.now;
    let Some(running) = pass.tree.input.touchpad.running.take() else { return };
    let last = WheelInput { delta: Point::ZERO, ..running.last };
    tell_axis(pass, &running.nodes, &last, AxisAction::End);
    if let Some(node) = running.node {
        pan(pass, node, PanPhase::End, Point::ZERO, running.track.velocity(), running.last.position);
    }
}

/// The innermost container that moves along the axis on which the fingers have come farther.
fn container(pass: &Pass<'_>, nodes: &[NodeId], way: Point) -> Option<NodeId> {
    let axis = match (way.x.abs(), way.y.abs()) {
        (0.0, 0.0) => return None,
        (x, y) if x > y => Axis::Horizontal,
        _ => Axis::Vertical,
    };
    let moves = |id: &NodeId| {
        let component = pass.tree.get(*id).map(Node::acting)?;
        component.pan_axis(pass.tree, *id).map(|pan| pan.allows(axis))
    };
    nodes.iter().copied().find(|id| moves(id) == Some(true))
}

fn pan(pass: &mut Pass<'_>, node: NodeId, phase: PanPhase, delta: Point, velocity: Point, window: Point) {
    let Some(component) = pass.tree.get(node).map(Node::acting) else { return };
    let position = space::to_local(pass.tree, node, window);
    component.on_pan(pass, node, &PanEvent { phase, delta, velocity, position });
}
