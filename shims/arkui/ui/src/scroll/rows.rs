//! Rows in sight, of containers that measure only those.
//!
//! One row is the anchor: the first in sight, at a known place. From there rows are measured on and back until the box is full.
//! What lies before and behind is only estimated, so that the work depends on the box and not on the number of items.

use super::{Jump, ScrollAlign, Sizes, Track};
use crate::layout::Pass;
use crate::sources::Splice;
use std::rc::Rc;

/// Most items that one layout measures, whatever their extent: items without any would never fill a box.
pub const MOST_MEASURED: usize = 20_000;
/// Further than this many boxes, rows are skipped by their average extent instead of being measured.
const FAR: f32 = 20.0;
/// Differences that are no more than rounding, in px.
const NEAR: f32 = 0.05;
/// Most rows that are measured to find out how far away the target of a smooth movement is.
const SEARCHED: usize = 64;

/// A row that was measured. Keys are what the container counts in: items, or lines of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Row {
    /// Its first key.
    pub first: usize,
    /// The key behind its last.
    pub end: usize,
    /// Where it begins in the box, along the axis.
    pub at: f32,
    /// Its extent along the axis.
    pub extent: f32,
}

/// Measures rows.
pub trait Rows {
    /// How many keys there are.
    fn count(&self) -> usize;
    /// The row that begins with a key.
    fn row_from(&mut self, pass: &mut Pass<'_>, first: usize) -> Row;
    /// The row that ends before a key, which is not 0.
    fn row_until(&mut self, pass: &mut Pass<'_>, end: usize) -> Row;
    /// The first key of the row that holds a key.
    fn row_of(&mut self, pass: &mut Pass<'_>, key: usize) -> usize;
    /// How many items are in some keys.
    fn items(&self, keys: usize) -> usize {
        keys
    }
    /// Where something inside a row begins, for jumps into groups: the distance from the row's start, and its extent.
    fn within(&mut self, _pass: &mut Pass<'_>, _row: &Row, _index: usize) -> Option<(f32, f32)> {
        None
    }
}

/// The box that rows are seen through.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Its extent along the axis.
    pub viewport: f32,
    /// Between two rows.
    pub space: f32,
    /// Before the first row.
    pub lead: f32,
    /// Behind the last row.
    pub trail: f32,
    /// Whether content may stay over an edge.
    pub free: bool,
    /// How many rows are measured beyond each edge.
    pub cached: usize,
    /// Extents of rows that are known, where each row is one key.
    pub sizes: Option<Rc<Sizes>>,
    /// Whether rows begin at the end of the box, as those of a chat do.
    pub from_end: bool,
}

/// The rows in sight.
#[derive(Debug, Default)]
pub struct Window {
    /// In order; never empty when there is anything.
    pub rows: Vec<Row>,
    /// Keys that were measured: in sight, and `cached` beyond.
    pub keep: std::ops::Range<usize>,
    anchor: usize,
    at: f32,
    started: bool,
}

impl Window {
    /// Lays out: takes in what `track` was moved, and says there where everything is now. Returns a distance to go smoothly.
    pub fn lay_out(
        &mut self,
        pass: &mut Pass<'_>,
        rows: &mut dyn Rows,
        view: &View,
        track: &mut Track,
        jump: Option<Jump>,
    ) -> Option<f32> {
        let by = std::mem::take(&mut track.unlaid);
        track.viewport = view.viewport;
        let count = rows.count();
        if count == 0 {
            *self = Window { started: self.started, ..Window::default() };
            *track = Track { viewport: view.viewport, pending: track.pending, ..Track::default() };
            return None;
        }
        if !self.started {
            self.started = true;
            self.at = view.lead;
            if view.from_end && view.viewport.is_finite() {
                let last = rows.row_until(pass, count);
                self.anchor = last.first;
                self.at = view.viewport - view.trail - last.extent;
            }
        }
        self.at -= by;
        let mut estimate = false;
        if self.anchor >= count {
            let last = rows.row_until(pass, count);
            self.anchor = last.first;
            self.at = view.viewport - view.trail - last.extent;
            estimate = true;
        }
        if by.abs() > FAR * view.viewport {
            estimate |= self.skip(pass, rows, view, count);
        }
        let mut smooth = None;
        if let Some(jump) = jump {
            smooth = self.jump(pass, rows, view, &jump, count);
            estimate = true;
        }
        self.fill(pass, rows, view, count, track);
        self.measure_beyond(pass, rows, view, count);
        self.tell(view, track, count, estimate);
        smooth
    }

    /// What is in sight stays there although keys before it came or went.
    pub fn follow(&mut self, splices: &[Splice]) {
        for splice in splices {
            if splice.at <= self.anchor {
                let removed = splice.removed.min(self.anchor - splice.at);
                self.anchor = self.anchor - removed + splice.added;
            }
        }
    }

    /// Moves the anchor by the average extent of rows, for movements that are too far to measure all that lies between.
    fn skip(&mut self, pass: &mut Pass<'_>, rows: &mut dyn Rows, view: &View, count: usize) -> bool {
        if let Some(sizes) = &view.sizes {
            let offset = sizes.before(self.anchor, view.space) + view.lead - self.at;
            let (key, start) = sizes.at(offset - view.lead, count, view.space);
            self.anchor = rows.row_of(pass, key);
            self.at = start + view.lead - offset;
            return true;
        }
        let (extent, keys) = self.average(view);
        if extent <= 0.0 {
            return false;
        }
        let steps = (-self.at / extent).trunc();
        let key = (self.anchor as f32 + steps * keys).clamp(0.0, (count - 1) as f32) as usize;
        let first = rows.row_of(pass, key);
        let skipped = (first as f32 - self.anchor as f32) / keys;
        self.anchor = first;
        self.at = (self.at + skipped * extent).clamp(-view.viewport, view.viewport * 2.0);
        true
    }

    /// Average extent (with the space) and number of keys of the rows in sight.
    fn average(&self, view: &View) -> (f32, f32) {
        let n = self.rows.len().max(1) as f32;
        let extent: f32 = self.rows.iter().map(|row| row.extent + view.space).sum();
        let keys: usize = self.rows.iter().map(|row| row.end - row.first).sum();
        (extent / n, (keys.max(1)) as f32 / n)
    }

    /// Puts the anchor where a jump wants it. A smooth one gets near its target, and returns what is left.
    fn jump(
        &mut self,
        pass: &mut Pass<'_>,
        rows: &mut dyn Rows,
        view: &View,
        jump: &Jump,
        count: usize,
    ) -> Option<f32> {
        let first = rows.row_of(pass, jump.index.min(count - 1));
        let row = rows.row_from(pass, first);
        let (inset, extent) = jump.within.and_then(|index| rows.within(pass, &row, index)).unwrap_or((0.0, row.extent));
        let known = self.rows.iter().find(|known| known.first == first).map(|known| known.at);
        let start = view.lead;
        let end = view.viewport - view.trail - extent;
        let here = known.map(|at| at + inset);
        let target = match jump.align.unwrap_or(ScrollAlign::Start) {
            ScrollAlign::Start => start,
            ScrollAlign::Center => (view.viewport - extent) / 2.0,
            ScrollAlign::End => end,
            ScrollAlign::Auto => match here {
                Some(at) if at >= start && at <= end => at,
                Some(at) if at < start => start,
                Some(_) => end.max(start),
                None if first < self.anchor => start,
                None => end.max(start),
            },
        };
        let at = target - inset - jump.extra;
        if !jump.smooth {
            self.anchor = first;
            self.at = at;
            return None;
        }
        let exact = view
            .sizes
            .as_ref()
            .map(|sizes| sizes.before(first, view.space) - sizes.before(self.anchor, view.space) + self.at);
        let from = known.or(exact).or_else(|| self.search(pass, rows, view, first, count));
        if let Some(from) = from {
            return Some(from - at).filter(|distance| distance.abs() > 0.5);
        }
        // Far away: the last stretch only.
        let distance = if first > self.anchor { view.viewport } else { -view.viewport };
        self.anchor = first;
        self.at = at + distance;
        Some(distance)
    }

    /// Where the row of a key is, when it is not far from the rows in sight.
    fn search(&self, pass: &mut Pass<'_>, rows: &mut dyn Rows, view: &View, key: usize, count: usize) -> Option<f32> {
        let mut at = self.rows.first()?.at;
        let mut first = self.rows.first()?.first;
        for _ in 0..SEARCHED {
            if first == key {
                return Some(at);
            }
            if key > first {
                let row = rows.row_from(pass, first);
                at += row.extent + view.space;
                first = row.end;
                if first >= count {
                    return None;
                }
            } else {
                let row = rows.row_until(pass, first);
                at -= row.extent + view.space;
                first = row.first;
            }
        }
        None
    }

    fn fill(&mut self, pass: &mut Pass<'_>, rows: &mut dyn Rows, view: &View, count: usize, track: &mut Track) {
        self.rows.clear();
        self.on(pass, rows, view, count);
        if !view.free && self.end() >= count {
            let gap = view.viewport - view.trail - self.bottom();
            if gap.is_finite() && (gap > 0.0 || self.rests_at_end(view, count)) {
                self.shift(gap, track);
            }
        }
        while let Some(first) = self.rows.first().copied().filter(|row| row.at > NEAR && row.first > 0) {
            let mut row = rows.row_until(pass, first.first);
            row.at = first.at - view.space - row.extent;
            self.rows.insert(0, row);
            if self.is_full(rows) {
                break;
            }
        }
        let gap = self.rows.first().filter(|row| row.first == 0).map_or(0.0, |row| row.at - view.lead);
        if gap > 0.0 && !view.free && !self.rests_at_end(view, count) {
            self.shift(-gap, track);
            self.on(pass, rows, view, count);
        }
        // What is out of sight goes; one row stays, as the anchor.
        while self.rows.len() > 1 && self.rows.last().is_some_and(|row| row.at >= view.viewport - NEAR) {
            self.rows.pop();
        }
        let out = self.rows.iter().take_while(|row| row.at + row.extent <= NEAR).count();
        self.rows.drain(..out.min(self.rows.len().saturating_sub(1)));
        if let Some(first) = self.rows.first() {
            self.anchor = first.first;
            self.at = first.at;
        }
    }

    /// Whether all rows fit in the box and lie at its end.
    fn rests_at_end(&self, view: &View, count: usize) -> bool {
        let Some(first) = self.rows.first().filter(|row| view.from_end && row.first == 0 && self.end() >= count) else {
            return false;
        };
        self.bottom() - first.at <= view.viewport - view.lead - view.trail
    }

    /// Measures rows on from the last, or from the anchor, until the box is full.
    fn on(&mut self, pass: &mut Pass<'_>, rows: &mut dyn Rows, view: &View, count: usize) {
        let (mut key, mut at) = match self.rows.last() {
            Some(last) => (last.end, last.at + last.extent + view.space),
            None => (self.anchor, self.at),
        };
        while key < count && (at < view.viewport - NEAR || self.rows.is_empty()) && !self.is_full(rows) {
            let mut row = rows.row_from(pass, key);
            row.at = at;
            at += row.extent + view.space;
            key = row.end.max(key + 1);
            self.rows.push(row);
        }
    }

    /// Whether as much is measured as may be.
    fn is_full(&self, rows: &dyn Rows) -> bool {
        let first = self.rows.first().map_or(0, |row| row.first);
        rows.items(self.end().saturating_sub(first)) >= MOST_MEASURED
    }

    /// The key behind the last row.
    fn end(&self) -> usize {
        self.rows.last().map_or(0, |row| row.end)
    }

    /// Where the last row ends.
    fn bottom(&self) -> f32 {
        self.rows.last().map_or(0.0, |row| row.at + row.extent)
    }

    /// Moves all rows in the box, because what was asked for is more than there is.
    fn shift(&mut self, by: f32, track: &mut Track) {
        for row in &mut self.rows {
            row.at += by;
        }
        track.offset -= by;
        track.pending -= by;
    }

    /// Measures rows beyond the edges, so that they are there when they come into sight.
    fn measure_beyond(&mut self, pass: &mut Pass<'_>, rows: &mut dyn Rows, view: &View, count: usize) {
        let (mut first, mut end) = (self.rows.first().map_or(0, |row| row.first), self.end());
        for _ in 0..view.cached {
            if rows.items(end.saturating_sub(first)) >= MOST_MEASURED {
                break;
            }
            if end < count {
                end = rows.row_from(pass, end).end.max(end + 1);
            }
            if first > 0 {
                first = rows.row_until(pass, first).first.min(first - 1);
            }
        }
        self.keep = first..end;
    }

    /// Says where everything is.
    fn tell(&self, view: &View, track: &mut Track, count: usize, estimate: bool) {
        let Some(first) = self.rows.first() else { return };
        let (extent, keys) = self.average(view);
        let at_start = first.first == 0;
        let at_end = self.end() >= count;
        let known = view.sizes.as_ref().map(|sizes| sizes.before(first.first, view.space));
        let estimated = known.unwrap_or(first.first as f32 / keys * extent) + view.lead - first.at;
        // Rows that lie at the end of a box that they do not fill are where they belong.
        let slack = if self.rests_at_end(view, count) {
            view.viewport - view.lead - view.trail - (self.bottom() - first.at)
        } else {
            0.0
        };
        let offset = track.offset;
        if at_start {
            track.offset = view.lead + slack - first.at;
        } else if known.is_some() || estimate || track.offset < view.viewport.min(estimated) * 0.1 {
            track.offset = estimated;
        }
        if estimate {
            track.pending += track.offset - offset;
        }
        let bottom = self.bottom() + view.trail;
        track.before = if at_start { track.offset } else { f32::INFINITY };
        let rest = match &view.sizes {
            Some(sizes) => sizes.before(count, view.space) - sizes.before(self.end().min(count), view.space),
            None => (count - self.end().min(count)) as f32 / keys * extent,
        };
        track.extent = track.offset + bottom + rest - slack;
        if known.is_some() && view.viewport.is_finite() {
            track.know(track.extent, view.viewport);
            return;
        }
        track.after = match (at_start, at_end) {
            (_, false) => f32::INFINITY,
            (true, true) => (track.extent - view.viewport).max(0.0) - track.offset,
            (false, true) => bottom - view.viewport,
        };
        if !view.viewport.is_finite() {
            track.viewport = track.extent;
            track.after = 0.0;
        }
    }
}
