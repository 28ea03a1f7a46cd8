//! Open files.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;

use concord_ability::open_files::OpenFiles;
use concord_engine::{Call, Context, JsResult};
use concord_runtime::face::{bytes_arg, index_arg, text_arg};
use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::sys::stat::Mode;

use super::{Place, Use, file_arg, path_arg, place_arg};
use crate::job::{Answer, Failure, Work, apart, work};
use crate::os_error::{exception, io_exception};

/// Most bytes of one read: more than any guest has memory for.
const MOST: usize = 1 << 30;
/// Permissions of a new file, before the umask.
pub(super) const NEW_FILE: Mode = Mode::from_bits_truncate(0o660);

/// A file that the app gets a number of.
struct Opened(File);

impl Answer for Opened {
    fn value(self, context: &Context) -> JsResult {
        Ok(context.number(f64::from(OpenFiles::of(context).add(self.0))))
    }
}

/// open(path, flags) → fd
pub(super) fn open(call: &Call<'_>) -> JsResult<Work> {
    let flags = OFlag::from_bits_truncate(call.arg(1).as_i64().unwrap_or(0) as i32);
    let writing = flags.intersects(OFlag::O_WRONLY | OFlag::O_RDWR | OFlag::O_CREAT | OFlag::O_TRUNC);
    let path = path_arg(call, 0, if writing { Use::Write } else { Use::Read })?;
    work(move || Ok(Opened(File::from(nix::fcntl::open(&path, flags | OFlag::O_CLOEXEC, NEW_FILE)?))))
}

/// close(fd)
pub(super) fn close(call: &Call<'_>) -> JsResult<Work> {
    let files = OpenFiles::of(call.context);
    let removed = call.arg(0).as_i64().and_then(|fd| files.remove(i32::try_from(fd).ok()?));
    let file = removed.ok_or_else(|| exception(call.context, Errno::EBADF))?;
    work(move || {
        drop(file);
        Ok(())
    })
}

/// dup(fd) → fd
pub(super) fn dup(call: &Call<'_>) -> JsResult<Work> {
    let file = file_arg(call, 0)?;
    work(move || Ok(Opened(file.try_clone()?)))
}

fn position_arg(call: &Call<'_>, index: usize) -> Option<u64> {
    call.arg(index).as_f64().map(|position| position as u64)
}

fn read_bytes(mut file: &File, bytes: &mut [u8], position: Option<u64>) -> std::io::Result<usize> {
    match position {
        Some(position) => file.read_at(bytes, position),
        None => file.read(bytes),
    }
}

fn write_bytes(mut file: &File, bytes: &[u8], position: Option<u64>) -> std::io::Result<usize> {
    match position {
        Some(position) => file.write_at(bytes, position),
        None => file.write(bytes),
    }
}

/// readInto(fd, buffer or view, position or undefined) → count; straight into the guest's memory
pub(super) fn read_into(call: &Call<'_>) -> JsResult {
    let (file, position) = (file_arg(call, 0)?, position_arg(call, 2));
    let count = call.arg(1).with_bytes_mut(|bytes| read_bytes(&file, bytes, position)).unwrap_or(Ok(0));
    Ok(call.context.number(count.map_err(|error| io_exception(call.context, &error))? as f64))
}

/// writeFrom(fd, buffer or view, position or undefined) → count; straight from the guest's memory
pub(super) fn write_from(call: &Call<'_>) -> JsResult {
    let (file, position) = (file_arg(call, 0)?, position_arg(call, 2));
    // A file that is not open for writing says so for no bytes, too.
    let written = call.arg(1).with_bytes_mut(|bytes| write_bytes(&file, bytes, position));
    let count = written.unwrap_or_else(|| write_bytes(&file, &[], position));
    Ok(call.context.number(count.map_err(|error| io_exception(call.context, &error))? as f64))
}

/// read(fd, length, position or undefined) → Uint8Array
pub(super) fn read(call: &Call<'_>) -> JsResult<Work> {
    let (file, length, position) = (file_arg(call, 0)?, index_arg(call, 1).min(MOST), position_arg(call, 2));
    work(move || {
        let mut bytes = vec![0; length];
        let count = read_bytes(&file, &mut bytes, position)?;
        bytes.truncate(count);
        Ok(bytes)
    })
}

