//! Names of files: what the guest calls a file, and what the host does.
//!
//! Every function of C that takes a path comes through [`target`], every one that gives a path through [`to_guest`]. What the app sees is
//! [`VirtualPaths`]; what little it sees beside that is in `policy.rs`.

use crate::errno::{Errno, c_str};
use crate::policy::{self, Made, Outside};
use concord_syscalls::{Access, PathError, VirtualPaths, normalize};
use std::ffi::{CString, c_char, c_int};
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

/// What a function does with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Asks about it.
    Look,
    /// Reads or lists it.
    Read,
    /// Changes what is there: contents, mode, times, or that it is there.
    Change,
    /// Makes something of that name.
    Create,
}

/// Whether a symbolic link is followed in the last part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Last {
    /// The file that the link leads to is meant.
    Follow,
    /// The link is meant.
    Link,
}

/// Where a name leads.
#[derive(Debug)]
pub(crate) enum Place {
    /// To a file of the host.
    Host(PathBuf),
    /// To a file whose contents are ours.
    Made(Made),
}

/// The arguments that the kernel's `…at` calls want.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) dir: c_int,
    path: CString,
}

impl Target {
    pub(crate) fn path(&self) -> *const c_char {
        self.path.as_ptr()
    }
}

/// The guest's current directory, a name as the guest sees it. The host's own is not touched: host code has its own idea of it.
static WORKING_DIRECTORY: RwLock<String> = RwLock::new(String::new());

/// Longest name, with its end (`PATH_MAX`).
const PATH_MAX: usize = 4096;

/// Where the guest is: `/` when the app starts.
pub(crate) fn working_directory() -> String {
    let name = WORKING_DIRECTORY.read().unwrap_or_else(PoisonError::into_inner);
    if name.is_empty() { "/".to_owned() } else { name.clone() }
}

/// Moves the guest; `name` is absolute and normal.
pub(crate) fn set_working_directory(name: String) {
    *WORKING_DIRECTORY.write().unwrap_or_else(PoisonError::into_inner) = name;
}

/// Keeps the current directory as it is while a process forks, so that the child does not start with a lock that nobody gives back.
pub(crate) fn hold_working_directory() -> RwLockReadGuard<'static, String> {
    WORKING_DIRECTORY.read().unwrap_or_else(PoisonError::into_inner)
}

/// The absolute name of what `path` means in the directory `dir` (a descriptor, or `AT_FDCWD`), not yet normal. `None`: relative to a
/// directory that has no name.
///
/// # Safety
/// `path` is null or a string.
unsafe fn absolute(dir: c_int, path: *const c_char) -> Result<Option<String>, Errno> {
    // SAFETY: by the contract of the function.
    let name = unsafe { c_str(path) }?;
    if name.is_empty() {
        return Err(libc::ENOENT);
    }
    if name.count_bytes() >= PATH_MAX {
        return Err(libc::ENAMETOOLONG);
    }
    let name = name.to_str().map_err(|_| libc::EILSEQ)?;
    if name.starts_with('/') {
        return Ok(Some(name.to_owned()));
    }
    if dir == libc::AT_FDCWD {
        return Ok(Some(format!("{}/{name}", working_directory())));
    }
    let folder = host_of_descriptor(dir)?;
    Ok(to_guest(&folder).map(|folder| format!("{folder}/{name}")))
}

/// The name that the host has for an open file.
pub(crate) fn host_of_descriptor(descriptor: c_int) -> Result<PathBuf, Errno> {
    std::fs::read_link(format!("/proc/self/fd/{descriptor}")).map_err(|_| libc::EBADF)
}

/// What a name leads to, for the kernel. [`Place::Made`] is given as the host's file of that name, which serves for questions about it.
///
/// # Safety
/// `path` is null or a string.
pub(crate) unsafe fn target(dir: c_int, path: *const c_char, last: Last, need: Need) -> Result<Target, Errno> {
    // SAFETY: by the contract of the function.
    let Some(name) = (unsafe { absolute(dir, path) })? else {
        // SAFETY: as above.
        return unsafe { below_nameless(dir, path) };
    };
    let path = match place(&name, last, need)? {
        Place::Host(path) => path,
        Place::Made(made) => made.stand_in().into(),
    };
    host_target(path)
}

/// A file of the host as a target.
pub(crate) fn host_target(path: PathBuf) -> Result<Target, Errno> {
    let path = CString::new(path.into_os_string().into_vec()).map_err(|_| libc::ENOENT)?;
    Ok(Target { dir: libc::AT_FDCWD, path })
}

/// A name below a directory that has none itself, such as a removed one: the kernel knows. It must stay below.
unsafe fn below_nameless(dir: c_int, path: *const c_char) -> Result<Target, Errno> {
    // SAFETY: by the contract of the caller.
    let name = unsafe { c_str(path) }?;
    if name.to_bytes().split(|byte| *byte == b'/').any(|part| part == b"..") {
        return Err(libc::EACCES);
    }
    Ok(Target { dir, path: name.to_owned() })
}

