//! Reading JSON that other people's tools wrote: tolerant of what is merely odd, exact about what is needed.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::Value;

/// Why a JSON file of a package was refused.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// Not JSON at all; serde's message has line and column.
    #[error("not valid JSON: {0}")]
    Syntax(serde_json::Error),
    /// JSON, but not of the shape that the format requires.
    #[error("{0}")]
    Shape(serde_json::Error),
    /// Something that cannot be done without is absent or empty.
    #[error("`{0}` is missing or empty")]
    Missing(&'static str),
}

/// Parses text to a tree: a byte order mark is skipped, of repeated keys the last one counts.
///
/// serde_json bounds the depth (128), so hostile nesting is an error here and not an overflow.
pub fn parse(text: &[u8]) -> Result<Value, JsonError> {
    serde_json::from_slice(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)).map_err(JsonError::Syntax)
}

/// Makes a typed value out of a tree.
pub(crate) fn typed<T: DeserializeOwned>(tree: &Value) -> Result<T, JsonError> {
    T::deserialize(tree).map_err(JsonError::Shape)
}

/// For `deserialize_with`: a value of an unexpected type counts as absent.
///
/// Optional properties changed type between API levels more than once (a string became an object, a number a string),
/// and the platform ignores what it does not understand.
pub(crate) fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(from: D) -> Result<T, D::Error> {
    let value = Value::deserialize(from)?;
    Ok(T::deserialize(value).unwrap_or_default())
}

/// Like [`lenient`] for lists: elements of an unexpected type are left out, the others stay.
pub(crate) fn lenient_list<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(match Value::deserialize(from)? {
        Value::Array(items) => items.into_iter().filter_map(|item| T::deserialize(item).ok()).collect(),
        _ => Vec::new(),
    })
}

/// Gives the value of `old` the name `new`, unless `new` is there too: names that changed between API levels.
pub(crate) fn rename(object: &mut serde_json::Map<String, Value>, old: &str, new: &str) {
    if let Some(value) = object.remove(old)
        && !object.contains_key(new)
    {
        object.insert(new.to_owned(), value);
    }
}
