//! What a store tells those who listen: changes of rows, statements and their times, errors.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Rows of a table that a committed change touched, by row id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// Name of the table.
    pub table: String,
    /// New rows.
    pub inserted: Vec<i64>,
    /// Changed rows.
    pub updated: Vec<i64>,
    /// Rows that are gone.
    pub deleted: Vec<i64>,
}

/// How long a piece of work took.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SqlTimes {
    /// The statements.
    pub sql: Vec<String>,
    /// From the call to the end.
    pub total: Duration,
    /// For the connection.
    pub wait: Duration,
    /// To translate and bind.
    pub prepare: Duration,
    /// To run.
    pub execute: Duration,
}

/// News of a store.
#[derive(Debug, Clone)]
pub enum Event {
    /// Rows have changed, and the change is committed.
    Changed(Vec<Change>),
    /// A statement has run.
    Executed(SqlTimes),
    /// SQLite refused.
    Failed {
        /// Primary code of SQLite.
        code: i32,
        /// What it says.
        message: String,
        /// The statement.
        sql: String,
    },
    /// `emit` was called.
    Emitted(String),
}

/// What a listener wants to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interest {
    /// [`Event::Changed`]
    Changes = 0,
    /// [`Event::Executed`]
    Statements = 1,
    /// [`Event::Failed`]
    Errors = 2,
    /// [`Event::Emitted`]
    Emitted = 3,
}

impl Event {
    fn interest(&self) -> Interest {
        match self {
            Event::Changed(_) => Interest::Changes,
            Event::Executed(_) => Interest::Statements,
            Event::Failed { .. } => Interest::Errors,
            Event::Emitted(_) => Interest::Emitted,
        }
    }
}

/// Hears of events, on whatever thread they happen.
pub type Listener = Arc<dyn Fn(&Event) + Send + Sync>;

/// Names a listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListenerId(u64);

/// The listeners of a store.
#[derive(Default)]
pub(super) struct Listeners {
    all: Mutex<Vec<(ListenerId, Interest, Listener)>>,
    /// How many there are of each interest: asked before every statement.
    counts: [AtomicUsize; 4],
    next: AtomicU64,
}

impl Listeners {
    pub fn add(&self, interest: Interest, listener: Listener) -> ListenerId {
        let id = ListenerId(self.next.fetch_add(1, Ordering::Relaxed));
        self.all.lock().unwrap_or_else(PoisonError::into_inner).push((id, interest, listener));
        self.count(interest).fetch_add(1, Ordering::Release);
        id
    }

    pub fn remove(&self, id: ListenerId) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = all.iter().position(|(known, _, _)| *known == id) {
            let (_, interest, _) = all.swap_remove(at);
            self.count(interest).fetch_sub(1, Ordering::Release);
        }
    }

    fn count(&self, interest: Interest) -> &AtomicUsize {
        let [changes, statements, errors, emitted] = &self.counts;
        match interest {
            Interest::Changes => changes,
            Interest::Statements => statements,
            Interest::Errors => errors,
            Interest::Emitted => emitted,
        }
    }

    pub fn wants(&self, interest: Interest) -> bool {
        self.count(interest).load(Ordering::Acquire) > 0
    }

    pub fn tell(&self, event: &Event) {
        let interest = event.interest();
        if !self.wants(interest) {
            return;
        }
        // Told without the lock, so that a listener may listen or stop.
        let heard: Vec<Listener> = {
            let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
            all.iter()
                .filter(|(_, wanted, _)| *wanted == interest)
                .map(|(_, _, listener)| Arc::clone(listener))
                .collect()
        };
        heard.iter().for_each(|listener| listener(event));
    }
}
