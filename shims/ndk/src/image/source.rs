//! `libimage_source.so`: pictures from files and memory, decoded by the `image` library.

use super::change::crop;
use super::pixelmap::{ALPHA_PREMULTIPLIED, Pixelmap, RGBA_8888, check};
use super::{
    BAD_PARAMETER, BAD_SOURCE, DECODE_FAILED, ImageString, Region, Size, UNSUPPORTED_OPERATION, accessors, coded,
    create, give, object, release,
};
use crate::boundary::allocated;
use crate::library::{Export, exports};
use crate::process::process;
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::imageops::{self, FilterType};
use image::{AnimationDecoder, Frame, ImageFormat, ImageReader, Limits, RgbaImage};
use std::ffi::{c_char, c_int, c_uint};
use std::fs::File;
use std::io::{Cursor, Read};
use std::os::fd::{BorrowedFd, RawFd};
use std::os::unix::fs::FileExt;

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_ImageSourceInfo_Create,
    OH_ImageSourceInfo_GetWidth,
    OH_ImageSourceInfo_GetHeight,
    OH_ImageSourceInfo_GetDynamicRange: "never HDR",
    OH_ImageSourceInfo_GetMimeType,
    OH_ImageSourceInfo_Release,
    OH_DecodingOptions_Create,
    OH_DecodingOptions_GetPixelFormat,
    OH_DecodingOptions_SetPixelFormat,
    OH_DecodingOptions_GetIndex,
    OH_DecodingOptions_SetIndex,
    OH_DecodingOptions_GetRotate,
    OH_DecodingOptions_SetRotate,
    OH_DecodingOptions_GetDesiredSize,
    OH_DecodingOptions_SetDesiredSize,
    OH_DecodingOptions_GetDesiredRegion,
    OH_DecodingOptions_SetDesiredRegion,
    OH_DecodingOptions_GetDesiredDynamicRange,
    OH_DecodingOptions_SetDesiredDynamicRange: "without effect",
    OH_DecodingOptions_Release,
    OH_ImageSourceNative_CreateFromUri: "BMP, GIF, ICO, JPEG, PNG and WebP",
    OH_ImageSourceNative_CreateFromFd: "BMP, GIF, ICO, JPEG, PNG and WebP",
    OH_ImageSourceNative_CreateFromData: "BMP, GIF, ICO, JPEG, PNG and WebP",
    OH_ImageSourceNative_CreateFromDataWithUserBuffer = OH_ImageSourceNative_CreateFromData: "BMP, GIF, ICO, JPEG, PNG and WebP",
    OH_ImageSourceNative_CreateFromRawFile: "BMP, GIF, ICO, JPEG, PNG and WebP",
    OH_ImageSourceNative_CreatePixelmap: "rotation by multiples of 90 degrees",
    OH_ImageSourceNative_CreatePixelmapUsingAllocator: "the allocator is not looked at",
    OH_ImageSourceNative_CreatePixelmapList,
    OH_ImageSourceNative_GetDelayTimeList,
    OH_ImageSourceNative_GetImageInfo,
    OH_ImageSourceNative_GetFrameCount,
    OH_ImageSourceNative_Release,
];

/// Bytes of an encoded picture; more are refused.
const LARGEST: usize = 256 << 20;
/// Memory that decoding may take, in bytes.
const MOST_MEMORY: u64 = 2 << 30;
/// Frames of an animation; those that follow are not looked at.
const MOST_FRAMES: usize = 1000;

/// `OH_ImageSource_Info`.
#[derive(Clone, Copy, Default)]
struct Info {
    width: u32,
    height: u32,
    hdr: bool,
    mime: &'static str,
}

/// `OH_DecodingOptions`.
#[derive(Clone, Copy, Default)]
struct Options {
    format: i32,
    index: u32,
    rotate: f32,
    size: Size,
    region: Region,
    range: i32,
}

accessors! { Info;
    OH_ImageSourceInfo_GetWidth: width u32;
    OH_ImageSourceInfo_GetHeight: height u32;
    OH_ImageSourceInfo_GetDynamicRange: hdr bool;
}

