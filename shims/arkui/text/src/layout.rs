//! Lines for a width: breaking, cutting, aligning, stacking.

use std::ops::Range;

use crate::breaking::{Breaking, Broken, break_lines};
use crate::ellipsis::{Cut, HYPHEN, Substitutes};
use crate::line::{Item, ItemKind, Line, Measure, Piece, arrange};
use crate::paragraph_style::{EllipsisMode, HeightAdaptivePolicy, TextAlign, TextOverflow};
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
    let indent = if style.indent.is_finite() { style.indent.min(width) } else { 0.0 };
    let how = Breaking {
        width,
        indent,
        word_break: style.word_break,
        strategy: style.line_break,
        limit: max_lines.map_or(usize::MAX, |max| max.saturating_add(1)),
    };
    let mut broken = break_lines(shaped, &how);
    let wanted = broken.len();
    if let Some(max) = max_lines {
        broken.truncate(max);
    }
    if let (Some(height), HeightAdaptivePolicy::LayoutConstraintFirst) = (max_height, style.height_policy) {
        broken.truncate(lines_that_fit(measure, &broken, height));
    }
    let exceeded = broken.len() < wanted;
    let mut laid = Laid { exceeded, ..Laid::default() };

    let single = broken.len() == 1;
    let count = broken.len();
    for (index, line) in broken.into_iter().enumerate() {
        let line_indent = if index == 0 { indent } else { 0.0 };
        let room = width - line_indent;
        let too_long = || content_width(shaped, &line.clusters) > room + TOLERANCE;
        let cut = style.overflow == TextOverflow::Ellipsis
            && index + 1 == count
            && (exceeded || max_lines.is_some() && too_long());
        let mut one = if cut {
            let mode = if single && max_lines == Some(1) { style.ellipsis_mode } else { EllipsisMode::End };
            let rest = line.clusters.start..shaped.clusters.len();
            cut_line(shaped, &line, Cut { shaped, rest, width: room, mode }, substitutes)
        } else {
            whole_line(shaped, &line, substitutes)
        };
        laid.exceeded |= cut;
        one.left += line_indent;
        let mut extent = measure.extent(line.clusters.clone());
        measure.add_placeholders(&mut extent, line.clusters.clone());
        (one.ascent, one.descent) = (extent.ascent, extent.descent);
        (one.text_ascent, one.text_descent) = extent.text.unwrap_or_default();
        if index > 0 && style.line_spacing.is_finite() {
            laid.height += style.line_spacing;
        }
        one.top = laid.height;
        laid.height += one.height();
        laid.longest_line = laid.longest_line.max(one.width + line_indent);
        laid.lines.push(one);
    }
    if laid.lines.len() < style.min_lines
        && let Some(last) = laid.lines.last()
    {
        let spacing = if style.line_spacing.is_finite() { style.line_spacing } else { 0.0 };
        let missing = style.min_lines.min(10_000) - laid.lines.len();
        laid.height += missing as f32 * (last.height() + spacing);
    }
    laid.height = laid.height.max(0.0);
    align(shaped, &mut laid, style.align, width, indent);
    laid
}

/// How many lines a height has room for; at least one.
fn lines_that_fit(measure: &Measure<'_>, lines: &[Broken], height: f32) -> usize {
    let mut y = 0.0;
    for (index, line) in lines.iter().enumerate() {
        let mut extent = measure.extent(line.clusters.clone());
        measure.add_placeholders(&mut extent, line.clusters.clone());
        y += extent.ascent + extent.descent;
        if y > height + TOLERANCE {
            return index.max(1);
        }
        y += if measure.style.line_spacing.is_finite() { measure.style.line_spacing } else { 0.0 };
    }
    lines.len()
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
    }
}

/// A line that shows all of its text. White space hangs over its end, whatever the direction of the text around it.
fn whole_line(shaped: &Shaped, line: &Broken, substitutes: &mut Substitutes<'_>) -> Line {
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
    if line.hard {
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

/// A line with an ellipsis. It owns the rest of the text.
fn cut_line(shaped: &Shaped, line: &Broken, cut: Cut<'_>, substitutes: &mut Substitutes<'_>) -> Line {
    let mut one = blank(line);
    one.clusters.end = cut.rest.end;
    one.hard = true;
    (one.items, one.width) = arrange(shaped, cut.pieces(substitutes));
    one
}

/// Moves lines to their side of the width. Without a width that is the longest line.
fn align(shaped: &Shaped, laid: &mut Laid, align: TextAlign, max_width: f32, indent: f32) {
    let width = if max_width.is_finite() { max_width } else { laid.longest_line };
    for (index, line) in laid.lines.iter_mut().enumerate() {
        let indent = if index == 0 { indent } else { 0.0 };
        let (start, end) = if shaped.rtl { (true, false) } else { (false, true) };
        // Whether the line stands right; `None` is the middle.
        let right = match align {
            TextAlign::Left => Some(false),
            TextAlign::Right => Some(true),
            TextAlign::Start => Some(start),
            TextAlign::End => Some(end),
            TextAlign::Center => None,
            TextAlign::Justify => {
                if !line.hard {
                    justify(shaped, line, width - indent);
                }
                Some(start)
            }
        };
        let room = width - indent - line.width;
        let left_indent = if shaped.rtl { 0.0 } else { indent };
        line.left = left_indent
            + match right {
                Some(false) => 0.0,
                Some(true) => room,
                None => room / 2.0,
            };
        for item in &mut line.items {
            item.x += line.left;
        }
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
