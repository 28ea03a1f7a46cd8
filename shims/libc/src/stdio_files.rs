//! The functions of `<stdio.h>` and `<stdlib.h>` that take names of files. Streams are glibc's own.

use crate::errno::{Errno, answer, null};
use crate::fcntl::open_at;
use crate::path::{self, Last, Need};
use crate::table::shims;
use crate::unistd::unlinkat;
use libc::{AT_FDCWD, AT_REMOVEDIR, FILE, size_t};
use std::ffi::{CStr, CString, c_char, c_int, c_uint};

shims! {
    fopen, fopen64 = fopen as *const (), freopen, freopen64 = freopen as *const (), remove, rename, renameat, renameat2,
    popen, pclose, realpath, __realpath_chk, setmntent,
}

/// What the mode of a stream asks of `open`: `None` for modes that there are not.
fn flags_of(mode: &CStr) -> Option<c_int> {
    let mode = mode.to_bytes();
    let (first, rest) = mode.split_first()?;
    let update = rest.contains(&b'+');
    let (only, create) = match first {
        b'r' => (libc::O_RDONLY, 0),
        b'w' => (libc::O_WRONLY, libc::O_CREAT | libc::O_TRUNC),
        b'a' => (libc::O_WRONLY, libc::O_CREAT | libc::O_APPEND),
        _ => return None,
    };
    let access = if update { libc::O_RDWR } else { only };
    let exclusive = if rest.contains(&b'x') { libc::O_EXCL } else { 0 };
    let close = if rest.contains(&b'e') { libc::O_CLOEXEC } else { 0 };
    Some(access | create | exclusive | close)
}

pub(crate) unsafe extern "C" fn fopen(path: *const c_char, mode: *const c_char) -> *mut FILE {
    // SAFETY: both are null or strings, as C demands of the guest.
    match unsafe { open_stream(path, mode) } {
        Ok(stream) => stream,
        Err(errno) => null(errno),
    }
}

unsafe fn open_stream(path: *const c_char, mode: *const c_char) -> Result<*mut FILE, Errno> {
    // SAFETY: by the contract of the caller.
    let flags = flags_of(unsafe { crate::errno::c_str(mode) }?).ok_or(libc::EINVAL)?;
    // SAFETY: by the contract of the caller.
    let descriptor = unsafe { open_at(AT_FDCWD, path, flags, 0o666) }?;
    // SAFETY: the descriptor belongs to the stream, if there is one.
    let stream = unsafe { libc::fdopen(descriptor, mode) };
    if stream.is_null() {
        let errno = crate::errno::get();
        // SAFETY: nobody else has the descriptor.
        unsafe { libc::close(descriptor) };
        return Err(errno);
    }
    Ok(stream)
}

/// glibc opens the file by its name, so it gets the name of a descriptor that is open already.
unsafe extern "C" fn freopen(path: *const c_char, mode: *const c_char, stream: *mut FILE) -> *mut FILE {
    if path.is_null() {
        // SAFETY: arguments of the guest's are passed on as they are.
        return unsafe { libc::freopen(path, mode, stream) };
    }
    let opened = || {
        // SAFETY: both are null or strings, as C demands of the guest.
        let mode = unsafe { crate::errno::c_str(mode) }?;
        let flags = flags_of(mode).ok_or(libc::EINVAL)?;
        // SAFETY: as above.
        let descriptor = unsafe { open_at(AT_FDCWD, path, flags | libc::O_CLOEXEC, 0o666) }?;
        // The file was made just now if the mode says that it must not exist.
        let again: Vec<u8> = mode.to_bytes().iter().copied().filter(|byte| *byte != b'x').collect();
        let name = CString::new(format!("/proc/self/fd/{descriptor}")).map_err(|_| libc::ENOENT)?;
        Ok((descriptor, name, CString::new(again).map_err(|_| libc::EINVAL)?))
    };
    match opened() {
        Ok((descriptor, name, mode)) => {
            // SAFETY: both are strings, and the stream is the guest's.
            let stream = unsafe { libc::freopen(name.as_ptr(), mode.as_ptr(), stream) };
            let errno = crate::errno::get();
            // SAFETY: the descriptor was opened above; the stream has its own.
            unsafe { libc::close(descriptor) };
            crate::errno::set(errno);
            stream
        }
        Err(errno) => {
            // The stream is closed also when nothing is opened.
            // SAFETY: the stream is the guest's.
            unsafe { libc::fclose(stream) };
            null(errno)
        }
    }
}

