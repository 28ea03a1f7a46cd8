//! Where the items of a water flow lie.

use super::State;
use crate::layout::Tracks;
use concord_ui::geometry::{Axis, Size};
use concord_ui::tree::Tree;
use concord_ui::units::Length;
use concord_ui::value::Callback;
use std::ops::Range;

/// One part of the sequence with lanes of its own (`WaterFlowSections`).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section {
    pub(super) items: usize,
    pub(super) lanes: usize,
    pub(super) lane_gap: Option<Length>,
    pub(super) item_gap: Option<Length>,
    /// Before and behind, along the axis, then across.
    pub(super) margin: [Length; 4],
    /// `onGetItemMainSizeByIndex`: the extent of an item of the section in vp, whatever it says itself.
    pub(super) main_size: Option<Callback>,
}

/// Where an item lies: its lane, where it begins along the axis, and its extent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) section: usize,
    pub(super) lane: usize,
    pub(super) at: f32,
    pub(super) extent: f32,
}

/// The lanes of one section.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Lanes {
    /// Index behind its last item.
    pub(super) end: usize,
    pub(super) tracks: Tracks,
    pub(super) gap: f32,
    pub(super) before: f32,
    pub(super) behind: f32,
}

impl State {
    pub(super) fn axis(&self) -> Axis {
        if self.horizontal || (self.templates.rows.is_some() && self.templates.columns.is_none()) {
            Axis::Horizontal
        } else {
            Axis::Vertical
        }
    }

    pub(super) fn lanes(&self, tree: &Tree, content: Size, count: usize) -> Vec<Lanes> {
        let axis = self.axis();
        let environment = &tree.environment;
        let cross = content.along(axis.cross());
        let px = |length: &Option<Length>| {
            let length = length.as_ref().and_then(|length| length.resolve(environment, cross));
            length.unwrap_or(0.0).max(0.0)
        };
        let (columns_gap, rows_gap) = self.templates.gaps(environment, cross, cross);
        let (cross_gap, gap) = if axis == Axis::Vertical { (columns_gap, rows_gap) } else { (rows_gap, columns_gap) };
        if self.sections.is_empty() {
            let tracks = match self.templates.across(axis) {
                Some(template) => template.resolve(environment, cross, cross_gap),
                None => Tracks::equal(1, cross, 0.0),
            };
            return vec![Lanes { end: count, tracks, gap, ..Lanes::default() }];
        }
        let mut end = 0_usize;
        let mut all = Vec::with_capacity(self.sections.len());
        for section in &self.sections {
            end = end.saturating_add(section.items);
            let [before, behind, near, far] = &section.margin;
            let margin = |length: &Length| length.resolve(environment, cross).unwrap_or(0.0);
            let own = |gap: &Option<Length>, other: f32| if gap.is_some() { px(gap) } else { other };
            let mut tracks = Tracks::equal(
                section.lanes,
                (cross - margin(near) - margin(far)).max(0.0),
                own(&section.lane_gap, cross_gap),
            );
            for track in &mut tracks.0 {
                track.0 += margin(near);
            }
            all.push(Lanes {
                end: end.min(count),
                tracks,
                gap: own(&section.item_gap, gap),
                before: margin(before),
                behind: margin(behind),
            });
        }
        all
    }

    /// Where the next item goes: section, lane, and where it begins.
    pub(super) fn next(&self, index: usize) -> Option<(usize, usize, f32)> {
        let section = self.lanes.iter().position(|lanes| index < lanes.end)?;
        let bottoms = self.bottoms(section, index);
        let (lane, bottom) = bottoms.into_iter().enumerate().min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((section, lane, bottom))
    }

    /// Where the next item of each lane of a section would begin, looking at the items before `index`.
    fn bottoms(&self, section: usize, index: usize) -> Vec<f32> {
        let Some(lanes) = self.lanes.get(section) else { return Vec::new() };
        let mut found: Vec<Option<f32>> = vec![None; lanes.tracks.len().max(1)];
        let mut missing = found.len();
        for spot in self.spots.get(..index).unwrap_or_default().iter().rev() {
            if spot.section != section || missing == 0 {
                break;
            }
            if let Some(bottom @ None) = found.get_mut(spot.lane) {
                *bottom = Some(spot.at + spot.extent + lanes.gap);
                missing -= 1;
            }
        }
        if missing == 0 {
            return found.into_iter().flatten().collect();
        }
        let start = match section.checked_sub(1) {
            Some(before) => {
                let gap = self.lanes.get(before).map_or(0.0, |lanes| lanes.gap);
                let begin = self.spots.partition_point(|spot| spot.section < section);
                let bottom = self.bottoms(before, begin).into_iter().fold(0.0, f32::max);
                (bottom - gap).max(0.0) + self.lanes.get(before).map_or(0.0, |lanes| lanes.behind)
            }
            None => 0.0,
        };
        found.into_iter().map(|bottom| bottom.unwrap_or(start + lanes.before)).collect()
    }

    /// Where the last items end.
    pub(super) fn bottom(&self) -> f32 {
        let Some(section) = self.spots.last().map(|spot| spot.section) else { return 0.0 };
        let gap = self.lanes.get(section).map_or(0.0, |lanes| lanes.gap);
        let behind = self.lanes.get(section).map_or(0.0, |lanes| lanes.behind);
        (self.bottoms(section, self.spots.len()).into_iter().fold(0.0, f32::max) - gap).max(0.0) + behind
    }

    /// The items whose places overlap a part of the content.
    pub(super) fn overlapping(&self, from: f32, to: f32) -> Range<usize> {
        // Places begin one after the other, so that the last is found at once; the first lies at most one item before.
        let end = self.spots.partition_point(|spot| spot.at < to);
        let mut first = end;
        let lanes = self.lanes.iter().map(|lanes| lanes.tracks.len()).max().unwrap_or(1).max(1);
        let mut out = 0;
        for (index, spot) in self.spots.get(..end).unwrap_or_default().iter().enumerate().rev() {
            if spot.at + spot.extent > from {
                first = index;
                out = 0;
            } else {
                out += 1;
                // As many as there are lanes in a row are above: all before are.
                if out > lanes * 4 {
                    break;
                }
            }
        }
        first..end
    }
}
