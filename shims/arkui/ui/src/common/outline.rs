//! `outline`: a border around the outside of the node, which takes no room.

use super::border::{colors, styles};
use super::{Border, Corners, LengthEdges};
use crate::change::{Change, put};
use crate::component::{Method, Setter};
use crate::value::Value;

fn change<C: Change>(node: &mut Setter<'_>, change: impl FnOnce(&mut Border) -> C) -> Value {
    node.repaint(|common| change(common.outline.get_or_insert_default()))
}

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "outline",
        apply: |node, args| {
            let value = args.get(0);
            let outline = value.as_object().map(|_| {
                Box::new(Border {
                    width: LengthEdges::from_value(value.get("width")),
                    color: colors(value.get("color")),
                    radius: Corners::from_value(value.get("radius")),
                    style: styles(value.get("style")),
                })
            });
            node.repaint(|common| put(&mut common.outline, outline))
        },
    },
    Method {
        name: "outlineWidth",
        apply: |node, args| {
            let width = LengthEdges::from_value(args.get(0));
            change(node, |outline| put(&mut outline.width, width))
        },
    },
    Method {
        name: "outlineColor",
        apply: |node, args| {
            let color = colors(args.get(0));
            change(node, |outline| put(&mut outline.color, color))
        },
    },
    Method {
        name: "outlineRadius",
        apply: |node, args| {
            let radius = Corners::from_value(args.get(0));
            change(node, |outline| put(&mut outline.radius, radius))
        },
    },
    Method {
        name: "outlineStyle",
        apply: |node, args| {
            let style = styles(args.get(0));
            change(node, |outline| put(&mut outline.style, style))
        },
    },
];
