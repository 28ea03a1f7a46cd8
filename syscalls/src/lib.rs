//! The Linux kernel boundary: app processes, virtual paths, watched files, guest memory, mapped files.

pub mod app_process;
pub mod file_watch;
mod mapped;
mod virtual_paths;

pub use mapped::MappedFile;
pub use virtual_paths::{Access, Document, HostPath, PathError, VirtualPaths, normalize};
