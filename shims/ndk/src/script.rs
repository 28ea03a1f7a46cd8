//! Values of ArkTS that native code hands over.

use concord_engine::Value;
pub(crate) use concord_napi::EnvPointer;
pub(crate) use concord_napi::args::Handle;

/// The value behind a handle; `None` for null and on other threads than the environment's.
pub(crate) fn value(env: EnvPointer, handle: Handle) -> Option<Value> {
    let env = env.get().ok()?;
    let local = handle.optional(env)?;
    Some(local.to_value(env.context()))
}
