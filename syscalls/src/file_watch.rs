//! Files and folders that somebody wants to know the changes of.
//!
//! The kernel's messages only wake us up: what has changed is found by looking. So nothing is missed when files are replaced by others,
//! folders come and go, or messages are lost.

use nix::errno::Errno;
use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify};
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Most files and folders of one watched folder.
const MOST: usize = 20_000;
/// Deepest folder in it.
const DEEPEST: usize = 32;

/// A watch over some files and folders, with all that is in them.
pub struct FileWatch {
    inotify: Inotify,
    paths: Vec<PathBuf>,
}

/// What files and folders are like. Equal as long as nothing in them has been changed, replaced, or has come or gone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fingerprint(Vec<(PathBuf, Stamp)>);

/// Device and inode, size, time of the last change in seconds and ns.
type Stamp = (u64, u64, u64, i64, i64);

impl FileWatch {
    /// Watches these files and folders, whether they are there yet or not.
    ///
    /// # Errors
    /// When the kernel has no watches left.
    pub fn new(paths: Vec<PathBuf>) -> io::Result<FileWatch> {
        let inotify = Inotify::init(InitFlags::IN_CLOEXEC | InitFlags::IN_NONBLOCK)?;
        let watch = FileWatch { inotify, paths };
        watch.renew()?;
        Ok(watch)
    }

    /// Readable when something may have changed; [`FileWatch::look`] then.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.inotify.as_fd()
    }

    /// Looks at everything, and hears of later changes.
    ///
    /// # Errors
    /// When the kernel has no watches left.
    pub fn look(&self) -> io::Result<Fingerprint> {
        loop {
            match self.inotify.read_events() {
                Ok(events) if events.is_empty() => break,
                Ok(_) | Err(Errno::EINTR) => {}
                Err(Errno::EAGAIN) => break,
                Err(error) => return Err(error.into()),
            }
        }
        self.renew()?;
        let mut stamps = Vec::new();
        for path in &self.paths {
            stamp(path, 0, &mut stamps);
        }
        Ok(Fingerprint(stamps))
    }

    /// Watches what is there now. A folder that is watched already stays so.
    fn renew(&self) -> io::Result<()> {
        for path in &self.paths {
            // What comes, goes or is renamed is seen by the folder around it; that of a link, by both.
            self.watch_around(path)?;
            if let Ok(target) = path.canonicalize() {
                self.watch_around(&target)?;
            }
            let mut folders = Vec::new();
            folders_in(path, 0, &mut folders);
            for folder in folders {
                self.add(&folder)?;
            }
        }
        Ok(())
    }

    /// Watches the folder around a path, or the nearest one that is there.
    fn watch_around(&self, path: &Path) -> io::Result<()> {
        for folder in path.ancestors().skip(1) {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            if self.add(folder)? {
                break;
            }
        }
        Ok(())
    }

    /// Watches a folder; false when there is none.
    fn add(&self, folder: &Path) -> io::Result<bool> {
        let flags = AddWatchFlags::IN_CREATE
            | AddWatchFlags::IN_DELETE
            | AddWatchFlags::IN_MODIFY
            | AddWatchFlags::IN_CLOSE_WRITE
            | AddWatchFlags::IN_MOVE
            | AddWatchFlags::IN_ATTRIB
            | AddWatchFlags::IN_DELETE_SELF
            | AddWatchFlags::IN_MOVE_SELF
            | AddWatchFlags::IN_ONLYDIR;
        match self.inotify.add_watch(folder, flags) {
            Ok(_) => Ok(true),
            Err(Errno::ENOENT | Errno::ENOTDIR | Errno::EACCES) => Ok(false),
            Err(Errno::ENOSPC) => Err(io::Error::other(
                "no more files can be watched; raise fs.inotify.max_user_watches, or name fewer folders",
            )),
            Err(error) => Err(error.into()),
        }
    }
}

fn folders_in(path: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    if depth > DEEPEST || found.len() >= MOST || !path.is_dir() {
        return;
    }
    found.push(path.to_owned());
    for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            folders_in(&entry.path(), depth + 1, found);
        }
    }
}

fn stamp(path: &Path, depth: usize, stamps: &mut Vec<(PathBuf, Stamp)>) {
    if depth > DEEPEST || stamps.len() >= MOST {
        return;
    }
    let Ok(metadata) = std::fs::metadata(path) else { return };
    // A folder changes with every file that comes or goes; those have stamps of their own.
    let (size, seconds, nanos) =
        if metadata.is_dir() { (0, 0, 0) } else { (metadata.size(), metadata.mtime(), metadata.mtime_nsec()) };
    stamps.push((path.to_owned(), (metadata.dev(), metadata.ino(), size, seconds, nanos)));
    if metadata.is_dir() {
        let mut entries: Vec<_> =
            std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for entry in entries {
            stamp(&entry, depth + 1, stamps);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nix::poll::{PollFd, PollFlags, poll};
    use std::fs;

    /// Waits until something may have changed, and looks. A machine that is busy takes its time.
    fn next(watch: &FileWatch) -> Fingerprint {
        let mut fds = [PollFd::new(watch.descriptor(), PollFlags::POLLIN)];
        assert_eq!(poll(&mut fds, 30_000u16), Ok(1), "the kernel says nothing");
        watch.look().expect("a look")
    }

    #[test]
    fn files_that_are_written_replaced_removed_and_made_are_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("build/out/app.hap");
        fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
        fs::write(&file, "one").expect("a file");
        let watch = FileWatch::new(vec![file.clone()]).expect("a watch");
        let first = watch.look().expect("a look");
        assert_eq!(watch.look().expect("a look"), first);
        fs::write(folder.path().join("build/out/other"), "noise").expect("a file");
        assert_eq!(next(&watch), first, "another file is nobody's business");
        fs::write(folder.path().join("new"), "two").expect("a file");
        fs::rename(folder.path().join("new"), &file).expect("a rename");
        let replaced = next(&watch);
        assert_ne!(replaced, first);
        // The way of a clean build.
        fs::remove_dir_all(folder.path().join("build")).expect("a removal");
        let gone = next(&watch);
        assert_eq!(gone, Fingerprint::default());
        fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
        let _ = next(&watch);
        fs::write(&file, "three").expect("a file");
        assert_ne!(next(&watch), gone);
    }

    #[test]
    fn folders_are_watched_with_all_that_is_in_them() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("ets/deep")).expect("folders");
        let watch = FileWatch::new(vec![folder.path().to_owned()]).expect("a watch");
        let first = watch.look().expect("a look");
        fs::write(folder.path().join("ets/deep/modules.abc"), "code").expect("a file");
        let second = next(&watch);
        assert_ne!(second, first);
        fs::create_dir(folder.path().join("ets/new")).expect("a folder");
        let third = next(&watch);
        fs::write(folder.path().join("ets/new/file"), "text").expect("a file");
        assert_ne!(next(&watch), third);
    }
}
