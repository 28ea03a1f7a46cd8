//! `<ftw.h>`: walking a tree of files. The numbers of the types differ from glibc's by one, and the function has no argument of its own
//! through which names could be turned, so the walk is ours.

use crate::dirent::opendir;
use crate::errno::{c_str, fail};
use crate::path;
use crate::stat::stat_with;
use crate::table::shims;
use libc::{AT_SYMLINK_NOFOLLOW, dev_t, ino_t, stat};
use std::ffi::{CStr, CString, c_char, c_int};

shims! { ftw, ftw64 = ftw as *const (), nftw, nftw64 = nftw as *const () }

/// Flags of `nftw`.
const FTW_PHYS: c_int = 1;
const FTW_MOUNT: c_int = 2;
const FTW_CHDIR: c_int = 4;
const FTW_DEPTH: c_int = 8;

/// What an entry is, for the function.
mod kind {
    use std::ffi::c_int;

    pub(super) const FILE: c_int = 1;
    pub(super) const FOLDER: c_int = 2;
    pub(super) const FOLDER_UNREADABLE: c_int = 3;
    pub(super) const UNKNOWN: c_int = 4;
    pub(super) const LINK: c_int = 5;
    pub(super) const FOLDER_AFTER: c_int = 6;
    pub(super) const LINK_DANGLING: c_int = 7;
}

/// `struct FTW`.
#[repr(C)]
struct Position {
    /// Where the last part of the name begins.
    base: c_int,
    level: c_int,
}

type Old = unsafe extern "C" fn(*const c_char, *const stat, c_int) -> c_int;
type New = unsafe extern "C" fn(*const c_char, *const stat, c_int, *mut Position) -> c_int;

#[derive(Clone, Copy)]
enum Function {
    Old(Old),
    New(New),
}

struct Walk {
    function: Function,
    flags: c_int,
    device: dev_t,
    /// Directories that the walk is in: links make circles. Also the limit of depth: as many as a name of `PATH_MAX` can have.
    above: Vec<(dev_t, ino_t)>,
}

unsafe extern "C" fn ftw(path: *const c_char, function: Option<Old>, _descriptors: c_int) -> c_int {
    let Some(function) = function else { return fail(libc::EINVAL) };
    // SAFETY: the path is null or a string, as C demands of the guest.
    unsafe { walk(path, Function::Old(function), FTW_PHYS) }
}

unsafe extern "C" fn nftw(path: *const c_char, function: Option<New>, _descriptors: c_int, flags: c_int) -> c_int {
    let Some(function) = function else { return fail(libc::EINVAL) };
    // SAFETY: the path is null or a string, as C demands of the guest.
    unsafe { walk(path, Function::New(function), flags) }
}

unsafe fn walk(path: *const c_char, function: Function, flags: c_int) -> c_int {
    // SAFETY: by the contract of the caller.
    let name = match unsafe { c_str(path) } {
        Ok(name) if name.is_empty() => return fail(libc::ENOENT),
        Ok(name) => name.to_bytes(),
        Err(errno) => return fail(errno),
    };
    // "dir/" is walked as "dir", the root as itself.
    let end = name.iter().rposition(|byte| *byte != b'/').map_or(1, |last| last + 1);
    let Ok(name) = CString::new(name.get(..end).unwrap_or(name)) else { return fail(libc::ENOENT) };
    let before = (flags & FTW_CHDIR != 0).then(path::working_directory);
    let mut walk = Walk { function, flags, device: 0, above: Vec::new() };
    let result = walk.entry(&name, 0);
    if let Some(before) = before {
        path::set_working_directory(before);
    }
    result
}

impl Walk {
    /// Walks one name; not 0 ends the walk.
    fn entry(&mut self, name: &CStr, level: c_int) -> c_int {
        let base = name.to_bytes().iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
        // SAFETY: a structure of numbers.
        let mut found: stat = unsafe { std::mem::zeroed() };
        let seen = name_here(name, self.flags & FTW_CHDIR != 0 && level > 0, base);
        // SAFETY: the name is a string and the buffer is ours.
        let status = unsafe {
            match self.flags & FTW_PHYS {
                0 => stat_with::<0>(seen.as_ptr(), &raw mut found),
                _ => stat_with::<AT_SYMLINK_NOFOLLOW>(seen.as_ptr(), &raw mut found),
            }
        };
        let kind = match found.st_mode & libc::S_IFMT {
            _ if status < 0 => match self.status_failed(seen, &mut found, level) {
                Ok(kind) => kind,
                Err(errno) => return fail(errno),
            },
            libc::S_IFDIR => kind::FOLDER,
            libc::S_IFLNK => kind::LINK,
            _ => kind::FILE,
        };
        if level == 0 {
            self.device = found.st_dev;
        }
        if self.flags & FTW_MOUNT != 0 && found.st_dev != self.device {
            return 0;
        }
        if kind == kind::FOLDER {
            self.folder(name, seen, &found, Position { base: base.try_into().unwrap_or(0), level })
        } else {
            self.call(name, &found, kind, base, level)
        }
    }

