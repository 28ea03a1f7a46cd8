//! Scrolling: what every container that scrolls shares. Its state is in [`crate::tree::Node::scroll`]; the component only lays
//! out, asks [`ScrollState`] where its content is, and tells it how much room there is.
//!
//! - `physics.rs`: flings, springs, resistance beyond edges
//! - `moving.rs`: fingers, wheels and time move content, alone or along with containers around (`nestedScroll`)
//! - `commands.rs`: what a `Scroller` does
//! - `attributes.rs`: the attributes and events that all have
//! - `events.rs`: what the app hears after a layout
//! - `bar.rs`: scroll bars
//! - `fade.rs`: edges that fade
//! - `rows.rs`: which rows are in sight, in containers that measure only those
//! - `sizes.rs`: extents of items that the app knows

mod attributes;
mod bar;
mod commands;
mod events;
pub mod fade;
mod moving;
mod physics;
mod rows;
mod sizes;

pub use attributes::with_shared;
pub use attributes::{BarState, ContentClip, EdgeEffect, FOCUS_WRAP_MODE, NestedMode};
pub use bar::{paint_bars, paint_thumb_in, thumb};
pub use commands::COMMANDS;
pub use events::{Shown, settle};
pub use moving::run;
pub use moving::{NestedScroll, on_pan, pan_axis, tick};
pub use physics::{Motion, ease, resistance};
pub use rows::{MOST_MEASURED, Row, Rows, View, Window};
pub use sizes::Sizes;

use crate::geometry::{Axis, Edges, Point};
use crate::pan::PanAxis;
use crate::tree::{NodeId, Tree};
use crate::units::Length;
use attributes::Style;
use concord_paint::kurbo::{BezPath, Rect, Shape as _};

/// `ScrollState` of the app: what moves the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Moving {
    /// Nothing.
    #[default]
    Idle,
    /// A finger.
    Drag,
    /// Momentum, a spring, or a command with an animation.
    Fling,
}

/// A movement that runs.
#[derive(Debug, Clone)]
pub struct Running {
    /// How.
    pub motion: Motion,
    /// Since when, in ms.
    pub since: f64,
    /// Its position at the last tick.
    pub last: f32,
}

/// Where content is along one axis. Lengths are px.
#[derive(Debug, Clone, Default)]
pub struct Track {
    /// How far the content is scrolled; negative or too large while it is pulled over an edge. An estimate in containers that
    /// do not know what lies before.
    pub offset: f32,
    /// Extent of all content; an estimate where not all of it was measured.
    pub extent: f32,
    /// Extent of the box that content is seen through.
    pub viewport: f32,
    /// How far it can be scrolled back: infinite while the start is not in sight, negative while it is pulled over it.
    pub before: f32,
    /// How far it can be scrolled on.
    pub after: f32,
    /// Moved since the app was told.
    pub pending: f32,
    /// Moved since the last layout; for containers that lay out from an anchor.
    pub unlaid: f32,
    /// What goes on by itself.
    pub running: Option<Running>,
}

impl Track {
    /// How far the content is over an edge: negative at the start, positive at the end.
    pub fn over(&self) -> f32 {
        if self.before < 0.0 {
            self.before
        } else if self.after < 0.0 {
            -self.after
        } else {
            0.0
        }
    }

    /// Moves on (positive) or back, whatever the edges.
    pub fn shift(&mut self, by: f32) {
        self.offset += by;
        self.before += by;
        self.after -= by;
        self.pending += by;
        self.unlaid += by;
    }

    /// Moves on or back as far as there is content. Returns how far it was.
    pub fn take(&mut self, by: f32) -> f32 {
        let by = if by > 0.0 { by.min(self.after.max(0.0)) } else { by.max(-self.before.max(0.0)) };
        self.shift(by);
        by
    }

    /// Says where everything is when all of it is known: the start at 0, the end at `extent - viewport`.
    pub fn know(&mut self, extent: f32, viewport: f32) {
        self.extent = extent;
        self.viewport = viewport;
        self.before = self.offset;
        self.after = (extent - viewport).max(0.0) - self.offset;
    }

    /// Back within the edges, at once.
    pub fn clamp(&mut self) {
        if self.after < 0.0 && self.before >= 0.0 {
            let by = self.after.max(-self.before);
            self.shift(by);
        }
        if self.before < 0.0 {
            let by = -self.before;
            self.shift(by);
        }
    }
}

/// Where to bring an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScrollAlign {
    /// To the start of the box.
    Start,
    /// To the middle.
    Center,
    /// To the end.
    End,
    /// Where it is nearest; nowhere when it is in sight.
    #[default]
    Auto,
}

impl ScrollAlign {
    /// From the platform's number.
    pub fn from_number(number: Option<i32>) -> Option<ScrollAlign> {
        Some(match number? {
            0 => ScrollAlign::Start,
            1 => ScrollAlign::Center,
            2 => ScrollAlign::End,
            3 => ScrollAlign::Auto,
            _ => return None,
        })
    }
}

