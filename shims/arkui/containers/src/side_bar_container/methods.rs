//! Attributes of a side bar container.

use super::{Button, Line, Style, Type};
use crate::values::length;
use concord_ui::change::put;
use concord_ui::component::Method;
use concord_ui::handlers;
use concord_ui::value::Value;

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let kind = match args.get(0).as_i32() {
                Some(1) => Type::Overlay,
                Some(2) => Type::Auto,
                Some(3) => Type::Displace,
                _ => Type::Embed,
            };
            node.restyle(|style: &mut Style| put(&mut style.kind, kind))
        },
    },
    Method {
        name: "showSideBar",
        apply: |node, args| {
            let value = args.get(0);
            let (shown, changed) = match value {
                Value::Object(_) => (value.get("value"), value.get("changeEvent")),
                shown => (shown, args.get(1)),
            };
            let (shown, changed) = (shown.as_bool(), changed.as_callback().cloned());
            node.restyle(|style: &mut Style| {
                style.changed = changed;
                // The same value again does not take back what a finger has done.
                if style.given != shown || shown.is_none() {
                    style.show = shown;
                }
                style.given = shown;
            })
        },
    },
    Method {
        name: "controlButton",
        apply: |node, args| {
            let button = Button::from_value(args.get(0));
            node.restyle(|style: &mut Style| put(&mut style.button, button))
        },
    },
    Method {
        name: "showControlButton",
        apply: |node, args| {
            let shown = args.get(0).as_bool() != Some(false);
            node.restyle(|style: &mut Style| put(&mut style.has_button, shown))
        },
    },
    Method {
        name: "divider",
        apply: |node, args| {
            let line = Line::from_value(args.get(0));
            node.restyle(|style: &mut Style| put(&mut style.line, line))
        },
    },
    Method {
        name: "showSideBarWithGesture",
        apply: |node, args| {
            let by_gesture = args.get(0).as_bool() != Some(false);
            node.redraw(|style: &mut Style| put(&mut style.by_gesture, by_gesture))
        },
    },
    Method {
        name: "sideBarWidth",
        apply: |node, args| {
            let value = args.get(0);
            let value = if value.get("value").is_nullish() { value } else { value.get("value") };
            let width = length(value);
            node.restyle(|style: &mut Style| {
                if style.width != width {
                    style.dragged = None;
                }
                style.width = width;
            })
        },
    },
    Method {
        name: "minSideBarWidth",
        apply: |node, args| node.restyle(|style: &mut Style| put(&mut style.min_width, length(args.get(0)))),
    },
    Method {
        name: "maxSideBarWidth",
        apply: |node, args| node.restyle(|style: &mut Style| put(&mut style.max_width, length(args.get(0)))),
    },
    Method {
        name: "minContentWidth",
        apply: |node, args| node.restyle(|style: &mut Style| put(&mut style.min_content, length(args.get(0)))),
    },
    Method {
        name: "autoHide",
        apply: |node, args| node.redraw(|style: &mut Style| put(&mut style.auto_hide, args.get(0).as_bool())),
    },
    Method {
        name: "sideBarPosition",
        apply: |node, args| node.restyle(|style: &mut Style| put(&mut style.at_end, args.get(0).as_i32() == Some(1))),
    },
    EVENTS[0],
];

pub(super) static EVENTS: &[Method] = handlers!["onChange"];
