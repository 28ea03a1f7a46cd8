//! Strings.

use crate::args::{AUTO_LENGTH, Buffer, Chars, Handle, In, Out};
use crate::env::{Env, OrPend};
use crate::status::{Outcome, Status};
use crate::table::functions;
use concord_engine::Text;

/// Up to this many bytes, a string is measured by writing it to the stack.
const SHORT: usize = 1024;

fn text_of(env: &Env, value: Handle) -> Outcome<Text> {
    let value = value.get(env)?;
    let locals = env.locals();
    if !locals.is_string(value) {
        return Err(Status::StringExpected);
    }
    locals.to_text(value).or_pend(env)
}

/// How many UTF-16 code units a text in UTF-8 stands for.
fn units(utf8: &[u8]) -> usize {
    utf8.iter().map(|byte| usize::from(byte & 0xc0 != 0x80) + usize::from(*byte >= 0xf0)).sum()
}

/// Bytes as UTF-8; a lone surrogate becomes U+FFFD.
fn utf8_length(text: &Text) -> usize {
    let mut buffer = [0; SHORT];
    if text.len() * 3 < SHORT
        && let Some(length) = text.copy_utf8(&mut buffer)
        && units(&buffer[..length]) == text.len()
    {
        return length;
    }
    char::decode_utf16(text.utf16().iter().copied()).map(|unit| unit.map_or(3, char::len_utf8)).sum()
}

/// Writes as many whole characters as fit before a NUL, which must fit: `buffer` is not empty.
fn copy_utf8(text: &Text, buffer: &mut [u8]) -> usize {
    // The engine stops at lone surrogates.
    if let Some(length) = text.copy_utf8(buffer)
        && units(buffer.get(..length).unwrap_or_default()) == text.len()
    {
        return length;
    }
    let size = buffer.len();
    let mut used = 0;
    for unit in char::decode_utf16(text.utf16().iter().copied()) {
        let character = unit.unwrap_or(char::REPLACEMENT_CHARACTER);
        let end = used + character.len_utf8();
        // One byte stays for the NUL.
        match buffer.get_mut(used..end).filter(|_| end < size) {
            Some(place) => character.encode_utf8(place),
            None => break,
        };
        used = end;
    }
    if let Some(end) = buffer.get_mut(used) {
        *end = 0;
    }
    used
}

/// The common shape of reading a string: without a buffer its length, else as much as fits with a zero behind it.
fn read<T: Copy + Default>(
    env: &Env,
    value: Handle,
    buffer: Buffer<T>,
    size: usize,
    result: Out<usize>,
    length: impl FnOnce(&Text) -> usize,
    copy: impl FnOnce(&Text, &mut [T]) -> usize,
) -> Outcome {
    let text = text_of(env, value)?;
    let count = match buffer.slice(size)? {
        None => {
            result.check()?.set(length(&text));
            return Ok(());
        }
        Some([]) => 0,
        Some(buffer) => copy(&text, buffer),
    };
    if let Some(result) = result.optional() {
        result.set(count);
    }
    Ok(())
}

/// Copies units that need no conversion but that of type.
fn copy_units<T: Copy + Default>(text: &Text, buffer: &mut [T], convert: impl Fn(u16) -> T) -> usize {
    let Some((end, room)) = buffer.split_last_mut() else { return 0 };
    let units = text.utf16();
    let count = units.len().min(room.len());
    room.iter_mut().zip(units).for_each(|(slot, unit)| *slot = convert(*unit));
    match room.get_mut(count) {
        Some(slot) => *slot = T::default(),
        None => *end = T::default(),
    }
    count
}

fn check_length(length: usize) -> Outcome {
    if length == AUTO_LENGTH || length <= i32::MAX as usize { Ok(()) } else { Err(Status::InvalidArg) }
}

functions! {
    plain fn napi_create_string_utf8(env, text: Chars, length: usize, result: Out<Handle>) {
        check_length(length)?;
        let bytes = text.bytes(length)?;
        result.check()?.give(env, env.locals().string(&String::from_utf8_lossy(bytes)));
        Ok(())
    }

    plain fn napi_create_string_latin1(env, text: Chars, length: usize, result: Out<Handle>) {
        check_length(length)?;
        let bytes = text.bytes(length)?;
        let result = result.check()?;
        let locals = env.locals();
        result.give(env, match std::str::from_utf8(bytes) {
            Ok(ascii) if ascii.is_ascii() => locals.string(ascii),
            _ => locals.string_utf16(&bytes.iter().map(|byte| u16::from(*byte)).collect::<Vec<_>>()),
        });
        Ok(())
    }

    plain fn napi_create_string_utf16(env, text: In<u16>, length: usize, result: Out<Handle>) {
        check_length(length)?;
        let units = if length == AUTO_LENGTH { text.until_zero()? } else { text.slice(length)? };
        result.check()?.give(env, env.locals().string_utf16(units));
        Ok(())
    }

    /// A character that does not fit whole is left out.
    plain fn napi_get_value_string_utf8(env, value: Handle, buffer: Buffer<u8>, size: usize, result: Out<usize>) {
        read(env, value, buffer, size, result, utf8_length, copy_utf8)
    }

    plain fn napi_get_value_string_latin1(env, value: Handle, buffer: Buffer<u8>, size: usize, result: Out<usize>) {
        read(env, value, buffer, size, result, Text::len, |text, buffer| copy_units(text, buffer, |unit| unit as u8))
    }

    plain fn napi_get_value_string_utf16(env, value: Handle, buffer: Buffer<u16>, size: usize, result: Out<usize>) {
        read(env, value, buffer, size, result, Text::len, |text, buffer| copy_units(text, buffer, |unit| unit))
    }
}
