//! What recognisers wait for.

use std::collections::BTreeMap;

/// A timer that came due: whose, and which of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Timer {
    /// The recogniser's number.
    pub owner: u64,
    /// What the recogniser calls it.
    pub token: u32,
}

/// Timers in the order of their time; equal times first come, first served.
#[derive(Debug, Default)]
pub(crate) struct Timers {
    // Times are kept in whole nanoseconds, which can be ordered.
    queue: BTreeMap<(u64, u64), Timer>,
    order: u64,
}

impl Timers {
    /// Starts a timer, instead of the one with the same owner and token.
    pub fn start(&mut self, at: f64, timer: Timer) {
        self.stop(timer);
        self.order += 1;
        self.queue.insert(((at.max(0.0) * 1e6) as u64, self.order), timer);
    }

    /// Stops a timer, if it runs.
    pub fn stop(&mut self, timer: Timer) {
        self.queue.retain(|_, running| *running != timer);
    }

    /// Stops all timers of an owner.
    pub fn stop_all(&mut self, owner: u64) {
        self.queue.retain(|_, running| running.owner != owner);
    }

    /// When the next one is due, in ms.
    pub fn next(&self) -> Option<f64> {
        self.queue.keys().next().map(|(at, _)| *at as f64 / 1e6)
    }

    /// The next one that is due at a time.
    pub fn take_due(&mut self, now: f64) -> Option<Timer> {
        let first = self.queue.first_entry()?;
        // Half a microsecond, since clocks of the host are rounded on their way.
        (first.key().0 as f64 <= now * 1e6 + 500.0).then(|| first.remove())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_fire_in_order_and_once() {
        let mut timers = Timers::default();
        let (a, b) = (Timer { owner: 1, token: 0 }, Timer { owner: 2, token: 0 });
        timers.start(300.0, a);
        timers.start(100.0, b);
        timers.start(200.0, a);
        assert_eq!(timers.next(), Some(100.0));
        assert_eq!(timers.take_due(99.0), None);
        assert_eq!(timers.take_due(500.0), Some(b));
        assert_eq!(timers.take_due(500.0), Some(a));
        assert_eq!(timers.take_due(500.0), None, "the second start replaced the first");
    }
}
