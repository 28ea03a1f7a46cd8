//! Shapes that cut or hide a node: `clipShape`, `maskShape`, and `clip` and `mask` with a shape.

use super::parse_color;
use crate::change::put;
use crate::component::{Method, Setter};
use crate::geometry::Size;
use crate::outline::{parse_path, rounded_rect};
use crate::units::{Environment, Length, Unit};
use crate::value::Value;
use concord_paint::Color;
use concord_paint::kurbo::{Affine, BezPath, Circle, Ellipse, Shape as _};

/// A shape as apps make it: `new CircleShape({width: 50})`, `new Circle(…)`.
#[derive(Debug, Clone, PartialEq)]
pub struct BasicShape {
    kind: Kind,
    size: [Option<Length>; 2],
    offset: [Length; 2],
    /// `fill`: how much of a node shows through a mask, by its brightness.
    pub fill: Color,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Circle,
    Ellipse,
    Rect([[Option<Length>; 2]; 4]),
    Path(BezPath),
}

impl BasicShape {
    /// From `{shape: name, values: {width, height, radius, commands, offset, position, fill}}`.
    pub fn from_value(value: &Value) -> Option<BasicShape> {
        let length = |value: &Value| Length::from_value(value, Unit::Vp);
        let name = value.get("shape").as_str()?;
        let value = value.get("values");
        let kind = match name {
            "Circle" => Kind::Circle,
            "Ellipse" => Kind::Ellipse,
            "Path" => Kind::Path(parse_path(value.get("commands").as_str().unwrap_or_default())),
            "Rect" => {
                let radius = value.get("radius");
                let (x, y) = (length(value.get("radiusWidth")), length(value.get("radiusHeight")));
                let corner = |index: usize| match radius.as_array().and_then(|corners| corners.get(index)) {
                    Some(corner) => match corner.as_array() {
                        Some([x, y, ..]) => [length(x), length(y)],
                        _ => [length(corner), length(corner)],
                    },
                    None => {
                        let all = length(radius);
                        [all.clone().or_else(|| x.clone()), all.or_else(|| y.clone())]
                    }
                };
                Kind::Rect([0, 1, 2, 3].map(corner))
            }
            _ => return None,
        };
        let at = [value.get("position"), value.get("offset")].into_iter().find(|at| at.as_object().is_some());
        let offset = |name: &str| at.and_then(|at| length(at.get(name))).unwrap_or(Length::ZERO);
        Some(BasicShape {
            kind,
            size: [length(value.get("width")), length(value.get("height"))],
            offset: [offset("x"), offset("y")],
            fill: parse_color(value.get("fill")).unwrap_or(Color::BLACK),
        })
    }

    /// Its outline in a box of this size, px. What has no size of its own is as large as the box.
    pub fn outline(&self, environment: &Environment, space: Size) -> BezPath {
        let px = |length: &Option<Length>, reference: f32| {
            f64::from(length.as_ref().and_then(|length| length.resolve(environment, reference)).unwrap_or(reference))
        };
        let [width, height] = &self.size;
        let (width, height) = (px(width, space.width), px(height, space.height));
        let mut path = match &self.kind {
            Kind::Circle => Circle::new((width / 2.0, height / 2.0), width.min(height) / 2.0).to_path(0.05),
            Kind::Ellipse => {
                let radii = (width / 2.0, height / 2.0);
                Ellipse::new(radii, radii, 0.0).to_path(0.05)
            }
            Kind::Path(path) => path.clone(),
            Kind::Rect(radii) => rounded_rect(Size::new(width as f32, height as f32), radii, environment),
        };
        let [x, y] = &self.offset;
        let at = |length: &Length, reference: f32| f64::from(length.resolve(environment, reference).unwrap_or(0.0));
        path.apply_affine(Affine::translate((at(x, space.width), at(y, space.height))));
        path
    }
}

fn clip(node: &mut Setter<'_>, value: &Value) -> Value {
    let shape = BasicShape::from_value(value).map(Box::new);
    node.repaint(|common| {
        put(&mut common.clip, value.as_bool() == Some(true)) | put(&mut common.effects.clip_shape, shape)
    })
}

fn mask(node: &mut Setter<'_>, value: &Value) -> Value {
    let shape = BasicShape::from_value(value).map(Box::new);
    node.repaint(|common| put(&mut common.effects.mask_shape, shape))
}

pub(super) static METHODS: &[Method] = &[
    Method { name: "clip", apply: |node, args| clip(node, args.get(0)) },
    Method {
        name: "clipShape",
        apply: |node, args| {
            let shape = BasicShape::from_value(args.get(0)).map(Box::new);
            node.repaint(|common| put(&mut common.effects.clip_shape, shape))
        },
    },
    Method { name: "mask", apply: |node, args| mask(node, args.get(0)) },
    Method { name: "maskShape", apply: |node, args| mask(node, args.get(0)) },
];
