//! What the desktop gets of an installed app: menu entries, icons, types of files, an activatable service. Everything is made
//! from the packages alone and named after the bundle, so that it is found again without any list.
//!
//! Formats: Desktop Entry Specification (1.1, which has all that is used), Icon Theme and Shared MIME-info specifications, D-Bus activation.

mod dbus;
mod desktop_entry;
mod icons;
mod json5;
mod keyfile;
mod labels;
mod mime;
mod place;
mod shortcuts;
mod uniform_types;

pub use icons::{DrawIcons, Icon};
pub use place::place;
pub(crate) use place::{find, remove};
pub use shortcuts::{Shortcut, shortcuts};
pub use uniform_types::{Declared, TypeNames};

use crate::bundles::{dbus_name, file_stem};
use concord_package::PackageSet;
use std::path::{Path, PathBuf};

/// The desktop that an app appears on.
pub struct Desktop<'a> {
    /// The user's folder for data (`$XDG_DATA_HOME`), where everything goes.
    pub data_home: &'a Path,
    /// The system's folders for data (`$XDG_DATA_DIRS`): names in use there are left alone.
    pub data_dirs: &'a [PathBuf],
    /// The command that starts a bundle: program and words before the bundle's name.
    pub launcher: &'a [String],
    /// Draws icons.
    pub icons: &'a dyn DrawIcons,
}

/// A file for the desktop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Its name, relative to the user's folder for data.
    pub path: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Export {
    fn new(path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) -> Export {
        Export { path: path.into(), bytes: bytes.into() }
    }
}

/// What stands in every text file of ours: whose it is.
pub(crate) fn mark(bundle: &str) -> String {
    format!("X-Concord-Bundle={bundle}\n")
}

/// Makes the files of an app, and says in sentences what it does not get.
pub fn make(set: &PackageSet, desktop: &Desktop<'_>) -> (Vec<Export>, Vec<String>) {
    let bundle = set.bundle_name();
    let mut warnings = Vec::new();
    let declared = Declared::of(set, &mut warnings);
    let types = TypeNames::new(&declared);
    let entries = desktop_entry::entries(set, &types);
    if entries.is_empty() {
        return (Vec::new(), warnings);
    }
    let menu = Path::new("applications").join(format!("{}.desktop", file_stem(bundle, None)));
    if let Some(other) = place::taken(bundle, &menu, desktop) {
        warnings
            .push(format!("{bundle} does not appear in the menu: another program has this name ({})", other.display()));
        return (Vec::new(), warnings);
    }
    let service = dbus::file(bundle);
    let activatable = dbus_name(bundle).is_some() && place::taken(bundle, &service, desktop).is_none();
    let mut files = Vec::new();
    for entry in &entries {
        files.push(entry.export(set, desktop, activatable));
        files.extend(icons::export(set, entry, desktop.icons, &mut warnings));
    }
    files.extend(mime::export(bundle, &declared));
    if activatable {
        files.push(Export::new(service, dbus::service(bundle, desktop.launcher)));
    }
    (files, warnings)
}
