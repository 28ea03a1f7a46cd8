//! What a `Scroller` of the app does. Lengths that come in bare, and all that go out, are vp.

use super::moving::{run, stop};
use super::{EdgeEffect, Jump, Motion, ScrollAlign};
use crate::animation::Curve;
use crate::component::{Method, Setter};
use crate::geometry::Axis;
use crate::pan::PanAxis;
use crate::units::{Length, Unit};
use crate::value::{Args, Value};

/// Time of `scrollTo` with an animation that does not say how long, in ms.
const DURATION: f64 = 1000.0;

fn px(node: &Setter<'_>, value: &Value, axis: Axis) -> Option<f32> {
    let viewport = node.tree.scroll(node.node)?.track(axis).viewport;
    Length::from_value(value, Unit::Vp)?.resolve(&node.tree.environment, viewport)
}

fn vp(node: &Setter<'_>, px: f32) -> Value {
    Value::Number(f64::from(px / node.tree.environment.density))
}

/// How a movement over a distance goes on: at once (`None`), or for a time.
fn motion(animation: &Value, distance: f32) -> Option<Motion> {
    match animation {
        Value::Bool(true) => Some(Motion::smooth(distance)),
        Value::Object(_) => {
            let ms = animation.get("duration").as_f64().filter(|ms| *ms >= 0.0).unwrap_or(DURATION);
            let curve = Curve::from_value(animation.get("curve")).or_else(|| Curve::named("ease"));
            let over = animation.get("canOverScroll").as_bool() == Some(true);
            let motion = Motion::along(distance, curve.unwrap_or(Curve::EASE_IN_OUT), ms, over);
            (motion.duration() > 0.0).then_some(motion)
        }
        _ => None,
    }
}

/// Moves content along an axis to an offset; beyond the edges only where `over` says so.
fn go(node: &mut Setter<'_>, axis: Axis, to: f32, animation: &Value, over: bool) {
    let Some(scroll) = node.tree.scroll_mut(node.node) else { return };
    if !scroll.direction.is_some_and(|direction| direction.allows(axis)) {
        return;
    }
    let track = scroll.track_mut(axis);
    // Not beyond what is there: a list does not know exactly, and says so with an infinite rest.
    let within = (to - track.offset).clamp(-track.before.max(0.0), track.after.max(0.0));
    let by = if over { to - track.offset } else { within };
    match motion(animation, by) {
        Some(motion) if by != 0.0 => run(node.tree, node.node, axis, motion),
        _ if over && by != within => {
            // Beyond the edge at once, and back by itself.
            track.shift(by);
            let from = track.over();
            run(node.tree, node.node, axis, Motion::Spring { from, velocity: 0.0 });
        }
        _ => {
            track.take(by);
            node.tree.mark_place(node.node);
        }
    }
}

fn scroll_to(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    stop(node.tree, node.node);
    let animation = options.get("animation");
    let springs = node.tree.scroll(node.node).is_some_and(|scroll| scroll.style.edge_effect == EdgeEffect::Spring);
    let flag = |value: &Value| value.get("canOverScroll").as_bool() == Some(true);
    let over = springs && (flag(options) || flag(animation));
    for (axis, name) in [(Axis::Horizontal, "xOffset"), (Axis::Vertical, "yOffset")] {
        if let Some(to) = px(node, options.get(name), axis) {
            go(node, axis, if over { to } else { to.max(0.0) }, animation, over);
        }
    }
    Value::Undefined
}

fn scroll_by(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    stop(node.tree, node.node);
    for (axis, index) in [(Axis::Horizontal, 0), (Axis::Vertical, 1)] {
        let Some(by) = px(node, args.get(index), axis) else { continue };
        let Some(offset) = node.tree.scroll(node.node).map(|scroll| scroll.track(axis).offset) else { continue };
        go(node, axis, offset + by, &Value::Undefined, false);
    }
    Value::Undefined
}

/// `Edge`: Top 0, Bottom 2, Start 4, End 6.
fn scroll_edge(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    stop(node.tree, node.node);
    let Some(edge) = args.get(0).as_i32() else { return Value::Undefined };
    let speed = args.get(1).get("velocity").as_f32().filter(|speed| *speed > 0.0);
    let speed = speed.map(|speed| node.tree.environment.vp(speed));
    let forward = match edge {
        0 | 4 => false,
        2 | 6 => true,
        _ => return Value::Undefined,
    };
    let Some(scroll) = node.tree.scroll_mut(node.node) else { return Value::Undefined };
    let axis = match edge {
        4 | 6 if scroll.direction == Some(PanAxis::Free) => Axis::Horizontal,
        _ => scroll.axis(),
    };
    let track = scroll.track_mut(axis);
    let distance = if forward { track.after } else { -track.before };
    if distance.is_infinite() {
        let index = if forward { usize::MAX } else { 0 };
        let align = Some(if forward { ScrollAlign::End } else { ScrollAlign::Start });
        scroll.jump = Some(Jump { index, within: None, align, extra: 0.0, smooth: false });
        node.tree.mark_place(node.node);
    } else if let Some(speed) = speed.filter(|_| distance != 0.0) {
        run(node.tree, node.node, axis, Motion::Steady { to: distance, seconds: distance.abs() / speed });
    } else {
        track.take(distance);
        node.tree.mark_place(node.node);
    }
    Value::Undefined
}

