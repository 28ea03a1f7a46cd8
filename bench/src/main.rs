//! Ratios in one run: translated bytecode against its own source in JavaScriptCore and in QuickJS-ng, the start of
//! `concord test` against `node -e 0`, and what the engine's wrapper costs.
//!
//! Every measurement is a process of its own, the minimum of several, and the variants take turns, so that a busy machine
//! disturbs them alike. Results go to standard output as a table, or as JSON.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the results are the output, progress goes to standard error"
)]

mod child;
mod cold;
mod engines;
mod kernels;
mod kits;
mod micro;
mod native;
mod page;
mod report;
mod window;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Parser)]
#[command(about = "Measures Concord against other engines")]
struct Arguments {
    /// Folder of the kernels and packages [default: CONCORD_FIXTURES, or ../shared/fixtures beside the repository]
    #[arg(long)]
    fixtures: Option<PathBuf>,
    /// Only kernels whose name contains this
    #[arg(long, default_value = "")]
    kernel: String,
    /// Measurements of each variant with the JIT; the slow variants get a third of them
    #[arg(long, default_value_t = 6)]
    rounds: u32,
    /// Only these parts: kernels, cold, engine, native, kits, page, window
    #[arg(long, value_delimiter = ',')]
    parts: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// The `concord` command [default: beside this one]
    #[arg(long)]
    concord: Option<PathBuf>,
    #[command(subcommand)]
    one: Option<One>,
}

/// What a child process measures.
#[derive(Subcommand)]
enum One {
    /// Runs a kernel once
    #[command(hide = true)]
    Kernel { engine: engines::Engine, file: PathBuf },
    /// Runs a command and tells its peak memory
    #[command(hide = true)]
    Command { command: Vec<String> },
    /// Measures the engine's wrapper
    #[command(hide = true)]
    Micro,
    /// Measures calls of a native module
    #[command(hide = true)]
    Native { library: PathBuf },
    /// Measures modules of the kits
    #[command(hide = true)]
    Kits { package: PathBuf, url: String },
    /// Measures a page
    #[command(hide = true)]
    Page,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.one {
        Some(One::Kernel { engine, file }) => engines::run(*engine, file).and_then(|run| child::reply(&run)),
        Some(One::Command { command }) => cold::run_command(command).and_then(|run| child::reply(&run)),
        Some(One::Micro) => micro::run().and_then(|costs| child::reply(&costs)),
        Some(One::Native { library }) => native::run(library).and_then(|calls| child::reply(&calls)),
        Some(One::Kits { package, url }) => kits::run(package, url).and_then(|costs| child::reply(&costs)),
        Some(One::Page) => page::run().and_then(|costs| child::reply(&costs)),
        None => measure(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(arguments: &Arguments) -> Result<(), Error> {
    let wants = |part: &str| arguments.parts.is_empty() || arguments.parts.iter().any(|wanted| wanted == part);
    let rounds = arguments.rounds.max(1);
    let fixtures = arguments.fixtures.clone().unwrap_or_else(default_fixtures);
    let mut results = report::Results::default();
    if wants("kernels") {
        results.kernels = kernels::measure(&fixtures, &arguments.kernel, rounds)?;
    }
    if wants("cold") {
        let concord = arguments.concord.clone().unwrap_or_else(|| beside("concord"));
        results.cold = cold::measure(&fixtures, &concord, rounds)?;
    }
    if wants("engine") {
        results.engine = Some(child::best_of(rounds, || child::run(&["micro"], &[]), micro::Costs::min)?);
    }
    if wants("native") {
        results.native = native::measure(rounds.min(3))?;
    }
    if wants("kits") {
        results.kits = kits::measure(&fixtures, rounds.min(3))?;
    }
    if wants("page") {
        results.page = Some(page::measure(rounds.min(3))?);
    }
    if wants("window") {
        let concord = arguments.concord.clone().unwrap_or_else(|| beside("concord"));
        results.window = window::measure(&fixtures, &concord)?;
    }
    if arguments.json { results.print_json() } else { results.print_table() }
}

fn default_fixtures() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/fixtures");
    std::env::var_os("CONCORD_FIXTURES").map_or_else(beside, PathBuf::from)
}

/// A program in the folder of this one.
fn beside(name: &str) -> PathBuf {
    std::env::current_exe()
        .ok()
        .as_deref()
        .and_then(Path::parent)
        .map_or_else(|| PathBuf::from(name), |folder| folder.join(name))
}

/// What went wrong, for a person.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("{path}: {error}")]
    File { path: PathBuf, error: std::io::Error },
    #[error("{what}: {why}")]
    Failed { what: String, why: String },
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl Error {
    fn failed(what: impl Into<String>, why: impl ToString) -> Error {
        Error::Failed { what: what.into(), why: why.to_string() }
    }
}
