//! `<unistd.h>`: names, links, the current directory.

use crate::errno::{Errno, answer, fail, null};
use crate::path::{self, Last, Need, at, last_of};
use crate::policy;
use crate::table::shims;
use libc::{AT_FDCWD, AT_REMOVEDIR, AT_SYMLINK_NOFOLLOW, gid_t, off_t, size_t, ssize_t, uid_t};
use std::ffi::{c_char, c_int, c_long};
use std::path::{Path, PathBuf};

shims! {
    access, faccessat, eaccess, euidaccess = eaccess as *const (),
    readlink, readlinkat, __readlink_chk, __readlinkat_chk, symlink, symlinkat, link, linkat, unlink, unlinkat, rmdir,
    chown, lchown, fchownat, chdir, fchdir, getcwd, __getcwd_chk, get_current_dir_name,
    truncate, truncate64 = truncate as *const (), pathconf, ftok,
}

unsafe extern "C" fn access(path: *const c_char, mode: c_int) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { faccessat(AT_FDCWD, path, mode, 0) }
}

unsafe extern "C" fn eaccess(path: *const c_char, mode: c_int) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { faccessat(AT_FDCWD, path, mode, libc::AT_EACCESS) }
}

pub(crate) unsafe extern "C" fn faccessat(dir: c_int, path: *const c_char, mode: c_int, flags: c_int) -> c_int {
    let need = match mode {
        mode if mode & libc::W_OK != 0 => Need::Change,
        mode if mode & libc::R_OK != 0 => Need::Read,
        _ => Need::Look,
    };
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(dir, path, last_of(flags), need, |target| libc::faccessat(target.dir, target.path(), mode, flags)) }
}

unsafe extern "C" fn readlink(path: *const c_char, buffer: *mut c_char, size: size_t) -> ssize_t {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { readlinkat(AT_FDCWD, path, buffer, size) }
}

/// What a link says, as the guest may read it.
unsafe extern "C" fn readlinkat(dir: c_int, path: *const c_char, buffer: *mut c_char, size: size_t) -> ssize_t {
    // SAFETY: the path is null or a string, as C demands of the guest.
    let link = match unsafe { read_link(dir, path) } {
        Ok(link) => link,
        Err(errno) => return fail(errno),
    };
    if size == 0 {
        return fail(libc::EINVAL);
    }
    let length = link.len().min(size);
    // SAFETY: the guest's buffer has `size` bytes, and no more of them are written.
    unsafe { std::ptr::copy_nonoverlapping(link.as_ptr(), buffer.cast(), length) };
    length.cast_signed()
}

unsafe fn read_link(dir: c_int, path: *const c_char) -> Result<Vec<u8>, Errno> {
    // SAFETY: by the contract of the caller.
    if let Some(link) = unsafe { path::guest_name(dir, path) }.ok().and_then(|name| policy::link(&name)) {
        return Ok(link.into_bytes());
    }
    // SAFETY: by the contract of the caller.
    let target = unsafe { path::target(dir, path, Last::Link, Need::Look) }?;
    let mut link = [0u8; libc::PATH_MAX as usize];
    // SAFETY: the buffer is as large as is said.
    let length = unsafe { libc::readlinkat(target.dir, target.path(), link.as_mut_ptr().cast(), link.len()) };
    let Ok(length) = usize::try_from(length) else { return Err(crate::errno::get()) };
    let link = link.get(..length).unwrap_or(&link);
    // An absolute name is one of the host's.
    let guest = match link.first() {
        Some(b'/') => std::str::from_utf8(link).ok().and_then(|link| path::to_guest(Path::new(link))),
        _ => None,
    };
    Ok(guest.map_or_else(|| link.to_vec(), String::into_bytes))
}

unsafe extern "C" fn __readlink_chk(path: *const c_char, buffer: *mut c_char, size: size_t, room: size_t) -> ssize_t {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { __readlinkat_chk(AT_FDCWD, path, buffer, size, room) }
}

