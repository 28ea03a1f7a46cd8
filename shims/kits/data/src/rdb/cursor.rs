//! Rows of a query.

use super::{ColumnType, RdbError, Result, Value};

/// Values of a row.
pub type Row = Box<[Value]>;

/// How many bytes of rows a cursor holds at a time. For rows outside, the query is run again.
pub(super) const WINDOW: usize = 8 << 20;

/// The rows of a query, of which a window is held.
#[derive(Debug)]
pub struct Cursor {
    pub(super) sql: String,
    pub(super) args: Vec<Value>,
    pub(super) names: Vec<String>,
    /// What BLOBs of each column stand for.
    pub(super) blobs: Vec<ColumnType>,
    /// Number of rows, once the last one has been seen.
    pub(super) count: Option<usize>,
    pub(super) start: usize,
    pub(super) rows: Vec<Row>,
    pub(super) changed: i64,
}

impl Cursor {
    /// Names of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Number of rows; none for a cursor that has not come to the last one.
    pub fn count(&self) -> Option<usize> {
        self.count
    }

    /// Rows that the statement changed, for one that did.
    pub fn changed(&self) -> i64 {
        self.changed
    }

    /// Whether the row is in the window.
    pub fn holds(&self, row: usize) -> bool {
        row.checked_sub(self.start).is_some_and(|at| at < self.rows.len())
    }

    /// A row of the window.
    pub fn row(&self, row: usize) -> Result<&[Value]> {
        let held = row.checked_sub(self.start).and_then(|at| self.rows.get(at));
        held.map(|row| &**row).ok_or(RdbError::RowOutOfRange)
    }

    /// A value of the window.
    pub fn value(&self, row: usize, column: usize) -> Result<&Value> {
        self.row(row)?.get(column).ok_or(RdbError::ColumnOutOfRange)
    }

    /// The column of this name, whatever the case of its letters; a qualified name means the column.
    pub fn column(&self, name: &str) -> Option<usize> {
        let find = |wanted: &str| self.names.iter().position(|known| known.eq_ignore_ascii_case(wanted));
        find(name).or_else(|| name.rsplit_once('.').and_then(|(_, name)| find(name)))
    }
}
