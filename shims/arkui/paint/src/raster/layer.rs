//! Layers: by the raster library where it can, in a buffer of our own where pixels have to be touched.

use std::sync::Arc;

use vello_cpu::kurbo::{Affine, BezPath, Rect};
use vello_cpu::{PixmapMut, RasterizerSettings, TargetInit};

use super::session::{Session, Target};
use super::surface::{Area, Surface, area_within};
use super::{MAX_LAYER_BYTES, blur, color, composite, distort, scaled_reach, warp};
use crate::geometry::{self, Homography, Matrix4};
use crate::list::{FillRule, LayerStyle, Mask, MaskMode};
use crate::{BlendMode, ColorMatrix, DisplayList, Filter};

/// The largest side of the flat picture of a layer that is seen in perspective, px.
const MAX_FLAT_SIDE: f64 = 4096.0;

impl Session<'_> {
    /// Draws a layer; `bounds` is where it can change something, on the device.
    pub(super) fn layer(&mut self, style: &LayerStyle, list: &DisplayList, bounds: Rect) {
        // Blending with pixels that the context does not know is done here.
        let blends_written = style.blend != BlendMode::SrcOver && self.written && self.open_layers == 0;
        let composite = blends_written || !style.blend.leaves_uncovered();
        let buffered = composite || !style.filters.is_empty() || style.mask.is_some() || list.0.reads_back;
        if buffered {
            self.buffered_layer(style, list, bounds, composite);
        } else {
            self.library_layer(style, list);
        }
    }

    fn library_layer(&mut self, style: &LayerStyle, list: &DisplayList) {
        self.context.set_transform(self.base() * self.transform());
        let opacity = (style.opacity < 1.0).then_some(style.opacity);
        let blend = style.blend.to_peniko().filter(|_| style.blend != BlendMode::SrcOver);
        self.context.push_layer(style.clip.as_ref(), blend, opacity, None, None);
        self.open_layers += 1;
        self.replay(list, Affine::IDENTITY);
        self.open_layers -= 1;
        self.context.pop_layer();
    }

    fn buffered_layer(&mut self, style: &LayerStyle, list: &DisplayList, bounds: Rect, composite: bool) {
        let transform = self.transform();
        let scale = transform.determinant().abs().sqrt();
        let reach: f64 = style.filters.iter().map(|filter| scaled_reach(filter, scale)).sum();
        let shown = area_within(geometry::intersect(bounds, self.clip()), self.target.area);
        if shown.is_empty() {
            return;
        }
        // Colour comes in from as far as the filters reach, but only from where there is any.
        let fills = style.filters.iter().any(Filter::fills);
        let mut needed = shown.rect();
        if style.blend.leaves_uncovered() && !fills {
            let content = geometry::map_rect(transform, list.bounds());
            let colored = geometry::intersect(needed, content.inflate(reach, reach));
            let contributing = geometry::intersect(content, needed.inflate(reach, reach));
            needed = if geometry::is_empty(colored) { colored } else { geometry::unite(colored, contributing) };
        } else {
            needed = needed.inflate(reach, reach);
        }
        if geometry::is_empty(needed) {
            return;
        }
        let area = Area::around(needed);
        let drawn = self.with_buffer(area, |shared, surface| {
            surface.draw(shared, |session| session.replay(list, transform));
            apply_filters(surface, &style.filters, transform, blur::Edge::Transparent);
            if let Some(mask) = &style.mask {
                apply_mask(shared, surface, mask, transform);
            }
        });
        let Some(surface) = drawn else {
            // Without memory for it, the content is better than nothing.
            return self.replay(list, Affine::IDENTITY);
        };
        match &style.clip {
            Some(clip) => self.clipped(Arc::new(clip.clone()), FillRule::NonZero, |session| {
                session.put_down(surface, shown, style, composite);
            }),
            None => self.put_down(surface, shown, style, composite),
        }
    }

    /// Gives a transparent buffer to `draw`; none when it cannot be made.
    fn with_buffer(&mut self, area: Area, draw: impl FnOnce(&mut super::Shared, &mut Surface)) -> Option<Surface> {
        let bytes = area.width().saturating_mul(area.height()).saturating_mul(4);
        if self.shared.layer_bytes.saturating_add(bytes) > MAX_LAYER_BYTES {
            tracing::warn!(
                "a layer of {}x{} px is drawn without effects: too many at once",
                area.width(),
                area.height()
            );
            return None;
        }
        let mut surface = Surface::new(area)?;
        self.shared.layer_bytes += bytes;
        draw(self.shared, &mut surface);
        self.shared.layer_bytes -= bytes;
        Some(surface)
    }

    /// Puts a finished layer on what is below it; `shown` is where it may change something.
    fn put_down(&mut self, surface: Surface, shown: Area, style: &LayerStyle, composite: bool) {
        let shown = area_within(self.clip(), shown);
        if shown.is_empty() {
            return;
        }
        if composite && self.open_layers == 0 {
            return self.composite(&surface, shown, style.opacity, style.blend);
        }
        let area = surface.area.intersect(shown);
        if area.is_empty() {
            return;
        }
        let origin = (self.target.area.x0, self.target.area.y0);
        let paint = surface.into_paint(origin, style.opacity);
        if style.blend == BlendMode::SrcOver {
            return self.fill_device(area, paint);
        }
        self.context.push_layer(None, style.blend.to_peniko(), None, None, None);
        self.fill_device(area, paint);
        self.context.pop_layer();
    }

    /// Blends a buffer with the pixels of the target, inside the clips.
    fn composite(&mut self, surface: &Surface, shown: Area, opacity: f32, blend: BlendMode) {
        self.write();
        let coverage = self.has_clips().then(|| self.coverage(shown)).flatten();
        composite::composite(&mut self.target, surface, shown, coverage.as_ref(), opacity, blend);
    }

    /// How much of every pixel of an area lies inside the clips, as alpha.
    fn coverage(&mut self, area: Area) -> Option<Surface> {
        let mut surface = Surface::new(area)?;
        let mut context = self.shared.context(surface.width, surface.height);
        self.copy_clips(&mut context, (area.x0, area.y0));
        context.set_transform(Affine::IDENTITY);
        context.set_paint(crate::Color::WHITE.to_peniko());
        context.fill_rect(&Rect::new(0.0, 0.0, surface.width.into(), surface.height.into()));
        context.flush();
        let pixels = PixmapMut::new(surface.width, surface.height, &mut surface.data)?;
        let settings = RasterizerSettings { target_init: TargetInit::SrcOver, ..RasterizerSettings::default() };
        context.render_with(pixels, &mut self.shared.resources, settings);
        self.shared.keep(context);
        Some(surface)
    }

    /// Filters what was drawn so far behind a shape.
    pub(super) fn backdrop(&mut self, path: &BezPath, filters: &[Filter]) {
        // A layer with a backdrop inside is always a buffer of its own, so none of the library's is open here.
        if self.open_layers > 0 {
            return;
        }
        let transform = self.transform();
        let region = area_within(geometry::map_rect(transform, geometry::path_bounds(path)), self.target.area);
        let shown = area_within(self.clip(), region);
        if shown.is_empty() {
            return;
        }
        self.write();
        let Some(mut surface) = copy_of(&self.target, region) else { return };
        apply_filters(&mut surface, filters, transform, blur::Edge::Clamp);
        self.clipped(Arc::new(path.clone()), FillRule::NonZero, |session| {
            let shown = area_within(session.clip(), shown);
            if surface.is_opaque() {
                let origin = (session.target.area.x0, session.target.area.y0);
                let paint = surface.into_paint(origin, 1.0);
                session.fill_device(shown, paint);
            } else {
                session.composite(&surface, shown, 1.0, BlendMode::Src);
            }
        });
    }

    /// Draws a list flat, and then as it is seen in perspective.
    pub(super) fn perspective(&mut self, matrix: &Matrix4, list: &DisplayList) {
        let transform = self.transform();
        let whole = Homography::from_affine(transform).after(&matrix.plane());
        let shown = area_within(geometry::intersect(whole.bounds(list.bounds()), self.clip()), self.target.area);
        let bounds = geometry::intersect(list.bounds(), Rect::new(-1e5, -1e5, 1e5, 1e5));
        if shown.is_empty() || geometry::is_empty(bounds) {
            return;
        }
        // The flat picture has the resolution of the device, unless that would be too big.
        let (_, largest) = geometry::scale_of(transform);
        let scale = largest.min(MAX_FLAT_SIDE / bounds.width().max(bounds.height())).max(1e-3);
        let flat_transform = Affine::scale(scale);
        let flat_area = Area::around(geometry::map_rect(flat_transform, bounds).inflate(1.0, 1.0));
        let Some(to_flat) = whole.inverse().map(|inverse| Homography::from_affine(flat_transform).after(&inverse))
        else {
            return;
        };
        let flat = self.with_buffer(flat_area, |shared, surface| {
            surface.draw(shared, |session| session.replay(list, flat_transform));
        });
        let (Some(flat), Some(mut seen)) = (flat, Surface::new(shown)) else { return };
        warp::warp(&flat, &mut seen, &to_flat);
        let origin = (self.target.area.x0, self.target.area.y0);
        let paint = seen.into_paint(origin, 1.0);
        self.fill_device(shown, paint);
    }
}

