//! `libpixelmap.so`: pictures as pixels in memory.

use super::change::*;
use super::{
    BAD_PARAMETER, MOST_PIXELS, TOO_LARGE, UNSUPPORTED_CONVERSION, accessors, coded, create, give, object, release,
};
use crate::library::{Export, exports};
use image::{Rgba, RgbaImage};
use std::ffi::{c_int, c_void};
use std::sync::atomic::{AtomicU32, Ordering};

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_PixelmapInitializationOptions_Create,
    OH_PixelmapInitializationOptions_GetWidth,
    OH_PixelmapInitializationOptions_SetWidth,
    OH_PixelmapInitializationOptions_GetHeight,
    OH_PixelmapInitializationOptions_SetHeight,
    OH_PixelmapInitializationOptions_GetPixelFormat,
    OH_PixelmapInitializationOptions_SetPixelFormat,
    OH_PixelmapInitializationOptions_GetSrcPixelFormat,
    OH_PixelmapInitializationOptions_SetSrcPixelFormat,
    OH_PixelmapInitializationOptions_GetRowStride,
    OH_PixelmapInitializationOptions_SetRowStride,
    OH_PixelmapInitializationOptions_GetAlphaType,
    OH_PixelmapInitializationOptions_SetAlphaType,
    OH_PixelmapInitializationOptions_GetEditable,
    OH_PixelmapInitializationOptions_SetEditable,
    OH_PixelmapInitializationOptions_Release,
    OH_PixelmapImageInfo_Create,
    OH_PixelmapImageInfo_GetWidth,
    OH_PixelmapImageInfo_GetHeight,
    OH_PixelmapImageInfo_GetRowStride,
    OH_PixelmapImageInfo_GetPixelFormat,
    OH_PixelmapImageInfo_GetAlphaMode = OH_PixelmapImageInfo_GetAlphaType,
    OH_PixelmapImageInfo_GetAlphaType,
    OH_PixelmapImageInfo_GetDynamicRange: "never HDR",
    OH_PixelmapImageInfo_Release,
    OH_PixelmapNative_CreatePixelmap: "RGB_565, RGBA_8888, BGRA_8888, RGB_888 and ALPHA_8",
    OH_PixelmapNative_CreatePixelmapUsingAllocator: "the allocator is not looked at",
    OH_PixelmapNative_CreateEmptyPixelmap: "RGB_565, RGBA_8888, BGRA_8888, RGB_888 and ALPHA_8",
    OH_PixelmapNative_CreateEmptyPixelmapUsingAllocator: "the allocator is not looked at",
    OH_PixelmapNative_ReadPixels,
    OH_PixelmapNative_WritePixels,
    OH_PixelmapNative_GetArgbPixels,
    OH_PixelmapNative_GetImageInfo,
    OH_PixelmapNative_SetOpacity = OH_PixelmapNative_Opacity,
    OH_PixelmapNative_Opacity,
    OH_PixelmapNative_ApplyScale = OH_PixelmapNative_Scale,
    OH_PixelmapNative_Scale,
    OH_PixelmapNative_ApplyScaleWithAntiAliasing = OH_PixelmapNative_ScaleWithAntiAliasing,
    OH_PixelmapNative_ScaleWithAntiAliasing,
    OH_PixelmapNative_CreateScaledPixelMap,
    OH_PixelmapNative_CreateScaledPixelMapWithAntiAliasing,
    OH_PixelmapNative_ApplyTranslate = OH_PixelmapNative_Translate,
    OH_PixelmapNative_Translate,
    OH_PixelmapNative_CreateAlphaPixelmap,
    OH_PixelmapNative_Clone,
    OH_PixelmapNative_ApplyRotate = OH_PixelmapNative_Rotate: "multiples of 90 degrees",
    OH_PixelmapNative_Rotate: "multiples of 90 degrees",
    OH_PixelmapNative_ApplyFlip = OH_PixelmapNative_Flip,
    OH_PixelmapNative_Flip,
    OH_PixelmapNative_ApplyCrop = OH_PixelmapNative_Crop,
    OH_PixelmapNative_Crop,
    OH_PixelmapNative_Release,
    OH_PixelmapNative_Destroy,
    OH_PixelmapNative_GetByteCount,
    OH_PixelmapNative_GetAllocationByteCount = OH_PixelmapNative_GetByteCount,
    OH_PixelmapNative_AccessPixels,
    OH_PixelmapNative_UnaccessPixels,
    OH_PixelmapNative_GetUniqueId,
];

