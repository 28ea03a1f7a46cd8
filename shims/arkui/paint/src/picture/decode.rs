//! Reading picture files. They come from apps or from the network, so sizes are checked before memory is taken.

use std::io::Cursor;
use std::time::Duration;

use image::metadata::Orientation;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::{Picture, svg};
use crate::frame::{MAX_PIXELS, MAX_SIDE, SizeError};

/// The most memory a decoder may take for itself and its result.
const MAX_DECODER_BYTES: u64 = 512 << 20;
/// The most memory that all frames of an animation may take.
const MAX_ANIMATION_BYTES: usize = 256 << 20;
/// The most frames of an animation that are read.
const MAX_FRAMES: usize = 2000;
/// How long a frame without a delay of its own is shown, as browsers do.
const DEFAULT_DELAY: Duration = Duration::from_millis(100);

/// Why a picture cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// None of the formats that are read.
    #[error("not a picture of a known format (PNG, JPEG, WebP, GIF, BMP, ICO or SVG): it starts with {start:02x?}")]
    UnknownFormat {
        /// The first bytes.
        start: Vec<u8>,
    },
    /// A damaged file.
    #[error("the {format:?} picture is damaged: {reason}")]
    Damaged {
        /// What it says it is.
        format: Format,
        /// What is wrong.
        reason: String,
    },
    /// Too big.
    #[error("the {format:?} picture is too big: {size}")]
    TooBig {
        /// What it says it is.
        format: Format,
        /// How big.
        size: SizeError,
    },
    /// The decoder would need too much memory.
    #[error("the {format:?} picture needs more memory than a picture may take ({limit} bytes)")]
    TooMuchMemory {
        /// What it says it is.
        format: Format,
        /// The limit.
        limit: u64,
    },
}

/// The format of a picture file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Portable Network Graphics (its animated form shows the first picture).
    Png,
    /// JPEG.
    Jpeg,
    /// WebP, still or animated.
    WebP,
    /// GIF, still or animated.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// Windows icon.
    Ico,
    /// Scalable Vector Graphics.
    Svg,
}

impl Format {
    /// The format of a file by its first bytes.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match image::guess_format(bytes) {
            Ok(ImageFormat::Png) => Some(Self::Png),
            Ok(ImageFormat::Jpeg) => Some(Self::Jpeg),
            Ok(ImageFormat::WebP) => Some(Self::WebP),
            Ok(ImageFormat::Gif) => Some(Self::Gif),
            Ok(ImageFormat::Bmp) => Some(Self::Bmp),
            Ok(ImageFormat::Ico) => Some(Self::Ico),
            _ => svg::looks_like_svg(bytes).then_some(Self::Svg),
        }
    }

    /// Its MIME type.
    pub fn mime_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Bmp => "image/bmp",
            Self::Ico => "image/x-icon",
            Self::Svg => "image/svg+xml",
        }
    }

    fn to_image(self) -> Option<ImageFormat> {
        Some(match self {
            Self::Png => ImageFormat::Png,
            Self::Jpeg => ImageFormat::Jpeg,
            Self::WebP => ImageFormat::WebP,
            Self::Gif => ImageFormat::Gif,
            Self::Bmp => ImageFormat::Bmp,
            Self::Ico => ImageFormat::Ico,
            Self::Svg => return None,
        })
    }
}

/// What a file says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureInfo {
    /// Its format.
    pub format: Format,
    /// Px, as it is shown (a JPEG that lies on its side is turned).
    pub width: u32,
    /// Px.
    pub height: u32,
    /// Whether width and height of what is stored are the other way round.
    pub turned: bool,
}

/// One picture of an animation.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureFrame {
    /// The whole picture at that time.
    pub picture: Picture,
    /// How long it is shown.
    pub delay: Duration,
}

impl Picture {
    /// Reads a picture file of any known format; of an animation, the first picture. An SVG is drawn at `svg_size` (px), or
    /// at its own size.
    ///
    /// # Errors
    /// When the format is unknown, the file is damaged, or the picture would be too big.
    pub fn decode(bytes: &[u8], svg_size: Option<(u32, u32)>) -> Result<Self, DecodeError> {
        Self::read(bytes, svg_size, true)
    }

    /// The same, but a JPEG that says that it lies on its side stays as it is.
    ///
    /// # Errors
    /// As [`Picture::decode`].
    pub fn decode_as_stored(bytes: &[u8], svg_size: Option<(u32, u32)>) -> Result<Self, DecodeError> {
        Self::read(bytes, svg_size, false)
    }

    fn read(bytes: &[u8], svg_size: Option<(u32, u32)>, upright: bool) -> Result<Self, DecodeError> {
        let format = format_of(bytes)?;
        let Some(image_format) = format.to_image() else {
            let svg = svg::Svg::parse(bytes)?;
            let (width, height) = svg_size.unwrap_or_else(|| svg.pixel_size());
            return svg.render(width, height, None).map_err(|size| DecodeError::TooBig { format, size });
        };
        let (mut decoder, orientation) = open(bytes, format, image_format)?;
        decoder.set_limits(limits()).map_err(|error| explain(format, &error))?;
        let mut image = DynamicImage::from_decoder(decoder).map_err(|error| explain(format, &error))?;
        if upright {
            image.apply_orientation(orientation);
        }
        from_image(image, format)
    }

