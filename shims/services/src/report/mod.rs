//! What a test run came to: cases as the framework printed them, and the verdict computed from them.
//!
//! The framework's own verdict cannot be trusted: `OHOS_REPORT_CODE` ignores errors and the result code of `finishTest` is 0
//! even when cases failed (testfwk_arkxtest, `OhReport.js`). So everything here is counted from the cases.

mod hypium;
mod json;
mod junit;
mod text;

pub use hypium::{Event as ReportEvent, HypiumParser};
pub use json::to_json;
pub use junit::{JunitError, to_junit};
pub use text::{Progress, Style};

use crate::crash::Crash;
use serde::Serialize;
use std::time::Duration;

/// How one case ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Outcome {
    /// All assertions held.
    Passed,
    /// An assertion did not hold.
    Failed(Problem),
    /// Something else was thrown, or the case took too long, or the process ended during it.
    Error(Problem),
    /// Left out by the suite itself.
    Skipped {
        /// The reason that the suite gives; may be empty.
        reason: String,
    },
}

/// Message and stack of a case that did not pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Problem {
    /// What went wrong, without the framework's `Error in <case>,` prefix.
    pub message: String,
    /// Guest stack, one frame a line; may be empty.
    pub stack: String,
}

/// One executed (or skipped) case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Case {
    /// Suite path, `Outer.Inner`.
    pub suite: String,
    /// Name of the case.
    pub name: String,
    /// How it ended.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Time as the framework measured it.
    #[serde(rename = "milliseconds", serialize_with = "as_millis")]
    pub duration: Duration,
}

fn as_millis<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}

/// Trouble of a suite outside its cases: a failing `beforeAll` or `afterAll`, a promise in `describe`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuiteError {
    /// Suite path.
    pub suite: String,
    /// What the framework printed.
    pub message: String,
}

/// The framework's closing line, `Tests run: …`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
pub struct Summary {
    /// Cases the framework counted.
    pub total: u64,
    /// Failed assertions.
    pub failure: u64,
    /// Errors.
    pub error: u64,
    /// Passed cases.
    pub pass: u64,
    /// Cases not executed.
    pub ignore: u64,
}

/// Why the run was over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "end", rename_all = "kebab-case")]
pub enum End {
    /// The runner called `finishTest`.
    Finished {
        /// Result code given to `finishTest`.
        code: i64,
        /// Message given to `finishTest`.
        message: String,
    },
    /// An uncaught error ended the process.
    Uncaught {
        /// Name, message and stack.
        description: String,
    },
    /// The process ended without finishing the run.
    Died {
        /// Signal or exit code, in words.
        how: String,
    },
    /// The runner class could not be found or made.
    NoRunner {
        /// What was looked for.
        message: String,
    },
    /// The limit given by `--timeout` passed.
    TimedOut {
        /// The limit.
        seconds: u64,
    },
    /// The process used more memory than allowed.
    OutOfMemory {
        /// The limit in MiB.
        limit: u64,
    },
    /// Ctrl-C, or termination from outside.
    Interrupted,
}

/// An API that the guest used and Concord lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct MissingApi {
    /// `module` and member, e.g. `@ohos:net.http createHttp`.
    pub api: String,
    /// How often.
    pub count: u64,
    /// First place, when known.
    pub site: Option<String>,
}

/// Everything known about a run.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Bundle under test.
    pub bundle: String,
    /// Test module.
    pub module: String,
    /// Cases in the order they ended.
    pub cases: Vec<Case>,
    /// Trouble outside cases.
    pub suite_errors: Vec<SuiteError>,
    /// The framework's closing line, if it came.
    pub summary: Option<Summary>,
    /// Why the run was over.
    #[serde(flatten)]
    pub end: End,
    /// Missing APIs that were touched.
    pub missing: Vec<MissingApi>,
    /// The crash that ended the app, or where native code of it was when its time was over.
    pub crash: Option<Box<Crash>>,
    /// Cases that the framework announced; 0 when it did not.
    pub announced: u64,
    /// Whether only the list of cases was asked for.
    pub dry_run: bool,
    /// Wall time of the whole run.
    #[serde(rename = "milliseconds", serialize_with = "as_millis")]
    pub duration: Duration,
}

