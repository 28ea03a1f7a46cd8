//! The names that the library exports.

use concord_elf::{Symbol, SystemLibrary};
use std::sync::Arc;

/// One function or object of ours.
#[expect(dead_code, reason = "the interface comes first")]
pub(crate) struct Shim {
    /// The name in C.
    pub(crate) name: &'static str,
    /// Where it is.
    pub(crate) address: *const (),
}

struct LibC;

/// `libc.so` and the names that musl's parts have elsewhere.
pub fn library() -> Arc<dyn SystemLibrary> {
    Arc::new(LibC)
}

impl SystemLibrary for LibC {
    fn names(&self) -> &[&str] {
        &["libc.so", "libm.so", "libdl.so", "libpthread.so", "librt.so"]
    }

    fn symbol(&self, _name: &str) -> Option<Symbol> {
        None
    }
}
