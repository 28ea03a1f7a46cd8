//! Runs an app in this process, does in it what a person would do, and takes pictures of its screen.
//!
//! What is done is a script, the body of an async function in JavaScript; `drive.js` says what it can use.

use concord_ability::app::AppProcess;
use concord_ability::event_loop::{Clock, EventLoop};
use concord_ability::hosts::{Hosts, Level, StderrLog};
use concord_ability::options::{AppOptions, DeviceProfile, Launch, Outcome};
use concord_ability::want::Want;
use concord_engine::{Context, ErrorKind, Exception};
use concord_package::PackageSet;
use concord_runtime::Registry;
use concord_text::Fonts;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// Answers what a script asks of the test outside the app.
type Ask = Rc<dyn Fn(&str) -> String>;

/// How an app is run.
pub struct Drive {
    /// Packages of the app.
    pub packages: Vec<PathBuf>,
    /// Parameters of the Want that starts its main ability.
    pub parameters: Vec<(String, String)>,
    /// The device that it sees.
    pub device: DeviceProfile,
    /// The fonts; those of the machine when none.
    pub fonts: Option<Fonts>,
    /// Whether the app's log goes to standard error.
    pub log: bool,
    /// The desktop around it; with one, time passes as it really does.
    pub desktop: Option<Desktop>,
}

/// A desktop around an app.
pub struct Desktop {
    /// Its services.
    pub host: concord_desktop::Host,
    /// Hears what the script tells it to do (`tell('…')`).
    pub hear: Rc<dyn Fn(&str)>,
}

/// A display that an app's windows are on; time passes as it really does.
pub struct Screen {
    /// The display.
    pub display: Box<dyn concord_desktop::display::Display>,
    /// Answers what the script asks it (`ask('…')`).
    pub ask: Ask,
}

/// A picture that a script has taken.
pub struct Shot {
    /// The name that it gave.
    pub name: String,
    /// The screen as PNG.
    pub png: Vec<u8>,
}

/// A script that did not come to its end.
pub struct Failed {
    /// Why.
    pub reason: String,
    /// The pictures that it had taken.
    pub shots: Vec<Shot>,
}

/// What the script has told.
#[derive(Default)]
struct Told {
    shots: Vec<Shot>,
    /// How it ended; nothing yet when `None`.
    end: Option<Result<(), String>>,
}

const LIBRARY: &str = include_str!("drive.js");

impl Drive {
    /// Runs the app with its data in the folder `home` until the script has ended.
    ///
    /// # Errors
    /// A package that does not open, an app that ends in an error, a script that throws or never ends; with the pictures that
    /// were taken before.
    pub fn run(&self, home: &Path, script: &str) -> Result<Vec<Shot>, Failed> {
        self.run_with(home, script, None)
    }

    /// The same with windows that are seen.
    ///
    /// # Errors
    /// As [`Drive::run`].
    pub fn run_on(&self, home: &Path, script: &str, screen: Screen) -> Result<Vec<Shot>, Failed> {
        self.run_with(home, script, Some(screen))
    }

    fn run_with(&self, home: &Path, script: &str, screen: Option<Screen>) -> Result<Vec<Shot>, Failed> {
        let told = Rc::new(RefCell::new(Told::default()));
        let outcome = self.run_app(home, script, &told, screen);
        let Told { shots, end } = told.take();
        match (end, outcome) {
            (_, Err(reason)) => Err(Failed { reason, shots }),
            (_, Ok(Outcome::Crashed(report))) => {
                Err(Failed { reason: format!("the app ended in an error: {report}"), shots })
            }
            (Some(Err(reason)), _) => Err(Failed { reason, shots }),
            (Some(Ok(())), _) => Ok(shots),
            (None, Ok(outcome)) => {
                Err(Failed { reason: format!("the app ended before the script: {outcome:?}"), shots })
            }
        }
    }

