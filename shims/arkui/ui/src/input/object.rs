//! Objects that handlers of events get: their fields, and what their methods do.

use super::{Modifiers, Source, Tool, space};
use crate::geometry::Point;
use crate::tree::{NodeId, Tree};
use crate::value::{Foreign, Object, Value};
use std::cell::Cell;
use std::rc::Rc;

/// Fields of an object, in order.
pub type Fields = Vec<(Rc<str>, Value)>;

/// An object of an event. The bridge makes an object of the app from it.
#[derive(Debug)]
pub struct EventObject {
    /// Its fields.
    pub fields: Fields,
    /// The names of its methods: `stopPropagation`, `preventDefault`, `getModifierKeyState`, `getHistoricalPoints` …
    pub methods: &'static [&'static str],
    /// What its methods change and read.
    pub control: Rc<Control>,
}

/// What the methods of an [`EventObject`] change and read.
#[derive(Debug, Default)]
pub struct Control {
    /// `stopPropagation` was called.
    pub stopped: Cell<bool>,
    /// `preventDefault` was called.
    pub prevented: Cell<bool>,
    /// Keys that were held.
    pub modifiers: Modifiers,
}

impl EventObject {
    /// The value to hand to a handler, and what tells what the handler did with it.
    pub fn into_value(self) -> (Value, Rc<Control>) {
        let control = Rc::clone(&self.control);
        (Value::Foreign(Foreign(Rc::new(self))), control)
    }
}

/// Adds a number.
pub(crate) fn number(fields: &mut Fields, name: &str, number: f64) {
    fields.push((name.into(), Value::Number(number)));
}

/// An object from fields.
pub(crate) fn object(fields: Fields) -> Value {
    Value::Object(Rc::new(Object { properties: fields }))
}

/// Px in vp.
pub(crate) fn vp(tree: &Tree, px: f32) -> f64 {
    f64::from(px) / f64::from(tree.environment.density)
}

/// Where something happened, under the names that most events use: in the window, on the display, on all displays, in the
/// node.
pub(crate) fn place(fields: &mut Fields, tree: &Tree, node: NodeId, window: Point) {
    let local = space::to_local(tree, node, window);
    let (x, y) = (vp(tree, window.x), vp(tree, window.y));
    for name in ["windowX", "displayX", "globalDisplayX"] {
        number(fields, name, x);
    }
    for name in ["windowY", "displayY", "globalDisplayY"] {
        number(fields, name, y);
    }
    number(fields, "x", vp(tree, local.x));
    number(fields, "y", vp(tree, local.y));
}

/// `EventTarget`: the node that an event is for.
fn target(tree: &Tree, node: NodeId) -> Value {
    let frame = tree.window_frame(node);
    let offset = tree.get(node).map(|node| node.layout.offset).unwrap_or_default();
    let point = |point: Point| {
        Value::object([("x", Value::Number(vp(tree, point.x))), ("y", Value::Number(vp(tree, point.y)))])
    };
    let id = tree.get(node).and_then(|node| node.common.id.clone());
    Value::object([
        (
            "area",
            Value::object([
                ("width", Value::Number(vp(tree, frame.size.width))),
                ("height", Value::Number(vp(tree, frame.size.height))),
                ("position", point(offset)),
                ("globalPosition", point(frame.origin)),
            ]),
        ),
        ("id", id.map_or(Value::text(""), Value::String)),
    ])
}

/// Fields of `BaseEvent`.
pub(crate) fn base(tree: &Tree, node: NodeId, source: Source, tool: Tool, pressure: f32) -> Fields {
    let mut fields = Fields::new();
    fields.push(("target".into(), target(tree, node)));
    number(&mut fields, "timestamp", (tree.now * 1e6).round());
    number(&mut fields, "source", f64::from(source as u8));
    number(&mut fields, "sourceTool", f64::from(tool as u8));
    number(&mut fields, "pressure", f64::from(pressure));
    for name in ["tiltX", "tiltY", "rollAngle", "axisHorizontal", "axisVertical", "axisPinch"] {
        number(&mut fields, name, 0.0);
    }
    number(&mut fields, "deviceId", if source == Source::TouchScreen { 0.0 } else { 1.0 });
    number(&mut fields, "targetDisplayId", 0.0);
    fields
}

/// The object of an event with the keys that are held now.
pub fn event(tree: &Tree, fields: Fields, methods: &'static [&'static str]) -> EventObject {
    let control = Control { modifiers: tree.input.keys.modifiers(), ..Control::default() };
    EventObject { fields, methods, control: Rc::new(control) }
}
