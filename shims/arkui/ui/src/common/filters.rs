//! Filters on what a node draws (`blur`, `grayscale` …) and on what lies behind it (`backdropBlur`, `backgroundBlurStyle`).

use super::parse_color;
use crate::change::{Change, put};
use crate::component::{Method, Setter};
use crate::units::Environment;
use crate::value::{Args, Value};
use concord_paint::{BlendMode, Color, Filter, sigma_of_radius};

/// Filters of a node; `None` changes nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// `blur`: radius in vp.
    pub blur: Option<f32>,
    /// `brightness`, 1 is as it was.
    pub brightness: Option<f32>,
    /// `contrast`, 1 is as it was.
    pub contrast: Option<f32>,
    /// `saturate`, 1 is as it was.
    pub saturate: Option<f32>,
    /// `grayscale`, 0 to 1.
    pub grayscale: Option<f32>,
    /// `sepia`, 0 to 1.
    pub sepia: Option<f32>,
    /// `invert`, 0 to 1.
    pub invert: Option<f32>,
    /// `hueRotate` in degrees.
    pub hue_rotate: Option<f32>,
    /// `colorBlend`.
    pub color_blend: Option<Color>,
    /// `backdropBlur`: radius in vp.
    pub backdrop_blur: Option<f32>,
    /// `backgroundBlurStyle` and `backgroundEffect`: radius in vp, saturation, brightness, and a colour on top.
    pub material: Option<Material>,
    /// `blendMode`, and whether the node is a group of its own.
    pub blend: Option<(BlendMode, bool)>,
}

/// Blurred glass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Material {
    /// Radius of the blur in vp.
    pub radius: f32,
    /// 1 is as it was.
    pub saturation: f32,
    /// 1 is as it was.
    pub brightness: f32,
    /// Laid on top.
    pub color: Color,
}

impl Filters {
    /// Filters on what the node draws, in the platform's order.
    pub fn content(&self, environment: &Environment) -> Vec<Filter> {
        let mut filters = Vec::new();
        filters.extend(self.blur.map(|radius| blur(environment, radius)));
        filters.extend(self.brightness.map(Filter::Brightness));
        filters.extend(self.contrast.map(Filter::Contrast));
        filters.extend(self.saturate.map(Filter::Saturate));
        filters.extend(self.grayscale.map(Filter::Grayscale));
        filters.extend(self.sepia.map(Filter::Sepia));
        filters.extend(self.invert.map(Filter::Invert));
        filters.extend(self.hue_rotate.map(Filter::HueRotate));
        filters.extend(self.color_blend.map(Filter::ColorBlend));
        filters.retain(|filter| !filter.is_identity());
        filters
    }

    /// Filters on what lies behind the node.
    pub fn backdrop(&self, environment: &Environment) -> Vec<Filter> {
        let mut filters = Vec::new();
        filters.extend(self.backdrop_blur.map(|radius| blur(environment, radius)));
        if let Some(material) = &self.material {
            filters.push(blur(environment, material.radius));
            filters.push(Filter::Saturate(material.saturation));
            filters.push(Filter::Brightness(material.brightness));
        }
        filters.retain(|filter| !filter.is_identity());
        filters
    }
}

fn blur(environment: &Environment, radius: f32) -> Filter {
    Filter::Blur { sigma: sigma_of_radius(f64::from(environment.vp(radius))) }
}

fn change<C: Change>(node: &mut Setter<'_>, change: impl FnOnce(&mut Filters) -> C) -> Value {
    node.repaint(|common| change(common.effects.filters.get_or_insert_default()))
}

/// A number that is not negative.
fn amount(args: Args<'_>) -> Option<f32> {
    args.get(0).as_f32().filter(|amount| *amount >= 0.0)
}

