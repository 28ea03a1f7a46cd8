//! Text between Rust and the engine.

use crate::sys::{Api, StringRef};
use std::ffi::c_char;

/// An owned `JSStringRef`; null stands for the empty string after a failed conversion.
pub(crate) struct JsString {
    api: &'static Api,
    raw: StringRef,
}

impl JsString {
    pub(crate) fn new(api: &'static Api, text: &str) -> JsString {
        const SHORT: usize = 128;
        // Eight-bit strings take half the memory; the C string interface is the only one that makes them.
        if text.bytes().all(|byte| byte.is_ascii() && byte != 0) {
            let create = |terminated: &[u8]| {
                debug_assert_eq!(terminated.last(), Some(&0));
                // SAFETY: the bytes are ASCII and end with the only NUL.
                unsafe { (api.JSStringCreateWithUTF8CString)(terminated.as_ptr().cast::<c_char>()) }
            };
            let raw = if let (true, bytes) = (text.len() < SHORT, text.as_bytes()) {
                let mut buffer = [0; SHORT];
                let (head, _) = buffer.split_at_mut(bytes.len());
                head.copy_from_slice(bytes);
                create(&buffer[..=bytes.len()])
            } else {
                let mut buffer = Vec::with_capacity(text.len() + 1);
                buffer.extend_from_slice(text.as_bytes());
                buffer.push(0);
                create(&buffer)
            };
            return JsString { api, raw };
        }
        JsString::from_utf16(api, &text.encode_utf16().collect::<Vec<u16>>())
    }

    pub(crate) fn from_utf16(api: &'static Api, units: &[u16]) -> JsString {
        // SAFETY: the pointer is valid for the length; the library copies.
        let raw = unsafe { (api.JSStringCreateWithCharacters)(units.as_ptr(), units.len()) };
        JsString { api, raw }
    }

    /// Takes over a reference that the library returned; may be null.
    pub(crate) fn adopt(api: &'static Api, raw: StringRef) -> JsString {
        JsString { api, raw }
    }

    pub(crate) fn raw(&self) -> StringRef {
        self.raw
    }

    pub(crate) fn len(&self) -> usize {
        if self.raw.is_null() {
            return 0;
        }
        // SAFETY: the string is alive.
        unsafe { (self.api.JSStringGetLength)(self.raw) }
    }

    /// Writes what fits, and a NUL; the number of bytes before it. `None` when the engine refuses: lone surrogates.
    pub(crate) fn copy_utf8(&self, buffer: &mut [u8]) -> Option<usize> {
        if self.raw.is_null() {
            *buffer.first_mut()? = 0;
            return Some(0);
        }
        // SAFETY: the string is alive, and the buffer has the length said.
        let written =
            unsafe { (self.api.JSStringGetUTF8CString)(self.raw, buffer.as_mut_ptr().cast::<c_char>(), buffer.len()) };
        written.checked_sub(1)
    }

    pub(crate) fn utf16(&self) -> &[u16] {
        if self.raw.is_null() {
            return &[];
        }
        // SAFETY: the string is alive.
        let (units, length) =
            unsafe { ((self.api.JSStringGetCharactersPtr)(self.raw), (self.api.JSStringGetLength)(self.raw)) };
        if units.is_null() || length == 0 {
            return &[];
        }
        // SAFETY: the library keeps `length` code units at this address as long as the string lives.
        unsafe { std::slice::from_raw_parts(units, length) }
    }

    pub(crate) fn to_utf8(&self) -> String {
        let units = self.utf16();
        // Most text is ASCII: one pass that compilers vectorise, then no checks.
        if units.iter().all(|unit| *unit < 0x80) {
            units.iter().map(|unit| *unit as u8 as char).collect()
        } else {
            String::from_utf16_lossy(units)
        }
    }
}

impl Drop for JsString {
    fn drop(&mut self) {
        if !self.raw.is_null() {
            // SAFETY: we own one reference.
            unsafe { (self.api.JSStringRelease)(self.raw) };
        }
    }
}