// `PIXEL_FORMAT`.
const FORMAT_UNKNOWN: i32 = 0;
pub(crate) const RGB_565: i32 = 2;
pub(crate) const RGBA_8888: i32 = 3;
pub(crate) const BGRA_8888: i32 = 4;
const RGB_888: i32 = 5;
pub(crate) const ALPHA_8: i32 = 6;

// `PIXELMAP_ALPHA_TYPE`.
const ALPHA_UNKNOWN: i32 = 0;
pub(super) const ALPHA_PREMULTIPLIED: i32 = 2;

/// `OH_Pixelmap_InitializationOptions`.
#[derive(Clone, Copy)]
struct Options {
    width: u32,
    height: u32,
    format: i32,
    source_format: i32,
    /// Bytes from row to row of what is given; 0 for rows without gaps.
    row_stride: i32,
    alpha: i32,
    editable: bool,
}

/// `OH_Pixelmap_ImageInfo`.
#[derive(Clone, Copy, Default)]
struct Info {
    width: u32,
    height: u32,
    row_stride: u32,
    format: i32,
    alpha: i32,
    hdr: bool,
}

accessors! { Options;
    OH_PixelmapInitializationOptions_GetWidth OH_PixelmapInitializationOptions_SetWidth: width u32;
    OH_PixelmapInitializationOptions_GetHeight OH_PixelmapInitializationOptions_SetHeight: height u32;
    OH_PixelmapInitializationOptions_GetPixelFormat OH_PixelmapInitializationOptions_SetPixelFormat: format i32;
    OH_PixelmapInitializationOptions_GetSrcPixelFormat OH_PixelmapInitializationOptions_SetSrcPixelFormat: source_format i32;
    OH_PixelmapInitializationOptions_GetRowStride OH_PixelmapInitializationOptions_SetRowStride: row_stride i32;
    OH_PixelmapInitializationOptions_GetAlphaType OH_PixelmapInitializationOptions_SetAlphaType: alpha i32;
    OH_PixelmapInitializationOptions_GetEditable OH_PixelmapInitializationOptions_SetEditable: editable bool;
}

accessors! { Info;
    OH_PixelmapImageInfo_GetWidth: width u32;
    OH_PixelmapImageInfo_GetHeight: height u32;
    OH_PixelmapImageInfo_GetRowStride: row_stride u32;
    OH_PixelmapImageInfo_GetPixelFormat: format i32;
    OH_PixelmapImageInfo_GetAlphaType: alpha i32;
    OH_PixelmapImageInfo_GetDynamicRange: hdr bool;
}

/// `OH_PixelmapNative`: rows of pixels without gaps.
pub(crate) struct Pixelmap {
    width: u32,
    height: u32,
    pub(super) format: i32,
    pub(super) alpha: i32,
    pixels: Vec<u8>,
    number: u32,
}

/// Bytes of a pixel; `None` for formats that are not here.
fn pixel_size(format: i32) -> Option<usize> {
    Some(match format {
        RGB_565 => 2,
        RGBA_8888 | BGRA_8888 => 4,
        RGB_888 => 3,
        ALPHA_8 => 1,
        _ => return None,
    })
}

/// One pixel as red, green, blue, alpha.
fn to_rgba(format: i32, pixel: &[u8]) -> [u8; 4] {
    match (format, pixel) {
        (RGBA_8888, &[r, g, b, a]) | (BGRA_8888, &[b, g, r, a]) => [r, g, b, a],
        (RGB_888, &[r, g, b]) => [r, g, b, 255],
        (ALPHA_8, &[a]) => [0, 0, 0, a],
        (RGB_565, &[low, high]) => {
            let word = u16::from_le_bytes([low, high]);
            let (r, g, b) = ((word >> 11) as u8, (word >> 5 & 0x3f) as u8, (word & 0x1f) as u8);
            [r << 3 | r >> 2, g << 2 | g >> 4, b << 3 | b >> 2, 255]
        }
        _ => [0; 4],
    }
}

