//! Application life: process start, stages, abilities, contexts, Want, the test delegator, the main loop of a thread.
#![forbid(unsafe_code)]

pub mod app;
pub mod event_loop;
pub mod hosts;
pub mod log;
pub mod options;
pub mod want;
