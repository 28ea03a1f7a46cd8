//! What the app hands to components: values of its language without its engine.

use std::any::Any;
use std::fmt;
use std::rc::Rc;

/// A value from the app, converted once. Resources that have a plain value (`$r('app.color.x')`) arrive as that value.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value {
    /// `undefined`, or an argument that was not given: resets an attribute to its default.
    #[default]
    Undefined,
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// Any number.
    Number(f64),
    /// Any string.
    String(Rc<str>),
    /// An array.
    Array(Rc<[Value]>),
    /// A plain object: its own properties.
    Object(Rc<Object>),
    /// A function.
    Callback(Callback),
    /// A file of a package: `$r('app.media.x')`, `$rawfile('x')`.
    Resource(Rc<Resource>),
    /// Something of the host that the app holds: a controller, a pixel map, a node.
    Foreign(Foreign),
}

/// The properties of an object, in the app's order.
#[derive(Debug, Default, PartialEq)]
pub struct Object {
    /// Names and values.
    pub properties: Vec<(Rc<str>, Value)>,
}

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Resource {
    /// The module whose package holds it.
    pub module: String,
    /// Path in the package, for instance `resources/base/media/icon.png`.
    pub path: String,
}

/// A function of the app. Equal when it is the same conversion of the same function.
#[derive(Clone)]
pub struct Callback(Rc<dyn Function>);

/// What a [`Callback`] is on the side of the engine.
pub trait Function: 'static {
    /// The concrete type, for the bridge.
    fn as_any(&self) -> &dyn Any;
}

impl Callback {
    /// Wraps a function of the engine.
    pub fn new(function: impl Function) -> Callback {
        Callback(Rc::new(function))
    }

    /// The function as the bridge made it.
    pub fn function(&self) -> &dyn Any {
        self.0.as_any()
    }
}

impl PartialEq for Callback {
    fn eq(&self, other: &Callback) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback")
    }
}

/// Something of the host, by type. Equal when it is the same thing.
#[derive(Clone)]
pub struct Foreign(pub Rc<dyn Any>);

impl PartialEq for Foreign {
    fn eq(&self, other: &Foreign) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Foreign")
    }
}

const UNDEFINED: &Value = &Value::Undefined;

impl Value {
    /// The largest size, place or speed: sums and products of such numbers are finite too, and far beyond every screen.
    pub const MOST: f64 = 1e9;

    /// A string.
    pub fn text(text: impl Into<Rc<str>>) -> Value {
        Value::String(text.into())
    }

    /// An object from names and values.
    pub fn object<const N: usize>(properties: [(&str, Value); N]) -> Value {
        let properties = properties.into_iter().map(|(name, value)| (Rc::from(name), value)).collect();
        Value::Object(Rc::new(Object { properties }))
    }

    /// An array.
    pub fn array(items: impl IntoIterator<Item = Value>) -> Value {
        Value::Array(items.into_iter().collect())
    }

    /// Whether it is `undefined` or `null`.
    pub fn is_nullish(&self) -> bool {
        matches!(self, Value::Undefined | Value::Null)
    }

    /// A boolean, when it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// A finite number, when it is one, no further from 0 than [`Value::MOST`].
    pub fn as_f32(&self) -> Option<f32> {
        self.as_f64().map(|number| number.clamp(-Value::MOST, Value::MOST) as f32)
    }

    /// A finite number, when it is one.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Number(number) if number.is_finite() => Some(*number),
            _ => None,
        }
    }

    /// A whole number, when it is a number: what lies behind the point is cut off.
    pub fn as_i32(&self) -> Option<i32> {
        self.as_f64().map(|number| number as i32)
    }

    /// A whole number that is not negative, when it is one: an index, or a number of things. It may be very large.
    pub fn as_index(&self) -> Option<usize> {
        self.as_f64().filter(|number| *number >= 0.0).map(|number| number as usize)
    }

    /// A string, when it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// A function, when it is one.
    pub fn as_callback(&self) -> Option<&Callback> {
        match self {
            Value::Callback(callback) => Some(callback),
            _ => None,
        }
    }

    /// The items, when it is an array.
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The properties, when it is an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// A thing of the host, when it is one of this type.
    pub fn as_foreign<T: 'static>(&self) -> Option<Rc<T>> {
        match self {
            Value::Foreign(foreign) => Rc::clone(&foreign.0).downcast::<T>().ok(),
            _ => None,
        }
    }

    /// A property of an object; `undefined` when it is no object or has no such property.
    pub fn get(&self, name: &str) -> &Value {
        self.as_object()
            .and_then(|object| object.properties.iter().find(|(key, _)| &**key == name))
            .map_or(UNDEFINED, |(_, value)| value)
    }
}

/// The arguments of a call; what was not given is `undefined`.
#[derive(Debug, Clone, Copy)]
pub struct Args<'a>(pub &'a [Value]);

impl<'a> Args<'a> {
    /// An argument.
    pub fn get(&self, index: usize) -> &'a Value {
        self.0.get(index).unwrap_or(UNDEFINED)
    }
}