/// readText(path, offset, length or undefined) → text of its UTF-8
pub(super) fn read_text(call: &Call<'_>) -> JsResult<Work> {
    let path = path_arg(call, 0, Use::Read)?;
    let (offset, length) = (index_arg(call, 1) as u64, call.arg(2).as_f64().map(|length| length as u64));
    work(move || {
        let mut file = File::open(path)?;
        let size = file.metadata()?.len();
        if offset > size {
            return Err(Errno::EINVAL.into());
        }
        if offset > 0 {
            file.seek(SeekFrom::Start(offset))?;
        }
        let wanted = length.unwrap_or(u64::MAX).min(MOST as u64);
        let mut bytes = Vec::with_capacity(usize::try_from(wanted.min(size - offset)).unwrap_or(0));
        file.take(wanted).read_to_end(&mut bytes)?;
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    })
}

/// write(fd, bytes, position or undefined) → count
pub(super) fn write(call: &Call<'_>) -> JsResult<Work> {
    let (file, bytes, position) = (file_arg(call, 0)?, bytes_arg(call, 1)?, position_arg(call, 2));
    work(move || Ok(write_bytes(&file, &bytes, position)? as f64))
}

/// seek(fd, offset, whence) → position
pub(super) fn seek(call: &Call<'_>) -> JsResult<Work> {
    let file = file_arg(call, 0)?;
    let offset = call.arg(1).as_f64().unwrap_or(0.0) as i64;
    let whence = call.arg(2).as_i64().unwrap_or(0);
    work(move || {
        let target = match whence {
            1 => SeekFrom::Current(offset),
            2 => SeekFrom::End(offset),
            _ => SeekFrom::Start(u64::try_from(offset).map_err(|_| Failure::from(Errno::EINVAL))?),
        };
        Ok((&*file).seek(target)? as f64)
    })
}

/// stat(path or fd, follow links) → object
pub(super) fn stat(call: &Call<'_>) -> JsResult<Work> {
    let follow = call.arg(1).to_boolean();
    let place = place_arg(call, 0, if follow { Use::Read } else { Use::ReadLink })?;
    work(move || {
        Ok(match place {
            Place::Open(file) => file.metadata()?,
            Place::Path(path) if follow => fs::metadata(path)?,
            Place::Path(path) => fs::symlink_metadata(path)?,
        })
    })
}

/// truncate(path or fd, length)
pub(super) fn truncate(call: &Call<'_>) -> JsResult<Work> {
    let length = index_arg(call, 1) as u64;
    let place = place_arg(call, 0, Use::Write)?;
    work(move || {
        match place {
            Place::Open(file) => file.set_len(length)?,
            Place::Path(path) => File::options().write(true).open(path)?.set_len(length)?,
        }
        Ok(())
    })
}

/// sync(fd, data only)
pub(super) fn sync(call: &Call<'_>) -> JsResult<Work> {
    let (file, only_data) = (file_arg(call, 0)?, call.arg(1).to_boolean());
    work(move || {
        let synced = if only_data { file.sync_data() } else { file.sync_all() };
        synced.map_err(Failure::from)
    })
}

/// lock(fd, "exclusive" | "shared" | "none", wait)
pub(super) fn lock(call: &Call<'_>) -> JsResult<Work> {
    let (file, kind, wait) = (file_arg(call, 0)?, text_arg(call, 1)?, call.arg(2).to_boolean());
    work(move || {
        let tried = |result: Result<(), TryLockError>| match result {
            Err(TryLockError::WouldBlock) => Err(Failure::coded(13_900_034, "Operation would block")),
            Err(TryLockError::Error(error)) => Err(error.into()),
            Ok(()) => Ok(()),
        };
        match (kind.as_str(), wait) {
            ("none", _) => Ok(file.unlock()?),
            ("exclusive", true) => Ok(file.lock()?),
            ("exclusive", false) => tried(file.try_lock()),
            (_, true) => Ok(file.lock_shared()?),
            (_, false) => tried(file.try_lock_shared()),
        }
    })
}

/// lockApart(fd, kind, wait) → promise; on a thread of its own, because whoever has the lock may keep it
pub(super) fn lock_apart(call: &Call<'_>) -> JsResult {
    apart(call, lock)
}
