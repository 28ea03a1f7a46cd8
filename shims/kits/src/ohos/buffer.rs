//! `@ohos:buffer`: Buffer and Blob.

use concord_engine::{Call, JsResult};
use concord_runtime::{Api, FaceModule};

use crate::base64::{self, Alphabet};
use crate::text::{Charset, Decoder};
use concord_runtime::face::{bytes_arg, face, full, index_arg, text_arg, uint8_array, utf16_arg};

const APIS: &[Api] = &[full("buffer.*")];

pub(super) static MODULES: [FaceModule; 2] = [
    FaceModule {
        request: "@ohos:buffer",
        source: include_str!("buffer.js"),
        natives: &[("encode", encode), ("encodePart", encode_part), ("decode", decode)],
        apis: APIS,
    },
    face("@concord:buffer.checks", include_str!("buffer/checks.js"), &[]),
];

/// The buffer's encodings, of which some are not encodings of text.
enum Form {
    Text(Charset),
    Base64 { url_safe: bool },
    Hex,
}

impl Form {
    /// By the lower-case name; the face has checked it.
    fn by_name(name: &str) -> Form {
        match name {
            "hex" => Form::Hex,
            "base64" => Form::Base64 { url_safe: false },
            "base64url" => Form::Base64 { url_safe: true },
            "ascii" | "latin1" | "binary" => Form::Text(Charset::Latin1),
            "utf16le" | "utf-16le" | "ucs2" | "ucs-2" => Form::Text(Charset::Web(encoding_rs::UTF_16LE)),
            _ => Form::Text(Charset::Web(encoding_rs::UTF_8)),
        }
    }

    fn encode(&self, text: &[u16], limit: usize) -> Vec<u8> {
        let mut bytes = match self {
            // A byte per unit, the high half dropped.
            Form::Text(Charset::Latin1) => text.iter().map(|unit| (unit & 0xff) as u8).collect(),
            Form::Text(charset) => {
                // A lone surrogate is the replacement character here.
                let scalar: Vec<u16> = char::decode_utf16(text.iter().copied())
                    .flat_map(|unit| {
                        let mut pair = [0; 2];
                        unit.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf16(&mut pair).to_vec()
                    })
                    .collect();
                charset.encode(&scalar, limit).1
            }
            Form::Base64 { .. } => {
                let ascii: Vec<u8> = text.iter().map(|&unit| u8::try_from(unit).unwrap_or(b'!')).collect();
                base64::decode(&ascii, Alphabet::Lenient).unwrap_or_default()
            }
            Form::Hex => decode_hex(text),
        };
        bytes.truncate(limit);
        bytes
    }

    fn decode(&self, bytes: &[u8]) -> Vec<u16> {
        match self {
            Form::Text(charset) => Decoder::new(*charset, false, false).decode(bytes, true).unwrap_or_default(),
            Form::Base64 { url_safe } => base64::encode(bytes, *url_safe).encode_utf16().collect(),
            Form::Hex => {
                let digit = |value: u8| u16::from(b"0123456789abcdef"[usize::from(value & 15)]);
                bytes.iter().flat_map(|&byte| [digit(byte >> 4), digit(byte)]).collect()
            }
        }
    }
}

/// Pairs of digits up to the first that is none.
fn decode_hex(text: &[u16]) -> Vec<u8> {
    let value = |unit: u16| char::from_u32(u32::from(unit)).and_then(|c| c.to_digit(16));
    text.chunks_exact(2).map_while(|pair| Some((value(*pair.first()?)? << 4 | value(*pair.get(1)?)?) as u8)).collect()
}

/// encode(encoding, text) → Uint8Array
fn encode(call: &Call<'_>) -> JsResult {
    let bytes = Form::by_name(&text_arg(call, 0)?).encode(&utf16_arg(call, 1), usize::MAX);
    Ok(uint8_array(call.context, bytes))
}

/// encodePart(encoding, text, limit) → Uint8Array of whole characters
fn encode_part(call: &Call<'_>) -> JsResult {
    let bytes = Form::by_name(&text_arg(call, 0)?).encode(&utf16_arg(call, 1), index_arg(call, 2));
    Ok(uint8_array(call.context, bytes))
}

/// decode(encoding, bytes) → text
fn decode(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 0)?;
    let mut bytes = bytes_arg(call, 1)?;
    if name == "ascii" {
        bytes.iter_mut().for_each(|byte| *byte &= 0x7f);
    }
    Ok(call.context.string_utf16(&Form::by_name(&name).decode(&bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let units: Vec<u16> = "00ffzz".encode_utf16().collect();
        assert_eq!(Form::Hex.encode(&units, 100), [0, 0xff]);
        assert_eq!(String::from_utf16_lossy(&Form::Hex.decode(&[1, 0xab])), "01ab");
        assert_eq!(Form::by_name("utf8").encode(&[0xd800], 9), [0xef, 0xbf, 0xbd]);
        assert!(Form::by_name("utf8").encode(&[0x20ac], 2).is_empty());
    }
}
