//! What goes wrong, with the platform's codes (errorcode-data-rdb).

use rusqlite::ffi::ErrorCode;

/// An error of a database or of its use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RdbError {
    /// Anything that has no code of its own.
    #[error("Inner error. {0}")]
    Inner(String),
    /// Arguments that only the database can judge.
    #[error("Invalid args. {0}")]
    InvalidArgs(String),
    /// The name or folder of a database cannot be used.
    #[error("Failed to open or delete the database by an invalid database path. {0}")]
    InvalidPath(String),
    /// The file is not a database, or damaged.
    #[error("Failed to open the database because it is corrupted. {0}")]
    Corrupted(String),
    /// There is no such row.
    #[error("ResultSet is empty or pointer index is out of bounds.")]
    RowOutOfRange,
    /// There is no such column.
    #[error("Resultset is empty or column index is out of bounds.")]
    ColumnOutOfRange,
    /// Used after `close`, or after the database was deleted.
    #[error("The RdbStore or ResultSet is already closed.")]
    Closed,
    /// As many transactions are open as a store allows.
    #[error("The database does not respond. {0}")]
    NotResponding(String),
    /// A database is attached under this name.
    #[error("The database alias already exists.")]
    AliasExists,
    /// The store is open with another configuration.
    #[error("StoreConfig is changed. {0}")]
    ConfigChanged(String),
    /// Nothing fits the condition.
    #[error("No data meets the condition.")]
    NoData,
    /// A query was expected.
    #[error("The SQL must be a query statement.")]
    NotQuery,
    /// A statement that this call does not run.
    #[error("SQLite: Generic error. Executed SQL statement is not supported. {0}")]
    UnsupportedSql(String),
    /// A value of another type was asked for.
    #[error("Type conversion failed. {0}")]
    Conversion(String),
    /// This machine cannot do it.
    #[error("Capability not supported. {0}")]
    Unsupported(String),
    /// SQLite refused.
    #[error("SQLite: {} {detail}", sqlite_text(*code))]
    Sqlite {
        /// Primary result code of SQLite.
        code: i32,
        /// What SQLite says.
        detail: String,
    },
}

/// Primary code of SQLite, code of the platform, text.
const SQLITE_CODES: &[(i32, i64, &str)] = &[
    (1, 14_800_021, "Generic error."),
    (3, 14_800_023, "Access permission denied."),
    (4, 14_800_022, "Callback routine requested an abort."),
    (5, 14_800_024, "The database file is locked."),
    (6, 14_800_025, "A table in the database is locked."),
    (7, 14_800_026, "The database is out of memory."),
    (8, 14_800_027, "Attempt to write a readonly database."),
    (10, 14_800_028, "Some kind of disk I/O error occurred."),
    (11, 14_800_011, "Failed to open the database because it is corrupted."),
    (13, 14_800_029, "The database is full."),
    (14, 14_800_030, "Unable to open the database file."),
    (18, 14_800_031, "TEXT or BLOB exceeds size limit."),
    (19, 14_800_032, "Abort due to constraint violation."),
    (20, 14_800_033, "Data type mismatch."),
    (21, 14_800_034, "Library used incorrectly."),
    (26, 14_800_011, "Failed to open the database because it is corrupted."),
];

fn sqlite_row(code: i32) -> Option<&'static (i32, i64, &'static str)> {
    SQLITE_CODES.iter().find(|(known, _, _)| *known == code)
}

fn sqlite_text(code: i32) -> &'static str {
    sqlite_row(code).map_or("Unexpected result.", |(_, _, text)| text)
}

impl RdbError {
    /// Code of the platform.
    pub fn code(&self) -> i64 {
        match self {
            RdbError::Inner(_) => 14_800_000,
            RdbError::InvalidArgs(_) => 14_800_001,
            RdbError::InvalidPath(_) => 14_800_010,
            RdbError::Corrupted(_) => 14_800_011,
            RdbError::RowOutOfRange => 14_800_012,
            RdbError::ColumnOutOfRange => 14_800_013,
            RdbError::Closed => 14_800_014,
            RdbError::NotResponding(_) => 14_800_015,
            RdbError::AliasExists => 14_800_016,
            RdbError::ConfigChanged(_) => 14_800_017,
            RdbError::NoData => 14_800_018,
            RdbError::NotQuery => 14_800_019,
            RdbError::UnsupportedSql(_) => 14_800_021,
            RdbError::Conversion(_) => 14_800_041,
            RdbError::Unsupported(_) => 801,
            RdbError::Sqlite { code, .. } => sqlite_row(*code).map_or(14_800_000, |(_, code, _)| *code),
        }
    }

    /// Primary code of SQLite, where it was SQLite that refused.
    pub fn sqlite_code(&self) -> Option<i32> {
        match self {
            RdbError::Sqlite { code, .. } => Some(*code),
            _ => None,
        }
    }
}

impl From<rusqlite::Error> for RdbError {
    fn from(error: rusqlite::Error) -> RdbError {
        let (code, detail) = match &error {
            rusqlite::Error::SqliteFailure(failure, text) => {
                (failure.extended_code & 0xff, text.clone().unwrap_or_else(|| failure.to_string()))
            }
            rusqlite::Error::SqlInputError { error: failure, msg, .. } => (failure.extended_code & 0xff, msg.clone()),
            // Names and texts with a NUL in them.
            rusqlite::Error::NulError(_) => (1, "the SQL has a NUL in it".to_owned()),
            rusqlite::Error::InvalidParameterCount(given, wanted) => {
                return RdbError::Inner(format!("The SQL has {wanted} parameters, {given} arguments are given."));
            }
            rusqlite::Error::InvalidQuery => return RdbError::NotQuery,
            other => return RdbError::Inner(other.to_string()),
        };
        // `sqlite_error_code` knows more results than the platform has codes for; the primary code decides.
        if matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)) {
            return RdbError::Corrupted(detail);
        }
        RdbError::Sqlite { code, detail }
    }
}
