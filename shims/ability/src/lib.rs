//! Application life: process start, stages, abilities, contexts, Want, the test delegator, the main loop of a thread.
//!
//! Start at [`app::AppProcess`]. The application model itself is JavaScript (`core/*.js`), its modules are under `ohos/`.
#![forbid(unsafe_code)]

pub mod app;
pub mod capabilities;
pub mod console;
mod core;
pub mod desktop;
pub mod event_loop;
pub mod hosts;
pub mod log;
mod ohos;
pub mod open_files;
pub mod options;
mod preferences;
pub mod resources;
pub mod seed;
pub mod state;
pub mod system_resources;
pub mod threads;
pub mod want;

pub use core::UID;

/// The system modules of this crate.
pub fn modules() -> Vec<&'static dyn concord_runtime::SystemModule> {
    core::MODULES.iter().copied().chain(ohos::modules()).collect()
}
