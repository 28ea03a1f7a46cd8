//! The battery.

use crate::Listener;

/// What a battery does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charge {
    /// Nobody knows.
    #[default]
    Unknown,
    /// It gets fuller.
    Charging,
    /// It gets emptier.
    Discharging,
    /// It is full.
    Full,
    /// At the charger, without getting fuller.
    Held,
}

/// A battery. What nobody measures is none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Battery {
    /// It is there.
    pub present: bool,
    /// 0 to 100.
    pub percent: f64,
    /// What it does.
    pub charge: Charge,
    /// The machine runs from mains.
    pub plugged: bool,
    /// Volts.
    pub voltage: Option<f64>,
    /// Degrees Celsius.
    pub temperature: Option<f64>,
    /// Watts that go in; negative when they go out.
    pub power: Option<f64>,
    /// Watt-hours now in it, and when it is full.
    pub energy: Option<(f64, f64)>,
    /// Seconds until it is full, while it gets fuller.
    pub until_full: Option<u64>,
    /// What it is made of: `Li-ion`.
    pub technology: String,
}

/// Tells about the battery.
pub trait Power {
    /// The battery as far as it is known; none on a machine that tells nothing.
    fn battery(&self) -> Option<Battery>;

    /// Calls `listener` after every change. One listener; a later one takes its place.
    fn listen(&self, listener: Listener<Battery>);
}

/// A machine that tells nothing.
pub struct NoPower;

impl Power for NoPower {
    fn battery(&self) -> Option<Battery> {
        None
    }

    fn listen(&self, _listener: Listener<Battery>) {}
}
