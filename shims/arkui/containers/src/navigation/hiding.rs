//! Bars that go away while content scrolls on, and come back when it scrolls back (`bindToScrollable`).

use super::bars::{self, Bars};
use concord_ui::geometry::Axis;
use concord_ui::scroll::Moving;
use concord_ui::tree::{NodeId, Tree};

/// What a destination's bars follow.
#[derive(Debug, Default)]
pub(super) struct Hiding {
    /// Containers, with how far their content was scrolled when it was last looked at.
    bound: Vec<(NodeId, f32)>,
    /// How much of the title bar is hidden, in px; of the tool bar as large a part.
    pub(super) shift: f32,
}

fn offset(tree: &Tree, container: NodeId) -> Option<f32> {
    Some(tree.scroll(container)?.track(Axis::Vertical).offset)
}

/// Follows these containers from now on, and no others.
pub(super) fn bind(tree: &mut Tree, owner: NodeId, containers: Vec<NodeId>) {
    let Some(bars) = bars::of(tree, owner) else { return };
    let old = std::mem::take(&mut bars.hiding.bound);
    bars.hiding.shift = 0.0;
    for (container, _) in old {
        if let Some(scroll) = tree.scroll_mut(container) {
            scroll.bars.retain(|known| *known != owner);
        }
    }
    let mut bound = Vec::with_capacity(containers.len());
    for container in containers {
        let Some(at) = offset(tree, container) else { continue };
        if let Some(scroll) = tree.scroll_mut(container) {
            // Whoever follows a container is placed again when its content has moved.
            scroll.bars.push(owner);
        }
        bound.push((container, at));
    }
    if let Some(bars) = bars::of(tree, owner) {
        bars.hiding.bound = bound;
    }
    tree.mark_measure(owner);
}

/// Takes in how far content was scrolled since the last time. To be called when the owner is placed.
pub(super) fn follow(tree: &mut Tree, owner: NodeId, access: fn(&mut Tree, NodeId) -> Option<&mut Bars>) {
    let Some(bars) = access(tree, owner).filter(|bars| !bars.hiding.bound.is_empty()) else { return };
    let (bound, most, before) = (bars.hiding.bound.clone(), bars.title_height_now(), bars.hiding.shift);
    let mut shift = before;
    let mut now = Vec::with_capacity(bound.len());
    for (container, last) in bound {
        let Some(at) = offset(tree, container) else { continue };
        let resting = tree.scroll(container).is_some_and(|scroll| scroll.moving == Moving::Idle);
        shift = (shift + at - last).clamp(0.0, most);
        if at <= 0.0 {
            shift = 0.0;
        } else if resting && at == last {
            // Bars are there or not when nothing moves any more.
            shift = if shift > most / 2.0 { most } else { 0.0 };
        }
        now.push((container, at));
    }
    if let Some(bars) = access(tree, owner) {
        bars.hiding.bound = now;
        bars.hiding.shift = shift;
    }
    if shift != before {
        tree.mark_measure(owner);
    }
}