unsafe extern "C" fn remove(path: *const c_char) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe {
        match unlinkat(AT_FDCWD, path, 0) {
            -1 if matches!(crate::errno::get(), libc::EISDIR | libc::EPERM) => unlinkat(AT_FDCWD, path, AT_REMOVEDIR),
            result => result,
        }
    }
}

unsafe extern "C" fn rename(old: *const c_char, new: *const c_char) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { renameat2(AT_FDCWD, old, AT_FDCWD, new, 0) }
}

unsafe extern "C" fn renameat(old_dir: c_int, old: *const c_char, new_dir: c_int, new: *const c_char) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { renameat2(old_dir, old, new_dir, new, 0) }
}

unsafe extern "C" fn renameat2(
    old_dir: c_int,
    old: *const c_char,
    new_dir: c_int,
    new: *const c_char,
    flags: c_uint,
) -> c_int {
    let move_it = || {
        // SAFETY: both are null or strings, as C demands of the guest.
        let (old, new) = unsafe {
            (
                path::target(old_dir, old, Last::Link, Need::Change)?,
                path::target(new_dir, new, Last::Link, Need::Change)?,
            )
        };
        // SAFETY: both are strings.
        Ok(unsafe {
            match flags {
                0 => libc::renameat(old.dir, old.path(), new.dir, new.path()),
                _ => libc::renameat2(old.dir, old.path(), new.dir, new.path(), flags),
            }
        })
    };
    answer(move_it())
}

/// Apps may not run programs: the shell is there, and they are denied it.
extern "C" fn popen(_command: *const c_char, _mode: *const c_char) -> *mut FILE {
    null(libc::EACCES)
}

/// No stream is of a program.
extern "C" fn pclose(_stream: *mut FILE) -> c_int {
    crate::errno::fail(libc::ECHILD)
}

unsafe extern "C" fn realpath(path: *const c_char, resolved: *mut c_char) -> *mut c_char {
    if path.is_null() {
        return null(libc::EINVAL);
    }
    // SAFETY: the path is a string, as C demands of the guest.
    let name =
        match unsafe { crate::unistd::real_path(path) }.and_then(|name| CString::new(name).map_err(|_| libc::EINVAL)) {
            Ok(name) if name.count_bytes() >= libc::PATH_MAX as usize => return null(libc::ENAMETOOLONG),
            Ok(name) => name,
            Err(errno) => return null(errno),
        };
    if resolved.is_null() {
        // SAFETY: it is a string.
        return unsafe { libc::strdup(name.as_ptr()) };
    }
    // SAFETY: the guest's buffer has PATH_MAX bytes, as C demands.
    unsafe { std::ptr::copy_nonoverlapping(name.as_ptr(), resolved, name.count_bytes() + 1) };
    resolved
}

unsafe extern "C" fn __realpath_chk(path: *const c_char, resolved: *mut c_char, room: size_t) -> *mut c_char {
    if !resolved.is_null() {
        crate::fortify::check("realpath", libc::PATH_MAX as usize, room);
    }
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { realpath(path, resolved) }
}

/// `setmntent` opens a file; the functions that read it need no more than the stream.
unsafe extern "C" fn setmntent(path: *const c_char, mode: *const c_char) -> *mut FILE {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { fopen(path, mode) }
}
