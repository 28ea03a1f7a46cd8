//! Replaying a display list into one target: the frame, or the buffer of a layer.

use std::sync::Arc;

use vello_cpu::kurbo::{Affine, BezPath, Rect, Shape, Stroke};
use vello_cpu::peniko::{Extend, Fill, ImageSampler};
use vello_cpu::{
    Image, ImageSource, PaintType, PixmapMut, RasterizerSettings, RenderContext, TargetInit, Tint, TintMode,
};

use super::Shared;
use super::surface::Area;
use crate::frame::PixelRect;
use crate::geometry;
use crate::list::{Command, FillRule, GlyphRun, Item, PictureDraw};
use crate::{Brush, Color, DisplayList, Sampling};

/// Glyphs larger than this on the device are not drawn, px per em.
const MAX_GLYPH: f64 = 32_768.0;

/// Where a session draws.
pub(super) struct Target<'a> {
    /// Premultiplied RGBA.
    pub(super) data: &'a mut [u8],
    pub(super) width: u16,
    pub(super) height: u16,
    /// Where on the device the first pixel is.
    pub(super) origin: (i32, i32),
    /// The part, on the device, that is drawn; inside the data.
    pub(super) area: Area,
}

/// A clip that is in force, kept because the raster library forgets it when pixels are written.
#[derive(Debug, Clone)]
enum Clip {
    Rect(Rect, Affine),
    Path(Arc<BezPath>, FillRule, Affine),
}

#[derive(Debug, Clone, Copy)]
struct State {
    /// From current coordinates to the device.
    transform: Affine,
    /// What can still be drawn on, on the device.
    clip: Rect,
    /// How many clips are in force.
    clips: usize,
}

/// One target being drawn.
pub(super) struct Session<'a> {
    pub(super) shared: &'a mut Shared,
    pub(super) target: Target<'a>,
    pub(super) context: RenderContext,
    state: State,
    saved: Vec<State>,
    clips: Vec<Clip>,
    /// Layers of the raster library that are open. While one is, pixels cannot be written.
    pub(super) open_layers: usize,
    /// The target holds pixels that the context does not know.
    pub(super) written: bool,
}

impl<'a> Session<'a> {
    /// `written` says that the target holds something to draw over.
    pub(super) fn new(shared: &'a mut Shared, target: Target<'a>, written: bool) -> Self {
        let (width, height) = target.area.short_size().unwrap_or((1, 1));
        let context = shared.context(width, height);
        let state = State { transform: Affine::IDENTITY, clip: target.area.rect(), clips: 0 };
        Self { shared, target, context, state, saved: Vec::new(), clips: Vec::new(), open_layers: 0, written }
    }

    /// Writes what is left.
    pub(super) fn finish(mut self) {
        self.pop_clips(0);
        self.write();
        self.shared.keep(self.context);
    }

    /// From current coordinates to the device.
    pub(super) fn transform(&self) -> Affine {
        self.state.transform
    }

    /// What can still be drawn on, on the device.
    pub(super) fn clip(&self) -> Rect {
        self.state.clip
    }

    /// From the device to the context.
    pub(super) fn base(&self) -> Affine {
        Affine::translate((-f64::from(self.target.area.x0), -f64::from(self.target.area.y0)))
    }

    /// Brings what the context holds into the target, and begins anew.
    pub(super) fn write(&mut self) {
        debug_assert_eq!(self.open_layers, 0, "pixels cannot be written inside a layer");
        let target = &mut self.target;
        let offset = (target.area.x0 - target.origin.0, target.area.y0 - target.origin.1);
        let (Ok(x), Ok(y)) = (u16::try_from(offset.0), u16::try_from(offset.1)) else { return };
        let Some(pixels) = PixmapMut::new(target.width, target.height, target.data) else { return };
        let settings =
            RasterizerSettings { target_init: TargetInit::SrcOver, offset: (x, y), ..RasterizerSettings::default() };
        self.context.flush();
        self.context.render_with(pixels, &mut self.shared.resources, settings);
        self.context.reset();
        self.written = true;
        let clips = std::mem::take(&mut self.clips);
        for clip in &clips {
            self.apply_clip(clip);
        }
        self.clips = clips;
    }

    /// Draws a list whose coordinates `transform` maps to the current ones.
    pub(super) fn replay(&mut self, list: &DisplayList, transform: Affine) {
        let before = self.state;
        let saved = self.saved.len();
        let outer = before.transform * transform;
        self.state.transform = outer;
        for item in &list.0.items {
            self.item(item, outer);
        }
        self.saved.truncate(saved);
        self.pop_clips(before.clips);
        self.state = before;
    }

