//! Handle scopes.
//!
//! A handle is the value itself, so a scope needs only to keep its values alive. Each entry into guest code brings room for the
//! first handles in its own stack frame, where the collector looks anyway; what does not fit goes to the context's roots. Scopes
//! that guests open are marks in both.

use crate::args::Handle;
use crate::env::Env;
use crate::recovery::Point;
use crate::status::{Outcome, Status};
use concord_engine::{Local, Value};
use std::cell::{Cell, RefCell};
use std::mem::MaybeUninit;
use std::ptr;

/// Handles in the stack frame of an entry.
const INLINE: usize = 64;

/// One entry into guest code: lives on the stack of the call that enters, and must not move meanwhile.
pub(crate) struct Entry<'a> {
    env: &'a Env,
    /// The entry of the same environment around this one.
    outer: *const Entry<'a>,
    /// Address of the function that is called; 0 where it is not one.
    function: usize,
    /// Where giving the call up returns to.
    pub(crate) point: Point,
    /// Handles in `slots`.
    used: Cell<usize>,
    /// Scopes that the guest has opened in this entry and not closed.
    open: Cell<usize>,
    /// How many roots there were before the first handle that did not fit; [`NONE`] while all did.
    roots: Cell<usize>,
    slots: [MaybeUninit<Cell<u64>>; INLINE],
}

/// No handle of an entry is among the roots.
const NONE: usize = usize::MAX;

impl<'a> Entry<'a> {
    #[inline(always)]
    pub(crate) fn new(env: &'a Env, function: usize) -> Entry<'a> {
        Entry {
            env,
            outer: env.scopes.entry.get().cast(),
            function,
            point: Point::default(),
            used: Cell::new(0),
            open: Cell::new(0),
            roots: Cell::new(NONE),
            slots: [const { MaybeUninit::uninit() }; INLINE],
        }
    }

    /// Whose entry it is.
    pub(crate) fn env(&self) -> &'a Env {
        self.env
    }

    /// Makes this the innermost entry of its environment, while `work` runs. Afterwards its handles and the scopes that the guest left
    /// open are forgotten.
    #[inline(always)]
    pub(crate) fn run<R>(&self, work: impl FnOnce() -> R) -> R {
        let scopes = &self.env.scopes;
        scopes.entry.set(ptr::from_ref(self).cast());
        let result = work();
        scopes.entry.set(self.outer.cast());
        if self.open.get() > 0 || self.roots.get() != NONE {
            self.forget();
        }
        result
    }

    #[cold]
    fn forget(&self) {
        if self.open.get() > 0 {
            tracing::debug!("native code returned without closing its handle scopes");
            let mut marks = self.env.scopes.marks.borrow_mut();
            let left = marks.len().saturating_sub(self.open.get());
            marks.truncate(left);
        }
        if self.roots.get() != NONE {
            self.env.roots().truncate(self.env.context(), self.roots.get());
        }
    }
}

/// A scope that the guest opened.
struct Mark {
    id: usize,
    /// The entry in which it was opened.
    entry: *const Entry<'static>,
    used: usize,
    roots: usize,
    escapable: bool,
    /// Registered, because an inner scope may be the one that holds it.
    escaped: Option<Value>,
}

/// The scopes of an environment.
pub(crate) struct Scopes {
    /// The innermost entry, which has not returned; null for none.
    entry: Cell<*const Entry<'static>>,
    marks: RefCell<Vec<Mark>>,
    next: Cell<usize>,
}

impl Default for Scopes {
    fn default() -> Scopes {
        Scopes { entry: Cell::new(ptr::null()), marks: RefCell::default(), next: Cell::new(0) }
    }
}

impl Env {
    /// Keeps a value alive until the current scope ends.
    #[inline]
    pub fn keep(&self, value: Local<'_>) -> Handle {
        if value.is_cell() {
            self.push(value);
        }
        Handle::of(value)
    }

    /// The innermost entry.
    #[inline]
    fn entry(&self) -> Option<&Entry<'_>> {
        // SAFETY: set by `Entry::run`, while which the entry stays in place; `'static` stands for the time of that.
        unsafe { self.scopes.entry.get().as_ref() }
    }

    /// Whether guest code of this environment runs.
    #[inline]
    pub(crate) fn is_running(&self) -> bool {
        !self.scopes.entry.get().is_null()
    }

    /// Address of the guest's function that was entered last and has not returned; 0 for none.
    pub(crate) fn running(&self) -> usize {
        self.entry().map_or(0, |entry| entry.function)
    }

    #[inline]
    fn push(&self, value: Local<'_>) {
        if let Some(entry) = self.entry() {
            let used = entry.used.get();
            if let Some(slot) = entry.slots.get(used) {
                // SAFETY: a `Cell<u64>` may be written through a shared reference, also before it was initialised.
                unsafe { slot.as_ptr().cast_mut().cast::<u64>().write(value.raw()) };
                entry.used.set(used + 1);
                return;
            }
            if entry.roots.get() == NONE {
                entry.roots.set(self.roots().len());
            }
        }
        self.roots().push(self.context(), value);
    }

    /// Opens a scope; the result names it.
    pub(crate) fn open_scope(&self, escapable: bool) -> usize {
        let scopes = &self.scopes;
        // Aligned like a pointer, never 0.
        let id = scopes.next.get() + 16;
        scopes.next.set(id);
        let used = self.entry().map_or(0, |entry| {
            entry.open.set(entry.open.get() + 1);
            entry.used.get()
        });
        let mark = Mark { id, entry: scopes.entry.get(), used, roots: self.roots().len(), escapable, escaped: None };
        scopes.marks.borrow_mut().push(mark);
        id
    }

    /// Closes the innermost scope, which must be this one and opened in the same entry.
    pub(crate) fn close_scope(&self, id: usize, escapable: bool) -> Outcome {
        let innermost = self.scopes.entry.get();
        let mark = {
            let mut marks = self.scopes.marks.borrow_mut();
            let same = |mark: &mut Mark| mark.id == id && mark.escapable == escapable && mark.entry == innermost;
            marks.pop_if(same).ok_or(Status::HandleScopeMismatch)?
        };
        if let Some(entry) = self.entry() {
            entry.used.set(mark.used);
            entry.open.set(entry.open.get().saturating_sub(1));
        }
        self.roots().truncate(self.context(), mark.roots);
        if let Some(escaped) = &mark.escaped {
            self.keep(self.locals().local(escaped));
        }
        Ok(())
    }

    /// Lets a value outlive an escapable scope, once.
    pub(crate) fn escape(&self, id: usize, value: Local<'_>) -> Outcome {
        let mut marks = self.scopes.marks.borrow_mut();
        let mark = marks.iter_mut().rev().find(|mark| mark.id == id && mark.escapable).ok_or(Status::InvalidArg)?;
        if mark.escaped.is_some() {
            return Err(Status::EscapeCalledTwice);
        }
        mark.escaped = Some(self.locals().value(value));
        Ok(())
    }
}
