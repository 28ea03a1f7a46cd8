//! `concord test`: starts an app process with a test runner, watches it, and reports.

use crate::configuration::{Clock, Common, Configuration, LogLevel, Task};
use crate::error::{Failure, eprint, print};
use crate::output::{check_writable, write_whole};
use crate::run::tell_crash;
use clap::Args;
use concord_services::report::{Case, Progress, Report, Style, to_json, to_junit};
use concord_services::supervise::{Observer, TestSubject, watch_test};
use concord_syscalls::app_process::{AppProcess, Limits};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Arguments of `concord test`.
#[derive(Args)]
pub struct Test {
    #[command(flatten)]
    common: Common,
    /// Module with the tests, when the packages have several
    #[arg(short, long, value_name = "MODULE")]
    module: Option<String>,
    /// Run only these: SUITE or SUITE#CASE, comma separated
    #[arg(long, value_name = "FILTER")]
    class: Option<String>,
    /// Keep a picture and the layout of every failing case in this folder
    #[arg(long, value_name = "DIR")]
    screenshots: Option<PathBuf>,
    /// Test runner class
    #[arg(long, value_name = "NAME")]
    runner: Option<String>,
    /// End the run after so many seconds
    #[arg(long, value_name = "S", default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..=86400))]
    timeout: u64,
    /// Pass a parameter to the framework, as `aa test -s KEY VALUE`: timeout, class, notClass, level, stress, dryRun …
    #[arg(short = 's', num_args = 2, value_names = ["KEY", "VALUE"], action = clap::ArgAction::Append)]
    settings: Vec<String>,
    /// List the cases without running them
    #[arg(long)]
    dry_run: bool,
    /// Write a JUnit XML report
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    junit: Option<PathBuf>,
    /// Write a JSON report
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    json: Option<PathBuf>,
    /// Print the platform's own OHOS_REPORT lines instead of the readable form
    #[arg(long, help_heading = "Output")]
    raw: bool,
    /// Least level of log lines to show
    #[arg(long, value_name = "LEVEL", value_enum, default_value = "off", help_heading = "Output")]
    log: LogLevel,
    /// Keep the app's data in this folder instead of a throw-away one
    #[arg(long, value_name = "FOLDER")]
    home: Option<PathBuf>,
}

impl Test {
    /// Runs the tests; the exit code is computed from the cases.
    pub fn run(self) -> Result<u8, Failure> {
        self.common.check()?;
        // Reports that cannot be written are found out before the tests run, not after.
        for file in [&self.junit, &self.json].into_iter().flatten() {
            check_writable(file)?;
        }
        let throw_away = match &self.home {
            Some(_) => None,
            None => Some(
                tempfile::Builder::new()
                    .prefix("concord-test-")
                    .tempdir()
                    .map_err(Failure::io("making a throw-away home (set TMPDIR, or use --home)"))?,
            ),
        };
        let home = match (&self.home, &throw_away) {
            (Some(home), _) => std::path::absolute(home).map_err(Failure::io(home.display().to_string()))?,
            (None, Some(folder)) => folder.path().to_owned(),
            (None, None) => unreachable!("one of them was made above"),
        };
        let mut settings: Vec<(String, String)> =
            self.settings.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
        settings.extend(self.class.iter().map(|class| ("class".to_owned(), class.clone())));
        if self.dry_run {
            settings.push(("dryRun".to_owned(), "true".to_owned()));
        }
        let screenshots = self.screenshots.as_deref().map(folder_for_pictures).transpose()?;
        let dry_run = settings.iter().any(|(key, value)| key == "dryRun" && value == "true");
        let configuration = Configuration {
            packages: self.common.packages.clone(),
            require_trusted: self.common.require_trusted,
            home,
            log: self.log,
            device: self.common.device.clone(),
            grants: self.common.grant.clone(),
            system_parameters: self.common.param.clone(),
            clock: self.common.clock.unwrap_or(Clock::Virtual),
            task: Task::Test {
                module: self.module.clone(),
                runner: self.runner.clone(),
                parameters: settings,
                wait: Some(self.timeout),
                screenshots,
            },
        };
        let memory = self.common.memory << 20;
        let deadline = Instant::now() + Duration::from_secs(self.timeout);
        let process = spawn(&configuration, Limits { deadline: Some(deadline), memory: Some(memory) })?;
        let subject = TestSubject { dry_run, timeout: self.timeout, memory };
        let mut show = Show::new(self.raw, dry_run);
        let report = watch_test(process, &subject, &mut show)
            .map_err(Failure::io("watching the app"))?
            .map_err(Failure::usage)?;
        self.finish(&report, show)
    }

