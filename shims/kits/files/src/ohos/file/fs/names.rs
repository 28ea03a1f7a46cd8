//! Files by their names.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use concord_ability::state::AppState;
use concord_engine::{Call, JsResult};
use concord_runtime::face::{index_arg, text_arg};
use nix::errno::Errno;
use nix::fcntl::AT_FDCWD;
use nix::sys::stat::{UtimensatFlags, utimensat};
use nix::sys::time::TimeSpec;
use nix::unistd::AccessFlags;
use rustix::fs::XattrFlags;

use super::{Place, Use, path_arg, place_arg};
use crate::job::{Failure, Work, work};
use crate::os_error::exception;

/// Most bytes of an extended attribute (XATTR_SIZE_MAX of Linux).
const LARGEST_ATTRIBUTE: usize = 64 * 1024;
/// The name of an attribute has fewer bytes (XATTR_NAME_MAX + 1).
const ATTRIBUTE_NAME: usize = 256;

/// access(path, mode bits of access(2)) → boolean
pub(super) fn access(call: &Call<'_>) -> JsResult<Work> {
    let flags = AccessFlags::from_bits_truncate(index_arg(call, 1) as i32);
    let writing = flags.contains(AccessFlags::W_OK);
    let name = text_arg(call, 0)?;
    let Ok(path) = path_arg(call, 0, if writing { Use::Write } else { Use::Read }) else {
        let above = !writing && AppState::of_call(call)?.paths.leads_to_mount(&name);
        return work(move || Ok(above));
    };
    work(move || match nix::unistd::access(&path, flags) {
        Ok(()) => Ok(true),
        Err(Errno::ENOENT | Errno::EACCES | Errno::ENOTDIR | Errno::EROFS) => Ok(false),
        Err(errno) => Err(errno.into()),
    })
}

/// mkdir(path, recursive)
pub(super) fn mkdir(call: &Call<'_>) -> JsResult<Work> {
    let (path, recursive) = (path_arg(call, 0, Use::Write)?, call.arg(1).to_boolean());
    work(move || match recursive {
        true if path.exists() => Err(Errno::EEXIST.into()),
        true => Ok(fs::create_dir_all(path)?),
        false => Ok(fs::create_dir(path)?),
    })
}

/// Removes a directory with what is in it, as a device does.
pub(super) fn rmdir(call: &Call<'_>) -> JsResult<Work> {
    let path = path_arg(call, 0, Use::WriteLink)?;
    work(move || {
        if !fs::symlink_metadata(&path)?.is_dir() {
            return Err(Errno::ENOTDIR.into());
        }
        Ok(fs::remove_dir_all(path)?)
    })
}

/// unlink(path)
pub(super) fn unlink(call: &Call<'_>) -> JsResult<Work> {
    let path = path_arg(call, 0, Use::WriteLink)?;
    work(move || Ok(fs::remove_file(path)?))
}

/// rename(from, to)
pub(super) fn rename(call: &Call<'_>) -> JsResult<Work> {
    let (from, to) = (path_arg(call, 0, Use::WriteLink)?, path_arg(call, 1, Use::WriteLink)?);
    work(move || Ok(fs::rename(from, to)?))
}

/// replace(draft, target): as rename, and both survive a crash of the machine: the draft is on the disk before it takes the name,
/// the name before this returns
pub(super) fn replace(call: &Call<'_>) -> JsResult<Work> {
    let (draft, target) = (path_arg(call, 0, Use::WriteLink)?, path_arg(call, 1, Use::WriteLink)?);
    work(move || {
        fs::File::open(&draft)?.sync_all()?;
        fs::rename(draft, &target)?;
        let folder = target.parent().unwrap_or(Path::new("/"));
        // Some file systems cannot; the file is there all the same.
        if let Err(error) = fs::File::open(folder).and_then(|folder| folder.sync_all()) {
            tracing::debug!("{}: {error}", folder.display());
        }
        Ok(())
    })
}

/// symlink(target, link). The link holds the host name, so that it means the same file to everybody.
pub(super) fn symlink(call: &Call<'_>) -> JsResult<Work> {
    let (target, link) = (path_arg(call, 0, Use::Read)?, path_arg(call, 1, Use::WriteLink)?);
    work(move || Ok(std::os::unix::fs::symlink(target, link)?))
}

