//! From what a recogniser reports to a handler of the app, or to a container that scrolls.

use super::arena::{Purpose, Slot};
use super::machine::{Report, Stage};
use super::{Handlers, Kind, Spec, recognizer};
use crate::geometry::{Axis, Point};
use crate::input::object::{self, Fields, base, event, number, place, vp};
use crate::input::{Source, TouchInput, TouchPhase, drag, space, touch};
use crate::layout::Pass;
use crate::pan::{PanAxis, PanEvent, PanPhase, ZoomEvent};
use crate::selection::{SelectEvent, SelectPhase};
use crate::tree::Tree;
use crate::value::Value;

/// Delivers a report.
pub(super) fn tell(pass: &mut Pass<'_>, slot: &mut Slot, report: &Report) {
    match slot.purpose.clone() {
        Purpose::Click => {
            let at = slot.contacts.last().map_or(Point::ZERO, |contact| contact.position);
            touch::click(pass, slot.node, at, slot.source, slot.tool);
        }
        Purpose::Scroll(axis, last) => {
            let next = scroll(pass, slot, axis, last, report);
            slot.purpose = Purpose::Scroll(axis, next);
        }
        Purpose::Zoom => {
            let Some(component) = pass.tree.get(slot.node).map(crate::tree::Node::acting) else { return };
            let phase = match report.stage {
                Stage::Start => PanPhase::Start,
                Stage::End => PanPhase::End,
                Stage::Cancel => PanPhase::Cancel,
                _ => PanPhase::Update,
            };
            let center = space::to_local(pass.tree, slot.node, report.center);
            component.on_zoom(pass, slot.node, &ZoomEvent { phase, scale: report.scale, center });
        }
        Purpose::Drag if report.stage == Stage::Action => {
            let Some(contact) = slot.contacts.last() else { return };
            let input = TouchInput {
                source: slot.source,
                tool: slot.tool,
                ..TouchInput::finger(contact.finger, TouchPhase::Move, contact.position)
            };
            // It begins when the recognisers are back in their place.
            pass.tree.input.drag.starting = Some((slot.node, input));
        }
        Purpose::Drag => {
            if let Stage::PreDrag(status) = report.stage {
                drag::pre_drag(pass, slot.node, status);
            }
        }
        Purpose::Select => select(pass, slot, report.stage),
        Purpose::Gesture(spec) => {
            let member = report.member.and_then(|member| match &spec.kind {
                Kind::Group(_, members) => members.get(member),
                _ => None,
            });
            let spec = member.unwrap_or(&spec);
            let Some(callback) = handler(&spec.handlers, report.stage) else { return };
            let callback = callback.clone();
            let value = gesture_event(pass.tree, slot, spec, report);
            observed(pass, slot, spec.number(), report.stage, &value, WILL_START);
            pass.host.call(pass.tree, &callback, std::slice::from_ref(&value));
            observed(pass, slot, spec.number(), report.stage, &value, WILL_END);
        }
    }
}

/// `GestureActionPhase`.
const WILL_START: f64 = 0.0;
const WILL_END: f64 = 1.0;

/// Tells who observes all gestures: when one begins, and when it ends.
fn observed(pass: &mut Pass<'_>, slot: &Slot, kind: i32, stage: Stage, event: &Value, phase: f64) {
    let told = match stage {
        Stage::Action => true,
        Stage::Start => phase == WILL_START,
        Stage::End | Stage::Cancel => phase == WILL_END,
        _ => false,
    };
    if told && pass.tree.observer.is_some() {
        let recognizer = recognizer::describe(pass.tree, slot);
        let args = vec![Value::Number(f64::from(kind)), Value::Number(phase), event.clone(), recognizer];
        pass.observe(slot.node, "gesture", args);
    }
}

fn handler(handlers: &Handlers, stage: Stage) -> Option<&crate::value::Callback> {
    match stage {
        Stage::Action => handlers.action.as_ref(),
        Stage::Start => handlers.start.as_ref(),
        Stage::Update => handlers.update.as_ref(),
        Stage::End => handlers.end.as_ref(),
        Stage::Cancel => handlers.cancel.as_ref(),
        Stage::PreDrag(_) => None,
    }
}

fn select(pass: &mut Pass<'_>, slot: &Slot, stage: Stage) {
    let (Some(contact), Some(component)) = (slot.contacts.last(), pass.tree.get(slot.node).map(|node| node.component))
    else {
        return;
    };
    let (phase, at) = match stage {
        Stage::Action => (SelectPhase::Press, contact.position),
        Stage::Start => (SelectPhase::Start, contact.start),
        Stage::Update => (SelectPhase::Drag, contact.position),
        Stage::End | Stage::Cancel => (SelectPhase::End, contact.position),
        Stage::PreDrag(_) => return,
    };
    let position = space::to_local(pass.tree, slot.node, at);
    component.on_select(pass, slot.node, &SelectEvent { phase, position, mouse: slot.source == Source::Mouse });
}

