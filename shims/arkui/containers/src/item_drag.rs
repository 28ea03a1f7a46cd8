//! Items that a long press takes out and a finger moves: `onMove` of `ForEach`, `LazyForEach` and `Repeat`, which put them at
//! another place, and `onItemDragStart` and its like of `List` and `Grid`, where the app shows something of its own under the
//! finger.

use crate::items::{Built, Items};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::input::{Source, TouchInput, TouchPhase, space};
use concord_ui::layout::{Constraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Callback, Value};

/// How long a finger rests on an item before it takes it out, in ms, and how far it may move until then, in vp.
const LONG: f64 = 500.0;
const STILL: f32 = 10.0;

/// What `onMove` of a syntax node is told: who hears of a new place, and `ItemDragEventHandler`.
#[derive(Debug, Clone)]
pub(super) struct Mover {
    on_move: Callback,
    on_long_press: Option<Callback>,
    on_drag_start: Option<Callback>,
    on_move_through: Option<Callback>,
    on_drop: Option<Callback>,
}

impl Mover {
    pub(super) fn from_args(args: Args<'_>) -> Option<Mover> {
        let handler = |name: &str| args.get(1).get(name).as_callback().cloned();
        Some(Mover {
            on_move: args.get(0).as_callback()?.clone(),
            on_long_press: handler("onLongPress"),
            on_drag_start: handler("onDragStart"),
            on_move_through: handler("onMoveThrough"),
            on_drop: handler("onDrop"),
        })
    }
}

/// A finger that rests on an item.
#[derive(Debug, Clone, Copy)]
struct Press {
    finger: i32,
    index: usize,
    at: Point,
    /// When it takes the item out, in ms.
    due: f64,
}

/// What is done with an item that was taken out.
#[derive(Debug, Clone)]
enum Kind {
    /// It gets another place among the items of its source, whose first has this index.
    Reorder { mover: Mover, first: usize, count: usize, to: usize, dragged: bool },
    /// The app hears of it, and has made a node that follows the finger. `to`: the item whose place the finger is at.
    Told { preview: Option<NodeId>, inside: bool, to: usize },
}

/// An item that was taken out.
#[derive(Debug, Clone)]
struct Held {
    finger: i32,
    index: usize,
    kind: Kind,
    /// Where the finger was and is, in px of the window.
    from: Point,
    now: Point,
}

/// What a container knows of a drag.
#[derive(Debug, Default)]
pub(super) struct ItemDrag {
    press: Option<Press>,
    held: Option<Held>,
    /// Where items lie in the container's frame without being moved aside.
    places: Vec<(usize, Rect)>,
    /// Whether items make room for what the app hears of (`supportAnimation`).
    pub(super) makes_room: bool,
    room: Room,
}

/// Finds the drag of a container.
pub(super) struct Access {
    /// In its state.
    pub(super) drag: fn(&mut Tree, NodeId) -> Option<&mut ItemDrag>,
}

/// Where an item comes from: what hears of moves, the index of its first item, and how many there are.
fn source_of(
    tree: &Tree,
    container: NodeId,
    items: &Items,
    built: &Built,
    index: usize,
) -> Option<(Mover, usize, usize)> {
    let mover = |item: NodeId| {
        let around = std::iter::successors(tree.get(item)?.parent(), |id| tree.get(*id)?.parent());
        let inside = around.take_while(|id| *id != container);
        inside.into_iter().find_map(|id| Some((id, tree.state::<Option<Mover>>(id)?.clone()?)))
    };
    let (source, found) = mover(items.existing(built, index)?)?;
    if let Some((first, count)) = items.span_of(source) {
        return Some((found, first, count));
    }
    let same = |index: &usize| items.existing(built, *index).and_then(mover).is_some_and(|(other, _)| other == source);
    let first = (0..index).rev().take_while(same).last().unwrap_or(index);
    let last = (index..items.len()).take_while(same).last().unwrap_or(index);
    Some((found, first, last + 1 - first))
}

