//! Preferences without an engine: keys and values that an app keeps, shared by all threads of the process.
//!
//! Values are texts here; the face says what they mean. A store of the kind [`Kind::Xml`] lives in memory and is written as a whole by
//! [`Preferences::flush`]: a draft, synced, takes the place of the file, whose former state stays beside it as `.bak` and is read when
//! the file is damaged. Two processes flush one after the other (`.lock`), each only what it has changed. A store of the kind
//! [`Kind::Gskv`] is a database in which every change is kept at once.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension};

/// How a store keeps its values; the numbers of `StorageType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// In memory, written by `flush`.
    Xml = 0,
    /// Every change at once.
    Gskv = 1,
}

/// The file cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum PreferencesError {
    /// The system refused.
    #[error("{path}: {error}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// The database refused.
    #[error("{path}: {error}")]
    Database {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: rusqlite::Error,
    },
    /// The store is kept in the other way.
    #[error("{0} is kept with another storage type")]
    OtherKind(PathBuf),
}

/// Results of this module.
pub type Result<T> = std::result::Result<T, PreferencesError>;

/// What has changed: values by key, none for keys that are gone.
pub type Changes = BTreeMap<String, Option<String>>;
/// Hears of changes when they are flushed, on the thread that flushes.
pub type Listener = Box<dyn Fn(&Changes) + Send + Sync>;

/// A store.
pub struct Preferences {
    path: PathBuf,
    state: Mutex<State>,
    /// Held while the file is written, so that flushes keep their order.
    writing: Mutex<()>,
    listeners: Mutex<Vec<(u64, Arc<Listener>)>>,
}

enum State {
    Memory(Memory),
    Database(Connection),
}

#[derive(Default)]
struct Memory {
    values: BTreeMap<String, String>,
    /// Since the last flush.
    changes: Changes,
    /// Everything else was removed since then.
    cleared: bool,
    /// The file as it was read or written last.
    seen: Option<Identity>,
}

/// Tells whether somebody else has written a file.
type Identity = (u64, i64, i64, u64);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

type Cache = HashMap<PathBuf, Arc<Preferences>>;

fn with_cache<R>(work: impl FnOnce(&mut Cache) -> R) -> R {
    static CACHE: Mutex<Option<Cache>> = Mutex::new(None);
    work(lock(&CACHE).get_or_insert_default())
}

/// The store of a file, which is read when nobody has it.
pub fn open(path: &Path, kind: Kind) -> Result<Arc<Preferences>> {
    with_cache(|cache| {
        if let Some(known) = cache.get(path) {
            let same = matches!(*lock(&known.state), State::Database(_)) == (kind == Kind::Gskv);
            return if same { Ok(Arc::clone(known)) } else { Err(PreferencesError::OtherKind(path.to_owned())) };
        }
        let state = match kind {
            Kind::Xml => {
                if beside(path, DATABASE).exists() {
                    return Err(PreferencesError::OtherKind(path.to_owned()));
                }
                let (values, seen) = read(path)?;
                State::Memory(Memory { values, seen, ..Memory::default() })
            }
            Kind::Gskv => {
                if path.exists() {
                    return Err(PreferencesError::OtherKind(path.to_owned()));
                }
                State::Database(database(path)?)
            }
        };
        let made = Arc::new(Preferences {
            path: path.to_owned(),
            state: Mutex::new(state),
            writing: Mutex::default(),
            listeners: Mutex::default(),
        });
        cache.insert(path.to_owned(), Arc::clone(&made));
        Ok(made)
    })
}

/// Forgets the store of a file: what has not been flushed is lost for those who open it again.
pub fn forget(path: &Path) {
    with_cache(|cache| cache.remove(path));
}

/// Forgets the store of a file and removes the file.
pub fn delete(path: &Path) -> Result<()> {
    with_cache(|cache| {
        cache.remove(path);
        // What is recovered from goes first: nothing comes back after an interruption.
        let ends = [BACKUP, DRAFT, LOCK, "", "-gskv-wal", "-gskv-shm", DATABASE];
        ends.iter().map(|end| beside(path, end)).try_for_each(|path| match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(PreferencesError::Io { path, error }),
            _ => Ok(()),
        })
    })
}

const BACKUP: &str = ".bak";
const DRAFT: &str = ".tmp";
const LOCK: &str = ".lock";
const DATABASE: &str = "-gskv";

fn identity(file: &File) -> Option<Identity> {
    let data = file.metadata().ok()?;
    Some((data.ino(), data.mtime(), data.mtime_nsec(), data.len()))
}

