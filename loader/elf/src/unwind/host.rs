//! Unwind tables of the host's libraries.

use super::step::Tables;
use std::ffi::{c_int, c_void};
use std::sync::atomic::{AtomicPtr, Ordering};

/// glibc's answer to "what is at this address" (`struct dl_find_object` of `<dlfcn.h>`).
#[repr(C)]
struct Found {
    flags: u64,
    start: *const c_void,
    end: *const c_void,
    link_map: *const c_void,
    /// `PT_GNU_EH_FRAME`.
    eh_frame: *const c_void,
    reserved: [u64; 7],
}

type FindObject = unsafe extern "C" fn(*mut c_void, *mut Found) -> c_int;

/// `_dl_find_object`, which glibc has since 2.35; it takes no lock.
static FIND_OBJECT: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());

/// Looks up what unwinding needs of the host, because signal handlers cannot.
pub(crate) fn prepare() {
    // SAFETY: a name with a zero byte at its end.
    let find = unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"_dl_find_object".as_ptr()) };
    FIND_OBJECT.store(find, Ordering::Release);
}

/// Tables for an address in the program itself or in a library of the host.
pub(super) fn tables(address: usize) -> Option<Tables<'static>> {
    let find = FIND_OBJECT.load(Ordering::Acquire);
    if find.is_null() {
        return None;
    }
    // SAFETY: the function of that name has this type.
    let find: FindObject = unsafe { std::mem::transmute(find) };
    let mut found = Found {
        flags: 0,
        start: std::ptr::null(),
        end: std::ptr::null(),
        link_map: std::ptr::null(),
        eh_frame: std::ptr::null(),
        reserved: [0; 7],
    };
    // SAFETY: any address may be asked for; `found` is as large as glibc's structure.
    if unsafe { find(address as *mut c_void, &raw mut found) } != 0 {
        return None;
    }
    let (start, end) = (found.eh_frame as usize, found.end as usize);
    if start == 0 || start < found.start as usize || start >= end {
        return None;
    }
    // SAFETY: the unwind tables lie in the read-only part of a library that is on the call stack, so it stays. The slice goes on to the library's end
    // because nobody says how long the tables are; only what they lead to is read.
    let header = unsafe { std::slice::from_raw_parts(start as *const u8, end - start) };
    Tables::new(header, start, |frames| {
        // The tables' body may lie before its index.
        let first = found.start as usize;
        (first..end).contains(&frames).then(|| {
            // SAFETY: as above.
            unsafe { std::slice::from_raw_parts(frames as *const u8, end - frames) }
        })
    })
}
