//! The way from a host to its worker. What is sent before the worker's engine has grown waits; and while the worker has something
//! left to do, the host's loop is not idle, so that a clock that jumps does not jump over the answer.

use concord_ability::event_loop::{EventLoop, Hold, Remote, RemoteTask};
use concord_engine::{Context, JsResult};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// See the module.
pub(crate) struct Link {
    host: Remote,
    state: Arc<Mutex<State>>,
}

struct State {
    worker: Option<Remote>,
    waiting: Vec<RemoteTask>,
    /// The host's, while the worker is busy.
    hold: Option<Hold>,
    closed: bool,
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Link {
    /// A way for `host`. The worker begins busy: it has to start.
    pub(crate) fn new(host: Remote) -> Link {
        let hold = Some(host.hold());
        let state = State { worker: None, waiting: Vec::new(), hold, closed: false };
        Link { host, state: Arc::new(Mutex::new(state)) }
    }

    /// Runs `task` on the worker's thread. False when the way is closed.
    pub(crate) fn send(&self, task: impl FnOnce(&Context, &EventLoop) -> JsResult<()> + Send + 'static) -> bool {
        let mut state = lock(&self.state);
        if state.closed {
            return false;
        }
        state.hold.get_or_insert_with(|| self.host.hold());
        match &state.worker {
            Some(worker) => worker.post(task),
            None => {
                state.waiting.push(Box::new(task));
                true
            }
        }
    }

    /// The worker's loop is there and will run. What waited goes to it now.
    pub(crate) fn attach(&self, event_loop: &EventLoop) {
        let own = Arc::clone(&self.state);
        event_loop.set_idle_handler(move |event_loop| {
            let mut state = lock(&own);
            // Whoever sends has locked this: nothing can have come since the loop was found idle.
            if event_loop.is_idle() && !state.closed {
                state.hold = None;
            }
        });
        let mut state = lock(&self.state);
        let remote = event_loop.remote();
        for task in state.waiting.drain(..) {
            remote.post(task);
        }
        if state.closed {
            remote.exit(1);
        }
        state.worker = Some(remote);
    }

    /// Lets nothing pass any more and has the worker's loop end. The host waits for that end.
    pub(crate) fn close(&self) {
        let mut state = lock(&self.state);
        if !state.closed {
            state.closed = true;
            state.hold.get_or_insert_with(|| self.host.hold());
        }
        state.waiting.clear();
        if let Some(worker) = &state.worker {
            worker.exit(0);
        }
    }

    /// The worker is gone: the host has nothing to wait for. Called after the last word was posted to the host.
    pub(crate) fn end(&self) {
        let mut state = lock(&self.state);
        state.closed = true;
        state.worker = None;
        state.waiting.clear();
        state.hold = None;
    }
}
