//! Canvas 2D: what a rendering context of the app does to its pixels. No engine here: the bridge calls these methods.
//!
//! Coordinates are in the unit of the context (vp, or px), which [`Context2d::scale`] px make up. Drawing is recorded and put
//! down when somebody looks.

mod font;
mod path;
mod state;
#[cfg(test)]
mod tests;

pub use font::CanvasFont;
pub use path::PathBuilder;
pub use state::{CanvasStyle, Property, Stop, StyleKind};

use concord_paint::kurbo::{Affine, BezPath, Point, Rect, Shape};
use concord_paint::{BlendMode, Canvas, FillRule, LayerStyle, Painter, Picture, Sampling, SizeError};
use concord_text::{Fonts, Paragraph, ParagraphStyle, TextDirection};
use concord_ui::pixels::Pixels;
use concord_ui::tree::NodeId;
use state::{Align, Baseline, Clip, State};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

/// Recorded drawing is put down after this many steps: an app that only draws must not eat memory.
const MOST_PENDING: usize = 400;
/// Most states that `save` keeps.
const MOST_SAVED: usize = 1024;
/// Text runs on one line, however long it is.
const ENDLESS: f32 = 1e7;

/// A context that the app and the node which shows it share.
pub struct SharedContext {
    /// The context.
    pub context: RefCell<Context2d>,
    /// The `Canvas` that shows it.
    pub node: Cell<Option<NodeId>>,
}

impl fmt::Debug for SharedContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedContext")
    }
}

/// What is measured of a text, in the unit of the context.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct TextMetrics {
    /// How far the text moves on.
    pub width: f64,
    /// Height of its line.
    pub height: f64,
    /// From the baseline that `textBaseline` says up to the top of the line.
    pub ascent: f64,
    /// From there down to its bottom.
    pub descent: f64,
    /// How much of the text lies left of the point where it is drawn.
    pub left: f64,
}

/// A rendering context.
pub struct Context2d {
    pixels: Option<Rc<Pixels>>,
    scale: f64,
    painter: Painter,
    pending: usize,
    state: State,
    saved: Vec<State>,
    path: PathBuilder,
    fonts: Fonts,
}

impl Context2d {
    /// A context without a surface: everything but its state is lost until [`Context2d::resize`].
    pub fn new(scale: f64, fonts: Fonts) -> Context2d {
        let scale = if scale > 0.0 && scale.is_finite() { scale } else { 1.0 };
        Context2d {
            pixels: None,
            scale,
            painter: Painter::new(),
            pending: 0,
            state: State::default(),
            saved: Vec::new(),
            path: PathBuilder::default(),
            fonts,
        }
    }

    /// A new, transparent surface of this size in px; transform and clip are gone.
    ///
    /// # Errors
    /// When a side is 0 or too large.
    pub fn resize(&mut self, width: u32, height: u32) -> Result<(), SizeError> {
        self.pixels = Some(Rc::new(Pixels::new(Canvas::new(width, height)?)));
        self.painter = Painter::new();
        self.pending = 0;
        self.saved.clear();
        self.state.transform = Affine::IDENTITY;
        self.state.clips.clear();
        Ok(())
    }

    /// px in one unit.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Width and height in px; 0 without a surface.
    pub fn size(&self) -> (u32, u32) {
        self.pixels.as_ref().map_or((0, 0), |pixels| pixels.size())
    }

    /// The pixels, with everything drawn.
    pub fn pixels(&mut self) -> Option<Rc<Pixels>> {
        let list = std::mem::take(&mut self.painter).finish();
        let pixels = self.pixels.as_ref()?;
        if std::mem::take(&mut self.pending) > 0
            && let Ok(mut canvas) = pixels.0.try_borrow_mut()
        {
            canvas.draw(&list);
        }
        Some(Rc::clone(pixels))
    }

    /// The pixels as they are, and a new transparent surface of the same size in their place (`transferToImageBitmap`).
    pub fn transfer(&mut self) -> Option<Rc<Pixels>> {
        let pixels = self.pixels()?;
        let (width, height) = pixels.size();
        self.pixels = Canvas::new(width, height).ok().map(|canvas| Rc::new(Pixels::new(canvas)));
        Some(pixels)
    }

    /// Everything as it was in the beginning.
    pub fn reset(&mut self) {
        self.state = State::default();
        self.saved.clear();
        self.path = PathBuilder::default();
        self.painter = Painter::new();
        self.pending = 0;
        if let Some(pixels) = &self.pixels
            && let Ok(mut canvas) = pixels.0.try_borrow_mut()
        {
            canvas.clear(concord_paint::Color::TRANSPARENT);
        }
    }

