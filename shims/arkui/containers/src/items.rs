//! The items of a container: its own children and those of virtual sources, as one sequence. Items of sources are built when they
//! are asked for, and given back when they are far out of sight.

use concord_ui::layout::Pass;
use concord_ui::sources::Splice;
use concord_ui::tree::{NodeId, Tree};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::ops::Range;

/// A part of the sequence.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Segment {
    /// One node.
    Node(NodeId),
    /// The items of a source.
    Virtual(NodeId),
}

/// The sequence, as it is during one layout.
#[derive(Debug, Default)]
pub(crate) struct Items {
    /// Segments with the index of their first item.
    segments: Vec<(usize, Segment)>,
    len: usize,
}

/// What a container remembers of the sources in it: which items are built. Part of the container's state.
#[derive(Debug, Default)]
pub(crate) struct Built {
    sources: FxHashMap<NodeId, BuiltItems>,
}

#[derive(Debug, Default)]
struct BuiltItems {
    version: u64,
    nodes: BTreeMap<usize, NodeId>,
}

impl Items {
    /// The items of a container. Children that `skip` names are no items (headers for instance).
    pub(crate) fn collect(tree: &Tree, container: NodeId, skip: &[NodeId]) -> Items {
        let mut items = Items::default();
        let mut stack: Vec<NodeId> =
            tree.get(container).map(|node| node.children().iter().rev().copied().collect()).unwrap_or_default();
        while let Some(id) = stack.pop() {
            if skip.contains(&id) {
                continue;
            }
            let Some(node) = tree.get(id) else { continue };
            if let Some(source) = tree.source(id) {
                items.segments.push((items.len, Segment::Virtual(id)));
                items.len = items.len.saturating_add(source.count);
            } else if node.component.is_syntax() {
                stack.extend(node.children().iter().rev());
            } else {
                items.segments.push((items.len, Segment::Node(id)));
                items.len += 1;
            }
        }
        items
    }

    /// The virtual sources among them.
    pub(crate) fn sources(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.segments.iter().filter_map(|(_, segment)| match segment {
            Segment::Virtual(source) => Some(*source),
            Segment::Node(_) => None,
        })
    }

    /// The index of the first item of a source, and how many it has.
    pub(crate) fn span_of(&self, source: NodeId) -> Option<(usize, usize)> {
        let at = self.segments.iter().position(|(_, segment)| *segment == Segment::Virtual(source))?;
        let (first, _) = self.segments.get(at)?;
        let end = self.segments.get(at + 1).map_or(self.len, |(next, _)| *next);
        Some((*first, end - first))
    }

    /// Gives items that are built the indexes that they have after changes of their sources. Returns these changes, in indexes of
    /// the container; what is not known in detail is not among them, and its items are asked for anew.
    pub(crate) fn follow(&self, tree: &Tree, built: &mut Built) -> Vec<Splice> {
        let mut all = Vec::new();
        for (start, segment) in &self.segments {
            let Segment::Virtual(source) = segment else { continue };
            let (Some(known), Some(now)) = (built.sources.get_mut(source), tree.source(*source)) else { continue };
            if known.version == now.version {
                continue;
            }
            let Some(splices) = tree.splices_since(*source, known.version) else { continue };
            known.version = now.version;
            for splice in splices {
                let nodes = std::mem::take(&mut known.nodes).into_iter();
                known.nodes = nodes.filter_map(|(index, node)| Some((splice.index(index)?, node))).collect();
                all.push(Splice { at: splice.at.saturating_add(*start), ..splice });
            }
            known.nodes.retain(|_, node| tree.get(*node).is_some());
        }
        all
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Where an item comes from: its segment and its index in that.
    fn locate(&self, index: usize) -> Option<(Segment, usize)> {
        let at = self.segments.partition_point(|(start, _)| *start <= index).checked_sub(1)?;
        let (start, segment) = self.segments.get(at)?;
        (index < self.len).then_some((*segment, index - start))
    }

    /// An item that exists already, without building it.
    pub(crate) fn existing(&self, built: &Built, index: usize) -> Option<NodeId> {
        match self.locate(index)? {
            (Segment::Node(node), _) => Some(node),
            (Segment::Virtual(source), index) => built.sources.get(&source)?.nodes.get(&index).copied(),
        }
    }

    /// All items that exist, with their indexes, in order.
    pub(crate) fn present(&self, built: &Built) -> Vec<(usize, NodeId)> {
        let mut present = Vec::new();
        for (start, segment) in &self.segments {
            match segment {
                Segment::Node(node) => present.push((*start, *node)),
                Segment::Virtual(source) => {
                    let nodes = built.sources.get(source).map(|known| &known.nodes);
                    present.extend(nodes.into_iter().flatten().map(|(index, node)| (start + index, *node)));
                }
            }
        }
        present
    }

    /// An item, built when it is not there.
    pub(crate) fn node(&self, pass: &mut Pass<'_>, built: &mut Built, index: usize) -> Option<NodeId> {
        let (source, index) = match self.locate(index)? {
            (Segment::Node(node), _) => return Some(node),
            (Segment::Virtual(source), index) => (source, index),
        };
        let version = pass.tree.source(source)?.version;
        let known = built.sources.entry(source).or_default();
        if known.version != version {
            known.version = version;
            known.nodes.clear();
        }
        if let Some(node) = known.nodes.get(&index).filter(|node| pass.tree.get(**node).is_some()) {
            return Some(*node);
        }
        let node = pass.host.build_item(pass.tree, source, index)?;
        // What the app builds is a box, perhaps inside nodes without one.
        let item = box_of(pass.tree, node)?;
        built.sources.entry(source).or_default().nodes.insert(index, item);
        Some(item)
    }

    /// Gives back what sources have built outside of a range of items.
    pub(crate) fn release_outside(&self, pass: &mut Pass<'_>, built: &mut Built, keep: &Range<usize>) {
        let mut sources = FxHashSet::default();
        for (start, segment) in &self.segments {
            let Segment::Virtual(source) = segment else { continue };
            sources.insert(*source);
            let known = built.sources.entry(*source).or_default();
            known.nodes.retain(|index, _| keep.contains(&(start + index)));
            let kept: FxHashSet<NodeId> = known.nodes.values().copied().collect();
            let Some(node) = pass.tree.get(*source) else { continue };
            let children = node.children().to_vec();
            for child in children.into_iter().rev() {
                if box_of(pass.tree, child).is_none_or(|item| !kept.contains(&item)) {
                    pass.host.release_item(pass.tree, *source, child);
                }
            }
        }
        built.sources.retain(|source, _| sources.contains(source));
    }
}

/// The first node with a box in a node: the node itself, unless it only groups others.
fn box_of(tree: &Tree, node: NodeId) -> Option<NodeId> {
    let found = tree.get(node)?;
    if found.component.is_syntax() { tree.frame_children(node).first().copied() } else { Some(node) }
}
