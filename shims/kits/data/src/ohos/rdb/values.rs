//! Values of databases and of the engine.

use concord_ability::state::business_error;
use concord_engine::{ArrayKind, Call, Context, Exception, JsResult, Value as Js};
use serde::Deserialize;

use crate::rdb::{Asset, RdbError, Value};

/// The numbers of `AssetStatus` that are set here.
const STATUS_INSERT: u32 = 2;
const STATUS_UPDATE: u32 = 3;
const STATUS_DELETE: u32 = 4;

/// What assets of the values become.
#[derive(Clone, Copy)]
pub(super) enum Assets {
    /// Arguments.
    AsGiven,
    /// Of a new row.
    Inserted,
    /// Of a changed row.
    Updated,
}

/// The error for a guest.
pub(super) fn exception(context: &Context, error: &RdbError) -> Exception {
    business_error(context, error.code(), &error.to_string())
}

fn invalid(context: &Context, what: &str) -> Exception {
    business_error(context, 401, &format!("Parameter error. {what}"))
}

/// A value of the engine; `undefined` is NULL.
pub(super) fn from_js(value: &Js, assets: Assets) -> JsResult<Value> {
    let context = value.context();
    if value.is_nullish() {
        return Ok(Value::Null);
    }
    if let Some(number) = value.as_f64() {
        // Numbers are REAL, as on a device; the affinity of the column makes them what they shall be.
        return Ok(Value::Real(number));
    }
    if let Some(flag) = value.as_bool() {
        return Ok(Value::Integer(i64::from(flag)));
    }
    if let Some(text) = value.as_string() {
        return Ok(Value::Text(text));
    }
    if value.is_bigint() {
        return Ok(Value::BigInt(value.to_js_string()?));
    }
    if value.is_array() {
        let list: Vec<Asset> =
            (0..value.array_len()?).map(|index| asset(&value.get_index(index)?, assets)).collect::<JsResult<_>>()?;
        let mut names: Vec<&str> = list.iter().map(|asset| asset.name.as_str()).collect();
        names.sort_unstable();
        if names.is_sorted_by(|one, next| one < next) {
            return Ok(Value::Assets(list));
        }
        return Err(invalid(context, "Duplicate assets are not allowed"));
    }
    match (value.array_kind(), value.bytes()) {
        (Some(ArrayKind::Float32), Some(bytes)) => {
            let (chunks, _) = bytes.as_chunks::<4>();
            Ok(Value::Vector(chunks.iter().map(|chunk| f32::from_ne_bytes(*chunk)).collect()))
        }
        (Some(ArrayKind::Uint8 | ArrayKind::Uint8Clamped), Some(bytes)) => Ok(Value::Blob(bytes)),
        (Some(_), _) | (None, Some(_)) => {
            Err(invalid(context, "Of typed arrays only Uint8Array and Float32Array are values."))
        }
        (None, None) => asset(value, assets).map(|asset| Value::Asset(Box::new(asset))),
    }
}

fn asset(value: &Js, assets: Assets) -> JsResult<Asset> {
    /// An asset as an app writes it: all but the status has to be there.
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Given {
        name: String,
        uri: String,
        path: String,
        create_time: String,
        modify_time: String,
        size: String,
        status: Option<u32>,
    }
    let given = value.to_json()?.and_then(|text| serde_json::from_str::<Given>(&text).ok());
    let Some(Given { name, uri, path, create_time, modify_time, size, status }) = given else {
        return Err(invalid(value.context(), "The value type must be ValueType."));
    };
    let status = match (status, assets) {
        (Some(STATUS_DELETE), _) => STATUS_DELETE,
        (_, Assets::Inserted) => STATUS_INSERT,
        (_, Assets::Updated) => STATUS_UPDATE,
        (status, Assets::AsGiven) => status.unwrap_or(0),
    };
    Ok(Asset { name, uri, path, create_time, modify_time, size, status })
}

/// A list of values.
pub(super) fn list(call: &Call<'_>, index: usize, assets: Assets) -> JsResult<Vec<Value>> {
    let array = call.arg(index);
    if !array.is_array() {
        return Ok(Vec::new());
    }
    (0..array.array_len()?).map(|index| from_js(&array.get_index(index)?, assets)).collect()
}

/// A list of numbers, texts, booleans and nulls, written as JSON: one crossing for the values of thousands of rows.
pub(super) fn from_json(context: &Context, text: &str) -> JsResult<Vec<Value>> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Plain {
        Number(f64),
        Text(String),
        Flag(bool),
        Null(()),
    }
    let list: Vec<Plain> = serde_json::from_str(text).map_err(|error| invalid(context, &error.to_string()))?;
    let convert = |value| match value {
        Plain::Number(number) => Value::Real(number),
        Plain::Text(text) => Value::Text(text),
        Plain::Flag(flag) => Value::Integer(i64::from(flag)),
        Plain::Null(()) => Value::Null,
    };
    Ok(list.into_iter().map(convert).collect())
}

/// Rows as JSON, where JSON has all their values: null, numbers and texts.
pub(super) fn to_json<'a>(rows: impl Iterator<Item = &'a [Value]>) -> Option<String> {
    let plain = |value: &Value| match value {
        Value::Null => Some(serde_json::Value::Null),
        Value::Integer(number) => Some((*number).into()),
        Value::Real(number) => serde_json::Number::from_f64(*number).map(Into::into),
        Value::Text(text) => Some(text.as_str().into()),
        _ => None,
    };
    let rows: Option<Vec<Vec<_>>> = rows.map(|row| row.iter().map(plain).collect()).collect();
    serde_json::to_string(&rows?).ok()
}

/// A list of texts.
pub(super) fn texts(call: &Call<'_>, index: usize) -> JsResult<Vec<String>> {
    let array = call.arg(index);
    if !array.is_array() {
        return Ok(Vec::new());
    }
    (0..array.array_len()?).map(|index| array.get_index(index)?.to_js_string()).collect()
}

/// The value for the engine.
pub(super) fn to_js(context: &Context, value: &Value) -> JsResult {
    Ok(match value {
        Value::Null => context.null(),
        Value::Integer(number) => context.number(*number as f64),
        Value::Real(number) => context.number(*number),
        Value::Text(text) => context.string(text),
        Value::Blob(bytes) => context.typed_array(ArrayKind::Uint8, bytes.clone()),
        Value::Vector(numbers) => {
            context.typed_array(ArrayKind::Float32, numbers.iter().flat_map(|number| number.to_ne_bytes()).collect())
        }
        Value::BigInt(digits) => context.bigint_from_text(digits)?,
        Value::Asset(asset) => json(context, asset)?,
        Value::Assets(assets) => json(context, assets)?,
    })
}

fn json(context: &Context, value: &impl serde::Serialize) -> JsResult {
    match serde_json::to_string(value) {
        Ok(text) => context.json_parse(&text),
        Err(error) => Err(business_error(context, 14_800_000, &format!("Inner error. {error}"))),
    }
}
