//! Buffers of pixels in shared memory: `OH_NativeBuffer` and `OHNativeWindowBuffer` are both one of these.

use crate::boundary::{guarded, put};
use crate::library::{Export, exports};
use nix::sys::memfd::{MFdFlags, memfd_create};
use nix::sys::mman::{MapFlags, ProtFlags, mmap, munmap};
use std::ffi::{c_int, c_void};
use std::num::NonZeroUsize;
use std::os::fd::{AsRawFd, OwnedFd};
use std::ptr::{NonNull, null_mut};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};

/// Functions of `libnative_buffer.so`.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_NativeBuffer_Alloc: "formats of 8, 16, 24, 32 and 64 bits per pixel, and planar YUV of 12",
    OH_NativeBuffer_Reference,
    OH_NativeBuffer_Unreference,
    OH_NativeBuffer_GetConfig,
    OH_NativeBuffer_Map,
    OH_NativeBuffer_Unmap,
    OH_NativeBuffer_GetSeqNum,
    OH_NativeBuffer_MapPlanes: "formats with one plane",
    OH_NativeBuffer_FromNativeWindowBuffer,
    OH_NativeBuffer_SetColorSpace,
    OH_NativeBuffer_GetColorSpace,
    OH_NativeBuffer_MapWaitFence,
    OH_NativeBuffer_IsSupported,
    OH_NativeBuffer_MapAndGetConfig,
];

// `OHNativeErrorCode`.
pub(crate) const OK: c_int = 0;
pub(crate) const INVALID_ARGUMENTS: c_int = 40_001_000;
pub(crate) const NO_BUFFER: c_int = 40_601_000;
pub(crate) const INVALID_OPERATION: c_int = 41_201_000;
pub(crate) const BUFFER_STATE_INVALID: c_int = 41_207_000;
pub(crate) const UNSUPPORTED: c_int = 50_102_000;
pub(crate) const UNKNOWN: c_int = 50_002_000;

/// `NATIVEBUFFER_PIXEL_FMT_RGBA_8888`
pub(crate) const RGBA_8888: i32 = 12;
/// The same of other formats.
const RGB_565: i32 = 3;
const RGBX_8888: i32 = 11;
const RGB_888: i32 = 13;
const BGRX_8888: i32 = 19;
const BGRA_8888: i32 = 20;
/// No buffer is larger, in bytes.
const LARGEST: usize = 1 << 30;
/// Rows begin at multiples of this many bytes.
const ALIGNMENT: usize = 64;
/// First word of every buffer, for functions that take objects of several kinds.
pub(crate) const MAGIC: u32 = u32::from_be_bytes(*b"WBUF");

/// `OH_NativeBuffer_Config`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Config {
    /// In pixels.
    pub(crate) width: i32,
    /// In pixels.
    pub(crate) height: i32,
    pub(crate) format: i32,
    pub(crate) usage: i32,
    /// Bytes from row to row.
    pub(crate) stride: i32,
}

/// `BufferHandle`.
#[repr(C)]
struct Handle {
    fd: c_int,
    width: i32,
    stride: i32,
    height: i32,
    size: i32,
    format: i32,
    usage: u64,
    address: *mut c_void,
    key: i32,
    physical_address: u64,
    reserved_fds: u32,
    reserved_ints: u32,
}

/// Pixels that guests, and other processes, can map.
#[repr(C)]
pub(crate) struct Buffer {
    magic: u32,
    number: u32,
    color_space: AtomicI32,
    handle: Handle,
    config: Config,
    size: NonZeroUsize,
    memory: NonNull<c_void>,
    // Closed when the buffer goes.
    _file: OwnedFd,
}

// SAFETY: the memory is shared with the guest, who says who may write it when.
unsafe impl Send for Buffer {}
// SAFETY: as above; everything else does not change, or is atomic.
unsafe impl Sync for Buffer {}

/// Bits per pixel of a format, all planes together; `None` for those that are not here.
fn bits_per_pixel(format: i32) -> Option<usize> {
    Some(match format {
        0 | 40 => 8,
        3..=10 | 14..=18 | 41 => 16,
        13 => 24,
        11 | 12 | 19 | 20 | 34 => 32,
        21 | 22 | 23 | 26 | 27 | 30..=33 => 16,
        24 | 25 | 28 | 29 => 12,
        39 => 64,
        _ => return None,
    })
}

