//! From points to positions in the text, and back.

use std::ops::Range;

use concord_paint::kurbo::Rect;
use unicode_segmentation::UnicodeSegmentation;

use crate::line::{Item, ItemKind, Line, over_baseline, sane_height};
use crate::paragraph::Paragraph;
use crate::shape::Shaped;
use crate::style::Span;

/// A position between two characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextPosition {
    /// UTF-16 units before it.
    pub index: usize,
    /// On which line it is, where a line was broken without a newline.
    pub affinity: Affinity,
}

/// To which of two lines a position between them belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Affinity {
    /// The end of the line before.
    Upstream,
    /// The beginning of the line after.
    #[default]
    Downstream,
}

impl Paragraph {
    /// The position nearest to a point.
    pub fn hit(&self, x: f32, y: f32) -> TextPosition {
        match self.line_at(y) {
            Some(index) => self.hit_line(index, x),
            None => TextPosition::default(),
        }
    }

    /// The position in line `line` nearest to `x`.
    pub fn hit_line(&self, line: usize, x: f32) -> TextPosition {
        let Some(line) = self.laid.lines.get(line) else { return TextPosition::default() };
        let mut nearest: Option<(f32, TextPosition)> = None;
        for (left, right, range, rtl) in boxes(&self.shaped, line) {
            let (at_left, at_right) = if rtl { (range.end, range.start) } else { (range.start, range.end) };
            for (edge, index) in [(left, at_left), (right, at_right)] {
                let distance = (edge - x).abs();
                if nearest.is_none_or(|(least, _)| distance < least) {
                    let affinity = if index == range.end { Affinity::Upstream } else { Affinity::Downstream };
                    nearest = Some((distance, TextPosition { index, affinity }));
                }
            }
        }
        let mut position = nearest.map_or_else(
            || TextPosition { index: self.utf16_of(line.clusters.start), affinity: Affinity::Downstream },
            |(_, position)| position,
        );
        // Only at the end of a line do both sides differ.
        if position.index != self.utf16_of(line.clusters.end) || line.hard {
            position.affinity = Affinity::Downstream;
        }
        position
    }

    /// The line at a height: the first above, the last below the text. `None` without lines.
    pub fn line_at(&self, y: f32) -> Option<usize> {
        let lines = &self.laid.lines;
        let last = lines.len().checked_sub(1)?;
        Some(lines.partition_point(|line| line.top + line.height() <= y).min(last))
    }

    /// The line in which a position is.
    pub fn line_of(&self, position: TextPosition) -> Option<usize> {
        let lines = &self.laid.lines;
        let last = lines.len().checked_sub(1)?;
        let cluster = self.shaped.cluster_at(position.index);
        let mut line = lines.partition_point(|line| line.clusters.end <= cluster).min(last);
        let starts_here = lines.get(line).is_some_and(|it| self.utf16_of(it.clusters.start) == position.index);
        if position.affinity == Affinity::Upstream && starts_here && line > 0 {
            let before = lines.get(line - 1).is_some_and(|before| !before.hard);
            line -= usize::from(before);
        }
        Some(line)
    }

    /// Where a caret stands before UTF-16 unit `index`: a rectangle without width, as high as the text there.
    pub fn caret(&self, index: usize) -> Rect {
        self.caret_at(TextPosition { index, affinity: Affinity::Downstream })
    }

    /// Where a caret stands.
    pub fn caret_at(&self, position: TextPosition) -> Rect {
        let Some(line) = self.line_of(position).and_then(|line| self.laid.lines.get(line)) else {
            return Rect::ZERO;
        };
        let x = self.caret_x(line, position.index);
        rect(x, line.top, x, line.top + line.height())
    }

    fn caret_x(&self, line: &Line, index: usize) -> f32 {
        let index = index.min(self.shaped.utf16_len);
        let mut end = None;
        let mut edges = (f32::INFINITY, f32::NEG_INFINITY);
        for (left, right, range, rtl) in boxes(&self.shaped, line) {
            edges = (edges.0.min(left), edges.1.max(right));
            if range.contains(&index) {
                return if rtl { right } else { left };
            }
            if range.end == index {
                end = Some(if rtl { left } else { right });
            }
        }
        match end {
            Some(x) => x,
            None if edges.0 > edges.1 => line.left,
            // After all that is shown, or before it.
            None if (index > self.utf16_of(line.clusters.start)) != self.shaped.rtl => edges.1,
            None => edges.0,
        }
    }

    /// The rectangles that mark a range of UTF-16 units, from top to bottom and left to right. The newline at the end of
    /// a selected line has none.
    pub fn selection(&self, range: Range<usize>) -> Vec<Rect> {
        let mut rects: Vec<Rect> = Vec::new();
        for line in &self.laid.lines {
            if self.utf16_of(line.clusters.end) <= range.start || self.utf16_of(line.clusters.start) >= range.end {
                continue;
            }
            let mut open: Option<(f32, f32)> = None;
            for (left, right, cluster, _) in boxes(&self.shaped, line) {
                let marked = cluster.start < range.end && cluster.end > range.start;
                open = match (open, marked) {
                    (Some((from, to)), true) if (left - to).abs() < 0.01 => Some((from, right)),
                    (before, marked) => {
                        rects.extend(before.map(|(from, to)| line_rect(line, from, to)));
                        marked.then_some((left, right))
                    }
                };
            }
            rects.extend(open.map(|(from, to)| line_rect(line, from, to)));
        }
        rects
    }

