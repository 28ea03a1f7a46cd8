//! Places: `position`, `offset`, `markAnchor`, `align`, `direction`, `zIndex`.

use super::{Alignment, Direction};
use crate::change::put;
use crate::component::Method;
use crate::geometry::{Point, Rect, Size};
use crate::units::{Environment, Length, Unit};
use crate::value::Value;

/// `position` and `offset`: a point, or distances from edges.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Position {
    /// To the right from the left edge.
    pub left: Option<Length>,
    /// Down from the upper edge.
    pub top: Option<Length>,
    /// To the left from the right edge.
    pub right: Option<Length>,
    /// Up from the lower edge.
    pub bottom: Option<Length>,
    /// Whether left and right are start and end, which change sides where text runs from right to left.
    pub localized: bool,
}

impl Position {
    /// From `{x, y}`, `{left, top, right, bottom}` or `{start, end, top, bottom}`.
    fn from_value(value: &Value) -> Option<Position> {
        value.as_object()?;
        let length = |name: &str| Length::from_value(value.get(name), Unit::Vp);
        let first = |a: &str, b: &str, c: &str| length(a).or_else(|| length(b)).or_else(|| length(c));
        Some(Position {
            left: first("x", "left", "start"),
            top: first("y", "top", "top"),
            right: first("right", "end", "end"),
            bottom: length("bottom"),
            localized: !value.get("start").is_nullish() || !value.get("end").is_nullish(),
        })
    }

    fn sides(&self, right_to_left: bool) -> (&Option<Length>, &Option<Length>) {
        if self.localized && right_to_left { (&self.right, &self.left) } else { (&self.left, &self.right) }
    }

    /// The top left corner of a box of this size in the parent's frame; `content` is the parent's content box.
    pub fn resolve(&self, environment: &Environment, content: &Rect, size: Size, right_to_left: bool) -> Point {
        let at = |near: &Option<Length>, far: &Option<Length>, extent: f32, own: f32| {
            let near = near.as_ref().and_then(|length| length.resolve(environment, extent));
            let far = far.as_ref().and_then(|length| length.resolve(environment, extent));
            near.or_else(|| far.map(|far| extent - own - far)).unwrap_or(0.0)
        };
        let (left, right) = self.sides(right_to_left);
        content.origin
            + Point::new(
                at(left, right, content.size.width, size.width),
                at(&self.top, &self.bottom, content.size.height, size.height),
            )
    }

    /// How far `offset` moves a node.
    pub fn shift(&self, environment: &Environment, parent: Size, right_to_left: bool) -> Point {
        let by = |near: &Option<Length>, far: &Option<Length>, extent: f32| {
            let near = near.as_ref().and_then(|length| length.resolve(environment, extent));
            let far = far.as_ref().and_then(|length| length.resolve(environment, extent));
            near.or(far.map(|far| -far)).unwrap_or(0.0)
        };
        let (left, right) = self.sides(right_to_left);
        Point::new(by(left, right, parent.width), by(&self.top, &self.bottom, parent.height))
    }
}

/// `markAnchor`: the point of a node that `position` and `offset` are about.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchor {
    /// From the left edge of the node.
    pub x: Length,
    /// From its upper edge.
    pub y: Length,
}

impl Anchor {
    /// The anchor in px, in a node of this size.
    pub fn resolve(&self, environment: &Environment, size: Size) -> Point {
        Point::new(
            self.x.resolve(environment, size.width).unwrap_or(0.0),
            self.y.resolve(environment, size.height).unwrap_or(0.0),
        )
    }
}

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "position",
        apply: |node, args| {
            node.resize(|common| put(&mut common.position, Position::from_value(args.get(0)).map(Box::new)))
        },
    },
    Method {
        name: "offset",
        apply: |node, args| {
            node.resize(|common| put(&mut common.offset, Position::from_value(args.get(0)).map(Box::new)))
        },
    },
    Method {
        name: "markAnchor",
        apply: |node, args| {
            let value = args.get(0);
            let length = |name: &str| Length::from_value(value.get(name), Unit::Vp);
            let anchor = value.as_object().map(|_| {
                Box::new(Anchor {
                    x: length("x").or_else(|| length("start")).unwrap_or(Length::ZERO),
                    y: length("y").or_else(|| length("top")).unwrap_or(Length::ZERO),
                })
            });
            node.resize(|common| put(&mut common.mark_anchor, anchor))
        },
    },
    Method {
        name: "align",
        apply: |node, args| node.resize(|common| put(&mut common.align, Alignment::from_value(args.get(0)))),
    },
    Method {
        name: "layoutGravity",
        apply: |node, args| node.resize(|common| put(&mut common.layout_gravity, Alignment::from_value(args.get(0)))),
    },
    Method {
        name: "direction",
        apply: |node, args| {
            node.resize(|common| {
                // The members of the platform's enumeration are words; numbers come from C.
                let direction = match (args.get(0).as_str(), args.get(0).as_i32()) {
                    (Some("Ltr"), _) | (_, Some(0)) => Some(Direction::Ltr),
                    (Some("Rtl"), _) | (_, Some(1)) => Some(Direction::Rtl),
                    _ => None,
                };
                put(&mut common.direction, direction)
            })
        },
    },
    Method {
        name: "zIndex",
        apply: |node, args| node.repaint(|common| put(&mut common.z_index, args.get(0).as_i32().unwrap_or(0))),
    },
];