accessors! { Options;
    OH_DecodingOptions_GetPixelFormat OH_DecodingOptions_SetPixelFormat: format i32;
    OH_DecodingOptions_GetIndex OH_DecodingOptions_SetIndex: index u32;
    OH_DecodingOptions_GetRotate OH_DecodingOptions_SetRotate: rotate f32;
    OH_DecodingOptions_GetDesiredSize: size Size;
    OH_DecodingOptions_GetDesiredRegion: region Region;
    OH_DecodingOptions_GetDesiredDynamicRange OH_DecodingOptions_SetDesiredDynamicRange: range i32;
}

/// `OH_ImageSourceNative`.
pub(crate) struct Source {
    bytes: Vec<u8>,
    format: ImageFormat,
}

/// The MIME type of a format.
fn mime(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Bmp => "image/bmp",
        ImageFormat::Gif => "image/gif",
        ImageFormat::Ico => "image/x-icon",
        ImageFormat::Jpeg => "image/jpeg",
        ImageFormat::WebP => "image/webp",
        _ => "image/png",
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

impl Source {
    fn new(bytes: Vec<u8>) -> Result<Source, c_int> {
        let format = image::guess_format(&bytes).map_err(|_| BAD_SOURCE)?;
        Ok(Source { bytes, format })
    }

    fn reader(&self) -> ImageReader<Cursor<&[u8]>> {
        let mut reader = ImageReader::with_format(Cursor::new(self.bytes.as_slice()), self.format);
        reader.limits(limits());
        reader
    }

    fn size(&self) -> Result<(u32, u32), c_int> {
        let size = self.reader().into_dimensions().map_err(|_| DECODE_FAILED)?;
        check(size.0, size.1)?;
        Ok(size)
    }

    /// The frames of an animation; `None` when it is none.
    fn frames(&self) -> Result<Option<Vec<Frame>>, c_int> {
        self.size()?;
        let input = Cursor::new(self.bytes.as_slice());
        let failed = |_| DECODE_FAILED;
        let frames = match self.format {
            ImageFormat::Gif => GifDecoder::new(input).map_err(failed)?.into_frames(),
            ImageFormat::WebP => match WebPDecoder::new(input).map_err(failed)? {
                decoder if decoder.has_animation() => decoder.into_frames(),
                _ => return Ok(None),
            },
            ImageFormat::Png => match PngDecoder::with_limits(input, limits()).map_err(failed)? {
                decoder if decoder.is_apng().map_err(failed)? => decoder.apng().map_err(failed)?.into_frames(),
                _ => return Ok(None),
            },
            _ => return Ok(None),
        };
        let mut found = Vec::new();
        let mut memory = 0;
        for frame in frames.take(MOST_FRAMES) {
            let frame = frame.map_err(failed)?;
            memory += frame.buffer().len() as u64;
            if memory > MOST_MEMORY {
                return Err(super::TOO_LARGE);
            }
            found.push(frame);
        }
        Ok(Some(found))
    }

    fn decode(&self, index: u32) -> Result<RgbaImage, c_int> {
        if index > 0 {
            let frames = self.frames()?.unwrap_or_default();
            return frames.into_iter().nth(index as usize).map(Frame::into_buffer).ok_or(BAD_PARAMETER);
        }
        self.size()?;
        self.reader().decode().map(|image| image.into_rgba8()).map_err(|_| DECODE_FAILED)
    }
}

impl Options {
    /// What is asked for of a decoded picture.
    fn apply(&self, mut image: RgbaImage) -> Result<Pixelmap, c_int> {
        if self.region.width > 0 && self.region.height > 0 {
            image = crop(&image, self.region)?;
        }
        let Size { width, height } = self.size;
        if width > 0 && height > 0 && (width, height) != image.dimensions() {
            check(width, height)?;
            image = imageops::resize(&image, width, height, FilterType::Triangle);
        }
        image = match self.rotate.rem_euclid(360.0) {
            90.0 => imageops::rotate90(&image),
            180.0 => imageops::rotate180(&image),
            270.0 => imageops::rotate270(&image),
            0.0 => image,
            _ => return Err(UNSUPPORTED_OPERATION),
        };
        for image::Rgba([r, g, b, a]) in image.pixels_mut() {
            let alpha = u16::from(*a);
            let with_alpha = |value: &mut u8| *value = ((u16::from(*value) * alpha + 127) / 255) as u8;
            [r, g, b].into_iter().for_each(with_alpha);
        }
        let format = if self.format == 0 { RGBA_8888 } else { self.format };
        Pixelmap::from_image(&image, format, ALPHA_PREMULTIPLIED)
    }
}

/// Options that a guest gave, or those that it did not give.
///
/// # Safety
/// The options are null or alive.
unsafe fn options_of(options: *mut Options) -> Options {
    // SAFETY: by the contract of the function.
    unsafe { options.as_ref() }.copied().unwrap_or_default()
}

/// # Safety
/// As in C: the result may be written.
unsafe extern "C" fn OH_ImageSourceInfo_Create(out: *mut *mut Info) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImageSourceInfo_Create", || unsafe { create(out, Info { mime: "unknown", ..Info::default() }) })
}

