//! The app process: built from packages, run to its end.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use concord_engine::{Context, JsResult, Value};
use concord_package::{Package, PackageError};
use concord_runtime::{Registry, Runtime};
use concord_syscalls::{Access, VirtualPaths};
use serde::Deserialize;

use crate::event_loop::{Ended, EventLoop, RunLimits};
use crate::hosts::{Hosts, ShellOutput, ShellReply};
use crate::log::Level;
use crate::options::{AppOptions, Launch, Outcome};
use crate::seed::Seed;
use crate::state::{self, AppState};
use crate::want::Want;

/// Why a process could not be built. Nothing of the app has run.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// No JavaScript engine.
    #[error(transparent)]
    Engine(#[from] concord_engine::LoadError),
    /// No main loop.
    #[error(transparent)]
    Loop(#[from] crate::event_loop::LoopError),
    /// The bytecode is damaged.
    #[error(transparent)]
    Bytecode(#[from] concord_runtime::LoadError),
    /// A package is damaged.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// The packages hold nothing to start.
    #[error("{0}")]
    NothingToStart(String),
    /// Our own JavaScript failed: a defect of this program.
    #[error("the run-time support does not load: {0}")]
    Support(String),
}

/// A running app, for shell commands and event sources on its own thread. Cheap to clone.
#[derive(Clone)]
pub struct AppHandle {
    context: Context,
}

/// What [`AppHandle::running`] tells of an ability.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RunningAbility {
    /// Number of the instance.
    pub id: u32,
    /// Bundle.
    pub bundle: String,
    /// Module.
    pub module: String,
    /// Ability.
    pub ability: String,
    /// `INITIAL`, `FOREGROUND`, `BACKGROUND`, `TERMINATING`, as `aa dump` prints it.
    pub state: String,
}

/// Why an ability could not be started, with the platform's number (16000001 …).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} ({code})")]
pub struct StartError {
    /// BusinessError code.
    pub code: i64,
    /// Text.
    pub message: String,
}

impl AppHandle {
    pub(crate) fn new(context: &Context) -> Self {
        Self { context: context.clone() }
    }

    /// The app that a context belongs to.
    pub fn of(context: &Context) -> Self {
        Self::new(context)
    }

    /// The context of its code.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Runs a command that lives in the app's own process, a module `@concord:tools/NAME` with a function
    /// `run(words, done)`. Its answer may come later. False when there is no such command: the answer is not used then.
    pub fn run_tool(&self, name: &str, words: &[String], reply: ShellReply) -> Result<(), ShellReply> {
        let run = || -> JsResult<Value> {
            let runtime = Runtime::of(&self.context).ok_or_else(|| {
                state::business_error(&self.context, 16_000_050, "Internal error: the process has ended.")
            })?;
            runtime.require(&format!("@concord:tools/{name}"))
        };
        let tool = match run() {
            Ok(tool) if tool.has("run") => tool,
            _ => return Err(reply),
        };
        let words: Vec<Value> = words.iter().map(|word| self.context.string(word)).collect();
        let reply = RefCell::new(Some(reply));
        let done = self.context.function("done", 2, move |call| {
            let text = call.arg(0).as_string().unwrap_or_default();
            let code = call.arg(1).as_f64().unwrap_or(0.0) as i32;
            if let Some(reply) = reply.take() {
                // As with `pclose`, the code is in the second byte.
                reply.send(ShellOutput { text, exit_code: (code & 0xff) << 8 });
            }
            Ok(call.context.undefined())
        });
        // A tool that throws drops the reply, which answers for it.
        if let Err(exception) = tool.call_method("run", &[self.context.array(&words), done]) {
            tracing::warn!("{name}: {}", exception.describe());
        }
        Ok(())
    }

    fn abilities(&self) -> JsResult {
        let runtime = Runtime::of(&self.context).ok_or_else(|| {
            state::business_error(&self.context, 16_000_050, "Internal error: the process has ended.")
        })?;
        runtime.require("@concord:abilities")
    }

    /// Starts an ability of the opened packages, as `aa start` does: returns when the start is accepted.
    pub fn start_ability(&self, want: &Want) -> Result<(), StartError> {
        let start = || -> JsResult<()> {
            let text = serde_json::to_string(want).unwrap_or_default();
            let want = self.context.json_parse(&text)?;
            self.abilities()?.call_method("start", &[want, self.context.object()])?;
            Ok(())
        };
        start().map_err(|exception| StartError {
            code: exception.0.get("code").ok().and_then(|code| code.as_i64()).unwrap_or(16_000_050),
            message: exception.0.get("message").ok().and_then(|text| text.as_string()).unwrap_or_default(),
        })
    }

    /// Starts an ability with a file of the person's, which the app gets to see; or gives it to the ability that runs.
    pub fn open_document(&self, want: &Want, file: &std::path::Path) -> Result<(), StartError> {
        let failed = |error: &dyn std::fmt::Display| StartError {
            code: 16_000_050,
            message: format!("{} cannot be opened: {error}", file.display()),
        };
        let paths = self.paths().ok_or_else(|| failed(&"the app has ended"))?;
        let document = paths.share(file, Access::ReadWrite).map_err(|error| failed(&error))?;
        self.start_ability(&Want { uri: document.uri, ..want.clone() })
    }

    /// Ends the process (`aa force-stop`).
    pub fn force_stop(&self) {
        if let Some(state) = AppState::of(&self.context) {
            state.exit(&self.context, 0);
        }
    }

    /// Ends all abilities as if each had ended itself, and the process with the last one. What they do then takes its time.
    pub fn end_abilities(&self) {
        if let Err(exception) = self.abilities().and_then(|abilities| abilities.call_method("terminateAll", &[])) {
            tracing::warn!("the app does not end by itself: {}", exception.describe());
        }
    }

    /// Abilities that are alive, oldest first.
    pub fn running(&self) -> Vec<RunningAbility> {
        let list = self.abilities().and_then(|abilities| abilities.call_method("running", &[]));
        let json = list.and_then(|list| list.to_json()).ok().flatten();
        json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
    }

    /// Bundle name of the app.
    pub fn bundle_name(&self) -> String {
        AppState::of(&self.context).map(|state| state.bundle_name.clone()).unwrap_or_default()
    }

    /// The files that the app sees.
    pub fn paths(&self) -> Option<Arc<VirtualPaths>> {
        AppState::of(&self.context).map(|state| Arc::clone(&state.paths))
    }

    /// The opened packages of the app.
    pub fn packages(&self) -> Option<Arc<concord_package::PackageSet>> {
        AppState::of(&self.context).map(|state| Arc::clone(&state.options.packages))
    }
}

/// How long the other threads of the app may take to end with it.
pub(crate) const PATIENCE: std::time::Duration = std::time::Duration::from_secs(2);

/// One app process: context, modules, abilities.
pub struct AppProcess {
    context: Context,
    event_loop: EventLoop,
    runtime: Runtime,
    state: Rc<AppState>,
}

impl AppProcess {
    /// Builds a process; no code of the app runs yet. The modules of this crate are added to `registry`.
    pub fn new(mut options: AppOptions, mut registry: Registry, hosts: Hosts) -> Result<Self, AppError> {
        complete_launch(&mut options)?;
        let preferences = hosts.desktop.settings.preferences();
        let built = options.device.clone();
        options.device = crate::preferences::adopt(&built, &options.packages, &preferences);
        registry.extend(&crate::modules());
        let context = Context::new()?;
        let event_loop = EventLoop::new(&context, options.clock)?;
        let bundle_name = options.packages.bundle_name().to_owned();
        let paths = virtual_paths(&options, &bundle_name);
        if let (Launch::Ability(want), Some(file)) = (&mut options.launch, &options.document) {
            let unseen = |error| AppError::NothingToStart(format!("{} cannot be opened: {error}", file.display()));
            want.uri = paths.share(file, Access::ReadWrite).map_err(unseen)?.uri;
        }
        let seed = Seed::new(options, paths, registry, &hosts, event_loop.remote());
        let state = Rc::new(AppState::new(seed, hosts, event_loop.clone(), built));
        context.set_host_data(Rc::clone(&state));
        event_loop.set_error_handler(|context, _, exception| state::uncaught(context, exception));
        let support = |exception: concord_engine::Exception| AppError::Support(exception.describe());
        event_loop.install_globals(&context).map_err(support)?;
        let runtime = state.seed.runtime(&context, &event_loop)?;
        state.hosts.windows.install(&context).map_err(support)?;
        crate::preferences::follow(&context, &state);
        context.on_unhandled_rejection(|promise, reason| {
            let context = promise.context().clone();
            state::unhandled_rejection(&context, promise, reason);
        });
        Ok(Self { context, event_loop, runtime, state })
    }

    /// The handle.
    pub fn handle(&self) -> AppHandle {
        AppHandle::new(&self.context)
    }

    /// The modules of the process, for its report.
    pub fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// The module that is started.
    pub fn module(&self) -> &str {
        match &self.state.options.launch {
            Launch::Ability(want) => &want.module_name,
            Launch::Test(test) => &test.module,
        }
    }

    /// Runs the app to its end.
    pub fn run(&self) -> Outcome {
        let handle = self.handle();
        match &self.state.options.launch {
            Launch::Ability(want) => {
                let want = want.clone();
                self.event_loop.post(move |context| {
                    handle
                        .start_ability(&want)
                        .map_err(|error| state::business_error(context, error.code, &error.message))
                });
            }
            Launch::Test(_) => {
                let runtime = self.runtime.clone();
                self.event_loop.post(move |_| {
                    runtime.require("@concord:delegator")?.call_method("run", &[])?;
                    Ok(())
                });
            }
        }
        let limits = RunLimits {
            until_idle: self.state.options.until_idle,
            deadline: self.state.options.deadline_ms.map(std::time::Duration::from_millis),
        };
        let ended = self.event_loop.run(&self.context, limits);
        self.state.seed.threads.end(PATIENCE);
        self.runtime.save_cache();
        let outcome = self.state.outcome.borrow_mut().take();
        let rejection = self.state.first_rejection.borrow_mut().take();
        match (outcome, ended) {
            (None | Some(Outcome::Finished), Ok(Ended::Idle | Ended::Deadline | Ended::Exit(0)))
                if rejection.is_some() =>
            {
                Outcome::Crashed(rejection.unwrap_or_default())
            }
            (Some(outcome), _) => outcome,
            (None, Ok(Ended::Exit(code))) => Outcome::Exited(code),
            (None, Ok(Ended::Idle | Ended::Deadline)) => Outcome::Finished,
            (None, Err(error)) => {
                self.state.log(Level::Fatal, &error.to_string());
                Outcome::Crashed(error.to_string())
            }
        }
    }
}

impl Drop for AppProcess {
    fn drop(&mut self) {
        self.state.seed.threads.end(PATIENCE);
        self.event_loop.close();
        self.state.shell_waiting.borrow_mut().clear();
    }
}

/// Fills in what the request leaves open, and refuses what cannot be started.
fn complete_launch(options: &mut AppOptions) -> Result<(), AppError> {
    let packages = Arc::clone(&options.packages);
    match &mut options.launch {
        Launch::Ability(want) => {
            if want.bundle_name.is_empty() {
                packages.bundle_name().clone_into(&mut want.bundle_name);
            }
            if want.ability_name.is_empty() && want.action.is_empty() && want.uri.is_empty() {
                let package = match want.module_name.as_str() {
                    "" => packages.entry(),
                    name => packages.module(name).ok_or_else(|| no_module(&packages, name))?,
                };
                want.ability_name = main_ability(package)?;
                package.module().module.name.clone_into(&mut want.module_name);
            } else if !want.ability_name.is_empty() {
                check_ability(&packages, want)?;
            }
        }
        Launch::Test(test) => {
            if test.module.is_empty() {
                let mut found = packages.packages().iter().filter(|package| is_test_module(package));
                if let (Some(package), None) = (found.next(), found.next()) {
                    package.module().module.name.clone_into(&mut test.module);
                }
            }
        }
    }
    Ok(())
}

fn is_test_module(package: &Package) -> bool {
    let module = &package.module().module;
    module.test_runner.is_some() || module.name.ends_with("_test")
}

fn no_module(packages: &concord_package::PackageSet, name: &str) -> AppError {
    let names: Vec<_> = packages.packages().iter().map(|package| package.module().module.name.as_str()).collect();
    AppError::NothingToStart(format!("there is no module `{name}`; the packages hold: {}", names.join(", ")))
}

/// The ability that stands for a module.
fn main_ability(package: &Package) -> Result<String, AppError> {
    let module = &package.module().module;
    let names = || module.abilities.iter().map(|ability| ability.name.as_str());
    let home = module.abilities.iter().find(|ability| {
        ability.skills.iter().any(|skill| {
            skill.actions.iter().any(|action| matches!(action.as_str(), "action.system.home" | "ohos.want.action.home"))
        })
    });
    let main = names().find(|name| *name == module.main_element);
    let name = main.or(home.map(|ability| ability.name.as_str())).or_else(|| names().next());
    name.map(str::to_owned).ok_or_else(|| {
        let path = package.path().display();
        AppError::NothingToStart(format!("{path}: module `{}` has no ability that could be started", module.name))
    })
}

fn check_ability(packages: &concord_package::PackageSet, want: &Want) -> Result<(), AppError> {
    let mut known = Vec::new();
    for package in packages.packages() {
        let module = &package.module().module;
        if want.module_name.is_empty() || want.module_name == module.name {
            known.extend(module.abilities.iter().map(|ability| ability.name.as_str()));
        }
    }
    if known.contains(&want.ability_name.as_str()) {
        return Ok(());
    }
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Err(AppError::NothingToStart(format!("there is no ability `{}`; the packages hold: {known}", want.ability_name)))
}

/// `/data/storage` of the app, and the folder that device shells use.
fn virtual_paths(options: &AppOptions, bundle_name: &str) -> VirtualPaths {
    let mut paths = VirtualPaths::new();
    paths.mount("/data/storage", options.home.join("data/100").join(bundle_name), Access::ReadWrite);
    paths.mount("/data/local/tmp", options.home.join("local/tmp"), Access::ReadWrite);
    paths
}

/// Hands the answer of a shell command to the promise that waits for it.
pub(crate) fn deliver_shell_output(context: &Context, token: u64, output: &ShellOutput) -> JsResult<()> {
    let Some(state) = AppState::of(context) else { return Ok(()) };
    let waiting = state.shell_waiting.borrow_mut().remove(&token);
    if let Some(resolve) = waiting {
        let args = [context.string(&output.text), context.number(f64::from(output.exit_code))];
        resolve.call(&context.undefined(), &args)?;
    }
    Ok(())
}
