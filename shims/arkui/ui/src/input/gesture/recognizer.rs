//! What the app may see of a recogniser, and change: `GestureRecognizer`.

use super::arena::{Purpose, Slot};
use super::{Kind, Spec};
use crate::tree::{NodeId, Tree};
use crate::value::Value;
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::rc::Rc;

/// `GestureRecognizerState`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Public {
    /// No finger has come.
    #[default]
    Ready = 0,
    /// Fingers are followed.
    Detecting = 1,
    /// It may still win.
    Pending = 2,
    /// It has to wait.
    Blocked = 3,
    /// It has won.
    Successful = 4,
    /// It has lost.
    Failed = 5,
}

/// What is shared between a recogniser and the app's object of it.
#[derive(Debug)]
pub struct Handle {
    enabled: Cell<bool>,
    prevented: Cell<bool>,
    state: Cell<u8>,
}

impl Default for Handle {
    fn default() -> Handle {
        Handle { enabled: Cell::new(true), prevented: Cell::new(false), state: Cell::new(0) }
    }
}

impl Handle {
    pub(super) fn set_state(&self, state: Public) {
        self.state.set(state as u8);
    }

    /// Whether it takes part (`setEnabled`).
    pub fn is_enabled(&self) -> bool {
        self.enabled.get()
    }

    /// `setEnabled`.
    pub fn enable(&self, enabled: bool) {
        self.enabled.set(enabled);
    }

    /// `preventBegin`: it takes no part this time.
    pub fn prevent(&self) {
        self.prevented.set(true);
    }

    pub(super) fn is_prevented(&self) -> bool {
        self.prevented.get()
    }

    /// `GestureRecognizerState` by its number.
    pub fn state(&self) -> u8 {
        self.state.get()
    }
}

/// Recognisers that there are now, by number.
pub type Handles = FxHashMap<u64, Rc<Handle>>;

/// A recogniser as the app's side makes an object of it.
pub(super) fn describe(tree: &Tree, slot: &Slot) -> Value {
    let number = |number: f64| Value::Number(number);
    let (kind, tag, built_in) = match &slot.purpose {
        Purpose::Click => (7, None, true),
        Purpose::Drag => (6, None, true),
        Purpose::Select => (1, None, true),
        Purpose::Scroll(..) => (2, None, true),
        Purpose::Zoom => (3, None, true),
        Purpose::Gesture(spec) => (spec.number(), spec.tag.clone(), false),
    };
    let spec = match &slot.purpose {
        Purpose::Gesture(spec) => Some(&**spec),
        _ => None,
    };
    let (fingers, options) = spec.map_or((1, Value::Undefined), options);
    let (element, id) = identity(tree, slot.node);
    let (begin, end) = ends(tree, slot.node);
    Value::object([
        ("number", number(slot.number as f64)),
        ("type", number(f64::from(kind))),
        ("tag", tag.map_or(Value::Undefined, Value::String)),
        ("isBuiltIn", Value::Bool(built_in)),
        ("fingers", number(fingers as f64)),
        ("isLimited", Value::Bool(spec.is_some_and(|spec| spec.exact))),
        ("options", options),
        ("uniqueId", number(f64::from(element))),
        ("id", id),
        ("isScrollable", Value::Bool(tree.scroll(slot.node).is_some())),
        ("isBegin", Value::Bool(begin)),
        ("isEnd", Value::Bool(end)),
    ])
}

fn identity(tree: &Tree, node: NodeId) -> (i32, Value) {
    let id = tree.get(node).and_then(|node| node.common.id.clone());
    (tree.get(node).map_or(-1, |node| node.element), id.map_or(Value::text(""), Value::String))
}

/// Whether content that scrolls is at its beginning, and at its end.
fn ends(tree: &Tree, node: NodeId) -> (bool, bool) {
    let Some(scroll) = tree.scroll(node) else { return (false, false) };
    let track = scroll.track(scroll.axis());
    (track.before <= 0.5, track.after <= 0.5)
}

/// With how many fingers, and what else the app has said.
fn options(spec: &Spec) -> (usize, Value) {
    let number = |number: f64| Value::Number(number);
    match &spec.kind {
        Kind::Tap { count, fingers, .. } => (*fingers, Value::object([("count", number(f64::from(*count)))])),
        Kind::LongPress { fingers, repeat, duration, distance } => (
            *fingers,
            Value::object([
                ("repeat", Value::Bool(*repeat)),
                ("duration", number(*duration)),
                ("allowableMovement", number(f64::from(*distance))),
            ]),
        ),
        Kind::Pan { fingers, direction, distance } => (
            *fingers,
            Value::object([
                ("direction", number(f64::from(*direction))),
                ("distance", number(f64::from(*distance))),
                (
                    "distances",
                    Value::array(spec.distances.iter().map(|(tool, distance)| {
                        Value::array([number(f64::from(*tool)), number(f64::from(*distance))])
                    })),
                ),
            ]),
        ),
        Kind::Pinch { fingers, distance } => (*fingers, Value::object([("distance", number(f64::from(*distance)))])),
        Kind::Rotation { fingers, angle } => (*fingers, Value::object([("angle", number(f64::from(*angle)))])),
        Kind::Swipe { fingers, direction, speed } => (
            *fingers,
            Value::object([("direction", number(f64::from(*direction))), ("speed", number(f64::from(*speed)))]),
        ),
        Kind::Group(..) => (1, Value::Undefined),
    }
}
