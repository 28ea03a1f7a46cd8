//! `getopt.h`. glibc's functions, which begin again when `optind` is 0; the platform's also when `optreset` says so. `getopt` stops at the first
//! argument that is no option, which glibc's does only for programs of POSIX.

use crate::table::shims;
use libc::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicI32, Ordering};

shims! {
    __optreset = (&raw const OPTRESET).cast(), getopt, getopt_long, getopt_long_only, optreset = (&raw const OPTRESET).cast(),
}

static OPTRESET: AtomicI32 = AtomicI32::new(0);

/// glibc's functions and where they are in the arguments.
mod host {
    use super::{c_char, c_int, c_void};

    unsafe extern "C" {
        pub(super) static mut optind: c_int;
        pub(super) fn __posix_getopt(count: c_int, arguments: *const *mut c_char, options: *const c_char) -> c_int;
        pub(super) fn getopt_long(
            count: c_int,
            arguments: *const *mut c_char,
            options: *const c_char,
            long: *const c_void,
            index: *mut c_int,
        ) -> c_int;
        pub(super) fn getopt_long_only(
            count: c_int,
            arguments: *const *mut c_char,
            options: *const c_char,
            long: *const c_void,
            index: *mut c_int,
        ) -> c_int;
    }
}

fn begin_again_if_asked() {
    if OPTRESET.swap(0, Ordering::Relaxed) != 0 {
        // SAFETY: C gives these functions to one thread at a time.
        unsafe { host::optind = 0 };
    }
}

unsafe extern "C" fn getopt(count: c_int, arguments: *const *mut c_char, options: *const c_char) -> c_int {
    begin_again_if_asked();
    // SAFETY: the arguments are as C asks for.
    unsafe { host::__posix_getopt(count, arguments, options) }
}

unsafe extern "C" fn getopt_long(
    count: c_int,
    arguments: *const *mut c_char,
    options: *const c_char,
    long: *const c_void,
    index: *mut c_int,
) -> c_int {
    begin_again_if_asked();
    // SAFETY: the arguments are as C asks for.
    unsafe { host::getopt_long(count, arguments, options, long, index) }
}

unsafe extern "C" fn getopt_long_only(
    count: c_int,
    arguments: *const *mut c_char,
    options: *const c_char,
    long: *const c_void,
    index: *mut c_int,
) -> c_int {
    begin_again_if_asked();
    // SAFETY: the arguments are as C asks for.
    unsafe { host::getopt_long_only(count, arguments, options, long, index) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_again_when_asked() {
        let words = [c"p", c"-ab", c"word", c"-c"].map(|word| word.as_ptr().cast_mut());
        // SAFETY: the arguments are strings, and no other test uses these functions.
        unsafe {
            let next = || getopt(4, words.as_ptr(), c"abc".as_ptr());
            assert_eq!((next(), next(), next()), (b'a'.into(), b'b'.into(), -1));
            let at = host::optind;
            assert_eq!(at, 2);
            assert_eq!(next(), -1);
            OPTRESET.store(1, Ordering::Relaxed);
            assert_eq!((next(), OPTRESET.load(Ordering::Relaxed)), (b'a'.into(), 0));
        }
    }
}
