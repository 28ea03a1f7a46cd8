//! The threads of the app that have engines of their own. None of them outlives the process's main part: an engine that still
//! runs while the process is taken down crashes it.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use concord_engine::Terminator;

use crate::event_loop::Remote;
use crate::seed::ThreadRuntime;

/// Deep recursion of guests ends in a RangeError after as many calls as on the main thread.
const STACK_SIZE: usize = 8 << 20;

/// All of them. Cheap to clone; all clones are the same.
#[derive(Clone, Default)]
pub struct EngineThreads(Arc<Inner>);

#[derive(Default)]
struct Inner {
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Default)]
struct State {
    closed: bool,
    running: usize,
    next: u64,
    /// Threads that have not been joined; those that have ended leave with the next one that is made.
    handles: Vec<JoinHandle<()>>,
    members: BTreeMap<u64, Member>,
}

struct Member {
    terminator: Terminator,
    remote: Remote,
}

/// The engine of a thread is known as long as this lives.
pub struct Membership {
    threads: EngineThreads,
    id: u64,
}

/// Counts a thread.
struct Running(EngineThreads);

impl Inner {
    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let inner = &self.0.0;
        inner.lock().running -= 1;
        inner.ended.notify_all();
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        self.threads.0.lock().members.remove(&self.id);
    }
}

impl EngineThreads {
    /// Runs `body` on a thread of its own, which grows its engine there.
    ///
    /// # Errors
    /// When the machine has no thread left, or the process is ending.
    pub fn spawn(&self, name: &str, body: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
        let mut state = self.0.lock();
        if state.closed {
            return Err(std::io::Error::other("the process is ending"));
        }
        state.running += 1;
        drop(state);
        let running = Running(self.clone());
        let handle = std::thread::Builder::new().name(name.to_owned()).stack_size(STACK_SIZE).spawn(move || {
            let _running = running;
            body();
        })?;
        let handles = &mut self.0.lock().handles;
        handles.retain(|handle| !handle.is_finished());
        handles.push(handle);
        Ok(())
    }

    /// Makes the engine of this thread known, so that it can be ended; `None` when the process is ending already.
    pub fn enter(&self, runtime: &ThreadRuntime) -> Option<Membership> {
        let member = Member { terminator: runtime.context.terminator(), remote: runtime.event_loop.remote() };
        let mut state = self.0.lock();
        if state.closed {
            return None;
        }
        let id = state.next;
        state.next += 1;
        state.members.insert(id, member);
        Some(Membership { threads: self.clone(), id })
    }

    /// Ends all of them, busy ones too, and waits until they are gone. Later ones do not start. `false` when one has not
    /// ended in time: it hangs in native code.
    pub fn end(&self, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        let mut state = self.0.lock();
        state.closed = true;
        for member in state.members.values() {
            member.terminator.terminate();
            member.remote.exit(0);
        }
        while state.running > 0 {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                tracing::warn!("{} threads of the app did not end in time", state.running);
                return false;
            }
            state = self.0.ended.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        let handles = std::mem::take(&mut state.handles);
        drop(state);
        // They have done their work: what is left is what the engine keeps for each thread.
        for handle in handles {
            if handle.join().is_err() {
                tracing::error!("a thread of the app has panicked");
            }
        }
        true
    }
}