/// A finger or the mouse on a container. `told` says whether the app hears of drags (`onItemDragStart`).
pub(super) fn touch(pass: &mut Pass<'_>, container: NodeId, input: &TouchInput, access: &Access) {
    let now = pass.tree.now;
    let Some(drag) = (access.drag)(pass.tree, container) else { return };
    let held = drag.held.as_ref().is_some_and(|held| held.finger == input.finger);
    match input.phase {
        TouchPhase::Down => {
            drag.press = None;
            let at = space::to_local(pass.tree, container, input.position);
            let component = pass.tree.get(container).map(|node| node.component);
            let index = component.and_then(|component| component.item_at(pass.tree, container, at));
            let Some(index) = index.filter(|_| input.source != Source::Mouse || movable(pass.tree, container)) else {
                return;
            };
            let due = now + LONG;
            if let Some(drag) = (access.drag)(pass.tree, container).filter(|drag| drag.held.is_none()) {
                drag.press = Some(Press { finger: input.finger, index, at: input.position, due });
                pass.tree.tick_at(container, due);
            }
        }
        TouchPhase::Move if held => follow(pass, container, input.position, access),
        TouchPhase::Move => {
            let still = pass.tree.environment.vp(STILL);
            if let Some(drag) = (access.drag)(pass.tree, container)
                && drag.press.is_some_and(|press| (press.at - input.position).length() > still)
            {
                drag.press = None;
            }
        }
        TouchPhase::Up | TouchPhase::Cancel => {
            drag.press = None;
            if held {
                drop_item(pass, container, input.phase == TouchPhase::Up, access);
            }
        }
    }
}

/// Whether anything in a container can be taken out.
fn movable(tree: &Tree, container: NodeId) -> bool {
    tree.get(container).is_some_and(|node| node.common.events.contains_key("onItemDragStart"))
}

/// Whether an item is held, so that the finger does not scroll.
pub(super) fn is_held(tree: &mut Tree, container: NodeId, access: &Access) -> bool {
    (access.drag)(tree, container).is_some_and(|drag| drag.held.is_some())
}

/// Takes out the item that a finger has rested on for long enough. `edits` says whether the app is told of drags.
pub(super) fn tick(
    pass: &mut Pass<'_>,
    container: NodeId,
    items: &Items,
    edits: bool,
    access: &Access,
    built: fn(&Tree, NodeId) -> Option<&Built>,
) {
    let now = pass.tree.now;
    if (access.drag)(pass.tree, container).is_some_and(|drag| !drag.room.away.is_empty()) {
        pass.tree.mark_place(container);
    }
    let Some(press) = (access.drag)(pass.tree, container).and_then(|drag| drag.press) else { return };
    if press.due > now {
        pass.tree.tick_at(container, press.due);
        return;
    }
    if let Some(drag) = (access.drag)(pass.tree, container) {
        drag.press = None;
    }
    let Some(built) = built(pass.tree, container) else { return };
    let source = source_of(pass.tree, container, items, built, press.index);
    let number = |index: usize| Value::Number(index as f64);
    let kind = if let Some((mover, first, count)) = source {
        if let Some(callback) = &mover.on_long_press {
            pass.tree.emit(callback, vec![number(press.index - first)]);
        }
        Kind::Reorder { mover, first, count, to: press.index, dragged: false }
    } else if edits && movable(pass.tree, container) {
        let info = info(pass.tree, press.at);
        let answer = pass.call_event(container, "onItemDragStart", &[info.clone(), number(press.index)]);
        // Nothing is shown when the app gives nothing, and then there is no drag.
        let preview = answer.and_then(|answer| answer.as_f64()).filter(|number| *number > 0.0);
        let Some(preview) = preview else { return };
        pass.tree.emit_event(container, "onItemDragEnter", vec![info]);
        Kind::Told { preview: pass.tree.by_number(preview as u64), inside: true, to: press.index }
    } else {
        return;
    };
    if let Some(drag) = (access.drag)(pass.tree, container) {
        drag.held = Some(Held { finger: press.finger, index: press.index, kind, from: press.at, now: press.at });
    }
    pass.tree.mark_measure(container);
}

/// `ItemDragInfo`.
fn info(tree: &Tree, window: Point) -> Value {
    let vp = |px: f32| Value::Number(f64::from(px / tree.environment.density));
    Value::object([("x", vp(window.x)), ("y", vp(window.y))])
}

fn number(index: Option<usize>) -> Value {
    Value::Number(index.map_or(-1.0, |index| index as f64))
}

