//! Functions of libuv that do what a function of the app's C library does: directories, the environment, libraries, signals.

use crate::boundary::{bytes, guarded};
use crate::process::libc_function;
use std::ffi::{CStr, CString, c_char, c_int, c_void};

const UV_EINVAL: c_int = -libc::EINVAL;
const UV_ENOBUFS: c_int = -libc::ENOBUFS;
const UV_ENOENT: c_int = -libc::ENOENT;
const UV_ENOSYS: c_int = -libc::ENOSYS;
const UV_EFAULT: c_int = -libc::EFAULT;

/// A function of the app's C library, by its prototype.
macro_rules! libc_call {
    ($name:literal as $prototype:ty) => {
        // SAFETY: this is what the function of this name is in C.
        libc_function($name).map(|address| unsafe { std::mem::transmute::<usize, $prototype>(address) })
    };
}

fn last_error() -> c_int {
    -std::io::Error::last_os_error().raw_os_error().unwrap_or(libc::EIO)
}

/// The app's working directory.
pub(super) fn cwd() -> String {
    let mut buffer = [0_u8; libc::PATH_MAX as usize];
    let getcwd = libc_call!("getcwd" as unsafe extern "C" fn(*mut c_char, usize) -> *mut c_char);
    // SAFETY: the buffer has this size.
    let found = getcwd.is_some_and(|getcwd| !unsafe { getcwd(buffer.as_mut_ptr().cast(), buffer.len()) }.is_null());
    let name = CStr::from_bytes_until_nul(&buffer).ok().and_then(|name| name.to_str().ok());
    name.filter(|_| found).unwrap_or("/").to_owned()
}

/// Writes a text where the guest has room for `*size` bytes, and its length there; or the size that would do.
///
/// # Safety
/// `buffer` has `*size` bytes, which may be written.
unsafe fn give(text: &[u8], buffer: *mut c_char, size: *mut usize) -> c_int {
    // SAFETY: by the contract of the function.
    let room = unsafe { size.as_mut() };
    let Some(room) = room.filter(|room| !buffer.is_null() && **room > 0) else { return UV_EINVAL };
    if text.len() >= *room {
        *room = text.len() + 1;
        return UV_ENOBUFS;
    }
    // SAFETY: there is room for the text and its zero.
    unsafe {
        buffer.cast::<u8>().copy_from_nonoverlapping(text.as_ptr(), text.len());
        buffer.add(text.len()).write(0);
    }
    *room = text.len();
    0
}

/// # Safety
/// As in `uv.h`.
pub(super) unsafe extern "C" fn uv_cwd(buffer: *mut c_char, size: *mut usize) -> c_int {
    // SAFETY: by the contract of the function.
    guarded("uv_cwd", UV_EFAULT, || unsafe { give(cwd().as_bytes(), buffer, size) })
}

/// # Safety
/// As in `uv.h`.
pub(super) unsafe extern "C" fn uv_chdir(folder: *const c_char) -> c_int {
    guarded("uv_chdir", UV_EFAULT, || {
        let Some(chdir) = libc_call!("chdir" as unsafe extern "C" fn(*const c_char) -> c_int) else { return UV_ENOSYS };
        // SAFETY: by the contract of the function.
        if unsafe { chdir(folder) } == 0 { 0 } else { last_error() }
    })
}

/// A variable of the app's environment.
fn variable(name: &CStr) -> Option<CString> {
    let getenv = libc_call!("getenv" as unsafe extern "C" fn(*const c_char) -> *const c_char)?;
    // SAFETY: the name ends with zero; the value is copied at once.
    unsafe { bytes(getenv(name.as_ptr())) }.map(CStr::to_owned)
}

/// # Safety
/// As in `uv.h`.
pub(super) unsafe extern "C" fn uv_os_homedir(buffer: *mut c_char, size: *mut usize) -> c_int {
    let home = variable(c"HOME").unwrap_or_else(|| c"/data/storage/el2/base".to_owned());
    // SAFETY: by the contract of the function.
    guarded("uv_os_homedir", UV_EFAULT, || unsafe { give(home.as_bytes(), buffer, size) })
}

/// # Safety
/// As in `uv.h`.
pub(super) unsafe extern "C" fn uv_os_tmpdir(buffer: *mut c_char, size: *mut usize) -> c_int {
    let folder = variable(c"TMPDIR").unwrap_or_else(|| c"/data/storage/el2/base/cache".to_owned());
    // SAFETY: by the contract of the function.
    guarded("uv_os_tmpdir", UV_EFAULT, || unsafe { give(folder.as_bytes(), buffer, size) })
}

/// # Safety
/// As in `uv.h`.
pub(super) unsafe extern "C" fn uv_os_getenv(name: *const c_char, buffer: *mut c_char, size: *mut usize) -> c_int {
    guarded("uv_os_getenv", UV_EFAULT, || {
        // SAFETY: by the contract of the function.
        let Some(name) = (unsafe { bytes(name) }) else { return UV_EINVAL };
        match variable(name) {
            // SAFETY: by the contract of the function.
            Some(value) => unsafe { give(value.as_bytes(), buffer, size) },
            None => UV_ENOENT,
        }
    })
}

