//! Node-API, and what the platform adds to it, over the engine.
//!
//! [`library`] is `libace_napi.z.so`; [`NativeModules`] is what an import of a library in ArkTS comes to.

mod modules;
mod registry;
mod table;

pub use modules::{NativeModules, install_globals, tear_down};
pub use table::library;

/// Gives the running call of guest code up, with an error in the script that made it. Returns only when there is no such call.
pub fn abandon_call(message: &str) {
    tracing::error!("{message}");
}
