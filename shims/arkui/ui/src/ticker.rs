//! What goes on by itself: animations, flings and timers of components.
//!
//! A component asks for a tick of its node with [`Tree::tick_at`] and gets it once, in the first frame that is not earlier; what
//! goes on asks again. Frames are only made while somebody waits for one.

use crate::layout::Pass;
use crate::tree::{NodeId, Tree};
use rustc_hash::FxHashMap;

/// Nodes that wait for a tick, with the time that they wait for.
#[derive(Debug, Default)]
pub struct Ticker {
    due: FxHashMap<NodeId, f64>,
}

impl Ticker {
    /// When the next tick is due, in ms; `None` when nobody waits.
    pub fn next(&self) -> Option<f64> {
        self.due.values().copied().min_by(f64::total_cmp)
    }
}

/// How often what moves without end looks whether it is in sight again, in ms.
const UNSEEN: f64 = 250.0;

impl Tree {
    /// Asks for a tick of a node ([`crate::Component::tick`]) at a time in ms; the earliest of several counts.
    pub fn tick_at(&mut self, node: NodeId, at: f64) {
        let due = self.ticker.due.entry(node).or_insert(at);
        *due = due.min(at);
    }

    /// Asks for a tick in the next frame.
    pub fn tick_next(&mut self, node: NodeId) {
        self.tick_at(node, self.now);
        self.needs_frame = true;
    }

    /// Asks for a tick in `wait` ms, for what moves without end: only while somebody looks, so that an app that only waits is
    /// idle. Out of sight it is asked now and then whether that has changed.
    pub fn tick_while_watched(&mut self, node: NodeId, wait: f64) {
        if self.environment.animations && self.watched_live {
            let wait = if self.is_shown(node) { wait.max(1.0) } else { wait.max(UNSEEN) };
            self.tick_at(node, self.now + wait);
        }
    }

    /// Takes back what a node has asked for.
    pub fn stop_ticking(&mut self, node: NodeId) {
        self.ticker.due.remove(&node);
    }
}

/// Ticks every node whose time has come. To be called once per frame, before layout.
pub fn tick(pass: &mut Pass<'_>) {
    let now = pass.tree.now;
    let mut due: Vec<NodeId> =
        pass.tree.ticker.due.iter().filter(|(_, at)| **at <= now).map(|(node, _)| *node).collect();
    due.sort_unstable();
    for node in due {
        pass.tree.ticker.due.remove(&node);
        let Some(component) = pass.tree.get(node).map(|node| node.component) else { continue };
        component.tick(pass, node);
    }
}
