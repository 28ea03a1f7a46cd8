//! The `printf` family as C sees it.
//!
//! A format of which glibc makes the same as the platform goes to glibc as it is; the rest is done by [`super::print`].

use super::format::{Fault, Parts};
use super::print::{self, Sink};
use crate::errno;
use crate::table::shims;
use concord_elf::{VaList, variadic};
use libc::{FILE, c_char, c_int, c_void, size_t, wchar_t};

shims! {
    __asprintf_chk, __fprintf_chk, __printf_chk, __snprintf_chk, __sprintf_chk, __vasprintf_chk, __vfprintf_chk, __vsnprintf_chk,
    __vsprintf_chk, asprintf, dprintf, fprintf, fwprintf, printf, snprintf, sprintf, swprintf, vasprintf, vdprintf, vfprintf, vfwprintf, vprintf,
    vsnprintf, vsprintf, vswprintf, vwprintf, wprintf,
}

/// glibc's functions.
mod host {
    use super::{FILE, VaList, c_char, c_int, size_t, wchar_t};

    unsafe extern "C" {
        pub(super) static stdout: *mut FILE;
        pub(super) fn vfprintf(file: *mut FILE, format: *const c_char, list: *mut VaList) -> c_int;
        pub(super) fn vdprintf(file: c_int, format: *const c_char, list: *mut VaList) -> c_int;
        pub(super) fn vsnprintf(text: *mut c_char, size: size_t, format: *const c_char, list: *mut VaList) -> c_int;
        pub(super) fn vasprintf(text: *mut *mut c_char, format: *const c_char, list: *mut VaList) -> c_int;
        pub(super) fn vfwprintf(file: *mut FILE, format: *const wchar_t, list: *mut VaList) -> c_int;
        pub(super) fn vswprintf(text: *mut wchar_t, size: size_t, format: *const wchar_t, list: *mut VaList) -> c_int;
        pub(super) fn flockfile(file: *mut FILE);
        pub(super) fn funlockfile(file: *mut FILE);
        pub(super) fn wcslen(text: *const wchar_t) -> size_t;
    }
}

/// The answer of C.
fn answer(result: Result<u32, Fault>) -> c_int {
    match result {
        Ok(count) => count as c_int,
        Err(fault) => {
            match fault {
                Fault::Invalid => errno::set(libc::EINVAL),
                Fault::Overflow => errno::set(libc::EOVERFLOW),
                Fault::Output => {}
            }
            -1
        }
    }
}

/// The characters of a format.
///
/// # Safety
/// It is a string, and remains one.
pub(super) unsafe fn narrow<'a>(format: *const c_char) -> &'a [u8] {
    // SAFETY: by the contract of the function.
    unsafe { std::slice::from_raw_parts(format.cast(), libc::strlen(format)) }
}

/// The characters of a wide format.
///
/// # Safety
/// It is a string, and remains one.
pub(super) unsafe fn wide<'a>(format: *const wchar_t) -> &'a [wchar_t] {
    // SAFETY: by the contract of the function.
    unsafe { std::slice::from_raw_parts(format, host::wcslen(format)) }
}

/// A stream, locked.
pub(super) struct Stream(*mut FILE);

impl Stream {
    /// # Safety
    /// It is a stream, which stays open.
    pub(super) unsafe fn lock(file: *mut FILE) -> Self {
        // SAFETY: by the contract of the function.
        unsafe { host::flockfile(file) };
        Stream(file)
    }

    pub(super) fn file(&self) -> *mut FILE {
        self.0
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // SAFETY: the stream is open and was locked by this thread.
        unsafe { host::funlockfile(self.0) };
    }
}

impl Sink for Stream {
    type Unit = u8;

    unsafe fn print(&mut self, format: &[u8], arguments: &mut VaList) -> c_int {
        // SAFETY: the stream is open; the rest is by the contract of the function.
        unsafe { host::vfprintf(self.0, format.as_ptr().cast(), arguments) }
    }
}

