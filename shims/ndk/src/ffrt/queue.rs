//! Queues of tasks, and timers.

use super::attr::{QueueAttr, TaskAttr};
use super::task::{Body, Function, Header, Task, current};
use super::{ERROR, INVALID, OK, pool};
use crate::boundary::guarded;
use rustc_hash::FxHashMap;
use std::ffi::{c_char, c_int, c_uint, c_void};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Tasks of a queue that run at the same time, at most.
const MOST_CONCURRENCY: c_int = 256;

#[derive(Default)]
struct State {
    /// Priority, order of coming, task.
    waiting: Vec<(c_int, u64, Arc<Task>)>,
    order: u64,
    running: usize,
    destroyed: bool,
}

/// `ffrt_queue_t`
pub(super) struct Queue {
    concurrency: usize,
    state: Mutex<State>,
    rested: Condvar,
}

impl Queue {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(self: &Arc<Queue>, task: Arc<Task>, priority: c_int) {
        let mut state = self.state();
        if state.destroyed {
            drop(state);
            task.cancel();
            return;
        }
        let order = state.order;
        state.order += 1;
        state.waiting.push((priority, order, task));
        drop(state);
        self.advance();
    }

    /// Lets tasks run that may.
    fn advance(self: &Arc<Queue>) {
        let mut state = self.state();
        while state.running < self.concurrency {
            let next = state.waiting.iter().enumerate().min_by_key(|(_, (priority, order, _))| (*priority, *order));
            let Some(at) = next.map(|(at, _)| at) else { return };
            let (_, _, task) = state.waiting.swap_remove(at);
            state.running += 1;
            let queue = Arc::clone(self);
            pool::spawn(Box::new(move || {
                task.run();
                queue.state().running -= 1;
                queue.rested.notify_all();
                queue.advance();
            }));
        }
    }

    /// Another reference to what a guest holds.
    ///
    /// # Safety
    /// The guest holds the queue, or passes null.
    unsafe fn of_guest(queue: *const Queue) -> Option<Arc<Queue>> {
        if queue.is_null() {
            return None;
        }
        // SAFETY: by the contract of the function.
        unsafe {
            Arc::increment_strong_count(queue);
            Some(Arc::from_raw(queue))
        }
    }
}

/// # Safety
/// As in C: the attributes are null or were initialised.
pub(super) unsafe extern "C" fn ffrt_queue_create(
    kind: c_uint,
    _name: *const c_char,
    attr: *const QueueAttr,
) -> *mut Queue {
    guarded("ffrt_queue_create", null_mut(), || {
        // SAFETY: by the contract of the function.
        let wanted = unsafe { attr.as_ref() }.map_or(1, |attr| attr.concurrency);
        let concurrency = match kind {
            0 => 1,
            1 => wanted.clamp(1, MOST_CONCURRENCY),
            _ => return null_mut(),
        };
        let concurrency = usize::try_from(concurrency).unwrap_or(1);
        Arc::into_raw(Arc::new(Queue { concurrency, state: Mutex::default(), rested: Condvar::new() })).cast_mut()
    })
}

