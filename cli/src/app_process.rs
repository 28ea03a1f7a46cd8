//! The app process: opens the packages, plugs the shims together, runs the app, and tells its watcher.

use crate::configuration::{self, Configuration, Task};
use crate::developer::Developer;
use crate::error::Failure;
use crate::failure_pictures::FailurePictures;
use crate::native::Libraries;
use concord_ability::app::AppProcess;
use concord_ability::event_loop::Clock;
use concord_ability::hosts::{ExitHost, Hosts, TestObserver};
use concord_ability::options::{AppOptions, DeviceProfile, Launch, Outcome, TestLaunch};
use concord_ability::want::Want;
use concord_desktop::display::Display;
use concord_package::PackageSet;
use concord_runtime::{Registry, Runtime};
use concord_services::log_ring::LogRing;
use concord_services::protocol::Event;
use concord_services::report::MissingApi;
use concord_services::shell_host::AppShell;
use concord_syscalls::app_process::{Inbox, Watcher};
use concord_wayland::WaylandDisplay;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// Runs until the app ends; the exit code matters only when the watcher was told nothing better.
pub fn run() -> Result<u8, Failure> {
    let (mut watcher, text) =
        Watcher::connect().map_err(Failure::io("this is started by `concord run` and `concord test`"))?;
    // Before the engine sets handlers of its own.
    crate::crash::report_to(&watcher).map_err(Failure::io("preparing for crashes"))?;
    let inbox = watcher.inbox().map_err(Failure::io("listening to the watching process"))?;
    let watcher = Rc::new(watcher);
    let configuration: Configuration = serde_json::from_str(&text)
        .map_err(|error| Failure::Usage(format!("this is started by `concord run` and `concord test`: {error}")))?;
    match start(&configuration, &watcher, inbox) {
        Ok(code) => Ok(code),
        Err(failure) => {
            tell(&watcher, &Event::Refused { message: failure.to_string() });
            Ok(failure.exit_code())
        }
    }
}

/// A watcher that is gone takes this process with it, so a failed send needs no care.
fn tell(watcher: &Watcher, event: &Event) {
    let _ = watcher.send(&event.to_line());
}

fn start(configuration: &Configuration, watcher: &Rc<Watcher>, inbox: Inbox) -> Result<u8, Failure> {
    // First of all: the desktop answers while the packages are opened.
    let mut desktop = crate::desktop::services(&configuration.task);
    let (packages, others) = open(configuration)?;
    crate::desktop::add_sound(&mut desktop, configuration, packages.bundle_name());
    let log = Arc::new(LogRing::new(configuration.log.level()));
    let mut options = AppOptions::new(Arc::clone(&packages), launch(&configuration.task), &configuration.home);
    options.others = others;
    options.device = configuration.device.profile()?;
    let developer = Developer::of(configuration);
    let mut display = match &configuration.task {
        Task::Run { windows: true, .. } => Some(WaylandDisplay::connect().map_err(Failure::usage)?),
        _ => None,
    };
    if let (Some(display), Task::Run { start: Some(start), .. }) = (&mut display, &configuration.task)
        && let Some(token) = &start.token
    {
        display.set_launch_token(token.clone());
    }
    if let Some(display) = &display {
        fit(&mut options.device, display);
    }
    developer.fit(&mut options.device, display.is_some());
    options.clock = match configuration.clock {
        configuration::Clock::Real => Clock::Real,
        configuration::Clock::Virtual => Clock::Virtual,
        configuration::Clock::Stepped => Clock::Stepped,
    };
    options.grants.clone_from(&configuration.grants);
    if let Task::Run { until_idle, after, start, .. } = &configuration.task {
        options.until_idle = *until_idle;
        options.deadline_ms = *after;
        options.document = start.as_ref().and_then(|start| start.document.clone());
    }
    let pictures = match &configuration.task {
        Task::Test { screenshots: Some(folder), .. } => Some(RefCell::new(FailurePictures::new(folder.clone()))),
        _ => None,
    };
    let goes_on = options.until_idle || options.deadline_ms.is_some();
    let display = display.map(|display| Box::new(display) as Box<dyn Display>);
    let windows = developer.windows(display, &options.device, goes_on, watcher)?;
    let told = Told { watcher: Rc::clone(watcher), runtime: Rc::default(), pictures: Rc::new(pictures) };
    let sender = watcher.sender().map_err(Failure::io("talking to the watching process"))?;
    let hosts = Hosts {
        log: log.clone(),
        observer: Box::new(told.clone()),
        shell: Box::new(AppShell::new(log, configuration.system_parameters.clone())),
        exit: Some(Box::new(told.clone())),
        desktop,
        windows: Box::new(windows),
        native_libraries: Some(Arc::new(Libraries::new(Arc::clone(&packages), sender))),
    };
    let mut registry = Registry::new();
    registry.extend(&crate::info::shims());
    registry.set_on_platform(concord_kits::apis::on_platform);
    let process = AppProcess::new(options, registry, hosts).map_err(Failure::usage)?;
    // Set once, here; there is no app before.
    let _ = told.runtime.set(process.runtime().clone());
    crate::crash::know(told.clone());
    concord_syscalls::crash::stay_first().map_err(Failure::io("preparing for crashes"))?;
    let module = match &configuration.task {
        Task::Test { module: Some(module), .. } => module.clone(),
        _ => process.module().to_owned(),
    };
    if let Task::Run { .. } = &configuration.task {
        crate::orders::heed(inbox, &process).map_err(Failure::io("listening to the watching process"))?;
    }
    tell(watcher, &Event::Opened { bundle: packages.bundle_name().to_owned(), module });
    let context = process.runtime().context();
    let outcome = process.run();
    concord_napi::tear_down(context);
    concord_arkui::inspector::leave();
    told.missing();
    let verdict = developer.verdict(context, watcher);
    if let Task::Run { screenshot: Some(path), .. } = &configuration.task {
        let picture = concord_arkui::screenshot(context).map_err(Failure::usage)?;
        crate::output::write_whole(path, &picture)?;
    }
    if let (Err(problem), false) = (verdict, matches!(outcome, Outcome::Crashed(_))) {
        crate::developer::complain(&problem);
        tell(watcher, &Event::Exit { code: 1 });
        return Ok(1);
    }
    Ok(match outcome {
        Outcome::Finished | Outcome::TestFinished { .. } => 0,
        Outcome::Exited(code) => {
            tell(watcher, &Event::Exit { code });
            u8::try_from(code.rem_euclid(256)).unwrap_or(1)
        }
        Outcome::Crashed(description) => {
            tell(watcher, &Event::Uncaught { description });
            1
        }
    })
}

