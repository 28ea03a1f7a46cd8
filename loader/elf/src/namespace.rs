//! The libraries of an app and what they can see of each other.

use crate::{LibrarySource, OnMissing, SystemLibrary};
use std::sync::Arc;

/// What a namespace is made of.
pub struct Options {
    /// Asked in order, before the system libraries.
    pub sources: Vec<Box<dyn LibrarySource>>,
    /// The system's libraries.
    pub system: Vec<Arc<dyn SystemLibrary>>,
    /// Told of calls of functions that Concord does not have.
    pub on_missing: OnMissing,
}

/// The libraries of an app.
pub struct Namespace {
    #[expect(dead_code, reason = "the interface comes first")]
    options: Options,
}

/// Why a library cannot be linked.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// No source and no system library has it.
    #[error("{name} was not found{needed_by}")]
    NotFound {
        /// The library.
        name: String,
        /// `, needed by libfoo.so`, or nothing.
        needed_by: String,
    },
}

/// A library in use.
#[derive(Clone, Debug)]
pub struct Library {}

impl Namespace {
    /// An empty namespace. The process has one, because an app process runs one app: it is what [`Namespace::of_process`] gives from then on.
    pub fn install(options: Options) -> &'static Namespace {
        Box::leak(Box::new(Namespace { options }))
    }

    /// The namespace of this process, once installed.
    pub fn of_process() -> Option<&'static Namespace> {
        None
    }

    /// Loads a library and what it needs, in breadth-first order, and runs the initialisers of those that are new; or finds it when it is there already.
    pub fn open(&self, name: &str) -> Result<Library, LinkError> {
        Err(LinkError::NotFound { name: name.to_owned(), needed_by: String::new() })
    }
}

impl Library {
    /// The address of a symbol of this library, or of those that it needs in breadth-first order.
    pub fn symbol(&self, _name: &str) -> Option<usize> {
        None
    }
}
