//! One line: what stands in it, where, and how high it is.

use std::cmp::Reverse;
use std::ops::Range;
use std::rc::Rc;

use crate::paragraph_style::{ParagraphStyle, TextAlign, TextVerticalAlign};
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
    /// Where it stands in the width.
    pub align: TextAlign,
    /// How smaller text stands in it.
    pub vertical: TextVerticalAlign,
    /// What is free before and behind it.
    pub indent: f32,
    pub tail: f32,
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

    /// The baseline of text in it, by the text's own ascent and descent.
    pub(crate) fn baseline_of(&self, ascent: f32, descent: f32) -> f32 {
        // Placeholders may make the line higher than its text.
        let (top, height) = (self.baseline() - self.text_ascent, self.text_ascent + self.text_descent);
        top + over_in(self.vertical, height, (ascent, descent)).unwrap_or(self.text_ascent)
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
    pub(crate) fn extent(&self, clusters: Range<usize>, vertical: TextVerticalAlign) -> Extent {
        let all = &self.shaped.clusters;
        let mut extent = Extent::default();
        let mut seen = None;
        let mut placeholders = false;
        let range = if clusters.is_empty() { clusters.start.saturating_sub(1)..clusters.start } else { clusters };
        let mut text: Option<Tallest> = None;
        for cluster in all.get(range).unwrap_or(&[]) {
            if cluster.flags.placeholder {
                placeholders = true;
            } else if seen != Some((cluster.run, cluster.span)) {
                seen = Some((cluster.run, cluster.span));
                let (run, span) = (cluster.run as usize, usize::from(cluster.span));
                text.get_or_insert_default().add(self.of_text(run, span), self.own(run, span));
            }
        }
        if text.is_none() && !placeholders {
            text.get_or_insert_default().add(self.of_text(0, 0), self.own(0, 0));
        }
        extent.text = text.map(|text| text.extent(vertical));
        let (text_ascent, text_descent) = extent.text.unwrap_or_default();
        (extent.ascent, extent.descent) = (text_ascent, text_descent);
        extent
    }

    /// The largest font size of a line, in px.
    pub(crate) fn em(&self, clusters: Range<usize>) -> f32 {
        let range = if clusters.is_empty() { clusters.start.saturating_sub(1)..clusters.start } else { clusters };
        let sizes = self.shaped.clusters.get(range).unwrap_or(&[]).iter().map(|cluster| self.shaped.size_of(cluster));
        sizes.fold(0.0, f32::max)
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

    /// Ascent and descent of a run by its font alone.
    fn own(&self, run: usize, span: usize) -> (f32, f32) {
        match self.shaped.runs.get(run) {
            Some(run) => (run.ascent, run.descent),
            None => {
                let size = sane_size(span_style(self.spans, span).map_or(48.0, |style| style.size) * self.scale);
                (size * crate::fonts::SYSTEM_ASCENT, size * crate::fonts::SYSTEM_DESCENT)
            }
        }
    }

    /// Ascent and descent of a run with the line height of its style.
    fn of_text(&self, run: usize, span: usize) -> (f32, f32) {
        let default = TextStyle::default();
        let style = span_style(self.spans, span).unwrap_or(&default);
        let size = sane_size(style.size * self.scale);
        let (mut ascent, mut descent) = self.own(run, span);
        let own = ascent + descent;
        let wanted = match style.line_height {
            Some(LineHeight::Px(px)) => px,
            Some(LineHeight::Factor(factor)) => factor * size,
            None => 0.0,
        };
        let wanted = if wanted.is_finite() && wanted > 0.0 { wanted.min(100_000.0) } else { own };
        let wanted = if self.style.fallback_line_spacing { wanted.max(own) } else { wanted };
        let wanted = self.style.limit_height(wanted);
        if own > 0.0 && wanted != own {
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

impl ParagraphStyle {
    /// A line height within the limits.
    fn limit_height(&self, height: f32) -> f32 {
        let least = if self.min_line_height > 0.0 { self.min_line_height.min(100_000.0) } else { 0.0 };
        let most = if self.max_line_height > 0.0 { self.max_line_height.max(least) } else { f32::INFINITY };
        height.clamp(least, most)
    }
}

/// The runs of a line, as far as they decide on its height.
#[derive(Clone, Copy, Debug, Default)]
struct Tallest {
    ascent: f32,
    descent: f32,
    height: f32,
    /// Of the highest run, without line height.
    own: (f32, f32),
    any: bool,
}

impl Tallest {
    fn add(&mut self, (ascent, descent): (f32, f32), own: (f32, f32)) {
        if !self.any {
            *self = Tallest { ascent, descent, height: ascent + descent, own, any: true };
            return;
        }
        self.ascent = self.ascent.max(ascent);
        self.descent = self.descent.max(descent);
        self.height = self.height.max(ascent + descent);
        if own.0 + own.1 > self.own.0 + self.own.1 {
            self.own = own;
        }
    }

    /// Ascent and descent of the line: those of the highest run where text does not stand on one baseline.
    fn extent(&self, vertical: TextVerticalAlign) -> (f32, f32) {
        match over_in(vertical, self.height, self.own) {
            Some(over) => (over, self.height - over),
            None => (self.ascent, self.descent),
        }
    }
}

/// How far below the top of a line the baseline of text is, by the text's own ascent and descent; `None` on the common baseline.
fn over_in(vertical: TextVerticalAlign, height: f32, (ascent, descent): (f32, f32)) -> Option<f32> {
    match vertical {
        TextVerticalAlign::Baseline => None,
        TextVerticalAlign::Top => Some(ascent),
        TextVerticalAlign::Bottom => Some(height - descent),
        TextVerticalAlign::Center => Some((height + ascent - descent) / 2.0),
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
