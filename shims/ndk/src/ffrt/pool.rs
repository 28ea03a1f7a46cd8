//! Threads that run tasks, and the thread that waits for those with a delay.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

pub(super) type Job = Box<dyn FnOnce() + Send>;

/// Threads at most; further jobs wait for one.
const MOST_THREADS: usize = 512;
/// A thread without work ends after this time.
const REST: Duration = Duration::from_secs(10);
/// Stack of a thread in bytes.
const STACK: usize = 2 << 20;

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    idle: usize,
    threads: usize,
}

static STATE: Mutex<State> = Mutex::new(State { jobs: VecDeque::new(), idle: 0, threads: 0 });
static WORK: Condvar = Condvar::new();

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a job on another thread.
pub(super) fn spawn(job: Job) {
    let mut pool = state();
    pool.jobs.push_back(job);
    if pool.idle >= pool.jobs.len() || pool.threads >= MOST_THREADS {
        WORK.notify_one();
        return;
    }
    pool.threads += 1;
    drop(pool);
    let thread = std::thread::Builder::new().name("ffrt".to_owned()).stack_size(STACK);
    if let Err(error) = thread.spawn(run) {
        tracing::warn!("ffrt: no thread: {error}");
        state().threads -= 1;
    }
}

fn run() {
    let mut pool = state();
    loop {
        if let Some(job) = pool.jobs.pop_front() {
            drop(pool);
            job();
            pool = state();
            continue;
        }
        pool.idle += 1;
        let (woken, rest) = WORK.wait_timeout(pool, REST).unwrap_or_else(PoisonError::into_inner);
        pool = woken;
        pool.idle -= 1;
        if rest.timed_out() && pool.jobs.is_empty() {
            pool.threads -= 1;
            return;
        }
    }
}

/// Jobs by the time when they are due, and the order in which they came.
type Delayed = BTreeMap<(Instant, u64), Job>;

static DELAYED: Mutex<(Delayed, u64)> = Mutex::new((Delayed::new(), 0));
static EARLIER: Condvar = Condvar::new();

/// Runs a job on another thread after a while.
pub(super) fn spawn_after(delay: Duration, job: Job) {
    static THREAD: OnceLock<bool> = OnceLock::new();
    // More than a century is for ever, and would overflow.
    let due = Instant::now() + delay.min(Duration::from_secs(100 * 365 * 86_400));
    let mut delayed = DELAYED.lock().unwrap_or_else(PoisonError::into_inner);
    let order = delayed.1;
    delayed.1 += 1;
    delayed.0.insert((due, order), job);
    drop(delayed);
    EARLIER.notify_one();
    let started = THREAD.get_or_init(|| std::thread::Builder::new().name("ffrt-timer".to_owned()).spawn(wait).is_ok());
    if !started {
        tracing::warn!("ffrt: no thread for timers");
    }
}

fn wait() {
    let mut delayed = DELAYED.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let now = Instant::now();
        let next = delayed.0.first_key_value().map(|((due, _), _)| due.saturating_duration_since(now));
        delayed = match next {
            None => EARLIER.wait(delayed).unwrap_or_else(PoisonError::into_inner),
            Some(Duration::ZERO) => {
                if let Some((_, job)) = delayed.0.pop_first() {
                    spawn(job);
                }
                delayed
            }
            Some(left) => EARLIER.wait_timeout(delayed, left).unwrap_or_else(PoisonError::into_inner).0,
        };
    }
}
