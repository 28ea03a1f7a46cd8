//! Workers: a thread with an engine for each. `thread.rs` is the thread, `link.rs` the way to it, `call.rs` calls of objects of the
//! host; here are the leaves of `@ohos:worker`.

mod call;
mod link;
mod thread;

use concord_ability::event_loop::EventLoop;
use concord_ability::state::{AppState, business_error};
use concord_engine::{Call, Context, Exception, JsResult, Terminator, Value};
use concord_runtime::face::text_arg;
use concord_runtime::transfer::{Copied, Message, Moved};
use concord_runtime::{Native, Runtime};
use rustc_hash::FxHashMap;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use call::PendingCalls;
use link::Link;
pub(crate) use thread::Scope;

/// Most workers of a process, as documented.
const MAX_WORKERS: usize = 64;

pub(crate) const NATIVES: &[(&str, Native)] = &[
    ("listen", listen),
    ("start", start),
    ("post", post),
    ("terminate", terminate),
    ("survive", survive),
    ("uncaught", uncaught),
    ("scope", scope),
    ("port", thread::port),
    ("postToHost", thread::post_to_host),
    ("close", thread::close),
    ("fail", thread::fail),
    ("callHost", call::call_host),
];

/// A worker, as both of its ends know it.
pub(crate) struct Worker {
    /// Number in the host's context.
    id: u32,
    /// The way to it.
    link: Link,
    /// Ends its script, once there is one.
    terminator: Mutex<Option<Terminator>>,
    /// Nothing goes to it any more.
    ended: AtomicBool,
    /// Errors are told to `onAllErrors` and end nothing.
    survives: AtomicBool,
    /// Calls that wait for the host.
    calls: PendingCalls,
}

/// How many workers the threads of a process have.
#[derive(Default)]
struct Count(AtomicUsize);

/// Gives a place among the workers back.
struct Place(Arc<Count>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// The workers that a context has started, and the function of the face that hears of them.
#[derive(Default)]
struct Workers {
    known: RefCell<FxHashMap<u32, Arc<Worker>>>,
    next: Cell<u32>,
    deliver: OnceCell<Value>,
}

impl Workers {
    fn of(context: &Context) -> Rc<Workers> {
        context.host_data().unwrap_or_else(|| {
            let workers = Rc::new(Workers::default());
            context.set_host_data(Rc::clone(&workers));
            workers
        })
    }
}

impl Drop for Workers {
    /// A host that ends takes its workers with it.
    fn drop(&mut self) {
        for worker in self.known.get_mut().values() {
            worker.end();
        }
    }
}

impl Worker {
    /// Ends its script and its thread, soon; a second call does nothing.
    fn end(&self) {
        if self.ended.swap(true, Ordering::AcqRel) {
            return;
        }
        self.link.close();
        self.calls.abandon();
        if let Some(terminator) = &*self.terminator.lock().unwrap_or_else(PoisonError::into_inner) {
            terminator.terminate();
        }
    }

    fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }
}

/// Calls the face of a host: `deliver(worker, event, …)`. What it throws is an uncaught error there.
fn deliver(context: &Context, worker: u32, event: &str, values: &[Value]) -> JsResult {
    let Some(deliver) = Workers::of(context).deliver.get().cloned() else { return Ok(context.undefined()) };
    let mut arguments = vec![context.number(f64::from(worker)), context.string(event)];
    arguments.extend_from_slice(values);
    deliver.call(&context.undefined(), &arguments)
}

/// `listen(deliver)`
fn listen(call: &Call<'_>) -> JsResult {
    let _ = Workers::of(call.context).deliver.set(call.arg(0));
    Ok(call.context.undefined())
}

fn known(call: &Call<'_>) -> Option<Arc<Worker>> {
    let id = call.arg(0).as_i64().and_then(|id| u32::try_from(id).ok())?;
    Workers::of(call.context).known.borrow().get(&id).cloned()
}

fn not_running(context: &Context) -> Exception {
    business_error(context, 10_200_004, "The Worker instance is not running.")
}

/// What a failed serialisation is to the app.
pub(crate) fn serialization_error(context: &Context, exception: &Exception) -> Exception {
    let text = exception.headline();
    business_error(context, 10_200_006, &format!("An exception occurred during serialization. {text}"))
}

