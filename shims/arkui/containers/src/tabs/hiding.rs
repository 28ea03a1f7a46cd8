//! The bar goes away while something that is bound scrolls on (`UIContext.bindTabsToScrollable`), and comes back a while after
//! that has come to rest.

use super::State;
use crate::hiding::{self, Hiding};
use concord_ui::component::Setter;
use concord_ui::geometry::Point;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Value};

/// How long a bar stays away, and how long it takes to come back, in ms.
const AWAY: f64 = 2000.0;
const RETURN: f64 = 500.0;

/// What the bar of tabs follows.
#[derive(Debug, Default)]
pub(super) struct BarHiding {
    hiding: Hiding,
    /// When the bar starts to come back.
    returns: Option<f64>,
}

fn access(tree: &mut Tree, tabs: NodeId) -> Option<&mut Hiding> {
    tree.state_mut::<State>(tabs).map(|state| &mut state.hiding.hiding)
}

/// `follow`: the containers that are bound now.
pub(super) fn bind(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let numbers = args.get(0).as_array().unwrap_or_default().iter().filter_map(Value::as_f64);
    let containers = numbers.filter_map(|number| node.tree.by_number(number as u64)).collect();
    hiding::bind(node.tree, node.node, access, containers);
    Value::Undefined
}

/// How far the bar (of a height in px) is moved out of sight now. To be called when the tabs are placed.
pub(super) fn shift(tree: &mut Tree, tabs: NodeId, height: f32) -> Point {
    let now = tree.now;
    let followed = hiding::follow(tree, tabs, access, height);
    let Some(state) = tree.state_mut::<State>(tabs) else { return Point::ZERO };
    let (at_end, vertical) = (state.at_end, state.vertical);
    let BarHiding { hiding, returns } = &mut state.hiding;
    *returns = followed.rests.then_some(returns.unwrap_or(now + AWAY));
    let mut shift = hiding.shift;
    if let Some(at) = *returns {
        let part = ((now - at) / RETURN).clamp(0.0, 1.0) as f32;
        shift *= 1.0 - part;
        if part < 1.0 {
            tree.tick_at(tabs, if now < at { at } else { now + 1.0 });
        } else {
            (hiding.shift, *returns) = (0.0, None);
        }
    }
    match (vertical, at_end) {
        (true, _) => Point::ZERO,
        (false, true) => Point::new(0.0, shift),
        (false, false) => Point::new(0.0, -shift),
    }
}

/// Places the tabs again while their bar comes back.
pub(super) fn tick(tree: &mut Tree, tabs: NodeId) {
    let now = tree.now;
    let due = |state: &mut State| state.hiding.returns.is_some_and(|at| at <= now);
    if tree.state_mut::<State>(tabs).is_some_and(due) {
        tree.mark_place(tabs);
    }
}
