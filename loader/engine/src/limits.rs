//! Ending script that runs too long or takes too much memory.
//!
//! The engine asks a callback at loop heads and function entries (in native code too) once a time limit has passed. Concord
//! sets a short limit and answers "end it" when another thread asked for that, or when the process has outgrown its memory
//! limit. The guest cannot catch a termination.
//!
//! What this cannot stop: one long call of a built-in (`JSON.stringify` of a huge object, a catastrophic regular expression)
//! until it returns; a native function that does not return; and microtasks that endlessly make more microtasks without
//! calling anything native (`for (;;) await null`), because each is an entry of its own that starts the limit anew. A host
//! that must end on time ends the process when [`Terminator::terminate_and_wait`] says `false`.

use crate::context::Inner;
use crate::sys::{Api, ContextRef};
use crate::{Context, Exception};
use std::ffi::c_void;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How often, in seconds of CPU time of the script, a termination is looked for.
const INTERVAL: f64 = 0.02;

/// Why a script was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Termination {
    /// [`Terminator::terminate`] was called.
    Requested,
    /// The process uses more memory than [`Context::set_memory_limit`] allows.
    OutOfMemory,
}

/// Ends the script of one context, from any thread.
#[derive(Clone)]
pub struct Terminator {
    state: Arc<LimitState>,
}

impl Terminator {
    /// Makes the running script end within some 20 ms of its CPU time with an exception that it cannot catch, and every later
    /// call into the context fail at once, until [`Context::clear_termination`].
    pub fn terminate(&self) {
        self.state.set(Termination::Requested);
    }

    /// As [`Self::terminate`], then waits until the script has returned to the host. `false` when it has not within `patience`:
    /// then only the end of the process helps.
    pub fn terminate_and_wait(&self, patience: Duration) -> bool {
        self.terminate();
        let deadline = Instant::now() + patience;
        while self.state.running.load(Ordering::Acquire) {
            if Instant::now() >= deadline {
                return false;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        true
    }

    /// Why the script was ended, if it was.
    pub fn termination(&self) -> Option<Termination> {
        self.state.reason()
    }
}

/// Shared with other threads and with the engine's callback.
#[derive(Default)]
pub(crate) struct LimitState {
    /// 0, or 1 + the reason.
    reason: AtomicU8,
    /// Bytes of resident memory; 0 for no limit.
    memory: AtomicUsize,
    /// Whether the outermost call into the context has yet to return.
    running: AtomicBool,
}

impl LimitState {
    #[inline]
    pub(crate) fn is_set(&self) -> bool {
        self.reason.load(Ordering::Acquire) != 0
    }

    /// Whether a call into the context has yet to return.
    pub(crate) fn is_running(&self) -> bool {
        self.running.load(Ordering::Relaxed)
    }

    /// Notes that a call into the context begins; the result goes to [`Self::leave`].
    pub(crate) fn enter(&self) -> bool {
        // Only the context's thread writes: a locked exchange would cost more than the call that it is for.
        let was_running = self.running.load(Ordering::Relaxed);
        if !was_running {
            self.running.store(true, Ordering::Release);
        }
        was_running
    }

    pub(crate) fn leave(&self, was_running: bool) {
        if !was_running {
            self.running.store(false, Ordering::Release);
        }
    }

    fn set(&self, reason: Termination) {
        // The first reason is the one reported.
        let _ = self.reason.compare_exchange(0, 1 + reason as u8, Ordering::AcqRel, Ordering::Acquire);
    }

    fn reason(&self) -> Option<Termination> {
        match self.reason.load(Ordering::Acquire) {
            0 => None,
            1 => Some(Termination::Requested),
            _ => Some(Termination::OutOfMemory),
        }
    }
}

unsafe extern "C" fn should_terminate(context: ContextRef, data: *mut c_void) -> bool {
    // SAFETY: the state lives in `Inner`'s `Arc`, and the callback is cleared before that goes.
    let state = unsafe { &*data.cast_const().cast::<LimitState>() };
    let limit = state.memory.load(Ordering::Relaxed);
    if limit != 0 && resident_memory().is_some_and(|resident| resident > limit) {
        state.set(Termination::OutOfMemory);
    }
    if state.is_set() {
        return true;
    }
    if let Ok(loaded) = crate::library::loaded() {
        // The documentation says that the limit starts anew by itself; it does not.
        // SAFETY: the context is running this callback.
        unsafe { arm(&loaded.api, context, data) };
    }
    false
}

/// Starts the time limit.
///
/// # Safety
/// `context` is alive and of this thread; `state` points to a [`LimitState`] that outlives the limit.
unsafe fn arm(api: &Api, context: ContextRef, state: *mut c_void) {
    if let Some(set) = api.JSContextGroupSetExecutionTimeLimit {
        // SAFETY: promised by the caller.
        unsafe { set((api.JSContextGetGroup)(context), INTERVAL, Some(should_terminate), state) };
    }
}

/// Bytes of physical memory in use by the process, as the kernel counts them.
pub fn resident_memory() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: usize = text.split(' ').nth(1)?.parse().ok()?;
    // SAFETY: reads a constant of the system.
    let page = usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).ok()?;
    pages.checked_mul(page)
}

impl Context {
    /// A handle that ends this context's script from any thread.
    pub fn terminator(&self) -> Terminator {
        self.start_watchdog();
        Terminator { state: self.inner.limits.clone() }
    }

    /// Ends script of this context when the resident memory of the whole process exceeds `bytes` (looked at every 20 ms of the
    /// script's CPU time, so it may be overshot by what is allocated meanwhile). `None` lifts the limit.
    pub fn set_memory_limit(&self, bytes: Option<usize>) {
        self.inner.limits.memory.store(bytes.unwrap_or(0), Ordering::Relaxed);
        if bytes.is_some() {
            self.start_watchdog();
        }
    }

    /// Why this context's script was ended, if it was. From then on every call into the context fails.
    pub fn termination(&self) -> Option<Termination> {
        self.inner.limits.reason()
    }

    /// Lets script run again after a termination.
    pub fn clear_termination(&self) {
        self.clear_pending_exception();
        self.inner.limits.reason.store(0, Ordering::Release);
    }

    fn start_watchdog(&self) {
        if self.inner.watchdog_running.replace(true) {
            return;
        }
        if self.inner.api.JSContextGroupSetExecutionTimeLimit.is_none() {
            tracing::warn!("this version of JavaScriptCore cannot end running script");
        }
        let state = Arc::as_ptr(&self.inner.limits).cast_mut().cast::<c_void>();
        // SAFETY: the context is alive; the state outlives the limit (see `stop_watchdog`).
        unsafe { arm(self.inner.api, self.raw(), state) };
    }

    pub(crate) fn termination_error(&self) -> Exception {
        let message = match self.termination() {
            Some(Termination::OutOfMemory) => "the script was ended: out of memory",
            _ => "the script was ended",
        };
        // A string: making an error object would run script.
        Exception(self.string(message))
    }
}

impl Inner {
    pub(crate) fn stop_watchdog(&self) {
        if let (true, Some(clear)) = (self.watchdog_running.get(), self.api.JSContextGroupClearExecutionTimeLimit) {
            // SAFETY: the context is alive.
            unsafe { clear((self.api.JSContextGetGroup)(self.raw)) };
        }
    }
}

impl Exception {
    /// Whether this is the end of a terminated script, rather than something thrown.
    pub fn is_termination(&self) -> bool {
        self.0.context().termination().is_some()
    }
}
