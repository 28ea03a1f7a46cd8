//! Node-API, and what the platform adds to it, over the engine.
//!
//! [`library`] is `libace_napi.z.so`; [`NativeModules`] is what an import of a library in ArkTS comes to. What guests hold as
//! `napi_env` is an [`Env`], one per context.

mod api;
pub mod args;
mod call;
mod env;
mod finalizers;
mod modules;
mod recovery;
mod references;
mod registry;
mod scopes;
mod status;
mod table;

pub use call::abandon_call;
pub use env::{Env, EnvPointer, OrPend};
pub use modules::{NativeModules, install_globals, tear_down};
pub use status::{Outcome, Status};
pub use table::library;

#[cfg(test)]
mod tests;