    fn finish(&self, report: &Report, mut show: Show) -> Result<u8, Failure> {
        show.finish(report);
        if let Some(crash) = &report.crash {
            // A throw-away home is no place to keep anything.
            tell_crash(crash, self.home.as_deref().map(|home| (home, report.bundle.as_str())));
        }
        if let Some(file) = &self.junit {
            write_whole(file, to_junit(report).map_err(Failure::usage)?.as_bytes())?;
        }
        if let Some(file) = &self.json {
            write_whole(file, format!("{:#}\n", to_json(report)).as_bytes())?;
        }
        if let Some(failure) = show.failure {
            // The reports are complete; only the reader of standard output is gone or its disk full.
            if !matches!(failure, Failure::BrokenPipe) {
                return Err(failure);
            }
        }
        Ok(report.exit_code())
    }
}

/// The folder for pictures, made when it is not there.
fn folder_for_pictures(folder: &Path) -> Result<PathBuf, Failure> {
    let failed =
        |error| Failure::Usage(format!("--screenshots {}: cannot be made or written: {error}", folder.display()));
    std::fs::create_dir_all(folder).map_err(failed)?;
    tempfile::tempfile_in(folder).map_err(failed)?;
    std::path::absolute(folder).map_err(failed)
}

/// Starts this program as an app process.
pub fn spawn(configuration: &Configuration, limits: Limits) -> Result<AppProcess, Failure> {
    let text = serde_json::to_string(configuration).map_err(Failure::usage)?;
    AppProcess::spawn(&["app-process".into()], &text, limits).map_err(Failure::io("starting the app process"))
}

/// What the user sees while tests run.
struct Show {
    raw: bool,
    live: bool,
    progress: Progress,
    /// The list of cases that a dry run prints, in pieces of arbitrary length.
    listing: Option<String>,
    /// The first thing that went wrong with standard output.
    failure: Option<Failure>,
}

impl Show {
    fn new(raw: bool, dry_run: bool) -> Show {
        let terminal = std::io::stdout().is_terminal();
        let colour = terminal && std::env::var_os("NO_COLOR").is_none();
        let style = if colour { Style::Colour } else { Style::Plain };
        Show {
            raw,
            live: terminal && !raw,
            progress: Progress::new(style),
            listing: (dry_run && !raw).then(String::new),
            failure: None,
        }
    }

    fn print(&mut self, text: &str) {
        if self.failure.is_none() {
            self.failure = print(text).err();
        }
    }

    /// Takes back the line that says what is running.
    fn clear(&mut self) {
        if self.live {
            self.print("\r\x1b[K");
        }
    }

    fn finish(&mut self, report: &Report) {
        self.clear();
        if self.raw {
            use concord_services::report::End;
            let (code, message) = match &report.end {
                End::Finished { code, message } => (*code, message.clone()),
                End::TimedOut { .. } => {
                    self.print("Timeout: user test is not completed within the specified time.\n");
                    return;
                }
                End::NoRunner { message } => (-1, message.clone()),
                _ => (-1, "App died".to_owned()),
            };
            self.print(&format!(
                "TestFinished-ResultCode: {code}\nTestFinished-ResultMsg: {message}\nuser test finished.\n"
            ));
            if let Some(problem) = report.run_problem() {
                eprint(&format!("concord: {problem}\n"));
            }
        } else {
            let listed = self.listing.take().map(|listing| cases_of_dry_run(&listing).unwrap_or(listing));
            let text = match listed {
                Some(cases) if report.run_problem().is_none() => cases,
                Some(cases) => cases + &self.progress.summary(report),
                None => self.progress.summary(report),
            };
            self.print(&text);
        }
    }
}

/// `Suite#case` lines out of the framework's JSON, `{"suites":[{"Outer.Inner":[{"itName":"case"}]}]}`; the form is that of
/// `--class`.
fn cases_of_dry_run(listing: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(listing).ok()?;
    let mut text = String::new();
    for suite in value.get("suites")?.as_array()? {
        for (name, cases) in suite.as_object()? {
            for case in cases.as_array()? {
                text.push_str(&format!("{name}#{}\n", case.get("itName")?.as_str()?));
            }
        }
    }
    Some(text)
}

impl Observer for Show {
    fn printed(&mut self, text: &str) {
        if self.raw {
            self.print(&format!("{text}\n"));
        }
    }

    fn case_started(&mut self, suite: &str, name: &str) {
        if self.live {
            self.print(&format!("\r\x1b[K  … {suite} {name}"));
        }
    }

    fn case_ended(&mut self, case: &Case) {
        if !self.raw {
            self.clear();
            let text = self.progress.case(case);
            self.print(&text);
        }
    }

    fn text(&mut self, line: &str) {
        if let Some(listing) = &mut self.listing {
            listing.push_str(line);
        } else if !self.raw {
            self.clear();
            self.print(&format!("{line}\n"));
        }
    }
}
