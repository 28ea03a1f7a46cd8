//! `stdio.h`. Streams are glibc's objects; what is here prints and scans formats, because `long double` differs, and sets buffers.

mod format;
mod internals;
mod number;
mod print;
mod printf;
mod scan;
mod scanf;
#[cfg(test)]
mod tests;

pub(crate) use printf::vasprintf;

use crate::table::{Shim, shims};
use libc::{FILE, c_char, c_int};

shims! { __fpurge = fpurge as *const (), fpurge, setbuf }

/// The tables of this folder.
pub(crate) static FILES: [&[Shim]; 4] = [SHIMS, internals::SHIMS, printf::SHIMS, scanf::SHIMS];

/// `BUFSIZ` of the platform; glibc's `setbuf` counts on 8,192 bytes.
const BUFFER_SIZE: usize = 1024;

unsafe extern "C" fn setbuf(file: *mut FILE, buffer: *mut c_char) {
    let mode = if buffer.is_null() { libc::_IONBF } else { libc::_IOFBF };
    // SAFETY: the arguments are as C asks for.
    unsafe { libc::setvbuf(file, buffer, mode, BUFFER_SIZE) };
}

/// Forgets what a stream has buffered; glibc's function has no answer.
unsafe extern "C" fn fpurge(file: *mut FILE) -> c_int {
    unsafe extern "C" {
        fn __fpurge(file: *mut FILE);
    }
    // SAFETY: the argument is an open stream.
    unsafe { __fpurge(file) };
    0
}

/// The standard error stream.
pub(crate) fn stderr() -> *mut FILE {
    unsafe extern "C" {
        static stderr: *mut FILE;
    }
    // SAFETY: glibc sets it before anything runs; a guest may only close it.
    unsafe { stderr }
}
