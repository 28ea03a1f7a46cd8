//! Positions in UTF-16 units, as apps count, in text that is kept as UTF-8.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Length in UTF-16 units.
pub(super) fn utf16_len(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}

/// The byte at a UTF-16 position: the end for what lies behind it, the start of the character for its inside.
pub(super) fn byte_of(text: &str, utf16: usize) -> usize {
    if text.is_ascii() {
        return utf16.min(text.len());
    }
    let mut at = 0;
    for (byte, c) in text.char_indices() {
        if at + c.len_utf16() > utf16 {
            return byte;
        }
        at += c.len_utf16();
    }
    text.len()
}

/// The UTF-16 position of a byte at the start of a character.
pub(super) fn utf16_of(text: &str, byte: usize) -> usize {
    utf16_len(text.get(..byte).unwrap_or(text))
}

/// Moves a position that is inside of a character to its start, and one behind the text to the end.
pub(super) fn snap(text: &str, utf16: usize) -> usize {
    utf16_of(text, byte_of(text, utf16))
}

/// The part of a text in UTF-16 positions.
pub(super) fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(byte_of(text, range.start)..byte_of(text, range.end.max(range.start))).unwrap_or("")
}

/// The start of the grapheme before a position.
pub(super) fn grapheme_before(text: &str, utf16: usize) -> usize {
    let byte = byte_of(text, utf16);
    match GraphemeCursor::new(byte, text.len(), true).prev_boundary(text, 0) {
        Ok(Some(before)) => utf16_of(text, before),
        _ => 0,
    }
}

/// The end of the grapheme after a position.
pub(super) fn grapheme_after(text: &str, utf16: usize) -> usize {
    let byte = byte_of(text, utf16);
    match GraphemeCursor::new(byte, text.len(), true).next_boundary(text, 0) {
        Ok(Some(after)) => utf16_of(text, after),
        _ => utf16_len(text),
    }
}

/// The start of the word before a position: white space and punctuation are passed over.
pub(super) fn word_before(text: &str, utf16: usize) -> usize {
    let mut at = 0;
    let mut found = 0;
    for word in text.split_word_bounds() {
        if at >= utf16 {
            break;
        }
        if is_word(word) {
            found = at;
        }
        at += utf16_len(word);
    }
    found
}

/// The end of the word after a position.
pub(super) fn word_after(text: &str, utf16: usize) -> usize {
    let mut at = 0;
    for word in text.split_word_bounds() {
        at += utf16_len(word);
        if at > utf16 && is_word(word) {
            return at;
        }
    }
    at
}

/// The paragraph (text between newlines) around a position, without its newline.
pub(crate) fn paragraph_at(text: &str, utf16: usize) -> Range<usize> {
    let byte = byte_of(text, utf16);
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let end = after.find('\n').map_or(text.len(), |newline| byte + newline);
    utf16_of(text, start)..utf16_of(text, end)
}

fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric) || word.chars().any(|c| u32::from(c) > 0x1F000)
}
