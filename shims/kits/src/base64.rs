//! Base64 in its two alphabets (RFC 4648). Encoding pads, except in the URL alphabet, where the platform does not; decoding takes
//! both alphabets' padding as optional and skips line breaks.

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Text of `bytes`; with the URL alphabet without padding.
pub fn encode(bytes: &[u8], url_safe: bool) -> String {
    let alphabet = if url_safe { URL_SAFE } else { STANDARD };
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..=chunk.len() {
            let index = (group >> (18 - 6 * digit)) & 63;
            text.push(char::from(alphabet[index as usize]));
        }
        if !url_safe {
            text.extend(std::iter::repeat_n('=', 3 - chunk.len()));
        }
    }
    text
}

/// Which characters a decoder takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// `+` and `/`.
    Standard,
    /// `-` and `_`.
    UrlSafe,
    /// Either; unknown characters are skipped, as buffers do.
    Lenient,
}

fn digit(byte: u8, alphabet: Alphabet) -> Option<u32> {
    Some(match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' if alphabet != Alphabet::UrlSafe => 62,
        b'/' if alphabet != Alphabet::UrlSafe => 63,
        b'-' if alphabet != Alphabet::Standard => 62,
        b'_' if alphabet != Alphabet::Standard => 63,
        _ => return None,
    })
}

/// The bytes, or `None` when the text is not Base64 of this alphabet.
pub fn decode(text: &[u8], alphabet: Alphabet) -> Option<Vec<u8>> {
    let lenient = alphabet == Alphabet::Lenient;
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut group, mut digits, mut padding) = (0u32, 0u32, 0u32);
    for &byte in text {
        if matches!(byte, b'\r' | b'\n') {
            continue;
        }
        if byte == b'=' {
            if lenient {
                break;
            }
            padding += 1;
            continue;
        }
        match digit(byte, alphabet) {
            // Nothing may follow the padding.
            Some(_) if padding > 0 => return None,
            Some(value) => {
                group = group << 6 | value;
                digits += 1;
                if digits == 4 {
                    bytes.extend_from_slice(&group.to_be_bytes()[1..]);
                    (group, digits) = (0, 0);
                }
            }
            None if lenient => {}
            None => return None,
        }
    }
    match digits {
        0 => {}
        2 => bytes.push((group >> 4) as u8),
        3 => bytes.extend_from_slice(&((group >> 2) as u16).to_be_bytes()),
        _ if lenient => {}
        _ => return None,
    }
    // At most what fills the last group of four.
    (padding == 0 || (digits >= 2 && padding <= 4 - digits)).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(encode(bytes.as_bytes(), false), text);
            assert_eq!(decode(text.as_bytes(), Alphabet::Standard).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(encode(&[0xfb, 0xff, 0xfe, 0xff], true), "-__-_w");
        assert_eq!(decode(b"-__-_w", Alphabet::UrlSafe), Some(vec![0xfb, 0xff, 0xfe, 0xff]));
    }

    #[test]
    fn refuses_what_is_not_base64() {
        for text in ["A", "Zg=x", "Z*==", "-_==", "Zm9v=", "Zg==="] {
            assert_eq!(decode(text.as_bytes(), Alphabet::Standard), None, "{text}");
        }
        assert_eq!(decode(b"Zm\r\n8=\n", Alphabet::Standard), Some(b"fo".to_vec()));
        assert_eq!(decode(b"Z!g=junk", Alphabet::Lenient), Some(b"f".to_vec()));
    }
}