/// The guest frees the text.
///
/// # Safety
/// As in C: the info is alive, the result may be written.
unsafe extern "C" fn OH_ImageSourceInfo_GetMimeType(info: *mut Info, out: *mut ImageString) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImageSourceInfo_GetMimeType", || unsafe {
        let mime = object(info)?.mime;
        give(out, ImageString { data: allocated(mime.as_bytes()), size: mime.len() })
    })
}

/// # Safety
/// As in C: the info is alive, and not used again.
unsafe extern "C" fn OH_ImageSourceInfo_Release(info: *mut Info) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { release("OH_ImageSourceInfo_Release", info) }
}

/// # Safety
/// As in C: the result may be written.
unsafe extern "C" fn OH_DecodingOptions_Create(out: *mut *mut Options) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_DecodingOptions_Create", || unsafe { create(out, Options::default()) })
}

/// # Safety
/// As in C: the options are alive, the size is there.
unsafe extern "C" fn OH_DecodingOptions_SetDesiredSize(options: *mut Options, size: *mut Size) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_DecodingOptions_SetDesiredSize", || unsafe {
        object(options)?.size = *object(size)?;
        Ok(())
    })
}

/// # Safety
/// As in C: the options are alive, the region is there.
unsafe extern "C" fn OH_DecodingOptions_SetDesiredRegion(options: *mut Options, region: *mut Region) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_DecodingOptions_SetDesiredRegion", || unsafe {
        object(options)?.region = *object(region)?;
        Ok(())
    })
}

/// # Safety
/// As in C: the options are alive, and not used again.
unsafe extern "C" fn OH_DecodingOptions_Release(options: *mut Options) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { release("OH_DecodingOptions_Release", options) }
}

/// Everything that a reader gives, if it is not too much.
fn read_all(reader: impl Read) -> Result<Vec<u8>, c_int> {
    let mut bytes = Vec::new();
    reader.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(|_| BAD_SOURCE)?;
    if bytes.len() > LARGEST { Err(BAD_SOURCE) } else { Ok(bytes) }
}

/// # Safety
/// As in C: the text has this length, the result may be written.
unsafe extern "C" fn OH_ImageSourceNative_CreateFromUri(
    uri: *const c_char,
    length: usize,
    out: *mut *mut Source,
) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImageSourceNative_CreateFromUri", || unsafe {
        let length = c_uint::try_from(length).map_err(|_| BAD_PARAMETER)?;
        let path = crate::files::path_of_text(uri, length).ok_or(BAD_PARAMETER)?;
        let host = process().and_then(|process| process.paths.to_host(&path).ok()).ok_or(BAD_SOURCE)?;
        let bytes = read_all(File::open(host).map_err(|_| BAD_SOURCE)?)?;
        create(out, Source::new(bytes)?)
    })
}