/// Whether rows of all planes lie in one block with the width of the first.
fn is_planar(format: i32) -> bool {
    matches!(format, 22..=29)
}

impl Buffer {
    /// A buffer of zeros. The stride of the configuration is not looked at.
    pub(crate) fn new(config: &Config) -> Result<Arc<Buffer>, c_int> {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let bits = bits_per_pixel(config.format).ok_or(UNSUPPORTED)?;
        let width = usize::try_from(config.width).ok().filter(|width| *width > 0).ok_or(INVALID_ARGUMENTS)?;
        let height = usize::try_from(config.height).ok().filter(|height| *height > 0).ok_or(INVALID_ARGUMENTS)?;
        let first_plane = if is_planar(config.format) { 8 } else { bits };
        let stride = width.checked_mul(first_plane).ok_or(INVALID_ARGUMENTS)?.div_ceil(8);
        let stride = stride.next_multiple_of(ALIGNMENT);
        let rows = if is_planar(config.format) { height.saturating_mul(bits).div_ceil(8) } else { height };
        let size = stride.checked_mul(rows).filter(|size| *size <= LARGEST).ok_or(INVALID_ARGUMENTS)?;
        let size = NonZeroUsize::new(size).ok_or(INVALID_ARGUMENTS)?;
        let config = Config { stride: i32::try_from(stride).map_err(|_| INVALID_ARGUMENTS)?, ..*config };
        let file = memfd_create(c"native-buffer", MFdFlags::MFD_CLOEXEC).map_err(|_| NO_BUFFER)?;
        nix::unistd::ftruncate(&file, size.get() as i64).map_err(|_| NO_BUFFER)?;
        // SAFETY: a new mapping at an address that the kernel chooses.
        let memory =
            unsafe { mmap(None, size, ProtFlags::PROT_READ | ProtFlags::PROT_WRITE, MapFlags::MAP_SHARED, &file, 0) };
        let memory = memory.map_err(|_| NO_BUFFER)?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let handle = Handle {
            fd: file.as_raw_fd(),
            width: config.width,
            stride: config.stride,
            height: config.height,
            size: size.get() as i32,
            format: config.format,
            usage: u64::from(config.usage.cast_unsigned()),
            address: memory.as_ptr(),
            key: number.cast_signed(),
            physical_address: 0,
            reserved_fds: 0,
            reserved_ints: 0,
        };
        let color_space = AtomicI32::new(0);
        Ok(Arc::new(Buffer { magic: MAGIC, number, color_space, handle, config, size, memory, _file: file }))
    }

    /// Size and format.
    pub(crate) fn config(&self) -> Config {
        self.config
    }

    /// Writes rows of pixels with 4 bytes each that begin with the lowest one, as OpenGL has them.
    pub(crate) fn write_upside_down(&self, pixels: &[u8]) {
        let row = usize::try_from(self.config.width).unwrap_or(0) * 4;
        let stride = usize::try_from(self.config.stride).unwrap_or(0);
        let height = usize::try_from(self.config.height).unwrap_or(0);
        for (y, pixels) in pixels.chunks_exact(row.max(1)).take(height).enumerate() {
            let at = (height - 1 - y) * stride;
            if at + row <= self.size.get() && pixels.len() == row {
                // SAFETY: the row lies within the mapping. Nobody reads a buffer that its producer has.
                unsafe { self.memory.cast::<u8>().add(at).as_ptr().copy_from_nonoverlapping(pixels.as_ptr(), row) };
            }
        }
    }

