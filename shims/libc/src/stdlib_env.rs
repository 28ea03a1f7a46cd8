//! The environment of the guest, which is not the host's. As in C, what `getenv` gives is good until the variable is changed, and whoever
//! changes one while others read is on their own; writers exclude each other.

use crate::errno::{Errno, answer, c_str, fail};
use crate::table::shims;
use std::ffi::{CStr, CString, c_char, c_int};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

shims! {
    getenv, secure_getenv = getenv as *const (), setenv, unsetenv, putenv, clearenv,
    environ = ENVIRON, __environ = ENVIRON, ___environ = ENVIRON, _environ = ENVIRON,
}

const ENVIRON: *const () = (&raw const VARIABLES).cast();

/// `environ`: what guests read, and may replace.
static mut VARIABLES: *mut *mut c_char = std::ptr::null_mut();

/// What is ours of what `VARIABLES` leads to.
struct Owned {
    /// The array that was made last; guests may have put another in its place.
    array: Vec<Pointer>,
    /// The one before, for those who are reading it just now.
    previous: Vec<Pointer>,
    /// Strings that `setenv` made and that are freed when they are replaced.
    strings: Vec<CString>,
}

#[repr(transparent)]
struct Pointer(*mut c_char);

// SAFETY: pointers to strings that live until the owner frees them, under the lock.
unsafe impl Send for Pointer {}

static OWNED: Mutex<Owned> = Mutex::new(Owned { array: Vec::new(), previous: Vec::new(), strings: Vec::new() });

/// Makes the environment that the app starts with.
pub(crate) fn install(environment: &[(String, String)]) {
    let mut variables = Vec::with_capacity(environment.len());
    for (name, value) in environment {
        // A name or value that C cannot hold is left out.
        if let (Ok(entry), false) = (CString::new(format!("{name}={value}")), name.is_empty() || name.contains('=')) {
            variables.push(entry);
        }
    }
    let mut owned = lock();
    let pointers: Vec<_> = variables.iter().map(|entry| entry.as_ptr().cast_mut()).collect();
    owned.strings = variables;
    owned.publish(pointers);
    drop(owned);
    zone();
}

/// The lock of writers, which `fork` holds so that no child starts with it taken.
pub(crate) fn hold() -> impl Sized {
    lock()
}

fn lock() -> MutexGuard<'static, Owned> {
    OWNED.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Owned {
    /// Makes an array of `pointers` the environment.
    fn publish(&mut self, pointers: Vec<*mut c_char>) {
        let ended = pointers.into_iter().chain([std::ptr::null_mut()]).map(Pointer);
        let mut array: Vec<_> = ended.collect();
        // SAFETY: writers exclude each other; readers see the old array or the new one.
        unsafe { VARIABLES = array.as_mut_ptr().cast() };
        self.previous = std::mem::replace(&mut self.array, array);
    }

    /// Frees what nobody sees any more.
    fn sweep(&mut self, gone: *mut c_char) {
        self.strings.retain(|entry| entry.as_ptr().cast_mut() != gone);
    }
}

/// The entries as they are now.
///
/// # Safety
/// What guests made of `environ` is an array with an end.
unsafe fn entries() -> Vec<*mut c_char> {
    let mut found = Vec::new();
    // SAFETY: by the contract of the function.
    unsafe {
        let mut next = VARIABLES;
        while !next.is_null() && !(*next).is_null() {
            found.push(*next);
            next = next.add(1);
        }
    }
    found
}

/// The value in `entry`, if it is of the variable `name`.
unsafe fn value_of(entry: *mut c_char, name: &[u8]) -> Option<*mut c_char> {
    for (index, byte) in name.iter().enumerate() {
        // SAFETY: by the contract of the caller the entry is a string; its end is not equal to a byte of the name.
        if unsafe { *entry.add(index) }.cast_unsigned() != *byte {
            return None;
        }
    }
    // SAFETY: all bytes of the name were there, so the next one is there too.
    unsafe { (*entry.add(name.len()) == b'='.cast_signed()).then(|| entry.add(name.len() + 1)) }
}

pub(crate) unsafe extern "C" fn getenv(name: *const c_char) -> *mut c_char {
    // SAFETY: the name is null or a string, as C demands of the guest.
    let Ok(name) = (unsafe { c_str(name) }) else { return std::ptr::null_mut() };
    let name = name.to_bytes().split(|byte| *byte == b'=').next().unwrap_or_default();
    // SAFETY: the environment is an array with an end; the loop reads each pointer once.
    unsafe {
        let mut next = VARIABLES;
        while !next.is_null() && !(*next).is_null() {
            if let Some(value) = value_of(*next, name) {
                return value;
            }
            next = next.add(1);
        }
    }
    std::ptr::null_mut()
}

/// The name of a variable, as it may be set.
unsafe fn checked<'a>(name: *const c_char) -> Result<&'a CStr, Errno> {
    // SAFETY: by the contract of the caller.
    let name = unsafe { c_str(name) }.map_err(|_| libc::EINVAL)?;
    if name.is_empty() || name.to_bytes().contains(&b'=') { Err(libc::EINVAL) } else { Ok(name) }
}

/// Puts `entry` in the place of the variable `name`, or takes the variable away.
fn replace(owned: &mut Owned, name: &[u8], entry: Option<*mut c_char>) {
    // SAFETY: the environment is an array with an end.
    let now = unsafe { entries() };
    // SAFETY: entries are strings.
    let (old, mut kept): (Vec<_>, Vec<_>) =
        now.into_iter().partition(|entry| unsafe { value_of(*entry, name) }.is_some());
    kept.extend(entry);
    owned.publish(kept);
    for gone in old {
        if Some(gone) != entry {
            owned.sweep(gone);
        }
    }
    if name == b"TZ" {
        zone();
    }
}