/// The values of a file, or of its former state when it is damaged or gone.
fn read(path: &Path) -> Result<(BTreeMap<String, String>, Option<Identity>)> {
    let attempt = |path: &Path| -> io::Result<(BTreeMap<String, String>, Option<Identity>)> {
        let file = File::open(path)?;
        let seen = identity(&file);
        Ok((serde_json::from_str(&io::read_to_string(file)?)?, seen))
    };
    match attempt(path) {
        Ok(found) => Ok(found),
        Err(error) => {
            // A kill between the two renames of `write` leaves only the former state.
            if let Ok((values, _)) = attempt(&beside(path, BACKUP)) {
                tracing::warn!("{}: {error}; the former state is used", path.display());
                return Ok((values, None));
            }
            match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                    Ok((BTreeMap::new(), None))
                }
                _ if error.get_ref().is_some_and(|inner| inner.is::<serde_json::Error>()) => {
                    Ok((BTreeMap::new(), None))
                }
                _ => Err(PreferencesError::Io { path: path.to_owned(), error }),
            }
        }
    }
}

fn apply(values: &mut BTreeMap<String, String>, changes: &Changes) {
    for (key, value) in changes {
        match value {
            Some(value) => values.insert(key.clone(), value.clone()),
            None => values.remove(key),
        };
    }
}

/// Whole or not at all, also for a machine that loses its power.
fn write(path: &Path, values: &BTreeMap<String, String>) -> io::Result<Option<Identity>> {
    let draft = beside(path, DRAFT);
    let written = (|| {
        let mut file = File::create(&draft)?;
        file.write_all(serde_json::to_string(values)?.as_bytes())?;
        file.sync_all()?;
        Ok(identity(&file))
    })();
    if written.is_err() {
        let _ = fs::remove_file(&draft); // The first error is the one to tell.
        return written;
    }
    if path.exists() {
        fs::rename(path, beside(path, BACKUP))?;
    }
    fs::rename(&draft, path)?;
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    written
}

fn database(path: &Path) -> Result<Connection> {
    let open = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        }
        let database = Connection::open(beside(path, DATABASE))?;
        database.busy_timeout(std::time::Duration::from_secs(2))?;
        database.query_row("PRAGMA journal_mode=WAL", [], |_| Ok(()))?;
        // Safe against kills; power is what `flush` is for.
        database.execute_batch("PRAGMA synchronous=NORMAL; CREATE TABLE IF NOT EXISTS pairs (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")?;
        Ok(database)
    };
    open().map_err(|error| PreferencesError::Database { path: path.to_owned(), error })
}

