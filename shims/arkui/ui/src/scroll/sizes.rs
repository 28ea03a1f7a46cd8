//! `childrenMainSize`: what the app knows of the extents of items, so that nothing has to be estimated.

use crate::tree::Tree;
use crate::units::{Length, Unit};
use crate::value::Value;
use std::collections::BTreeMap;

/// Most items with an extent of their own.
const MOST_OWN: usize = 1_000_000;

/// Extents of items, in px.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sizes {
    default: f32,
    own: BTreeMap<usize, f32>,
}

impl Sizes {
    /// From `{default, sizes}` in vp: the extent of most items, and those of the first ones (`undefined` for the default).
    pub fn from_value(tree: &Tree, value: &Value) -> Option<Sizes> {
        let px = |value: &Value| {
            let length = Length::from_value(value, Unit::Vp).filter(|length| !length.is_relative());
            length.map(|length| length.to_px(&tree.environment)).filter(|px| *px >= 0.0)
        };
        let default = px(value.get("default"))?;
        let sizes = value.get("sizes").as_array().unwrap_or_default().iter().take(MOST_OWN).enumerate();
        let own = sizes.filter_map(|(index, size)| Some((index, px(size).filter(|px| *px != default)?))).collect();
        Some(Sizes { default, own })
    }

    /// Extent of an item.
    pub fn of(&self, key: usize) -> f32 {
        self.own.get(&key).copied().unwrap_or(self.default)
    }

    /// Where an item begins, counted from the first.
    pub fn before(&self, key: usize, space: f32) -> f32 {
        let more: f32 = self.own.range(..key).map(|(_, own)| own - self.default).sum();
        key as f32 * (self.default + space) + more
    }

    /// The item at a distance from the beginning of the first, among `count`, and where it begins.
    pub fn at(&self, distance: f32, count: usize, space: f32) -> (usize, f32) {
        let last = count.saturating_sub(1);
        let (mut key, mut start) = (0_usize, 0.0_f32);
        for (own, extent) in self.own.range(..count) {
            let reached = self.uniform(key, start, *own, distance, space);
            if reached.0 < *own {
                return reached;
            }
            start = reached.1;
            key = *own;
            if distance < start + extent + space {
                return (key, start);
            }
            start += extent + space;
            key += 1;
        }
        let (key, start) = self.uniform(key, start, last, distance, space);
        (key.min(last), start)
    }

    /// The same among items that have the default, from `key`, which begins at `start`, up to `end`.
    fn uniform(&self, key: usize, start: f32, end: usize, distance: f32, space: f32) -> (usize, f32) {
        let pitch = self.default + space;
        if pitch <= 0.0 || end <= key {
            return (end.max(key), start);
        }
        let steps = (((distance - start) / pitch).max(0.0) as usize).min(end - key);
        (key + steps, start + steps as f32 * pitch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_from_extents() {
        let sizes = Sizes { default: 100.0, own: BTreeMap::from([(2, 300.0), (5, 50.0)]) };
        let starts: Vec<f32> = (0..8).map(|key| sizes.before(key, 10.0)).collect();
        assert_eq!(starts, [0.0, 110.0, 220.0, 530.0, 640.0, 750.0, 810.0, 920.0]);
        for (key, start) in starts.iter().enumerate() {
            assert_eq!(sizes.at(start + 1.0, 8, 10.0), (key, *start), "just behind the start of {key}");
        }
        assert_eq!(sizes.at(1e9, 8, 10.0).0, 7);
        assert_eq!(sizes.of(2), 300.0);
    }
}