    fn run_app(
        &self,
        home: &Path,
        script: &str,
        told: &Rc<RefCell<Told>>,
        screen: Option<Screen>,
    ) -> Result<Outcome, String> {
        let set = PackageSet::open(&self.packages, &concord_package::Options::default()).map_err(text)?;
        let mut want = Want::default();
        for (key, value) in &self.parameters {
            want.parameters.insert(key.clone(), value.clone().into());
        }
        let mut options = AppOptions::new(Arc::new(set), Launch::Ability(want), home);
        options.device = self.device.clone();
        options.clock = if self.desktop.is_some() || screen.is_some() { Clock::Real } else { Clock::Stepped };
        options.until_idle = true;
        let (display, ask) = screen.map(|screen| (screen.display, screen.ask)).unzip();
        let windows = match (&self.fonts, display) {
            (_, Some(display)) => concord_arkui::Windows::on(display),
            (Some(fonts), None) => concord_arkui::Windows::with_fonts(fonts.clone()),
            (None, None) => concord_arkui::Windows::default(),
        };
        let desktop = self.desktop.as_ref().map(|desktop| desktop.host.clone()).unwrap_or_default();
        let log = if self.log { StderrLog::new(Level::Info) } else { StderrLog::silent() };
        let hosts = Hosts { log: Arc::new(log), windows: Box::new(windows), desktop, ..Hosts::default() };
        let mut registry = Registry::new();
        registry.extend(&concord_arkui::modules());
        registry.extend(&concord_kits::registry());
        let process = AppProcess::new(options, registry, hosts).map_err(text)?;
        self.begin(&process, told, script, ask).map_err(|exception| exception.describe())?;
        Ok(process.run())
    }

    /// Starts the script; it goes on while the app runs.
    fn begin(
        &self,
        process: &AppProcess,
        told: &Rc<RefCell<Told>>,
        script: &str,
        ask: Option<Ask>,
    ) -> Result<(), Exception> {
        let context = process.runtime().context();
        let runtime = process.runtime().clone();
        let require =
            context.function("require", 1, move |call| runtime.require(&call.arg(0).as_string().unwrap_or_default()));
        let shots = Rc::clone(told);
        let take = context.function("take", 1, move |call| {
            let name = call.arg(0).to_js_string()?;
            let png = concord_arkui::screenshot(call.context).map_err(|problem| error(call.context, &problem))?;
            shots.borrow_mut().shots.push(Shot { name, png });
            Ok(call.context.undefined())
        });
        let end = Rc::clone(told);
        let on_screen = ask.is_some();
        let done = context.function("done", 1, move |call| {
            end.borrow_mut().end = Some(call.arg(0).as_string().map_or(Ok(()), Err));
            // A display always has something to wait for.
            if let Some(event_loop) = EventLoop::of(call.context).filter(|_| on_screen) {
                event_loop.request_exit(0);
            }
            Ok(call.context.undefined())
        });
        let hear = self.desktop.as_ref().map(|desktop| Rc::clone(&desktop.hear));
        let tell = context.function("tell", 1, move |call| {
            if let Some(hear) = &hear {
                hear(&call.arg(0).to_js_string()?);
            }
            Ok(call.context.undefined())
        });
        let ask = context.function("ask", 1, move |call| {
            let question = call.arg(0).to_js_string()?;
            Ok(ask.as_ref().map_or_else(|| call.context.undefined(), |ask| call.context.string(&ask(&question))))
        });
        let host = context.object();
        let density = context.number(self.device.density);
        let tools = [("require", &require), ("take", &take), ("done", &done), ("density", &density), ("tell", &tell)];
        for (name, value) in tools.into_iter().chain([("ask", &ask)]) {
            host.set(name, value)?;
        }
        let library = context.eval(LIBRARY, "drive.js")?;
        library.call(&context.undefined(), &[host, context.string(script)])?;
        Ok(())
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn error(context: &Context, problem: &dyn std::fmt::Display) -> Exception {
    Exception(context.error(ErrorKind::Error, &problem.to_string()))
}
