//! Lines with the least raggedness over a whole paragraph (`LineBreakStrategy.HIGH_QUALITY`): the classic dynamic
//! programme, with the squared rest of each line but the last as its cost.

use crate::breaking::{Breaking, Broken};
use crate::shape::Shaped;

/// Paragraphs with more places to break are broken greedily.
const MAX_WORDS: usize = 4000;

/// Where a line may end, with widths up to there.
struct Stop {
    /// The cluster after it.
    cluster: usize,
    /// Width of all text before, with the spaces at the end.
    after: f32,
    /// The same without them.
    ink: f32,
}

/// Breaks a text, or returns `None` if it is too long or has a word wider than the line.
pub(crate) fn break_lines(shaped: &Shaped, how: &Breaking<'_>) -> Option<Vec<Broken>> {
    let mut lines = Vec::new();
    let mut start = how.range.start;
    let last = how.range.end.min(shaped.clusters.len());
    while start < last {
        let rest = shaped.clusters.get(start..last)?;
        let length = rest.iter().position(|cluster| cluster.flags.newline).map_or(rest.len(), |at| at + 1);
        let indent = if lines.is_empty() { how.indent } else { 0.0 };
        paragraph(shaped, start, start + length, how.width, indent, &mut lines)?;
        start += length;
    }
    if last == shaped.clusters.len() && shaped.clusters.last().is_some_and(|cluster| cluster.flags.newline) {
        lines.push(Broken { clusters: start..start, hard: true });
    }
    Some(lines)
}

fn paragraph(
    shaped: &Shaped,
    start: usize,
    end: usize,
    width: f32,
    indent: f32,
    lines: &mut Vec<Broken>,
) -> Option<()> {
    let mut stops = vec![Stop { cluster: start, after: 0.0, ink: 0.0 }];
    let (mut x, mut ink) = (0.0, 0.0);
    for (at, cluster) in shaped.clusters.get(start..end)?.iter().enumerate() {
        x += cluster.advance;
        if !cluster.flags.space && !cluster.flags.newline {
            ink = x;
        }
        if cluster.flags.break_after || start + at + 1 == end {
            stops.push(Stop { cluster: start + at + 1, after: x, ink });
        }
    }
    if stops.len() > MAX_WORDS {
        return None;
    }
    // Per stop: the least cost of lines up to there, and where the last of them begins.
    let mut best: Vec<(f32, usize)> = vec![(0.0, 0)];
    for (to, stop) in stops.iter().enumerate().skip(1) {
        let is_last = to + 1 == stops.len();
        let mut choice: Option<(f32, usize)> = None;
        for from in (0..to).rev() {
            let (before, line_start) = (best.get(from)?, stops.get(from)?);
            let room = width - if from == 0 { indent } else { 0.0 };
            let rest = room - (stop.ink - line_start.after);
            if rest < -0.02 {
                break;
            }
            let cost = before.0 + if is_last { 0.0 } else { rest * rest };
            if choice.is_none_or(|(least, _)| cost < least) {
                choice = Some((cost, from));
            }
        }
        best.push(choice.unwrap_or((f32::INFINITY, to - 1)));
    }
    if best.last()?.0.is_infinite() {
        return None;
    }
    let mut ends = Vec::new();
    let mut at = stops.len() - 1;
    while at > 0 {
        ends.push(at);
        at = best.get(at)?.1;
    }
    let mut from = start;
    for at in ends.into_iter().rev() {
        let to = stops.get(at)?.cluster;
        lines.push(Broken { clusters: from..to, hard: to == end });
        from = to;
    }
    Some(())
}