    /// Keeps the state; `restore` brings it back.
    pub fn save(&mut self) {
        if self.saved.len() < MOST_SAVED {
            self.saved.push(self.state.clone());
        }
    }

    /// See [`Context2d::save`].
    pub fn restore(&mut self) {
        if let Some(state) = self.saved.pop() {
            if state.layers < self.state.layers {
                self.painter.pop_layer();
            }
            self.state = state;
        }
    }

    /// What follows, up to the next `restore`, is drawn together and put down in one go.
    pub fn save_layer(&mut self) {
        if self.saved.len() < MOST_SAVED {
            // What is open must not be interrupted by putting things down.
            self.saved.push(self.state.clone());
            self.painter.push_layer(LayerStyle { clip: Some(self.surface().to_path(0.1)), ..LayerStyle::default() });
            self.state.layers += 1;
        }
    }

    /// Sets a property.
    pub fn set(&mut self, property: Property) {
        self.state.set(property);
    }

    /// The current path.
    pub fn path(&mut self) -> &mut PathBuilder {
        &mut self.path
    }

    /// A new path.
    pub fn begin_path(&mut self) {
        self.path = PathBuilder::default();
    }

    /// The transform, without the unit.
    pub fn transform(&self) -> Affine {
        self.state.transform
    }

    /// Sets the transform; one that is not finite is left out.
    pub fn set_transform(&mut self, transform: Affine) {
        if transform.is_finite() {
            self.state.transform = transform;
        }
    }

    /// Fills a path, or the current one.
    pub fn fill(&mut self, path: Option<&BezPath>, rule: FillRule) {
        let path = path.unwrap_or(self.path.path()).clone();
        let brush = self.state.fill.brush();
        self.draw(|painter| painter.fill_with(path.clone(), rule, &brush));
    }

    /// Strokes a path, or the current one.
    pub fn stroke(&mut self, path: Option<&BezPath>) {
        let path = path.unwrap_or(self.path.path()).clone();
        let brush = self.state.stroke.brush();
        let stroke = self.state.stroke_style();
        self.draw(|painter| painter.stroke(path.clone(), &stroke, &brush));
    }

    /// What follows is drawn only inside a path (or the current one), too.
    pub fn clip(&mut self, path: Option<&BezPath>, rule: FillRule) {
        let path = self.to_px() * path.unwrap_or(self.path.path()).clone();
        self.state.clips.push(Clip { path: Rc::new(path), rule });
    }

    /// Whether a point (px of the surface's own coordinates in the unit) is inside a path.
    pub fn is_inside(&self, path: Option<&BezPath>, at: Point, rule: FillRule) -> bool {
        let path = self.state.transform * path.unwrap_or(self.path.path()).clone();
        match rule {
            FillRule::NonZero => path.winding(at) != 0,
            FillRule::EvenOdd => path.winding(at) % 2 != 0,
        }
    }

    /// Whether a point is on the stroke of a path.
    pub fn is_on_stroke(&self, path: Option<&BezPath>, at: Point) -> bool {
        let path = path.unwrap_or(self.path.path());
        let outline = concord_paint::kurbo::stroke(
            path.iter(),
            &self.state.stroke_style(),
            &concord_paint::kurbo::StrokeOpts::default(),
            0.1,
        );
        (self.state.transform * outline).winding(at) != 0
    }

    /// `fillRect`.
    pub fn fill_rect(&mut self, rect: Rect) {
        self.fill(Some(&rect.to_path(0.1)), FillRule::NonZero);
    }

    /// `strokeRect`.
    pub fn stroke_rect(&mut self, rect: Rect) {
        self.stroke(Some(&rect.to_path(0.1)));
    }

    /// Makes a rectangle transparent, whatever the state says about colours.
    pub fn clear_rect(&mut self, rect: Rect) {
        let path = self.to_px() * rect.to_path(0.1);
        let clips = self.state.clips.clone();
        self.record(|painter| {
            painter.save();
            enter(&clips, painter);
            painter.push_layer(LayerStyle { blend: BlendMode::Clear, clip: Some(path), ..LayerStyle::default() });
            painter.pop_layer();
            painter.restore();
        });
    }

    /// Draws a part of a picture (px of it) into a rectangle.
    pub fn draw_picture(&mut self, picture: &Picture, source: Rect, target: Rect) {
        let sampling = if self.state.smoothing { self.state.quality } else { Sampling::Nearest };
        let picture = picture.clone();
        let opacity = self.state.alpha;
        self.draw_with(opacity, |painter| painter.picture(&picture, source, target, sampling, None));
    }

