//! How a process is started.

use std::path::PathBuf;
use std::sync::Arc;

use concord_package::PackageSet;

use crate::event_loop::Clock;
use crate::want::Want;

/// What to start in the process.
#[derive(Debug, Clone)]
pub enum Launch {
    /// An ability. Empty names in the want stand for the first package's bundle and its main ability.
    Ability(Want),
    /// A test runner: the process starts without an ability.
    Test(TestLaunch),
}

/// The part of `aa test` that the app sees.
#[derive(Debug, Clone, Default)]
pub struct TestLaunch {
    /// Module with the runner (`-m`).
    pub module: String,
    /// Name of the runner (`-s unittest`); `None` for the one in module.json (`testRunner.srcPath`), and where that is missing
    /// the usual `/ets/testrunner/OpenHarmonyTestRunner`.
    pub runner: Option<String>,
    /// Further `-s key value` pairs, without the `-s `, in order.
    pub params: Vec<(String, String)>,
    /// `-w`: seconds, only told to the app.
    pub wait_seconds: Option<u64>,
}

/// The device that the app sees.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceProfile {
    /// `phone`, `tablet`, `2in1`, `tv`, `wearable`, `car`.
    pub device_type: String,
    /// Size of the screen in pixels.
    pub width: u32,
    /// Size of the screen in pixels.
    pub height: u32,
    /// Pixels per vp.
    pub density: f64,
    /// Language tag, `en-US`, `zh-Hans-CN`.
    pub locale: String,
    /// Dark colours.
    pub dark: bool,
    /// Factor of fp to vp.
    pub font_scale: f64,
    /// Whether things move; without that, everything is where it ends at once.
    pub animations: bool,
    /// Whether windows leave room for a phone's status bar and navigation bar.
    pub system_bars: bool,
    /// What the desktop cannot change.
    pub chosen: Chosen,
    /// Red, green and blue of what stands out, in place of the platform's blue.
    pub accent: Option<[u8; 3]>,
    /// Height in vp of the panel that rises where the system's keyboard would be; 0 for none.
    pub keyboard: f64,
    /// Windows of abilities lie side by side, and people size them; else the one of the ability in front fills the screen.
    pub free_windows: bool,
}

/// What was chosen for this run, whatever people have chosen on their desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chosen {
    /// [`DeviceProfile::dark`].
    pub colors: bool,
    /// [`DeviceProfile::font_scale`].
    pub font_scale: bool,
    /// [`DeviceProfile::animations`].
    pub animations: bool,
    /// [`DeviceProfile::locale`].
    pub locale: bool,
}

impl Default for DeviceProfile {
    /// A phone of 360 × 780 vp at density 3.
    fn default() -> Self {
        Self {
            device_type: "phone".into(),
            width: 1080,
            height: 2340,
            density: 3.0,
            locale: "en-US".into(),
            dark: false,
            font_scale: 1.0,
            animations: true,
            system_bars: false,
            chosen: Chosen::default(),
            accent: None,
            keyboard: 0.0,
            free_windows: false,
        }
    }
}

/// Everything that decides a run.
#[derive(Debug, Clone)]
pub struct AppOptions {
    /// Packages of the app.
    pub packages: Arc<PackageSet>,
    /// A file of the person's that is started with: the app gets to see it, and its URI as that of the Want.
    pub document: Option<PathBuf>,
    /// Packages of other applications, which the app can see but which do not run in its process.
    pub others: Vec<Arc<PackageSet>>,
    /// What to start.
    pub launch: Launch,
    /// Folder for the app's data; `/data/storage` of the app lies in it. Made on demand.
    pub home: PathBuf,
    /// The device.
    pub device: DeviceProfile,
    /// The clock of timers.
    pub clock: Clock,
    /// End when nothing is left to do (`--exit-after idle`).
    pub until_idle: bool,
    /// End after so many milliseconds (`--exit-after MS`).
    pub deadline_ms: Option<u64>,
    /// Permissions that the user has granted, besides those granted at install time; `all` for every one declared.
    pub grants: Vec<String>,
    /// Why the app ended the last time, as `AbilityConstant.LastExitReason` numbers it (0 unknown).
    pub last_exit: LastExit,
}

/// Why the app ended the last time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LastExit {
    /// `AbilityConstant.LastExitReason`: 0 unknown, 2 normal, 3 native crash, 4 JS error, 5 app freeze …
    pub reason: i32,
    /// For people.
    pub message: String,
}

impl AppOptions {
    /// Options with defaults for everything else.
    pub fn new(packages: Arc<PackageSet>, launch: Launch, home: impl Into<PathBuf>) -> Self {
        Self {
            packages,
            others: Vec::new(),
            document: None,
            launch,
            home: home.into(),
            device: DeviceProfile::default(),
            clock: Clock::Real,
            until_idle: false,
            deadline_ms: None,
            grants: Vec::new(),
            last_exit: LastExit::default(),
        }
    }
}

/// How a process ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was left to do, or the last ability ended, or the time was over.
    Finished,
    /// The app ended itself with this code.
    Exited(i32),
    /// An uncaught error ended the app, or a rejection was left unhandled while it ran. The text is the crash report.
    Crashed(String),
    /// `finishTest`, or the system gave up; the observer was told the same.
    TestFinished {
        /// Message.
        message: String,
        /// Code given by the runner; says nothing about failures.
        code: i64,
    },
}
