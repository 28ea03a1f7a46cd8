//! The file names that an app sees (`/data/storage/el2/base/files/a.txt`) and the host files behind them.
//!
//! An app sees only what is mounted here. Names are resolved lexically first, so `..` cannot climb out of a mount, and then
//! against what exists, so a symbolic link cannot lead out of it either. This is a convenience with a guard rail, not the
//! wall: confinement of the process is the kernel's work.

use nix::errno::Errno;
use nix::fcntl::{AT_FDCWD, OFlag, OpenHow, ResolveFlag, openat2};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};
use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// What is encoded in the path of a URI: everything but letters, digits and a few signs.
const URI_PATH: AsciiSet = NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What an app may do below a mount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Only read.
    ReadOnly,
    /// Read, write, create.
    ReadWrite,
}

#[derive(Debug, Clone)]
struct Mount {
    /// Absolute virtual directory without trailing slash.
    guest: String,
    host: PathBuf,
    access: Access,
}

/// The table of mounts, shared between threads in an `Arc`. Once the process runs, only files that people hand to the app
/// are added.
#[derive(Debug, Clone, Default)]
pub struct VirtualPaths {
    /// Longest virtual prefix first.
    mounts: Vec<Mount>,
    /// What people have handed to the app; the same in every clone.
    shared: Arc<RwLock<Vec<Mount>>>,
}

/// Where files that people hand to the app appear, as on the platform. Their URIs are `file://docs` and this and more.
const DOCUMENTS: &str = "/storage/Users/currentUser";
/// Where photos do that people hand to the app. Their URIs are `file://media` and what follows.
const GALLERY: &str = "/data/storage/el2/media";

/// A file or folder of the person's, as the app sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The virtual name: `/storage/Users/currentUser/5f…/letter.txt`.
    pub path: String,
    /// The same as a URI, which `@ohos.file.fs` takes too: `file://docs/storage/…`.
    pub uri: String,
}

/// Why a name has no host file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// Not an absolute name.
    #[error("`{0}` is not an absolute path")]
    Relative(String),
    /// No mount covers it. Report as ENOENT.
    #[error("`{0}` is not visible to the app")]
    Outside(String),
    /// A symbolic link leads out of the mount. Report as EACCES.
    #[error("`{0}` leads out of the app's storage through a symbolic link")]
    Escape(String),
    /// Contains NUL. Report as EINVAL.
    #[error("the path contains a NUL character")]
    Nul,
}

/// A resolved name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPath {
    /// The host file; need not exist.
    pub path: PathBuf,
    /// What the app may do with it.
    pub access: Access,
}

impl VirtualPaths {
    /// No mounts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the host directory `host` (need not exist yet) visible as `guest`, e.g. `/data/storage`. A mount inside another
    /// one covers it. `guest` must be absolute; anything else is ignored.
    pub fn mount(&mut self, guest: &str, host: impl Into<PathBuf>, access: Access) {
        let Ok(guest) = normalize(guest) else { return };
        let guest = if guest == "/" { String::new() } else { guest };
        self.mounts.retain(|mount| mount.guest != guest);
        self.mounts.push(Mount { guest, host: host.into(), access });
        self.mounts.sort_by_key(|mount| std::cmp::Reverse(mount.guest.len()));
    }

