//! `<dirent.h>` and `<glob.h>`: listing directories.

use crate::errno::null;
use crate::fcntl::open_at;
use crate::path::{Last, Need, at};
use crate::stat::stat_with;
use crate::table::shims;
use libc::{AT_FDCWD, DIR, dirent};
use std::ffi::{c_char, c_int, c_void};

shims! { opendir, scandir, scandir64 = scandir as *const (), glob, glob64 = glob as *const () }

pub(crate) unsafe extern "C" fn opendir(path: *const c_char) -> *mut DIR {
    // SAFETY: the path is null or a string, as C demands of the guest.
    match unsafe { open_at(AT_FDCWD, path, libc::O_RDONLY | libc::O_DIRECTORY | libc::O_CLOEXEC, 0) } {
        // SAFETY: the descriptor is of a directory and belongs to the stream.
        Ok(descriptor) => unsafe { libc::fdopendir(descriptor) },
        Err(errno) => null(errno),
    }
}

type Select = Option<unsafe extern "C" fn(*const dirent) -> c_int>;
type Compare = Option<unsafe extern "C" fn(*mut *const dirent, *mut *const dirent) -> c_int>;

unsafe extern "C" {
    #[link_name = "scandir"]
    fn glibc_scandir(path: *const c_char, list: *mut *mut *mut dirent, select: Select, compare: Compare) -> c_int;
}

unsafe extern "C" fn scandir(
    path: *const c_char,
    list: *mut *mut *mut dirent,
    select: Select,
    compare: Compare,
) -> c_int {
    // SAFETY: arguments of the guest's are passed on, with a name of the host's, which the entries do not contain.
    unsafe {
        at(AT_FDCWD, path, Last::Follow, Need::Read, |target| glibc_scandir(target.path(), list, select, compare))
    }
}

/// `glob_t`: glibc's, which has functions where musl has room.
#[repr(C)]
struct Glob {
    count: usize,
    paths: *mut *mut c_char,
    offset: usize,
    flags: c_int,
    close: Option<unsafe extern "C" fn(*mut c_void)>,
    read: Option<unsafe extern "C" fn(*mut c_void) -> *mut dirent>,
    open: Option<unsafe extern "C" fn(*const c_char) -> *mut c_void>,
    lstat: Option<unsafe extern "C" fn(*const c_char, *mut libc::stat) -> c_int>,
    stat: Option<unsafe extern "C" fn(*const c_char, *mut libc::stat) -> c_int>,
}

type GlobError = Option<unsafe extern "C" fn(*const c_char, c_int) -> c_int>;

unsafe extern "C" {
    #[link_name = "glob"]
    fn glibc_glob(pattern: *const c_char, flags: c_int, error: GlobError, found: *mut Glob) -> c_int;
}

/// Look directories up with the functions in the structure.
const GLOB_ALTDIRFUNC: c_int = 1 << 9;
/// The flags that both libraries have, but for the tilde: home directories are the host's.
const GLOB_FLAGS: c_int = 0xff;

/// glibc matches, and reads directories through functions of ours, which know the names of guests.
unsafe extern "C" fn glob(pattern: *const c_char, flags: c_int, error: GlobError, found: *mut Glob) -> c_int {
    // SAFETY: the guest gives a structure of glob's, which is as large in both libraries.
    let found_ref = unsafe { &mut *found };
    found_ref.open = Some(open_listing);
    found_ref.read = Some(read_listing);
    found_ref.close = Some(close_listing);
    found_ref.stat = Some(stat_with::<0>);
    found_ref.lstat = Some(stat_with::<{ libc::AT_SYMLINK_NOFOLLOW }>);
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { glibc_glob(pattern, flags & GLOB_FLAGS | GLOB_ALTDIRFUNC, error, found) }
}

unsafe extern "C" fn open_listing(path: *const c_char) -> *mut c_void {
    // SAFETY: glibc gives a string.
    unsafe { opendir(path) }.cast()
}

unsafe extern "C" fn read_listing(listing: *mut c_void) -> *mut dirent {
    // SAFETY: what `open_listing` gave.
    unsafe { libc::readdir(listing.cast()) }
}

unsafe extern "C" fn close_listing(listing: *mut c_void) {
    // SAFETY: what `open_listing` gave, for the last time.
    unsafe { libc::closedir(listing.cast()) };
}
