//! Leaves of `@concord:delegator`: what a test run tells its observer, and shell commands.

use std::time::Duration;

use concord_engine::{Call, JsResult};
use concord_runtime::FaceModule;

use crate::app::AppHandle;
use crate::hosts::ShellReply;
use crate::options::Outcome;
use crate::state::AppState;

pub(super) static MODULE: FaceModule = FaceModule {
    request: "@concord:delegator",
    source: include_str!("delegator.js"),
    natives: &[("status", status), ("finished", finished), ("shell", shell)],
    apis: &[],
};

fn status(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    state.hosts.observer.status(&call.arg(0).to_js_string()?);
    Ok(call.context.undefined())
}

/// (message, code): ends the run.
fn finished(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let message = call.arg(0).to_js_string()?;
    let code = call.arg(1).to_number()? as i64;
    state.hosts.observer.finished(&message, code);
    state.end(Outcome::TestFinished { message, code }, 0);
    Ok(call.context.undefined())
}

/// (command, seconds or 0, deliver(text, exitCode)).
fn shell(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let command = call.arg(0).to_js_string()?;
    let seconds = call.arg(1).as_f64().filter(|seconds| *seconds > 0.0 && *seconds < 1e9);
    let token = state.next_shell_token();
    state.shell_waiting.borrow_mut().insert(token, call.arg(2));
    let reply = ShellReply::new(state.event_loop.remote(), token);
    state.hosts.shell.execute(&command, seconds.map(Duration::from_secs_f64), &AppHandle::new(call.context), reply);
    Ok(call.context.undefined())
}
