//! Files and folders that are copied and moved.

use std::fs::{self, File};
use std::io::{Seek, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use concord_engine::{Call, JsResult};
use concord_runtime::face::{index_arg, text_arg};
use nix::errno::Errno;

use super::descriptors::NEW_FILE;
use super::{Place, Use, path_arg, place_arg};
use crate::job::{Failure, Work, work};

/// Deepest folder that is looked into.
const DEEPEST: usize = 512;

/// The file to write a copy to, empty.
pub(super) fn create(path: &Path) -> std::io::Result<File> {
    File::options().write(true).create(true).truncate(true).mode(NEW_FILE.bits()).open(path)
}

fn same(one: &File, other: &Path) -> bool {
    let number = |data: fs::Metadata| (data.dev(), data.ino());
    one.metadata().ok().map(number) == fs::metadata(other).ok().map(number)
}

/// copyFile(source, target): each a name or a descriptor; the target is replaced.
pub(super) fn copy_file(call: &Call<'_>) -> JsResult<Work> {
    let (source, target) = (place_arg(call, 0, Use::Read)?, place_arg(call, 1, Use::Write)?);
    work(move || {
        let mut source = match source {
            Place::Open(file) => file.try_clone()?,
            Place::Path(path) if path.is_dir() => return Err(Errno::EISDIR.into()),
            Place::Path(path) => File::open(path)?,
        };
        let mut target = match target {
            Place::Open(file) => {
                file.set_len(0)?;
                file.try_clone()?
            }
            // It must not be emptied before it is read.
            Place::Path(path) if same(&source, &path) => return Ok(()),
            Place::Path(path) => create(&path)?,
        };
        source.rewind()?;
        target.rewind()?;
        std::io::copy(&mut source, &mut target)?;
        Ok(target.flush()?)
    })
}

fn copy_one(from: &Path, to: &Path) -> Result<(), Failure> {
    let mut source = File::open(from)?;
    if !same(&source, to) {
        std::io::copy(&mut source, &mut create(to)?)?;
    }
    Ok(())
}

/// Moves a file or folder to a name that is free, also to another file system.
fn relocate(from: &Path, to: &Path) -> Result<(), Failure> {
    match fs::rename(from, to) {
        Err(error) if error.raw_os_error() == Some(Errno::EXDEV as i32) => {
            if fs::symlink_metadata(from)?.is_dir() {
                merge(&Pair::root(from, to), 0, &mut |pair| copy_one(&pair.from, &pair.to))?;
                Ok(fs::remove_dir_all(from)?)
            } else {
                copy_one(from, to)?;
                Ok(fs::remove_file(from)?)
            }
        }
        result => Ok(result?),
    }
}

/// moveFile(source, target, replace)
pub(super) fn move_file(call: &Call<'_>) -> JsResult<Work> {
    let (from, to) = (path_arg(call, 0, Use::WriteLink)?, path_arg(call, 1, Use::WriteLink)?);
    let replace = call.arg(2).to_boolean();
    work(move || {
        if fs::symlink_metadata(&from)?.is_dir() {
            return Err(Errno::EISDIR.into());
        }
        if !replace && fs::symlink_metadata(&to).is_ok() {
            return Err(Errno::EEXIST.into());
        }
        relocate(&from, &to)
    })
}

/// A file of a tree and where it goes: on the host, and below the names that the guest gave.
struct Pair {
    from: PathBuf,
    to: PathBuf,
    below: String,
}

impl Pair {
    fn root(from: &Path, to: &Path) -> Pair {
        Pair { from: from.to_owned(), to: to.to_owned(), below: String::new() }
    }
}

/// Makes the folders of a tree elsewhere, and has `each` do something about every file in it.
fn merge(tree: &Pair, depth: usize, each: &mut dyn FnMut(&Pair) -> Result<(), Failure>) -> Result<(), Failure> {
    if depth > DEEPEST {
        return Err(Errno::ENAMETOOLONG.into());
    }
    if !tree.to.is_dir() {
        fs::create_dir(&tree.to)?;
    }
    let mut entries = fs::read_dir(&tree.from)?.collect::<std::io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let pair = Pair {
            from: entry.path(),
            to: tree.to.join(&name),
            below: format!("{}/{}", tree.below, name.to_string_lossy()),
        };
        if entry.file_type()?.is_dir() {
            merge(&pair, depth + 1, each)?;
        } else {
            each(&pair)?;
        }
    }
    Ok(())
}