/// A descriptor of the guest's, read from its beginning; its place does not change.
///
/// # Safety
/// The descriptor is open as long as this runs.
unsafe fn read_descriptor(descriptor: RawFd, start: i64, length: Option<i64>) -> Result<Vec<u8>, c_int> {
    if descriptor < 0 {
        return Err(BAD_PARAMETER);
    }
    // SAFETY: by the contract of the function.
    let file = unsafe { BorrowedFd::borrow_raw(descriptor) };
    let file = File::from(file.try_clone_to_owned().map_err(|_| BAD_PARAMETER)?);
    let size = file.metadata().map_err(|_| BAD_SOURCE)?.len();
    let start = u64::try_from(start).map_err(|_| BAD_PARAMETER)?;
    let rest = size.saturating_sub(start);
    let length = length.and_then(|length| u64::try_from(length).ok()).unwrap_or(rest).min(rest);
    let length = usize::try_from(length).ok().filter(|length| *length <= LARGEST).ok_or(BAD_SOURCE)?;
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, start).map_err(|_| BAD_SOURCE)?;
    Ok(bytes)
}

/// # Safety
/// As in C: the descriptor is open, the result may be written.
unsafe extern "C" fn OH_ImageSourceNative_CreateFromFd(descriptor: c_int, out: *mut *mut Source) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImageSourceNative_CreateFromFd", || unsafe {
        create(out, Source::new(read_descriptor(descriptor, 0, None)?)?)
    })
}

/// # Safety
/// As in C: there are as many bytes, the result may be written.
unsafe extern "C" fn OH_ImageSourceNative_CreateFromData(data: *const u8, size: usize, out: *mut *mut Source) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImageSourceNative_CreateFromData", || unsafe {
        if data.is_null() || size > LARGEST {
            return Err(BAD_PARAMETER);
        }
        create(out, Source::new(std::slice::from_raw_parts(data, size).to_vec())?)
    })
}

/// # Safety
/// As in C: the descriptor is one of a raw file, the result may be written.
unsafe extern "C" fn OH_ImageSourceNative_CreateFromRawFile(
    file: *mut crate::rawfile::RawFileDescriptor,
    out: *mut *mut Source,
) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImageSourceNative_CreateFromRawFile", || unsafe {
        let file = object(file)?;
        create(out, Source::new(read_descriptor(file.fd, file.start, Some(file.length))?)?)
    })
}

/// # Safety
/// As in C: the source and the options are alive, the result may be written.
unsafe extern "C" fn OH_ImageSourceNative_CreatePixelmap(
    source: *mut Source,
    options: *mut Options,
    out: *mut *mut Pixelmap,
) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImageSourceNative_CreatePixelmap", || unsafe {
        let options = options_of(options);
        let image = object(source)?.decode(options.index)?;
        create(out, options.apply(image)?)
    })
}

/// # Safety
/// As for [`OH_ImageSourceNative_CreatePixelmap`].
unsafe extern "C" fn OH_ImageSourceNative_CreatePixelmapUsingAllocator(
    source: *mut Source,
    options: *mut Options,
    _allocator: c_int,
    out: *mut *mut Pixelmap,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { OH_ImageSourceNative_CreatePixelmap(source, options, out) }
}

/// # Safety
/// As in C: the source and the options are alive, there is room for as many results.
unsafe extern "C" fn OH_ImageSourceNative_CreatePixelmapList(
    source: *mut Source,
    options: *mut Options,
    out: *mut *mut Pixelmap,
    size: usize,
) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImageSourceNative_CreatePixelmapList", || unsafe {
        let options = options_of(options);
        let source = object(source)?;
        let images: Vec<RgbaImage> = match source.frames()? {
            Some(frames) => frames.into_iter().map(Frame::into_buffer).collect(),
            None => vec![source.decode(0)?],
        };
        if out.is_null() || size < images.len() {
            return Err(BAD_PARAMETER);
        }
        let maps: Vec<_> = images.into_iter().map(|image| options.apply(image)).collect::<Result<_, _>>()?;
        for (at, map) in maps.into_iter().enumerate() {
            create(out.add(at), map)?;
        }
        Ok(())
    })
}

/// In milliseconds.
///
/// # Safety
/// As in C: the source is alive, there is room for as many numbers.
unsafe extern "C" fn OH_ImageSourceNative_GetDelayTimeList(source: *mut Source, out: *mut i32, size: usize) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImageSourceNative_GetDelayTimeList", || unsafe {
        let frames = object(source)?.frames()?.ok_or(UNSUPPORTED_OPERATION)?;
        if out.is_null() || size < frames.len() {
            return Err(BAD_PARAMETER);
        }
        for (at, frame) in frames.iter().enumerate() {
            let (milliseconds, parts) = frame.delay().numer_denom_ms();
            give(out.add(at), i32::try_from(milliseconds / parts.max(1)).unwrap_or(i32::MAX))?;
        }
        Ok(())
    })
}

