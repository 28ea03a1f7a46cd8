//! The native system libraries but libc and Node-API: `libhilog_ndk.z.so`, `librawfile.z.so`, `libuv.so` and the rest of the
//! platform's NDK.

mod library;
mod table;

pub use library::NativeApi;

use concord_elf::SystemLibrary;
use library::{NdkLibrary, Provided};
use std::sync::Arc;

/// What Concord has of a library of the platform. All other symbols are stubs that report.
fn provided(_library: &str) -> Provided {
    Provided::default()
}

/// All libraries of this crate. Every symbol of the platform's NDK is there: what Concord does not have is a stub that reports.
pub fn libraries() -> Vec<Arc<dyn SystemLibrary>> {
    table::libraries()
        .into_iter()
        .map(|name| Arc::new(NdkLibrary::new(name, provided(name))) as Arc<dyn SystemLibrary>)
        .collect()
}

/// What there is of every symbol, by library.
pub fn apis() -> Vec<NativeApi> {
    table::libraries().into_iter().flat_map(|name| library::apis(name, provided(name))).collect()
}

/// What to install when functions of this library are absent because the host lacks them.
pub fn remedy(library: &str) -> Option<&'static str> {
    provided(library).host.map(|host| host.remedy)
}
