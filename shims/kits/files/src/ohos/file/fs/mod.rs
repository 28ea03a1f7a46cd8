//! `@ohos:file.fs`: files of the app, by their virtual names.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use concord_ability::open_files::OpenFiles;
use concord_ability::state::AppState;
use concord_engine::{Call, JsResult};
use concord_runtime::{Api, FaceModule};
use concord_syscalls::{Access, HostPath, PathError};
use nix::errno::Errno;

use crate::job::leaves;
use crate::os_error::exception;
use concord_runtime::face::{face, full, partial, stub, text_arg};

mod copies;
mod descriptors;
mod listing;
mod names;
mod trees;
mod watcher;

const APIS: &[Api] = &[
    full("*"),
    partial("Stat.location", "always LOCAL"),
    partial("connectDfs", "there are no other devices: 13900045, as for a device that cannot be reached"),
    partial("disconnectDfs", "there are no other devices: 13900045"),
    partial("DfsListeners", "never told anything: there are no other devices"),
    partial("Filter.mimeType", "reserved by the platform too"),
    stub("FileMapping"),
    stub("mmap"),
    stub("mmapSync"),
];

pub(crate) static MODULES: [FaceModule; 4] = [
    FaceModule { request: "@ohos:file.fs", source: include_str!("../fs.js"), natives: &[], apis: APIS },
    FaceModule {
        request: "@concord:file.host",
        source: include_str!("host.js"),
        natives: leaves! {
            "open" => descriptors::open,
            "close" => descriptors::close,
            "dup" => descriptors::dup,
            "read" => descriptors::read,
            "readText" => descriptors::read_text,
            "write" => descriptors::write,
            "seek" => descriptors::seek,
            "stat" => descriptors::stat,
            "truncate" => descriptors::truncate,
            "sync" => descriptors::sync,
            "lock" => descriptors::lock,
            "access" => names::access,
            "mkdir" => names::mkdir,
            "rmdir" => names::rmdir,
            "unlink" => names::unlink,
            "rename" => names::rename,
            "replace" => names::replace,
            "symlink" => names::symlink,
            "chmod" => names::chmod,
            "chown" => names::chown,
            "utimes" => names::utimes,
            "mkdtemp" => names::mkdtemp,
            "setxattr" => names::setxattr,
            "getxattr" => names::getxattr,
            "list" => listing::list,
            "copyFile" => trees::copy_file,
            "moveFile" => trees::move_file,
            "copyDir" => trees::copy_dir,
            "moveDir" => trees::move_dir,
            "copy" => copies::copy,
        },
        apis: &[],
    },
    FaceModule {
        request: "@concord:file.events",
        source: include_str!("events.js"),
        natives: &[
            ("readInto", descriptors::read_into),
            ("writeFrom", descriptors::write_from),
            ("lockApart", descriptors::lock_apart),
            ("cancelCopy", copies::cancel),
            ("watch", watcher::watch),
            ("unwatch", watcher::unwatch),
        ],
        apis: &[],
    },
    face("@concord:file.streams", include_str!("streams.js"), &[]),
];

/// The open file of a descriptor argument.
pub(crate) fn file_arg(call: &Call<'_>, index: usize) -> JsResult<Arc<File>> {
    let files = OpenFiles::of(call.context);
    let file = call.arg(index).as_i64().and_then(|fd| files.get(i32::try_from(fd).ok()?));
    file.ok_or_else(|| exception(call.context, Errno::EBADF))
}

/// What a name that is read or written stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The file is only looked at.
    Read,
    /// The file, or the folder that it is in, is changed.
    Write,
    /// The same, and where a link leads to does not matter.
    WriteLink,
    /// A link is looked at.
    ReadLink,
}

/// The host file of a virtual name.
pub(crate) fn path_arg(call: &Call<'_>, index: usize, usage: Use) -> JsResult<PathBuf> {
    let name = text_arg(call, index)?;
    let state = AppState::of_call(call)?;
    let found = match usage {
        Use::Read | Use::Write => state.paths.resolve(&name),
        Use::ReadLink | Use::WriteLink => state.paths.resolve_link(&name),
    };
    match found {
        Ok(HostPath { access: Access::ReadOnly, .. }) if matches!(usage, Use::Write | Use::WriteLink) => {
            Err(exception(call.context, Errno::EROFS))
        }
        Ok(found) => Ok(found.path),
        Err(PathError::Outside(_) | PathError::Relative(_)) => Err(exception(call.context, Errno::ENOENT)),
        Err(PathError::Escape(_)) => Err(exception(call.context, Errno::EACCES)),
        Err(PathError::Nul) => Err(exception(call.context, Errno::EINVAL)),
    }
}

/// A file by its name or by a descriptor.
pub(crate) enum Place {
    /// By name, with the name of the guest.
    Path(PathBuf),
    /// Open already.
    Open(Arc<File>),
}

/// A name or a descriptor.
pub(crate) fn place_arg(call: &Call<'_>, index: usize, usage: Use) -> JsResult<Place> {
    if call.arg(index).is_number() {
        Ok(Place::Open(file_arg(call, index)?))
    } else {
        Ok(Place::Path(path_arg(call, index, usage)?))
    }
}
