//! `border`, `borderWidth`, `borderColor`, `borderRadius`, `borderStyle`.

use super::parse_color;
use super::size::LengthEdges;
use crate::change::put;
use crate::component::Method;
use crate::geometry::Edges;
use crate::units::{Environment, Length, Unit};
use crate::value::Value;
use concord_paint::Color;

/// Four radii.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corners {
    /// Top left.
    pub top_left: Option<Length>,
    /// Top right.
    pub top_right: Option<Length>,
    /// Bottom left.
    pub bottom_left: Option<Length>,
    /// Bottom right.
    pub bottom_right: Option<Length>,
}

impl Corners {
    /// The first radius that is given, from the top left corner on.
    pub fn first(&self) -> Option<&Length> {
        [&self.top_left, &self.top_right, &self.bottom_left, &self.bottom_right].into_iter().find_map(Option::as_ref)
    }

    /// The same radius everywhere.
    pub fn all(radius: Length) -> Corners {
        let all = Some(radius);
        Corners { top_left: all.clone(), top_right: all.clone(), bottom_left: all.clone(), bottom_right: all }
    }

    /// From a length for all, or an object with some of them.
    pub fn from_value(value: &Value) -> Corners {
        if let Some(all) = Length::from_value(value, Unit::Vp) {
            let all = Some(all);
            return Corners {
                top_left: all.clone(),
                top_right: all.clone(),
                bottom_left: all.clone(),
                bottom_right: all,
            };
        }
        let corner = |name: &str, localized: &str| {
            Length::from_value(value.get(name), Unit::Vp).or_else(|| Length::from_value(value.get(localized), Unit::Vp))
        };
        Corners {
            top_left: corner("topLeft", "topStart"),
            top_right: corner("topRight", "topEnd"),
            bottom_left: corner("bottomLeft", "bottomStart"),
            bottom_right: corner("bottomRight", "bottomEnd"),
        }
    }
}

/// `BorderStyle`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BorderStyle {
    /// A line.
    #[default]
    Solid,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
}

impl BorderStyle {
    fn from_value(value: &Value) -> BorderStyle {
        match value.as_i32() {
            Some(1) => BorderStyle::Dashed,
            Some(2) => BorderStyle::Dotted,
            _ => BorderStyle::Solid,
        }
    }
}

/// A border.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Border {
    /// Widths.
    pub width: LengthEdges,
    /// Colours of left, top, right and bottom; black where none is given.
    pub color: [Option<Color>; 4],
    /// Radii of the corners, of the background too.
    pub radius: Corners,
    /// Styles of left, top, right and bottom.
    pub style: [BorderStyle; 4],
}

impl Border {
    /// Widths in px; percentages count as zero.
    pub fn widths(&self, environment: &Environment, right_to_left: bool) -> Edges {
        let edges = self.width.resolve(environment, 0.0, right_to_left);
        Edges {
            left: edges.left.max(0.0),
            top: edges.top.max(0.0),
            right: edges.right.max(0.0),
            bottom: edges.bottom.max(0.0),
        }
    }
}

fn four<T: Copy>(value: &Value, all: Option<T>, one: impl Fn(&Value) -> T) -> [T; 4] {
    if let Some(all) = all {
        return [all; 4];
    }
    let edge = |name: &str, localized: &str| {
        let value = if value.get(name).is_nullish() { value.get(localized) } else { value.get(name) };
        one(value)
    };
    [edge("left", "start"), edge("top", "top"), edge("right", "end"), edge("bottom", "bottom")]
}

pub(super) fn colors(value: &Value) -> [Option<Color>; 4] {
    four(value, parse_color(value).map(Some), parse_color)
}

pub(super) fn styles(value: &Value) -> [BorderStyle; 4] {
    four(value, value.as_i32().map(|_| BorderStyle::from_value(value)), BorderStyle::from_value)
}

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "border",
        apply: |node, args| {
            let value = args.get(0);
            node.resize(|common| {
                // `border` without a radius keeps the one of `borderRadius`.
                let radius = match value.get("radius") {
                    Value::Undefined => common.border.as_ref().map(|border| border.radius.clone()).unwrap_or_default(),
                    radius => Corners::from_value(radius),
                };
                let border = Border {
                    width: LengthEdges::from_value(value.get("width")),
                    color: colors(value.get("color")),
                    radius,
                    style: styles(value.get("style")),
                };
                put(&mut common.border, Some(Box::new(border)))
            })
        },
    },
    Method {
        name: "borderWidth",
        apply: |node, args| {
            node.resize(|common| {
                put(&mut common.border.get_or_insert_default().width, LengthEdges::from_value(args.get(0)))
            })
        },
    },
    Method {
        name: "borderColor",
        apply: |node, args| {
            node.repaint(|common| put(&mut common.border.get_or_insert_default().color, colors(args.get(0))))
        },
    },
    Method {
        name: "borderRadius",
        apply: |node, args| {
            node.repaint(|common| {
                put(&mut common.border.get_or_insert_default().radius, Corners::from_value(args.get(0)))
            })
        },
    },
    Method {
        name: "borderStyle",
        apply: |node, args| {
            node.repaint(|common| put(&mut common.border.get_or_insert_default().style, styles(args.get(0))))
        },
    },
];