    /// Makes a file or folder that somebody has chosen for the app visible to it, also while the process runs. The app sees
    /// nothing of what lies beside it, and learns its name but not where it is. The same file has the same name in every run;
    /// sharing it again can only widen the access.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn share(&self, host: &Path, access: Access) -> io::Result<Document> {
        let documents = |number, name: &str| format!("{DOCUMENTS}/{number:016x}/{name}");
        let path = self.share_as(host, access, documents)?;
        let uri = format!("file://docs{}", percent_encode(&path));
        Ok(Document { path, uri })
    }

    /// The same for a photo or film, which an app knows as something of the gallery.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn share_photo(&self, host: &Path, access: Access) -> io::Result<Document> {
        let photos = |number, name: &str| {
            let title = name.rsplit_once('.').map_or(name, |(title, _)| title);
            // The gallery counts its photos.
            format!("{GALLERY}/Photo/{}/{title}/{name}", number % 1_000_000_000)
        };
        let path = self.share_as(host, access, photos)?;
        let uri = format!("file://media{}", percent_encode(path.strip_prefix(GALLERY).unwrap_or(&path)));
        Ok(Document { path, uri })
    }

    fn share_as(&self, host: &Path, access: Access, guest: impl Fn(u64, &str) -> String) -> io::Result<String> {
        let host = host.canonicalize()?;
        let name = host.file_name().map_or_else(|| "root".into(), |name| name.to_string_lossy());
        let mut shared = self.shared.write().unwrap_or_else(PoisonError::into_inner);
        let mut salt = 0;
        loop {
            let path = guest(place(&host, salt), &name);
            match shared.iter_mut().find(|mount| mount.guest == path) {
                // Two places with the same number: vanishingly rare, and must not mix up two files.
                Some(other) if other.host != host => salt += 1,
                Some(known) => {
                    if access == Access::ReadWrite {
                        known.access = access;
                    }
                    return Ok(path);
                }
                None => {
                    shared.push(Mount { guest: path.clone(), host, access });
                    return Ok(path);
                }
            }
        }
    }

    /// What was shared, itself or with a folder around it, under an absolute virtual name: its own virtual name, and where it is.
    pub fn shared(&self, guest: &str) -> Option<(String, PathBuf)> {
        let normal = normalize(guest).ok()?;
        let shared = self.shared.read().unwrap_or_else(PoisonError::into_inner);
        find(&shared, &normal).map(|(mount, _)| (mount.guest.clone(), mount.host.clone()))
    }

    /// The host file of an absolute virtual name. The file need not exist.
    pub fn resolve(&self, guest: &str) -> Result<HostPath, PathError> {
        let normal = normalize(guest)?;
        let (root, resolved) = self.place(&normal).ok_or_else(|| PathError::Outside(guest.to_owned()))?;
        if leaves(&root, &resolved.path) {
            return Err(PathError::Escape(guest.to_owned()));
        }
        Ok(resolved)
    }

    /// The root of the mount that covers a normal name, and the file.
    fn place(&self, normal: &str) -> Option<(PathBuf, HostPath)> {
        let shared = {
            let shared = self.shared.read().unwrap_or_else(PoisonError::into_inner);
            find(&shared, normal).map(|(mount, rest)| mount.at(rest))
        };
        shared.or_else(|| find(&self.mounts, normal).map(|(mount, rest)| mount.at(rest)))
    }

    /// Like [`VirtualPaths::resolve`] for operations on a symbolic link itself (`lstat`, `unlink`, `rename`): where the name's last part leads to
    /// does not matter.
    pub fn resolve_link(&self, guest: &str) -> Result<HostPath, PathError> {
        let normal = normalize(guest)?;
        let (root, resolved) = self.place(&normal).ok_or_else(|| PathError::Outside(guest.to_owned()))?;
        match resolved.path.parent() {
            Some(folder) if resolved.path != root && leaves(&root, folder) => Err(PathError::Escape(guest.to_owned())),
            _ => Ok(resolved),
        }
    }

    /// Whether `guest`, an absolute name, is a folder above a mount: it exists as far as the app can tell, and nothing can be made in it.
    pub fn leads_to_mount(&self, guest: &str) -> bool {
        let Ok(normal) = normalize(guest) else { return false };
        let above = |mount: &Mount| {
            let rest = mount.guest.strip_prefix(normal.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        let shared = self.shared.read().unwrap_or_else(PoisonError::into_inner);
        self.mounts.iter().chain(shared.iter()).any(above)
    }

    /// Only the host file of [`VirtualPaths::resolve`].
    pub fn to_host(&self, guest: &str) -> Result<PathBuf, PathError> {
        self.resolve(guest).map(|resolved| resolved.path)
    }

    /// The virtual name of a host file, if a mount covers it.
    pub fn to_virtual(&self, host: &Path) -> Option<String> {
        let shared = self.shared.read().unwrap_or_else(PoisonError::into_inner);
        let covering = self.mounts.iter().chain(shared.iter()).filter_map(|mount| {
            let rest = host.strip_prefix(&mount.host).ok()?;
            Some((mount.host.as_os_str().len(), mount, rest))
        });
        let (_, mount, rest) = covering.max_by_key(|(length, _, _)| *length)?;
        let mut name = mount.guest.clone();
        for part in rest.components() {
            name.push('/');
            name.push_str(part.as_os_str().to_str()?);
        }
        Some(if name.is_empty() { "/".to_owned() } else { name })
    }
}

impl Mount {
    /// Its root, and the file below it.
    fn at(&self, rest: &str) -> (PathBuf, HostPath) {
        let path = if rest.is_empty() { self.host.clone() } else { self.host.join(rest) };
        (self.host.clone(), HostPath { path, access: self.access })
    }
}

/// The mount that covers a name, and the rest of the name.
fn find<'a, 'b>(mounts: &'a [Mount], normal: &'b str) -> Option<(&'a Mount, &'b str)> {
    mounts.iter().find_map(|mount| {
        let rest = normal.strip_prefix(mount.guest.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then(|| (mount, rest.trim_start_matches('/')))
    })
}

/// A number for a place of the host (FNV-1a), the same in every run.
fn place(host: &Path, salt: u8) -> u64 {
    let bytes = host.as_os_str().as_encoded_bytes().iter().chain([&salt]);
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A path as it stands in a URI.
fn percent_encode(path: &str) -> impl fmt::Display {
    percent_encoding::utf8_percent_encode(path, &URI_PATH)
}

/// `/a/./b/../c//d` → `/a/c/d`. The root's parent is the root.
///
/// # Errors
/// When the name is not absolute, or contains NUL.
pub fn normalize(path: &str) -> Result<String, PathError> {
    if path.contains('\0') {
        return Err(PathError::Nul);
    }
    if !path.starts_with('/') {
        return Err(PathError::Relative(path.to_owned()));
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    Ok(format!("/{}", parts.join("/")))
}

/// Whether there is certainly no symbolic link in a path of the host, as far as it exists: one system call that answers for nearly all paths,
/// where resolving them takes one for each part.
fn is_plain(path: &Path) -> bool {
    let how = OpenHow::new().flags(OFlag::O_PATH | OFlag::O_CLOEXEC).resolve(ResolveFlag::RESOLVE_NO_SYMLINKS);
    // ENOENT and ENOTDIR: the way was plain to its end. ELOOP is a link; older kernels know nothing of it and say ENOSYS.
    matches!(openat2(AT_FDCWD, path, how), Ok(_) | Err(Errno::ENOENT | Errno::ENOTDIR))
}

/// Whether the existing part of `path` really lies outside `root`. What does not exist cannot lead anywhere.
fn leaves(root: &Path, path: &Path) -> bool {
    if is_plain(path) {
        return false;
    }
    let Ok(real_root) = root.canonicalize() else { return false };
    let mut existing = path;
    loop {
        match existing.canonicalize() {
            Ok(real) => return !real.starts_with(&real_root),
            // A dangling link: where it points decides, as creating the file would follow it.
            Err(_) => {
                if let Ok(target) = std::fs::read_link(existing) {
                    let target = existing.parent().map_or(target.clone(), |parent| parent.join(&target));
                    let outside = target.components().any(|part| part == Component::ParentDir);
                    return outside || !target.starts_with(root);
                }
                match existing.parent() {
                    Some(parent) if parent.starts_with(root) => existing = parent,
                    _ => return false,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(root: &Path) -> VirtualPaths {
        let mut paths = VirtualPaths::new();
        paths.mount("/data/storage", root.join("data"), Access::ReadWrite);
        paths.mount("/data/storage/el1/bundle/", root.join("code"), Access::ReadOnly);
        paths
    }

    #[test]
    fn inner_mount_covers_outer() {
        let paths = paths(Path::new("/h"));
        let code = paths.resolve("/data/storage/el1/bundle/entry/x").unwrap();
        assert_eq!(code, HostPath { path: "/h/code/entry/x".into(), access: Access::ReadOnly });
        assert_eq!(paths.to_host("/data/storage/el1/bundles").unwrap(), Path::new("/h/data/el1/bundles"));
        assert_eq!(paths.to_host("/data/storage").unwrap(), Path::new("/h/data"));
        assert_eq!(paths.to_virtual(Path::new("/h/code/entry")).as_deref(), Some("/data/storage/el1/bundle/entry"));
        assert_eq!(paths.to_virtual(Path::new("/etc/passwd")), None);
    }

    #[test]
    fn dots_cannot_climb_out() {
        let paths = paths(Path::new("/h"));
        for name in ["/data/storage/../../etc/passwd", "/etc/passwd", "/data/storage/el2/../../x", "/"] {
            assert_eq!(paths.to_host(name), Err(PathError::Outside(name.to_owned())), "{name}");
        }
        assert_eq!(paths.to_host("/data/storage/a/../b/./c").unwrap(), Path::new("/h/data/b/c"));
        assert_eq!(paths.to_host("x"), Err(PathError::Relative("x".into())));
        assert_eq!(paths.to_host("/data/storage/\0"), Err(PathError::Nul));
    }

    #[test]
    fn links_cannot_lead_out() {
        let root = std::env::temp_dir().join(format!("concord-paths-{}", std::process::id()));
        let data = root.join("data");
        std::fs::create_dir_all(data.join("real")).unwrap();
        std::os::unix::fs::symlink("/etc", data.join("out")).unwrap();
        std::os::unix::fs::symlink("/nowhere/at/all", data.join("dangling")).unwrap();
        std::os::unix::fs::symlink(data.join("real"), data.join("in")).unwrap();
        let paths = paths(&root);
        let outcomes: Vec<_> = ["out/passwd", "out", "dangling", "in/new", "absent/x"]
            .iter()
            .map(|name| paths.to_host(&format!("/data/storage/{name}")).is_ok())
            .collect();
        std::fs::remove_dir_all(&root).unwrap();
        assert_eq!(outcomes, [false, false, false, true, true]);
    }

    #[test]
    fn links_themselves_are_reached() {
        let root = tempfile::tempdir().unwrap();
        let data = root.path().join("data");
        std::fs::create_dir_all(&data).unwrap();
        std::os::unix::fs::symlink("/etc", data.join("out")).unwrap();
        let paths = paths(root.path());
        assert_eq!(paths.resolve_link("/data/storage/out").unwrap().path, data.join("out"));
        assert!(paths.resolve("/data/storage/out").is_err());
        assert!(paths.resolve_link("/data/storage/out/passwd").is_err());
        assert_eq!(paths.resolve_link("/data/storage").unwrap().path, data);
        let folders = ["/", "/data", "/data/storage/el1", "/data/storage/el1/bundle", "/dat", "/etc", "data"];
        let above: Vec<_> = folders.into_iter().filter(|name| paths.leads_to_mount(name)).collect();
        assert_eq!(above, ["/", "/data", "/data/storage/el1"]);
    }

    #[test]
    fn a_shared_file_is_seen_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (letter, secret) = (folder.path().join("my letter.txt"), folder.path().join("secret"));
        std::fs::write(&letter, "x").unwrap();
        std::fs::write(&secret, "x").unwrap();
        let paths = paths(folder.path());
        let copy = paths.clone();
        let document = copy.share(&letter, Access::ReadOnly).unwrap();
        assert!(document.uri.starts_with("file://docs/storage/Users/currentUser/"), "{document:?}");
        assert!(document.uri.ends_with("/my%20letter.txt"), "{document:?}");
        let real = letter.canonicalize().unwrap();
        assert_eq!(paths.resolve(&document.path).unwrap(), HostPath { path: real.clone(), access: Access::ReadOnly });
        assert_eq!(paths.to_virtual(&real), Some(document.path.clone()));
        let beside = document.path.replace("my letter.txt", "secret");
        assert_eq!(paths.to_host(&beside), Err(PathError::Outside(beside)));
        assert!(paths.to_host(&format!("{}/x", document.path)).is_ok_and(|path| !path.exists()));
        assert_eq!(paths.share(&letter, Access::ReadWrite).unwrap(), document);
        assert_eq!(paths.share(&letter, Access::ReadOnly).unwrap(), document);
        assert_eq!(paths.resolve(&document.path).unwrap().access, Access::ReadWrite);
        assert!(paths.share(&folder.path().join("none"), Access::ReadOnly).is_err());
    }
}
