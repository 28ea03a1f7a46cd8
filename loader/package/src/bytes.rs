//! Bytes of a package entry.

use concord_syscalls::MappedFile;
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// The bytes of an entry: a piece of the mapped package where it is stored, a buffer of their own where it was
/// compressed. Cloning is cheap, and what holds them keeps the mapping alive.
#[derive(Clone)]
pub struct Bytes {
    source: Source,
    range: Range<usize>,
}

#[derive(Clone)]
enum Source {
    Mapped(Arc<MappedFile>),
    Owned(Arc<[u8]>),
}

impl Bytes {
    /// The whole of a mapped file.
    pub(crate) fn mapped(file: MappedFile) -> Bytes {
        Bytes { range: 0..file.len(), source: Source::Mapped(Arc::new(file)) }
    }

    /// A piece of these bytes, without copying; `None` when the range is not within them.
    pub fn slice(&self, range: Range<usize>) -> Option<Bytes> {
        self.get(range.clone())?;
        let start = self.range.start;
        Some(Bytes { source: self.source.clone(), range: start + range.start..start + range.end })
    }

    /// Whether these bytes lie in the mapped file itself, not in a copy.
    pub fn is_mapped(&self) -> bool {
        matches!(self.source, Source::Mapped(_))
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        Bytes { range: 0..bytes.len(), source: Source::Owned(bytes.into()) }
    }
}

impl Deref for Bytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        let all: &[u8] = match &self.source {
            Source::Mapped(file) => file,
            Source::Owned(bytes) => bytes,
        };
        all.get(self.range.clone()).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_stay_within() {
        let bytes = Bytes::from(b"hello world".to_vec());
        let world = bytes.slice(6..11).unwrap();
        assert_eq!(&*world, b"world");
        assert_eq!(&*world.slice(1..3).unwrap(), b"or");
        assert!(world.slice(0..6).is_none());
        assert!(world.slice(usize::MAX - 1..usize::MAX).is_none());
        assert!(!world.is_mapped());
    }
}
