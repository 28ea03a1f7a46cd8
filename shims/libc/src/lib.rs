//! The platform's C library, as the libraries of apps see it: glibc's where the two agree, ours where they do not.
//!
//! `data/libc.tsv` says for every name which of the two it is; [`library`] is the table that guests are linked with.

// C functions are called here what they are called in C.
#![allow(non_snake_case, reason = "names of the platform")]

mod calendar;
mod dirent;
mod dlfcn;
mod err;
mod errno;
mod errors;
mod faults;
mod fcntl;
mod fdsan;
mod float;
mod fortify;
mod ftw;
mod getopt;
mod glibc;
mod iconv;
mod integers;
mod legacy;
mod locale;
mod math;
mod ohos;
mod path;
#[cfg(test)]
mod path_tests;
mod policy;
mod proc_files;
mod process;
mod pthread;
mod pwd;
mod random;
mod random_state;
mod refused;
mod regex;
mod sigchain;
mod signal;
mod socket;
mod socket_address;
mod stat;
mod stdio;
mod stdio_files;
mod stdlib_env;
mod string;
mod syscall;
mod syslog;
mod table;
mod temp;
#[cfg(test)]
mod testing;
mod thread_end;
mod unistd;
mod xattr;

pub use ohos::fatal_message;
pub use process::end_process;
pub use table::library;

use concord_syscalls::VirtualPaths;
use std::sync::{Arc, OnceLock};

/// What the C library needs to know of the app's process.
pub struct Process {
    /// What the process is called: the app's bundle name.
    pub name: String,
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
    if PROCESS.set(process).is_ok()
        && let Some(process) = PROCESS.get()
    {
        stdlib_env::install(&process.environment);
        process::install();
    }
}

/// What [`install`] was told.
pub(crate) fn process() -> Option<&'static Process> {
    PROCESS.get()
}
