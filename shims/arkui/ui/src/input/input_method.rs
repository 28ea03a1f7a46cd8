//! Input methods: what they are about to write (`compose`), what they write (`key::text`), and what they want to know of the
//! node that is typed into.

use super::space;
use crate::component::Component;
use crate::geometry::Rect;
use crate::layout::Pass;
use crate::tree::{NodeId, Tree};
use concord_text::InputType;

/// What a node that is typed into tells input methods.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed {
    /// Its text, without what is being composed.
    pub text: String,
    /// Where the caret is, in bytes of the text.
    pub caret: usize,
    /// Where what is selected begins, in bytes of the text; at the caret when nothing is.
    pub anchor: usize,
    /// The caret in the node's frame, in px.
    pub place: Rect,
    /// What is expected to be typed.
    pub kind: InputType,
    /// There may be several lines.
    pub multi_line: bool,
}

/// The node that is typed into, what it tells, and its caret in the window.
pub fn typed(tree: &Tree) -> Option<(NodeId, Typed, Rect)> {
    let leaf = tree.input.focus.leaf()?;
    let typed = tree.get(leaf)?.component.typed(tree, leaf)?;
    let origin = space::to_window(tree, leaf, typed.place.origin);
    let place = Rect { origin, size: typed.place.size };
    Some((leaf, typed, place))
}

fn focused(pass: &mut Pass<'_>) -> Option<(NodeId, &'static dyn Component)> {
    pass.tree.input.last_event = pass.tree.now;
    let leaf = pass.tree.input.focus.leaf()?;
    Some((leaf, pass.tree.get(leaf)?.component))
}

/// Shows what an input method is about to write, in place of what it was about to write before; nothing when it is empty. The
/// caret is a byte of it, or its end. Returns whether the node with the focus takes text.
pub fn compose(pass: &mut Pass<'_>, text: &str, caret: Option<usize>) -> bool {
    let Some((leaf, component)) = focused(pass) else { return false };
    // Positions of apps are UTF-16 units.
    let caret = caret.map(|byte| text.char_indices().filter(|(at, _)| *at < byte).map(|(_, c)| c.len_utf16()).sum());
    component.on_compose(pass, leaf, text, caret)
}

/// Takes away bytes before and behind the caret of the node with the focus. Returns whether that takes text.
pub fn delete_around(pass: &mut Pass<'_>, before: usize, after: usize) -> bool {
    let Some((leaf, component)) = focused(pass) else { return false };
    component.on_delete_around(pass, leaf, before, after)
}