/// Appends a pixel in a format.
fn push(format: i32, [r, g, b, a]: [u8; 4], out: &mut Vec<u8>) {
    match format {
        RGBA_8888 => out.extend([r, g, b, a]),
        BGRA_8888 => out.extend([b, g, r, a]),
        RGB_888 => out.extend([r, g, b]),
        ALPHA_8 => out.push(a),
        _ => out.extend((u16::from(r >> 3) << 11 | u16::from(g >> 2) << 5 | u16::from(b >> 3)).to_le_bytes()),
    }
}

impl Pixelmap {
    fn with(width: u32, height: u32, format: i32, alpha: i32, pixels: Vec<u8>) -> Pixelmap {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        Pixelmap { width, height, format, alpha, pixels, number: NUMBER.fetch_add(1, Ordering::Relaxed) }
    }

    /// A picture in a format.
    pub(crate) fn from_image(image: &RgbaImage, format: i32, alpha: i32) -> Result<Pixelmap, c_int> {
        let size = pixel_size(format).ok_or(UNSUPPORTED_CONVERSION)?;
        let (width, height) = image.dimensions();
        let mut pixels = Vec::with_capacity(image.pixels().len() * size);
        for Rgba(pixel) in image.pixels() {
            push(format, *pixel, &mut pixels);
        }
        Ok(Pixelmap::with(width, height, format, alpha, pixels))
    }

    /// The picture for libraries that deal with pictures.
    pub(super) fn to_image(&self) -> Result<RgbaImage, c_int> {
        let size = pixel_size(self.format).ok_or(UNSUPPORTED_CONVERSION)?;
        let bytes = self.pixels.chunks_exact(size).flat_map(|pixel| to_rgba(self.format, pixel)).collect();
        RgbaImage::from_raw(self.width, self.height, bytes).ok_or(BAD_PARAMETER)
    }

    /// Where the pixels are, the bytes of a row, and width, height, format and alpha type.
    pub(crate) fn raw(&mut self) -> (*mut u8, usize, [i32; 4]) {
        let row = self.width as usize * pixel_size(self.format).unwrap_or(0);
        (self.pixels.as_mut_ptr(), row, [self.width as i32, self.height as i32, self.format, self.alpha])
    }

    /// The same picture with a number of its own.
    pub(super) fn copy(&self) -> Pixelmap {
        Pixelmap::with(self.width, self.height, self.format, self.alpha, self.pixels.clone())
    }

    /// Replaces the picture by what is made of it; the format stays.
    pub(super) fn change(&mut self, change: impl FnOnce(&RgbaImage) -> Result<RgbaImage, c_int>) -> Result<(), c_int> {
        let changed = change(&self.to_image()?)?;
        let changed = Pixelmap::from_image(&changed, self.format, self.alpha)?;
        (self.width, self.height, self.pixels) = (changed.width, changed.height, changed.pixels);
        Ok(())
    }
}

/// Refuses pictures without pixels, and those that are too large.
pub(super) fn check(width: u32, height: u32) -> Result<(), c_int> {
    match u64::from(width) * u64::from(height) {
        0 => Err(BAD_PARAMETER),
        pixels if pixels > MOST_PIXELS => Err(TOO_LARGE),
        _ => Ok(()),
    }
}

/// # Safety
/// As in C: the result may be written.
unsafe extern "C" fn OH_PixelmapInitializationOptions_Create(out: *mut *mut Options) -> c_int {
    let options = Options {
        width: 0,
        height: 0,
        format: FORMAT_UNKNOWN,
        source_format: BGRA_8888,
        row_stride: 0,
        alpha: ALPHA_UNKNOWN,
        editable: false,
    };
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapInitializationOptions_Create", || unsafe { create(out, options) })
}

/// # Safety
/// As in C: the options are alive, and not used again.
unsafe extern "C" fn OH_PixelmapInitializationOptions_Release(options: *mut Options) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { release("OH_PixelmapInitializationOptions_Release", options) }
}

