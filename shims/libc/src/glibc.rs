//! Names of the host's own C library.

use std::ffi::{CString, c_void};
use std::sync::OnceLock;

/// Where the functions are that guests are linked with. Names are looked up in these and nowhere else, so that nothing which happens to be
/// in the process is bound by its name.
const LIBRARIES: [&std::ffi::CStr; 3] = [c"libc.so.6", c"libm.so.6", c"libresolv.so.2"];

struct Handle(*mut c_void);

// SAFETY: a handle of `dlopen` may be used by any thread.
unsafe impl Send for Handle {}
// SAFETY: as above.
unsafe impl Sync for Handle {}

fn handles() -> &'static [Handle] {
    static HANDLES: OnceLock<Vec<Handle>> = OnceLock::new();
    HANDLES.get_or_init(|| {
        let open = |name: &std::ffi::CStr| {
            // SAFETY: the name is a string; these libraries are in the process already or have no initialisers that matter.
            Handle(unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) })
        };
        LIBRARIES.into_iter().map(open).filter(|handle| !handle.0.is_null()).collect()
    })
}

/// The address of a function or object of glibc: its newest version.
pub(crate) fn address(name: &str) -> Option<usize> {
    let name = CString::new(name).ok()?;
    // SAFETY: the handle is of an open library and the name is a string.
    let find = |handle: &Handle| unsafe { libc::dlsym(handle.0, name.as_ptr()) } as usize;
    handles().iter().map(find).find(|&address| address != 0)
}
