//! Temporary files: `mkstemp` and its relatives, `tmpfile`, `tempnam`.

use crate::errno::{Errno, fail, null};
use crate::fcntl::open_at;
use crate::path::{self, Last, Need};
use crate::table::shims;
use libc::{AT_FDCWD, FILE, O_CREAT, O_EXCL, O_RDWR};
use std::ffi::{CStr, c_char, c_int};

shims! {
    mkstemp, mkstemp64 = mkstemp as *const (), mkostemp, mkostemp64 = mkostemp as *const (), mkstemps, mkstemps64 = mkstemps as *const (),
    mkostemps, mkostemps64 = mkostemps as *const (), mkdtemp, mktemp, tmpfile, tmpfile64 = tmpfile as *const (), tmpnam, tempnam,
}

/// How often another name is tried.
const TRIES: u32 = 100;
/// What is replaced in a template.
const PLACE: [u8; 6] = *b"XXXXXX";
/// Room for the result of `tmpnam`, in bytes (`L_tmpnam`).
const TMPNAM: usize = 20;

/// Six characters of 32, which nobody can guess.
fn random_name() -> [u8; 6] {
    const CHARACTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyzABCDEF";
    let mut bytes = [0u8; 6];
    // SAFETY: the buffer is as long as is said. When nothing comes, names are not random, and one that exists is not taken.
    let _ = unsafe { libc::getrandom(bytes.as_mut_ptr().cast(), bytes.len(), 0) };
    bytes.map(|byte| CHARACTERS.get(usize::from(byte & 31)).copied().unwrap_or(b'a'))
}

/// Fills a template in until `make` succeeds.
///
/// # Safety
/// `template` is null or a string that may be changed.
unsafe fn fill(
    template: *mut c_char,
    suffix: usize,
    mut make: impl FnMut(*const c_char) -> Result<c_int, Errno>,
) -> Result<c_int, Errno> {
    // SAFETY: by the contract of the function.
    let length = unsafe { crate::errno::c_str(template) }?.count_bytes();
    let at = length.checked_sub(PLACE.len()).and_then(|at| at.checked_sub(suffix)).ok_or(libc::EINVAL)?;
    // SAFETY: the six bytes lie in the string.
    let place = unsafe { &mut *template.add(at).cast::<[u8; 6]>() };
    if *place != PLACE {
        return Err(libc::EINVAL);
    }
    for _ in 0..TRIES {
        *place = random_name();
        match make(template) {
            Err(libc::EEXIST) => {}
            Ok(made) => return Ok(made),
            Err(errno) => {
                *place = PLACE;
                return Err(errno);
            }
        }
    }
    *place = PLACE;
    Err(libc::EEXIST)
}

unsafe extern "C" fn mkostemps(template: *mut c_char, suffix: c_int, flags: c_int) -> c_int {
    let Ok(suffix) = usize::try_from(suffix) else { return fail(libc::EINVAL) };
    let flags = (flags & !libc::O_ACCMODE) | O_RDWR | O_CREAT | O_EXCL;
    // SAFETY: the template is null or a string, as C demands of the guest.
    crate::errno::answer(unsafe { fill(template, suffix, |name| open_at(AT_FDCWD, name, flags, 0o600)) })
}

unsafe extern "C" fn mkstemps(template: *mut c_char, suffix: c_int) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { mkostemps(template, suffix, 0) }
}

unsafe extern "C" fn mkostemp(template: *mut c_char, flags: c_int) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { mkostemps(template, 0, flags) }
}

unsafe extern "C" fn mkstemp(template: *mut c_char) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { mkostemps(template, 0, 0) }
}

