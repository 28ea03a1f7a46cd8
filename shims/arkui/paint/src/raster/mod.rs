//! From display lists to pixels.

use vello_cpu::kurbo::Rect;

use crate::Filter;
use crate::frame::Frame;
use crate::list::DisplayList;

/// Something that draws display lists.
pub trait Raster {
    /// Draws a list onto a frame: all of it, or only what lies in `damage` (px of the frame). What is redrawn is cleared
    /// first. Returns what was redrawn: it may be more than `damage`, where effects reach further.
    fn render(&mut self, list: &DisplayList, frame: &mut Frame, damage: Option<Rect>) -> Rect;
}

/// The raster that draws with the processor, one thread, the same pixels on every machine.
#[derive(Debug, Default)]
pub struct CpuRaster {}

impl CpuRaster {
    /// A raster with empty caches.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Raster for CpuRaster {
    fn render(&mut self, _list: &DisplayList, frame: &mut Frame, _damage: Option<Rect>) -> Rect {
        frame.rect()
    }
}

/// How far a blur moves colour, px.
pub(crate) fn blur_reach(sigma: f64) -> f64 {
    (3.0 * sigma).ceil()
}

/// How far a filter moves colour, px.
pub(crate) fn filter_reach(filter: &Filter) -> f64 {
    match filter {
        Filter::Blur { sigma } => blur_reach(*sigma),
        _ => 0.0,
    }
}
