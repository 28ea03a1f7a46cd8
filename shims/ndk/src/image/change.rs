//! Functions that change pixel maps, or make changed ones.

use super::pixelmap::{ALPHA_8, ALPHA_PREMULTIPLIED, BGRA_8888, Pixelmap, RGBA_8888, check};
use super::{BAD_PARAMETER, INVALID_REGION, Region, UNSUPPORTED_OPERATION, coded, create, object};
use image::imageops::{self, FilterType};
use image::{Rgba, RgbaImage};
use std::ffi::c_int;

/// A picture of another size. Negative factors turn it over.
fn scaled(image: &RgbaImage, x: f32, y: f32, level: c_int) -> Result<RgbaImage, c_int> {
    let side = |length: u32, factor: f32| -> Result<u32, c_int> {
        let wanted = (f64::from(length) * f64::from(factor)).abs().round();
        if wanted.is_finite() && wanted >= 1.0 && wanted <= f64::from(u32::MAX) {
            Ok(wanted as u32)
        } else {
            Err(BAD_PARAMETER)
        }
    };
    let (width, height) = (side(image.width(), x)?, side(image.height(), y)?);
    check(width, height)?;
    let filter = match level {
        1 => FilterType::Triangle,
        2 => FilterType::CatmullRom,
        3 => FilterType::Lanczos3,
        _ => FilterType::Nearest,
    };
    let mut scaled = imageops::resize(image, width, height, filter);
    if x < 0.0 {
        imageops::flip_horizontal_in_place(&mut scaled);
    }
    if y < 0.0 {
        imageops::flip_vertical_in_place(&mut scaled);
    }
    Ok(scaled)
}

/// Runs a function that changes a picture.
///
/// # Safety
/// The picture is null or alive.
unsafe fn change(
    name: &'static str,
    map: *mut Pixelmap,
    change: impl FnOnce(&RgbaImage) -> Result<RgbaImage, c_int>,
) -> c_int {
    // SAFETY: by the contract of the function.
    coded(name, || unsafe { object(map)? }.change(change))
}

/// # Safety
/// As in C: the picture is alive.
pub(super) unsafe extern "C" fn OH_PixelmapNative_Opacity(map: *mut Pixelmap, rate: f32) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapNative_Opacity", || unsafe {
        let map = object(map)?;
        if !(0.0..=1.0).contains(&rate) {
            return Err(BAD_PARAMETER);
        }
        if !matches!(map.format, RGBA_8888 | BGRA_8888 | ALPHA_8) {
            return Err(UNSUPPORTED_OPERATION);
        }
        // Premultiplied colours fade with their alpha.
        let all = map.alpha == ALPHA_PREMULTIPLIED;
        map.change(|image| {
            let mut image = image.clone();
            for Rgba(pixel) in image.pixels_mut() {
                let [r, g, b, a] = pixel;
                let fade = |value: &mut u8| *value = (f32::from(*value) * rate).round() as u8;
                fade(a);
                if all {
                    [r, g, b].into_iter().for_each(fade);
                }
            }
            Ok(image)
        })
    })
}

/// # Safety
/// As in C: the picture is alive.
pub(super) unsafe extern "C" fn OH_PixelmapNative_Scale(map: *mut Pixelmap, x: f32, y: f32) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { OH_PixelmapNative_ScaleWithAntiAliasing(map, x, y, 0) }
}

/// # Safety
/// As in C: the picture is alive.
pub(super) unsafe extern "C" fn OH_PixelmapNative_ScaleWithAntiAliasing(
    map: *mut Pixelmap,
    x: f32,
    y: f32,
    level: c_int,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { change("OH_PixelmapNative_Scale", map, |image| scaled(image, x, y, level)) }
}

/// # Safety
/// As in C: the picture is alive, the result may be written.
pub(super) unsafe extern "C" fn OH_PixelmapNative_CreateScaledPixelMap(
    map: *mut Pixelmap,
    out: *mut *mut Pixelmap,
    x: f32,
    y: f32,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { OH_PixelmapNative_CreateScaledPixelMapWithAntiAliasing(map, out, x, y, 0) }
}