    fn item(&mut self, Item { bounds, command }: &Item, outer: Affine) {
        if !command.is_state() {
            let seen = geometry::intersect(geometry::map_rect(outer, *bounds), self.state.clip);
            if geometry::is_empty(seen) || geometry::usable_transform(self.state.transform).is_none() {
                return;
            }
        }
        match command {
            Command::Save => self.saved.push(self.state),
            Command::Restore => {
                if let Some(state) = self.saved.pop() {
                    self.pop_clips(state.clips);
                    self.state = state;
                }
            }
            Command::Transform(transform) => self.state.transform *= *transform,
            Command::ClipRect(rect) => self.push_clip_rect(*rect),
            Command::ClipPath(path, rule) => self.push_clip_path(Arc::clone(path), *rule),
            Command::FillRect(rect, brush) => self.fill_rect(*rect, brush),
            Command::FillPath(path, rule, brush) => self.fill_path(path, *rule, brush),
            Command::Stroke(stroked, brush) => self.stroke(&stroked.0, &stroked.1, brush),
            Command::Shadow(shadow) => self.shadow(shadow),
            Command::Picture(draw) => self.picture(draw),
            Command::Glyphs(run, brush) => self.glyphs(&run.0, run.1, brush),
            Command::Layer(layer) => self.layer(&layer.0, &layer.1, geometry::map_rect(outer, *bounds)),
            Command::Perspective(layer) => self.perspective(&layer.0, &layer.1),
            Command::Backdrop(backdrop) => self.backdrop(&backdrop.0, &backdrop.1),
            Command::Append(list) => self.replay(list, Affine::IDENTITY),
        }
    }

    /// Draws in another coordinate system for a while.
    pub(super) fn transformed(&mut self, transform: Affine, draw: impl FnOnce(&mut Self)) {
        let before = self.state.transform;
        self.state.transform = before * transform;
        draw(self);
        self.state.transform = before;
    }

    /// Draws with a clip more.
    pub(super) fn clipped(&mut self, path: Arc<BezPath>, rule: FillRule, draw: impl FnOnce(&mut Self)) {
        let before = self.state;
        self.push_clip_path(path, rule);
        draw(self);
        self.pop_clips(before.clips);
        self.state = before;
    }

    /// The same with a rectangle.
    pub(super) fn clipped_rect(&mut self, rect: Rect, draw: impl FnOnce(&mut Self)) {
        let before = self.state;
        self.push_clip_rect(rect);
        draw(self);
        self.pop_clips(before.clips);
        self.state = before;
    }

    fn push_clip_rect(&mut self, rect: Rect) {
        let transform = self.state.transform;
        self.narrow(geometry::map_rect(transform, rect));
        let [_, b, c, ..] = transform.as_coeffs();
        if b == 0.0 && c == 0.0 {
            // What is not cut needs no clip.
            let device = transform.transform_rect_bbox(rect);
            let area = self.target.area.rect();
            if geometry::intersect(device, area) == area {
                return;
            }
        }
        self.push_clip(Clip::Rect(rect, transform));
    }

    fn push_clip_path(&mut self, path: Arc<BezPath>, rule: FillRule) {
        let transform = self.state.transform;
        self.narrow(geometry::map_rect(transform, geometry::path_bounds(&path)));
        self.push_clip(Clip::Path(path, rule, transform));
    }

    fn narrow(&mut self, device: Rect) {
        self.state.clip = geometry::intersect(self.state.clip, device);
    }

    fn push_clip(&mut self, clip: Clip) {
        // Where nothing can be seen nothing will be drawn.
        if geometry::is_empty(self.state.clip) {
            return;
        }
        self.apply_clip(&clip);
        self.clips.push(clip);
        self.state.clips = self.clips.len();
    }

    fn apply_clip(&mut self, clip: &Clip) {
        let base = self.base();
        apply_clip(&mut self.context, clip, base);
    }

    fn pop_clips(&mut self, count: usize) {
        while self.clips.len() > count {
            self.clips.pop();
            self.context.pop_clip();
        }
        self.state.clips = self.clips.len();
    }

    /// The edges of the target, in its own coordinates.
    pub(super) fn target_area(&self) -> Rect {
        self.target.area.rect()
    }

    /// Whether clips other than the edges of the target are in force.
    pub(super) fn has_clips(&self) -> bool {
        !self.clips.is_empty()
    }

    /// Puts all clips in force on another context, whose origin is at `origin` on the device.
    pub(super) fn copy_clips(&self, context: &mut RenderContext, origin: (i32, i32)) {
        let base = Affine::translate((-f64::from(origin.0), -f64::from(origin.1)));
        for clip in &self.clips {
            apply_clip(context, clip, base);
        }
    }

