//! How functions fail.

use std::ffi::{CStr, c_char, c_int};

/// An error number of the platform; the numbers are Linux's on both sides.
pub(crate) type Errno = c_int;

/// Sets `errno`.
pub(crate) fn set(errno: Errno) {
    nix::errno::Errno::set_raw(errno);
}

/// What `errno` is.
pub(crate) fn get() -> Errno {
    nix::errno::Errno::last_raw()
}

/// What functions return that answer -1 on failure.
pub(crate) fn fail<T: From<i8>>(errno: Errno) -> T {
    set(errno);
    T::from(-1)
}

/// What functions return that answer a null pointer on failure.
pub(crate) fn null<T>(errno: Errno) -> *mut T {
    set(errno);
    std::ptr::null_mut()
}

/// Turns an error into -1 and `errno`.
pub(crate) fn answer<T: From<i8>>(result: Result<T, Errno>) -> T {
    result.unwrap_or_else(fail)
}

/// A string of the guest's.
///
/// # Safety
/// `text` is null, or points to a string that stays as it is for `'a`.
pub(crate) unsafe fn c_str<'a>(text: *const c_char) -> Result<&'a CStr, Errno> {
    if text.is_null() {
        return Err(libc::EFAULT);
    }
    // SAFETY: by the contract of the function.
    Ok(unsafe { CStr::from_ptr(text) })
}

/// A string of the guest's that has to be UTF-8.
///
/// # Safety
/// As for [`c_str`].
pub(crate) unsafe fn utf8<'a>(text: *const c_char) -> Result<&'a str, Errno> {
    // SAFETY: by the contract of the function.
    unsafe { c_str(text) }?.to_str().map_err(|_| libc::EILSEQ)
}