    /// A copy as RGBA, row by row; `None` for formats that are not made of red, green and blue with 8 or 5 bits each.
    pub(crate) fn to_rgba(&self) -> Option<Vec<u8>> {
        let bytes = match self.config.format {
            RGB_565 => 2,
            RGB_888 => 3,
            RGBX_8888 | RGBA_8888 | BGRX_8888 | BGRA_8888 => 4,
            _ => return None,
        };
        let (row, height) =
            (usize::try_from(self.config.width).ok()? * bytes, usize::try_from(self.config.height).ok()?);
        let stride = usize::try_from(self.config.stride).ok()?;
        let mut data = vec![0_u8; row * height];
        for (y, line) in data.chunks_exact_mut(row).enumerate() {
            // SAFETY: the rows lie within the mapping, which has `height` of them.
            unsafe {
                line.as_mut_ptr().copy_from_nonoverlapping(self.memory.cast::<u8>().add(y * stride).as_ptr(), row)
            };
        }
        let wide = |bits: u16, width: u16| (u32::from(bits) * 255 / ((1 << width) - 1)) as u8;
        match self.config.format {
            RGBX_8888 => data.chunks_exact_mut(4).for_each(|pixel| pixel[3] = 255),
            BGRA_8888 => data.chunks_exact_mut(4).for_each(|pixel| pixel.swap(0, 2)),
            BGRX_8888 => data.chunks_exact_mut(4).for_each(|pixel| {
                pixel.swap(0, 2);
                pixel[3] = 255;
            }),
            RGB_888 => data = data.as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect(),
            RGB_565 => {
                let words = data.as_chunks::<2>().0.iter().map(|word| u16::from_le_bytes(*word));
                data = words
                    .flat_map(|word| [wide(word >> 11, 5), wide(word >> 5 & 0x3f, 6), wide(word & 0x1f, 5), 255])
                    .collect();
            }
            _ => {}
        }
        Some(data)
    }

    /// The first pixel.
    pub(crate) fn pixels(&self) -> *const c_void {
        self.memory.as_ptr()
    }

    /// Address of the `BufferHandle`.
    pub(crate) fn handle(&self) -> *const c_void {
        (&raw const self.handle).cast()
    }

    /// Gives a reference away, to a guest.
    pub(crate) fn into_guest(self: Arc<Self>) -> *mut Buffer {
        Arc::into_raw(self).cast_mut()
    }

    /// Another reference to a buffer that a guest holds.
    ///
    /// # Safety
    /// The guest has a reference, or passes null.
    pub(crate) unsafe fn of_guest(buffer: *const Buffer) -> Option<Arc<Buffer>> {
        if buffer.is_null() {
            return None;
        }
        // SAFETY: by the contract of the function.
        unsafe {
            Arc::increment_strong_count(buffer);
            Some(Arc::from_raw(buffer))
        }
    }

    /// Takes a reference back that a guest holds.
    ///
    /// # Safety
    /// The guest has a reference, which it gives up, or passes null.
    pub(crate) unsafe fn release(buffer: *const Buffer) -> c_int {
        if buffer.is_null() {
            return INVALID_ARGUMENTS;
        }
        // SAFETY: by the contract of the function.
        drop(unsafe { Arc::from_raw(buffer) });
        OK
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: mapped in `new`, with this size. Guests hold references as long as they use it.
        let _ = unsafe { munmap(self.memory, self.size.get()) };
    }
}

/// # Safety
/// As in C: the configuration is null or there.
unsafe extern "C" fn OH_NativeBuffer_Alloc(config: *const Config) -> *mut Buffer {
    guarded("OH_NativeBuffer_Alloc", null_mut(), || {
        // SAFETY: by the contract of the function.
        let buffer = unsafe { config.as_ref() }.and_then(|config| Buffer::new(config).ok());
        buffer.map_or(null_mut(), Buffer::into_guest)
    })
}

/// # Safety
/// As in C: the guest holds the buffer.
unsafe extern "C" fn OH_NativeBuffer_Reference(buffer: *mut Buffer) -> c_int {
    if buffer.is_null() {
        return INVALID_ARGUMENTS;
    }
    // SAFETY: by the contract of the function.
    unsafe { Arc::increment_strong_count(buffer.cast_const()) };
    OK
}

/// # Safety
/// As in C: the guest holds the buffer, and gives one reference up.
unsafe extern "C" fn OH_NativeBuffer_Unreference(buffer: *mut Buffer) -> c_int {
    // SAFETY: by the contract of the function.
    guarded("OH_NativeBuffer_Unreference", UNKNOWN, || unsafe { Buffer::release(buffer) })
}

/// # Safety
/// As in C: the guest holds the buffer, the configuration may be written.
unsafe extern "C" fn OH_NativeBuffer_GetConfig(buffer: *const Buffer, out: *mut Config) {
    // SAFETY: by the contract of the function.
    if let Some(buffer) = unsafe { buffer.as_ref() } {
        // SAFETY: by the contract of the function.
        unsafe { put(out, buffer.config) };
    }
}

