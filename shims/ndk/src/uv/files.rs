//! Functions of libuv that name files: names of the app become names of the host, then the host's function does the rest.

use super::host;
use crate::boundary::{bytes, guarded};
use crate::process::process;
use concord_syscalls::Access;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::sync::OnceLock;

/// A function of libuv whose third argument is a path: `(loop or handle, request or callback, path, …)`.
struct FileFunction {
    name: &'static str,
    /// Changes what the path names.
    writes: bool,
}

macro_rules! functions {
    ($($constant:ident $name:literal $writes:literal,)*) => {
        functions!(@number 0usize; $($constant)*);
        const FUNCTIONS: &[FileFunction] = &[$(FileFunction { name: $name, writes: $writes }),*];
    };
    (@number $at:expr; $constant:ident $($rest:ident)*) => {
        pub(super) const $constant: usize = $at;
        functions!(@number $at + 1; $($rest)*);
    };
    (@number $at:expr;) => {
        static ADDRESSES: [OnceLock<Option<usize>>; $at] = [const { OnceLock::new() }; $at];
    };
}

functions! {
    OPEN "uv_fs_open" false,
    UNLINK "uv_fs_unlink" true,
    MKDIR "uv_fs_mkdir" true,
    RMDIR "uv_fs_rmdir" true,
    SCANDIR "uv_fs_scandir" false,
    OPENDIR "uv_fs_opendir" false,
    STAT "uv_fs_stat" false,
    LSTAT "uv_fs_lstat" false,
    STATFS "uv_fs_statfs" false,
    ACCESS "uv_fs_access" false,
    CHMOD "uv_fs_chmod" true,
    CHOWN "uv_fs_chown" true,
    LCHOWN "uv_fs_lchown" true,
    UTIME "uv_fs_utime" true,
    EVENT_START "uv_fs_event_start" false,
    POLL_START "uv_fs_poll_start" false,
    RENAME "uv_fs_rename" true,
    LINK "uv_fs_link" true,
    COPYFILE "uv_fs_copyfile" false,
}

// Errors of libuv are those of Linux, negative.
const UV_EFAULT: c_int = -libc::EFAULT;
const UV_EINVAL: c_int = -libc::EINVAL;
const UV_ENOSYS: c_int = -libc::ENOSYS;
const UV_EROFS: c_int = -libc::EROFS;

/// A name under which no host has a file: requests for what the app does not see fail as if it were not there, where guests
/// expect them to.
const NOWHERE: &CStr = c"/proc/0/nowhere";

/// Offsets of `path` and `new_path` in `uv_fs_t`.
const PATH: usize = 104;
const NEW_PATH: usize = 272;

/// All integer arguments in registers, and two of floating point: enough for any function here, in whatever order its
/// prototype has them.
type Any = unsafe extern "C" fn(*mut c_void, *mut u8, *const c_char, usize, usize, usize, f64, f64) -> c_int;

fn address(function: usize) -> Option<Any> {
    let (slot, name) = (ADDRESSES.get(function)?, FUNCTIONS.get(function)?.name);
    let address = (*slot.get_or_init(|| host::function(name)))?;
    // SAFETY: the function reads those of its arguments that it has, from the registers where they are.
    Some(unsafe { std::mem::transmute::<usize, Any>(address) })
}

/// What the host calls a file of the app's.
fn host_name(path: &CStr, writes: bool) -> Result<CString, c_int> {
    let Ok(name) = path.to_str() else { return Ok(NOWHERE.to_owned()) };
    let absolute = if name.starts_with('/') { name.to_owned() } else { format!("{}/{name}", super::system::cwd()) };
    match process().map(|process| process.paths.resolve(&absolute)) {
        Some(Ok(found)) if writes && found.access == Access::ReadOnly => Err(UV_EROFS),
        Some(Ok(found)) => Ok(CString::new(found.path.as_os_str().as_bytes()).unwrap_or_else(|_| NOWHERE.to_owned())),
        _ => Ok(NOWHERE.to_owned()),
    }
}

/// libuv remembers the path of a request that is done at once; let it be the guest's, which lives as long as the guest wants.
///
/// # Safety
/// `request` is a `uv_fs_t` that libuv has set up.
unsafe fn remember(request: *mut u8, offset: usize, ours: &CStr, guests: *const c_char) {
    // SAFETY: by the contract of the function; the offset is one of a pointer in it.
    unsafe {
        let place = request.add(offset).cast::<*const c_char>();
        if place.read_unaligned() == ours.as_ptr() {
            place.write_unaligned(guests);
        }
    }
}

