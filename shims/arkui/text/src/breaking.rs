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
#[derive(Clone, Debug)]
pub(crate) struct Breaking<'a> {
    /// What is to be broken.
    pub range: Range<usize>,
    pub width: f32,
    /// Taken from the first line.
    pub indent: f32,
    /// Taken from the end of each line; the last one counts for all further lines.
    pub tails: &'a [f32],
    pub word_break: WordBreak,
    pub strategy: LineBreakStrategy,
    /// No more lines than these are needed.
    pub limit: usize,
    pub compress_leading_punctuation: bool,
    pub punctuation_overflow: bool,
    pub avoid_orphans: bool,
}

impl Breaking<'_> {
    /// What the end of a line leaves free.
    pub(crate) fn tail(&self, line: usize) -> f32 {
        let tail = self.tails.get(line).or(self.tails.last()).copied().unwrap_or(0.0);
        if tail.is_finite() { tail.clamp(0.0, self.width) } else { 0.0 }
    }

    /// How wide a line may be.
    pub(crate) fn room(&self, line: usize) -> f32 {
        let indent = if line == 0 { self.indent } else { 0.0 };
        if self.width.is_finite() { self.width - indent - self.tail(line) } else { f32::INFINITY }
    }
}

/// Breaks a text into lines; there is at least one. A text that ends with a newline has an empty line after it.
pub(crate) fn break_lines(shaped: &Shaped, how: &Breaking<'_>) -> Vec<Broken> {
    let mut lines = greedy(shaped, how);
    if how.avoid_orphans && how.word_break != WordBreak::BreakAll && lines.len() < how.limit {
        keep_orphans_company(shaped, &mut lines);
    }
    if lines.len() < 2 || !how.width.is_finite() || how.limit < lines.len() || !how.tails.is_empty() {
        return lines;
    }
    match how.strategy {
        LineBreakStrategy::Greedy => lines,
        LineBreakStrategy::Balanced => balanced(shaped, how, lines),
        LineBreakStrategy::HighQuality => crate::total_fit::break_lines(shaped, how).unwrap_or(lines),
    }
}

pub(crate) fn greedy(shaped: &Shaped, how: &Breaking<'_>) -> Vec<Broken> {
    let clusters = shaped.clusters.get(..how.range.end).unwrap_or(&shaped.clusters);
    // What is at the end of the text has an empty line after its last newline; a section of it has not.
    let to_the_end = clusters.len() == shaped.clusters.len();
    let mut lines = Vec::new();
    let mut start = how.range.start;
    while lines.len() < how.limit {
        if start >= clusters.len() {
            // The line after the last newline, or of an empty text.
            if lines.last().is_none_or(|last: &Broken| to_the_end && ends_with_newline(clusters, last)) {
                lines.push(Broken { clusters: start..start, hard: true });
            }
            break;
        }
        let (end, hard) = fit(shaped, clusters, start, how.room(lines.len()), how);
        lines.push(Broken { clusters: start..end, hard });
        start = end;
    }
    lines
}

/// Width that opening punctuation at the start of a line does without.
pub(crate) fn compression(shaped: &Shaped, start: usize) -> f32 {
    match (shaped.clusters.get(start), shaped.first_char(start)) {
        (Some(cluster), Some(c)) if crate::scripts::opens(c) => {
            let half = shaped.size_of(cluster) / 2.0;
            // Western quotation marks are narrow, and stay as they are.
            if cluster.advance > half * 1.5 { half } else { 0.0 }
        }
        _ => 0.0,
    }
}

/// A paragraph does not end with a line of one character: it gets the one before it.
fn keep_orphans_company(shaped: &Shaped, lines: &mut [Broken]) {
    for index in 1..lines.len() {
        let Some([before, last]) = lines.get_mut(index - 1..=index) else { return };
        let own = last.clusters.clone().filter_map(|at| shaped.first_char(at));
        let own: Vec<char> = own.filter(|c| !c.is_whitespace() && !crate::scripts::hangs(*c)).take(2).collect();
        let [only] = own.as_slice() else { continue };
        if !last.hard || before.hard || !crate::scripts::is_ideograph(*only) || before.clusters.len() < 3 {
            continue;
        }
        let end = before.clusters.end - 1;
        let breaks = shaped.clusters.get(end.wrapping_sub(1)).is_some_and(|cluster| cluster.flags.break_after);
        if breaks {
            before.clusters.end = end;
            last.clusters.start = end;
        }
    }
}

fn ends_with_newline(clusters: &[Cluster], line: &Broken) -> bool {
    line.clusters.end.checked_sub(1).and_then(|last| clusters.get(last)).is_some_and(|cluster| cluster.flags.newline)
}

/// The end of a line that starts at `start`, and whether the text demands it.
fn fit(shaped: &Shaped, clusters: &[Cluster], start: usize, width: f32, how: &Breaking<'_>) -> (usize, bool) {
    let mut x = if how.compress_leading_punctuation { -compression(shaped, start) } else { 0.0 };
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
                let hangs = how.punctuation_overflow
                    && x <= width + TOLERANCE
                    && shaped.first_char(end).is_some_and(crate::scripts::hangs)
                    && cluster.flags.break_after;
                if hangs {
                    let rest = clusters.get(end + 1..).unwrap_or(&[]);
                    let spaces = rest.iter().take_while(|cluster| cluster.flags.space).count();
                    return (end + 1 + spaces, end + 1 + spaces == clusters.len());
                }
                return (opportunity.unwrap_or_else(|| whole(clusters, start, end)), false);
            }
            x += cluster.advance;
        }
        end += 1;
        // At a soft hyphen only where there is room for a hyphen.
        let room = !cluster.flags.soft_hyphen || x + HYPHEN * shaped.size_of(cluster) <= width;
        let parted = how.word_break == WordBreak::Hyphenation
            && cluster.flags.hyphen_after
            && x + HYPHEN * shaped.size_of(cluster) <= width;
        if cluster.flags.break_after && room || parted || how.word_break == WordBreak::BreakAll {
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
fn balanced(shaped: &Shaped, how: &Breaking<'_>, greedy_lines: Vec<Broken>) -> Vec<Broken> {
    const STEPS: usize = 16;
    let (mut low, mut high) = (0.0, how.width);
    let mut best = greedy_lines;
    for _ in 0..STEPS {
        if high - low < 1.0 {
            break;
        }
        let width = (low + high) / 2.0;
        let lines = greedy(shaped, &Breaking { width, limit: best.len() + 1, ..how.clone() });
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
