//! Files that are there as a whole or not at all, also after a power cut.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Whether an open file is still the one at `path`: whoever held its lock before may have removed it.
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().is_ok_and(|ours| fs::metadata(path).is_ok_and(|there| ours.ino() == there.ino()))
}

/// Writes a new file and waits until it is on the disk.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Puts a file in the place of another, or of none: readers see the old one or the new one. Makes its folder.
///
/// # Errors
/// When the folder cannot be made or written to; the old file is there then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".concord-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    // Temporary files are private; other programs of the desktop read these.
    file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Waits until names in a folder are on the disk.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Waits until the names in a folder and below are on the disk.
pub(super) fn sync_tree(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_tree(&entry.path())?;
        }
    }
    sync_folder(folder)
}

/// Makes a link point to `target`, in one step.
pub(super) fn relink(link: &Path, target: &str) -> io::Result<()> {
    let folder = link.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let temporary = link.with_extension("new");
    remove(&temporary)?;
    std::os::unix::fs::symlink(target, &temporary)?;
    fs::rename(&temporary, link)?;
    sync_folder(folder)
}

/// Removes a file, a link or a folder with everything in it; whether there was one.
pub(super) fn remove(path: &Path) -> io::Result<bool> {
    let removed = match fs::symlink_metadata(path) {
        Ok(data) if data.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes a folder, and those that it lies in up to `root` (which stays), as far as they are empty.
pub(crate) fn remove_empty(folder: &Path, root: &Path) {
    let mut current = folder;
    while current != root && current.starts_with(root) && fs::remove_dir(current).is_ok() {
        let Some(parent) = current.parent() else { return };
        current = parent;
    }
}
