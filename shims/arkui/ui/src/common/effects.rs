//! Effects on the whole node: `opacity`, transforms, `shadow`, `clip`.

use super::filters::Filters;
use super::parse_color;
use super::shape::BasicShape;
use crate::change::put;
use crate::component::Method;
use crate::units::{Length, Unit};
use crate::value::Value;
use concord_paint::Color;

/// Effects of a node.
#[derive(Debug, Clone, Default)]
pub struct Effects {
    /// `opacity`, 0 to 1.
    pub opacity: Option<f32>,
    /// `translate`, `scale`, `rotate`, `transform`.
    pub transform: Option<Box<Transform>>,
    /// `shadow`.
    pub shadow: Option<Box<Shadow>>,
    /// What is drawn of the node: the inside of this.
    pub clip_shape: Option<Box<BasicShape>>,
    /// How much is drawn of the node: as much as this is bright.
    pub mask_shape: Option<Box<BasicShape>>,
    /// Filters and blending.
    pub filters: Option<Box<Filters>>,
    /// What the app draws itself.
    pub drawn: Option<Box<crate::drawing::Drawn>>,
    /// Filters, masks, clip shapes and blend modes as given, by the name of their method; the painter reads them.
    pub extra: Option<Box<Vec<(&'static str, Value)>>>,
}

/// `rotate`: axis, angle in degrees, the centre, and the distance of the eye in vp.
pub type Rotation = ([f32; 3], f32, [Option<Length>; 2], f32);

/// Transforms, as given; they are applied in the order translate, scale, rotate.
#[derive(Debug, Clone, Default)]
pub struct Transform {
    /// `translate`: x, y, z.
    pub translate: Option<[Length; 3]>,
    /// `scale`: x, y, z, and the centre.
    pub scale: Option<([f32; 3], [Option<Length>; 2])>,
    /// `rotate`: axis, angle in degrees, the centre, and the distance of the eye.
    pub rotate: Option<Rotation>,
    /// `transform`: a matrix by columns.
    pub matrix: Option<Box<[f32; 16]>>,
}

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

impl Effects {
    /// Remembers an attribute that only the painter reads.
    pub fn set(&mut self, name: &'static str, value: Value) {
        let all = self.extra.get_or_insert_default();
        all.retain(|(known, _)| *known != name);
        if !value.is_nullish() {
            all.push((name, value));
        }
    }

    /// An attribute that only the painter reads.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.extra.as_ref()?.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// `ShadowStyle` by its number.
fn shadow_style(style: i32) -> Option<Shadow> {
    let (radius, offset, alpha) = match style {
        0 => (18.0, 6.0, 0x1a),
        1 => (32.0, 8.0, 0x1a),
        2 => (50.0, 12.0, 0x26),
        3 => (64.0, 16.0, 0x33),
        4 => (50.0, 18.0, 0x33),
        5 => (70.0, 26.0, 0x40),
        _ => return None,
    };
    let color = Color::from_argb(alpha << 24);
    Some(Shadow { radius, color, offset_x: Length::ZERO, offset_y: Length::px(offset), fill: false })
}

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "opacity",
        apply: |node, args| {
            let value = args.get(0);
            let opacity = value.as_f32().or_else(|| value.as_str()?.trim().parse().ok());
            node.repaint(|common| put(&mut common.effects.opacity, opacity.map(|opacity| opacity.clamp(0.0, 1.0))))
        },
    },
    Method {
        name: "shadow",
        apply: |node, args| {
            let value = args.get(0);
            let length = |name: &str| Length::from_value(value.get(name), Unit::Px).unwrap_or(Length::ZERO);
            let environment = &node.tree.environment;
            let radius =
                Length::from_value(value.get("radius"), Unit::Px).map_or(0.0, |radius| radius.to_px(environment));
            let named = value.as_i32().and_then(shadow_style);
            let shadow = named.or_else(|| {
                value.as_object()?;
                Some(Shadow {
                    radius: radius.max(0.0),
                    color: parse_color(value.get("color")).unwrap_or(Color::BLACK),
                    offset_x: length("offsetX"),
                    offset_y: length("offsetY"),
                    fill: value.get("fill").as_bool().unwrap_or(false),
                })
            });
            node.repaint(|common| put(&mut common.effects.shadow, shadow.map(Box::new)))
        },
    },
];
