//! Relational databases without an engine: what `@ohos.data.relationalStore` and the native `libnative_rdb_ndk.z.so` have in common.
//!
//! A [`Store`] is one SQLite connection behind a [`Lane`], on which work is done in order; a [`Transaction`] of it has a connection of its
//! own, as on a device. Predicates become SQL here, results are read through a [`Cursor`] that holds a window of the rows.

mod cursor;
mod database;
mod error;
mod events;
mod lane;
mod predicates;
mod statement;
mod store;
mod value;

#[cfg(test)]
mod tests;

pub use cursor::{Cursor, Row};
pub use database::{Conflict, Database, Returned, sql_of_insert, sql_of_update};
pub use error::RdbError;
pub use events::{Change, Event, Interest, Listener, ListenerId, SqlTimes};
pub use lane::Lane;
pub use predicates::{Operator, Predicates};
pub use store::{Kind, Place, Store, StoreConfig, Transaction, WeakStore, delete, open};
pub use value::{Asset, ColumnType, Value};

/// Results of this module.
pub type Result<T> = std::result::Result<T, RdbError>;
