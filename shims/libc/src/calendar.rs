//! `time.h`: the zone of times without an offset is called UTC, in glibc GMT; and `%s` counts from the time's own zone, in glibc from that of the process.

use crate::table::shims;
use libc::{c_char, locale_t, size_t, time_t, tm};
use std::borrow::Cow;
use std::ffi::{CStr, CString};

shims! { gmtime, gmtime_r, strftime, strftime_l, timegm }

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

/// The format with the seconds in the place of `%s`.
///
/// # Safety
/// The arguments are a string and a time.
unsafe fn with_seconds<'a>(format: *const c_char, time: *const tm) -> Cow<'a, CStr> {
    // SAFETY: by the contract of the function.
    let format = unsafe { CStr::from_ptr(format) };
    let mut text = Vec::new();
    let mut bytes = format.to_bytes().iter().copied();
    let mut seconds = None;
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => match bytes.next() {
                Some(b's') => {
                    let seconds = seconds.get_or_insert_with(|| {
                        // SAFETY: by the contract of the function.
                        let mut time = unsafe { time.read() };
                        let offset = time.tm_gmtoff;
                        // SAFETY: the time is ours.
                        unsafe { libc::timegm(&raw mut time) }.wrapping_sub(offset)
                    });
                    text.extend(seconds.to_string().into_bytes());
                }
                other => {
                    text.push(b'%');
                    text.extend(other);
                }
            },
            _ => text.push(byte),
        }
    }
    match (seconds, CString::new(text)) {
        (Some(_), Ok(text)) => Cow::Owned(text),
        _ => Cow::Borrowed(format),
    }
}

unsafe extern "C" fn strftime(text: *mut c_char, size: size_t, format: *const c_char, time: *const tm) -> size_t {
    // SAFETY: the arguments are as C asks for.
    unsafe { libc::strftime(text, size, with_seconds(format, time).as_ptr(), time) }
}

unsafe extern "C" fn strftime_l(
    text: *mut c_char,
    size: size_t,
    format: *const c_char,
    time: *const tm,
    locale: locale_t,
) -> size_t {
    // SAFETY: the arguments are as C asks for.
    unsafe { libc::strftime_l(text, size, with_seconds(format, time).as_ptr(), time, locale) }
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

    #[test]
    fn seconds_count_from_the_zone_of_the_time() {
        // SAFETY: all fields may be zero.
        let mut time: tm = unsafe { std::mem::zeroed() };
        (time.tm_year, time.tm_mday, time.tm_hour, time.tm_gmtoff) = (70, 1, 9, 3600 * 8);
        let mut text = [0 as c_char; 32];
        // SAFETY: the buffer is as long as is said, and strings end.
        unsafe {
            assert_eq!(strftime(text.as_mut_ptr(), text.len(), c"%s %%s %H%".as_ptr(), &raw const time), 11);
            assert_eq!(CStr::from_ptr(text.as_ptr()), c"3600 %s 09%");
        }
    }
}