/// Counts of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// All cases.
    pub total: usize,
    /// Passed.
    pub passed: usize,
    /// Failed assertions.
    pub failed: usize,
    /// Errors.
    pub errors: usize,
    /// Skipped.
    pub skipped: usize,
}

impl Report {
    /// Counts the cases.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { total: self.cases.len(), ..Counts::default() };
        for case in &self.cases {
            match case.outcome {
                Outcome::Passed => counts.passed += 1,
                Outcome::Failed(_) => counts.failed += 1,
                Outcome::Error(_) => counts.errors += 1,
                Outcome::Skipped { .. } => counts.skipped += 1,
            }
        }
        counts
    }

    /// How many of the announced cases have no result, because the run ended before them.
    pub fn not_run(&self) -> u64 {
        let whole = self.dry_run || matches!(self.end, End::Finished { .. });
        if whole { 0 } else { self.announced.saturating_sub(self.cases.len() as u64) }
    }

    /// Why the run as a whole is not a success although no case says so; none when cases alone decide.
    pub fn run_problem(&self) -> Option<String> {
        let counts = self.counts();
        match &self.end {
            End::Finished { code, message } => {
                if self.dry_run {
                    return None;
                }
                if counts.total == 0 {
                    return Some(format!(
                        "no test case was executed (the runner finished with «{}»)",
                        message.trim_end()
                    ));
                }
                if *code != 0 {
                    return Some(format!("the runner finished with code {code}: {}", message.trim_end()));
                }
                let summary = self.summary?;
                let (failed, errors) = (counts.failed as u64, counts.errors as u64);
                (summary.failure > failed || summary.error > errors).then(|| {
                    format!(
                        "the framework counts {} failures and {} errors, more than the cases it reported",
                        summary.failure, summary.error
                    )
                })
            }
            End::Uncaught { description } => Some(format!("the app ended in an uncaught error: {description}")),
            End::Died { how } => Some(format!("the app died: {how}")),
            End::NoRunner { message } => Some(message.clone()),
            End::TimedOut { seconds } => Some(format!("the run was not over after {seconds} s and was ended")),
            End::OutOfMemory { limit } => {
                Some(format!("out of memory: the app used more than {limit} MiB and was ended (see --memory)"))
            }
            End::Interrupted => Some("the run was interrupted".to_owned()),
        }
    }

    /// The exit code of DESIGN §8.
    pub fn exit_code(&self) -> u8 {
        match self.end {
            End::Died { .. } | End::NoRunner { .. } | End::OutOfMemory { .. } => 3,
            End::TimedOut { .. } => 124,
            End::Interrupted => 130,
            End::Finished { .. } | End::Uncaught { .. } => {
                let counts = self.counts();
                let bad = counts.failed + counts.errors + self.suite_errors.len() > 0;
                u8::from(bad || self.run_problem().is_some())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(end: End) -> Report {
        Report {
            bundle: "b".into(),
            module: "m".into(),
            cases: vec![Case {
                suite: "S".into(),
                name: "one".into(),
                outcome: Outcome::Passed,
                duration: Duration::ZERO,
            }],
            suite_errors: vec![],
            summary: None,
            end,
            missing: vec![],
            crash: None,
            announced: 0,
            dry_run: false,
            duration: Duration::ZERO,
        }
    }

    fn finished() -> End {
        End::Finished { code: 0, message: "your test finished!!!".into() }
    }

    #[test]
    fn exit_codes_follow_the_cases() {
        assert_eq!(report(finished()).exit_code(), 0);
        let mut failed = report(finished());
        failed.cases[0].outcome = Outcome::Error(Problem::default());
        assert_eq!(failed.exit_code(), 1);
        let mut none = report(finished());
        none.cases.clear();
        assert_eq!(none.exit_code(), 1);
        none.dry_run = true;
        assert_eq!(none.exit_code(), 0);
        let mut lying = report(finished());
        lying.summary = Some(Summary { total: 2, error: 1, ..Summary::default() });
        assert_eq!(lying.exit_code(), 1);
        assert_eq!(report(End::Died { how: "signal 11".into() }).exit_code(), 3);
        assert_eq!(report(End::TimedOut { seconds: 1 }).exit_code(), 124);
        assert_eq!(report(End::Interrupted).exit_code(), 130);
    }
}
