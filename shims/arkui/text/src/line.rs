//! One line: what stands in it, where, and how high it is.

use std::cmp::Reverse;
use std::ops::Range;
use std::rc::Rc;

use crate::paragraph_style::ParagraphStyle;
use crate::shape::{Shaped, sane_size, span_style};
use crate::style::{LineHeight, PlaceholderAlign, Span, TextStyle};

/// A laid out line. Positions are px from the top left of the paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its part of the text, with the white space and newline at its end.
    pub clusters: Range<usize>,
    /// What is shown, from left to right.
    pub items: Vec<Item>,
    /// The text ends here or has a newline here.
    pub hard: bool,
    /// Left edge of what counts as its width.
    pub left: f32,
    /// Width without white space that hangs over the end.
    pub width: f32,
    pub top: f32,
    pub ascent: f32,
    pub descent: f32,
    /// Ascent and descent of its text alone, against which placeholders stand.
    pub text_ascent: f32,
    pub text_descent: f32,
    /// Added after each cluster which justification widens.
    pub gap: f32,
    /// Whether justification widens spaces only, or every character.
    pub gap_at_spaces: bool,
    /// The end of what justification widens.
    pub gap_end: usize,
}

/// Something in a line.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub x: f32,
    pub width: f32,
    pub kind: ItemKind,
}

#[derive(Clone, Debug)]
pub(crate) enum ItemKind {
    /// Clusters of one run.
    Text { clusters: Range<usize>, rtl: bool },
    /// A placeholder.
    Placeholder { cluster: usize },
    /// An ellipsis that stands for clusters which are left out, or a hyphen for a soft one. `text` is shaped on its own,
    /// in the style of `span`.
    Substitute { hidden: Range<usize>, text: Rc<Shaped>, span: u16 },
}

impl Line {
    pub(crate) fn baseline(&self) -> f32 {
        self.top + self.ascent
    }

    pub(crate) fn height(&self) -> f32 {
        self.ascent + self.descent
    }

    /// The width of a cluster in this line.
    pub(crate) fn advance(&self, shaped: &Shaped, cluster: usize) -> f32 {
        let Some(it) = shaped.clusters.get(cluster) else { return 0.0 };
        let widened = self.gap != 0.0 && cluster < self.gap_end && (it.flags.space || !self.gap_at_spaces);
        it.advance + if widened { self.gap } else { 0.0 }
    }

    /// Whether the text of the line ends with a newline.
    pub(crate) fn text_end(&self, shaped: &Shaped) -> usize {
        match self.clusters.end.checked_sub(1).and_then(|last| shaped.clusters.get(last)) {
            Some(last) if last.flags.newline && !self.clusters.is_empty() => self.clusters.end - 1,
            _ => self.clusters.end,
        }
    }
}

/// Something to be put in a line, in logical order.
pub(crate) enum Piece {
    Clusters(Range<usize>),
    Substitute { hidden: Range<usize>, text: Rc<Shaped>, span: u16 },
}

/// Puts pieces next to each other from left to right, starting at 0. Returns the items and their width.
pub(crate) fn arrange(shaped: &Shaped, pieces: Vec<Piece>) -> (Vec<Item>, f32) {
    let mut items: Vec<(u32, Item)> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Clusters(range) => split_by_run(shaped, range, &mut items),
            Piece::Substitute { hidden, text, span } => {
                let width = text.clusters.iter().map(|cluster| cluster.advance).sum();
                // Stands next to the text before it, or before the text that follows.
                let near = hidden.start.checked_sub(1).unwrap_or(hidden.end);
                let run = shaped.clusters.get(near).map_or(0, |cluster| cluster.run);
                items.push((run, Item { x: 0.0, width, kind: ItemKind::Substitute { hidden, text, span } }));
            }
        }
    }
    if shaped.has_rtl {
        sort_visually(shaped, &mut items);
    }
    let mut x = 0.0;
    let items: Vec<Item> = items
        .into_iter()
        .map(|(_, mut item)| {
            item.x = x;
            x += item.width;
            item
        })
        .collect();
    (items, x)
}

/// Items stand in the order of their runs; those of one run that goes right to left, in reverse.
fn sort_visually(shaped: &Shaped, items: &mut [(u32, Item)]) {
    let start = |item: &Item| match &item.kind {
        ItemKind::Text { clusters, .. } => clusters.start,
        ItemKind::Placeholder { cluster } => *cluster,
        ItemKind::Substitute { hidden, .. } => hidden.start,
    };
    items.sort_by_key(|(run, item)| {
        let (visual, rtl) = shaped.runs.get(*run as usize).map_or((0, false), |run| (run.visual, run.rtl));
        let (forward, backward) = if rtl { (0, Reverse(start(item))) } else { (start(item), Reverse(0)) };
        (visual, forward, backward)
    });
}

