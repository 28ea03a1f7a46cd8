//! The app process.

use std::rc::Rc;

use concord_engine::{Context, JsResult};

use crate::hosts::{Hosts, ShellOutput};
use crate::options::{AppOptions, Outcome};
use crate::want::Want;

/// Why a process could not be built. Nothing of the app has run.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// No JavaScript engine.
    #[error(transparent)]
    Engine(#[from] concord_engine::LoadError),
    /// No main loop.
    #[error(transparent)]
    Loop(#[from] crate::event_loop::LoopError),
    /// The packages hold nothing to start.
    #[error("{0}")]
    NothingToStart(String),
}

/// A running app, for shell commands and event sources on its own thread. Cheap to clone.
#[derive(Clone)]
pub struct AppHandle {
    pub(crate) state: Rc<()>,
}

/// What [`AppHandle::running`] tells of an ability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningAbility {
    /// Number of the instance.
    pub id: u32,
    /// Bundle.
    pub bundle: String,
    /// Module.
    pub module: String,
    /// Ability.
    pub ability: String,
    /// `INITIAL`, `FOREGROUND`, `BACKGROUND` … as `aa dump` prints it.
    pub state: &'static str,
}

/// Why an ability could not be started, with the platform's number (16000001 …).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} ({code})")]
pub struct StartError {
    /// BusinessError code.
    pub code: i64,
    /// Text.
    pub message: String,
}

#[expect(clippy::todo, unused_variables, reason = "interface first")]
impl AppHandle {
    /// Starts an ability of the opened packages, as `aa start` does: returns when the start is accepted.
    pub fn start_ability(&self, want: &Want) -> Result<(), StartError> {
        todo!()
    }
    /// Ends the process (`aa force-stop`).
    pub fn force_stop(&self) {
        todo!()
    }
    /// Abilities that are alive, oldest first.
    pub fn running(&self) -> Vec<RunningAbility> {
        todo!()
    }
    /// Bundle name of the app.
    pub fn bundle_name(&self) -> String {
        todo!()
    }
}

/// One app process: context, modules, abilities.
pub struct AppProcess;

#[expect(clippy::todo, unused_variables, reason = "interface first")]
impl AppProcess {
    /// Builds a process; no code of the app runs yet.
    pub fn new(options: AppOptions, registry: concord_runtime::Registry, hosts: Hosts) -> Result<Self, AppError> {
        todo!()
    }
    /// The handle.
    pub fn handle(&self) -> AppHandle {
        todo!()
    }
    /// Runs the app to its end.
    pub fn run(&self) -> Outcome {
        todo!()
    }
}

#[expect(clippy::todo, unused_variables, reason = "interface first")]
pub(crate) fn deliver_shell_output(context: &Context, token: u64, output: &ShellOutput) -> JsResult<()> {
    todo!()
}
