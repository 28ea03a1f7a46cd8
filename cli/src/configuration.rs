//! What the watching process tells the app process to do, and the options that both `run` and `test` have.

use crate::developer::Developer;
use crate::error::Failure;
use clap::{Args, ValueEnum};
use concord_ability::log::Level;
use concord_ability::options::{Chosen, DeviceProfile};
use concord_services::protocol::StartOrder;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// What to start.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Task {
    /// An ability.
    Run {
        /// Name; the main ability when none.
        ability: Option<String>,
        /// Module of it.
        module: Option<String>,
        /// Parameters of the Want.
        parameters: Map<String, Value>,
        /// URI of the Want.
        uri: Option<String>,
        /// Action of the Want.
        action: Option<String>,
        /// End when nothing is left to do.
        until_idle: bool,
        /// End after so many milliseconds.
        after: Option<u64>,
        /// Where to put a picture of the screen when the run ends.
        screenshot: Option<PathBuf>,
        /// Show windows on the display.
        windows: bool,
        /// What to start instead of the above.
        start: Option<Box<StartOrder>>,
        /// What a developer wants besides.
        developer: Box<Developer>,
    },
    /// A test runner.
    Test {
        /// Module; the only test module when none.
        module: Option<String>,
        /// Runner class; the one of module.json when none.
        runner: Option<String>,
        /// `-s` pairs.
        parameters: Vec<(String, String)>,
        /// Time limit in seconds, only told to the app.
        wait: Option<u64>,
        /// Where to put pictures of failing cases.
        screenshots: Option<PathBuf>,
    },
}

/// The line that configures an app process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Configuration {
    /// Packages to open together.
    pub packages: Vec<PathBuf>,
    /// Whether signatures must lead to a known root.
    pub require_trusted: bool,
    /// Folder for the app's data.
    pub home: PathBuf,
    /// Least level of log lines to show.
    pub log: LogLevel,
    /// The device that the app sees.
    pub device: Device,
    /// Permissions that the user grants.
    pub grants: Vec<String>,
    /// System parameters.
    pub system_parameters: Vec<(String, String)>,
    /// How waiting is done.
    pub clock: Clock,
    /// What to start.
    pub task: Task,
}

/// Least level of log lines to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub enum LogLevel {
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
    Off,
}

impl LogLevel {
    /// The level, none for `off`.
    pub fn level(self) -> Option<Level> {
        Some(match self {
            LogLevel::Debug => Level::Debug,
            LogLevel::Info => Level::Info,
            LogLevel::Warn => Level::Warn,
            LogLevel::Error => Level::Error,
            LogLevel::Fatal => Level::Fatal,
            LogLevel::Off => return None,
        })
    }
}

/// How an app waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub enum Clock {
    /// As long as it says
    Real,
    /// No time at all: when nothing else is left to do, the app's clock jumps to whatever comes next
    Virtual,
    /// As virtual, and computing takes no time either: every run sees the same times
    Stepped,
}

/// A screen size, `WxH` in pixels.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Size(u32, u32);

impl std::str::FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let sides = text.split_once(['x', 'X']).and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
        match sides {
            Some((width, height)) if (1..=16384).contains(&width) && (1..=16384).contains(&height) => {
                Ok(Size(width, height))
            }
            _ => Err("expected WIDTHxHEIGHT in pixels, each 1 to 16384, e.g. 1080x2340".to_owned()),
        }
    }
}

/// The device that the app sees.
#[derive(Debug, Clone, Args, Serialize, Deserialize)]
#[command(next_help_heading = "Device")]
pub struct Device {
    /// Device type that the app sees
    #[arg(long, value_name = "TYPE", default_value = "phone",
          value_parser = ["phone", "tablet", "2in1", "tv", "wearable", "car"])]
    device: String,
    /// Screen size in pixels
    #[arg(long, value_name = "WxH")]
    size: Option<Size>,
    /// Pixels per vp
    #[arg(long, value_name = "D")]
    density: Option<f64>,
    /// Language of the device
    #[arg(long, value_name = "TAG")]
    locale: Option<String>,
    /// Dark colours [default: as the desktop has them]
    #[arg(long)]
    dark: bool,
    /// Light colours, although the desktop has dark ones
    #[arg(long, conflicts_with = "dark")]
    light: bool,
    /// Factor of font sizes
    #[arg(long, value_name = "F")]
    font_scale: Option<f64>,
    /// Without animations: everything is where it ends at once
    #[arg(long)]
    no_animations: bool,
    /// Windows leave room for a status bar and a navigation bar, as on a phone
    #[arg(long)]
    system_bars: bool,
    /// Let a panel rise where the keyboard would be when something is typed into, so many vp high
    #[arg(long, value_name = "VP", num_args = 0..=1, require_equals = true, default_missing_value = "291")]
    keyboard: Option<f64>,
}

