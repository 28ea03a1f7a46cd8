//! The functions of fortified programs (`…_chk`) that glibc lacks or declares in another way: the compiler passes the size of a buffer, and what does not fit
//! ends the app.

use crate::string::{strlcat, strlcpy};
use crate::table::shims;
use libc::{FILE, c_char, c_int, c_void, size_t};

shims! {
__fgets_chk, __fread_chk, __fwrite_chk, __memchr_chk, __memrchr_chk, __strchr_chk, __strlcat_chk, __strlcpy_chk, __strlen_chk, __strrchr_chk, }

/// Ends the app unless `size` bytes fit into `room`.
pub(crate) fn check(function: &str, size: size_t, room: size_t) {
    if size > room {
        fail(&format!("{function} was given {size} bytes for a buffer of {room}"));
    }
}

fn fail(what: &str) -> ! {
    tracing::error!(target: "libc", "a check of the app's compiler failed: {what}");
    // SAFETY: it takes nothing.
    unsafe { libc::abort() }
}

unsafe extern "C" fn __fread_chk(
    buffer: *mut c_void,
    size: size_t,
    count: size_t,
    file: *mut FILE,
    room: size_t,
) -> size_t {
    check("fread", size.saturating_mul(count), room);
    // SAFETY: the arguments are as C asks for.
    unsafe { libc::fread(buffer, size, count, file) }
}

unsafe extern "C" fn __fwrite_chk(
    buffer: *const c_void,
    size: size_t,
    count: size_t,
    file: *mut FILE,
    room: size_t,
) -> size_t {
    check("fwrite", size.saturating_mul(count), room);
    // SAFETY: the arguments are as C asks for.
    unsafe { libc::fwrite(buffer, size, count, file) }
}

unsafe extern "C" fn __fgets_chk(buffer: *mut c_char, size: c_int, file: *mut FILE, room: size_t) -> *mut c_char {
    check("fgets", usize::try_from(size).unwrap_or(usize::MAX), room);
    // SAFETY: the arguments are as C asks for.
    unsafe { libc::fgets(buffer, size, file) }
}

unsafe extern "C" fn __strlen_chk(text: *const c_char, room: size_t) -> size_t {
    // SAFETY: the arguments are as C asks for.
    let length = unsafe { libc::strlen(text) };
    check("strlen", length.saturating_add(1), room);
    length
}

/// Where a byte is in a string, of which `room` bytes may be looked at.
unsafe fn find(function: &str, text: *const c_char, byte: c_int, room: size_t, last: bool) -> *mut c_char {
    // SAFETY: the arguments are as C asks for.
    let length = unsafe { libc::strlen(text) };
    // SAFETY: as above.
    let found = unsafe { if last { libc::strrchr(text, byte) } else { libc::strchr(text, byte) } };
    // What is found early is not read past.
    let read = if found.is_null() || last { length } else { found as usize - text as usize };
    check(function, read.saturating_add(1), room);
    found
}

unsafe extern "C" fn __strchr_chk(text: *const c_char, byte: c_int, room: size_t) -> *mut c_char {
    // SAFETY: the arguments are as C asks for.
    unsafe { find("strchr", text, byte, room, false) }
}

unsafe extern "C" fn __strrchr_chk(text: *const c_char, byte: c_int, room: size_t) -> *mut c_char {
    // SAFETY: the arguments are as C asks for.
    unsafe { find("strrchr", text, byte, room, true) }
}

unsafe extern "C" fn __memchr_chk(bytes: *const c_void, byte: c_int, count: size_t, room: size_t) -> *mut c_void {
    check("memchr", count, room);
    // SAFETY: the arguments are as C asks for.
    unsafe { libc::memchr(bytes, byte, count) }
}

unsafe extern "C" fn __memrchr_chk(bytes: *const c_void, byte: c_int, count: size_t, room: size_t) -> *mut c_void {
    check("memrchr", count, room);
    // SAFETY: the arguments are as C asks for.
    unsafe { libc::memrchr(bytes, byte, count) }
}

unsafe extern "C" fn __strlcpy_chk(to: *mut c_char, from: *const c_char, size: size_t, room: size_t) -> size_t {
    check("strlcpy", size, room);
    // SAFETY: the arguments are as C asks for.
    unsafe { strlcpy(to, from, size) }
}

unsafe extern "C" fn __strlcat_chk(to: *mut c_char, from: *const c_char, size: size_t, room: size_t) -> size_t {
    check("strlcat", size, room);
    // SAFETY: the arguments are as C asks for.
    unsafe { strlcat(to, from, size) }
}
