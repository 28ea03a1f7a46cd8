//! `shadow`: what a node throws.

use super::parse_color;
use crate::change::put;
use crate::component::Method;
use crate::units::{Length, Unit};
use concord_paint::Color;

/// `shadow`.
#[derive(Debug, Clone, PartialEq)]
pub struct Shadow {
    /// Radius of the blur in px.
    pub radius: f32,
    /// Colour.
    pub color: Color,
    /// Offset to the right.
    pub offset_x: Length,
    /// Offset down.
    pub offset_y: Length,
    /// Whether it also lies under the node itself.
    pub fill: bool,
}

/// `ShadowStyle` by its number, as the platform's theme has it: radius and offset in px, and how dark it is.
fn style(style: i32, dark: bool) -> Option<Shadow> {
    let (radius, offset, light, night) = match style {
        0 => (20.0, 0.0, 0x26, 0x33),
        1 => (40.0, 10.0, 0x26, 0x52),
        2 => (60.0, 10.0, 0x33, 0x7b),
        3 => (80.0, 20.0, 0x4d, 0xa4),
        4 => (80.0, 0.0, 0x33, 0xa4),
        5 => (100.0, 0.0, 0x7f, 0xc8),
        _ => return None,
    };
    let color = Color::from_argb(if dark { night << 24 | 0x05_0505 } else { light << 24 });
    Some(Shadow { radius, color, offset_x: Length::ZERO, offset_y: Length::px(offset), fill: false })
}

pub(super) static METHODS: &[Method] = &[Method {
    name: "shadow",
    apply: |node, args| {
        let value = args.get(0);
        let environment = &node.tree.environment;
        let shadow = value.as_i32().and_then(|number| style(number, environment.dark)).or_else(|| {
            value.as_object()?;
            let length = |name: &str| Length::from_value(value.get(name), Unit::Px).unwrap_or(Length::ZERO);
            Some(Shadow {
                radius: length("radius").to_px(environment).max(0.0),
                color: parse_color(value.get("color")).unwrap_or(Color::BLACK),
                offset_x: length("offsetX"),
                offset_y: length("offsetY"),
                fill: value.get("fill").as_bool().unwrap_or(false),
            })
        });
        node.repaint(|common| put(&mut common.effects.shadow, shadow.map(Box::new)))
    },
}];