/// # Safety
/// As in C: the result may be written.
unsafe extern "C" fn OH_PixelmapImageInfo_Create(out: *mut *mut Info) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapImageInfo_Create", || unsafe { create(out, Info::default()) })
}

/// # Safety
/// As in C: the info is alive, and not used again.
unsafe extern "C" fn OH_PixelmapImageInfo_Release(info: *mut Info) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { release("OH_PixelmapImageInfo_Release", info) }
}

impl Options {
    /// The format of the picture, and how its alpha is meant.
    fn kind(&self) -> Result<(i32, i32), c_int> {
        check(self.width, self.height)?;
        let format = if self.format == FORMAT_UNKNOWN { RGBA_8888 } else { self.format };
        pixel_size(format).ok_or(UNSUPPORTED_CONVERSION)?;
        Ok((format, if self.alpha == ALPHA_UNKNOWN { ALPHA_PREMULTIPLIED } else { self.alpha }))
    }
}

/// # Safety
/// As in C: there are as many bytes, the options are alive, the result may be written.
unsafe extern "C" fn OH_PixelmapNative_CreatePixelmap(
    data: *const u8,
    length: usize,
    options: *mut Options,
    out: *mut *mut Pixelmap,
) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapNative_CreatePixelmap", || unsafe {
        let options = object(options)?;
        let (format, alpha) = options.kind()?;
        if data.is_null() || isize::try_from(length).is_err() {
            return Err(BAD_PARAMETER);
        }
        let given = std::slice::from_raw_parts(data, length);
        let source = if options.source_format == FORMAT_UNKNOWN { BGRA_8888 } else { options.source_format };
        let size = pixel_size(source).ok_or(UNSUPPORTED_CONVERSION)?;
        let row = options.width as usize * size;
        let stride = usize::try_from(options.row_stride).ok().filter(|stride| *stride != 0).unwrap_or(row);
        if stride < row {
            return Err(BAD_PARAMETER);
        }
        let mut pixels = Vec::new();
        for y in 0..options.height as usize {
            let start = y.checked_mul(stride).ok_or(BAD_PARAMETER)?;
            let row = given.get(start..start + row).ok_or(BAD_PARAMETER)?;
            if source == format {
                pixels.extend_from_slice(row);
            } else {
                row.chunks_exact(size).for_each(|pixel| push(format, to_rgba(source, pixel), &mut pixels));
            }
        }
        create(out, Pixelmap::with(options.width, options.height, format, alpha, pixels))
    })
}

/// # Safety
/// As for [`OH_PixelmapNative_CreatePixelmap`].
unsafe extern "C" fn OH_PixelmapNative_CreatePixelmapUsingAllocator(
    data: *const u8,
    length: usize,
    options: *mut Options,
    _allocator: c_int,
    out: *mut *mut Pixelmap,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { OH_PixelmapNative_CreatePixelmap(data, length, options, out) }
}

/// # Safety
/// As in C: the options are alive, the result may be written.
unsafe extern "C" fn OH_PixelmapNative_CreateEmptyPixelmap(options: *mut Options, out: *mut *mut Pixelmap) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapNative_CreateEmptyPixelmap", || unsafe {
        let options = object(options)?;
        let (format, alpha) = options.kind()?;
        let size = pixel_size(format).ok_or(UNSUPPORTED_CONVERSION)?;
        let pixels = vec![0; options.width as usize * options.height as usize * size];
        create(out, Pixelmap::with(options.width, options.height, format, alpha, pixels))
    })
}

/// # Safety
/// As for [`OH_PixelmapNative_CreateEmptyPixelmap`].
unsafe extern "C" fn OH_PixelmapNative_CreateEmptyPixelmapUsingAllocator(
    options: *mut Options,
    _allocator: c_int,
    out: *mut *mut Pixelmap,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { OH_PixelmapNative_CreateEmptyPixelmap(options, out) }
}

