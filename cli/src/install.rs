//! `concord install`, `concord uninstall`, `concord list`.

use crate::configuration::{data_home, home};
use crate::error::{Failure, eprint, print};
use clap::{Args, ValueEnum};
use concord_services::bundles::{
    self, BundleStore, Claim, Install as Request, Record, StoreError, Uninstall as Removal, claim,
};
use concord_services::exports::{Desktop, DrawIcons, Icon};
use concord_services::protocol::Order;
use nix::sys::signal::{SigSet, Signal};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Arguments of `concord install`.
#[derive(Args)]
pub struct Install {
    /// Packages of one app: .hap, .hsp, .app files or unpacked folders
    #[arg(required = true, value_name = "PACKAGE")]
    packages: Vec<PathBuf>,
    /// Let an older version replace a newer one
    #[arg(long)]
    allow_downgrade: bool,
    /// Leave the desktop alone: no menu entry, no icons, no types of files
    #[arg(long)]
    no_desktop: bool,
    /// Device type to choose packages of an .app for
    #[arg(long, value_name = "TYPE", default_value = "phone",
          value_parser = ["phone", "tablet", "2in1", "tv", "wearable", "car"])]
    device: String,
    /// Refuse packages that no known root signed
    #[arg(long)]
    require_trusted: bool,
}

/// The installed apps.
pub fn store() -> Result<BundleStore, Failure> {
    let none = || Failure::usage("no place for apps: set CONCORD_HOME, XDG_DATA_HOME or HOME");
    home().map(|home| BundleStore::new(&home)).ok_or_else(none)
}

impl Install {
    /// Installs.
    pub fn run(self) -> Result<u8, Failure> {
        let store = store()?;
        // A limit on the size of files is an error like a full disk, not the end of this process.
        let _ = SigSet::from_iter([Signal::SIGXFSZ]).thread_block();
        let options = concord_package::Options { require_trusted: self.require_trusted, device_type: self.device };
        let (data_home, data_dirs, launcher) = (data_home(), data_dirs(), launcher());
        let desktop = data_home.as_deref().filter(|_| !self.no_desktop).map(|data_home| Desktop {
            data_home,
            data_dirs: &data_dirs,
            launcher: &launcher,
            icons: &Icons,
        });
        let request = Request {
            store: &store,
            packages: &self.packages,
            options: &options,
            allow_downgrade: self.allow_downgrade,
            desktop: desktop.as_ref(),
        };
        let installed = bundles::install(&request).map_err(failure)?;
        for warning in &installed.warnings {
            eprint(&format!("concord: {warning}\n"));
        }
        let record = &installed.bundle.record;
        let before = installed.before.map(|before| format!(", before that {before}")).unwrap_or_default();
        print(&format!("installed {} {}{before}\n", record.bundle_name, record.version()))?;
        Ok(0)
    }
}

/// What the store refuses, as bad usage: the message says what to do.
pub fn failure(error: StoreError) -> Failure {
    Failure::Usage(error.to_string())
}

/// The system's folders for data; relative ones count as unset, as the XDG specification says.
fn data_dirs() -> Vec<PathBuf> {
    let set = std::env::var_os("XDG_DATA_DIRS").filter(|value| !value.is_empty());
    let list = set.unwrap_or_else(|| "/usr/local/share:/usr/share".into());
    std::env::split_paths(&list).filter(|path| path.is_absolute()).collect()
}

/// The command by which the desktop starts an app. A home of one's own goes along: the desktop does not know of it.
fn launcher() -> Vec<String> {
    let program = std::env::current_exe().map_or_else(|_| "concord".to_owned(), |path| path.display().to_string());
    let own_home = std::env::var("CONCORD_HOME").ok().filter(|value| !value.is_empty()).and_then(|_| home());
    let mut words = match own_home {
        Some(home) => vec!["/usr/bin/env".to_owned(), format!("CONCORD_HOME={}", home.display())],
        None => Vec::new(),
    };
    words.extend([program, "run".to_owned()]);
    words
}

