//! Which leaf comes next: by Tab, and by arrows.

use crate::geometry::{Axis, Point, Rect};
use crate::input::{focus_style, space};
use crate::tree::{MAX_DEPTH, NodeId, Tree};

/// Nodes with a positive `tabIndex` in its order; without any, all in the order of the tree. A negative one is left out.
pub(super) fn tab_order(tree: &Tree, leaves: Vec<NodeId>) -> Vec<NodeId> {
    let index = |leaf: NodeId| {
        let chain = space::chain(tree, leaf);
        let mut indices = chain
            .into_iter()
            .filter_map(|node| Some(tree.get(node)?.common.input.as_ref()?.tab_index))
            .filter(|index| *index != 0);
        indices.next().unwrap_or(0)
    };
    let mut indexed: Vec<(i32, NodeId)> = leaves.into_iter().map(|leaf| (index(leaf), leaf)).collect();
    indexed.retain(|(index, _)| *index >= 0);
    if indexed.iter().any(|(index, _)| *index > 0) {
        indexed.retain(|(index, _)| *index > 0);
        indexed.sort_by_key(|(index, _)| *index);
    }
    indexed.into_iter().map(|(_, leaf)| leaf).collect()
}

pub(super) fn neighbour(order: &[NodeId], current: Option<NodeId>, backwards: bool) -> Option<NodeId> {
    let count = order.len();
    let at = current.and_then(|current| order.iter().position(|leaf| *leaf == current));
    let next = match (at, backwards) {
        (Some(at), false) => (at + 1) % count,
        (Some(at), true) => (at + count - 1) % count,
        (None, false) => 0,
        (None, true) => count.checked_sub(1)?,
    };
    order.get(next).copied()
}

/// Where Tab stops: a container with `tabStop` instead of what is in it, and once in each group.
pub(super) fn stops(tree: &Tree, order: Vec<NodeId>, current: Option<NodeId>) -> Vec<NodeId> {
    let mut found: Vec<NodeId> = Vec::new();
    let mut groups: Vec<NodeId> = Vec::new();
    for leaf in &order {
        let stop = match focus_style::tab_stop(tree, *leaf, current) {
            Some(container) => container,
            None => match focus_style::group(tree, *leaf) {
                Some((group, _)) if groups.contains(&group) => continue,
                Some((group, _)) => {
                    groups.push(group);
                    let members: Vec<NodeId> =
                        order.iter().copied().filter(|member| tree.is_inside(*member, group)).collect();
                    let inside = current.filter(|current| members.contains(current));
                    let last = tree.input.focus.last_in.get(&group).copied();
                    inside.or_else(|| focus_style::preferred(tree, group, &members, last)).unwrap_or(*leaf)
                }
                None => *leaf,
            },
        };
        if !found.contains(&stop) {
            found.push(stop);
        }
    }
    found
}

/// The leaf that an arrow leads to from the end of a line of a list or grid, where lines follow each other
/// (`FocusWrapMode.WRAP_WITH_ARROW`).
pub(super) fn wrapped(tree: &Tree, leaves: &[NodeId], current: NodeId, x: i8, y: i8) -> Option<NodeId> {
    let along = if x != 0 { Axis::Horizontal } else { Axis::Vertical };
    let around = std::iter::successors(tree.frame_parent(current), |id| tree.frame_parent(*id));
    let wraps =
        |id: &NodeId| tree.scroll(*id).is_some_and(|scroll| scroll.style.wraps_focus && scroll.axis() == along.cross());
    let container = around.take(MAX_DEPTH).find(wraps)?;
    let inside: Vec<NodeId> = leaves.iter().copied().filter(|leaf| tree.is_inside(*leaf, container)).collect();
    let from = tree.window_frame(current);
    let across = along.cross();
    let forward = x > 0 || y > 0;
    let in_line = |leaf: &&NodeId| {
        let to = tree.window_frame(**leaf);
        let (start, end) = (to.origin.along(across), to.origin.along(across) + to.size.along(across));
        let by = to.origin.along(along) - from.origin.along(along);
        start < from.origin.along(across) + from.size.along(across)
            && end > from.origin.along(across)
            && (if forward { by } else { -by }) > 0.5
    };
    if inside.iter().any(|leaf| in_line(&leaf)) {
        return None;
    }
    let at = inside.iter().position(|leaf| *leaf == current)?;
    let next = if forward { at.checked_add(1) } else { at.checked_sub(1) };
    inside.get(next?).copied()
}

/// The leaf that lies next in a direction: what is straight ahead before what is aside.
pub(super) fn nearest(tree: &Tree, leaves: &[NodeId], current: NodeId, x: i8, y: i8) -> Option<NodeId> {
    let middle =
        |rect: &Rect| Point::new(rect.origin.x + rect.size.width / 2.0, rect.origin.y + rect.size.height / 2.0);
    let from = tree.window_frame(current);
    let (x, y) = (f32::from(x), f32::from(y));
    leaves
        .iter()
        .copied()
        .filter(|leaf| *leaf != current)
        .filter_map(|leaf| {
            let to = tree.window_frame(leaf);
            let by = middle(&to) - middle(&from);
            let ahead = by.x * x + by.y * y;
            let aside = (by.x * y).abs() + (by.y * x).abs();
            // What overlaps the way straight ahead is not aside at all.
            let in_line = if x != 0.0 {
                to.origin.y < from.bottom() && to.bottom() > from.origin.y
            } else {
                to.origin.x < from.right() && to.right() > from.origin.x
            };
            (ahead > 0.5).then_some((leaf, ahead + if in_line { 0.0 } else { aside * 2.0 + 10_000.0 }))
        })
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(leaf, _)| leaf)
}
