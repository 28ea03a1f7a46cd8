//! Strings: MUTF-8 with a length in UTF-16 code units.

use super::reader::Reader;
use super::{AbcError, AbcFile};
use std::borrow::Cow;

/// A string of the file: MUTF-8 that may hold lone surrogates, so not always valid Unicode.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct JsString<'a> {
    /// Decoded text; where `utf16` is given, the lossy form.
    pub text: Cow<'a, str>,
    /// Code units when the text has lone surrogates.
    pub utf16: Option<Vec<u16>>,
}

impl<'a> AbcFile<'a> {
    /// The string at an offset (a resolved operand).
    pub fn string(&self, offset: u32) -> Result<JsString<'a>, AbcError> {
        let mut reader = self.reader(offset)?;
        Ok(decode(raw(&mut reader)?))
    }

    /// The string at an offset as a name: lone surrogates are replaced.
    pub(crate) fn name(&self, offset: u32) -> Result<Cow<'a, str>, AbcError> {
        Ok(self.string(offset)?.text)
    }
}

/// Reads the many names of one item. Names may be shared, but not so that a small file asks for work and memory
/// without end.
pub(super) struct Names<'f, 'a> {
    file: &'f AbcFile<'a>,
    left: u64,
}

impl<'f, 'a> Names<'f, 'a> {
    /// For one item, or for all items of a kind.
    pub fn of(file: &'f AbcFile<'a>) -> Names<'f, 'a> {
        Names { file, left: u64::from(file.size()) * 64 }
    }

    /// The string at an offset.
    pub fn string(&mut self, offset: u32) -> Result<JsString<'a>, AbcError> {
        let bytes = raw(&mut self.file.reader(offset)?)?;
        let left = self.left.checked_sub(bytes.len() as u64);
        self.left = left.ok_or_else(|| AbcError::malformed(offset, "the same long name is used too often"))?;
        Ok(decode(bytes))
    }

    /// The name at an offset: lone surrogates are replaced.
    pub fn get(&mut self, offset: u32) -> Result<Cow<'a, str>, AbcError> {
        Ok(self.string(offset)?.text)
    }
}

/// Reads a string item and gives its MUTF-8 bytes, without the terminator.
pub(crate) fn raw<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], AbcError> {
    let start = reader.offset();
    let units = reader.uleb()?;
    let (length, ascii) = (units >> 1, units & 1 == 1);
    if ascii {
        let bytes = reader.bytes(length)?;
        if reader.u8()? != 0 {
            return Err(AbcError::malformed(start, "the string is longer than its length says"));
        }
        return Ok(bytes);
    }
    // A code unit takes three bytes at most, so a longer search is damage, not a string.
    let longest = (length as usize).saturating_mul(3).saturating_add(1).min(reader.remaining());
    let window = reader.clone().bytes(longest as u32)?;
    let Some(end) = window.iter().position(|&byte| byte == 0) else {
        return Err(AbcError::malformed(start, "the string is longer than its length says"));
    };
    let bytes = reader.bytes(end as u32)?;
    reader.u8()?;
    Ok(bytes)
}

/// Decodes MUTF-8. Bytes that are neither MUTF-8 nor UTF-8 become U+FFFD, as on the platform.
pub(crate) fn decode(bytes: &[u8]) -> JsString<'_> {
    if let Ok(text) = str::from_utf8(bytes) {
        return JsString { text: Cow::Borrowed(text), utf16: None };
    }
    let mut units = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((unit, used)) = next_char(rest) {
        match u16::try_from(unit) {
            Ok(unit) => units.push(unit),
            Err(_) => {
                let above = unit - 0x1_0000;
                units.push(0xd800 | (above >> 10) as u16);
                units.push(0xdc00 | (above & 0x3ff) as u16);
            }
        }
        rest = rest.get(used..).unwrap_or_default();
    }
    match String::from_utf16(&units) {
        Ok(text) => JsString { text: Cow::Owned(text), utf16: None },
        Err(_) => JsString { text: Cow::Owned(String::from_utf16_lossy(&units)), utf16: Some(units) },
    }
}

/// The first code unit or code point of MUTF-8 bytes, and how many bytes it takes.
fn next_char(bytes: &[u8]) -> Option<(u32, usize)> {
    let first = u32::from(*bytes.first()?);
    let tail = |i: usize| bytes.get(i).filter(|&&byte| byte & 0xc0 == 0x80).map(|&byte| u32::from(byte & 0x3f));
    let decoded = match first {
        0..0x80 => Some((first, 1)),
        0xc0..0xe0 => tail(1).map(|b| ((first & 0x1f) << 6 | b, 2)),
        0xe0..0xf0 => tail(1).zip(tail(2)).map(|(b, c)| ((first & 0xf) << 12 | b << 6 | c, 3)),
        0xf0..0xf8 => {
            let point = tail(1).zip(tail(2)).zip(tail(3));
            point
                .map(|((b, c), d)| ((first & 7) << 18 | b << 12 | c << 6 | d, 4))
                .filter(|(point, _)| (0x1_0000..0x11_0000).contains(point))
        }
        _ => None,
    };
    decoded.or(Some((0xfffd, 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(bytes: &[u8]) -> String {
        let decoded = decode(bytes);
        assert_eq!(decoded.utf16, None);
        decoded.text.into_owned()
    }

    #[test]
    fn modified_utf8() {
        assert_eq!(plain("a\u{e4}\u{20ac}".as_bytes()), "a\u{e4}\u{20ac}");
        assert_eq!(plain(&[b'a', 0xc0, 0x80, b'b']), "a\0b");
        // U+1F600 as two surrogates and as four bytes.
        assert_eq!(plain(&[0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]), "\u{1f600}");
        assert_eq!(plain("\u{1f600}".as_bytes()), "\u{1f600}");
        let lone = decode(&[b'x', 0xed, 0xa0, 0xbd]);
        assert_eq!((lone.text.as_ref(), lone.utf16), ("x\u{fffd}", Some(vec![0x78, 0xd83d])));
        assert_eq!(plain(&[0xff, b'a', 0xe0]), "\u{fffd}a\u{fffd}");
    }

    #[test]
    fn lengths_are_checked() {
        let mut good = Reader::at(&[5, b'a', b'b', 0, 9], 0).unwrap();
        assert_eq!((raw(&mut good), good.offset()), (Ok(&b"ab"[..]), 4));
        assert!(raw(&mut Reader::at(&[5, b'a', b'b', b'c', 0], 0).unwrap()).is_err());
        assert!(raw(&mut Reader::at(&[2, b'a', b'b', b'c', b'd', 0], 0).unwrap()).is_err());
        assert!(raw(&mut Reader::at(&[0xff, 0xff, 0xff, 0xff, 0x0f, 0], 0).unwrap()).is_err());
    }
}
