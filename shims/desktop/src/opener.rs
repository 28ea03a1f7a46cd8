//! Opens links and files with other programs.

use std::fs::File;

use crate::{Reply, ServiceError};

/// What to open.
#[derive(Debug)]
pub enum Target {
    /// An address that another program knows what to do with: `https:`, `mailto:`, `tel:` …
    Uri(String),
    /// A file, however the app names it.
    File {
        /// The open file.
        file: File,
        /// The other program may change it (it is open for writing).
        writable: bool,
    },
}

/// Opens things.
pub trait Opener {
    /// Opens `target` with the program that people have chosen for it, or asks them which. The answer comes when the other
    /// program has been started.
    fn open(&self, target: Target, reply: Reply<()>);
}

/// There is no other program.
pub struct NoOpener;

impl Opener for NoOpener {
    fn open(&self, _target: Target, reply: Reply<()>) {
        reply.send(Err(ServiceError::Absent("opening links and files")));
    }
}
