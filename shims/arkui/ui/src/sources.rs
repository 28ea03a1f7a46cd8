//! Virtual sources: items that are built when they come into sight (`LazyForEach`, `Repeat` with virtual scroll).

use crate::tree::{NodeId, Tree};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// A virtual source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// How many items it has.
    pub count: usize,
    /// Counted up with every change of the data: what index an item has, and which node is its, must be asked again.
    pub version: u64,
}

/// A change of a sequence: at an index, so many items are gone and so many are new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Splice {
    /// Where.
    pub at: usize,
    /// How many are gone.
    pub removed: usize,
    /// How many are new.
    pub added: usize,
}

impl Splice {
    /// The index that an item has afterwards; nothing when it is gone.
    pub fn index(&self, index: usize) -> Option<usize> {
        if index < self.at {
            Some(index)
        } else if index < self.at.saturating_add(self.removed) {
            None
        } else {
            Some((index - self.removed).saturating_add(self.added))
        }
    }
}

/// Most items of a source: what is beyond is never shown.
pub const MOST_ITEMS: usize = 1 << 40;
/// Most versions of a source whose changes are remembered.
const MOST_VERSIONS: usize = 16;
/// Most changes between two versions that are remembered one by one. Behind that, all items are asked for anew.
const MOST_SPLICES: usize = 1000;

/// All sources of a tree.
#[derive(Default)]
pub(crate) struct Sources {
    all: FxHashMap<NodeId, Known>,
    /// Changes that belong to the next version of a source, which may not be one yet; nothing once there are too many.
    next: FxHashMap<NodeId, Option<Vec<Splice>>>,
}

/// What is known of a source.
struct Known {
    source: Source,
    /// Its changes, by the version that they led to.
    log: VecDeque<(u64, Vec<Splice>)>,
}

impl Sources {
    /// Forgets a node that has gone.
    pub(crate) fn end(&mut self, id: NodeId) {
        self.all.remove(&id);
        self.next.remove(&id);
    }
}

impl Tree {
    /// Makes a syntax node a virtual source, or says that its data has changed.
    pub fn set_source(&mut self, id: NodeId, count: usize) {
        let count = count.min(MOST_ITEMS);
        let next = self.sources.next.remove(&id).flatten();
        let known = self.sources.all.entry(id).and_modify(|known| known.source.version += 1);
        let known = known.or_insert_with(|| Known { source: Source { count, version: 0 }, log: VecDeque::new() });
        known.source.count = count;
        if let Some(next) = next.filter(|next| !next.is_empty()) {
            known.log.push_back((known.source.version, next));
            if known.log.len() > MOST_VERSIONS {
                known.log.pop_front();
            }
        }
        self.mark_measure(id);
    }

    /// Says what has changed in a virtual source, before [`Tree::set_source`] says so.
    pub fn note_splice(&mut self, id: NodeId, splice: Splice) {
        let next = self.sources.next.entry(id).or_insert_with(|| Some(Vec::new()));
        if next.as_ref().is_some_and(|next| next.len() >= MOST_SPLICES) {
            *next = None;
        }
        if let Some(next) = next {
            next.push(splice);
        }
    }

    /// The changes of a virtual source since a version, when all of them are known.
    pub fn splices_since(&self, id: NodeId, version: u64) -> Option<Vec<Splice>> {
        let known = self.sources.all.get(&id)?;
        let mut all = Vec::new();
        for wanted in version + 1..=known.source.version {
            all.extend(known.log.iter().find(|(version, _)| *version == wanted)?.1.iter().copied());
        }
        Some(all)
    }

    /// What is known of a virtual source.
    pub fn source(&self, id: NodeId) -> Option<Source> {
        self.sources.all.get(&id).map(|known| known.source)
    }

    /// Whether there is any virtual source.
    pub fn has_sources(&self) -> bool {
        !self.sources.all.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::plain::PLAIN;

    #[test]
    fn too_many_changes_are_forgotten_rather_than_kept() {
        let mut tree = Tree::new(&PLAIN);
        let source = tree.create_named("If", -1).expect("a component");
        let splice = Splice { at: 0, removed: 0, added: 1 };
        tree.set_source(source, 1);
        tree.note_splice(source, splice);
        tree.set_source(source, 2);
        assert_eq!(tree.splices_since(source, 0), Some(vec![splice]));
        for _ in 0..=MOST_SPLICES {
            tree.note_splice(source, splice);
        }
        tree.set_source(source, 3);
        assert_eq!(tree.splices_since(source, 1), None);
    }
}
