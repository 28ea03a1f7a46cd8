//! A folder with the content of a package: what an unpacked package or a build directory is.

use crate::Bytes;
use crate::archive::ArchiveError;
use concord_syscalls::MappedFile;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Most files of a folder; zip files cannot have more either.
const MAX_FILES: usize = 0xffff;
const MAX_DEPTH: usize = 64;

/// An opened folder. Names are listed once; files are mapped when read.
#[derive(Debug)]
pub(crate) struct Folder {
    files: BTreeMap<String, PathBuf>,
}

fn error(what: String) -> ArchiveError {
    ArchiveError { what, hint: None }
}

impl Folder {
    /// Lists a folder. Symbolic links may not lead out of it.
    pub(crate) fn open(root: &Path) -> Result<Folder, ArchiveError> {
        let root = root.canonicalize().map_err(|e| error(format!("cannot be opened: {e}")))?;
        let mut files = BTreeMap::new();
        let mut folders = vec![(root.clone(), String::new(), 0)];
        // Counts folders too: links in circles make many of them even where there is no file.
        let mut seen = 0;
        while let Some((folder, prefix, depth)) = folders.pop() {
            let unreadable = |e: std::io::Error| error(format!("`{prefix}` cannot be read: {e}"));
            for item in fs::read_dir(&folder).map_err(unreadable)? {
                let item = item.map_err(unreadable)?;
                let Ok(name) = item.file_name().into_string() else {
                    return Err(error(format!("`{}` has a name that is not UTF-8", item.path().display())));
                };
                // Version control and editor data is not part of a package.
                if depth == 0 && name.starts_with('.') {
                    continue;
                }
                let name = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
                let mut path = item.path();
                let mut kind = item.file_type().map_err(unreadable)?;
                if kind.is_symlink() {
                    path = path.canonicalize().map_err(|e| error(format!("`{name}` is a broken link: {e}")))?;
                    if !path.starts_with(&root) {
                        return Err(ArchiveError {
                            what: format!("`{name}` is a link to {}, outside the package", path.display()),
                            hint: Some("replace the link by the file itself"),
                        });
                    }
                    kind = path.metadata().map_err(unreadable)?.file_type();
                }
                if kind.is_dir() {
                    if depth == MAX_DEPTH {
                        return Err(error(format!(
                            "`{name}`: folders are nested too deeply, or a link leads in a circle"
                        )));
                    }
                    folders.push((path, name, depth + 1));
                } else if kind.is_file() {
                    files.insert(name, path);
                }
                seen += 1;
                if seen > MAX_FILES {
                    return Err(ArchiveError {
                        what: format!("has more than {MAX_FILES} files and folders"),
                        hint: Some("name the folder of one unpacked package, the one with module.json in it"),
                    });
                }
            }
        }
        Ok(Folder { files })
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub(crate) fn path(&self, name: &str) -> Option<&Path> {
        self.files.get(name).map(PathBuf::as_path)
    }

    pub(crate) fn read(&self, name: &str) -> Option<Result<Bytes, ArchiveError>> {
        let path = self.files.get(name)?;
        let mapped = File::open(path).and_then(|file| MappedFile::map(&file));
        Some(mapped.map(Bytes::mapped).map_err(|e| error(format!("`{name}` cannot be read: {e}"))))
    }
}
