//! Native libraries of apps: read, mapped, relocated and linked in this process.
//!
//! Start with [`Namespace`]: an app has one. What it may link with are its own files, found through [`LibrarySource`]s, and
//! system libraries, which are [`SystemLibrary`] values that the shims implement. Nothing else of the process can be reached
//! by name.

mod namespace;
mod source;
mod system;

pub use namespace::{Library, LinkError, Namespace, Options};
pub use source::{LibraryFile, LibrarySource};
pub use system::{Absence, MissingCall, OnMissing, Symbol, SystemLibrary};
