//! Drag and drop: what is lifted from a node, follows the pointer, and is let go above another node.
//!
//! A node that may be dragged has a recogniser (`lift`). Once that has won, the pointer belongs to the drag: nobody else
//! hears of it until it ends. What is dragged (the data, its summary, the result) lives on the app's side, behind
//! [`Drag::listener`]; here is where the pointer is, who is under it, and what is drawn there.
//!
//! A drag may also come from outside of the app ([`offer`]): then it has no source, and a drop target is all that it meets. One
//! that leaves the window may be handed over to the desktop ([`hand_over`]), which says what becomes of it ([`ended_outside`]).

mod events;
pub(crate) mod lift;
mod preview;
#[cfg(test)]
mod tests;

pub(crate) use events::pre_drag;
pub use preview::{Preview, paint};

use super::gesture::velocity::Tracker;
use super::hit::{self, Pointer};
use super::{TouchInput, TouchPhase, space};
use crate::geometry::{Point, Size};
use crate::layout::Pass;
use crate::selection::{SelectEvent, SelectPhase};
use crate::tree::{NodeId, Tree};
use crate::value::Callback;
use concord_paint::DisplayList;
use std::rc::Rc;

/// The pointer of a drag that comes from outside.
pub const OUTSIDE: i32 = -1;

/// `DragResult`, as far as it is decided here.
const SUCCESSFUL: f64 = 0.0;
const FAILED: f64 = 1.0;
const CANCELED: f64 = 2.0;

/// `PreDragStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PreDrag {
    /// The finger rests.
    Detecting = 0,
    /// Moving it starts a drag now.
    Ready = 1,
    /// The preview begins to float.
    LiftStarted = 2,
    /// It floats.
    LiftFinished = 3,
    /// It goes back to its place.
    LandingStarted = 4,
    /// It is back.
    LandingFinished = 5,
    /// The finger left before.
    Canceled = 6,
}

/// What is being dragged.
#[derive(Debug)]
pub(crate) struct Session {
    source: Option<NodeId>,
    finger: i32,
    position: Point,
    over: Option<NodeId>,
    track: Tracker,
    preview: Option<Preview>,
    /// The desktop drags it, and shows it.
    outside: bool,
}

/// All that drags remember. It belongs to the input of the tree.
#[derive(Default)]
pub struct Drag {
    pub(crate) session: Option<Session>,
    /// A recogniser has won with this node, finger and point.
    pub(crate) starting: Option<(NodeId, TouchInput)>,
    /// What is dragged is text that was selected.
    pub(crate) text: Option<Rc<str>>,
    /// Hears of every drag: `(event, DragEvent-like fields, element of the source) → answer`. Events are `start` (a source
    /// without `onDragStart` gives what it has), `end`, and `text` (what a field that is typed into is given).
    pub listener: Option<Callback>,
    /// Gives what is dragged to other programs, and takes what they drag here: `(what, …) → answer`.
    pub outside: Option<Callback>,
    /// `DragResult` of the last drag.
    pub(crate) result: Option<f64>,
}

impl Drag {
    /// Whether something is being dragged.
    pub fn is_active(&self) -> bool {
        self.session.is_some()
    }

    /// Where, in px of the window.
    pub fn position(&self) -> Option<Point> {
        self.session.as_ref().map(|session| session.position)
    }

    /// The pointer that drags, unless the desktop does.
    pub fn pointer(&self) -> Option<i32> {
        self.session
            .as_ref()
            .filter(|session| !session.outside && session.finger != OUTSIDE)
            .map(|session| session.finger)
    }

    /// Whether the desktop drags what comes from here.
    pub fn is_handed_over(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.outside)
    }

    /// `DragResult` of the last drag that has ended.
    pub fn result(&self) -> Option<f64> {
        self.result
    }

    /// Whether something under the pointer would take it.
    pub fn has_target(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.over.is_some())
    }
}

/// Whether a node can be lifted: `draggable`, or a component of which the platform says so.
pub fn is_draggable(tree: &Tree, id: NodeId) -> bool {
    let Some(node) = tree.get(id) else { return false };
    let given = node.common.input.as_ref().and_then(|input| input.draggable);
    given.unwrap_or_else(|| matches!(node.component.name(), "Image" | "Hyperlink"))
}

/// Whether what is selected in a text would be lifted at a point of the window.
pub(crate) fn lifts_text(tree: &Tree, id: NodeId, window: Point) -> bool {
    let Some(node) = tree.get(id) else { return false };
    let refused = node.common.input.as_ref().and_then(|input| input.draggable) == Some(false);
    !refused && tree.is_enabled(id) && node.component.lifts_at(tree, id, space::to_local(tree, id, window))
}

