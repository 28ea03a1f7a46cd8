//! Values of ArkTS that native code hands over.

use concord_engine::Value;
use std::ffi::c_void;

/// `napi_env`.
pub(crate) type EnvPointer = *mut c_void;
/// `napi_value`.
pub(crate) type Handle = *mut c_void;

/// The value behind a handle.
pub(crate) fn value(_env: EnvPointer, _handle: Handle) -> Option<Value> {
    None
}
