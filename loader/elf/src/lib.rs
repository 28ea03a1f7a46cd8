//! Native libraries of apps: read, mapped, relocated and linked in this process.
//!
//! Start with [`Namespace`]: an app has one. What it may link with are its own files, found through [`LibrarySource`]s, and
//! system libraries, which are [`SystemLibrary`] values that the shims implement. Nothing else of the process can be reached
//! by name. [`Image`] describes a library without loading it.

mod describe;
mod error;
mod exit;
#[forbid(unsafe_code)]
mod image;
mod mapping;
mod module;
mod modules;
mod namespace;
mod relocate;
mod source;
mod stubs;
mod system;
mod tls;
mod unwind;
mod variadic;

pub use describe::{MissingSymbol, unresolved};
pub use error::LinkError;
pub use exit::ExitHandler;
pub use image::{Image, ImageError, Import, Machine};
pub use module::Module;
pub use modules::{Location, Modules, locate, modules};
pub use namespace::{AddressInfo, Library, Namespace, OpenFlags, Options, SymbolScope};
pub use source::{LibraryFile, LibrarySource};
pub use system::{Absence, MissingCall, OnMissing, Symbol, SystemLibrary};
pub use tls::thread_local_address;
pub use unwind::{Registers, backtrace};
pub use variadic::{F128, VaList};