/// # Safety
/// As in C: the guest holds the buffer, the address may be written.
unsafe extern "C" fn OH_NativeBuffer_Map(buffer: *const Buffer, out: *mut *mut c_void) -> c_int {
    // SAFETY: by the contract of the function.
    let Some(buffer) = (unsafe { buffer.as_ref() }) else { return INVALID_ARGUMENTS };
    // SAFETY: by the contract of the function.
    if unsafe { put(out, buffer.memory.as_ptr()) } { OK } else { INVALID_ARGUMENTS }
}

/// The memory stays mapped as long as the buffer is there.
extern "C" fn OH_NativeBuffer_Unmap(buffer: *const Buffer) -> c_int {
    if buffer.is_null() { INVALID_ARGUMENTS } else { OK }
}

/// # Safety
/// As in C: the guest holds the buffer.
unsafe extern "C" fn OH_NativeBuffer_GetSeqNum(buffer: *const Buffer) -> u32 {
    // SAFETY: by the contract of the function.
    unsafe { buffer.as_ref() }.map_or(u32::MAX, |buffer| buffer.number)
}

/// `OH_NativeBuffer_Plane`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
struct Plane {
    offset: u64,
    row_stride: u32,
    column_stride: u32,
}

/// `OH_NativeBuffer_Planes`.
#[repr(C)]
struct Planes {
    count: u32,
    planes: [Plane; 4],
}

/// # Safety
/// As in C: the guest holds the buffer, what is pointed to may be written.
unsafe extern "C" fn OH_NativeBuffer_MapPlanes(
    buffer: *const Buffer,
    address: *mut *mut c_void,
    out: *mut Planes,
) -> c_int {
    // SAFETY: by the contract of the function.
    let Some(buffer) = (unsafe { buffer.as_ref() }) else { return INVALID_ARGUMENTS };
    if is_planar(buffer.config.format) {
        return UNSUPPORTED;
    }
    let bytes = bits_per_pixel(buffer.config.format).unwrap_or(8) / 8;
    let first = Plane { offset: 0, row_stride: buffer.config.stride.cast_unsigned(), column_stride: bytes as u32 };
    let none = Plane::default();
    // SAFETY: by the contract of the function.
    if unsafe {
        put(address, buffer.memory.as_ptr()) && put(out, Planes { count: 1, planes: [first, none, none, none] })
    } {
        OK
    } else {
        INVALID_ARGUMENTS
    }
}

/// # Safety
/// As in C: the guest holds the buffer, the result may be written. The reference is the window buffer's own.
unsafe extern "C" fn OH_NativeBuffer_FromNativeWindowBuffer(buffer: *mut Buffer, out: *mut *mut Buffer) -> c_int {
    // SAFETY: by the contract of the function.
    if !buffer.is_null() && unsafe { put(out, buffer) } { OK } else { INVALID_ARGUMENTS }
}

/// # Safety
/// As in C: the guest holds the buffer.
unsafe extern "C" fn OH_NativeBuffer_SetColorSpace(buffer: *const Buffer, space: c_int) -> c_int {
    // SAFETY: by the contract of the function.
    let Some(buffer) = (unsafe { buffer.as_ref() }) else { return INVALID_ARGUMENTS };
    buffer.color_space.store(space, Ordering::Relaxed);
    OK
}

/// # Safety
/// As in C: the guest holds the buffer, the result may be written.
unsafe extern "C" fn OH_NativeBuffer_GetColorSpace(buffer: *const Buffer, out: *mut c_int) -> c_int {
    // SAFETY: by the contract of the function.
    let Some(buffer) = (unsafe { buffer.as_ref() }) else { return INVALID_ARGUMENTS };
    // SAFETY: by the contract of the function.
    if unsafe { put(out, buffer.color_space.load(Ordering::Relaxed)) } { OK } else { INVALID_ARGUMENTS }
}

/// # Safety
/// As in C: the guest holds the buffer and gives the descriptor away, the address may be written.
unsafe extern "C" fn OH_NativeBuffer_MapWaitFence(buffer: *const Buffer, fence: c_int, out: *mut *mut c_void) -> c_int {
    close_fence(fence);
    // SAFETY: by the contract of the function.
    unsafe { OH_NativeBuffer_Map(buffer, out) }
}

