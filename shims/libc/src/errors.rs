//! `errno` and the texts of errors and signals, which are the platform's where they differ from glibc's.

use crate::errno;
use crate::table::shims;
use libc::{c_char, c_int, c_void, locale_t, size_t};
use std::ffi::CStr;

shims! { __strerror_l, __xpg_strerror_r = strerror_r as *const (), perror, psiginfo, psignal, strerror, strerror_l, strerror_r, strsignal }

unsafe extern "C" {
    fn strerrordesc_np(error: c_int) -> *const c_char;
    fn sigdescr_np(signal: c_int) -> *const c_char;
}

/// For what has no text.
const UNKNOWN: &CStr = c"No error information";

/// The text of an error.
pub(crate) fn text(error: c_int) -> &'static CStr {
    match error {
        libc::EIO => c"I/O error",
        libc::ECHILD => c"No child process",
        libc::ENOMEM => c"Out of memory",
        libc::EBUSY => c"Resource busy",
        libc::EXDEV => c"Cross-device link",
        libc::EMFILE => c"No file descriptors available",
        libc::ENOTTY => c"Not a tty",
        libc::ESPIPE => c"Invalid seek",
        libc::EDOM => c"Domain error",
        libc::ERANGE => c"Result not representable",
        libc::EDEADLK => c"Resource deadlock would occur",
        libc::ENAMETOOLONG => c"Filename too long",
        libc::ELOOP => c"Symbolic link loop",
        libc::ETIME => c"Device timeout",
        libc::EOVERFLOW => c"Value too large for data type",
        libc::EILSEQ => c"Illegal byte sequence",
        libc::ENOTSOCK => c"Not a socket",
        libc::EMSGSIZE => c"Message too large",
        libc::ENOTSUP => c"Not supported",
        libc::EADDRINUSE => c"Address in use",
        libc::EADDRNOTAVAIL => c"Address not available",
        libc::ENETUNREACH => c"Network unreachable",
        libc::ENETRESET => c"Connection reset by network",
        libc::ECONNABORTED => c"Connection aborted",
        libc::EISCONN => c"Socket is connected",
        libc::ENOTCONN => c"Socket not connected",
        libc::ESHUTDOWN => c"Cannot send after socket shutdown",
        libc::ETIMEDOUT => c"Operation timed out",
        libc::EHOSTUNREACH => c"Host is unreachable",
        libc::EINPROGRESS => c"Operation in progress",
        libc::EDQUOT => c"Quota exceeded",
        libc::EOWNERDEAD => c"Previous owner died",
        // Errors that Linux has and the platform's table has not.
        0 | 44..=57 | 59 | 64..=66 | 68..=70 | 73 | 76 | 78..=83 | 85..=87 | 109 | 117..=120 | 132.. => UNKNOWN,
        _ => {
            // SAFETY: the texts of glibc are constants.
            let text = unsafe { strerrordesc_np(error) };
            // SAFETY: as above.
            if text.is_null() { UNKNOWN } else { unsafe { CStr::from_ptr(text) } }
        }
    }
}

/// The texts of the signals from 32 on.
const REAL_TIME: [&CStr; 33] = [
    c"RT32", c"RT33", c"RT34", c"RT35", c"RT36", c"RT37", c"RT38", c"RT39", c"RT40", c"RT41", c"RT42", c"RT43",
    c"RT44", c"RT45", c"RT46", c"RT47", c"RT48", c"RT49", c"RT50", c"RT51", c"RT52", c"RT53", c"RT54", c"RT55",
    c"RT56", c"RT57", c"RT58", c"RT59", c"RT60", c"RT61", c"RT62", c"RT63", c"RT64",
];

/// The text of a signal.
pub(crate) fn signal_text(signal: c_int) -> &'static CStr {
    const UNKNOWN: &CStr = c"Unknown signal";
    match signal {
        libc::SIGFPE => c"Arithmetic exception",
        libc::SIGCHLD => c"Child process status",
        1..=31 => {
            // SAFETY: the texts of glibc are constants.
            let text = unsafe { sigdescr_np(signal) };
            // SAFETY: as above.
            if text.is_null() { UNKNOWN } else { unsafe { CStr::from_ptr(text) } }
        }
        _ => usize::try_from(signal - 32).ok().and_then(|index| REAL_TIME.get(index).copied()).unwrap_or(UNKNOWN),
    }
}