impl Preferences {
    fn refused(&self, error: rusqlite::Error) -> PreferencesError {
        PreferencesError::Database { path: self.path.clone(), error }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Result<Option<String>> {
        match &*lock(&self.state) {
            State::Memory(memory) => Ok(memory.values.get(key).cloned()),
            State::Database(database) => database
                .prepare_cached("SELECT value FROM pairs WHERE key = ?1")
                .and_then(|mut query| query.query_row([key], |row| row.get(0)).optional())
                .map_err(|error| self.refused(error)),
        }
    }

    /// All keys and values.
    pub fn all(&self) -> Result<BTreeMap<String, String>> {
        match &*lock(&self.state) {
            State::Memory(memory) => Ok(memory.values.clone()),
            State::Database(database) => database
                .prepare_cached("SELECT key, value FROM pairs")
                .and_then(|mut query| query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
                .map_err(|error| self.refused(error)),
        }
    }

    /// Sets the value of a key, or removes the key.
    pub fn set(&self, key: &str, value: Option<String>) -> Result<()> {
        let mut state = lock(&self.state);
        match &mut *state {
            State::Memory(memory) => {
                if memory.values.get(key) != value.as_ref() {
                    match &value {
                        Some(value) => memory.values.insert(key.to_owned(), value.clone()),
                        None => memory.values.remove(key),
                    };
                    memory.changes.insert(key.to_owned(), value);
                }
                Ok(())
            }
            State::Database(database) => {
                let changed = match &value {
                    Some(value) => database
                        .prepare_cached(
                            "INSERT INTO pairs VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2 WHERE value <> ?2",
                        )
                        .and_then(|mut change| change.execute([key, value])),
                    None => database
                        .prepare_cached("DELETE FROM pairs WHERE key = ?1")
                        .and_then(|mut change| change.execute([key])),
                }
                .map_err(|error| self.refused(error))?;
                drop(state);
                if changed > 0 {
                    self.tell(&Changes::from([(key.to_owned(), value)]));
                }
                Ok(())
            }
        }
    }

    /// Removes everything.
    pub fn clear(&self) -> Result<()> {
        let mut state = lock(&self.state);
        match &mut *state {
            State::Memory(memory) => {
                let values = std::mem::take(&mut memory.values);
                memory.changes.extend(values.into_keys().map(|key| (key, None)));
                memory.cleared = true;
                Ok(())
            }
            State::Database(database) => {
                database.execute("DELETE FROM pairs", []).map(drop).map_err(|error| self.refused(error))
            }
        }
    }

    /// Keeps what has changed.
    pub fn flush(&self) -> Result<()> {
        let _order = lock(&self.writing);
        let (mut values, changes, cleared, seen) = match &mut *lock(&self.state) {
            State::Memory(memory) => {
                let changes = std::mem::take(&mut memory.changes);
                (memory.values.clone(), changes, std::mem::take(&mut memory.cleared), memory.seen)
            }
            State::Database(database) => {
                return database
                    .query_row("PRAGMA wal_checkpoint(FULL)", [], |_| Ok(()))
                    .map_err(|error| self.refused(error));
            }
        };
        if changes.is_empty() && !cleared && self.path.exists() {
            return Ok(());
        }
        match self.replace_file(&mut values, &changes, cleared, seen) {
            Ok(seen) => {
                if let State::Memory(memory) = &mut *lock(&self.state) {
                    memory.seen = seen;
                    // What others have written, and upon it what was changed here while we wrote.
                    let mut current = if memory.cleared { BTreeMap::new() } else { values };
                    apply(&mut current, &memory.changes);
                    memory.values = current;
                }
            }
            Err(error) => {
                // Still to be flushed.
                if let State::Memory(memory) = &mut *lock(&self.state) {
                    for (key, value) in changes {
                        memory.changes.entry(key).or_insert(value);
                    }
                    memory.cleared |= cleared;
                }
                return Err(PreferencesError::Io { path: self.path.clone(), error });
            }
        }
        self.tell(&changes);
        Ok(())
    }

    fn replace_file(
        &self,
        values: &mut BTreeMap<String, String>,
        changes: &Changes,
        cleared: bool,
        seen: Option<Identity>,
    ) -> io::Result<Option<Identity>> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let guard = File::options().create(true).truncate(false).write(true).open(beside(&self.path, LOCK))?;
        guard.lock()?;
        let current = File::open(&self.path).ok().and_then(|file| identity(&file));
        if current.is_some() && current != seen {
            // Another process has written: what it kept stays, but for what was changed here.
            if let Ok((theirs, _)) = read(&self.path) {
                let mut merged = if cleared { BTreeMap::new() } else { theirs };
                apply(&mut merged, changes);
                *values = merged;
            }
        }
        write(&self.path, values)
        // The lock ends with its file.
    }

    fn tell(&self, changes: &Changes) {
        if changes.is_empty() {
            return;
        }
        let listeners: Vec<_> = lock(&self.listeners).iter().map(|(_, listener)| Arc::clone(listener)).collect();
        listeners.iter().for_each(|listener| listener(changes));
    }

    /// Tells `listener` of every change that is kept; the result is for [`Self::ignore`].
    pub fn listen(&self, listener: Listener) -> u64 {
        let mut listeners = lock(&self.listeners);
        let id = listeners.last().map_or(0, |(last, _)| last + 1);
        listeners.push((id, Arc::new(listener)));
        id
    }

    /// No more of that.
    pub fn ignore(&self, id: u64) {
        lock(&self.listeners).retain(|(known, _)| *known != id);
    }
}

#[cfg(test)]
mod tests {
    use super::{BACKUP, Kind, beside, delete, forget, open};

    #[test]
    fn a_damaged_file_is_recovered() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p");
        let store = open(&path, Kind::Xml).unwrap();
        store.set("a", Some("1".into())).unwrap();
        store.flush().unwrap();
        store.set("a", Some("2".into())).unwrap();
        store.flush().unwrap();
        forget(&path);
        std::fs::write(&path, "{\"a\":").unwrap();
        assert_eq!(open(&path, Kind::Xml).unwrap().get("a").unwrap(), Some("1".into()));
        forget(&path);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(open(&path, Kind::Xml).unwrap().get("a").unwrap(), Some("1".into()));
        delete(&path).unwrap();
        assert!(!beside(&path, BACKUP).exists());
        assert_eq!(open(&path, Kind::Xml).unwrap().get("a").unwrap(), None);
    }

    #[test]
    fn what_another_process_has_written_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p");
        let ours = open(&path, Kind::Xml).unwrap();
        forget(&path); // The next one is another instance, as that of another process.
        let theirs = open(&path, Kind::Xml).unwrap();
        ours.set("ours", Some("1".into())).unwrap();
        ours.flush().unwrap();
        theirs.set("theirs", Some("2".into())).unwrap();
        theirs.flush().unwrap();
        ours.set("again", Some("3".into())).unwrap();
        ours.flush().unwrap();
        forget(&path);
        let keys: Vec<_> = open(&path, Kind::Xml).unwrap().all().unwrap().into_keys().collect();
        assert_eq!(keys, ["again", "ours", "theirs"]);
    }

    #[test]
    fn changes_of_the_other_kind_need_no_flush() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p");
        let store = open(&path, Kind::Gskv).unwrap();
        store.set("a", Some("1".into())).unwrap();
        forget(&path);
        assert_eq!(open(&path, Kind::Gskv).unwrap().get("a").unwrap(), Some("1".into()));
        assert!(open(&path, Kind::Xml).is_err());
        delete(&path).unwrap();
        assert!(open(&path, Kind::Xml).is_ok());
    }
}
