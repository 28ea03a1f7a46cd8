//! `TabBar` and its tabs: parts of `Tabs`, which are never created by the app itself.

use super::tabs;
use crate::component::{Component, Method};
use crate::geometry::{Axis, Point, Size};
use crate::layout::{Constraint, ContentConstraint, Ideal, Pass, place_aligned};
use crate::pan::PanAxis;
use crate::scroll::{BarState, EdgeEffect, ScrollState, settle};
use crate::tree::{NodeId, Tree};
use crate::value::Value;
use std::any::Any;

/// The bar: tabs beside each other, which share it or scroll.
pub(super) struct TabBar;

/// One tab of the bar.
pub(super) struct TabBarItem;

#[derive(Default)]
struct State {
    vertical: bool,
    /// Tabs are as large as what is in them, and the bar scrolls.
    scrolls: bool,
    selected: usize,
    /// Whether the selected tab shall come into sight.
    reveal: bool,
}

/// Space beside what is in a tab of a bar that scrolls, in vp.
const PADDING: f32 = 8.0;

/// Says how the bar is laid out, and which tab is the selected one.
pub(super) fn prepare(tree: &mut Tree, bar: NodeId, vertical: bool, scrolls: bool, selected: usize) {
    if let Some(state) = tree.state_mut::<State>(bar) {
        let reveal = state.reveal || state.selected != selected;
        *state = State { vertical, scrolls, selected, reveal };
    }
    if let Some(scroll) = tree.scroll_mut(bar) {
        let axis = if vertical { PanAxis::Vertical } else { PanAxis::Horizontal };
        scroll.direction = Some(axis);
        scroll.style.bar = BarState::Off;
        scroll.style.interactive = scrolls;
    }
    // It is measured again with the items that it has now.
    tree.mark_measure(bar);
}

impl Component for TabBar {
    fn name(&self) -> &'static str {
        "TabBar"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn new_scroll(&self) -> Option<ScrollState> {
        Some(ScrollState::new(EdgeEffect::Spring))
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn methods(&self) -> &'static [Method] {
        &[]
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let Some(state) = pass.tree.state::<State>(node) else { return Size::ZERO };
        let axis = if state.vertical { Axis::Vertical } else { Axis::Horizontal };
        let scrolls = state.scrolls;
        let items = pass.children(node);
        let cross = constraint.max.along(axis.cross());
        let share = constraint.max.along(axis) / items.len().max(1) as f32;
        for item in &items {
            let mut ideal = Ideal::default().with(axis.cross(), Some(cross));
            let mut max = Size::on(axis, f32::INFINITY, cross);
            if !scrolls {
                ideal = ideal.with(axis, Some(share));
                max = Size::on(axis, share, cross);
            }
            let percent = if scrolls { constraint.max } else { max };
            pass.measure(*item, &Constraint { min: Size::ZERO, max, percent, ideal });
        }
        constraint.max
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let Some(state) = pass.tree.state_mut::<State>(node) else { return };
        let axis = if state.vertical { Axis::Vertical } else { Axis::Horizontal };
        let (selected, reveal) = (state.selected, std::mem::take(&mut state.reveal));
        let items = pass.children(node);
        let extents: Vec<f32> = items.iter().map(|item| pass.outer(*item).along(axis)).collect();
        let total: f32 = extents.iter().sum();
        let viewport = content.size.along(axis);
        let Some(scroll) = pass.tree.scroll_mut(node) else { return };
        let free = scroll.may_be_over(axis);
        let track = scroll.track_mut(axis);
        track.know(total, viewport);
        if reveal && total > viewport {
            let start: f32 = extents.iter().take(selected).sum();
            let own = extents.get(selected).copied().unwrap_or(0.0);
            let to = (start + own / 2.0 - viewport / 2.0).clamp(0.0, total - viewport);
            track.shift(to - track.offset);
        }
        if !free {
            track.clamp();
        }
        // Few tabs that do not fill the bar lie in its middle.
        let mut at = -track.offset + ((viewport - total) / 2.0).max(0.0);
        let right_to_left = axis == Axis::Horizontal && pass.tree.environment.right_to_left;
        for (item, extent) in items.into_iter().zip(extents) {
            let main = if right_to_left { viewport - at - extent } else { at };
            pass.place_child(item, content.origin + Point::on(axis, main, 0.0));
            at += extent;
        }
        settle(pass.tree, node, None);
    }
}

impl Component for TabBarItem {
    fn name(&self) -> &'static str {
        "TabBarItem"
    }

    fn methods(&self) -> &'static [Method] {
        &[Method { name: "create", apply: |_, _| Value::Undefined }]
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let size = pass.measure_stacked(node, constraint);
        if constraint.ideal.width.is_some() && constraint.ideal.height.is_some() {
            return size;
        }
        let padding = pass.tree.environment.vp(PADDING * 2.0);
        Size::new(size.width + padding, size.height)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        place_aligned(pass, node, Default::default());
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, _at: Point) {
        if let Some(bar) = pass.tree.frame_parent(node) {
            tabs::select(pass.tree, bar, node);
        }
    }
}
