//! Leaves of stores and transactions.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use concord_ability::event_loop::EventLoop;
use concord_ability::state::{AppState, business_error};
use concord_engine::{Call, Context, JsResult, Value as Js};
use concord_runtime::Runtime;
use concord_syscalls::Access;
use serde_json::json;

use super::values::{Assets, exception, from_js, from_json, list, texts, to_js};
use super::{foreign, nothing, number, predicates, rows, with_database, work};
use crate::rdb::{
    Change, Conflict, Cursor, Database, Event, Interest, Kind, Lane, ListenerId, Place, RdbError, Returned, SqlTimes,
    Store, StoreConfig, Transaction, WeakStore, sql_of_insert,
};
use concord_runtime::face::{index_arg, text_arg};

/// What a store holds, and a transaction.
enum Held {
    /// None once this one was closed.
    Store(RefCell<Option<Store>>),
    Transaction(Transaction),
}

fn lane(call: &Call<'_>) -> JsResult<Lane<Option<Database>>> {
    match call.arg(0).native::<Held>() {
        Some(Held::Store(_)) => Ok(store(call)?.lane().clone()),
        Some(Held::Transaction(transaction)) => Ok(transaction.lane().clone()),
        None => foreign(call),
    }
}

fn store(call: &Call<'_>) -> JsResult<Store> {
    match call.arg(0).native::<Held>() {
        Some(Held::Store(store)) => {
            let open = store.borrow().clone();
            open.ok_or_else(|| exception(call.context, &RdbError::Closed))
        }
        _ => foreign(call),
    }
}

/// The host's name of a file of the sandbox.
fn path(call: &Call<'_>, index: usize, writing: bool) -> JsResult<PathBuf> {
    let name = text_arg(call, index)?;
    let refused = |why: &str| exception(call.context, &RdbError::InvalidPath(format!("{name}: {why}.")));
    match AppState::of_call(call)?.paths.resolve(&name) {
        Ok(found) if writing && found.access == Access::ReadOnly => Err(refused("the place is read-only")),
        Ok(found) => Ok(found.path),
        Err(error) => Err(refused(&error.to_string())),
    }
}

/// The place of a store: a name of the sandbox, or `memory:` and a name.
fn place(call: &Call<'_>, index: usize, writing: bool) -> JsResult<Place> {
    let name = text_arg(call, index)?;
    match name.strip_prefix("memory:") {
        Some(name) => Ok(Place::Memory(name.to_owned())),
        None => path(call, index, writing).map(Place::File),
    }
}

/// open(place, done, security level, read only, allow rebuild) → store
pub(super) fn open(call: &Call<'_>) -> JsResult {
    let config = StoreConfig {
        security_level: index_arg(call, 2) as u8,
        read_only: call.arg(3).to_boolean(),
        allow_rebuild: call.arg(4).to_boolean(),
    };
    let place = place(call, 0, !config.read_only)?;
    let open = move |_: &mut Option<Database>| crate::rdb::open(place, config);
    let convert =
        |context: &Context, store| Ok(context.native_object(Box::new(Held::Store(RefCell::new(Some(store)))), None));
    work(call, 1, &Lane::new("concord-rdb-open", None), open, convert)
}

/// deleteStore(place, done)
pub(super) fn delete_store(call: &Call<'_>) -> JsResult {
    let place = place(call, 0, true)?;
    let delete = move |_: &mut Option<Database>| crate::rdb::delete(&place);
    work(call, 1, &Lane::new("concord-rdb-delete", None), delete, nothing)
}

/// close(store, done): for this handle; the database itself is closed with the last one.
pub(super) fn close(call: &Call<'_>) -> JsResult {
    let handle = call.arg(0);
    let Some(Held::Store(held)) = handle.native::<Held>() else { return foreign(call) };
    let closing = held.borrow_mut().take();
    let Some(store) = closing else { return work(call, 1, &Lane::new("concord-rdb-close", None), |_| Ok(()), nothing) };
    let lane = store.lane().clone();
    let release = |database: &mut Option<Database>| {
        store.release(database);
        Ok(())
    };
    work(call, 1, &lane, release, nothing)
}

