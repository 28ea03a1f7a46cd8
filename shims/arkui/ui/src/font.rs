//! How text looks, as many components are told it: `fontSize`, `fontColor`, `fontWeight`, `fontStyle`, `fontFamily`, `font`.

use crate::change::{Change, put};
use crate::common::parse_color;
use crate::component::Setter;
use crate::units::{Environment, Length, Unit};
use crate::value::{Args, Value};
use concord_paint::Color;
use concord_text::TextStyle;

/// A font; what is unset is the component's default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Font {
    /// `fontSize`.
    pub size: Option<Length>,
    /// `fontColor`.
    pub color: Option<Color>,
    /// `fontWeight`, 1 to 1000.
    pub weight: Option<u16>,
    /// `fontStyle(FontStyle.Italic)`.
    pub italic: Option<bool>,
    /// `fontFamily`: names, separated by commas.
    pub family: Option<String>,
}

impl Font {
    /// From an object with the members of the platform's `Font`.
    pub fn from_value(value: &Value) -> Font {
        Font {
            size: Length::from_value(value.get("size"), Unit::Fp),
            color: None,
            weight: font_weight(value.get("weight")),
            italic: value.get("style").as_i32().map(|style| style == 1),
            family: value.get("family").as_str().map(str::to_owned),
        }
    }

    /// From what a `TextModifier` or a `SymbolGlyphModifier` says: attributes by their names.
    pub fn from_attributes(attributes: &Value) -> Font {
        let color = attributes.get("fontColor");
        // Those of symbols are colours of their layers, of which the first is the most of it.
        let color = color.as_array().and_then(|colors| colors.first()).unwrap_or(color);
        let mut font = Font::from_value(attributes.get("font"));
        font.overlay(Font {
            size: Length::from_value(attributes.get("fontSize"), Unit::Fp),
            color: parse_color(color),
            weight: font_weight(attributes.get("fontWeight")),
            italic: attributes.get("fontStyle").as_i32().map(|style| style == 1),
            family: attributes.get("fontFamily").as_str().map(str::to_owned),
        });
        font
    }

    /// With what another font says where it says something.
    pub fn overlay(&mut self, other: Font) {
        self.size = other.size.or(self.size.take());
        self.color = other.color.or(self.color);
        self.weight = other.weight.or(self.weight);
        self.italic = other.italic.or(self.italic);
        self.family = other.family.or(self.family.take());
    }

    /// Another style with what this font says where it says something.
    pub fn over(&self, base: TextStyle, environment: &Environment) -> TextStyle {
        TextStyle {
            size: self.size.as_ref().map_or(base.size, |size| size.to_px(environment)),
            weight: self.weight.unwrap_or(base.weight),
            italic: self.italic.unwrap_or(base.italic),
            families: match &self.family {
                Some(list) => list.split(',').map(|name| name.trim().to_owned()).collect(),
                None => base.families,
            },
            color: self.color.unwrap_or(base.color),
            ..base
        }
    }

    /// The style of a text, with the component's defaults where nothing is said.
    pub fn style(&self, environment: &Environment, size: &Length, color: Color, weight: u16) -> TextStyle {
        TextStyle {
            size: self.size.as_ref().unwrap_or(size).to_px(environment),
            weight: self.weight.unwrap_or(weight),
            italic: self.italic.unwrap_or(false),
            families: self.family.iter().flat_map(|list| list.split(',')).map(|name| name.trim().to_owned()).collect(),
            color: self.color.unwrap_or(color),
            locale: Some(environment.locale.clone()),
            ..TextStyle::default()
        }
    }
}

/// A component's state with a font in it.
pub trait HasFont: 'static {
    /// The font.
    fn font(&mut self) -> &mut Font;

    /// The font has changed: forget what was shaped with it.
    fn font_changed(&mut self);
}

fn change<T: HasFont, C: Change>(node: &mut Setter<'_>, change: impl FnOnce(&mut Font) -> C) -> Value {
    node.restyle(|state: &mut T| {
        let changed = change(state.font()).changed();
        if changed {
            state.font_changed();
        }
        changed
    })
}

/// `fontSize`.
pub fn size<T: HasFont>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let size = Length::from_value(args.get(0), Unit::Fp);
    let size = size.filter(|size| !size.is_relative() && !matches!(size, Length::Plain(number, _) if *number < 0.0));
    change::<T, _>(node, |font| put(&mut font.size, size))
}

/// `fontColor`.
pub fn color<T: HasFont>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |font| put(&mut font.color, parse_color(args.get(0))))
}

/// `fontWeight`.
pub fn weight<T: HasFont>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |font| put(&mut font.weight, font_weight(args.get(0))))
}

/// `fontStyle`.
pub fn style<T: HasFont>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |font| put(&mut font.italic, args.get(0).as_i32().map(|style| style == 1)))
}

/// `fontFamily`.
pub fn family<T: HasFont>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |font| put(&mut font.family, args.get(0).as_str().map(str::to_owned)))
}

/// `font`: several at once.
pub fn font<T: HasFont>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |font| font.overlay(Font::from_value(args.get(0))))
}

/// `FontWeight`: its names, or a weight (100 to 900) as number or text.
pub fn font_weight(value: &Value) -> Option<u16> {
    let number = match value {
        Value::String(name) => match &**name {
            "lighter" => 100.0,
            "normal" | "regular" => 400.0,
            "medium" => 500.0,
            "bold" => 700.0,
            "bolder" => 900.0,
            other => other.trim().parse().ok()?,
        },
        value => value.as_f64()?,
    };
    (1.0..=1000.0).contains(&number).then_some(number as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_names_or_numbers() {
        let weight = |value: Value| font_weight(&value);
        assert_eq!(weight(Value::Number(500.0)), Some(500));
        assert_eq!(weight(Value::text("600")), Some(600));
        assert_eq!(weight(Value::text("bold")), Some(700));
        assert_eq!(weight(Value::text("fat")), None);
        assert_eq!(weight(Value::Undefined), None);
    }
}
