//! Watching over an app process: its events become a report, its end an exit code.

use crate::crash::Crash;
use crate::protocol::{Event, Order};
use crate::report::{Case, End, HypiumParser, MissingApi, Report, ReportEvent};
use concord_syscalls::app_process::{AppProcess, Ending, Happening};
use std::io;
use std::os::fd::BorrowedFd;
use std::time::Instant;

/// What a caller wants to see while a test run goes on.
pub trait Observer {
    /// One `print` of the delegator, as it came.
    fn printed(&mut self, text: &str);
    /// A case began.
    fn case_started(&mut self, suite: &str, name: &str);
    /// A case ended.
    fn case_ended(&mut self, case: &Case);
    /// Text of the app among the framework's lines.
    fn text(&mut self, line: &str);
}

/// What the app process said about itself.
#[derive(Debug, Default)]
struct Told {
    finished: Option<(i64, String)>,
    no_runner: Option<String>,
    uncaught: Option<String>,
    refused: Option<String>,
    exit: Option<i32>,
    missing: Vec<MissingApi>,
    shown: Option<serde_json::Value>,
    closed: bool,
    crash: Option<Box<Crash>>,
    bundle: String,
    module: String,
}

impl Told {
    fn take(&mut self, event: Event) {
        match event {
            Event::Print { .. } => {}
            Event::Opened { bundle, module } => (self.bundle, self.module) = (bundle, module),
            Event::Finished { code, message } => self.finished = Some((code, message)),
            Event::NoRunner { message } => self.no_runner = Some(message),
            Event::Uncaught { description } => self.uncaught = Some(description),
            Event::Refused { message } => self.refused = Some(message),
            Event::Exit { code } => self.exit = Some(code),
            Event::Missing { apis } => self.missing = apis,
            Event::Shown { shown } => self.shown = Some(shown),
            Event::Closed => self.closed = true,
            Event::Crash(crash) => self.crash = Some(crash),
            Event::CrashFrames { frames } => self.crashed(|crash| crash.frames = frames),
            Event::CrashMessage { text } => self.crashed(|crash| crash.message = Some(text)),
            Event::CrashModules { modules } => self.crashed(|crash| crash.modules = modules),
            Event::CrashScript { stack } => self.crashed(|crash| crash.script = Some(stack)),
            Event::CrashEnd => {}
        }
    }

    fn crashed(&mut self, add: impl FnOnce(&mut Crash)) {
        if let Some(crash) = &mut self.crash {
            add(crash);
        }
    }

    /// Why the process ended, when that was a crash.
    fn cause_of_death(&self) -> Option<String> {
        self.crash.as_ref().filter(|crash| !crash.is_question()).map(|crash| crash.headline())
    }
}

/// The request or the packages were refused; the message says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// How a plain run (no test) ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunEnd {
    /// The app ended by itself with a code.
    Exit(u8),
    /// An uncaught error ended it.
    Uncaught(String),
    /// It died.
    Died(String),
    /// The time limit passed.
    TimedOut,
    /// The memory limit in MiB was passed.
    OutOfMemory(u64),
    /// Ctrl-C or a request to terminate, by signal number.
    Interrupted(i32),
}

impl RunEnd {
    /// The exit code of DESIGN §8.
    pub fn exit_code(&self) -> u8 {
        match self {
            RunEnd::Exit(code) => *code,
            RunEnd::Uncaught(_) => 1,
            RunEnd::Died(_) | RunEnd::OutOfMemory(_) => 3,
            RunEnd::TimedOut => 124,
            RunEnd::Interrupted(signal) => 128 + u8::try_from(*signal).unwrap_or(2),
        }
    }
}

/// Watches a plain run until its end.
pub fn watch_run(
    process: AppProcess,
    memory_limit: u64,
    mut on_end: impl FnMut(&RunWatch, &Result<RunEnd, Refused>),
) -> Result<Result<RunEnd, Refused>, io::Error> {
    let mut run = RunWatch::new(process, memory_limit);
    loop {
        if let RunStep::End(end) = run.wait(None, None)? {
            on_end(&run, &end);
            return Ok(end);
        }
    }
}

/// A plain run that is watched step by step.
pub struct RunWatch {
    process: AppProcess,
    memory_limit: u64,
    told: Told,
}

/// What happened to a run, or around it.
#[derive(Debug)]
pub enum RunStep {
    /// It has ended, or was refused.
    End(Result<RunEnd, Refused>),
    /// The other descriptor is readable.
    Other,
    /// The time has come.
    Due,
}

impl RunWatch {
    /// Watches a process whose limit of memory is so many bytes.
    pub fn new(process: AppProcess, memory_limit: u64) -> RunWatch {
        RunWatch { process, memory_limit, told: Told::default() }
    }

    /// Missing APIs that were touched so far.
    pub fn missing(&self) -> &[MissingApi] {
        &self.told.missing
    }

    /// The bundle, once its packages are open.
    pub fn bundle(&self) -> &str {
        &self.told.bundle
    }

    /// The crash that ended it, or where it was when its time was over.
    pub fn crash(&self) -> Option<&Crash> {
        self.told.crash.as_deref()
    }

    /// What the app shows, as it would be shown again; see [`Event::Shown`].
    pub fn shown(&self) -> Option<&serde_json::Value> {
        self.told.shown.as_ref()
    }

    /// Whether a person has closed its window.
    pub fn was_closed(&self) -> bool {
        self.told.closed
    }

    /// Asks the app to end by itself.
    pub fn ask_to_end(&self) {
        // An app that hears nothing does not end by itself either.
        let _ = self.process.mailbox().and_then(|mailbox| mailbox.send(&Order::End.to_line()));
    }