fn conflict(call: &Call<'_>, index: usize) -> Conflict {
    call.arg(index).as_i64().and_then(Conflict::from_number).unwrap_or_default()
}

/// What is the same for all rows that are inserted into some columns of a table.
struct Shape {
    table: String,
    fields: Vec<String>,
    conflict: Conflict,
    sql: String,
}

/// shape(table, fields, conflict) → handle
pub(super) fn shape(call: &Call<'_>) -> JsResult {
    let (table, fields, conflict) = (text_arg(call, 0)?, texts(call, 1)?, conflict(call, 2));
    let sql = sql_of_insert(&table, &fields, conflict);
    Ok(call.context.native_object(Box::new(Rc::new(Shape { table, fields, conflict, sql })), None))
}

fn shape_of(call: &Call<'_>, index: usize) -> JsResult<Rc<Shape>> {
    call.arg(index).native::<Rc<Shape>>().map_or_else(|| foreign(call), |shape| Ok(Rc::clone(shape)))
}

/// insert(store, done, shape, …values) → row id or -1
pub(super) fn insert(call: &Call<'_>) -> JsResult {
    let shape = shape_of(call, 2)?;
    let values: Vec<_> =
        (0..shape.fields.len()).map(|at| from_js(&call.arg(3 + at), Assets::Inserted)).collect::<JsResult<_>>()?;
    let sql = shape.sql.clone();
    with_database(call, 1, &lane(call)?, move |db| db.insert_with(&sql, &values), number)
}

/// insertMany(store, done, shape, values of all rows as an array or as JSON) → number of rows
pub(super) fn insert_many(call: &Call<'_>) -> JsResult {
    let shape = shape_of(call, 2)?;
    let values = match call.arg(3).as_string() {
        Some(text) => from_json(call.context, &text)?,
        None => list(call, 3, Assets::Inserted)?,
    };
    let (table, fields, conflict) = (shape.table.clone(), shape.fields.clone(), shape.conflict);
    with_database(call, 1, &lane(call)?, move |db| db.insert_many(&table, &fields, &values, conflict), number)
}

/// update(store, done, predicates, fields, values, conflict) → number of rows
pub(super) fn update(call: &Call<'_>) -> JsResult {
    let (predicates, fields, values) = (predicates::of(call, 2)?, texts(call, 3)?, list(call, 4, Assets::Updated)?);
    let conflict = conflict(call, 5);
    with_database(call, 1, &lane(call)?, move |db| db.update(&fields, &values, &predicates, conflict), number)
}

/// remove(store, done, predicates) → number of rows
pub(super) fn remove(call: &Call<'_>) -> JsResult {
    let predicates = predicates::of(call, 2)?;
    with_database(call, 1, &lane(call)?, move |db| db.delete(&predicates), number)
}

/// Gives a cursor its handle.
fn cursor_of(lane: &Lane<Option<Database>>) -> impl FnOnce(&Context, Cursor) -> JsResult<Js> + 'static {
    let lane = lane.clone();
    move |context, cursor| Ok(rows::handle(context, cursor, lane))
}

