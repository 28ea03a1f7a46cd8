//! What ArkUI draws with: colours, brushes, pictures, display lists, and a raster that turns lists into pixels.
//!
//! All lengths are device px. Everything here takes numbers and files from apps, so nothing panics on them: what cannot be
//! drawn is left out, what cannot be read is a typed error, and sizes are bounded.
#![forbid(unsafe_code)]

mod blend;
mod brush;
mod canvas;
mod color;
mod damage;
pub mod exif;
mod filter;
mod frame;
mod geometry;
mod list;
mod painter;
mod picture;
mod raster;
mod surface;

pub use vello_cpu::kurbo;
pub use vello_cpu::peniko::{Blob, FontData};

pub use blend::BlendMode;
pub use brush::{Brush, ColorStop, Extend, Gradient, GradientKind, Pattern};
pub use canvas::Canvas;
pub use color::Color;
pub use filter::{ColorMatrix, Filter, GradientBlur, PixelStretch, Spherical};
pub use frame::{EncodeError, Frame, MAX_PIXELS, MAX_SIDE, PixelRect, SizeError};
pub use geometry::{Matrix4, sigma_of_radius};
pub use list::{DisplayList, FillRule, Glyph, GlyphRun, LayerStyle, Mask, MaskMode, Sampling, ShadowShape};
pub use painter::Painter;
pub use picture::svg;
pub use picture::{AnimationInfo, DecodeError, Format, FrameTiming, Picture, PictureFrame, PictureInfo, encode_gif};
pub use raster::{CpuRaster, Raster};
pub use surface::Surface;