fn follow(pass: &mut Pass<'_>, container: NodeId, window: Point, access: &Access) {
    let local = space::to_local(pass.tree, container, window);
    let size = pass.tree.get(container).map_or(Size::ZERO, |node| node.layout.size);
    let inside_now = Rect { origin: Point::ZERO, size }.contains(local);
    let info = info(pass.tree, window);
    let Some(drag) = (access.drag)(pass.tree, container) else { return };
    let places = &drag.places;
    let under = |point: Point| places.iter().find(|(_, rect)| rect.contains(point)).map(|(index, _)| *index);
    let insert = under(local);
    let mut events: Vec<(Callback, Vec<Value>)> = Vec::new();
    let mut named: Vec<(&'static str, Vec<Value>)> = Vec::new();
    let Some(held) = &mut drag.held else { return };
    held.now = window;
    match &mut held.kind {
        Kind::Reorder { mover, first, count, to, dragged } => {
            if !std::mem::replace(dragged, true)
                && let Some(callback) = &mover.on_drag_start
            {
                events.push((callback.clone(), vec![number(Some(held.index - *first))]));
            }
            // The middle of the item says where it goes.
            let own = places.iter().find(|(index, _)| *index == held.index).map(|(_, rect)| *rect);
            let middle = own.map(|rect| {
                let center = Point::new(rect.origin.x + rect.size.width / 2.0, rect.origin.y + rect.size.height / 2.0);
                center + (window - held.from)
            });
            let target = middle.and_then(under).filter(|target| (*first..*first + *count).contains(target));
            if let Some(target) = target.filter(|target| target != to) {
                if let Some(callback) = &mover.on_move_through {
                    events.push((callback.clone(), [*to, target].map(|index| number(Some(index - *first))).to_vec()));
                }
                *to = target;
            }
        }
        Kind::Told { inside, to, .. } => {
            *to = insert.unwrap_or(*to);
            let index = number(Some(held.index));
            match (std::mem::replace(inside, inside_now), inside_now) {
                (true, false) => named.push(("onItemDragLeave", vec![info, index])),
                (false, true) => named.push(("onItemDragEnter", vec![info])),
                (_, true) => named.push(("onItemDragMove", vec![info, index, number(insert)])),
                (false, false) => {}
            }
        }
    }
    for (callback, args) in events {
        pass.tree.emit(&callback, args);
    }
    for (event, args) in named {
        pass.tree.emit_event(container, event, args);
    }
    pass.tree.mark_place(container);
}

fn drop_item(pass: &mut Pass<'_>, container: NodeId, lifted: bool, access: &Access) {
    let Some(drag) = (access.drag)(pass.tree, container) else { return };
    let Some(held) = drag.held.take() else { return };
    let places = std::mem::take(&mut drag.places);
    let local = space::to_local(pass.tree, container, held.now);
    match held.kind {
        Kind::Reorder { mover, first, to, dragged, .. } => {
            if let Some(callback) = mover.on_drop.as_ref().filter(|_| dragged) {
                pass.tree.emit(callback, vec![number(Some(to - first))]);
            }
            if to != held.index && lifted {
                let indexes = [held.index, to].map(|index| number(Some(index - first)));
                pass.tree.emit(&mover.on_move, indexes.to_vec());
            }
        }
        Kind::Told { preview, inside, .. } => {
            let under = places.iter().find(|(_, rect)| rect.contains(local)).map(|(index, _)| *index);
            let args = vec![
                info(pass.tree, held.now),
                number(Some(held.index)),
                number(under.filter(|_| inside)),
                Value::Bool(inside && lifted),
            ];
            pass.tree.emit_event(container, "onItemDrop", args);
            if let Some(preview) = preview {
                pass.tree.destroy(preview);
            }
        }
    }
    pass.tree.mark_measure(container);
}

/// The node (without box) that the app has made for the finger; it is no item.
pub(super) fn preview(drag: &ItemDrag) -> Option<NodeId> {
    match &drag.held.as_ref()?.kind {
        Kind::Told { preview, .. } => *preview,
        Kind::Reorder { .. } => None,
    }
}

/// Puts items that were placed where the drag has them: the one that is held under the finger, those between its old and its
/// new place one place on. `one_lane` says that only extents along the axis count.
pub(super) fn arrange(
    pass: &mut Pass<'_>,
    container: NodeId,
    placed: &[(usize, NodeId)],
    axis: Axis,
    one_lane: bool,
    access: &Access,
) {
    let places: Vec<(usize, Rect)> =
        placed.iter().filter_map(|(index, item)| Some((*index, pass.tree.get(*item)?.layout.frame()))).collect();
    let Some(drag) = (access.drag)(pass.tree, container) else { return };
    let Some(held) = drag.held.clone() else {
        drag.places.clear();
        drag.room = Room::default();
        return;
    };
    drag.places.clone_from(&places);
    let by = held.now - held.from;
    match held.kind {
        Kind::Told { preview, to, .. } => {
            make_room(pass, container, placed, (held.index, to), access);
            place_preview(pass, container, preview, held.now);
        }
        Kind::Reorder { to, .. } => {
            let place = |index: usize| places.iter().find(|(other, _)| *other == index).map(|(_, rect)| *rect);
            let Some(own) = place(held.index) else { return };
            let pitch = place(held.index + 1).map(|next| next.origin.along(axis) - own.origin.along(axis));
            let pitch = pitch.filter(|pitch| *pitch > 0.0).unwrap_or(own.size.along(axis));
            for (index, item) in placed {
                let Some(found) = pass.tree.get_mut(*item) else { continue };
                if *index == held.index {
                    let delta = if one_lane { Point::on(axis, by.along(axis), 0.0) } else { by };
                    found.layout.offset = found.layout.offset + delta;
                    found.layout.raised = true;
                    continue;
                }
                let step: isize = if (held.index..=to).contains(index) {
                    -1
                } else if (to..=held.index).contains(index) {
                    1
                } else {
                    continue;
                };
                if one_lane {
                    found.layout.offset = found.layout.offset + Point::on(axis, pitch * step as f32, 0.0);
                } else if let Some(rect) = place(index.saturating_add_signed(step)) {
                    found.layout.offset = rect.origin;
                }
            }
        }
    }
}

/// Items on their way to where they make room, by how far they still are from there in px.
#[derive(Debug, Default)]
struct Room {
    /// The places that each item goes to, as it was told last.
    to: usize,
    away: Vec<(NodeId, Point)>,
    /// Time of the clock of the last step, ms.
    last: f64,
}

/// Of the way that is left, so much is left after a ms.
const LEFT: f64 = 0.986;
/// Nearer than this, in px, an item has arrived.
const ARRIVED: f32 = 0.5;

/// Items between an old and a new place move one place on, and take their time.
fn make_room(
    pass: &mut Pass<'_>,
    container: NodeId,
    placed: &[(usize, NodeId)],
    (from, to): (usize, usize),
    access: &Access,
) {
    let (now, animations) = (pass.tree.now, pass.tree.environment.animations);
    let place = |tree: &Tree, index: usize| {
        let (_, item) = placed.iter().find(|(other, _)| *other == index)?;
        Some(tree.get(*item)?.layout.offset)
    };
    let moved = |index: usize, to: usize| match index {
        index if index == from => to,
        index if (from..=to).contains(&index) => index - 1,
        index if (to..=from).contains(&index) => index + 1,
        index => index,
    };
    let Some(drag) = (access.drag)(pass.tree, container).filter(|drag| drag.makes_room) else { return };
    let before = if drag.room.last > 0.0 { drag.room.to } else { from };
    let part = LEFT.powf((now - drag.room.last).clamp(0.0, 1000.0)) as f32;
    let away = std::mem::take(&mut drag.room.away);
    let mut shown = Vec::new();
    let mut places = Vec::new();
    for (index, item) in placed {
        let [Some(target), Some(earlier)] = [moved(*index, to), moved(*index, before)].map(|at| place(pass.tree, at))
        else {
            continue;
        };
        let left = away.iter().find(|(node, _)| node == item).map_or(Point::ZERO, |(_, left)| *left);
        // What was on its way goes on from where it is shown.
        let left = Point::new(left.x * part, left.y * part) + (earlier - target);
        let far = animations && (left.x.abs() > ARRIVED || left.y.abs() > ARRIVED);
        places.push((*item, if far { target + left } else { target }));
        if far {
            shown.push((*item, left));
        }
    }
    for (item, at) in places {
        if let Some(item) = pass.tree.get_mut(item) {
            item.layout.offset = at;
        }
    }
    let goes_on = !shown.is_empty();
    if let Some(drag) = (access.drag)(pass.tree, container) {
        drag.room = Room { to, away: shown, last: now };
    }
    if goes_on {
        pass.tree.tick_at(container, now + 1.0);
    }
}

/// What the app shows lies with its middle under the finger.
fn place_preview(pass: &mut Pass<'_>, container: NodeId, preview: Option<NodeId>, window: Point) {
    let local = space::to_local(pass.tree, container, window);
    let size = pass.tree.get(container).map_or(Size::ZERO, |node| node.layout.size);
    for part in preview.map(|preview| pass.tree.frame_children(preview)).unwrap_or_default() {
        pass.measure(part, &Constraint::up_to(size));
        let outer = pass.outer(part);
        pass.place_child(part, local - Point::new(outer.width / 2.0, outer.height / 2.0));
        if let Some(part) = pass.tree.get_mut(part) {
            part.layout.raised = true;
        }
    }
}