/// An item that the next layout shall bring into sight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jump {
    /// Which; what is too large means the last.
    pub index: usize,
    /// Which within it, when it is a group.
    pub within: Option<usize>,
    /// Where to; `None` leaves it to the container.
    pub align: Option<ScrollAlign>,
    /// Further on by this.
    pub extra: f32,
    /// With an animation.
    pub smooth: bool,
}

/// The state of a container that scrolls.
#[derive(Debug)]
pub struct ScrollState {
    /// Along which axes; `None` for `ScrollDirection.None`.
    pub direction: Option<PanAxis>,
    /// What the attributes say.
    pub style: Style,
    /// Left and right.
    pub horizontal: Track,
    /// Up and down.
    pub vertical: Track,
    /// What moves it.
    pub moving: Moving,
    /// An item to show.
    pub jump: Option<Jump>,
    /// `ScrollBar`s elsewhere that show where the content is.
    pub bars: Vec<NodeId>,
    /// What the app says the bars shall show (`onScrollBarUpdate`): offset and extent of the content in px.
    pub bar_says: Option<(f32, f32)>,
    /// Whether it moves since a finger was lifted, and no command has come between.
    flinging: bool,
    /// Drags that follow each other quickly, and how far the one before the last went.
    drags: moving::Drags,
    drags_before: f32,
    /// What the app was told last.
    told: events::Told,
}

impl ScrollState {
    /// Up and down, with this edge effect where the app says nothing.
    pub fn new(edge_effect: EdgeEffect) -> ScrollState {
        ScrollState {
            direction: Some(PanAxis::Vertical),
            style: Style::new(edge_effect),
            horizontal: Track::default(),
            vertical: Track::default(),
            moving: Moving::Idle,
            jump: None,
            bars: Vec::new(),
            bar_says: None,
            flinging: false,
            drags: moving::Drags::default(),
            drags_before: 0.0,
            told: events::Told::default(),
        }
    }

    /// The axis of containers that have one.
    pub fn axis(&self) -> Axis {
        if self.direction == Some(PanAxis::Horizontal) { Axis::Horizontal } else { Axis::Vertical }
    }

    /// Where content is along an axis.
    pub fn track(&self, axis: Axis) -> &Track {
        match axis {
            Axis::Horizontal => &self.horizontal,
            Axis::Vertical => &self.vertical,
        }
    }

    /// See [`ScrollState::track`].
    pub fn track_mut(&mut self, axis: Axis) -> &mut Track {
        match axis {
            Axis::Horizontal => &mut self.horizontal,
            Axis::Vertical => &mut self.vertical,
        }
    }

    /// Whether content may stay over an edge for now.
    pub fn may_be_over(&self, axis: Axis) -> bool {
        self.moving == Moving::Drag
            || self.track(axis).running.as_ref().is_some_and(|running| {
                matches!(running.motion, Motion::Spring { .. } | Motion::Curve { over: true, .. })
            })
    }

    /// The offset of the content, both axes.
    pub fn offset(&self) -> Point {
        Point::new(self.horizontal.offset, self.vertical.offset)
    }

    /// Whether anything goes on by itself.
    pub fn is_running(&self) -> bool {
        self.horizontal.running.is_some() || self.vertical.running.is_some()
    }
}

/// `contentStartOffset` and `contentEndOffset` in px. Together they leave something of the box.
pub fn content_offsets(tree: &Tree, node: NodeId, viewport: f32) -> (f32, f32) {
    let Some(scroll) = tree.scroll(node) else { return (0.0, 0.0) };
    let px = |length: &Option<Length>| {
        let length = length.as_ref().and_then(|length| length.resolve(&tree.environment, viewport));
        length.filter(|length| *length > 0.0).unwrap_or(0.0)
    };
    let (start, end) = (px(&scroll.style.content_offset.0), px(&scroll.style.content_offset.1));
    if start + end >= viewport { (0.0, 0.0) } else { (start, end) }
}

/// Where the content of a node that scrolls is cut off besides at its box, in the node's own coordinates.
pub fn content_clip(tree: &Tree, node: NodeId) -> Option<BezPath> {
    let scroll = tree.scroll(node)?;
    let found = tree.get(node)?;
    // `List` and `WaterFlow` cut at the content box by themselves, the others at their own.
    let own = matches!(found.component.name(), "List" | "WaterFlow").then_some(&ContentClip::ContentOnly);
    match scroll.style.clip.as_ref().or(own)? {
        ContentClip::ContentOnly => {
            let content = found.layout.content();
            let (x, y) = (f64::from(content.origin.x), f64::from(content.origin.y));
            let rect = Rect::new(x, y, f64::from(content.right()), f64::from(content.bottom()));
            (found.layout.insets() != Edges::default()).then(|| rect.to_path(0.1))
        }
        ContentClip::Boundary | ContentClip::SafeArea => None,
        ContentClip::Shape(shape) => Some(shape.outline(&tree.environment, found.layout.size)),
    }
}

impl Tree {
    /// How a node scrolls, when it does.
    pub fn scroll(&self, id: NodeId) -> Option<&ScrollState> {
        self.get(id)?.scroll.as_deref()
    }

    /// See [`Tree::scroll`].
    pub fn scroll_mut(&mut self, id: NodeId) -> Option<&mut ScrollState> {
        self.get_mut(id)?.scroll.as_deref_mut()
    }
}
