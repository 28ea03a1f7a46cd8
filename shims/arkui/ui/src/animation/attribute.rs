//! Attributes that are animated by setting them anew in each frame: colours of text and shapes, font sizes, gradients … Their
//! values are mixed as the app gave them.

use super::property::Property;
use super::track::Track;
use super::{Animation, Animations};
use crate::common::parse_color;
use crate::component::{Method, Setter};
use crate::tree::{NodeId, Tree};
use crate::value::{Args, Object, Value};
use concord_paint::Color;
use std::rc::Rc;

/// What the arguments of an attribute are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Numbers and lengths; colours where they are called so.
    Plain,
    /// Colours.
    Color,
}

/// The attributes, by the names of their methods.
fn kind_of(component: &str, name: &str) -> Option<Kind> {
    // Their values are options of `create`.
    if matches!(component, "Gauge" | "Progress" | "Slider") && matches!(name, "create" | "value") {
        return Some(Kind::Plain);
    }
    Some(match name {
        "fontColor" | "fill" | "stroke" | "color" | "fillColor" | "foregroundColor" | "colorBlend" | "blockColor"
        | "trackColor" | "selectedColor" | "unselectedColor" | "switchPointColor" | "outlineColor"
        | "placeholderColor" | "caretColor" => Kind::Color,
        "fontSize"
        | "fontWeight"
        | "lineHeight"
        | "letterSpacing"
        | "baselineOffset"
        | "textIndent"
        | "textShadow"
        | "strokeWidth"
        | "strokeDashOffset"
        | "strokeOpacity"
        | "strokeMiterLimit"
        | "fillOpacity"
        | "startPoint"
        | "endPoint"
        | "points"
        | "radius"
        | "radiusWidth"
        | "radiusHeight"
        | "trackThickness"
        | "outlineWidth"
        | "outlineRadius"
        | "backgroundImagePosition"
        | "backgroundImageSize"
        | "linearGradient"
        | "radialGradient"
        | "sweepGradient"
        | "backgroundEffect"
        | "backgroundBrightness"
        | "lightUpEffect"
        | "sphericalEffect"
        | "pixelStretchEffect"
        | "foregroundEffect"
        | "linearGradientBlur" => Kind::Plain,
        _ => return None,
    })
}

/// What was set last, for the attributes that this file is about.
#[derive(Debug, Default)]
pub struct Attributes(Vec<Attribute>);

#[derive(Debug)]
struct Attribute {
    method: Method,
    kind: Kind,
    /// The values that are to be reached.
    target: Vec<Value>,
    /// Where they come from, and what is shown now.
    moving: Option<(Vec<Value>, Vec<Value>)>,
}

impl Attributes {
    fn find(&mut self, name: &str) -> Option<&mut Attribute> {
        self.0.iter_mut().find(|attribute| attribute.method.name == name)
    }
}

impl Tree {
    /// Notes that an attribute is set, and lets it move there. Returns whether it does: it is not to be set then.
    pub(super) fn animate_attribute(
        &mut self,
        id: NodeId,
        method: Method,
        args: Args<'_>,
        animation: Option<&Rc<Animation>>,
    ) -> bool {
        let Some(kind) = self.get(id).and_then(|node| kind_of(node.component.name(), method.name)) else {
            return false;
        };
        let Some(node) = self.get_mut(id) else { return false };
        let attributes = node.attributes.get_or_insert_default();
        let target = args.0.to_vec();
        let Some(known) = attributes.find(method.name) else {
            attributes.0.push(Attribute { method, kind, target, moving: None });
            return false;
        };
        let before = known.moving.take().map_or_else(|| known.target.clone(), |(_, shown)| shown);
        let changes = !same_all(&before, &target);
        known.target = target;
        let moves = animation.filter(|animation| changes && animation.timing.total() > 0.0);
        known.moving = moves.map(|_| (before.clone(), before));
        let property = Property::Attribute(method.name);
        Animations::end_property(&mut self.animations, id, property);
        if let Some(animation) = moves {
            self.start_track(id, Track::new(property, vec![1.0], animation));
        }
        moves.is_some()
    }

