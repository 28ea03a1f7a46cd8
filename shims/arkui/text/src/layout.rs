//! Lines for a width: breaking, cutting, aligning, stacking.

use std::ops::Range;

use crate::breaking::{Breaking, Broken, break_lines, compression, greedy};
use crate::ellipsis::{Cut, ELLIPSIS, HYPHEN, Substitutes};
use crate::line::{Item, ItemKind, Line, Measure, Piece, arrange};
use crate::paragraph_style::{
    EllipsisMode, HeightAdaptivePolicy, LineBreakStrategy, ParagraphStyle, TextAlign, TextOverflow, TextVerticalAlign,
    WordBreak,
};
use crate::shape::Shaped;

/// Narrower differences do not matter (px).
const TOLERANCE: f32 = 0.02;

/// A text laid out for a width.
#[derive(Clone, Debug, Default)]
pub(crate) struct Laid {
    pub lines: Vec<Line>,
    pub longest_line: f32,
    pub height: f32,
    /// Some text is not shown.
    pub exceeded: bool,
}

/// Lays a text out. `substitutes` shapes ellipses and hyphens.
pub(crate) fn lay_out(
    measure: &Measure<'_>,
    max_width: f32,
    max_height: Option<f32>,
    substitutes: &mut Substitutes<'_>,
) -> Laid {
    let Measure { shaped, style, .. } = *measure;
    let marquee = style.overflow == TextOverflow::Marquee;
    let max_lines = if marquee { Some(1) } else { style.max_lines };
    let width = if marquee || !max_width.is_finite() { f32::INFINITY } else { max_width.max(0.0) };
    let mut laid = Laid::default();
    let parts = parts(shaped, style, max_lines);
    let count = parts.len();
    for (index, part) in parts.into_iter().enumerate() {
        let room = max_lines.map(|max| max.saturating_sub(laid.lines.len()));
        if index > 0 && room == Some(0) {
            laid.exceeded = true;
            break;
        }
        let spacing = if index + 1 < count { part.spacing } else { 0.0 };
        let limits = Limits { width, max_lines: part.max_lines.min(room.unwrap_or(usize::MAX)), max_height };
        lay_out_part(measure, &part, limits, &mut laid, substitutes);
        laid.height += spacing;
    }
    around(measure, &mut laid);
    if laid.lines.len() < style.min_lines
        && let Some(last) = laid.lines.last()
    {
        let missing = style.min_lines.min(10_000) - laid.lines.len();
        laid.height += missing as f32 * (last.height() + sane(style.line_spacing));
    }
    laid.height = laid.height.max(0.0);
    let across = if width.is_finite() { width } else { laid.longest_line };
    for line in &mut laid.lines {
        align(shaped, line, across);
    }
    laid
}

/// A part of the text that is set in one way: all of it, or a section.
struct Part<'a> {
    clusters: Range<usize>,
    align: TextAlign,
    indent: f32,
    leading: f32,
    spacing: f32,
    /// `usize::MAX` is no limit.
    max_lines: usize,
    overflow: TextOverflow,
    word_break: WordBreak,
    line_break: LineBreakStrategy,
    vertical: TextVerticalAlign,
    tails: &'a [f32],
}

