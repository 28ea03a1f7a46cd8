//! System modules outside user interface and ability: a face in JavaScript for each, with leaves in Rust where the machine is
//! needed. The registration tables beside the faces are the documentation; [`apis`] joins them with the platform's API.
#![forbid(unsafe_code)]

use concord_runtime::SystemModule;

pub mod apis;
mod base64;
mod errno;
mod face;
mod ohos;
mod os_error;
mod text;

/// All modules of this crate, `@concord:` ones (shared parts of faces) included.
pub fn registry() -> Vec<&'static dyn SystemModule> {
    ohos::FAMILIES.iter().flat_map(|family| family.iter()).map(|module| module as &'static dyn SystemModule).collect()
}
