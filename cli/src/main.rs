//! The `concord` command: it reads options, plugs the layers together and turns ends into exit codes. No logic lives here.
#![forbid(unsafe_code)]

mod app_process;
mod ark;
mod configuration;
mod crash;
mod desktop;
mod developer;
mod doctor;
mod error;
mod failure_pictures;
mod info;
mod inspect;
mod install;
mod installed;
mod native;
mod native_apis;
mod native_info;
mod orders;
mod output;
mod run;
mod test;
mod watch;

use clap::{Parser, Subcommand};
use error::Failure;
use std::io::IsTerminal;
use std::process::ExitCode;
use tracing::level_filters::LevelFilter;

/// Runs HarmonyOS and OpenHarmony apps on Linux.
#[derive(Parser)]
#[command(name = "concord", version, arg_required_else_help = true, subcommand_required = true)]
#[command(
    after_help = "Exit codes: 0 fine; 1 a test failed, or the app ended in an uncaught error; 2 bad usage or bad package; \
3 the app died, or its test runner was not found; 124 time limit; 130 interrupted."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start an app: from its packages, or an installed one by its name
    Run(run::Run),
    /// Install an app for this user: it appears in the desktop's menu and opens the files that it declares
    Install(install::Install),
    /// Remove an installed app with everything of it
    Uninstall(install::Uninstall),
    /// List the installed apps
    List(install::List),
    /// Run the test suite that packages contain
    Test(test::Test),
    /// Look into a running app: its nodes, attributes, state and frames, in the browser
    Inspect(inspect::Inspect),
    /// Print what a package is and needs
    Info(info::Info),
    /// Look into Ark bytecode: run, disassemble, translate
    Ark(ark::Ark),
    /// List the APIs that there are, and how much of each
    Apis(info::Apis),
    /// Check what this machine offers
    Doctor,
    /// The process that an app runs in; started by the others.
    #[command(hide = true)]
    AppProcess,
}

fn main() -> ExitCode {
    trace_to_stderr();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // clap prints help to standard output and errors to standard error, and knows which is which.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let result = match cli.command {
        Command::Run(command) => command.run(),
        Command::Install(command) => command.run(),
        Command::Uninstall(command) => command.run(),
        Command::List(command) => command.run(),
        Command::Test(command) => command.run(),
        Command::Inspect(command) => command.run(),
        Command::Info(command) => command.run(),
        Command::Ark(command) => command.run(),
        Command::Apis(command) => command.run(),
        Command::Doctor => doctor::run(),
        Command::AppProcess => app_process::run(),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Err(failure) => {
            error::eprint(&format!("concord: {failure}\n"));
            ExitCode::from(failure.exit_code())
        }
    }
}

/// `CONCORD_TRACE=debug` shows what Concord itself does.
fn trace_to_stderr() {
    let level = std::env::var("CONCORD_TRACE").ok().and_then(|text| text.parse().ok()).unwrap_or(LevelFilter::WARN);
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .without_time()
        .init();
}
