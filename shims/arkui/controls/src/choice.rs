//! Whether something is chosen that a person can choose: a checkbox, a radio button.

use super::{Bound, set_selected};
use concord_ui::component::Setter;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Callback, Value};

/// Whether it is, and who is told of a change.
#[derive(Default)]
pub(super) struct Chosen {
    pub(super) on: bool,
    /// Whether the app says whether it is chosen.
    pub(super) told: bool,
    bound: Option<Callback>,
}

/// The state of a component that can be chosen.
pub(super) trait Choosable: 'static {
    /// Whether it is.
    fn chosen(&mut self) -> &mut Chosen;
}

/// Chooses it or not. Returns what is bound to it if that is a change; telling the app is left to the component.
pub(super) fn turn<T: Choosable>(tree: &mut Tree, node: NodeId, on: bool) -> Option<Option<Callback>> {
    let chosen = tree.state_mut::<T>(node)?.chosen();
    if chosen.on == on {
        return None;
    }
    chosen.on = on;
    let bound = chosen.bound.clone();
    set_selected(tree, node, on);
    Some(bound)
}

/// The app says whether it is chosen. How it is at first is no change; later, `set` makes it so.
pub(super) fn told<T: Choosable>(node: &mut Setter<'_>, args: Args<'_>, set: fn(&mut Tree, NodeId, bool)) -> Value {
    let bound = Bound::args(args);
    let on = bound.value.as_bool() == Some(true);
    let Some(state) = node.tree.state_mut::<T>(node.node) else { return Value::Undefined };
    let chosen = state.chosen();
    chosen.bound = bound.change;
    if std::mem::replace(&mut chosen.told, true) {
        set(node.tree, node.node, on);
    } else {
        chosen.on = on;
        set_selected(node.tree, node.node, on);
    }
    Value::Undefined
}
