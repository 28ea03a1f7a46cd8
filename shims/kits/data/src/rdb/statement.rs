//! Statements: their arguments, their rows, what kind they are.

use rusqlite::CachedStatement;

use super::cursor::WINDOW;
use super::{ColumnType, Cursor, Result, Row, Value};

/// Missing arguments are NULL, as on a device.
pub(super) fn bind(statement: &mut CachedStatement<'_>, args: &[&Value]) -> Result<()> {
    let wanted = statement.parameter_count();
    if args.len() > wanted {
        return Err(rusqlite::Error::InvalidParameterCount(args.len(), wanted).into());
    }
    for index in 0..wanted {
        match args.get(index) {
            Some(value) => statement.raw_bind_parameter(index + 1, *value)?,
            None => statement.raw_bind_parameter(index + 1, Value::Null)?,
        }
    }
    Ok(())
}

/// Runs a statement to its end; how many rows it changed.
pub(super) fn change(statement: &mut CachedStatement<'_>) -> Result<i64> {
    if statement.column_count() == 0 {
        return Ok(statement.raw_execute()? as i64);
    }
    let mut rows = statement.raw_query();
    let mut count = 0;
    while rows.next()?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// Whether a statement is a PRAGMA, which may change something and be a query as well.
pub(super) fn is_pragma(sql: &str) -> bool {
    first_word(sql) == "PRAGMA"
}

/// The word that a statement begins with, in capitals; comments before it are left out.
pub(super) fn first_word(sql: &str) -> String {
    let mut rest = sql.trim_start();
    loop {
        let after = if let Some(line) = rest.strip_prefix("--") {
            line.split_once('\n').map(|(_, after)| after)
        } else if let Some(block) = rest.strip_prefix("/*") {
            block.split_once("*/").map(|(_, after)| after)
        } else {
            break;
        };
        rest = after.unwrap_or_default().trim_start();
    }
    rest.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_uppercase()
}

/// A cursor of the statement's columns, without rows.
pub(super) fn empty_cursor(statement: &CachedStatement<'_>, sql: String, args: Vec<Value>) -> Cursor {
    let columns = statement.columns();
    let (names, blobs) =
        columns.map(|column| (column.name().to_owned(), ColumnType::of_blobs(column.decl_type()))).unzip();
    Cursor { sql, args, names, blobs, count: None, start: 0, rows: Vec::new(), changed: 0 }
}

/// Goes through the rows: `take` gets the position and a way to read the row, and says whether to go on.
pub(super) fn step_all(
    statement: &mut CachedStatement<'_>,
    blobs: &[ColumnType],
    mut take: impl FnMut(usize, &mut dyn FnMut() -> Row) -> bool,
) -> Result<Option<usize>> {
    let mut rows = statement.raw_query();
    let mut at = 0;
    while let Some(row) = rows.next()? {
        let mut read = || -> Row {
            let value = |(column, blobs): (usize, &ColumnType)| {
                row.get_ref(column).map_or(Value::Null, |value| Value::read(value, *blobs))
            };
            blobs.iter().enumerate().map(value).collect()
        };
        if !take(at, &mut read) {
            return Ok(None);
        }
        at += 1;
    }
    Ok(Some(at))
}

/// Fills the window from `start` on.
pub(super) fn fill(
    statement: &mut CachedStatement<'_>,
    cursor: &mut Cursor,
    start: usize,
    counted: bool,
) -> Result<()> {
    let (mut weight, mut full) = (0, false);
    let mut window = Vec::new();
    let count = step_all(statement, &cursor.blobs, |at, read| {
        if at >= start && !full {
            let row = read();
            weight += row.iter().map(Value::weight).sum::<usize>();
            // A row that is larger than the window is a window of its own.
            full = weight > WINDOW && !window.is_empty();
            if !full {
                window.push(row);
            }
        }
        counted || !full
    })?;
    cursor.start = start;
    cursor.rows = window;
    cursor.count = count.or(cursor.count);
    Ok(())
}
