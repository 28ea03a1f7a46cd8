//! Leaves of predicates.

use std::cell::RefCell;

use concord_engine::{Call, JsResult};

use super::foreign;
use super::values::{Assets, from_js, list, texts};
use crate::rdb::{Conflict, Operator, Predicates, sql_of_insert, sql_of_update};
use concord_runtime::face::text_arg;

/// What a `RdbPredicates` holds.
type Held = RefCell<Predicates>;

fn change(call: &Call<'_>, work: impl FnOnce(&mut Predicates)) -> JsResult {
    let handle = call.arg(0);
    let Some(held) = handle.native::<Held>() else { return foreign(call) };
    work(&mut held.borrow_mut());
    Ok(call.context.undefined())
}

/// The conditions of an argument.
pub(super) fn of(call: &Call<'_>, index: usize) -> JsResult<Predicates> {
    let handle = call.arg(index);
    handle.native::<Held>().map_or_else(|| foreign(call), |held| Ok(held.borrow().clone()))
}

/// predicates(table) → handle
pub(super) fn make(call: &Call<'_>) -> JsResult {
    let predicates = Predicates::new(text_arg(call, 0)?);
    Ok(call.context.native_object(Box::new(RefCell::new(predicates)), None))
}

/// compare(handle, operator, field, value)
pub(super) fn compare(call: &Call<'_>) -> JsResult {
    let operator = match text_arg(call, 1)?.as_str() {
        "=" => Operator::Equal,
        "<>" => Operator::NotEqual,
        ">" => Operator::Greater,
        "<" => Operator::Less,
        ">=" => Operator::GreaterOrEqual,
        "<=" => Operator::LessOrEqual,
        "LIKE" => Operator::Like,
        "NOT LIKE" => Operator::NotLike,
        "GLOB" => Operator::Glob,
        _ => Operator::NotGlob,
    };
    let (field, value) = (text_arg(call, 2)?, from_js(&call.arg(3), Assets::AsGiven)?);
    change(call, |predicates| predicates.compare(operator, &field, value))
}

/// between(handle, field, low, high, not)
pub(super) fn between(call: &Call<'_>) -> JsResult {
    let (low, high) = (from_js(&call.arg(2), Assets::AsGiven)?, from_js(&call.arg(3), Assets::AsGiven)?);
    let (field, not) = (text_arg(call, 1)?, call.arg(4).to_boolean());
    change(call, |predicates| predicates.between(&field, low, high, not))
}

/// oneOf(handle, field, values, not)
pub(super) fn one_of(call: &Call<'_>) -> JsResult {
    let (field, values, not) = (text_arg(call, 1)?, list(call, 2, Assets::AsGiven)?, call.arg(3).to_boolean());
    change(call, |predicates| predicates.one_of(&field, values, not))
}

/// isNull(handle, field, not)
pub(super) fn is_null(call: &Call<'_>) -> JsResult {
    let (field, not) = (text_arg(call, 1)?, call.arg(2).to_boolean());
    change(call, |predicates| predicates.null(&field, not))
}

/// word(handle, name): what needs nothing
pub(super) fn word(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 1)?;
    change(call, |predicates| match name.as_str() {
        "beginWrap" => predicates.begin_wrap(),
        "endWrap" => predicates.end_wrap(),
        "or" => predicates.or(),
        "distinct" => predicates.distinct(),
        _ => {} // "and" stands between conditions anyway.
    })
}

/// orderBy(handle, field, descending)
pub(super) fn order_by(call: &Call<'_>) -> JsResult {
    let (field, descending) = (text_arg(call, 1)?, call.arg(2).to_boolean());
    change(call, |predicates| predicates.order_by(&field, descending))
}

/// limit(handle, most)
pub(super) fn limit(call: &Call<'_>) -> JsResult {
    let most = call.arg(1).as_f64().unwrap_or(0.0) as i64;
    change(call, |predicates| predicates.limit(most))
}

/// offset(handle, rows)
pub(super) fn offset(call: &Call<'_>) -> JsResult {
    let rows = call.arg(1).as_f64().unwrap_or(0.0) as i64;
    change(call, |predicates| predicates.offset(rows))
}

/// groupBy(handle, fields)
pub(super) fn group_by(call: &Call<'_>) -> JsResult {
    let fields = texts(call, 1)?;
    change(call, |predicates| predicates.group_by(&fields))
}

/// having(handle, condition, values)
pub(super) fn having(call: &Call<'_>) -> JsResult {
    let (condition, values) = (text_arg(call, 1)?, list(call, 2, Assets::AsGiven)?);
    change(call, |predicates| predicates.having(&condition, values))
}

/// indexedBy(handle, index)
pub(super) fn indexed_by(call: &Call<'_>) -> JsResult {
    let index = text_arg(call, 1)?;
    change(call, |predicates| predicates.indexed_by(&index))
}

/// join(handle, kind, table)
pub(super) fn join(call: &Call<'_>) -> JsResult {
    let kind = match text_arg(call, 1)?.as_str() {
        "INNER" => "INNER JOIN",
        "LEFT" => "LEFT OUTER JOIN",
        _ => "CROSS JOIN",
    };
    let table = text_arg(call, 2)?;
    change(call, |predicates| predicates.join(kind, &table))
}

/// joinOn(handle, clauses, using)
pub(super) fn join_on(call: &Call<'_>) -> JsResult {
    let (clauses, using) = (texts(call, 1)?, call.arg(2).to_boolean());
    change(call, |predicates| predicates.join_on(&clauses, using))
}

/// sqlInfo(kind, handle or table, fields, conflict) → [SQL, arguments of the conditions]
pub(super) fn sql_info(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let (kind, fields) = (text_arg(call, 0)?, texts(call, 2)?);
    let conflict = call.arg(3).as_i64().and_then(Conflict::from_number).unwrap_or_default();
    if kind == "insert" {
        let sql = sql_of_insert(&text_arg(call, 1)?, &fields, conflict);
        return Ok(context.array(&[context.string(&sql), context.array(&[])]));
    }
    let predicates = of(call, 1)?;
    let sql = match kind.as_str() {
        "update" => sql_of_update(&predicates, &fields, conflict),
        "delete" if predicates.has_condition() => {
            format!("DELETE FROM {} WHERE {}", predicates.table(), predicates.condition())
        }
        "delete" => format!("DELETE FROM {}", predicates.table()),
        _ => predicates.query(&fields),
    };
    let args: Vec<_> =
        predicates.values().map(|value| super::values::to_js(context, value)).collect::<JsResult<_>>()?;
    Ok(context.array(&[context.string(&sql), context.array(&args)]))
}
