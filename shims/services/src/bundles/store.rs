//! The folder of installed bundles: `$CONCORD_HOME/bundles/<bundleName>/{current, <generation>/…}`.

use super::files::{is_at, relink, remove, remove_empty, sync_tree, write_new};
use super::names::check_module_name;
use super::record::FORMAT;
use super::{Record, StoreError, check_bundle_name};
use concord_abi::hap::module_json::ModuleKind;
use concord_package::Package;
use nix::fcntl::{Flock, FlockArg};
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Link to the installed generation.
const CURRENT: &str = "current";
/// What describes a generation.
const RECORD: &str = "installed.json";
/// Folder of a generation with the files for the desktop.
pub(super) const EXPORTS: &str = "exports";
/// Mark of a bundle whose files for the desktop are not all in place.
const PENDING: &str = "pending";
/// Beginning of names of what is being written.
const UNFINISHED: &str = ".new-";
/// Keeps installers apart.
const LOCK: &str = ".lock";

/// The installed bundles of a home. Reading needs no lock.
#[derive(Debug, Clone)]
pub struct BundleStore {
    home: PathBuf,
    bundles: PathBuf,
}

/// An installed bundle, as it was when it was looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// What is known of it.
    pub record: Record,
    /// The generation: where its packages are.
    pub folder: PathBuf,
}

/// Keeps a generation on the disk, though another may be installed, until it is dropped.
#[derive(Debug)]
pub struct Held(#[expect(dead_code, reason = "held, not used")] Flock<File>);

impl Bundle {
    /// Its packages.
    pub fn packages(&self) -> Vec<PathBuf> {
        self.record.modules.iter().map(|module| self.folder.join(&module.file)).collect()
    }

    /// Keeps the generation on the disk while an app runs from it.
    ///
    /// # Errors
    /// When it is gone already.
    pub fn hold(&self) -> io::Result<Held> {
        let file = File::open(self.folder.join(RECORD))?;
        Flock::lock(file, FlockArg::LockShared).map(Held).map_err(|(_, errno)| errno.into())
    }
}

impl BundleStore {
    /// The bundles of a home (`CONCORD_HOME`); it need not exist.
    pub fn new(home: &Path) -> BundleStore {
        BundleStore { home: home.to_owned(), bundles: home.join("bundles") }
    }

    /// The home that it is in.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Everything installed, by name. What is damaged is left out with a warning.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn list(&self) -> Result<Vec<Bundle>, StoreError> {
        let mut found = Vec::new();
        for name in self.names()? {
            match self.read(&name) {
                Ok(bundle) => found.extend(bundle),
                Err(error) => tracing::warn!("{error}"),
            }
        }
        Ok(found)
    }

    /// A bundle by its name.
    ///
    /// # Errors
    /// When there is none, or it is damaged.
    pub fn get(&self, name: &str) -> Result<Bundle, StoreError> {
        check_bundle_name(name)?;
        self.read(name)?.ok_or_else(|| self.not_installed(name))
    }

    pub(super) fn not_installed(&self, name: &str) -> StoreError {
        let known = self.list().unwrap_or_default().into_iter().map(|bundle| bundle.record.bundle_name).collect();
        StoreError::NotInstalled { bundle: name.to_owned(), known }
    }

    /// Names of folders that may hold a bundle, sorted.
    fn names(&self) -> Result<Vec<String>, StoreError> {
        let entries = match fs::read_dir(&self.bundles) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(StoreError::io("reading", &self.bundles))?,
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| check_bundle_name(name).is_ok()).collect();
        names.sort();
        Ok(names)
    }

    pub(super) fn folder(&self, bundle: &str) -> PathBuf {
        self.bundles.join(bundle)
    }

    /// The generation that the link names.
    fn generation(&self, bundle: &str) -> Result<Option<PathBuf>, StoreError> {
        let link = self.folder(bundle).join(CURRENT);
        match fs::read_link(&link) {
            Ok(target) => Ok(target.file_name().map(|name| self.folder(bundle).join(name))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io("reading", &link)(error)),
        }
    }

    pub(super) fn read(&self, bundle: &str) -> Result<Option<Bundle>, StoreError> {
        let Some(mut folder) = self.generation(bundle)? else { return Ok(None) };
        loop {
            let file = folder.join(RECORD);
            let text = match fs::read(&file) {
                Ok(text) => text,
                Err(error) if error.kind() == io::ErrorKind::NotFound => match self.generation(bundle)? {
                    // Replaced or removed since the link was read.
                    Some(now) if now != folder => {
                        folder = now;
                        continue;
                    }
                    Some(_) => return Err(StoreError::io("reading", &file)(error)),
                    None => return Ok(None),
                },
                Err(error) => return Err(StoreError::io("reading", &file)(error)),
            };
            let record: Record = serde_json::from_slice(&text)
                .map_err(|error| StoreError::io("reading", &file)(io::Error::other(error)))?;
            if record.format != FORMAT || record.bundle_name != bundle {
                let error = io::Error::other("was written by another version of Concord; install the app again");
                return Err(StoreError::io("reading", &file)(error));
            }
            return Ok(Some(Bundle { record, folder }));
        }
    }

    /// Keeps other installers out, waiting for those that are at work.
    ///
    /// # Errors
    /// When the home cannot be written to.
    pub fn lock(&self) -> Result<LockedStore<'_>, StoreError> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true).mode(0o700);
        builder.create(&self.bundles).map_err(StoreError::io("making", &self.bundles))?;
        let path = self.bundles.join(LOCK);
        let fail = |error: io::Error| StoreError::io("locking", &path)(error);
        loop {
            let options = File::options().create(true).truncate(false).write(true).open(&path);
            let file = match options {
                // Whoever removed the last bundle has removed the folder meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    builder.create(&self.bundles).map_err(fail)?;
                    continue;
                }
                other => other.map_err(fail)?,
            };
            let lock = Flock::lock(file, FlockArg::LockExclusive).map_err(|(_, errno)| fail(errno.into()))?;
            // The one before us may have removed the file that we have waited for.
            if is_at(&lock, &path) {
                return Ok(LockedStore { store: self, _lock: lock });
            }
        }
    }
}

