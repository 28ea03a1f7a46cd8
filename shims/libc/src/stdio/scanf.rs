//! The `scanf` family as C sees it. A format without `long double` goes to glibc as it is; the rest is done by [`super::scan`].

use super::printf::{Stream, narrow, wide};
use super::scan::{self, Source};
use crate::table::shims;
use concord_elf::{VaList, variadic};
use libc::{FILE, c_char, c_int, wchar_t};

shims! {
    __isoc99_fscanf = fscanf as *const (),
    __isoc99_fwscanf = fwscanf as *const (),
    __isoc99_scanf = scanf as *const (),
    __isoc99_sscanf = sscanf as *const (),
    __isoc99_swscanf = swscanf as *const (),
    __isoc99_vfscanf = vfscanf as *const (),
    __isoc99_vfwscanf = vfwscanf as *const (),
    __isoc99_vscanf = vscanf as *const (),
    __isoc99_vsscanf = vsscanf as *const (),
    __isoc99_vswscanf = vswscanf as *const (),
    __isoc99_vwscanf = vwscanf as *const (),
    __isoc99_wscanf = wscanf as *const (),
    fscanf, fwscanf, scanf, sscanf, swscanf, vfscanf, vfwscanf, vscanf, vsscanf, vswscanf, vwscanf, wscanf,
}

/// glibc's functions. Those of this name do what C99 asks for (`%a` is a number).
mod host {
    use super::{FILE, VaList, c_char, c_int, wchar_t};

    unsafe extern "C" {
        pub(super) static stdin: *mut FILE;
        pub(super) fn __isoc99_vfscanf(file: *mut FILE, format: *const c_char, list: *mut VaList) -> c_int;
        pub(super) fn __isoc99_vsscanf(text: *const c_char, format: *const c_char, list: *mut VaList) -> c_int;
        pub(super) fn __isoc99_vfwscanf(file: *mut FILE, format: *const wchar_t, list: *mut VaList) -> c_int;
        pub(super) fn __isoc99_vswscanf(text: *const wchar_t, format: *const wchar_t, list: *mut VaList) -> c_int;
        pub(super) fn ungetc(character: c_int, file: *mut FILE) -> c_int;
        pub(super) fn getwc(file: *mut FILE) -> u32;
        pub(super) fn ungetwc(character: u32, file: *mut FILE) -> u32;
    }
}

/// `WEOF`.
const WIDE_END: u32 = u32::MAX;

impl Source for Stream {
    type Unit = u8;

    unsafe fn scan(&mut self, format: &[u8], arguments: &mut VaList) -> c_int {
        // SAFETY: the stream is open; the rest is by the contract of the function.
        unsafe { host::__isoc99_vfscanf(self.file(), format.as_ptr().cast(), arguments) }
    }

    fn advance(&mut self, _: usize) {}

    fn next(&mut self) -> Option<u8> {
        // SAFETY: the stream is open.
        u8::try_from(unsafe { libc::fgetc(self.file()) }).ok()
    }

    fn back(&mut self, unit: u8) {
        // SAFETY: the stream is open, and one character may be put back.
        unsafe { host::ungetc(unit.into(), self.file()) };
    }
}

/// A stream of wide characters.
struct WideStream(Stream);

impl Source for WideStream {
    type Unit = wchar_t;

    unsafe fn scan(&mut self, format: &[wchar_t], arguments: &mut VaList) -> c_int {
        // SAFETY: the stream is open; the rest is by the contract of the function.
        unsafe { host::__isoc99_vfwscanf(self.0.file(), format.as_ptr(), arguments) }
    }

    fn advance(&mut self, _: usize) {}

    fn next(&mut self) -> Option<wchar_t> {
        // SAFETY: the stream is open.
        let character = unsafe { host::getwc(self.0.file()) };
        (character != WIDE_END).then_some(character as wchar_t)
    }

    fn back(&mut self, unit: wchar_t) {
        // SAFETY: the stream is open, and one character may be put back.
        unsafe { host::ungetwc(unit as u32, self.0.file()) };
    }
}

/// A string.
struct Text(*const c_char);

impl Source for Text {
    type Unit = u8;

    unsafe fn scan(&mut self, format: &[u8], arguments: &mut VaList) -> c_int {
        // SAFETY: the text is a string; the rest is by the contract of the function.
        unsafe { host::__isoc99_vsscanf(self.0, format.as_ptr().cast(), arguments) }
    }

    fn advance(&mut self, count: usize) {
        self.0 = self.0.wrapping_add(count);
    }

    fn next(&mut self) -> Option<u8> {
        // SAFETY: it never goes past the end of the string.
        let unit = unsafe { self.0.read() } as u8;
        (unit != 0).then(|| {
            self.advance(1);
            unit
        })
    }

    fn back(&mut self, _: u8) {
        self.0 = self.0.wrapping_sub(1);
    }
}

/// A wide string.
struct WideText(*const wchar_t);

impl Source for WideText {
    type Unit = wchar_t;

    unsafe fn scan(&mut self, format: &[wchar_t], arguments: &mut VaList) -> c_int {
        // SAFETY: the text is a string; the rest is by the contract of the function.
        unsafe { host::__isoc99_vswscanf(self.0, format.as_ptr(), arguments) }
    }

    fn advance(&mut self, count: usize) {
        self.0 = self.0.wrapping_add(count);
    }

    fn next(&mut self) -> Option<wchar_t> {
        // SAFETY: it never goes past the end of the string.
        let unit = unsafe { self.0.read() };
        (unit != 0).then(|| {
            self.advance(1);
            unit
        })
    }

    fn back(&mut self, _: wchar_t) {
        self.0 = self.0.wrapping_sub(1);
    }
}

unsafe extern "C" fn vfscanf(file: *mut FILE, format: *const c_char, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe {
        let parts = narrow(format);
        if scan::is_common(parts) {
            return host::__isoc99_vfscanf(file, format, list);
        }
        scan::scan(&mut Stream::lock(file), parts, &mut *list)
    }
}

unsafe extern "C" fn vscanf(format: *const c_char, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe { vfscanf(host::stdin, format, list) }
}

unsafe extern "C" fn vsscanf(text: *const c_char, format: *const c_char, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe {
        let parts = narrow(format);
        if scan::is_common(parts) {
            return host::__isoc99_vsscanf(text, format, list);
        }
        scan::scan(&mut Text(text), parts, &mut *list)
    }
}

unsafe extern "C" fn vfwscanf(file: *mut FILE, format: *const wchar_t, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe {
        let parts = wide(format);
        if scan::is_common(parts) {
            return host::__isoc99_vfwscanf(file, format, list);
        }
        scan::scan(&mut WideStream(Stream::lock(file)), parts, &mut *list)
    }
}

unsafe extern "C" fn vwscanf(format: *const wchar_t, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe { vfwscanf(host::stdin, format, list) }
}

unsafe extern "C" fn vswscanf(text: *const wchar_t, format: *const wchar_t, list: *mut VaList) -> c_int {
    // SAFETY: the arguments are as C asks for.
    unsafe {
        let parts = wide(format);
        if scan::is_common(parts) {
            return host::__isoc99_vswscanf(text, format, list);
        }
        scan::scan(&mut WideText(text), parts, &mut *list)
    }
}

variadic! {
    scanf(1) => vscanf;
    fscanf(2) => vfscanf;
    sscanf(2) => vsscanf;
    wscanf(1) => vwscanf;
    fwscanf(2) => vfwscanf;
    swscanf(2) => vswscanf;
}
