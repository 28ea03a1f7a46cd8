//! The native system libraries but libc and Node-API: `libhilog_ndk.z.so`, `librawfile.z.so`, `libuv.so` and the rest of the
//! platform's NDK.

use concord_elf::SystemLibrary;
use std::sync::Arc;

/// All libraries of this crate.
pub fn libraries() -> Vec<Arc<dyn SystemLibrary>> {
    Vec::new()
}
