//! Painting: backgrounds, shadows, glyphs, and the lines that go with them.

mod decoration;

use std::rc::Rc;
use std::sync::Arc;

use concord_paint::kurbo::{Affine, BezPath, Point, Rect, RoundedRect, RoundedRectRadii, Shape};
use concord_paint::{Brush, Color, DisplayList, Filter, Glyph, GlyphRun, LayerStyle, Painter, sigma_of_radius};

use crate::line::{Item, ItemKind, Line};
use crate::paragraph::Paragraph;
use crate::query::visual;
use crate::shape::{Run, Shaped, span_style};
use crate::style::TextStyle;

/// A part of a line that is painted in one go: one run and one style.
struct Segment<'a> {
    /// The span whose style it has.
    span: u16,
    style: &'a TextStyle,
    run: &'a Run,
    shaped: &'a Shaped,
    /// Clusters from left to right, each with its left edge.
    clusters: Vec<(usize, f32)>,
    left: f32,
    right: f32,
    /// How far backgrounds and lines reach: over the neighbours in the same style, for the first of them; 0 for those.
    band: f32,
    baseline: f32,
    line: &'a Line,
}

impl Paragraph {
    /// Paints the text with its upper left corner at `origin`. Needs [`Paragraph::layout`] before. Nothing is clipped.
    pub fn paint(&self, painter: &mut Painter, origin: Point) {
        let list = self.display_list();
        painter.save();
        painter.translate(origin.x, origin.y);
        painter.append(&list);
        painter.restore();
    }

    /// Paints the text as [`Paragraph::paint`] does, but its glyphs with a brush in the paragraph's coordinates.
    pub fn paint_with(&self, painter: &mut Painter, origin: Point, brush: &Brush) {
        painter.save();
        painter.translate(origin.x, origin.y);
        self.paint_segments(painter, Some(brush));
        painter.restore();
    }

    /// The whole text as a display list, with its upper left corner at 0, 0. Kept until the layout changes.
    pub fn display_list(&self) -> DisplayList {
        if let Some((laid, list)) = &*self.picture.borrow()
            && Rc::ptr_eq(laid, &self.laid)
        {
            return list.clone();
        }
        let mut painter = Painter::new();
        self.paint_segments(&mut painter, None);
        let list = painter.finish();
        *self.picture.borrow_mut() = Some((self.laid.clone(), list.clone()));
        list
    }

    fn paint_segments(&self, painter: &mut Painter, brush: Option<&Brush>) {
        let mut segments = self.segments();
        join_bands(&mut segments);
        for segment in &segments {
            segment.background(painter);
        }
        for segment in &segments {
            segment.shadows(painter);
        }
        for segment in &segments {
            segment.foreground(painter, None, brush);
        }
    }

    /// The glyphs of the text, for who draws them in other ways (a canvas, with its own brush or as outlines). Placed like
    /// those of [`Paragraph::paint`] at 0, 0. Text without a font has none.
    pub fn glyph_runs(&self) -> Vec<GlyphRun> {
        self.segments().iter().filter_map(Segment::glyph_run).collect()
    }

    fn segments(&self) -> Vec<Segment<'_>> {
        let mut segments = Vec::new();
        for line in &self.laid.lines {
            for item in &line.items {
                match &item.kind {
                    ItemKind::Placeholder { .. } => {}
                    ItemKind::Text { clusters, rtl, .. } => {
                        let mut x = item.x;
                        let places = visual(clusters, *rtl).map(|index| {
                            let left = x;
                            x += line.advance(&self.shaped, index);
                            (index, left, x)
                        });
                        self.split(&self.shaped, None, places.collect(), line, &mut segments);
                    }
                    ItemKind::Substitute { text, span, .. } => {
                        let places = places_of(text, item);
                        self.split(text, Some(*span), places, line, &mut segments);
                    }
                }
            }
        }
        segments
    }

    /// Groups clusters which look the same. `span` is the style of shaped text that is not the paragraph's own.
    fn split<'a>(
        &'a self,
        shaped: &'a Shaped,
        span: Option<u16>,
        places: Vec<(usize, f32, f32)>,
        line: &'a Line,
        segments: &mut Vec<Segment<'a>>,
    ) {
        let mut open: Option<(u32, u16, Segment<'a>)> = None;
        for (index, left, right) in places {
            let Some(cluster) = shaped.clusters.get(index) else { continue };
            let look = span.unwrap_or(cluster.span);
            match &mut open {
                Some((run, span, segment)) if *run == cluster.run && *span == look => {
                    segment.clusters.push((index, left));
                    segment.right = right;
                }
                _ => {
                    segments.extend(open.take().map(|(_, _, segment)| segment));
                    let style = span_style(&self.spans, usize::from(look));
                    let Some((style, run)) = style.zip(shaped.runs.get(cluster.run as usize)) else { continue };
                    let raised = if style.baseline_offset.is_finite() { style.baseline_offset } else { 0.0 };
                    let baseline = line.baseline_of(run.ascent, run.descent) - raised;
                    let clusters = vec![(index, left)];
                    let segment =
                        Segment { span: look, style, run, shaped, clusters, left, right, band: 0.0, baseline, line };
                    open = Some((cluster.run, look, segment));
                }
            }
        }
        segments.extend(open.map(|(_, _, segment)| segment));
    }
}

