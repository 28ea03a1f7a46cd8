//! What other systems have and glibc has not, or keeps in a library of its own.

use crate::errno;
use crate::table::shims;
use libc::{FILE, c_char, c_int, size_t};
use rustc_hash::FxHashMap;
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

shims! { _ns_flagdata = (&raw const FLAGS).cast(), crypt, fgetln, isastream, res_init }

/// A line that [`fgetln`] gave: a buffer of `getline`.
struct Line {
    text: *mut c_char,
    size: size_t,
}

// SAFETY: whoever holds the lock on the lines owns the buffer.
unsafe impl Send for Line {}

/// The lines of each stream. One that is closed leaves its buffer to the next of its address.
static LINES: LazyLock<Mutex<FxHashMap<usize, Line>>> = LazyLock::new(Mutex::default);

/// The next line of a stream, good until the next call for that stream.
unsafe extern "C" fn fgetln(file: *mut FILE, length: *mut size_t) -> *mut c_char {
    let lines = || LINES.lock().unwrap_or_else(PoisonError::into_inner);
    // Taken out meanwhile: a stream may make its reader wait.
    let mut line = lines().remove(&(file as usize)).unwrap_or(Line { text: std::ptr::null_mut(), size: 0 });
    // SAFETY: the arguments are as C asks for, and the buffer is `getline`'s own.
    let read = unsafe { libc::getline(&raw mut line.text, &raw mut line.size, file) };
    let text = line.text;
    if let Some(other) = lines().insert(file as usize, line) {
        // Another thread has read a line of the same stream; its line is lost, as on the platform.
        // SAFETY: the buffer is `getline`'s.
        unsafe { libc::free(other.text.cast()) };
    }
    let Ok(read) = usize::try_from(read) else { return std::ptr::null_mut() };
    // SAFETY: the argument is as C asks for.
    unsafe { length.write(read) };
    text
}

/// Hashes of passwords come from the host's libcrypt, where there is one.
unsafe extern "C" fn crypt(key: *const c_char, salt: *const c_char) -> *mut c_char {
    static FUNCTION: OnceLock<usize> = OnceLock::new();
    let address = *FUNCTION.get_or_init(|| {
        let find = |name: &std::ffi::CStr| {
            // SAFETY: the names are strings.
            unsafe {
                let handle = libc::dlopen(name.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL);
                if handle.is_null() { 0 } else { libc::dlsym(handle, c"crypt".as_ptr()) as usize }
            }
        };
        [c"libcrypt.so.2", c"libcrypt.so.1"].into_iter().map(find).find(|&address| address != 0).unwrap_or(0)
    });
    if address == 0 {
        errno::set(libc::ENOSYS);
        return std::ptr::null_mut();
    }
    // SAFETY: that is the type of the function in C.
    let function = unsafe {
        std::mem::transmute::<usize, unsafe extern "C" fn(*const c_char, *const c_char) -> *mut c_char>(address)
    };
    // SAFETY: the arguments are as C asks for.
    unsafe { function(key, salt) }
}

/// STREAMS never came to Linux.
unsafe extern "C" fn isastream(file: c_int) -> c_int {
    // SAFETY: it takes numbers.
    if unsafe { libc::fcntl(file, libc::F_GETFD) } < 0 { -1 } else { 0 }
}

/// There is nothing to prepare.
unsafe extern "C" fn res_init() -> c_int {
    0
}

/// Mask and shift of each flag in the second word of a DNS header, as `ns_msg_getflag` of `arpa/nameser.h` looks them up.
static FLAGS: [[c_int; 2]; 16] = [
    [0x8000, 15],
    [0x7800, 11],
    [0x0400, 10],
    [0x0200, 9],
    [0x0100, 8],
    [0x0080, 7],
    [0x0040, 6],
    [0x0020, 5],
    [0x0010, 4],
    [0x000f, 0],
    [0; 2],
    [0; 2],
    [0; 2],
    [0; 2],
    [0; 2],
    [0; 2],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_streams() {
        // SAFETY: the stream is open, and lines are as long as is said.
        unsafe {
            let file = libc::tmpfile();
            libc::fputs(c"one\ntwo".as_ptr(), file);
            libc::rewind(file);
            let mut length = 0;
            let mut line = || {
                let text = fgetln(file, &raw mut length);
                (!text.is_null()).then(|| std::slice::from_raw_parts(text.cast::<u8>(), length).to_vec())
            };
            assert_eq!(line().as_deref(), Some(b"one\n".as_slice()));
            assert_eq!(line().as_deref(), Some(b"two".as_slice()));
            assert_eq!(line(), None);
            libc::fclose(file);
            assert_eq!((isastream(0), isastream(-1)), (0, -1));
        }
    }
}
