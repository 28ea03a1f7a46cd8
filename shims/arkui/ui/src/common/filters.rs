//! Filters on what a node draws (`blur`, `grayscale` …) and on what lies behind it (`backdropBlur`, `backgroundBrightness`).

use super::blur_style::Material;
use super::distortion::Distortion;
use super::parse_color;
use crate::change::{Change, put};
use crate::component::{Method, Setter};
use crate::geometry::Size;
use crate::units::Environment;
use crate::value::{Args, Value};
use concord_paint::{BlendMode, Color, ColorMatrix, Filter, sigma_of_radius};

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
    /// `backgroundBlurStyle` and `backgroundEffect`.
    pub material: Option<Material>,
    /// `foregroundBlurStyle`.
    pub foreground: Option<Material>,
    /// `backgroundBrightness`: how much dark places gain over bright ones, and how much all gain.
    pub background_brightness: Option<(f32, f32)>,
    /// What bends or smears the node.
    pub distortion: Option<Box<Distortion>>,
    /// `blendMode`, and whether the node is a group of its own.
    pub blend: Option<(BlendMode, bool)>,
}

impl Filters {
    /// Filters on what the node draws, in the platform's order.
    pub fn content(&self, environment: &Environment, size: Size) -> Vec<Filter> {
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
        if let Some(material) = &self.foreground {
            filters.extend(material.filters(environment));
        }
        if let Some(distortion) = &self.distortion {
            filters.extend(distortion.filters(environment, size));
        }
        filters.retain(|filter| !filter.is_identity());
        filters
    }

    /// Filters on what lies behind the node.
    pub fn backdrop(&self, environment: &Environment) -> Vec<Filter> {
        let mut filters = Vec::new();
        filters.extend(self.backdrop_blur.map(|radius| blur(environment, radius)));
        if let Some(material) = &self.material {
            filters.extend(material.filters(environment));
        }
        filters.extend(self.background_brightness.map(|(rate, degree)| {
            // The platform adds to what is behind the node, bright places less than dark ones.
            Filter::Matrix(ColorMatrix::light_up_background(rate, degree))
        }));
        filters.retain(|filter| !filter.is_identity());
        filters
    }
}

pub(super) fn blur(environment: &Environment, radius: f32) -> Filter {
    Filter::Blur { sigma: sigma_of_radius(f64::from(environment.vp(radius))) }
}

pub(super) fn change<C: Change>(node: &mut Setter<'_>, change: impl FnOnce(&mut Filters) -> C) -> Value {
    node.repaint(|common| change(common.effects.filters.get_or_insert_default()))
}

/// A number that is not negative.
fn amount(args: Args<'_>) -> Option<f32> {
    args.get(0).as_f32().filter(|amount| *amount >= 0.0)
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
        name: "backgroundBrightness",
        apply: |node, args| {
            let value = args.get(0);
            let number = |name: &str| value.get(name).as_f32().unwrap_or(0.0);
            let light = value.as_object().map(|_| (number("rate"), number("lightUpDegree")));
            change(node, |filters| put(&mut filters.background_brightness, light))
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
