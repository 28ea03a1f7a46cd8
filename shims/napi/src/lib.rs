//! Node-API, and what the platform adds to it, over the engine.
//!
//! [`library`] is `libace_napi.z.so`; [`NativeModules`] is what an import of a library in ArkTS comes to.

mod modules;
mod table;

pub use modules::NativeModules;
pub use table::library;