    /// Ends the app at once.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Waits until the run ends, another descriptor is readable, or a time has come.
    ///
    /// # Errors
    /// When waiting fails.
    pub fn wait(&mut self, other: Option<BorrowedFd<'_>>, until: Option<Instant>) -> io::Result<RunStep> {
        loop {
            let happening = match self.process.wait_also(other, until)? {
                Happening::Line(line) => {
                    let event = Event::from_line(&line);
                    if let Some(Event::CrashEnd) = event {
                        self.process.has_answered();
                    }
                    event.into_iter().for_each(|event| self.told.take(event));
                    continue;
                }
                Happening::Other => return Ok(RunStep::Other),
                Happening::Due => return Ok(RunStep::Due),
                end => end,
            };
            return Ok(RunStep::End(match self.told.refused.take() {
                Some(message) => Err(Refused(message)),
                None => Ok(self.end(happening)),
            }));
        }
    }

    fn end(&mut self, happening: Happening) -> RunEnd {
        match happening {
            Happening::DeadlinePassed => RunEnd::TimedOut,
            Happening::MemoryExceeded => RunEnd::OutOfMemory(self.memory_limit >> 20),
            Happening::Interrupted(signal) => RunEnd::Interrupted(signal),
            Happening::Ended(_) if self.told.cause_of_death().is_some() => {
                RunEnd::Died(self.told.cause_of_death().unwrap_or_default())
            }
            Happening::Ended(ending) => match (self.told.uncaught.take(), self.told.exit, ending) {
                (Some(description), _, _) => RunEnd::Uncaught(description),
                (None, Some(code), Ending::Exit(_)) => RunEnd::Exit(low_byte(code)),
                (None, None, Ending::Exit(code)) => RunEnd::Exit(low_byte(code)),
                (None, _, signal) => RunEnd::Died(signal.to_string()),
            },
            Happening::Line(_) | Happening::Other | Happening::Due => RunEnd::Died("unexpected event".to_owned()),
        }
    }
}

/// What the kernel keeps of an exit code.
fn low_byte(code: i32) -> u8 {
    code.rem_euclid(256).try_into().unwrap_or(u8::MAX)
}

/// What is known of a test run before it begins.
#[derive(Debug, Clone)]
pub struct TestSubject {
    /// Whether only a list of cases was asked for.
    pub dry_run: bool,
    /// Time limit in seconds, for the report.
    pub timeout: u64,
    /// Memory limit in bytes, for the report.
    pub memory: u64,
}

/// Watches a test run until its end.
pub fn watch_test(
    mut process: AppProcess,
    subject: &TestSubject,
    observer: &mut dyn Observer,
) -> Result<Result<Report, Refused>, io::Error> {
    let begin = Instant::now();
    let mut told = Told::default();
    let mut parser = HypiumParser::default();
    let end = loop {
        match process.wait()? {
            Happening::Line(line) => match Event::from_line(&line) {
                Some(Event::Print { text }) => {
                    observer.printed(&text);
                    for event in parser.feed(&text) {
                        match event {
                            ReportEvent::SuiteStarted(_) => {}
                            ReportEvent::CaseStarted(suite, name) => observer.case_started(&suite, &name),
                            ReportEvent::CaseEnded(case) => observer.case_ended(&case),
                            ReportEvent::Text(line) => observer.text(&line),
                        }
                    }
                }
                Some(Event::CrashEnd) => process.has_answered(),
                Some(event) => told.take(event),
                None => {}
            },
            other => break other,
        }
    };
    if let Some(message) = told.refused {
        return Ok(Err(Refused(message)));
    }
    let end = test_end(end, &mut told, subject);
    let crash = told.crash.take();
    let lost = match &end {
        End::Finished { .. } => "the run finished while this case was running",
        End::Uncaught { .. } => "an uncaught error ended the app during this case",
        End::Died { how } => &format!("App died during this case: {how}"),
        End::NoRunner { .. } => "the runner was lost during this case",
        End::TimedOut { .. } => "the run timed out during this case",
        End::OutOfMemory { .. } => "the app ran out of memory during this case",
        End::Interrupted => "the run was interrupted during this case",
    };
    let stack = crash.as_ref().map(|crash| crash.stack()).unwrap_or_default();
    if let Some(case) = parser.abandon(lost, stack) {
        observer.case_ended(&case);
    }
    Ok(Ok(Report {
        bundle: told.bundle,
        module: told.module,
        cases: parser.cases,
        suite_errors: parser.suite_errors,
        summary: parser.summary,
        end,
        announced: parser.announced,
        missing: told.missing,
        crash,
        dry_run: subject.dry_run,
        duration: begin.elapsed(),
    }))
}

fn test_end(end: Happening, told: &mut Told, subject: &TestSubject) -> End {
    match end {
        Happening::DeadlinePassed => End::TimedOut { seconds: subject.timeout },
        Happening::MemoryExceeded => End::OutOfMemory { limit: subject.memory >> 20 },
        Happening::Interrupted(_) => End::Interrupted,
        Happening::Line(_) | Happening::Other | Happening::Due => End::Died { how: "unexpected event".to_owned() },
        Happening::Ended(ending) => {
            if let Some(how) = told.cause_of_death() {
                End::Died { how }
            } else if let Some((code, message)) = told.finished.take() {
                End::Finished { code, message }
            } else if let Some(message) = told.no_runner.take() {
                End::NoRunner { message }
            } else if let Some(description) = told.uncaught.take() {
                End::Uncaught { description }
            } else if let Some(code) = told.exit {
                End::Died { how: format!("the app ended its process with code {code} before the run was over") }
            } else {
                End::Died { how: ending.to_string() }
            }
        }
    }
}
