//! What the tests of paragraphs share.
#![allow(dead_code, reason = "every test file uses its own part of this")]

use concord_text::{Fonts, Paragraph, ParagraphStyle, Span, TextStyle};

/// No fonts: every character is half an em wide, those of East Asia one em.
pub fn boxes() -> Fonts {
    Fonts::new(Vec::new())
}

#[expect(clippy::print_stderr, reason = "tests say why they skip")]
/// The fonts of this machine, or `None` (said on stderr) if scripts/setup has not run.
pub fn system() -> Option<Fonts> {
    let fonts = Fonts::default();
    if let Some(remedy) = fonts.status().remedy() {
        eprintln!("skipped: no fonts; {remedy}");
        return None;
    }
    Some(fonts)
}

/// Both.
pub fn all_fonts() -> Vec<Fonts> {
    [Some(boxes()), system()].into_iter().flatten().collect()
}

pub fn sized(size: f32) -> TextStyle {
    TextStyle { size, ..TextStyle::default() }
}

pub fn text(text: &str, style: TextStyle, id: u32) -> Span {
    Span::Text { text: text.to_owned(), style, id }
}

/// 20 px text laid out for a width.
pub fn laid(fonts: &Fonts, style: &ParagraphStyle, content: &str, width: f32) -> Paragraph {
    let mut paragraph = Paragraph::plain(fonts, style, content, &sized(20.0));
    paragraph.layout(width, None);
    paragraph
}

/// The text of each line.
pub fn line_texts(paragraph: &Paragraph, content: &str) -> Vec<String> {
    let units: Vec<u16> = content.encode_utf16().collect();
    paragraph.lines().iter().map(|line| String::from_utf16_lossy(&units[line.range.clone()])).collect()
}

pub fn near(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.05
}
