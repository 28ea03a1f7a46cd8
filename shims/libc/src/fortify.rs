//! The functions of fortified programs (`…_chk`) that glibc lacks or declares in another way: the compiler passes the size of a buffer, and what does not fit
//! ends the app.

use crate::string::{strlcat, strlcpy};
use crate::table::shims;
use concord_elf::{VaList, variadic};
use libc::{FILE, c_char, c_int, c_void, mode_t, off_t, size_t, sockaddr, socklen_t, ssize_t};

shims! {
    __fd_chk, __fgets_chk, __fortify_error, __fread_chk, __fwrite_chk, __memchr_chk, __memrchr_chk, __pwrite_chk, __send_chk, __sendto_chk,
    __strchr_chk, __strlcat_chk, __strlcpy_chk, __strlen_chk, __strrchr_chk, __umask_chk, __write_chk,
}

/// Ends the app unless `size` bytes fit into `room`.
pub(crate) fn check(function: &str, size: size_t, room: size_t) {
    if size > room {
        fail(&format!("{function} was given {size} bytes for a buffer of {room}"));
    }
}

fn fail(what: &str) -> ! {
    crate::ohos::abort_with(&format!("a check of the app's compiler failed: {what}"))
}

unsafe extern "C" fn vfortify_error(format: *const c_char, list: *mut VaList) -> ! {
    let mut text = std::ptr::null_mut();
    // SAFETY: the arguments are as C asks for.
    let length = unsafe { crate::stdio::vasprintf(&raw mut text, format, list) };
    // SAFETY: `vasprintf` made a string.
    let text = if length < 0 { c"" } else { unsafe { std::ffi::CStr::from_ptr(text) } };
    fail(&text.to_string_lossy())
}

variadic! { __fortify_error(1) => vfortify_error; }

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

unsafe extern "C" fn __write_chk(file: c_int, buffer: *const c_void, count: size_t, room: size_t) -> ssize_t {
    check("write", count, room);
    // SAFETY: the arguments are as C asks for.
    unsafe { libc::write(file, buffer, count) }
}

unsafe extern "C" fn __pwrite_chk(
    file: c_int,
    buffer: *const c_void,
    count: size_t,
    at: off_t,
    room: size_t,
) -> ssize_t {
    check("pwrite", count, room);
    // SAFETY: the arguments are as C asks for.
    unsafe { libc::pwrite(file, buffer, count, at) }
}

unsafe extern "C" fn __send_chk(
    socket: c_int,
    buffer: *const c_void,
    count: size_t,
    room: size_t,
    flags: c_int,
) -> ssize_t {
    check("send", count, room);
    // SAFETY: the arguments are as C asks for.
    unsafe { libc::send(socket, buffer, count, flags) }
}

unsafe extern "C" fn __sendto_chk(
    socket: c_int,
    buffer: *const c_void,
    count: size_t,
    room: size_t,
    flags: c_int,
    to: *const sockaddr,
    size: socklen_t,
) -> ssize_t {
    check("sendto", count, room);
    // SAFETY: the arguments are as C asks for.
    unsafe { crate::socket::sendto(socket, buffer, count, flags, to, size) }
}

unsafe extern "C" fn __umask_chk(mode: mode_t) -> mode_t {
    if mode & !0o777 != 0 {
        fail(&format!("umask was given the mode {mode:o}"));
    }
    // SAFETY: it takes a number.
    unsafe { libc::umask(mode) }
}

unsafe extern "C" fn __fd_chk(file: c_int) {
    if usize::try_from(file).map_or(true, |file| file >= libc::FD_SETSIZE) {
        fail(&format!("a set of descriptors cannot hold {file}"));
    }
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
