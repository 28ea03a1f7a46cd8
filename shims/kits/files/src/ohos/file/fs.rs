//! `@ohos:file.fs`: files of the app, by their virtual names.

use std::fs::{self, File, Metadata};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::PathBuf;
use std::sync::Arc;

use concord_ability::open_files::OpenFiles;
use concord_ability::state::AppState;
use concord_engine::{Call, Context, JsResult, Value};
use concord_runtime::{Api, FaceModule};
use concord_syscalls::{Access, PathError};
use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::sys::stat::Mode;
use nix::unistd::AccessFlags;

use crate::os_error::{exception, io_exception};
use concord_runtime::face::{bytes_arg, face, full, index_arg, partial, stub, text_arg, uint8_array};

const APIS: &[Api] = &[
    full("*"),
    partial("fileIo", "the asynchronous forms do their work on the calling thread"),
    partial("createWatcher", "never reports an event"),
    partial("copy", "as a whole: progress is told once at the end, TaskSignal.cancel has no effect"),
    stub("FileMapping"),
    stub("mmap"),
    stub("mmapSync"),
    stub("setxattr"),
    stub("setxattrSync"),
    stub("getxattr"),
    stub("getxattrSync"),
    stub("connectDfs"),
    stub("disconnectDfs"),
];

pub(crate) static MODULES: [FaceModule; 3] = [
    FaceModule {
        request: "@ohos:file.fs",
        source: include_str!("fs.js"),
        natives: &[
            ("open", open),
            ("close", close),
            ("dup", dup),
            ("read", read),
            ("write", write),
            ("seek", seek),
            ("stat", stat),
            ("access", access),
            ("mkdir", mkdir),
            ("rmdir", rmdir),
            ("unlink", unlink),
            ("rename", rename),
            ("copyFile", copy_file),
            ("list", list),
            ("truncate", truncate),
            ("sync", sync),
            ("symlink", symlink),
            ("utimes", utimes),
            ("mkdtemp", mkdtemp),
            ("lock", lock),
        ],
        apis: APIS,
    },
    face("@concord:file.streams", include_str!("streams.js"), &[]),
    face("@concord:file.text", include_str!("text.js"), &[]),
];

fn file_arg(call: &Call<'_>, index: usize) -> JsResult<Arc<File>> {
    let files = OpenFiles::of(call.context);
    let file = call.arg(index).as_i64().and_then(|fd| files.get(i32::try_from(fd).ok()?));
    file.ok_or_else(|| exception(call.context, Errno::EBADF))
}

/// The host file of a virtual name; `writing` refuses what the app may only read.
fn path_arg(call: &Call<'_>, index: usize, writing: bool) -> JsResult<PathBuf> {
    let name = text_arg(call, index)?;
    let state = AppState::of_call(call)?;
    match state.paths.resolve(&name) {
        Ok(found) if writing && found.access == Access::ReadOnly => Err(exception(call.context, Errno::EROFS)),
        Ok(found) => Ok(found.path),
        Err(PathError::Outside(_) | PathError::Relative(_)) => Err(exception(call.context, Errno::ENOENT)),
        Err(PathError::Escape(_)) => Err(exception(call.context, Errno::EACCES)),
        Err(PathError::Nul) => Err(exception(call.context, Errno::EINVAL)),
    }
}

/// Turns a result of the standard library into one for the guest.
fn io<T>(call: &Call<'_>, result: std::io::Result<T>) -> JsResult<T> {
    result.map_err(|error| io_exception(call.context, &error))
}

fn undefined(call: &Call<'_>) -> JsResult {
    Ok(call.context.undefined())
}

/// open(path, flags) → fd
fn open(call: &Call<'_>) -> JsResult {
    let flags = OFlag::from_bits_truncate(call.arg(1).as_i64().unwrap_or(0) as i32);
    let writing = flags.intersects(OFlag::O_WRONLY | OFlag::O_RDWR | OFlag::O_CREAT | OFlag::O_TRUNC);
    let path = path_arg(call, 0, writing)?;
    let mode = Mode::from_bits_truncate(0o660);
    let descriptor =
        nix::fcntl::open(&path, flags | OFlag::O_CLOEXEC, mode).map_err(|errno| exception(call.context, errno))?;
    Ok(call.context.number(f64::from(OpenFiles::of(call.context).add(File::from(descriptor)))))
}

fn close(call: &Call<'_>) -> JsResult {
    let files = OpenFiles::of(call.context);
    let removed = call.arg(0).as_i64().and_then(|fd| files.remove(i32::try_from(fd).ok()?));
    removed.map(|_| call.context.undefined()).ok_or_else(|| exception(call.context, Errno::EBADF))
}

fn dup(call: &Call<'_>) -> JsResult {
    let copy = io(call, file_arg(call, 0)?.try_clone())?;
    Ok(call.context.number(f64::from(OpenFiles::of(call.context).add(copy))))
}

