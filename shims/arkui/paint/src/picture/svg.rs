//! SVG pictures.

use std::sync::Arc;

use resvg::{tiny_skia, usvg};

use super::{DecodeError, Format, Picture};
use crate::Color;
use crate::frame::SizeError;

/// Files beyond this size are not read: parsing takes many times the memory.
const MAX_BYTES: usize = 16 << 20;

/// A parsed SVG picture, which can be drawn at any size. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Svg(Arc<usvg::Tree>);

/// Whether a file may be an SVG: markup with an `<svg` element near its start, or compressed.
pub(super) fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    bytes.starts_with(&[0x1f, 0x8b]) || head.windows(4).any(|window| window == b"<svg")
}

impl Svg {
    /// Parses a file, compressed (svgz) or not. Nothing outside the file is read: no linked pictures, no fonts.
    ///
    /// # Errors
    /// When it is damaged or too big.
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        let damaged = |reason: String| DecodeError::Damaged { format: Format::Svg, reason };
        if bytes.len() > MAX_BYTES {
            return Err(damaged(format!("it has {} bytes; at most {MAX_BYTES} are read", bytes.len())));
        }
        let mut options = usvg::Options::default();
        // The default would open files of the host that the picture names.
        options.image_href_resolver.resolve_string = Box::new(|_, _| None);
        let tree = usvg::Tree::from_data(bytes, &options).map_err(|error| damaged(error.to_string()))?;
        Ok(Self(Arc::new(tree)))
    }

    /// Its own size, px.
    pub fn size(&self) -> (f32, f32) {
        (self.0.size().width(), self.0.size().height())
    }

    /// Its own size in whole px, at least 1.
    pub fn pixel_size(&self) -> (u32, u32) {
        let (width, height) = self.size();
        ((width.round() as u32).max(1), (height.round() as u32).max(1))
    }

    /// Draws it, stretched to `width` by `height` px. With `fill`, everything that is painted gets that colour (ArkUI's
    /// `fillColor`) and keeps its opacity.
    ///
    /// # Errors
    /// When the size is beyond the limits.
    pub fn render(&self, width: u32, height: u32, fill: Option<Color>) -> Result<Picture, SizeError> {
        super::check_size(width, height)?;
        let mut pixels = tiny_skia::Pixmap::new(width, height).ok_or(SizeError { width, height })?;
        let (own_width, own_height) = self.size();
        let scale = tiny_skia::Transform::from_scale(width as f32 / own_width, height as f32 / own_height);
        resvg::render(&self.0, scale, &mut pixels.as_mut());
        let mut data = pixels.take();
        if let Some(color) = fill {
            for pixel in data.chunks_exact_mut(4) {
                let alpha = crate::color::premultiply(pixel[3], color.a);
                pixel.copy_from_slice(&Color { a: alpha, ..color }.premultiplied());
            }
        }
        Picture::from_premultiplied_rgba(data, width, height)
    }
}