/// Icons as ArkUI draws them.
struct Icons;

impl DrawIcons for Icons {
    fn draw(&self, icon: &Icon, sizes: &[u32]) -> Result<Vec<Vec<u8>>, String> {
        let drawn = match icon {
            Icon::Picture(bytes) => concord_arkui::draw_app_icon(&[bytes], false, sizes),
            Icon::Layers { background, foreground } => {
                let layers: Vec<&[u8]> = [background, foreground].into_iter().flatten().map(Vec::as_slice).collect();
                concord_arkui::draw_app_icon(&layers, true, sizes)
            }
        };
        drawn.map_err(|error| error.to_string())
    }
}

/// Arguments of `concord uninstall`.
#[derive(Args)]
pub struct Uninstall {
    /// Name of the bundle; `concord list` shows those installed
    #[arg(value_name = "BUNDLE")]
    bundle: String,
    /// Keep the app's own files
    #[arg(long)]
    keep_data: bool,
}

impl Uninstall {
    /// Removes every trace.
    pub fn run(self) -> Result<u8, Failure> {
        let store = store()?;
        let data_home = data_home();
        let stop = |bundle: &str| stop(store.home(), bundle);
        let forget = |abc: &[u8]| {
            concord_runtime::forget_cached(abc);
        };
        let removal = Removal {
            store: &store,
            bundle: &self.bundle,
            keep_data: self.keep_data,
            data_home: data_home.as_deref(),
            forget: &forget,
            stop: &stop,
        };
        bundles::uninstall(&removal).map_err(failure)?;
        print(&format!("uninstalled {}\n", self.bundle))?;
        Ok(0)
    }
}

/// Ends an app that runs.
fn stop(home: &Path, bundle: &str) {
    let runtime = runtime_dir();
    let Claim::Running(mut running) = claim(runtime.as_deref(), home, bundle) else { return };
    // One that is ending anyway may not hear it.
    let _ = running.send(&Order::Quit);
    running.wait_for_end();
    if let Claim::Running(_) = claim(runtime.as_deref(), home, bundle) {
        eprint(&format!("concord: {bundle} runs and does not end; close it yourself\n"));
    }
}

/// Where sockets of this session are.
pub fn runtime_dir() -> Option<PathBuf> {
    std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute())
}

/// Arguments of `concord list`.
#[derive(Args)]
pub struct List {
    /// Form of the list
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Table,
    Json,
}

impl List {
    /// Prints the installed apps.
    pub fn run(self) -> Result<u8, Failure> {
        let bundles = store()?.list().map_err(failure)?;
        let records = || bundles.iter().map(|bundle| &bundle.record);
        let text = match self.format {
            Form::Json => {
                let list: Vec<Value> = records().map(describe).collect();
                serde_json::to_string_pretty(&list).map_err(Failure::usage)? + "\n"
            }
            Form::Table => {
                let widest = |of: fn(&Record) -> String| records().map(|record| of(record).len()).max().unwrap_or(0);
                let name = widest(|record| record.bundle_name.clone());
                let version = widest(Record::version);
                let line = |record: &Record| {
                    let abilities: Vec<&str> = record.abilities.iter().map(|ability| ability.name.as_str()).collect();
                    let text = format!(
                        "{:name$}  {:version$}  {}",
                        record.bundle_name,
                        record.version(),
                        abilities.join(", ")
                    );
                    // Names of abilities come from packages: they must not steer the terminal.
                    text.trim_end().chars().filter(|c| !c.is_control()).chain(['\n']).collect::<String>()
                };
                records().map(line).collect()
            }
        };
        print(&text)?;
        Ok(0)
    }
}

fn describe(record: &Record) -> Value {
    json!({
        "bundleName": record.bundle_name,
        "versionCode": record.version_code,
        "versionName": record.version_name,
        "vendor": record.vendor,
        "modules": record.modules,
        "abilities": record.abilities,
    })
}