/// Starts what a recogniser has decided on, once nobody holds the recognisers any more. Returns whether the pointer belongs to
/// a drag now.
pub(crate) fn settle(pass: &mut Pass<'_>, root: NodeId) -> bool {
    let Some((node, input)) = pass.tree.input.drag.starting.take() else { return false };
    let pressed = pass.tree.input.touch.fingers.get(&input.finger).map_or(input.position, |finger| finger.pressed);
    let text = lifts_text(pass.tree, node, pressed).then(|| {
        let component = pass.tree.get(node)?.component;
        component.selected_text(pass.tree, node).filter(|text| !text.is_empty()).map(Rc::from)
    });
    pass.tree.input.drag.text = text.flatten();
    let answer = events::source(pass, node, "onDragStart", &input);
    let answer = answer.unwrap_or_else(|| events::tell(pass, "start", Some(node), &input).unwrap_or_default());
    // The app's side says `false` when there is nothing to drag.
    if answer.as_bool() == Some(false) || pass.tree.get(node).is_none() {
        events::pre_drag(pass, node, PreDrag::Canceled);
        return false;
    }
    let text = pass.tree.input.drag.text.clone();
    if text.is_some()
        && let Some(component) = pass.tree.get(node).map(|node| node.component)
    {
        let position = space::to_local(pass.tree, node, input.position);
        component.on_select(pass, node, &SelectEvent { phase: SelectPhase::Lift, position, mouse: true });
    }
    let given = Preview::from_answer(pass.tree, &answer);
    let preview = given.or_else(|| Preview::of_text(pass.tree, text.as_deref()?));
    let preview = preview.unwrap_or_else(|| Preview::of_node(pass.tree, node, input.position));
    begin(pass, root, Some(node), input, Some(preview));
    true
}

fn begin(pass: &mut Pass<'_>, root: NodeId, source: Option<NodeId>, input: TouchInput, preview: Option<Preview>) {
    let mut track = Tracker::default();
    track.add(pass.tree.now, input.position);
    let (finger, position) = (input.finger, input.position);
    pass.tree.input.drag.session =
        Some(Session { source, finger, position, over: None, track, preview, outside: false });
    super::touch::take_away(pass, finger);
    pass.tree.needs_frame = true;
    moved(pass, root, &input);
}

/// The app starts a drag itself (`executeDrag`) with a finger that is down. Returns whether there is such a finger, and no other
/// drag.
pub fn execute(pass: &mut Pass<'_>, root: NodeId, finger: i32, preview: Option<Preview>) -> bool {
    if pass.tree.input.drag.is_active() {
        return false;
    }
    let fingers = &pass.tree.input.touch.fingers;
    let found = fingers.get(&finger).or_else(|| fingers.get(&super::mouse::FINGER)).map(|finger| finger.last);
    let Some(input) = found else { return false };
    begin(pass, root, None, input, preview);
    true
}

/// A drag from outside comes over a window, at a point in px. What it carries is known to the app's side.
pub fn offer(pass: &mut Pass<'_>, root: NodeId, position: Point) -> bool {
    if pass.tree.input.drag.is_active() {
        return false;
    }
    begin(pass, root, None, TouchInput::finger(OUTSIDE, TouchPhase::Move, position), None);
    true
}

/// What follows the pointer: a picture in px, its size, and where in it the pointer is.
pub fn picture(tree: &Tree) -> Option<(DisplayList, Size, Point)> {
    tree.input.drag.session.as_ref()?.preview.as_ref().map(Preview::picture)
}

/// The desktop drags it from now on: nothing is under it for the time being, the pointer that it had does nothing more, and
/// [`desktop_pointer`] says where it is over windows of the app.
pub fn hand_over(pass: &mut Pass<'_>) {
    let Some(session) = &mut pass.tree.input.drag.session else { return };
    session.outside = true;
    let input = TouchInput::finger(session.finger, TouchPhase::Cancel, session.position);
    leave(pass, &input);
    pass.tree.needs_frame = true;
}

/// What the desktop drags is over a window of the app, moves, leaves it (`Cancel`) or is dropped there.
pub fn desktop_pointer(pass: &mut Pass<'_>, root: NodeId, phase: TouchPhase, position: Point) {
    let Some(session) = &pass.tree.input.drag.session else { return };
    let input = TouchInput::finger(session.finger, phase, position);
    match phase {
        TouchPhase::Down | TouchPhase::Move => moved(pass, root, &input),
        TouchPhase::Up => drop_here(pass, root, &input),
        TouchPhase::Cancel => leave(pass, &input),
    }
}

/// What was handed over has been let go somewhere else, and was taken there or not.
pub fn ended_outside(pass: &mut Pass<'_>, taken: bool) {
    let Some(session) = pass.tree.input.drag.session.as_ref().filter(|session| session.outside) else { return };
    let input = TouchInput::finger(session.finger, TouchPhase::Up, session.position);
    leave(pass, &input);
    end(pass, &input, if taken { SUCCESSFUL } else { CANCELED });
}

/// Nothing is under it any more.
fn leave(pass: &mut Pass<'_>, input: &TouchInput) {
    let Some(over) = pass.tree.input.drag.session.as_mut().and_then(|session| session.over.take()) else { return };
    events::target(pass, over, "onDragLeave", input);
    show_caret(pass, over, None);
}

