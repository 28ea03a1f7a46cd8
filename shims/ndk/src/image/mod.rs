//! Pictures in memory: pixel maps, decoding and encoding (`libpixelmap.so`, `libimage_source.so`, `libimage_packer.so`,
//! `libimage_common.so`).

mod change;
pub(crate) mod packer;
pub(crate) mod pixelmap;
pub(crate) mod source;

use crate::boundary::{guarded, put};
use std::ffi::{c_char, c_int};

// `Image_ErrorCode`.
pub(crate) const OK: c_int = 0;
pub(crate) const BAD_PARAMETER: c_int = 401;
pub(crate) const TOO_LARGE: c_int = 7_600_103;
pub(crate) const UNSUPPORTED_OPERATION: c_int = 7_600_201;
pub(crate) const UNSUPPORTED_CONVERSION: c_int = 7_600_203;
pub(crate) const INVALID_REGION: c_int = 7_600_204;
pub(crate) const UNKNOWN_ERROR: c_int = 7_600_901;
pub(crate) const BAD_SOURCE: c_int = 7_700_101;
pub(crate) const DECODE_FAILED: c_int = 7_700_301;
pub(crate) const ENCODE_FAILED: c_int = 7_800_301;

/// Pixels of one picture; more are refused (`IMAGE_TOO_LARGE`).
pub(crate) const MOST_PIXELS: u64 = 1 << 28;

/// `Image_String`, also `Image_MimeType`.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct ImageString {
    pub(crate) data: *mut c_char,
    pub(crate) size: usize,
}

/// `Image_Region`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) x: u32,
    pub(crate) y: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// `Image_Size`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// Runs a function whose result is an error code.
pub(crate) fn coded(name: &'static str, body: impl FnOnce() -> Result<(), c_int>) -> c_int {
    guarded(name, UNKNOWN_ERROR, || body().err().unwrap_or(OK))
}

/// Writes a result, which the guest must want.
///
/// # Safety
/// `out` is null or may be written.
pub(crate) unsafe fn give<T>(out: *mut T, value: T) -> Result<(), c_int> {
    // SAFETY: by the contract of the function.
    if unsafe { put(out, value) } { Ok(()) } else { Err(BAD_PARAMETER) }
}

/// What a guest holds; null is a wrong argument.
///
/// # Safety
/// `object` is null or alive, and used by one thread at a time.
pub(crate) unsafe fn object<'a, T>(object: *mut T) -> Result<&'a mut T, c_int> {
    // SAFETY: by the contract of the function.
    unsafe { object.as_mut() }.ok_or(BAD_PARAMETER)
}

/// Gives a guest a new object.
///
/// # Safety
/// `out` is null or may be written.
pub(crate) unsafe fn create<T>(out: *mut *mut T, value: T) -> Result<(), c_int> {
    if out.is_null() {
        return Err(BAD_PARAMETER);
    }
    // SAFETY: by the contract of the function.
    unsafe { give(out, Box::into_raw(Box::new(value))) }
}

/// Takes an object back.
///
/// # Safety
/// `object` is null, or came from [`create`] and is not used again.
pub(crate) unsafe fn release<T>(name: &'static str, object: *mut T) -> c_int {
    coded(name, || {
        if object.is_null() {
            return Err(BAD_PARAMETER);
        }
        // SAFETY: by the contract of the function.
        drop(unsafe { Box::from_raw(object) });
        Ok(())
    })
}

/// Makes functions that read and write a member of an object, which is of a type of C's.
macro_rules! accessors {
    ($object:ty; $($get:ident $($set:ident)?: $member:ident $type:ty;)*) => { $(
        /// # Safety
        /// As in C: the object is alive, the result may be written.
        unsafe extern "C" fn $get(object: *mut $object, out: *mut $type) -> std::ffi::c_int {
            // SAFETY: by the contract of the function.
            $crate::image::coded(stringify!($get), || unsafe {
                $crate::image::give(out, $crate::image::object(object)?.$member)
            })
        }
        $(
            /// # Safety
            /// As in C: the object is alive.
            unsafe extern "C" fn $set(object: *mut $object, value: $type) -> std::ffi::c_int {
                // SAFETY: by the contract of the function.
                $crate::image::coded(stringify!($set), || unsafe {
                    $crate::image::object(object)?.$member = value;
                    Ok(())
                })
            }
        )?
    )* };
}
pub(crate) use accessors;
