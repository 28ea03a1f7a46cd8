//! Selecting the characters of a `Text` by hand, and copying them.

use super::State;
use crate::select_text::covers;
use concord_text::Paragraph;
use concord_ui::geometry::{Point, Rect};
use concord_ui::input::{Source, space};
use concord_ui::layout::Pass;
use concord_ui::selection::{Handles, MenuReason, Offers, SelectEvent, SelectPhase, extend, places};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::ops::Range;

/// Clicks within so many ms at one place belong together.
const CLICKS: f64 = 300.0;

/// What selecting remembers.
#[derive(Debug, Default)]
pub(super) struct Selecting {
    /// What was selected first, of a movement.
    anchor: Range<usize>,
    /// The last click: when, between which characters, and how many there were.
    click: Option<(f64, usize, u32)>,
}

/// `TextSelectableMode.UNSELECTABLE`.
const UNSELECTABLE: i32 = 2;

impl State {
    /// Whether the text may be selected.
    pub(super) fn is_selectable(&self) -> bool {
        self.copy_option != 0 && self.selectable != UNSELECTABLE && !self.is_marquee()
    }
}

/// Selects a range, or nothing; tells of what changed.
pub(super) fn select(tree: &mut Tree, node: NodeId, range: Option<Range<usize>>) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    let after = range.filter(|range| !range.is_empty()).map(|range| (range.start, range.end));
    if std::mem::replace(&mut state.selection, after) == after {
        return;
    }
    tree.mark_paint(node);
    tree.note_selected(node);
    let number = |end: Option<usize>| Value::Number(end.map_or(-1.0, |end| end as f64));
    let args = vec![number(after.map(|range| range.0)), number(after.map(|range| range.1))];
    tree.emit_event(node, "onTextSelectionChange", args);
}

/// The position in the text at a point of the node's frame.
fn position(tree: &Tree, node: NodeId, at: Point) -> Option<usize> {
    let (state, found) = (tree.state::<State>(node)?, tree.get(node)?);
    let local = at - state.origin(found);
    Some(state.paragraph.as_ref()?.hit(local.x, local.y).index)
}

/// A character at a point of the node's frame: the position before it.
fn character(tree: &Tree, node: NodeId, at: Point) -> Option<usize> {
    let (state, found) = (tree.state::<State>(node)?, tree.get(node)?);
    let local = at - state.origin(found);
    let paragraph = state.paragraph.as_ref()?;
    let index = paragraph.hit(local.x, local.y).index;
    // Of two positions the nearest was found; the character lies before it when that is on the right.
    let before = paragraph.caret(index).x0 as f32 > local.x;
    Some(index.saturating_sub(usize::from(before)))
}

fn word(tree: &Tree, node: NodeId, at: Point) -> Option<Range<usize>> {
    let index = character(tree, node, at)?;
    tree.state::<State>(node)?.paragraph.as_ref().map(|paragraph| paragraph.word_at(index))
}

pub(super) fn on_select(pass: &mut Pass<'_>, node: NodeId, event: &SelectEvent) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let anchor = state.selecting.anchor.clone();
    let selected = state.selected();
    let handles = if event.mouse { Handles::None } else { Handles::Both };
    match event.phase {
        SelectPhase::Press => {
            let Some(word) = word(pass.tree, node, event.position).filter(|word| !word.is_empty()) else { return };
            set_anchor(pass.tree, node, word.clone());
            select(pass.tree, node, Some(word));
            pass.tree.show_selection(node, handles, None, None);
        }
        SelectPhase::Start => {
            let Some(at) = position(pass.tree, node, event.position) else { return };
            set_anchor(pass.tree, node, at..at);
            pass.tree.hide_selection(node);
        }
        SelectPhase::Drag => {
            let Some(at) = position(pass.tree, node, event.position) else { return };
            let (from, to) = extend(&anchor, at);
            select(pass.tree, node, Some(from.min(to)..from.max(to)));
            if !event.mouse {
                pass.tree.show_selection(node, handles, None, None);
            }
        }
        SelectPhase::End if selected.is_some() => {
            let reason = if event.mouse { MenuReason::Select } else { MenuReason::LongPress };
            pass.tree.show_selection(node, handles, Some(reason), None);
        }
        SelectPhase::Menu => {
            let at = space::to_window(pass.tree, node, event.position);
            pass.tree.show_selection(node, Handles::None, Some(MenuReason::RightClick), Some(at));
        }
        SelectPhase::FirstHandle | SelectPhase::LastHandle => {
            let (Some(at), Some(selected)) = (position(pass.tree, node, event.position), selected) else { return };
            let other = if event.phase == SelectPhase::FirstHandle { selected.end } else { selected.start };
            // Something stays selected.
            if at != other {
                select(pass.tree, node, Some(at.min(other)..at.max(other)));
            }
            pass.tree.show_selection(node, Handles::Both, None, None);
        }
        SelectPhase::HandleEnd => {
            pass.tree.show_selection(node, Handles::Both, Some(MenuReason::LongPress), None);
        }
        SelectPhase::Dismiss => select(pass.tree, node, None),
        SelectPhase::Copy => copy(pass, node),
        SelectPhase::SelectAll => {
            let length = state.paragraph.as_ref().map_or(0, Paragraph::utf16_len);
            select(pass.tree, node, Some(0..length));
            pass.tree.show_selection(node, Handles::Both, Some(MenuReason::LongPress), None);
        }
        SelectPhase::Lift => pass.tree.hide_selection(node),
        SelectPhase::End | SelectPhase::HandleTap | SelectPhase::Cut | SelectPhase::Paste | SelectPhase::Insert => {}
    }
}

