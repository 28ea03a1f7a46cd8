//! Stores: databases that are open, by the place they have.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use rusqlite::Connection;

use super::events::Listeners;
use super::{Database, Event, Interest, Lane, Listener, ListenerId, RdbError, Result};

/// Transactions of one store that may be open at a time.
const MOST_TRANSACTIONS: usize = 4;
/// What SQLite keeps beside a database.
const COMPANIONS: [&str; 4] = ["-wal", "-shm", "-journal", "-backup"];

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// In a file of the host.
    File(PathBuf),
    /// In memory, under a name that belongs to the process.
    Memory(String),
}

impl Place {
    /// The name for SQLite.
    fn name(&self) -> PathBuf {
        match self {
            Place::File(path) => path.clone(),
            Place::Memory(name) => {
                // A URI: what is special in one is written as hexadecimal digits.
                let safe: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
                PathBuf::from(format!("file:/{safe}?vfs=memdb"))
            }
        }
    }
}

/// What a store is opened with. Two who open the same place have to agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreConfig {
    /// 1 (S1) to 4 (S4).
    pub security_level: u8,
    /// Nothing can be changed.
    pub read_only: bool,
    /// A damaged database is replaced by an empty one.
    pub allow_rebuild: bool,
}

/// A store. Cheap to clone; all clones are the same store, as are all that were opened for the same place.
///
/// The database is closed when the last of them is gone.
#[derive(Clone)]
pub struct Store(Arc<Shared>);

/// A store that may be gone.
pub struct WeakStore(Weak<Shared>);

struct Shared {
    lane: Lane<Option<Database>>,
    place: Place,
    config: StoreConfig,
    listeners: Arc<Listeners>,
    transactions: AtomicUsize,
    rebuilt: bool,
}

/// The kinds of transactions; the numbers of `TransactionType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Locks when it has to.
    Deferred = 0,
    /// Nobody else writes from now on.
    Immediate = 1,
    /// As `Immediate` in a database with WAL.
    Exclusive = 2,
}

/// A transaction with a connection of its own. What is not committed is undone when it is dropped.
#[derive(Clone)]
pub struct Transaction {
    lane: Lane<Option<Database>>,
}

/// One of the transactions that a store may have open; given back when the connection is closed.
struct Slot(Arc<Shared>);

impl Slot {
    fn take(shared: &Arc<Shared>) -> Result<Slot> {
        let slot = Slot(Arc::clone(shared));
        if shared.transactions.fetch_add(1, Ordering::AcqRel) >= MOST_TRANSACTIONS {
            return Err(RdbError::NotResponding(format!("{MOST_TRANSACTIONS} transactions are open.")));
        }
        Ok(slot)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.transactions.fetch_sub(1, Ordering::AcqRel);
    }
}

type Open = HashMap<Place, Weak<Shared>>;

/// The stores that are open in this process.
fn with_open<R>(work: impl FnOnce(&mut Open) -> R) -> R {
    static OPEN: Mutex<Option<Open>> = Mutex::new(None);
    work(OPEN.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default())
}

/// Opens the store of a place, or finds the one that is open.
pub fn open(place: Place, config: StoreConfig) -> Result<Store> {
    with_open(|open| {
        if let Some(shared) = open.get(&place).and_then(Weak::upgrade)
            && shared.lane.run(|database| database.is_some())
        {
            if shared.config != config {
                return Err(RdbError::ConfigChanged(
                    "The store is open with another configuration; close it before.".into(),
                ));
            }
            return Ok(Store(shared));
        }
        let store = Store::open(place.clone(), config)?;
        open.retain(|_, shared| shared.strong_count() > 0);
        open.insert(place, Arc::downgrade(&store.0));
        Ok(store)
    })
}

/// Closes the store of a place and removes its files. Nothing happens when there are none.
pub fn delete(place: &Place) -> Result<()> {
    let open = with_open(|open| open.remove(place));
    if let Some(shared) = open.and_then(|shared| shared.upgrade()) {
        shared.lane.run(Option::take);
    }
    match place {
        Place::Memory(_) => Ok(()),
        Place::File(path) => {
            remove_files(path).map_err(|error| RdbError::Inner(format!("Remove file failed. {error}")))
        }
    }
}

