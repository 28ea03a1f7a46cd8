//! `vsnprintf` for functions of ours that take a format.

use crate::process::libc_function;
use std::ffi::{c_char, c_int, c_void};
use std::sync::OnceLock;

/// `int vsnprintf(char *, size_t, const char *, va_list)`; a `va_list` is a pointer to its state on x86_64.
pub(crate) type Vsnprintf = unsafe extern "C" fn(*mut c_char, usize, *const c_char, *mut c_void) -> c_int;

unsafe extern "C" {
    #[link_name = "vsnprintf"]
    fn host_vsnprintf(buffer: *mut c_char, size: usize, format: *const c_char, list: *mut c_void) -> c_int;
}

/// That of the app's C library, for which a `long double` has the size that guests think; the host's where there is no app.
pub(crate) fn vsnprintf() -> Vsnprintf {
    static FUNCTION: OnceLock<Vsnprintf> = OnceLock::new();
    if let Some(function) = FUNCTION.get() {
        return *function;
    }
    let found = libc_function("vsnprintf");
    // SAFETY: this is what the function of this name is in C.
    let found = found.map(|address| unsafe { std::mem::transmute::<usize, Vsnprintf>(address) });
    found.map_or(host_vsnprintf, |found| *FUNCTION.get_or_init(|| found))
}
