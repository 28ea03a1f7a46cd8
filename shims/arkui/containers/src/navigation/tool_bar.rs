//! `ToolBar`: the bar below the contents of a `Navigation` or `NavDestination`, which makes it; its items share the width.

use super::bars::part;
use super::title_bar::{icon, label};
use concord_paint::Color;
use concord_ui::component::{Component, Looks};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::theme;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(crate) struct ToolBar;

/// What the app builds for a bar: its contents at their own size.
pub(crate) struct NavBarPart;

/// Colours of `navigation_bar_pattern` in the theme.
const BACKGROUND: Color = Color::from_argb(0xfff1_f3f5);
const BACKGROUND_DARK: Color = Color::from_argb(0xff20_2224);

#[derive(Default)]
struct State {
    color: Option<Color>,
    custom: bool,
}

/// Makes a bar in its owner.
pub(super) fn build(
    tree: &mut Tree,
    owner: NodeId,
    items: &[Value],
    custom: Option<NodeId>,
    color: Option<Color>,
) -> Option<NodeId> {
    let bar = part(tree, owner, ToolBar.name())?;
    if let Some(state) = tree.state_mut::<State>(bar) {
        *state = State { color, custom: custom.is_some() };
    }
    if let Some(custom) = custom {
        tree.append(bar, custom);
        return Some(bar);
    }
    for item in items {
        // `ToolbarItemStatus`: normal 0, disabled 1, active 2.
        let status = item.get("status").as_i32();
        let color = if status == Some(2) { theme::ACTIVATED } else { theme::PRIMARY }.of(&tree.environment);
        let column = part(tree, bar, "Column")?;
        // In the middle of its share.
        tree.set(column, "justifyContent", &[Value::Number(2.0)]);
        if !item.get("icon").is_nullish() {
            let icon = icon(tree, column, item.get("icon"))?;
            tree.set(icon, "fillColor", &[Value::Number(color.to_argb().into())]);
        }
        label(tree, column, item.get("value"), "10fp", 500.0, color.to_argb());
        if let Some(action) = item.get("action").as_callback() {
            tree.set(column, "onClick", &[Value::Callback(action.clone())]);
        }
        if status == Some(1) {
            tree.set(column, "enabled", &[Value::Bool(false)]);
            tree.set(column, "opacity", &[Value::Number(0.4)]);
        }
    }
    Some(bar)
}

impl Component for ToolBar {
    fn name(&self) -> &'static str {
        "ToolBar"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        let dark = tree.environment.dark;
        let own = tree.state::<State>(node);
        let color = own.and_then(|state| state.color);
        let base = (!own.is_some_and(|state| state.custom)).then_some(if dark { BACKGROUND_DARK } else { BACKGROUND });
        Looks { background: color.or(base), ..Looks::default() }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        if pass.tree.state::<State>(node).is_some_and(|state| state.custom) {
            return pass.measure_stacked(node, constraint);
        }
        let size = constraint.fit(constraint.max);
        let items = pass.children(node);
        let share = size.width / items.len().max(1) as f32;
        for item in items {
            let decided = pass.decide(item, constraint.for_child(), Axis::Horizontal, share);
            let decided = pass.decide(item, decided, Axis::Vertical, size.height);
            pass.measure(item, &decided);
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let right_to_left = pass.tree.is_right_to_left(node);
        let Some(width) = pass.tree.get(node).map(|node| node.layout.size.width) else { return };
        let mut at = 0.0;
        for item in pass.children(node) {
            let extent = pass.outer(item).width;
            let x = if right_to_left { width - at - extent } else { at };
            pass.place_child(item, Point::new(x, 0.0));
            at += extent;
        }
    }
}

impl Component for NavBarPart {
    fn name(&self) -> &'static str {
        "NavBarPart"
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        concord_ui::layout::place_aligned(pass, node, concord_ui::common::Alignment::TopStart);
    }
}
