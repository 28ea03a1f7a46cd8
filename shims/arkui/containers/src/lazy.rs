//! What containers that scroll and build what is in sight do before and after their own layout: `List`, `Grid`, `WaterFlow`.

use crate::items::{Built, Items};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::layout::Pass;
use concord_ui::scroll::{Jump, Motion, Track, run};
use concord_ui::tree::{NodeId, Tree};

/// Sizes in px that differ by less are the same.
const SAME: f32 = 0.01;

/// Whether a layout that was made for one content box serves for another. What it made without a limit serves for any.
fn serves(laid: Option<Size>, content: Size) -> bool {
    let same = |a: f32, b: f32| (a - b).abs() < SAME || !a.is_finite();
    laid.is_some_and(|laid| same(laid.width, content.width) && same(laid.height, content.height))
}

/// Lays out again before items are placed, if what was laid out last does not serve any more: because content was moved, because
/// the app wants to go elsewhere, because it is over an edge, or because the box has got another size.
pub(crate) fn renew(
    pass: &mut Pass<'_>,
    node: NodeId,
    axis: Axis,
    laid: Option<Size>,
    content: Size,
    lay_out: impl FnOnce(&mut Pass<'_>, Option<Jump>),
) {
    let Some(scroll) = pass.tree.scroll_mut(node) else { return };
    let jump = scroll.jump.take();
    let moved = scroll.track(axis).unlaid != 0.0;
    let clamps = !scroll.may_be_over(axis) && scroll.track(axis).over() != 0.0;
    if moved || clamps || jump.is_some() || !serves(laid, content) {
        lay_out(pass, jump);
    }
}

/// Takes in where content is after a layout. What moves it goes on; `smooth` is a distance to go besides.
pub(crate) fn keep_track(tree: &mut Tree, node: NodeId, axis: Axis, track: Track, smooth: Option<f32>) {
    if let Some(scroll) = tree.scroll_mut(node) {
        *scroll.track_mut(axis) = Track { running: scroll.track(axis).running.clone(), ..track };
    }
    if let Some(distance) = smooth {
        run(tree, node, axis, Motion::smooth(distance));
    }
}

/// The frame of an item that is shown, in the container's frame.
pub(crate) fn item_rect(tree: &Tree, items: &Items, built: &Built, index: usize) -> Option<Rect> {
    let item = items.existing(built, index)?;
    Some(tree.get(item).filter(|item| item.layout.active)?.layout.frame())
}

/// Which of some items is shown at a point of the container's frame.
pub(crate) fn item_at(
    tree: &Tree,
    items: &Items,
    built: &Built,
    point: Point,
    mut among: impl Iterator<Item = usize>,
) -> Option<usize> {
    among.find(|index| item_rect(tree, items, built, *index).is_some_and(|frame| frame.contains(point)))
}
