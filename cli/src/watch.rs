//! `concord run --watch`: the app is started again with every new package.
//!
//! Build tools write in pieces, in place, or put another file there. So the packages are copied once they have been left alone for
//! a moment, the copy is checked, and the app runs from the copy: whatever happens to the originals, it has what it began with.

use crate::configuration::{Configuration, Task};
use crate::error::{Failure, eprint};
use crate::run::{report, spawn_run};
use concord_abi::abc::AbcFile;
use concord_package::{Options, PackageSet};
use concord_services::supervise::{Refused, RunEnd, RunStep, RunWatch};
use concord_syscalls::app_process::{Happening, wait_without};
use concord_syscalls::file_watch::{FileWatch, Fingerprint};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Packages that nobody has written to for so long are taken for complete.
const SETTLED: Duration = Duration::from_millis(300);
/// Packages that are not valid after so long are complained about.
const BROKEN: Duration = Duration::from_millis(1500);
/// How long an app may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(3);
/// Deepest folder of an unpacked package.
const DEEPEST: usize = 32;

/// Packages as they were at one time.
struct Copy {
    _folder: tempfile::TempDir,
    packages: Vec<PathBuf>,
}

struct Watching {
    configuration: Configuration,
    timeout: Option<Duration>,
    memory: u64,
    /// The originals.
    packages: Vec<PathBuf>,
    files: FileWatch,
    /// What the originals are like, and since when.
    seen: Fingerprint,
    since: Instant,
    /// What they were like when the app was started, or when they were last found to be broken and that was said.
    done: Option<Fingerprint>,
    /// When to look at broken ones once more.
    again: Option<Instant>,
    app: Option<(RunWatch, Copy)>,
}

/// Runs the app again and again, until a person ends it.
pub fn watch(configuration: Configuration, timeout: Option<Duration>, memory: u64) -> Result<u8, Failure> {
    let failed = || Failure::io("watching the packages");
    let absolute = |path: &PathBuf| std::path::absolute(path);
    let packages: Vec<PathBuf> =
        configuration.packages.iter().map(absolute).collect::<io::Result<_>>().map_err(failed())?;
    let files = FileWatch::new(packages.clone()).map_err(failed())?;
    let seen = files.look().map_err(failed())?;
    let since = Instant::now();
    let mut watching =
        Watching { configuration, timeout, memory, packages, files, seen, since, done: None, again: None, app: None };
    watching.start()?;
    loop {
        if let Some(code) = watching.step()? {
            return Ok(code);
        }
    }
}

impl Watching {
    /// Waits for the next thing, and does what follows from it. Gives the exit code at the end.
    fn step(&mut self) -> Result<Option<u8>, Failure> {
        let until = match self.again {
            Some(again) => Some(again),
            None => (self.done.as_ref() != Some(&self.seen)).then(|| self.since + SETTLED),
        };
        let failed = || Failure::io("watching the app");
        let step = match &mut self.app {
            Some((app, _)) => app.wait(Some(self.files.descriptor()), until).map_err(failed())?,
            None => match wait_without(self.files.descriptor(), until).map_err(failed())? {
                Happening::Interrupted(signal) => return Ok(Some(RunEnd::Interrupted(signal).exit_code())),
                Happening::Due => RunStep::Due,
                _ => RunStep::Other,
            },
        };
        match step {
            RunStep::End(end) => return Ok(self.ended(end)),
            RunStep::Other => self.look()?,
            RunStep::Due => {
                self.look()?;
                if self.again.is_some() || self.since.elapsed() >= SETTLED {
                    return self.start();
                }
            }
        }
        Ok(None)
    }

    fn look(&mut self) -> Result<(), Failure> {
        let now = self.files.look().map_err(Failure::io("watching the packages"))?;
        if now != self.seen {
            (self.seen, self.since, self.again) = (now, Instant::now(), None);
        }
        Ok(())
    }