/// A stream of wide characters.
struct WideStream(Stream);

impl Sink for WideStream {
    type Unit = wchar_t;

    unsafe fn print(&mut self, format: &[wchar_t], arguments: &mut VaList) -> c_int {
        // SAFETY: the stream is open; the rest is by the contract of the function.
        unsafe { host::vfwprintf(self.0.0, format.as_ptr(), arguments) }
    }
}

/// A buffer. What does not fit is counted and cut off.
struct Buffer {
    text: *mut c_char,
    size: size_t,
}

impl Sink for Buffer {
    type Unit = u8;

    unsafe fn print(&mut self, format: &[u8], arguments: &mut VaList) -> c_int {
        // SAFETY: the buffer has `size` bytes; the rest is by the contract of the function.
        unsafe {
            let printed = host::vsnprintf(self.text, self.size, format.as_ptr().cast(), arguments);
            // The zero at the end of what fits is written again by what follows.
            let moved = usize::try_from(printed).unwrap_or(0).min(self.size.saturating_sub(1));
            self.text = self.text.wrapping_add(moved);
            self.size -= moved;
            printed
        }
    }

    fn room(&self) -> usize {
        self.size
    }
}

/// A buffer of wide characters, in which everything must fit.
struct WideBuffer {
    text: *mut wchar_t,
    size: size_t,
}

impl Sink for WideBuffer {
    type Unit = wchar_t;

    unsafe fn print(&mut self, format: &[wchar_t], arguments: &mut VaList) -> c_int {
        // SAFETY: the buffer has `size` characters; the rest is by the contract of the function.
        unsafe {
            let printed = host::vswprintf(self.text, self.size, format.as_ptr(), arguments);
            let moved = usize::try_from(printed).unwrap_or(0).min(self.size);
            self.text = self.text.wrapping_add(moved);
            self.size -= moved;
            printed
        }
    }
}

pub(crate) unsafe extern "C" fn vfprintf(file: *mut FILE, format: *const c_char, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe {
        let parts = narrow(format);
        if Parts::of(parts).are_common() {
            return host::vfprintf(file, format, list);
        }
        answer(print::print(&mut Stream::lock(file), parts, &mut *list))
    }
}

unsafe extern "C" fn vprintf(format: *const c_char, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe { vfprintf(host::stdout, format, list) }
}

pub(crate) unsafe extern "C" fn vsnprintf(
    text: *mut c_char,
    size: size_t,
    format: *const c_char,
    list: *mut VaList,
) -> c_int {
    if size > c_int::MAX as usize {
        return answer(Err(Fault::Overflow));
    }
    // SAFETY: the arguments are as C asks for.
    unsafe {
        let parts = narrow(format);
        if Parts::of(parts).are_common() {
            return host::vsnprintf(text, size, format, list);
        }
        if size > 0 {
            text.write(0);
        }
        answer(print::print(&mut Buffer { text, size }, parts, &mut *list))
    }
}

unsafe extern "C" fn vsprintf(text: *mut c_char, format: *const c_char, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe { vsnprintf(text, c_int::MAX as usize, format, list) }
}

pub(crate) unsafe extern "C" fn vasprintf(text: *mut *mut c_char, format: *const c_char, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for. The buffer is for the guest's `free`, which is glibc's.
    unsafe {
        if Parts::of(narrow(format)).are_common() {
            return host::vasprintf(text, format, list);
        }
        let mut again = *list;
        let length = vsnprintf(std::ptr::null_mut(), 0, format, list);
        let Ok(size) = usize::try_from(length) else { return -1 };
        let buffer = libc::malloc(size + 1).cast::<c_char>();
        if buffer.is_null() {
            return -1;
        }
        *text = buffer;
        // A count of INT_MAX leaves no size that `vsnprintf` takes.
        if vsnprintf(buffer, size.min(c_int::MAX as usize - 1) + 1, format, &raw mut again) < 0 {
            libc::free(buffer.cast());
            return -1;
        }
        length
    }
}

