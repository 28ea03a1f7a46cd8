//! The harness of the black-box tests: finds fixtures, runs the built binary, keeps it away from the user's files.
#![forbid(unsafe_code)]

pub mod bus;
pub mod compositor;
pub mod drive;
pub mod golden;
pub mod heard;
pub mod http;
pub mod wayland;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// How long anything may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A folder of fixtures (`lang`, `ability/special`, …): from CONCORD_FIXTURES, the project's own `tests/fixtures`, or a
/// `shared/fixtures` beside the checkout. Says why a test is skipped when there is none.
#[expect(clippy::print_stderr, reason = "a skipped test says why")]
pub fn fixtures(group: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let from_env = std::env::var_os("CONCORD_FIXTURES").map(PathBuf::from);
    let places = [from_env, Some(root.join("fixtures")), Some(root.join("../../shared/fixtures"))];
    let found = places.into_iter().flatten().map(|place| place.join(group)).find(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("skipped: no fixtures «{group}» (set CONCORD_FIXTURES to the folder that has them)");
    }
    found
}

/// The binary under test, in surroundings of its own.
pub struct Concord {
    binary: PathBuf,
    home: tempfile::TempDir,
}

/// What a run gave.
#[derive(Debug)]
pub struct Ran {
    /// Exit code; negative is the number of the signal that ended it.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Concord {
    /// The binary at `path`, which tests get from `env!("CARGO_BIN_EXE_concord")`.
    pub fn new(path: &str) -> Concord {
        let home = tempfile::tempdir().expect("a temporary folder");
        Concord { binary: path.into(), home }
    }

    /// Folder that takes the place of the user's home.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A command with a clean environment and no standard input.
    pub fn command<S: AsRef<OsStr>>(&self, args: &[S]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(args).stdin(Stdio::null()).env_clear();
        for name in ["PATH", "CONCORD_JSC", "LD_LIBRARY_PATH", "TMPDIR", "CONCORD_JIT"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command.env("HOME", self.home.path()).env("LANG", "C.UTF-8");
        command
    }

    /// Runs to the end.
    pub fn run<S: AsRef<OsStr>>(&self, args: &[S]) -> Ran {
        ran(&self.command(args).output().expect("the binary starts"))
    }

    /// Runs to the end, but no longer than `limit`: the process is killed then and the code is -9.
    pub fn run_within<S: AsRef<OsStr>>(&self, args: &[S], limit: Duration) -> Ran {
        let mut child =
            self.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let id = child.id();
        let (done, expired) = std::sync::mpsc::channel::<()>();
        let killer = std::thread::spawn(move || {
            if expired.recv_timeout(limit).is_err() {
                let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
            }
        });
        let stdin = child.stdin.take();
        drop(stdin);
        let output = child.wait_with_output().expect("the process ends");
        let _ = done.send(());
        let _ = killer.join();
        ran(&output)
    }
}

fn ran(output: &Output) -> Ran {
    use std::os::unix::process::ExitStatusExt;
    Ran {
        code: output.status.code().unwrap_or_else(|| -output.status.signal().unwrap_or(0)),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
