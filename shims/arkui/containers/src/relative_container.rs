//! `RelativeContainer`: children that are tied to each other.

use crate::layout::{Barrier, Guideline, RelativeStyle, measure_relative, place_relative};
use concord_ui::change::put;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(super) struct RelativeContainer;

impl Component for RelativeContainer {
    fn name(&self) -> &'static str {
        "RelativeContainer"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(RelativeStyle::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let style = pass.tree.state::<RelativeStyle>(node).cloned().unwrap_or_default();
        let (size, places) = measure_relative(pass, node, &style, constraint);
        if let Some(style) = pass.tree.state_mut::<RelativeStyle>(node) {
            style.places = places;
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let style = pass.tree.state::<RelativeStyle>(node).cloned().unwrap_or_default();
        place_relative(pass, node, &style);
    }
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method {
        name: "guideLine",
        apply: |node, args| {
            let lines = args.get(0).as_array().unwrap_or_default();
            let lines = lines.iter().filter_map(Guideline::from_value).collect();
            node.restyle(|style: &mut RelativeStyle| put(&mut style.guidelines, lines))
        },
    },
    Method {
        name: "barrier",
        apply: |node, args| {
            let lines = args.get(0).as_array().unwrap_or_default();
            let lines = lines.iter().filter_map(Barrier::from_value).collect();
            node.restyle(|style: &mut RelativeStyle| put(&mut style.barriers, lines))
        },
    },
];
