//! Little-endian reads that cannot go out of bounds.

use super::ResourceError;

/// Reads at offsets of an index.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// `len` bytes at `at`.
    pub(super) fn bytes(self, at: usize, len: usize, what: &'static str) -> Result<&'a [u8], ResourceError> {
        let end = at.checked_add(len);
        end.and_then(|end| self.0.get(at..end)).ok_or(ResourceError { offset: at, what })
    }

    /// A 32-bit number at `at`.
    pub(super) fn u32(self, at: usize, what: &'static str) -> Result<u32, ResourceError> {
        let bytes = self.bytes(at, 4, what)?;
        Ok(bytes.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte)))
    }

    /// A 16-bit length at `at`.
    pub(super) fn len16(self, at: usize, what: &'static str) -> Result<usize, ResourceError> {
        let bytes = self.bytes(at, 2, what)?;
        Ok(bytes.iter().rev().fold(0, |value, byte| value << 8 | usize::from(*byte)))
    }

    /// Checks a four-letter mark at `at`.
    pub(super) fn tag(self, at: usize, tag: &[u8; 4], what: &'static str) -> Result<(), ResourceError> {
        if self.bytes(at, 4, what)? == tag { Ok(()) } else { Err(ResourceError { offset: at, what }) }
    }

    /// Key and value pairs of a configuration, `count` of them at `at`; gives the offset behind them.
    pub(super) fn qualifiers(self, at: usize, count: u32) -> Result<(super::Qualifiers, usize), ResourceError> {
        const WHAT: &str = "the list of qualifiers runs past the end of the file";
        let size = (count as usize).checked_mul(8).ok_or(ResourceError { offset: at, what: WHAT })?;
        let pairs = Reader(self.bytes(at, size, WHAT)?);
        let mut qualifiers = super::Qualifiers::default();
        for pair in (0..size).step_by(8) {
            qualifiers.add(pairs.u32(pair, WHAT)?, pairs.u32(pair + 4, WHAT)?);
        }
        Ok((qualifiers, at + size))
    }
}
