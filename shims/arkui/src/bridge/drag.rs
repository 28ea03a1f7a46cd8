//! `@concord:arkui/drag`: the app's side of drag and drop. Who may be dragged, and who is under the pointer, the tree knows; what
//! is dragged is known to the face.

use super::{Ui, convert, nodes, nothing};
use concord_engine::{Call, JsResult};
use concord_runtime::{FaceModule, Native};
use concord_ui::geometry::{Point, Size};
use concord_ui::input::drag::{self, Preview};
use concord_ui::layout::Constraint;
use concord_ui::{NodeId, Pass};

pub(super) const FACE: FaceModule =
    FaceModule { request: "@concord:arkui/drag", source: include_str!("drag.js"), natives: NATIVES, apis: &[] };

const NATIVES: &[(&str, Native)] = &[
    ("listen", listen),
    ("onOutside", on_outside),
    ("execute", execute),
    ("offer", offer),
    ("cancel", cancel),
    ("isActive", is_active),
    ("layOut", lay_out),
];

/// `listen(f)`: `f(event, fields, source)` hears of every drag; see [`drag::Drag::listener`].
fn listen(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let listener = convert::to_ui(&ui, &call.arg(0))?.as_callback().cloned();
    ui.with_tree(|tree| tree.input.drag.listener = listener);
    nothing(call.context)
}

/// `onOutside(f)`: `f(what, …)` is asked for drags between programs:
/// - `forms` → `[type, value …]` of what is dragged here;
/// - `enter`, types: something else comes;
/// - `drop`, done: it is let go; `done()` when it has been read.
fn on_outside(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let outside = convert::to_ui(&ui, &call.arg(0))?.as_callback().cloned();
    ui.with_tree(|tree| tree.input.drag.outside = outside);
    nothing(call.context)
}

/// The topmost window at the place where a finger is, for drags that do not begin with a node.
fn root(ui: &Ui, at: Point) -> Option<NodeId> {
    ui.window_at(at).or_else(|| ui.window_at(Point::ZERO))
}

/// `execute(finger, preview) → boolean`: drags with a finger that is down.
fn execute(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let finger = call.arg(0).as_f64().unwrap_or(0.0) as i32;
    let answer = convert::to_ui(&ui, &call.arg(1))?;
    let root = root(&ui, Point::ZERO);
    let begun = root.and_then(|root| {
        ui.with_input(call.context, |pass| {
            let preview = Preview::from_answer(pass.tree, &answer);
            drag::execute(pass, root, finger, preview)
        })
    });
    Ok(call.context.boolean(begun == Some(true)))
}

/// `offer(x, y) → boolean`: something is dragged over the app from outside; further events come as touches of the finger -1.
fn offer(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let coordinate = |index: usize| call.arg(index).as_f64().unwrap_or(0.0) as f32;
    let at = Point::new(coordinate(0), coordinate(1));
    let begun = root(&ui, at).and_then(|root| ui.with_input(call.context, |pass| drag::offer(pass, root, at)));
    Ok(call.context.boolean(begun == Some(true)))
}

/// `cancel()`.
fn cancel(call: &Call<'_>) -> JsResult {
    Ui::of(call.context).with_input(call.context, drag::cancel);
    nothing(call.context)
}

/// `isActive()`.
fn is_active(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(Ui::of(call.context).with_tree(|tree| tree.input.drag.is_active())))
}

/// `layOut(node, width, height)`: lays out a node that is in no window, in at most so many px.
fn lay_out(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let extent = |index: usize| call.arg(index).as_f64().unwrap_or(0.0).clamp(0.0, 65_535.0) as f32;
    let size = Size::new(extent(1), extent(2));
    if let Some(node) = ui.with_tree(|tree| nodes::node(call, tree, 0)) {
        let arrange = |pass: &mut Pass<'_>| {
            pass.measure(node, &Constraint::up_to(size));
            pass.place_child(node, Point::ZERO);
            pass.place(node);
        };
        ui.join_pass(call.context, arrange);
    }
    nothing(call.context)
}