fn split_by_run(shaped: &Shaped, range: Range<usize>, items: &mut Vec<(u32, Item)>) {
    let mut open: Option<(u32, Item)> = None;
    for index in range {
        let Some(cluster) = shaped.clusters.get(index) else { break };
        if cluster.flags.placeholder {
            items.extend(open.take());
            let kind = ItemKind::Placeholder { cluster: index };
            items.push((cluster.run, Item { x: 0.0, width: cluster.advance, kind }));
            continue;
        }
        match &mut open {
            Some((run, Item { width, kind: ItemKind::Text { clusters, .. }, .. })) if *run == cluster.run => {
                clusters.end = index + 1;
                *width += cluster.advance;
            }
            _ => {
                items.extend(open.take());
                let rtl = shaped.runs.get(cluster.run as usize).is_some_and(|run| run.rtl);
                let kind = ItemKind::Text { clusters: index..index + 1, rtl };
                open = Some((cluster.run, Item { x: 0.0, width: cluster.advance, kind }));
            }
        }
    }
    items.extend(open);
}

/// How far a line reaches over and under its baseline.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extent {
    pub ascent: f32,
    pub descent: f32,
    /// Of the text alone.
    pub text: Option<(f32, f32)>,
}

/// What decides the height of lines.
pub(crate) struct Measure<'a> {
    pub shaped: &'a Shaped,
    pub spans: &'a [Span],
    pub style: &'a ParagraphStyle,
    /// Factor of all font sizes.
    pub scale: f32,
}

impl Measure<'_> {
    /// Height of a line with these clusters. An empty line is as high as the text before it.
    pub(crate) fn extent(&self, clusters: Range<usize>) -> Extent {
        let all = &self.shaped.clusters;
        let mut extent = Extent::default();
        let mut seen = None;
        let mut placeholders = false;
        let range = if clusters.is_empty() { clusters.start.saturating_sub(1)..clusters.start } else { clusters };
        for cluster in all.get(range).unwrap_or(&[]) {
            if cluster.flags.placeholder {
                placeholders = true;
            } else if seen != Some((cluster.run, cluster.span)) {
                seen = Some((cluster.run, cluster.span));
                let (ascent, descent) = self.of_text(cluster.run as usize, usize::from(cluster.span));
                let (a, d) = extent.text.get_or_insert((ascent, descent));
                *a = a.max(ascent);
                *d = d.max(descent);
            }
        }
        if extent.text.is_none() && !placeholders {
            extent.text = Some(self.of_text(0, 0));
        }
        let (text_ascent, text_descent) = extent.text.unwrap_or_default();
        (extent.ascent, extent.descent) = (text_ascent, text_descent);
        extent
    }

    /// Makes a line high enough for its placeholders.
    pub(crate) fn add_placeholders(&self, extent: &mut Extent, clusters: Range<usize>) {
        let text = extent.text.unwrap_or_default();
        for cluster in self.shaped.clusters.get(clusters).unwrap_or(&[]) {
            if let Some(Span::Placeholder { height, align, .. }) = self.spans.get(usize::from(cluster.span))
                && cluster.flags.placeholder
            {
                let height = sane_height(*height);
                let over = over_baseline(*align, height, text);
                extent.ascent = extent.ascent.max(over);
                extent.descent = extent.descent.max(height - over);
            }
        }
    }

    fn of_text(&self, run: usize, span: usize) -> (f32, f32) {
        let default = TextStyle::default();
        let style = span_style(self.spans, span).unwrap_or(&default);
        let size = sane_size(style.size * self.scale);
        let (mut ascent, mut descent) = match self.shaped.runs.get(run) {
            Some(run) => (run.ascent, run.descent),
            None => (size * crate::fonts::SYSTEM_ASCENT, size * crate::fonts::SYSTEM_DESCENT),
        };
        let wanted = match style.line_height {
            Some(LineHeight::Px(px)) => px,
            Some(LineHeight::Factor(factor)) => factor * size,
            None => 0.0,
        };
        let own = ascent + descent;
        if wanted.is_finite() && wanted > 0.0 && own > 0.0 {
            let wanted = wanted.min(100_000.0);
            if self.style.half_leading {
                ascent += (wanted - own) / 2.0;
                descent += (wanted - own) / 2.0;
            } else {
                ascent *= wanted / own;
                descent *= wanted / own;
            }
        }
        let shift = if style.baseline_offset.is_finite() { style.baseline_offset } else { 0.0 };
        (ascent + shift, descent - shift)
    }
}

pub(crate) fn sane_height(height: f32) -> f32 {
    if height.is_finite() { height.clamp(0.0, 100_000.0) } else { 0.0 }
}

/// How far a placeholder reaches over the baseline.
pub(crate) fn over_baseline(align: PlaceholderAlign, height: f32, (ascent, descent): (f32, f32)) -> f32 {
    match align {
        PlaceholderAlign::Baseline => height,
        PlaceholderAlign::Top => ascent,
        PlaceholderAlign::Bottom => height - descent,
        PlaceholderAlign::Center => (ascent - descent + height) / 2.0,
    }
}
