//! The platform's C library, as the libraries of apps see it: glibc's where the two agree, ours where they do not.
//!
//! `data/libc.tsv` says for every name which of the two it is; [`library`] is the table that guests are linked with.

mod calendar;
mod err;
mod errors;
mod float;
mod fortify;
mod glibc;
mod iconv;
mod locale;
mod math;
mod random;
mod stdio;
mod string;
mod syslog;
mod table;

pub use table::library;

use concord_syscalls::VirtualPaths;
use std::sync::{Arc, OnceLock};

/// What the C library needs to know of the app's process.
pub struct Process {
    /// File names of the app.
    pub paths: Arc<VirtualPaths>,
    /// The environment that the app sees, before it changes it.
    pub environment: Vec<(String, String)>,
    /// API version of the platform that Concord stands for.
    pub api_version: i32,
    /// API version that the app was built for.
    pub target_sdk_version: i32,
    /// Ends the app with a code; called for `exit`, `_exit`, `quick_exit`.
    pub exit: fn(code: i32) -> !,
}

static PROCESS: OnceLock<Process> = OnceLock::new();

/// Says what the process is, once, before the first library is loaded.
pub fn install(process: Process) {
    locale::prepare();
    // A second call changes nothing: guests hold on to what the first one gave.
    let _ = PROCESS.set(process);
}

/// What [`install`] was told.
#[expect(dead_code, reason = "the interface comes first")]
pub(crate) fn process() -> Option<&'static Process> {
    PROCESS.get()
}