unsafe extern "C" fn setenv(name: *const c_char, value: *const c_char, overwrite: c_int) -> c_int {
    let set = || {
        // SAFETY: both are null or strings, as C demands of the guest.
        let (name, value) = unsafe { (checked(name)?, c_str(value).map_err(|_| libc::EINVAL)?) };
        // SAFETY: a string.
        if overwrite == 0 && !unsafe { getenv(name.as_ptr()) }.is_null() {
            return Ok(0);
        }
        let entry = [name.to_bytes(), b"=", value.to_bytes()].concat();
        let entry = CString::new(entry).map_err(|_| libc::EINVAL)?;
        let mut owned = lock();
        let pointer = entry.as_ptr().cast_mut();
        owned.strings.push(entry);
        replace(&mut owned, name.to_bytes(), Some(pointer));
        Ok(0)
    };
    answer::<c_int>(set())
}

unsafe extern "C" fn unsetenv(name: *const c_char) -> c_int {
    // SAFETY: the name is null or a string, as C demands of the guest.
    match unsafe { checked(name) } {
        Ok(name) => {
            replace(&mut lock(), name.to_bytes(), None);
            0
        }
        Err(errno) => fail(errno),
    }
}

/// The string becomes part of the environment. Without `=` it takes the variable away.
unsafe extern "C" fn putenv(entry: *mut c_char) -> c_int {
    // SAFETY: the entry is null or a string, as C demands of the guest.
    let Ok(text) = (unsafe { c_str(entry) }) else { return fail(libc::EINVAL) };
    match text.to_bytes().iter().position(|byte| *byte == b'=') {
        Some(0) => return fail(libc::EINVAL),
        // SAFETY: a string.
        None => return unsafe { unsetenv(entry) },
        Some(end) => replace(&mut lock(), text.to_bytes().get(..end).unwrap_or_default(), Some(entry)),
    }
    0
}

extern "C" fn clearenv() -> c_int {
    let mut owned = lock();
    owned.publish(Vec::new());
    owned.strings.clear();
    drop(owned);
    zone();
    0
}

/// The environment as `/proc/self/environ` has it.
pub(crate) fn block() -> Vec<u8> {
    let _held = lock();
    // SAFETY: the environment is an array of strings with an end.
    let entries = unsafe { entries().into_iter().map(|entry| CStr::from_ptr(entry)) };
    entries.flat_map(|entry| entry.to_bytes_with_nul().iter().copied()).collect()
}

/// Gives glibc the time zone of the guest: its functions of time look into the host's environment. The variable is never taken away there,
/// because that moves others under the eyes of threads that read.
fn zone() {
    static HOST: Mutex<Option<CString>> = Mutex::new(None);
    static FIRST: Once = Once::new();
    FIRST.call_once(|| {
        // SAFETY: the name is a string; what is found is copied at once.
        let host = unsafe { c_str(libc::getenv(c"TZ".as_ptr())) }.ok().map(CStr::to_owned);
        *HOST.lock().unwrap_or_else(PoisonError::into_inner) = host;
    });
    // SAFETY: the name is a string, and so is what is found.
    let guest = unsafe { c_str(getenv(c"TZ".as_ptr())).ok().map(CStr::to_owned) };
    let known = HOST.lock().unwrap_or_else(PoisonError::into_inner);
    // What the host's functions use when nobody says anything.
    let zone = guest.as_deref().or(known.as_deref()).unwrap_or(c":/etc/localtime");
    // SAFETY: both are strings.
    unsafe {
        libc::setenv(c"TZ".as_ptr(), zone.as_ptr(), 1);
        tzset();
    }
}

unsafe extern "C" {
    fn tzset();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(name: &CStr) -> Option<String> {
        // SAFETY: a string; what is found is copied at once.
        unsafe { c_str(getenv(name.as_ptr())).ok().map(|value| value.to_string_lossy().into_owned()) }
    }

    fn set(name: &CStr, value: &CStr, overwrite: c_int) -> c_int {
        // SAFETY: strings.
        unsafe { setenv(name.as_ptr(), value.as_ptr(), overwrite) }
    }

    #[test]
    fn variables_come_and_go() {
        install(&[("FIRST".into(), "1".into()), ("BAD=NAME".into(), "1".into())]);
        assert_eq!(get(c"FIRST").as_deref(), Some("1"));
        assert_eq!(get(c"PATH"), None, "the host's environment is not the guest's");
        assert_eq!((set(c"B", c"2", 0), set(c"B", c"3", 0)), (0, 0));
        assert_eq!(get(c"B").as_deref(), Some("2"));
        assert_eq!(set(c"B", c"3", 1), 0);
        assert_eq!(get(c"B").as_deref(), Some("3"));
        assert_eq!((set(c"A=B", c"", 1), crate::errno::get()), (-1, libc::EINVAL));
        let mut entry = *b"C=4\0";
        // SAFETY: a string that lives until the variable is gone.
        unsafe { assert_eq!(putenv(entry.as_mut_ptr().cast()), 0) };
        // SAFETY: the string is this test's.
        unsafe { (&raw mut entry[2]).write_volatile(b'5') };
        assert_eq!(get(c"C").as_deref(), Some("5"), "the string itself is the variable");
        assert_eq!(block(), b"FIRST=1\0B=3\0C=5\0");
        // SAFETY: strings.
        unsafe { assert_eq!((unsetenv(c"C".as_ptr()), unsetenv(c"NONE".as_ptr())), (0, 0)) };
        assert_eq!(get(c"C"), None);
        assert_eq!(owned_strings(), 2);
        clearenv();
        assert_eq!((get(c"FIRST"), owned_strings()), (None, 0));
    }

    fn owned_strings() -> usize {
        lock().strings.len()
    }
}
