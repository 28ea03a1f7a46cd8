//! `@ohos:util`: text codecs, Base64, rational numbers, LRU cache, scopes, type checks, formatting, UUIDs, aspects.

use concord_engine::{Call, JsResult};
use concord_runtime::{Api, FaceModule};

use crate::base64::{self, Alphabet};
use crate::errno;
use crate::text::{Charset, Decoder};
use concord_runtime::face::{
    bytes_arg, face, full, index_arg, partial, stub, text_arg, type_error, uint8_array, utf16_arg,
};

const APIS: &[Api] = &[
    full("util.*"),
    partial("util.types", "isProxy always answers false; isExternal knows no native library yet"),
    partial(
        "util.ArkTSVM",
        "there is one thread and one heap: detection and pressure callbacks have nothing to report",
    ),
    stub("util.ArkTSVM.getAllVMHeapMemoryInfo"),
    partial("util.getMainThreadStackTrace", "the stack of the calling thread, which is the only one"),
];

pub(super) static MODULES: [FaceModule; 7] = [
    FaceModule {
        request: "@ohos:util",
        source: include_str!("util.js"),
        natives: &[("errnoText", errno_text), ("random", random)],
        apis: APIS,
    },
    FaceModule {
        request: "@concord:util.text",
        source: include_str!("util/parts/text.js"),
        natives: &[
            ("isEncoding", is_encoding),
            ("encode", encode),
            ("encodePart", encode_part),
            ("decoder", decoder),
            ("decode", decode),
        ],
        apis: &[],
    },
    FaceModule {
        request: "@concord:util.base64",
        source: include_str!("util/parts/base64.js"),
        natives: &[("base64Encode", base64_encode), ("base64Decode", base64_decode)],
        apis: &[],
    },
    face("@concord:util.format", include_str!("util/parts/format.js"), &[]),
    face("@concord:util.values", include_str!("util/parts/values.js"), &[]),
    face("@concord:util.LRUCache", include_str!("util/parts/LRUCache.js"), &[]),
    face("@concord:util.types", include_str!("util/parts/types.js"), &[]),
];

fn errno_text(call: &Call<'_>) -> JsResult {
    Ok(call.context.string(&errno::text(call.arg(0).as_f64().unwrap_or(f64::NAN))))
}

/// random(length): that many bytes of the system's secure generator.
fn random(call: &Call<'_>) -> JsResult {
    let mut bytes = vec![0; index_arg(call, 0).min(65536)];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(uint8_array(call.context, bytes)),
        Err(error) => type_error(call.context, &format!("no random numbers: {error}")),
    }
}

fn charset(call: &Call<'_>, index: usize) -> JsResult<Charset> {
    let name = text_arg(call, index)?;
    match Charset::by_name(&name) {
        Some(charset) => Ok(charset),
        None => type_error(call.context, &format!("unknown encoding {name}")),
    }
}

fn is_encoding(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(Charset::by_name(&text_arg(call, 0)?).is_some()))
}

/// encode(encoding, text) → Uint8Array
fn encode(call: &Call<'_>) -> JsResult {
    let (_, bytes) = charset(call, 0)?.encode(&utf16_arg(call, 1), usize::MAX);
    Ok(uint8_array(call.context, bytes))
}

/// encodePart(encoding, text, limit) → [units read, Uint8Array]
fn encode_part(call: &Call<'_>) -> JsResult {
    let (read, bytes) = charset(call, 0)?.encode(&utf16_arg(call, 1), index_arg(call, 2));
    Ok(call.context.array(&[call.context.number(read as f64), uint8_array(call.context, bytes)]))
}

/// decoder(encoding, remove BOM, fatal) → opaque state
fn decoder(call: &Call<'_>) -> JsResult {
    let decoder = Decoder::new(charset(call, 0)?, call.arg(1).to_boolean(), call.arg(2).to_boolean());
    Ok(call.context.native_object(Box::new(decoder), None))
}

/// decode(state, bytes, last) → text, or null when malformed and fatal
fn decode(call: &Call<'_>) -> JsResult {
    let state = call.arg(0);
    let Some(decoder) = state.native::<Decoder>() else {
        return type_error(call.context, "not a decoder");
    };
    let text = decoder.decode(&bytes_arg(call, 1)?, call.arg(2).to_boolean());
    Ok(text.map_or_else(|| call.context.null(), |text| call.context.string_utf16(&text)))
}

/// base64Encode(bytes, url safe) → text
fn base64_encode(call: &Call<'_>) -> JsResult {
    Ok(call.context.string(&base64::encode(&bytes_arg(call, 0)?, call.arg(1).to_boolean())))
}

/// base64Decode(bytes or text, url safe) → Uint8Array or null
fn base64_decode(call: &Call<'_>) -> JsResult {
    let alphabet = if call.arg(1).to_boolean() { Alphabet::UrlSafe } else { Alphabet::Standard };
    let bytes = base64::decode(&bytes_arg(call, 0)?, alphabet);
    Ok(bytes.map_or_else(|| call.context.null(), |bytes| uint8_array(call.context, bytes)))
}
