//! `@concord:arkui/text`: fonts, and the size of text that is not shown.

use super::host::AppHost;
use super::{Ui, convert, nothing};
use concord_engine::{Call, JsResult, Value as Js};
use concord_runtime::{FaceModule, Native};
use concord_text_ui::text_style;
use concord_ui::value::Resource;
use concord_ui::{Host, Value};

pub(super) const FACE: FaceModule = FaceModule {
    request: "@concord:arkui/text",
    source: "(function (host) { 'use strict'; return host; })",
    natives: NATIVES,
    apis: &[],
};

const NATIVES: &[(&str, Native)] = &[
    ("measure", measure),
    ("registerFont", register_font),
    ("unregisterFont", unregister_font),
    ("systemFonts", system_fonts),
    ("fontByName", font_by_name),
];

/// `measure(MeasureOptions) → [width, height]` in px.
fn measure(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let options = convert::to_ui(&ui, &call.arg(0))?;
    let size = ui.with_tree(|tree| text_style::measure(tree, &options));
    let numbers = [size.width, size.height].map(|px| call.context.number(f64::from(px)));
    Ok(call.context.array(&numbers))
}

/// `registerFont(family, source, module) → string`: a file of the package (`$rawfile`, or its path in the module) as a font.
/// What went wrong, or nothing.
fn register_font(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let family = call.arg(0).as_string().unwrap_or_default();
    let file = match convert::to_ui(&ui, &call.arg(1))? {
        Value::Resource(resource) => (*resource).clone(),
        source => Resource {
            module: call.arg(2).as_string().unwrap_or_default(),
            path: source.as_str().unwrap_or_default().to_owned(),
        },
    };
    let bytes = AppHost { ui: &ui, context: call.context }.resource(&file);
    let Some(bytes) = bytes else {
        return Ok(call.context.string(&format!("There is no file {} in module {}.", file.path, file.module)));
    };
    let registered = ui.with_tree(|tree| {
        let registered = tree.fonts().register(&family, bytes.to_vec());
        // Texts are shaped anew when they are laid out again.
        let nodes: Vec<_> = if registered.is_ok() { tree.ids().collect() } else { Vec::new() };
        nodes.into_iter().for_each(|node| tree.mark_measure(node));
        registered
    });
    ui.request_frame(call.context);
    match registered {
        Ok(()) => nothing(call.context),
        Err(error) => Ok(call.context.string(&error.to_string())),
    }
}

/// `unregisterFont(family) → boolean`: whether the app had one of that name.
fn unregister_font(call: &Call<'_>) -> JsResult {
    let family = call.arg(0).as_string().unwrap_or_default();
    let there = Ui::of(call.context).with_tree(|tree| tree.fonts().unregister(&family));
    Ok(call.context.boolean(there))
}

/// `systemFonts() → [family]`.
fn system_fonts(call: &Call<'_>) -> JsResult {
    let families = Ui::of(call.context).with_tree(|tree| tree.fonts().system_families());
    let families: Vec<Js> = families.iter().map(|family| call.context.string(family)).collect();
    Ok(call.context.array(&families))
}

/// `fontByName(family) → {family, path, weight, width, italic}`; undefined for a font that the system does not have.
fn font_by_name(call: &Call<'_>) -> JsResult {
    let family = call.arg(0).as_string().unwrap_or_default();
    let info = Ui::of(call.context).with_tree(|tree| tree.fonts().family_info(&family));
    let Some(info) = info else { return nothing(call.context) };
    let made = call.context.object();
    made.set("family", &call.context.string(&info.family))?;
    made.set("path", &call.context.string(&info.path.to_string_lossy()))?;
    made.set("weight", &call.context.number(f64::from(info.weight)))?;
    made.set("width", &call.context.number(f64::from(info.width_percent)))?;
    made.set("italic", &call.context.boolean(info.italic))?;
    Ok(made)
}
