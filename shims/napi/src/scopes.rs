//! Handle scopes.
//!
//! A handle is the value itself, so a scope needs only to keep its values alive. Each entry into guest code brings room for the
//! first handles in its own stack frame, where the collector looks anyway; what does not fit goes to the context's roots. Scopes
//! that guests open are marks in both.

use crate::args::Handle;
use crate::env::Env;
use crate::status::{Outcome, Status};
use concord_engine::{Local, Value};
use std::cell::{Cell, RefCell};
use std::mem::MaybeUninit;

/// Handles in the stack frame of an entry.
const INLINE: usize = 64;

/// What an entry into guest code keeps on the stack. Must not move while it is entered.
pub(crate) struct Frame {
    slots: [MaybeUninit<Cell<u64>>; INLINE],
    used: Cell<usize>,
}

impl Frame {
    #[inline(always)]
    pub(crate) fn new() -> Frame {
        Frame { slots: [const { MaybeUninit::uninit() }; INLINE], used: Cell::new(0) }
    }
}

/// A scope that the guest opened.
struct Mark {
    id: usize,
    /// The entry in which it was opened.
    frame: *const Frame,
    used: usize,
    roots: usize,
    escapable: bool,
    /// Registered, because an inner scope may be the one that holds it.
    escaped: Option<Value>,
}

/// The scopes of an environment.
#[derive(Default)]
pub(crate) struct Scopes {
    frame: Cell<Option<*const Frame>>,
    marks: RefCell<Vec<Mark>>,
    next: Cell<usize>,
}

/// What [`Scopes::enter`] found, for [`Scopes::leave`].
pub(crate) struct Outer {
    frame: Option<*const Frame>,
    marks: usize,
    roots: usize,
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

    #[inline]
    fn push(&self, value: Local<'_>) {
        if let Some(frame) = self.scopes.frame.get() {
            // SAFETY: set by `enter`, whose caller keeps the frame in place until `leave`.
            let frame = unsafe { &*frame };
            let used = frame.used.get();
            if let Some(slot) = frame.slots.get(used) {
                // SAFETY: a `Cell<u64>` may be written through a shared reference, also before it was initialised.
                unsafe { slot.as_ptr().cast_mut().cast::<u64>().write(value.raw()) };
                frame.used.set(used + 1);
                return;
            }
        }
        self.roots().push(self.context(), value);
    }

    fn used(&self) -> usize {
        // SAFETY: as in `push`.
        self.scopes.frame.get().map_or(0, |frame| unsafe { (*frame).used.get() })
    }

    /// Begins an entry into guest code.
    ///
    /// # Safety
    /// `frame` stays in place until [`Env::leave_frame`] with the result.
    #[inline]
    pub(crate) unsafe fn enter_frame(&self, frame: &Frame) -> Outer {
        let scopes = &self.scopes;
        Outer {
            frame: scopes.frame.replace(Some(frame)),
            marks: scopes.marks.borrow().len(),
            roots: self.roots().len(),
        }
    }

    /// Ends an entry: forgets its handles and the scopes that the guest left open.
    #[inline]
    pub(crate) fn leave_frame(&self, outer: &Outer) {
        self.scopes.frame.set(outer.frame);
        if self.scopes.marks.borrow().len() > outer.marks {
            tracing::debug!("native code returned without closing its handle scopes");
            self.scopes.marks.borrow_mut().truncate(outer.marks);
        }
        if self.roots().len() > outer.roots {
            self.roots().truncate(self.context(), outer.roots);
        }
    }

    /// Opens a scope; the result names it.
    pub(crate) fn open_scope(&self, escapable: bool) -> usize {
        let scopes = &self.scopes;
        // Aligned like a pointer, never 0.
        let id = scopes.next.get() + 16;
        scopes.next.set(id);
        let frame = scopes.frame.get().unwrap_or(std::ptr::null());
        let mark = Mark { id, frame, used: self.used(), roots: self.roots().len(), escapable, escaped: None };
        scopes.marks.borrow_mut().push(mark);
        id
    }

    /// Closes the innermost scope, which must be this one and opened in the same entry.
    pub(crate) fn close_scope(&self, id: usize, escapable: bool) -> Outcome {
        let frame = self.scopes.frame.get();
        let mark = {
            let mut marks = self.scopes.marks.borrow_mut();
            let same = |mark: &mut Mark| {
                mark.id == id && mark.escapable == escapable && mark.frame == frame.unwrap_or(std::ptr::null())
            };
            marks.pop_if(same).ok_or(Status::HandleScopeMismatch)?
        };
        if let Some(frame) = frame {
            // SAFETY: as in `push`.
            unsafe { (*frame).used.set(mark.used) };
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
