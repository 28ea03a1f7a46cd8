//! What differs between two display lists: where pixels may be others.
//!
//! What lies between a save and its restore leaves transform and clip as they were, so a change inside it concerns nothing
//! behind it. Lists are compared part by part therefore, and only inside of parts that differ.

use vello_cpu::kurbo::{Affine, Rect};

use crate::geometry::{self, NOWHERE};
use crate::list::{Command, DisplayList, Item};

/// The most rectangles that damage is kept apart in.
const MOST: usize = 8;
/// Below this nesting, parts that differ count as a whole.
const MAX_DEPTH: usize = 200;

/// Rectangles that do not touch each other.
#[derive(Debug, Default)]
pub(crate) struct Region(Vec<Rect>);

impl Region {
    pub(crate) fn add(&mut self, rect: Rect) {
        if geometry::is_empty(rect) {
            return;
        }
        let mut rect = rect;
        while let Some(index) = self.0.iter().position(|other| !geometry::is_empty(geometry::intersect(*other, rect))) {
            rect = self.0.swap_remove(index).union(rect);
        }
        if self.0.len() == MOST {
            let growth = |other: &Rect| other.union(rect).area() - other.area();
            let nearest = (0..self.0.len()).min_by(|a, b| growth(&self.0[*a]).total_cmp(&growth(&self.0[*b])));
            if let Some(nearest) = nearest {
                let other = self.0.swap_remove(nearest);
                return self.add(other.union(rect));
            }
        }
        self.0.push(rect);
    }
}

/// What has to be painted again when `new` is drawn instead of `old`. Never too little.
pub(crate) fn between(new: &DisplayList, old: &DisplayList) -> Vec<Rect> {
    let mut region = Region::default();
    lists(new, old, &Place { transform: Affine::IDENTITY, clip: None }, &mut region, 0);
    region.0
}

/// How a list lies in the outermost one.
struct Place {
    transform: Affine,
    /// Outside of it nothing is seen of the list.
    clip: Option<Rect>,
}

impl Place {
    fn map(&self, rect: Rect) -> Rect {
        let mapped = geometry::map_rect(self.transform, rect);
        self.clip.map_or(mapped, |clip| geometry::intersect(mapped, clip))
    }

    /// The place of a list in this one, which is drawn with a transform and seen within `bounds`.
    fn inside(&self, transform: Affine, bounds: Rect) -> Place {
        Place { transform: self.transform * transform, clip: Some(self.map(bounds)) }
    }
}

fn lists(new: &DisplayList, old: &DisplayList, place: &Place, region: &mut Region, depth: usize) {
    if !new.same(old) {
        let (new, old) = (&new.0.items, &old.0.items);
        items(new, old, Affine::IDENTITY, place, region, depth);
    }
}

/// The parts of a list: one command each, or everything from a save to its restore. The last restore may be missing.
fn parts(items: &[Item]) -> Vec<&[Item]> {
    let mut parts = Vec::new();
    let (mut start, mut open) = (0, 0_usize);
    for (index, item) in items.iter().enumerate() {
        match item.command {
            Command::Save => open += 1,
            Command::Restore => open = open.saturating_sub(1),
            _ => {}
        }
        if open == 0 {
            parts.push(&items[start..=index]);
            start = index + 1;
        }
    }
    if start < items.len() {
        parts.push(&items[start..]);
    }
    parts
}

/// Whether a part changes what follows it.
fn is_state(part: &[Item]) -> bool {
    part.len() == 1 && part[0].command.is_state()
}

fn all(part: &[Item], place: &Place, region: &mut Region) {
    let bounds = part.iter().fold(NOWHERE, |all, item| geometry::unite(all, item.bounds));
    region.add(place.map(bounds));
}

/// `inner` is the transform of the list's own commands before these.
fn items(new: &[Item], old: &[Item], inner: Affine, place: &Place, region: &mut Region, depth: usize) {
    let (new, old) = (parts(new), parts(old));
    let start = new.iter().zip(&old).take_while(|(a, b)| a == b).count();
    let (new, before) = (&new[start..], &new[..start]);
    let old = &old[start..];
    let end = new.iter().rev().zip(old.iter().rev()).take_while(|(a, b)| a == b).count();
    let (new_changed, old_changed) = (&new[..new.len() - end], &old[..old.len() - end]);
    // Where the transform or the clip changes, everything after it may look different.
    if new_changed.iter().chain(old_changed).any(|part| is_state(part)) || depth > MAX_DEPTH {
        new.iter().chain(old).for_each(|part| all(part, place, region));
        return;
    }
    if new_changed.len() != old_changed.len() {
        new_changed.iter().chain(old_changed).for_each(|part| all(part, place, region));
        return;
    }
    let inner = before.iter().fold(inner, |transform, part| match part {
        [Item { command: Command::Transform(more), .. }] => transform * *more,
        _ => transform,
    });
    for (new, old) in new_changed.iter().zip(old_changed).filter(|(new, old)| new != old) {
        part(new, old, inner, place, region, depth + 1);
    }
}

fn part(new: &[Item], old: &[Item], inner: Affine, place: &Place, region: &mut Region, depth: usize) {
    match (new, old) {
        // Without the save and, where it is there, the restore.
        ([Item { command: Command::Save, .. }, new @ ..], [Item { command: Command::Save, .. }, old @ ..]) => {
            items(without_restore(new), without_restore(old), inner, place, region, depth);
        }
        ([Item { command: Command::Append(a), bounds }], [Item { command: Command::Append(b), bounds: other }]) => {
            lists(a, b, &place.inside(inner, geometry::unite(*bounds, *other)), region, depth);
        }
        // A blur spreads within the bounds of its layer when it is painted; beyond them, what was there would stay.
        ([Item { command: Command::Layer(a), bounds }], [Item { command: Command::Layer(b), bounds: other }])
            if a.0 == b.0 && bounds == other =>
        {
            lists(&a.1, &b.1, &place.inside(inner, *bounds), region, depth);
        }
        _ => {
            all(new, place, region);
            all(old, place, region);
        }
    }
}

fn without_restore(items: &[Item]) -> &[Item] {
    // A restore at the end may also belong to a part inside, when this part's own is missing; that one is closed by the end then.
    match items {
        [items @ .., Item { command: Command::Restore, .. }] => items,
        items => items,
    }
}
