//! Files that a run leaves behind: reports and pictures.

use crate::error::Failure;
use std::fs::Permissions;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Refuses early what cannot be written later.
pub fn check_writable(file: &Path) -> Result<(), Failure> {
    let folder = folder_of(file);
    if file.is_dir() || !folder.is_dir() {
        return Err(Failure::Usage(format!(
            "{}: cannot be written; name a file in an existing folder",
            file.display()
        )));
    }
    tempfile::tempfile_in(folder).map(drop).map_err(Failure::io(format!("{}: cannot be written", file.display())))
}

/// Writes the whole file or leaves the old one.
pub fn write_whole(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = folder_of(file);
    let write = || {
        let mut temporary = tempfile::Builder::new().prefix(".concord-").tempfile_in(folder)?;
        temporary.write_all(bytes)?;
        // Temporary files are private; reports are read by others.
        temporary.as_file().set_permissions(Permissions::from_mode(0o644))?;
        temporary.persist(file).map_err(|error| error.error)
    };
    write().map(drop).map_err(Failure::io(format!("writing {}", file.display())))
}
