//! Selecting by hand in what is typed into: held fingers, clicks, handles, the menu. The same for fields and rich editors.

use super::rich_editor::OBJECT;
use super::text::caret;
use crate::text_style::theme;
use concord_paint::{Brush, Painter, kurbo};
use concord_text::{Change, Delete, Editor, Paragraph, TextPosition};
use concord_ui::geometry::{Point, Rect};
use concord_ui::input::{Source, space};
use concord_ui::layout::Pass;
use concord_ui::selection::{Handles, MenuReason, Offers, SelectEvent, SelectPhase, extend, places};
use concord_ui::tree::{Node, NodeId, Tree};
use concord_ui::units::Environment;
use concord_ui::value::Value;
use std::ops::Range;

/// The line below what is composed, in vp.
const COMPOSED_LINE: f32 = 2.0;

/// Two clicks within so many ms at one place select a word, three a paragraph.
const CLICKS: f64 = 300.0;

/// What selecting remembers.
#[derive(Debug, Default)]
pub(super) struct Hand {
    /// What was selected first, of a movement.
    anchor: Range<usize>,
    /// The last click: when, where, and how many there were in a row.
    pub click: Option<(f64, usize, u32)>,
    /// `selectionMenuHidden`.
    pub menu_hidden: bool,
    /// Where text would go that is held above it.
    pub drop_at: Option<usize>,
    /// What was selected when it was lifted.
    lifted: Range<usize>,
}

