//! Values that belong to no engine.

use super::SharedRef;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What a slot of a shared object holds.
#[derive(Clone, Debug, Default)]
pub enum SharedValue {
    /// `undefined`.
    #[default]
    Undefined,
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// UTF-16 code units, which need not be well formed.
    Text(Arc<[u16]>),
    /// Sign and magnitude; words least significant first, none for 0.
    BigInt(bool, Arc<[u64]>),
    /// A shared object.
    Object(SharedRef),
}

/// SameValueZero, so that values can be keys.
impl PartialEq for SharedValue {
    fn eq(&self, other: &SharedValue) -> bool {
        use SharedValue::*;
        match (self, other) {
            (Undefined, Undefined) | (Null, Null) => true,
            (Bool(a), Bool(b)) => a == b,
            (Number(a), Number(b)) => a == b || (a.is_nan() && b.is_nan()),
            (Text(a), Text(b)) => a == b,
            (BigInt(s, a), BigInt(t, b)) => s == t && a == b,
            (Object(a), Object(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for SharedValue {}

impl Hash for SharedValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            SharedValue::Undefined | SharedValue::Null => {}
            SharedValue::Bool(b) => b.hash(state),
            // Zeros are equal, and so are all that are no numbers.
            SharedValue::Number(n) if n.is_nan() => 1_u8.hash(state),
            SharedValue::Number(n) => (n + 0.0).to_bits().hash(state),
            SharedValue::Text(text) => text.hash(state),
            SharedValue::BigInt(sign, words) => (sign, words).hash(state),
            SharedValue::Object(object) => object.id().hash(state),
        }
    }
}
