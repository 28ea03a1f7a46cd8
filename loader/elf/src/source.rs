//! Where the libraries of an app come from.

use std::fs::File;

/// Finds libraries by file name: a folder, a package, several packages.
pub trait LibrarySource: Send + Sync {
    /// The library called `name` (`libfoo.so`, no directories), if there is one.
    fn find(&self, name: &str) -> std::io::Result<Option<LibraryFile>>;

    /// The library that the app sees at a path. By default one that [`LibrarySource::find`] finds by the last part of the path and places there.
    fn find_path(&self, path: &str) -> std::io::Result<Option<LibraryFile>> {
        let name = path.rsplit('/').next().unwrap_or(path);
        Ok(self.find(name)?.filter(|file| file.path == path))
    }
}

/// A library in a file of the host. Libraries of packages are stored uncompressed and aligned to pages, and are mapped where
/// they lie; others are given as a file in memory.
#[derive(Debug)]
pub struct LibraryFile {
    /// The name that the app sees: `/data/storage/el1/bundle/libs/x86_64/libfoo.so`.
    pub path: String,
    /// What to map.
    pub file: File,
    /// Where the image begins, in bytes; a multiple of the page size.
    pub offset: u64,
    /// Length of the image in bytes.
    pub size: u64,
}
