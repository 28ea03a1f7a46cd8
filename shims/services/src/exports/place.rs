//! Putting files where the desktop looks for them, finding those of a bundle again, and telling the desktop.

use super::{Desktop, Export, mark};
use crate::bundles::{is_file_of, remove_empty, replace};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Folders that have files of apps, `*` for every folder.
const FOLDERS: [&str; 4] = ["applications", "icons/hicolor/*/apps", "mime/packages", "dbus-1/services"];

/// Puts the files of a bundle in place of those that it had.
///
/// # Errors
/// When one cannot be written. The others are in place then, and doing it again finishes it.
pub fn place(bundle: &str, files: &[Export], data_home: &Path) -> io::Result<()> {
    for file in files {
        let path = data_home.join(&file.path);
        if fs::read(&path).is_ok_and(|there| there == file.bytes) {
            continue;
        }
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        replace(&path, &file.bytes).map_err(named)?;
    }
    let stale =
        find(bundle, data_home).into_iter().filter(|path| files.iter().all(|file| data_home.join(&file.path) != *path));
    let stale: Vec<PathBuf> = stale.collect();
    delete(&stale, data_home)?;
    let changed = files.iter().map(|file| data_home.join(&file.path)).chain(stale);
    refresh(data_home, &changed.collect::<Vec<_>>());
    Ok(())
}

/// Removes the files of a bundle; whether there were any.
///
/// # Errors
/// When one cannot be removed.
pub(crate) fn remove(bundle: &str, data_home: &Path) -> io::Result<bool> {
    let files = find(bundle, data_home);
    // An earlier attempt may have ended before the databases heard of it; they are cheap to make again.
    delete(&files, data_home)?;
    refresh(data_home, &files);
    for file in &files {
        remove_empty(file.parent().unwrap_or(file), data_home);
    }
    Ok(!files.is_empty())
}

/// The files of a bundle: those named after it, unless they say that they are somebody else's.
pub(crate) fn find(bundle: &str, data_home: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in FOLDERS.iter().flat_map(|pattern| expand(data_home, pattern)) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let named = entry.file_name().to_str().is_some_and(|name| is_file_of(bundle, name));
            if named && (is_picture(&path) || is_ours(bundle, &path)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A program of the system, or another of the user's, that has this name already: its file.
pub(super) fn taken(bundle: &str, file: &Path, desktop: &Desktop<'_>) -> Option<PathBuf> {
    let own = desktop.data_home.join(file);
    if own.exists() && !is_ours(bundle, &own) {
        return Some(own);
    }
    desktop
        .data_dirs
        .iter()
        .filter(|folder| *folder != desktop.data_home)
        .map(|folder| folder.join(file))
        .find(|p| p.exists())
}

fn is_picture(path: &Path) -> bool {
    matches!(path.extension().and_then(OsStr::to_str), Some("png" | "svg"))
}

fn is_ours(bundle: &str, path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| text.contains(&mark(bundle)))
}

fn expand(root: &Path, pattern: &str) -> Vec<PathBuf> {
    match pattern.split_once("/*/") {
        None => vec![root.join(pattern)],
        Some((before, after)) => {
            let folders = fs::read_dir(root.join(before)).into_iter().flatten().flatten();
            folders.map(|folder| folder.path().join(after)).collect()
        }
    }
}

fn delete(files: &[PathBuf], data_home: &Path) -> io::Result<()> {
    for file in files {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(io::Error::new(error.kind(), format!("{}: {error}", file.display())));
            }
            _ => {}
        }
        if is_picture(file) {
            remove_empty(file.parent().unwrap_or(file), data_home);
        }
    }
    Ok(())
}

/// Tells the desktop about files that have changed: brings its databases up to date, where there are programs for that.
fn refresh(data_home: &Path, changed: &[PathBuf]) {
    let touches = |folder: &Path| changed.iter().any(|file| file.starts_with(folder));
    let applications = data_home.join("applications");
    if touches(&applications) {
        run("update-desktop-database", &["-q".as_ref(), applications.as_os_str()]);
        remove_leftover(&applications, &["mimeinfo.cache"]);
    }
    let mime = data_home.join("mime");
    if touches(&mime) {
        run("update-mime-database", &[mime.as_os_str()]);
        if fs::read_dir(mime.join("packages")).is_ok_and(|mut rest| rest.next().is_none()) {
            // The database's own folders, as far as they are empty.
            for folder in fs::read_dir(&mime).into_iter().flatten().flatten() {
                let _ = fs::remove_dir(folder.path());
            }
            remove_leftover(&mime, &MIME_DATABASE);
        }
    }
    let icons = data_home.join("icons/hicolor");
    if touches(&icons) {
        // Only a cache that is there: one that nobody renews hides the icons of other programs.
        if icons.join("icon-theme.cache").exists() {
            run("gtk-update-icon-cache", &["-q".as_ref(), "-f".as_ref(), "-t".as_ref(), icons.as_os_str()]);
        }
        // Desktops look again when the time of the folder has changed.
        let _ = tempfile::NamedTempFile::new_in(&icons);
    }
}

/// What `update-mime-database` makes.
const MIME_DATABASE: [&str; 11] = [
    "XMLnamespaces",
    "aliases",
    "generic-icons",
    "globs",
    "globs2",
    "icons",
    "magic",
    "mime.cache",
    "subclasses",
    "treemagic",
    "types",
];

/// Removes databases when nothing is left that they could be about. (`version` goes with them.)
fn remove_leftover(folder: &Path, databases: &[&str]) {
    let known = |name: &OsStr| name.to_str().is_some_and(|name| databases.contains(&name) || name == "version");
    let Ok(rest) = fs::read_dir(folder) else { return };
    let names: Vec<_> = rest.flatten().map(|entry| entry.file_name()).collect();
    if names.iter().all(|name| known(name)) {
        for name in names {
            let _ = fs::remove_file(folder.join(name));
        }
        let _ = fs::remove_dir(folder);
    }
}

fn run(program: &str, args: &[&OsStr]) {
    let ran =
        Command::new(program).args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    match ran {
        Ok(status) if !status.success() => tracing::debug!("{program}: {status}"),
        Err(error) if error.kind() != io::ErrorKind::NotFound => tracing::debug!("{program}: {error}"),
        _ => {}
    }
}