/// utimes(path, mtime in milliseconds)
pub(super) fn utimes(call: &Call<'_>) -> JsResult<Work> {
    let path = path_arg(call, 0, Use::Write)?;
    let milliseconds = call.arg(1).as_f64().unwrap_or(0.0).clamp(0.0, i64::MAX as f64 / 1e6) as i64;
    work(move || {
        let time = TimeSpec::new(milliseconds / 1000, milliseconds % 1000 * 1_000_000);
        Ok(utimensat(AT_FDCWD, &path, &TimeSpec::UTIME_OMIT, &time, UtimensatFlags::FollowSymlink)?)
    })
}

/// chmod(path or fd, mode)
pub(super) fn chmod(call: &Call<'_>) -> JsResult<Work> {
    let place = place_arg(call, 0, Use::Write)?;
    // A guest gets no more than read, write and execute.
    let permissions = Permissions::from_mode(index_arg(call, 1) as u32 & 0o777);
    work(move || match place {
        Place::Open(file) => Ok(file.set_permissions(permissions)?),
        Place::Path(path) => Ok(fs::set_permissions(path, permissions)?),
    })
}

/// chown(path or fd, user, group, follow links): only the kernel knows who may
pub(super) fn chown(call: &Call<'_>) -> JsResult<Work> {
    let follow = call.arg(3).to_boolean();
    let place = place_arg(call, 0, if follow { Use::Write } else { Use::WriteLink })?;
    let (user, group) = (Some(index_arg(call, 1) as u32), Some(index_arg(call, 2) as u32));
    work(move || match place {
        Place::Open(file) => Ok(std::os::unix::fs::fchown(file, user, group)?),
        Place::Path(path) if follow => Ok(std::os::unix::fs::chown(path, user, group)?),
        Place::Path(path) => Ok(std::os::unix::fs::lchown(path, user, group)?),
    })
}

/// mkdtemp(prefix with XXXXXX at its end) → name
pub(super) fn mkdtemp(call: &Call<'_>) -> JsResult<Work> {
    let name = text_arg(call, 0)?;
    let prefix = name.strip_suffix("XXXXXX").ok_or_else(|| exception(call.context, Errno::EINVAL))?.to_owned();
    let template = path_arg(call, 0, Use::Write)?;
    work(move || {
        let made = nix::unistd::mkdtemp(&template)?;
        let host = made.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let tail = host.get(host.len().saturating_sub(6)..).unwrap_or_default();
        Ok(format!("{prefix}{tail}"))
    })
}

/// The host file and the key of an attribute.
fn attribute(call: &Call<'_>, usage: Use) -> JsResult<(std::path::PathBuf, String)> {
    let key = text_arg(call, 1)?;
    if !key.starts_with("user.") || key.len() >= ATTRIBUTE_NAME || key.contains('\0') {
        return Err(exception(call.context, Errno::EINVAL));
    }
    Ok((path_arg(call, 0, usage)?, key))
}

/// setxattr(path, key, value)
pub(super) fn setxattr(call: &Call<'_>) -> JsResult<Work> {
    let (path, key) = attribute(call, Use::Write)?;
    let value = text_arg(call, 2)?;
    work(move || {
        rustix::fs::setxattr(&path, key.as_str(), value.as_bytes(), XattrFlags::empty()).map_err(errno)?;
        Ok(())
    })
}

/// getxattr(path, key) → value
pub(super) fn getxattr(call: &Call<'_>) -> JsResult<Work> {
    let (path, key) = attribute(call, Use::Read)?;
    work(move || {
        let mut value = vec![0; LARGEST_ATTRIBUTE];
        let length = rustix::fs::getxattr(&path, key.as_str(), value.as_mut_slice()).map_err(errno)?;
        value.truncate(length);
        Ok(String::from_utf8_lossy(&value).into_owned())
    })
}

fn errno(error: rustix::io::Errno) -> Failure {
    let errno = Errno::from_raw(error.raw_os_error());
    // What the file system does not have, the platform calls not implemented.
    Failure::Os(if errno == Errno::EOPNOTSUPP { Errno::ENOSYS } else { errno })
}
