//! System modules outside user interface and ability: a face in JavaScript for each, with leaves in Rust where the machine is
//! needed. The registration tables beside the faces are the documentation; [`apis`] joins them with the platform's API.
#![forbid(unsafe_code)]

use concord_runtime::SystemModule;

pub mod apis;
mod base64;
mod errno;
mod ohos;
mod text;

/// All modules of this crate and of those below it, `@concord:` ones (shared parts of faces) included.
pub fn registry() -> Vec<&'static dyn SystemModule> {
    let own = ohos::FAMILIES.iter().flat_map(|family| family.iter()).map(|module| module as &'static dyn SystemModule);
    own.chain(concord_concurrency::modules())
        .chain(concord_data::modules())
        .chain(concord_devices::modules())
        .chain(concord_files::modules())
        .chain(concord_media::modules())
        .chain(concord_net::modules())
        .chain(concord_security::modules())
        .collect()
}
