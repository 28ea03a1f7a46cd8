//! `<fcntl.h>`: opening files.

use crate::errno::{Errno, answer, fail};
use crate::path::{self, Last, Need};
use crate::policy::Made;
use crate::table::shims;
use libc::mode_t;
use std::ffi::{c_char, c_int};
use std::io::Write;
use std::os::fd::{AsRawFd, FromRawFd};

shims! {
    open, open64 = open as *const (), openat, openat64 = openat as *const (), creat, creat64 = creat as *const (),
    __open_chk, __open64_chk = __open_chk as *const (), __open_2 = __open_chk as *const (), __openat_chk, __openat64_chk = __openat_chk as *const (),
}

/// `open`. The mode is there only when a file may be made; otherwise the register holds anything, and the kernel ignores it.
pub(crate) unsafe extern "C" fn open(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    answer(unsafe { open_at(libc::AT_FDCWD, path, flags, mode) })
}

pub(crate) unsafe extern "C" fn openat(dir: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    answer(unsafe { open_at(dir, path, flags, mode) })
}

unsafe extern "C" fn creat(path: *const c_char, mode: mode_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    answer(unsafe { open_at(libc::AT_FDCWD, path, libc::O_CREAT | libc::O_WRONLY | libc::O_TRUNC, mode) })
}

/// Whether a file may be made, so that the mode must not be missing.
fn wants_mode(flags: c_int) -> bool {
    flags & libc::O_CREAT != 0 || flags & libc::O_TMPFILE == libc::O_TMPFILE
}

unsafe extern "C" fn __open_chk(path: *const c_char, flags: c_int) -> c_int {
    if wants_mode(flags) {
        crate::ohos::abort_with("open: called with O_CREAT or O_TMPFILE, but missing mode");
    }
    // SAFETY: arguments of the guest's are passed on as they are.
    answer(unsafe { open_at(libc::AT_FDCWD, path, flags, 0) })
}

unsafe extern "C" fn __openat_chk(dir: c_int, path: *const c_char, flags: c_int) -> c_int {
    if wants_mode(flags) {
        crate::ohos::abort_with("openat: called with O_CREAT or O_TMPFILE, but missing mode");
    }
    // SAFETY: arguments of the guest's are passed on as they are.
    answer(unsafe { open_at(dir, path, flags, 0) })
}

/// Opens a file of the guest's.
///
/// # Safety
/// `path` is null or a string.
pub(crate) unsafe fn open_at(dir: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> Result<c_int, Errno> {
    let temporary = flags & libc::O_TMPFILE == libc::O_TMPFILE;
    let writes = flags & libc::O_ACCMODE != libc::O_RDONLY || flags & libc::O_TRUNC != 0;
    let need = match () {
        () if flags & libc::O_PATH != 0 => Need::Look,
        () if flags & libc::O_CREAT != 0 && !temporary => Need::Create,
        () if writes => Need::Change,
        () => Need::Read,
    };
    let exclusive = flags & (libc::O_CREAT | libc::O_EXCL) == libc::O_CREAT | libc::O_EXCL;
    let last = if exclusive || flags & libc::O_NOFOLLOW != 0 { Last::Link } else { Last::Follow };
    // SAFETY: by the contract of the function.
    let found = match unsafe { path::open_target(dir, path, last, need) } {
        // What is there already needs not be made, and O_CREAT then asks for nothing that a read-only place forbids.
        Err(libc::EEXIST | libc::EROFS | libc::EACCES) if need == Need::Create && !writes && !exclusive => {
            // SAFETY: as above.
            return unsafe { open_at(dir, path, flags & !libc::O_CREAT, 0) };
        }
        Err(libc::EEXIST) if !exclusive => return Err(libc::EROFS),
        found => found?,
    };
    match found {
        Ok(target) => {
            // SAFETY: the target's name is a string.
            let descriptor = unsafe { libc::openat(target.dir, target.path(), flags, mode) };
            if descriptor < 0 { Err(crate::errno::get()) } else { Ok(descriptor) }
        }
        Err(made) => open_made(made, flags),
    }
}

/// A descriptor for reading contents of ours.
fn open_made(made: Made, flags: c_int) -> Result<c_int, Errno> {
    if flags & libc::O_DIRECTORY != 0 {
        return Err(libc::ENOTDIR);
    }
    let errno = |error: std::io::Error| error.raw_os_error().unwrap_or(libc::EIO);
    let contents = made.contents().map_err(errno)?;
    // SAFETY: the name is a string.
    let memory = unsafe { libc::memfd_create(c"proc".as_ptr(), libc::MFD_CLOEXEC) };
    if memory < 0 {
        return Err(crate::errno::get());
    }
    // SAFETY: the descriptor was made just now and belongs to nobody else.
    let mut memory = unsafe { std::fs::File::from_raw_fd(memory) };
    memory.write_all(&contents).map_err(errno)?;
    // Opened again: for reading only, from the beginning, with the flags of the guest.
    let again = std::ffi::CString::new(format!("/proc/self/fd/{}", memory.as_raw_fd())).map_err(|_| libc::ENOENT)?;
    // SAFETY: the name is a string.
    let descriptor =
        unsafe { libc::open(again.as_ptr(), libc::O_RDONLY | flags & (libc::O_CLOEXEC | libc::O_NONBLOCK)) };
    if descriptor < 0 { Err(crate::errno::get()) } else { Ok(descriptor) }
}

/// What functions answer that apps may not call.
pub(crate) extern "C" fn not_permitted() -> c_int {
    fail(libc::EPERM)
}
