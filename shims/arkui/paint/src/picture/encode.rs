//! Pictures into one file that moves.

use std::time::Duration;

use image::codecs::gif::{GifEncoder, Repeat};
use image::{Delay, Frame, ImageError, RgbaImage};

use super::Picture;
use crate::EncodeError;

/// A GIF of pictures of one size, each shown as long as it says (a hundredth of a second is the smallest step). `loops` is how often all
/// are shown, without end when it is none. `disposals` are GIF's numbers for what becomes of a picture before the next; those left
/// out leave it.
///
/// # Errors
/// When there are none, their sizes differ, or the encoder fails.
pub fn encode_gif(
    frames: &[(Picture, Duration)],
    loops: Option<u16>,
    disposals: &[u8],
) -> Result<Vec<u8>, EncodeError> {
    let failed = |source: ImageError| EncodeError::new("GIF", source);
    let wrong = |reason: &str| {
        failed(ImageError::Parameter(image::error::ParameterError::from_kind(
            image::error::ParameterErrorKind::Generic(reason.to_owned()),
        )))
    };
    let first = frames.first().ok_or_else(|| wrong("there are no pictures"))?;
    let size = (first.0.width(), first.0.height());
    if frames.iter().any(|(picture, _)| (picture.width(), picture.height()) != size) {
        return Err(wrong("the pictures have different sizes"));
    }
    let mut gif = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut gif, 10);
    match loops {
        None => encoder.set_repeat(Repeat::Infinite).map_err(failed)?,
        // The file says how often it is shown again.
        Some(loops) if loops > 1 => encoder.set_repeat(Repeat::Finite(loops - 1)).map_err(failed)?,
        Some(_) => {}
    }
    for (picture, delay) in frames {
        let pixels = RgbaImage::from_raw(size.0, size.1, picture.to_straight_rgba());
        let pixels = pixels.ok_or_else(|| wrong("a picture lacks pixels"))?;
        let delay = Delay::from_saturating_duration(*delay);
        encoder.encode_frame(Frame::from_parts(pixels, 0, 0, delay)).map_err(failed)?;
    }
    drop(encoder);
    set_disposals(&mut gif, disposals);
    Ok(gif)
}

/// Writes disposals over those of the encoder, which knows only one for all.
fn set_disposals(gif: &mut [u8], disposals: &[u8]) {
    for (place, index) in super::animation::control_flags(gif).into_iter().zip(0..) {
        let disposal = disposals.get::<usize>(index).copied().filter(|number| *number <= 3).unwrap_or(1);
        if let Some(flags) = gif.get_mut(place) {
            *flags = *flags & 0xe3 | disposal << 2;
        }
    }
}
