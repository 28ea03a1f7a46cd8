//! What the headers of text share: the fonts, and texts as guests give them.

use super::error_code::{Code, INVALID_PARAMETER};
use super::handle::Array;
use concord_text::{Fonts, Paragraph, ParagraphStyle, TextStyle};

thread_local! {
    /// The fonts of ArkUI's texts.
    static FONTS: Fonts = Fonts::default();
}

/// Does something with the fonts of this thread.
pub(super) fn with_fonts<R>(body: impl FnOnce(&Fonts) -> R) -> R {
    FONTS.with(body)
}

/// One line of text, however long it is.
pub(super) fn line(text: &str, style: &TextStyle) -> Paragraph {
    let setting = ParagraphStyle { max_lines: Some(1), ..ParagraphStyle::default() };
    // Control characters, line feeds among them, are no glyphs here.
    let text: String = text.chars().filter(|character| !character.is_control()).collect();
    let mut paragraph = with_fonts(|fonts| Paragraph::plain(fonts, &setting, &text, style));
    paragraph.layout(f32::INFINITY, None);
    paragraph
}

/// Text of so many bytes in an `OH_Drawing_TextEncoding`. Glyph numbers are refused.
pub(super) fn decode(text: Array<u8>, length: usize, encoding: u32) -> Result<String, Code> {
    let bytes = text.read(length)?;
    match encoding {
        0 => String::from_utf8(bytes).map_err(|_| INVALID_PARAMETER),
        1 => {
            let units = bytes.as_chunks().0.iter().map(|unit| u16::from_le_bytes(*unit));
            Ok(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
        }
        2 => {
            let units = bytes.as_chunks().0.iter().map(|unit| u32::from_le_bytes(*unit));
            Ok(units.map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
        }
        _ => Err(INVALID_PARAMETER),
    }
}