unsafe extern "C" fn mkdtemp(template: *mut c_char) -> *mut c_char {
    let make = |name: *const c_char| {
        // SAFETY: the template is a string.
        let target = unsafe { path::target(AT_FDCWD, name, Last::Link, Need::Create) }?;
        // SAFETY: the name is a string.
        let result = unsafe { libc::mkdirat(target.dir, target.path(), 0o700) };
        if result == 0 { Ok(0) } else { Err(crate::errno::get()) }
    };
    // SAFETY: the template is null or a string, as C demands of the guest.
    match unsafe { fill(template, 0, make) } {
        Ok(_) => template,
        Err(errno) => null(errno),
    }
}

/// Succeeds for a name that nothing has.
fn is_free(name: *const c_char) -> Result<c_int, Errno> {
    // SAFETY: the name is a string.
    let found = unsafe { crate::unistd::faccessat(AT_FDCWD, name, libc::F_OK, libc::AT_SYMLINK_NOFOLLOW) };
    match crate::errno::get() {
        _ if found == 0 => Err(libc::EEXIST),
        libc::ENOENT => Ok(0),
        errno => Err(errno),
    }
}

/// On failure the template is an empty string.
unsafe extern "C" fn mktemp(template: *mut c_char) -> *mut c_char {
    // SAFETY: the template is null or a string, as C demands of the guest.
    if let Err(errno) = unsafe { fill(template, 0, is_free) } {
        crate::errno::set(errno);
        if !template.is_null() {
            // SAFETY: a string has at least one byte.
            unsafe { template.write(0) };
        }
    }
    template
}

/// A file in memory: apps have no `/tmp`, and nobody else can open such a file anyway.
unsafe extern "C" fn tmpfile() -> *mut FILE {
    // SAFETY: both strings are strings; the descriptor belongs to the stream afterwards.
    unsafe {
        match libc::memfd_create(c"tmpfile".as_ptr(), libc::MFD_CLOEXEC) {
            -1 => std::ptr::null_mut(),
            descriptor => libc::fdopen(descriptor, c"w+".as_ptr()),
        }
    }
}

unsafe extern "C" fn tmpnam(buffer: *mut c_char) -> *mut c_char {
    // `tmpnam(NULL)` gives a buffer that all share, in C.
    static mut SHARED: [c_char; TMPNAM] = [0; TMPNAM];
    let buffer = if buffer.is_null() { (&raw mut SHARED).cast() } else { buffer };
    let template = c"/tmp/tmpnam_XXXXXX".to_bytes_with_nul();
    // SAFETY: both have room for the template, which is shorter than L_tmpnam.
    unsafe { std::ptr::copy_nonoverlapping(template.as_ptr(), buffer.cast(), template.len()) };
    // SAFETY: the buffer has a string now.
    match unsafe { fill(buffer, 0, is_free) } {
        Ok(_) => buffer,
        Err(errno) => null(errno),
    }
}

/// A name in `folder`, which the guest frees.
unsafe extern "C" fn tempnam(folder: *const c_char, prefix: *const c_char) -> *mut c_char {
    let or = |text: *const c_char, other: &'static CStr| {
        // SAFETY: both are null or strings, as C demands of the guest.
        unsafe { crate::errno::c_str(text) }.unwrap_or(other)
    };
    let (folder, prefix) = (or(folder, c"/tmp"), or(prefix, c"temp"));
    let name = [folder.to_bytes(), b"/", prefix.to_bytes(), b"_XXXXXX\0"].concat();
    let Ok(name) = CStr::from_bytes_with_nul(&name) else { return null(libc::EINVAL) };
    if name.count_bytes() >= libc::PATH_MAX as usize {
        return null(libc::ENAMETOOLONG);
    }
    // SAFETY: it is a string.
    let name = unsafe { libc::strdup(name.as_ptr()) };
    if name.is_null() {
        return name;
    }
    // SAFETY: a string that was made just now.
    match unsafe { fill(name, 0, is_free) } {
        Ok(_) => name,
        Err(errno) => {
            // SAFETY: as above; nobody else has it.
            unsafe { libc::free(name.cast()) };
            null(errno)
        }
    }
}
