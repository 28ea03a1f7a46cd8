//! The Linux kernel boundary: app processes, virtual paths, guest memory, mapped files.

pub mod app_process;
mod mapped;

pub use mapped::MappedFile;
