//! `Atomics.wait` and `Atomics.notify`: threads that wait for a word of a shared buffer.

use concord_engine::SharedBytes;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often a waiting thread looks whether it is to end.
const PATIENCE: Duration = Duration::from_millis(50);

#[derive(Default)]
struct Parked {
    woken: Mutex<bool>,
    changed: Condvar,
}

/// Who waits, by address, in the order of their coming.
static PARKED: LazyLock<Mutex<FxHashMap<usize, VecDeque<Arc<Parked>>>>> = LazyLock::new(Mutex::default);

/// What the word must be for the thread to wait.
#[derive(Clone, Copy)]
pub(super) enum Expected {
    Narrow(u32),
    Wide(u64),
}

fn parked() -> MutexGuard<'static, FxHashMap<usize, VecDeque<Arc<Parked>>>> {
    PARKED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits until somebody notifies the word at `offset`, for at most `milliseconds` (all others than numbers mean forever), or
/// until `ended`.
pub(super) fn wait(
    bytes: &SharedBytes,
    offset: usize,
    expected: Expected,
    milliseconds: Option<f64>,
    ended: impl Fn() -> bool,
) -> &'static str {
    let address = bytes.address().wrapping_add(offset);
    let me = Arc::new(Parked::default());
    {
        // Under the lock, so that no notification is lost between looking and waiting.
        let mut all = parked();
        let same = match expected {
            Expected::Narrow(value) => bytes.load32(offset) == Some(value),
            Expected::Wide(value) => bytes.load64(offset) == Some(value),
        };
        if !same {
            return "not-equal";
        }
        all.entry(address).or_default().push_back(me.clone());
    }
    let limit = milliseconds
        .filter(|time| time.is_finite())
        .map(|time| Duration::from_secs_f64((time / 1000.0).clamp(0.0, 1e9)));
    let start = Instant::now();
    let mut woken = me.woken.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if *woken {
            return "ok";
        }
        let left = limit.map(|limit| limit.saturating_sub(start.elapsed()));
        if left == Some(Duration::ZERO) || ended() {
            break;
        }
        let patience = left.map_or(PATIENCE, |left| left.min(PATIENCE));
        woken = me.changed.wait_timeout(woken, patience).unwrap_or_else(PoisonError::into_inner).0;
    }
    drop(woken);
    let mut all = parked();
    if let Some(queue) = all.get_mut(&address) {
        queue.retain(|other| !Arc::ptr_eq(other, &me));
        if queue.is_empty() {
            all.remove(&address);
        }
    }
    drop(all);
    // Whoever took it from the queue before has counted it.
    if *me.woken.lock().unwrap_or_else(PoisonError::into_inner) { "ok" } else { "timed-out" }
}

/// Wakes at most `count` that wait for the word; gives how many.
pub(super) fn notify(bytes: &SharedBytes, offset: usize, count: usize) -> usize {
    let address = bytes.address().wrapping_add(offset);
    let mut all = parked();
    let Some(queue) = all.get_mut(&address) else { return 0 };
    let woken: Vec<_> = queue.drain(..count.min(queue.len())).collect();
    if queue.is_empty() {
        all.remove(&address);
    }
    // Still under the lock, so that nobody who was counted reports that its time is over.
    for parked in &woken {
        *parked.woken.lock().unwrap_or_else(PoisonError::into_inner) = true;
        parked.changed.notify_one();
    }
    woken.len()
}
