//! Leaves of result sets.

use std::cell::RefCell;

use concord_engine::{ArrayKind, Call, Context, JsResult, Value as Js};

use super::foreign;
use super::values::{exception, to_js, to_json};
use crate::rdb::{Cursor, Database, Lane, RdbError, Value};
use concord_runtime::face::{index_arg, text_arg};

/// What a result set holds.
struct Held {
    cursor: RefCell<Cursor>,
    lane: Lane<Option<Database>>,
}

/// The handle of a cursor.
pub(super) fn handle(context: &Context, cursor: Cursor, lane: Lane<Option<Database>>) -> Js {
    context.native_object(Box::new(Held { cursor: RefCell::new(cursor), lane }), None)
}

fn with(call: &Call<'_>, work: impl FnOnce(&Held) -> JsResult) -> JsResult {
    let handle = call.arg(0);
    handle.native::<Held>().map_or_else(|| foreign(call), work)
}

/// rowsInfo(rows) → [names, number of rows or -1, changed rows]
pub(super) fn info(call: &Call<'_>) -> JsResult {
    with(call, |held| {
        let context = call.context;
        let cursor = held.cursor.borrow();
        let names: Vec<Js> = cursor.names().iter().map(|name| context.string(name)).collect();
        let count = cursor.count().map_or(-1.0, |count| count as f64);
        Ok(context.array(&[context.array(&names), context.number(count), context.number(cursor.changed() as f64)]))
    })
}

/// Has the window hold the row.
fn hold(call: &Call<'_>, held: &Held, row: usize) -> JsResult<()> {
    let mut cursor = held.cursor.borrow_mut();
    if cursor.holds(row) {
        return Ok(());
    }
    let fetched = held.lane.run(|database| match database {
        Some(database) => database.fetch(&mut cursor, row),
        None => Err(RdbError::Closed),
    });
    fetched.map_err(|error| exception(call.context, &error))
}

/// fetch(rows, row) → whether there is such a row
pub(super) fn fetch(call: &Call<'_>) -> JsResult {
    with(call, |held| {
        let row = index_arg(call, 1);
        hold(call, held, row)?;
        Ok(call.context.boolean(held.cursor.borrow().holds(row)))
    })
}

/// row(rows, row) → values of the row
pub(super) fn row(call: &Call<'_>) -> JsResult {
    with(call, |held| {
        let row = index_arg(call, 1);
        hold(call, held, row)?;
        let cursor = held.cursor.borrow();
        let values = cursor.row(row).map_err(|error| exception(call.context, &error))?;
        let values: Vec<Js> = values.iter().map(|value| to_js(call.context, value)).collect::<JsResult<_>>()?;
        Ok(call.context.array(&values))
    })
}

/// rowsText(rows, row, most) → JSON of at least one row from `row` on, as far as they are held; undefined when there is no such row or
/// when JSON lacks a value of theirs
pub(super) fn rows_text(call: &Call<'_>) -> JsResult {
    with(call, |held| {
        let (row, most) = (index_arg(call, 1), index_arg(call, 2));
        hold(call, held, row)?;
        let cursor = held.cursor.borrow();
        let rows = (row..row.saturating_add(most)).map_while(|at| cursor.row(at).ok());
        let text = if cursor.holds(row) { to_json(rows) } else { None };
        Ok(text.map_or_else(|| call.context.undefined(), |text| call.context.string(&text)))
    })
}

/// value(rows, row, column, as) → value
pub(super) fn value(call: &Call<'_>) -> JsResult {
    with(call, |held| {
        let (row, column, wanted) = (index_arg(call, 1), index_arg(call, 2), text_arg(call, 3)?);
        hold(call, held, row)?;
        let cursor = held.cursor.borrow();
        let converted = cursor.value(row, column).and_then(|value| read(call.context, value, &wanted));
        converted.unwrap_or_else(|error| Err(exception(call.context, &error)))
    })
}

fn read(context: &Context, value: &Value, wanted: &str) -> Result<JsResult, RdbError> {
    let mismatch = || Err(RdbError::Conversion(format!("The column holds {:?}.", value.column_type())));
    Ok(match (wanted, value) {
        ("string", value) => Ok(context.string(&value.to_text()?)),
        ("long", value) => Ok(context.number(value.to_integer()? as f64)),
        ("double", value) => Ok(context.number(value.to_real()?)),
        ("blob", value) => Ok(context.typed_array(ArrayKind::Uint8, value.to_blob()?.into_owned())),
        ("type", value) => Ok(context.number(f64::from(value.column_type() as u8))),
        ("null", value) => Ok(context.boolean(*value == Value::Null)),
        // An empty asset of assets is NULL as well.
        ("asset" | "assets" | "floats", Value::Null) => Ok(context.null()),
        ("asset", Value::Asset(_)) | ("assets", Value::Assets(_)) | ("floats", Value::Vector(_)) => {
            to_js(context, value)
        }
        ("asset" | "assets" | "floats", _) => return mismatch(),
        _ => to_js(context, value),
    })
}

/// column(rows, name) → index or -1
pub(super) fn column(call: &Call<'_>) -> JsResult {
    with(call, |held| {
        let name = text_arg(call, 1)?;
        let found = held.cursor.borrow().column(&name);
        Ok(call.context.number(found.map_or(-1.0, |index| index as f64)))
    })
}
