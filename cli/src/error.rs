//! What can go wrong before or around an app, and the exit code of each.

use std::io::{self, Write};

/// A command that did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Bad usage or a bad package; the message says what to do.
    #[error("{0}")]
    Usage(String),
    /// The machine refused something.
    #[error("{what}: {error}")]
    Io {
        /// What was tried.
        what: String,
        /// Why not.
        error: io::Error,
    },
    /// Whoever read the results stopped reading.
    #[error("standard output was closed")]
    BrokenPipe,
}

impl Failure {
    /// Builds the context of an I/O error.
    pub fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Failure {
        let what = what.into();
        move |error| Failure::Io { what, error }
    }

    /// Bad usage, from anything that can be printed.
    pub fn usage(error: impl ToString) -> Failure {
        Failure::Usage(error.to_string())
    }

    /// The exit code of DESIGN §8.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Usage(_) | Failure::Io { .. } => 2,
            Failure::BrokenPipe => 0,
        }
    }
}

/// Writes results.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::BrokenPipe,
        _ => Failure::Io { what: "writing to standard output".to_owned(), error },
    })
}

/// Writes diagnostics; nothing can be done when that fails.
pub fn eprint(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
