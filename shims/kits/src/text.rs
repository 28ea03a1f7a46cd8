//! Text codecs: what `@ohos:util` and `@ohos:buffer` encode and decode, from UTF-16 as JavaScript has it.

use std::cell::RefCell;

use encoding_rs::{CoderResult, DecoderResult, EncoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// An encoding by the platform's name for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// One of the encodings of the web.
    Web(&'static Encoding),
    /// ISO 8859-1 proper, of which the web's encodings lack the control characters.
    Latin1,
}

impl Charset {
    /// By name, in any case.
    pub fn by_name(name: &str) -> Option<Charset> {
        match name.to_ascii_lowercase().as_str() {
            "iso-8859-1" | "iso8859-1" | "latin1" | "ascii" | "us-ascii" => Some(Charset::Latin1),
            "utf-16" => Some(Charset::Web(UTF_16LE)),
            _ => Encoding::for_label_no_replacement(name.as_bytes()).map(Charset::Web),
        }
    }

    /// The bytes of `text`, as many as fit into `limit`, and how many units were read. UTF-8 writes a lone surrogate as three
    /// bytes; other encodings write `?` for what they lack.
    pub fn encode(self, text: &[u16], limit: usize) -> (usize, Vec<u8>) {
        let mut out = Vec::with_capacity(text.len().min(limit));
        let mut read = 0;
        for unit in char::decode_utf16(text.iter().copied()) {
            let mut piece = [0u8; 16];
            let (length, units) = match unit {
                Ok(character) => (self.encode_char(character, &mut piece), character.len_utf16()),
                Err(lone) => (self.encode_surrogate(lone.unpaired_surrogate(), &mut piece), 1),
            };
            if out.len() + length > limit {
                break;
            }
            out.extend_from_slice(&piece[..length]);
            read += units;
        }
        (read, out)
    }

    fn encode_char(self, character: char, piece: &mut [u8; 16]) -> usize {
        let fallback = |piece: &mut [u8; 16]| {
            piece[0] = b'?';
            1
        };
        match self {
            Charset::Web(e) if e == UTF_8 => character.encode_utf8(piece).len(),
            Charset::Web(e) if e == UTF_16LE || e == UTF_16BE => {
                let mut units = [0u16; 2];
                let mut length = 0;
                for unit in character.encode_utf16(&mut units) {
                    let bytes = if e == UTF_16LE { unit.to_le_bytes() } else { unit.to_be_bytes() };
                    piece[length..length + 2].copy_from_slice(&bytes);
                    length += 2;
                }
                length
            }
            Charset::Web(e) => {
                let mut text = [0u8; 4];
                let (result, _, written) =
                    e.new_encoder().encode_from_utf8_without_replacement(character.encode_utf8(&mut text), piece, true);
                match result {
                    EncoderResult::InputEmpty => written,
                    EncoderResult::OutputFull | EncoderResult::Unmappable(_) => fallback(piece),
                }
            }
            Charset::Latin1 => match u8::try_from(u32::from(character)) {
                Ok(byte) => {
                    piece[0] = byte;
                    1
                }
                Err(_) => fallback(piece),
            },
        }
    }

    fn encode_surrogate(self, unit: u16, piece: &mut [u8; 16]) -> usize {
        match self {
            Charset::Web(e) if e == UTF_8 => {
                piece[0] = 0xe0 | (unit >> 12) as u8;
                piece[1] = 0x80 | (unit >> 6 & 0x3f) as u8;
                piece[2] = 0x80 | (unit & 0x3f) as u8;
                3
            }
            Charset::Web(e) if e == UTF_16LE || e == UTF_16BE => {
                let bytes = if e == UTF_16LE { unit.to_le_bytes() } else { unit.to_be_bytes() };
                piece[..2].copy_from_slice(&bytes);
                2
            }
            _ => {
                piece[0] = b'?';
                1
            }
        }
    }
}

/// A decoder that keeps incomplete characters between calls.
pub struct Decoder {
    charset: Charset,
    fatal: bool,
    inner: RefCell<encoding_rs::Decoder>,
}

impl Decoder {
    /// `remove_bom`: a byte order mark at the start is not part of the text.
    pub fn new(charset: Charset, remove_bom: bool, fatal: bool) -> Decoder {
        // Latin-1 does not use the inner decoder.
        let encoding = match charset {
            Charset::Web(encoding) => encoding,
            Charset::Latin1 => UTF_8,
        };
        let inner = if remove_bom {
            encoding.new_decoder_with_bom_removal()
        } else {
            encoding.new_decoder_without_bom_handling()
        };
        Decoder { charset, fatal, inner: RefCell::new(inner) }
    }

    /// The text of further bytes; `last` ends the stream. `None` when the bytes are malformed and the decoder is fatal.
    pub fn decode(&self, bytes: &[u8], last: bool) -> Option<Vec<u16>> {
        if self.charset == Charset::Latin1 {
            return Some(bytes.iter().map(|&byte| u16::from(byte)).collect());
        }
        let mut decoder = self.inner.borrow_mut();
        let capacity = decoder.max_utf16_buffer_length(bytes.len()).unwrap_or(bytes.len());
        let mut text = vec![0u16; capacity];
        let written = if self.fatal {
            let (result, _, written) = decoder.decode_to_utf16_without_replacement(bytes, &mut text, last);
            match result {
                DecoderResult::InputEmpty => written,
                DecoderResult::OutputFull | DecoderResult::Malformed(..) => return None,
            }
        } else {
            let (result, _, written, _) = decoder.decode_to_utf16(bytes, &mut text, last);
            debug_assert_eq!(result, CoderResult::InputEmpty, "the buffer has the length that the decoder asked for");
            written
        };
        text.truncate(written);
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn encodes_whole_characters_only() {
        let utf8 = Charset::by_name("UTF-8").unwrap();
        assert_eq!(utf8.encode(&units("ab€"), 4), (2, b"ab".to_vec()));
        assert_eq!(utf8.encode(&[0xd800, 0xa5], 100), (2, vec![237, 160, 128, 194, 165]));
        assert_eq!(Charset::by_name("gbk").unwrap().encode(&units("你x"), 100).1, [0xc4, 0xe3, b'x']);
        assert_eq!(Charset::by_name("iso-8859-2").unwrap().encode(&units("ł你"), 100).1, [0xb3, b'?']);
        assert_eq!(Charset::by_name("utf-16be").unwrap().encode(&units("é"), 100).1, [0, 0xe9]);
        assert_eq!(Charset::by_name("klingon"), None);
    }

    #[test]
    fn decodes_streams() {
        let decoder = Decoder::new(Charset::by_name("utf-8").unwrap(), true, false);
        assert_eq!(decoder.decode(&[0xef, 0xbb], false), Some(vec![]));
        assert_eq!(decoder.decode(&[0xbf, b'a', 0xe4], false), Some(units("a")));
        assert_eq!(decoder.decode(&[], true), Some(vec![0xfffd]));
        let fatal = Decoder::new(Charset::by_name("utf-8").unwrap(), false, true);
        assert_eq!(fatal.decode(&[0xff], true), None);
    }
}
