//! Cold start: a whole `concord test` run of small packages, against `node -e 0`.

use crate::{Error, child};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// One run of a command.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CommandRun {
    pub milliseconds: f64,
    /// Peak memory of the command.
    pub megabytes: f64,
    /// Its exit code, -1 when a signal ended it.
    pub exit_code: i32,
}

/// The best of several runs.
#[derive(Debug, Clone, Serialize)]
pub struct Cold {
    pub name: String,
    pub milliseconds: f64,
    pub megabytes: f64,
    pub exit_code: i32,
}

/// Runs a command from start to end. A process of its own does nothing else, so the peak is the command's.
pub fn run_command(command: &[String]) -> Result<CommandRun, Error> {
    let (program, arguments) = command.split_first().ok_or_else(|| Error::failed("command", "none was given"))?;
    let start = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|error| Error::File { path: PathBuf::from(program), error })?;
    let milliseconds = start.elapsed().as_secs_f64() * 1e3;
    let usage =
        nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN).map_err(std::io::Error::from)?;
    Ok(CommandRun { milliseconds, megabytes: usage.max_rss() as f64 / 1024.0, exit_code: status.code().unwrap_or(-1) })
}

/// What is started.
struct Case {
    name: &'static str,
    command: Vec<String>,
}

/// Measures what can be: packages that the fixtures have, node where it is installed.
pub fn measure(fixtures: &Path, concord: &Path, rounds: u32) -> Result<Vec<Cold>, Error> {
    let special = fixtures.join("ability/special");
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let test = |name: &'static str, folder: &str, app: &str, test: &str| {
        let packages = [app, test].map(|file| special.join(folder).join("hap").join(file));
        let command =
            [text(concord), "test".to_owned()].into_iter().chain(packages.iter().map(|path| text(path))).collect();
        packages.iter().all(|path| path.exists()).then_some(Case { name, command })
    };
    let cases = [
        test("concord test, 5 cases, own reporter (8 kB)", "failing", "mini.hap", "mini_test.hap"),
        test("concord test, Hypium, no case (200 kB)", "empty-tests", "entry.hap", "entry_test.hap"),
        test("concord test, Hypium, app of 200 modules", "slow-start", "entry.hap", "entry_test.hap"),
        Some(Case { name: "node -e 0", command: ["node", "-e", "0"].map(String::from).to_vec() }),
    ];
    let mut results: Vec<Cold> = Vec::new();
    for round in 0..rounds.max(10) {
        for case in cases.iter().flatten() {
            let mut arguments = vec!["command", "--"];
            arguments.extend(case.command.iter().map(String::as_str));
            let Ok(run) = child::run::<CommandRun>(&arguments, &[]) else {
                if round == 0 {
                    eprintln!("cold: {} could not be started", case.name);
                }
                continue;
            };
            match results.iter_mut().find(|result| result.name == case.name) {
                Some(best) => {
                    best.milliseconds = best.milliseconds.min(run.milliseconds);
                    best.megabytes = best.megabytes.min(run.megabytes);
                }
                None => {
                    let CommandRun { milliseconds, megabytes, exit_code } = run;
                    results.push(Cold { name: case.name.to_owned(), milliseconds, megabytes, exit_code });
                }
            }
        }
    }
    eprintln!("cold: done");
    Ok(results)
}
