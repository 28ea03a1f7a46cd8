//! The state of a thread-safe function: what waits in it, who holds it, whether it is closing. No engine, no loop.
//!
//! Node-API leaves the rest to implementations; where Node and the platform differ in what they return, this does as the platform,
//! except that a queue of N holds N entries.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Calls are taken.
    Open,
    /// Aborted, or the last thread has left: what is in it is given up or delivered, nothing comes in.
    Closing,
    /// Its finalizer has run.
    Closed,
}

/// Why a call is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The queue is full, and the caller does not want to wait.
    Full,
    /// It would wait for itself.
    Deadlock,
    /// It is closing; the thread no longer counts as one that uses it.
    Closing,
    /// No thread uses it, so nobody may call it.
    Unused,
}

/// Entries, and threads that wait for room.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    room: Condvar,
    /// Most entries; 0 for no limit.
    limit: usize,
}

struct State<T> {
    entries: VecDeque<T>,
    threads: usize,
    phase: Phase,
    aborted: bool,
    /// Whether a wake-up is on its way to the thread that delivers.
    woken: bool,
}

/// What the thread that delivers does next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next<T> {
    /// Deliver this.
    Deliver(T),
    /// Nothing for now.
    Wait,
    /// The last thread has left, or it was aborted: finalize, then give up these.
    Close(VecDeque<T>),
}

