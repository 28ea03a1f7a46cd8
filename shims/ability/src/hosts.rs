//! What an app process needs from whoever runs it, as small traits. Every trait has a version for a bare process, so a test
//! or an embedder supplies only what it is interested in.

use std::sync::Arc;
use std::time::Duration;

use concord_engine::{Context, JsResult, Value};
use concord_runtime::NativeLibraries;

use crate::app::AppHandle;
use crate::event_loop::Remote;

pub use crate::log::{Level, LogRecord, LogSink, StderrLog};

/// Receives what a test run reports: the counterpart of the platform's `aa test` process.
pub trait TestObserver {
    /// `print`/`printSync` of the delegator. The platform writes the message and a line feed.
    fn status(&self, message: &str);
    /// The run is over: `finishTest` of the delegator, or the system gave up (`"Not found …"` with -1). Called at most once.
    fn finished(&self, message: &str, code: i64);
}

/// Runs what a test asks for with `executeShellCommand`. Never a shell of the machine.
pub trait ShellHost {
    /// Runs `command`. The answer may be given at once or later, from any thread. `limit` is the caller's time limit; the
    /// host has to keep it. `app` reaches into the process that asks (for `aa start` and the like).
    fn execute(&self, command: &str, limit: Option<Duration>, app: &AppHandle, reply: ShellReply);
}

/// What a shell command gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShellOutput {
    /// Standard output and error.
    pub text: String,
    /// Status as the platform reports it (256 for exit code 1, -1 after a time-out).
    pub exit_code: i32,
}

/// Answers one `executeShellCommand`. Dropping it without an answer answers with an empty result and -1.
pub struct ShellReply {
    remote: Remote,
    deliver: Option<u64>,
}

impl ShellReply {
    pub(crate) fn new(remote: Remote, token: u64) -> Self {
        Self { remote, deliver: Some(token) }
    }

    /// Delivers the answer to the app.
    pub fn send(mut self, output: ShellOutput) {
        self.post(output);
    }

    fn post(&mut self, output: ShellOutput) {
        if let Some(token) = self.deliver.take() {
            self.remote.post(move |context, _| crate::app::deliver_shell_output(context, token, &output));
        }
    }
}

impl Drop for ShellReply {
    fn drop(&mut self) {
        self.post(ShellOutput { text: String::new(), exit_code: -1 });
    }
}

/// Makes windows for abilities. The app process does not know what a window is made of.
pub trait WindowHost {
    /// Prepares the global object before any code of the app runs, for instance with what compiled pages expect there.
    fn install(&self, _context: &Context) -> JsResult<()> {
        Ok(())
    }

    /// Makes the window stage of an ability that is about to start. `owner` is an object `{context, module, ability, instance,
    /// options}`: the UIAbilityContext, the names, a function that gives the UIAbility, and the `StartOptions`. The result is
    /// an object with
    ///
    /// - `stage`: what the app gets as `windowStage`;
    /// - `foreground()`, `background()`, `destroy()`: called when the ability changes state;
    /// - `configuration(config)`: called when the device configuration changes;
    /// - `label(text)`, which may be missing: called when the ability gives its mission a label.
    fn create_stage(&self, context: &Context, owner: &Value) -> JsResult;

    /// A token of whoever has asked for something: the window that is opened or raised next may come to the front with it.
    fn set_launch_token(&self, _context: &Context, _token: &str) {}
}

/// Window stages without windows: `loadContent` fails with 801.
pub struct NoWindows;

impl WindowHost for NoWindows {
    fn create_stage(&self, context: &Context, _owner: &Value) -> JsResult {
        context.eval(
            "({ stage: { on() {}, off() {}, loadContent() { throw Object.assign(new Error('no window system'), \
             { code: 801 }); } }, foreground() {}, background() {}, destroy() {}, configuration() {} })",
            "concord:no-windows",
        )
    }
}

/// Ends the process at once: `ProcessManager.exit`. The default version makes the main loop return this code and stops the
/// running script.
pub trait ExitHost {
    /// Does not have to return.
    fn exit(&self, code: i32);
}

/// Prints what a test reports to standard output, as `aa test` does.
pub struct StdoutObserver;

impl TestObserver for StdoutObserver {
    fn status(&self, message: &str) {
        use std::io::Write;
        let _ = writeln!(std::io::stdout().lock(), "{message}");
    }

    fn finished(&self, message: &str, code: i64) {
        use std::io::Write;
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "TestFinished-ResultCode: {code}\nTestFinished-ResultMsg: {message}");
    }
}

/// Every command gives an empty result, as the platform answers commands that it does not know.
pub struct NoShell;

impl ShellHost for NoShell {
    fn execute(&self, _command: &str, _limit: Option<Duration>, _app: &AppHandle, reply: ShellReply) {
        reply.send(ShellOutput::default());
    }
}

/// The hosts of a process.
pub struct Hosts {
    /// Where hilog and console lines go.
    pub log: Arc<dyn LogSink>,
    /// Listener of a test run.
    pub observer: Box<dyn TestObserver>,
    /// Shell commands of tests.
    pub shell: Box<dyn ShellHost>,
    /// Windows.
    pub windows: Box<dyn WindowHost>,
    /// How to end the process at once; `None` for the main loop's own way.
    pub exit: Option<Box<dyn ExitHost>>,
    /// What the desktop does for the app; see [`crate::desktop::of`].
    pub desktop: concord_desktop::Host,
    /// Loads the app's native libraries; `None` when there are none.
    pub native_libraries: Option<Arc<dyn NativeLibraries>>,
}

impl Default for Hosts {
    fn default() -> Self {
        Self {
            log: Arc::new(StderrLog::new(Level::Info)),
            observer: Box::new(StdoutObserver),
            shell: Box::new(NoShell),
            windows: Box::new(NoWindows),
            exit: None,
            desktop: concord_desktop::Host::default(),
            native_libraries: None,
        }
    }
}
