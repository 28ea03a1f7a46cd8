//! Why an abc was refused.

use std::borrow::Cow;

/// What kind of problem it is, for callers that say something different about each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbcErrorKind {
    /// Not an abc at all: the magic is missing (another format, or a file encrypted by an app store).
    NotAbc,
    /// Bytecode of the statically typed ArkTS machine, which is another instruction set in a similar container.
    Static,
    /// A preview version that no platform release can read.
    Version,
    /// The file is damaged, or not what its header says.
    Malformed,
}

/// Why an abc was refused, with the file offset at fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} at offset {offset:#x}")]
pub struct AbcError {
    /// Kind of problem.
    pub kind: AbcErrorKind,
    /// File offset of the offending bytes.
    pub offset: u32,
    /// What is wrong there, e.g. `string runs past the end of the file`.
    pub what: Cow<'static, str>,
}

impl AbcError {
    /// Damage at a place.
    pub(crate) fn malformed(offset: u32, what: impl Into<Cow<'static, str>>) -> AbcError {
        AbcError { kind: AbcErrorKind::Malformed, offset, what: what.into() }
    }
}
