//! Checked little-endian reading from a place in the file.

use super::AbcError;

/// A position in the file; every read checks the end of the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    data: &'a [u8],
    at: u32,
}

impl<'a> Reader<'a> {
    /// Starts reading at a file offset.
    pub fn at(data: &'a [u8], offset: u32) -> Result<Reader<'a>, AbcError> {
        if offset as usize >= data.len() {
            return Err(AbcError::malformed(offset, "the offset lies outside of the file"));
        }
        Ok(Reader { data, at: offset })
    }

    /// Current file offset.
    pub fn offset(&self) -> u32 {
        self.at
    }

    /// Bytes between here and the end of the file.
    pub fn remaining(&self) -> usize {
        self.data.len().saturating_sub(self.at as usize)
    }

    /// The next `len` bytes.
    pub fn bytes(&mut self, len: u32) -> Result<&'a [u8], AbcError> {
        let start = self.at as usize;
        let taken = start.checked_add(len as usize).and_then(|end| self.data.get(start..end));
        let Some(taken) = taken else {
            return Err(AbcError::malformed(self.at, "the file ends in the middle of an item"));
        };
        // The file is shorter than 4 GiB, so the sum fits.
        self.at += len;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], AbcError> {
        let found = self.data.get(self.at as usize..).and_then(|rest| rest.first_chunk::<N>());
        let Some(found) = found else {
            return Err(AbcError::malformed(self.at, "the file ends in the middle of an item"));
        };
        self.at += N as u32;
        Ok(*found)
    }

    /// One byte.
    pub fn u8(&mut self) -> Result<u8, AbcError> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// Two bytes.
    pub fn u16(&mut self) -> Result<u16, AbcError> {
        self.array().map(u16::from_le_bytes)
    }

    /// Four bytes.
    pub fn u32(&mut self) -> Result<u32, AbcError> {
        self.array().map(u32::from_le_bytes)
    }

    /// Eight bytes.
    pub fn u64(&mut self) -> Result<u64, AbcError> {
        self.array().map(u64::from_le_bytes)
    }

    /// Unsigned LEB128 of at most 32 bits.
    pub fn uleb(&mut self) -> Result<u32, AbcError> {
        let start = self.at;
        let mut value = 0u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.u8()?;
            let bits = u32::from(byte & 0x7f);
            if shift == 28 && bits > 0xf {
                break;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(AbcError::malformed(start, "the variable-length number does not fit 32 bits"))
    }

    /// Signed LEB128 of at most 32 bits.
    pub fn sleb(&mut self) -> Result<i32, AbcError> {
        let start = self.at;
        let mut value = 0i64;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.u8()?;
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let unused = 64 - (shift + 7);
                // The lowest 32 bits are the number; what lies above is sign or padding.
                return Ok(((value << unused) >> unused) as i32);
            }
        }
        Err(AbcError::malformed(start, "the variable-length number does not fit 32 bits"))
    }

    /// A count of items that take at least `least` bytes each: refused when the rest of the file cannot hold them, so
    /// that it is safe to reserve memory for.
    pub fn count(&mut self, least: usize) -> Result<usize, AbcError> {
        let at = self.at;
        let count = self.u32()? as usize;
        self.check_count(at, count, least)
    }

    /// [`Reader::count`] for a count in LEB128.
    pub fn uleb_count(&mut self, least: usize) -> Result<usize, AbcError> {
        let at = self.at;
        let count = self.uleb()? as usize;
        self.check_count(at, count, least)
    }

    fn check_count(&self, at: u32, count: usize, least: usize) -> Result<usize, AbcError> {
        if count > self.remaining() / least.max(1) {
            return Err(AbcError::malformed(at, "there are more items than the file has room for"));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(bytes: &[u8]) -> Reader<'_> {
        Reader::at(bytes, 0).unwrap()
    }

    #[test]
    fn leb128() {
        assert_eq!(reader(&[0x80, 0x80, 0x01]).uleb(), Ok(1 << 14));
        assert_eq!(reader(&[0xff, 0xff, 0xff, 0xff, 0x0f]).uleb(), Ok(u32::MAX));
        assert!(reader(&[0xff, 0xff, 0xff, 0xff, 0x1f]).uleb().is_err());
        assert!(reader(&[0x80]).uleb().is_err());
        assert_eq!(reader(&[0x7f]).sleb(), Ok(-1));
        assert_eq!(reader(&[0x80, 0x7f]).sleb(), Ok(-128));
        assert_eq!(reader(&[0x3f]).sleb(), Ok(63));
        assert_eq!(reader(&[0x80, 0x80, 0x80, 0x80, 0x78]).sleb(), Ok(i32::MIN));
        assert_eq!(reader(&[0xff, 0xff, 0xff, 0xff, 0x07]).sleb(), Ok(i32::MAX));
    }

    #[test]
    fn counts_are_limited_by_the_file() {
        let bytes = [3, 0, 0, 0, 1, 2, 3, 4];
        assert_eq!(reader(&bytes).count(1), Ok(3));
        assert_eq!(reader(&bytes).count(2).unwrap_err().offset, 0);
    }
}