/// Calls the host's function with the host's name.
///
/// # Safety
/// As the function of libuv asks.
unsafe fn call(
    function: usize,
    writes: bool,
    first: *mut c_void,
    request: *mut u8,
    path: *const c_char,
    rest: (usize, usize, usize),
    times: (f64, f64),
) -> c_int {
    guarded("uv_fs", UV_EFAULT, || {
        // SAFETY: by the contract of the function.
        let Some(guests) = (unsafe { bytes(path) }) else { return UV_EINVAL };
        let Some(uv) = address(function) else { return UV_ENOSYS };
        let name = match host_name(guests, writes) {
            Ok(name) => name,
            Err(code) => return code,
        };
        // SAFETY: by the contract of the function. libuv copies names that it needs for longer.
        let answer = unsafe { uv(first, request, name.as_ptr(), rest.0, rest.1, rest.2, times.0, times.1) };
        if !request.is_null() && !matches!(function, EVENT_START | POLL_START) {
            // SAFETY: it is a request then.
            unsafe { remember(request, PATH, &name, path) };
        }
        answer
    })
}

/// The function that has this number.
///
/// # Safety
/// As the function of libuv asks.
pub(super) unsafe extern "C" fn on_file<const FUNCTION: usize>(
    first: *mut c_void,
    request: *mut u8,
    path: *const c_char,
    a: usize,
    b: usize,
    c: usize,
    d: f64,
    e: f64,
) -> c_int {
    let writes = FUNCTIONS.get(FUNCTION).is_some_and(|function| function.writes);
    // SAFETY: by the contract of the function.
    unsafe { call(FUNCTION, writes, first, request, path, (a, b, c), (d, e)) }
}

/// `uv_fs_open(loop, request, path, flags, mode, callback)`
///
/// # Safety
/// As the function of libuv asks.
pub(super) unsafe extern "C" fn open(
    first: *mut c_void,
    request: *mut u8,
    path: *const c_char,
    flags: c_int,
    mode: c_int,
    callback: usize,
) -> c_int {
    let writes = flags & libc::O_ACCMODE != libc::O_RDONLY || flags & (libc::O_CREAT | libc::O_TRUNC) != 0;
    let rest = (flags as usize, mode as usize, callback);
    // SAFETY: by the contract of the function.
    unsafe { call(OPEN, writes, first, request, path, rest, (0.0, 0.0)) }
}

/// The function that has this number, `(loop, request, path, new path, …)`.
///
/// # Safety
/// As the function of libuv asks.
pub(super) unsafe extern "C" fn on_two_files<const FUNCTION: usize>(
    first: *mut c_void,
    request: *mut u8,
    path: *const c_char,
    new: *const c_char,
    b: usize,
    c: usize,
) -> c_int {
    guarded("uv_fs", UV_EFAULT, || {
        // SAFETY: by the contract of the function.
        let Some(guests) = (unsafe { bytes(new) }) else { return UV_EINVAL };
        let name = match host_name(guests, true) {
            Ok(name) => name,
            Err(code) => return code,
        };
        let writes = FUNCTIONS.get(FUNCTION).is_some_and(|function| function.writes);
        // SAFETY: by the contract of the function.
        let answer =
            unsafe { call(FUNCTION, writes, first, request, path, (name.as_ptr() as usize, b, c), (0.0, 0.0)) };
        if !request.is_null() {
            // SAFETY: it is a request that libuv has set up.
            unsafe { remember(request, NEW_PATH, &name, new) };
        }
        answer
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_the_app_does_not_see_are_not_there() {
        if address(OPEN).is_none() {
            eprintln!("skipped: {}", super::super::HOST.remedy);
            return;
        }
        // `uv_fs_t` has 440 bytes.
        let mut request = [0_u64; 55];
        let bytes = request.as_mut_ptr().cast::<u8>();
        let (path, null) = (c"/etc/passwd".as_ptr(), std::ptr::null_mut());
        // SAFETY: a request without a callback is done when the call returns; it needs no loop.
        unsafe {
            assert_eq!(open(null, bytes, path, libc::O_RDONLY, 0, 0), -libc::ENOENT);
            assert_eq!(bytes.add(PATH).cast::<*const c_char>().read_unaligned(), path, "the guest's name");
            let (a, b) = (on_two_files::<RENAME>, on_file::<STAT>);
            assert_eq!(a(null, bytes, path, c"/tmp/x".as_ptr(), 0, 0), -libc::ENOENT);
            assert_eq!(b(null, bytes, std::ptr::null(), 0, 0, 0, 0.0, 0.0), UV_EINVAL);
        }
    }
}
