//! Keeps the screen on and the machine awake.

use std::any::Any;

/// What shall not happen by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// The screen goes dark.
    Screen,
    /// The machine sleeps.
    Machine,
}

/// Holds for as long as it lives.
pub struct Inhibition {
    /// Ends it when it is dropped.
    _end: Box<dyn Any>,
}

impl Inhibition {
    /// An inhibition that ends when `end` is dropped.
    pub fn new(end: impl Any) -> Self {
        Self { _end: Box::new(end) }
    }
}

/// Keeps things from resting.
pub trait Inhibit {
    /// Keeps `rest` from happening. `reason` is shown to people.
    fn inhibit(&self, rest: Rest, reason: &str) -> Inhibition;
}

/// Nothing rests anyway.
pub struct NoInhibit;

impl Inhibit for NoInhibit {
    fn inhibit(&self, _rest: Rest, _reason: &str) -> Inhibition {
        Inhibition::new(())
    }
}