    /// What an entry is that cannot be asked about.
    fn status_failed(&self, seen: &CStr, found: &mut stat, level: c_int) -> Result<c_int, c_int> {
        match crate::errno::get() {
            libc::ENOENT if self.flags & FTW_PHYS == 0 => {
                // SAFETY: the name is a string and the buffer is ours.
                match unsafe { stat_with::<AT_SYMLINK_NOFOLLOW>(seen.as_ptr(), found) } {
                    0 => Ok(kind::LINK_DANGLING),
                    _ => Err(libc::ENOENT),
                }
            }
            libc::EACCES if level > 0 => Ok(kind::UNKNOWN),
            errno => Err(errno),
        }
    }

    /// A directory and what is in it.
    fn folder(&mut self, name: &CStr, seen: &CStr, found: &stat, position: Position) -> c_int {
        let (base, level) = (usize::try_from(position.base).unwrap_or(0), position.level);
        let here = (found.st_dev, found.st_ino);
        if self.above.contains(&here) {
            return 0;
        }
        // SAFETY: the name is a string.
        let listing = unsafe { opendir(seen.as_ptr()) };
        if listing.is_null() {
            return match crate::errno::get() {
                libc::EACCES => self.call(name, found, kind::FOLDER_UNREADABLE, base, level),
                errno => fail(errno),
            };
        }
        let first = if self.flags & FTW_DEPTH == 0 { self.call(name, found, kind::FOLDER, base, level) } else { 0 };
        // Read to its end first, so that the depth of a tree costs no descriptors.
        let names = if first == 0 { names(listing) } else { Vec::new() };
        // SAFETY: the listing was opened above and is used no more.
        unsafe { libc::closedir(listing) };
        if first != 0 {
            return first;
        }
        let before = (self.flags & FTW_CHDIR != 0).then(path::working_directory);
        // SAFETY: the name is a string.
        if before.is_some() && unsafe { crate::unistd::chdir(seen.as_ptr()) } != 0 {
            return -1;
        }
        self.above.push(here);
        let result = names.into_iter().map(|entry| self.below(name, &entry, level)).find(|result| *result != 0);
        self.above.pop();
        if let Some(before) = before {
            path::set_working_directory(before);
        }
        match result {
            Some(result) => result,
            None if self.flags & FTW_DEPTH != 0 => self.call(name, found, kind::FOLDER_AFTER, base, level),
            None => 0,
        }
    }

    fn below(&mut self, folder: &CStr, entry: &CStr, level: c_int) -> c_int {
        let folder = if folder.to_bytes() == b"/" { b"" } else { folder.to_bytes() };
        match CString::new([folder, b"/", entry.to_bytes()].concat()) {
            Ok(name) if name.count_bytes() < libc::PATH_MAX as usize => self.entry(&name, level + 1),
            _ => fail(libc::ENAMETOOLONG),
        }
    }

    fn call(&self, name: &CStr, found: &stat, kind: c_int, base: usize, level: c_int) -> c_int {
        let mut position = Position { base: base.try_into().unwrap_or(0), level };
        // SAFETY: the guest's function, with what it wants.
        unsafe {
            match self.function {
                Function::Old(function) => function(name.as_ptr(), found, kind),
                Function::New(function) => function(name.as_ptr(), found, kind, &raw mut position),
            }
        }
    }
}

/// The name as seen from the current directory of the walk.
fn name_here(name: &CStr, moved: bool, base: usize) -> &CStr {
    if !moved {
        return name;
    }
    name.to_bytes_with_nul().get(base..).and_then(|name| CStr::from_bytes_with_nul(name).ok()).unwrap_or(name)
}

/// The entries of a directory.
fn names(listing: *mut libc::DIR) -> Vec<CString> {
    let mut names = Vec::new();
    loop {
        // SAFETY: the listing is open.
        let entry = unsafe { libc::readdir(listing) };
        if entry.is_null() {
            return names;
        }
        // SAFETY: the name of an entry is a string.
        let name = unsafe { CStr::from_ptr((*entry).d_name.as_ptr()) };
        if name != c"." && name != c".." {
            names.push(name.to_owned());
        }
    }
}
