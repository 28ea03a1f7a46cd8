//! What handlers hear of a drag.

use super::{PreDrag, Preview};
use crate::geometry::Point;
use crate::input::TouchInput;
use crate::input::object::{Fields, base, event, number, place, vp};
use crate::layout::Pass;
use crate::tree::{NodeId, Tree};
use crate::value::Value;
use std::rc::Rc;

/// The fields from which the app's side makes a `DragEvent`; lengths are vp.
fn drag_event(tree: &Tree, node: Option<NodeId>, input: &TouchInput, result: Option<f64>) -> Value {
    let mut fields = match node {
        Some(node) => base(tree, node, input.source, input.tool, input.pressure),
        None => Fields::new(),
    };
    match node {
        Some(node) => place(&mut fields, tree, node, input.position),
        None => {
            for (name, px) in [("windowX", input.position.x), ("windowY", input.position.y)] {
                number(&mut fields, name, vp(tree, px));
            }
        }
    }
    let session = tree.input.drag.session.as_ref();
    let velocity = session.map_or(Point::ZERO, |session| session.track.velocity());
    number(&mut fields, "velocityX", vp(tree, velocity.x));
    number(&mut fields, "velocityY", vp(tree, velocity.y));
    number(&mut fields, "velocity", vp(tree, velocity.length()));
    if let Some(rect) = session.and_then(|session| Some(session.preview.as_ref()?.rect(session.position))) {
        let rect =
            [("x", rect.origin.x), ("y", rect.origin.y), ("width", rect.size.width), ("height", rect.size.height)];
        fields.push(("previewRect".into(), Value::object(rect.map(|(name, px)| (name, Value::Number(vp(tree, px)))))));
    }
    if let Some(source) = session.and_then(|session| tree.get(session.source?)) {
        number(&mut fields, "sourceElement", f64::from(source.element));
    }
    if let Some(index) = node.and_then(|node| insert_index(tree, node, input.position)) {
        number(&mut fields, "insertIndex", index as f64);
    }
    if let Some(text) = &tree.input.drag.text {
        fields.push(("text".into(), Value::String(Rc::clone(text))));
    }
    if let Some(result) = result {
        number(&mut fields, "result", result);
    }
    event(tree, fields, &["getModifierKeyState"]).into_value().0
}

/// Of which item of a list or a grid the pointer takes the place.
fn insert_index(tree: &Tree, node: NodeId, position: Point) -> Option<usize> {
    let local = crate::input::space::to_local(tree, node, position);
    tree.get(node)?.component.item_at(tree, node, local)
}

/// Calls a handler of the source; `None` when it has none.
pub(super) fn source(pass: &mut Pass<'_>, node: NodeId, name: &str, input: &TouchInput) -> Option<Value> {
    pass.tree.get(node)?.common.events.get(name)?;
    let event = drag_event(pass.tree, Some(node), input, None);
    pass.call_event(node, name, &[event])
}

/// Calls a handler of a drop target, and that of spring loading, which hears of everything; `None` when it has none of that
/// name.
pub(super) fn target(pass: &mut Pass<'_>, node: NodeId, name: &str, input: &TouchInput) -> Option<Value> {
    let events = &pass.tree.get(node)?.common.events;
    let (loads, drops) = (events.contains_key("onDragSpringLoading"), events.contains_key("onDrop"));
    if loads {
        let event = drag_event(pass.tree, Some(node), input, None);
        pass.call_event(node, "onDragSpringLoading", &[Value::text(name), event]);
    }
    // Coming, moving and going are only told to who can be dropped on.
    if !drops {
        return None;
    }
    source(pass, node, name, input)
}

/// Tells the listener of all drags.
pub(super) fn tell(pass: &mut Pass<'_>, name: &str, source: Option<NodeId>, input: &TouchInput) -> Option<Value> {
    let listener = pass.tree.input.drag.listener.clone()?;
    let event = drag_event(pass.tree, source, input, None);
    let element = source.and_then(|source| pass.tree.get(source)).map_or(-1, |node| node.element);
    Some(pass.host.call(pass.tree, &listener, &[Value::text(name), event, Value::Number(f64::from(element))]))
}

/// The drag is over: `onDragEnd` of the source, then the listener.
pub(super) fn ended(pass: &mut Pass<'_>, source: Option<NodeId>, input: &TouchInput, result: f64) {
    if let Some(node) = source.filter(|node| pass.tree.get(*node).is_some()) {
        let event = drag_event(pass.tree, Some(node), input, Some(result));
        pass.call_event(node, "onDragEnd", &[event]);
    }
    if let Some(listener) = pass.tree.input.drag.listener.clone() {
        let event = drag_event(pass.tree, None, input, Some(result));
        pass.host.call(pass.tree, &listener, &[Value::text("end"), event, Value::Number(-1.0)]);
    }
}

/// `onPreDrag`.
pub(crate) fn pre_drag(pass: &mut Pass<'_>, node: NodeId, status: PreDrag) {
    pass.call_event(node, "onPreDrag", &[Value::Number(f64::from(status as u8))]);
}

impl Preview {
    /// What a handler gave: `{node}` (a number) or `{pixels}`, and `touchX`, `touchY` in px from its top left corner.
    pub fn from_answer(tree: &Tree, answer: &Value) -> Option<Preview> {
        let anchor = match (answer.get("touchX").as_f32(), answer.get("touchY").as_f32()) {
            (Some(x), Some(y)) => Some(Point::new(x, y)),
            _ => None,
        };
        let opacity = answer.get("opacity").as_f32();
        let badge = answer.get("badge").as_i32().and_then(|count| u32::try_from(count).ok());
        let preview = if let Some(node) = answer.get("node").as_f64() {
            Preview::of_loose_node(tree, tree.by_number(node as u64)?, anchor)
        } else {
            Preview::of_pixels(answer.get("pixels"), anchor)
        };
        preview.map(|preview| preview.with(opacity, badge))
    }
}
