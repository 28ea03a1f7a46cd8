//! Bars that go away while content scrolls on, and come back when it scrolls back (`bindToScrollable`, `bindTabsToScrollable`).

use concord_ui::geometry::Axis;
use concord_ui::scroll::Moving;
use concord_ui::tree::{NodeId, Tree};

/// What bars follow.
#[derive(Debug, Default)]
pub(crate) struct Hiding {
    /// Containers, with how far their content was scrolled when it was last looked at.
    bound: Vec<(NodeId, f32)>,
    /// How much of the bar is hidden, in px; of a second one as large a part.
    pub(crate) shift: f32,
}

/// Where a component keeps it.
pub(crate) type Access = fn(&mut Tree, NodeId) -> Option<&mut Hiding>;

/// What came of following.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Followed {
    /// More or less of the bar is hidden than before.
    pub(crate) changed: bool,
    /// All contents are at rest, and something is hidden.
    pub(crate) rests: bool,
}

fn offset(tree: &Tree, container: NodeId) -> Option<f32> {
    Some(tree.scroll(container)?.track(Axis::Vertical).offset)
}

/// Follows these containers from now on, and no others. The owner is measured again.
pub(crate) fn bind(tree: &mut Tree, owner: NodeId, access: Access, containers: Vec<NodeId>) {
    let Some(hiding) = access(tree, owner) else { return };
    let old = std::mem::take(&mut hiding.bound);
    hiding.shift = 0.0;
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
    if let Some(hiding) = access(tree, owner) {
        hiding.bound = bound;
    }
    tree.mark_measure(owner);
}

/// Takes in how far content was scrolled since the last time; at most `most` px of the bar are hidden. To be called when the
/// owner is placed.
pub(crate) fn follow(tree: &mut Tree, owner: NodeId, access: Access, most: f32) -> Followed {
    let Some(hiding) = access(tree, owner).filter(|hiding| !hiding.bound.is_empty()) else {
        return Followed::default();
    };
    let (bound, before) = (hiding.bound.clone(), hiding.shift);
    let (mut shift, mut rests) = (before, true);
    let mut now = Vec::with_capacity(bound.len());
    for (container, last) in bound {
        let Some(at) = offset(tree, container) else { continue };
        let resting = at == last && tree.scroll(container).is_some_and(|scroll| scroll.moving == Moving::Idle);
        shift = (shift + at - last).clamp(0.0, most);
        if at <= 0.0 {
            shift = 0.0;
        } else if resting {
            // Bars are there or not when nothing moves any more.
            shift = if shift > most / 2.0 { most } else { 0.0 };
        }
        rests &= resting;
        now.push((container, at));
    }
    if let Some(hiding) = access(tree, owner) {
        hiding.bound = now;
        hiding.shift = shift;
    }
    Followed { changed: shift != before, rests: rests && shift > 0.0 }
}
