//! Places: `position`, `offset`, `markAnchor`, `align`, `direction`, `zIndex`.

use super::{Alignment, Direction};
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
        })
    }

    /// The top left corner of a box of this size in the parent's frame; `content` is the parent's content box.
    pub fn resolve(&self, environment: &Environment, content: &Rect, size: Size) -> Point {
        let at = |near: &Option<Length>, far: &Option<Length>, extent: f32, own: f32| {
            let near = near.as_ref().and_then(|length| length.resolve(environment, extent));
            let far = far.as_ref().and_then(|length| length.resolve(environment, extent));
            near.or_else(|| far.map(|far| extent - own - far)).unwrap_or(0.0)
        };
        content.origin
            + Point::new(
                at(&self.left, &self.right, content.size.width, size.width),
                at(&self.top, &self.bottom, content.size.height, size.height),
            )
    }

    /// How far `offset` moves a node.
    pub fn shift(&self, environment: &Environment, parent: Size) -> Point {
        let by = |near: &Option<Length>, far: &Option<Length>, extent: f32| {
            let near = near.as_ref().and_then(|length| length.resolve(environment, extent));
            let far = far.as_ref().and_then(|length| length.resolve(environment, extent));
            near.or(far.map(|far| -far)).unwrap_or(0.0)
        };
        Point::new(by(&self.left, &self.right, parent.width), by(&self.top, &self.bottom, parent.height))
    }
}

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "position",
        apply: |node, args| node.resize(|common| common.position = Position::from_value(args.get(0)).map(Box::new)),
    },
    Method {
        name: "offset",
        apply: |node, args| node.resize(|common| common.offset = Position::from_value(args.get(0)).map(Box::new)),
    },
    Method {
        name: "markAnchor",
        apply: |node, args| {
            let value = args.get(0);
            let length = |name: &str| Length::from_value(value.get(name), Unit::Vp);
            let anchor = (
                length("x").or_else(|| length("start")).unwrap_or(Length::ZERO),
                length("y").or_else(|| length("top")).unwrap_or(Length::ZERO),
            );
            node.resize(|common| common.mark_anchor = value.as_object().map(|_| Box::new(anchor)))
        },
    },
    Method {
        name: "align",
        apply: |node, args| node.resize(|common| common.align = Alignment::from_value(args.get(0))),
    },
    Method {
        name: "layoutGravity",
        apply: |node, args| node.resize(|common| common.layout_gravity = Alignment::from_value(args.get(0))),
    },
    Method {
        name: "direction",
        apply: |node, args| {
            node.resize(|common| {
                common.direction = match args.get(0).as_i32() {
                    Some(0) => Some(Direction::Ltr),
                    Some(1) => Some(Direction::Rtl),
                    _ => None,
                };
            })
        },
    },
    Method {
        name: "zIndex",
        apply: |node, args| node.repaint(|common| common.z_index = args.get(0).as_i32().unwrap_or(0)),
    },
];
