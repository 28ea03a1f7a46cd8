//! One connection, and what is done with it.

use std::any::Any;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::hooks::{Action, AuthAction, AuthContext, Authorization};
use rusqlite::{CachedStatement, Connection, OpenFlags};

use super::events::Listeners;
use super::statement::{bind, change, empty_cursor, fill, first_word, is_pragma, prepare, step_all};
use super::{Change, ColumnType, Cursor, Event, Interest, Predicates, RdbError, Result, SqlTimes, Value};

/// How long a statement waits for the lock of another connection.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);
/// Statements that are kept translated.
const STATEMENTS: usize = 64;
/// Most rows that a statement which changes rows gives back.
pub(super) const MOST_RETURNED: usize = 32_766;

/// What to do with a row that breaks a constraint; the numbers of `ConflictResolution`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Conflict {
    /// Nothing is said: as ABORT.
    #[default]
    None = 0,
    /// Roll the transaction back.
    Rollback = 1,
    /// Undo the statement.
    Abort = 2,
    /// Keep what the statement has done so far.
    Fail = 3,
    /// Leave the row out.
    Ignore = 4,
    /// The row takes the place of the others.
    Replace = 5,
}

impl Conflict {
    /// By its number.
    pub fn from_number(number: i64) -> Option<Conflict> {
        use Conflict::{Abort, Fail, Ignore, None as Nothing, Replace, Rollback};
        [Nothing, Rollback, Abort, Fail, Ignore, Replace].into_iter().find(|known| *known as i64 == number)
    }

    fn sql(self) -> &'static str {
        match self {
            Conflict::None => "",
            Conflict::Rollback => " OR ROLLBACK",
            Conflict::Abort => " OR ABORT",
            Conflict::Fail => " OR FAIL",
            Conflict::Ignore => " OR IGNORE",
            Conflict::Replace => " OR REPLACE",
        }
    }
}

/// Which columns of the changed rows are wanted back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Columns.
    pub columns: Vec<String>,
    /// At most so many rows.
    pub most: usize,
}

/// The statement that inserts one row.
pub fn sql_of_insert(table: &str, fields: &[String], conflict: Conflict) -> String {
    let marks = vec!["?"; fields.len()].join(",");
    format!("INSERT{} INTO {table}({}) VALUES ({marks})", conflict.sql(), fields.join(","))
}

/// The statement that changes the rows of `predicates`.
pub fn sql_of_update(predicates: &Predicates, fields: &[String], conflict: Conflict) -> String {
    let assignments: Vec<String> = fields.iter().map(|field| format!("{field}=?")).collect();
    let condition = condition(predicates);
    format!("UPDATE{} {} SET {}{condition}", conflict.sql(), predicates.table(), assignments.join(","))
}

fn condition(predicates: &Predicates) -> String {
    if predicates.has_condition() { format!(" WHERE {}", predicates.condition()) } else { String::new() }
}

/// Rows that statements of the open transaction have touched.
type Touched = Arc<Mutex<Vec<Change>>>;

/// A connection.
pub struct Database {
    connection: Connection,
    listeners: Arc<Listeners>,
    touched: Touched,
    /// Open `begin`s.
    depth: usize,
    read_only: bool,
    attached: Vec<String>,
    /// Attaching is for [`Self::attach`] only: names of files in SQL are not those of the sandbox.
    may_attach: Arc<AtomicBool>,
    /// What lives as long as the connection.
    held: Option<Box<dyn Any + Send>>,
}

impl Drop for Database {
    fn drop(&mut self) {
        // Closing rolls an open transaction back, when rusqlite has freed the hook that SQLite calls then.
        if let Err(error) = self.connection.rollback_hook(None::<fn()>) {
            tracing::debug!("a hook stays: {error}");
        }
    }
}

