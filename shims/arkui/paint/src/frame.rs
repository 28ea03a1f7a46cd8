//! Finished pixels.

use vello_cpu::kurbo::Rect;

use crate::{Color, Picture, color};

/// The longest side of a frame or canvas, px.
pub const MAX_SIDE: u32 = 16_384;
/// The most pixels of a frame or canvas (256 MB).
pub const MAX_PIXELS: u64 = 1 << 26;

/// A surface that cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a surface of {width}x{height} px cannot be made; sides go from 1 to {MAX_SIDE} px, and there may be {MAX_PIXELS} px in all"
)]
pub struct SizeError {
    /// Asked for, px.
    pub width: u32,
    /// Asked for, px.
    pub height: u32,
}

/// An error while writing a picture file.
#[derive(Debug, thiserror::Error)]
#[error("the picture cannot be written as {format}: {source}")]
pub struct EncodeError {
    format: &'static str,
    source: image::ImageError,
}

impl EncodeError {
    pub(crate) fn new(format: &'static str, source: image::ImageError) -> Self {
        Self { format, source }
    }
}

/// Premultiplied RGBA pixels, 8 bits per channel, rows without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    width: u16,
    height: u16,
    data: Vec<u8>,
}

impl Frame {
    /// A transparent frame.
    ///
    /// # Errors
    /// When a side is 0 or beyond the limits.
    pub fn new(width: u32, height: u32) -> Result<Self, SizeError> {
        let error = SizeError { width, height };
        let bounded = width <= MAX_SIDE && height <= MAX_SIDE && u64::from(width) * u64::from(height) <= MAX_PIXELS;
        if width == 0 || height == 0 || !bounded {
            return Err(error);
        }
        let (Ok(short_width), Ok(short_height)) = (u16::try_from(width), u16::try_from(height)) else {
            return Err(error);
        };
        let data = vec![0; width as usize * height as usize * 4];
        Ok(Self { width: short_width, height: short_height, data })
    }

    /// Px.
    pub fn width(&self) -> u32 {
        self.width.into()
    }

    /// Px.
    pub fn height(&self) -> u32 {
        self.height.into()
    }

    /// Bytes from one row to the next.
    pub fn stride(&self) -> usize {
        usize::from(self.width) * 4
    }

    /// All of it.
    pub fn rect(&self) -> Rect {
        Rect::new(0.0, 0.0, self.width.into(), self.height.into())
    }

    /// The pixels: red, green, blue (multiplied with alpha) and alpha, row by row.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// The pixels, to be changed; channels must not exceed alpha.
    pub fn data_mut(&mut self) -> &mut [u8] {
        &mut self.data
    }

    /// The colour of a pixel; transparent outside.
    pub fn pixel(&self, x: u32, y: u32) -> Color {
        let index = y as usize * self.stride() + x as usize * 4;
        match self.data.get(index..index + 4) {
            Some(&[r, g, b, a]) if x < self.width() => Color::from_premultiplied([r, g, b, a]),
            _ => Color::TRANSPARENT,
        }
    }

    /// Fills all of it.
    pub fn clear(&mut self, color: Color) {
        fill_pixels(&mut self.data, color);
    }

    /// Fills a part of it.
    pub fn clear_rect(&mut self, rect: PixelRect, color: Color) {
        let rect = rect.within(self.width, self.height);
        let stride = self.stride();
        for row in self.data.chunks_exact_mut(stride).take(rect.y1.into()).skip(rect.y0.into()) {
            fill_pixels(&mut row[usize::from(rect.x0) * 4..usize::from(rect.x1) * 4], color);
        }
    }

