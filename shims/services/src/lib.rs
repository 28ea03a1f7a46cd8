//! What is outside the app process: watching over it, reports of test runs, installed bundles, and the platform's commands
//! (`aa`, `bm`, `hilog`, `param` …) as an interpreter of our own.
#![forbid(unsafe_code)]

pub mod bundles;
pub mod crash;
pub mod exports;
pub mod log_ring;
pub mod params;
pub mod protocol;
pub mod report;
pub mod shell;
pub mod shell_host;
pub mod supervise;