/// # Safety
/// As in C: the source and the info are alive.
unsafe extern "C" fn OH_ImageSourceNative_GetImageInfo(source: *mut Source, index: c_int, info: *mut Info) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImageSourceNative_GetImageInfo", || unsafe {
        let source = object(source)?;
        if index < 0 {
            return Err(BAD_PARAMETER);
        }
        let (width, height) = source.size()?;
        *object(info)? = Info { width, height, hdr: false, mime: mime(source.format) };
        Ok(())
    })
}

/// # Safety
/// As in C: the source is alive, the result may be written.
unsafe extern "C" fn OH_ImageSourceNative_GetFrameCount(source: *mut Source, out: *mut u32) -> c_int {
    // SAFETY: by the contract of the function.
    coded("OH_ImageSourceNative_GetFrameCount", || unsafe {
        let frames = object(source)?.frames()?.map_or(1, |frames| frames.len());
        give(out, u32::try_from(frames).unwrap_or(u32::MAX))
    })
}

/// # Safety
/// As in C: the source is alive, and not used again.
unsafe extern "C" fn OH_ImageSourceNative_Release(source: *mut Source) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { release("OH_ImageSourceNative_Release", source) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ptr::null_mut;

    #[test]
    fn pictures_are_decoded() {
        let image = RgbaImage::from_fn(4, 2, |x, _| image::Rgba([200, 100, 50, if x == 0 { 0 } else { 255 }]));
        let mut png = Cursor::new(Vec::new());
        image.write_to(&mut png, ImageFormat::Png).expect("a picture");
        let png = png.into_inner();
        let (mut source, mut info, mut options, mut map) = (null_mut(), null_mut(), null_mut(), null_mut());
        let (mut width, mut count) = (0, 0);
        // SAFETY: objects are made before they are used, and released once.
        unsafe {
            assert_eq!(OH_ImageSourceNative_CreateFromData(png.as_ptr(), 10, &mut source), 0, "a signature is enough");
            assert_eq!(OH_ImageSourceNative_CreatePixelmap(source, null_mut(), &mut map), DECODE_FAILED);
            OH_ImageSourceNative_Release(source);
            assert_eq!(OH_ImageSourceNative_CreateFromData(b"no picture".as_ptr(), 10, &mut source), BAD_SOURCE);
            assert_eq!(OH_ImageSourceNative_CreateFromData(png.as_ptr(), png.len(), &mut source), 0);
            OH_ImageSourceInfo_Create(&mut info);
            assert_eq!(OH_ImageSourceNative_GetImageInfo(source, 0, info), 0);
            OH_ImageSourceInfo_GetWidth(info, &mut width);
            assert_eq!(width, 4);
            let mut mime = ImageString { data: null_mut(), size: 0 };
            OH_ImageSourceInfo_GetMimeType(info, &mut mime);
            assert_eq!(crate::boundary::text(mime.data), Some("image/png"));
            libc::free(mime.data.cast());
            OH_ImageSourceInfo_Release(info);
            assert_eq!(OH_ImageSourceNative_GetFrameCount(source, &mut count), 0);
            assert_eq!(count, 1);
            OH_DecodingOptions_Create(&mut options);
            let mut region = Region { x: 0, y: 0, width: 2, height: 1 };
            OH_DecodingOptions_SetDesiredRegion(options, &mut region);
            assert_eq!(OH_ImageSourceNative_CreatePixelmap(source, options, &mut map), 0);
            let pixels = (*map).to_image().map(RgbaImage::into_raw);
            assert_eq!(pixels.as_deref(), Ok([0, 0, 0, 0, 200, 100, 50, 255].as_slice()), "premultiplied");
            drop(Box::from_raw(map));
            OH_DecodingOptions_Release(options);
            OH_ImageSourceNative_Release(source);
        }
    }
}