/// Copies bytes to where the guest has room for `*size`, and says how many there are.
///
/// # Safety
/// The size may be read and written, and there is as much room.
unsafe fn copy_out(bytes: &[u8], out: *mut u8, size: *mut usize) -> Result<(), c_int> {
    // SAFETY: by the contract of the function.
    unsafe {
        let room = object(size)?;
        if out.is_null() || *room < bytes.len() {
            return Err(BAD_PARAMETER);
        }
        out.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
        *room = bytes.len();
    }
    Ok(())
}

/// # Safety
/// As in C: the picture is alive, there is as much room as is said.
unsafe extern "C" fn OH_PixelmapNative_ReadPixels(map: *mut Pixelmap, out: *mut u8, size: *mut usize) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapNative_ReadPixels", || unsafe { copy_out(&object(map)?.pixels, out, size) })
}

/// # Safety
/// As in C: the picture is alive, there are as many bytes.
unsafe extern "C" fn OH_PixelmapNative_WritePixels(map: *mut Pixelmap, source: *const u8, size: usize) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapNative_WritePixels", || unsafe {
        let map = object(map)?;
        if source.is_null() || size < map.pixels.len() {
            return Err(BAD_PARAMETER);
        }
        let length = map.pixels.len();
        map.pixels.copy_from_slice(std::slice::from_raw_parts(source, length));
        Ok(())
    })
}

/// Alpha, red, green, blue as words: blue comes first in memory.
///
/// # Safety
/// As for [`OH_PixelmapNative_ReadPixels`].
unsafe extern "C" fn OH_PixelmapNative_GetArgbPixels(map: *mut Pixelmap, out: *mut u8, size: *mut usize) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapNative_GetArgbPixels", || unsafe {
        let image = object(map)?.to_image()?;
        let bytes: Vec<u8> = image.pixels().flat_map(|Rgba([r, g, b, a])| [*b, *g, *r, *a]).collect();
        copy_out(&bytes, out, size)
    })
}

/// # Safety
/// As in C: both are alive.
unsafe extern "C" fn OH_PixelmapNative_GetImageInfo(map: *mut Pixelmap, info: *mut Info) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapNative_GetImageInfo", || unsafe {
        let map = object(map)?;
        *object(info)? = Info {
            width: map.width,
            height: map.height,
            row_stride: map.width * pixel_size(map.format).unwrap_or(0) as u32,
            format: map.format,
            alpha: map.alpha,
            hdr: false,
        };
        Ok(())
    })
}

/// # Safety
/// As in C: the picture is alive, and not used again.
unsafe extern "C" fn OH_PixelmapNative_Release(map: *mut Pixelmap) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { release("OH_PixelmapNative_Release", map) }
}

/// # Safety
/// As in C: the picture is alive, and not used again.
unsafe extern "C" fn OH_PixelmapNative_Destroy(map: *mut *mut Pixelmap) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        let Ok(map) = object(map) else { return BAD_PARAMETER };
        release("OH_PixelmapNative_Destroy", std::mem::replace(map, std::ptr::null_mut()))
    }
}

/// # Safety
/// As in C: the picture is alive, the result may be written.
unsafe extern "C" fn OH_PixelmapNative_GetByteCount(map: *mut Pixelmap, out: *mut u32) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapNative_GetByteCount", || unsafe {
        give(out, u32::try_from(object(map)?.pixels.len()).unwrap_or(u32::MAX))
    })
}

/// # Safety
/// As in C: the picture is alive, the result may be written.
unsafe extern "C" fn OH_PixelmapNative_AccessPixels(map: *mut Pixelmap, out: *mut *mut c_void) -> c_int {
    // SAFETY: by the contract of the function. The pixels stay in place until the picture is changed.
    coded("OH_PixelmapNative_AccessPixels", || unsafe { give(out, object(map)?.pixels.as_mut_ptr().cast()) })
}

extern "C" fn OH_PixelmapNative_UnaccessPixels(map: *mut Pixelmap) -> c_int {
    if map.is_null() { BAD_PARAMETER } else { super::OK }
}