/// `start(script, name, deprecated)`: the worker's number, or what there is wrong: `'count'`, `'path'`, `'thread'`.
fn start(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let state = AppState::of_call(call)?;
    let (Some(runtime), Some(event_loop)) = (Runtime::of(context), EventLoop::of(context)) else {
        return Ok(context.string("thread"));
    };
    let Some((module, path)) = find_script(&runtime, &state, &text_arg(call, 0)?) else {
        return Ok(context.string("path"));
    };
    let count = state.seed.common::<Count>();
    if count.0.fetch_add(1, Ordering::AcqRel) >= MAX_WORKERS {
        count.0.fetch_sub(1, Ordering::AcqRel);
        return Ok(context.string("count"));
    }
    let place = Place(count);
    let workers = Workers::of(context);
    let id = workers.next.get();
    workers.next.set(id.wrapping_add(1));
    let worker = Arc::new(Worker {
        id,
        link: Link::new(event_loop.remote()),
        terminator: Mutex::default(),
        ended: AtomicBool::new(false),
        survives: AtomicBool::new(false),
        calls: PendingCalls::default(),
    });
    let start = thread::Start {
        worker: Arc::clone(&worker),
        seed: state.seed.clone(),
        host: event_loop.remote(),
        name: text_arg(call, 1)?,
        deprecated: call.arg(2).to_boolean(),
        module,
        path,
    };
    let spawned = state.seed.threads.spawn("worker", move || {
        let _place = place;
        start.run();
    });
    if let Err(error) = spawned {
        tracing::warn!("no thread for a worker: {error}");
        worker.end();
        return Ok(context.string("thread"));
    }
    workers.known.borrow_mut().insert(id, worker);
    Ok(context.number(f64::from(id)))
}

/// Module and path of a script, as [`Runtime::import`] takes them.
///
/// Scripts are named from the module (`entry/ets/workers/w.ets`), from the file that names them (`../workers/w.ets`), or by
/// requests (`@bundle:…`, `@normalized:…`, `@package/ets/workers/w.ets`). What is none of these is looked for by its last parts.
fn find_script(runtime: &Runtime, state: &AppState, script: &str) -> Option<(String, String)> {
    let entry = state.packages().entry().module().module.name.clone();
    let others = state.packages().packages().iter().map(|package| package.module().module.name.clone());
    let mut modules: Vec<String> = vec![entry];
    for module in others {
        if !modules.contains(&module) {
            modules.push(module);
        }
    }
    let found = |module: &str, path: &str| runtime.has(module, path).then(|| (module.to_owned(), path.to_owned()));
    if (script.starts_with("@bundle:") || script.starts_with("@normalized:"))
        && let Some(found) = modules.iter().find_map(|module| found(module, script))
    {
        return Some(found);
    }
    // What follows the bundle is named from the module, however the compiler names its records.
    let script = match script.strip_prefix("@bundle:") {
        Some(request) => request.split_once('/')?.1,
        None => script,
    };
    if let Some((module, path)) = script.split_once('/')
        && modules.iter().any(|known| known == module)
        && let Some(found) = found(module, path)
    {
        return Some(found);
    }
    let mut path = script.trim_start_matches(['/', '@']);
    while let Some(rest) = path.strip_prefix("./").or_else(|| path.strip_prefix("../")) {
        path = rest;
    }
    let least = path.split('/').count().min(2);
    loop {
        if path.is_empty() || path.split('/').count() < least {
            return None;
        }
        if let Some(found) = modules.iter().find_map(|module| found(module, path)) {
            return Some(found);
        }
        path = path.split_once('/')?.1;
    }
}

/// What the arguments `message, transfer` of a leaf say; `shared` shares sendable objects instead of copying them.
fn message_arg(call: &Call<'_>, first: usize) -> JsResult<Message> {
    let transfer = call.arg(first + 1);
    let moved = if transfer.is_object() { Moved::Listed(&transfer) } else { Moved::None };
    let copied = if call.arg(first + 2).to_boolean() { Copied::None } else { Copied::Shared };
    Message::take(&call.arg(first), moved, copied).map_err(|exception| serialization_error(call.context, &exception))
}

/// `post(worker, message, transfer, shared)`
fn post(call: &Call<'_>) -> JsResult {
    let worker = known(call).filter(|worker| !worker.has_ended()).ok_or_else(|| not_running(call.context))?;
    let message = message_arg(call, 1)?;
    worker.link.send(move |context, _| thread::receive(context, message));
    Ok(call.context.undefined())
}

/// `terminate(worker)`: whether it was running.
fn terminate(call: &Call<'_>) -> JsResult {
    let running = known(call).filter(|worker| !worker.has_ended());
    if let Some(worker) = &running {
        worker.end();
    }
    Ok(call.context.boolean(running.is_some()))
}

/// `survive(worker, yes)`: whether errors leave it alive.
fn survive(call: &Call<'_>) -> JsResult {
    if let Some(worker) = known(call) {
        worker.survives.store(call.arg(1).to_boolean(), Ordering::Release);
    }
    Ok(call.context.undefined())
}

/// `uncaught(error)`: what a listener has thrown.
fn uncaught(call: &Call<'_>) -> JsResult {
    if let Some(event_loop) = EventLoop::of(call.context) {
        event_loop.report(call.context, Exception(call.arg(0)));
    }
    Ok(call.context.undefined())
}

/// `scope()`: the name of the worker that runs this context, whether it is of the deprecated class; `undefined` elsewhere.
fn scope(call: &Call<'_>) -> JsResult {
    let Some(scope) = call.context.host_data::<Scope>() else { return Ok(call.context.undefined()) };
    let about = call.context.object();
    about.set("name", &call.context.string(&scope.name))?;
    about.set("deprecated", &call.context.boolean(scope.deprecated))?;
    Ok(about)
}
