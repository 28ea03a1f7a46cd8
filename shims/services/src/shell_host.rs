//! `executeShellCommand` of a test, answered by the interpreter in [`crate::shell`] for the app that asks.

use crate::log_ring::LogRing;
use crate::shell::{self, CommandError, Device, StartRequest};
use concord_ability::app::AppHandle;
use concord_ability::hosts::{ShellHost, ShellOutput, ShellReply};
use concord_ability::want::Want;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Commands of one app process.
pub struct AppShell {
    log: Arc<LogRing>,
    parameters: RefCell<BTreeMap<String, String>>,
}

impl AppShell {
    /// Commands over this log and these parameters.
    pub fn new(log: Arc<LogRing>, parameters: impl IntoIterator<Item = (String, String)>) -> AppShell {
        let parameters = crate::params::defaults().into_iter().chain(parameters).collect();
        AppShell { log, parameters: RefCell::new(parameters) }
    }
}

impl ShellHost for AppShell {
    fn execute(&self, command: &str, _limit: Option<Duration>, app: &AppHandle, reply: ShellReply) {
        let mut reply = reply;
        let words = shell::plain_command(command).unwrap_or_default();
        if let Some(("uitest", rest)) = words.split_first().map(|(name, rest)| (name.as_str(), rest)) {
            // It acts on the user interface, which takes its time.
            match app.run_tool("uitest", rest, reply) {
                Ok(()) => return,
                Err(unused) => reply = unused,
            }
        }
        // Every other command is short and bounded, so it is answered at once and the limit cannot pass.
        let output = shell::run(command, &AppDevice { shell: self, app });
        reply.send(ShellOutput { text: output.text, exit_code: wait_status(output.code) });
    }
}

/// The platform reports the raw status of `pclose`: the code in the second byte.
fn wait_status(code: i32) -> i32 {
    (code & 0xff) << 8
}

struct AppDevice<'a> {
    shell: &'a AppShell,
    app: &'a AppHandle,
}

impl Device for AppDevice<'_> {
    fn host_path(&self, path: &str) -> Option<PathBuf> {
        self.app.paths()?.to_host(path).ok()
    }

    fn start_ability(&self, request: &StartRequest) -> Result<(), CommandError> {
        let request = request.clone();
        let want = Want {
            bundle_name: request.bundle.unwrap_or_default(),
            ability_name: request.ability.unwrap_or_default(),
            module_name: request.module.unwrap_or_default(),
            uri: request.uri.unwrap_or_default(),
            action: request.action.unwrap_or_default(),
            entities: request.entities,
            mime: request.mime.unwrap_or_default(),
            parameters: request.parameters,
            ..Want::default()
        };
        self.app
            .start_ability(&want)
            .map_err(|error| CommandError { code: command_code(error.code), message: error.message })
    }

    fn force_stop(&self, bundle: &str) -> Result<(), CommandError> {
        if bundle != self.app.bundle_name() {
            return Err(CommandError { code: 10104002, message: format!("no process of {bundle} is running") });
        }
        self.app.force_stop();
        Ok(())
    }

    fn bundles(&self) -> Vec<String> {
        vec![self.app.bundle_name()]
    }

    fn bundle_info(&self, bundle: &str) -> Option<Value> {
        (bundle == self.app.bundle_name()).then(|| json!({ "name": bundle }))
    }

    fn abilities(&self) -> Vec<[String; 4]> {
        let running = self.app.running();
        running.into_iter().map(|r| [r.bundle, r.module, r.ability, r.state]).collect()
    }

    fn log(&self) -> Vec<String> {
        self.shell.log.lines()
    }

    fn clear_log(&self) {
        self.shell.log.clear();
    }

    fn parameter(&self, key: &str) -> Option<String> {
        self.shell.parameters.borrow().get(key).cloned()
    }

    fn parameters(&self) -> Vec<(String, String)> {
        self.shell.parameters.borrow().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    fn set_parameter(&self, key: &str, value: &str) -> Result<(), String> {
        if key.starts_with("const.") || key.starts_with("ro.") {
            return Err("errNum is:108!".to_owned());
        }
        self.shell.parameters.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn processes(&self) -> Vec<(u32, String)> {
        vec![(std::process::id(), self.app.bundle_name())]
    }
}

/// `aa` numbers its errors apart from the JavaScript ones (ability_runtime `ability_tool_error`).
fn command_code(code: i64) -> i64 {
    match code {
        16000001 => 10104001,
        16000019 => 10104003,
        other => other,
    }
}
