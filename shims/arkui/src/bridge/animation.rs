//! `@concord:arkui/animation/engine`: animations of the node tree, as our JavaScript library uses them. Descriptions of animations
//! are those of [`Animation::from_value`], of curves those of [`Curve::from_value`].

use super::{Ui, convert, nodes, nothing};
use concord_engine::{Call, JsResult};
use concord_runtime::{FaceModule, Native};
use concord_ui::animation::{Animation, Curve, Timing};

pub(super) const FACE: FaceModule = FaceModule {
    request: "@concord:arkui/animation/engine",
    source: "(function (host) { 'use strict'; return host; })",
    natives: NATIVES,
    apis: &[],
};

const NATIVES: &[(&str, Native)] = &[
    ("open", open),
    ("close", close),
    ("implicit", implicit),
    ("nextFrame", next_frame),
    ("interpolate", interpolate),
    ("progress", progress),
    ("transit", transit),
    ("settle", settle),
    ("share", share),
];

/// `open(animation)`: what changes until `close` moves.
fn open(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let animation = Animation::from_value(&convert::to_ui(&ui, &call.arg(0))?);
    // What changed before does not move.
    ui.lay_out(call.context);
    ui.with_tree(|tree| tree.open_animation(animation));
    nothing(call.context)
}

/// `close()`.
fn close(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    ui.lay_out(call.context);
    ui.with_tree(concord_ui::Tree::close_animation);
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `implicit(animation?)`: attributes that are set from now on move; without one that ends.
fn implicit(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let value = convert::to_ui(&ui, &call.arg(0))?;
    let animation = value.as_object().map(|_| Animation::from_value(&value));
    ui.with_tree(|tree| tree.set_implicit_animation(animation));
    nothing(call.context)
}

/// `nextFrame(f)`: `f(time in ms)` runs at the beginning of the next frame.
fn next_frame(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    ui.frame_callbacks.borrow_mut().push(call.arg(0));
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `interpolate(curve, fraction) → number`; the fraction itself when the curve makes no sense.
fn interpolate(call: &Call<'_>) -> JsResult {
    let curve = Curve::from_value(&convert::to_ui(&Ui::of(call.context), &call.arg(0))?);
    let fraction = call.arg(1).as_f64().unwrap_or(0.0);
    Ok(call.context.number(curve.map_or(fraction, |curve| curve.at(fraction))))
}

/// `progress(animation, elapsed) → [progress, whether it is over]`: where an animation from 0 to 1 is after so many ms.
fn progress(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let timing = Timing::from_value(&convert::to_ui(&ui, &call.arg(0))?);
    let (progress, over) = match ui.with_tree(|tree| tree.environment.animations) {
        true => timing.progress(call.arg(1).as_f64().unwrap_or(0.0)),
        false => (timing.progress(f64::MAX).0, true),
    };
    Ok(call.context.array(&[call.context.number(progress), call.context.boolean(over)]))
}

/// `transit(node, whether it comes, effect, onEnd)`: the node comes or goes by a `TransitionEffect`; see
/// [`concord_ui::Tree::transit`].
fn transit(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    ui.lay_out(call.context);
    let effect = convert::to_ui(&ui, &call.arg(2))?;
    let on_end = convert::to_ui(&ui, &call.arg(3))?;
    let comes = call.arg(1).to_boolean();
    ui.with_tree(|tree| {
        if let Some(node) = nodes::node(call, tree, 0) {
            tree.transit(node, comes, &effect, on_end.as_callback());
        }
    });
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `settle(node)`: the node looks as its attributes say.
fn settle(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    ui.with_tree(|tree| {
        if let Some(node) = nodes::node(call, tree, 0) {
            tree.settle(node);
        }
    });
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `share(from, to)`: what two pages have in common moves; see [`concord_ui::Tree::share`].
fn share(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    ui.lay_out(call.context);
    ui.with_tree(|tree| {
        if let (Some(from), Some(to)) = (nodes::node(call, tree, 0), nodes::node(call, tree, 1)) {
            tree.share(from, to);
        }
    });
    nothing(call.context)
}
