//! Nodes that belong to another one without being its children: what `overlay` and `background` build. They have no part in the
//! layout of the node; each is measured with its size and lies in it by an alignment.

use crate::common::Alignment;
use crate::geometry::{Point, Size};
use crate::layout::{Constraint, Ideal, Pass};
use crate::tree::{NodeId, Tree};
use crate::units::Length;

/// A node at another one.
#[derive(Debug, Clone)]
pub struct Attached {
    /// The node.
    pub node: NodeId,
    /// Whether it lies above the children, and not below the content.
    pub above: bool,
    /// Where it lies.
    pub align: Alignment,
    /// How far from there.
    pub offset: [Length; 2],
}

impl Tree {
    /// Puts a node at another one, in place of what was there on that side. Returns whether that is possible.
    pub fn attach(&mut self, owner: NodeId, attached: Attached) -> bool {
        if self.is_inside(owner, attached.node) || self.get(attached.node).is_none() {
            return false;
        }
        self.detach(attached.node);
        self.detach_side(owner, attached.above);
        let node = attached.node;
        let Some(place) = self.get_mut(owner) else { return false };
        place.attached.push(attached);
        if let Some(child) = self.get_mut(node) {
            child.parent = Some(owner);
        }
        self.mark_measure(node);
        self.mark_place(owner);
        true
    }

    /// Takes away what lies above a node, or below its content.
    pub fn detach_side(&mut self, owner: NodeId, above: bool) {
        for node in self.attached(owner, above) {
            self.detach(node);
        }
    }

    /// What lies above a node, or below its content.
    pub fn attached(&self, owner: NodeId, above: bool) -> Vec<NodeId> {
        let all = self.get(owner).map(|node| node.attached.as_slice()).unwrap_or_default();
        all.iter().filter(|attached| attached.above == above).map(|attached| attached.node).collect()
    }
}

impl Pass<'_> {
    /// Measures and places what is attached to a node, whose size is known.
    pub(crate) fn place_attached(&mut self, owner: NodeId) {
        let Some(node) = self.tree.get(owner).filter(|node| !node.attached.is_empty()) else { return };
        let (size, all) = (node.layout.size, node.attached.clone());
        let right_to_left = self.tree.is_right_to_left(owner);
        for Attached { node, align, offset, .. } in all {
            let constraint = Constraint { min: Size::ZERO, max: size, percent: size, ideal: Ideal::default() };
            self.measure(node, &constraint);
            let outer = self.outer(node);
            let (x, y) = align.factors(right_to_left);
            let [dx, dy] = offset.each_ref().map(|length| length.to_px(&self.tree.environment));
            let at = Point::new((size.width - outer.width) * x + dx, (size.height - outer.height) * y + dy);
            self.place_child(node, at);
            self.place(node);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scene;
    use crate::testing::plain::PLAIN;
    use crate::value::Value;

    #[test]
    fn what_is_attached_lies_in_the_node_and_ends_with_it() {
        let mut scene = Scene::new(&PLAIN, "Column");
        let owner = scene.add(scene.root, "Stack");
        scene.size(owner, 100.0, 100.0);
        let node = scene.tree.create_named("Stack", 7).unwrap_or(owner);
        scene.set(node, "width", &[Value::text("50%")]);
        scene.set(node, "height", &[Value::Number(20.0)]);
        let offset = [Length::ZERO, Length::vp(-5.0)];
        let attached = Attached { node, above: true, align: Alignment::BottomEnd, offset };
        assert!(
            scene.tree.attach(owner, attached.clone())
                && !scene.tree.attach(node, Attached { node: owner, ..attached })
        );
        scene.frame();
        assert_eq!(scene.rect(node), (50.0, 75.0, 50.0, 20.0));
        assert!(scene.tree.frame_children(owner).is_empty());
        assert!(scene.tree.destroy(owner).contains(&7) && scene.tree.get(node).is_none());
    }
}
