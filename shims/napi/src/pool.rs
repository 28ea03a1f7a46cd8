//! The threads on which asynchronous work runs.
//!
//! Jobs wait in four queues, one for each quality of service; the more urgent one is always served first, and each queue in the
//! order of its jobs. Threads are started when they are needed and end when they have had nothing to do for a while. Code of
//! apps blocks in its jobs (some wait for other jobs), so there are more threads than processors.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

/// How urgent a job is (`napi_qos_t`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i32)]
pub(crate) enum Qos {
    /// Nobody waits for it.
    Background = 0,
    /// Somebody may look at its progress.
    Utility = 1,
    /// What has no other one.
    Default = 2,
    /// Somebody waits for it now.
    UserInitiated = 3,
}

impl Qos {
    /// From the number of the C interface.
    pub(crate) fn from_raw(raw: i32) -> Option<Qos> {
        [Qos::Background, Qos::Utility, Qos::Default, Qos::UserInitiated].into_iter().find(|qos| *qos as i32 == raw)
    }
}

/// Most threads at once.
const MAX_THREADS: usize = 16;
/// Stack of a thread in bytes, as large as that of threads of libuv on the platform.
const STACK: usize = 8 << 20;
/// A thread that had nothing to do for so long ends.
const IDLE: Duration = Duration::from_secs(10);

type Job = Box<dyn FnOnce() + Send>;

/// Threads and what waits for them.
pub(crate) struct Pool {
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Default)]
struct State {
    queues: [VecDeque<(u64, Job)>; 4],
    next: u64,
    threads: usize,
    idle: usize,
}

impl State {
    fn take(&mut self) -> Option<Job> {
        self.queues.iter_mut().rev().find_map(VecDeque::pop_front).map(|(_, job)| job)
    }

    fn waiting(&self) -> usize {
        self.queues.iter().map(VecDeque::len).sum()
    }
}

/// A job that waits, for [`Pool::cancel`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ticket(u64);

/// The pool of the process.
pub(crate) fn pool() -> &'static Pool {
    static POOL: OnceLock<Pool> = OnceLock::new();
    POOL.get_or_init(|| Pool { state: Mutex::default(), wake: Condvar::new() })
}

impl Pool {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a job.
    ///
    /// # Errors
    /// When there is no thread and none can be started; the job is dropped then.
    pub(crate) fn submit(&'static self, qos: Qos, job: impl FnOnce() + Send + 'static) -> std::io::Result<Ticket> {
        let mut state = self.lock();
        let ticket = state.next;
        state.next += 1;
        state.queues[qos as usize].push_back((ticket, Box::new(job)));
        if state.idle < state.waiting() && state.threads < MAX_THREADS {
            let started =
                std::thread::Builder::new().name("concord-napi".into()).stack_size(STACK).spawn(|| self.serve());
            match started {
                Ok(_) => state.threads += 1,
                Err(error) if state.threads == 0 => {
                    state.queues[qos as usize].pop_back();
                    return Err(error);
                }
                // Those that there are will come to it.
                Err(error) => tracing::warn!("no further thread for asynchronous work: {error}"),
            }
        }
        drop(state);
        self.wake.notify_one();
        Ok(Ticket(ticket))
    }

    /// Takes a job back that has not begun. False when it has, or is over.
    pub(crate) fn cancel(&self, ticket: Ticket) -> bool {
        let mut state = self.lock();
        let mut dropped = None;
        for queue in &mut state.queues {
            if let Some(place) = queue.iter().position(|(number, _)| *number == ticket.0) {
                dropped = queue.remove(place);
                break;
            }
        }
        drop(state);
        dropped.is_some()
    }

    fn serve(&self) {
        // Without it only an overflow of the stack goes unreported.
        let _ = concord_syscalls::crash::protect_thread();
        let mut state = self.lock();
        loop {
            if let Some(job) = state.take() {
                drop(state);
                // Jobs are ours around code of the app, which cannot panic; a defect of ours must not cost a thread.
                if std::panic::catch_unwind(std::panic::AssertUnwindSafe(job)).is_err() {
                    tracing::error!("a job of asynchronous work panicked");
                }
                state = self.lock();
                continue;
            }
            state.idle += 1;
            let (guard, timeout) = self.wake.wait_timeout(state, IDLE).unwrap_or_else(PoisonError::into_inner);
            state = guard;
            state.idle -= 1;
            if timeout.timed_out() && state.waiting() == 0 {
                state.threads -= 1;
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    fn leaked() -> &'static Pool {
        Box::leak(Box::new(Pool { state: Mutex::default(), wake: Condvar::new() }))
    }

    /// Occupies every thread; they go on when the sender is dropped.
    fn occupy(pool: &'static Pool) -> std::sync::mpsc::Sender<()> {
        let (sender, receiver) = channel::<()>();
        let receiver = std::sync::Arc::new(Mutex::new(receiver));
        let (began, begun) = channel();
        for _ in 0..MAX_THREADS {
            let (receiver, began) = (receiver.clone(), began.clone());
            let job = move || {
                began.send(()).unwrap();
                let _ = receiver.lock().unwrap().recv();
            };
            pool.submit(Qos::Default, job).unwrap();
        }
        // All but one wait for the lock of the receiver.
        (0..MAX_THREADS).for_each(|_| begun.recv().unwrap());
        sender
    }

    #[test]
    fn urgent_jobs_come_first_and_equal_ones_in_order() {
        let pool = leaked();
        let hold = occupy(pool);
        // With all threads busy the order of what waits is that of the queues.
        let order: Vec<_> = {
            let mut state = pool.lock();
            state.threads = MAX_THREADS;
            drop(state);
            let (sender, receiver) = channel();
            for (qos, name) in [
                (Qos::Background, "background"),
                (Qos::Default, "first"),
                (Qos::UserInitiated, "urgent"),
                (Qos::Default, "second"),
                (Qos::Utility, "utility"),
            ] {
                let sender = sender.clone();
                pool.submit(qos, move || sender.send(name).unwrap()).unwrap();
            }
            drop(sender);
            while let Some(job) = { pool.lock().take() } {
                job();
            }
            receiver.iter().collect()
        };
        drop(hold);
        assert_eq!(order, ["urgent", "first", "second", "utility", "background"]);
    }

    #[test]
    fn a_job_can_be_cancelled_until_it_begins() {
        let pool = leaked();
        let hold = occupy(pool);
        let (sender, receiver) = channel();
        let waiting = pool.submit(Qos::Default, move || sender.send(()).unwrap()).unwrap();
        assert!(pool.cancel(waiting));
        assert!(!pool.cancel(waiting), "it is gone");
        drop(hold);
        assert!(receiver.recv().is_err(), "the job was dropped");
        let (sender, receiver) = channel();
        let ran = pool.submit(Qos::Default, move || sender.send(()).unwrap()).unwrap();
        receiver.recv().unwrap();
        assert!(!pool.cancel(ran));
    }
}