    /// Sets paint and transform; false when the brush draws nothing.
    fn prepare(&mut self, brush: &Brush) -> bool {
        let Some((paint, paint_transform)) = brush.to_paint() else { return false };
        self.context.set_transform(self.base() * self.state.transform);
        self.context.set_paint(paint);
        self.context.set_paint_transform(paint_transform);
        true
    }

    pub(super) fn fill_rect(&mut self, rect: Rect, brush: &Brush) {
        // Far edges cost precision and show nothing.
        let visible = geometry::map_rect(self.state.transform.inverse(), self.state.clip.inflate(2.0, 2.0));
        let rect = geometry::intersect(rect, visible);
        if !geometry::is_empty(rect) && self.prepare(brush) {
            self.context.fill_rect(&rect);
        }
    }

    pub(super) fn fill_path(&mut self, path: &BezPath, rule: FillRule, brush: &Brush) {
        if !self.within_reach(geometry::path_bounds(path)) || !self.prepare(brush) {
            return;
        }
        self.context.set_fill_rule(fill_rule(rule));
        self.context.fill_path(path);
        self.context.set_fill_rule(Fill::NonZero);
    }

    fn stroke(&mut self, path: &BezPath, stroke: &Stroke, brush: &Brush) {
        if !self.within_reach(geometry::path_bounds(path).inflate(stroke.width, stroke.width)) || !self.prepare(brush) {
            return;
        }
        self.context.set_stroke(stroke.clone());
        self.context.stroke_path(path);
    }

    /// Whether a shape stays in the range of coordinates that can be drawn.
    fn within_reach(&self, bounds: Rect) -> bool {
        geometry::usable_rect(self.state.transform.transform_rect_bbox(bounds))
    }

    fn picture(&mut self, draw: &PictureDraw) {
        let PictureDraw { picture, source, target, sampling, tint } = draw;
        // Outside of the picture there is nothing, even if the source rectangle goes there.
        let inside = geometry::intersect(*source, picture.rect());
        let stretch = (target.width() / source.width(), target.height() / source.height());
        let shown = Rect::new(
            target.x0 + (inside.x0 - source.x0) * stretch.0,
            target.y0 + (inside.y0 - source.y0) * stretch.1,
            target.x0 + (inside.x1 - source.x0) * stretch.0,
            target.y0 + (inside.y1 - source.y0) * stretch.1,
        );
        if geometry::is_empty(inside) || geometry::is_empty(shown) || !self.within_reach(shown) {
            return;
        }
        // From pixels of the whole picture to current coordinates.
        let place = Affine::translate((target.x0, target.y0))
            * Affine::scale_non_uniform(stretch.0, stretch.1)
            * Affine::translate((-source.x0, -source.y0));
        let exact = is_exact(self.state.transform * place);
        let quality = if exact { Sampling::Nearest.to_peniko() } else { sampling.to_peniko() };
        let (_, scale) = geometry::scale_of(self.state.transform);
        let smaller = stretch.0.max(stretch.1) * scale;
        let (pixels, to_whole) = if *sampling == Sampling::Mipmap && smaller < 1.0 {
            // A copy that is at least as large as what is shown.
            let pixels = picture.halved((1.0 / smaller).log2().floor().clamp(0.0, 32.0) as usize);
            let (width, height) = (f64::from(pixels.width()), f64::from(pixels.height()));
            let scale = (f64::from(picture.width()) / width, f64::from(picture.height()) / height);
            (pixels, Affine::scale_non_uniform(scale.0, scale.1))
        } else if exact || *sampling == Sampling::Nearest || inside == picture.rect() {
            (picture.pixmap(), Affine::IDENTITY)
        } else {
            // Only pixels of the part may be mixed at its edges.
            let (pixels, origin) = picture.part(PixelRect::around(inside));
            (pixels, Affine::translate(origin))
        };
        if geometry::usable_transform(place * to_whole).is_none() {
            return;
        }
        let sampler = ImageSampler { x_extend: Extend::Pad, y_extend: Extend::Pad, quality, alpha: 1.0 };
        let paint: PaintType = Image { image: ImageSource::Pixmap(pixels), sampler }.into();
        self.context.set_transform(self.base() * self.state.transform);
        self.context.set_paint(paint);
        self.context.set_paint_transform(place * to_whole);
        self.context.set_tint(tint.map(tint_of));
        self.context.fill_rect(&shown);
        self.context.reset_tint();
    }

