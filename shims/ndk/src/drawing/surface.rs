//! What canvases do: the stack of states and layers, and pixels in memory that a display list is drawn over.

use super::bitmap::Pixels;
use super::brush::Brush;
use super::error_code::{ALLOCATION_FAILED, Code, INVALID_PARAMETER};
use super::filter::BlurKind;
use super::handle::objects;
use super::matrix::Matrix;
use super::path::TOLERANCE;
use super::pen::Pen;
use super::pixel_map::PixelMap;
use concord_paint::kurbo::{self, BezPath, Rect, Shape, StrokeOpts};
use concord_paint::{self as paint, BlendMode, FillRule, Filter, LayerStyle, Painter};
use std::sync::Arc;

/// Saved states beyond this many are refused.
const MOST_SAVED: usize = 4096;
/// Layers within layers beyond this many draw like `save`.
const MOST_LAYERS: usize = 64;

/// What a canvas draws on.
#[derive(Clone)]
enum Target {
    Nothing,
    Pixels(Arc<Pixels>),
    PixelMap(PixelMap),
}

/// A shape that clips, in pixels.
#[derive(Clone)]
struct Clip {
    path: Arc<BezPath>,
    rule: FillRule,
}

/// What `save` keeps.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    /// What can be drawn on, in pixels.
    bounds: Rect,
    /// Shapes that are not rectangles along the pixels.
    clips: Vec<Clip>,
}

/// What is drawn since `OH_Drawing_CanvasSaveLayer`.
struct Layer {
    painter: Painter,
    style: LayerStyle,
    /// How many states are saved inside of it at least.
    depth: usize,
}

/// `OH_Drawing_Canvas`.
pub(crate) struct Canvas {
    target: Target,
    pub(super) pen: Option<Pen>,
    pub(super) brush: Option<Brush>,
    state: State,
    saved: Vec<State>,
    layers: Vec<Layer>,
    /// Pixels to draw in, as large as the target.
    scratch: Option<paint::Canvas>,
}
objects!(Canvas);

/// A shape to draw: its outline, and what is inside.
pub(super) struct Figure {
    pub(super) path: BezPath,
    pub(super) rule: FillRule,
    /// What is outside of the path is filled.
    pub(super) inverse: bool,
    /// It is only a line: brushes have nothing to fill.
    pub(super) open: bool,
}

impl Figure {
    pub(super) fn of(path: BezPath) -> Figure {
        Figure { path, rule: FillRule::NonZero, inverse: false, open: false }
    }
}

impl Canvas {
    pub(super) fn new() -> Canvas {
        let state = State { matrix: Matrix::IDENTITY, bounds: Rect::ZERO, clips: Vec::new() };
        let (saved, layers) = (Vec::new(), Vec::new());
        Canvas { target: Target::Nothing, pen: None, brush: None, state, saved, layers, scratch: None }
    }

    pub(super) fn over_pixel_map(map: PixelMap) -> Result<Canvas, Code> {
        let mut canvas = Canvas::new();
        canvas.target = Target::PixelMap(map);
        canvas.start()?;
        Ok(canvas)
    }

    /// Draws on a bitmap from now on, with a new state.
    pub(super) fn bind(&mut self, pixels: Arc<Pixels>) -> Result<(), Code> {
        self.target = Target::Pixels(pixels);
        self.start()
    }

    fn start(&mut self) -> Result<(), Code> {
        let (width, height) = self.size()?;
        let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
        self.state = State { matrix: Matrix::IDENTITY, bounds, clips: Vec::new() };
        (self.saved, self.layers, self.scratch) = (Vec::new(), Vec::new(), None);
        Ok(())
    }

    /// The pixels that are drawn on.
    pub(super) fn pixels(&self) -> Result<Arc<Pixels>, Code> {
        match &self.target {
            Target::Nothing => Err(INVALID_PARAMETER),
            Target::Pixels(pixels) => Ok(Arc::clone(pixels)),
            Target::PixelMap(map) => map.pixels().map(Arc::new),
        }
    }

    /// Width and height, px.
    pub(super) fn size(&self) -> Result<(u32, u32), Code> {
        let pixels = self.pixels()?;
        Ok((pixels.width(), pixels.height()))
    }

    pub(super) fn matrix(&self) -> Matrix {
        self.state.matrix
    }

    pub(super) fn set_matrix(&mut self, matrix: Matrix) {
        self.state.matrix = matrix;
    }

    /// What follows is transformed by `matrix` first.
    pub(super) fn concat(&mut self, matrix: Matrix) {
        self.state.matrix = self.state.matrix.times(matrix);
    }

    pub(super) fn save(&mut self) {
        if self.saved.len() < MOST_SAVED {
            self.saved.push(self.state.clone());
        }
    }

