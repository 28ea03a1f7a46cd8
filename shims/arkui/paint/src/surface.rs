//! A surface that shows one display list after the other, and draws only what differs.

use vello_cpu::kurbo::Rect;

use crate::frame::{Frame, SizeError};
use crate::{CpuRaster, DisplayList, Raster};

/// Pixels together with what they show.
#[derive(Debug)]
pub struct Surface {
    raster: CpuRaster,
    frame: Frame,
    shown: Option<DisplayList>,
}

impl Surface {
    /// A surface that shows nothing yet, in px.
    ///
    /// # Errors
    /// When a side is 0 or beyond the limits.
    pub fn new(raster: CpuRaster, width: u32, height: u32) -> Result<Surface, SizeError> {
        Ok(Surface { raster, frame: Frame::new(width, height)?, shown: None })
    }

    /// The pixels.
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// Shows a list. Returns what was painted again, in whole px: what a compositor has to be told.
    pub fn show(&mut self, list: &DisplayList) -> Vec<Rect> {
        let damage = match &self.shown {
            Some(shown) => list.damage(shown),
            None => vec![self.frame.rect()],
        };
        self.shown = Some(list.clone());
        let painted = damage.into_iter().map(|rect| self.raster.render(list, &mut self.frame, Some(rect)));
        painted.filter(|rect| rect.area() > 0.0).collect()
    }
}
