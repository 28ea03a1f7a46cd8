//! `concord inspect`: the address of the page that shows what an app's windows are made of.

use crate::error::{Failure, print};
use clap::Args;
use concord_arkui::inspector::{App, apps, ask};
use std::process::{Command, Stdio};

/// Arguments of `concord inspect`.
#[derive(Args)]
pub struct Inspect {
    /// Which running app: its process id or bundle name; may be left out when there is only one
    #[arg(value_name = "PID|BUNDLE")]
    app: Option<String>,
    /// Only print the address, without opening a browser
    #[arg(long)]
    no_open: bool,
}

impl Inspect {
    /// Asks the app.
    pub fn run(self) -> Result<u8, Failure> {
        let running = apps();
        let app = choose(&running, self.app.as_deref()).map_err(Failure::Usage)?;
        let url = ask(app.pid).map_err(|problem| Failure::Usage(format!("{} ({}): {problem}", app.bundle, app.pid)))?;
        print(&format!("{url}\n"))?;
        if !self.no_open {
            open(&url);
        }
        Ok(0)
    }
}

fn choose<'a>(running: &'a [App], wanted: Option<&str>) -> Result<&'a App, String> {
    let list = |apps: &[&App]| apps.iter().map(|app| format!("\n  {} {}", app.pid, app.bundle)).collect::<String>();
    let meant = |app: &&App| wanted.is_none_or(|wanted| app.bundle == wanted || app.pid.to_string() == wanted);
    let found: Vec<&App> = running.iter().filter(meant).collect();
    match (found.as_slice(), wanted) {
        ([app], _) => Ok(app),
        ([], _) if running.is_empty() => {
            Err("no app runs that could be inspected; start one with `concord run`".to_owned())
        }
        ([], Some(wanted)) => {
            Err(format!("no app «{wanted}» runs; those that do:{}", list(&running.iter().collect::<Vec<_>>())))
        }
        (several, _) => Err(format!("several apps run; name one by its process id:{}", list(several))),
    }
}

/// Opens a page in the browser, if there is one to be seen.
pub fn open(url: &str) {
    let seen =
        ["WAYLAND_DISPLAY", "DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|set| !set.is_empty()));
    if seen {
        // Whoever has no xdg-open has the address.
        let _ =
            Command::new("xdg-open").arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    }
}
