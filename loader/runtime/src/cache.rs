//! Translated text kept between runs, one file per abc under `$XDG_CACHE_HOME/concord/ark/`.
//!
//! A file holds the records that were used so far. Its name is a hash of the abc and of the translator, its last bytes are
//! a hash of what is before them, so a damaged or foreign file is noticed and ignored. Whatever goes wrong here only costs
//! time: the record is translated again.

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::UNIX_EPOCH;

/// First bytes of a cache file; the number changes with the layout.
const MAGIC: &[u8; 16] = b"concord-ark-0002";
const HASH_SIZE: usize = 32;
/// A file above this size is neither written nor read.
const MAX_FILE: u64 = 64 << 20;
/// All files together; the oldest go first.
const MAX_TOTAL: u64 = 256 << 20;

/// The cached texts of one abc.
#[derive(Default)]
pub(crate) struct Cache {
    /// None: nothing is kept.
    path: Option<PathBuf>,
    entries: FxHashMap<String, Rc<str>>,
    changed: bool,
}

impl Cache {
    /// Opens the cache of an abc in the user's folder.
    pub(crate) fn open(abc: &[u8]) -> Cache {
        match folder() {
            Some(folder) => Cache::open_in(&folder, abc, &translator()),
            None => Cache::default(),
        }
    }

    fn open_in(folder: &Path, abc: &[u8], translator: &str) -> Cache {
        let path = folder.join(file_name(abc, translator));
        let entries = read(&path).unwrap_or_else(|error| {
            if error.kind() != io::ErrorKind::NotFound {
                tracing::debug!("{} is ignored: {error}", path.display());
            }
            FxHashMap::default()
        });
        Cache { path: Some(path), entries, changed: false }
    }

    pub(crate) fn get(&self, record: &str) -> Option<Rc<str>> {
        self.entries.get(record).cloned()
    }

    pub(crate) fn put(&mut self, record: &str, text: Rc<str>) {
        if self.path.is_some() {
            self.entries.insert(record.to_owned(), text);
            self.changed = true;
        }
    }

    /// Writes what is new.
    pub(crate) fn save(&mut self) {
        let Some(path) = self.path.as_ref().filter(|_| self.changed) else { return };
        self.changed = false;
        if let Err(error) = write(path, &self.entries) {
            tracing::debug!("{} is not written: {error}", path.display());
        }
    }
}

/// Removes what is kept of an abc; whether there was something.
pub fn forget_cached(abc: &[u8]) -> bool {
    folder().is_some_and(|folder| fs::remove_file(folder.join(file_name(abc, &translator()))).is_ok())
}

/// Name of the file for an abc.
fn file_name(abc: &[u8], translator: &str) -> String {
    let key = Sha256::new().chain_update(translator).chain_update([0]).chain_update(abc).finalize();
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `$XDG_CACHE_HOME/concord/ark` or `~/.cache/concord/ark`; relative paths count as unset, as the XDG specification says.
fn folder() -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")))?;
    Some(base.join("concord/ark"))
}

/// Identifies the translator: the binary that it is part of.
fn translator() -> String {
    let identity = std::env::current_exe().and_then(fs::metadata).ok().and_then(|data| {
        let time = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(format!("{} {}", data.len(), time.as_nanos()))
    });
    format!("{} {}", env!("CARGO_PKG_VERSION"), identity.unwrap_or_default())
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "damaged")
}

fn read(path: &Path) -> io::Result<FxHashMap<String, Rc<str>>> {
    if fs::metadata(path)?.len() > MAX_FILE {
        return Err(damaged());
    }
    let bytes = fs::read(path)?;
    let (content, hash) = bytes.split_at_checked(bytes.len().saturating_sub(HASH_SIZE)).ok_or_else(damaged)?;
    if Sha256::digest(content).as_slice() != hash {
        return Err(damaged());
    }
    let mut rest = content.strip_prefix(MAGIC).ok_or_else(damaged)?;
    let mut entries = FxHashMap::default();
    while !rest.is_empty() {
        let (record, text) = (string(&mut rest)?, string(&mut rest)?);
        entries.insert(record, text.into());
    }
    Ok(entries)
}

fn string(rest: &mut &[u8]) -> io::Result<String> {
    let (size, after) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
    let (text, after) = after.split_at_checked(u32::from_le_bytes(*size) as usize).ok_or_else(damaged)?;
    *rest = after;
    String::from_utf8(text.to_vec()).map_err(|_| damaged())
}

/// Writes a whole new file and moves it into place, so that other processes see the old one or the new one.
fn write(path: &Path, entries: &FxHashMap<String, Rc<str>>) -> io::Result<()> {
    let folder = path.parent().ok_or_else(damaged)?;
    fs::create_dir_all(folder)?;
    let mut content = MAGIC.to_vec();
    for (record, text) in entries {
        for part in [record.as_str(), text] {
            let size = u32::try_from(part.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
            content.extend(size.to_le_bytes());
            content.extend(part.as_bytes());
        }
    }
    if (content.len() + HASH_SIZE) as u64 > MAX_FILE {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let hash = Sha256::digest(&content);
    content.extend(hash);
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&content)?;
    file.persist(path)?;
    make_room(folder)
}

/// Removes the oldest files until the folder is small enough.
fn make_room(folder: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let data = entry.metadata()?;
        if data.is_file() {
            files.push((data.modified().unwrap_or(UNIX_EPOCH), data.len(), entry.path()));
        }
    }
    let mut total: u64 = files.iter().map(|(_, size, _)| size).sum();
    files.sort();
    for (_, size, path) in files {
        if total <= MAX_TOTAL {
            break;
        }
        fs::remove_file(path)?;
        total -= size;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_saved_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut cache = Cache::open_in(folder.path(), b"abc", "1");
        assert_eq!(cache.get("a"), None);
        cache.put("a", "(function(){})".into());
        cache.put("b", "über".into());
        cache.save();
        let cache = Cache::open_in(folder.path(), b"abc", "1");
        assert_eq!(cache.get("a"), Some("(function(){})".into()));
        assert_eq!(cache.get("b"), Some("über".into()));
        assert!(Cache::open_in(folder.path(), b"abd", "1").entries.is_empty());
        assert!(Cache::open_in(folder.path(), b"abc", "2").entries.is_empty());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    }

    #[test]
    fn any_damage_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let mut cache = Cache::open_in(folder.path(), b"abc", "1");
        cache.put("record", "text".into());
        cache.save();
        let path = cache.path.unwrap();
        let good = fs::read(&path).unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            fs::write(&path, bad).unwrap();
            assert!(Cache::open_in(folder.path(), b"abc", "1").entries.is_empty(), "byte {at}");
            fs::write(&path, &good[..at]).unwrap();
            assert!(Cache::open_in(folder.path(), b"abc", "1").entries.is_empty(), "length {at}");
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let mut cache = Cache::open_in(&file.join("below"), b"abc", "1");
        cache.put("a", "".into());
        cache.save();
        assert_eq!(cache.get("a"), Some("".into()));
    }
}
