//! What developers ask a run for: what a person does written down and done again, a look inside, starting again with every build.

use crate::configuration::{Configuration, Size, Task};
use crate::error::{Failure, eprint};
use clap::Args;
use concord_ability::options::DeviceProfile;
use concord_arkui::inspector::Place;
use concord_arkui::{OnInspector, Script, Windows};
use concord_desktop::display::Display;
use concord_desktop::headless::HeadlessDisplay;
use concord_desktop::opener::Target;
use concord_engine::Context;
use concord_services::protocol::Event;
use concord_syscalls::app_process::Watcher;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::cell::Cell;
use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Options of `concord run` for developers.
#[derive(Args)]
#[command(next_help_heading = "Developing")]
pub struct DeveloperOptions {
    /// Start the app again whenever a package changes: same window size, same pages. Closing the window or Ctrl-C ends it
    #[arg(long, conflicts_with = "record")]
    pub watch: bool,
    /// Serve a page that shows what the windows are made of, and say where; so do F12 in a window and `concord inspect`
    #[arg(long, value_name = "PORT", num_args = 0..=1, require_equals = true, default_missing_value = "0")]
    pub inspect: Option<u16>,
    /// Write what is done in the window (pointer, fingers, keys, text, sizes) to a script, one JSON object a line
    #[arg(long, value_name = "FILE", conflicts_with = "replay")]
    pub record: Option<PathBuf>,
    /// Do what a script says, and end: with exit code 0, or 1 when a step cannot be done. Components are found by their id or text, so
    /// other window sizes work; without a window, time is not waited for
    #[arg(long, value_name = "FILE")]
    pub replay: Option<PathBuf>,
}

impl DeveloperOptions {
    /// What the app process is to know.
    pub fn for_app(&self, windows: bool, size: Option<Size>) -> Result<Developer, Failure> {
        if let Some(file) = &self.record {
            if !windows {
                return Err(Failure::usage("--record: nobody can do anything without a window; leave out --headless"));
            }
            crate::output::check_writable(file)?;
        }
        let script = self.replay.as_deref().map(read_script).transpose()?;
        let absolute = |file: &PathBuf| std::path::absolute(file).map_err(Failure::io(file.display().to_string()));
        Ok(Developer {
            record: self.record.as_ref().map(absolute).transpose()?,
            replay: self.replay.as_ref().map(absolute).transpose()?,
            size: script.filter(|_| size.is_none()).map(|script| (script.size(), script.scale())),
            resume: None,
            watched: self.watch,
            inspect: self.inspect.map(place).transpose()?,
        })
    }
}

/// The part of it that the app process knows.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Developer {
    /// Where to write what is done.
    pub record: Option<PathBuf>,
    /// What to do.
    pub replay: Option<PathBuf>,
    /// Width and height of the window in vp, and px to a vp where no display decides on that.
    size: Option<((u32, u32), f64)>,
    /// What an earlier process showed; see `concord_arkui::OnShown`.
    pub resume: Option<Value>,
    /// Where to serve the inspector from the beginning, with the secret part of its address.
    inspect: Option<(u16, String)>,
    /// Somebody may start the app again, and wants to know what it shows.
    pub watched: bool,
}

impl Developer {
    /// The part for developers of what is to be started.
    pub fn of(configuration: &Configuration) -> Developer {
        match &configuration.task {
            Task::Run { developer, .. } => (**developer).clone(),
            Task::Test { .. } => Developer::default(),
        }
    }

    /// Gives the device the size that a script or an earlier process had.
    pub fn fit(&self, device: &mut DeviceProfile, on_display: bool) {
        let side = |vp: u32, density: f64| (f64::from(vp) * density).round().clamp(1.0, 16_384.0) as u32;
        let mut size = self.size.map(|(size, _)| size);
        if let (Some((_, scale)), false) = (self.size, on_display) {
            device.density = scale;
        }
        let before = self.resume.as_ref().and_then(|shown| serde_json::from_value(shown.get("size")?.clone()).ok());
        if let Some(before) = before.filter(|_| on_display) {
            size = Some(before);
        }
        if let Some((width, height)) = size {
            (device.width, device.height) = (side(width, device.density), side(height, device.density));
        }
    }

