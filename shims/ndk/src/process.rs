//! What the libraries know of the app's process, on any thread.

use concord_ability::event_loop::Remote;
use concord_ability::log::LogSink;
use concord_elf::{Symbol, SystemLibrary};
use concord_package::PackageSet;
use concord_syscalls::VirtualPaths;
use std::sync::{Arc, OnceLock};

/// What the libraries need to know of the app's process.
pub struct Process {
    /// Where lines of hilog go.
    pub log: Arc<dyn LogSink>,
    /// The app.
    pub packages: Arc<PackageSet>,
    /// File names of the app.
    pub paths: Arc<VirtualPaths>,
    /// Type of the device, as `deviceInfo.deviceType` says it.
    pub device_type: String,
    /// The way to the main loop.
    pub main_loop: Remote,
    /// The app's C library: some functions of this crate do what functions of it do.
    pub libc: Arc<dyn SystemLibrary>,
}

static PROCESS: OnceLock<Process> = OnceLock::new();

/// Says what the process is, once, before the first library is loaded.
pub fn install(process: Process) {
    // A second call changes nothing: guests hold on to what the first one gave.
    let _ = PROCESS.set(process);
}

/// What [`install`] was told.
pub(crate) fn process() -> Option<&'static Process> {
    PROCESS.get()
}

/// A function of the app's C library.
pub(crate) fn libc_function(name: &str) -> Option<usize> {
    match process()?.libc.symbol(name)? {
        Symbol::Address(address) => Some(address),
        Symbol::Absent(_) => None,
    }
}
