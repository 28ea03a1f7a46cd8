//! What only the platform's library has: messages for crash reports, versions, parameters, traces.

use crate::errno::{c_str, fail};
use crate::table::shims;
use concord_elf::{VaList, variadic};
use libc::size_t;
use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicI32, AtomicPtr, Ordering};

shims! {
    set_fatal_message, get_fatal_message, GetLastFatalMessage, get_device_api_version, get_application_target_sdk_version,
    set_application_target_sdk_version, __stack_chk_fail, __stack_chk_guard = (&raw const STACK_GUARD).cast(), HiLogBasePrint, HiLogBaseIsLoggable = never as *const (),
    CachedParameterCreate, CachedParameterGet, CachedParameterGetChanged, CachedParameterDestroy,
    DFX_SetCrashObj = never as *const (), DFX_ResetCrashObj = never as *const (), DFX_SetCrashLogConfig = never as *const (),
    trace_marker_reset = never as *const (), trace_marker_begin = never as *const (), trace_marker_end = never as *const (),
    trace_marker_async_begin = never as *const (), trace_marker_async_end = never as *const (), trace_marker_count = never as *const (),
    malloc_check_from_ptr, getaddrinfo_ext, membarrier, tcgetwinsize, tcsetwinsize,
    __progname = (&raw const PROGRAM_NAME).cast(), program_invocation_short_name = (&raw const PROGRAM_NAME).cast(),
    __progname_full = (&raw const PROGRAM_NAME).cast(), program_invocation_name = (&raw const PROGRAM_NAME).cast(),
}

/// `fatal_msg_t`: the size of all of it, then the text with its end.
#[repr(C)]
struct FatalMessage {
    size: size_t,
    text: [u8; 0],
}

static FATAL: AtomicPtr<FatalMessage> = AtomicPtr::new(null_mut());

/// Longest message, in bytes.
const MESSAGE: usize = 64 << 10;

/// What the app said before it died: for reports. Async-signal-safe.
pub fn fatal_message() -> Option<&'static CStr> {
    let message = FATAL.load(Ordering::Acquire);
    // SAFETY: a message that is set stays for ever, and its text has an end.
    (!message.is_null()).then(|| unsafe { CStr::from_ptr((&raw const (*message).text).cast()) })
}

/// The first message counts.
unsafe extern "C" fn set_fatal_message(text: *const c_char) {
    // SAFETY: null or a string, as C demands of the guest.
    if let Ok(text) = unsafe { c_str(text) } {
        keep_message(text.to_bytes());
    }
}

pub(crate) fn keep_message(text: &[u8]) {
    if !FATAL.load(Ordering::Acquire).is_null() {
        return;
    }
    let length = text.len().min(MESSAGE);
    let size = size_of::<FatalMessage>() + length + 1;
    // SAFETY: new memory; `mmap` may be called when the heap is broken.
    unsafe {
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
        let made = libc::mmap(null_mut(), size, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0);
        if made == libc::MAP_FAILED {
            return;
        }
        let message = made.cast::<FatalMessage>();
        (*message).size = size;
        std::ptr::copy_nonoverlapping(text.as_ptr(), (&raw mut (*message).text).cast(), length);
        if FATAL.compare_exchange(null_mut(), message, Ordering::AcqRel, Ordering::Acquire).is_err() {
            libc::munmap(made, size);
        }
    }
}

extern "C" fn get_fatal_message() -> *mut FatalMessage {
    FATAL.load(Ordering::Acquire)
}

extern "C" fn GetLastFatalMessage() -> *const c_char {
    fatal_message().map_or(std::ptr::null(), CStr::as_ptr)
}

/// Ends the app because of something that its code has done.
pub(crate) fn abort_with(message: &str) -> ! {
    keep_message(message.as_bytes());
    tracing::error!(target: "libc", "{message}");
    // SAFETY: ends the process.
    unsafe { libc::abort() }
}

extern "C" fn __stack_chk_fail() -> ! {
    abort_with("stack corruption detected (-fstack-protector)")
}

/// Code for x86_64 finds its guard in the thread instead; the name is there all the same.
static STACK_GUARD: usize = 0x00e5_8fd6_0aa1_7c00;

extern "C" fn get_device_api_version() -> c_int {
    crate::process().map_or(0, |process| process.api_version)
}

/// What `set_application_target_sdk_version` said; 0 when it was not called.
static TARGET: AtomicI32 = AtomicI32::new(0);