unsafe extern "C" fn __readlinkat_chk(
    dir: c_int,
    path: *const c_char,
    buffer: *mut c_char,
    size: size_t,
    room: size_t,
) -> ssize_t {
    crate::fortify::check("readlink", size, room);
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { readlinkat(dir, path, buffer, size) }
}

unsafe extern "C" fn symlink(text: *const c_char, path: *const c_char) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { symlinkat(text, AT_FDCWD, path) }
}

/// An absolute name that is visible to the app is written as the host's, so that the kernel follows it; [`readlinkat`] turns it back.
unsafe extern "C" fn symlinkat(text: *const c_char, dir: c_int, path: *const c_char) -> c_int {
    let make = || {
        // SAFETY: both are null or strings, as C demands of the guest.
        let (name, target) =
            unsafe { (crate::errno::c_str(text)?, path::target(dir, path, Last::Link, Need::Create)?) };
        let host = name.to_str().ok().filter(|name| name.starts_with('/')).and_then(|name| {
            crate::process()?.paths.resolve_link(name).ok().and_then(|found| path::host_target(found.path).ok())
        });
        let text = host.as_ref().map_or(name.as_ptr(), |host| host.path());
        // SAFETY: both are strings.
        Ok(unsafe { libc::symlinkat(text, target.dir, target.path()) })
    };
    answer(make())
}

unsafe extern "C" fn link(old: *const c_char, new: *const c_char) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { linkat(AT_FDCWD, old, AT_FDCWD, new, 0) }
}

unsafe extern "C" fn linkat(
    old_dir: c_int,
    old: *const c_char,
    new_dir: c_int,
    new: *const c_char,
    flags: c_int,
) -> c_int {
    let make = || {
        // Links of links are made unless it is asked otherwise.
        let last = if flags & libc::AT_SYMLINK_FOLLOW != 0 { Last::Follow } else { Last::Link };
        // SAFETY: both are null or strings, as C demands of the guest.
        let (old, new) = unsafe {
            (path::target(old_dir, old, last, Need::Change)?, path::target(new_dir, new, Last::Link, Need::Create)?)
        };
        // SAFETY: both are strings.
        Ok(unsafe { libc::linkat(old.dir, old.path(), new.dir, new.path(), flags) })
    };
    answer(make())
}

pub(crate) unsafe extern "C" fn unlink(path: *const c_char) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { unlinkat(AT_FDCWD, path, 0) }
}

unsafe extern "C" fn rmdir(path: *const c_char) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { unlinkat(AT_FDCWD, path, AT_REMOVEDIR) }
}

pub(crate) unsafe extern "C" fn unlinkat(dir: c_int, path: *const c_char, flags: c_int) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(dir, path, Last::Link, Need::Change, |target| libc::unlinkat(target.dir, target.path(), flags)) }
}

unsafe extern "C" fn chown(path: *const c_char, owner: uid_t, group: gid_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { fchownat(AT_FDCWD, path, owner, group, 0) }
}

unsafe extern "C" fn lchown(path: *const c_char, owner: uid_t, group: gid_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { fchownat(AT_FDCWD, path, owner, group, AT_SYMLINK_NOFOLLOW) }
}

unsafe extern "C" fn fchownat(dir: c_int, path: *const c_char, owner: uid_t, group: gid_t, flags: c_int) -> c_int {
    // SAFETY: the path is null or a string, as C demands of the guest.
    if unsafe { path::is_descriptor_itself(path, flags) } && dir != AT_FDCWD {
        // SAFETY: the call has no pointers.
        return unsafe { libc::fchown(dir, owner, group) };
    }
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe {
        at(dir, path, last_of(flags), Need::Change, |target| {
            libc::fchownat(target.dir, target.path(), owner, group, flags)
        })
    }
}

unsafe extern "C" fn truncate(path: *const c_char, length: off_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(AT_FDCWD, path, Last::Follow, Need::Change, |target| libc::truncate(target.path(), length)) }
}

unsafe extern "C" fn pathconf(path: *const c_char, name: c_int) -> c_long {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(AT_FDCWD, path, Last::Follow, Need::Look, |target| libc::pathconf(target.path(), name)) }
}