    /// A part of it as a frame of its own; the part outside is left away.
    ///
    /// # Errors
    /// When nothing is left.
    pub fn crop(&self, rect: Rect) -> Result<Self, SizeError> {
        let rect = PixelRect::around(rect).within(self.width, self.height);
        let mut part = Self::new(rect.width().into(), rect.height().into())?;
        let stride = part.stride();
        for (row, to) in part.data.chunks_exact_mut(stride).enumerate() {
            let start = (usize::from(rect.y0) + row) * self.stride() + usize::from(rect.x0) * 4;
            to.copy_from_slice(&self.data[start..start + stride]);
        }
        Ok(part)
    }

    /// The pixels with straight alpha.
    pub fn to_straight_rgba(&self) -> Vec<u8> {
        let mut data = self.data.clone();
        straighten(&mut data);
        data
    }

    /// As a PNG file, compressed quickly.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn to_png(&self) -> Result<Vec<u8>, EncodeError> {
        encode_png(&self.to_straight_rgba(), self.width(), self.height())
    }

    /// As a picture that can be drawn.
    pub fn to_picture(&self) -> Picture {
        Picture::from_premultiplied_unchecked(self.data.clone(), self.width, self.height)
    }

    /// The same without a copy.
    pub fn into_picture(self) -> Picture {
        Picture::from_premultiplied_unchecked(self.data, self.width, self.height)
    }

    pub(crate) fn short_size(&self) -> (u16, u16) {
        (self.width, self.height)
    }
}

/// A rectangle of whole pixels of a surface: from the first included to the first excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PixelRect {
    /// Left.
    pub x0: u16,
    /// Top.
    pub y0: u16,
    /// Right.
    pub x1: u16,
    /// Bottom.
    pub y1: u16,
}

impl PixelRect {
    /// All pixels that a rectangle touches (those at negative coordinates left out).
    pub fn around(rect: Rect) -> Self {
        // `as` saturates, and turns NaN into 0.
        let (x0, y0) = (rect.x0.floor() as u16, rect.y0.floor() as u16);
        Self { x0, y0, x1: (rect.x1.ceil() as u16).max(x0), y1: (rect.y1.ceil() as u16).max(y0) }
    }

    /// The part inside a surface.
    #[must_use]
    pub fn within(self, width: u16, height: u16) -> Self {
        let (x1, y1) = (self.x1.min(width), self.y1.min(height));
        Self { x0: self.x0.min(x1), y0: self.y0.min(y1), x1, y1 }
    }

    /// Px.
    pub fn width(&self) -> u16 {
        self.x1.saturating_sub(self.x0)
    }

    /// Px.
    pub fn height(&self) -> u16 {
        self.y1.saturating_sub(self.y0)
    }

    /// Whether there is no pixel.
    pub fn is_empty(&self) -> bool {
        self.width() == 0 || self.height() == 0
    }
}

impl From<PixelRect> for Rect {
    fn from(rect: PixelRect) -> Self {
        Self::new(rect.x0.into(), rect.y0.into(), rect.x1.into(), rect.y1.into())
    }
}

fn fill_pixels(data: &mut [u8], color: Color) {
    let pixel = color.premultiplied();
    if pixel == [0; 4] {
        data.fill(0);
    } else {
        for to in data.chunks_exact_mut(4) {
            to.copy_from_slice(&pixel);
        }
    }
}

/// Premultiplied to straight alpha, in place.
pub(crate) fn straighten(data: &mut [u8]) {
    for pixel in data.chunks_exact_mut(4) {
        let alpha = pixel[3];
        if alpha != 255 {
            for channel in &mut pixel[..3] {
                *channel = color::unpremultiply(*channel, alpha);
            }
        }
    }
}

/// Straight to premultiplied alpha, in place; says whether anything is not opaque.
pub(crate) fn premultiply(data: &mut [u8]) -> bool {
    let mut transparent = false;
    for pixel in data.chunks_exact_mut(4) {
        let alpha = pixel[3];
        if alpha != 255 {
            transparent = true;
            for channel in &mut pixel[..3] {
                *channel = color::premultiply(*channel, alpha);
            }
        }
    }
    transparent
}