/// Gives a device the density of a display: a vp is a logical pixel there, and windows lie side by side. One keeps its size in vp as far as the display
/// has room for it.
fn fit(device: &mut DeviceProfile, display: &WaylandDisplay) {
    let output = display.outputs().into_iter().next();
    let scale = output.as_ref().map_or(1.0, |output| output.scale);
    let room = |pixels: Option<u32>| {
        pixels.filter(|pixels| *pixels > 0).map_or(f64::INFINITY, |pixels| f64::from(pixels) * ROOM)
    };
    let side = |own: u32, room: f64| (f64::from(own) / device.density * scale).min(room).round() as u32;
    let width = side(device.width, room(output.as_ref().map(|output| output.pixels.0)));
    let height = side(device.height, room(output.as_ref().map(|output| output.pixels.1)));
    (device.width, device.height, device.density) = (width, height, scale);
    device.free_windows = true;
}

/// The part of a display that a new window takes at most.
const ROOM: f64 = 0.9;

/// The packages of the app, which is the one of the first package, and those of other applications.
fn open(configuration: &Configuration) -> Result<(Arc<PackageSet>, Vec<Arc<PackageSet>>), Failure> {
    let device_type = configuration.device.profile()?.device_type;
    let options = concord_package::Options { require_trusted: configuration.require_trusted, device_type };
    let sets = PackageSet::open_bundles(&configuration.packages, &options);
    let mut sets = sets.map_err(Failure::usage)?.into_iter().map(Arc::new);
    let first = sets.next().ok_or_else(|| Failure::usage("no package was given"))?;
    Ok((first, sets.collect()))
}

fn launch(task: &Task) -> Launch {
    match task {
        Task::Run { start: Some(order), .. } => Launch::Ability(order.want.clone()),
        Task::Run { ability, module, parameters, uri, action, .. } => Launch::Ability(Want {
            ability_name: ability.clone().unwrap_or_default(),
            module_name: module.clone().unwrap_or_default(),
            uri: uri.clone().unwrap_or_default(),
            action: action.clone().unwrap_or_default(),
            parameters: parameters.clone(),
            ..Want::default()
        }),
        Task::Test { module, runner, parameters, wait, .. } => Launch::Test(TestLaunch {
            module: module.clone().unwrap_or_default(),
            runner: runner.clone(),
            params: parameters.clone(),
            wait_seconds: *wait,
        }),
    }
}

/// Tells the watcher what the app reports.
#[derive(Clone)]
pub struct Told {
    watcher: Rc<Watcher>,
    runtime: Rc<OnceCell<Runtime>>,
    pictures: Rc<Option<RefCell<FailurePictures>>>,
}

impl Told {
    /// The runtime, once there is one.
    pub fn runtime(&self) -> Option<&Runtime> {
        self.runtime.get()
    }

    /// Tells something.
    pub fn tell(&self, event: &Event) {
        tell(&self.watcher, event);
    }

    /// Tells the missing APIs that were touched.
    pub fn missing(&self) {
        let uses = self.runtime.get().map(Runtime::report).unwrap_or_default().into_iter();
        let uses = uses.map(|used| MissingApi { api: used.api, count: used.count, site: used.first_site });
        let apis: Vec<_> = uses.chain(crate::native::missing()).collect();
        if !apis.is_empty() {
            tell(&self.watcher, &Event::Missing { apis });
        }
    }
}

/// What the system itself gives as the end of a run whose runner is not there (ability_runtime `js_test_runner.cpp`).
const NO_RUNNER: [&str; 4] =
    ["Not found ", "Failed to get ", "No module name is specified", "The specified module name"];

impl TestObserver for Told {
    fn status(&self, message: &str) {
        if let (Some(pictures), Some(runtime)) = (&*self.pictures, self.runtime.get()) {
            pictures.borrow_mut().observe(message, runtime.context());
        }
        tell(&self.watcher, &Event::Print { text: message.to_owned() });
    }

    fn finished(&self, message: &str, code: i64) {
        let message = message.to_owned();
        let no_runner = code == -1 && NO_RUNNER.iter().any(|start| message.starts_with(start));
        tell(&self.watcher, &if no_runner { Event::NoRunner { message } } else { Event::Finished { code, message } });
    }
}

impl ExitHost for Told {
    fn exit(&self, code: i32) {
        if let Some(runtime) = self.runtime.get() {
            runtime.save_cache();
            concord_napi::tear_down(runtime.context());
        }
        concord_arkui::inspector::leave();
        self.missing();
        tell(&self.watcher, &Event::Exit { code });
        std::process::exit(code);
    }
}