/// The sections of a text, and what lies between them.
fn parts<'a>(shaped: &Shaped, style: &'a ParagraphStyle, max_lines: Option<usize>) -> Vec<Part<'a>> {
    let whole = |clusters: Range<usize>| Part {
        clusters,
        align: style.align,
        indent: sane(style.indent),
        leading: 0.0,
        spacing: 0.0,
        max_lines: max_lines.unwrap_or(usize::MAX),
        overflow: style.overflow,
        word_break: style.word_break,
        line_break: style.line_break,
        vertical: style.vertical,
        tails: &style.tail_indents,
    };
    let all = shaped.clusters.len();
    let mut parts = Vec::new();
    let mut at = 0;
    for section in style.sections.iter().take(MAX_SECTIONS) {
        let start = shaped.cluster_at(section.range.start).max(at);
        let end = shaped.cluster_at(section.range.end).max(start);
        if start >= end && end < all {
            continue;
        }
        if at < start {
            parts.push(whole(at..start));
        }
        let base = whole(start..end);
        parts.push(Part {
            align: section.align.unwrap_or(base.align),
            indent: section.indent.map_or(base.indent, sane),
            leading: sane(section.leading).max(0.0),
            spacing: sane(section.spacing).max(0.0),
            max_lines: section.max_lines.unwrap_or(usize::MAX),
            overflow: section.overflow.unwrap_or(base.overflow),
            word_break: section.word_break.unwrap_or(base.word_break),
            line_break: section.line_break.unwrap_or(base.line_break),
            vertical: section.vertical.unwrap_or(base.vertical),
            tails: section.tail_indents.as_deref().unwrap_or(base.tails),
            ..base
        });
        at = end;
    }
    if parts.is_empty() || at < all {
        parts.push(whole(at..all));
    }
    parts
}

/// What limits a part.
struct Limits {
    width: f32,
    max_lines: usize,
    max_height: Option<f32>,
}

/// Adds the lines of a part.
fn lay_out_part(
    measure: &Measure<'_>,
    part: &Part<'_>,
    limits: Limits,
    laid: &mut Laid,
    substitutes: &mut Substitutes<'_>,
) {
    let Measure { shaped, style, .. } = *measure;
    let width = (limits.width - part.leading).max(0.0);
    let how = Breaking {
        range: part.clusters.clone(),
        width,
        indent: part.indent.min(width),
        tails: part.tails,
        word_break: part.word_break,
        strategy: part.line_break,
        limit: limits.max_lines.saturating_add(1),
        compress_leading_punctuation: style.compress_leading_punctuation,
        punctuation_overflow: style.punctuation_overflow,
        avoid_orphans: style.avoid_orphans,
    };
    let mut broken = break_lines(shaped, &how);
    let wanted = broken.len();
    broken.truncate(limits.max_lines);
    if let (Some(height), HeightAdaptivePolicy::LayoutConstraintFirst) = (limits.max_height, style.height_policy) {
        let left = height - laid.height;
        broken.truncate(lines_that_fit(measure, part.vertical, &broken, left).max(usize::from(laid.lines.is_empty())));
    }
    let exceeded = broken.len() < wanted;
    laid.exceeded |= exceeded;
    let count = broken.len();
    let limited = limits.max_lines < usize::MAX;
    let too_long = |index: usize, line: &Broken| content_width(shaped, &line.clusters) > how.room(index) + TOLERANCE;
    let cuts = part.overflow == TextOverflow::Ellipsis
        && (exceeded || limited && broken.last().is_some_and(|last| too_long(count - 1, last)));
    let mut pieces: Vec<Vec<Piece>> = Vec::new();
    if cuts {
        laid.exceeded = true;
        let one = count == 1 && limits.max_lines == 1;
        let mode = match style.ellipsis_mode {
            EllipsisMode::Start | EllipsisMode::Center if !one => EllipsisMode::End,
            EllipsisMode::MultilineStart if one => EllipsisMode::Start,
            EllipsisMode::MultilineCenter if one => EllipsisMode::Center,
            mode => mode,
        };
        match mode {
            EllipsisMode::MultilineStart | EllipsisMode::MultilineCenter => {
                (broken, pieces) = cut_lines(shaped, &how, &broken, mode, substitutes);
            }
            mode => {
                if let Some(last) = broken.last_mut() {
                    let rest = last.clusters.start..part.clusters.end;
                    let cut = Cut { shaped, rest, width: how.room(count - 1), mode };
                    *last = Broken { clusters: last.clusters.start..part.clusters.end, hard: true };
                    pieces.resize_with(count - 1, Vec::new);
                    pieces.push(cut.pieces(substitutes));
                }
            }
        }
    }
    let mut pieces = pieces.into_iter();
    for (index, line) in broken.into_iter().enumerate() {
        let mut one = match pieces.next().filter(|pieces| !pieces.is_empty()) {
            Some(pieces) => cut_line(shaped, &line, pieces),
            None => whole_line(shaped, &line, style, substitutes),
        };
        let line_indent = if index == 0 { how.indent } else { 0.0 };
        one.align = part.align;
        one.vertical = part.vertical;
        one.indent = part.leading + line_indent;
        one.tail = if how.width.is_finite() { how.tail(index) } else { 0.0 };
        let mut extent = measure.extent(line.clusters.clone(), part.vertical);
        measure.add_placeholders(&mut extent, line.clusters.clone());
        (one.ascent, one.descent) = (extent.ascent, extent.descent);
        (one.text_ascent, one.text_descent) = extent.text.unwrap_or_default();
        if !laid.lines.is_empty() {
            laid.height += sane(style.line_spacing);
        }
        one.top = laid.height;
        laid.height += one.height();
        laid.longest_line = laid.longest_line.max(one.width + one.indent);
        laid.lines.push(one);
    }
}

