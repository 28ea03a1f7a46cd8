//! Where the pages of a swiper lie.

use super::{MOST_SHOWN, State};
use concord_ui::geometry::Size;
use concord_ui::tree::Tree;
use concord_ui::units::Length;

/// `displayCount`, `displayMode`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Display {
    /// So many share the box.
    Count(usize),
    /// As many as fit when each is at least this large.
    AtLeast(Length),
    /// Each is as large as it wants to be, one behind the other.
    Auto,
}

/// Where pages lie, in px along the axis.
pub(super) struct Pages {
    /// Before the first page in sight, and behind the last one.
    margins: (f32, f32),
    ignores_blank: (bool, bool),
    /// Extent of a page, where all have the same.
    pub(super) page: f32,
    /// From one page to the next.
    pub(super) pitch: f32,
    space: f32,
    viewport: f32,
    /// How many are seen at once.
    pub(super) shown: usize,
    auto: bool,
}

impl Pages {
    pub(super) fn new(tree: &Tree, state: &State, content: Size) -> Pages {
        let viewport = content.along(state.pager.axis);
        let px = |length: &Option<Length>| {
            let length = length.as_ref().and_then(|length| length.resolve(&tree.environment, viewport));
            length.unwrap_or(0.0).clamp(0.0, viewport.max(0.0))
        };
        let space = px(&state.space);
        let margins = (px(&state.margins.0), px(&state.margins.1));
        let inner = (viewport - margins.0 - margins.1).max(0.0);
        let shown = match &state.display {
            Display::Count(count) => *count,
            Display::AtLeast(least) => {
                let least = least.resolve(&tree.environment, viewport).unwrap_or(inner).max(1.0);
                ((inner + space) / (least + space)).floor() as usize
            }
            Display::Auto => 1,
        };
        let shown = shown.clamp(1, MOST_SHOWN);
        let page = ((inner - space * (shown - 1) as f32) / shown as f32).max(0.0);
        let auto = state.display == Display::Auto;
        Pages { margins, ignores_blank: state.ignores_blank, page, pitch: page + space, space, viewport, shown, auto }
    }

    /// Extent of a page.
    pub(super) fn extent(&self, state: &State, page: i64) -> f32 {
        if !self.auto {
            return self.page;
        }
        let known = state.pager.item(page).and_then(|index| state.extents.get(&index));
        known.copied().unwrap_or(self.page)
    }

    /// From the page that is shown to the next, for movements by hand.
    pub(super) fn pitch(&self, state: &State) -> f32 {
        self.extent(state, state.pager.position().floor() as i64) + self.space
    }

    /// Where a page begins in the box.
    pub(super) fn at(&self, state: &State, page: i64) -> f32 {
        let position = state.pager.position();
        let start = self.start(state);
        if !self.auto {
            return start + (page as f32 - position) * self.pitch;
        }
        let base = position.floor();
        let anchor = start - (position - base) * self.pitch(state);
        let base = base as i64;
        let way = |from: i64, to: i64| (from..to).map(|page| self.extent(state, page) + self.space).sum::<f32>();
        if page >= base { anchor + way(base, page.min(base + MOST_SHOWN as i64)) } else { anchor - way(page, base) }
    }

    /// Where the first page begins: behind the margin, which the first or the last page may do without.
    fn start(&self, state: &State) -> f32 {
        let (before, behind) = self.margins;
        if state.pager.repeats() {
            return before;
        }
        let position = state.pager.position();
        let to_last = (state.pager.last() - position).clamp(0.0, 1.0);
        let first = if self.ignores_blank.0 { before * (1.0 - position.clamp(0.0, 1.0)) } else { 0.0 };
        let last = if self.ignores_blank.1 { behind * (1.0 - to_last) } else { 0.0 };
        before - first + last
    }

    /// First and last page in sight.
    pub(super) fn in_sight(&self, state: &State) -> (i64, i64) {
        if self.pitch <= 0.0 {
            return (0, 0);
        }
        let most = MOST_SHOWN as i64;
        if self.auto {
            let base = state.pager.position().floor() as i64;
            let mut first = base;
            while first > base - most && self.at(state, first) > 0.0 && state.pager.item(first - 1).is_some() {
                first -= 1;
            }
            let mut last = base;
            let seen = |page: i64| self.at(state, page) < self.viewport - 0.01 && state.pager.item(page).is_some();
            while last < base + most && seen(last + 1) {
                last += 1;
            }
            return (first, last);
        }
        let start = self.start(state);
        let position = state.pager.position();
        let first = (position - start / self.pitch).floor() as i64;
        let last = (position + (self.viewport - start) / self.pitch - 0.001).floor() as i64;
        (first, last.min(first + most))
    }
}