    /// The span below a point, by its id. `None` beside the text.
    pub fn span_at(&self, x: f32, y: f32) -> Option<u32> {
        let line = self.laid.lines.iter().find(|line| (line.top..line.top + line.height()).contains(&y))?;
        let item = line.items.iter().find(|item| (item.x..item.x + item.width).contains(&x))?;
        let span = match &item.kind {
            ItemKind::Placeholder { cluster } => self.shaped.clusters.get(*cluster)?.span,
            ItemKind::Substitute { span, .. } => *span,
            ItemKind::Text { clusters, rtl, .. } => {
                let mut left = item.x;
                let hit = visual(clusters, *rtl).find(|index| {
                    left += line.advance(&self.shaped, *index);
                    x < left
                });
                self.shaped.clusters.get(hit?)?.span
            }
        };
        match self.spans.get(usize::from(span))? {
            Span::Text { id, .. } | Span::Placeholder { id, .. } => Some(*id),
        }
    }

    /// The word at a UTF-16 unit (a run of spaces or punctuation counts as one).
    pub fn word_at(&self, index: usize) -> Range<usize> {
        word_at(&self.shaped.text, index)
    }

    /// The paragraph of the text at a UTF-16 unit, without its newline.
    pub fn text_paragraph_at(&self, index: usize) -> Range<usize> {
        crate::editor::paragraph_at(&self.shaped.text, index)
    }

    pub(crate) fn utf16_of(&self, cluster: usize) -> usize {
        self.shaped.clusters.get(cluster).map_or(self.shaped.utf16_len, |cluster| cluster.utf16 as usize)
    }
}

/// The word at a UTF-16 unit of a text; at its end, the last one.
pub(crate) fn word_at(text: &str, index: usize) -> Range<usize> {
    let mut start = 0;
    let mut last = 0..0;
    for word in text.split_word_bounds() {
        let end = start + word.encode_utf16().count();
        last = start..end;
        if index < end {
            break;
        }
        start = end;
    }
    last
}

/// The clusters of an item from left to right.
pub(crate) fn visual(clusters: &Range<usize>, rtl: bool) -> impl Iterator<Item = usize> + use<> {
    let Range { start, end } = *clusters;
    (start..end).map(move |index| if rtl { start + end - 1 - index } else { index })
}

/// What is in a line from left to right: left, right, UTF-16 range, and whether it goes from right to left.
fn boxes<'a>(shaped: &'a Shaped, line: &'a Line) -> impl Iterator<Item = (f32, f32, Range<usize>, bool)> + 'a {
    let utf16 = |cluster: usize| shaped.clusters.get(cluster).map_or(shaped.utf16_len, |c| c.utf16 as usize);
    line.items.iter().flat_map(move |item: &'a Item| {
        let mut x = item.x;
        let whole = |range: Range<usize>, rtl: bool| vec![(item.x, item.x + item.width, range, rtl)];
        match &item.kind {
            ItemKind::Text { clusters, rtl, .. } => visual(clusters, *rtl)
                .map(|index| {
                    let left = x;
                    x += line.advance(shaped, index);
                    (left, x, utf16(index)..shaped.cluster_end_utf16(index), *rtl)
                })
                .collect(),
            ItemKind::Placeholder { cluster } => whole(utf16(*cluster)..shaped.cluster_end_utf16(*cluster), shaped.rtl),
            ItemKind::Substitute { hidden, .. } => whole(utf16(hidden.start)..utf16(hidden.end), shaped.rtl),
        }
    })
}

/// The placeholders that are shown.
pub(crate) fn placeholders(paragraph: &Paragraph) -> Vec<(u32, Rect)> {
    let mut found = Vec::new();
    for line in &paragraph.laid.lines {
        for item in &line.items {
            let ItemKind::Placeholder { cluster } = item.kind else { continue };
            let Some(cluster) = paragraph.shaped.clusters.get(cluster) else { continue };
            if let Some(Span::Placeholder { height, align, id, .. }) = paragraph.spans.get(usize::from(cluster.span)) {
                let height = sane_height(*height);
                let top = line.baseline() - over_baseline(*align, height, (line.text_ascent, line.text_descent));
                found.push((*id, rect(item.x, top, item.x + cluster.advance, top + height)));
            }
        }
    }
    found
}

fn line_rect(line: &Line, left: f32, right: f32) -> Rect {
    rect(left, line.top, right, line.top + line.height())
}

fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
    Rect::new(f64::from(left), f64::from(top), f64::from(right), f64::from(bottom))
}
