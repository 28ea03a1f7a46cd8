//! `concord run`: starts an app process with an ability and watches it.

use crate::configuration::{Clock, Common, Configuration, LogLevel, Task, home};
use crate::developer::DeveloperOptions;
use crate::error::{Failure, eprint};
use crate::installed;
use crate::output::{check_writable, write_whole};
use crate::test::spawn;
use clap::Args;
use concord_services::crash::Crash;
use concord_services::protocol::StartOrder;
use concord_services::supervise::{Refused, RunEnd, RunWatch, watch_run};
use concord_syscalls::app_process::{AppProcess, Limits, Mailbox};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Arguments of `concord run`.
#[derive(Args)]
#[command(after_help = "An installed app is started by its name, with files and addresses to open: \
`concord run com.example.app[/Ability] [FILE|URI…]`. When it runs already, it gets them as a new Want. `concord list` names the \
installed apps.")]
pub struct Run {
    #[command(flatten)]
    common: Common,
    /// Ability to start instead of the main one
    #[arg(short, long, value_name = "ABILITY")]
    ability: Option<String>,
    /// Module of the ability
    #[arg(short, long, value_name = "MODULE")]
    module: Option<String>,
    /// URI to start with
    #[arg(short = 'U', long, value_name = "URI")]
    uri: Option<String>,
    /// Action to start with
    #[arg(short = 'A', long, value_name = "ACTION")]
    action: Option<String>,
    /// String parameter, as `aa start --ps KEY VALUE`
    #[arg(long, num_args = 2, value_names = ["KEY", "VALUE"], action = clap::ArgAction::Append)]
    ps: Vec<String>,
    /// Integer parameter
    #[arg(long, num_args = 2, value_names = ["KEY", "VALUE"], action = clap::ArgAction::Append, allow_hyphen_values = true)]
    pi: Vec<String>,
    /// Boolean parameter
    #[arg(long, num_args = 2, value_names = ["KEY", "VALUE"], action = clap::ArgAction::Append)]
    pb: Vec<String>,
    /// Run without a window; so does CONCORD_DISPLAY=headless
    #[arg(long)]
    headless: bool,
    /// End when nothing is left to do, or after so many milliseconds
    #[arg(long, value_name = "idle|MS", value_parser = exit_after)]
    exit_after: Option<ExitAfter>,
    /// Write a picture of the screen as PNG when the run ends; needs --exit-after or --replay
    #[arg(long, value_name = "FILE")]
    screenshot: Option<PathBuf>,
    /// End the app after so many seconds, with exit code 124
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(1..=86400))]
    timeout: Option<u64>,
    /// Write how the app ended as JSON: exit code, crash, APIs that it lacked
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Least level of log lines to show
    #[arg(long, value_name = "LEVEL", value_enum, default_value = "info")]
    log: LogLevel,
    /// Shortcut of the menu entry of an installed app
    #[arg(long, value_name = "ID", hide = true)]
    shortcut: Option<String>,
    /// Started by the session bus
    #[arg(long, hide = true)]
    activated: bool,
    #[command(flatten)]
    developer: DeveloperOptions,
}

/// Refuses a session without a Wayland display before anything is started.
fn check_display() -> Result<(), Failure> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET") {
        return Ok(());
    }
    let remedy = "run without a window (--headless, or CONCORD_DISPLAY=headless)";
    Err(Failure::Usage(if set("DISPLAY") {
        format!(
            "this is an X11 session, and windows need Wayland: log in to a Wayland session, start a compositor in a \
             window (`weston`, `cage -- concord run …`), or {remedy}"
        )
    } else {
        format!("there is no display to show windows on (WAYLAND_DISPLAY is not set): {remedy}")
    }))
}

/// When to end by ourselves.
#[derive(Debug, Clone, Copy)]
enum ExitAfter {
    Idle,
    Millis(u64),
}

fn exit_after(text: &str) -> Result<ExitAfter, String> {
    match text {
        "idle" => Ok(ExitAfter::Idle),
        number => number.parse().map(ExitAfter::Millis).map_err(|_| "expected `idle` or milliseconds".to_owned()),
    }
}

