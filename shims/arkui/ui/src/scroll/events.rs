//! What the app hears of scrolling. All is told after a layout, when it is known how far the content went.

use super::Moving;
use crate::geometry::Point;
use crate::pan::PanAxis;
use crate::tree::{NodeId, Tree};
use crate::value::Value;

/// What the app was told last.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Told {
    /// Whether the content was laid out before.
    laid_out: bool,
    /// Whether the start was reached.
    start: bool,
    /// Whether the end was reached.
    end: bool,
    /// Whether the content was pulled over the start, and over the end.
    over: (bool, bool),
    /// First, last and middle item in sight.
    shown: Option<Shown>,
    /// Whether a movement has ended since.
    pub(super) stopped: bool,
}

/// Items in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The first.
    pub first: usize,
    /// The last.
    pub last: usize,
    /// The one in the middle of the box.
    pub center: usize,
}

/// Ends a layout: tells the app how far the content went (`moved`), which items are in sight now, and which edges were reached.
/// To be called after [`super::Track`]s are up to date.
pub fn settle(tree: &mut Tree, node: NodeId, shown: Option<Shown>) {
    let density = tree.environment.density;
    let Some(found) = tree.get(node) else { return };
    let component = found.component;
    let Some(scroll) = tree.scroll_mut(node) else { return };
    let moved = Point::new(scroll.horizontal.pending, scroll.vertical.pending);
    scroll.horizontal.pending = 0.0;
    scroll.vertical.pending = 0.0;
    let before = scroll.told;
    let track = scroll.track(scroll.axis()).clone();
    let has_content = track.extent > 0.0;
    let start = has_content && track.before <= 0.5;
    let end = has_content && track.after <= 0.5;
    let over = (has_content && track.before < -0.5, has_content && track.after < -0.5);
    let stopped = std::mem::take(&mut scroll.told.stopped);
    let laid_out = before.laid_out || has_content;
    scroll.told = super::events::Told { laid_out, start, end, over, shown, stopped: false };
    let state = Value::Number(match scroll.moving {
        Moving::Idle => 0.0,
        Moving::Drag => 1.0,
        Moving::Fling => 2.0,
    });
    let direction = scroll.direction;
    let vp = |px: f32| Value::Number(f64::from(px / density));
    let any = moved.x.abs() > 0.001 || moved.y.abs() > 0.001;
    if any || stopped || !before.laid_out {
        let bars = tree.scroll(node).map(|scroll| scroll.bars.clone()).unwrap_or_default();
        for bar in bars {
            tree.mark_place(bar);
        }
    }
    if any {
        if component.scrolls_both_ways() {
            tree.emit_event(node, "onDidScroll", vec![vp(moved.x), vp(moved.y), state]);
            tree.emit_event(node, "onScroll", vec![vp(moved.x), vp(moved.y)]);
        } else {
            let by = if direction == Some(PanAxis::Horizontal) { moved.x } else { moved.y };
            tree.emit_event(node, "onDidScroll", vec![vp(by), state.clone()]);
            tree.emit_event(node, "onScroll", vec![vp(by), state]);
        }
    }
    if let Some(shown) = shown
        && before.shown != Some(shown)
    {
        let number = |index: usize| Value::Number(index as f64);
        tree.emit_event(node, "onScrollIndex", vec![number(shown.first), number(shown.last), number(shown.center)]);
    }
    // Edges are told of when they are reached, and in the beginning when a list begins there.
    let first = !before.laid_out && has_content;
    let lists = !component.scrolls_both_ways();
    let edge = |start: bool| {
        Value::Number(match (direction, start) {
            (Some(PanAxis::Horizontal), true) => 4.0,
            (Some(PanAxis::Horizontal), false) => 6.0,
            (_, true) => 0.0,
            (_, false) => 2.0,
        })
    };
    // Content that was pulled over an edge reaches it again when it comes back.
    let back = (before.over.0 && !over.0, before.over.1 && !over.1);
    if start && ((any && (!before.start || back.0)) || (first && lists)) {
        tree.emit_event(node, "onReachStart", Vec::new());
        tree.emit_event(node, "onScrollEdge", vec![edge(true)]);
    }
    if end && ((any && (!before.end || back.1)) || (first && lists)) {
        tree.emit_event(node, "onReachEnd", Vec::new());
        tree.emit_event(node, "onScrollEdge", vec![edge(false)]);
    }
    if stopped {
        tree.emit_event(node, "onScrollStop", Vec::new());
    }
}