/// Straight RGBA as PNG.
pub(crate) fn encode_png(straight: &[u8], width: u32, height: u32) -> Result<Vec<u8>, EncodeError> {
    use image::ImageEncoder;
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    let mut png = Vec::new();
    PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive)
        .write_image(straight, width, height, image::ExtendedColorType::Rgba8)
        .map_err(|source| EncodeError::new("PNG", source))?;
    Ok(png)
}

/// Premultiplied RGBA, over black, as JPEG.
pub(crate) fn encode_jpeg(data: &[u8], width: u32, height: u32, quality: f32) -> Result<Vec<u8>, EncodeError> {
    let rgb: Vec<u8> = data.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let percent = if quality.is_finite() { (quality.clamp(0.0, 1.0) * 100.0).round().max(1.0) as u8 } else { 92 };
    let mut jpeg = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, percent)
        .encode(&rgb, width, height, image::ExtendedColorType::Rgb8)
        .map_err(|source| EncodeError::new("JPEG", source))?;
    Ok(jpeg)
}

/// Straight RGBA as WebP, without loss.
pub(crate) fn encode_webp(straight: &[u8], width: u32, height: u32) -> Result<Vec<u8>, EncodeError> {
    let mut webp = Vec::new();
    image::codecs::webp::WebPEncoder::new_lossless(&mut webp)
        .encode(straight, width, height, image::ExtendedColorType::Rgba8)
        .map_err(|source| EncodeError::new("WebP", source))?;
    Ok(webp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_bounded() {
        assert!(Frame::new(0, 10).is_err());
        assert!(Frame::new(MAX_SIDE + 1, 1).is_err());
        assert!(Frame::new(MAX_SIDE, MAX_SIDE).is_err());
        let error = Frame::new(u32::MAX, u32::MAX).unwrap_err().to_string();
        assert!(error.contains("4294967295x4294967295"), "{error}");
    }

    #[test]
    fn parts_are_cut_out_and_cleared() {
        let mut frame = Frame::new(10, 8).unwrap();
        frame.clear(Color::WHITE);
        frame.clear_rect(PixelRect::around(Rect::new(2.5, 3.0, 4.0, 100.0)), Color::rgba8(255, 0, 0, 128));
        assert_eq!(frame.pixel(1, 5), Color::WHITE);
        assert_eq!(frame.pixel(2, 2), Color::WHITE);
        assert_eq!(frame.pixel(2, 3), Color::rgba8(255, 0, 0, 128));
        assert_eq!(frame.pixel(3, 7), Color::rgba8(255, 0, 0, 128));
        assert_eq!(frame.pixel(4, 7), Color::WHITE);
        assert_eq!(frame.pixel(10, 0), Color::TRANSPARENT);
        assert_eq!(frame.pixel(0, 8), Color::TRANSPARENT);
        let part = frame.crop(Rect::new(3.0, 7.0, 50.0, 50.0)).unwrap();
        assert_eq!((part.width(), part.height()), (7, 1));
        assert_eq!(part.pixel(0, 0), Color::rgba8(255, 0, 0, 128));
        assert!(frame.crop(Rect::new(20.0, 0.0, 30.0, 5.0)).is_err());
    }

    #[test]
    fn a_png_can_be_read_again() {
        let mut frame = Frame::new(5, 4).unwrap();
        frame.clear_rect(PixelRect { x0: 1, y0: 1, x1: 3, y1: 3 }, Color::rgba8(10, 200, 30, 128));
        let back = image::load_from_memory(&frame.to_png().unwrap()).unwrap().to_rgba8();
        assert_eq!(back.dimensions(), (5, 4));
        let pixel = back.get_pixel(1, 1).0;
        assert!(pixel.iter().zip([10, 200, 30, 128]).all(|(a, b)| a.abs_diff(b) <= 1), "{pixel:?}");
        assert_eq!(back.get_pixel(0, 0).0, [0; 4]);
    }
}