impl Device {
    /// The size of the screen, when somebody has said it.
    pub fn size(&self) -> Option<Size> {
        self.size
    }

    /// The profile: what the device type suggests, changed by the other options.
    pub fn profile(&self) -> Result<DeviceProfile, Failure> {
        let (width, height, density) = match self.device.as_str() {
            "tablet" => (2560, 1600, 2.0),
            "2in1" => (2880, 1800, 2.0),
            "tv" => (1920, 1080, 2.0),
            "wearable" => (466, 466, 2.0),
            "car" => (1920, 720, 1.5),
            _ => (1080, 2340, 3.0),
        };
        let Size(width, height) = self.size.unwrap_or(Size(width, height));
        let positive = |name: &str, value: Option<f64>, default: f64, most: f64| match value {
            Some(v) if !(v > 0.0 && v <= most) => {
                Err(Failure::Usage(format!("--{name} {v}: expected a number above 0, at most {most}")))
            }
            other => Ok(other.unwrap_or(default)),
        };
        Ok(DeviceProfile {
            device_type: self.device.clone(),
            width,
            height,
            density: positive("density", self.density, density, 16.0)?,
            locale: self.locale.clone().unwrap_or_else(host_locale),
            dark: self.dark,
            font_scale: positive("font-scale", self.font_scale, 1.0, 10.0)?,
            animations: !self.no_animations,
            system_bars: self.system_bars,
            chosen: Chosen {
                colors: self.dark || self.light,
                font_scale: self.font_scale.is_some(),
                animations: self.no_animations,
                locale: self.locale.is_some(),
            },
            free_windows: self.device == "2in1",
            accent: None,
            keyboard: self.keyboard.map_or(Ok(0.0), |height| positive("keyboard", Some(height), 0.0, 10_000.0))?,
        })
    }
}

/// Language of the session: `de_DE.UTF-8` gives `de-DE`.
fn host_locale() -> String {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    set.as_deref().and_then(concord_desktop::settings::language_tag).unwrap_or_else(|| "en-US".to_owned())
}

/// Options that `run` and `test` share.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Packages of one app: .hap, .hsp, .app files or unpacked folders
    #[arg(required = true, value_name = "PACKAGE")]
    pub packages: Vec<PathBuf>,
    #[command(flatten)]
    pub device: Device,
    /// Grant a permission that the user is asked for; `all` for every one the app declares
    #[arg(long, value_name = "PERMISSION", help_heading = "Device")]
    pub grant: Vec<String>,
    /// Set a system parameter
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair, help_heading = "Device")]
    pub param: Vec<(String, String)>,
    /// How waiting is done [default: virtual for tests and with --exit-after, stepped for replays without a window, else real]
    #[arg(long, value_name = "CLOCK", value_enum)]
    pub clock: Option<Clock>,
    /// Memory that the app may use
    #[arg(long, value_name = "MIB", default_value_t = 4096, value_parser = clap::value_parser!(u64).range(64..))]
    pub memory: u64,
    /// Refuse packages that no known root signed
    #[arg(long)]
    pub require_trusted: bool,
}

impl Common {
    /// Checks early what can be checked without opening anything.
    pub fn check(&self) -> Result<(), Failure> {
        self.device.profile()?;
        match self.packages.iter().find(|path| !path.exists()) {
            Some(path) => Err(Failure::Usage(format!("{}: no such file or folder", path.display()))),
            None => Ok(()),
        }
    }
}

/// `KEY=VALUE`.
pub fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("expected KEY=VALUE".to_owned()),
    }
}

/// The user's folder for data: `$XDG_DATA_HOME`, else `~/.local/share`; relative ones count as unset.
pub fn data_home() -> Option<PathBuf> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_DATA_HOME").or_else(|| absolute("HOME").map(|path| path.join(".local/share")))
}

/// Where apps keep their data: CONCORD_HOME, else `$XDG_DATA_HOME/concord`, else `~/.local/share/concord`.
pub fn home() -> Option<PathBuf> {
    std::env::var_os("CONCORD_HOME")
        .filter(|path| !path.is_empty())
        .map(|path| std::path::absolute(Path::new(&path)).unwrap_or_else(|_| PathBuf::from(path)))
        .or_else(|| data_home().map(|path| path.join("concord")))
}
