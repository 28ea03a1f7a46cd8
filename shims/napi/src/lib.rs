//! Node-API, and what the platform adds to it, over the engine.
//!
//! [`library`] is `libace_napi.z.so`; [`NativeModules`] is what an import of a library in ArkTS comes to. What guests hold as
//! `napi_env` is an [`Env`], one per context.

mod api;
pub mod args;
mod call;
mod env;
mod finalizers;
mod handles;
mod helpers;
mod loop_side;
mod modules;
mod pool;
mod queue;
mod recovery;
mod references;
mod registry;
mod scopes;
mod status;
mod table;
mod tables;

pub use api::ark::set_uv_event_loop;
pub use call::abandon_call;
pub use env::{Env, EnvPointer, OrPend};
pub use modules::{NativeModules, install_globals, tear_down};
pub use status::{Outcome, Status};
pub use table::library;

#[cfg(test)]
mod tests;
