//! Shared objects that threads find by name, as long as somebody holds them.

use concord_runtime::sharing::{SharedRef, WeakRef};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Objects by name, and those without.
pub(super) struct Named {
    objects: Mutex<Objects>,
}

struct Objects {
    named: BTreeMap<String, WeakRef>,
    nameless: Vec<WeakRef>,
    /// How many there may be before the dead are removed.
    limit: usize,
}

impl Named {
    pub(super) const fn new() -> Named {
        Named { objects: Mutex::new(Objects { named: BTreeMap::new(), nameless: Vec::new(), limit: 64 }) }
    }

    fn with<R>(&self, f: impl FnOnce(&mut Objects) -> R) -> R {
        let mut objects = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        if objects.named.len() + objects.nameless.len() > objects.limit {
            objects.named.retain(|_, object| object.get().is_some());
            objects.nameless.retain(|object| object.get().is_some());
            objects.limit = 64 + 2 * (objects.named.len() + objects.nameless.len());
        }
        f(&mut objects)
    }

    /// The object of a name, made when there is none.
    pub(super) fn request(&self, name: &str, make: impl FnOnce(String) -> SharedRef) -> SharedRef {
        self.with(|objects| {
            if let Some(object) = objects.named.get(name).and_then(WeakRef::get) {
                return object;
            }
            let object = make(name.to_owned());
            objects.named.insert(name.to_owned(), object.downgrade());
            object
        })
    }

    /// The object of a name.
    pub(super) fn find(&self, name: &str) -> Option<SharedRef> {
        self.with(|objects| objects.named.get(name).and_then(WeakRef::get))
    }

    /// Adds an object to [`Self::all`] that has no name.
    pub(super) fn list(&self, object: SharedRef) -> SharedRef {
        self.with(|objects| objects.nameless.push(object.downgrade()));
        object
    }

    /// All that somebody holds.
    pub(super) fn all(&self) -> Vec<SharedRef> {
        self.with(|objects| objects.named.values().chain(&objects.nameless).filter_map(WeakRef::get).collect())
    }
}
