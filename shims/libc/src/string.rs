//! `string.h`: what glibc lacks or does in another way.

use crate::table::shims;
use libc::{c_char, size_t};

shims! { strlcat, strlcpy }

/// Copies a string into `size` bytes, cutting it off if need be; the length of `source`.
pub(crate) unsafe extern "C" fn strlcpy(destination: *mut c_char, source: *const c_char, size: size_t) -> size_t {
    // SAFETY: the arguments are as C asks for.
    unsafe {
        let length = libc::strlen(source);
        if size > 0 {
            let copied = length.min(size - 1);
            std::ptr::copy(source, destination, copied);
            destination.add(copied).write(0);
        }
        length
    }
}

/// Appends a string to one in `size` bytes; the length that the result has or would have.
pub(crate) unsafe extern "C" fn strlcat(destination: *mut c_char, source: *const c_char, size: size_t) -> size_t {
    // SAFETY: the arguments are as C asks for.
    unsafe {
        let used = libc::strnlen(destination, size);
        used + if used == size { libc::strlen(source) } else { strlcpy(destination.add(used), source, size - used) }
    }
}
