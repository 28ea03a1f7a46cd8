//! Removing every trace of a bundle, also when half of it is missing.

use super::files::{remove, remove_empty};
use super::{BundleStore, StoreError, check_bundle_name};
use crate::exports;
use concord_package::{Options, Package};
use std::fs;
use std::path::{Path, PathBuf};

/// What to remove.
pub struct Uninstall<'a> {
    /// Where from.
    pub store: &'a BundleStore,
    /// Bundle.
    pub bundle: &'a str,
    /// Whether the app's own files stay.
    pub keep_data: bool,
    /// The user's folder for data, where the desktop looks for menu entries.
    pub data_home: Option<&'a Path>,
    /// Removes what is kept of translated bytecode.
    pub forget: &'a dyn Fn(&[u8]),
    /// Ends the app when it runs.
    pub stop: &'a dyn Fn(&str),
}

/// What was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Removed {
    /// Packages.
    pub packages: bool,
    /// Files of the desktop.
    pub exports: bool,
    /// The app's own files.
    pub data: bool,
}

/// Removes a bundle.
///
/// # Errors
/// When there is nothing of it, or something cannot be removed; calling it again goes on where it stopped.
pub fn uninstall(request: &Uninstall<'_>) -> Result<Removed, StoreError> {
    let Uninstall { store, bundle, .. } = *request;
    check_bundle_name(bundle)?;
    let data = data_folders(store.home(), bundle);
    let left = |home: &Path| !exports::find(bundle, home).is_empty();
    let there = store.folder(bundle).exists() || request.data_home.is_some_and(left) || !data.is_empty();
    if !there {
        return Err(store.not_installed(bundle));
    }
    (request.stop)(bundle);
    let locked = store.lock()?;
    let mut removed = Removed::default();
    // From here on it is not installed, whatever happens.
    locked.unlink(bundle)?;
    if let Some(home) = request.data_home {
        removed.exports =
            exports::remove(bundle, home).map_err(StoreError::io("removing files for the desktop from", home))?;
    }
    for generation in locked.generations(bundle) {
        removed.packages = true;
        for package in fs::read_dir(&generation).into_iter().flatten().flatten() {
            // What does not open has never been translated.
            if let Ok(package) = Package::open(&package.path(), &Options::default())
                && let Ok(Some(abc)) = package.abc()
            {
                (request.forget)(&abc);
            }
        }
    }
    if !request.keep_data {
        for folder in data {
            removed.data |= remove(&folder).map_err(StoreError::io("removing", &folder))?;
            remove_empty(folder.parent().unwrap_or(&folder), store.home());
        }
    }
    locked.remove(bundle)?;
    Ok(removed)
}

/// The app's own files, of every user of the device.
fn data_folders(home: &Path, bundle: &str) -> Vec<PathBuf> {
    let users = fs::read_dir(home.join("data")).into_iter().flatten().flatten();
    users.map(|user| user.path().join(bundle)).filter(|folder| folder.exists()).collect()
}
