//! Sizes: `width`, `height`, `size`, `margin`, `padding`, `constraintSize`, `aspectRatio`, and what containers ask a child for.

use super::ItemAlign;
use crate::change::{Change, put};
use crate::component::{Method, Setter};
use crate::geometry::Edges;
use crate::units::{Environment, Length, Unit};
use crate::value::Value;

/// Four lengths. `start` and `end` (of `LocalizedPadding`) come before left and right.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LengthEdges {
    /// Left.
    pub left: Option<Length>,
    /// Top.
    pub top: Option<Length>,
    /// Right.
    pub right: Option<Length>,
    /// Bottom.
    pub bottom: Option<Length>,
    /// Left, or right where text runs from right to left.
    pub start: Option<Length>,
    /// Right, or left where text runs from right to left.
    pub end: Option<Length>,
}

impl LengthEdges {
    /// From a length for all edges, or an object with some of them.
    pub fn from_value(value: &Value) -> LengthEdges {
        if let Some(all) = Length::from_value(value, Unit::Vp) {
            let all = Some(all);
            return LengthEdges {
                left: all.clone(),
                top: all.clone(),
                right: all.clone(),
                bottom: all,
                ..LengthEdges::default()
            };
        }
        let edge = |name: &str| Length::from_value(value.get(name), Unit::Vp);
        LengthEdges {
            left: edge("left"),
            top: edge("top"),
            right: edge("right"),
            bottom: edge("bottom"),
            start: edge("start"),
            end: edge("end"),
        }
    }

    /// The left and the right length in this reading direction.
    pub fn left_right(&self, right_to_left: bool) -> (&Option<Length>, &Option<Length>) {
        let (start, end) = if right_to_left { (&self.end, &self.start) } else { (&self.start, &self.end) };
        (if start.is_some() { start } else { &self.left }, if end.is_some() { end } else { &self.right })
    }

    /// The edges in px; percentages are parts of `reference`, the parent's width.
    pub fn resolve(&self, environment: &Environment, reference: f32, right_to_left: bool) -> Edges {
        let px = |length: &Option<Length>| {
            length.as_ref().and_then(|length| length.resolve(environment, reference)).unwrap_or(0.0)
        };
        let (left, right) = self.left_right(right_to_left);
        Edges { left: px(left), top: px(&self.top), right: px(right), bottom: px(&self.bottom) }
    }
}

/// `constraintSize`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConstraintSize {
    /// Smallest width.
    pub min_width: Option<Length>,
    /// Largest width.
    pub max_width: Option<Length>,
    /// Smallest height.
    pub min_height: Option<Length>,
    /// Largest height.
    pub max_height: Option<Length>,
}

/// A length that is not negative; negative sizes count as not given.
fn extent(value: &Value) -> Option<Length> {
    Length::from_value(value, Unit::Vp).filter(|length| !matches!(length, Length::Plain(number, _) if *number < 0.0))
}

fn number(value: &Value) -> Option<f32> {
    value.as_f32().or_else(|| value.as_str()?.trim().parse().ok().filter(|number: &f32| number.is_finite()))
}

impl Setter<'_> {
    /// Changes something that sizes depend on.
    pub fn resize<C: Change>(&mut self, change: impl FnOnce(&mut super::Common) -> C) -> Value {
        if self.tree.get_mut(self.node).is_some_and(|node| change(&mut node.common).changed()) {
            self.tree.mark_measure(self.node);
        }
        Value::Undefined
    }

    /// Keeps an attribute that few nodes have, and that the layout of the parent reads.
    pub fn keep(&mut self, name: &'static str, value: Value) -> Value {
        self.resize(|common| {
            let value = (!value.is_nullish()).then_some(value);
            let differs = common.extra.get(name) != value.as_ref();
            match value {
                Some(value) => common.extra.insert(name, value),
                None => common.extra.remove(name),
            };
            differs
        })
    }

    /// Changes something that only shows.
    pub fn repaint<C: Change>(&mut self, change: impl FnOnce(&mut super::Common) -> C) -> Value {
        if self.tree.get_mut(self.node).is_some_and(|node| change(&mut node.common).changed()) {
            self.tree.mark_paint(self.node);
        }
        Value::Undefined
    }
}

pub(super) static METHODS: &[Method] = &[
    Method { name: "width", apply: |node, args| node.resize(|common| put(&mut common.width, extent(args.get(0)))) },
    Method { name: "height", apply: |node, args| node.resize(|common| put(&mut common.height, extent(args.get(0)))) },
    Method {
        name: "size",
        apply: |node, args| {
            let size = args.get(0);
            node.resize(|common| {
                put(&mut common.width, extent(size.get("width"))) | put(&mut common.height, extent(size.get("height")))
            })
        },
    },
    Method {
        name: "margin",
        apply: |node, args| node.resize(|common| put(&mut common.margin, LengthEdges::from_value(args.get(0)))),
    },
    Method {
        name: "padding",
        apply: |node, args| node.resize(|common| put(&mut common.padding, LengthEdges::from_value(args.get(0)))),
    },
    Method {
        name: "constraintSize",
        apply: |node, args| {
            let value = args.get(0);
            let limit = |name: &str| extent(value.get(name));
            let limits = ConstraintSize {
                min_width: limit("minWidth"),
                max_width: limit("maxWidth"),
                min_height: limit("minHeight"),
                max_height: limit("maxHeight"),
            };
            node.resize(|common| put(&mut common.constraint_size, value.as_object().map(|_| Box::new(limits))))
        },
    },
    Method {
        name: "safeAreaPadding",
        apply: |node, args| {
            let padding = args.get(0);
            let edges = (!padding.is_nullish()).then(|| Box::new(LengthEdges::from_value(padding)));
            node.resize(|common| put(&mut common.safe_area_padding, edges))
        },
    },
    Method {
        name: "aspectRatio",
        apply: |node, args| node.resize(|common| put(&mut common.aspect_ratio, number(args.get(0)))),
    },
    Method {
        name: "layoutWeight",
        apply: |node, args| node.resize(|common| put(&mut common.layout_weight, number(args.get(0)).unwrap_or(0.0))),
    },
    Method {
        name: "displayPriority",
        apply: |node, args| node.resize(|common| put(&mut common.display_priority, number(args.get(0)).unwrap_or(0.0))),
    },
    Method {
        name: "flexGrow",
        apply: |node, args| node.resize(|common| put(&mut common.flex_grow, number(args.get(0)))),
    },
    Method {
        name: "flexShrink",
        apply: |node, args| node.resize(|common| put(&mut common.flex_shrink, number(args.get(0)))),
    },
    Method {
        name: "flexBasis",
        apply: |node, args| {
            node.resize(|common| put(&mut common.flex_basis, Length::from_value(args.get(0), Unit::Vp)))
        },
    },
    Method { name: "alignRules", apply: |node, args| node.keep("alignRules", args.get(0).clone()) },
    Method {
        name: "chainMode",
        apply: |node, args| node.keep("chainMode", Value::array([args.get(0).clone(), args.get(1).clone()])),
    },
    Method { name: "chainWeight", apply: |node, args| node.keep("chainWeight", args.get(0).clone()) },
    Method {
        name: "alignSelf",
        apply: |node, args| node.resize(|common| put(&mut common.align_self, ItemAlign::from_value(args.get(0)))),
    },
];
