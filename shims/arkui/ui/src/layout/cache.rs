//! What measuring gave, to give it again.
//!
//! A parent that measures a child twice (naturally, then stretched) would double the work at every level of nesting, and would
//! undo the child's arrangement each time it is laid out again. So a node remembers a few results; the inside is arranged again
//! only when the node is placed with another constraint than it was arranged for.

use super::Constraint;
use crate::geometry::{Edges, Size};

/// Results that are kept per node.
const KEPT: usize = 4;

/// One result.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measurement {
    pub(crate) constraint: Constraint,
    pub(crate) size: Size,
    pub(crate) margin: Edges,
    pub(crate) padding: Edges,
    pub(crate) border: Edges,
}

/// The results of a node since it last changed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Measurements {
    known: Vec<Measurement>,
    oldest: usize,
    /// What the inside of the node is arranged for.
    pub(crate) arranged: Option<Constraint>,
    /// How often the inside was arranged.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) arrangements: usize,
}

impl Measurements {
    pub(crate) fn get(&self, constraint: &Constraint) -> Option<Measurement> {
        self.known.iter().find(|known| known.constraint == *constraint).copied()
    }

    pub(crate) fn clear(&mut self) {
        self.known.clear();
        self.oldest = 0;
        self.arranged = None;
    }

    pub(crate) fn keep(&mut self, measurement: Measurement) {
        self.arranged = Some(measurement.constraint);
        #[cfg(any(test, feature = "testing"))]
        {
            self.arrangements += 1;
        }
        if let Some(known) = self.known.iter_mut().find(|known| known.constraint == measurement.constraint) {
            *known = measurement;
        } else if self.known.len() < KEPT {
            self.known.push(measurement);
        } else if let Some(slot) = self.known.get_mut(self.oldest) {
            *slot = measurement;
            self.oldest = (self.oldest + 1) % KEPT;
        }
    }
}