unsafe extern "C" fn vdprintf(file: c_int, format: *const c_char, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for; the text is what `vasprintf` made.
    unsafe {
        if Parts::of(narrow(format)).are_common() {
            return host::vdprintf(file, format, list);
        }
        let mut text = std::ptr::null_mut();
        let length = vasprintf(&raw mut text, format, list);
        let mut written = 0;
        while written < length {
            let count = libc::write(file, text.add(written as usize).cast::<c_void>(), (length - written) as usize);
            if count < 0 && crate::errno::get() == libc::EINTR {
                continue;
            }
            if count <= 0 {
                break;
            }
            written += count as c_int;
        }
        libc::free(text.cast());
        if written == length { length } else { -1 }
    }
}

pub(crate) unsafe extern "C" fn vfwprintf(file: *mut FILE, format: *const wchar_t, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe {
        let parts = wide(format);
        if Parts::of(parts).are_common() {
            return host::vfwprintf(file, format, list);
        }
        answer(print::print(&mut WideStream(Stream::lock(file)), parts, &mut *list))
    }
}

unsafe extern "C" fn vwprintf(format: *const wchar_t, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe { vfwprintf(host::stdout, format, list) }
}

unsafe extern "C" fn vswprintf(text: *mut wchar_t, size: size_t, format: *const wchar_t, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe {
        let parts = wide(format);
        if Parts::of(parts).are_common() {
            return host::vswprintf(text, size, format, list);
        }
        if size == 0 {
            return answer(Err(Fault::Overflow));
        }
        text.write(0);
        answer(print::print(&mut WideBuffer { text, size }, parts, &mut *list))
    }
}

// The forms of fortified programs. The compiler knows the size of the buffer; what does not fit ends the app.

pub(crate) unsafe extern "C" fn __vfprintf_chk(
    file: *mut FILE,
    _flag: c_int,
    format: *const c_char,
    list: *mut VaList,
) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe { vfprintf(file, format, list) }
}

unsafe extern "C" fn vprintf_chk(_flag: c_int, format: *const c_char, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe { vprintf(format, list) }
}

unsafe extern "C" fn __vasprintf_chk(
    text: *mut *mut c_char,
    _flag: c_int,
    format: *const c_char,
    list: *mut VaList,
) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe { vasprintf(text, format, list) }
}

unsafe extern "C" fn __vsnprintf_chk(
    text: *mut c_char,
    size: size_t,
    _flag: c_int,
    room: size_t,
    format: *const c_char,
    list: *mut VaList,
) -> c_int {
    crate::fortify::check("vsnprintf", size, room);
    // SAFETY: the arguments are as C asks for.
    unsafe { vsnprintf(text, size, format, list) }
}

unsafe extern "C" fn __vsprintf_chk(
    text: *mut c_char,
    _flag: c_int,
    room: size_t,
    format: *const c_char,
    list: *mut VaList,
) -> c_int {
    // SAFETY: the arguments are as C asks for.
    let length = unsafe { vsnprintf(text, room.min(c_int::MAX as usize), format, list) };
    crate::fortify::check("vsprintf", usize::try_from(length).map_or(0, |length| length + 1), room);
    length
}

variadic! {
    printf(1) => vprintf;
    fprintf(2) => vfprintf;
    dprintf(2) => vdprintf;
    sprintf(2) => vsprintf;
    snprintf(3) => vsnprintf;
    asprintf(2) => vasprintf;
    wprintf(1) => vwprintf;
    fwprintf(2) => vfwprintf;
    swprintf(3) => vswprintf;
    __printf_chk(2) => vprintf_chk;
    __fprintf_chk(3) => __vfprintf_chk;
    __sprintf_chk(4) => __vsprintf_chk;
    __snprintf_chk(5) => __vsnprintf_chk;
    __asprintf_chk(3) => __vasprintf_chk;
}