/// Moves the content of a container; returns how far the fingers have moved in all.
fn scroll(pass: &mut Pass<'_>, slot: &Slot, axis: PanAxis, last: Point, report: &Report) -> Point {
    let Some(component) = pass.tree.get(slot.node).map(|node| node.component) else { return last };
    let along = |point: Point| {
        let keep = |axis_of: Axis, value: f32| if axis.allows(axis_of) { value } else { 0.0 };
        Point::new(keep(Axis::Horizontal, point.x), keep(Axis::Vertical, point.y))
    };
    let phase = match report.stage {
        Stage::Start => PanPhase::Start,
        Stage::End => PanPhase::End,
        Stage::Cancel => PanPhase::Cancel,
        _ => PanPhase::Update,
    };
    let offset = along(report.offset);
    let slack = super::arena::SCROLL_DISTANCE * pass.tree.environment.density;
    let last = if report.stage == Stage::Start {
        // What recognising took is not scrolled.
        let length = offset.length();
        if length > 0.0 { Point::new(offset.x * slack / length, offset.y * slack / length) } else { last }
    } else {
        last
    };
    let velocity = along(report.velocity);
    let position = space::to_local(pass.tree, slot.node, report.center);
    let mut delta = offset - last;
    if phase == PanPhase::End && delta != Point::ZERO {
        let event = PanEvent { phase: PanPhase::Update, delta, velocity, position };
        component.on_pan(pass, slot.node, &event);
        delta = Point::ZERO;
    }
    component.on_pan(pass, slot.node, &PanEvent { phase, delta, velocity, position });
    offset
}

/// Asks the app whether a gesture may be recognised (`onGestureJudgeBegin` and its younger brother).
pub(super) fn judge(pass: &mut Pass<'_>, slots: &[Slot], index: usize) -> bool {
    const REJECT: i32 = 1;
    let Some(slot) = slots.get(index) else { return true };
    let Some(node) = pass.tree.get(slot.node) else { return false };
    for name in ["onGestureRecognizerJudgeBegin", "onGestureJudgeBegin"] {
        if !node.common.events.contains_key(name) {
            continue;
        }
        let current = recognizer::describe(pass.tree, slot);
        let report = Report { offset: average_offset(slot), ..Report::new(Stage::Start) };
        let fields = gesture_fields(pass.tree, slot, &report);
        let value = event(pass.tree, fields, METHODS).into_value().0;
        let args = if name == "onGestureJudgeBegin" {
            let system = current.get("isBuiltIn").clone();
            let info = [("tag", current.get("tag").clone()), ("type", current.get("type").clone())];
            let [tag, kind] = info;
            vec![Value::object([tag, kind, ("isSystemGesture", system)]), value]
        } else {
            let others = slots.iter().filter(|other| other.number != slot.number);
            let others = others.map(|other| recognizer::describe(pass.tree, other)).collect::<Vec<_>>();
            vec![value, current, Value::array(others)]
        };
        let answer = pass.call_event(slot.node, name, &args).unwrap_or_default();
        return answer.as_i32() != Some(REJECT);
    }
    true
}

fn average_offset(slot: &Slot) -> Point {
    let count = slot.contacts.len().max(1) as f32;
    let sum = slot.contacts.iter().fold(Point::ZERO, |sum, contact| sum + contact.moved());
    Point::new(sum.x / count, sum.y / count)
}

const METHODS: &[&str] = &["getModifierKeyState"];

fn gesture_event(tree: &Tree, slot: &Slot, spec: &Spec, report: &Report) -> Value {
    let mut fields = gesture_fields(tree, slot, report);
    if let (Kind::Tap { .. }, Some(contact)) = (&spec.kind, slot.contacts.last()) {
        let mut location = Fields::new();
        place(&mut location, tree, slot.node, contact.position);
        fields.push(("tapLocation".into(), object::object(location)));
    }
    event(tree, fields, METHODS).into_value().0
}

/// Fields of `GestureEvent`.
fn gesture_fields(tree: &Tree, slot: &Slot, report: &Report) -> Fields {
    let mut fields = base(tree, slot.node, slot.source, slot.tool, 1.0);
    fields.push(("repeat".into(), Value::Bool(report.repeat)));
    let fingers: Vec<Value> = slot
        .contacts
        .iter()
        .map(|contact| {
            let local = space::to_local(tree, slot.node, contact.position);
            let mut fields = Fields::new();
            number(&mut fields, "id", f64::from(contact.finger));
            let (x, y) = (vp(tree, contact.position.x), vp(tree, contact.position.y));
            for name in ["globalX", "displayX", "globalDisplayX"] {
                number(&mut fields, name, x);
            }
            for name in ["globalY", "displayY", "globalDisplayY"] {
                number(&mut fields, name, y);
            }
            number(&mut fields, "localX", vp(tree, local.x));
            number(&mut fields, "localY", vp(tree, local.y));
            number(&mut fields, "hand", 0.0);
            object::object(fields)
        })
        .collect();
    fields.push(("fingerList".into(), Value::array(fingers.clone())));
    fields.push(("fingerInfos".into(), Value::array(fingers)));
    number(&mut fields, "offsetX", vp(tree, report.offset.x));
    number(&mut fields, "offsetY", vp(tree, report.offset.y));
    number(&mut fields, "scale", f64::from(report.scale));
    number(&mut fields, "angle", f64::from(report.angle));
    number(&mut fields, "speed", vp(tree, report.speed));
    number(&mut fields, "velocityX", vp(tree, report.velocity.x));
    number(&mut fields, "velocityY", vp(tree, report.velocity.y));
    number(&mut fields, "velocity", vp(tree, report.velocity.length()));
    let center = space::to_local(tree, slot.node, report.center);
    number(&mut fields, "pinchCenterX", vp(tree, center.x));
    number(&mut fields, "pinchCenterY", vp(tree, center.y));
    fields
}
