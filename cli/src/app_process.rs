//! The app process: opens the packages, plugs the shims together, runs the app, and tells its watcher.

use crate::configuration::{Configuration, Task};
use crate::error::Failure;
use concord_ability::app::AppProcess;
use concord_ability::event_loop::Clock;
use concord_ability::hosts::{ExitHost, Hosts, TestObserver};
use concord_ability::options::{AppOptions, Launch, Outcome, TestLaunch};
use concord_ability::want::Want;
use concord_package::PackageSet;
use concord_runtime::Registry;
use concord_services::log_ring::LogRing;
use concord_services::protocol::Event;
use concord_services::shell_host::AppShell;
use concord_syscalls::app_process::Watcher;
use std::rc::Rc;
use std::sync::Arc;

/// Runs until the app ends; the exit code matters only when the watcher was told nothing better.
pub fn run() -> Result<u8, Failure> {
    let (watcher, text) =
        Watcher::connect().map_err(Failure::io("this is started by `concord run` and `concord test`"))?;
    let watcher = Rc::new(watcher);
    let configuration: Configuration = serde_json::from_str(&text)
        .map_err(|error| Failure::Usage(format!("this is started by `concord run` and `concord test`: {error}")))?;
    match start(&configuration, &watcher) {
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

fn start(configuration: &Configuration, watcher: &Rc<Watcher>) -> Result<u8, Failure> {
    let log = Arc::new(LogRing::new(configuration.log.level()));
    let packages = PackageSet::open(&configuration.packages).map_err(Failure::usage)?;
    let mut options = AppOptions::new(Arc::new(packages), launch(&configuration.task), &configuration.home);
    options.device = configuration.device.profile()?;
    options.clock = Clock::Real;
    options.grants.clone_from(&configuration.grants);
    if let Task::Run { until_idle, after, .. } = &configuration.task {
        options.until_idle = *until_idle;
        options.deadline_ms = *after;
    }
    let hosts = Hosts {
        log: log.clone(),
        observer: Box::new(Told(watcher.clone())),
        shell: Box::new(AppShell::new(log, configuration.system_parameters.clone(), Rc::new(|_| None))),
        exit: Some(Box::new(Told(watcher.clone()))),
        ..Hosts::default()
    };
    let process = AppProcess::new(options, Registry::default(), hosts).map_err(Failure::usage)?;
    let code = match process.run() {
        Outcome::Finished | Outcome::TestFinished { .. } => 0,
        Outcome::Exited(code) => {
            tell(watcher, &Event::Exit { code });
            u8::try_from(code.rem_euclid(256)).unwrap_or(1)
        }
        Outcome::Crashed(description) => {
            tell(watcher, &Event::Uncaught { description });
            1
        }
    };
    Ok(code)
}

fn launch(task: &Task) -> Launch {
    match task {
        Task::Run { ability, module, parameters, uri, action, .. } => Launch::Ability(Want {
            ability_name: ability.clone().unwrap_or_default(),
            module_name: module.clone().unwrap_or_default(),
            uri: uri.clone().unwrap_or_default(),
            action: action.clone().unwrap_or_default(),
            parameters: parameters.clone(),
            ..Want::default()
        }),
        Task::Test { module, runner, parameters, wait } => Launch::Test(TestLaunch {
            module: module.clone().unwrap_or_default(),
            runner: runner.clone(),
            params: parameters.clone(),
            wait_seconds: *wait,
        }),
    }
}

/// Tells the watcher what the app reports.
struct Told(Rc<Watcher>);

impl TestObserver for Told {
    fn status(&self, message: &str) {
        tell(&self.0, &Event::Print { text: message.to_owned() });
    }

    fn finished(&self, message: &str, code: i64) {
        tell(&self.0, &Event::Finished { code, message: message.to_owned() });
    }
}

impl ExitHost for Told {
    fn exit(&self, code: i32) {
        tell(&self.0, &Event::Exit { code });
        std::process::exit(code);
    }
}
