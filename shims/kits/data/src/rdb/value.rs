//! Values of columns, and how those that SQLite has no type for are kept.
//!
//! An asset, a list of assets, a vector and a big integer are BLOBs in the file. What a BLOB stands for is said by the declared type of
//! its column (`ASSET`, `ASSETS`, `FLOATVECTOR(n)`, `UNLIMITED INT`), as on a device.

use std::borrow::Cow;

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

use super::{RdbError, Result};

/// A file that belongs to a row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Asset {
    /// Name of the file.
    pub name: String,
    /// Address of the file.
    pub uri: String,
    /// Place of the file in the sandbox.
    pub path: String,
    /// When it was made.
    pub create_time: String,
    /// When it was changed.
    pub modify_time: String,
    /// Its size, as text.
    pub size: String,
    /// Number of `AssetStatus`.
    pub status: u32,
}

/// A value of a row, or an argument of a statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// INTEGER.
    Integer(i64),
    /// REAL.
    Real(f64),
    /// TEXT.
    Text(String),
    /// BLOB.
    Blob(Vec<u8>),
    /// `Asset`.
    Asset(Box<Asset>),
    /// `Assets`.
    Assets(Vec<Asset>),
    /// `Float32Array`.
    Vector(Vec<f32>),
    /// `bigint`, as decimal digits with an optional `-`.
    BigInt(String),
}

/// What a column holds; the numbers of `relationalStore.ColumnType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// NULL.
    Null = 0,
    /// INTEGER.
    Integer = 1,
    /// REAL.
    Real = 2,
    /// TEXT.
    Text = 3,
    /// BLOB.
    Blob = 4,
    /// One asset.
    Asset = 5,
    /// Several assets.
    Assets = 6,
    /// A vector of floats.
    FloatVector = 7,
    /// An integer of any size.
    UnlimitedInt = 8,
}

impl ColumnType {
    /// What BLOBs of a column with this declaration stand for.
    pub(super) fn of_blobs(declared: Option<&str>) -> ColumnType {
        let name = declared.map(|name| name.split('(').next().unwrap_or_default().trim().to_ascii_uppercase());
        match name.as_deref() {
            Some("ASSET") => ColumnType::Asset,
            Some("ASSETS") => ColumnType::Assets,
            Some("FLOATVECTOR") => ColumnType::FloatVector,
            Some("UNLIMITED INT") => ColumnType::UnlimitedInt,
            _ => ColumnType::Blob,
        }
    }
}

impl Value {
    /// A column of the row that a statement stands at. A BLOB that is not what its column declares stays a BLOB.
    pub(super) fn read(value: ValueRef<'_>, blobs: ColumnType) -> Value {
        match value {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Integer(number),
            ValueRef::Real(number) => Value::Real(number),
            ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => Self::unpack(bytes, blobs).unwrap_or_else(|| Value::Blob(bytes.to_vec())),
        }
    }

    fn unpack(bytes: &[u8], kind: ColumnType) -> Option<Value> {
        match kind {
            ColumnType::Asset => serde_json::from_slice(bytes).ok().map(Value::Asset),
            ColumnType::Assets => serde_json::from_slice(bytes).ok().map(Value::Assets),
            ColumnType::FloatVector => {
                let (chunks, rest) = bytes.as_chunks::<4>();
                rest.is_empty().then(|| Value::Vector(chunks.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect()))
            }
            ColumnType::UnlimitedInt => {
                let text = std::str::from_utf8(bytes).ok()?;
                let digits = text.strip_prefix('-').unwrap_or(text);
                let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
                whole.then(|| Value::BigInt(text.to_owned()))
            }
            _ => None,
        }
    }

    /// About how much memory it takes.
    pub(super) fn weight(&self) -> usize {
        size_of::<Value>()
            + match self {
                Value::Text(text) | Value::BigInt(text) => text.len(),
                Value::Blob(bytes) => bytes.len(),
                Value::Vector(numbers) => numbers.len() * size_of::<f32>(),
                Value::Assets(assets) => assets.len() * size_of::<Asset>() * 2,
                Value::Asset(_) => size_of::<Asset>() * 2,
                Value::Null | Value::Integer(_) | Value::Real(_) => 0,
            }
    }

    /// Its type.
    pub fn column_type(&self) -> ColumnType {
        match self {
            Value::Null => ColumnType::Null,
            Value::Integer(_) => ColumnType::Integer,
            Value::Real(_) => ColumnType::Real,
            Value::Text(_) => ColumnType::Text,
            Value::Blob(_) => ColumnType::Blob,
            Value::Asset(_) => ColumnType::Asset,
            Value::Assets(_) => ColumnType::Assets,
            Value::Vector(_) => ColumnType::FloatVector,
            Value::BigInt(_) => ColumnType::UnlimitedInt,
        }
    }

