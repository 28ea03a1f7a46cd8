//! The words with which faces and their registration tables are declared, and arguments of their leaves.

use concord_engine::{ArrayKind, Call, Context, ErrorKind, Exception, JsResult, Value};

use crate::registry::{Api, FaceModule, Support};

/// All of an export and its members.
pub const fn full(path: &'static str) -> Api {
    Api { path, support: Support::Full }
}

/// Usable; `missing` says what is not there.
pub const fn partial(path: &'static str, missing: &'static str) -> Api {
    Api { path, support: Support::Partial(missing) }
}

/// Fails with 801 when used.
pub const fn stub(path: &'static str) -> Api {
    Api { path, support: Support::Stub }
}

/// A module that needs nothing of Rust.
pub const fn face(request: &'static str, source: &'static str, apis: &'static [Api]) -> FaceModule {
    FaceModule { request, source, natives: &[], apis }
}

/// Declarations that stand in a file of their own, which no program imports: what other modules hand out is counted there
/// (`application/UIAbilityContext`).
pub const fn declared(file: &'static str, apis: &'static [Api]) -> FaceModule {
    face(file, "(() => ({}))", apis)
}

/// Text argument; the faces have checked the type before.
pub fn text_arg(call: &Call<'_>, index: usize) -> JsResult<String> {
    call.arg(index).to_js_string()
}

/// Integer argument, saturating; what is not a number counts as 0.
pub fn index_arg(call: &Call<'_>, index: usize) -> usize {
    call.arg(index).as_f64().map_or(0, |number| number as usize)
}

/// Bytes of a buffer argument; a string stands for its UTF-8.
pub fn bytes_arg(call: &Call<'_>, index: usize) -> JsResult<Vec<u8>> {
    let value = call.arg(index);
    match value.bytes() {
        Some(bytes) => Ok(bytes),
        None => value.to_js_string().map(String::into_bytes),
    }
}

/// UTF-16 of a text argument, lone surrogates included.
pub fn utf16_arg(call: &Call<'_>, index: usize) -> Vec<u16> {
    call.arg(index).as_utf16().unwrap_or_default()
}

/// A Uint8Array.
pub fn uint8_array(context: &Context, bytes: Vec<u8>) -> Value {
    context.typed_array(ArrayKind::Uint8, bytes)
}

/// A TypeError, for arguments that the face should not have let through.
pub fn type_error<T>(context: &Context, message: &str) -> JsResult<T> {
    Err(Exception(context.error(ErrorKind::TypeError, message)))
}
