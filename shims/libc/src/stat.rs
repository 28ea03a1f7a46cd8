//! `<sys/stat.h>`, `<sys/statvfs.h>`, `<utime.h>`: what is known of files. The structures are the same in both libraries.

use crate::errno::fail;
use crate::fcntl::not_permitted;
use crate::path::{Last, Need, at, is_descriptor_itself, last_of};
use crate::table::shims;
use libc::{AT_FDCWD, AT_SYMLINK_NOFOLLOW, dev_t, mode_t, timespec, timeval};
use std::ffi::{c_char, c_int, c_uint};

const STAT: *const () = stat_with::<0> as *const ();
const LSTAT: *const () = stat_with::<AT_SYMLINK_NOFOLLOW> as *const ();

shims! {
    stat = STAT, stat64 = STAT, lstat = LSTAT, lstat64 = LSTAT, fstatat, fstatat64 = fstatat as *const (), statx,
    __xstat, __xstat64 = __xstat as *const (), __lxstat, __lxstat64 = __lxstat as *const (), __fxstat, __fxstat64 = __fxstat as *const (),
    __fxstatat, __fxstatat64 = __fxstatat as *const (), __xmknod, __xmknodat,
    chmod, fchmodat, lchmod, mkdir, mkdirat, mkfifo, mkfifoat, mknod, mknodat,
    utimensat, utimes, utime, lutimes, futimesat,
    statfs, statfs64 = statfs as *const (), statvfs, statvfs64 = statvfs as *const (),
    name_to_handle_at = not_permitted as *const (), open_by_handle_at = not_permitted as *const (),
}

/// `stat` or `lstat`, by the flags of `fstatat`.
pub(crate) unsafe extern "C" fn stat_with<const FLAGS: c_int>(path: *const c_char, buffer: *mut libc::stat) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { fstatat(AT_FDCWD, path, buffer, FLAGS) }
}

unsafe extern "C" fn fstatat(dir: c_int, path: *const c_char, buffer: *mut libc::stat, flags: c_int) -> c_int {
    // SAFETY: the path is null or a string, as C demands of the guest.
    if unsafe { is_descriptor_itself(path, flags) } && dir != AT_FDCWD {
        // SAFETY: arguments of the guest's are passed on as they are.
        return unsafe { libc::fstatat(dir, c"".as_ptr(), buffer, flags) };
    }
    let path = current_if_empty(path, flags);
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe {
        at(dir, path, last_of(flags), Need::Look, |target| libc::fstatat(target.dir, target.path(), buffer, flags))
    }
}

/// With `AT_EMPTY_PATH` and `AT_FDCWD`, an empty name is the current directory.
fn current_if_empty(path: *const c_char, flags: c_int) -> *const c_char {
    // SAFETY: the path is null or a string, as C demands of the guest.
    if unsafe { is_descriptor_itself(path, flags) } { c".".as_ptr() } else { path }
}

unsafe extern "C" fn statx(
    dir: c_int,
    path: *const c_char,
    flags: c_int,
    mask: c_uint,
    buffer: *mut libc::statx,
) -> c_int {
    // SAFETY: the path is null or a string, as C demands of the guest.
    if unsafe { is_descriptor_itself(path, flags) } && dir != AT_FDCWD {
        // SAFETY: arguments of the guest's are passed on as they are.
        return unsafe { libc::statx(dir, c"".as_ptr(), flags, mask, buffer) };
    }
    let path = current_if_empty(path, flags);
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe {
        at(dir, path, last_of(flags), Need::Look, |target| libc::statx(target.dir, target.path(), flags, mask, buffer))
    }
}

// The names that older headers use; the first argument is a version of the structure, and there is one.

unsafe extern "C" fn __xstat(_version: c_int, path: *const c_char, buffer: *mut libc::stat) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { stat_with::<0>(path, buffer) }
}

unsafe extern "C" fn __lxstat(_version: c_int, path: *const c_char, buffer: *mut libc::stat) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { stat_with::<AT_SYMLINK_NOFOLLOW>(path, buffer) }
}

unsafe extern "C" fn __fxstat(_version: c_int, descriptor: c_int, buffer: *mut libc::stat) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { libc::fstat(descriptor, buffer) }
}

unsafe extern "C" fn __fxstatat(
    _version: c_int,
    dir: c_int,
    path: *const c_char,
    buffer: *mut libc::stat,
    flags: c_int,
) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { fstatat(dir, path, buffer, flags) }
}

unsafe extern "C" fn __xmknod(_version: c_int, path: *const c_char, mode: mode_t, device: *const dev_t) -> c_int {
    if device.is_null() {
        return fail(libc::EFAULT);
    }
    // SAFETY: arguments of the guest's are passed on as they are; it points to a device number.
    unsafe { mknodat(AT_FDCWD, path, mode, *device) }
}

