//! Input: from a finger on the glass to a handler of the app.
//!
//! A touch is tested against the tree when it goes down (`hit.rs`); what it hits gets its later events too. `onTouch` handlers
//! come first (`touch.rs`), then the recognisers of gestures, which compete (`gesture/`). Clicks, pans of containers and
//! everything else that has to be told apart from a drag is a recogniser. Mouse, wheel and keys have a file each; keys go to
//! the node with the focus (`focus.rs`), and so does what input methods say (`input_method.rs`). A drag takes its pointer out of all this (`drag/`). Time is that of the tree; recognisers that wait ask for it (`timers.rs`).

pub mod drag;
pub mod focus;
pub(crate) mod focus_style;
pub mod gesture;
pub mod hit;
pub mod input_method;
pub mod key;
pub mod mouse;
pub mod object;
pub mod pointer_style;
pub mod space;
pub mod state;
pub mod style;
pub mod timers;
pub mod touch;
pub mod touchpad;

pub use focus::{FocusError, clear_focus, request_focus};
pub use gesture::cancel_all;
pub use key::{KeyInput, KeyPhase, KeyText, key, text};
pub use mouse::{MouseAction, MouseButton, MouseInput, WheelInput, mouse, wheel};
pub use object::EventObject;
pub use state::UiState;
pub use style::InputStyle;
pub use touch::{TouchInput, TouchPhase, finger_position, touch};

use crate::geometry::Point;
use crate::layout::Pass;
use crate::tree::{NodeId, Tree};
use crate::value::Value;

/// `SourceType`: the device that an event comes from, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// Not known.
    Unknown = 0,
    /// A mouse.
    Mouse = 1,
    /// A touch screen.
    #[default]
    TouchScreen = 2,
    /// A keyboard.
    Key = 4,
}

/// `SourceTool`: what touches, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tool {
    /// Not known.
    Unknown = 0,
    /// A finger.
    #[default]
    Finger = 1,
    /// A pen.
    Pen = 2,
    /// A mouse.
    Mouse = 3,
    /// A touchpad.
    Touchpad = 4,
}

/// Keys that change what others mean, while they are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Modifiers {
    /// Ctrl.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The system key.
    pub meta: bool,
}

/// All that input remembers between events. It belongs to the tree.
#[derive(Default)]
pub struct Input {
    pub(crate) touch: touch::Touches,
    /// What is being dragged.
    pub drag: drag::Drag,
    pub(crate) arena: gesture::Arena,
    pub(crate) mouse: mouse::Mouse,
    pub(crate) touchpad: touchpad::Touchpad,
    /// Who has the focus.
    pub focus: focus::Focus,
    pub(crate) keys: key::Keys,
    /// What the app's objects of recognisers change.
    pub recognizers: gesture::recognizer::Handles,
    /// `monopolizeEvents`: the node that alone gets fingers while any is down.
    pub(crate) monopolist: Option<NodeId>,
    pub(crate) timers: timers::Timers,
    pub(crate) states: state::States,
    /// When the last event came, in ms; for those who wait until nothing happens.
    pub last_event: f64,
    /// What the last finger was: a real one, or the mouse.
    pub last_source: Source,
}

impl Input {
    /// Keys that are held and change what others mean.
    pub fn modifiers(&self) -> Modifiers {
        self.keys.modifiers()
    }

    /// Whether a finger is down, and something hears of it.
    pub fn has_finger(&self, finger: i32) -> bool {
        self.touch.fingers.contains_key(&finger)
    }
}

impl Pass<'_> {
    /// Calls a handler of the app by its event's name, if the node has one. `None` when it has none.
    pub fn call_event(&mut self, node: NodeId, event: &str, args: &[Value]) -> Option<Value> {
        let callback = self.tree.get(node)?.common.events.get(event)?.clone();
        Some(self.host.call(self.tree, &callback, args))
    }

    /// Tells who observes all nodes, if anybody does.
    pub(crate) fn observe(&mut self, node: NodeId, event: &str, args: Vec<Value>) {
        let Some(observer) = self.tree.observer.clone() else { return };
        let element = self.tree.get(node).map_or(-1, |node| node.element);
        let mut all = vec![Value::text(event), Value::Number(f64::from(element))];
        all.extend(args);
        self.host.call(self.tree, &observer, &all);
    }
}

/// Fires the timers that are due. To be called when the clock reaches [`next_timer`].
pub fn run_timers(pass: &mut Pass<'_>) {
    while let Some(timer) = pass.tree.input.timers.take_due(pass.tree.now) {
        gesture::timer(pass, timer);
    }
}

/// When the next timer is due, in ms.
pub fn next_timer(tree: &Tree) -> Option<f64> {
    tree.input.timers.next()
}

/// The event that `onClick` gets for a click at a place in the frame of a node, which the app asks for itself.
pub fn click_event(tree: &Tree, node: NodeId, at: Point) -> Value {
    touch::click_event(tree, node, space::to_window(tree, node, at), Source::Unknown, Tool::Unknown)
}

/// A click that does not come from a pointer: a key, an assistive technology, a test.
pub fn click(pass: &mut Pass<'_>, node: NodeId, source: Source) -> bool {
    let size = pass.tree.get(node).map(|node| node.layout.size).unwrap_or_default();
    let center = space::to_window(pass.tree, node, Point::new(size.width / 2.0, size.height / 2.0));
    touch::click(pass, node, center, source, Tool::Unknown)
}