/// # Safety
/// As in C: the result may be written.
unsafe extern "C" fn OH_NativeBuffer_IsSupported(config: Config, out: *mut bool) -> c_int {
    let supported = bits_per_pixel(config.format).is_some() && config.width > 0 && config.height > 0;
    // SAFETY: by the contract of the function.
    if unsafe { put(out, supported) } { OK } else { INVALID_ARGUMENTS }
}

/// # Safety
/// As in C: the guest holds the buffer, what is pointed to may be written.
unsafe extern "C" fn OH_NativeBuffer_MapAndGetConfig(
    buffer: *const Buffer,
    address: *mut *mut c_void,
    out: *mut Config,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        let code = OH_NativeBuffer_Map(buffer, address);
        if code == OK {
            OH_NativeBuffer_GetConfig(buffer, out);
        }
        code
    }
}

/// Everything is done at once here, so what a guest waits for has happened. The descriptor was given to us.
pub(crate) fn close_fence(fence: c_int) {
    if fence >= 0 {
        // SAFETY: the guest has given it away.
        unsafe { libc::close(fence) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(width: i32, height: i32, format: i32) -> Config {
        Config { width, height, format, usage: 3, stride: 0 }
    }

    #[test]
    fn buffers_are_memory() {
        // SAFETY: the buffer is alive until it is given up.
        unsafe {
            let buffer = OH_NativeBuffer_Alloc(&config(5, 3, RGBA_8888));
            let (mut address, mut back) = (null_mut(), config(0, 0, 0));
            assert_eq!(OH_NativeBuffer_MapAndGetConfig(buffer, &mut address, &mut back), OK);
            assert_eq!(back, Config { stride: 64, ..config(5, 3, RGBA_8888) });
            (*buffer).write_upside_down(&(0..60).collect::<Vec<u8>>());
            let bytes = std::slice::from_raw_parts(address.cast::<u8>(), 192);
            assert_eq!((bytes[0], bytes[64], bytes[128], bytes[147]), (40, 20, 0, 19));
            let handle = &*(*buffer).handle().cast::<Handle>();
            assert_eq!((handle.width, handle.stride, handle.size), (5, 64, 192));
            assert_eq!(handle.address, address);
            assert_eq!(OH_NativeBuffer_Reference(buffer), OK);
            assert_eq!(OH_NativeBuffer_Unreference(buffer), OK);
            assert_eq!(OH_NativeBuffer_Unreference(buffer), OK);
        }
    }

    #[test]
    fn pixels_of_several_formats_become_rgba() {
        for (format, bytes, rgba) in [
            (RGBA_8888, &[1, 2, 3, 4][..], [1, 2, 3, 4]),
            (RGBX_8888, &[1, 2, 3, 4], [1, 2, 3, 255]),
            (BGRA_8888, &[1, 2, 3, 4], [3, 2, 1, 4]),
            (BGRX_8888, &[1, 2, 3, 4], [3, 2, 1, 255]),
            (RGB_888, &[1, 2, 3], [1, 2, 3, 255]),
            (RGB_565, &[0x1f, 0xf8], [255, 0, 255, 255]),
        ] {
            let buffer = Buffer::new(&config(2, 2, format)).expect("a buffer");
            let stride = buffer.config().stride as usize;
            // SAFETY: the second pixel of the second row lies within the mapping.
            unsafe {
                let pixel = buffer.memory.cast::<u8>().add(stride + bytes.len()).as_ptr();
                pixel.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            }
            assert_eq!(
                buffer.to_rgba().and_then(|data| data.get(12..).map(<[u8]>::to_vec)),
                Some(rgba.to_vec()),
                "{format}"
            );
        }
        assert_eq!(Buffer::new(&config(2, 2, 24)).map(|yuv| yuv.to_rgba()), Ok(None));
    }

    #[test]
    fn impossible_buffers_are_refused() {
        for config in [config(0, 1, 12), config(-1, 1, 12), config(1, 1, 99), config(i32::MAX, i32::MAX, 39)] {
            assert!(Buffer::new(&config).is_err(), "{config:?}");
        }
        assert_eq!(Buffer::new(&config(64, 4, 24)).map(|yuv| yuv.size.get()), Ok(64 * 6), "12 bits");
    }

    #[test]
    fn handles_are_laid_out_as_in_c() {
        assert_eq!(size_of::<Handle>(), 64);
        assert_eq!(std::mem::offset_of!(Handle, address), 32);
        assert_eq!(std::mem::offset_of!(Handle, physical_address), 48);
    }
}