impl Run {
    /// Runs the app to its end, or hands what is asked to the one that runs.
    pub fn run(self) -> Result<u8, Failure> {
        let Some(request) = installed::request(&self.common.packages, self.ability.as_deref())? else {
            if self.activated || self.shortcut.is_some() {
                return Err(Failure::usage("--activated and --shortcut are for installed apps"));
            }
            self.common.check()?;
            return self.start(self.common.packages.clone(), None, &mut |_| {});
        };
        if self.developer.watch {
            return Err(Failure::usage("--watch is for packages: name the files that your build makes"));
        }
        self.common.device.profile()?;
        let start = |packages, order, started: &mut dyn FnMut(Mailbox)| self.start(packages, Some(order), started);
        if self.activated {
            return installed::activated(request, start);
        }
        let details = installed::Details {
            parameters: self.parameters()?,
            uri: self.uri.clone(),
            action: self.action.clone(),
            module: self.module.clone(),
            shortcut: self.shortcut.clone(),
        };
        installed::run(request, details, self.exit_after.is_some(), start)
    }

    /// Runs packages to their end; `started` gets the mailbox of their process.
    fn start(
        &self,
        packages: Vec<PathBuf>,
        order: Option<StartOrder>,
        started: &mut dyn FnMut(Mailbox),
    ) -> Result<u8, Failure> {
        if let Some(file) = &self.screenshot {
            if self.exit_after.is_none() && self.developer.replay.is_none() {
                return Err(Failure::usage("--screenshot needs --exit-after or --replay: a picture of when?"));
            }
            check_writable(file)?;
        }
        self.json.as_deref().map_or(Ok(()), check_writable)?;
        let Some(home) = home() else {
            return Err(Failure::Usage(
                "no place for the app's data: set CONCORD_HOME, XDG_DATA_HOME or HOME".to_owned(),
            ));
        };
        let windows = !self.headless && std::env::var_os("CONCORD_DISPLAY").is_none_or(|display| display != "headless");
        if windows {
            check_display()?;
        }
        let configuration = Configuration {
            packages,
            require_trusted: self.common.require_trusted,
            home,
            log: self.log,
            device: self.common.device.clone(),
            grants: self.common.grant.clone(),
            system_parameters: self.common.param.clone(),
            clock: self.common.clock.unwrap_or(match (windows, &self.developer.replay, self.exit_after) {
                (true, _, _) | (_, None, None) => Clock::Real,
                (false, Some(_), _) => Clock::Stepped,
                (false, None, Some(_)) => Clock::Virtual,
            }),
            task: Task::Run {
                ability: self.ability.clone(),
                module: self.module.clone(),
                parameters: self.parameters()?,
                uri: self.uri.clone(),
                action: self.action.clone(),
                until_idle: matches!(self.exit_after, Some(ExitAfter::Idle)),
                after: match self.exit_after {
                    Some(ExitAfter::Millis(millis)) => Some(millis),
                    _ => None,
                },
                screenshot: self
                    .screenshot
                    .as_deref()
                    .map(std::path::absolute)
                    .transpose()
                    .map_err(Failure::io("--screenshot"))?,
                windows,
                start: order.map(Box::new),
                developer: Box::new(self.developer.for_app(windows, self.common.device.size())?),
            },
        };
        let timeout = self.timeout.map(Duration::from_secs);
        let memory = self.common.memory << 20;
        if self.developer.watch {
            return crate::watch::watch(configuration, timeout, memory);
        }
        let process = spawn_run(&configuration, timeout, memory)?;
        started(process.mailbox().map_err(Failure::io("talking to the app process"))?);
        let mut ended = None;
        let on_end = |run: &RunWatch, end: &Result<RunEnd, Refused>| {
            report(run, end.as_ref().ok(), &configuration.home);
            ended = Some(to_json(run, end.as_ref().ok()));
        };
        let end = watch_run(process, memory, on_end).map_err(Failure::io("watching the app"))?;
        if let (Some(file), Some(ended)) = (&self.json, ended) {
            write_whole(file, format!("{ended:#}\n").as_bytes())?;
        }
        Ok(end.map_err(Failure::usage)?.exit_code())
    }