unsafe extern "C" fn __xmknodat(
    _version: c_int,
    dir: c_int,
    path: *const c_char,
    mode: mode_t,
    device: *const dev_t,
) -> c_int {
    if device.is_null() {
        return fail(libc::EFAULT);
    }
    // SAFETY: arguments of the guest's are passed on as they are; it points to a device number.
    unsafe { mknodat(dir, path, mode, *device) }
}

unsafe extern "C" fn chmod(path: *const c_char, mode: mode_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { fchmodat(AT_FDCWD, path, mode, 0) }
}

unsafe extern "C" fn fchmodat(dir: c_int, path: *const c_char, mode: mode_t, flags: c_int) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe {
        at(dir, path, last_of(flags), Need::Change, |target| libc::fchmodat(target.dir, target.path(), mode, flags))
    }
}

unsafe extern "C" fn lchmod(path: *const c_char, mode: mode_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { fchmodat(AT_FDCWD, path, mode, AT_SYMLINK_NOFOLLOW) }
}

unsafe extern "C" fn mkdir(path: *const c_char, mode: mode_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { mkdirat(AT_FDCWD, path, mode) }
}

unsafe extern "C" fn mkdirat(dir: c_int, path: *const c_char, mode: mode_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(dir, path, Last::Link, Need::Create, |target| libc::mkdirat(target.dir, target.path(), mode)) }
}

unsafe extern "C" fn mkfifo(path: *const c_char, mode: mode_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { mkfifoat(AT_FDCWD, path, mode) }
}

unsafe extern "C" fn mkfifoat(dir: c_int, path: *const c_char, mode: mode_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(dir, path, Last::Link, Need::Create, |target| libc::mkfifoat(target.dir, target.path(), mode)) }
}

unsafe extern "C" fn mknod(path: *const c_char, mode: mode_t, device: dev_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { mknodat(AT_FDCWD, path, mode, device) }
}

unsafe extern "C" fn mknodat(dir: c_int, path: *const c_char, mode: mode_t, device: dev_t) -> c_int {
    if matches!(mode & libc::S_IFMT, libc::S_IFCHR | libc::S_IFBLK) {
        return fail(libc::EPERM);
    }
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(dir, path, Last::Link, Need::Create, |target| libc::mknodat(target.dir, target.path(), mode, device)) }
}

unsafe extern "C" fn utimensat(dir: c_int, path: *const c_char, times: *const timespec, flags: c_int) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe {
        at(dir, path, last_of(flags), Need::Change, |target| libc::utimensat(target.dir, target.path(), times, flags))
    }
}

/// `utimes` and its relatives.
unsafe fn set_times(dir: c_int, path: *const c_char, times: *const timeval, flags: c_int) -> c_int {
    if times.is_null() {
        // SAFETY: no times are now.
        return unsafe { utimensat(dir, path, std::ptr::null(), flags) };
    }
    // SAFETY: the guest gives two times.
    let [accessed, modified] = unsafe { *times.cast::<[timeval; 2]>() };
    let fine = |time: timeval| {
        let range = 0..1_000_000;
        range.contains(&time.tv_usec).then_some(timespec { tv_sec: time.tv_sec, tv_nsec: time.tv_usec * 1000 })
    };
    let (Some(accessed), Some(modified)) = (fine(accessed), fine(modified)) else { return fail(libc::EINVAL) };
    // SAFETY: two times, as the function wants; the path is the guest's.
    unsafe { utimensat(dir, path, [accessed, modified].as_ptr(), flags) }
}

unsafe extern "C" fn utimes(path: *const c_char, times: *const timeval) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { set_times(AT_FDCWD, path, times, 0) }
}

unsafe extern "C" fn lutimes(path: *const c_char, times: *const timeval) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { set_times(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) }
}

unsafe extern "C" fn futimesat(dir: c_int, path: *const c_char, times: *const timeval) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { set_times(dir, path, times, 0) }
}

unsafe extern "C" fn utime(path: *const c_char, times: *const libc::utimbuf) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(AT_FDCWD, path, Last::Follow, Need::Change, |target| libc::utime(target.path(), times)) }
}

unsafe extern "C" fn statfs(path: *const c_char, buffer: *mut libc::statfs) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(AT_FDCWD, path, Last::Follow, Need::Look, |target| libc::statfs(target.path(), buffer)) }
}

unsafe extern "C" fn statvfs(path: *const c_char, buffer: *mut libc::statvfs) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(AT_FDCWD, path, Last::Follow, Need::Look, |target| libc::statvfs(target.path(), buffer)) }
}
