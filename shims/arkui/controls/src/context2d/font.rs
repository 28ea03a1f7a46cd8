//! Fonts of Canvas 2D: `bold italic 20vp sans-serif`.

use concord_text::TextStyle;
use concord_ui::font::font_weight;
use concord_ui::value::Value;

/// A font.
#[derive(Debug, Clone, PartialEq)]
pub struct CanvasFont {
    /// Size, and whether it is in vp; else it is in px.
    size: (f64, bool),
    weight: u16,
    italic: bool,
    families: Vec<String>,
}

impl Default for CanvasFont {
    fn default() -> CanvasFont {
        CanvasFont { size: (14.0, false), weight: 400, italic: false, families: vec!["sans-serif".to_owned()] }
    }
}

impl CanvasFont {
    /// Reads style, weight, size and families, as far as they are said.
    pub fn parse(text: &str) -> CanvasFont {
        let mut font = CanvasFont::default();
        let mut rest = text.trim();
        while let Some(word) = rest.split_whitespace().next() {
            let behind = rest.get(word.len()..).unwrap_or_default().trim_start();
            if let Some(size) = size(word) {
                font.size = size;
                if !behind.is_empty() {
                    let names = behind.split(',').map(|name| name.trim().trim_matches(['"', '\'']).to_owned());
                    font.families = names.filter(|name| !name.is_empty()).collect();
                }
                return font;
            }
            if matches!(word, "italic" | "oblique") {
                font.italic = true;
            } else if let Some(weight) = font_weight(&Value::text(word)).filter(|_| word != "normal") {
                font.weight = weight;
            }
            rest = behind;
        }
        font
    }

    /// The style of a text in px, with `scale` px per vp and letters spaced by vp.
    pub(super) fn style(&self, scale: f64, letter_spacing: f64) -> TextStyle {
        let (size, vp) = self.size;
        TextStyle {
            size: (size * if vp { scale } else { 1.0 }) as f32,
            weight: self.weight,
            italic: self.italic,
            families: self.families.clone(),
            letter_spacing: (letter_spacing * scale) as f32,
            ..TextStyle::default()
        }
    }
}

/// `20px`, `20vp`, `20fp`; a line height behind a slash means nothing.
fn size(word: &str) -> Option<(f64, bool)> {
    let word = word.split('/').next()?;
    let (number, vp) = match word.strip_suffix("px") {
        Some(number) => (number, false),
        None => (word.strip_suffix("vp").or_else(|| word.strip_suffix("fp"))?, true),
    };
    let number: f64 = number.parse().ok()?;
    (0.0..10_000.0).contains(&number).then_some((number, vp))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_are_read() {
        let font = CanvasFont::parse("italic bold 20vp 'HarmonyOS Sans', serif");
        assert_eq!((font.size, font.weight, font.italic), ((20.0, true), 700, true));
        assert_eq!(font.families, ["HarmonyOS Sans", "serif"]);
        assert_eq!(CanvasFont::parse("normal normal 14px sans-serif"), CanvasFont::default());
        assert_eq!(CanvasFont::parse("nonsense"), CanvasFont::default());
    }
}
