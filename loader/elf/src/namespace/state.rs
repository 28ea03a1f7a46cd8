//! Which libraries are loaded, who needs whom, and what stays.

use super::OpenFlags;
use crate::Module;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// What a library needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Dependency {
    /// A guest library, by number.
    Guest(u64),
    /// A system library, by its place in the options.
    System(usize),
}

/// A loaded library.
pub(super) struct Member {
    pub(super) module: Arc<Module>,
    /// `DT_NEEDED`, in order.
    pub(super) needed: Vec<Dependency>,
    /// Libraries that its relocations point to; they stay as long as it does.
    pub(super) bound: FxHashSet<u64>,
    /// Times that it was opened and not closed.
    opens: u32,
    global: bool,
    no_delete: bool,
}

/// The libraries of a namespace.
#[derive(Default)]
pub(super) struct State {
    /// By number, in the order in which they were loaded.
    members: BTreeMap<u64, Member>,
    next: u64,
}

impl State {
    pub(super) fn next_id(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    pub(super) fn insert(&mut self, module: Arc<Module>) {
        let no_delete = module.image.dynamic.no_delete;
        let member =
            Member { needed: Vec::new(), bound: FxHashSet::default(), opens: 0, global: false, no_delete, module };
        self.members.insert(member.module.id, member);
    }

    /// Forgets a library whose loading failed.
    pub(super) fn forget(&mut self, id: u64) {
        self.members.remove(&id);
    }

    pub(super) fn member(&mut self, id: u64) -> Option<&mut Member> {
        self.members.get_mut(&id)
    }

    pub(super) fn module(&self, id: u64) -> Option<Arc<Module>> {
        self.members.get(&id).map(|member| Arc::clone(&member.module))
    }

    pub(super) fn modules(&self) -> impl Iterator<Item = &Arc<Module>> {
        self.members.values().map(|member| &member.module)
    }

    pub(super) fn containing(&self, address: usize) -> Option<Arc<Module>> {
        self.modules().find(|module| module.range().contains(&address)).cloned()
    }

    /// Those that were opened with `RTLD_GLOBAL`, in the order in which they were loaded.
    pub(super) fn global(&self) -> impl Iterator<Item = Arc<Module>> {
        self.members.values().filter(|member| member.global).map(|member| Arc::clone(&member.module))
    }

    /// Counts an opening.
    pub(super) fn open(&mut self, id: u64, flags: OpenFlags) -> Option<Arc<Module>> {
        if flags.global {
            for dependency in self.breadth_first(id) {
                if let Dependency::Guest(id) = dependency
                    && let Some(member) = self.members.get_mut(&id)
                {
                    member.global = true;
                }
            }
        }
        let member = self.members.get_mut(&id)?;
        member.opens = member.opens.saturating_add(1);
        member.no_delete |= flags.no_delete;
        Some(Arc::clone(&member.module))
    }

    /// Takes an opening back and removes what nobody needs any more. `None` when it is not open.
    pub(super) fn close(&mut self, id: u64) -> Option<Vec<Arc<Module>>> {
        let member = self.members.get_mut(&id).filter(|member| member.opens > 0)?;
        member.opens -= 1;
        if member.opens > 0 || member.no_delete {
            return Some(Vec::new());
        }
        let mut stays: FxHashSet<u64> = FxHashSet::default();
        let kept = self.members.iter().filter(|(_, member)| member.opens > 0 || member.no_delete);
        let mut queue: Vec<u64> = kept.map(|(id, _)| *id).collect();
        while let Some(id) = queue.pop() {
            if let Some(member) = self.members.get(&id)
                && stays.insert(id)
            {
                queue.extend(member.guests());
                queue.extend(&member.bound);
            }
        }
        let gone: Vec<u64> = self.members.keys().filter(|id| !stays.contains(id)).copied().collect();
        Some(gone.iter().filter_map(|id| Some(self.members.remove(id)?.module)).collect())
    }

    /// The library and what it needs, breadth first, each once.
    pub(super) fn breadth_first(&self, id: u64) -> Vec<Dependency> {
        let mut order = vec![Dependency::Guest(id)];
        let mut seen: FxHashSet<Dependency> = order.iter().copied().collect();
        let mut queue = VecDeque::from([id]);
        while let Some(member) = queue.pop_front().and_then(|id| self.members.get(&id)) {
            for dependency in &member.needed {
                if seen.insert(*dependency) {
                    order.push(*dependency);
                    if let Dependency::Guest(id) = dependency {
                        queue.push_back(*id);
                    }
                }
            }
        }
        order
    }

    /// The library and what it needs, each after what it needs itself as far as there is no cycle.
    pub(super) fn initialisation_order(&self, id: u64) -> Vec<Arc<Module>> {
        let mut order = Vec::new();
        let mut seen = FxHashSet::from_iter([id]);
        // Whose turn it is, and which of its needs comes next.
        let mut path = vec![(id, 0)];
        while let Some((id, next)) = path.last_mut() {
            let Some(member) = self.members.get(id) else {
                path.pop();
                continue;
            };
            match member.guests().nth(*next) {
                Some(needed) => {
                    *next += 1;
                    if seen.insert(needed) {
                        path.push((needed, 0));
                    }
                }
                None => {
                    order.push(Arc::clone(&member.module));
                    path.pop();
                }
            }
        }
        order
    }
}

impl Member {
    fn guests(&self) -> impl Iterator<Item = u64> {
        self.needed.iter().filter_map(|dependency| match dependency {
            Dependency::Guest(id) => Some(*id),
            Dependency::System(_) => None,
        })
    }
}
