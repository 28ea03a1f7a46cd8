//! A text that can be laid out, asked about, and painted.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use concord_paint::DisplayList;
use concord_paint::kurbo::{Rect, Size};

use crate::changes;
use crate::fonts::Fonts;
use crate::layout::{Laid, lay_out};
use crate::line::Measure;
use crate::paragraph_style::ParagraphStyle;
use crate::shape::{Setting, Shaped, shape, span_style};
use crate::style::{Span, TextStyle};

/// How many widths are remembered: layout often asks for a few in turn.
const REMEMBERED: usize = 3;

/// A text with its styles, shaped once and laid out for a width.
///
/// Positions in the text are UTF-16 units, as apps count. Geometry is in px, from the top left of the paragraph. What
/// asks for geometry needs [`Paragraph::layout`] first; without, there are no lines.
#[derive(Debug)]
pub struct Paragraph {
    pub(crate) fonts: Fonts,
    pub(crate) style: ParagraphStyle,
    pub(crate) spans: Vec<Span>,
    pub(crate) shaped: Rc<Shaped>,
    /// Factor of all font sizes that the shaping had.
    scale: f32,
    /// Which state of the fonts it was shaped with.
    generation: u32,
    /// Ellipses and hyphens of the current scale, by the span whose style they have.
    substitutes: HashMap<(u16, &'static str), Rc<Shaped>>,
    pub(crate) laid: Rc<Laid>,
    cache: Vec<Cached>,
    /// What was painted last, while the layout is the same.
    pub(crate) picture: RefCell<Option<(Rc<Laid>, DisplayList)>>,
}

#[derive(Debug)]
struct Cached {
    width: u32,
    height: Option<u32>,
    scale: f32,
    shaped: Rc<Shaped>,
    laid: Rc<Laid>,
}

/// A line as the app sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct LineMetrics {
    /// Its part of the text in UTF-16 units, with the white space and newline at its end.
    pub range: Range<usize>,
    /// Distance of its upper edge from that of the paragraph.
    pub top: f32,
    /// Distance of its baseline from the upper edge of the paragraph.
    pub baseline: f32,
    /// From the upper edge to the baseline.
    pub ascent: f32,
    /// From the baseline to the lower edge.
    pub descent: f32,
    /// Its height.
    pub height: f32,
    /// Its left edge.
    pub left: f32,
    /// Its width, without white space that hangs over its end.
    pub width: f32,
    /// The text demands the end of the line (or ends).
    pub hard_break: bool,
}

impl Paragraph {
    /// Shapes a text.
    pub fn new(fonts: &Fonts, style: &ParagraphStyle, spans: &[Span]) -> Self {
        let scale = 1.0;
        let shaped = Rc::new(shape(fonts, spans, Setting::of(style), scale));
        Self {
            fonts: fonts.clone(),
            style: style.clone(),
            spans: spans.to_vec(),
            shaped,
            scale,
            generation: fonts.generation(),
            substitutes: HashMap::new(),
            laid: Rc::new(Laid::default()),
            cache: Vec::new(),
            picture: RefCell::new(None),
        }
    }

    /// A paragraph with one style.
    pub fn plain(fonts: &Fonts, style: &ParagraphStyle, text: &str, text_style: &TextStyle) -> Self {
        Self::new(fonts, style, &[Span::Text { text: text.to_owned(), style: text_style.clone(), id: 0 }])
    }

    /// Changes the text or its styles, and keeps what does not depend on the change: a new colour costs only painting, a
    /// new line height only layout.
    pub fn update(&mut self, style: &ParagraphStyle, spans: &[Span]) {
        let pairs = || self.spans.iter().zip(spans);
        let same_count = self.spans.len() == spans.len();
        let same_shape = same_count
            && Setting::of(&self.style) == Setting::of(style)
            && pairs().all(|(old, new)| changes::same_shape(old, new));
        let same_layout =
            same_shape && self.style == *style && pairs().all(|(old, new)| changes::same_height(old, new));
        self.style = style.clone();
        self.spans = spans.to_vec();
        self.picture.take();
        if same_layout {
            return;
        }
        self.laid = Rc::new(Laid::default());
        self.cache.clear();
        if !same_shape {
            self.rescale(self.scale, true);
        }
    }

    /// Lays the text out in lines of at most `max_width` px (may be infinite). `max_height` matters where the font size
    /// or the number of lines adapts to it. Lines are aligned within `max_width`, or within the longest line if that is
    /// infinite. Asking again for a recent width costs nothing, for another one no shaping.
    pub fn layout(&mut self, max_width: f32, max_height: Option<f32>) {
        if self.generation != self.fonts.generation() {
            self.generation = self.fonts.generation();
            self.cache.clear();
            self.rescale(self.scale, true);
        }
        let width = if max_width.is_nan() { f32::INFINITY } else { max_width };
        let max_height = max_height.filter(|height| height.is_finite());
        let (key, height_key) = (width.to_bits(), max_height.map(f32::to_bits));
        if let Some(at) = self.cache.iter().position(|entry| entry.width == key && entry.height == height_key) {
            let entry = self.cache.remove(at);
            if entry.scale != self.scale {
                self.substitutes.clear();
            }
            (self.laid, self.shaped, self.scale) = (entry.laid.clone(), entry.shaped.clone(), entry.scale);
            self.cache.push(entry);
            return;
        }
        self.laid = Rc::new(match self.font_sizes() {
            Some((min, max, base)) => self.adapt(width, max_height, min / base, max / base),
            None => self.lay_out_at(1.0, width, max_height),
        });
        if self.cache.len() >= REMEMBERED {
            self.cache.remove(0);
        }
        self.cache.push(Cached {
            width: key,
            height: height_key,
            scale: self.scale,
            shaped: self.shaped.clone(),
            laid: self.laid.clone(),
        });
    }

