//! The Linux kernel boundary: app processes and their crashes, virtual paths, watched files, guest memory, mapped files.

pub mod app_process;
pub mod crash;
pub mod file_watch;
mod mapped;
mod virtual_paths;

pub use mapped::MappedFile;
pub use virtual_paths::{Access, Document, HostPath, PathError, VirtualPaths, normalize};
