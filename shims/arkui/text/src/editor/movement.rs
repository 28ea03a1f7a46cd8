//! Moving the caret.

use std::ops::Range;

use super::units::{grapheme_after, grapheme_before, paragraph_at, snap, utf16_len, word_after, word_before};
use super::{Change, Editor, Selection};
use crate::paragraph::Paragraph;
use crate::query::{Affinity, TextPosition, word_at};

/// Where the caret goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    /// One character to the left (towards the end, where the text goes from right to left).
    Left,
    /// One character to the right.
    Right,
    /// To the start of a word, to the left.
    WordLeft,
    /// To the end of a word, to the right.
    WordRight,
    /// One line up; to the start of the text from the first.
    Up,
    /// One line down; to the end of the text from the last.
    Down,
    /// So many px up (negative) or down, to the nearest line: page up and page down.
    By(f32),
    /// To the start of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// To the start of the paragraph.
    ParagraphStart,
    /// To the end of the paragraph.
    ParagraphEnd,
    /// To the start of the text.
    Start,
    /// To the end of the text.
    End,
}

impl Editor {
    /// Moves the caret; with `extend` the selection grows or shrinks instead. `layout` is [`Editor::display_text`] as it
    /// was laid out last: lines come from it. Without, a paragraph is a line.
    pub fn move_caret(&mut self, to: Move, extend: bool, layout: Option<&Paragraph>) -> Change {
        self.finish_composition_silently();
        self.history.close();
        let before = self.selection;
        let goal = self.goal_x.take();
        let focus = before.focus;
        let rtl = layout.is_some_and(Paragraph::is_rtl);
        // A selection collapses to the side to which the caret would move.
        let collapse = !extend && before.anchor != before.focus;
        let (index, affinity) = match to {
            Move::Left | Move::Right if collapse => {
                let back = (to == Move::Left) != rtl;
                (if back { before.range().start } else { before.range().end }, Affinity::Downstream)
            }
            Move::Left | Move::Right => {
                let back = (to == Move::Left) != rtl;
                let step = if back { grapheme_before } else { grapheme_after };
                (step(&self.text, focus), Affinity::Downstream)
            }
            Move::WordLeft | Move::WordRight => {
                let back = (to == Move::WordLeft) != rtl;
                let step = if back { word_before } else { word_after };
                (step(&self.text, focus), Affinity::Downstream)
            }
            Move::Start => (0, Affinity::Downstream),
            Move::End => (utf16_len(&self.text), Affinity::Downstream),
            Move::ParagraphStart => (paragraph_at(&self.text, focus).start, Affinity::Downstream),
            Move::ParagraphEnd => (paragraph_at(&self.text, focus).end, Affinity::Downstream),
            Move::LineStart => (self.line_around(layout).0.start, Affinity::Downstream),
            Move::LineEnd => {
                let (line, hard) = self.line_around(layout);
                (line.end, if hard { Affinity::Downstream } else { Affinity::Upstream })
            }
            Move::Up | Move::Down | Move::By(_) => {
                let (position, x) = self.vertical(to, goal, layout);
                self.goal_x = Some(x);
                (position.index, position.affinity)
            }
        };
        let index = snap(&self.text, index);
        let anchor = if extend { before.anchor } else { index };
        self.selection = Selection { anchor, focus: index, affinity };
        Change { selection_changed: self.selection != before, ..Change::default() }
    }

    /// The line around the caret, without the newline or the space that ends it, and whether the text ends it.
    fn line_around(&self, layout: Option<&Paragraph>) -> (Range<usize>, bool) {
        let paragraph = paragraph_at(&self.text, self.selection.focus);
        let position = TextPosition { index: self.selection.focus, affinity: self.selection.affinity };
        let line = layout.and_then(|layout| layout.lines().into_iter().nth(layout.line_of(position)?));
        match line {
            Some(line) => {
                let start = line.range.start.max(paragraph.start);
                (start..line.range.end.min(paragraph.end).max(start), line.hard_break)
            }
            None => (paragraph, true),
        }
    }

    /// A position above or below the caret, and the horizontal place that further moves keep to.
    fn vertical(&self, to: Move, goal: Option<f32>, layout: Option<&Paragraph>) -> (TextPosition, f32) {
        let up = matches!(to, Move::Up) || matches!(to, Move::By(px) if px < 0.0);
        let edge = TextPosition { index: if up { 0 } else { utf16_len(&self.text) }, affinity: Affinity::Downstream };
        let position = TextPosition { index: self.selection.focus, affinity: self.selection.affinity };
        let Some((layout, line)) = layout.and_then(|layout| Some((layout, layout.line_of(position)?))) else {
            return (edge, goal.unwrap_or(0.0));
        };
        let caret = layout.caret_at(position);
        let x = goal.unwrap_or(caret.x0 as f32);
        let target = match to {
            Move::By(px) => {
                let y = caret.center().y as f32 + if px.is_finite() { px } else { 0.0 };
                layout.line_at(y).filter(|target| *target != line)
            }
            Move::Up => line.checked_sub(1),
            _ => Some(line + 1).filter(|line| *line < layout.line_count()),
        };
        (target.map_or(edge, |line| layout.hit_line(line, x)), x)
    }

    /// Selects the whole text.
    pub fn select_all(&mut self) -> Change {
        self.select(0, utf16_len(&self.text))
    }

    /// Selects the word at a position.
    pub fn select_word(&mut self, index: usize) -> Change {
        let word = word_at(&self.text, index);
        self.select(word.start, word.end)
    }

    /// Selects the text between the newlines around a position.
    pub fn select_paragraph(&mut self, index: usize) -> Change {
        let paragraph = paragraph_at(&self.text, index);
        self.select(paragraph.start, paragraph.end)
    }

    /// Puts the caret at a place which was hit in the layout; with `extend` the selection reaches to there.
    pub fn move_to(&mut self, position: TextPosition, extend: bool) -> Change {
        let anchor = if extend { self.selection.anchor } else { position.index };
        let change = self.select(anchor, position.index);
        self.selection.affinity = position.affinity;
        change
    }
}
