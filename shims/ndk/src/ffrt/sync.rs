//! Locks: those of the host's threads, which fit into the guest's storage of 64 bytes.

use super::INVALID;
use crate::boundary::put;
use std::ffi::{c_int, c_long};
use std::mem::MaybeUninit;

const STORAGE: usize = 64;
const _: () = assert!(
    size_of::<libc::pthread_mutex_t>() <= STORAGE
        && size_of::<libc::pthread_cond_t>() <= STORAGE
        && size_of::<libc::pthread_rwlock_t>() <= STORAGE
);

/// `ffrt_mutex_recursive`
const RECURSIVE: c_int = 2;

/// `ffrt_mutexattr_t`
#[repr(C)]
pub(super) struct MutexAttr {
    kind: c_long,
}

/// # Safety
/// As in C: the attributes are null or may be written.
pub(super) unsafe extern "C" fn ffrt_mutexattr_init(attr: *mut MutexAttr) -> c_int {
    // SAFETY: by the contract of the function.
    if unsafe { put(attr, MutexAttr { kind: 0 }) } { 0 } else { INVALID }
}

/// # Safety
/// As in C: the attributes are null or may be written.
pub(super) unsafe extern "C" fn ffrt_mutexattr_settype(attr: *mut MutexAttr, kind: c_int) -> c_int {
    let known = kind == 0 || kind == RECURSIVE;
    // SAFETY: by the contract of the function.
    if known && unsafe { put(attr, MutexAttr { kind: c_long::from(kind) }) } { 0 } else { INVALID }
}

/// # Safety
/// As in C: the attributes are null or there, the result may be written.
pub(super) unsafe extern "C" fn ffrt_mutexattr_gettype(attr: *const MutexAttr, out: *mut c_int) -> c_int {
    // SAFETY: by the contract of the function.
    let kind = unsafe { attr.as_ref() }.map(|attr| attr.kind as c_int);
    // SAFETY: by the contract of the function.
    if kind.is_some_and(|kind| unsafe { put(out, kind) }) { 0 } else { INVALID }
}

/// # Safety
/// As in C: the lock may be written, the attributes are null or there.
pub(super) unsafe extern "C" fn ffrt_mutex_init(lock: *mut libc::pthread_mutex_t, attr: *const MutexAttr) -> c_int {
    if lock.is_null() {
        return INVALID;
    }
    // SAFETY: by the contract of the function.
    let recursive = unsafe { attr.as_ref() }.is_some_and(|attr| attr.kind == c_long::from(RECURSIVE));
    let kind = if recursive { libc::PTHREAD_MUTEX_RECURSIVE } else { libc::PTHREAD_MUTEX_NORMAL };
    let mut native = MaybeUninit::uninit();
    // SAFETY: the attributes are initialised before they are used; the lock by the contract of the function.
    unsafe {
        libc::pthread_mutexattr_init(native.as_mut_ptr());
        libc::pthread_mutexattr_settype(native.as_mut_ptr(), kind);
        let code = libc::pthread_mutex_init(lock, native.as_ptr());
        libc::pthread_mutexattr_destroy(native.as_mut_ptr());
        code
    }
}

/// # Safety
/// As in C: the lock may be written.
pub(super) unsafe extern "C" fn ffrt_rwlock_init(lock: *mut libc::pthread_rwlock_t, _attr: *const c_long) -> c_int {
    if lock.is_null() {
        return INVALID;
    }
    // SAFETY: by the contract of the function.
    unsafe { libc::pthread_rwlock_init(lock, std::ptr::null()) }
}

/// Times of `ffrt_cond_timedwait` are of the clock that never jumps.
///
/// # Safety
/// As in C: the condition may be written.
pub(super) unsafe extern "C" fn ffrt_cond_init(condition: *mut libc::pthread_cond_t, _attr: *const c_long) -> c_int {
    if condition.is_null() {
        return INVALID;
    }
    let mut native = MaybeUninit::uninit();
    // SAFETY: the attributes are initialised before they are used; the condition by the contract of the function.
    unsafe {
        libc::pthread_condattr_init(native.as_mut_ptr());
        libc::pthread_condattr_setclock(native.as_mut_ptr(), libc::CLOCK_MONOTONIC);
        let code = libc::pthread_cond_init(condition, native.as_ptr());
        libc::pthread_condattr_destroy(native.as_mut_ptr());
        code
    }
}

pub(super) extern "C" fn ffrt_usleep(microseconds: u64) -> c_int {
    std::thread::sleep(std::time::Duration::from_micros(microseconds));
    0
}

pub(super) extern "C" fn ffrt_yield() {
    std::thread::yield_now();
}
