//! Why an operation failed, in the classes that the platform distinguishes.

use std::fmt::Display;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Error {
    /// An argument has the wrong form, length or value.
    #[error("{0}")]
    Invalid(String),
    /// Nobody has this algorithm, mode or form here.
    #[error("{0}")]
    Unsupported(String),
    /// The operation itself failed: a tag or padding is wrong, data do not parse, a key does not fit.
    #[error("{0}")]
    Operation(String),
    /// More memory is needed than there is, or than is allowed.
    #[error("out of memory")]
    Memory,
}

/// Result of an operation.
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// An argument is wrong.
pub(crate) fn invalid(why: impl Display) -> Error {
    Error::Invalid(why.to_string())
}

/// There is no such algorithm.
pub(crate) fn unsupported(what: impl Display) -> Error {
    Error::Unsupported(what.to_string())
}

/// The operation failed.
pub(crate) fn operation(why: impl Display) -> Error {
    Error::Operation(why.to_string())
}

impl From<der::Error> for Error {
    fn from(error: der::Error) -> Error {
        operation(format_args!("the encoding is damaged: {error}"))
    }
}