    /// Draws a text at a point, filled or as outlines; not wider than `max_width`.
    pub fn draw_text(&mut self, text: &str, at: Point, max_width: Option<f64>, outlined: bool) {
        let (paragraph, metrics) = self.lay_out(text);
        if text.is_empty() || max_width.is_some_and(|width| width <= 0.0) {
            return;
        }
        let squeeze = max_width.map_or(1.0, |most| if metrics.width > most { most / metrics.width } else { 1.0 });
        let unit = 1.0 / self.scale;
        let origin = Affine::translate((at.x - metrics.left * squeeze, at.y - metrics.ascent))
            * Affine::scale_non_uniform(unit * squeeze, unit);
        let mut runs = paragraph.glyph_runs();
        let brush = if outlined { self.state.stroke.brush() } else { self.state.fill.brush() };
        if outlined {
            for run in &mut runs {
                run.outline = Some((self.state.line_width * self.scale) as f32);
            }
        }
        self.draw(|painter| runs.iter().for_each(|run| painter.glyphs(run, origin, &brush)));
    }

    /// Measures a text.
    pub fn measure_text(&self, text: &str) -> TextMetrics {
        self.lay_out(text).1
    }

    fn lay_out(&self, text: &str) -> (Paragraph, TextMetrics) {
        let style = self.state.font.style(self.scale, self.state.letter_spacing);
        let direction = if self.state.right_to_left { TextDirection::Rtl } else { TextDirection::Ltr };
        let line = ParagraphStyle { max_lines: Some(1), direction, ..ParagraphStyle::default() };
        // White space does not break lines on a canvas.
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mut paragraph = Paragraph::plain(&self.fonts, &line, &text, &style);
        paragraph.layout(ENDLESS, None);
        let width = paragraph.max_intrinsic_width();
        // Aligned to its own width, whichever side it starts at.
        paragraph.layout(width.ceil(), None);
        let metrics =
            paragraph.lines().first().map_or((0.0, 0.0, 0.0), |line| (line.ascent, line.descent, line.height));
        let (top, bottom, height) = metrics;
        let to_unit = |px: f32| f64::from(px) / self.scale;
        let ascent = match self.state.baseline {
            Baseline::Alphabetic => to_unit(top),
            Baseline::Top => 0.0,
            Baseline::Middle => to_unit((top + bottom) / 2.0),
            Baseline::Bottom => to_unit(top + bottom),
        };
        let width = to_unit(width);
        let left = match (self.state.align, self.state.right_to_left) {
            (Align::Center, _) => width / 2.0,
            (Align::Right, _) | (Align::End, false) | (Align::Start, true) => width,
            (Align::Left, _) | (Align::Start, false) | (Align::End, true) => 0.0,
        };
        let metrics =
            TextMetrics { width, height: to_unit(height), ascent, descent: to_unit(top + bottom) - ascent, left };
        (paragraph, metrics)
    }

    /// From the current coordinates to px.
    fn to_px(&self) -> Affine {
        Affine::scale(self.scale) * self.state.transform
    }

    fn surface(&self) -> Rect {
        let (width, height) = self.size();
        Rect::new(0.0, 0.0, width.into(), height.into())
    }

    /// Records a step.
    fn record(&mut self, step: impl FnOnce(&mut Painter)) {
        if self.pixels.is_none() {
            return;
        }
        step(&mut self.painter);
        self.pending += 1;
        if self.pending >= MOST_PENDING && self.state.layers == 0 {
            self.pixels();
        }
    }

    /// Records something that is drawn with a brush.
    fn draw(&mut self, step: impl Fn(&mut Painter)) {
        self.draw_with(self.state.alpha, step);
    }

    /// Records something with everything that the state says about how it is put down: clip, shadow, filters, compositing.
    fn draw_with(&mut self, opacity: f32, step: impl Fn(&mut Painter)) {
        let state = self.state.clone();
        let (to_px, scale) = (self.to_px(), self.scale);
        let surface = self.surface();
        self.record(|painter| {
            painter.save();
            enter(&state.clips, painter);
            let shadow = state.shadow(scale);
            let style = LayerStyle {
                opacity,
                blend: state.blend,
                filters: state.filters.clone(),
                clip: (!state.blend.leaves_uncovered()).then(|| surface.to_path(0.1)),
                ..LayerStyle::default()
            };
            let layered = !style.is_plain();
            if layered {
                painter.push_layer(style);
            }
            if let Some((filters, offset)) = shadow {
                painter.save();
                painter.translate(offset.x, offset.y);
                painter.push_layer(LayerStyle { filters, ..LayerStyle::default() });
                painter.transform(to_px);
                step(painter);
                painter.pop_layer();
                painter.restore();
            }
            painter.transform(to_px);
            step(painter);
            if layered {
                painter.pop_layer();
            }
            painter.restore();
        });
    }
}

fn enter(clips: &[Clip], painter: &mut Painter) {
    for clip in clips {
        painter.clip_path_with(&clip.path, clip.rule);
    }
}