/// # Safety
/// As in `uv.h`.
pub(super) unsafe extern "C" fn uv_os_setenv(name: *const c_char, value: *const c_char) -> c_int {
    guarded("uv_os_setenv", UV_EFAULT, || {
        let setenv = libc_call!("setenv" as unsafe extern "C" fn(*const c_char, *const c_char, c_int) -> c_int);
        let Some(setenv) = setenv else { return UV_ENOSYS };
        if name.is_null() || value.is_null() {
            return UV_EINVAL;
        }
        // SAFETY: by the contract of the function.
        if unsafe { setenv(name, value, 1) } == 0 { 0 } else { last_error() }
    })
}

/// # Safety
/// As in `uv.h`.
pub(super) unsafe extern "C" fn uv_os_unsetenv(name: *const c_char) -> c_int {
    guarded("uv_os_unsetenv", UV_EFAULT, || {
        let unsetenv = libc_call!("unsetenv" as unsafe extern "C" fn(*const c_char) -> c_int);
        let Some(unsetenv) = unsetenv else { return UV_ENOSYS };
        if name.is_null() {
            return UV_EINVAL;
        }
        // SAFETY: by the contract of the function.
        if unsafe { unsetenv(name) } == 0 { 0 } else { last_error() }
    })
}

/// # Safety
/// As in `uv.h`.
pub(super) unsafe extern "C" fn uv_kill(process: c_int, signal: c_int) -> c_int {
    guarded("uv_kill", UV_EFAULT, || {
        let Some(kill) = libc_call!("kill" as unsafe extern "C" fn(c_int, c_int) -> c_int) else { return UV_ENOSYS };
        // SAFETY: numbers only; what may be signalled is the C library's affair.
        if unsafe { kill(process, signal) } == 0 { 0 } else { last_error() }
    })
}

/// `uv_lib_t`.
#[repr(C)]
pub(super) struct Lib {
    handle: *mut c_void,
    error: *mut c_char,
}

impl Lib {
    /// Keeps the text of the last error of the C library's loader; forgets it when there is none.
    ///
    /// # Safety
    /// `error` is null or came from here.
    unsafe fn note_error(&mut self) -> c_int {
        // SAFETY: by the contract of the function.
        unsafe { libc::free(self.error.cast::<c_void>()) };
        self.error = std::ptr::null_mut();
        let dlerror = libc_call!("dlerror" as unsafe extern "C" fn() -> *const c_char);
        // SAFETY: the text is copied at once.
        if let Some(text) = dlerror.and_then(|dlerror| unsafe { bytes(dlerror()) }) {
            self.error = crate::boundary::allocated(text.to_bytes());
            return -1;
        }
        0
    }
}

/// # Safety
/// As in `uv.h`.
pub(super) unsafe extern "C" fn uv_dlopen(name: *const c_char, library: *mut Lib) -> c_int {
    guarded("uv_dlopen", -1, || {
        // SAFETY: by the contract of the function.
        let Some(library) = (unsafe { library.as_mut() }) else { return -1 };
        (library.handle, library.error) = (std::ptr::null_mut(), std::ptr::null_mut());
        let dlopen = libc_call!("dlopen" as unsafe extern "C" fn(*const c_char, c_int) -> *mut c_void);
        let Some(dlopen) = dlopen else { return -1 };
        // SAFETY: by the contract of the function.
        library.handle = unsafe { dlopen(name, libc::RTLD_LAZY) };
        if !library.handle.is_null() {
            return 0;
        }
        // SAFETY: it was set to null above.
        unsafe { library.note_error() };
        -1
    })
}

/// # Safety
/// As in `uv.h`.
pub(super) unsafe extern "C" fn uv_dlsym(library: *mut Lib, name: *const c_char, out: *mut *mut c_void) -> c_int {
    guarded("uv_dlsym", -1, || {
        // SAFETY: by the contract of the function.
        let Some(library) = (unsafe { library.as_mut() }) else { return -1 };
        let dlsym = libc_call!("dlsym" as unsafe extern "C" fn(*mut c_void, *const c_char) -> *mut c_void);
        let Some(dlsym) = dlsym else { return -1 };
        // SAFETY: by the contract of the function.
        let found = unsafe { dlsym(library.handle, name) };
        // SAFETY: by the contract of the function.
        if !unsafe { crate::boundary::put(out, found) } {
            return -1;
        }
        if found.is_null() {
            // SAFETY: the error is one of ours, or null.
            return unsafe { library.note_error() };
        }
        0
    })
}

/// # Safety
/// As in `uv.h`.
pub(super) unsafe extern "C" fn uv_dlclose(library: *mut Lib) {
    guarded("uv_dlclose", (), || {
        // SAFETY: by the contract of the function.
        let Some(library) = (unsafe { library.as_mut() }) else { return };
        let dlclose = libc_call!("dlclose" as unsafe extern "C" fn(*mut c_void) -> c_int);
        if let (Some(dlclose), false) = (dlclose, library.handle.is_null()) {
            // SAFETY: by the contract of the function.
            unsafe { dlclose(library.handle) };
        }
        // SAFETY: the error is one of ours, or null.
        unsafe { libc::free(library.error.cast::<c_void>()) };
        (library.handle, library.error) = (std::ptr::null_mut(), std::ptr::null_mut());
    });
}

/// # Safety
/// As in `uv.h`.
pub(super) unsafe extern "C" fn uv_dlerror(library: *const Lib) -> *const c_char {
    // SAFETY: by the contract of the function.
    match unsafe { library.as_ref() } {
        Some(library) if !library.error.is_null() => library.error,
        _ => c"no error".as_ptr(),
    }
}
