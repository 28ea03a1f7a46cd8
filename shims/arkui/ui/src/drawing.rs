//! Drawings that the app makes itself: what `draw` of a `RenderNode`, `onDraw` of a `FrameNode` and the functions of a
//! `DrawModifier` put on their canvas. They are recorded once and shown until they are replaced.

use crate::component::Method;
use concord_paint::kurbo::{Affine, BezPath, Cap, Join, Point, Rect, Stroke};
use concord_paint::{
    BlendMode, Brush, Color, DisplayList, FillRule, Filter, LayerStyle, Painter, Picture, Sampling, ShadowShape,
};
use concord_text::{Fonts, Paragraph, ParagraphStyle, TextStyle};
use std::rc::Rc;

/// A finished drawing, in px from the top left corner of its node.
#[derive(Debug)]
pub struct Drawing(pub DisplayList);

/// The drawings of a node.
#[derive(Debug, Clone, Default)]
pub struct Drawn {
    /// Between the background and the content.
    pub behind: Option<Rc<Drawing>>,
    /// The content: of a node that has none itself (`true`: besides its own), or instead of it.
    pub content: Option<(Rc<Drawing>, bool)>,
    /// Above the content, below the children.
    pub front: Option<Rc<Drawing>>,
    /// Above the children.
    pub foreground: Option<Rc<Drawing>>,
}

pub(crate) static METHODS: &[Method] = &[
    // How the library hands over a drawing: where it goes, and the drawing.
    Method {
        name: "drawn",
        apply: |node, args| {
            let drawing = args.get(1).as_foreign::<Drawing>();
            let place = args.get(0).as_str().unwrap_or_default().to_owned();
            node.repaint(|common| {
                let drawn = common.effects.drawn.get_or_insert_default();
                match place.as_str() {
                    "behind" => drawn.behind = drawing,
                    "content" => drawn.content = drawing.map(|drawing| (drawing, false)),
                    "own" => drawn.content = drawing.map(|drawing| (drawing, true)),
                    "front" => drawn.front = drawing,
                    _ => drawn.foreground = drawing,
                }
            })
        },
    },
];

/// What shapes are filled or outlined with.
#[derive(Debug, Clone)]
pub struct Ink {
    /// Colour or gradient.
    pub brush: Brush,
    /// 0 to 1.
    pub opacity: f32,
    /// How it is combined with what is there.
    pub blend: BlendMode,
    /// An outline instead of a filling.
    pub stroke: Option<Stroke>,
    /// A shadow below: radius, offset, colour.
    pub shadow: Option<(f32, (f64, f64), Color)>,
    /// Effects on what is drawn with it.
    pub filters: Vec<Filter>,
}

impl Default for Ink {
    fn default() -> Ink {
        Ink {
            brush: Brush::Solid(Color::BLACK),
            opacity: 1.0,
            blend: BlendMode::SrcOver,
            stroke: None,
            shadow: None,
            filters: Vec::new(),
        }
    }
}

/// An outline by the app's numbers. `dashes` are lengths of strokes and gaps.
pub fn outline(width: f64, cap: i32, join: i32, miter: f64, dashes: &[f64], phase: f64) -> Stroke {
    let cap = match cap {
        1 => Cap::Square,
        2 => Cap::Round,
        _ => Cap::Butt,
    };
    let join = match join {
        1 => Join::Round,
        2 => Join::Bevel,
        _ => Join::Miter,
    };
    // A width of 0 is the thinnest line there is.
    let stroke = Stroke::new(if width > 0.0 { width } else { 1.0 }).with_caps(cap).with_join(join);
    let stroke = Stroke { miter_limit: if miter > 0.0 { miter } else { stroke.miter_limit }, ..stroke };
    if dashes.is_empty() || !dashes.iter().all(|dash| *dash > 0.0) {
        return stroke;
    }
    stroke.with_dashes(phase, dashes.iter().copied())
}

/// More steps than this are not recorded: an app that draws without end must not eat memory.
const MOST_STEPS: usize = 100_000;
const MOST_SAVED: usize = 1024;

/// Records a drawing.
pub struct Recorder {
    painter: Painter,
    steps: usize,
    /// What each `save` has to undo: a layer besides the state.
    saved: Vec<bool>,
    fonts: Fonts,
}

impl Recorder {
    /// An empty drawing.
    pub fn new(fonts: Fonts) -> Recorder {
        Recorder { painter: Painter::new(), steps: 0, saved: Vec::new(), fonts }
    }

    /// The drawing so far; the recorder is empty again.
    pub fn finish(&mut self) -> Drawing {
        self.restore_to(0);
        self.steps = 0;
        Drawing(std::mem::take(&mut self.painter).finish())
    }

    /// How many states are kept.
    pub fn saved(&self) -> usize {
        self.saved.len()
    }

    /// Keeps transform and clip.
    pub fn save(&mut self) {
        if self.saved.len() < MOST_SAVED {
            self.painter.save();
            self.saved.push(false);
        }
    }

