//! Where guest code enters: arguments become safe types here, and nothing unwinds into the guest.

use std::ffi::{CStr, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs the body of a function that guests call. A panic in it is a defect of Concord: it is reported, and the guest gets
/// `otherwise`.
pub(crate) fn guarded<T>(function: &'static str, otherwise: T, body: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|_| {
        tracing::error!("{function}: defect of Concord, the call is given up");
        otherwise
    })
}

/// A C string of the guest's; `None` for null and for what is not UTF-8.
///
/// # Safety
/// `text` is null or a string that ends with a zero byte and stays as it is for `'a`.
pub(crate) unsafe fn text<'a>(text: *const c_char) -> Option<&'a str> {
    // SAFETY: by the contract of the function.
    unsafe { bytes(text) }.and_then(|text| text.to_str().ok())
}

/// A C string of the guest's; `None` for null.
///
/// # Safety
/// As for [`text`].
pub(crate) unsafe fn bytes<'a>(text: *const c_char) -> Option<&'a CStr> {
    // SAFETY: by the contract of the function.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) })
}

/// Writes a result where the guest wants it; false when it gave null.
///
/// # Safety
/// `out` is null or may be written.
pub(crate) unsafe fn put<T>(out: *mut T, value: T) -> bool {
    if out.is_null() {
        return false;
    }
    // SAFETY: by the contract of the function. Guests may pass members of packed structs.
    unsafe { out.write_unaligned(value) };
    true
}

/// A copy of a text that the guest frees with `free`; null when there is no memory.
pub(crate) fn allocated(bytes: &[u8]) -> *mut c_char {
    // SAFETY: malloc takes any size.
    let copy = unsafe { libc::malloc(bytes.len() + 1) }.cast::<u8>();
    if !copy.is_null() {
        // SAFETY: the block has room for the text and its zero.
        unsafe {
            copy.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            copy.add(bytes.len()).write(0);
        }
    }
    copy.cast()
}
