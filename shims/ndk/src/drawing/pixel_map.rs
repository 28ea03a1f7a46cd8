//! `drawing_pixel_map.h`: pixel maps of `libpixelmap.so` as pictures and as what is drawn on.

use super::bitmap::{self, ImageInfo, Pixels};
use super::error_code::{Code, INVALID_PARAMETER};
use super::handle::{Handle, functions, objects};
use crate::image::pixelmap::Pixelmap;
use concord_paint::Picture;

/// `OH_Drawing_PixelMap`: a pixel map that stays the guest's.
#[derive(Clone, Copy)]
pub(crate) struct PixelMap(*mut Pixelmap);
objects!(PixelMap);

// SAFETY: that the pixel map is alive, and used by one thread at a time, is up to guests, as in C.
unsafe impl Send for PixelMap {}

impl PixelMap {
    /// Its pixels, to be used at once: the guest may change its size later.
    pub(super) fn pixels(self) -> Result<Pixels, Code> {
        // SAFETY: the guest keeps it alive until `OH_Drawing_PixelMapDissolve`.
        let map = unsafe { self.0.as_mut() }.ok_or(INVALID_PARAMETER)?;
        let (start, row_bytes, [width, height, format, alpha]) = map.raw();
        let color = match format {
            crate::image::pixelmap::RGBA_8888 => bitmap::RGBA_8888,
            crate::image::pixelmap::BGRA_8888 => bitmap::BGRA_8888,
            crate::image::pixelmap::RGB_565 => bitmap::RGB_565,
            crate::image::pixelmap::ALPHA_8 => bitmap::ALPHA_8,
            _ => return Err(INVALID_PARAMETER),
        };
        // The numbers of alpha are the same in both headers; unknown counts as premultiplied.
        let alpha = if alpha == 0 { bitmap::PREMUL } else { alpha };
        // SAFETY: these are the pixel map's own pixels, and the caller uses them at once.
        unsafe { Pixels::over(ImageInfo { width, height, color, alpha }, start, row_bytes) }
    }

    pub(super) fn picture(self) -> Result<Picture, Code> {
        self.pixels()?.picture()
    }
}

functions! {
    fn OH_Drawing_PixelMapGetFromOhPixelMapNative(map: *mut Pixelmap) -> Handle<PixelMap> {
        if map.is_null() {
            return Err(INVALID_PARAMETER);
        }
        Ok(Handle::new(PixelMap(map)))
    }
    fn OH_Drawing_PixelMapDissolve(map: Handle<PixelMap>) { map.release() }
}
