//! Bringing modules to life: the module graph over translated bytecode, the registry of system modules, errors and stacks.
//!
//! The loader defines what a system module *is*; shims implement them; `cli` plugs them together. Nothing here names one.
//!
//! Start at [`Runtime`]: one per [`concord_engine::Context`]. It is given abc files ([`Runtime::add_abc`]) and a
//! [`Registry`], and turns a record name into a namespace object ([`Runtime::import`]).
#![forbid(unsafe_code)]

mod cache;
mod concurrent;
mod evaluate;
pub mod face;
mod graph;
mod link;
mod modules;
mod registry;
mod report;
mod runtime;
pub mod sharing;
mod stack;
mod store;
mod text;
pub mod transfer;

#[cfg(test)]
mod tests;

pub use cache::forget_cached;
pub use concurrent::FunctionName;
pub use registry::{Api, FaceModule, Native, NativeLibraries, Registry, Support, SystemModule, SystemScope};
pub use report::{ApiUse, UseKind};
pub use runtime::{AbcSource, LoadError, Options, ReadSourceMaps, Runtime, Tasks};
pub use stack::ErrorReport;