/// The state of a component that is typed into.
pub(super) trait SelectText: Sized + 'static {
    fn editor(&self) -> &Editor;
    fn paragraph(&self) -> Option<&Paragraph>;
    /// Where the text begins in the node's frame.
    fn text_origin(&self, node: &Node) -> Point;
    /// Where text is seen in the node's frame.
    fn text_box(&self, node: &Node) -> Rect;
    fn hand(&mut self) -> &mut Hand;
    fn hand_ref(&self) -> &Hand;
    /// Whether text may be copied.
    fn copies(&self) -> bool;
    /// Whether it shows dots.
    fn hides(&self) -> bool;
    /// Changes what is selected, and tells.
    fn apply(pass: &mut Pass<'_>, node: NodeId, edit: impl FnOnce(&mut Editor) -> Change);
    fn copy(pass: &mut Pass<'_>, node: NodeId, cut: bool);
    fn paste(pass: &mut Pass<'_>, node: NodeId);
    /// Inserts text in place of what is selected, unless the app refuses.
    fn insert(pass: &mut Pass<'_>, node: NodeId, text: &str);
}

fn position<T: SelectText>(tree: &Tree, node: NodeId, at: Point) -> Option<TextPosition> {
    let (state, found) = (tree.state::<T>(node)?, tree.get(node)?);
    let local = at - state.text_origin(found);
    Some(state.paragraph()?.hit(local.x, local.y))
}

/// The position before the character at a point.
fn character<T: SelectText>(tree: &Tree, node: NodeId, at: Point) -> Option<usize> {
    let (state, found) = (tree.state::<T>(node)?, tree.get(node)?);
    let local = at - state.text_origin(found);
    let paragraph = state.paragraph()?;
    let index = paragraph.hit(local.x, local.y).index;
    Some(index.saturating_sub(usize::from(paragraph.caret(index).x0 as f32 > local.x)))
}

fn selected<T: SelectText>(tree: &Tree, node: NodeId) -> Range<usize> {
    tree.state::<T>(node).map(|state| state.editor().selection().range()).unwrap_or_default()
}

fn set_anchor<T: SelectText>(tree: &mut Tree, node: NodeId, anchor: Range<usize>) {
    if let Some(state) = tree.state_mut::<T>(node) {
        state.hand().anchor = anchor;
    }
}

/// Which handles the selection has by a finger.
fn handles<T: SelectText>(tree: &Tree, node: NodeId) -> Handles {
    if selected::<T>(tree, node).is_empty() { Handles::Caret } else { Handles::Both }
}

pub(super) fn on_select<T: SelectText>(pass: &mut Pass<'_>, node: NodeId, event: &SelectEvent) {
    let Some(state) = pass.tree.state::<T>(node) else { return };
    let anchor = state.hand_ref().anchor.clone();
    let hides = state.hides();
    match event.phase {
        SelectPhase::Press => {
            let Some(index) = character::<T>(pass.tree, node, event.position) else { return };
            T::apply(pass, node, |editor| if hides { editor.select_all() } else { editor.select_word(index) });
            let word = selected::<T>(pass.tree, node);
            set_anchor::<T>(pass.tree, node, word);
            let handles = handles::<T>(pass.tree, node);
            pass.tree.show_selection(node, handles, None, None);
        }
        SelectPhase::Start => {
            let Some(at) = position::<T>(pass.tree, node, event.position) else { return };
            set_anchor::<T>(pass.tree, node, at.index..at.index);
            pass.tree.hide_selection(node);
            T::apply(pass, node, |editor| editor.move_to(at, false));
        }
        SelectPhase::Drag => {
            let Some(at) = position::<T>(pass.tree, node, event.position) else { return };
            let (from, to) = extend(&anchor, at.index);
            T::apply(pass, node, |editor| editor.select(from, to));
        }
        SelectPhase::End if event.mouse => {
            if !selected::<T>(pass.tree, node).is_empty() {
                pass.tree.show_selection(node, Handles::None, Some(MenuReason::Select), None);
            }
        }
        SelectPhase::End | SelectPhase::HandleEnd => {
            let handles = handles::<T>(pass.tree, node);
            let menu = handles == Handles::Both || event.phase == SelectPhase::End;
            pass.tree.show_selection(node, handles, menu.then_some(MenuReason::LongPress), None);
        }
        SelectPhase::HandleTap => {
            let shown = pass.tree.selecting.is_some_and(|selecting| selecting.menu.is_some());
            let handles = handles::<T>(pass.tree, node);
            pass.tree.show_selection(node, handles, (!shown).then_some(MenuReason::LongPress), None);
        }
        SelectPhase::Menu => {
            let at = space::to_window(pass.tree, node, event.position);
            pass.tree.show_selection(node, Handles::None, Some(MenuReason::RightClick), Some(at));
        }
        SelectPhase::FirstHandle | SelectPhase::LastHandle => {
            let Some(at) = position::<T>(pass.tree, node, event.position) else { return };
            let before = selected::<T>(pass.tree, node);
            if before.is_empty() {
                T::apply(pass, node, |editor| editor.move_to(at, false));
            } else {
                let other = if event.phase == SelectPhase::FirstHandle { before.end } else { before.start };
                // Something stays selected.
                if at.index != other {
                    T::apply(pass, node, |editor| editor.select(other, at.index));
                }
            }
            let handles = handles::<T>(pass.tree, node);
            pass.tree.show_selection(node, handles, None, None);
        }
        SelectPhase::Insert => {
            let Some(at) = position::<T>(pass.tree, node, event.position) else { return };
            let text = pass.copied_text(true);
            if !text.is_empty() && concord_ui::input::request_focus(pass, node).is_ok() {
                T::apply(pass, node, |editor| editor.move_to(at, false));
                T::insert(pass, node, &text);
            }
        }
        SelectPhase::Lift => {
            let lifted = selected::<T>(pass.tree, node);
            pass.tree.hide_selection(node);
            if let Some(state) = pass.tree.state_mut::<T>(node) {
                state.hand().lifted = lifted;
            }
        }
        SelectPhase::Dismiss => {}
        SelectPhase::Cut => T::copy(pass, node, true),
        SelectPhase::Copy => {
            T::copy(pass, node, false);
            pass.tree.hide_selection(node);
        }
        SelectPhase::Paste => {
            T::paste(pass, node);
            pass.tree.hide_selection(node);
        }
        SelectPhase::SelectAll => {
            T::apply(pass, node, Editor::select_all);
            pass.tree.show_selection(node, Handles::Both, Some(MenuReason::LongPress), None);
        }
    }
}

/// A click between two characters: the caret goes there; with a second one the word is selected, with a third one the paragraph.
/// The first click that gives the focus leaves what is selected when `keeps` holds.
pub(super) fn click<T: SelectText>(pass: &mut Pass<'_>, node: NodeId, at: Point, keeps: bool) {
    let (Some(found), Some(character)) = (position::<T>(pass.tree, node, at), character::<T>(pass.tree, node, at))
    else {
        return;
    };
    let now = pass.tree.now;
    let touched = pass.tree.input.last_source != Source::Mouse;
    let Some(state) = pass.tree.state_mut::<T>(node) else { return };
    let before = state.hand_ref().click;
    let again = before.filter(|(time, place, _)| now - time <= CLICKS && place.abs_diff(found.index) <= 1);
    let count = again.map_or(0, |(_, _, count)| count) + 1;
    state.hand().click = Some((now, found.index, count));
    if before.is_none() && keeps {
        return;
    }
    let handles = touched && !state.editor().is_empty();
    T::apply(pass, node, |editor| match count {
        1 => editor.move_to(found, false),
        2 => editor.select_word(character),
        _ => editor.select_paragraph(character),
    });
    if count > 1 {
        let handles = if touched { Handles::Both } else { Handles::None };
        pass.tree.show_selection(node, handles, touched.then_some(MenuReason::LongPress), None);
    } else if handles {
        pass.tree.show_selection(node, Handles::Caret, None, None);
    } else {
        pass.tree.hide_selection(node);
    }
}

/// The text that is selected, unless nobody else may have it.
pub(super) fn selected_text<T: SelectText>(tree: &Tree, node: NodeId) -> Option<String> {
    let state = tree.state::<T>(node)?;
    (state.copies() && !state.hides()).then(|| state.editor().selected_text().replace(OBJECT, ""))
}

/// Whether a point lies in what is selected, so that it is lifted there.
pub(super) fn lifts_at<T: SelectText>(tree: &Tree, node: NodeId, at: Point) -> bool {
    let Some((state, found)) = tree.state::<T>(node).zip(tree.get(node)) else { return false };
    let range = selected::<T>(tree, node);
    if range.is_empty() || !state.copies() || state.hides() {
        return false;
    }
    state.paragraph().is_some_and(|paragraph| covers(paragraph, range, at - state.text_origin(found)))
}

/// Whether a point of a paragraph lies in a range of it.
pub(super) fn covers(paragraph: &Paragraph, range: Range<usize>, at: Point) -> bool {
    let point = concord_text::Point::new(f64::from(at.x), f64::from(at.y));
    paragraph.selection(range).iter().any(|rect| rect.contains(point))
}

/// Shows where text would go that is held above a point.
pub(super) fn drag_text<T: SelectText>(pass: &mut Pass<'_>, node: NodeId, at: Option<Point>) {
    let index = at.and_then(|at| position::<T>(pass.tree, node, at)).map(|at| at.index);
    if let Some(state) = pass.tree.state_mut::<T>(node) {
        state.hand().drop_at = index;
        pass.tree.mark_paint(node);
    }
}

/// Text is let go at a point. What was lifted in the same text leaves its place.
pub(super) fn drop_text<T: SelectText>(pass: &mut Pass<'_>, node: NodeId, text: &str, at: Point, own: bool) {
    let Some(mut at) = position::<T>(pass.tree, node, at) else { return };
    let lifted = pass.tree.state::<T>(node).map(|state| state.hand_ref().lifted.clone()).unwrap_or_default();
    if own && !lifted.is_empty() {
        if (lifted.start..=lifted.end).contains(&at.index) {
            // Where it was.
            return;
        }
        if at.index > lifted.end {
            at.index -= lifted.len();
        }
        T::apply(pass, node, |editor| editor.select(lifted.start, lifted.end));
        T::apply(pass, node, |editor| editor.delete(Delete::Backward));
    }
    T::apply(pass, node, |editor| editor.move_to(at, false));
    T::insert(pass, node, text);
    let end = selected::<T>(pass.tree, node).end;
    T::apply(pass, node, |editor| editor.select(at.index, end));
}

/// Draws the line below what is composed.
pub(super) fn underline_composed(
    painter: &mut Painter,
    paragraph: &Paragraph,
    composed: Range<usize>,
    origin: concord_text::Point,
    environment: &Environment,
) {
    let thickness = f64::from(environment.vp(COMPOSED_LINE));
    for rect in paragraph.selection(composed) {
        let rect = rect + origin.to_vec2();
        let line = kurbo::Rect::new(rect.x0, rect.y1 - thickness, rect.x1, rect.y1);
        painter.fill_rect(line, &Brush::Solid(theme::EMPHASIZE));
    }
}

/// What the library asks for.
pub(super) fn selection_places<T: SelectText>(tree: &Tree, node: NodeId) -> Value {
    let (Some(state), Some(found)) = (tree.state::<T>(node), tree.get(node)) else { return Value::Undefined };
    let Some(paragraph) = state.paragraph() else { return Value::Undefined };
    let range = state.editor().selection().range();
    let origin = state.text_origin(found);
    let copies = !range.is_empty() && state.copies() && !state.hides();
    let offers = Offers {
        cut: copies,
        copy: copies,
        paste: tree.can_paste(),
        select_all: range.len() < state.editor().len(),
        hidden: state.hand_ref().menu_hidden,
    };
    let upstream = !range.is_empty();
    let ends = [caret(paragraph, range.start, origin, false), caret(paragraph, range.end, origin, upstream)];
    places(tree, node, ends, state.text_box(found), range, offers)
}
