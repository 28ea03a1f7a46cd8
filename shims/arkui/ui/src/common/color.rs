//! Colours as the app gives them.

use crate::value::Value;
use concord_paint::Color;

/// A colour from `0xRRGGBB`, `0xAARRGGBB`, `#RGB`, `#ARGB`, `#RRGGBB`, `#AARRGGBB`, `rgb(…)`, `rgba(…)` or a name. A number
/// without alpha bits is opaque; numbers above 32 bits keep their lower ones.
pub fn parse_color(value: &Value) -> Option<Color> {
    match value {
        Value::Number(number) if number.is_finite() => Some(from_number(*number)),
        Value::String(text) => parse_text(text.trim()),
        // `ColorMetrics`: what its alpha says counts, also when it is 0.
        Value::Object(_) => value.get("clr_").as_f64().map(|bits| Color::from_argb(bits as u32)),
        _ => None,
    }
}

fn from_number(number: f64) -> Color {
    let bits = number.trunc().rem_euclid(4_294_967_296.0) as u32;
    Color::from_argb(if bits >> 24 == 0 && bits != 0 || number == 0.0 { bits | 0xff00_0000 } else { bits })
}

fn parse_text(text: &str) -> Option<Color> {
    if let Some(hex) = text.strip_prefix('#') {
        return parse_hex(hex);
    }
    if let Some(arguments) = text.strip_prefix("rgba(").or_else(|| text.strip_prefix("rgb(")) {
        let numbers: Option<Vec<f32>> =
            arguments.strip_suffix(')')?.split(',').map(|part| part.trim().parse().ok()).collect();
        let channel = |value: f32| value.clamp(0.0, 255.0).round() as u32;
        return match *numbers? {
            [r, g, b] => Some(Color::from_argb(0xff00_0000 | channel(r) << 16 | channel(g) << 8 | channel(b))),
            [r, g, b, a] => {
                let alpha = channel(a.clamp(0.0, 1.0) * 255.0);
                Some(Color::from_argb(alpha << 24 | channel(r) << 16 | channel(g) << 8 | channel(b)))
            }
            _ => None,
        };
    }
    if let Ok(number) = text.parse::<f64>() {
        return Some(from_number(number));
    }
    named(text)
}

fn parse_hex(hex: &str) -> Option<Color> {
    let bits = u32::from_str_radix(hex, 16).ok()?;
    let spread =
        |bits: u32, digits: u32| (0..digits).fold(0, |all, i| all | ((bits >> (4 * i) & 0xf) * 0x11) << (8 * i));
    Some(Color::from_argb(match hex.len() {
        3 => 0xff00_0000 | spread(bits, 3),
        4 => spread(bits, 4),
        6 => 0xff00_0000 | bits,
        8 => bits,
        _ => return None,
    }))
}

/// The names that the platform documents for strings.
fn named(name: &str) -> Option<Color> {
    Some(Color::from_argb(match name.to_ascii_lowercase().as_str() {
        "black" => 0xff00_0000,
        "blue" => 0xff00_00ff,
        "brown" => 0xffa5_2a2a,
        "gray" | "grey" => 0xff80_8080,
        "green" => 0xff00_8000,
        "orange" => 0xffff_a500,
        "pink" => 0xffff_c0cb,
        "red" => 0xffff_0000,
        "white" => 0xffff_ffff,
        "yellow" => 0xffff_ff00,
        "transparent" => 0x0000_0000,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn argb(value: Value) -> Option<u32> {
        parse_color(&value).map(|color| color.to_argb())
    }

    #[test]
    fn every_notation_is_read() {
        for (text, expected) in [
            ("#f00", 0xffff_0000),
            ("#80f0", 0x8800_ff00),
            ("#182431", 0xff18_2431),
            ("#19182431", 0x1918_2431),
            ("rgb(1, 2, 3)", 0xff01_0203),
            ("rgba(255, 0, 0, 0.5)", 0x80ff_0000),
            ("red", 0xffff_0000),
            ("16711680", 0xffff_0000),
        ] {
            assert_eq!(argb(Value::text(text)), Some(expected), "{text}");
        }
        assert_eq!(argb(Value::Number(f64::from(0x00ff_0000))), Some(0xffff_0000));
        assert_eq!(argb(Value::object([("clr_", Value::Number(255.0))])), Some(0x0000_00ff));
        assert_eq!(argb(Value::Number(f64::from(0x8000_ff00_u32))), Some(0x8000_ff00));
    }

    #[test]
    fn nonsense_is_no_colour() {
        for text in ["", "#12", "#gggggg", "rgb(1)", "rgb(a, b, c)", "blurple"] {
            assert_eq!(argb(Value::text(text)), None, "{text}");
        }
    }
}