    /// Keeps transform and clip, and draws what follows as one.
    pub fn save_layer(&mut self, opacity: f32, blend: BlendMode, filters: Vec<Filter>) {
        if self.saved.len() < MOST_SAVED {
            self.painter.save();
            self.painter.push_layer(LayerStyle { opacity, blend, filters, ..LayerStyle::default() });
            self.saved.push(true);
        }
    }

    /// Back to the state before the last `save`.
    pub fn restore(&mut self) {
        if let Some(layer) = self.saved.pop() {
            if layer {
                self.painter.pop_layer();
            }
            self.painter.restore();
        }
    }

    /// Back to when so many states were kept.
    pub fn restore_to(&mut self, count: usize) {
        while self.saved.len() > count {
            self.restore();
        }
    }

    /// Moves, turns and scales what follows.
    pub fn transform(&mut self, transform: Affine) {
        if transform.is_finite() {
            self.painter.transform(transform);
        }
    }

    /// From the drawing's own coordinates to those of what follows.
    pub fn current_transform(&self) -> Affine {
        self.painter.current_transform()
    }

    /// Cuts what follows.
    pub fn clip(&mut self, path: &BezPath, rule: FillRule) {
        if path.is_finite() && self.step() {
            self.painter.clip_path_with(path, rule);
        }
    }

    fn step(&mut self) -> bool {
        self.steps += 1;
        self.steps <= MOST_STEPS
    }

    /// Draws within what the ink asks for.
    fn with_ink(&mut self, ink: &Ink, draw: impl FnOnce(&mut Painter)) {
        if !self.step() {
            return;
        }
        let layered = ink.opacity < 1.0 || ink.blend != BlendMode::SrcOver || !ink.filters.is_empty();
        if layered {
            let style = LayerStyle {
                opacity: ink.opacity,
                blend: ink.blend,
                filters: ink.filters.clone(),
                ..LayerStyle::default()
            };
            self.painter.push_layer(style);
        }
        draw(&mut self.painter);
        if layered {
            self.painter.pop_layer();
        }
    }

    /// Fills or outlines a path.
    pub fn path(&mut self, path: &BezPath, rule: FillRule, ink: &Ink) {
        if !path.is_finite() {
            return;
        }
        self.with_ink(ink, |painter| {
            if let (Some((radius, offset, color)), None) = (&ink.shadow, &ink.stroke) {
                painter.shadow(ShadowShape::Path(path.clone()), f64::from(*radius), *color, *offset, true);
            }
            match &ink.stroke {
                Some(stroke) => painter.stroke(path.clone(), stroke, &ink.brush),
                None => painter.fill_with(path.clone(), rule, &ink.brush),
            }
        });
    }

    /// Fills everything.
    pub fn flood(&mut self, color: Color, blend: BlendMode) {
        // Far beyond any node, so that clips decide.
        let everything = Rect::new(-65_536.0, -65_536.0, 65_536.0, 65_536.0);
        let ink = Ink { blend, ..Ink::default() };
        self.with_ink(&ink, |painter| painter.fill_rect(everything, &Brush::Solid(color)));
    }

    /// Draws a part of a picture (px of it) into a rectangle.
    pub fn picture(&mut self, picture: &Picture, source: Rect, target: Rect, sampling: Sampling, opacity: f32) {
        if source.is_finite() && target.is_finite() {
            let ink = Ink { opacity, ..Ink::default() };
            self.with_ink(&ink, |painter| painter.picture(picture, source, target, sampling, None));
        }
    }

    fn line(&self, text: &str, style: &TextStyle) -> Paragraph {
        let line = ParagraphStyle { max_lines: Some(1), ..ParagraphStyle::default() };
        let mut paragraph = Paragraph::plain(&self.fonts, &line, text, style);
        paragraph.layout(1e7, None);
        paragraph
    }

    /// Draws a line of text whose baseline begins at a point.
    pub fn text(&mut self, text: &str, style: &TextStyle, at: Point, ink: &Ink) {
        let paragraph = self.line(text, style);
        let origin = Affine::translate((at.x, at.y - f64::from(paragraph.first_baseline())));
        if !origin.is_finite() {
            return;
        }
        let mut runs = paragraph.glyph_runs();
        if let Some(stroke) = &ink.stroke {
            runs.iter_mut().for_each(|run| run.outline = Some(stroke.width as f32));
        }
        self.with_ink(ink, |painter| runs.iter().for_each(|run| painter.glyphs(run, origin, &ink.brush)));
    }

    /// Draws a laid out paragraph with its upper left corner at a point.
    pub fn paragraph(&mut self, paragraph: &Paragraph, at: Point) {
        if at.is_finite() && self.steps < MOST_STEPS {
            self.steps += 1;
            paragraph.paint(&mut self.painter, at);
        }
    }

    /// Width, ascent and descent of a line of text in px.
    pub fn measure(&self, text: &str, style: &TextStyle) -> [f32; 3] {
        let paragraph = self.line(text, style);
        let line = paragraph.lines().first().map_or((0.0, 0.0), |line| (line.ascent, line.descent));
        [paragraph.max_intrinsic_width(), line.0, line.1]
    }
}
