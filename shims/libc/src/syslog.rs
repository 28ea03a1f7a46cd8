//! `syslog.h`: messages go to the log of Concord.

use crate::stdio::vasprintf;
use crate::table::shims;
use concord_elf::{VaList, variadic};
use libc::{c_char, c_int};
use std::ffi::CStr;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Mutex, PoisonError};

shims! { __syslog_chk, closelog, openlog, setlogmask, syslog, vsyslog }

static MASK: AtomicI32 = AtomicI32::new(0xff);
static PROGRAM: Mutex<String> = Mutex::new(String::new());

unsafe extern "C" fn openlog(program: *const c_char, _options: c_int, _facility: c_int) {
    const LONGEST: usize = 31;
    // SAFETY: the argument is a string or null.
    let name = if program.is_null() { c"" } else { unsafe { CStr::from_ptr(program) } };
    let name = name.to_string_lossy().chars().take(LONGEST).collect();
    *PROGRAM.lock().unwrap_or_else(PoisonError::into_inner) = name;
}

unsafe extern "C" fn closelog() {}

unsafe extern "C" fn setlogmask(mask: c_int) -> c_int {
    if mask == 0 { MASK.load(Ordering::Relaxed) } else { MASK.swap(mask, Ordering::Relaxed) }
}

unsafe extern "C" fn vsyslog(priority: c_int, format: *const c_char, list: *mut VaList) {
    let level = priority & 7;
    if MASK.load(Ordering::Relaxed) & (1 << level) == 0 || priority & !0x3ff != 0 {
        return;
    }
    let mut text = std::ptr::null_mut();
    // SAFETY: the arguments are as C asks for.
    if unsafe { vasprintf(&raw mut text, format, list) } < 0 {
        return;
    }
    // SAFETY: `vasprintf` made a string, which is ours to free.
    let message = unsafe {
        let message = CStr::from_ptr(text).to_string_lossy().into_owned();
        libc::free(text.cast());
        message
    };
    let program = PROGRAM.lock().unwrap_or_else(PoisonError::into_inner).clone();
    match level {
        libc::LOG_EMERG..=libc::LOG_ERR => tracing::error!(target: "syslog", program, "{message}"),
        libc::LOG_WARNING => tracing::warn!(target: "syslog", program, "{message}"),
        libc::LOG_NOTICE | libc::LOG_INFO => tracing::info!(target: "syslog", program, "{message}"),
        _ => tracing::debug!(target: "syslog", program, "{message}"),
    }
}

unsafe extern "C" fn vsyslog_chk(priority: c_int, _flag: c_int, format: *const c_char, list: *mut VaList) {
    // SAFETY: the arguments are as C asks for.
    unsafe { vsyslog(priority, format, list) };
}

variadic! {
    syslog(2) => vsyslog;
    __syslog_chk(3) => vsyslog_chk;
}