/// More sections than these are not told apart.
const MAX_SECTIONS: usize = 20_000;

fn sane(length: f32) -> f32 {
    if length.is_finite() { length.clamp(-100_000.0, 100_000.0) } else { 0.0 }
}

/// What the first line has above, and the last below: room for high glyphs, half of the space between lines.
fn around(measure: &Measure<'_>, laid: &mut Laid) {
    let style = measure.style;
    let half = if style.spacing_around { sane(style.line_spacing).max(0.0) / 2.0 } else { 0.0 };
    let (mut above, mut below) = (half, half);
    if style.font_padding {
        let em = |line: Option<&Line>| line.map_or(0.0, |line| measure.em(line.clusters.clone()));
        above += HIGHEST * em(laid.lines.first());
        below += DEEPEST * em(laid.lines.last());
    }
    if let Some(first) = laid.lines.first_mut() {
        first.ascent += above;
    }
    for line in laid.lines.iter_mut().skip(1) {
        line.top += above;
    }
    if let Some(last) = laid.lines.last_mut() {
        last.descent += below;
    }
    laid.height += if laid.lines.is_empty() { 0.0 } else { above + below };
}

/// How much further than the ascent and the descent the glyphs of the platform's font reach, in em.
const HIGHEST: f32 = 1.056 - 0.928;
const DEEPEST: f32 = 0.271 - 0.244;

/// How many lines a height has room for.
fn lines_that_fit(measure: &Measure<'_>, vertical: TextVerticalAlign, lines: &[Broken], height: f32) -> usize {
    let mut y = 0.0;
    for (index, line) in lines.iter().enumerate() {
        let mut extent = measure.extent(line.clusters.clone(), vertical);
        measure.add_placeholders(&mut extent, line.clusters.clone());
        y += extent.ascent + extent.descent;
        if y > height + TOLERANCE {
            return index;
        }
        y += sane(measure.style.line_spacing);
    }
    lines.len()
}

