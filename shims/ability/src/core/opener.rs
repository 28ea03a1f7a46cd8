//! Leaves of `@concord:opener`: links and files for other programs.

use std::fs::File;

use concord_desktop::opener::Target;
use concord_engine::{Call, JsResult};
use concord_runtime::FaceModule;
use concord_syscalls::Access;

use crate::desktop;
use crate::state::AppState;

pub(super) static MODULE: FaceModule = FaceModule {
    request: "@concord:opener",
    source: include_str!("opener.js"),
    natives: &[("openUri", open_uri), ("openFile", open_file)],
    apis: &[],
};

/// openUri(uri, done): `done(error, undefined)` when another program has it.
fn open_uri(call: &Call<'_>) -> JsResult {
    let target = Target::Uri(call.arg(0).to_js_string()?);
    open(call, 1, target)
}

/// openFile(virtual name, whether it may be changed, done): false when the app has no such file.
fn open_file(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let wanted = call.arg(1).to_boolean();
    let found = state.paths.resolve(&call.arg(0).to_js_string()?).ok().and_then(|found| {
        let writable = wanted && found.access == Access::ReadWrite;
        let file = File::options().read(true).write(writable).open(&found.path).ok()?;
        Some(Target::File { file, writable })
    });
    match found {
        Some(target) => open(call, 2, target),
        None => Ok(call.context.boolean(false)),
    }
}

fn open(call: &Call<'_>, done: usize, target: Target) -> JsResult {
    if let Some(reply) = desktop::reply_to(call, done, |context, ()| Ok(context.undefined())) {
        desktop::of(call.context).opener.open(target, reply);
    }
    Ok(call.context.boolean(true))
}
