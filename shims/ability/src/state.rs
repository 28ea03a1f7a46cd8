//! What the process knows on the Rust side; the faces reach it through the host data of their context.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use concord_engine::{Call, Context, ErrorKind, Exception, JsResult, Value};
use concord_package::PackageSet;
use concord_runtime::Runtime;
use concord_syscalls::{Access, VirtualPaths};
use rustc_hash::FxHashMap;

use crate::event_loop::EventLoop;
use crate::hosts::Hosts;
use crate::log::{Level, LogRecord};
use crate::options::{AppOptions, DeviceProfile, Outcome};
use crate::resources::ResourceStore;
use crate::seed::Seed;

/// State of one app process, on one of its threads. It holds no JavaScript value for longer than a request, so it keeps no context alive.
pub struct AppState {
    /// How the process was started.
    pub options: AppOptions,
    /// Names of the app's files.
    pub paths: Arc<VirtualPaths>,
    /// The log and what else the process was given.
    pub hosts: Hosts,
    /// What other threads need to run code of the app.
    pub seed: Seed,
    pub(crate) event_loop: EventLoop,
    pub(crate) outcome: RefCell<Option<Outcome>>,
    /// Report of the first rejection that neither the app nor an observer of it handled.
    pub(crate) first_rejection: RefCell<Option<String>>,
    pub(crate) shell_waiting: RefCell<FxHashMap<u64, Value>>,
    pub(crate) shell_tokens: Cell<u64>,
    pub(crate) resources: ResourceStore,
    pub(crate) bundle_name: String,
    /// The device before people's choices on their desktop.
    pub(crate) built: DeviceProfile,
}

impl AppState {
    /// The state of a thread of the process. `built` is the device before people's choices on their desktop.
    pub(crate) fn new(seed: Seed, hosts: Hosts, event_loop: EventLoop, built: DeviceProfile) -> Self {
        Self {
            options: seed.options.clone(),
            paths: Arc::clone(&seed.paths),
            bundle_name: seed.packages.bundle_name().to_owned(),
            seed,
            hosts,
            event_loop,
            outcome: RefCell::default(),
            first_rejection: RefCell::default(),
            shell_waiting: RefCell::default(),
            shell_tokens: Cell::new(0),
            resources: ResourceStore::default(),
            built,
        }
    }

    /// The state of the process that `context` belongs to.
    pub fn of(context: &Context) -> Option<Rc<Self>> {
        context.host_data::<Self>()
    }

    /// The same for a native leaf; an error of the guest when there is no process (a worker thread, a test).
    pub fn of_call(call: &Call<'_>) -> JsResult<Rc<Self>> {
        Self::of(call.context)
            .ok_or_else(|| business_error(call.context, 16_000_050, "Internal error: no app process."))
    }

    /// Packages of the app.
    pub fn packages(&self) -> &PackageSet {
        &self.options.packages
    }

    /// Bundle name of the app.
    pub fn bundle_name(&self) -> &str {
        &self.bundle_name
    }

    /// Lets the app see and change a file that a person has handed to it. Its address for the app.
    pub fn share(&self, file: &Path) -> Option<String> {
        self.paths.share(file, Access::ReadWrite).ok().map(|document| document.uri)
    }

    /// A number for the next shell command.
    pub(crate) fn next_shell_token(&self) -> u64 {
        let token = self.shell_tokens.get();
        self.shell_tokens.set(token + 1);
        token
    }

    /// Writes a line of the system to the log.
    pub(crate) fn log(&self, level: Level, message: &str) {
        self.hosts.log.write(&LogRecord { level, domain: 0, tag: "Concord", message });
    }

    /// Ends the process at once, as `ProcessManager.exit` does: the running script does not continue.
    pub fn exit(&self, context: &Context, code: i32) {
        self.end(Outcome::Exited(code), code);
        if EventLoop::of(context).is_some_and(|event_loop| event_loop.remote().is_same(&self.seed.main)) {
            self.seed.threads.end(crate::app::PATIENCE);
        }
        if let Some(host) = &self.hosts.exit {
            host.exit(code);
        }
        context.terminator().terminate();
    }

    /// Ends the main loop; the first outcome counts.
    pub(crate) fn end(&self, outcome: Outcome, code: i32) {
        self.outcome.borrow_mut().get_or_insert(outcome);
        self.event_loop.request_exit(code);
    }
}

/// An error as the platform throws it.
pub fn business_error(context: &Context, code: i64, message: &str) -> Exception {
    let error = context.error(ErrorKind::Error, message);
    // Setting properties of a fresh error cannot fail.
    let _ = error.set("name", &context.string("BusinessError"));
    let _ = error.set("code", &context.number(code as f64));
    Exception(error)
}

/// What to do with an uncaught error: the app's observers first, else the process ends with a crash report.
pub(crate) fn uncaught(context: &Context, exception: Exception) {
    let Some(state) = AppState::of(context) else { return };
    let summary = summary(context, &exception);
    let heard = ask_observers(context, "uncaught", &[exception.0, context.string(&summary)]);
    finish_unheard(&state, heard, &summary);
}

/// What to do with a rejection that nobody handled: tell the observers, else the log. The platform lets the app go on, and so
/// do we; the first one decides how the run of an ability is judged in the end.
pub(crate) fn unhandled_rejection(context: &Context, promise: Value, reason: Value) {
    let Some(state) = AppState::of(context) else { return };
    if state.event_loop.exit_requested().is_some() {
        return;
    }
    let summary = format!("Unhandled promise rejection\n{}", summary(context, &Exception(reason.clone())));
    if ask_observers(context, "unhandledRejection", &[reason, promise]) {
        return;
    }
    state.log(Level::Error, &summary);
    state.first_rejection.borrow_mut().get_or_insert(summary);
}

fn ask_observers(context: &Context, method: &str, args: &[Value]) -> bool {
    let heard = Runtime::of(context)
        .ok_or(())
        .and_then(|runtime| runtime.require("@concord:errors").map_err(drop))
        .and_then(|errors| errors.call_method(method, args).map_err(drop));
    heard.is_ok_and(|heard| heard.to_boolean())
}

fn finish_unheard(state: &AppState, heard: bool, summary: &str) {
    if heard {
        state.log(Level::Warn, &format!("uncaught error, left to an observer of the app:\n{summary}"));
        return;
    }
    state.log(Level::Fatal, &format!("the app ends because of an uncaught error:\n{summary}"));
    state.end(Outcome::Crashed(summary.to_owned()), 1);
}

/// The text that a device writes into its fault log.
pub(crate) fn summary(context: &Context, exception: &Exception) -> String {
    let Some(runtime) = Runtime::of(context) else { return exception.describe() };
    let report = runtime.describe(exception);
    let name = if report.name.is_empty() { "Error" } else { &report.name };
    let code = report.code.map(|code| format!("\nError code:{code}")).unwrap_or_default();
    let stack = if report.stack.is_empty() { "    (no stack)" } else { report.stack.trim_end() };
    format!("Error name:{name}\nError message:{}{code}\nStacktrace:\n{stack}", report.message)
}