/// # Safety
/// As in C: the picture is alive, the result may be written.
unsafe extern "C" fn OH_PixelmapNative_GetUniqueId(map: *mut Pixelmap, out: *mut u32) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapNative_GetUniqueId", || unsafe { give(out, object(map)?.number) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::{INVALID_REGION, Region};
    use std::ptr::null_mut;

    /// A picture of 3 × 2 pixels whose red counts from 0.
    fn picture(format: i32) -> *mut Pixelmap {
        let data: Vec<u8> = (0..6).flat_map(|n| [n * 40, 100, 200, 255]).collect();
        let (mut options, mut map) = (null_mut(), null_mut());
        // SAFETY: objects are made before they are used, and there are as many bytes as is said.
        unsafe {
            OH_PixelmapInitializationOptions_Create(&mut options);
            OH_PixelmapInitializationOptions_SetWidth(options, 3);
            OH_PixelmapInitializationOptions_SetHeight(options, 2);
            OH_PixelmapInitializationOptions_SetPixelFormat(options, format);
            OH_PixelmapInitializationOptions_SetSrcPixelFormat(options, RGBA_8888);
            assert_eq!(
                OH_PixelmapNative_CreatePixelmap(data.as_ptr(), 23, options, &mut map),
                BAD_PARAMETER,
                "too few"
            );
            assert_eq!(OH_PixelmapNative_CreatePixelmap(data.as_ptr(), 24, options, &mut map), super::super::OK);
            OH_PixelmapInitializationOptions_Release(options);
        }
        map
    }

    fn bytes(map: *mut Pixelmap) -> Vec<u8> {
        let (mut out, mut size) = (vec![0; 1000], 1000);
        // SAFETY: there is as much room as is said.
        unsafe { assert_eq!(OH_PixelmapNative_ReadPixels(map, out.as_mut_ptr(), &mut size), super::super::OK) };
        out.truncate(size);
        out
    }

    #[test]
    fn pictures_have_formats() {
        // SAFETY: pictures are alive until released.
        unsafe {
            let map = picture(BGRA_8888);
            assert_eq!(bytes(map)[..8], [200, 100, 0, 255, 200, 100, 40, 255]);
            OH_PixelmapNative_Release(map);
            let map = picture(RGB_565);
            assert_eq!(bytes(map).len(), 12);
            assert_eq!(bytes(map)[..2], (25_u16 << 5 | 25).to_le_bytes());
            OH_PixelmapNative_Release(map);
            let map = picture(RGB_888);
            assert_eq!(bytes(map)[3..6], [40, 100, 200]);
            OH_PixelmapNative_Release(map);
        }
    }

    #[test]
    fn pictures_are_changed() {
        // SAFETY: pictures are alive until released, results may be written.
        unsafe {
            let map = picture(RGBA_8888);
            let reds = |map| bytes(map).chunks(4).map(|pixel| pixel[0] / 40).collect::<Vec<_>>();
            assert_eq!(OH_PixelmapNative_Rotate(map, 90.0), 0);
            assert_eq!(reds(map), [3, 0, 4, 1, 5, 2]);
            assert_eq!(OH_PixelmapNative_Rotate(map, -90.0), 0);
            assert_eq!(OH_PixelmapNative_Flip(map, true, false), 0);
            assert_eq!(reds(map), [2, 1, 0, 5, 4, 3]);
            let mut region = Region { x: 1, y: 0, width: 2, height: 2 };
            assert_eq!(OH_PixelmapNative_Crop(map, &mut region), 0);
            assert_eq!(reds(map), [1, 0, 4, 3]);
            assert_eq!(OH_PixelmapNative_Crop(map, &mut region), INVALID_REGION);
            assert_eq!(OH_PixelmapNative_Scale(map, 2.0, 1.0), 0);
            assert_eq!(reds(map), [1, 1, 0, 0, 4, 4, 3, 3]);
            assert_eq!(OH_PixelmapNative_Scale(map, f32::NAN, 1.0), BAD_PARAMETER);
            assert_eq!(OH_PixelmapNative_Scale(map, 1e8, 1e8), TOO_LARGE);
            assert_eq!(OH_PixelmapNative_Opacity(map, 0.5), 0);
            assert_eq!(bytes(map)[..4], [20, 50, 100, 128]);
            let mut map = map;
            assert_eq!(OH_PixelmapNative_Destroy(&mut map), 0);
            assert!(map.is_null());
        }
    }
}
