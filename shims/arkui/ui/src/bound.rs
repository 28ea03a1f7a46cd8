//! Values that are bound in both directions.

use crate::value::{Args, Callback, Value};

/// A value that may be bound: `$$x` and `x!!` come as the value together with a function that wants to hear of changes.
#[derive(Debug, Clone, Default)]
pub struct Bound {
    /// What it is.
    pub value: Value,
    /// What wants to hear of changes.
    pub change: Option<Callback>,
}

impl Bound {
    /// From a member of an object: the plain value, `{ value, changeEvent }`, or with the function as `$name`.
    pub fn member(object: &Value, name: &str) -> Bound {
        let bound = Bound::argument(object.get(name), &Value::Undefined);
        let change = bound.change.or_else(|| object.get(&format!("${name}")).as_callback().cloned());
        Bound { change, ..bound }
    }

    /// From the arguments of an attribute: the value, and the function behind it.
    pub fn args(args: Args<'_>) -> Bound {
        Bound::argument(args.get(0), args.get(1))
    }

    fn argument(value: &Value, function: &Value) -> Bound {
        let inner = |name: &str| value.get(name).as_callback().cloned();
        match inner("changeEvent").or_else(|| inner("$value")) {
            Some(change) => Bound { value: value.get("value").clone(), change: Some(change) },
            None => Bound { value: value.clone(), change: function.as_callback().cloned() },
        }
    }
}