fn set_anchor(tree: &mut Tree, node: NodeId, anchor: Range<usize>) {
    if let Some(state) = tree.state_mut::<State>(node) {
        state.selecting.anchor = anchor;
    }
}

/// The text that is selected.
pub(super) fn selected_text(state: &State) -> Option<String> {
    let selected = state.selected()?;
    let units: Vec<u16> = state.shown.encode_utf16().collect();
    Some(String::from_utf16_lossy(units.get(selected).unwrap_or(&[])))
}

/// Whether a point lies in what is selected.
pub(super) fn lifts_at(tree: &Tree, node: NodeId, at: Point) -> bool {
    let Some((state, found)) = tree.state::<State>(node).zip(tree.get(node)) else { return false };
    let Some((paragraph, selected)) = state.paragraph.as_ref().zip(state.selected()) else { return false };
    covers(paragraph, selected, at - state.origin(found))
}

/// Copies what is selected, unless `onWillCopy` refuses.
fn copy(pass: &mut Pass<'_>, node: NodeId) {
    let Some(text) = pass.tree.state::<State>(node).and_then(selected_text) else { return };
    let value = Value::text(text.as_str());
    let answer = pass.call_event(node, "onWillCopy", std::slice::from_ref(&value));
    if answer.and_then(|answer| answer.as_bool()) == Some(false) {
        return;
    }
    pass.tree.copy_text(text);
    pass.tree.emit_event(node, "onCopy", vec![value]);
    pass.tree.hide_selection(node);
}

/// A click: nothing is selected any more; with a second one the word, with a third one the paragraph.
pub(super) fn click(pass: &mut Pass<'_>, node: NodeId, at: Point) {
    let now = pass.tree.now;
    let Some(index) = character(pass.tree, node, at) else { return };
    let mouse = pass.tree.input.last_source == Source::Mouse;
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    let before = state.selecting.click.filter(|(time, place, _)| now - time <= CLICKS && place.abs_diff(index) <= 1);
    let count = before.map_or(0, |(_, _, count)| count) + 1;
    state.selecting.click = Some((now, index, count));
    let Some(paragraph) = &state.paragraph else { return };
    let range = match count {
        1 => None,
        2 => Some(paragraph.word_at(index)),
        _ => Some(paragraph.text_paragraph_at(index)),
    };
    let handles = if mouse { Handles::None } else { Handles::Both };
    if range.is_some() {
        select(pass.tree, node, range);
        pass.tree.show_selection(node, handles, (!mouse).then_some(MenuReason::LongPress), None);
    } else {
        select(pass.tree, node, None);
        pass.tree.hide_selection(node);
    }
}

/// What the library asks for.
pub(super) fn selection_places(tree: &Tree, node: NodeId) -> Value {
    let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return Value::Undefined };
    let Some(paragraph) = &state.paragraph else { return Value::Undefined };
    let range = state.selected().unwrap_or(0..0);
    let origin = state.origin(found);
    let seen = Rect { origin: Point::ZERO, size: found.layout.size };
    let offers =
        Offers { copy: !range.is_empty(), select_all: range.len() < paragraph.utf16_len(), ..Offers::default() };
    let ends = [caret(paragraph, range.start, origin, false), caret(paragraph, range.end, origin, true)];
    places(tree, node, ends, seen, range, offers)
}

/// The caret at a position in the node's frame; at the end of a line rather than at the start of the next, if `upstream`.
pub(crate) fn caret(paragraph: &Paragraph, index: usize, origin: Point, upstream: bool) -> Rect {
    let affinity = if upstream { concord_text::Affinity::Upstream } else { concord_text::Affinity::Downstream };
    let rect = paragraph.caret_at(concord_text::TextPosition { index, affinity });
    Rect::new(origin.x + rect.x0 as f32, origin.y + rect.y0 as f32, 0.0, rect.height() as f32)
}

/// A caret in the node's frame for the library: `{x, y, height}`.
pub(crate) fn caret_value(caret: Rect) -> Value {
    let number = |number: f32| Value::Number(f64::from(number));
    Value::object([("x", number(caret.origin.x)), ("y", number(caret.origin.y)), ("height", number(caret.size.height))])
}