/// Leaves out the beginning or the middle of a text, so that the rest has room in as many lines. The pieces of a line that is
/// shown as it is are empty.
fn cut_lines(
    shaped: &Shaped,
    how: &Breaking<'_>,
    lines: &[Broken],
    mode: EllipsisMode,
    substitutes: &mut Substitutes<'_>,
) -> (Vec<Broken>, Vec<Vec<Piece>>) {
    let end = how.range.end;
    // The line with the ellipsis, and what is shown before that.
    let at = if mode == EllipsisMode::MultilineStart { 0 } else { lines.len().saturating_sub(1) / 2 };
    let Some(line) = lines.get(at) else { return (lines.to_vec(), Vec::new()) };
    let start = line.clusters.start;
    let span = shaped.clusters.get(start).map_or(0, |cluster| cluster.span);
    let text = substitutes(span, ELLIPSIS);
    let room = how.room(at);
    let ellipsis: f32 = text.clusters.iter().map(|cluster| cluster.advance).sum();
    let head = match mode {
        EllipsisMode::MultilineCenter => {
            Cut { shaped, rest: start..end, width: room, mode }.fitting_head((room - ellipsis) / 2.0)
        }
        _ => start,
    };
    let used: f32 = shaped.clusters.get(start..head).unwrap_or(&[]).iter().map(|cluster| cluster.advance).sum();
    let rest = |tail: usize| {
        let left = lines.len() - at;
        let indent = if at == 0 { how.indent } else { 0.0 } + used + ellipsis;
        let tails = how.tails.get(at.min(how.tails.len().saturating_sub(1))..).unwrap_or(&[]);
        greedy(shaped, &Breaking { range: tail..end, indent, tails, limit: left + 1, ..how.clone() })
    };
    // The more is left out, the fewer lines there are.
    let (mut low, mut high) = (head, end);
    while low < high {
        let middle = low + (high - low) / 2;
        if rest(middle).len() + at <= lines.len() {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let mut shown: Vec<Broken> = lines.get(..at).unwrap_or(&[]).to_vec();
    let mut pieces: Vec<Vec<Piece>> = Vec::new();
    pieces.resize_with(at, Vec::new);
    for (index, mut line) in rest(low).into_iter().enumerate() {
        if index == 0 {
            let tail = low..content_end(shaped, &line.clusters);
            let hidden = Piece::Substitute { hidden: head..low, text: text.clone(), span };
            pieces.push(vec![Piece::Clusters(start..head), hidden, Piece::Clusters(tail)]);
            line.clusters.start = start;
        }
        shown.push(line);
    }
    (shown, pieces)
}

/// The clusters of a line without white space (and newline) at its end.
fn content_end(shaped: &Shaped, clusters: &Range<usize>) -> usize {
    let line = shaped.clusters.get(clusters.clone()).unwrap_or(&[]);
    let hanging = line.iter().rev().take_while(|cluster| cluster.flags.space || cluster.flags.newline).count();
    clusters.end - hanging.min(clusters.len())
}

fn content_width(shaped: &Shaped, clusters: &Range<usize>) -> f32 {
    let content = clusters.start..content_end(shaped, clusters);
    shaped.clusters.get(content).unwrap_or(&[]).iter().map(|cluster| cluster.advance).sum()
}

fn blank(line: &Broken) -> Line {
    Line {
        clusters: line.clusters.clone(),
        items: Vec::new(),
        hard: line.hard,
        left: 0.0,
        width: 0.0,
        top: 0.0,
        ascent: 0.0,
        descent: 0.0,
        text_ascent: 0.0,
        text_descent: 0.0,
        gap: 0.0,
        gap_at_spaces: true,
        gap_end: 0,
        align: TextAlign::Start,
        vertical: TextVerticalAlign::Baseline,
        indent: 0.0,
        tail: 0.0,
    }
}

/// A line that shows all of its text. White space hangs over its end, whatever the direction of the text around it.
fn whole_line(shaped: &Shaped, line: &Broken, style: &ParagraphStyle, substitutes: &mut Substitutes<'_>) -> Line {
    let mut one = blank(line);
    let end = content_end(shaped, &line.clusters);
    let last = shaped.clusters.get(end.wrapping_sub(1)).filter(|_| end > line.clusters.start);
    let pieces = match last {
        Some(last) if last.flags.soft_hyphen && !line.hard => {
            let text = substitutes(last.span, HYPHEN);
            vec![
                Piece::Clusters(line.clusters.start..end - 1),
                Piece::Substitute { hidden: end - 1..end, text, span: last.span },
            ]
        }
        // Only a line that ends in the middle of a word ends after such a cluster.
        Some(last) if last.flags.hyphen_after && !last.flags.break_after && !line.hard && end == line.clusters.end => {
            let text = substitutes(last.span, HYPHEN);
            vec![
                Piece::Clusters(line.clusters.start..end),
                Piece::Substitute { hidden: end..end, text, span: last.span },
            ]
        }
        _ => vec![Piece::Clusters(line.clusters.start..end)],
    };
    let (mut items, width) = arrange(shaped, pieces);
    let tail_end = one.text_end(shaped);
    let mut tail_width = 0.0;
    if end < tail_end {
        tail_width = shaped.clusters.get(end..tail_end).unwrap_or(&[]).iter().map(|cluster| cluster.advance).sum();
        let x = if shaped.rtl { -tail_width } else { width };
        let kind = ItemKind::Text { clusters: end..tail_end, rtl: shaped.rtl };
        let at = if shaped.rtl { 0 } else { items.len() };
        items.insert(at, Item { x, width: tail_width, kind });
    }
    one.width = width;
    if style.compress_leading_punctuation && !shaped.has_rtl {
        let by = compression(shaped, line.clusters.start);
        one.width -= by;
        for item in &mut items {
            item.x -= by;
        }
    }
    if line.hard && !style.trim_trailing_spaces {
        // Spaces that somebody wrote at the end of a text count.
        one.width += tail_width;
        if shaped.rtl {
            for item in &mut items {
                item.x += tail_width;
            }
        }
    }
    one.items = items;
    one
}

/// A line with an ellipsis.
fn cut_line(shaped: &Shaped, line: &Broken, pieces: Vec<Piece>) -> Line {
    let mut one = blank(line);
    (one.items, one.width) = arrange(shaped, pieces);
    one
}

/// Moves a line to its side of the width.
fn align(shaped: &Shaped, line: &mut Line, width: f32) {
    let (start, end) = if shaped.rtl { (true, false) } else { (false, true) };
    let across = width - line.indent - line.tail;
    // Whether the line stands right; `None` is the middle.
    let right = match line.align {
        TextAlign::Left => Some(false),
        TextAlign::Right => Some(true),
        TextAlign::Start => Some(start),
        TextAlign::End => Some(end),
        TextAlign::Center => None,
        TextAlign::Justify => {
            if !line.hard {
                justify(shaped, line, across);
            }
            Some(start)
        }
    };
    let room = across - line.width;
    line.left = if shaped.rtl { line.tail } else { line.indent }
        + match right {
            Some(false) => 0.0,
            Some(true) => room,
            None => room / 2.0,
        };
    for item in &mut line.items {
        item.x += line.left;
    }
}

/// Widens spaces until the line is as wide as it may be; where there are none, all characters.
fn justify(shaped: &Shaped, line: &mut Line, width: f32) {
    let extra = width - line.width;
    let end = content_end(shaped, &line.clusters);
    let content = line.clusters.start..end;
    if extra <= TOLERANCE || content.is_empty() {
        return;
    }
    let inner = shaped.clusters.get(content.start..end - 1).unwrap_or(&[]);
    let spaces = inner.iter().filter(|cluster| cluster.flags.space).count();
    let (count, at_spaces) = if spaces > 0 { (spaces, true) } else { (inner.len(), false) };
    if count == 0 {
        return;
    }
    line.gap = extra / count as f32;
    line.gap_at_spaces = at_spaces;
    line.gap_end = end - 1;
    line.width = width;
    // The items move apart.
    let mut x = line.items.first().map_or(0.0, |item| item.x);
    let widths: Vec<f32> = line.items.iter().map(|item| item_width(shaped, line, item)).collect();
    for (item, width) in line.items.iter_mut().zip(widths) {
        item.x = x;
        item.width = width;
        x += width;
    }
}

fn item_width(shaped: &Shaped, line: &Line, item: &Item) -> f32 {
    match &item.kind {
        ItemKind::Text { clusters, .. } => clusters.clone().map(|cluster| line.advance(shaped, cluster)).sum(),
        ItemKind::Placeholder { cluster } => line.advance(shaped, *cluster),
        ItemKind::Substitute { .. } => item.width,
    }
}