    /// Size and format of a picture file, without decoding its pixels.
    ///
    /// # Errors
    /// When the format is unknown or the file is damaged.
    pub fn info(bytes: &[u8]) -> Result<PictureInfo, DecodeError> {
        let format = format_of(bytes)?;
        let Some(image_format) = format.to_image() else {
            let (width, height) = svg::Svg::parse(bytes)?.pixel_size();
            return Ok(PictureInfo { format, width, height, turned: false });
        };
        let (decoder, orientation) = open(bytes, format, image_format)?;
        let (width, height) = decoder.dimensions();
        let turned = matches!(
            orientation,
            Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
        );
        let (width, height) = if turned { (height, width) } else { (width, height) };
        Ok(PictureInfo { format, width, height, turned })
    }

    /// All pictures of an animated GIF or WebP; one for everything else. A file that breaks off in the middle gives the
    /// pictures before.
    ///
    /// # Errors
    /// As [`Picture::decode`].
    pub fn frames(bytes: &[u8], svg_size: Option<(u32, u32)>) -> Result<Vec<PictureFrame>, DecodeError> {
        let format = format_of(bytes)?;
        let damaged = |error: ImageError| explain(format, &error);
        let frames = match format {
            Format::Gif => {
                check(format, open(bytes, format, ImageFormat::Gif)?.0.dimensions())?;
                let mut decoder = image::codecs::gif::GifDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
                decoder.set_limits(limits()).map_err(damaged)?;
                decoder.into_frames()
            }
            Format::WebP => {
                let mut decoder = image::codecs::webp::WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
                check(format, decoder.dimensions())?;
                decoder.set_limits(limits()).map_err(damaged)?;
                if !decoder.has_animation() {
                    let picture = Self::decode(bytes, None)?;
                    return Ok(vec![PictureFrame { picture, delay: DEFAULT_DELAY }]);
                }
                decoder.into_frames()
            }
            _ => {
                let picture = Self::decode(bytes, svg_size)?;
                return Ok(vec![PictureFrame { picture, delay: DEFAULT_DELAY }]);
            }
        };
        collect(frames, format)
    }
}

fn collect(frames: image::Frames<'_>, format: Format) -> Result<Vec<PictureFrame>, DecodeError> {
    let mut pictures: Vec<PictureFrame> = Vec::new();
    let mut bytes = 0;
    for frame in frames.take(MAX_FRAMES) {
        let frame = match frame {
            Ok(frame) => frame,
            Err(error) if pictures.is_empty() => return Err(explain(format, &error)),
            Err(error) => {
                tracing::debug!("a {format:?} animation ends after {} pictures: {error}", pictures.len());
                break;
            }
        };
        let delay = Duration::from(frame.delay());
        let picture = from_image(DynamicImage::ImageRgba8(frame.into_buffer()), format)?;
        bytes += picture.byte_count();
        if bytes > MAX_ANIMATION_BYTES && !pictures.is_empty() {
            tracing::warn!("a {format:?} animation is too big; it ends after {} pictures", pictures.len());
            break;
        }
        // Delays of a hundredth of a second or less are a mistake of old encoders.
        let delay = if delay <= Duration::from_millis(10) { DEFAULT_DELAY } else { delay };
        pictures.push(PictureFrame { picture, delay });
    }
    if pictures.is_empty() {
        return Err(DecodeError::Damaged { format, reason: "it has no picture".to_owned() });
    }
    Ok(pictures)
}

pub(super) fn format_of(bytes: &[u8]) -> Result<Format, DecodeError> {
    Format::of(bytes).ok_or_else(|| DecodeError::UnknownFormat { start: bytes.iter().copied().take(8).collect() })
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODER_BYTES);
    limits
}

/// A decoder whose size was checked, and how the picture has to be turned.
fn open(
    bytes: &[u8],
    format: Format,
    image_format: ImageFormat,
) -> Result<(impl ImageDecoder + '_, Orientation), DecodeError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), image_format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(|error| explain(format, &error))?;
    check(format, decoder.dimensions())?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((decoder, orientation))
}

fn check(format: Format, (width, height): (u32, u32)) -> Result<(), DecodeError> {
    super::check_size(width, height).map(|_| ()).map_err(|size| DecodeError::TooBig { format, size })
}

fn from_image(image: DynamicImage, format: Format) -> Result<Picture, DecodeError> {
    let rgba = image.into_rgba8();
    let (width, height) = rgba.dimensions();
    let mut data = rgba.into_raw();
    crate::frame::premultiply(&mut data);
    Picture::from_premultiplied_rgba(data, width, height).map_err(|size| DecodeError::TooBig { format, size })
}

fn explain(format: Format, error: &ImageError) -> DecodeError {
    match error {
        ImageError::Limits(_) => DecodeError::TooMuchMemory { format, limit: MAX_DECODER_BYTES.min(MAX_PIXELS * 4) },
        other => DecodeError::Damaged { format, reason: other.to_string() },
    }
}
