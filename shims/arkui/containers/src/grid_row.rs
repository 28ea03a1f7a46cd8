//! `GridRow`: columns that depend on the width of the window or of the component.

use crate::layout::grid_row::{GridRowStyle, PerBreakpoint, measure_grid_row, place_grid_row};
use crate::values::length;
use concord_ui::change::put;
use concord_ui::common::ItemAlign;
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::Size;
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Value};
use std::any::Any;

/// See the module.
pub(super) struct GridRow;

impl Component for GridRow {
    fn name(&self) -> &'static str {
        "GridRow"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(GridRowStyle::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let style = pass.tree.state::<GridRowStyle>(node).cloned().unwrap_or_default();
        let (size, breakpoint, places) = measure_grid_row(pass, node, &style, constraint);
        if let Some(style) = pass.tree.state_mut::<GridRowStyle>(node) {
            style.breakpoint = Some(breakpoint);
            style.places = places;
        }
        if style.breakpoint != Some(breakpoint) {
            pass.tree.emit_event(node, "onBreakpointChange", vec![Value::text(breakpoint.name())]);
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let style = pass.tree.state::<GridRowStyle>(node).cloned().unwrap_or_default();
        place_grid_row(pass, node, &style);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let align = tree.state::<GridRowStyle>(node).and_then(|style| style.align);
        out.text("itemAlign", align.unwrap_or(ItemAlign::Start).name());
    }
}

/// `create({columns, gutter, breakpoints: {value, reference}, direction})`.
fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let gutter = options.get("gutter");
    let side = |name: &str| {
        let one = if length(gutter).is_some() { gutter } else { gutter.get(name) };
        PerBreakpoint::from_value(one, length)
    };
    let breakpoints = options.get("breakpoints");
    let limits = breakpoints.get("value").as_array().map(|limits| limits.iter().filter_map(length).collect());
    let (gutter_x, gutter_y) = (side("x"), side("y"));
    node.restyle(|style: &mut GridRowStyle| {
        style.columns = PerBreakpoint::from_value(options.get("columns"), Value::as_i32);
        style.gutter_x = gutter_x;
        style.gutter_y = gutter_y;
        style.limits = limits;
        style.by_component = breakpoints.get("reference").as_i32() == Some(1);
        style.reverse = options.get("direction").as_i32() == Some(1);
    })
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "alignItems",
        apply: |node, args| {
            node.restyle(|style: &mut GridRowStyle| put(&mut style.align, ItemAlign::from_value(args.get(0))))
        },
    },
    EVENTS[0],
];

static EVENTS: &[Method] = handlers!["onBreakpointChange"];
