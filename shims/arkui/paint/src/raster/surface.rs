//! Buffers of layers: pixels with a place on the device.

use vello_cpu::kurbo::{Affine, Rect};
use vello_cpu::peniko::{Extend, ImageQuality, ImageSampler};
use vello_cpu::{Image, ImageSource, PaintType};

use crate::frame::{MAX_PIXELS, MAX_SIDE, PixelRect};
use crate::geometry;

/// A rectangle of whole device pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) x0: i32,
    pub(super) y0: i32,
    pub(super) x1: i32,
    pub(super) y1: i32,
}

impl Area {
    /// All pixels that a rectangle touches.
    pub(super) fn around(rect: Rect) -> Self {
        // `as` saturates, and turns NaN into 0; rectangles are bounded long before.
        let (x0, y0) = (rect.x0.floor() as i32, rect.y0.floor() as i32);
        Self { x0, y0, x1: (rect.x1.ceil() as i32).max(x0), y1: (rect.y1.ceil() as i32).max(y0) }
    }

    pub(super) fn rect(self) -> Rect {
        Rect::new(self.x0.into(), self.y0.into(), self.x1.into(), self.y1.into())
    }

    pub(super) fn intersect(self, other: Self) -> Self {
        let (x0, y0) = (self.x0.max(other.x0), self.y0.max(other.y0));
        Self { x0, y0, x1: self.x1.min(other.x1).max(x0), y1: self.y1.min(other.y1).max(y0) }
    }

    pub(super) fn width(self) -> usize {
        usize::try_from(i64::from(self.x1) - i64::from(self.x0)).unwrap_or(0)
    }

    pub(super) fn height(self) -> usize {
        usize::try_from(i64::from(self.y1) - i64::from(self.y0)).unwrap_or(0)
    }

    pub(super) fn is_empty(self) -> bool {
        self.width() == 0 || self.height() == 0
    }

    /// Width and height as the raster library wants them, when the size is within the limits.
    pub(super) fn short_size(self) -> Option<(u16, u16)> {
        let (width, height) = (self.width() as u64, self.height() as u64);
        let bounded = width <= u64::from(MAX_SIDE) && height <= u64::from(MAX_SIDE) && width * height <= MAX_PIXELS;
        (bounded && !self.is_empty()).then_some((width as u16, height as u16))
    }
}

impl From<PixelRect> for Area {
    fn from(rect: PixelRect) -> Self {
        Self { x0: rect.x0.into(), y0: rect.y0.into(), x1: rect.x1.into(), y1: rect.y1.into() }
    }
}

/// Premultiplied RGBA pixels of an area.
#[derive(Debug, Clone)]
pub(super) struct Surface {
    pub(super) area: Area,
    pub(super) width: u16,
    pub(super) height: u16,
    pub(super) data: Vec<u8>,
}

impl Surface {
    /// A transparent one; none when the area is empty or beyond the limits.
    pub(super) fn new(area: Area) -> Option<Self> {
        let (width, height) = area.short_size()?;
        Some(Self { area, width, height, data: vec![0; usize::from(width) * usize::from(height) * 4] })
    }

    pub(super) fn stride(&self) -> usize {
        usize::from(self.width) * 4
    }

    /// Whether every pixel is opaque.
    pub(super) fn is_opaque(&self) -> bool {
        self.data.chunks_exact(4).all(|pixel| pixel[3] == 255)
    }

    /// A paint that shows every pixel at its place, where the device begins at `origin`.
    pub(super) fn into_paint(self, origin: (i32, i32), opacity: f32) -> (PaintType, Affine) {
        let place = (f64::from(self.area.x0 - origin.0), f64::from(self.area.y0 - origin.1));
        let pixmap = crate::picture::pixmap(self.data, self.width, self.height);
        let sampler =
            ImageSampler { x_extend: Extend::Pad, y_extend: Extend::Pad, quality: ImageQuality::Low, alpha: opacity };
        let image = Image { image: ImageSource::Pixmap(std::sync::Arc::new(pixmap)), sampler };
        (image.into(), Affine::translate(place))
    }
}

/// The pixels a rectangle touches inside an area; empty when none.
pub(super) fn area_within(rect: Rect, area: Area) -> Area {
    let rect = geometry::intersect(rect, area.rect());
    if geometry::is_empty(rect) { Area { x0: 0, y0: 0, x1: 0, y1: 0 } } else { Area::around(rect).intersect(area) }
}
