//! `drawing_bitmap.h`, and the pixels in memory that canvases draw on.

use super::error_code::{Code, INVALID_PARAMETER, OUT_OF_RANGE};
use super::handle::{Array, Handle, Out, functions, objects};
use concord_paint::{MAX_PIXELS, MAX_SIDE, Picture};
use std::sync::Arc;

// `OH_Drawing_ColorFormat`.
pub(super) const ALPHA_8: i32 = 1;
pub(super) const RGB_565: i32 = 2;
const ARGB_4444: i32 = 3;
pub(super) const RGBA_8888: i32 = 4;
pub(super) const BGRA_8888: i32 = 5;

// `OH_Drawing_AlphaFormat`.
pub(super) const OPAQUE: i32 = 1;
pub(super) const PREMUL: i32 = 2;
pub(super) const UNPREMUL: i32 = 3;

/// `OH_Drawing_BitmapFormat`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct BitmapFormat {
    pub(super) color: i32,
    pub(super) alpha: i32,
}

/// `OH_Drawing_Image_Info`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct ImageInfo {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) color: i32,
    pub(super) alpha: i32,
}

impl ImageInfo {
    /// Bytes of a pixel; wrong for formats that are not here.
    fn pixel_size(&self) -> Result<usize, Code> {
        Ok(match self.color {
            RGBA_8888 | BGRA_8888 => 4,
            RGB_565 => 2,
            ALPHA_8 => 1,
            ARGB_4444 => {
                tracing::warn!("bitmaps of COLOR_FORMAT_ARGB_4444 are not supported; use COLOR_FORMAT_RGBA_8888");
                return Err(INVALID_PARAMETER);
            }
            _ => return Err(INVALID_PARAMETER),
        })
    }

    /// Bytes of a row without gaps, when the size is one of a picture.
    fn row_bytes(&self) -> Result<usize, Code> {
        let side = |side: i32| u32::try_from(side).ok().filter(|side| (1..=MAX_SIDE).contains(side));
        let (width, height) = (side(self.width).ok_or(OUT_OF_RANGE)?, side(self.height).ok_or(OUT_OF_RANGE)?);
        if u64::from(width) * u64::from(height) > MAX_PIXELS {
            return Err(OUT_OF_RANGE);
        }
        Ok(width as usize * self.pixel_size()?)
    }

    /// A pixel in memory as premultiplied red, green, blue, alpha.
    fn load(&self, pixel: &[u8]) -> [u8; 4] {
        let [r, g, b, a] = match (self.color, pixel) {
            (RGBA_8888, &[r, g, b, a]) | (BGRA_8888, &[b, g, r, a]) => [r, g, b, a],
            (ALPHA_8, &[a]) => return [0, 0, 0, a],
            (RGB_565, &[low, high]) => {
                let word = u16::from_le_bytes([low, high]);
                let (r, g, b) = ((word >> 11) as u8, (word >> 5 & 0x3f) as u8, (word & 0x1f) as u8);
                return [r << 3 | r >> 2, g << 2 | g >> 4, b << 3 | b >> 2, 255];
            }
            _ => [0; 4],
        };
        match self.alpha {
            OPAQUE => [r, g, b, 255],
            UNPREMUL => {
                let multiply = |channel: u8| ((u32::from(channel) * u32::from(a) + 127) / 255) as u8;
                [multiply(r), multiply(g), multiply(b), a]
            }
            // More than alpha is no premultiplied colour.
            _ => [r.min(a), g.min(a), b.min(a), a],
        }
    }

    /// Appends a premultiplied pixel as it is in memory.
    fn store(&self, [r, g, b, a]: [u8; 4], out: &mut Vec<u8>) {
        let divide = |channel: u8| (u32::from(channel) * 255 + u32::from(a) / 2).checked_div(u32::from(a));
        let divide = |channel: u8| divide(channel).map_or(0, |channel| channel.min(255) as u8);
        let [r, g, b, a] = match self.alpha {
            OPAQUE => [r, g, b, 255],
            UNPREMUL => [divide(r), divide(g), divide(b), a],
            _ => [r, g, b, a],
        };
        match self.color {
            RGBA_8888 => out.extend([r, g, b, a]),
            BGRA_8888 => out.extend([b, g, r, a]),
            RGB_565 => out.extend((u16::from(r >> 3) << 11 | u16::from(g >> 2) << 5 | u16::from(b >> 3)).to_le_bytes()),
            _ => out.push(a),
        }
    }
}