    /// Whether two replays shall see the same times.
    pub fn replays(&self) -> bool {
        self.replay.is_some()
    }

    /// Windows on a display, if there is one, with all that was asked for. With `goes_on` the process does not end with the script.
    pub fn windows(
        &self,
        display: Option<Box<dyn Display>>,
        device: &DeviceProfile,
        goes_on: bool,
        watcher: &Rc<Watcher>,
    ) -> Result<Windows, Failure> {
        let mut display = display;
        if display.is_none() && self.replays() {
            let headless = HeadlessDisplay::new((device.width, device.height), device.density);
            display = Some(Box::new(headless.map_err(Failure::io("a display that nobody sees"))?));
        }
        let mut windows = display.map_or_else(Windows::default, Windows::on);
        if let Some(file) = &self.record {
            windows = windows.recording_to(File::create(file).map_err(Failure::io(file.display().to_string()))?);
        }
        if let Some(file) = &self.replay {
            windows = windows.replaying(read_script(file)?, !goes_on);
        }
        windows = windows.inspectable(
            self.inspect.clone().map(|(port, token)| Place { port, token: Some(token) }),
            on_inspector(self.inspect.is_some()),
        );
        if self.watched {
            let watcher = Rc::clone(watcher);
            let tell = move |shown: &str| {
                if let Ok(shown) = serde_json::from_str(shown) {
                    let _ = watcher.send(&Event::Shown { shown }.to_line());
                }
            };
            windows = windows.resuming(self.resume.as_ref().map(Value::to_string), Box::new(tell));
        }
        Ok(windows)
    }

    /// What is said at the end; none when all is well. Tells the watcher when a person has closed the window.
    pub fn verdict(&self, context: &Context, watcher: &Watcher) -> Result<(), String> {
        if concord_arkui::was_closed(context) {
            let _ = watcher.send(&Event::Closed.to_line());
        }
        match (&self.replay, concord_arkui::replay_outcome(context)) {
            (Some(file), Some(Err(problem))) => Err(format!("{}: {problem}", file.display())),
            _ => Ok(()),
        }
    }
}

/// A place for the inspector that stays the same when the app is started again.
fn place(port: u16) -> Result<(u16, String), Failure> {
    let port = match port {
        0 => {
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|free| free.local_addr()).map(|address| address.port())
        }
        port => Ok(port),
    };
    let failed = || Failure::io("--inspect");
    Ok((port.map_err(failed())?, concord_arkui::inspector::token().map_err(failed())?))
}

/// Says where the inspector is. A person who asks for it with F12 wants to see it.
fn on_inspector(quiet: bool) -> OnInspector {
    let opened = Cell::new(quiet);
    Box::new(move |context, url| {
        eprint(&format!("concord: inspector: {url}\n"));
        if opened.replace(false) {
            return;
        }
        let url = url.to_owned();
        let fallback = url.clone();
        let reply = concord_ability::desktop::reply(context, move |_, opened: Result<(), _>| {
            if opened.is_err() {
                crate::inspect::open(&fallback);
            }
            Ok(())
        });
        if let Some(reply) = reply {
            concord_ability::desktop::of(context).opener.open(Target::Uri(url), reply);
        }
    })
}

fn read_script(file: &Path) -> Result<Script, Failure> {
    let opened = File::open(file).map_err(Failure::io(file.display().to_string()))?;
    Script::read(opened).map_err(|problem| Failure::Usage(format!("{}: {problem}", file.display())))
}

/// Says what went wrong with a replay.
pub fn complain(problem: &str) {
    eprint(&format!("concord: {problem}\n"));
}
