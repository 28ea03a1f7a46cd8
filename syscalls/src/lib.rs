//! The Linux kernel boundary: app processes, virtual paths, guest memory, mapped files.

pub mod app_process;
mod mapped;
mod virtual_paths;

pub use mapped::MappedFile;
pub use virtual_paths::{Access, Document, HostPath, PathError, VirtualPaths};
