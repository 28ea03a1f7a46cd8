//! What asynchronous work needs of a context: its loop, named by numbers that may travel to other threads.

use crate::args::Finalize;
use crate::env::{Env, EnvPointer};
use crate::status::Outcome;
use concord_ability::event_loop::{EventLoop, Hold, Remote};
use concord_engine::{Context, JsResult, Release};
use std::collections::VecDeque;
use std::ffi::c_void;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::ThreadId;

/// A word of the guest's (an address, usually) on its way through threads. We never look behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Word(pub(crate) usize);

impl Word {
    /// The address that it is.
    pub(crate) fn pointer(self) -> *mut c_void {
        self.0 as *mut c_void
    }
}

/// The loop of a context, for other threads. There is one for each context.
pub(crate) struct LoopSide {
    remote: Remote,
    thread: ThreadId,
    /// Cleared when the environments of the context have ended.
    open: AtomicBool,
    /// Calls by priority: immediate, high, low, idle.
    urgent: Mutex<[VecDeque<Urgent>; 4]>,
}

/// A call of a thread-safe function that does not wait in its queue.
pub(crate) struct Urgent {
    /// The function.
    pub(crate) function: usize,
    /// What is passed on.
    pub(crate) data: Word,
}

impl LoopSide {
    /// That of a context; `None` when nothing runs its loop.
    pub(crate) fn of(context: &Context) -> Option<Arc<LoopSide>> {
        if let Some(side) = context.host_data::<Arc<LoopSide>>() {
            return Some(Arc::clone(&side));
        }
        let side = Arc::new(LoopSide {
            remote: EventLoop::of(context)?.remote(),
            thread: std::thread::current().id(),
            open: AtomicBool::new(true),
            urgent: Mutex::default(),
        });
        context.set_host_data(Rc::new(Arc::clone(&side)));
        Some(side)
    }

    /// That of a context, when it was asked for before.
    pub(crate) fn known(context: &Context) -> Option<Arc<LoopSide>> {
        context.host_data::<Arc<LoopSide>>().map(|side| Arc::clone(&side))
    }

    /// Whether the caller is on the thread of the loop.
    pub(crate) fn is_here(&self) -> bool {
        std::thread::current().id() == self.thread
    }

    /// Keeps the loop from being idle.
    pub(crate) fn hold(&self) -> Hold {
        self.remote.hold()
    }

    /// Runs `task` on the thread of the loop. False when there is no such loop any more.
    pub(crate) fn post(&self, task: impl FnOnce(&Context, &EventLoop) -> JsResult<()> + Send + 'static) -> bool {
        self.open.load(Ordering::Acquire) && self.remote.post(task)
    }

    /// Takes no more tasks.
    pub(crate) fn close(&self) {
        self.open.store(false, Ordering::Release);
    }

    /// Queues a call by priority, at the end of its queue or before all others.
    pub(crate) fn push_urgent(&self, priority: usize, at_end: bool, call: Urgent) -> bool {
        let mut queues = self.urgent.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(queue) = queues.get_mut(priority) else { return false };
        if at_end {
            queue.push_back(call);
        } else {
            queue.push_front(call);
        }
        true
    }

    /// The most urgent call.
    pub(crate) fn pop_urgent(&self) -> Option<Urgent> {
        let mut queues = self.urgent.lock().unwrap_or_else(PoisonError::into_inner);
        queues.iter_mut().find_map(VecDeque::pop_front)
    }
}

/// An environment named on other threads; only code on the loop's thread uses it.
#[derive(Clone, Copy)]
pub(crate) struct EnvName(usize);

impl EnvName {
    /// The name of an environment.
    pub(crate) fn of(env: &Env) -> EnvName {
        EnvName(env.pointer().word())
    }

    /// What guests are given, also on other threads (`execute` gets it, and may not use it).
    pub(crate) fn pointer(self) -> EnvPointer {
        // SAFETY: made from a pointer in `of`; what it points to is never freed.
        unsafe { EnvPointer::from_word(self.0) }
    }

    /// The environment, on its own thread and as long as it lives.
    pub(crate) fn hold(self) -> Outcome<Rc<Env>> {
        self.pointer().hold()
    }
}

/// What runs a finalizer of the guest on the thread of its environment, from whichever thread.
pub(crate) fn finalizer_from_elsewhere(
    env: &Env,
    finalize: Option<Finalize>,
    data: *mut c_void,
    hint: *mut c_void,
) -> Release {
    let (side, name) = (LoopSide::of(env.context()), EnvName::of(env));
    let (data, hint) = (Word(data as usize), Word(hint as usize));
    Box::new(move || {
        let (Some(finalize), Some(side)) = (finalize, side) else { return };
        side.post(move |_, _| {
            if let Ok(env) = name.hold() {
                env.finalize(finalize, data.pointer(), hint.pointer());
            }
            Ok(())
        });
    })
}
