//! Where the machine is.

use std::any::Any;

use crate::{Listener, ServiceError};

/// How well a place shall be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// To some kilometres.
    Approximate,
    /// As well as possible.
    Exact,
}

/// A place. What nobody has measured is none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Position {
    /// Degrees, north positive.
    pub latitude: f64,
    /// Degrees, east positive.
    pub longitude: f64,
    /// Metres above the sea.
    pub altitude: Option<f64>,
    /// Metres by which it may be wrong.
    pub accuracy: f64,
    /// Metres per second.
    pub speed: Option<f64>,
    /// Degrees from north, clockwise.
    pub heading: Option<f64>,
    /// Milliseconds since 1970 at which it was measured.
    pub time: Option<u64>,
}

/// Goes on for as long as it lives.
pub struct Watch {
    /// Ends it when it is dropped.
    _end: Box<dyn Any>,
}

impl Watch {
    /// A watch that ends when `end` is dropped.
    pub fn new(end: impl Any) -> Self {
        Self { _end: Box::new(end) }
    }
}

/// Knows where the machine is.
pub trait Location {
    /// Whether there is somebody to ask. People may still refuse.
    fn is_available(&self) -> bool;

    /// Tells `listener` every place from now on; an error is the last that it hears. `app` is the name of its desktop entry.
    fn watch(&self, app: &str, precision: Precision, listener: Listener<Result<Position, ServiceError>>) -> Watch;
}

/// Nobody knows.
pub struct NoLocation;

impl Location for NoLocation {
    fn is_available(&self) -> bool {
        false
    }

    fn watch(&self, _app: &str, _precision: Precision, listener: Listener<Result<Position, ServiceError>>) -> Watch {
        listener(Err(ServiceError::Absent("places")));
        Watch::new(())
    }
}