/// Backgrounds and lines go through where the font or the direction changes, but not the style.
fn join_bands(segments: &mut [Segment<'_>]) {
    let mut first = 0;
    for index in 0..segments.len() {
        let (before, rest) = segments.split_at_mut(index);
        let (Some(segment), head) = (rest.first_mut(), before.get_mut(first)) else { return };
        match head {
            Some(head)
                if std::ptr::eq(head.line, segment.line)
                    && head.span == segment.span
                    && (head.left + head.band - segment.left).abs() < 0.1 =>
            {
                head.band += segment.right - segment.left;
            }
            _ => {
                first = index;
                segment.band = segment.right - segment.left;
            }
        }
    }
}

fn places_of(text: &Shaped, item: &Item) -> Vec<(usize, f32, f32)> {
    let mut x = item.x;
    let place = |(index, cluster): (usize, &crate::shape::Cluster)| {
        let left = x;
        x += cluster.advance;
        (index, left, x)
    };
    text.clusters.iter().enumerate().map(place).collect()
}

impl Segment<'_> {
    fn background(&self, painter: &mut Painter) {
        let Some(background) = &self.style.background else { return };
        let (top, bottom) = (self.line.top, self.line.top + self.line.height());
        let rect = Rect::new(self.left.into(), top.into(), (self.left + self.band).into(), bottom.into());
        if self.band <= 0.0 {
            return;
        }
        let [tl, tr, br, bl] = background.radii.map(|radius| f64::from(radius.max(0.0)));
        let radii = RoundedRectRadii::new(tl, tr, br, bl);
        painter.fill_rounded(RoundedRect::from_rect(rect, radii), &Brush::from(background.color));
    }

    fn shadows(&self, painter: &mut Painter) {
        const MAX_SHADOWS: usize = 16;
        for shadow in self.style.shadows.iter().take(MAX_SHADOWS) {
            let blur = f64::from(shadow.radius).max(0.0);
            painter.save();
            painter.translate(shadow.offset_x.into(), shadow.offset_y.into());
            if blur > 0.0 {
                let filters = vec![Filter::Blur { sigma: sigma_of_radius(blur) }];
                painter.push_layer(LayerStyle { filters, ..LayerStyle::default() });
            }
            self.foreground(painter, Some(shadow.color), None);
            if blur > 0.0 {
                painter.pop_layer();
            }
            painter.restore();
        }
    }

    /// Glyphs and lines; all in one colour, where they are a shadow. `brush` takes the place of the text's colour.
    fn foreground(&self, painter: &mut Painter, shadow: Option<Color>, brush: Option<&Brush>) {
        let color = shadow.unwrap_or(self.style.color);
        let line_color = shadow.or(self.style.decoration.color).unwrap_or(color);
        decoration::paint(self, painter, line_color, decoration::Order::BelowGlyphs);
        let fill = brush.cloned().unwrap_or_else(|| Brush::from(color));
        match self.glyph_run() {
            Some(run) => match self.style.stroke.filter(|stroke| stroke.width.is_finite() && stroke.width != 0.0) {
                Some(stroke) => {
                    if stroke.width < 0.0 {
                        painter.glyphs(&run, Affine::IDENTITY, &fill);
                    }
                    let line = shadow.or(stroke.color).map_or(fill, Brush::from);
                    let outlines = GlyphRun { outline: Some(stroke.width.abs().min(1000.0)), ..run };
                    painter.glyphs(&outlines, Affine::IDENTITY, &line);
                }
                None => painter.glyphs(&run, Affine::IDENTITY, &fill),
            },
            None => painter.fill(self.boxes(), &fill),
        }
        decoration::paint(self, painter, line_color, decoration::Order::AboveGlyphs);
    }

    fn glyph_run(&self) -> Option<GlyphRun> {
        Some(GlyphRun {
            font: self.run.font.clone()?,
            size: self.run.size,
            glyphs: self.glyphs().into(),
            normalized_coords: Arc::from(self.run.coords.as_slice()),
            skew: self.run.skew.to_radians().tan(),
            // About as much as Skia's fake bold has at the sizes of user interfaces.
            embolden: if self.run.embolden { self.run.size / 48.0 } else { 0.0 },
            outline: None,
        })
    }

    fn glyphs(&self) -> Vec<Glyph> {
        let mut glyphs = Vec::with_capacity(self.clusters.len());
        for (index, left) in &self.clusters {
            let Some(cluster) = self.shaped.clusters.get(*index) else { continue };
            let mut pen = *left;
            for glyph in self.shaped.glyphs_of(cluster) {
                glyphs.push(Glyph { id: glyph.id, x: pen + glyph.x, y: self.baseline + glyph.y });
                pen += glyph.advance;
            }
        }
        glyphs
    }

    /// Text without a font: an outlined box for each character.
    fn boxes(&self) -> BezPath {
        let mut path = BezPath::new();
        let size = f64::from(self.run.size);
        let stroke = (size / 16.0).max(1.0);
        for (at, (index, left)) in self.clusters.iter().enumerate() {
            let visible = self.shaped.clusters.get(*index).is_some_and(|c| !c.flags.space && !c.flags.newline);
            let right = self.clusters.get(at + 1).map_or(self.right, |(_, next)| *next);
            let outer = Rect::new(
                f64::from(*left) + stroke,
                f64::from(self.baseline) - 0.72 * size,
                f64::from(right) - stroke,
                self.baseline.into(),
            );
            if visible && outer.width() > 2.0 * stroke && outer.height() > 2.0 * stroke {
                path.extend(outer.path_elements(0.1));
                // The other way around, which leaves the inside empty.
                path.extend(outer.inset(-stroke).to_path(0.1).reverse_subpaths());
            }
        }
        path
    }
}
