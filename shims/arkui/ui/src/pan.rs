//! What a recogniser tells a container that scrolls: fingers, wheels and touchpads that move its content.

use crate::geometry::{Axis, Point};

/// Along which axes a container lets its content be moved by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanAxis {
    /// Left and right.
    Horizontal,
    /// Up and down.
    Vertical,
    /// Any way.
    Free,
}

impl PanAxis {
    /// Whether it moves along an axis.
    pub fn allows(self, axis: Axis) -> bool {
        matches!(
            (self, axis),
            (PanAxis::Free, _) | (PanAxis::Horizontal, Axis::Horizontal) | (PanAxis::Vertical, Axis::Vertical)
        )
    }
}

impl From<Axis> for PanAxis {
    fn from(axis: Axis) -> PanAxis {
        match axis {
            Axis::Horizontal => PanAxis::Horizontal,
            Axis::Vertical => PanAxis::Vertical,
        }
    }
}

/// Where in a movement an event lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanPhase {
    /// A finger touches the container: a fling that runs ends. Comes before anything is recognised, and alone when the finger
    /// does something else.
    Touch,
    /// The movement was recognised as a pan. `delta` is what lies beyond the distance that recognising took.
    Start,
    /// It goes on.
    Update,
    /// The finger was lifted; `velocity` says how fast it was.
    End,
    /// Something else took the finger away.
    Cancel,
    /// A wheel was turned: a movement of its own, without `Start` and `End`.
    Wheel,
}

/// A movement by hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PanEvent {
    /// Where in the movement.
    pub phase: PanPhase,
    /// How far the finger moved since the last event, in px; content follows the finger, so up is negative and shows what
    /// lies below. A wheel that is turned towards the user gives a negative `y`.
    pub delta: Point,
    /// Speed of the finger in px per second.
    pub velocity: Point,
    /// Where the finger is, in the frame of the node.
    pub position: Point,
}

/// Fingers that move apart or together over a container whose content can be zoomed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ZoomEvent {
    /// Where in the movement: `Start`, `Update`, `End` or `Cancel`.
    pub phase: PanPhase,
    /// How many times as far from each other they are as in the beginning.
    pub scale: f32,
    /// The point between them, in the frame of the node.
    pub center: Point,
}