    /// Saves, and draws what follows up to the restore apart.
    pub(super) fn save_layer(&mut self, bounds: Option<Rect>, brush: Option<Brush>) {
        if self.saved.len() >= MOST_SAVED || self.layers.len() >= MOST_LAYERS {
            return self.save();
        }
        self.saved.push(self.state.clone());
        if let Some(bounds) = bounds {
            self.clip_rect(bounds, false);
        }
        let brush = brush.unwrap_or_default();
        // A clip keeps the layer a layer, even when it is put down as it is: what it erases is only its own.
        let style = LayerStyle {
            opacity: brush.opacity(),
            blend: brush.blend,
            filters: brush.effects(),
            mask: None,
            clip: Some(self.state.bounds.to_path(TOLERANCE)),
        };
        self.layers.push(Layer { painter: Painter::new(), style, depth: self.saved.len() });
    }

    /// How many states there are, the current one included.
    pub(super) fn save_count(&self) -> u32 {
        self.saved.len() as u32 + 1
    }

    pub(super) fn restore(&mut self) -> Result<(), Code> {
        // The platform's last state stays.
        let Some(state) = self.saved.pop() else { return Ok(()) };
        let depth = self.saved.len() + 1;
        self.state = state;
        let Some(layer) = self.layers.pop_if(|layer| layer.depth == depth) else { return Ok(()) };
        let list = layer.painter.finish();
        self.record(false, |painter| {
            painter.push_layer(layer.style);
            painter.append(&list);
            painter.pop_layer();
        })
    }

    pub(super) fn restore_to(&mut self, count: u32) -> Result<(), Code> {
        while self.save_count() > count.max(1) {
            self.restore()?;
        }
        Ok(())
    }

    /// What can be drawn on, in pixels.
    pub(super) fn device_clip(&self) -> Rect {
        self.state.bounds
    }

    pub(super) fn reset_clip(&mut self) -> Result<(), Code> {
        let (width, height) = self.size()?;
        self.state.bounds = Rect::new(0.0, 0.0, width.into(), height.into());
        self.state.clips.clear();
        Ok(())
    }

    /// What follows is only drawn inside of a rectangle, with smooth edges or along the pixels.
    pub(super) fn clip_rect(&mut self, rect: Rect, smooth: bool) {
        let affine = self.state.matrix.affine();
        let [a, b, c, d, ..] = affine.as_coeffs();
        let straight = (b == 0.0 && c == 0.0) || (a == 0.0 && d == 0.0);
        if !straight {
            return self.clip_path(&rect.to_path(TOLERANCE), FillRule::NonZero, false);
        }
        let rect = affine.transform_rect_bbox(rect);
        let rect = if smooth { rect } else { rect.round() };
        let bounds = self.state.bounds.intersect(rect);
        self.state.bounds = if bounds.is_finite() { bounds } else { Rect::ZERO };
    }

    /// What follows is only drawn inside of a path, or only outside of it.
    pub(super) fn clip_path(&mut self, path: &BezPath, rule: FillRule, outside: bool) {
        let path = self.state.matrix.affine() * path;
        if outside {
            let path = Arc::new(self.around(path));
            self.state.clips.push(Clip { path, rule: FillRule::EvenOdd });
            return;
        }
        self.state.bounds = self.state.bounds.intersect(path.bounding_box());
        self.state.clips.push(Clip { path: Arc::new(path), rule });
    }

    /// What is outside of a path, in pixels, by the rule of even and odd.
    fn around(&self, path: BezPath) -> BezPath {
        let mut outside = self.state.bounds.union(path.bounding_box()).inflate(8.0, 8.0).to_path(TOLERANCE);
        outside.extend(path);
        outside
    }

    /// Records something with the current clip, and with the current matrix when asked; then it is drawn, or waits for the end of
    /// the layer.
    pub(super) fn record(&mut self, matrix: bool, body: impl FnOnce(&mut Painter)) -> Result<(), Code> {
        let mut fresh = None;
        let painter = match self.layers.last_mut() {
            Some(layer) => &mut layer.painter,
            None => fresh.insert(Painter::new()),
        };
        painter.save();
        painter.clip_rect(self.state.bounds);
        for clip in &self.state.clips {
            painter.clip_path_with(&clip.path, clip.rule);
        }
        if matrix {
            painter.transform(self.state.matrix.affine());
        }
        body(painter);
        painter.restore();
        match fresh {
            Some(painter) => self.put_down(&painter.finish()),
            None => Ok(()),
        }
    }