/// A tree that goes into a folder, under its own name.
struct Journey {
    from: PathBuf,
    to: PathBuf,
    /// The names that the guest knows.
    guest: (String, String),
    mode: usize,
}

impl Journey {
    fn of(call: &Call<'_>, moving: bool) -> JsResult<Journey> {
        let from = path_arg(call, 0, if moving { Use::Write } else { Use::Read })?;
        let into = path_arg(call, 1, Use::Write)?;
        let name = from.file_name().unwrap_or_default().to_owned();
        let (source, target) = (text_arg(call, 0)?, text_arg(call, 1)?);
        let source = source.trim_end_matches('/').to_owned();
        let target = format!("{}/{}", target.trim_end_matches('/'), name.to_string_lossy());
        Ok(Journey { from, to: into.join(name), guest: (source, target), mode: index_arg(call, 2) })
    }

    fn check(&self) -> Result<(), Failure> {
        let into = self.to.parent().unwrap_or(&self.to);
        if !fs::metadata(&self.from)?.is_dir() || !fs::metadata(into)?.is_dir() {
            return Err(Errno::ENOTDIR.into());
        }
        // A folder cannot go into itself, nor to where it is.
        if into.starts_with(&self.from) || self.to == self.from {
            return Err(Errno::EINVAL.into());
        }
        Ok(())
    }

    /// Names of a file that is in the way, for the guest.
    fn conflict(&self, pair: &Pair) -> (String, String) {
        (format!("{}{}", self.guest.0, pair.below), format!("{}{}", self.guest.1, pair.below))
    }
}

fn no_conflicts(conflicts: Vec<(String, String)>) -> Result<(), Failure> {
    if conflicts.is_empty() { Ok(()) } else { Err(Failure::Conflicts(conflicts)) }
}

/// copyDir(source, target, mode). Mode 0: files that are there already stay and are reported, after the others are copied;
/// 1: they are replaced.
pub(super) fn copy_dir(call: &Call<'_>) -> JsResult<Work> {
    let journey = Journey::of(call, false)?;
    work(move || {
        journey.check()?;
        let mut conflicts = Vec::new();
        merge(&Pair::root(&journey.from, &journey.to), 0, &mut |pair| {
            if journey.mode == 0 && pair.to.exists() {
                conflicts.push(journey.conflict(pair));
                return Ok(());
            }
            copy_one(&pair.from, &pair.to)
        })?;
        no_conflicts(conflicts)
    })
}

/// moveDir(source, target, mode). Mode 0: fails when the target has a folder of the name that is not empty; 1: files that are there
/// already stay and are reported, after the others are moved; 2: they are replaced; 3: the folder is.
pub(super) fn move_dir(call: &Call<'_>) -> JsResult<Work> {
    let journey = Journey::of(call, true)?;
    work(move || {
        journey.check()?;
        if journey.to.exists() {
            match journey.mode {
                0 if fs::read_dir(&journey.to)?.next().is_some() => return Err(Errno::ENOTEMPTY.into()),
                1 | 2 => return join(&journey),
                _ => fs::remove_dir_all(&journey.to)?,
            }
        }
        relocate(&journey.from, &journey.to)
    })
}

/// Moves the files of a folder into one that there is.
fn join(journey: &Journey) -> Result<(), Failure> {
    let mut conflicts = Vec::new();
    merge(&Pair::root(&journey.from, &journey.to), 0, &mut |pair| {
        if journey.mode == 1 && pair.to.exists() {
            conflicts.push(journey.conflict(pair));
            return Ok(());
        }
        relocate(&pair.from, &pair.to)
    })?;
    prune(&journey.from, 0)?;
    no_conflicts(conflicts)
}

/// Removes folders in which nothing is left.
fn prune(folder: &Path, depth: usize) -> Result<(), Failure> {
    if depth > DEEPEST {
        return Err(Errno::ENAMETOOLONG.into());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            prune(&entry.path(), depth + 1)?;
        }
    }
    match fs::remove_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::DirectoryNotEmpty => Ok(()),
        result => Ok(result?),
    }
}
