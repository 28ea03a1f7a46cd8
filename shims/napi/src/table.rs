//! The names that the library exports.

use concord_elf::{Symbol, SystemLibrary};
use std::sync::Arc;

struct LibNapi;

/// `libace_napi.z.so`.
pub fn library() -> Arc<dyn SystemLibrary> {
    Arc::new(LibNapi)
}

impl SystemLibrary for LibNapi {
    fn names(&self) -> &[&str] {
        &["libace_napi.z.so"]
    }

    fn symbol(&self, _name: &str) -> Option<Symbol> {
        None
    }
}