/// Rows of pixels in memory that guests write and read as they like: only ever copied from and to, never borrowed.
#[derive(Debug)]
pub(crate) struct Pixels {
    start: *mut u8,
    info: ImageInfo,
    row_bytes: usize,
    /// The memory, when it is of the bitmap itself: from [`Box::into_raw`], so that nothing else borrows it.
    own: bool,
}

// SAFETY: `start` is only used to copy bytes; that no two threads do so at a time is up to guests, as in C.
unsafe impl Send for Pixels {}
// SAFETY: as above.
unsafe impl Sync for Pixels {}

impl Pixels {
    /// Transparent pixels.
    pub(super) fn new(info: ImageInfo) -> Result<Pixels, Code> {
        let row_bytes = info.row_bytes()?;
        let memory = vec![0_u8; row_bytes * info.height as usize].into_boxed_slice();
        Ok(Pixels { start: Box::into_raw(memory).cast(), info, row_bytes, own: true })
    }

    /// Pixels in memory of the guest's.
    ///
    /// # Safety
    /// There is memory of `row_bytes` by the height from `start` on, for as long as the result is used.
    pub(super) unsafe fn over(info: ImageInfo, start: *mut u8, row_bytes: usize) -> Result<Pixels, Code> {
        if start.is_null() || row_bytes < info.row_bytes()? {
            return Err(INVALID_PARAMETER);
        }
        Ok(Pixels { start, info, row_bytes, own: false })
    }

    pub(super) fn info(&self) -> ImageInfo {
        self.info
    }

    pub(super) fn width(&self) -> u32 {
        self.info.width.unsigned_abs()
    }

    pub(super) fn height(&self) -> u32 {
        self.info.height.unsigned_abs()
    }

    /// Where `count` pixels of row `y` from `x` on are, in bytes; `None` when they are not all there.
    fn place(&self, x: usize, y: usize, count: usize) -> Option<(usize, usize)> {
        let size = self.info.pixel_size().ok()?;
        let inside = y < self.height() as usize && x.checked_add(count)? <= self.width() as usize;
        inside.then(|| (y * self.row_bytes + x * size, count * size))
    }

    /// Copies a part of a row to premultiplied RGBA.
    pub(super) fn load(&self, x: usize, y: usize, to: &mut [u8]) {
        let Some((offset, length)) = self.place(x, y, to.len() / 4) else { return };
        let mut row = vec![0; length];
        // SAFETY: `place` is inside of the memory, which lives by the contract of `over` or with `self`.
        unsafe { self.start.add(offset).copy_to_nonoverlapping(row.as_mut_ptr(), length) };
        let size = length / (to.len() / 4).max(1);
        for (from, to) in row.chunks_exact(size.max(1)).zip(to.chunks_exact_mut(4)) {
            to.copy_from_slice(&self.info.load(from));
        }
    }

    /// Copies premultiplied RGBA to a part of a row.
    pub(super) fn store(&self, x: usize, y: usize, from: &[u8]) {
        let Some((offset, length)) = self.place(x, y, from.len() / 4) else { return };
        let mut row = Vec::with_capacity(length);
        for pixel in from.as_chunks::<4>().0 {
            self.info.store(*pixel, &mut row);
        }
        // SAFETY: as in `load`; `row` has `length` bytes.
        unsafe { self.start.add(offset).copy_from_nonoverlapping(row.as_ptr(), length.min(row.len())) };
    }

    /// A copy of all pixels.
    pub(super) fn picture(&self) -> Result<Picture, Code> {
        let stride = self.width() as usize * 4;
        let mut data = vec![0; stride * self.height() as usize];
        for (y, row) in data.chunks_exact_mut(stride).enumerate() {
            self.load(0, y, row);
        }
        Picture::from_premultiplied_rgba(data, self.width(), self.height()).map_err(|_| INVALID_PARAMETER)
    }

    /// Copies what lies from `x`, `y` on to other pixels; false when there is nothing.
    pub(super) fn copy_to(&self, to: &Pixels, x: i32, y: i32) -> bool {
        let (first, top) = (x.max(0), y.max(0));
        let right = i64::from(self.info.width).min(i64::from(x) + i64::from(to.info.width));
        let bottom = i64::from(self.info.height).min(i64::from(y) + i64::from(to.info.height));
        let (count, rows) = (right - i64::from(first), bottom - i64::from(top));
        let (Ok(count @ 1..), Ok(rows @ 1..)) = (usize::try_from(count), usize::try_from(rows)) else { return false };
        let mut row = vec![0; count * 4];
        let (dx, dy) = (x.min(0).unsigned_abs() as usize, y.min(0).unsigned_abs() as usize);
        for line in 0..rows {
            self.load(first as usize, top as usize + line, &mut row);
            to.store(dx, dy + line, &row);
        }
        true
    }
}

