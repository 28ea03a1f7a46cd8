//! `libimage_packer.so`: pictures as files, encoded by the `image` library.

use super::pixelmap::Pixelmap;
use super::{BAD_PARAMETER, ENCODE_FAILED, ImageString, accessors, coded, create, give, object, release};
use crate::boundary::allocated;
use crate::library::{Export, exports};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, Rgba};
use std::ffi::c_int;
use std::fs::File;
use std::io::{Cursor, Write};
use std::os::fd::BorrowedFd;

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_PackingOptions_Create,
    OH_PackingOptions_GetMimeType,
    OH_PackingOptions_GetMimeTypeWithNull = OH_PackingOptions_GetMimeType,
    OH_PackingOptions_SetMimeType,
    OH_PackingOptions_GetQuality,
    OH_PackingOptions_SetQuality,
    OH_PackingOptions_GetNeedsPackProperties,
    OH_PackingOptions_SetNeedsPackProperties: "without effect",
    OH_PackingOptions_GetDesiredDynamicRange,
    OH_PackingOptions_SetDesiredDynamicRange: "without effect",
    OH_PackingOptions_Release,
    OH_ImagePackerNative_Create,
    OH_ImagePackerNative_PackToDataFromPixelmap: "JPEG, PNG, lossless WebP, GIF, BMP",
    OH_ImagePackerNative_PackToFileFromPixelmap: "JPEG, PNG, lossless WebP, GIF, BMP",
    OH_ImagePackerNative_Release,
];

/// `OH_PackingOptions`.
struct Options {
    mime: String,
    quality: u32,
    properties: bool,
    range: i32,
}

/// `OH_ImagePackerNative`.
struct Packer;

accessors! { Options;
    OH_PackingOptions_GetQuality OH_PackingOptions_SetQuality: quality u32;
    OH_PackingOptions_GetNeedsPackProperties OH_PackingOptions_SetNeedsPackProperties: properties bool;
    OH_PackingOptions_GetDesiredDynamicRange OH_PackingOptions_SetDesiredDynamicRange: range i32;
}

/// # Safety
/// As in C: the result may be written.
unsafe extern "C" fn OH_PackingOptions_Create(out: *mut *mut Options) -> c_int {
    let options = Options { mime: String::new(), quality: 100, properties: false, range: 0 };
    // SAFETY: by the contract of the function.
    coded("OH_PackingOptions_Create", || unsafe { create(out, options) })
}

/// The guest frees the text.
///
/// # Safety
/// As in C: the options are alive, the result may be written.
unsafe extern "C" fn OH_PackingOptions_GetMimeType(options: *mut Options, out: *mut ImageString) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PackingOptions_GetMimeType", || unsafe {
        let mime = object(options)?.mime.as_bytes();
        give(out, ImageString { data: allocated(mime), size: mime.len() })
    })
}

/// # Safety
/// As in C: the options are alive, the text has the length that it says.
unsafe extern "C" fn OH_PackingOptions_SetMimeType(options: *mut Options, mime: *mut ImageString) -> c_int {
    /// No type is longer.
    const LONGEST: usize = 256;
    // SAFETY: by the contract of the function.
    coded("OH_PackingOptions_SetMimeType", || unsafe {
        let mime = object(mime)?;
        if mime.data.is_null() || mime.size == 0 || mime.size > LONGEST {
            return Err(BAD_PARAMETER);
        }
        let bytes = std::slice::from_raw_parts(mime.data.cast::<u8>(), mime.size);
        let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
        object(options)?.mime = std::str::from_utf8(bytes).map_err(|_| BAD_PARAMETER)?.to_owned();
        Ok(())
    })
}

/// # Safety
/// As in C: the options are alive, and not used again.
unsafe extern "C" fn OH_PackingOptions_Release(options: *mut Options) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { release("OH_PackingOptions_Release", options) }
}

/// # Safety
/// As in C: the result may be written.
unsafe extern "C" fn OH_ImagePackerNative_Create(out: *mut *mut Packer) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImagePackerNative_Create", || unsafe { create(out, Packer) })
}

/// # Safety
/// As in C: the packer is alive, and not used again.
unsafe extern "C" fn OH_ImagePackerNative_Release(packer: *mut Packer) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { release("OH_ImagePackerNative_Release", packer) }
}

