//! Effects on the whole picture of a node: `pixelStretchEffect`, `sphericalEffect`, `lightUpEffect`, `linearGradientBlur`,
//! `foregroundEffect`, and the filters of `@ohos.graphics.uiEffect`.

use super::filters::change;
use crate::change::put;
use crate::component::{Method, Setter};
use crate::geometry::Size;
use crate::units::{Environment, Length, Unit};
use crate::value::{Args, Value};
use concord_paint::kurbo::{Point, Rect};
use concord_paint::{Filter, GradientBlur, PixelStretch, Spherical, sigma_of_radius};
use std::sync::Arc;

/// What bends or smears what a node draws; unset changes nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Distortion {
    /// `foregroundEffect` and `foregroundFilter`: radius of a blur in px.
    pub blur: Option<f32>,
    /// `lightUpEffect`: 0 is black, 1 as it was.
    pub light_up: Option<f32>,
    /// `linearGradientBlur`.
    pub gradient_blur: Option<LinearGradientBlur>,
    /// `pixelStretchEffect`: left, top, right, bottom.
    pub stretch: Option<[Length; 4]>,
    /// `sphericalEffect`: 0 is flat, 1 a ball.
    pub sphere: Option<f32>,
}

/// `linearGradientBlur`.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearGradientBlur {
    /// Radius in vp where it is strongest.
    radius: f32,
    /// How strong it is, and where, both 0 to 1.
    stops: Vec<(f32, f32)>,
    /// Which way it changes, in parts of the box.
    way: [(f64, f64); 2],
}

impl Distortion {
    /// The filters for a box of this size.
    pub fn filters(&self, environment: &Environment, size: Size) -> Vec<Filter> {
        let bounds = Rect::new(0.0, 0.0, f64::from(size.width), f64::from(size.height));
        let mut filters = Vec::new();
        filters.extend(self.blur.map(|radius| Filter::Blur { sigma: sigma_of_radius(f64::from(radius)) }));
        filters.extend(self.gradient_blur.as_ref().map(|blur| {
            let at = |(x, y): (f64, f64)| Point::new(bounds.width() * x, bounds.height() * y);
            Filter::GradientBlur(Arc::new(GradientBlur {
                sigma: sigma_of_radius(f64::from(environment.vp(blur.radius))),
                start: at(blur.way[0]),
                end: at(blur.way[1]),
                stops: blur.stops.clone(),
            }))
        }));
        filters.extend(self.light_up.map(Filter::LightUp));
        filters.extend(self.sphere.map(|degree| Filter::Spherical(Spherical { bounds, degree: f64::from(degree) })));
        filters.extend(self.stretch.as_ref().and_then(|edges| {
            let px = |length: &Length, extent: f32| f64::from(length.resolve(environment, extent).unwrap_or(0.0));
            let [left, top, right, bottom] = edges;
            let edges = [px(left, size.width), px(top, size.height), px(right, size.width), px(bottom, size.height)];
            // Edges that go different ways have no effect on the platform, either.
            let same = edges.iter().all(|edge| *edge >= 0.0) || edges.iter().all(|edge| *edge <= 0.0);
            same.then_some(Filter::PixelStretch(PixelStretch { bounds, edges }))
        }));
        filters
    }
}

fn distort(node: &mut Setter<'_>, change_it: impl FnOnce(&mut Distortion) -> bool) -> Value {
    change(node, |filters| change_it(filters.distortion.get_or_insert_default()))
}

/// By `GradientDirection`: where the line begins and ends, in parts of the box.
fn way(direction: i32) -> [(f64, f64); 2] {
    match direction {
        0 => [(1.0, 0.0), (0.0, 0.0)],
        1 => [(0.0, 1.0), (0.0, 0.0)],
        2 => [(0.0, 0.0), (1.0, 0.0)],
        4 => [(1.0, 1.0), (0.0, 0.0)],
        5 => [(1.0, 0.0), (0.0, 1.0)],
        6 => [(0.0, 1.0), (1.0, 0.0)],
        7 => [(0.0, 0.0), (1.0, 1.0)],
        _ => [(0.0, 0.0), (0.0, 1.0)],
    }
}

fn gradient_blur(radius: &Value, options: &Value) -> Option<LinearGradientBlur> {
    let radius = radius.as_f32()?.clamp(0.0, 60.0);
    let mut last = 0.0_f32;
    let stops: Vec<(f32, f32)> = options
        .get("fractionStops")
        .as_array()?
        .iter()
        .filter_map(|stop| {
            let [amount, place, ..] = stop.as_array()? else { return None };
            last = place.as_f32()?.clamp(0.0, 1.0).max(last);
            Some((amount.as_f32()?.clamp(0.0, 1.0), last))
        })
        .collect();
    // One stop alone is no gradient.
    (stops.len() > 1).then(|| LinearGradientBlur {
        radius,
        stops,
        way: way(options.get("direction").as_i32().unwrap_or(3)),
    })
}

/// 0 to 1.
fn degree(args: Args<'_>) -> Option<f32> {
    args.get(0).as_f32().map(|degree| degree.clamp(0.0, 1.0))
}

/// The radius in px of the blurs of a `uiEffect` filter: `{effects_: [{kind, radius}]}`.
fn filter_radius(value: &Value) -> Option<f32> {
    let effects = value.get("effects_").as_array()?;
    let radii = effects.iter().filter(|effect| effect.get("kind").as_str() == Some("blur"));
    radii.filter_map(|effect| effect.get("radius").as_f32()).reduce(f32::max).filter(|radius| *radius > 0.0)
}

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "foregroundEffect",
        apply: |node, args| {
            let radius = args.get(0).get("radius").as_f32().filter(|radius| *radius > 0.0);
            let radius = radius.map(|radius| node.tree.environment.vp(radius));
            distort(node, |distortion| put(&mut distortion.blur, radius))
        },
    },
    Method {
        name: "foregroundFilter",
        apply: |node, args| distort(node, |distortion| put(&mut distortion.blur, filter_radius(args.get(0)))),
    },
    // What lies behind is filtered together with the node, which is the same as filtering the node alone where it covers all.
    Method {
        name: "compositingFilter",
        apply: |node, args| distort(node, |distortion| put(&mut distortion.blur, filter_radius(args.get(0)))),
    },
    Method {
        name: "backgroundFilter",
        apply: |node, args| {
            let radius = filter_radius(args.get(0));
            let radius = radius.map(|radius| radius / node.tree.environment.density.max(f32::EPSILON));
            change(node, |filters| put(&mut filters.backdrop_blur, radius))
        },
    },
    Method {
        name: "lightUpEffect",
        apply: |node, args| distort(node, |distortion| put(&mut distortion.light_up, degree(args))),
    },
    Method {
        name: "sphericalEffect",
        apply: |node, args| distort(node, |distortion| put(&mut distortion.sphere, degree(args))),
    },
    Method {
        name: "pixelStretchEffect",
        apply: |node, args| {
            let edge = |name: &str| Length::from_value(args.get(0).get(name), Unit::Vp).unwrap_or(Length::ZERO);
            let edges = args.get(0).as_object().map(|_| ["left", "top", "right", "bottom"].map(edge));
            distort(node, |distortion| put(&mut distortion.stretch, edges))
        },
    },
    Method {
        name: "linearGradientBlur",
        apply: |node, args| {
            distort(node, |distortion| put(&mut distortion.gradient_blur, gradient_blur(args.get(0), args.get(1))))
        },
    },
];