/// returning(store, done, what, target, fields, values, conflict, columns, most) → rows; `what` is insert, update or delete
pub(super) fn returning(call: &Call<'_>) -> JsResult {
    let (lane, conflict) = (lane(call)?, conflict(call, 6));
    let returned = Returned { columns: texts(call, 7)?, most: index_arg(call, 8) };
    let fields = texts(call, 4)?;
    let convert = cursor_of(&lane);
    match text_arg(call, 2)?.as_str() {
        "insert" => {
            let (table, values) = (text_arg(call, 3)?, list(call, 5, Assets::Inserted)?);
            let insert = move |db: &mut Database| db.insert_returning(&table, &fields, &values, conflict, &returned);
            with_database(call, 1, &lane, insert, convert)
        }
        "update" => {
            let (predicates, values) = (predicates::of(call, 3)?, list(call, 5, Assets::Updated)?);
            let update =
                move |db: &mut Database| db.update_returning(&fields, &values, &predicates, conflict, &returned);
            with_database(call, 1, &lane, update, convert)
        }
        _ => {
            let predicates = predicates::of(call, 3)?;
            with_database(call, 1, &lane, move |db| db.delete_returning(&predicates, &returned), convert)
        }
    }
}

/// query(store, done, sql, args, counted) → rows
pub(super) fn query(call: &Call<'_>) -> JsResult {
    let (sql, args, counted) = (text_arg(call, 2)?, list(call, 3, Assets::AsGiven)?, call.arg(4).to_boolean());
    let lane = lane(call)?;
    with_database(call, 1, &lane, move |db| db.query(sql, args, counted), cursor_of(&lane))
}

/// queryBy(store, done, predicates, columns, counted) → rows
pub(super) fn query_by(call: &Call<'_>) -> JsResult {
    let (predicates, columns, counted) = (predicates::of(call, 2)?, texts(call, 3)?, call.arg(4).to_boolean());
    let (lane, sql) = (lane(call)?, predicates.query(&columns));
    let args = predicates.values().cloned().collect();
    with_database(call, 1, &lane, move |db| db.query(sql, args, counted), cursor_of(&lane))
}

/// execute(store, done, sql, args) → value
pub(super) fn execute(call: &Call<'_>) -> JsResult {
    let (sql, args) = (text_arg(call, 2)?, list(call, 3, Assets::AsGiven)?);
    with_database(call, 1, &lane(call)?, move |db| db.execute(&sql, &args), |context, value| to_js(context, &value))
}

/// executeOnly(store, done, sql, args)
pub(super) fn execute_only(call: &Call<'_>) -> JsResult {
    let (sql, args) = (text_arg(call, 2)?, list(call, 3, Assets::AsGiven)?);
    with_database(call, 1, &lane(call)?, move |db| db.execute_only(&sql, &args), nothing)
}

/// transact(store, done, word): begin, commit or rollBack
pub(super) fn transact(call: &Call<'_>) -> JsResult {
    let step = match text_arg(call, 2)?.as_str() {
        "begin" => Database::begin,
        "commit" => Database::commit,
        _ => Database::roll_back,
    };
    with_database(call, 1, &lane(call)?, step, nothing)
}

/// version(store) → number
pub(super) fn version(call: &Call<'_>) -> JsResult {
    with_database(call, 1, &lane(call)?, Database::version, number)
}

/// setVersion(store, version)
pub(super) fn set_version(call: &Call<'_>) -> JsResult {
    let version = call.arg(1).as_f64().unwrap_or(0.0) as i32;
    // There is no function at 2.
    with_database(call, 2, &lane(call)?, move |db| db.set_version(version), nothing)
}

/// rebuilt(store) → boolean
pub(super) fn rebuilt(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(store(call)?.rebuilt()))
}

/// backup(store, done, path)
pub(super) fn backup(call: &Call<'_>) -> JsResult {
    let target = path(call, 2, true)?;
    with_database(call, 1, &lane(call)?, move |db| Store::backup(db, &target), nothing)
}

/// restore(store, done, path)
pub(super) fn restore(call: &Call<'_>) -> JsResult {
    let source = path(call, 2, false)?;
    with_database(call, 1, &lane(call)?, move |db| Store::restore(db, &source), nothing)
}

/// attach(store, done, path, name) → how many
pub(super) fn attach(call: &Call<'_>) -> JsResult {
    let (file, name) = (path(call, 2, false)?, text_arg(call, 3)?);
    let attach = move |db: &mut Database| {
        if !file.is_file() {
            return Err(RdbError::InvalidPath("There is no such database.".into()));
        }
        db.attach(&file, &name).map(|count| count as i64)
    };
    with_database(call, 1, &lane(call)?, attach, number)
}

