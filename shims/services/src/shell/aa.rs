//! `aa`: start and stop abilities (messages from ability_runtime `ability_command.cpp`).

use super::{CommandError, Device, Output};
use serde_json::{Map, Value, json};

/// What `aa start` asks for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StartRequest {
    /// `-b`.
    pub bundle: Option<String>,
    /// `-a`.
    pub ability: Option<String>,
    /// `-m`.
    pub module: Option<String>,
    /// `-U`.
    pub uri: Option<String>,
    /// `-A`.
    pub action: Option<String>,
    /// `-e`, repeatable.
    pub entities: Vec<String>,
    /// `-t`.
    pub mime: Option<String>,
    /// `--ps`, `--pi`, `--pb`, `--psn`.
    pub parameters: Map<String, Value>,
}

const HELP: &str = "usage: aa <command> <options>\n\
    These are common aa commands list:\n  \
    help                        list available commands\n  \
    start                       start ability with options\n  \
    dump                        dump the ability info\n  \
    force-stop <bundle-name>    force stop the process with bundle name\n";

pub fn run(args: &[&str], device: &dyn Device) -> Output {
    match args.split_first() {
        Some((&"start", rest)) => start(rest, device),
        Some((&"force-stop", [bundle, ..])) => match device.force_stop(bundle) {
            Ok(()) => Output::ok("force stop process successfully.\n"),
            Err(error) => failure("force stop process", &error),
        },
        Some((&"dump", _)) => dump(device),
        Some((&"test", _)) => Output::fail("error: a test run cannot start another one.\n"),
        None | Some((&("help" | "-h" | "--help"), _)) => Output::ok(HELP),
        Some((other, _)) => Output::fail(format!("error: unknown command '{other}'. See 'aa help'.\n")),
    }
}

fn failure(what: &str, error: &CommandError) -> Output {
    Output::fail(format!("error: failed to {what}.\nError Code:{}  Error Message:{}\n", error.code, error.message))
}

fn start(args: &[&str], device: &dyn Device) -> Output {
    let request = match read_request(args) {
        Ok(request) => request,
        Err(message) => return Output::fail(format!("error: {message}\n")),
    };
    if request.ability.is_some() && request.bundle.is_none() {
        return Output::fail("error: the option [-b] is expected.\n");
    }
    match device.start_ability(&request) {
        Ok(()) => Output::ok("start ability successfully.\n"),
        Err(error) => failure("start ability", &error),
    }
}

/// Reads the options of `aa start`; also the command line's own `concord run` uses this form of parameters.
pub fn read_request(args: &[&str]) -> Result<StartRequest, String> {
    let mut request = StartRequest::default();
    let mut args = args.iter().copied();
    while let Some(option) = args.next() {
        let mut value = || args.next().map(str::to_owned).ok_or(format!("option [{option}] requires a value."));
        match option {
            "-b" => request.bundle = Some(value()?),
            "-a" => request.ability = Some(value()?),
            "-m" => request.module = Some(value()?),
            "-U" => request.uri = Some(value()?),
            "-A" => request.action = Some(value()?),
            "-e" => request.entities.push(value()?),
            "-t" => request.mime = Some(value()?),
            // Device, window mode and user are those of this machine.
            "-d" | "-s" | "-w" | "-u" | "--wl" | "--wt" | "--wh" | "--ww" => {
                value()?;
            }
            "-C" | "-D" | "-E" | "-N" | "-R" | "-S" | "-W" | "-c" => {}
            "--psn" => {
                let key = value()?;
                request.parameters.insert(key, json!(""));
            }
            "--ps" | "--pi" | "--pb" => {
                let (key, text) = (value()?, value()?);
                request.parameters.insert(key, parameter(option, text)?);
            }
            other => return Err(format!("unknown option: {other}")),
        }
    }
    Ok(request)
}

fn parameter(option: &str, text: String) -> Result<Value, String> {
    match option {
        "--pi" => {
            text.parse::<i32>().map(Value::from).map_err(|_| format!("invalid parameter {text} for integer option"))
        }
        "--pb" => match text.as_str() {
            "true" | "t" => Ok(json!(true)),
            "false" | "f" => Ok(json!(false)),
            _ => Err(format!("invalid parameter {text} for bool option")),
        },
        _ => Ok(Value::String(text)),
    }
}

fn dump(device: &dyn Device) -> Output {
    let mut text = String::from("User ID #100\n  current mission lists:{\n");
    for (index, [bundle, module, ability, state]) in device.abilities().iter().enumerate() {
        let id = index + 1;
        text.push_str(&format!(
            "    Mission ID #{id}  mission name #[#{bundle}:{module}:{ability}]  lockedState #0  mission affinity #[]\n      \
             AbilityRecord ID #{id}\n        app name [{bundle}]\n        main name [{ability}]\n        \
             bundle name [{bundle}]\n        ability type [PAGE]\n        state #{state}  start time [0]\n        \
             app state #FOREGROUND\n        ready #1  window attached #0  launcher #0\n"
        ));
    }
    text.push_str("  }\n");
    Output::ok(text)
}