/// Tasks that have not begun are given up; those that run are waited for.
///
/// # Safety
/// As in C: the guest holds the queue, and gives it up.
pub(super) unsafe extern "C" fn ffrt_queue_destroy(queue: *mut Queue) {
    guarded("ffrt_queue_destroy", (), || {
        if queue.is_null() {
            return;
        }
        // SAFETY: by the contract of the function.
        let queue = unsafe { Arc::from_raw(queue.cast_const()) };
        let waiting = {
            let mut state = queue.state();
            state.destroyed = true;
            std::mem::take(&mut state.waiting)
        };
        for (_, _, task) in waiting {
            task.cancel();
        }
        // A task that destroys its own queue does not wait for itself.
        let own = current().and_then(|task| task.queue.get()?.upgrade()).is_some_and(|own| Arc::ptr_eq(&own, &queue));
        let mut state = queue.state();
        while state.running > usize::from(own) {
            state = queue.rested.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    });
}

/// # Safety
/// The guest holds the queue, the attributes are null or were initialised.
unsafe fn submit(queue: *mut Queue, body: Option<Body>, attr: *const TaskAttr) -> Option<Arc<Task>> {
    // SAFETY: by the contract of the function.
    let (queue, attr) = unsafe { (Queue::of_guest(queue)?, TaskAttr::of(attr)) };
    let task = Task::new(body?, &attr);
    let _ = task.queue.set(Arc::downgrade(&queue));
    let (delayed, priority) = (Arc::clone(&task), attr.priority);
    if task.delay().is_zero() {
        queue.push(delayed, priority);
    } else {
        pool::spawn_after(task.delay(), Box::new(move || queue.push(delayed, priority)));
    }
    Some(task)
}

/// # Safety
/// As in C: the guest holds the queue, the object lies in storage of ours, the attributes are null or were initialised.
pub(super) unsafe extern "C" fn ffrt_queue_submit(queue: *mut Queue, object: *mut Header, attr: *const TaskAttr) {
    // SAFETY: by the contract of the function.
    guarded("ffrt_queue_submit", (), || drop(unsafe { submit(queue, Body::object(object), attr) }));
}

/// # Safety
/// As for [`ffrt_queue_submit`].
pub(super) unsafe extern "C" fn ffrt_queue_submit_h(
    queue: *mut Queue,
    object: *mut Header,
    attr: *const TaskAttr,
) -> *mut Task {
    guarded("ffrt_queue_submit_h", null_mut(), || {
        // SAFETY: by the contract of the function.
        unsafe { submit(queue, Body::object(object), attr) }.map_or(null_mut(), Task::into_guest)
    })
}

/// # Safety
/// As in C: the guest holds the queue, the attributes are null or were initialised.
pub(super) unsafe extern "C" fn ffrt_queue_submit_f(
    queue: *mut Queue,
    function: Option<Function>,
    argument: *mut c_void,
    attr: *const TaskAttr,
) {
    let body = function.map(|function| Body::Function(function, argument));
    // SAFETY: by the contract of the function.
    guarded("ffrt_queue_submit_f", (), || drop(unsafe { submit(queue, body, attr) }));
}

/// # Safety
/// As for [`ffrt_queue_submit_f`].
pub(super) unsafe extern "C" fn ffrt_queue_submit_h_f(
    queue: *mut Queue,
    function: Option<Function>,
    argument: *mut c_void,
    attr: *const TaskAttr,
) -> *mut Task {
    let body = function.map(|function| Body::Function(function, argument));
    guarded("ffrt_queue_submit_h_f", null_mut(), || {
        // SAFETY: by the contract of the function.
        unsafe { submit(queue, body, attr) }.map_or(null_mut(), Task::into_guest)
    })
}

/// 1 when the task has begun, is done or was cancelled before.
///
/// # Safety
/// As in C: the guest holds the task.
pub(super) unsafe extern "C" fn ffrt_queue_cancel(task: *mut Task) -> c_int {
    guarded("ffrt_queue_cancel", ERROR, || {
        // SAFETY: by the contract of the function.
        match unsafe { Task::of_guest(task) } {
            Some(task) if task.cancel() => OK,
            Some(_) => 1,
            None => INVALID,
        }
    })
}

/// The queue of the task of this thread, which the guest does not hold.
pub(super) extern "C" fn ffrt_get_current_queue() -> *mut Queue {
    let queue = current().and_then(|task| task.queue.get()?.upgrade());
    queue.map_or(null_mut(), |queue| Arc::as_ptr(&queue).cast_mut())
}

/// Called with the data that was given.
#[derive(Clone, Copy)]
struct Alarm {
    callback: Function,
    data: *mut c_void,
    period: Duration,
    repeat: bool,
}

// SAFETY: the guest asks for calls on other threads, with data that may be used there.
unsafe impl Send for Alarm {}

static TIMERS: Mutex<Option<FxHashMap<c_int, Alarm>>> = Mutex::new(None);

fn timers() -> MutexGuard<'static, Option<FxHashMap<c_int, Alarm>>> {
    TIMERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The next call of a timer, unless it is stopped until then.
fn arm(number: c_int, alarm: Alarm) {
    pool::spawn_after(
        alarm.period,
        Box::new(move || {
            let known = if alarm.repeat {
                timers().as_ref().and_then(|timers| timers.get(&number).copied())
            } else {
                timers().as_mut().and_then(|timers| timers.remove(&number))
            };
            let Some(alarm) = known else { return };
            // SAFETY: the guest says that this is a callback with such data.
            unsafe { (alarm.callback)(alarm.data) };
            if alarm.repeat {
                arm(number, alarm);
            }
        }),
    );
}

/// Calls after so many milliseconds, once or again and again.
pub(super) extern "C" fn ffrt_timer_start(
    _qos: c_int,
    timeout: u64,
    data: *mut c_void,
    callback: Option<Function>,
    repeat: bool,
) -> c_int {
    static NEXT: AtomicI32 = AtomicI32::new(1);
    guarded("ffrt_timer_start", ERROR, || {
        let Some(callback) = callback else { return ERROR };
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        // Calls without a pause would leave nothing for anybody else.
        let period = Duration::from_millis(timeout.max(u64::from(repeat)));
        let alarm = Alarm { callback, data, period, repeat };
        timers().get_or_insert_default().insert(number, alarm);
        arm(number, alarm);
        number
    })
}

pub(super) extern "C" fn ffrt_timer_stop(_qos: c_int, number: c_int) -> c_int {
    let known = timers().as_mut().and_then(|timers| timers.remove(&number));
    if known.is_some() { OK } else { ERROR }
}