impl<T> Queue<T> {
    /// An open queue used by `threads` threads.
    pub(crate) fn new(limit: usize, threads: usize) -> Queue<T> {
        let state = State { entries: VecDeque::new(), threads, phase: Phase::Open, aborted: false, woken: false };
        Queue { state: Mutex::new(state), room: Condvar::new(), limit }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts an entry in. `blocking` waits for room, unless the caller is the thread that delivers. The result says whether that
    /// thread has to be woken.
    pub(crate) fn push(&self, entry: T, blocking: bool, delivers: bool) -> Result<bool, Refusal> {
        let mut state = self.lock();
        while state.phase == Phase::Open && self.limit > 0 && state.entries.len() >= self.limit {
            match (blocking, delivers) {
                (false, _) => return Err(Refusal::Full),
                (true, true) => return Err(Refusal::Deadlock),
                (true, false) => state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
        if state.phase != Phase::Open {
            if state.threads == 0 {
                return Err(Refusal::Unused);
            }
            state.threads -= 1;
            return Err(Refusal::Closing);
        }
        state.entries.push_back(entry);
        Ok(!std::mem::replace(&mut state.woken, true))
    }

    /// Whether it takes calls.
    pub(crate) fn is_open(&self) -> bool {
        self.lock().phase == Phase::Open
    }

    /// One more thread uses it.
    pub(crate) fn acquire(&self) -> Result<(), Refusal> {
        let mut state = self.lock();
        if state.phase != Phase::Open {
            return Err(Refusal::Closing);
        }
        state.threads = state.threads.saturating_add(1);
        Ok(())
    }

    /// One thread less uses it; with `abort` nobody may any more. The result says whether the thread that delivers has to be woken.
    pub(crate) fn release(&self, abort: bool) -> Result<bool, Refusal> {
        let mut state = self.lock();
        if state.threads == 0 {
            return Err(Refusal::Unused);
        }
        state.threads -= 1;
        if state.phase != Phase::Open {
            return Err(Refusal::Closing);
        }
        if abort {
            state.phase = Phase::Closing;
            state.aborted = true;
            self.room.notify_all();
        }
        if state.threads > 0 && !abort {
            return Ok(false);
        }
        Ok(!std::mem::replace(&mut state.woken, true))
    }

    /// How many entries the thread that delivers shall deliver in this turn: those that are there now.
    pub(crate) fn begin_turn(&self) -> usize {
        let mut state = self.lock();
        state.woken = false;
        state.entries.len()
    }

    /// Whether another turn is needed, because entries came while the last one ran.
    pub(crate) fn end_turn(&self) -> bool {
        let mut state = self.lock();
        let more = !state.entries.is_empty() || state.phase == Phase::Open && state.threads == 0;
        more && state.phase != Phase::Closed && !std::mem::replace(&mut state.woken, true)
    }

    /// The next entry. `Close` is said once.
    pub(crate) fn next(&self) -> Next<T> {
        let mut state = self.lock();
        let close = match state.phase {
            Phase::Closed => return Next::Wait,
            Phase::Closing => true,
            Phase::Open => state.entries.is_empty() && state.threads == 0,
        };
        if close {
            state.phase = Phase::Closed;
            let rest = std::mem::take(&mut state.entries);
            self.room.notify_all();
            return Next::Close(rest);
        }
        match state.entries.pop_front() {
            Some(entry) => {
                self.room.notify_one();
                Next::Deliver(entry)
            }
            None => Next::Wait,
        }
    }

    /// Ends it with its environment: as an abort by nobody in particular.
    pub(crate) fn abandon(&self) -> Option<VecDeque<T>> {
        let mut state = self.lock();
        if state.phase == Phase::Closed {
            return None;
        }
        state.phase = Phase::Closed;
        self.room.notify_all();
        Some(std::mem::take(&mut state.entries))
    }

    /// Whether it is over and no thread may still name it.
    pub(crate) fn is_forgotten(&self) -> bool {
        let state = self.lock();
        state.phase == Phase::Closed && state.threads == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn entries_come_out_in_order_and_the_deliverer_is_woken_once() {
        let queue = Queue::new(0, 1);
        assert_eq!(queue.push(1, false, false), Ok(true));
        assert_eq!(queue.push(2, false, false), Ok(false), "it is on its way");
        assert_eq!(queue.begin_turn(), 2);
        assert_eq!(queue.next(), Next::Deliver(1));
        assert_eq!(queue.push(3, false, false), Ok(true), "the turn has begun");
        assert_eq!(queue.next(), Next::Deliver(2));
        assert!(!queue.end_turn(), "the wake-up for the third is under way");
        assert_eq!(queue.begin_turn(), 1);
        assert_eq!(queue.next(), Next::Deliver(3));
        assert_eq!(queue.next(), Next::Wait);
        assert!(!queue.end_turn());
        assert_eq!(queue.release(false), Ok(true));
        assert_eq!(queue.begin_turn(), 0);
        assert_eq!(queue.next(), Next::Close(VecDeque::new()));
        assert_eq!(queue.next(), Next::Wait, "only once");
        assert!(queue.is_forgotten());
    }

    #[test]
    fn a_full_queue_refuses_or_waits() {
        let queue = Arc::new(Queue::new(2, 2));
        for entry in [1, 2] {
            assert!(queue.push(entry, false, false).is_ok());
        }
        assert_eq!(queue.push(3, false, false), Err(Refusal::Full));
        assert_eq!(queue.push(3, true, true), Err(Refusal::Deadlock));
        let other = queue.clone();
        let waiting = std::thread::spawn(move || other.push(3, true, false));
        queue.begin_turn();
        assert_eq!(queue.next(), Next::Deliver(1));
        assert!(waiting.join().unwrap().is_ok());
        assert_eq!(queue.next(), Next::Deliver(2));
        assert_eq!(queue.next(), Next::Deliver(3));
    }

    #[test]
    fn an_abort_gives_up_what_is_in_it_and_releases_who_waits() {
        let queue = Arc::new(Queue::new(1, 3));
        assert!(queue.push(1, false, false).is_ok());
        let other = queue.clone();
        let waiting = std::thread::spawn(move || other.push(2, true, false));
        assert!(queue.release(true).is_ok());
        assert_eq!(waiting.join().unwrap(), Err(Refusal::Closing), "which counts as its release");
        assert_eq!(queue.acquire(), Err(Refusal::Closing));
        assert_eq!(queue.next(), Next::Close(VecDeque::from([1])));
        assert!(!queue.is_forgotten(), "one thread has not heard of it");
        assert_eq!(queue.push(4, false, false), Err(Refusal::Closing));
        assert!(queue.is_forgotten());
        assert_eq!(queue.push(4, false, false), Err(Refusal::Unused));
        assert_eq!(queue.release(false), Err(Refusal::Unused));
    }

    #[test]
    fn nothing_is_lost_in_a_storm() {
        let queue = Arc::new(Queue::new(16, 8));
        let threads: Vec<_> = (0..8)
            .map(|thread| {
                let queue = queue.clone();
                std::thread::spawn(move || {
                    for entry in 0..500 {
                        queue.push((thread, entry), true, false).unwrap();
                    }
                    let _ = queue.release(false);
                })
            })
            .collect();
        let mut last = [None; 8];
        let mut delivered = 0;
        loop {
            match queue.next() {
                Next::Deliver((thread, entry)) => {
                    let last: &mut Option<i32> = &mut last[thread];
                    assert_eq!(entry, last.map_or(0, |last| last + 1), "each thread's own order is kept");
                    *last = Some(entry);
                    delivered += 1;
                }
                Next::Wait => std::thread::yield_now(),
                Next::Close(rest) => {
                    assert!(rest.is_empty());
                    break;
                }
            }
        }
        assert_eq!(delivered, 8 * 500);
        threads.into_iter().for_each(|thread| thread.join().unwrap());
    }
}
