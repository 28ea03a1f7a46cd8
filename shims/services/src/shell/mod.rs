//! The command line of the device, as tests use it through `executeShellCommand`: an interpreter of our own, never a host shell.
//!
//! Commands see virtual paths only. What the platform's whitelist of first words leaves out
//! (`/system/etc/shell_command_executor_config.json`, reference `testflow.md` 1.1) is refused with an empty result there;
//! here an unknown command says so, since silence helps nobody.

mod aa;
mod bm;
mod files;
mod parse;
mod text;

pub use aa::StartRequest;
pub use parse::SyntaxError;

use parse::{Command, Connector, Redirect};
use std::path::PathBuf;

/// What commands can reach: the app's files and the process that they run for.
pub trait Device {
    /// Host path behind an absolute virtual path; none when the app may not see it.
    fn host_path(&self, path: &str) -> Option<PathBuf>;
    /// `aa start`: what the device answers, without line end.
    fn start_ability(&self, request: &StartRequest) -> Result<(), CommandError>;
    /// `aa force-stop`.
    fn force_stop(&self, bundle: &str) -> Result<(), CommandError>;
    /// Bundles that can be seen, for `bm dump -a`.
    fn bundles(&self) -> Vec<String>;
    /// `bm dump -n`: JSON of a bundle.
    fn bundle_info(&self, bundle: &str) -> Option<serde_json::Value>;
    /// Abilities that exist now, for `aa dump -a`: bundle, module, ability, state.
    fn abilities(&self) -> Vec<[String; 4]>;
    /// Collected log lines, oldest first.
    fn log(&self) -> Vec<String>;
    /// `hilog -r`.
    fn clear_log(&self);
    /// `param get KEY`.
    fn parameter(&self, key: &str) -> Option<String>;
    /// All parameters.
    fn parameters(&self) -> Vec<(String, String)>;
    /// `param set`; the message says why not.
    fn set_parameter(&self, key: &str, value: &str) -> Result<(), String>;
    /// Processes: id and name.
    fn processes(&self) -> Vec<(u32, String)>;
}

/// A failed `aa` or `bm` call: the platform's code and message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("error: {message}")]
pub struct CommandError {
    /// Platform error code, e.g. 10104001.
    pub code: i64,
    /// Message without `error: `.
    pub message: String,
}

/// What a command line gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Output {
    /// Standard output and error, in order.
    pub text: String,
    /// Exit code of the last command.
    pub code: i32,
}

impl Output {
    fn ok(text: impl Into<String>) -> Output {
        Output { text: text.into(), code: 0 }
    }

    fn fail(text: impl Into<String>) -> Output {
        Output { text: text.into(), code: 1 }
    }
}

/// Longest output kept, in bytes: a command line must not eat the host's memory.
const LONGEST_OUTPUT: usize = 16 << 20;

/// Runs a command line.
pub fn run(line: &str, device: &dyn Device) -> Output {
    let list = match parse::parse(line) {
        Ok(list) => list,
        Err(error) => return Output { text: format!("sh: {error}\n"), code: 2 },
    };
    let mut result = Output::default();
    for (connector, pipeline) in list {
        let skip = match connector {
            Connector::Always => false,
            Connector::And => result.code != 0,
            Connector::Or => result.code == 0,
        };
        if skip {
            continue;
        }
        let output = run_pipeline(&pipeline, device);
        result.code = output.code;
        if result.text.len() + output.text.len() <= LONGEST_OUTPUT {
            result.text.push_str(&output.text);
        }
    }
    result
}

/// The words of a line that is one command without redirections; none when it is anything else.
pub fn plain_command(line: &str) -> Option<Vec<String>> {
    let mut list = parse::parse(line).ok()?.into_iter();
    let (_, pipeline) = list.next()?;
    let [command] = pipeline.as_slice() else { return None };
    let plain = list.next().is_none() && command.input.is_none() && command.output.is_none();
    plain.then(|| command.words.clone())
}

fn run_pipeline(pipeline: &[Command], device: &dyn Device) -> Output {
    let mut output = Output::default();
    for command in pipeline {
        output = run_command(command, &output.text, device);
    }
    output
}

fn run_command(command: &Command, piped: &str, device: &dyn Device) -> Output {
    let input = match &command.input {
        None => piped.to_owned(),
        Some(path) => match files::read_text(path, device) {
            Ok(text) => text,
            Err(message) => return Output::fail(format!("sh: {message}\n")),
        },
    };
    let mut output = dispatch(&command.words, &input, device);
    match &command.output {
        None => {}
        Some(Redirect { path, .. }) if path == "/dev/null" => output.text.clear(),
        Some(Redirect { path, append }) => {
            if let Err(message) = files::write_text(path, &output.text, *append, device) {
                return Output::fail(format!("sh: {message}\n"));
            }
            output.text.clear();
        }
    }
    output
}

fn dispatch(words: &[String], input: &str, device: &dyn Device) -> Output {
    let Some((name, args)) = words.split_first() else { return Output::default() };
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let name = name.rsplit('/').next().unwrap_or(name);
    match name {
        "aa" => aa::run(&args, device),
        "bm" => bm::run(&args, device),
        "hilog" => text::hilog(&args, device),
        "param" => text::param(&args, device),
        "ps" | "pidof" | "pkill" | "kill" => text::processes(name, &args, device),
        "echo" => text::echo(&args),
        "grep" => text::grep(&args, input, device),
        "head" | "tail" => text::ends(name, &args, input, device),
        "wc" => text::count(&args, input, device),
        "date" => text::date(&args),
        "true" | "sync" | "sleep" | "power-shell" => Output::default(),
        "false" => Output::fail(""),
        "whoami" => Output::ok("shell\n"),
        "uname" => Output::ok("HongMeng Kernel\n"),
        "uitest" if args.first() == Some(&"--version") => Output::ok("6.0.2.1\n"),
        "cat" => files::cat(&args, input, device),
        "ls" => files::ls(&args, device),
        "mkdir" => files::mkdir(&args, device),
        "rm" | "rmdir" => files::rm(name, &args, device),
        "cp" | "mv" => files::copy(name, &args, device),
        "touch" => files::touch(&args, device),
        "chmod" | "chown" => files::chmod(&args, device),
        "find" => files::find(&args, device),
        "md5sum" | "sha256sum" => files::checksum(name, &args, device),
        "test" | "[" => files::test(&args, device),
        "pwd" | "ppwd" => Output::ok("/\n"),
        _ => Output { text: format!("/bin/sh: {name}: inaccessible or not found\n"), code: 127 },
    }
}

#[cfg(test)]
mod tests;
