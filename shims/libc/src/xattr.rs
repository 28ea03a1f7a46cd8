//! `<sys/xattr.h>` and `<sys/inotify.h>`: what else is asked of files by their names.

use crate::path::{Last, Need, at};
use crate::table::shims;
use libc::{AT_FDCWD, size_t, ssize_t};
use std::ffi::{c_char, c_int, c_void};

shims! {
    getxattr, lgetxattr, setxattr, lsetxattr, listxattr, llistxattr, removexattr, lremovexattr, inotify_add_watch,
}

unsafe extern "C" fn getxattr(path: *const c_char, name: *const c_char, value: *mut c_void, size: size_t) -> ssize_t {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(AT_FDCWD, path, Last::Follow, Need::Read, |target| libc::getxattr(target.path(), name, value, size)) }
}

unsafe extern "C" fn lgetxattr(path: *const c_char, name: *const c_char, value: *mut c_void, size: size_t) -> ssize_t {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(AT_FDCWD, path, Last::Link, Need::Read, |target| libc::lgetxattr(target.path(), name, value, size)) }
}

unsafe extern "C" fn setxattr(
    path: *const c_char,
    name: *const c_char,
    value: *const c_void,
    size: size_t,
    flags: c_int,
) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe {
        at(AT_FDCWD, path, Last::Follow, Need::Change, |target| libc::setxattr(target.path(), name, value, size, flags))
    }
}

unsafe extern "C" fn lsetxattr(
    path: *const c_char,
    name: *const c_char,
    value: *const c_void,
    size: size_t,
    flags: c_int,
) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe {
        at(AT_FDCWD, path, Last::Link, Need::Change, |target| libc::lsetxattr(target.path(), name, value, size, flags))
    }
}

unsafe extern "C" fn listxattr(path: *const c_char, list: *mut c_char, size: size_t) -> ssize_t {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(AT_FDCWD, path, Last::Follow, Need::Read, |target| libc::listxattr(target.path(), list, size)) }
}

unsafe extern "C" fn llistxattr(path: *const c_char, list: *mut c_char, size: size_t) -> ssize_t {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(AT_FDCWD, path, Last::Link, Need::Read, |target| libc::llistxattr(target.path(), list, size)) }
}

unsafe extern "C" fn removexattr(path: *const c_char, name: *const c_char) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(AT_FDCWD, path, Last::Follow, Need::Change, |target| libc::removexattr(target.path(), name)) }
}

unsafe extern "C" fn lremovexattr(path: *const c_char, name: *const c_char) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(AT_FDCWD, path, Last::Link, Need::Change, |target| libc::lremovexattr(target.path(), name)) }
}

/// Events name entries of the watched directory, which both sides call alike.
unsafe extern "C" fn inotify_add_watch(descriptor: c_int, path: *const c_char, mask: u32) -> c_int {
    let last = if mask & libc::IN_DONT_FOLLOW != 0 { Last::Link } else { Last::Follow };
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(AT_FDCWD, path, last, Need::Read, |target| libc::inotify_add_watch(descriptor, target.path(), mask)) }
}