    /// Sets the attributes of a node that move, each with the part of the way that is left; others have arrived.
    pub(super) fn show_attributes(&mut self, id: NodeId, left: &[(&'static str, f64)]) {
        let Some(attributes) = self.get_mut(id).and_then(|node| node.attributes.as_mut()) else { return };
        let mut set: Vec<(Method, Vec<Value>)> = Vec::new();
        for attribute in attributes.0.iter_mut().filter(|attribute| attribute.moving.is_some()) {
            let part = left.iter().find(|(name, _)| *name == attribute.method.name).map(|(_, left)| 1.0 - left);
            let values = match (part, &mut attribute.moving) {
                (Some(part), Some((from, shown))) => {
                    *shown = mix_all(from, &attribute.target, part, attribute.kind);
                    shown.clone()
                }
                _ => {
                    attribute.moving = None;
                    attribute.target.clone()
                }
            };
            set.push((attribute.method, values));
        }
        self.animations.showing = true;
        for (method, values) in set {
            (method.apply)(&mut Setter { tree: self, node: id }, Args(&values));
        }
        self.animations.showing = false;
    }

    /// Whether attributes are being set for one frame of an animation of the app, not by the app.
    pub fn is_showing_attributes(&self) -> bool {
        self.animations.showing
    }
}

fn mix_all(from: &[Value], to: &[Value], part: f64, kind: Kind) -> Vec<Value> {
    let pairs = to.iter().enumerate().map(|(index, to)| match from.get(index) {
        Some(from) => mix(from, to, part, kind),
        None => to.clone(),
    });
    pairs.collect()
}

/// A value between two; what cannot be mixed is the new one.
fn mix(from: &Value, to: &Value, part: f64, kind: Kind) -> Value {
    let number = |a: f64, b: f64| a + (b - a) * part;
    match (from, to) {
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let one = |(index, (a, b)): (usize, (&Value, &Value))| {
                // `[color, offset]` of a gradient.
                let stop = kind == Kind::Color && b.as_array().is_none() && index > 0 && b.as_f64().is_some();
                mix(a, b, part, if stop { Kind::Plain } else { kind })
            };
            Value::array(a.iter().zip(b.iter()).enumerate().map(one))
        }
        (Value::Object(_), Value::Object(b)) => {
            let one = |(name, value): &(Rc<str>, Value)| {
                let kind = if matches!(&**name, "color" | "colors") { Kind::Color } else { kind };
                (Rc::clone(name), mix(from.get(name), value, part, kind))
            };
            Value::Object(Rc::new(Object { properties: b.properties.iter().map(one).collect() }))
        }
        _ if kind == Kind::Color => match (parse_color(from), parse_color(to)) {
            (Some(a), Some(b)) => {
                let parts = a.to_argb().to_be_bytes().into_iter().zip(b.to_argb().to_be_bytes());
                let mixed = parts.fold(0, |bits, (a, b)| {
                    bits << 8 | number(f64::from(a), f64::from(b)).clamp(0.0, 255.0).round() as u32
                });
                // As text: a number without opacity would be opaque.
                Value::text(format!("#{:08x}", Color::from_argb(mixed).to_argb()))
            }
            _ => to.clone(),
        },
        (Value::Number(a), Value::Number(b)) => Value::Number(number(*a, *b)),
        (Value::String(a), Value::String(b)) => match (length(a), length(b)) {
            (Some((a, unit)), Some((b, other))) if unit == other => Value::text(format!("{}{unit}", number(a, b))),
            _ => to.clone(),
        },
        _ => to.clone(),
    }
}

/// A number and its unit.
fn length(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
    number.is_finite().then_some((number, unit))
}

fn same_all(a: &[Value], b: &[Value]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Undefined | Value::Null, Value::Undefined | Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a == b,
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Array(a), Value::Array(b)) => same_all(a, b),
        (Value::Object(a), Value::Object(b)) => {
            a.properties.len() == b.properties.len()
                && a.properties.iter().zip(&b.properties).all(|((a, x), (b, y))| a == b && same(x, y))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &Value) -> &str {
        value.as_str().unwrap_or_default()
    }

    #[test]
    fn values_are_mixed_as_they_were_given() {
        let half = |a: Value, b: Value, kind| mix(&a, &b, 0.5, kind);
        assert_eq!(half(Value::Number(10.0), Value::Number(20.0), Kind::Plain).as_f64(), Some(15.0));
        assert_eq!(text(&half(Value::text("10vp"), Value::text("20vp"), Kind::Plain)), "15vp");
        // Other units: the new one.
        assert_eq!(text(&half(Value::text("10vp"), Value::text("20%"), Kind::Plain)), "20%");
        assert_eq!(text(&half(Value::text("#ff0000"), Value::Number(255.0), Kind::Color)), "#ff800080");
        let gradient = |color: &str, at: f64| {
            let stop = Value::array([Value::text(color), Value::Number(at)]);
            Value::object([("angle", Value::Number(at * 100.0)), ("colors", Value::array([stop]))])
        };
        let mixed = half(gradient("#000000", 0.0), gradient("#ffffff", 1.0), Kind::Plain);
        assert_eq!(mixed.get("angle").as_f64(), Some(50.0));
        let stop = mixed.get("colors").as_array().and_then(|stops| stops[0].as_array()).unwrap_or_default();
        assert_eq!((text(&stop[0]), stop[1].as_f64()), ("#ff808080", Some(0.5)));
    }
}
