//! The thread of a worker: its engine from growing to its end, and the leaves that its port has.

use super::{Worker, deliver, message_arg, not_running};
use crate::failure::Failure;
use concord_ability::event_loop::{Ended, EventLoop, Remote, RunLimits};
use concord_ability::seed::{Seed, ThreadRuntime};
use concord_engine::{Call, Context, ErrorKind, Exception, JsResult, Value};
use concord_runtime::transfer::Message;
use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

/// Exit codes that `onexit` hears.
const NORMAL: i32 = 0;
const ABNORMAL: i32 = 1;

/// What a thread starts with.
pub(super) struct Start {
    pub(super) worker: Arc<Worker>,
    pub(super) seed: Seed,
    pub(super) host: Remote,
    pub(super) name: String,
    /// Made by `Worker` rather than `ThreadWorker`.
    pub(super) deprecated: bool,
    pub(super) module: String,
    pub(super) path: String,
}

/// What a worker's context knows of itself.
pub(crate) struct Scope {
    pub(super) worker: Arc<Worker>,
    pub(super) host: Remote,
    pub(super) name: String,
    pub(super) deprecated: bool,
    /// `receive(event, …)` of its port.
    port: OnceCell<Value>,
}

impl Start {
    /// The whole life of the thread.
    pub(super) fn run(self) {
        let (worker, host) = (Arc::clone(&self.worker), self.host.clone());
        let code = self.live();
        worker.end();
        let id = worker.id;
        host.post(move |context, _| {
            super::Workers::of(context).known.borrow_mut().remove(&id);
            deliver(context, id, "exit", &[context.number(f64::from(code))]).map(drop)
        });
        worker.link.end();
    }

    fn live(self) -> i32 {
        let grown = match self.seed.grow() {
            Ok(grown) => grown,
            Err(error) => {
                let message = format!("the worker did not start: {error}");
                tell(
                    &self.host,
                    &self.worker,
                    Failure { message, file: String::new(), line: 0, column: 0, error: None },
                    true,
                );
                return ABNORMAL;
            }
        };
        let Some(_membership) = self.seed.threads.enter(&grown) else { return ABNORMAL };
        {
            let terminator = grown.context.terminator();
            let mut place = self.worker.terminator.lock().unwrap_or_else(PoisonError::into_inner);
            if self.worker.has_ended() {
                return NORMAL;
            }
            *place = Some(terminator);
        }
        let scope = Rc::new(Scope {
            worker: self.worker,
            host: self.host,
            name: self.name,
            deprecated: self.deprecated,
            port: OnceCell::new(),
        });
        grown.context.set_host_data(Rc::clone(&scope));
        let ended = run(&grown, &scope, &self.module, &self.path);
        // It ends without a script that could go on, whoever has ended it.
        *scope.worker.terminator.lock().unwrap_or_else(PoisonError::into_inner) = None;
        ended
    }
}

fn run(grown: &ThreadRuntime, scope: &Rc<Scope>, module: &str, path: &str) -> i32 {
    let ThreadRuntime { context, event_loop, runtime, .. } = grown;
    event_loop.set_error_handler(|context, event_loop, exception| uncaught(context, event_loop, &exception));
    context.on_unhandled_rejection(|promise, reason| rejected(promise.context(), &Exception(reason)));
    // The port is there before the script, which need not import it.
    if let Err(exception) = runtime.require("@ohos:worker") {
        event_loop.report(context, exception);
        return ABNORMAL;
    }
    let looping = event_loop.clone();
    runtime.import_then(module, path, move |result| {
        if let Err(exception) = result {
            let context = exception.0.context().clone();
            looping.report(&context, exception);
        }
    });
    scope.worker.link.attach(event_loop);
    match event_loop.run(context, RunLimits::default()) {
        Ok(Ended::Exit(code)) => code,
        Ok(Ended::Idle | Ended::Deadline) => NORMAL,
        Err(error) => {
            tracing::error!("a worker ends: {error}");
            ABNORMAL
        }
    }
}