extern "C" fn get_application_target_sdk_version() -> c_int {
    match TARGET.load(Ordering::Relaxed) {
        0 => crate::process().map_or(0, |process| process.target_sdk_version),
        target => target,
    }
}

/// `SDK_VERSION_FUTURE`, which 0 stands for.
const FUTURE: c_int = 9999;

extern "C" fn set_application_target_sdk_version(target: c_int) {
    TARGET.store(if target == 0 { FUTURE } else { target }, Ordering::Relaxed);
}

/// Traces and the library's own log are off, and objects for crash reports are not kept: 0, or nothing.
extern "C" fn never() -> usize {
    0
}

/// `__progname`: the name of the program that app processes run.
pub(crate) const PROGRAM: &CStr = c"appspawn";
static PROGRAM_NAME: Name = Name(PROGRAM.as_ptr());

#[repr(transparent)]
struct Name(*const c_char);

// SAFETY: it points to a constant.
unsafe impl Sync for Name {}

variadic! {
    /// `int HiLogBasePrint(type, level, domain, tag, format, …)`: the log of the system's own libraries.
    HiLogBasePrint(5) => log;
}

unsafe extern "C" fn log(
    _type: c_int,
    level: c_int,
    domain: c_uint,
    tag: *const c_char,
    format: *const c_char,
    _arguments: *mut VaList,
) -> c_int {
    // SAFETY: null or strings, as C demands of the guest.
    let (tag, format) = unsafe { (c_str(tag).unwrap_or_default(), c_str(format).unwrap_or_default()) };
    let (tag, format) = (tag.to_string_lossy(), format.to_string_lossy());
    tracing::info!(level, domain, %tag, "{format}");
    format.len().try_into().unwrap_or(c_int::MAX)
}

// Parameters of the system, as its libraries read them: none is set, so that all have the values that the caller thinks of.

unsafe extern "C" fn CachedParameterCreate(_name: *const c_char, default: *const c_char) -> *mut c_char {
    // SAFETY: null or a string, as C demands of the guest.
    unsafe { c_str(default) }.map_or(null_mut(), |default| default.to_owned().into_raw())
}

extern "C" fn CachedParameterGet(handle: *mut c_char) -> *const c_char {
    handle
}

unsafe extern "C" fn CachedParameterGetChanged(handle: *mut c_char, changed: *mut c_int) -> *const c_char {
    if !changed.is_null() {
        // SAFETY: the guest gives room for it.
        unsafe { changed.write(0) };
    }
    handle
}

unsafe extern "C" fn CachedParameterDestroy(handle: *mut c_char) {
    if !handle.is_null() {
        // SAFETY: `CachedParameterCreate` gave it, and the guest uses it no more.
        drop(unsafe { CString::from_raw(handle) });
    }
}

/// Whether the platform's allocator made a block: -1 is for allocators that cannot say, as glibc's.
extern "C" fn malloc_check_from_ptr(_block: *const c_void) -> c_int {
    fail(libc::ENOSYS)
}

/// The last argument names a network, and there is one.
unsafe extern "C" fn getaddrinfo_ext(
    host: *const c_char,
    service: *const c_char,
    hints: *const libc::addrinfo,
    result: *mut *mut libc::addrinfo,
    _network: *const c_void,
) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { libc::getaddrinfo(host, service, hints, result) }
}

extern "C" fn membarrier(command: c_int, flags: c_int) -> c_int {
    // SAFETY: the call has no pointers.
    unsafe { libc::syscall(libc::SYS_membarrier, command, flags, 0) as c_int }
}

unsafe extern "C" fn tcgetwinsize(descriptor: c_int, size: *mut libc::winsize) -> c_int {
    if size.is_null() {
        return fail(libc::EFAULT);
    }
    // SAFETY: room for the structure, as C demands of the guest.
    unsafe { libc::ioctl(descriptor, libc::TIOCGWINSZ, size) }
}

unsafe extern "C" fn tcsetwinsize(descriptor: c_int, size: *const libc::winsize) -> c_int {
    if size.is_null() {
        return fail(libc::EFAULT);
    }
    // SAFETY: a structure, as C demands of the guest.
    unsafe { libc::ioctl(descriptor, libc::TIOCSWINSZ, size) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_message_counts() {
        // SAFETY: strings.
        unsafe {
            set_fatal_message(c"first".as_ptr());
            set_fatal_message(c"second".as_ptr());
            assert_eq!((*get_fatal_message()).size, 8 + 6);
        }
        assert_eq!(fatal_message(), Some(c"first"));
    }
}
