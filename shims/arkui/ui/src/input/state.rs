//! States that styles depend on (`stateStyles`): pressed, focused, disabled, selected.

use crate::tree::{NodeId, Tree};
use rustc_hash::FxHashMap;

/// A set of states of a node, by the platform's bits; empty is normal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UiState(pub u32);

impl UiState {
    /// A finger or the mouse holds it.
    pub const PRESSED: UiState = UiState(1);
    /// It has the focus.
    pub const FOCUSED: UiState = UiState(2);
    /// `enabled(false)`, its own or of something around it.
    pub const DISABLED: UiState = UiState(4);
    /// Chosen: a radio button, a checkbox, an option.
    pub const SELECTED: UiState = UiState(8);

    /// Whether all of these states are in it.
    pub fn has(self, other: UiState) -> bool {
        self.0 & other.0 == other.0
    }

    /// With or without these states.
    pub fn with(self, other: UiState, on: bool) -> UiState {
        UiState(if on { self.0 | other.0 } else { self.0 & !other.0 })
    }
}

/// States of the nodes that have any, and what changed since it was last asked.
#[derive(Debug, Default)]
pub(crate) struct States {
    current: FxHashMap<NodeId, UiState>,
    changed: Vec<NodeId>,
}

impl Tree {
    /// The states of a node.
    pub fn ui_state(&self, node: NodeId) -> UiState {
        let state = self.input.states.current.get(&node).copied().unwrap_or_default();
        state.with(UiState::DISABLED, !self.is_enabled(node))
    }

    /// Changes a state of a node. Components set `SELECTED`; the rest comes from input.
    pub fn set_ui_state(&mut self, node: NodeId, state: UiState, on: bool) {
        if self.get(node).is_none() {
            return;
        }
        let current = self.input.states.current.entry(node).or_default();
        let next = current.with(state, on);
        if next != *current {
            *current = next;
            self.note_state_change(node);
        }
    }

    /// The styles of a node may depend on something that changed.
    pub fn note_state_change(&mut self, node: NodeId) {
        if !self.input.states.changed.contains(&node) {
            self.input.states.changed.push(node);
        }
        self.mark_paint(node);
    }

    /// Nodes whose states changed since the last call.
    pub fn take_state_changes(&mut self) -> Vec<NodeId> {
        let changed = std::mem::take(&mut self.input.states.changed);
        if !changed.is_empty() {
            let gone: Vec<NodeId> =
                self.input.states.current.keys().copied().filter(|node| self.get(*node).is_none()).collect();
            for node in gone {
                self.input.states.current.remove(&node);
            }
        }
        changed
    }

    /// Whether neither the node nor anything around it is disabled.
    pub fn is_enabled(&self, node: NodeId) -> bool {
        let mut up = std::iter::successors(Some(node), |id| self.get(*id)?.parent());
        up.all(|id| self.get(id).is_some_and(|node| !node.common.disabled))
    }
}
