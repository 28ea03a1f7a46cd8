//! The thread that waits for the network: one per process, started at first use, ended with the process.

use std::future::Future;
use std::io;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle};
use tokio::task::{AbortHandle, JoinHandle};

static HANDLE: OnceLock<Result<Handle, io::ErrorKind>> = OnceLock::new();

/// The runtime of the process; an error where the machine has no thread or no descriptor left for it.
pub(crate) fn handle() -> io::Result<&'static Handle> {
    HANDLE.get_or_init(|| start().map_err(|error| error.kind())).as_ref().map_err(|kind| io::Error::from(*kind))
}

fn start() -> io::Result<Handle> {
    // One thread suffices: it waits and moves bytes. Names are looked up on threads of the blocking pool.
    let runtime = Builder::new_current_thread().enable_all().max_blocking_threads(16).build()?;
    let handle = runtime.handle().clone();
    std::thread::Builder::new()
        .name("concord-net".into())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    Ok(handle)
}

/// Starts work on the network thread.
pub(crate) fn spawn<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> io::Result<JoinHandle<T>> {
    Ok(handle()?.spawn(work))
}

/// Work that ends when its owner goes.
pub(crate) struct Task(Option<AbortHandle>);

impl Task {
    /// Starts `work`; it is given up when the task is dropped or told to stop.
    pub(crate) fn start(work: impl Future<Output = ()> + Send + 'static) -> io::Result<Self> {
        Ok(Self(Some(spawn(work)?.abort_handle())))
    }

    /// Lets the work go on without an owner; the handle can still give it up.
    pub(crate) fn detach(mut self) -> Option<AbortHandle> {
        self.0.take()
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        if let Some(work) = &self.0 {
            work.abort();
        }
    }
}