    /// Draws over the target's pixels, where the list draws.
    fn put_down(&mut self, list: &paint::DisplayList) -> Result<(), Code> {
        let pixels = self.pixels()?;
        let (width, height) = (pixels.width(), pixels.height());
        let place = list.bounds().intersect(Rect::new(0.0, 0.0, width.into(), height.into())).expand();
        if list.is_empty() || place.width() <= 0.0 || place.height() <= 0.0 {
            return Ok(());
        }
        let scratch = match &mut self.scratch {
            Some(scratch) if (scratch.width(), scratch.height()) == (width, height) => scratch,
            other => other.insert(paint::Canvas::new(width, height).map_err(|_| ALLOCATION_FAILED)?),
        };
        // The guest may have written pixels since, so they are read where they will be changed.
        let (x, columns) = (place.x0 as usize, place.x0 as usize * 4..(place.x1 as usize).min(width as usize) * 4);
        let rows = place.y0 as usize..(place.y1 as usize).min(height as usize);
        let frame = scratch.frame_mut();
        let stride = frame.stride();
        for y in rows.clone() {
            let row = frame.data_mut().get_mut(y * stride..).and_then(|row| row.get_mut(columns.clone()));
            pixels.load(x, y, row.unwrap_or_default());
        }
        scratch.draw(list);
        for y in rows {
            let row = scratch.frame().data().get(y * stride..).and_then(|row| row.get(columns.clone()));
            pixels.store(x, y, row.unwrap_or_default());
        }
        Ok(())
    }

    /// Fills with the brush, then draws the outline with the pen; nothing when neither is attached.
    pub(super) fn figure(&mut self, figure: &Figure) -> Result<(), Code> {
        let scale = self.state.matrix.affine().determinant().abs().sqrt();
        if let (Some(brush), false) = (self.brush.clone(), figure.open) {
            let mut path = figure.path.clone();
            let rule = if figure.inverse {
                let affine = self.state.matrix.affine();
                path = affine.inverse() * self.around(affine * path);
                FillRule::EvenOdd
            } else {
                figure.rule
            };
            self.painted(&brush, (&path, rule), |painter, paint| painter.fill_with(path.clone(), rule, paint))?;
        }
        if let Some(pen) = self.pen.clone() {
            let stroke = pen.stroke(scale);
            // The outline's own outline is only needed where something is cut to it.
            let outline = if needs_shape(&pen.paint) {
                kurbo::stroke(figure.path.iter(), &stroke, &StrokeOpts::default(), TOLERANCE)
            } else {
                BezPath::new()
            };
            self.painted(&pen.paint, (&outline, FillRule::NonZero), |painter, paint| {
                painter.stroke(figure.path.clone(), &stroke, paint);
            })?;
        }
        Ok(())
    }

    /// Draws with a brush's colour, effects and blend mode. `shape` is what is covered: where blending changes what is not covered
    /// too, it is cut to that, as the platform does.
    pub(super) fn painted(
        &mut self,
        brush: &Brush,
        (shape, rule): (&BezPath, FillRule),
        draw: impl Fn(&mut Painter, &paint::Brush),
    ) -> Result<(), Code> {
        let (paint, opacity) = brush.paint();
        let style = LayerStyle { opacity, blend: brush.blend, filters: brush.effects(), ..LayerStyle::default() };
        self.record(true, |painter| {
            if let Some(shadow) = brush.shadow {
                painter.push_layer(LayerStyle {
                    filters: vec![Filter::Blur { sigma: shadow.sigma }],
                    ..LayerStyle::default()
                });
                painter.save();
                painter.translate(shadow.x.into(), shadow.y.into());
                draw(painter, &shadow.color.multiply_alpha(brush.opacity()).into());
                painter.restore();
                painter.pop_layer();
            }
            let plain = style.is_plain();
            if !plain {
                painter.save();
                if !style.blend.leaves_uncovered() && style.filters.is_empty() {
                    painter.clip_path_with(shape, rule);
                }
                painter.push_layer(style.clone());
            }
            match brush.filter.mask {
                None => draw(painter, &paint),
                Some(mask) => {
                    painter.save();
                    if mask.kind == BlurKind::Inner {
                        painter.clip_path_with(shape, rule);
                    }
                    let blur = Filter::Blur { sigma: mask.sigma };
                    painter.push_layer(LayerStyle { filters: vec![blur], ..LayerStyle::default() });
                    draw(painter, &paint);
                    painter.pop_layer();
                    if mask.kind == BlurKind::Solid {
                        draw(painter, &paint);
                    }
                    if mask.kind == BlurKind::Outer {
                        painter.push_layer(LayerStyle { blend: BlendMode::DstOut, ..LayerStyle::default() });
                        draw(painter, &paint::Color::BLACK.into());
                        painter.pop_layer();
                    }
                    painter.restore();
                }
            }
            if !plain {
                painter.pop_layer();
                painter.restore();
            }
        })
    }

    /// Fills everything that can be drawn on.
    pub(super) fn flood(&mut self, brush: &Brush) -> Result<(), Code> {
        let affine = self.state.matrix.affine();
        if affine.determinant().abs() < 1e-12 {
            return Ok(());
        }
        let path = affine.inverse() * self.state.bounds.to_path(TOLERANCE);
        self.painted(brush, (&path, FillRule::NonZero), |painter, paint| painter.fill(path.clone(), paint))
    }
}

/// Whether what a brush does depends on the shape that is covered.
fn needs_shape(brush: &Brush) -> bool {
    !brush.blend.leaves_uncovered() || brush.filter.mask.is_some_and(|mask| mask.kind == BlurKind::Inner)
}
