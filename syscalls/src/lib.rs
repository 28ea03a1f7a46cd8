//! The Linux kernel boundary: app processes, virtual paths, guest memory.

pub mod app_process;
