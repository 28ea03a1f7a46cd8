//! Gestures: what the app binds to nodes, and who wins when several want the same fingers.
//!
//! A [`Spec`] is what the app describes. When a finger comes down, the arena (`arena.rs`) makes a recogniser for every gesture
//! of every node that was hit, and one for clicks and pans of containers. A recogniser (one file each, the trait is in
//! `machine.rs`) follows its fingers and says when it has recognised something, or never will; the arena lets the first win,
//! inner before outer, unless the app has said otherwise. What the winner reports goes to handlers in `report.rs`.

mod arena;
mod asking;
mod long_press;
pub(crate) mod machine;
mod pan;
pub mod recognizer;
mod report;
mod select;
mod sequence;
mod swipe;
mod tap;
#[cfg(test)]
pub(crate) mod testing;
mod turning;
pub(crate) mod velocity;

pub use arena::cancel_all;
pub(crate) use arena::{Arena, down, pointer, prevent_clicks, timer};

use crate::value::{Callback, Value};
use std::rc::Rc;

/// How a gesture of a node stands to those of what is in it: `gesture`, `priorityGesture`, `parallelGesture`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// What is in the node comes first.
    Low,
    /// The node comes first.
    High,
    /// Both may win.
    Parallel,
}

/// A gesture as it is bound to a node.
#[derive(Debug, Clone)]
pub struct Attached {
    /// What.
    pub spec: Rc<Spec>,
    /// How.
    pub priority: Priority,
    /// `GestureMask.IgnoreInternal`: gestures of what is in the node are not recognised.
    pub ignore_internal: bool,
}

impl Attached {
    /// From the description that the library makes: `{type, options, members, mode, tag, onAction …}`.
    pub fn from_value(value: &Value, priority: Priority, ignore_internal: bool) -> Option<Attached> {
        Some(Attached { spec: Rc::new(Spec::from_value(value, 0)?), priority, ignore_internal })
    }
}

/// A gesture as the app describes it.
#[derive(Debug)]
pub struct Spec {
    /// What is to be recognised.
    pub kind: Kind,
    /// Whom to tell.
    pub handlers: Handlers,
    /// `tag`, a name for the app's own use.
    pub tag: Option<Rc<str>>,
    /// `allowedTypes`: the tools (`SourceTool`) that count; none is all.
    pub tools: Vec<i32>,
    /// `distanceMap` of a pan: distances in vp by tool.
    pub distances: Vec<(i32, f32)>,
    /// `isFingerCountLimited`: more fingers than it says are too many.
    pub exact: bool,
}

/// Handlers of a gesture.
#[derive(Debug, Clone, Default)]
pub struct Handlers {
    /// `onAction` of taps, long presses and swipes.
    pub action: Option<Callback>,
    /// `onActionStart`.
    pub start: Option<Callback>,
    /// `onActionUpdate`.
    pub update: Option<Callback>,
    /// `onActionEnd`.
    pub end: Option<Callback>,
    /// `onActionCancel`, or `onCancel` of a group.
    pub cancel: Option<Callback>,
}

/// What is to be recognised. Distances are vp, times ms.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `TapGesture`.
    Tap {
        /// How often.
        count: u32,
        /// With how many fingers.
        fingers: usize,
        /// How far a finger may move; none is anywhere on the node.
        distance: Option<f32>,
    },
    /// `LongPressGesture`.
    LongPress {
        /// With how many fingers.
        fingers: usize,
        /// Whether it is told again and again while the fingers stay.
        repeat: bool,
        /// After how long.
        duration: f64,
        /// How far a finger may move before.
        distance: f32,
    },
    /// `PanGesture`.
    Pan {
        /// With how many fingers at least.
        fingers: usize,
        /// Bits: 1 left, 2 right, 4 up, 8 down.
        direction: u32,
        /// After which distance.
        distance: f32,
    },
    /// `PinchGesture`.
    Pinch {
        /// With how many fingers at least.
        fingers: usize,
        /// After which change of distance.
        distance: f32,
    },
    /// `RotationGesture`.
    Rotation {
        /// With how many fingers at least.
        fingers: usize,
        /// After which angle in degrees.
        angle: f32,
    },
    /// `SwipeGesture`.
    Swipe {
        /// With how many fingers at least.
        fingers: usize,
        /// Bits: 1 horizontal, 2 vertical.
        direction: u32,
        /// Lowest speed in vp per second.
        speed: f32,
    },
    /// `GestureGroup`.
    Group(Mode, Vec<Rc<Spec>>),
}

