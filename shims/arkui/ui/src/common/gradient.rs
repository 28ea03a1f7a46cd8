//! Gradients behind the content: `linearGradient`, `radialGradient`, `sweepGradient`.

use super::parse_color;
use crate::change::put;
use crate::component::{Method, Setter};
use crate::geometry::Size;
use crate::units::{Environment, Length, Unit};
use crate::value::Value;
use concord_paint::kurbo::{Affine, Point};
use concord_paint::{Color, ColorStop, Extend, Gradient, GradientKind};

/// A gradient as the app gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct GradientStyle {
    shape: Shape,
    stops: Vec<(Color, f32)>,
    repeating: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Shape {
    /// Clockwise from upwards, in degrees.
    Angle(f32),
    /// From corner to corner: which parts of the width and height lie between start and end.
    Corner(f32, f32),
    Radial([Length; 2], Length),
    /// Degrees from the right, clockwise: start, end, and how far all is turned.
    Sweep([Length; 2], [f32; 3]),
}

/// `GradientDirection` by its number.
fn direction(number: i32) -> Shape {
    match number {
        0 => Shape::Angle(270.0),
        1 => Shape::Angle(0.0),
        2 => Shape::Angle(90.0),
        4 => Shape::Corner(-1.0, -1.0),
        5 => Shape::Corner(-1.0, 1.0),
        6 => Shape::Corner(1.0, -1.0),
        7 => Shape::Corner(1.0, 1.0),
        _ => Shape::Angle(180.0),
    }
}

fn degrees(value: &Value) -> Option<f32> {
    match value {
        Value::String(text) => text.trim_end_matches("deg").trim().parse().ok(),
        value => value.as_f32(),
    }
}

fn stops(value: &Value) -> Vec<(Color, f32)> {
    let stops = value.get("colors").as_array().unwrap_or_default();
    let mut last = 0.0_f32;
    let pairs = stops.iter().filter_map(|stop| {
        let [color, offset, ..] = stop.as_array()? else { return None };
        // Offsets do not go back.
        last = offset.as_f32().unwrap_or(0.0).clamp(0.0, 1.0).max(last);
        Some((parse_color(color)?, last))
    });
    pairs.collect()
}

fn center(value: &Value) -> [Length; 2] {
    let items = value.get("center").as_array().unwrap_or_default();
    let length = |index: usize| items.get(index).and_then(|item| Length::from_value(item, Unit::Vp));
    [0, 1].map(|index| length(index).unwrap_or(Length::Plain(0.5, Unit::Percent)))
}

impl GradientStyle {
    fn new(value: &Value, shape: Shape) -> Option<GradientStyle> {
        let stops = stops(value);
        let repeating = value.get("repeating").as_bool().unwrap_or(false);
        (!stops.is_empty()).then_some(GradientStyle { shape, stops, repeating })
    }

    /// From `LinearGradientOptions`.
    pub fn linear(value: &Value) -> Option<GradientStyle> {
        let shape = match degrees(value.get("angle")) {
            Some(angle) => Shape::Angle(angle),
            None => direction(value.get("direction").as_i32().unwrap_or(3)),
        };
        GradientStyle::new(value, shape)
    }

    /// From `RadialGradientOptions`.
    pub fn radial(value: &Value) -> Option<GradientStyle> {
        let radius = Length::from_value(value.get("radius"), Unit::Vp).unwrap_or(Length::ZERO);
        GradientStyle::new(value, Shape::Radial(center(value), radius))
    }

    /// The gradient in a box of this size.
    pub fn in_box(&self, environment: &Environment, size: Size) -> Gradient {
        let (width, height) = (f64::from(size.width), f64::from(size.height));
        let middle = Point::new(width / 2.0, height / 2.0);
        let at = |center: &[Length; 2]| {
            let px = |length: &Length, extent: f32| f64::from(length.resolve(environment, extent).unwrap_or(0.0));
            Point::new(px(&center[0], size.width), px(&center[1], size.height))
        };
        let kind = match &self.shape {
            Shape::Angle(degrees) => {
                // As long as the box is in this direction, so that the corners get the colours of the ends.
                let (sin, cos) = f64::from(*degrees).to_radians().sin_cos();
                let half = (width * sin).abs() / 2.0 + (height * cos).abs() / 2.0;
                let (dx, dy) = (sin * half, -cos * half);
                GradientKind::Linear {
                    start: Point::new(middle.x - dx, middle.y - dy),
                    end: Point::new(middle.x + dx, middle.y + dy),
                }
            }
            Shape::Corner(x, y) => {
                // At right angles to the other diagonal.
                let (dx, dy) = (height * f64::from(*x), width * f64::from(*y));
                let length = dx.hypot(dy).max(1e-6);
                let half = width * height / length;
                let (dx, dy) = (dx / length * half, dy / length * half);
                GradientKind::Linear {
                    start: Point::new(middle.x - dx, middle.y - dy),
                    end: Point::new(middle.x + dx, middle.y + dy),
                }
            }
            Shape::Radial(center, radius) => {
                let center = at(center);
                let radius = radius.resolve(environment, size.width.min(size.height)).unwrap_or(0.0).max(0.0);
                GradientKind::Radial { start_center: center, start_radius: 0.0, end_center: center, end_radius: radius }
            }
            Shape::Sweep(center, [start, end, turn]) => GradientKind::Sweep {
                center: at(center),
                start_angle: (start + turn).to_radians(),
                end_angle: (end + turn).to_radians(),
            },
        };
        let stops = self.stops.iter().map(|(color, offset)| ColorStop { offset: *offset, color: *color }).collect();
        let extend = if self.repeating { Extend::Repeat } else { Extend::Pad };
        Gradient { kind, stops, extend, transform: Affine::IDENTITY }
    }
}

fn set(node: &mut Setter<'_>, gradient: Option<GradientStyle>) -> Value {
    let gradient = gradient.map(Box::new);
    node.repaint(|common| put(&mut common.background.gradient, gradient))
}

pub(super) static METHODS: &[Method] = &[
    Method { name: "linearGradient", apply: |node, args| set(node, GradientStyle::linear(args.get(0))) },
    Method { name: "radialGradient", apply: |node, args| set(node, GradientStyle::radial(args.get(0))) },
    Method {
        name: "sweepGradient",
        apply: |node, args| {
            let value = args.get(0);
            let angle = |name: &str| degrees(value.get(name)).unwrap_or(0.0);
            let shape = Shape::Sweep(center(value), [angle("start"), angle("end"), angle("rotation")]);
            set(node, GradientStyle::new(value, shape))
        },
    },
];