/// detach(store, done, name) → how many
pub(super) fn detach(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 2)?;
    with_database(call, 1, &lane(call)?, move |db| db.detach(&name).map(|count| count as i64), number)
}

/// transaction(store, done, kind) → transaction
pub(super) fn transaction(call: &Call<'_>) -> JsResult {
    let store = store(call)?;
    let kind = match index_arg(call, 2) {
        1 => Kind::Immediate,
        2 => Kind::Exclusive,
        _ => Kind::Deferred,
    };
    let convert = |context: &Context, made| Ok(context.native_object(Box::new(Held::Transaction(made)), None));
    // Not on the lane of the store: beginning may wait for what is done there.
    work(call, 1, &Lane::new("concord-rdb-begin", None), move |_| store.transaction(kind), convert)
}

/// endTransaction(transaction, done, commit)
pub(super) fn end_transaction(call: &Call<'_>) -> JsResult {
    let commit = call.arg(2).to_boolean();
    work(call, 1, &lane(call)?, move |slot| Transaction::end(slot, commit), nothing)
}

/// What a listener is named by.
struct Listening(WeakStore, ListenerId);

/// listen(store, interest, token) → handle for `ignore`; `told(token, JSON)` of the face is called from then on.
pub(super) fn listen(call: &Call<'_>) -> JsResult {
    let store = store(call)?;
    let interest = match text_arg(call, 1)?.as_str() {
        "changes" => Interest::Changes,
        "statements" => Interest::Statements,
        "errors" => Interest::Errors,
        _ => Interest::Emitted,
    };
    let token = call.arg(2).as_f64().unwrap_or(0.0);
    let Some(event_loop) = EventLoop::of(call.context) else {
        return Err(business_error(call.context, 14_800_000, "Inner error. There is no main loop."));
    };
    let remote = event_loop.remote();
    let tell = move |event: &Event| {
        let text = describe(event).to_string();
        remote.post(move |context, _| {
            let Some(runtime) = Runtime::of(context) else { return Ok(()) };
            let args = [context.number(token), context.string(&text)];
            runtime.require("@concord:rdb")?.call_method("told", &args).map(drop)
        });
    };
    let id = store.listen(interest, Arc::new(tell));
    Ok(call.context.native_object(Box::new(Listening(store.downgrade(), id)), None))
}

/// An event as the platform describes it.
fn describe(event: &Event) -> serde_json::Value {
    match event {
        Event::Changed(changes) => json!(
            changes
                .iter()
                .map(|Change { table, inserted, updated, deleted }| {
                    json!({ "table": table, "type": 0, "inserted": inserted, "updated": updated, "deleted": deleted })
                })
                .collect::<Vec<_>>()
        ),
        Event::Executed(SqlTimes { sql, total, wait, prepare, execute }) => json!({
            "sql": sql, "totalTime": total.as_micros() as u64, "waitTime": wait.as_micros() as u64,
            "prepareTime": prepare.as_micros() as u64, "executeTime": execute.as_micros() as u64,
        }),
        Event::Failed { code, message, sql } => json!({ "code": code, "message": message, "sql": sql }),
        Event::Emitted(name) => json!(name),
    }
}

/// ignore(handle of `listen`)
pub(super) fn ignore(call: &Call<'_>) -> JsResult {
    if let Some(Listening(store, id)) = call.arg(0).native::<Listening>()
        && let Some(store) = store.upgrade()
    {
        store.ignore(*id);
    }
    Ok(call.context.undefined())
}

/// emit(store, event)
pub(super) fn emit(call: &Call<'_>) -> JsResult {
    store(call)?.emit(&text_arg(call, 1)?);
    Ok(call.context.undefined())
}