/// Like [`target`], for functions that open files: contents of ours are told apart.
///
/// # Safety
/// `path` is null or a string.
pub(crate) unsafe fn open_target(
    dir: c_int,
    path: *const c_char,
    last: Last,
    need: Need,
) -> Result<Result<Target, Made>, Errno> {
    // SAFETY: by the contract of the function.
    let Some(name) = (unsafe { absolute(dir, path) })? else {
        // SAFETY: as above.
        return unsafe { below_nameless(dir, path) }.map(Ok);
    };
    match place(&name, last, need)? {
        Place::Host(path) => host_target(path).map(Ok),
        Place::Made(made) => Ok(Err(made)),
    }
}

/// The normal absolute name of what a path means to the guest.
///
/// # Safety
/// `path` is null or a string.
pub(crate) unsafe fn guest_name(dir: c_int, path: *const c_char) -> Result<String, Errno> {
    // SAFETY: by the contract of the function.
    let name = unsafe { absolute(dir, path) }?.ok_or(libc::ENOENT)?;
    normalize(&name).map_err(|_| libc::ENOENT)
}

/// Where an absolute name leads.
pub(crate) fn place(name: &str, last: Last, need: Need) -> Result<Place, Errno> {
    let paths = &crate::process().ok_or(libc::ENOENT)?.paths;
    // "name/" means the directory, also when name is a link to one.
    let folder = name.ends_with('/') || name.ends_with("/.");
    let found = if last == Last::Link && !folder { paths.resolve_link(name) } else { paths.resolve(name) };
    match found {
        Ok(found) if found.access == Access::ReadOnly && matches!(need, Need::Change | Need::Create) => {
            // Before anything else the kernel says that it is there.
            let there = need == Need::Create && found.path.symlink_metadata().is_ok();
            Err(if there { libc::EEXIST } else { libc::EROFS })
        }
        Ok(mut found) => {
            if folder {
                found.path.push("");
            }
            Ok(Place::Host(found.path))
        }
        Err(PathError::Outside(_)) => outside(paths, name, need),
        Err(PathError::Escape(_)) => Err(libc::EACCES),
        Err(PathError::Relative(_) | PathError::Nul) => Err(libc::ENOENT),
    }
}

/// Where a name leads that no mount covers.
fn outside(paths: &VirtualPaths, name: &str, need: Need) -> Result<Place, Errno> {
    let normal = normalize(name).map_err(|_| libc::ENOENT)?;
    let writing = matches!(need, Need::Change | Need::Create);
    match policy::outside(paths, &normal) {
        Outside::Host(path, access) if !writing || access == Access::ReadWrite => Ok(Place::Host(path)),
        Outside::Made(made) if !writing => Ok(Place::Made(made)),
        Outside::Host(..) | Outside::Made(_) => Err(libc::EACCES),
        // The name of a directory of the host that says as little as possible.
        Outside::Folder if need == Need::Look => Ok(Place::Host("/".into())),
        Outside::Folder if need == Need::Create => Err(libc::EEXIST),
        Outside::Folder => Err(libc::EACCES),
        Outside::Elsewhere(other) if other != normal => place(&other, Last::Follow, need),
        Outside::Elsewhere(_) => Err(libc::ELOOP),
        Outside::Refused(_) if need == Need::Create && policy::is_folder(paths, parent(&normal)) => Err(libc::EACCES),
        Outside::Refused(errno) => Err(errno),
    }
}

/// `/a/b` → `/a`.
fn parent(name: &str) -> &str {
    match name.rsplit_once('/') {
        Some(("", _)) | None => "/",
        Some((folder, _)) => folder,
    }
}

/// The name that the guest has for a file of the host: `None` when it can have none.
pub(crate) fn to_guest(host: &Path) -> Option<String> {
    let paths = &crate::process()?.paths;
    if let Some(name) = paths.to_virtual(host) {
        return Some(name);
    }
    let name = host.to_str()?;
    match policy::outside(paths, name) {
        Outside::Host(path, _) if path == host => Some(name.to_owned()),
        _ => None,
    }
}

/// Does something with the host's file of a guest's name: what most functions are.
///
/// # Safety
/// `path` is null or a string.
pub(crate) unsafe fn at<T: From<i8>>(
    dir: c_int,
    path: *const c_char,
    last: Last,
    need: Need,
    call: impl FnOnce(&Target) -> T,
) -> T {
    // SAFETY: by the contract of the function.
    match unsafe { target(dir, path, last, need) } {
        Ok(target) => call(&target),
        Err(errno) => crate::errno::fail(errno),
    }
}

/// [`Last`] of the flags of an `…at` function that follows unless `AT_SYMLINK_NOFOLLOW` is there.
pub(crate) fn last_of(flags: c_int) -> Last {
    if flags & libc::AT_SYMLINK_NOFOLLOW != 0 { Last::Link } else { Last::Follow }
}

/// Whether the call is about the descriptor itself (`AT_EMPTY_PATH`).
///
/// # Safety
/// `path` is null or a string.
pub(crate) unsafe fn is_descriptor_itself(path: *const c_char, flags: c_int) -> bool {
    // SAFETY: by the contract of the function.
    flags & libc::AT_EMPTY_PATH != 0 && unsafe { path.is_null() || *path == 0 }
}