impl Database {
    /// Opens a file, or what SQLite takes for one (`file:/name?vfs=memdb`).
    pub(super) fn open(name: &Path, read_only: bool, listeners: Arc<Listeners>) -> Result<Database> {
        let access = if read_only {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        } else {
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
        };
        let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let mut connection = Connection::open_with_flags(name, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        if !read_only {
            // WAL lets others read while one writes; FULL has every commit on the disk when it returns.
            connection.query_row("PRAGMA journal_mode=WAL", [], |_| Ok(()))?;
            connection.execute_batch("PRAGMA synchronous=FULL")?;
        }
        // As on a device: an app that wants foreign keys says so.
        connection.execute_batch("PRAGMA foreign_keys=OFF")?;
        // The first look at the file: one that is not a database is noticed here.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        let touched = Touched::default();
        watch(&mut connection, &touched, &listeners)?;
        let may_attach = Arc::new(AtomicBool::new(false));
        let attaching = Arc::clone(&may_attach);
        connection.authorizer(Some(move |context: AuthContext<'_>| match context.action {
            // VACUUM attaches a file without a name.
            AuthAction::Attach { filename } if !filename.is_empty() && !attaching.load(Ordering::Acquire) => {
                Authorization::Deny
            }
            _ => Authorization::Allow,
        }))?;
        Ok(Database {
            connection,
            listeners,
            touched,
            depth: 0,
            read_only,
            attached: Vec::new(),
            may_attach,
            held: None,
        })
    }

    /// The connection itself, for a backup.
    pub(super) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Keeps something for as long as the connection.
    pub(super) fn hold(&mut self, something: Box<dyn Any + Send>) {
        self.held = Some(something);
    }

    fn writable(&self) -> Result<()> {
        if self.read_only { Err(RdbError::Unsupported("The store is read-only.".into())) } else { Ok(()) }
    }

