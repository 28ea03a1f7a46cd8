//! Threads of apps: workers, the pool of tasks, what threads share: modules of `shims/kits`, in a crate of their own so that they are built and tested by themselves.
#![forbid(unsafe_code)]

use concord_runtime::SystemModule;

mod failure;
mod ohos;
mod pool;
mod worker;

/// All modules of this crate, `@concord:` ones (shared parts of faces) included.
pub fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    ohos::families().map(|module| module as &'static dyn SystemModule)
}
