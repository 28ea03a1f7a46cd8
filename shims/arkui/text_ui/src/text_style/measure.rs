//! The size of text that is not shown: `@ohos.measure`.

use super::{ParagraphLooks, SpanStyle, theme, theme_style};
use concord_text::{MeasureOptions, TextOverflow, WordBreak, measure_text};
use concord_ui::geometry::Size;
use concord_ui::tree::Tree;
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;

/// Longer text is cut before it is measured, in bytes.
const LONGEST: usize = 1 << 20;

/// Measures text as `MeasureOptions` say, in px. With `constraintWidth` lines are broken there.
pub fn measure(tree: &mut Tree, options: &Value) -> Size {
    let fonts = tree.fonts();
    let environment = &tree.environment;
    let style = SpanStyle::from_value(options);
    // The platform's default for measuring is that of text, in fp.
    let size = Length::Plain(16.0, Unit::Fp);
    let looks = ParagraphLooks {
        max_lines: options.get("maxLines").as_i32().and_then(|lines| usize::try_from(lines).ok()),
        overflow: match options.get("overflow").as_i32() {
            Some(0) => Some(TextOverflow::None),
            Some(2) => Some(TextOverflow::Ellipsis),
            Some(3) => Some(TextOverflow::Marquee),
            _ => None,
        },
        word_break: match options.get("wordBreak").as_i32() {
            Some(0) => WordBreak::Normal,
            Some(1) => WordBreak::BreakAll,
            Some(3) => WordBreak::Hyphenation,
            _ => WordBreak::BreakWord,
        },
        indent: Length::from_value(options.get("textIndent"), Unit::Fp),
        ..ParagraphLooks::default()
    };
    let text = match options.get("textContent") {
        Value::String(text) => text.chars().take(LONGEST).collect(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let width = Length::from_value(options.get("constraintWidth"), Unit::Vp);
    let measured = measure_text(
        &fonts,
        &MeasureOptions {
            text,
            style: style.over(theme_style(environment, &size, theme::primary(environment)), environment),
            paragraph: looks.style(environment),
            constraint_width: width.map(|width| width.to_px(environment)),
        },
    );
    Size::new(measured.width as f32, measured.height as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(properties: &[(&str, Value)]) -> Size {
        let properties = properties.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
        measure(&mut Tree::default(), &Value::Object(std::rc::Rc::new(concord_ui::value::Object { properties })))
    }

    #[test]
    fn width_follows_the_font_and_height_the_lines() {
        let text = ("textContent", Value::text("some words to measure"));
        let plain = size(std::slice::from_ref(&text));
        assert!((plain.height - 48.0 * 1.172).abs() < 1.0, "16 fp at 3 px: {plain:?}");
        let large = size(&[text.clone(), ("fontSize", Value::text("32fp"))]);
        assert!((large.width - 2.0 * plain.width).abs() < 2.0);
        let narrow = size(&[text.clone(), ("constraintWidth", Value::Number(60.0))]);
        assert!(narrow.width <= 180.0 && narrow.height > plain.height * 1.5);
        let one = size(&[text, ("constraintWidth", Value::Number(60.0)), ("maxLines", Value::Number(1.0))]);
        assert!((one.height - plain.height).abs() < 0.5);
    }
}
