//! `MenuItem`: a line of a menu. What it shows is built by the library: one part at its start, and perhaps one at its end.

use concord_paint::Color;
use concord_ui::common::LengthEdges;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::{Point, Size};
use concord_ui::input::UiState;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use concord_ui::value::Value;

/// See the module.
pub(super) struct MenuItem;

/// Least height of the content, and the space between the parts, in vp.
const LEAST: f32 = 32.0;
const GAP: f32 = 12.0;

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    // The library builds a menu with it when the item is clicked.
    Method { name: "subMenuBuilder", apply: super::without_effect },
];

impl Component for MenuItem {
    fn name(&self) -> &'static str {
        "MenuItem"
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        let (sides, ends) = (Some(Length::vp(16.0)), Some(Length::vp(8.0)));
        let dark = tree.environment.dark;
        let pressed = if dark { Color::from_argb(0x26ff_ffff) } else { Color::from_argb(0x1918_2431) };
        let state = tree.ui_state(node);
        Looks {
            padding: LengthEdges {
                left: sides.clone(),
                right: sides,
                top: ends.clone(),
                bottom: ends,
                ..LengthEdges::default()
            },
            overlay: state.has(UiState::PRESSED).then_some(pressed),
            opacity: state.has(UiState::DISABLED).then_some(0.4),
            ..Looks::default()
        }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let density = pass.tree.environment.density;
        let (children, positioned) = pass.split_children(node);
        let mut own = constraint.for_child();
        let mut size = Size::new(0.0, LEAST * density);
        // The part at the end has its size first, so that a long text leaves room for it.
        for (index, child) in children.iter().rev().enumerate() {
            let gap = if index > 0 { GAP * density } else { 0.0 };
            own.max.width = (constraint.max.width - size.width - gap).max(0.0);
            pass.measure(*child, &own);
            let outer = pass.outer(*child);
            size = Size::new(size.width + gap + outer.width, size.height.max(outer.height));
        }
        pass.measure_positioned(&positioned, constraint);
        constraint.fit(size)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let (children, _) = pass.split_children(node);
        let last = children.len().saturating_sub(1);
        for (index, child) in children.into_iter().enumerate() {
            let outer = pass.outer(child);
            let x = if index > 0 && index == last { content.size.width - outer.width } else { 0.0 };
            pass.place_child(child, content.origin + Point::new(x, (content.size.height - outer.height) / 2.0));
        }
    }
}
