//! Work on one thing, in order.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long the thread stays when nothing is left to do, so that an app that awaits one piece of work after the other keeps it.
const LINGER: Duration = Duration::from_millis(50);

type Job<T> = Box<dyn FnOnce(&mut T) + Send>;

/// Something that one piece of work has at a time. What is posted is done by a thread of its own, in order; what is run is done by the
/// caller, after everything that has been posted. Cheap to clone; the thread lives only while there is work.
pub struct Lane<T>(Arc<Inner<T>>);

struct Inner<T> {
    subject: Mutex<T>,
    queue: Mutex<Queue<T>>,
    /// Something was posted, or finished.
    changed: Condvar,
    name: &'static str,
}

struct Queue<T> {
    jobs: VecDeque<Job<T>>,
    /// The thread has a job in hand.
    busy: bool,
    /// There is a thread.
    alive: bool,
}

impl<T> Clone for Lane<T> {
    fn clone(&self) -> Self {
        Lane(Arc::clone(&self.0))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Work that panicked has been reported by its thread; the state is a database, which is consistent by itself.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T: Send + 'static> Lane<T> {
    /// `name` is that of the thread.
    pub fn new(name: &'static str, subject: T) -> Lane<T> {
        let queue = Mutex::new(Queue { jobs: VecDeque::new(), busy: false, alive: false });
        Lane(Arc::new(Inner { subject: Mutex::new(subject), queue, changed: Condvar::new(), name }))
    }

    /// Does `job` on the lane's thread, after everything posted before. Fails when there can be no thread.
    pub fn post(&self, job: impl FnOnce(&mut T) + Send + 'static) -> io::Result<()> {
        let mut queue = lock(&self.0.queue);
        if !queue.alive {
            let inner = Arc::clone(&self.0);
            std::thread::Builder::new().name(self.0.name.into()).spawn(move || inner.work())?;
            queue.alive = true;
        }
        queue.jobs.push_back(Box::new(job));
        drop(queue);
        self.0.changed.notify_all();
        Ok(())
    }

    /// Does `job` now, after everything posted before.
    pub fn run<R>(&self, job: impl FnOnce(&mut T) -> R) -> R {
        let mut queue = lock(&self.0.queue);
        while queue.busy || !queue.jobs.is_empty() {
            queue = self.0.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        // Still holding the queue: what is posted from now on waits for us.
        let mut subject = lock(&self.0.subject);
        drop(queue);
        job(&mut subject)
    }
}

/// Marks the job in hand as finished, even when it panics.
struct InHand<'a, T>(&'a Inner<T>);

impl<T> Drop for InHand<'_, T> {
    fn drop(&mut self) {
        let mut queue = lock(&self.0.queue);
        queue.busy = false;
        if std::thread::panicking() {
            queue.alive = false;
        }
        drop(queue);
        self.0.changed.notify_all();
    }
}

impl<T> Inner<T> {
    fn work(&self) {
        loop {
            let mut queue = lock(&self.queue);
            if queue.jobs.is_empty() {
                let waited = self.changed.wait_timeout_while(queue, LINGER, |queue| queue.jobs.is_empty());
                queue = waited.unwrap_or_else(PoisonError::into_inner).0;
            }
            let Some(job) = queue.jobs.pop_front() else {
                queue.alive = false;
                return;
            };
            queue.busy = true;
            drop(queue);
            let _in_hand = InHand(self);
            job(&mut lock(&self.subject));
        }
    }
}