/// read(fd, length, position or undefined) → Uint8Array
fn read(call: &Call<'_>) -> JsResult {
    const MOST: usize = 1 << 30;
    let file = file_arg(call, 0)?;
    let mut bytes = vec![0; index_arg(call, 1).min(MOST)];
    let count = match call.arg(2).as_f64() {
        Some(position) => file.read_at(&mut bytes, position as u64),
        None => (&*file).read(&mut bytes),
    };
    bytes.truncate(io(call, count)?);
    Ok(uint8_array(call.context, bytes))
}

/// write(fd, bytes, position or undefined) → count
fn write(call: &Call<'_>) -> JsResult {
    let file = file_arg(call, 0)?;
    let bytes = bytes_arg(call, 1)?;
    let count = match call.arg(2).as_f64() {
        Some(position) => file.write_at(&bytes, position as u64),
        None => (&*file).write(&bytes),
    };
    Ok(call.context.number(io(call, count)? as f64))
}

/// seek(fd, offset, whence) → position
fn seek(call: &Call<'_>) -> JsResult {
    let offset = call.arg(1).as_f64().unwrap_or(0.0) as i64;
    let target = match call.arg(2).as_i64() {
        Some(1) => SeekFrom::Current(offset),
        Some(2) => SeekFrom::End(offset),
        _ => SeekFrom::Start(u64::try_from(offset).map_err(|_| exception(call.context, Errno::EINVAL))?),
    };
    let position = (&*file_arg(call, 0)?).seek(target);
    Ok(call.context.number(io(call, position)? as f64))
}

fn metadata_object(context: &Context, data: &Metadata) -> JsResult {
    let object = context.object();
    let nanoseconds =
        |seconds: i64, rest: i64| context.bigint(seconds.saturating_mul(1_000_000_000).saturating_add(rest));
    let numbers = [
        ("mode", f64::from(data.mode())),
        ("uid", f64::from(data.uid())),
        ("gid", f64::from(data.gid())),
        ("size", data.len() as f64),
        ("atime", data.atime() as f64),
        ("mtime", data.mtime() as f64),
        ("ctime", data.ctime() as f64),
    ];
    for (name, value) in numbers {
        object.set(name, &context.number(value))?;
    }
    object.set("ino", &context.bigint(data.ino() as i64))?;
    object.set("atimeNs", &nanoseconds(data.atime(), data.atime_nsec()))?;
    object.set("mtimeNs", &nanoseconds(data.mtime(), data.mtime_nsec()))?;
    object.set("ctimeNs", &nanoseconds(data.ctime(), data.ctime_nsec()))?;
    Ok(object)
}

/// stat(path or fd, follow links) → object
fn stat(call: &Call<'_>) -> JsResult {
    let data = if call.arg(0).is_number() {
        file_arg(call, 0)?.metadata()
    } else {
        let path = path_arg(call, 0, false)?;
        if call.arg(1).to_boolean() { fs::metadata(path) } else { fs::symlink_metadata(path) }
    };
    metadata_object(call.context, &io(call, data)?)
}

/// access(path, mode bits of access(2)) → boolean
fn access(call: &Call<'_>) -> JsResult {
    let flags = AccessFlags::from_bits_truncate(index_arg(call, 1) as i32);
    let Ok(path) = path_arg(call, 0, flags.contains(AccessFlags::W_OK)) else {
        return Ok(call.context.boolean(false));
    };
    match nix::unistd::access(&path, flags) {
        Ok(()) => Ok(call.context.boolean(true)),
        Err(Errno::ENOENT | Errno::EACCES | Errno::ENOTDIR | Errno::EROFS) => Ok(call.context.boolean(false)),
        Err(errno) => Err(exception(call.context, errno)),
    }
}

/// mkdir(path, recursive)
fn mkdir(call: &Call<'_>) -> JsResult {
    let path = path_arg(call, 0, true)?;
    if call.arg(1).to_boolean() {
        if path.exists() {
            return Err(exception(call.context, Errno::EEXIST));
        }
        io(call, fs::create_dir_all(path))?;
    } else {
        io(call, fs::create_dir(path))?;
    }
    undefined(call)
}

/// Removes a directory with what is in it, as a device does.
fn rmdir(call: &Call<'_>) -> JsResult {
    let path = path_arg(call, 0, true)?;
    let data = io(call, fs::symlink_metadata(&path))?;
    if !data.is_dir() {
        return Err(exception(call.context, Errno::ENOTDIR));
    }
    io(call, fs::remove_dir_all(path))?;
    undefined(call)
}

fn unlink(call: &Call<'_>) -> JsResult {
    let path = path_arg(call, 0, true)?;
    io(call, fs::remove_file(path))?;
    undefined(call)
}