impl Drop for Pixels {
    fn drop(&mut self) {
        if self.own {
            let length = self.row_bytes * self.height() as usize;
            // SAFETY: it came from `Box::into_raw` of a slice of this length, in `new`.
            drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(self.start, length)) });
        }
    }
}

/// `OH_Drawing_Bitmap`.
#[derive(Clone, Default)]
pub(crate) struct Bitmap(pub(super) Option<Arc<Pixels>>);
objects!(Bitmap);

/// The pixels of a bitmap, which must have been built.
pub(super) fn pixels(bitmap: Handle<Bitmap>) -> Result<Arc<Pixels>, Code> {
    bitmap.get()?.0.ok_or(INVALID_PARAMETER)
}

fn info(bitmap: Handle<Bitmap>) -> Result<ImageInfo, Code> {
    Ok(bitmap.get()?.0.map_or_else(ImageInfo::default, |pixels| pixels.info()))
}

functions! {
    fn OH_Drawing_BitmapCreate() -> Handle<Bitmap> { Ok(Handle::new(Bitmap::default())) }
    fn OH_Drawing_BitmapDestroy(bitmap: Handle<Bitmap>) { bitmap.release() }
    fn OH_Drawing_BitmapCreateFromPixels(info: Array<ImageInfo>, pixels: *mut u8, row_bytes: u32) -> Handle<Bitmap> {
        let info = info.read(1)?.first().copied().ok_or(INVALID_PARAMETER)?;
        // SAFETY: the guest's memory is as large as it says, and lives as long as the bitmap.
        let pixels = unsafe { Pixels::over(info, pixels, row_bytes as usize) }?;
        Ok(Handle::new(Bitmap(Some(Arc::new(pixels)))))
    }
    fn OH_Drawing_BitmapBuild(
        bitmap: Handle<Bitmap>, width: u32, height: u32, format: Array<BitmapFormat>,
    ): "not COLOR_FORMAT_ARGB_4444" {
        let format = format.read(1)?.first().copied().ok_or(INVALID_PARAMETER)?;
        let side = |side| i32::try_from(side).map_err(|_| OUT_OF_RANGE);
        let info =
            ImageInfo { width: side(width)?, height: side(height)?, color: format.color, alpha: format.alpha };
        let pixels = Arc::new(Pixels::new(info)?);
        bitmap.with(|bitmap| bitmap.0 = Some(pixels))
    }
    fn OH_Drawing_BitmapGetWidth(bitmap: Handle<Bitmap>) -> u32 { Ok(info(bitmap)?.width.unsigned_abs()) }
    fn OH_Drawing_BitmapGetHeight(bitmap: Handle<Bitmap>) -> u32 { Ok(info(bitmap)?.height.unsigned_abs()) }
    fn OH_Drawing_BitmapGetColorFormat(bitmap: Handle<Bitmap>) -> i32 { Ok(info(bitmap)?.color) }
    fn OH_Drawing_BitmapGetAlphaFormat(bitmap: Handle<Bitmap>) -> i32 { Ok(info(bitmap)?.alpha) }
    fn OH_Drawing_BitmapGetPixels(bitmap: Handle<Bitmap>) -> *mut u8 { Ok(pixels(bitmap)?.start) }
    fn OH_Drawing_BitmapGetImageInfo(bitmap: Handle<Bitmap>, out: Out<ImageInfo>) { out.put(info(bitmap)?) }
    fn OH_Drawing_BitmapGetRowBytes(bitmap: Handle<Bitmap>, out: Out<u32>) -> Code {
        out.put(bitmap.get()?.0.map_or(0, |pixels| pixels.row_bytes as u32))
    }
    fn OH_Drawing_BitmapReadPixels(
        bitmap: Handle<Bitmap>, info: Array<ImageInfo>, to: *mut u8, row_bytes: usize, x: i32, y: i32,
    ) -> bool {
        let info = info.read(1)?.first().copied().ok_or(INVALID_PARAMETER)?;
        // SAFETY: the guest's memory is as large as it says.
        let to = unsafe { Pixels::over(info, to, row_bytes) }?;
        Ok(pixels(bitmap)?.copy_to(&to, x, y))
    }
}
