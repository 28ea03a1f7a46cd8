//! `strtol` and its kin: text without a number is an error, `EINVAL`, which glibc does not say. All integers of 64 bits are one.

use crate::errno;
use crate::table::shims;
use libc::{c_char, c_int, wchar_t};

const SIGNED: *const () = strtol as *const ();
const UNSIGNED: *const () = strtoul as *const ();
const WIDE_SIGNED: *const () = wcstol as *const ();
const WIDE_UNSIGNED: *const () = wcstoul as *const ();

shims! {
    __strtoimax_internal = SIGNED, __strtol_internal = SIGNED, __strtoll_internal = SIGNED,
    __strtoul_internal = UNSIGNED, __strtoull_internal = UNSIGNED, __strtoumax_internal = UNSIGNED,
    strtoimax = SIGNED, strtol, strtoll = SIGNED, strtoll_l = SIGNED,
    strtoul, strtoull = UNSIGNED, strtoull_l = UNSIGNED, strtoumax = UNSIGNED,
    wcstoimax = WIDE_SIGNED, wcstol, wcstoll = WIDE_SIGNED,
    wcstoul, wcstoull = WIDE_UNSIGNED, wcstoumax = WIDE_UNSIGNED,
}

/// glibc's functions.
mod host {
    use super::{c_int, wchar_t};

    pub(super) use libc::{strtol, strtoul};

    unsafe extern "C" {
        pub(super) fn wcstol(text: *const wchar_t, end: *mut *mut wchar_t, base: c_int) -> i64;
        pub(super) fn wcstoul(text: *const wchar_t, end: *mut *mut wchar_t, base: c_int) -> u64;
    }
}

macro_rules! functions {
    ($($name:ident($unit:ty) -> $value:ty;)*) => {$(
        unsafe extern "C" fn $name(text: *const $unit, end: *mut *mut $unit, base: c_int) -> $value {
            // SAFETY: the arguments are as C asks for.
            unsafe {
                // glibc leaves it as it is when the base is wrong.
                let mut stop = text.cast_mut();
                let value = host::$name(text, &raw mut stop, base);
                if std::ptr::eq(stop, text) {
                    errno::set(libc::EINVAL);
                }
                if !end.is_null() {
                    end.write(stop);
                }
                value
            }
        }
    )*};
}

functions! {
    strtol(c_char) -> i64;
    strtoul(c_char) -> u64;
    wcstol(wchar_t) -> i64;
    wcstoul(wchar_t) -> u64;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_is_an_error() {
        let parse = |text: &std::ffi::CStr, base| {
            let mut end = std::ptr::null_mut();
            errno::set(0);
            // SAFETY: the text is a string.
            let value = unsafe { strtol(text.as_ptr(), &raw mut end, base) };
            (value, end as usize - text.as_ptr() as usize, errno::get())
        };
        assert_eq!(parse(c" -12x", 10), (-12, 4, 0));
        assert_eq!(parse(c"0x", 16), (0, 1, 0));
        assert_eq!(parse(c"x", 10), (0, 0, libc::EINVAL));
        assert_eq!(parse(c"", 0), (0, 0, libc::EINVAL));
        assert_eq!(parse(c"1", 37), (0, 0, libc::EINVAL));
        assert_eq!(parse(c"99999999999999999999", 10), (i64::MAX, 20, libc::ERANGE));
        // SAFETY: the text is a string.
        assert_eq!(unsafe { wcstoul([b'7' as wchar_t, 0].as_ptr(), std::ptr::null_mut(), 10) }, 7);
    }
}