    /// Runs a statement and tells the listeners.
    fn run<R>(
        &mut self,
        sql: &str,
        args: &[&Value],
        work: impl FnOnce(&mut CachedStatement<'_>, &Connection) -> Result<R>,
    ) -> Result<R> {
        let begin = Instant::now();
        let mut prepared = begin;
        let result = prepare(&self.connection, sql).and_then(|mut statement| {
            bind(&mut statement, args)?;
            prepared = Instant::now();
            work(&mut statement, &self.connection)
        });
        if let Err(error) = &result
            && let Some(code) = error.sqlite_code()
        {
            self.listeners.tell(&Event::Failed { code, message: error.to_string(), sql: sql.to_owned() });
        }
        if self.listeners.wants(Interest::Statements) {
            let (prepare, total) = (prepared.duration_since(begin), begin.elapsed());
            let execute = total.saturating_sub(prepare);
            let times = SqlTimes { sql: vec![sql.to_owned()], total, wait: Duration::ZERO, prepare, execute };
            self.listeners.tell(&Event::Executed(times));
        }
        self.tell_changes();
        result
    }

    /// What has been committed is news.
    fn tell_changes(&self) {
        if !self.connection.is_autocommit() {
            return;
        }
        let changes = std::mem::take(&mut *self.touched.lock().unwrap_or_else(PoisonError::into_inner));
        if !changes.is_empty() {
            self.listeners.tell(&Event::Changed(changes));
        }
    }

    /// Inserts a row; its row id, or -1 when it was left out.
    pub fn insert(&mut self, table: &str, fields: &[String], values: &[Value], conflict: Conflict) -> Result<i64> {
        self.insert_with(&sql_of_insert(table, fields, conflict), values)
    }

    /// The same with the statement that [`sql_of_insert`] makes.
    pub fn insert_with(&mut self, sql: &str, values: &[Value]) -> Result<i64> {
        self.writable()?;
        let args: Vec<&Value> = values.iter().collect();
        self.run(sql, &args, |statement, connection| {
            let changed = statement.raw_execute()?;
            Ok(if changed > 0 { connection.last_insert_rowid() } else { -1 })
        })
    }

    /// Inserts many rows, all or none where `conflict` does not say otherwise; `values` are those of one row after the other.
    pub fn insert_many(&mut self, table: &str, fields: &[String], values: &[Value], conflict: Conflict) -> Result<i64> {
        self.writable()?;
        if fields.is_empty() {
            return Ok(0);
        }
        let sql = sql_of_insert(table, fields, conflict);
        self.connection.execute_batch("SAVEPOINT concord_batch")?;
        let mut inserted = 0;
        let mut failed = None;
        let begin = Instant::now();
        let mut prepared = begin;
        match prepare(&self.connection, &sql) {
            Err(error) => failed = Some(error),
            Ok(mut statement) => {
                prepared = Instant::now();
                for row in values.chunks(fields.len()) {
                    let args: Vec<&Value> = row.iter().collect();
                    match bind(&mut statement, &args).and_then(|()| Ok(statement.raw_execute()?)) {
                        Ok(changed) => inserted += changed as i64,
                        Err(error) => {
                            failed = Some(error);
                            break;
                        }
                    }
                }
            }
        }
        self.end_batch(failed.is_some() && conflict != Conflict::Fail);
        let prepare = prepared.duration_since(begin);
        if self.listeners.wants(Interest::Statements) {
            let total = begin.elapsed();
            let execute = total.saturating_sub(prepare);
            let times = SqlTimes { sql: vec![sql.clone()], total, wait: Duration::ZERO, prepare, execute };
            self.listeners.tell(&Event::Executed(times));
        }
        if let Some(code) = failed.as_ref().and_then(RdbError::sqlite_code) {
            let message = failed.as_ref().map(ToString::to_string).unwrap_or_default();
            self.listeners.tell(&Event::Failed { code, message, sql });
        }
        self.tell_changes();
        failed.map_or(Ok(inserted), Err)
    }

    fn end_batch(&mut self, undo: bool) {
        // A conflict may have rolled the whole transaction back, the savepoint with it.
        if self.connection.is_autocommit() {
            self.depth = 0;
            return;
        }
        let undone = if undo { self.connection.execute_batch("ROLLBACK TO concord_batch") } else { Ok(()) };
        let released = self.connection.execute_batch("RELEASE concord_batch");
        if let Err(error) = undone.and(released) {
            tracing::warn!("a batch could not be ended: {error}");
        }
    }

    /// Changes rows; how many.
    pub fn update(
        &mut self,
        fields: &[String],
        values: &[Value],
        predicates: &Predicates,
        conflict: Conflict,
    ) -> Result<i64> {
        self.writable()?;
        let args: Vec<&Value> = values.iter().chain(predicates.values()).collect();
        let sql = sql_of_update(predicates, fields, conflict);
        self.run(&sql, &args, |statement, _| Ok(statement.raw_execute()? as i64))
    }

    /// Removes rows; how many.
    pub fn delete(&mut self, predicates: &Predicates) -> Result<i64> {
        self.writable()?;
        let args: Vec<&Value> = predicates.values().collect();
        let sql = format!("DELETE FROM {}{}", predicates.table(), self.condition_of_delete(predicates));
        self.run(&sql, &args, |statement, _| Ok(statement.raw_execute()? as i64))
    }

    fn condition_of_delete(&self, predicates: &Predicates) -> String {
        // Without a condition SQLite drops all rows at once and tells nobody which they were.
        let all = !predicates.has_condition() && self.listeners.wants(Interest::Changes);
        if all { " WHERE 1".to_owned() } else { condition(predicates) }
    }

    /// Inserts rows and gives columns of them back.
    pub fn insert_returning(
        &mut self,
        table: &str,
        fields: &[String],
        values: &[Value],
        conflict: Conflict,
        returned: &Returned,
    ) -> Result<Cursor> {
        let row = format!("({})", vec!["?"; fields.len()].join(","));
        let rows = vec![row; values.len() / fields.len().max(1)].join(",");
        let sql = format!("INSERT{} INTO {table}({}) VALUES {rows}", conflict.sql(), fields.join(","));
        self.returning(&sql, values.iter().collect(), returned)
    }

    /// Changes rows and gives columns of them back.
    pub fn update_returning(
        &mut self,
        fields: &[String],
        values: &[Value],
        predicates: &Predicates,
        conflict: Conflict,
        returned: &Returned,
    ) -> Result<Cursor> {
        let args = values.iter().chain(predicates.values()).collect();
        self.returning(&sql_of_update(predicates, fields, conflict), args, returned)
    }

    /// Removes rows and gives columns of them back.
    pub fn delete_returning(&mut self, predicates: &Predicates, returned: &Returned) -> Result<Cursor> {
        let sql = format!("DELETE FROM {}{}", predicates.table(), self.condition_of_delete(predicates));
        self.returning(&sql, predicates.values().collect(), returned)
    }

    fn returning(&mut self, sql: &str, args: Vec<&Value>, returned: &Returned) -> Result<Cursor> {
        self.writable()?;
        let sql = format!("{sql} RETURNING {}", returned.columns.join(","));
        let most = returned.most.min(MOST_RETURNED);
        self.run(&sql, &args, |statement, connection| {
            let before = connection.total_changes();
            let mut cursor = empty_cursor(statement, String::new(), Vec::new());
            step_all(statement, &cursor.blobs.clone(), |at, row| {
                if at < most {
                    cursor.rows.push(row());
                }
                true
            })?;
            cursor.count = Some(cursor.rows.len());
            cursor.changed = connection.total_changes().saturating_sub(before) as i64;
            Ok(cursor)
        })
    }

    /// Runs a query. `counted` goes through all rows at once, so that their number is known.
    pub fn query(&mut self, sql: String, args: Vec<Value>, counted: bool) -> Result<Cursor> {
        let borrowed: Vec<&Value> = args.iter().collect();
        let mut cursor = self.run(&sql, &borrowed, |statement, _| {
            let is_query = statement.column_count() > 0 && (statement.readonly() || is_pragma(&sql));
            if !is_query {
                return Err(RdbError::NotQuery);
            }
            let mut cursor = empty_cursor(statement, sql.clone(), Vec::new());
            fill(statement, &mut cursor, 0, counted)?;
            Ok(cursor)
        })?;
        cursor.args = args;
        Ok(cursor)
    }

    /// Moves the window of a cursor so that it holds `row`, if there is such a row.
    pub fn fetch(&mut self, cursor: &mut Cursor, row: usize) -> Result<()> {
        let known_end = cursor.count.is_some_and(|count| row >= count);
        if cursor.holds(row) || known_end || cursor.sql.is_empty() {
            return Ok(());
        }
        let (sql, args) = (cursor.sql.clone(), std::mem::take(&mut cursor.args));
        let borrowed: Vec<&Value> = args.iter().collect();
        let result = self.run(&sql, &borrowed, |statement, _| fill(statement, cursor, row, false));
        cursor.args = args;
        result
    }

    /// Runs any statement but a query; what comes of it: the row id of an INSERT, the number of rows of other changes, the value of a
    /// PRAGMA.
    pub fn execute(&mut self, sql: &str, args: &[Value]) -> Result<Value> {
        let args: Vec<&Value> = args.iter().collect();
        let kind = first_word(sql);
        let kind = kind.get(..3).unwrap_or_default();
        if matches!(kind, "SEL" | "ATT" | "DET" | "BEG" | "COM" | "END" | "ROL" | "SAV") {
            return Err(RdbError::UnsupportedSql(format!("{kind}… has calls of its own.")));
        }
        if kind != "PRA" {
            self.writable()?;
        }
        self.run(sql, &args, |statement, connection| match kind {
            "PRA" => {
                let columns = statement.column_count();
                if columns > 1 {
                    return Err(RdbError::UnsupportedSql("A PRAGMA with several columns is for querySql.".into()));
                }
                let mut value = Value::Null;
                step_all(statement, &[ColumnType::Blob], |at, row| {
                    if at == 0 {
                        value = row().into_vec().pop().unwrap_or(Value::Null);
                    }
                    true
                })?;
                Ok(value)
            }
            "INS" => {
                let changed = change(statement)?;
                Ok(Value::Integer(if changed > 0 { connection.last_insert_rowid() } else { -1 }))
            }
            "UPD" | "DEL" | "REP" => Ok(Value::Integer(change(statement)?)),
            _ => {
                change(statement)?;
                Ok(Value::Null)
            }
        })
    }

    /// Runs any statement and forgets what comes of it.
    pub fn execute_only(&mut self, sql: &str, args: &[Value]) -> Result<()> {
        if first_word(sql) != "PRAGMA" {
            self.writable()?;
        }
        let args: Vec<&Value> = args.iter().collect();
        self.run(sql, &args, |statement, _| change(statement).map(drop))
    }

    /// Begins a transaction, or one within the one that is open.
    pub fn begin(&mut self) -> Result<()> {
        self.writable()?;
        let sql =
            if self.depth == 0 { "BEGIN IMMEDIATE".to_owned() } else { format!("SAVEPOINT concord_{}", self.depth) };
        self.run(&sql, &[], |statement, _| change(statement))?;
        self.depth += 1;
        Ok(())
    }

    /// Commits the innermost transaction; nothing when there is none.
    pub fn commit(&mut self) -> Result<()> {
        self.writable()?;
        let Some(depth) = self.depth.checked_sub(1) else { return Ok(()) };
        let sql = if depth == 0 { "COMMIT".to_owned() } else { format!("RELEASE concord_{depth}") };
        self.run(&sql, &[], |statement, _| change(statement))?;
        self.depth = depth;
        Ok(())
    }

    /// Undoes the innermost transaction.
    pub fn roll_back(&mut self) -> Result<()> {
        self.writable()?;
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(RdbError::Inner("No transaction is open.".into()));
        };
        self.depth = depth;
        if self.connection.is_autocommit() {
            return Ok(()); // A conflict has rolled it back already.
        }
        if depth == 0 {
            return self.run("ROLLBACK", &[], |statement, _| change(statement)).map(drop);
        }
        self.run(&format!("ROLLBACK TO concord_{depth}"), &[], |statement, _| change(statement))?;
        self.run(&format!("RELEASE concord_{depth}"), &[], |statement, _| change(statement)).map(drop)
    }

