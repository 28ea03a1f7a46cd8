//! Attributes and commands of everything with pages.

use super::{Paged, Pager, access, drag, is_dragged, release, start_drag};
use concord_ui::animation::Curve;
use concord_ui::change::put;
use concord_ui::component::{Method, Setter};
use concord_ui::scroll::EdgeEffect;
use concord_ui::value::{Args, Value};

/// Most pages that are built ahead at once.
const MOST_PRELOADED: usize = 100;

/// The attributes that have the same name everywhere.
pub(crate) const fn attributes<T: Paged>() -> [Method; 2] {
    [
        Method { name: "nestedScroll", apply: nested_scroll::<T> },
        Method { name: "pageFlipMode", apply: page_flip_mode::<T> },
    ]
}

/// What controllers of all do.
pub(crate) const fn commands<T: Paged>() -> [Method; 5] {
    [
        Method { name: "preloadItems", apply: preload::<T> },
        Method { name: "startFakeDrag", apply: start_fake_drag::<T> },
        Method { name: "fakeDragBy", apply: fake_drag_by::<T> },
        Method { name: "stopFakeDrag", apply: stop_fake_drag::<T> },
        Method { name: "isFakeDragging", apply: is_fake_dragging::<T> },
    ]
}

/// `SwiperNestedScrollMode` and `TabsNestedScrollMode`: SELF_ONLY 0, SELF_FIRST 1.
fn nested_scroll<T: Paged>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let nested = args.get(0).as_i32() == Some(1);
    node.redraw(|state: &mut T| put(&mut state.pager().nested, nested))
}

/// `PageFlipMode`: CONTINUOUS 0, SINGLE 1.
fn page_flip_mode<T: Paged>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let single = args.get(0).as_i32() == Some(1);
    node.redraw(|state: &mut T| put(&mut state.pager().single_flips, single))
}

/// The curve of turns.
pub(crate) fn curve<T: Paged>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let curve = Curve::from_value(args.get(0));
    node.redraw(|state: &mut T| put(&mut state.pager().curve, curve))
}

/// `EdgeEffect`, of the first and the last page.
pub(crate) fn edge_effect<T: Paged>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let effect = EdgeEffect::from_value(args.get(0)).unwrap_or(EdgeEffect::Spring);
    node.redraw(|state: &mut T| put(&mut state.pager().effect, effect))
}

/// `preloadItems([index])`: builds pages before they are seen. Gives whether all are there.
fn preload<T: Paged>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let count = access::<T>(node.tree, node.node).map_or(0, |pager| pager.count);
    let wanted = args.get(0).as_array().unwrap_or_default();
    let pages = wanted.iter().take(MOST_PRELOADED).filter_map(Value::as_index).filter(|page| *page < count);
    let pages: Vec<usize> = pages.collect();
    if pages.len() != wanted.len() {
        return Value::Bool(false);
    }
    node.restyle(|state: &mut T| put(&mut state.pager().preload, pages));
    Value::Bool(true)
}

fn start_fake_drag<T: Paged>(node: &mut Setter<'_>, _: Args<'_>) -> Value {
    Value::Bool(start_drag(node.tree, node.node, access::<T>))
}

/// `fakeDragBy(offset)`: moves pages that the app holds, by vp. Gives whether it could.
fn fake_drag_by<T: Paged>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let by = args.get(0).as_f32().filter(|_| is_dragged(node.tree, node.node, access::<T>));
    let by = by.map(|by| node.tree.environment.vp(by));
    Value::Bool(
        by.is_some_and(|by| drag(node.tree, node.node, access::<T>, by, 0.0) != concord_ui::geometry::Point::ZERO),
    )
}

/// `stopFakeDrag()`: lets pages go that the app holds. Gives whether it held them.
fn stop_fake_drag<T: Paged>(node: &mut Setter<'_>, _: Args<'_>) -> Value {
    let held = is_dragged(node.tree, node.node, access::<T>);
    release(node.tree, node.node, access::<T>, 0.0);
    Value::Bool(held)
}

fn is_fake_dragging<T: Paged>(node: &mut Setter<'_>, _: Args<'_>) -> Value {
    Value::Bool(is_dragged(node.tree, node.node, access::<T>))
}

impl Pager {
    /// The page that a command means: what is out of range means the first.
    pub(crate) fn page_or_first(&self, value: &Value) -> usize {
        value.as_index().filter(|index| *index < self.count).unwrap_or(0)
    }
}
