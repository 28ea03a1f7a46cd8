//! Locks and condition variables of `@arkts.utils`: what of them threads share. Promises and callbacks are in `utils.js`.

use super::named::Named;
use concord_ability::event_loop::EventLoop;
use concord_engine::{Call, Context, ErrorKind, Exception, JsResult, Value};
use concord_runtime::face::{text_arg, type_error};
use concord_runtime::sharing::{SharedRef, handle, shared_ref};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The face that makes locks in other threads.
const MODULE: &str = "@ohos:arkts.utils";
/// `AsyncLockMode.SHARED`.
const SHARED: u32 = 1;

static LOCKS: Named = Named::new();
static CONDITIONS: Named = Named::new();

fn next() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Tells the engines of the process apart: `AsyncLockInfo.contextId`.
fn context_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    thread_local!(static ID: Cell<u64> = const { Cell::new(0) });
    ID.with(|id| {
        if id.get() == 0 {
            id.set(NEXT.fetch_add(1, Ordering::Relaxed));
        }
        id.get()
    })
}

#[derive(Clone, Copy)]
struct Request {
    ticket: u64,
    mode: u32,
    context: u64,
}

struct Waiting {
    request: Request,
    tell: Box<dyn FnOnce(Grant) + Send>,
}

#[derive(Default)]
struct Requests {
    held: Vec<Request>,
    pending: VecDeque<Waiting>,
}

/// An `AsyncLock`.
struct Lock {
    name: String,
    requests: Mutex<Requests>,
}

/// The lock is held as long as this exists: also one that was granted to a thread that ended meanwhile is given back.
struct Grant {
    lock: Arc<Lock>,
    ticket: u64,
}

impl Drop for Grant {
    fn drop(&mut self) {
        let mut requests = self.lock.requests();
        requests.held.retain(|request| request.ticket != self.ticket);
        drop(requests);
        self.lock.serve();
    }
}

impl Lock {
    fn requests(&self) -> MutexGuard<'_, Requests> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a request of a mode may join those that hold the lock.
    fn admits(requests: &Requests, mode: u32) -> bool {
        requests.held.is_empty() || (mode == SHARED && requests.held.iter().all(|held| held.mode == SHARED))
    }

    /// Grants the lock to whoever is first, and to all behind it that may share it.
    fn serve(self: &Arc<Self>) {
        loop {
            let mut requests = self.requests();
            let first = requests.pending.front().map(|waiting| waiting.request.mode);
            if !first.is_some_and(|mode| Lock::admits(&requests, mode)) {
                return;
            }
            let Some(waiting) = requests.pending.pop_front() else { return };
            requests.held.push(waiting.request);
            drop(requests);
            (waiting.tell)(Grant { lock: self.clone(), ticket: waiting.request.ticket });
        }
    }
}

fn lock_of(call: &Call<'_>) -> JsResult<Arc<Lock>> {
    match shared_ref(&call.arg(0)).and_then(|object| object.data::<Lock>()) {
        Some(lock) => Ok(lock),
        None => type_error(call.context, "this is no lock"),
    }
}

fn event_loop(context: &Context) -> JsResult<EventLoop> {
    let missing = || Exception(context.error(ErrorKind::Error, "this thread has no event loop"));
    EventLoop::of(context).ok_or_else(missing)
}

/// `lock(name?)`: the handle of the lock of that name, or of a new one without.
pub(super) fn lock(call: &Call<'_>) -> JsResult {
    let make =
        |name: String| SharedRef::foreign("AsyncLock", MODULE, Arc::new(Lock { name, requests: Mutex::default() }));
    let object = if call.arg(0).is_undefined() {
        // Nobody can ask for it by that name, but it is listed.
        let name = format!("anonymousLock{}", next());
        LOCKS.list(make(name))
    } else {
        LOCKS.request(&text_arg(call, 0)?, make)
    };
    Ok(handle(call.context, &object))
}

/// `isHandle(value)`: whether a constructor was called to make a face.
pub(super) fn is_handle(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(shared_ref(&call.arg(0)).is_some()))
}

/// `lockName(handle)`.
pub(super) fn lock_name(call: &Call<'_>) -> JsResult {
    Ok(call.context.string(&lock_of(call)?.name))
}

/// `acquire(handle, mode, onlyIfAvailable, callback)`: a grant at once, `null` when it is not available, else the ticket of a
/// request; `callback(grant)` is called when its turn has come.
pub(super) fn acquire(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let lock = lock_of(call)?;
    let mode = call.arg(1).as_f64().unwrap_or_default() as u32;
    let request = Request { ticket: next(), mode, context: context_id() };
    let mut requests = lock.requests();
    if requests.pending.is_empty() && Lock::admits(&requests, mode) {
        requests.held.push(request);
        drop(requests);
        return Ok(grant_object(context, Grant { lock: lock.clone(), ticket: request.ticket }));
    }
    drop(requests);
    if call.arg(2).to_boolean() {
        return Ok(context.null());
    }
    let callback = call.arg(3);
    let tell = event_loop(context)?.expect(move |context, grant: Grant| {
        callback.call(&context.undefined(), &[grant_object(context, grant)]).map(drop)
    });
    lock.requests().pending.push_back(Waiting { request, tell: Box::new(tell) });
    // It may have become free meanwhile.
    lock.serve();
    Ok(context.number(request.ticket as f64))
}

