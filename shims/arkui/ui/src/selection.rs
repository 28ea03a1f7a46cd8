//! What is selected in a text by hand. Components keep the selection itself and draw it; here is what they are told
//! ([`SelectEvent`]), and what is shown above the page for one of them at a time: handles and a menu, which the library makes
//! ([`Selecting`]).

use crate::geometry::{Point, Rect};
use crate::input::space;
use crate::layout::Pass;
use crate::tree::{NodeId, Tree};
use crate::value::{Callback, Value};
use std::ops::Range;

/// What somebody does to the selection of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectPhase {
    /// A finger was held: the word there is selected.
    Press,
    /// The mouse begins to select here.
    Start,
    /// The finger or the mouse moves on.
    Drag,
    /// It is lifted.
    End,
    /// The right button of the mouse: a menu.
    Menu,
    /// The middle button: what was selected last, anywhere, is inserted here.
    Insert,
    /// What is selected is lifted to be dragged.
    Lift,
    /// The handle at the start of the selection, or that of the caret, is dragged.
    FirstHandle,
    /// The handle at the end.
    LastHandle,
    /// A handle is let go.
    HandleEnd,
    /// The handle of the caret was tapped: its menu comes and goes.
    HandleTap,
    /// A touch elsewhere.
    Dismiss,
    /// `Cut` of the menu.
    Cut,
    /// `Copy`.
    Copy,
    /// `Paste`.
    Paste,
    /// `Select all`.
    SelectAll,
}

impl SelectPhase {
    /// By the number that the library uses.
    pub fn from_number(number: i32) -> Option<SelectPhase> {
        Some(match number {
            0 => SelectPhase::FirstHandle,
            1 => SelectPhase::LastHandle,
            2 => SelectPhase::HandleEnd,
            3 => SelectPhase::HandleTap,
            4 => SelectPhase::Cut,
            5 => SelectPhase::Copy,
            6 => SelectPhase::Paste,
            7 => SelectPhase::SelectAll,
            _ => return None,
        })
    }
}

/// See [`SelectPhase`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SelectEvent {
    /// What.
    pub phase: SelectPhase,
    /// Where, in the node's frame.
    pub position: Point,
    /// Whether by a mouse, which needs no handles.
    pub mouse: bool,
}

/// Which handles there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handles {
    /// None.
    None = 0,
    /// One, below the caret.
    Caret = 1,
    /// One at each end of the selection.
    Both = 2,
}

/// Why a menu is shown: `TextResponseType`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuReason {
    /// The right button of the mouse.
    RightClick = 0,
    /// A finger that was held.
    LongPress = 1,
    /// Something was selected with the mouse.
    Select = 2,
}

/// The text whose selection is shown above the page.
#[derive(Debug, Clone, Copy)]
pub struct Selecting {
    /// Whose.
    pub node: NodeId,
    /// What the library shows it in.
    pub layer: Option<NodeId>,
    /// Which handles.
    pub handles: Handles,
    /// The menu, if there is one, and why.
    pub menu: Option<MenuReason>,
}

impl Tree {
    /// Shows handles and a menu for the selection of a node; the menu at a point of the window, or beside what is selected.
    pub fn show_selection(&mut self, node: NodeId, handles: Handles, menu: Option<MenuReason>, at: Option<Point>) {
        let layer = self.selecting.and_then(|selecting| selecting.layer);
        self.selecting = Some(Selecting { node, layer, handles, menu });
        self.tell_selection(node, Some((handles, menu, at)));
    }

    /// Takes them away.
    pub fn hide_selection(&mut self, node: NodeId) {
        if self.selecting.is_some_and(|selecting| selecting.node == node) {
            self.selecting = None;
            self.tell_selection(node, None);
        }
    }

    /// Something else is selected in a node.
    pub fn note_selected(&mut self, node: NodeId) {
        self.newly_selected = Some(node);
    }

    /// The text that has been selected since the last look, once nobody holds the mouse any more.
    pub fn take_selected(&mut self) -> Option<String> {
        if self.newly_selected.is_none() || self.input.has_finger(crate::input::mouse::FINGER) {
            return None;
        }
        let node = self.newly_selected.take()?;
        let text = self.get(node)?.component.selected_text(self, node).filter(|text| !text.is_empty())?;
        self.primary.clone_from(&text);
        Some(text)
    }

    /// Whether handles or a menu of a node are shown.
    pub fn is_selecting(&self, node: NodeId) -> bool {
        self.selecting.is_some_and(|selecting| selecting.node == node)
    }

    fn tell_selection(&mut self, node: NodeId, shown: Option<(Handles, Option<MenuReason>, Option<Point>)>) {
        let Some(callback) = self.on_selection.clone() else { return };
        let number = |number: f64| Value::Number(number);
        let mut args = vec![number(self.number(node) as f64)];
        if let Some((handles, menu, at)) = shown {
            args.push(number(f64::from(handles as u8)));
            args.push(menu.map_or(Value::Undefined, |menu| number(f64::from(menu as u8))));
            args.extend(at.into_iter().flat_map(|at| [number(f64::from(at.x)), number(f64::from(at.y))]));
        }
        self.emit(&callback, args);
    }

    /// Whom to tell what is to be shown above the page: `(node, handles, menu, x, y)`, or the node alone when nothing is.
    pub fn set_on_selection(&mut self, callback: Callback) {
        self.on_selection = Some(callback);
    }

