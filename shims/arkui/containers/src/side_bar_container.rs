//! `SideBarContainer`: a side bar beside the content or above it.
//!
//! The first child is the side bar, the second the content; both fill what they get, whatever their own sizes. The button that
//! shows and hides the bar is not drawn yet, nor can the bar be dragged.

use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(super) struct SideBarContainer;

/// `SideBarContainerType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Type {
    #[default]
    Embed,
    Overlay,
    Auto,
    Displace,
}

#[derive(Debug, Clone, Default)]
struct Style {
    kind: Type,
    /// `showSideBar`; without it, the bar is shown where there is room.
    show: Option<bool>,
    width: Option<Length>,
    min_width: Option<Length>,
    max_width: Option<Length>,
    min_content: Option<Length>,
    auto_hide: Option<bool>,
    at_end: bool,
    /// Whether the bar was shown at the last measurement.
    shown: Option<bool>,
    /// The part of the width that the content does not get, and the width of the bar.
    taken: (f32, f32),
}

/// Widths in px.
struct Widths {
    bar: f32,
    content: f32,
    shown: bool,
    overlaid: bool,
}

impl Style {
    fn widths(&self, environment: &Environment, width: f32) -> Widths {
        let px = |length: &Option<Length>, default: f32| {
            let px = length.as_ref().and_then(|length| length.resolve(environment, width));
            px.filter(|px| *px >= 0.0).unwrap_or_else(|| environment.vp(default))
        };
        let default = if environment.target_api < 10 { 200.0 } else { 240.0 };
        let min = px(&self.min_width, default).min(width);
        let max = px(&self.max_width, 280.0).min(width).max(min);
        let mut bar = px(&self.width, default).clamp(min, max);
        let needed = px(&self.min_width, default) + px(&self.min_content, 360.0);
        let fits = width >= needed;
        let kind = match self.kind {
            Type::Auto if width >= needed.max(environment.vp(600.0)) => Type::Embed,
            Type::Auto => Type::Overlay,
            kind => kind,
        };
        let shown = self.show.unwrap_or(kind != Type::Embed || fits);
        let min_content = self.min_content.as_ref().map_or(0.0, |_| px(&self.min_content, 360.0));
        let overlaid = kind == Type::Overlay;
        if kind == Type::Displace {
            return Widths { bar, content: width, shown, overlaid };
        }
        if shown && !overlaid {
            // The bar gives way before the content does, down to its smallest width.
            bar = bar.min((width - min_content).max(min));
        }
        let content = if shown && !overlaid { width - bar } else { width };
        Widths { bar, content: content.max(min_content), shown, overlaid }
    }
}

impl Component for SideBarContainer {
    fn name(&self) -> &'static str {
        "SideBarContainer"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(Style::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let size = fill(constraint);
        let style = pass.tree.state::<Style>(node).cloned().unwrap_or_default();
        let widths = style.widths(&pass.tree.environment, size.width);
        let children = pass.children(node);
        for (child, width) in children.iter().zip([widths.bar, widths.content]) {
            let decided = pass.decide(*child, constraint.for_child(), Axis::Horizontal, width);
            let decided = pass.decide(*child, decided, Axis::Vertical, size.height);
            pass.measure(*child, &decided);
        }
        if let Some(style) = pass.tree.state_mut::<Style>(node) {
            style.shown = Some(widths.shown);
            let beside = widths.shown && !widths.overlaid;
            style.taken = (if beside { widths.bar } else { 0.0 }, widths.bar);
        }
        if style.shown.is_some_and(|shown| shown != widths.shown) {
            pass.tree.emit_event(node, "onChange", vec![Value::Bool(widths.shown)]);
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let style = pass.tree.state::<Style>(node).cloned().unwrap_or_default();
        let at_end = style.at_end != pass.tree.is_right_to_left(node);
        let children = pass.children(node);
        let (taken, bar) = style.taken;
        if let Some(main) = children.get(1) {
            let extent = pass.outer(*main).width;
            let x = if at_end { content.size.width - taken - extent } else { taken };
            pass.place_child(*main, content.origin + Point::new(x, 0.0));
        }
        if let Some(side) = children.first().filter(|_| style.shown == Some(true)) {
            let x = if at_end { content.size.width - bar } else { 0.0 };
            pass.place_child(*side, content.origin + Point::new(x, 0.0));
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(style) = tree.state::<Style>(node) else { return };
        out.flag("showSideBar", style.shown.or(style.show).unwrap_or(true));
        out.flag("autoHide", style.auto_hide.unwrap_or(true));
        out.text("sideBarPosition", if style.at_end { "SideBarPosition.End" } else { "SideBarPosition.Start" });
        let vp = |length: &Option<Length>, default: f32| length.clone().unwrap_or(Length::vp(default));
        for (name, length) in [
            ("sideBarWidth", vp(&style.width, 240.0)),
            ("minSideBarWidth", vp(&style.min_width, 240.0)),
            ("maxSideBarWidth", vp(&style.max_width, 280.0)),
            ("minContentWidth", vp(&style.min_content, 360.0)),
        ] {
            out.length(name, &length, &tree.environment);
        }
    }
}

/// All there is, where the size is not decided.
pub(super) fn fill(constraint: &ContentConstraint) -> Size {
    let extent = |axis: Axis| {
        let all = [constraint.ideal.along(axis).unwrap_or(f32::INFINITY), constraint.percent.along(axis)];
        let found = all.into_iter().chain([constraint.max.along(axis)]).find(|extent| extent.is_finite());
        found.unwrap_or(0.0).min(constraint.max.along(axis))
    };
    Size::new(extent(Axis::Horizontal), extent(Axis::Vertical))
}

fn length(value: &Value) -> Option<Length> {
    Length::from_value(value, Unit::Vp)
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let kind = match args.get(0).as_i32() {
                Some(1) => Type::Overlay,
                Some(2) => Type::Auto,
                Some(3) => Type::Displace,
                _ => Type::Embed,
            };
            node.restyle(|style: &mut Style| style.kind = kind)
        },
    },
    Method {
        name: "showSideBar",
        apply: |node, args| node.restyle(|style: &mut Style| style.show = args.get(0).as_bool()),
    },
    Method {
        name: "sideBarWidth",
        apply: |node, args| node.restyle(|style: &mut Style| style.width = length(args.get(0))),
    },
    Method {
        name: "minSideBarWidth",
        apply: |node, args| node.restyle(|style: &mut Style| style.min_width = length(args.get(0))),
    },
    Method {
        name: "maxSideBarWidth",
        apply: |node, args| node.restyle(|style: &mut Style| style.max_width = length(args.get(0))),
    },
    Method {
        name: "minContentWidth",
        apply: |node, args| node.restyle(|style: &mut Style| style.min_content = length(args.get(0))),
    },
    Method {
        name: "autoHide",
        apply: |node, args| node.redraw(|style: &mut Style| style.auto_hide = args.get(0).as_bool()),
    },
    Method {
        name: "sideBarPosition",
        apply: |node, args| node.restyle(|style: &mut Style| style.at_end = args.get(0).as_i32() == Some(1)),
    },
    EVENTS[0],
];

static EVENTS: &[Method] = handlers!["onChange"];
