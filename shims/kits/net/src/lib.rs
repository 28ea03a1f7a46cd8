//! The network: HTTP, sockets, what connections there are: modules of `shims/kits`, in a crate of their own so that they are built and tested by themselves.
#![forbid(unsafe_code)]

use concord_runtime::SystemModule;

mod dns;
mod guest;
mod http;
mod ohos;
mod runtime;
mod socket;
mod tls;
mod web_socket;

/// All modules of this crate, `@concord:` ones (shared parts of faces) included.
pub fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    ohos::FAMILIES.iter().flat_map(|family| family.iter()).map(|module| module as &'static dyn SystemModule)
}