    /// `PRAGMA user_version`
    pub fn version(&mut self) -> Result<i64> {
        Ok(self.connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
    }

    /// Sets `PRAGMA user_version`.
    pub fn set_version(&mut self, version: i32) -> Result<()> {
        self.writable()?;
        Ok(self.connection.execute_batch(&format!("PRAGMA user_version={version}"))?)
    }

    /// Makes another database part of this one under a name; how many are attached then.
    pub fn attach(&mut self, file: &Path, name: &str) -> Result<usize> {
        if self.attached.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return Err(RdbError::AliasExists);
        }
        let file = file.to_str().ok_or_else(|| RdbError::InvalidPath("The name is not UTF-8.".into()))?;
        self.may_attach.store(true, Ordering::Release);
        let attached = self.connection.execute("ATTACH DATABASE ?1 AS ?2", [file, name]);
        self.may_attach.store(false, Ordering::Release);
        attached?;
        self.attached.push(name.to_owned());
        Ok(self.attached.len())
    }

    /// Undoes [`Self::attach`]; how many are attached then. Nothing happens for a name that is not attached.
    pub fn detach(&mut self, name: &str) -> Result<usize> {
        if let Some(at) = self.attached.iter().position(|known| known.eq_ignore_ascii_case(name)) {
            // Statements that are kept may still read it.
            self.connection.flush_prepared_statement_cache();
            self.connection.execute("DETACH DATABASE ?1", [name])?;
            self.attached.swap_remove(at);
        }
        Ok(self.attached.len())
    }

