//! Bytes of a package entry.

use concord_syscalls::MappedFile;
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// The bytes of an entry: a piece of the mapped package where it is stored, a buffer of their own where it was
/// compressed. Cloning is cheap, and what holds them keeps the mapping alive.
#[derive(Clone)]
pub struct Bytes(Inner);

#[derive(Clone)]
enum Inner {
    Mapped { file: Arc<MappedFile>, range: Range<usize> },
    Owned(Arc<[u8]>),
}

impl Bytes {
    /// A piece of a mapped file; `None` when the range is not within it.
    pub(crate) fn mapped(file: &Arc<MappedFile>, range: Range<usize>) -> Option<Bytes> {
        file.get(range.clone())?;
        Some(Bytes(Inner::Mapped { file: Arc::clone(file), range }))
    }

    /// Whether these bytes lie in the mapped file itself, not in a copy.
    pub fn is_mapped(&self) -> bool {
        matches!(self.0, Inner::Mapped { .. })
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        Bytes(Inner::Owned(bytes.into()))
    }
}

impl Deref for Bytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        match &self.0 {
            Inner::Mapped { file, range } => file.get(range.clone()).unwrap_or_default(),
            Inner::Owned(bytes) => bytes,
        }
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({} bytes{})", self.len(), if self.is_mapped() { ", mapped" } else { "" })
    }
}
