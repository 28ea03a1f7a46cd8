//! Where the entries of a package come from, and reading them with errors that name the package.

use crate::archive::{Archive, ArchiveError};
use crate::folder::Folder;
use crate::{Bytes, PackageError};
use concord_syscalls::MappedFile;
use std::fs::File;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Entries of a package file or folder.
#[derive(Debug)]
pub(crate) struct Contents {
    /// What errors call it: a path, or `file.app!/entry.hap`.
    path: PathBuf,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Archive(Archive),
    Folder(Folder),
}

impl Contents {
    /// Opens a file or folder.
    pub(crate) fn open(path: &Path) -> Result<Contents, PackageError> {
        let fail = |e: std::io::Error| {
            let error = PackageError::new(path, format!("cannot be opened: {e}"));
            match e.kind() {
                ErrorKind::NotFound => error.hint("give the path of a .hap, .hsp or .app file or an unpacked folder"),
                _ => error,
            }
        };
        let file = File::open(path).map_err(fail)?;
        let kind = file.metadata().map_err(fail)?.file_type();
        if kind.is_dir() {
            let source = Folder::open(path).map(Source::Folder).map_err(|e| PackageError::from_archive(path, e))?;
            return Ok(Contents { path: path.to_owned(), source });
        }
        if !kind.is_file() {
            return Err(PackageError::new(path, "is neither a file nor a folder"));
        }
        Contents::from_bytes(path, Bytes::mapped(MappedFile::map(&file).map_err(fail)?))
    }

    /// Opens an archive that is in memory already, for example inside another.
    pub(crate) fn from_bytes(path: &Path, data: Bytes) -> Result<Contents, PackageError> {
        if data.starts_with(b"PANDA\0\0\0") {
            let error = PackageError::new(path, "is Ark bytecode, not a package");
            return Err(error.hint("use `concord ark run` or `concord ark disasm` for single .abc files"));
        }
        let source = Archive::open(data).map(Source::Archive).map_err(|e| PackageError::from_archive(path, e))?;
        Ok(Contents { path: path.to_owned(), source })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The archive, when it is one.
    pub(crate) fn archive(&self) -> Option<&Archive> {
        match &self.source {
            Source::Archive(archive) => Some(archive),
            Source::Folder(_) => None,
        }
    }

    pub(crate) fn names(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match &self.source {
            Source::Archive(archive) => Box::new(archive.names()),
            Source::Folder(folder) => Box::new(folder.names()),
        }
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        match &self.source {
            Source::Archive(archive) => archive.contains(name),
            Source::Folder(folder) => folder.path(name).is_some(),
        }
    }

    pub(crate) fn size(&self, name: &str) -> Option<u64> {
        match &self.source {
            Source::Archive(archive) => archive.size(name),
            Source::Folder(folder) => folder.path(name)?.metadata().ok().map(|data| data.len()),
        }
    }

    pub(crate) fn read(&self, name: &str) -> Result<Option<Bytes>, PackageError> {
        let bytes = match &self.source {
            Source::Archive(archive) => archive.read(name),
            Source::Folder(folder) => folder.read(name),
        };
        bytes.transpose().map_err(|e| PackageError::from_archive(&self.path, e))
    }

    /// A host file that holds an entry uncompressed, and where in it.
    pub(crate) fn host_file(&self, name: &str) -> Option<(PathBuf, Range<u64>)> {
        match &self.source {
            Source::Archive(archive) => {
                let range = archive.stored_at(name)?;
                // Entries of nested archives have no file of their own.
                self.path.is_file().then(|| (self.path.clone(), range.start as u64..range.end as u64))
            }
            Source::Folder(folder) => {
                let path = folder.path(name)?;
                Some((path.to_owned(), 0..path.metadata().ok()?.len()))
            }
        }
    }

    /// Parses a JSON entry; `Ok(None)` when there is none of this name.
    pub(crate) fn parse<T, E: std::fmt::Display>(
        &self,
        name: &str,
        parse: impl FnOnce(&[u8]) -> Result<T, E>,
    ) -> Result<Option<T>, PackageError> {
        let Some(bytes) = self.read(name)? else { return Ok(None) };
        parse(&bytes).map(Some).map_err(|e| PackageError::new(&self.path, format!("{name}: {e}")))
    }
}

impl PackageError {
    fn from_archive(path: &Path, error: ArchiveError) -> PackageError {
        let refused = PackageError::new(path, error.what);
        match error.hint {
            Some(hint) => refused.hint(hint),
            None => refused,
        }
    }
}