    /// Copies everything into another database, which has then what this one has.
    pub(super) fn copy_to(&mut self, target: &mut Connection) -> Result<()> {
        copy(&self.connection, target)
    }

    /// Takes everything from another database.
    pub(super) fn copy_from(&mut self, source: &Connection) -> Result<()> {
        self.connection.flush_prepared_statement_cache();
        copy(source, &mut self.connection)
    }
}

fn copy(source: &Connection, target: &mut Connection) -> Result<()> {
    let backup = rusqlite::backup::Backup::new(source, target)?;
    loop {
        use rusqlite::backup::StepResult::{Busy, Done, Locked};
        match backup.step(-1)? {
            Done => return Ok(()),
            Busy | Locked => return Err(RdbError::Sqlite { code: 5, detail: "another connection holds it".into() }),
            _ => {}
        }
    }
}

fn watch(connection: &mut Connection, touched: &Touched, listeners: &Arc<Listeners>) -> Result<()> {
    let (seen, heard) = (Arc::clone(touched), Arc::clone(listeners));
    connection.update_hook(Some(move |action: Action, _: &str, table: &str, row: i64| {
        if !heard.wants(Interest::Changes) {
            return;
        }
        let mut changes = seen.lock().unwrap_or_else(PoisonError::into_inner);
        let at = changes.iter().position(|change| change.table == table).unwrap_or_else(|| {
            changes.push(Change { table: table.to_owned(), ..Change::default() });
            changes.len() - 1
        });
        let Some(change) = changes.get_mut(at) else { return };
        match action {
            Action::SQLITE_INSERT => change.inserted.push(row),
            Action::SQLITE_UPDATE => change.updated.push(row),
            Action::SQLITE_DELETE => change.deleted.push(row),
            _ => {}
        }
    }))?;
    let undone = Arc::clone(touched);
    connection.rollback_hook(Some(move || undone.lock().unwrap_or_else(PoisonError::into_inner).clear()))?;
    Ok(())
}
