//! What belongs to objects of JavaScript: wrapped data, type tags, finalizers.
//!
//! It is found by the object's address, as the collector never moves objects. An address may be used again, so each entry holds a
//! weak reference that says whether it is still the same object.

use crate::args::{Finalize, TypeTag};
use crate::env::Env;
use concord_ability::event_loop::EventLoop;
use concord_engine::{Local, Value, Weak};
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ffi::c_void;

/// So many finalizers may wait for the event loop; with more, the next entry into native code runs them.
const WAITING: usize = 4096;

/// A finalizer of the guest and what it is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finalizer {
    pub(crate) finalize: Finalize,
    pub(crate) data: *mut c_void,
    pub(crate) hint: *mut c_void,
}

/// What `napi_wrap` put into an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wrap {
    pub(crate) data: *mut c_void,
    pub(crate) finalizer: Option<Finalizer>,
}

struct Entry {
    object: Weak,
    wrap: Option<Wrap>,
    tag: Option<TypeTag>,
    finalizers: Vec<Finalizer>,
}

impl Entry {
    fn finalizers(self) -> impl Iterator<Item = Finalizer> {
        self.wrap.and_then(|wrap| wrap.finalizer).into_iter().chain(self.finalizers)
    }
}

/// The objects of an environment that something belongs to.
#[derive(Default)]
pub(crate) struct Objects {
    entries: RefCell<FxHashMap<u64, Entry>>,
    /// Finalizers of objects that have died.
    waiting: RefCell<VecDeque<Finalizer>>,
    scheduled: Cell<bool>,
    /// [`concord_engine::Context::collections`] at the last look for dead objects.
    swept: Cell<u64>,
}

impl Env {
    /// Reads what belongs to an object.
    fn with_entry<R>(&self, object: Local<'_>, read: impl FnOnce(&mut Entry) -> R) -> Option<R> {
        let mut entries = self.objects.entries.borrow_mut();
        let entry = entries.get_mut(&object.raw())?;
        (entry.object.get() == Some(object)).then(|| read(entry))
    }

    /// Adds to what belongs to an object.
    fn with_new_entry<R>(&self, object: Local<'_>, change: impl FnOnce(&mut Entry) -> R) -> R {
        let mut entries = self.objects.entries.borrow_mut();
        if let Some(stale) =
            entries.get(&object.raw()).filter(|entry| entry.object.get() != Some(object)).map(|_| object.raw())
            && let Some(dead) = entries.remove(&stale)
        {
            self.objects.waiting.borrow_mut().extend(dead.finalizers());
        }
        let entry = entries.entry(object.raw()).or_insert_with(|| Entry {
            object: self.context().weak(object),
            wrap: None,
            tag: None,
            finalizers: Vec::new(),
        });
        change(entry)
    }

    /// Wraps native data into an object. The finalizer of data that was in it before stays in charge of that.
    pub(crate) fn wrap(&self, object: Local<'_>, wrap: Wrap) {
        self.with_new_entry(object, |entry| {
            if let Some(finalizer) = entry.wrap.replace(wrap).and_then(|old| old.finalizer) {
                entry.finalizers.push(finalizer);
            }
        });
    }

    /// Wraps what belongs to the host into an object, for guests to unwrap; it outlives the object.
    pub fn wrap_native(&self, object: &Value, data: *mut c_void) {
        self.wrap(self.locals().local(object), Wrap { data, finalizer: None });
    }

    /// The data wrapped into an object.
    pub(crate) fn wrapped(&self, object: Local<'_>) -> Option<*mut c_void> {
        self.with_entry(object, |entry| entry.wrap.map(|wrap| wrap.data)).flatten()
    }

    /// Takes the data out; its finalizer will not run.
    pub(crate) fn unwrap(&self, object: Local<'_>) -> Option<*mut c_void> {
        self.with_entry(object, |entry| entry.wrap.take().map(|wrap| wrap.data)).flatten()
    }

    /// Runs a finalizer after the object has died.
    pub(crate) fn add_finalizer(&self, object: Local<'_>, finalizer: Finalizer) {
        self.with_new_entry(object, |entry| entry.finalizers.push(finalizer));
    }

    /// Tags an object; `false` when it has a tag.
    pub(crate) fn set_tag(&self, object: Local<'_>, tag: TypeTag) -> bool {
        self.with_new_entry(object, |entry| {
            let free = entry.tag.is_none();
            entry.tag.get_or_insert(tag);
            free
        })
    }

    /// An object's tag.
    pub(crate) fn tag(&self, object: Local<'_>) -> Option<TypeTag> {
        self.with_entry(object, |entry| entry.tag).flatten()
    }

    /// After a collection: finds the objects that have died, and has their finalizers run by the event loop.
    #[inline]
    pub fn sweep(&self) {
        if self.is_sweep_due() {
            self.find_dead();
        }
    }

    /// Whether there was a collection since the last [`Self::sweep`].
    #[inline(always)]
    pub(crate) fn is_sweep_due(&self) -> bool {
        self.collections.get() != self.objects.swept.get()
    }

    #[cold]
    fn find_dead(&self) {
        let objects = &self.objects;
        objects.swept.set(self.collections.get());
        {
            let mut waiting = objects.waiting.borrow_mut();
            let mut entries = objects.entries.borrow_mut();
            for (_, dead) in entries.extract_if(|_, entry| entry.object.get().is_none()) {
                waiting.extend(dead.finalizers());
            }
        }
        let waiting = objects.waiting.borrow().len();
        if waiting >= WAITING {
            self.run_finalizers();
        } else if waiting > 0 && !objects.scheduled.replace(true) {
            let pointer = self.pointer();
            match EventLoop::of(self.context()) {
                Some(event_loop) => event_loop.post(move |_| {
                    if let Ok(env) = pointer.hold() {
                        env.run_finalizers();
                    }
                    Ok(())
                }),
                None => objects.scheduled.set(false),
            }
        }
    }

    /// Runs the finalizers of objects that are known to have died.
    pub fn run_finalizers(&self) {
        self.objects.scheduled.set(false);
        loop {
            let next = self.objects.waiting.borrow_mut().pop_front();
            let Some(Finalizer { finalize, data, hint }) = next else { break };
            self.finalize(finalize, data, hint);
        }
    }

    /// Runs all finalizers, because the environment ends.
    pub(crate) fn finalize_everything(&self) {
        let entries = std::mem::take(&mut *self.objects.entries.borrow_mut());
        self.objects.waiting.borrow_mut().extend(entries.into_values().flat_map(Entry::finalizers));
        self.run_finalizers();
    }
}
