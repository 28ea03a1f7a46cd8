//! `@concord:rdb`: databases for the faces `@ohos:data.relationalStore`, `@ohos:data.rdb` and what is built upon them.
//!
//! Most leaves take a function after the handle: with it the work is done on the thread of the store and the function gets
//! `(error, result)` in a later turn of the main loop; without it the work is done at once.

mod leaves;
mod predicates;
mod rows;
mod values;

use concord_ability::event_loop::EventLoop;
use concord_ability::state::business_error;
use concord_engine::{Call, Context, JsResult, Value};
use concord_runtime::FaceModule;

use crate::rdb::{Database, Lane, RdbError};
use values::exception;

pub(super) static MODULES: [FaceModule; 1] = [FaceModule {
    request: "@concord:rdb",
    source: include_str!("../parts/rdb.js"),
    natives: &[
        ("predicates", predicates::make),
        ("compare", predicates::compare),
        ("between", predicates::between),
        ("oneOf", predicates::one_of),
        ("isNull", predicates::is_null),
        ("word", predicates::word),
        ("orderBy", predicates::order_by),
        ("limit", predicates::limit),
        ("offset", predicates::offset),
        ("groupBy", predicates::group_by),
        ("having", predicates::having),
        ("indexedBy", predicates::indexed_by),
        ("join", predicates::join),
        ("joinOn", predicates::join_on),
        ("sqlInfo", predicates::sql_info),
        ("open", leaves::open),
        ("deleteStore", leaves::delete_store),
        ("close", leaves::close),
        ("shape", leaves::shape),
        ("insert", leaves::insert),
        ("insertMany", leaves::insert_many),
        ("update", leaves::update),
        ("remove", leaves::remove),
        ("returning", leaves::returning),
        ("query", leaves::query),
        ("queryBy", leaves::query_by),
        ("execute", leaves::execute),
        ("executeOnly", leaves::execute_only),
        ("transact", leaves::transact),
        ("version", leaves::version),
        ("setVersion", leaves::set_version),
        ("rebuilt", leaves::rebuilt),
        ("backup", leaves::backup),
        ("restore", leaves::restore),
        ("attach", leaves::attach),
        ("detach", leaves::detach),
        ("transaction", leaves::transaction),
        ("endTransaction", leaves::end_transaction),
        ("listen", leaves::listen),
        ("ignore", leaves::ignore),
        ("emit", leaves::emit),
        ("rowsInfo", rows::info),
        ("fetch", rows::fetch),
        ("row", rows::row),
        ("rowsText", rows::rows_text),
        ("value", rows::value),
        ("column", rows::column),
    ],
    apis: &[],
}];

/// Does `work` on the lane's thread and gives its result to the function at `callback` of the arguments; without a function there, at
/// once and as the result of the call.
fn work<R: Send + 'static>(
    call: &Call<'_>,
    callback: usize,
    lane: &Lane<Option<Database>>,
    work: impl FnOnce(&mut Option<Database>) -> Result<R, RdbError> + Send + 'static,
    convert: impl FnOnce(&Context, R) -> JsResult<Value> + 'static,
) -> JsResult {
    let done = call.arg(callback);
    let context = call.context;
    let Some(event_loop) = EventLoop::of(context).filter(|_| done.is_function()) else {
        return match lane.run(work) {
            Ok(result) => convert(context, result),
            Err(error) => Err(exception(context, &error)),
        };
    };
    let deliver = event_loop.expect(move |context, result: Result<R, RdbError>| {
        let converted = match result {
            Ok(result) => convert(context, result),
            Err(error) => Err(exception(context, &error)),
        };
        let args = match converted {
            Ok(value) => [context.undefined(), value],
            Err(error) => [error.0, context.undefined()],
        };
        done.call(&context.undefined(), &args).map(drop)
    });
    let posted = lane.post(move |database| deliver(work(database)));
    posted.map(|()| context.undefined()).map_err(|error| {
        business_error(context, 14_800_000, &format!("Inner error. There is no thread for it: {error}"))
    })
}

/// [`work`] with an open database.
fn with_database<R: Send + 'static>(
    call: &Call<'_>,
    callback: usize,
    lane: &Lane<Option<Database>>,
    then: impl FnOnce(&mut Database) -> Result<R, RdbError> + Send + 'static,
    convert: impl FnOnce(&Context, R) -> JsResult<Value> + 'static,
) -> JsResult {
    work(call, callback, lane, |database| database.as_mut().ok_or(RdbError::Closed).and_then(then), convert)
}

/// The handle is not one of ours: a face was called with a foreign receiver.
fn foreign<T>(call: &Call<'_>) -> JsResult<T> {
    Err(business_error(call.context, 401, "Parameter error. The receiver is not an object of this module."))
}

fn number(context: &Context, number: i64) -> JsResult {
    Ok(context.number(number as f64))
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of a conversion")]
fn nothing(context: &Context, (): ()) -> JsResult {
    Ok(context.undefined())
}
