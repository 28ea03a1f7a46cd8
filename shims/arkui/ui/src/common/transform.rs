//! Transforms: `translate`, `scale`, `rotate`, `transform`. They move what is drawn and hit, never the layout.

use super::effects::Transform;
use crate::change::{Change, put};
use crate::component::{Method, Setter};
use crate::geometry::Size;
use crate::units::{Environment, Length, Unit};
use crate::value::Value;
use concord_paint::Matrix4;

fn change<C: Change>(node: &mut Setter<'_>, change: impl FnOnce(&mut Transform) -> C) -> Value {
    node.repaint(|common| change(common.effects.transform.get_or_insert_default()))
}

fn center(value: &Value) -> [Option<Length>; 2] {
    ["centerX", "centerY"].map(|name| Length::from_value(value.get(name), Unit::Vp))
}

/// Names and numbers of [`Tree::transforms`].
type Numbers = Vec<(&'static str, Vec<f64>)>;

impl crate::tree::Tree {
    /// What moves a node as it is shown now, as far as the app has said: `translate` (x, y, z), `scale` (x, y, z, centre),
    /// `rotate` (x, y, z, degrees, centre), `matrix` (by columns). Lengths are px.
    pub fn transforms(&self, id: crate::tree::NodeId) -> Numbers {
        let Some(node) = self.get(id) else { return Numbers::new() };
        let Some(transform) = &node.shown_effects().transform else { return Numbers::new() };
        let size = node.shown_frame().size;
        let px = |length: &Length, extent: f32| f64::from(length.resolve(&self.environment, extent).unwrap_or(0.0));
        let center = |[x, y]: &[Option<Length>; 2]| {
            let middle = |length: &Option<Length>, extent: f32| {
                length.as_ref().map_or(f64::from(extent / 2.0), |length| px(length, extent))
            };
            [middle(x, size.width), middle(y, size.height)]
        };
        let mut numbers = Numbers::new();
        if let Some([x, y, z]) = &transform.translate {
            numbers.push(("translate", vec![px(x, size.width), px(y, size.height), px(z, 0.0)]));
        }
        if let Some((factors, about)) = &transform.scale {
            let factors = factors.iter().map(|factor| f64::from(*factor));
            numbers.push(("scale", factors.chain(center(about)).collect()));
        }
        if let Some((axis, degrees, about, _)) = &transform.rotate {
            let axis = axis.iter().map(|part| f64::from(*part));
            numbers.push(("rotate", axis.chain([f64::from(*degrees)]).chain(center(about)).collect()));
        }
        if let Some(matrix) = &transform.matrix {
            numbers.push(("matrix", matrix.iter().map(|number| f64::from(*number)).collect()));
        }
        numbers
    }
}

impl Transform {
    /// What the transforms do to points of the node's own frame, in space.
    pub fn matrix(&self, environment: &Environment, size: Size) -> Matrix4 {
        let about = |center: &[Option<Length>; 2]| {
            let px = |length: &Option<Length>, extent: f32| {
                f64::from(
                    length.as_ref().and_then(|length| length.resolve(environment, extent)).unwrap_or(extent / 2.0),
                )
            };
            (px(&center[0], size.width), px(&center[1], size.height))
        };
        let around = |center: (f64, f64), matrix: Matrix4| {
            Matrix4::translate(center.0, center.1, 0.0) * matrix * Matrix4::translate(-center.0, -center.1, 0.0)
        };
        let middle = about(&[None, None]);
        let mut result = Matrix4::IDENTITY;
        if self.path_angle != 0.0 {
            result = around(middle, Matrix4::rotate(0.0, 0.0, 1.0, f64::from(self.path_angle).to_radians()));
        }
        if self.press != 1.0 {
            result = result * around(middle, Matrix4::scale(f64::from(self.press), f64::from(self.press), 1.0));
        }
        if let Some(matrix) = &self.matrix {
            return result * around(middle, Matrix4(matrix.map(f64::from)));
        }
        if let Some([x, y, z]) = &self.translate {
            let px = |length: &Length, extent| f64::from(length.resolve(environment, extent).unwrap_or(0.0));
            result = result * Matrix4::translate(px(x, size.width), px(y, size.height), px(z, 0.0));
        }
        if let Some(([x, y, z], center)) = &self.scale {
            let scale = Matrix4::scale(f64::from(*x), f64::from(*y), f64::from(*z));
            result = result * around(about(center), scale);
        }
        if let Some(([x, y, z], degrees, center, distance)) = &self.rotate {
            let turn = Matrix4::rotate(f64::from(*x), f64::from(*y), f64::from(*z), f64::from(*degrees).to_radians());
            // Turned out of the plane, a node is seen from some distance.
            let flat = *x == 0.0 && *y == 0.0;
            let eye = if *distance > 0.0 { f64::from(environment.vp(*distance)) } else { DEFAULT_EYE };
            let seen = if flat { turn } else { Matrix4::perspective(eye) * turn };
            result = result * around(about(center), seen);
        }
        result
    }
}

/// Distance of the eye in px where `perspective` is not given: the platform's camera stands 8 inches away, at 72 px each.
const DEFAULT_EYE: f64 = 576.0;

fn numbers<const N: usize>(value: &Value) -> Option<[f32; N]> {
    let items = value.as_array()?;
    let mut numbers = [0.0; N];
    for (slot, item) in numbers.iter_mut().zip(items) {
        *slot = item.as_f32()?;
    }
    (items.len() >= N).then_some(numbers)
}

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "translate",
        apply: |node, args| {
            let value = args.get(0);
            let length = |name: &str| Length::from_value(value.get(name), Unit::Vp).unwrap_or(Length::ZERO);
            let by = value.as_object().map(|_| [length("x"), length("y"), length("z")]);
            change(node, |transform| put(&mut transform.translate, by))
        },
    },
    Method {
        name: "scale",
        apply: |node, args| {
            let value = args.get(0);
            let factor = |name: &str| value.get(name).as_f32().unwrap_or(1.0);
            let scale = value.as_object().map(|_| ([factor("x"), factor("y"), factor("z")], center(value)));
            change(node, |transform| put(&mut transform.scale, scale))
        },
    },
    Method {
        name: "rotate",
        apply: |node, args| {
            let value = args.get(0);
            let axis = ["x", "y", "z"].map(|name| value.get(name).as_f32());
            // Without an axis a node turns in the plane.
            let axis = if axis == [None; 3] { [0.0, 0.0, 1.0] } else { axis.map(|part| part.unwrap_or(0.0)) };
            let angle = match value.get("angle") {
                Value::String(text) => text.trim_end_matches("deg").trim().parse().ok(),
                angle => angle.as_f32(),
            };
            let distance = value.get("perspective").as_f32().unwrap_or(0.0);
            let turn = value.as_object().map(|_| (axis, angle.unwrap_or(0.0), center(value), distance));
            change(node, |transform| put(&mut transform.rotate, turn))
        },
    },
    Method {
        name: "transform",
        apply: |node, args| {
            let matrix = numbers::<16>(args.get(0).get("matrix4x4")).map(Box::new);
            change(node, |transform| put(&mut transform.matrix, matrix))
        },
    },
    Method {
        name: "transform3D",
        apply: |node, args| {
            let matrix = numbers::<16>(args.get(0).get("matrix4x4")).map(Box::new);
            change(node, |transform| put(&mut transform.matrix, matrix))
        },
    },
];