fn remove_files(path: &Path) -> io::Result<()> {
    // The database last: what is left of an interrupted removal is a database without companions.
    let names = COMPANIONS.iter().map(|end| companion(path, end)).chain([path.to_path_buf()]);
    for name in names {
        match fs::remove_file(name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn companion(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

impl Store {
    fn open(place: Place, config: StoreConfig) -> Result<Store> {
        let listeners = Arc::new(Listeners::default());
        if let Place::File(path) = &place
            && let Some(folder) = path.parent().filter(|_| !config.read_only)
        {
            fs::create_dir_all(folder).map_err(|error| RdbError::InvalidPath(format!("{error}.")))?;
        }
        let attempt = || Database::open(&place.name(), config.read_only, Arc::clone(&listeners));
        let (database, rebuilt) = match (attempt(), &place) {
            (Err(RdbError::Corrupted(why)), Place::File(path)) if config.allow_rebuild => {
                tracing::warn!("the damaged database {} is replaced by an empty one: {why}", path.display());
                remove_files(path).map_err(|error| RdbError::Inner(error.to_string()))?;
                (attempt()?, true)
            }
            (attempt, _) => (attempt?, false),
        };
        let lane = Lane::new("concord-rdb", Some(database));
        Ok(Store(Arc::new(Shared { lane, place, config, listeners, transactions: AtomicUsize::new(0), rebuilt })))
    }

    /// Where the work is done.
    pub fn lane(&self) -> &Lane<Option<Database>> {
        &self.0.lane
    }

    /// Whether a damaged database was replaced when this was opened.
    pub fn rebuilt(&self) -> bool {
        self.0.rebuilt
    }

    /// Works with the database now.
    pub fn with<R>(&self, work: impl FnOnce(&mut Database) -> Result<R>) -> Result<R> {
        with(&self.0.lane, work)
    }

    /// Gives it back, on its lane: nobody else having it, the database is closed, for its result sets too.
    pub fn release(self, database: &mut Option<Database>) {
        if Arc::strong_count(&self.0) == 1 {
            *database = None;
        }
    }

    /// The same store as long as somebody has it.
    pub fn downgrade(&self) -> WeakStore {
        WeakStore(Arc::downgrade(&self.0))
    }

    /// Tells `listener` of what it wants to hear.
    pub fn listen(&self, interest: Interest, listener: Listener) -> ListenerId {
        self.0.listeners.add(interest, listener)
    }

    /// No more of that.
    pub fn ignore(&self, id: ListenerId) {
        self.0.listeners.remove(id);
    }

    /// Tells those who listen to an event of the app.
    pub fn emit(&self, event: &str) {
        self.0.listeners.tell(&Event::Emitted(event.to_owned()));
    }

    /// Begins a transaction with a connection of its own.
    pub fn transaction(&self, kind: Kind) -> Result<Transaction> {
        if self.0.config.read_only {
            return Err(RdbError::Unsupported("The store is read-only.".into()));
        }
        if self.0.lane.run(|database| database.is_none()) {
            return Err(RdbError::Closed);
        }
        let shared = &self.0;
        let slot = Slot::take(shared)?;
        let mut database = Database::open(&shared.place.name(), false, Arc::clone(&shared.listeners))?;
        database.hold(Box::new(slot));
        database.connection().execute_batch(match kind {
            Kind::Deferred => "BEGIN DEFERRED",
            Kind::Immediate => "BEGIN IMMEDIATE",
            Kind::Exclusive => "BEGIN EXCLUSIVE",
        })?;
        Ok(Transaction { lane: Lane::new("concord-rdb-tx", Some(database)) })
    }

    /// Copies the database into a file, which is whole or not there.
    pub fn backup(database: &mut Database, target: &Path) -> Result<()> {
        let draft = companion(target, ".draft");
        remove_files(&draft).map_err(|error| RdbError::Inner(error.to_string()))?;
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(|error| RdbError::InvalidPath(format!("{error}.")))?;
        }
        let copied = Connection::open(&draft).map_err(RdbError::from).and_then(|mut copy| database.copy_to(&mut copy));
        let placed = copied.and_then(|()| {
            // Leftovers beside the target belong to what it was before.
            COMPANIONS.iter().try_for_each(|end| match fs::remove_file(companion(target, end)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(RdbError::Inner(error.to_string())),
                _ => Ok(()),
            })?;
            fs::rename(&draft, target).map_err(|error| RdbError::Inner(error.to_string()))
        });
        if placed.is_err() {
            let _ = remove_files(&draft); // The first error is the one to tell.
        }
        placed
    }

    /// Makes the database what a file of [`Self::backup`] has.
    pub fn restore(database: &mut Database, source: &Path) -> Result<()> {
        if !source.is_file() {
            return Err(RdbError::InvalidPath("There is no such backup.".into()));
        }
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let source = Connection::open_with_flags(source, flags)?;
        source.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        database.copy_from(&source)
    }
}

impl WeakStore {
    /// The store, if it is still there.
    pub fn upgrade(&self) -> Option<Store> {
        self.0.upgrade().map(Store)
    }
}

impl Transaction {
    /// Where the work is done.
    pub fn lane(&self) -> &Lane<Option<Database>> {
        &self.lane
    }

    /// Ends the transaction on this connection, and closes it; what was done counts when `commit`.
    pub fn end(slot: &mut Option<Database>, commit: bool) -> Result<()> {
        let Some(database) = slot else { return Err(RdbError::Closed) };
        if commit {
            // A failure leaves the transaction open: the app may try again or roll back.
            database.execute_only("COMMIT", &[])?;
        } else if !database.connection().is_autocommit() {
            database.execute_only("ROLLBACK", &[])?;
        }
        *slot = None;
        Ok(())
    }
}

/// Works with a database now.
pub(super) fn with<R>(lane: &Lane<Option<Database>>, work: impl FnOnce(&mut Database) -> Result<R>) -> Result<R> {
    lane.run(|database| database.as_mut().ok_or(RdbError::Closed).and_then(work))
}
