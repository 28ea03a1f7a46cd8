//! What is outside the app process: watching over it, reports of test runs, and the platform's commands
//! (`aa`, `bm`, `hilog`, `param` …) as an interpreter of our own.
#![forbid(unsafe_code)]

pub mod protocol;
pub mod report;
pub mod shell;
pub mod supervise;