/// rename(from, to)
fn rename(call: &Call<'_>) -> JsResult {
    io(call, fs::rename(path_arg(call, 0, true)?, path_arg(call, 1, true)?))?;
    undefined(call)
}

/// The whole of a file, by descriptor or name.
fn contents(call: &Call<'_>, index: usize) -> JsResult<File> {
    if call.arg(index).is_number() {
        io(call, file_arg(call, index)?.try_clone())
    } else {
        let path = path_arg(call, index, false)?;
        if path.is_dir() {
            return Err(exception(call.context, Errno::EISDIR));
        }
        io(call, File::open(path))
    }
}

/// copyFile(source, target): each a name or a descriptor; the target is replaced.
fn copy_file(call: &Call<'_>) -> JsResult {
    let mut source = contents(call, 0)?;
    let mut target = if call.arg(1).is_number() {
        let file = io(call, file_arg(call, 1)?.try_clone())?;
        io(call, file.set_len(0))?;
        file
    } else {
        io(call, File::create(path_arg(call, 1, true)?))?
    };
    io(call, source.rewind())?;
    io(call, target.rewind())?;
    io(call, std::io::copy(&mut source, &mut target))?;
    undefined(call)
}

/// list(path) → [[name, is directory, size, mtime], …] by name
fn list(call: &Call<'_>) -> JsResult {
    let path = path_arg(call, 0, false)?;
    let mut rows: Vec<(String, Option<Metadata>)> = Vec::new();
    for entry in io(call, fs::read_dir(path))? {
        let entry = io(call, entry)?;
        rows.push((entry.file_name().to_string_lossy().into_owned(), fs::metadata(entry.path()).ok()));
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let context = call.context;
    let rows: Vec<Value> = rows
        .iter()
        .map(|(name, data)| {
            let data = data.as_ref();
            context.array(&[
                context.string(name),
                context.boolean(data.is_some_and(Metadata::is_dir)),
                context.number(data.map_or(0.0, |data| data.len() as f64)),
                context.number(data.map_or(0.0, |data| data.mtime() as f64)),
            ])
        })
        .collect();
    Ok(context.array(&rows))
}

/// truncate(path or fd, length)
fn truncate(call: &Call<'_>) -> JsResult {
    let length = index_arg(call, 1) as u64;
    if call.arg(0).is_number() {
        io(call, file_arg(call, 0)?.set_len(length))?;
    } else {
        let file = io(call, File::options().write(true).open(path_arg(call, 0, true)?))?;
        io(call, file.set_len(length))?;
    }
    undefined(call)
}

/// sync(fd, data only)
fn sync(call: &Call<'_>) -> JsResult {
    let file = file_arg(call, 0)?;
    io(call, if call.arg(1).to_boolean() { file.sync_data() } else { file.sync_all() })?;
    undefined(call)
}

/// symlink(target, link). The link holds the host name, so that it means the same file to everybody.
fn symlink(call: &Call<'_>) -> JsResult {
    io(call, std::os::unix::fs::symlink(path_arg(call, 0, false)?, path_arg(call, 1, true)?))?;
    undefined(call)
}

/// utimes(path, mtime in milliseconds)
fn utimes(call: &Call<'_>) -> JsResult {
    let file = io(call, File::options().read(true).open(path_arg(call, 0, true)?))?;
    let time = std::time::UNIX_EPOCH
        + std::time::Duration::from_secs_f64((call.arg(1).as_f64().unwrap_or(0.0) / 1000.0).max(0.0));
    io(call, file.set_modified(time))?;
    undefined(call)
}

/// mkdtemp(prefix with XXXXXX at its end) → name
fn mkdtemp(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 0)?;
    let Some(prefix) = name.strip_suffix("XXXXXX") else {
        return Err(exception(call.context, Errno::EINVAL));
    };
    let template = path_arg(call, 0, true)?;
    let made = nix::unistd::mkdtemp(&template).map_err(|errno| exception(call.context, errno))?;
    let host = made.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let tail = host.get(host.len().saturating_sub(6)..).unwrap_or_default();
    Ok(call.context.string(&format!("{prefix}{tail}")))
}

/// lock(fd, "exclusive" | "shared" | "none", wait)
fn lock(call: &Call<'_>) -> JsResult {
    let file = file_arg(call, 0)?;
    let wait = call.arg(2).to_boolean();
    let busy = |result: Result<(), std::fs::TryLockError>| result.map_err(std::io::Error::from);
    let result = match (text_arg(call, 1)?.as_str(), wait) {
        ("none", _) => file.unlock(),
        ("exclusive", true) => file.lock(),
        ("exclusive", false) => busy(file.try_lock()),
        (_, true) => file.lock_shared(),
        (_, false) => busy(file.try_lock_shared()),
    };
    match result {
        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
            Err(concord_ability::state::business_error(call.context, 13_900_034, "Operation would block"))
        }
        result => io(call, result).map(|()| call.context.undefined()),
    }
}
