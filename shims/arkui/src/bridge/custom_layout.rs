//! `@concord:arkui/custom-layout`: custom components that lay out their children themselves. A pass calls their functions, and
//! they come back into it here, for each child.

use super::{Ui, convert, nothing};
use concord_containers::custom_layout;
use concord_engine::{Call, JsResult};
use concord_runtime::{FaceModule, Native};
use concord_ui::{NodeId, Tree};

pub(super) const FACE: FaceModule = FaceModule {
    request: "@concord:arkui/custom-layout",
    source: include_str!("custom_layout.js"),
    natives: NATIVES,
    apis: &[],
};

const NATIVES: &[(&str, Native)] =
    &[("measureChild", measure_child), ("placeChild", place_child), ("geometry", geometry)];

fn node(call: &Call<'_>, tree: &Tree, index: usize) -> Option<NodeId> {
    tree.by_number(call.arg(index).as_f64()? as u64)
}

/// `measureChild(node, child, constraint) → [width, height]` in vp; nothing outside of the node's own measurement.
fn measure_child(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let limits = convert::to_ui(&ui, &call.arg(2))?;
    let size = ui.resume(call.context, |pass| {
        let (node, child) = (node(call, pass.tree, 0)?, node(call, pass.tree, 1)?);
        let size = custom_layout::measure_child(pass, node, child, &limits);
        let density = pass.tree.environment.density;
        Some([size.width, size.height].map(|px| f64::from(px / density)))
    });
    let numbers = size.flatten().unwrap_or_default().map(|number| call.context.number(number));
    Ok(call.context.array(&numbers))
}

/// `placeChild(node, child, position)`; nothing outside of the node's own placement.
fn place_child(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let position = convert::to_ui(&ui, &call.arg(2))?;
    ui.resume(call.context, |pass| {
        let (node, child) = (node(call, pass.tree, 0)?, node(call, pass.tree, 1)?);
        custom_layout::place_child(pass, node, child, &position);
        Some(())
    });
    nothing(call.context)
}

/// `geometry(node) → GeometryInfo` in vp.
fn geometry(call: &Call<'_>) -> JsResult {
    let found = Ui::of(call.context)
        .with_tree(|tree| node(call, tree, 0).map(|node| custom_layout::geometry(tree, node)))
        .unwrap_or_default();
    convert::to_js(call.context, &found)
}
