//! Data of apps: preferences, databases, stores of keys and values, what apps hand to each other: modules of `shims/kits`, in a crate
//! of their own so that they are built and tested by themselves.
#![forbid(unsafe_code)]

use concord_runtime::SystemModule;

mod ohos;
pub mod preferences;
pub mod rdb;

/// All modules of this crate, `@concord:` ones (shared parts of faces) included.
pub fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    ohos::FAMILIES.iter().flat_map(|family| family.iter()).map(|module| module as &'static dyn SystemModule)
}
