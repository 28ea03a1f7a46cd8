//! Keeping values alive without a handle each, and knowing when they have died.

use crate::sys::{GroupRef, Marker, ObjectRef, WeakRef};
use crate::{Context, Local, Locals, Value, bits};
use std::cell::{Cell, UnsafeCell};
use std::ffi::c_void;
use std::rc::Rc;

/// A stack of values that the collector keeps alive: one per context, see [`Context::roots`].
#[derive(Default)]
pub struct Roots {
    values: UnsafeCell<Vec<u64>>,
    /// Whether the collector reads `values`; otherwise each cell is registered.
    marked: Cell<bool>,
}

/// Stacks that grew beyond this are freed when they are empty.
const KEPT: usize = 1 << 14;

impl Context {
    /// The context's stack of roots.
    pub fn roots(&self) -> &Rc<Roots> {
        self.inner.roots.get_or_init(|| {
            let roots = Rc::new(Roots::default());
            if let Some(add) = self.api().JSContextGroupAddMarkingConstraint {
                // SAFETY: the context is alive; `Inner` keeps the roots until the virtual machine is gone.
                unsafe {
                    add((self.api().JSContextGetGroup)(self.raw()), mark_roots, Rc::as_ptr(&roots).cast_mut().cast());
                }
                roots.marked.set(true);
            }
            roots
        })
    }
}

impl Roots {
    /// How many values there are.
    #[inline]
    pub fn len(&self) -> usize {
        // SAFETY: `values` is only changed in methods here, none of which runs other code; the collector only reads.
        unsafe { (*self.values.get()).len() }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keeps a value alive until [`Self::truncate`].
    pub fn push(&self, context: &Context, value: Local<'_>) {
        // SAFETY: as in `len`. The collector reads only while this thread waits inside of the engine, or has given up the engine's
        // lock, which callers from script and jobs hold.
        unsafe { (*self.values.get()).push(value.raw()) };
        if !self.marked.get() && value.is_cell() {
            // SAFETY: a live value of this context.
            unsafe { (context.api().JSValueProtect)(context.raw(), value.value_ref()) };
        }
    }

    /// Forgets all but the first `len` values.
    pub fn truncate(&self, context: &Context, len: usize) {
        // SAFETY: as in `push`.
        let values = unsafe { &mut *self.values.get() };
        if !self.marked.get() {
            for raw in values.iter().skip(len).filter(|raw| bits::is_cell(**raw as usize)) {
                // SAFETY: registered by `push`.
                unsafe { (context.api().JSValueUnprotect)(context.raw(), bits::value_ref(*raw as usize)) };
            }
        }
        values.truncate(len);
        if len == 0 && values.capacity() > KEPT {
            values.shrink_to_fit();
        }
    }
}

unsafe extern "C" fn mark_roots(marker: *const Marker, data: *mut c_void) {
    // SAFETY: `data` is the `Roots` of this virtual machine, which outlives it; the mutator is stopped.
    let values = unsafe { &*(*data.cast_const().cast::<Roots>()).values.get() };
    for raw in values.iter().filter(|raw| bits::is_cell(**raw as usize)) {
        // SAFETY: a live cell. The function takes any, although its type says object.
        unsafe { ((*marker).mark)(marker, *raw as ObjectRef) };
    }
}

/// Counts collections.
#[derive(Default)]
pub(crate) struct Collections {
    count: Rc<Cell<u64>>,
    watched: Cell<bool>,
}

impl Context {
    /// How many collections there have been since this was asked first. A change means that [`Weak`] references may have
    /// become empty.
    pub fn collections(&self) -> &Rc<Cell<u64>> {
        if !self.inner.collections.watched.replace(true) {
            self.watch_collections();
        }
        &self.inner.collections.count
    }

    fn watch_collections(&self) {
        let collections = &self.inner.collections;
        if let Some(add) = self.api().JSContextGroupAddHeapFinalizer {
            // SAFETY: the context is alive; the counter lives in `Inner`, which outlives the virtual machine.
            unsafe {
                let group = (self.api().JSContextGetGroup)(self.raw());
                add(group, collected, Rc::as_ptr(&collections.count).cast_mut().cast::<c_void>());
            }
        }
    }
}

unsafe extern "C" fn collected(_group: GroupRef, data: *mut c_void) {
    // SAFETY: `data` is the counter of this virtual machine; called on its thread.
    let count = unsafe { &*data.cast_const().cast::<Cell<u64>>() };
    count.set(count.get() + 1);
}

/// A reference that does not keep its value alive.
pub struct Weak(Kind);

enum Kind {
    Weak {
        context: Context,
        raw: WeakRef,
    },
    /// Of a value that never dies, or where the library lacks the functions.
    Strong(Value),
}

impl Context {
    /// A weak reference. Numbers and other values that are no cells never die.
    pub fn weak(&self, value: Local<'_>) -> Weak {
        let api = self.api();
        if let (Some(create), Some(_), Some(_), true) =
            (api.JSWeakCreate, api.JSWeakGetObject, api.JSWeakRelease, value.is_cell())
        {
            // SAFETY: a live cell of this context; the function takes any, although its type says object.
            let raw = unsafe { create((api.JSContextGetGroup)(self.raw()), value.value_ref().cast_mut()) };
            if !raw.is_null() {
                return Weak(Kind::Weak { context: self.clone(), raw });
            }
        }
        Weak(Kind::Strong(value.to_value(self)))
    }
}

impl Weak {
    /// The value, if it is alive. It is from now on, as long as it stays in a local variable.
    pub fn get(&self) -> Option<Local<'_>> {
        let raw = match &self.0 {
            // SAFETY: we own the reference.
            Kind::Weak { context, raw } => unsafe { (context.api().JSWeakGetObject?)(*raw) as u64 },
            Kind::Strong(value) => value.raw() as u64,
        };
        // SAFETY: what the reference gives is alive.
        unsafe { Local::from_raw(raw) }
    }
}

impl<'s> Locals<'s> {
    /// The value of a weak reference, if it is alive.
    pub fn weak(self, weak: &Weak) -> Option<Local<'s>> {
        // SAFETY: the value has just been alive, and from here on lies in a local variable.
        weak.get().and_then(|local| unsafe { Local::from_raw(local.raw()) })
    }
}

impl Drop for Kind {
    fn drop(&mut self) {
        if let Kind::Weak { context, raw } = self
            && let Some(release) = context.api().JSWeakRelease
        {
            // SAFETY: we own the reference, and the context is alive.
            unsafe { release((context.api().JSContextGetGroup)(context.raw()), *raw) };
        }
    }
}
