//! Statements: their arguments, their rows, what kind they are.

use rusqlite::{CachedStatement, Connection};

use super::cursor::WINDOW;
use super::{ColumnType, Cursor, Result, Row, Value};

/// Translates a statement, or finds it translated. Of several only the first one counts, as on a device.
pub(super) fn prepare<'a>(connection: &'a Connection, sql: &str) -> Result<CachedStatement<'a>> {
    // Cut off before SQLite sees it: `rusqlite` looks at what follows by recursion.
    let first = first_statement(sql);
    let rest = sql.get(first.len()..).unwrap_or_default().trim_matches(|c: char| c.is_whitespace() || c == ';');
    if !rest.is_empty() {
        tracing::warn!("only the first of several statements is run: {first}");
    }
    Ok(connection.prepare_cached(first)?)
}

/// The text up to the `;` that ends the first statement. The body of a trigger has more of them: it ends with `; END;`.
pub(super) fn first_statement(sql: &str) -> &str {
    let bytes = sql.as_bytes();
    let at = |index: usize| bytes.get(index).copied();
    let until = |from: usize, end: &[u8]| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.windows(end.len()).position(|window| window == end).map_or(bytes.len(), |found| from + found + end.len())
    };
    let mut words: Vec<&str> = Vec::new();
    let (mut index, mut trigger) = (0, None);
    while let Some(byte) = at(index) {
        index = match byte {
            b'\'' | b'"' | b'`' => until(index + 1, &[byte]),
            b'[' => until(index + 1, b"]"),
            b'-' if at(index + 1) == Some(b'-') => until(index + 2, b"\n"),
            b'/' if at(index + 1) == Some(b'*') => until(index + 2, b"*/"),
            b';' => {
                let whole =
                    trigger != Some(true) || matches!(words.as_slice(), [word] if word.eq_ignore_ascii_case("END"));
                if whole {
                    return sql.get(..=index).unwrap_or(sql);
                }
                words.clear();
                index + 1
            }
            _ if byte.is_ascii_alphabetic() => {
                let length =
                    bytes.get(index..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                // Three words tell a trigger, one tells its end.
                if words.len() < 3 {
                    words.extend(sql.get(index..index + length));
                    trigger = trigger.or_else(|| is_trigger(&words));
                }
                index + length
            }
            _ => index + 1,
        };
    }
    sql
}

/// Whether the words at the start of a statement create a trigger; none as long as they do not tell.
fn is_trigger(words: &[&str]) -> Option<bool> {
    let is = |word: &str, name: &str| word.eq_ignore_ascii_case(name);
    match words {
        [create] | [create, ..] if !is(create, "CREATE") => Some(false),
        [_, second, ..] if is(second, "TRIGGER") => Some(true),
        [_, second] => (!is(second, "TEMP") && !is(second, "TEMPORARY")).then_some(false),
        [_, _, third] => Some(is(third, "TRIGGER")),
        _ => None,
    }
}

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