unsafe extern "C" fn ftok(path: *const c_char, id: c_int) -> libc::key_t {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's.
    unsafe { at(AT_FDCWD, path, Last::Follow, Need::Look, |target| libc::ftok(target.path(), id)) }
}

pub(crate) unsafe extern "C" fn chdir(path: *const c_char) -> c_int {
    let go = || {
        // SAFETY: the path is null or a string, as C demands of the guest.
        let (name, target) =
            unsafe { (path::guest_name(AT_FDCWD, path)?, path::target(AT_FDCWD, path, Last::Follow, Need::Look)?) };
        enterable(&target)?;
        path::set_working_directory(name);
        Ok(0)
    };
    answer(go())
}

/// Whether it is a directory that may be entered.
fn enterable(target: &path::Target) -> Result<(), Errno> {
    // SAFETY: a structure of numbers.
    let mut found: libc::stat = unsafe { std::mem::zeroed() };
    // SAFETY: the name is a string and the buffer is ours.
    let result = unsafe {
        match libc::fstatat(target.dir, target.path(), &raw mut found, 0) {
            0 if found.st_mode & libc::S_IFMT != libc::S_IFDIR => return Err(libc::ENOTDIR),
            0 => libc::faccessat(target.dir, target.path(), libc::X_OK, libc::AT_EACCESS),
            failed => failed,
        }
    };
    if result == 0 { Ok(()) } else { Err(crate::errno::get()) }
}

unsafe extern "C" fn fchdir(descriptor: c_int) -> c_int {
    let go = || {
        let host = path::host_of_descriptor(descriptor)?;
        let name = path::to_guest(&host).ok_or(libc::EACCES)?;
        enterable(&path::host_target(host)?)?;
        path::set_working_directory(name);
        Ok(0)
    };
    answer(go())
}

/// With no buffer, one is made, which the guest frees.
unsafe extern "C" fn getcwd(buffer: *mut c_char, size: size_t) -> *mut c_char {
    let name = path::working_directory();
    let needed = name.len() + 1;
    let buffer = match () {
        () if buffer.is_null() && (size == 0 || size >= needed) => {
            // SAFETY: the call has no pointers.
            unsafe { libc::malloc(size.max(needed)) }.cast::<c_char>()
        }
        () if !buffer.is_null() && size == 0 => return null(libc::EINVAL),
        () if size < needed => return null(libc::ERANGE),
        () => buffer,
    };
    if buffer.is_null() {
        return null(libc::ENOMEM);
    }
    // SAFETY: there is room for the name and its end.
    unsafe {
        std::ptr::copy_nonoverlapping(name.as_ptr(), buffer.cast(), name.len());
        buffer.add(name.len()).write(0);
    }
    buffer
}

unsafe extern "C" fn __getcwd_chk(buffer: *mut c_char, size: size_t, room: size_t) -> *mut c_char {
    crate::fortify::check("getcwd", size, room);
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { getcwd(buffer, size) }
}

unsafe extern "C" fn get_current_dir_name() -> *mut c_char {
    // SAFETY: no buffer is given.
    unsafe { getcwd(std::ptr::null_mut(), 0) }
}

/// The name of a file without links and dots, as the guest has it.
///
/// # Safety
/// `path` is null or a string.
pub(crate) unsafe fn real_path(path: *const c_char) -> Result<String, Errno> {
    // SAFETY: by the contract of the function.
    let (name, target) =
        unsafe { (path::guest_name(AT_FDCWD, path)?, path::target(AT_FDCWD, path, Last::Follow, Need::Look)?) };
    // SAFETY: the name is a string.
    let host = PathBuf::from(std::ffi::OsStr::new(
        unsafe { std::ffi::CStr::from_ptr(target.path()) }.to_str().map_err(|_| libc::EILSEQ)?,
    ));
    let real = host.canonicalize().map_err(|error| error.raw_os_error().unwrap_or(libc::EIO))?;
    match policy::link(&name) {
        Some(link) if link.starts_with('/') => Ok(link),
        _ => Ok(path::to_guest(&real).unwrap_or(name)),
    }
}