/// Gives an event of a pointer to the drag that has it. Returns whether there is one.
pub fn pointer(pass: &mut Pass<'_>, root: NodeId, input: &TouchInput) -> bool {
    let session = pass.tree.input.drag.session.as_ref();
    if session.is_none_or(|session| session.finger != input.finger || session.outside) {
        return false;
    }
    match input.phase {
        TouchPhase::Move => moved(pass, root, input),
        TouchPhase::Up => drop_here(pass, root, input),
        TouchPhase::Cancel => cancel(pass),
        TouchPhase::Down => {}
    }
    true
}

/// The node that gets what is let go at a point: the topmost that listens to drops.
fn target(pass: &mut Pass<'_>, root: NodeId, point: Point) -> Option<NodeId> {
    let hit = hit::test(pass, root, point, Pointer::Touch)?;
    let listens = |id: &NodeId| {
        pass.tree.get(*id).is_some_and(|node| {
            let events = &node.common.events;
            events.contains_key("onDrop") || events.contains_key("onDragSpringLoading") || is_editable(pass.tree, *id)
        })
    };
    hit.nodes().into_iter().find(listens)
}

/// Whether text that is let go above the node is typed into it.
fn is_editable(tree: &Tree, id: NodeId) -> bool {
    tree.get(id).is_some_and(|node| matches!(node.component.name(), "TextInput" | "TextArea" | "Search" | "RichEditor"))
}

fn moved(pass: &mut Pass<'_>, root: NodeId, input: &TouchInput) {
    let now = pass.tree.now;
    let target = target(pass, root, input.position);
    let Some(session) = &mut pass.tree.input.drag.session else { return };
    session.position = input.position;
    session.track.add(now, input.position);
    let before = std::mem::replace(&mut session.over, target);
    pass.tree.needs_frame = true;
    if let Some(target) = target {
        show_caret(pass, target, Some(input.position));
    }
    if before == target {
        if let Some(target) = target {
            events::target(pass, target, "onDragMove", input);
        }
        return;
    }
    if let Some(before) = before {
        events::target(pass, before, "onDragLeave", input);
        show_caret(pass, before, None);
    }
    if let Some(target) = target {
        events::target(pass, target, "onDragEnter", input);
    }
}

/// Shows in a field without `onDrop` where text would go.
fn show_caret(pass: &mut Pass<'_>, node: NodeId, at: Option<Point>) {
    let Some(found) = pass.tree.get(node) else { return };
    if is_editable(pass.tree, node) && !found.common.events.contains_key("onDrop") {
        let component = found.component;
        let at = at.map(|at| space::to_local(pass.tree, node, at));
        component.on_drag_text(pass, node, at);
    }
}

fn drop_here(pass: &mut Pass<'_>, root: NodeId, input: &TouchInput) {
    if pass.tree.input.drag.position() != Some(input.position) {
        moved(pass, root, input);
    }
    let over = pass.tree.input.drag.session.as_ref().and_then(|session| session.over);
    let result = over.and_then(|target| {
        if let Some(answer) = events::target(pass, target, "onDrop", input) {
            return answer.as_f64();
        }
        is_editable(pass.tree, target).then(|| type_into(pass, target, input))
    });
    end(pass, input, result.unwrap_or(FAILED));
}

/// A field without `onDrop` is given the text of what is dropped.
fn type_into(pass: &mut Pass<'_>, field: NodeId, input: &TouchInput) -> f64 {
    let text = events::tell(pass, "text", None, input).unwrap_or_default();
    let Some(component) = pass.tree.get(field).map(|node| node.component) else { return FAILED };
    show_caret(pass, field, None);
    let Some(text) = text.as_str().filter(|text| !text.is_empty()) else { return FAILED };
    let drag = &pass.tree.input.drag;
    let own = drag.text.is_some() && drag.session.as_ref().is_some_and(|session| session.source == Some(field));
    let at = space::to_local(pass.tree, field, input.position);
    // A field that refuses the focus takes no text either.
    let taken = super::request_focus(pass, field).is_ok() && component.on_drop_text(pass, field, text, at, own);
    if taken { SUCCESSFUL } else { FAILED }
}

/// Ends the running drag without a drop.
pub fn cancel(pass: &mut Pass<'_>) {
    let Some(session) = &pass.tree.input.drag.session else { return };
    let input = TouchInput::finger(session.finger, TouchPhase::Cancel, session.position);
    leave(pass, &input);
    end(pass, &input, CANCELED);
}

fn end(pass: &mut Pass<'_>, input: &TouchInput, result: f64) {
    let Some(session) = &pass.tree.input.drag.session else { return };
    let source = session.source;
    events::ended(pass, source, input, result);
    pass.tree.input.drag.session = None;
    pass.tree.input.drag.result = Some(result);
    pass.tree.input.drag.text = None;
    pass.tree.needs_frame = true;
    if let Some(source) = source {
        events::pre_drag(pass, source, PreDrag::LandingStarted);
        events::pre_drag(pass, source, PreDrag::LandingFinished);
    }
}