    fn parameters(&self) -> Result<Map<String, Value>, Failure> {
        let mut parameters = Map::new();
        let pairs = |list: &[String]| list.chunks_exact(2).map(|p| (p[0].clone(), p[1].clone())).collect::<Vec<_>>();
        for (key, value) in pairs(&self.ps) {
            parameters.insert(key, Value::String(value));
        }
        for (key, value) in pairs(&self.pi) {
            let number: i32 =
                value.parse().map_err(|_| Failure::Usage(format!("--pi {key} {value}: expected a 32-bit integer")))?;
            parameters.insert(key, number.into());
        }
        for (key, value) in pairs(&self.pb) {
            let flag: bool =
                value.parse().map_err(|_| Failure::Usage(format!("--pb {key} {value}: expected true or false")))?;
            parameters.insert(key, flag.into());
        }
        Ok(parameters)
    }
}

/// Starts an app process that may run for so long and use so many bytes.
pub fn spawn_run(configuration: &Configuration, timeout: Option<Duration>, memory: u64) -> Result<AppProcess, Failure> {
    let deadline = timeout.map(|timeout| Instant::now() + timeout);
    spawn(configuration, Limits { deadline, memory: Some(memory) })
}

/// Says what an app lacked and how it ended; nothing of an end that is as it should be. A crash is kept in `home`.
pub fn report(run: &RunWatch, end: Option<&RunEnd>, home: &Path) {
    if !run.missing().is_empty() {
        eprint("concord: APIs that Concord lacks and this run touched:\n");
    }
    for missing in run.missing() {
        eprint(&format!("  {} ({}x)\n", missing.api, missing.count));
    }
    match end {
        None | Some(RunEnd::Exit(_) | RunEnd::Interrupted(_)) => {}
        Some(RunEnd::Uncaught(description)) => {
            eprint(&format!("concord: the app ended in an uncaught error\n{description}\n"));
        }
        Some(RunEnd::Died(how)) if run.crash().is_none() => eprint(&format!("concord: the app died: {how}\n")),
        Some(RunEnd::Died(_)) => {}
        Some(RunEnd::TimedOut) => eprint("concord: the time limit passed (see --timeout)\n"),
        Some(RunEnd::OutOfMemory(limit)) => {
            eprint(&format!("concord: out of memory: the app used more than {limit} MiB (see --memory)\n"));
        }
    }
    if let Some(crash) = run.crash() {
        tell_crash(crash, Some((home, run.bundle())));
    }
}

/// Prints a crash, and keeps it in the home folder of an app.
pub fn tell_crash(crash: &Crash, keep: Option<(&Path, &str)>) {
    if crash.is_question() {
        eprint(&format!("concord: native code of the app was still running:\n{}", crash.stack()));
        return;
    }
    eprint(&format!("concord: the app crashed: {crash}\n"));
    let Some((home, bundle)) = keep else { return };
    let text = format!("Bundle: {bundle}\n{crash}\n");
    match concord_services::crash::keep(home, bundle, concord_ability::UID, &text) {
        Ok(file) => eprint(&format!("concord: this report is in {}\n", file.display())),
        Err(error) => eprint(&format!("concord: this report could not be kept in {}: {error}\n", home.display())),
    }
}

/// How a run ended, for scripts; no end when the packages were refused.
fn to_json(run: &RunWatch, end: Option<&RunEnd>) -> Value {
    let (name, detail) = match end {
        None => ("refused", None),
        Some(RunEnd::Exit(_)) => ("exit", None),
        Some(RunEnd::Uncaught(description)) => ("uncaught", Some(description)),
        Some(RunEnd::Died(how)) => ("died", Some(how)),
        Some(RunEnd::TimedOut) => ("timed-out", None),
        Some(RunEnd::OutOfMemory(_)) => ("out-of-memory", None),
        Some(RunEnd::Interrupted(_)) => ("interrupted", None),
    };
    serde_json::json!({
        "bundle": run.bundle(),
        "end": name,
        "detail": detail,
        "exit_code": end.map_or(2, RunEnd::exit_code),
        "missing": run.missing(),
        "crash": run.crash(),
    })
}