    /// Starts the app with the packages as they are, if they are valid.
    fn start(&mut self) -> Result<Option<u8>, Failure> {
        let copy = match self.copy() {
            Ok(copy) => copy,
            Err(problem) => {
                let first = self.done.is_none() && self.app.is_none();
                if first || self.since.elapsed() >= BROKEN {
                    let rest = if self.app.is_some() { "the app goes on as it was" } else { "waiting for another one" };
                    eprint(&format!("concord: the package is not valid, {rest}: {problem}\n"));
                    (self.done, self.again) = (Some(self.seen.clone()), None);
                } else {
                    self.again = Some(self.since + BROKEN);
                }
                return Ok(None);
            }
        };
        (self.done, self.again) = (Some(self.seen.clone()), None);
        if let Some((app, before)) = self.app.take() {
            eprint("concord: the package has changed, and the app is started again\n");
            if let Some(code) = self.end(app) {
                return Ok(Some(code));
            }
            drop(before);
        }
        let mut configuration = self.configuration.clone();
        configuration.packages.clone_from(&copy.packages);
        let process = spawn_run(&configuration, self.timeout, self.memory)?;
        self.app = Some((RunWatch::new(process, self.memory), copy));
        Ok(None)
    }

    /// Lets the app end by itself. Gives an exit code when a person has had enough meanwhile.
    fn end(&mut self, mut app: RunWatch) -> Option<u8> {
        self.remember(&app);
        app.ask_to_end();
        match app.wait(None, Some(Instant::now() + PATIENCE)) {
            Ok(RunStep::End(Ok(RunEnd::Interrupted(signal)))) => Some(RunEnd::Interrupted(signal).exit_code()),
            Ok(RunStep::End(_)) => None,
            Ok(RunStep::Other | RunStep::Due) | Err(_) => {
                app.kill();
                None
            }
        }
    }

    /// The next process shows what this one shows, unless it does what a script says.
    fn remember(&mut self, app: &RunWatch) {
        if let Task::Run { developer, .. } = &mut self.configuration.task
            && let (Some(shown), None) = (app.shown(), &developer.replay)
        {
            developer.resume = Some(shown.clone());
        }
    }

    /// The app has ended. Gives the exit code when a person wanted that.
    fn ended(&mut self, end: Result<RunEnd, Refused>) -> Option<u8> {
        let (app, _copy) = self.app.take()?;
        self.remember(&app);
        report(&app, end.as_ref().ok(), &self.configuration.home);
        match end {
            Ok(RunEnd::Interrupted(signal)) => return Some(RunEnd::Interrupted(signal).exit_code()),
            Ok(RunEnd::Exit(code)) if app.was_closed() => return Some(code),
            Ok(RunEnd::Exit(code)) => eprint(&format!("concord: the app has ended with code {code}; ")),
            Ok(_) => eprint("concord: "),
            Err(refused) => eprint(&format!("concord: {refused}\nconcord: ")),
        }
        eprint("waiting for another package (Ctrl-C ends this)\n");
        None
    }

    /// Copies the packages and checks the copies.
    fn copy(&self) -> Result<Copy, String> {
        let folder = tempfile::Builder::new().prefix("concord-watch-").tempdir().map_err(|error| error.to_string())?;
        let mut packages = Vec::new();
        for (index, original) in self.packages.iter().enumerate() {
            let name = original.file_name().ok_or_else(|| format!("{}: has no name", original.display()))?;
            let place = folder.path().join(index.to_string());
            let copied = fs::create_dir(&place).and_then(|()| copy_all(original, &place.join(name), 0));
            copied.map_err(|error| format!("{}: {error}", original.display()))?;
            packages.push(place.join(name));
        }
        let options = Options {
            require_trusted: self.configuration.require_trusted,
            device_type: self.configuration.device.profile().map_err(|failure| failure.to_string())?.device_type,
        };
        // People know the originals.
        let original = |text: String| {
            packages.iter().zip(&self.packages).fold(text, |text, (copy, original)| {
                text.replace(&copy.display().to_string(), &original.display().to_string())
            })
        };
        check(&packages, &options).map_err(original)?;
        Ok(Copy { _folder: folder, packages })
    }
}

/// Opens packages, and what is needed of them.
fn check(packages: &[PathBuf], options: &Options) -> Result<(), String> {
    for set in PackageSet::open_bundles(packages, options).map_err(|error| error.to_string())? {
        for package in set.packages() {
            let problem = |error: &dyn std::fmt::Display| format!("{}: {error}", package.path().display());
            if let Some(abc) = package.abc().map_err(|error| problem(&error))? {
                AbcFile::parse(&abc).map_err(|error| problem(&error))?;
            }
            package.resources().map_err(|error| problem(&error))?;
        }
    }
    Ok(())
}

fn copy_all(from: &Path, to: &Path, depth: usize) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    if depth > DEEPEST {
        return Err(io::Error::other(format!("{}: folders are nested too deeply", from.display())));
    }
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy_all(&entry.path(), &to.join(entry.file_name()), depth + 1)?;
    }
    Ok(())
}
