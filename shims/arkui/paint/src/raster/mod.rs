//! From display lists to pixels.

mod blur;
mod color;
mod composite;
mod damage;
mod distort;
mod fonts;
mod layer;
mod ninepatch;
mod session;
mod shadow;
mod surface;
mod warp;

use std::panic::{AssertUnwindSafe, catch_unwind};

use vello_cpu::kurbo::{Affine, Rect};
use vello_cpu::{Level, RenderContext, RenderSettings, Resources};

use crate::Filter;
use crate::frame::{Frame, PixelRect};
use crate::geometry;
use crate::list::DisplayList;

use session::{Session, Target};
use surface::Area;

/// The most memory that buffers of layers may take at the same time; beyond it, layers are drawn without their effects.
const MAX_LAYER_BYTES: usize = 256 << 20;
/// Contexts of the raster library that are kept for the next frame.
const MAX_KEPT_CONTEXTS: usize = 4;

/// Something that draws display lists.
pub trait Raster {
    /// Draws a list onto a frame: all of it, or only what lies in `damage` (px of the frame). What is redrawn is cleared
    /// first. Returns what was redrawn, in whole px: it may be more than `damage`, where effects reach further.
    fn render(&mut self, list: &DisplayList, frame: &mut Frame, damage: Option<Rect>) -> Rect;
}

/// The raster that draws with the processor, on one thread. [`CpuRaster::new`] gives the same pixels on every machine of an
/// architecture; [`CpuRaster::fastest`] takes half the time and may differ by a trace.
#[derive(Debug)]
pub struct CpuRaster {
    shared: Shared,
}

/// What the sessions of a frame share, and what is kept from frame to frame.
#[derive(Debug)]
pub(crate) struct Shared {
    level: Level,
    /// Caches of the raster library: outlines of glyphs.
    resources: Resources,
    contexts: Vec<RenderContext>,
    layer_bytes: usize,
    patches: ninepatch::NinePatches,
    fonts: fonts::Fonts,
}

impl Shared {
    fn new(level: Level) -> Self {
        Self {
            level,
            resources: Resources::new(),
            contexts: Vec::new(),
            layer_bytes: 0,
            patches: ninepatch::NinePatches::default(),
            fonts: fonts::Fonts::default(),
        }
    }

    fn context(&mut self, width: u16, height: u16) -> RenderContext {
        match self.contexts.pop() {
            Some(mut context) => {
                context.reset_and_resize(width, height);
                context
            }
            None => RenderContext::new_with(width, height, RenderSettings { level: self.level, num_threads: 0 }),
        }
    }

    fn keep(&mut self, context: RenderContext) {
        if self.contexts.len() < MAX_KEPT_CONTEXTS {
            self.contexts.push(context);
        }
    }
}

impl Default for CpuRaster {
    fn default() -> Self {
        Self::new()
    }
}

impl CpuRaster {
    /// A raster that uses only the instructions that every processor of the architecture has, for pictures that are
    /// compared.
    pub fn new() -> Self {
        Self::with_level(Level::baseline())
    }

    /// A raster that uses all instructions of this processor, for pictures that are looked at.
    pub fn fastest() -> Self {
        Self::with_level(Level::try_detect().unwrap_or(Level::baseline()))
    }

    fn with_level(level: Level) -> Self {
        Self { shared: Shared::new(level) }
    }

    /// Draws a list over what the frame holds, inside `area`.
    pub(crate) fn draw_over(&mut self, list: &DisplayList, frame: &mut Frame, area: PixelRect) {
        let (width, height) = frame.short_size();
        let area = area.within(width, height);
        if area.is_empty() || list.is_empty() {
            return;
        }
        self.draw(list, frame, area, true);
    }

    /// The raster library is third-party code that is fed with what apps ask for, and it does panic on input that it does
    /// not expect. Then this part of the picture is missing, and everything it may have left half done is thrown away.
    fn draw(&mut self, list: &DisplayList, frame: &mut Frame, area: PixelRect, written: bool) {
        let (width, height) = frame.short_size();
        let shared = &mut self.shared;
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            let target = Target { data: frame.data_mut(), width, height, origin: (0, 0), area: Area::from(area) };
            let mut session = Session::new(shared, target, written);
            session.replay(list, Affine::IDENTITY);
            session.finish();
        }));
        if drawn.is_err() {
            tracing::error!("drawing failed; a part of the picture is missing. This is a bug: please report it");
            self.shared = Shared::new(self.shared.level);
        }
    }
}

impl Raster for CpuRaster {
    fn render(&mut self, list: &DisplayList, frame: &mut Frame, damage: Option<Rect>) -> Rect {
        let (width, height) = frame.short_size();
        let damage = match damage {
            Some(damage) if geometry::is_empty(damage) => return geometry::NOWHERE,
            // What has changed beyond the edges may be blurred into the frame.
            Some(damage) => damage,
            None => frame.rect(),
        };
        let area = PixelRect::around(damage::grow(list, damage)).within(width, height);
        if area.is_empty() {
            return geometry::NOWHERE;
        }
        frame.clear_rect(area, crate::Color::TRANSPARENT);
        self.draw(list, frame, area, false);
        area.into()
    }
}

/// How far a blur moves colour, px.
pub(crate) fn blur_reach(sigma: f64) -> f64 {
    if sigma > 0.0 { (3.0 * sigma.min(blur::MAX_SIGMA)).ceil() } else { 0.0 }
}

/// How far a filter moves colour, px.
pub(crate) fn filter_reach(filter: &Filter) -> f64 {
    match filter {
        Filter::Blur { sigma } => blur_reach(*sigma),
        Filter::GradientBlur(blur) => blur_reach(blur.sigma),
        Filter::PixelStretch(stretch) => stretch.edges.iter().fold(0.0, |most: f64, edge| most.max(edge.abs())),
        Filter::Spherical(sphere) => sphere.bounds.width().max(sphere.bounds.height()),
        _ => 0.0,
    }
}

/// The same on a device that is larger by a factor.
pub(crate) fn scaled_reach(filter: &Filter, scale: f64) -> f64 {
    match filter {
        Filter::Blur { sigma } => blur_reach(sigma * scale),
        other => filter_reach(other) * scale,
    }
}
