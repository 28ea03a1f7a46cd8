//! What has to be laid out again.

use crate::tree::{NodeId, Tree};

/// What a node and its subtree need before the next frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dirty {
    /// Its size may change.
    pub measure: bool,
    /// The positions of its children may change.
    pub place: bool,
    /// A node below needs one of these.
    pub below: bool,
}

impl Tree {
    /// The size of a node may have changed.
    pub fn mark_measure(&mut self, id: NodeId) {
        if let Some(node) = self.nodes.get_mut(id) {
            node.dirty.measure = true;
            node.dirty.place = true;
        }
        self.mark_above(id, true);
    }

    /// The positions of the children of a node may have changed, but not its size.
    pub fn mark_place(&mut self, id: NodeId) {
        if let Some(node) = self.nodes.get_mut(id) {
            node.dirty.place = true;
        }
        self.mark_above(id, false);
    }

    /// The looks of a node have changed, but nothing about sizes and positions.
    pub fn mark_paint(&mut self, _id: NodeId) {
        self.needs_frame = true;
    }

    /// A changed size may change the sizes of everything around it.
    fn mark_above(&mut self, id: NodeId, measure: bool) {
        self.needs_frame = true;
        let mut above = self.nodes.get(id).and_then(|node| node.parent);
        while let Some(node) = above.filter(|id| Some(*id) != self.building).and_then(|id| self.nodes.get_mut(id)) {
            // Nodes without a box are never laid out, so their marks say nothing.
            if node.dirty.below && (!measure || node.dirty.measure) && !node.component.is_syntax() {
                break;
            }
            node.dirty.below = true;
            if measure {
                node.dirty.measure = true;
                node.dirty.place = true;
            }
            above = node.parent;
        }
    }
}
