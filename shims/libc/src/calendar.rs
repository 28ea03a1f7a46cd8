//! `time.h`: the zone of times without an offset is called UTC, in glibc GMT.

use crate::table::shims;
use libc::{time_t, tm};

shims! { gmtime, gmtime_r, timegm }

/// Names the zone of a time that glibc has filled in.
unsafe fn name_zone(time: *mut tm) -> *mut tm {
    if !time.is_null() {
        // SAFETY: by the contract of the caller.
        unsafe { (*time).tm_zone = c"UTC".as_ptr() };
    }
    time
}

unsafe extern "C" fn gmtime(seconds: *const time_t) -> *mut tm {
    // SAFETY: the argument is as C asks for.
    unsafe { name_zone(libc::gmtime(seconds)) }
}

unsafe extern "C" fn gmtime_r(seconds: *const time_t, time: *mut tm) -> *mut tm {
    // SAFETY: the arguments are as C asks for.
    unsafe { name_zone(libc::gmtime_r(seconds, time)) }
}

unsafe extern "C" fn timegm(time: *mut tm) -> time_t {
    // SAFETY: the argument is as C asks for.
    unsafe {
        let seconds = libc::timegm(time);
        name_zone(time);
        seconds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_utc() {
        let seconds = 951_782_400;
        // SAFETY: all fields may be zero.
        let mut time: tm = unsafe { std::mem::zeroed() };
        // SAFETY: the time is there, and its zone is a string.
        unsafe {
            gmtime_r(&raw const seconds, &raw mut time);
            assert_eq!(std::ffi::CStr::from_ptr(time.tm_zone), c"UTC");
            time.tm_zone = std::ptr::null();
            assert_eq!(timegm(&raw mut time), seconds);
            assert_eq!(std::ffi::CStr::from_ptr(time.tm_zone), c"UTC");
        }
        assert_eq!((time.tm_mon, time.tm_mday), (1, 29));
    }
}