    /// The range of sizes in which the text may be shrunk, and the size of its style.
    fn font_sizes(&self) -> Option<(f32, f32, f32)> {
        let (min, max) = (self.style.min_font_size?, self.style.max_font_size?);
        let base = span_style(&self.spans, 0)?.size;
        let sane = min.is_finite() && max.is_finite() && min > 0.0 && max >= min && base.is_finite() && base > 0.0;
        sane.then_some((min, max, base))
    }

    /// Finds the largest scale that fits, in steps that nobody sees.
    fn adapt(&mut self, width: f32, max_height: Option<f32>, min: f32, max: f32) -> Laid {
        const STEPS: usize = 10;
        let fits = |laid: &Laid| !laid.exceeded && max_height.is_none_or(|height| laid.height <= height + 0.02);
        let mut best = self.lay_out_at(max, width, max_height);
        if fits(&best) {
            return best;
        }
        best = self.lay_out_at(min, width, max_height);
        if !fits(&best) {
            return best;
        }
        let (mut low, mut high) = (min, max);
        for _ in 0..STEPS {
            let middle = (low + high) / 2.0;
            let laid = self.lay_out_at(middle, width, max_height);
            if fits(&laid) {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.lay_out_at(low, width, max_height)
    }

    fn lay_out_at(&mut self, scale: f32, width: f32, max_height: Option<f32>) -> Laid {
        self.rescale(scale, false);
        let Self { fonts, style, spans, shaped, scale, substitutes, .. } = self;
        let scale = *scale;
        let measure = Measure { shaped, spans, style, scale };
        lay_out(&measure, width, max_height, &mut |span, text| {
            let shape_it = || {
                let style = span_style(spans, usize::from(span)).cloned().unwrap_or_default();
                let span = Span::Text { text: text.to_owned(), style, id: 0 };
                Rc::new(shape(fonts, &[span], Setting::default(), scale))
            };
            substitutes.entry((span, text)).or_insert_with(shape_it).clone()
        })
    }

    fn rescale(&mut self, scale: f32, force: bool) {
        if scale != self.scale || force {
            self.scale = scale;
            self.substitutes.clear();
            self.shaped = Rc::new(shape(&self.fonts, &self.spans, Setting::of(&self.style), scale));
        }
    }

    /// Width of the longest line, and height of all.
    pub fn size(&self) -> Size {
        Size::new(f64::from(self.laid.longest_line), f64::from(self.laid.height))
    }

    /// How many lines there are.
    pub fn line_count(&self) -> usize {
        self.laid.lines.len()
    }

    /// The lines.
    pub fn lines(&self) -> Vec<LineMetrics> {
        let utf16 = |cluster: usize| match self.shaped.clusters.get(cluster) {
            Some(cluster) => cluster.utf16 as usize,
            None => self.shaped.utf16_len,
        };
        let line = |line: &crate::line::Line| LineMetrics {
            range: utf16(line.clusters.start)..utf16(line.clusters.end),
            top: line.top,
            baseline: line.baseline(),
            ascent: line.ascent,
            descent: line.descent,
            height: line.height(),
            left: line.left,
            width: line.width,
            hard_break: line.hard,
        };
        self.laid.lines.iter().map(line).collect()
    }

    /// Width of the longest line, its indent included.
    pub fn longest_line(&self) -> f32 {
        self.laid.longest_line
    }

    /// Width of the widest part that is never broken (unless there is no other way).
    pub fn min_intrinsic_width(&self) -> f32 {
        crate::breaking::intrinsic_widths(&self.shaped.clusters).0
    }

    /// Width at which only newlines break lines.
    pub fn max_intrinsic_width(&self) -> f32 {
        let indent = if self.style.indent.is_finite() { self.style.indent } else { 0.0 };
        crate::breaking::intrinsic_widths(&self.shaped.clusters).1 + indent.max(0.0)
    }

    /// Distance of the first baseline from the upper edge; 0 without lines.
    pub fn first_baseline(&self) -> f32 {
        self.laid.lines.first().map_or(0.0, crate::line::Line::baseline)
    }

    /// Distance of the last baseline from the upper edge; 0 without lines.
    pub fn last_baseline(&self) -> f32 {
        self.laid.lines.last().map_or(0.0, crate::line::Line::baseline)
    }

    /// Is some of the text not shown, because it needs more lines than it may have?
    pub fn did_exceed_max_lines(&self) -> bool {
        self.laid.exceeded
    }

    /// The factor by which `min_font_size` and `max_font_size` changed the size of the text.
    pub fn font_scale(&self) -> f32 {
        self.scale
    }

    /// Length of the text in UTF-16 units; a placeholder is one.
    pub fn utf16_len(&self) -> usize {
        self.shaped.utf16_len
    }

    /// Whether the text as a whole goes from right to left.
    pub fn is_rtl(&self) -> bool {
        self.shaped.rtl
    }

    /// The placeholders that are shown, by their ids, and where they stand.
    pub fn placeholders(&self) -> Vec<(u32, Rect)> {
        crate::query::placeholders(self)
    }
}