unsafe extern "C" fn strerror(error: c_int) -> *const c_char {
    text(error).as_ptr()
}

unsafe extern "C" fn strerror_l(error: c_int, _locale: locale_t) -> *const c_char {
    text(error).as_ptr()
}

unsafe extern "C" fn __strerror_l(error: c_int, _locale: locale_t) -> *const c_char {
    text(error).as_ptr()
}

/// The form of POSIX: an error, not a pointer.
unsafe extern "C" fn strerror_r(error: c_int, buffer: *mut c_char, size: size_t) -> c_int {
    let text = text(error).to_bytes();
    let copied = text.len().min(size.saturating_sub(1));
    // SAFETY: the buffer has `size` bytes.
    unsafe {
        if size > 0 {
            std::ptr::copy_nonoverlapping(text.as_ptr().cast(), buffer, copied);
            buffer.add(copied).write(0);
        }
    }
    if text.len() < size { 0 } else { libc::ERANGE }
}

unsafe extern "C" fn strsignal(signal: c_int) -> *const c_char {
    signal_text(signal).as_ptr()
}

/// Writes a line on the standard error stream: a prefix, if any, and a text.
unsafe fn complain(prefix: *const c_char, text: &CStr) {
    // SAFETY: the prefix is a string or null, and the stream is open.
    unsafe {
        let prefix = if prefix.is_null() { &[] } else { CStr::from_ptr(prefix).to_bytes() };
        let colon: &[u8] = if prefix.is_empty() { &[] } else { b": " };
        let line = [prefix, colon, text.to_bytes(), b"\n"].concat();
        libc::fwrite(line.as_ptr().cast::<c_void>(), 1, line.len(), crate::stdio::stderr());
    }
}

unsafe extern "C" fn perror(prefix: *const c_char) {
    // SAFETY: the arguments are as C asks for.
    unsafe { complain(prefix, text(errno::get())) };
}

unsafe extern "C" fn psignal(signal: c_int, prefix: *const c_char) {
    let error = errno::get();
    // SAFETY: the arguments are as C asks for.
    unsafe { complain(prefix, signal_text(signal)) };
    errno::set(error);
}

unsafe extern "C" fn psiginfo(info: *const libc::siginfo_t, prefix: *const c_char) {
    // SAFETY: the arguments are as C asks for.
    unsafe { psignal((*info).si_signo, prefix) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_the_platforms_texts() {
        assert_eq!(text(libc::ENOENT), c"No such file or directory");
        assert_eq!(text(libc::EIO), c"I/O error");
        for error in [0, -1, 41, 44, 58, 99_999] {
            assert_eq!(text(error), UNKNOWN, "{error}");
        }
        assert_eq!(signal_text(libc::SIGSEGV), c"Segmentation fault");
        assert_eq!((signal_text(34), signal_text(64)), (c"RT34", c"RT64"));
        assert_eq!(
            (signal_text(0), signal_text(65), signal_text(-5)),
            (c"Unknown signal", c"Unknown signal", c"Unknown signal")
        );
    }

    #[test]
    fn a_short_buffer_is_an_error() {
        let mut buffer = [1 as c_char; 8];
        // SAFETY: the sizes are those of the buffer.
        unsafe {
            assert_eq!(strerror_r(libc::EIO, buffer.as_mut_ptr(), 4), libc::ERANGE);
            assert_eq!(CStr::from_ptr(buffer.as_ptr()), c"I/O");
            assert_eq!(strerror_r(libc::EIO, buffer.as_mut_ptr(), 0), libc::ERANGE);
        }
        let mut buffer = [1 as c_char; 10];
        // SAFETY: as above.
        assert_eq!(unsafe { strerror_r(libc::EIO, buffer.as_mut_ptr(), 10) }, 0);
    }
}
