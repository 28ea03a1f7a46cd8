//! How much more than what changed has to be repainted.

use vello_cpu::kurbo::{Affine, Rect};

use super::{scaled_reach, surface::Area};
use crate::Matrix4;
use crate::geometry::{self, Homography};
use crate::list::{Command, DisplayList, LayerStyle};

/// The damage, enlarged by what depends on it. `damage` is what the display lists say has changed; a blurred layer shows
/// that further away, and a backdrop can only be drawn as a whole, because what is behind it is no longer there.
pub(super) fn grow(list: &DisplayList, damage: Rect) -> Rect {
    if !list.0.grows || geometry::is_empty(damage) {
        return damage;
    }
    let mut damage = damage;
    layers(list, Affine::IDENTITY, &mut damage);
    // A backdrop may touch another one; every round takes in at least one more.
    loop {
        let before = damage;
        backdrops(list, Affine::IDENTITY, &mut damage);
        if damage == before {
            return damage;
        }
        // A backdrop inside of a blurred layer is seen further away, too.
        layers(list, Affine::IDENTITY, &mut damage);
    }
}

fn touches(a: Rect, b: Rect) -> bool {
    !geometry::is_empty(geometry::intersect(a, b))
}

/// Calls `visit` for everything that is not state, with the transform that holds there.
fn walk<'a>(list: &'a DisplayList, outer: Affine, mut visit: impl FnMut(&'a Command, Affine, Rect)) {
    let mut transform = outer;
    let mut saved = Vec::new();
    for item in &list.0.items {
        match &item.command {
            Command::Save => saved.push(transform),
            Command::Restore => transform = saved.pop().unwrap_or(transform),
            Command::Transform(more) => transform *= *more,
            Command::ClipRect(_) | Command::ClipPath(..) => {}
            command => visit(command, transform, geometry::map_rect(outer, item.bounds)),
        }
    }
}

fn layers(list: &DisplayList, outer: Affine, damage: &mut Rect) {
    if !list.0.grows {
        return;
    }
    walk(list, outer, |command, transform, bounds| match command {
        Command::Append(inner) => layers(inner, transform, damage),
        Command::Layer(layer) if touches(bounds, *damage) => {
            layers(&layer.1, transform, damage);
            let reach = reach_of(&layer.0, transform);
            if reach > 0.0 {
                let spread = geometry::intersect(geometry::intersect(*damage, bounds).inflate(reach, reach), bounds);
                *damage = geometry::unite(*damage, spread);
            }
        }
        // What changes inside may be seen anywhere.
        Command::Perspective(layer) if layer.1.0.grows && touches(bounds, *damage) => {
            *damage = geometry::unite(*damage, bounds);
        }
        _ => {}
    });
}

fn reach_of(style: &LayerStyle, transform: Affine) -> f64 {
    let scale = transform.determinant().abs().sqrt();
    style.filters.iter().map(|filter| scaled_reach(filter, scale)).sum()
}

fn backdrops(list: &DisplayList, outer: Affine, damage: &mut Rect) {
    if !list.0.grows {
        return;
    }
    walk(list, outer, |command, transform, bounds| match command {
        Command::Append(inner) => backdrops(inner, transform, damage),
        Command::Backdrop(backdrop) => {
            let region = geometry::map_rect(transform, geometry::path_bounds(&backdrop.0));
            // The whole region is read, even where a clip hides a part of it.
            if touches(region, *damage) && touches(bounds, region) {
                *damage = geometry::unite(*damage, Area::around(region).rect());
            }
        }
        Command::Layer(layer) if layer.1.0.grows => {
            let mut inside = *damage;
            backdrops(&layer.1, transform, &mut inside);
            *damage = inside;
        }
        Command::Perspective(layer) if layer.1.0.grows => {
            let seen = seen_bounds(&layer.0, &layer.1, transform);
            if touches(seen, *damage) {
                *damage = geometry::unite(*damage, seen);
            }
        }
        _ => {}
    });
}

fn seen_bounds(matrix: &Matrix4, list: &DisplayList, transform: Affine) -> Rect {
    Homography::from_affine(transform).after(&matrix.plane()).bounds(list.bounds())
}