    fn glyphs(&mut self, run: &GlyphRun, transform: Affine, brush: &Brush) {
        let full = self.state.transform * transform;
        let (_, scale) = geometry::scale_of(full);
        // Glyphs larger than any screen are a mistake, and take time.
        if geometry::usable_transform(full).is_none() || scale * f64::from(run.size) > MAX_GLYPH {
            return;
        }
        let Some(glyphs) = self.shared.fonts.drawable(run) else { return };
        let width = run.outline.unwrap_or(run.embolden * 2.0);
        let stroke = (width > 0.0).then(|| Stroke::new(f64::from(width.min(1e4))));
        let place = Place { transform, full };
        if run.outline.is_some() {
            return self.draw_glyphs(run, &glyphs, &place, brush, stroke.or(Some(Stroke::new(0.0))));
        }
        // Bold is the glyph and its outline; where they overlap a translucent colour must not count twice.
        match (brush, &stroke) {
            (Brush::Solid(color), Some(_)) if !color.is_opaque() => {
                let opaque = Brush::Solid(color.with_alpha(1.0));
                self.context.push_layer(None, None, Some(f32::from(color.a) / 255.0), None, None);
                self.draw_glyphs(run, &glyphs, &place, &opaque, None);
                self.draw_glyphs(run, &glyphs, &place, &opaque, stroke);
                self.context.pop_layer();
            }
            _ => {
                self.draw_glyphs(run, &glyphs, &place, brush, None);
                if stroke.is_some() {
                    self.draw_glyphs(run, &glyphs, &place, brush, stroke);
                }
            }
        }
    }

    fn draw_glyphs(
        &mut self,
        run: &GlyphRun,
        glyphs: &[vello_cpu::Glyph],
        place: &Place,
        brush: &Brush,
        stroke: Option<Stroke>,
    ) {
        let Some((paint, paint_transform)) = brush.to_paint() else { return };
        self.context.set_transform(self.base() * place.full);
        self.context.set_paint(paint);
        // The brush is in current coordinates, the run in its own.
        self.context.set_paint_transform(place.transform.inverse() * paint_transform);
        let fills = stroke.is_none();
        if let Some(stroke) = stroke {
            self.context.set_stroke(stroke);
        }
        let mut builder = self
            .context
            .glyph_run(&mut self.shared.resources, &run.font)
            .font_size(run.size)
            .hint(false)
            .normalized_coords(&run.normalized_coords);
        if run.skew != 0.0 {
            // Downwards is positive, and what lies over the baseline goes to the right.
            builder = builder.glyph_transform(Affine::skew(-f64::from(run.skew.clamp(-4.0, 4.0)), 0.0));
        }
        let glyphs = glyphs.iter().copied();
        let result = if fills { builder.fill_glyphs(glyphs) } else { builder.stroke_glyphs(glyphs) };
        if let Err(error) = result {
            tracing::trace!("{error}");
        }
    }

    /// Fills a rectangle of the device with a paint of the device.
    pub(super) fn fill_device(&mut self, area: Area, (paint, paint_transform): (PaintType, Affine)) {
        self.context.set_transform(Affine::IDENTITY);
        self.context.set_paint(paint);
        self.context.set_paint_transform(paint_transform);
        let base = self.base();
        self.context.fill_rect(&base.transform_rect_bbox(area.rect()));
    }
}

/// Where a run of glyphs is drawn.
struct Place {
    /// From the run to current coordinates.
    transform: Affine,
    /// From the run to the device.
    full: Affine,
}

fn fill_rule(rule: FillRule) -> Fill {
    match rule {
        FillRule::NonZero => Fill::NonZero,
        FillRule::EvenOdd => Fill::EvenOdd,
    }
}

/// Whether a transform puts pixels onto pixels.
fn is_exact(transform: Affine) -> bool {
    let [a, b, c, d, e, f] = transform.as_coeffs();
    let whole = |number: f64| (number - number.round()).abs() < 1e-6;
    (a - 1.0).abs() < 1e-9 && b == 0.0 && c == 0.0 && (d - 1.0).abs() < 1e-9 && whole(e) && whole(f)
}

fn tint_of(color: Color) -> Tint {
    Tint { color: color.to_peniko(), mode: TintMode::AlphaMask }
}

fn apply_clip(context: &mut RenderContext, clip: &Clip, base: Affine) {
    match clip {
        Clip::Rect(rect, transform) => {
            context.set_transform(base * *transform);
            context.push_clip_rect(rect);
        }
        Clip::Path(path, rule, transform) => {
            context.set_transform(base * *transform);
            context.set_fill_rule(fill_rule(*rule));
            context.push_clip_path(path);
            context.set_fill_rule(Fill::NonZero);
        }
    }
}

/// A rectangle as a path.
pub(super) fn rect_path(rect: Rect) -> BezPath {
    rect.to_path(0.1)
}