/// # Safety
/// As in C: the picture is alive, the result may be written.
pub(super) unsafe extern "C" fn OH_PixelmapNative_CreateScaledPixelMapWithAntiAliasing(
    map: *mut Pixelmap,
    out: *mut *mut Pixelmap,
    x: f32,
    y: f32,
    level: c_int,
) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapNative_CreateScaledPixelMap", || unsafe {
        let map = object(map)?;
        let scaled = scaled(&map.to_image()?, x, y, level)?;
        create(out, Pixelmap::from_image(&scaled, map.format, map.alpha)?)
    })
}

/// # Safety
/// As in C: the picture is alive.
pub(super) unsafe extern "C" fn OH_PixelmapNative_Translate(map: *mut Pixelmap, x: f32, y: f32) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        change("OH_PixelmapNative_Translate", map, |image| {
            let grown = |length: u32, by: f32| {
                let wanted = (f64::from(length) + f64::from(by)).round();
                if wanted >= 1.0 && wanted <= f64::from(u32::MAX) { Ok(wanted as u32) } else { Err(BAD_PARAMETER) }
            };
            let (width, height) = (grown(image.width(), x)?, grown(image.height(), y)?);
            check(width, height)?;
            let mut moved = RgbaImage::new(width, height);
            imageops::replace(&mut moved, image, x.round() as i64, y.round() as i64);
            Ok(moved)
        })
    }
}

/// # Safety
/// As in C: the picture is alive, the result may be written.
pub(super) unsafe extern "C" fn OH_PixelmapNative_CreateAlphaPixelmap(
    map: *mut Pixelmap,
    out: *mut *mut Pixelmap,
) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapNative_CreateAlphaPixelmap", || unsafe {
        let map = object(map)?;
        create(out, Pixelmap::from_image(&map.to_image()?, ALPHA_8, map.alpha)?)
    })
}

/// # Safety
/// As in C: the picture is alive, the result may be written.
pub(super) unsafe extern "C" fn OH_PixelmapNative_Clone(map: *mut Pixelmap, out: *mut *mut Pixelmap) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_PixelmapNative_Clone", || unsafe { create(out, object(map)?.copy()) })
}

/// # Safety
/// As in C: the picture is alive.
pub(super) unsafe extern "C" fn OH_PixelmapNative_Rotate(map: *mut Pixelmap, angle: f32) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        change("OH_PixelmapNative_Rotate", map, |image| match angle.rem_euclid(360.0) {
            0.0 => Ok(image.clone()),
            90.0 => Ok(imageops::rotate90(image)),
            180.0 => Ok(imageops::rotate180(image)),
            270.0 => Ok(imageops::rotate270(image)),
            _ => Err(UNSUPPORTED_OPERATION),
        })
    }
}

/// # Safety
/// As in C: the picture is alive.
pub(super) unsafe extern "C" fn OH_PixelmapNative_Flip(
    map: *mut Pixelmap,
    horizontally: bool,
    vertically: bool,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        change("OH_PixelmapNative_Flip", map, |image| {
            let mut image = image.clone();
            if horizontally {
                imageops::flip_horizontal_in_place(&mut image);
            }
            if vertically {
                imageops::flip_vertical_in_place(&mut image);
            }
            Ok(image)
        })
    }
}

/// # Safety
/// As in C: the picture is alive, the region is there.
pub(super) unsafe extern "C" fn OH_PixelmapNative_Crop(map: *mut Pixelmap, region: *mut Region) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        let region = object(region).map(|region| *region);
        change("OH_PixelmapNative_Crop", map, |image| crop(image, region?))
    }
}

/// A part of a picture.
pub(super) fn crop(image: &RgbaImage, region: Region) -> Result<RgbaImage, c_int> {
    let Region { x, y, width, height } = region;
    let inside =
        |start: u32, length: u32, all: u32| length > 0 && start.checked_add(length).is_some_and(|end| end <= all);
    if !inside(x, width, image.width()) || !inside(y, height, image.height()) {
        return Err(INVALID_REGION);
    }
    Ok(imageops::crop_imm(image, x, y, width, height).to_image())
}