/// `GestureMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// One after the other.
    Sequence,
    /// Each for itself.
    Parallel,
    /// The first that is recognised.
    Exclusive,
}

/// Deepest nesting of groups.
const MAX_GROUPS: usize = 8;

impl Spec {
    fn from_value(value: &Value, depth: usize) -> Option<Spec> {
        if depth > MAX_GROUPS {
            return None;
        }
        let options = value.get("options");
        let number = |name: &str| options.get(name).as_f32().filter(|number| number.is_finite());
        let positive = |name: &str, default: f32| number(name).filter(|number| *number > 0.0).unwrap_or(default);
        // Between what the platform allows; everything else is the default.
        let fingers = |least: usize, most: usize| {
            let given = number("fingers").map(|fingers| fingers as usize);
            given.filter(|fingers| *fingers <= most).unwrap_or(least).max(least)
        };
        let kind = match value.get("type").as_str()? {
            "Tap" => Kind::Tap {
                count: number("count").filter(|count| *count >= 1.0).map_or(1, |count| count as u32),
                fingers: fingers(1, 10),
                distance: number("distance").filter(|distance| *distance > 0.0),
            },
            "LongPress" => Kind::LongPress {
                fingers: fingers(1, 10),
                repeat: options.get("repeat").as_bool() == Some(true),
                duration: f64::from(positive("duration", 500.0)),
                distance: positive("allowableMovement", 15.0),
            },
            "Pan" => Kind::Pan {
                fingers: fingers(1, 10),
                direction: number("direction").map_or(15, |bits| bits as u32 & 15),
                distance: number("distance").filter(|distance| *distance >= 0.0).unwrap_or(5.0),
            },
            "Pinch" => Kind::Pinch { fingers: fingers(2, 5), distance: positive("distance", 5.0) },
            "Rotation" => Kind::Rotation { fingers: fingers(2, 5), angle: positive("angle", 1.0) },
            "Swipe" => Kind::Swipe {
                fingers: fingers(1, 10),
                direction: number("direction").map_or(3, |bits| bits as u32 & 3),
                speed: positive("speed", 100.0),
            },
            "Group" => {
                let members = value.get("members").as_array()?;
                let members = members.iter().filter_map(|member| Spec::from_value(member, depth + 1));
                let mode = match value.get("mode").as_i32() {
                    Some(1) => Mode::Parallel,
                    Some(2) => Mode::Exclusive,
                    _ => Mode::Sequence,
                };
                Kind::Group(mode, members.map(Rc::new).collect())
            }
            _ => return None,
        };
        let handler = |name: &str| value.get(name).as_callback().cloned();
        let handlers = Handlers {
            action: handler("onAction"),
            start: handler("onActionStart"),
            update: handler("onActionUpdate"),
            end: handler("onActionEnd"),
            cancel: handler("onActionCancel").or_else(|| handler("onCancel")),
        };
        let tag = value.get("tag").as_str().map(Rc::from);
        let tools = value.get("tools").as_array().unwrap_or_default().iter().filter_map(Value::as_i32).collect();
        let distances = options.get("distances").as_array().unwrap_or_default().iter().filter_map(|pair| {
            let pair = pair.as_array()?;
            Some((pair.first()?.as_i32()?, pair.get(1)?.as_f32()?))
        });
        let exact = options.get("isFingerCountLimited").as_bool() == Some(true);
        Some(Spec { kind, handlers, tag, tools, distances: distances.collect(), exact })
    }

    /// With how many fingers it is made.
    pub(crate) fn fingers(&self) -> usize {
        match self.kind {
            Kind::Tap { fingers, .. }
            | Kind::LongPress { fingers, .. }
            | Kind::Pan { fingers, .. }
            | Kind::Pinch { fingers, .. }
            | Kind::Rotation { fingers, .. }
            | Kind::Swipe { fingers, .. } => fingers,
            Kind::Group(..) => 1,
        }
    }

    /// `GestureControl.GestureType`.
    pub(crate) fn number(&self) -> i32 {
        match self.kind {
            Kind::Tap { .. } => 0,
            Kind::LongPress { .. } => 1,
            Kind::Pan { .. } => 2,
            Kind::Pinch { .. } => 3,
            Kind::Swipe { .. } => 4,
            Kind::Rotation { .. } => 5,
            Kind::Group(..) => -1,
        }
    }
}