/// `BlurStyle` by its number: radius in vp, saturation, brightness, and the colour on top in light and in dark mode.
fn blur_style(style: i32, dark: bool) -> Option<Material> {
    let (radius, light, night) = match style {
        1 => (24.0, 0x66ff_ffff, 0x6600_0000),
        2 => (40.0, 0x99ff_ffff, 0x9900_0000),
        3 => (60.0, 0xccff_ffff, 0xcc00_0000),
        4 => (24.0, 0x0dff_ffff, 0x0d00_0000),
        5 => (40.0, 0x33ff_ffff, 0x3300_0000),
        6 => (60.0, 0x66ff_ffff, 0x6600_0000),
        7 => (80.0, 0x99ff_ffff, 0x9900_0000),
        8 => (24.0, 0x66ff_ffff, 0x6626_2626),
        9 => (40.0, 0x99f7_f7f7, 0x9926_2626),
        10 => (60.0, 0xb3f7_f7f7, 0xb326_2626),
        11 => (60.0, 0xccf7_f7f7, 0xcc26_2626),
        12 => (80.0, 0xe6f7_f7f7, 0xe626_2626),
        _ => return None,
    };
    Some(Material {
        radius,
        saturation: 1.2,
        brightness: 1.0,
        color: Color::from_argb(if dark { night } else { light }),
    })
}

pub(super) static METHODS: &[Method] = &[
    Method { name: "blur", apply: |node, args| change(node, |filters| put(&mut filters.blur, amount(args))) },
    Method {
        name: "brightness",
        apply: |node, args| change(node, |filters| put(&mut filters.brightness, amount(args))),
    },
    Method { name: "contrast", apply: |node, args| change(node, |filters| put(&mut filters.contrast, amount(args))) },
    Method { name: "saturate", apply: |node, args| change(node, |filters| put(&mut filters.saturate, amount(args))) },
    Method { name: "grayscale", apply: |node, args| change(node, |filters| put(&mut filters.grayscale, amount(args))) },
    Method { name: "sepia", apply: |node, args| change(node, |filters| put(&mut filters.sepia, amount(args))) },
    Method { name: "invert", apply: |node, args| change(node, |filters| put(&mut filters.invert, amount(args))) },
    Method {
        name: "hueRotate",
        apply: |node, args| {
            let degrees = match args.get(0) {
                Value::String(text) => text.trim_end_matches("deg").trim().parse().ok(),
                degrees => degrees.as_f32(),
            };
            change(node, |filters| put(&mut filters.hue_rotate, degrees))
        },
    },
    Method {
        name: "colorBlend",
        apply: |node, args| change(node, |filters| put(&mut filters.color_blend, parse_color(args.get(0)))),
    },
    Method {
        name: "backdropBlur",
        apply: |node, args| change(node, |filters| put(&mut filters.backdrop_blur, amount(args))),
    },
    Method {
        name: "backgroundBlurStyle",
        apply: |node, args| {
            let dark = match args.get(1).get("colorMode").as_i32() {
                Some(1) => false,
                Some(2) => true,
                _ => node.tree.environment.dark,
            };
            let style = args.get(0).as_i32().and_then(|style| blur_style(style, dark));
            change(node, |filters| put(&mut filters.material, style))
        },
    },
    Method {
        name: "backgroundEffect",
        apply: |node, args| {
            let value = args.get(0);
            let number = |name: &str| value.get(name).as_f32();
            let material = value.as_object().map(|_| Material {
                radius: number("radius").unwrap_or(0.0).max(0.0),
                saturation: number("saturation").unwrap_or(1.0),
                brightness: number("brightness").unwrap_or(1.0),
                color: parse_color(value.get("color")).unwrap_or(Color::TRANSPARENT),
            });
            change(node, |filters| put(&mut filters.material, material))
        },
    },
    Method {
        name: "foregroundBlurStyle",
        apply: |node, args| {
            let dark = node.tree.environment.dark;
            let style = args.get(0).as_i32().and_then(|style| blur_style(style, dark));
            change(node, |filters| put(&mut filters.blur, style.map(|style| style.radius)))
        },
    },
    Method {
        name: "blendMode",
        apply: |node, args| {
            // 0 is none; the modes follow from 1 on.
            let mode = args.get(0).as_i32().and_then(|mode| u32::try_from(mode).ok()?.checked_sub(1));
            let group = args.get(1).as_i32().unwrap_or(0) != 0;
            change(node, |filters| {
                put(&mut filters.blend, mode.and_then(BlendMode::from_arkui).map(|mode| (mode, group)))
            })
        },
    },
];