fn scroll_page(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    stop(node.tree, node.node);
    let next = args.get(0).get("next").as_bool() == Some(true);
    let Some(scroll) = node.tree.scroll(node.node) else { return Value::Undefined };
    let axis = scroll.axis();
    let track = scroll.track(axis);
    let to = track.offset + if next { track.viewport } else { -track.viewport };
    go(node, axis, to.max(0.0), args.get(0).get("animation"), false);
    Value::Undefined
}

fn fling(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let Some(velocity) = args.get(0).as_f32().filter(|velocity| *velocity != 0.0) else { return Value::Undefined };
    stop(node.tree, node.node);
    let velocity = -node.tree.environment.vp(velocity);
    let Some(scroll) = node.tree.scroll(node.node) else { return Value::Undefined };
    let (axis, friction) = (scroll.axis(), scroll.style.friction(node.tree.environment.target_api));
    run(node.tree, node.node, axis, Motion::Friction { velocity, friction });
    Value::Undefined
}

fn current_offset(node: &mut Setter<'_>) -> Value {
    let Some(offset) = node.tree.scroll(node.node).map(super::ScrollState::offset) else { return Value::Undefined };
    Value::object([("xOffset", vp(node, offset.x)), ("yOffset", vp(node, offset.y))])
}

fn is_at_end(node: &mut Setter<'_>) -> Value {
    let scroll = node.tree.scroll(node.node);
    Value::Bool(scroll.is_some_and(|scroll| scroll.track(scroll.axis()).after <= 0.5))
}

fn content_size(node: &mut Setter<'_>) -> Value {
    let Some(found) = node.tree.get(node.node) else { return Value::Undefined };
    let box_size = found.layout.content().size;
    let Some(scroll) = found.scroll.as_deref() else { return Value::Undefined };
    let axis = scroll.axis();
    let size = box_size.with(axis, scroll.track(axis).extent);
    Value::object([("width", vp(node, size.width)), ("height", vp(node, size.height))])
}

fn index(value: &Value) -> Option<usize> {
    let number = value.as_f64().filter(|number| *number >= -1.0)?;
    // -1 is the last one.
    Some(if number < 0.0 { usize::MAX } else { number as usize })
}

fn jump(node: &mut Setter<'_>, args: Args<'_>, within: Option<usize>, at: usize) -> Value {
    let Some(index) = index(args.get(0)) else { return Value::Undefined };
    stop(node.tree, node.node);
    let smooth = args.get(at).as_bool() == Some(true);
    let align = ScrollAlign::from_number(args.get(at + 1).as_i32());
    let extra = Length::from_value(args.get(at + 2).get("extraOffset"), Unit::Vp);
    let extra = extra.map_or(0.0, |extra| extra.to_px(&node.tree.environment));
    node.rescroll(|scroll| scroll.jump = Some(Jump { index, within, align, extra, smooth }))
}

/// The frame of the item with an index, in the container.
fn item_rect(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let component = node.tree.get(node.node).map(|node| node.component);
    let path: Vec<usize> = (0..2).filter_map(|at| args.get(at).as_f64()).map(|index| index.max(0.0) as usize).collect();
    let rect = component.and_then(|component| component.item_rect(node.tree, node.node, &path));
    let rect = rect.unwrap_or_default();
    Value::object([
        ("x", vp(node, rect.origin.x)),
        ("y", vp(node, rect.origin.y)),
        ("width", vp(node, rect.size.width)),
        ("height", vp(node, rect.size.height)),
    ])
}

/// The index of the item at a point of the container, -1 when there is none.
fn item_index(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let density = node.tree.environment.density;
    let (Some(x), Some(y)) = (args.get(0).as_f32(), args.get(1).as_f32()) else { return Value::Number(-1.0) };
    let component = node.tree.get(node.node).map(|node| node.component);
    let point = crate::geometry::Point::new(x * density, y * density);
    let index = component.and_then(|component| component.item_at(node.tree, node.node, point));
    Value::Number(index.map_or(-1.0, |index| index as f64))
}

/// Commands of everything that scrolls.
pub static COMMANDS: &[Method] = &[
    Method { name: "scrollTo", apply: scroll_to },
    Method { name: "scrollBy", apply: scroll_by },
    Method { name: "scrollEdge", apply: scroll_edge },
    Method { name: "scrollPage", apply: scroll_page },
    Method { name: "fling", apply: fling },
    Method { name: "currentOffset", apply: |node, _| current_offset(node) },
    Method { name: "isAtEnd", apply: |node, _| is_at_end(node) },
    Method { name: "contentSize", apply: |node, _| content_size(node) },
    Method { name: "scrollToIndex", apply: |node, args| jump(node, args, None, 1) },
    Method {
        name: "scrollToItemInGroup",
        apply: |node, args| {
            let within = index(args.get(1));
            jump(node, args, within, 2)
        },
    },
    Method { name: "getItemRect", apply: item_rect },
    Method { name: "getItemRectInGroup", apply: item_rect },
    Method { name: "getItemIndex", apply: item_index },
];