/// Tells the host of an error. `fatal` says that the worker ends with it.
fn tell(host: &Remote, worker: &Worker, failure: Failure, fatal: bool) {
    let id = worker.id;
    host.post(move |context, _| {
        let Failure { message, file, line, column, error } = failure;
        let error = error.map_or_else(|| Ok(context.error(ErrorKind::Error, &message)), |error| error.give(context))?;
        let number = |number: u32| context.number(f64::from(number));
        let (message, file) = (context.string(&message), context.string(&file));
        let values = [message, file, number(line), number(column), error, context.boolean(fatal)];
        deliver(context, id, "error", &values).map(drop)
    });
}

/// An error that nobody in the worker has caught: its own `onerror` hears of it, then the host. The worker ends, unless the host
/// listens to all errors.
fn uncaught(context: &Context, event_loop: &EventLoop, exception: &Exception) {
    let Some(scope) = context.host_data::<Scope>() else { return };
    if exception.is_termination() {
        event_loop.request_exit(NORMAL);
        return;
    }
    let failure = Failure::of(exception);
    let heard = hear(context, &scope, &failure, exception);
    let survives = scope.worker.survives.load(Ordering::Acquire);
    tell(&scope.host, &scope.worker, failure, !survives);
    // A second error, in the listener of the first.
    if let Err(exception) = heard {
        tell(&scope.host, &scope.worker, Failure::of(&exception), !survives);
    }
    if !survives {
        scope.worker.link.close();
        event_loop.request_exit(ABNORMAL);
    }
}

fn hear(context: &Context, scope: &Scope, failure: &Failure, exception: &Exception) -> JsResult<()> {
    let Some(port) = scope.port.get() else { return Ok(()) };
    let number = |number: u32| context.number(f64::from(number));
    let (message, file) = (context.string(&failure.message), context.string(&failure.file));
    let values =
        [context.string("error"), message, file, number(failure.line), number(failure.column), exception.0.clone()];
    port.call(&context.undefined(), &values).map(drop)
}

/// A rejection that nobody handles ends nothing; the host hears of it when it listens to all errors.
fn rejected(context: &Context, exception: &Exception) {
    let Some(scope) = context.host_data::<Scope>() else { return };
    let failure = Failure::of(exception);
    if scope.worker.survives.load(Ordering::Acquire) {
        tell(&scope.host, &scope.worker, failure, false);
    } else {
        tracing::warn!(
            "unhandled promise rejection in a worker: {} ({}:{})",
            failure.message,
            failure.file,
            failure.line
        );
    }
}

/// A message of the host has come.
pub(super) fn receive(context: &Context, message: Message) -> JsResult<()> {
    let Some(scope) = context.host_data::<Scope>() else { return Ok(()) };
    let Some(port) = scope.port.get() else { return Ok(()) };
    let (event, value) = match message.give(context) {
        Ok(value) => ("message", value),
        Err(exception) => ("messageerror", exception.0),
    };
    port.call(&context.undefined(), &[context.string(event), value]).map(drop)
}

fn own(call: &Call<'_>) -> JsResult<Rc<Scope>> {
    call.context.host_data::<Scope>().ok_or_else(|| not_running(call.context))
}

/// `port(receive)`
pub(super) fn port(call: &Call<'_>) -> JsResult {
    let _ = own(call)?.port.set(call.arg(0));
    Ok(call.context.undefined())
}

/// `postToHost(message, transfer, shared)`
pub(super) fn post_to_host(call: &Call<'_>) -> JsResult {
    let scope = own(call)?;
    if scope.worker.has_ended() {
        return Err(not_running(call.context));
    }
    let message = message_arg(call, 0)?;
    let id = scope.worker.id;
    scope.host.post(move |context, _| {
        let (event, value) = match message.give(context) {
            Ok(value) => ("message", value),
            Err(exception) => ("messageerror", exception.0),
        };
        deliver(context, id, event, &[value]).map(drop)
    });
    Ok(call.context.undefined())
}

/// `close()`: ends the worker after what runs now.
pub(super) fn close(call: &Call<'_>) -> JsResult {
    let scope = own(call)?;
    scope.worker.link.close();
    if let Some(event_loop) = EventLoop::of(call.context) {
        event_loop.request_exit(NORMAL);
    }
    Ok(call.context.undefined())
}

/// `fail(error)`: an error of a listener of the port.
pub(super) fn fail(call: &Call<'_>) -> JsResult {
    if let Some(event_loop) = EventLoop::of(call.context) {
        event_loop.report(call.context, Exception(call.arg(0)));
    }
    Ok(call.context.undefined())
}
