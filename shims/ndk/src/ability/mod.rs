//! `libability_base_want.so` and `libability_runtime.so`: Want, and what an app asks and starts of itself.

pub(crate) mod context;
pub(crate) mod want;
