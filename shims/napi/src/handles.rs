//! Numbers for guests that stand for things of ours and may arrive from any thread, at any time, also when the thing is gone.

use rustc_hash::FxHashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// A table of things that guests name by numbers. A number is never given out twice, so a stale one finds nothing.
pub(crate) struct Handles<T> {
    things: OnceLock<RwLock<FxHashMap<usize, Arc<T>>>>,
    next: AtomicUsize,
}

impl<T> Handles<T> {
    /// An empty table. `first` sets its numbers apart from those of other tables.
    pub(crate) const fn new(first: usize) -> Handles<T> {
        Handles { things: OnceLock::new(), next: AtomicUsize::new(first) }
    }

    fn things(&self) -> &RwLock<FxHashMap<usize, Arc<T>>> {
        self.things.get_or_init(RwLock::default)
    }

    /// Adds a thing, made from its number, which is never 0.
    pub(crate) fn add(&self, make: impl FnOnce(usize) -> T) -> usize {
        // Aligned like a pointer, for guests that tag pointers.
        let handle = self.next.fetch_add(16, Ordering::Relaxed);
        let thing = Arc::new(make(handle));
        self.things().write().unwrap_or_else(PoisonError::into_inner).insert(handle, thing);
        handle
    }

    /// The thing behind a number.
    pub(crate) fn get(&self, handle: usize) -> Option<Arc<T>> {
        self.things().read().unwrap_or_else(PoisonError::into_inner).get(&handle).cloned()
    }

    /// Forgets a number.
    pub(crate) fn remove(&self, handle: usize) -> Option<Arc<T>> {
        self.things().write().unwrap_or_else(PoisonError::into_inner).remove(&handle)
    }

    /// Those that `wanted` says yes to.
    pub(crate) fn find(&self, wanted: impl Fn(&T) -> bool) -> Vec<Arc<T>> {
        let things = self.things().read().unwrap_or_else(PoisonError::into_inner);
        things.values().filter(|thing| wanted(thing)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stale_numbers_find_nothing() {
        let table = Handles::new(0x1000);
        let first = table.add(|handle| handle);
        assert_eq!(table.get(first).as_deref(), Some(&first));
        assert!(table.remove(first).is_some());
        assert!(table.remove(first).is_none());
        let second = table.add(|handle| handle);
        assert_ne!(first, second);
        assert!(table.get(first).is_none());
        assert_eq!(table.find(|_| true).len(), 1);
    }
}