    fn cannot<T>(&self, wanted: &str) -> Result<T> {
        Err(RdbError::Conversion(format!("A value of type {:?} cannot be read as {wanted}.", self.column_type())))
    }

    /// As text: numbers as SQLite writes them, NULL as nothing.
    pub fn to_text(&self) -> Result<Cow<'_, str>> {
        Ok(match self {
            Value::Null => Cow::Borrowed(""),
            Value::Integer(number) => Cow::Owned(number.to_string()),
            Value::Real(number) => Cow::Owned(real_text(*number)),
            Value::Text(text) => Cow::Borrowed(text),
            Value::Blob(bytes) => String::from_utf8_lossy(bytes),
            _ => return self.cannot("a string"),
        })
    }

    /// As an integer: the whole part of a number, the digits that a text begins with, NULL as 0.
    pub fn to_integer(&self) -> Result<i64> {
        Ok(match self {
            Value::Null | Value::Blob(_) => 0,
            Value::Integer(number) => *number,
            Value::Real(number) => *number as i64,
            Value::Text(text) => {
                leading(text, |byte, at| byte.is_ascii_digit() || (at == 0 && matches!(byte, b'-' | b'+')))
            }
            _ => return self.cannot("an integer"),
        })
    }

    /// As a number.
    pub fn to_real(&self) -> Result<f64> {
        Ok(match self {
            Value::Null | Value::Blob(_) => 0.0,
            Value::Integer(number) => *number as f64,
            Value::Real(number) => *number,
            Value::Text(text) => {
                leading(text, |byte, _| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
            }
            _ => return self.cannot("a number"),
        })
    }

    /// As bytes: of a text its UTF-8, NULL as nothing.
    pub fn to_blob(&self) -> Result<Cow<'_, [u8]>> {
        Ok(match self {
            Value::Null => Cow::Borrowed(&[]),
            Value::Blob(bytes) => Cow::Borrowed(bytes),
            Value::Text(text) => Cow::Borrowed(text.as_bytes()),
            Value::Integer(_) | Value::Real(_) => Cow::Owned(self.to_text()?.into_owned().into_bytes()),
            _ => return self.cannot("bytes"),
        })
    }
}

/// The longest part at the start of a text that is a number.
fn leading<T: std::str::FromStr + Default>(text: &str, belongs: impl Fn(u8, usize) -> bool) -> T {
    let text = text.trim_start();
    let mut end = text.bytes().enumerate().take_while(|(at, byte)| belongs(*byte, *at)).count();
    while end > 0 {
        if let Some(Ok(number)) = text.get(..end).map(str::parse) {
            return number;
        }
        end -= 1;
    }
    T::default()
}

/// 15 significant digits and always a point, as the SQLite of devices turns a REAL into a text (`%!.15g`).
fn real_text(number: f64) -> String {
    if !number.is_finite() {
        return if number.is_nan() {
            String::new()
        } else if number > 0.0 {
            "Inf".into()
        } else {
            "-Inf".into()
        };
    }
    let exponent = format!("{number:.14e}").rsplit('e').next().and_then(|text| text.parse::<i32>().ok()).unwrap_or(0);
    if (-5..15).contains(&exponent) {
        let digits = usize::try_from((14 - exponent).max(1)).unwrap_or(1);
        let text = format!("{number:.digits$}");
        let short = text.trim_end_matches('0');
        return if short.ends_with('.') { format!("{short}0") } else { short.to_owned() };
    }
    let text = format!("{number:.14e}");
    let (mantissa, _) = text.split_once('e').unwrap_or((&text, ""));
    let short = mantissa.trim_end_matches('0');
    let short = if short.ends_with('.') { format!("{short}0") } else { short.to_owned() };
    format!("{short}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let json = |made: serde_json::Result<Vec<u8>>| {
            made.map(|bytes| ToSqlOutput::Owned(rusqlite::types::Value::Blob(bytes)))
                .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
        };
        Ok(match self {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Integer(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
            Value::Real(number) => ToSqlOutput::Borrowed(ValueRef::Real(*number)),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Value::BigInt(digits) => ToSqlOutput::Borrowed(ValueRef::Blob(digits.as_bytes())),
            Value::Vector(numbers) => ToSqlOutput::Owned(rusqlite::types::Value::Blob(
                numbers.iter().flat_map(|number| number.to_le_bytes()).collect(),
            )),
            Value::Asset(asset) => json(serde_json::to_vec(asset))?,
            Value::Assets(assets) => json(serde_json::to_vec(assets))?,
        })
    }
}