fn encode(options: &Options, map: &Pixelmap) -> Result<Vec<u8>, c_int> {
    let mut image = map.to_image()?;
    // Files have colours as they are, not multiplied with alpha.
    for Rgba([r, g, b, a]) in image.pixels_mut() {
        let alpha = u16::from(*a);
        let plain = |value: &mut u8| *value = (u16::from(*value) * 255 / alpha.max(1)).min(255) as u8;
        if alpha < 255 {
            [r, g, b].into_iter().for_each(plain);
        }
    }
    let mut out = Cursor::new(Vec::new());
    let done = match options.mime.as_str() {
        "image/jpeg" => {
            let quality = u8::try_from(options.quality.clamp(1, 100)).unwrap_or(100);
            let opaque = image::DynamicImage::ImageRgba8(image).into_rgb8();
            JpegEncoder::new_with_quality(&mut out, quality).encode_image(&opaque)
        }
        "image/png" => image.write_to(&mut out, ImageFormat::Png),
        "image/webp" => image.write_to(&mut out, ImageFormat::WebP),
        "image/gif" => image.write_to(&mut out, ImageFormat::Gif),
        "image/bmp" => image.write_to(&mut out, ImageFormat::Bmp),
        _ => return Err(BAD_PARAMETER),
    };
    done.map_err(|error| {
        tracing::debug!("{}: {error}", options.mime);
        ENCODE_FAILED
    })?;
    Ok(out.into_inner())
}

/// # Safety
/// As in C: everything is alive, there is as much room as is said.
unsafe extern "C" fn OH_ImagePackerNative_PackToDataFromPixelmap(
    packer: *mut Packer,
    options: *mut Options,
    map: *mut Pixelmap,
    out: *mut u8,
    size: *mut usize,
) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImagePackerNative_PackToDataFromPixelmap", || unsafe {
        object(packer)?;
        let bytes = encode(object(options)?, object(map)?)?;
        let room = object(size)?;
        if out.is_null() || *room < bytes.len() {
            return Err(ENCODE_FAILED);
        }
        out.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
        *room = bytes.len();
        Ok(())
    })
}

/// # Safety
/// As in C: everything is alive, the descriptor is open.
unsafe extern "C" fn OH_ImagePackerNative_PackToFileFromPixelmap(
    packer: *mut Packer,
    options: *mut Options,
    map: *mut Pixelmap,
    descriptor: c_int,
) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImagePackerNative_PackToFileFromPixelmap", || unsafe {
        object(packer)?;
        if descriptor < 0 {
            return Err(BAD_PARAMETER);
        }
        let bytes = encode(object(options)?, object(map)?)?;
        let file = BorrowedFd::borrow_raw(descriptor).try_clone_to_owned().map_err(|_| BAD_PARAMETER)?;
        File::from(file).write_all(&bytes).map_err(|_| ENCODE_FAILED)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::RgbaImage;
    use std::ptr::null_mut;

    #[test]
    fn pictures_are_encoded() {
        let image = RgbaImage::from_pixel(3, 2, Rgba([100, 50, 25, 128]));
        let mut map = Pixelmap::from_image(&image, super::super::pixelmap::RGBA_8888, 2).expect("a picture");
        let (mut packer, mut options) = (null_mut(), null_mut());
        // SAFETY: objects are made before they are used, and there is as much room as is said.
        unsafe {
            OH_ImagePackerNative_Create(&mut packer);
            OH_PackingOptions_Create(&mut options);
        }
        let mut pack = |mime: &str| {
            let mut mime = ImageString { data: mime.as_ptr().cast_mut().cast(), size: mime.len() };
            let (mut out, mut size) = (vec![0; 10_000], 10_000);
            // SAFETY: as above.
            let code = unsafe {
                OH_PackingOptions_SetMimeType(options, &mut mime);
                OH_ImagePackerNative_PackToDataFromPixelmap(packer, options, &mut map, out.as_mut_ptr(), &mut size)
            };
            out.truncate(size);
            if code == 0 { Ok(out) } else { Err(code) }
        };
        for (mime, format) in [
            ("image/png", ImageFormat::Png),
            ("image/jpeg", ImageFormat::Jpeg),
            ("image/webp", ImageFormat::WebP),
            ("image/bmp", ImageFormat::Bmp),
            ("image/gif", ImageFormat::Gif),
        ] {
            let file = pack(mime).unwrap_or_default();
            assert_eq!(image::guess_format(&file).ok(), Some(format), "{mime}");
        }
        assert_eq!(pack("image/tga").err(), Some(BAD_PARAMETER));
        let png = image::load_from_memory(&pack("image/png").unwrap_or_default()).expect("a picture").into_rgba8();
        // SAFETY: not used again.
        unsafe {
            OH_PackingOptions_Release(options);
            OH_ImagePackerNative_Release(packer);
        }
        assert_eq!(png.get_pixel(0, 0), &Rgba([199, 99, 49, 128]), "not premultiplied");
    }
}