fn grant_object(context: &Context, grant: Grant) -> Value {
    context.native_object(Box::new(RefCell::new(Some(grant))), None)
}

/// `release(grant)`.
pub(super) fn release(call: &Call<'_>) -> JsResult {
    let grant = call.arg(0).native::<RefCell<Option<Grant>>>().and_then(|grant| grant.borrow_mut().take());
    drop(grant);
    Ok(call.context.undefined())
}

/// `cancel(handle, ticket)`: whether the request was still waiting.
pub(super) fn cancel(call: &Call<'_>) -> JsResult {
    let lock = lock_of(call)?;
    let ticket = call.arg(1).as_f64().unwrap_or_default() as u64;
    let mut requests = lock.requests();
    let at = requests.pending.iter().position(|waiting| waiting.request.ticket == ticket);
    let waiting = at.and_then(|at| requests.pending.remove(at));
    drop(requests);
    // Those behind it may be able to share the lock.
    lock.serve();
    Ok(call.context.boolean(waiting.is_some()))
}

fn describe(lock: &Lock) -> serde_json::Value {
    let requests = lock.requests();
    let info = |request: &Request| serde_json::json!({ "name": lock.name, "mode": request.mode, "contextId": request.context });
    let held: Vec<_> = requests.held.iter().map(info).collect();
    let pending: Vec<_> = requests.pending.iter().map(|waiting| info(&waiting.request)).collect();
    serde_json::json!({ "held": held, "pending": pending })
}

/// `state(name?)`: JSON of what is held and waited for at the lock of that name (`null` when there is none), or of a list of all.
pub(super) fn state(call: &Call<'_>) -> JsResult {
    let text = if call.arg(0).is_undefined() {
        let all: Vec<_> = LOCKS.all().iter().filter_map(SharedRef::data::<Lock>).map(|lock| describe(&lock)).collect();
        serde_json::Value::Array(all)
    } else {
        let lock = LOCKS.find(&text_arg(call, 0)?).and_then(|object| object.data::<Lock>());
        lock.map_or(serde_json::Value::Null, |lock| describe(&lock))
    };
    Ok(call.context.string(&text.to_string()))
}

/// `contextId()`.
pub(super) fn this_context(call: &Call<'_>) -> JsResult {
    Ok(call.context.number(context_id() as f64))
}

/// Who waits for a condition: ticket, and how it is told.
type Waiters = Mutex<VecDeque<(u64, Box<dyn FnOnce(()) + Send>)>>;

/// A `ConditionVariable`.
#[derive(Default)]
struct Condition {
    waiting: Waiters,
}

fn condition_of(call: &Call<'_>) -> JsResult<Arc<Condition>> {
    match shared_ref(&call.arg(0)).and_then(|object| object.data::<Condition>()) {
        Some(condition) => Ok(condition),
        None => type_error(call.context, "this is no condition variable"),
    }
}

/// `condition(name?)`: the handle of the condition variable of that name, or of a new one without.
pub(super) fn condition(call: &Call<'_>) -> JsResult {
    let make = |_| SharedRef::foreign("ConditionVariable", MODULE, Arc::new(Condition::default()));
    let object =
        if call.arg(0).is_undefined() { make(String::new()) } else { CONDITIONS.request(&text_arg(call, 0)?, make) };
    Ok(handle(call.context, &object))
}

/// `wait(handle, callback)`: a ticket; `callback()` is called once notified.
pub(super) fn wait(call: &Call<'_>) -> JsResult {
    let condition = condition_of(call)?;
    let callback = call.arg(1);
    let tell = event_loop(call.context)?.expect(move |context, ()| callback.call(&context.undefined(), &[]).map(drop));
    let ticket = next();
    condition.waiting.lock().unwrap_or_else(PoisonError::into_inner).push_back((ticket, Box::new(tell)));
    Ok(call.context.number(ticket as f64))
}

/// `stopWaiting(handle, ticket)`: whether it was still waiting.
pub(super) fn stop_waiting(call: &Call<'_>) -> JsResult {
    let condition = condition_of(call)?;
    let ticket = call.arg(1).as_f64().unwrap_or_default() as u64;
    let mut waiting = condition.waiting.lock().unwrap_or_else(PoisonError::into_inner);
    let at = waiting.iter().position(|(other, _)| *other == ticket);
    let found = at.and_then(|at| waiting.remove(at));
    drop(waiting);
    Ok(call.context.boolean(found.is_some()))
}

/// `notify(handle, all)`.
pub(super) fn notify(call: &Call<'_>) -> JsResult {
    let condition = condition_of(call)?;
    let mut waiting = condition.waiting.lock().unwrap_or_else(PoisonError::into_inner);
    let count = if call.arg(1).to_boolean() { waiting.len() } else { waiting.len().min(1) };
    let woken: Vec<_> = waiting.drain(..count).collect();
    drop(waiting);
    for (_, tell) in woken {
        tell(());
    }
    Ok(call.context.undefined())
}
