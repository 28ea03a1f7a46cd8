//! A few threads for work on files, which come when they are needed and go when they are not.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What a thread does.
pub(crate) type Task = Box<dyn FnOnce() + Send>;

/// More at once would only make the disk seek.
const MOST: usize = 8;
/// How long a thread waits for more.
const PATIENCE: Duration = Duration::from_secs(5);

struct Pool {
    tasks: VecDeque<Task>,
    threads: usize,
    idle: usize,
}

static POOL: Mutex<Pool> = Mutex::new(Pool { tasks: VecDeque::new(), threads: 0, idle: 0 });
static MORE: Condvar = Condvar::new();

fn pool() -> MutexGuard<'static, Pool> {
    POOL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has a thread of the pool do `task`, in the order of the calls as far as there are threads.
pub(crate) fn run(task: Task) {
    let mut pool = pool();
    pool.tasks.push_back(task);
    if pool.idle >= pool.tasks.len() || pool.threads >= MOST {
        drop(pool);
        MORE.notify_one();
        return;
    }
    pool.threads += 1;
    drop(pool);
    if let Err(error) = std::thread::Builder::new().name("concord-files".into()).spawn(serve) {
        tracing::warn!("no thread for work on files, it is done in place: {error}");
        self::pool().threads -= 1;
        let task = self::pool().tasks.pop_back();
        task.into_iter().for_each(guarded);
    }
}

/// Has a thread of its own do `task`.
pub(crate) fn run_apart(task: Task) {
    if let Err(error) = std::thread::Builder::new().name("concord-wait".into()).spawn(move || guarded(task)) {
        tracing::warn!("no thread that could wait for a file: {error}");
    }
}

fn serve() {
    let mut pool = pool();
    loop {
        if let Some(task) = pool.tasks.pop_front() {
            drop(pool);
            guarded(task);
            pool = self::pool();
            continue;
        }
        pool.idle += 1;
        let (woken, timeout) = MORE.wait_timeout(pool, PATIENCE).unwrap_or_else(PoisonError::into_inner);
        pool = woken;
        pool.idle -= 1;
        if timeout.timed_out() && pool.tasks.is_empty() {
            pool.threads -= 1;
            return;
        }
    }
}

/// A panic ends the task, not the thread.
fn guarded(task: Task) {
    if catch_unwind(AssertUnwindSafe(task)).is_err() {
        tracing::warn!("work on a file has panicked; its promise stays pending");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn many_tasks_are_done_by_few_threads_and_a_panic_ends_only_its_task() {
        let (tell, hear) = channel();
        for number in 0..500 {
            let tell = tell.clone();
            run(Box::new(move || {
                assert!(number != 7, "a panic that the pool survives");
                tell.send(number).expect("somebody listens");
            }));
        }
        drop(tell);
        let mut done: Vec<_> = hear.iter().collect();
        done.sort_unstable();
        assert_eq!(done, (0..500).filter(|number| *number != 7).collect::<Vec<_>>());
        assert!(super::pool().threads <= MOST);
    }
}