/// The store while nobody else changes it.
pub struct LockedStore<'a> {
    store: &'a BundleStore,
    _lock: Flock<File>,
}

/// A generation that is being written. It is removed when it is dropped.
pub(super) struct Staged {
    folder: tempfile::TempDir,
    /// Names of packages in it.
    pub(super) files: Vec<String>,
}

impl Staged {
    /// Where its packages are.
    pub(super) fn packages(&self) -> Vec<PathBuf> {
        self.files.iter().map(|file| self.folder.path().join(file)).collect()
    }

    /// Writes a file that is no package.
    pub(super) fn write(&self, name: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.folder.path().join(name);
        write_new(&path, bytes).map_err(StoreError::io("writing", &path))
    }
}

impl LockedStore<'_> {
    /// Copies packages of a bundle into a new generation.
    pub(super) fn stage(&self, bundle: &str, packages: &[&Package]) -> Result<Staged, StoreError> {
        let folder = self.store.folder(bundle);
        fs::create_dir_all(&folder).map_err(StoreError::io("making", &folder))?;
        let generation = tempfile::Builder::new().prefix(UNFINISHED).rand_bytes(8).tempdir_in(&folder);
        let generation = generation.map_err(StoreError::io("making a folder in", &folder))?;
        let mut files = Vec::new();
        for package in packages {
            files.push(store_package(package, generation.path())?);
        }
        Ok(Staged { folder: generation, files })
    }

    /// Makes a generation the installed one. From here on the old one is gone for whoever looks.
    pub(super) fn commit(&self, staged: Staged, record: Record) -> Result<Bundle, StoreError> {
        let text = serde_json::to_vec_pretty(&record).unwrap_or_default();
        staged.write(Path::new(RECORD), &text)?;
        let unfinished = staged.folder.path().to_owned();
        sync_tree(&unfinished).map_err(StoreError::io("writing", &unfinished))?;
        let bundle = self.store.folder(&record.bundle_name);
        let random = unfinished.file_name().and_then(|name| name.to_str()?.strip_prefix(UNFINISHED)).unwrap_or("0");
        let name = format!("{}-{random}", record.version_code);
        let folder = bundle.join(&name);
        fs::rename(&unfinished, &folder).map_err(StoreError::io("renaming", &unfinished))?;
        // It has another name now; a failure below leaves it to the next `sweep`.
        let _ = staged.folder.keep();
        fs::write(bundle.join(PENDING), b"").map_err(StoreError::io("writing in", &bundle))?;
        relink(&bundle.join(CURRENT), &name).map_err(StoreError::io("writing in", &bundle))?;
        Ok(Bundle { record, folder })
    }

    /// The files for the desktop are in place.
    pub(super) fn exported(&self, bundle: &str) -> Result<(), StoreError> {
        let mark = self.store.folder(bundle).join(PENDING);
        remove(&mark).map(drop).map_err(StoreError::io("removing", &mark))
    }

    /// Bundles whose files for the desktop are not all in place: an installer was killed.
    pub(super) fn pending(&self) -> Vec<Bundle> {
        let names = self.store.names().unwrap_or_default();
        let pending = names.into_iter().filter(|name| self.store.folder(name).join(PENDING).exists());
        pending.filter_map(|name| self.store.read(&name).ok().flatten()).collect()
    }

    /// Removes what killed installers have left, and old generations that no running app uses.
    pub(super) fn sweep(&self) {
        for name in self.store.names().unwrap_or_default() {
            let folder = self.store.folder(&name);
            let Ok(current) = self.store.generation(&name) else { continue };
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let (path, kind) = (entry.path(), entry.file_type());
                let unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
                let generation = kind.is_ok_and(|kind| kind.is_dir());
                // Without a link an uninstaller was killed; it is to be called again, and needs to know what there was.
                let old = generation && current.as_ref().is_some_and(|current| *current != path) && !is_used(&path);
                if (unfinished || old)
                    && let Err(error) = remove(&path)
                {
                    tracing::warn!("{} cannot be removed: {error}", path.display());
                }
            }
            remove_empty(&folder, self.store.home());
        }
    }

    /// All generations of a bundle, whether installed or not.
    pub(super) fn generations(&self, bundle: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.store.folder(bundle)).into_iter().flatten().flatten();
        entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect()
    }

    /// Removes a bundle's link, after which it is not installed.
    pub(super) fn unlink(&self, bundle: &str) -> Result<(), StoreError> {
        let link = self.store.folder(bundle).join(CURRENT);
        remove(&link).map(drop).map_err(StoreError::io("removing", &link))
    }

    /// Removes everything of a bundle in the store, and the store with the last one.
    pub(super) fn remove(self, bundle: &str) -> Result<(), StoreError> {
        let folder = self.store.folder(bundle);
        remove(&folder).map_err(StoreError::io("removing", &folder))?;
        let lock = self.store.bundles.join(LOCK);
        let others = fs::read_dir(&self.store.bundles).into_iter().flatten().count();
        if others <= 1 {
            // While it is locked: whoever waits for it notices.
            remove(&lock).map_err(StoreError::io("removing", &lock))?;
            remove_empty(&self.store.bundles, self.store.home().parent().unwrap_or(self.store.home()));
        }
        Ok(())
    }
}

/// Whether a running app uses a generation.
fn is_used(generation: &Path) -> bool {
    let Ok(file) = File::open(generation.join(RECORD)) else { return false };
    Flock::lock(file, FlockArg::LockExclusiveNonblock).is_err()
}

/// Copies a package: a file as it is, with its signature; of a folder what belongs to the package. Gives its name.
fn store_package(package: &Package, folder: &Path) -> Result<String, StoreError> {
    let module = &package.module().module;
    check_module_name(&module.name)?;
    if let Some(file) = package.file() {
        let extension = if module.kind == ModuleKind::Shared { "hsp" } else { "hap" };
        let name = format!("{}.{extension}", module.name);
        let path = folder.join(&name);
        write_new(&path, file).map_err(StoreError::io("writing", &path))?;
        return Ok(name);
    }
    for entry in package.entries().filter(|entry| !entry.ends_with('/')) {
        let path = folder.join(&module.name).join(entry);
        let bytes = package.read(entry)?.unwrap_or_else(|| Vec::new().into());
        write_new(&path, &bytes).map_err(StoreError::io("writing", &path))?;
    }
    Ok(module.name.clone())
}
