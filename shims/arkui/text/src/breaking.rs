//! Where lines end.

use std::ops::Range;

use crate::paragraph_style::{LineBreakStrategy, WordBreak};
use crate::shape::{Cluster, Shaped};

/// Widths are sums of many numbers; a text must fit into the width that it was measured with.
const TOLERANCE: f32 = 0.02;

/// Room for a hyphen, in em.
const HYPHEN: f32 = 0.4;

/// A line: which clusters it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    pub clusters: Range<usize>,
    /// It ends because the text says so (or the text ends).
    pub hard: bool,
}

/// How to break.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Breaking {
    pub width: f32,
    /// Taken from the first line.
    pub indent: f32,
    pub word_break: WordBreak,
    pub strategy: LineBreakStrategy,
    /// No more lines than these are needed.
    pub limit: usize,
}

/// Breaks a text into lines; there is at least one. A text that ends with a newline has an empty line after it.
pub(crate) fn break_lines(shaped: &Shaped, how: &Breaking) -> Vec<Broken> {
    let greedy = greedy(shaped, how);
    if greedy.len() < 2 || !how.width.is_finite() || how.limit < greedy.len() {
        return greedy;
    }
    match how.strategy {
        LineBreakStrategy::Greedy => greedy,
        LineBreakStrategy::Balanced => balanced(shaped, how, greedy),
        LineBreakStrategy::HighQuality => crate::total_fit::break_lines(shaped, how).unwrap_or(greedy),
    }
}

fn greedy(shaped: &Shaped, how: &Breaking) -> Vec<Broken> {
    let clusters = &shaped.clusters;
    let mut lines = Vec::new();
    let mut start = 0;
    while lines.len() < how.limit {
        if start >= clusters.len() {
            // The line after the last newline, or of an empty text.
            if lines.last().is_none_or(|last: &Broken| ends_with_newline(clusters, last)) {
                lines.push(Broken { clusters: start..start, hard: true });
            }
            break;
        }
        let width = if lines.is_empty() { how.width - how.indent } else { how.width };
        let (end, hard) = fit(shaped, start, width, how.word_break);
        lines.push(Broken { clusters: start..end, hard });
        start = end;
    }
    lines
}

fn ends_with_newline(clusters: &[Cluster], line: &Broken) -> bool {
    line.clusters.end.checked_sub(1).and_then(|last| clusters.get(last)).is_some_and(|cluster| cluster.flags.newline)
}

/// The end of a line that starts at `start`, and whether the text demands it.
fn fit(shaped: &Shaped, start: usize, width: f32, word_break: WordBreak) -> (usize, bool) {
    let clusters = &shaped.clusters;
    let mut x = 0.0;
    let mut opportunity = None;
    let mut end = start;
    for cluster in clusters.get(start..).unwrap_or(&[]) {
        if cluster.flags.newline {
            return (end + 1, true);
        }
        if cluster.flags.space {
            // Spaces hang over the end of the line.
            x += cluster.advance;
        } else {
            if x + cluster.advance > width + TOLERANCE && end > start {
                return (opportunity.unwrap_or_else(|| whole(clusters, start, end)), false);
            }
            x += cluster.advance;
        }
        end += 1;
        // At a soft hyphen only where there is room for a hyphen.
        let room = !cluster.flags.soft_hyphen || x + HYPHEN * shaped.size_of(cluster) <= width;
        if cluster.flags.break_after && room || word_break == WordBreak::BreakAll {
            opportunity = Some(end);
        }
    }
    (end, true)
}

/// Moves the end of a line that has no better place before a ligature.
fn whole(clusters: &[Cluster], start: usize, end: usize) -> usize {
    let mut at = end;
    while at > start + 1 && clusters.get(at).is_some_and(|cluster| cluster.flags.continuation) {
        at -= 1;
    }
    if clusters.get(at).is_some_and(|cluster| cluster.flags.continuation) { end } else { at }
}

/// The narrowest width that gives as many lines.
fn balanced(shaped: &Shaped, how: &Breaking, greedy_lines: Vec<Broken>) -> Vec<Broken> {
    const STEPS: usize = 16;
    let (mut low, mut high) = (0.0, how.width);
    let mut best = greedy_lines;
    for _ in 0..STEPS {
        if high - low < 1.0 {
            break;
        }
        let width = (low + high) / 2.0;
        let lines = greedy(shaped, &Breaking { width, limit: best.len() + 1, ..*how });
        if lines.len() > best.len() {
            low = width;
        } else {
            high = width;
            best = lines;
        }
    }
    best
}

/// The width of the widest part which is never broken, and that of the widest line if only newlines break.
pub(crate) fn intrinsic_widths(clusters: &[Cluster]) -> (f32, f32) {
    let (mut word, mut widest_word, mut line, mut widest_line) = (0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
    for cluster in clusters {
        line += cluster.advance;
        widest_line = widest_line.max(line);
        if !cluster.flags.space {
            word += cluster.advance;
            widest_word = widest_word.max(word);
        }
        if cluster.flags.newline {
            line = 0.0;
        }
        if cluster.flags.newline || cluster.flags.break_after || cluster.flags.space {
            word = 0.0;
        }
    }
    (widest_word, widest_line)
}