impl Surface {
    /// Draws into a buffer that holds nothing yet; the coordinates are those of the device.
    pub(super) fn draw(&mut self, shared: &mut super::Shared, draw: impl FnOnce(&mut Session<'_>)) {
        let Self { area, width, height, .. } = *self;
        let target = Target { data: &mut self.data, width, height, origin: (area.x0, area.y0), area };
        let mut session = Session::new(shared, target, false);
        draw(&mut session);
        session.finish();
    }
}

/// Applies filters in order. Colour filters that follow each other are one matrix, because the platform does not clamp
/// between them.
fn apply_filters(surface: &mut Surface, filters: &[Filter], transform: Affine, edge: blur::Edge) {
    let scale = transform.determinant().abs().sqrt();
    let mut pending: Option<ColorMatrix> = None;
    for filter in filters.iter().filter(|filter| !filter.is_identity()) {
        if let Some(matrix) = filter.color_matrix() {
            pending = Some(pending.map_or(matrix, |before| before.then(&matrix)));
            continue;
        }
        if let Some(matrix) = pending.take() {
            color::apply(&mut surface.data, &matrix);
        }
        match filter {
            Filter::Blur { sigma } => blur::blur(surface, sigma * scale, edge),
            Filter::ColorBlend(added) => color::add(&mut surface.data, *added),
            Filter::LightUp(degree) => color::light_up(&mut surface.data, *degree),
            Filter::GradientBlur(blur) => distort::gradient_blur(surface, blur, transform, scale),
            Filter::PixelStretch(stretch) => distort::pixel_stretch(surface, stretch, transform),
            Filter::Spherical(sphere) => distort::spherical(surface, sphere, transform),
            _ => {}
        }
    }
    if let Some(matrix) = pending {
        color::apply(&mut surface.data, &matrix);
    }
}

/// Multiplies a layer with its mask.
fn apply_mask(shared: &mut super::Shared, surface: &mut Surface, mask: &Mask, transform: Affine) {
    let Some(mut shape) = Surface::new(surface.area) else { return };
    shape.draw(shared, |session| session.replay(&mask.content, transform));
    for (pixel, mask_pixel) in surface.data.chunks_exact_mut(4).zip(shape.data.chunks_exact(4)) {
        let weight = match mask.mode {
            MaskMode::Alpha => mask_pixel[3],
            // The channels are premultiplied, so this is brightness times opacity.
            MaskMode::Luminance => {
                let [r, g, b] = [mask_pixel[0], mask_pixel[1], mask_pixel[2]].map(u32::from);
                ((r * 2126 + g * 7152 + b * 722 + 5000) / 10_000) as u8
            }
        };
        for channel in pixel {
            *channel = crate::color::premultiply(*channel, weight);
        }
    }
}

/// The pixels of a part of the target.
fn copy_of(target: &Target<'_>, area: Area) -> Option<Surface> {
    let mut surface = Surface::new(area)?;
    let x = usize::try_from(area.x0 - target.origin.0).ok()? * 4;
    let y = usize::try_from(area.y0 - target.origin.1).ok()?;
    let (stride, width) = (usize::from(target.width) * 4, surface.stride());
    for (to, from) in surface.data.chunks_exact_mut(width).zip(target.data.chunks_exact(stride).skip(y)) {
        to.copy_from_slice(from.get(x..x + width)?);
    }
    Some(surface)
}
