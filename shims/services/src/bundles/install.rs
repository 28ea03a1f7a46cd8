//! Installing: the platform's rules, in its order (see `bm install`), then what the desktop gets.

use super::record::app_identifier;
use super::store::EXPORTS;
use super::{Bundle, BundleStore, LockedStore, Record, StoreError, check_bundle_name};
use crate::exports::{self, Desktop};
use concord_abi::hap::module_json::ModuleKind;
use concord_package::{Options, Package, PackageSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What to install.
pub struct Install<'a> {
    /// Where to.
    pub store: &'a BundleStore,
    /// Packages of one bundle: files, folders, `.app`s.
    pub packages: &'a [PathBuf],
    /// How packages are opened.
    pub options: &'a Options,
    /// Whether an older version may replace a newer one.
    pub allow_downgrade: bool,
    /// The desktop that it appears on; none to leave that alone.
    pub desktop: Option<&'a Desktop<'a>>,
}

/// What was installed.
#[derive(Debug)]
pub struct Installation {
    /// The bundle.
    pub bundle: Bundle,
    /// The version that was there before.
    pub before: Option<String>,
    /// What the desktop could not be given, in sentences.
    pub warnings: Vec<String>,
}

/// Installs packages of one bundle: as a new bundle, an update, or further modules of the installed version. The app's data
/// stays. An error leaves what was installed as it was.
///
/// # Errors
/// When the packages do not go together, may not replace what is there, or cannot be written.
pub fn install(request: &Install<'_>) -> Result<Installation, StoreError> {
    let offered = PackageSet::open(request.packages, request.options)?;
    let name = offered.bundle_name();
    check_bundle_name(name)?;
    let locked = request.store.lock()?;
    locked.sweep();
    if let Some(desktop) = request.desktop {
        finish_others(&locked, desktop, name);
    }
    let installed = request.store.read(name).unwrap_or_else(|error| {
        tracing::warn!("what is installed of {name} is damaged and will be replaced: {error}");
        None
    });
    let kept = match &installed {
        Some(bundle) => kept_modules(&offered, bundle, request)?,
        None => None,
    };
    let others = kept.iter().flat_map(PackageSet::packages);
    let others = others.filter(|package| offered.module(&package.module().module.name).is_none());
    let packages: Vec<&Package> = offered.packages().iter().chain(others).collect();
    let staged = locked.stage(name, &packages)?;
    // What was written is what is checked and described.
    let set = PackageSet::open(&staged.packages(), request.options)?;
    check(&set)?;
    let (exports, mut warnings) = request.desktop.map(|desktop| exports::make(&set, desktop)).unwrap_or_default();
    for export in &exports {
        staged.write(&Path::new(EXPORTS).join(&export.path), &export.bytes)?;
    }
    let names = exports.iter().map(|export| export.path.display().to_string()).collect();
    let record = Record::of(&set, staged.files.clone(), names);
    let bundle = locked.commit(staged, record)?;
    match request.desktop {
        Some(desktop) => warnings.extend(place(&locked, &bundle, desktop).err()),
        None => locked.exported(name)?,
    }
    locked.sweep();
    Ok(Installation { bundle, before: installed.map(|bundle| bundle.record.version()), warnings })
}

/// The packages of an installed bundle that stay beside those offered: modules of the same version that are not offered.
fn kept_modules(
    offered: &PackageSet,
    installed: &Bundle,
    request: &Install<'_>,
) -> Result<Option<PackageSet>, StoreError> {
    let (old, new) = (&installed.record, &offered.entry().module().app);
    if new.version_code < old.version_code && !request.allow_downgrade {
        return Err(StoreError::Downgrade {
            bundle: old.bundle_name.clone(),
            installed: old.version(),
            offered: format!("{} ({})", new.version_name, new.version_code),
        });
    }
    let identifier = app_identifier(offered);
    if !old.app_identifier.is_empty() && !identifier.is_empty() && old.app_identifier != identifier {
        return Err(StoreError::OtherSigner {
            bundle: old.bundle_name.clone(),
            installed: old.app_identifier.clone(),
            offered: identifier,
        });
    }
    let has_entry = offered.packages().iter().any(|package| package.module().module.kind == ModuleKind::Entry);
    if new.version_code == old.version_code {
        // One that cannot be opened any more is no reason to refuse its repair.
        return match PackageSet::open(&installed.packages(), request.options) {
            Ok(set) => Ok(Some(set)),
            Err(error) if has_entry => {
                tracing::warn!("what is installed is damaged and will be replaced: {error}");
                Ok(None)
            }
            Err(error) => Err(error.into()),
        };
    }
    if !has_entry && old.has_entry() {
        return Err(StoreError::Incomplete {
            bundle: old.bundle_name.clone(),
            why: format!(
                "version {} is installed, and these packages of version {} have no entry module; give all packages of the \
                 new version",
                old.version_code, new.version_code
            ),
        });
    }
    Ok(None)
}

/// Checks that packages are a whole app.
fn check(set: &PackageSet) -> Result<(), StoreError> {
    let incomplete = |why: String| Err(StoreError::Incomplete { bundle: set.bundle_name().to_owned(), why });
    let kinds = || set.packages().iter().map(|package| package.module().module.kind);
    match kinds().filter(|kind| *kind == ModuleKind::Entry).count() {
        0 if kinds().any(|kind| kind != ModuleKind::Shared) => {
            return incomplete("there is no entry module; give the entry package too".to_owned());
        }
        0 | 1 => {}
        _ => return incomplete("there are several entry modules; give those for one type of device".to_owned()),
    }
    if let Some((module, missing)) = set.missing_dependencies().first() {
        return incomplete(format!(
            "module `{module}` depends on `{missing}`, which is not there; give its package too"
        ));
    }
    Ok(())
}

/// Puts the files for the desktop in place. The app is installed also when that fails.
fn place(locked: &LockedStore<'_>, bundle: &Bundle, desktop: &Desktop<'_>) -> Result<(), String> {
    let mut files = Vec::new();
    for name in &bundle.record.exports {
        let path = bundle.folder.join(EXPORTS).join(name);
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        files.push(exports::Export { path: name.into(), bytes });
    }
    exports::place(&bundle.record.bundle_name, &files, desktop.data_home)
        .map_err(|error| format!("the app is installed, but not whole in the desktop's menu: {error}"))?;
    locked.exported(&bundle.record.bundle_name).map_err(|error| error.to_string())
}

/// Puts in place what killed installers of other bundles have not.
fn finish_others(locked: &LockedStore<'_>, desktop: &Desktop<'_>, except: &str) {
    for bundle in locked.pending().into_iter().filter(|bundle| bundle.record.bundle_name != except) {
        if let Err(error) = place(locked, &bundle, desktop) {
            tracing::warn!("{}: {error}", bundle.record.bundle_name);
        }
    }
}
