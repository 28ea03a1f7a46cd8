//! Pictures: decoded pixels that can be drawn.

mod animation;
mod decode;
mod encode;
mod scale;
pub mod svg;

use std::fmt;
use std::sync::{Arc, OnceLock};

use vello_cpu::kurbo::Rect;
use vello_cpu::peniko::ImageAlphaType;
use vello_cpu::{PixelMetadata, Pixmap};

pub use animation::{AnimationInfo, FrameTiming};
pub use decode::{DecodeError, Format, PictureFrame, PictureInfo};
pub use encode::encode_gif;

use crate::frame::{self, MAX_PIXELS, MAX_SIDE, PixelRect, SizeError};
use crate::{Color, EncodeError};

/// Parts of pictures larger than this are not copied for drawing, px.
const MAX_PART: usize = 1 << 20;

/// A picture in memory: premultiplied RGBA. Cheap to clone; two are equal when they are the same object.
#[derive(Clone)]
pub struct Picture(Arc<Inner>);

struct Inner {
    pixels: Arc<Pixmap>,
    /// The picture halved once, twice …, made when it is first drawn that small.
    halves: OnceLock<Vec<Arc<Pixmap>>>,
}

impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Picture {}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({}x{})", self.width(), self.height())
    }
}

impl Picture {
    /// From straight RGBA, row by row; missing bytes count as transparent.
    ///
    /// # Errors
    /// When a side is 0 or beyond [`MAX_SIDE`].
    pub fn from_straight_rgba(data: &[u8], width: u32, height: u32) -> Result<Self, SizeError> {
        let mut owned = data.to_vec();
        frame::premultiply(&mut owned);
        Self::from_premultiplied_rgba(owned, width, height)
    }

    /// From premultiplied RGBA, row by row; missing bytes count as transparent, and channels beyond alpha are cut.
    ///
    /// # Errors
    /// When a side is 0 or beyond [`MAX_SIDE`].
    pub fn from_premultiplied_rgba(mut data: Vec<u8>, width: u32, height: u32) -> Result<Self, SizeError> {
        let (short_width, short_height) = check_size(width, height)?;
        data.resize(width as usize * height as usize * 4, 0);
        for pixel in data.chunks_exact_mut(4) {
            let alpha = pixel[3];
            for channel in &mut pixel[..3] {
                *channel = (*channel).min(alpha);
            }
        }
        Ok(Self::from_premultiplied_unchecked(data, short_width, short_height))
    }

    /// `data` has `width * height` pixels that are premultiplied properly.
    pub(crate) fn from_premultiplied_unchecked(data: Vec<u8>, width: u16, height: u16) -> Self {
        Self(Arc::new(Inner { pixels: Arc::new(pixmap(data, width, height)), halves: OnceLock::new() }))
    }

    /// Px.
    pub fn width(&self) -> u32 {
        self.0.pixels.width().into()
    }

    /// Px.
    pub fn height(&self) -> u32 {
        self.0.pixels.height().into()
    }

    /// All of it, px.
    pub fn rect(&self) -> Rect {
        Rect::new(0.0, 0.0, self.width().into(), self.height().into())
    }

    /// Whether it has no pixels.
    pub fn is_empty(&self) -> bool {
        self.width() == 0 || self.height() == 0
    }

    /// Whether every pixel is opaque.
    pub fn is_opaque(&self) -> bool {
        !self.0.pixels.may_have_transparency()
    }

    /// How much memory the pixels take.
    pub fn byte_count(&self) -> usize {
        self.data().len()
    }

    /// The pixels: red, green, blue (multiplied with alpha) and alpha, row by row.
    pub fn data(&self) -> &[u8] {
        self.0.pixels.data_as_u8_slice()
    }

    /// The pixels with straight alpha.
    pub fn to_straight_rgba(&self) -> Vec<u8> {
        let mut data = self.data().to_vec();
        frame::straighten(&mut data);
        data
    }

    /// The colour of a pixel; transparent outside.
    pub fn pixel(&self, x: u32, y: u32) -> Color {
        let index = (y as usize * self.width() as usize + x as usize) * 4;
        match self.data().get(index..index + 4) {
            Some(&[r, g, b, a]) if x < self.width() => Color::from_premultiplied([r, g, b, a]),
            _ => Color::TRANSPARENT,
        }
    }

    /// As a PNG file.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn to_png(&self) -> Result<Vec<u8>, EncodeError> {
        frame::encode_png(&self.to_straight_rgba(), self.width(), self.height())
    }

    pub(crate) fn pixmap(&self) -> Arc<Pixmap> {
        Arc::clone(&self.0.pixels)
    }

    /// A copy of a part, and where it begins; of parts that are too large for a copy per drawing, the whole picture.
    pub(crate) fn part(&self, rect: PixelRect) -> (Arc<Pixmap>, (f64, f64)) {
        let whole = &self.0.pixels;
        let rect = rect.within(whole.width(), whole.height());
        let (x, y) = (usize::from(rect.x0), usize::from(rect.y0));
        let (width, height) = (usize::from(rect.width()), usize::from(rect.height()));
        if rect.is_empty() || width * height > MAX_PART {
            return (self.pixmap(), (0.0, 0.0));
        }
        let mut part = Vec::with_capacity(width * height * 4);
        for row in self.data().chunks_exact(usize::from(whole.width()) * 4).skip(y).take(height) {
            part.extend_from_slice(&row[x * 4..(x + width) * 4]);
        }
        (Arc::new(pixmap(part, rect.width(), rect.height())), (f64::from(rect.x0), f64::from(rect.y0)))
    }

    /// The picture halved `times` times, as far as it can be halved. What it really was halved is the quotient of the sizes.
    pub(crate) fn halved(&self, times: usize) -> Arc<Pixmap> {
        let Some(last) = times.checked_sub(1) else { return self.pixmap() };
        let halves = self.0.halves.get_or_init(|| scale::halves(&self.0.pixels));
        halves.get(last).or(halves.last()).map_or_else(|| self.pixmap(), Arc::clone)
    }
}

/// Whether a picture of this size may be made.
pub(crate) fn check_size(width: u32, height: u32) -> Result<(u16, u16), SizeError> {
    let error = SizeError { width, height };
    if width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE {
        return Err(error);
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(error);
    }
    Ok((u16::try_from(width).map_err(|_| error)?, u16::try_from(height).map_err(|_| error)?))
}

/// A pixmap of the raster library; `data` must have the right length.
pub(crate) fn pixmap(data: Vec<u8>, width: u16, height: u16) -> Pixmap {
    let transparent = data.chunks_exact(4).any(|pixel| pixel[3] != 255);
    // The library takes over a vector only when its capacity is one of whole pixels.
    if data.capacity().is_multiple_of(4) && data.len() == usize::from(width) * usize::from(height) * 4 {
        let metadata = PixelMetadata::new(ImageAlphaType::AlphaPremultiplied, transparent);
        return Pixmap::from_parts(data, width, height, metadata);
    }
    let mut pixmap = Pixmap::new(width, height);
    for (to, from) in pixmap.data_as_u8_slice_mut().iter_mut().zip(data) {
        *to = from;
    }
    pixmap.set_may_have_transparency(transparent);
    pixmap
}