    /// The node in which the library shows handles and menus.
    pub fn set_selection_layer(&mut self, layer: Option<NodeId>) {
        if let Some(selecting) = &mut self.selecting {
            selecting.layer = layer;
        }
    }
}

/// A touch that hit these nodes: a selection elsewhere is over.
pub(crate) fn touched(pass: &mut Pass<'_>, nodes: &[NodeId]) {
    let Some(Selecting { node, layer, .. }) = pass.tree.selecting else { return };
    let own = |hit: &NodeId| *hit == node || layer.is_some_and(|layer| pass.tree.is_inside(*hit, layer));
    if nodes.iter().any(own) {
        return;
    }
    if let Some(component) = pass.tree.get(node).map(|node| node.component) {
        let event = SelectEvent { phase: SelectPhase::Dismiss, position: Point::ZERO, mouse: false };
        component.on_select(pass, node, &event);
    }
    pass.tree.hide_selection(node);
}

/// A right click: the innermost text under it shows its menu.
pub(crate) fn right_click(pass: &mut Pass<'_>, nodes: &[NodeId], window: Point) {
    for node in nodes {
        let Some(component) = pass.tree.get(*node).map(|node| node.component) else { continue };
        if component.selects(pass.tree, *node) && pass.tree.is_enabled(*node) {
            let position = space::to_local(pass.tree, *node, window);
            component.on_select(pass, *node, &SelectEvent { phase: SelectPhase::Menu, position, mouse: true });
            return;
        }
    }
}

/// A middle click: what was selected last is inserted into the innermost text under it that takes any.
pub(crate) fn middle_click(pass: &mut Pass<'_>, nodes: &[NodeId], window: Point) {
    for node in nodes {
        let Some(component) = pass.tree.get(*node).map(|node| node.component) else { continue };
        if component.selects(pass.tree, *node) && pass.tree.is_enabled(*node) {
            let position = space::to_local(pass.tree, *node, window);
            component.on_select(pass, *node, &SelectEvent { phase: SelectPhase::Insert, position, mouse: true });
            return;
        }
    }
}

impl Pass<'_> {
    /// The text that was copied last; with `primary` that which was selected last.
    pub fn copied_text(&mut self, primary: bool) -> String {
        match self.tree.on_paste.clone() {
            Some(callback) => {
                let answer = self.host.call(self.tree, &callback, &[Value::Bool(primary)]);
                answer.as_str().unwrap_or_default().to_owned()
            }
            None if primary => self.tree.primary.clone(),
            None => self.tree.clipboard.clone(),
        }
    }
}

/// What the library does to a selection: handles that are dragged, items of the menu. The point is one of the window.
pub fn act(pass: &mut Pass<'_>, node: NodeId, phase: SelectPhase, window: Point) {
    let Some(component) = pass.tree.get(node).map(|node| node.component) else { return };
    let position = space::to_local(pass.tree, node, window);
    component.on_select(pass, node, &SelectEvent { phase, position, mouse: false });
}

/// The selection from what was selected first to a position: anchor and focus.
pub fn extend(anchor: &Range<usize>, to: usize) -> (usize, usize) {
    if to < anchor.start { (anchor.end, to) } else { (anchor.start, to.max(anchor.end)) }
}

/// What the menu may offer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Offers {
    /// `Cut`.
    pub cut: bool,
    /// `Copy`.
    pub copy: bool,
    /// `Paste`.
    pub paste: bool,
    /// `Select all`.
    pub select_all: bool,
    /// `selectionMenuHidden`.
    pub hidden: bool,
}

/// What the library has to know of a selection: the carets at its ends in the node's frame, where they may be seen, and its
/// range. Lengths are px of the window.
pub fn places(
    tree: &Tree,
    node: NodeId,
    [start, end]: [Rect; 2],
    seen: Rect,
    range: Range<usize>,
    offers: Offers,
) -> Value {
    let number = |number: f32| Value::Number(f64::from(number));
    let place = |caret: Rect| {
        let at = space::to_window(tree, node, caret.origin);
        let middle = caret.origin + Point::new(0.0, caret.size.height / 2.0);
        let inside = middle.x >= seen.origin.x - 1.0
            && middle.x <= seen.right() + 1.0
            && middle.y >= seen.origin.y
            && middle.y <= seen.bottom();
        let shown = inside && is_unclipped(tree, node, space::to_window(tree, node, middle));
        Value::object([
            ("x", number(at.x)),
            ("y", number(at.y)),
            ("height", number(caret.size.height)),
            ("shown", Value::Bool(shown)),
        ])
    };
    Value::object([
        ("start", place(start)),
        ("end", place(end)),
        ("from", Value::Number(range.start as f64)),
        ("to", Value::Number(range.end as f64)),
        ("cut", Value::Bool(offers.cut)),
        ("copy", Value::Bool(offers.copy)),
        ("paste", Value::Bool(offers.paste)),
        ("selectAll", Value::Bool(offers.select_all)),
        ("hidden", Value::Bool(offers.hidden)),
    ])
}

/// Whether nothing around a node cuts a point of the window off.
fn is_unclipped(tree: &Tree, node: NodeId, window: Point) -> bool {
    std::iter::successors(tree.frame_parent(node), |id| tree.frame_parent(*id)).all(|id| {
        let clips = tree.get(id).is_some_and(|node| node.common.clip || node.component.clips_children());
        !clips || space::bounds(tree, id).contains(window)
    })
}
