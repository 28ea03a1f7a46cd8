//! The libraries that are loaded, readable from any thread and from signal handlers.
//!
//! There is one immutable list at a time. Readers count themselves, take no lock and allocate nothing; who changes the list puts a new one in its place
//! and frees old ones when there is no reader. A reader that never ends (a callback that jumps away) costs memory, nothing else.

use crate::Module;
use std::marker::PhantomData;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Default)]
struct List {
    modules: Vec<Arc<Module>>,
    additions: u64,
    removals: u64,
}

static CURRENT: AtomicPtr<List> = AtomicPtr::new(std::ptr::null_mut());
static READERS: AtomicUsize = AtomicUsize::new(0);
/// Lists that readers may still have.
static RETIRED: Mutex<Vec<Retired>> = Mutex::new(Vec::new());

struct Retired(*mut List);

// SAFETY: only moved to whoever frees it.
unsafe impl Send for Retired {}

/// The loaded libraries at one moment; they stay mapped while this is held.
pub struct Modules {
    list: *const List,
    /// Counted on the thread that reads.
    _thread: PhantomData<*const ()>,
}

/// An address in a loaded library, which stays mapped while this is held.
pub struct Location {
    /// In the list that `modules` keeps.
    module: NonNull<Module>,
    address: usize,
    _modules: Modules,
}

/// The loaded libraries. Takes no lock and allocates nothing: fit for `dl_iterate_phdr` and for signal handlers.
pub fn modules() -> Modules {
    READERS.fetch_add(1, SeqCst);
    Modules { list: CURRENT.load(SeqCst), _thread: PhantomData }
}

/// Finds the library that an address lies in. Async-signal-safe.
pub fn locate(address: usize) -> Option<Location> {
    let modules = modules();
    let module = NonNull::from(modules.iter().find(|module| module.range().contains(&address))?);
    Some(Location { module, address, _modules: modules })
}

impl Modules {
    fn list(&self) -> Option<&List> {
        // SAFETY: null before the first library; otherwise a list that is not freed while this reader is counted.
        unsafe { self.list.as_ref() }
    }

    /// In the order in which they were loaded.
    pub fn iter(&self) -> impl Iterator<Item = &Module> {
        self.shared().iter().map(|module| &**module)
    }

    pub(crate) fn shared(&self) -> &[Arc<Module>] {
        self.list().map_or(&[], |list| &list.modules)
    }

    /// How many were ever loaded (`dlpi_adds`).
    pub fn additions(&self) -> u64 {
        self.list().map_or(0, |list| list.additions)
    }

    /// How many were unloaded (`dlpi_subs`).
    pub fn removals(&self) -> u64 {
        self.list().map_or(0, |list| list.removals)
    }
}

impl Drop for Modules {
    fn drop(&mut self) {
        READERS.fetch_sub(1, SeqCst);
    }
}

impl Location {
    /// The library.
    pub fn module(&self) -> &Module {
        // SAFETY: the list that has it is not freed while this reader is counted.
        unsafe { self.module.as_ref() }
    }

    /// File name of the library: `libfoo.so`.
    pub fn name(&self) -> &str {
        self.module().name()
    }

    /// The address as the file has it, which `addr2line` understands.
    pub fn offset(&self) -> usize {
        self.address.wrapping_sub(self.module().bias())
    }

    /// The exported function that the address lies in, and how far. Async-signal-safe.
    pub fn symbol(&self) -> Option<(&str, usize)> {
        let (name, start) = self.module().symbol_at(self.address)?;
        Some((name.to_str().ok()?, self.address - start))
    }
}

/// Adds libraries to the list.
pub(crate) fn add(new: impl IntoIterator<Item = Arc<Module>>) {
    change(|list| {
        let before = list.modules.len();
        list.modules.extend(new);
        list.additions += (list.modules.len() - before) as u64;
    });
}

/// Takes libraries from it.
pub(crate) fn remove(old: &[Arc<Module>]) {
    change(|list| {
        let before = list.modules.len();
        list.modules.retain(|module| !old.iter().any(|old| Arc::ptr_eq(old, module)));
        list.removals += (before - list.modules.len()) as u64;
    });
}

fn change(change: impl FnOnce(&mut List)) {
    // Held during the change, so there is one writer.
    let mut retired = RETIRED.lock().unwrap_or_else(PoisonError::into_inner);
    let mut list = {
        let current = modules();
        current.list().map_or_else(List::default, |list| List {
            modules: list.modules.clone(),
            additions: list.additions,
            removals: list.removals,
        })
    };
    change(&mut list);
    let old = CURRENT.swap(Box::into_raw(Box::new(list)), SeqCst);
    if !old.is_null() {
        retired.push(Retired(old));
    }
    // A reader that counts itself from here on sees the new list.
    if READERS.load(SeqCst) == 0 {
        for Retired(list) in retired.drain(..) {
            // SAFETY: made by `Box::into_raw`, replaced above or before, and no reader was left after that.
            drop(unsafe { Box::from_raw(list) });
        }
    }
}
