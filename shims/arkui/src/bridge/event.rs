//! Objects of input events for the app: fields, and methods that remember what the app wants.

use concord_engine::{Call, Context, ErrorKind, Exception, JsResult, Value as Js};
use concord_ui::input::EventObject;
use std::rc::Rc;

/// Makes the app's object of an event.
pub(super) fn to_js(context: &Context, event: &Rc<EventObject>) -> JsResult<Js> {
    let made = context.object();
    for (name, value) in &event.fields {
        made.set(name, &super::convert::to_js(context, value)?)?;
    }
    for name in event.methods {
        let event = Rc::clone(event);
        let method = context.function(name, 0, move |call| run(call, &event, name));
        made.set(name, &method)?;
    }
    Ok(made)
}

fn run(call: &Call<'_>, event: &EventObject, method: &str) -> JsResult<Js> {
    let context = call.context;
    let field = |name: &str| {
        let found = event.fields.iter().find(|(field, _)| &**field == name);
        context.number(found.and_then(|(_, value)| value.as_f64()).unwrap_or(0.0))
    };
    Ok(match method {
        "stopPropagation" => {
            event.control.stopped.set(true);
            context.undefined()
        }
        "preventDefault" | "keepEditableState" => {
            event.control.prevented.set(true);
            context.undefined()
        }
        "getModifierKeyState" => context.boolean(modifiers(call, event)?),
        "getHistoricalPoints" => context.array(&[]),
        "getHorizontalAxisValue" => field("axisHorizontal"),
        "getVerticalAxisValue" => field("axisVertical"),
        "getPinchAxisScaleValue" => field("axisPinch"),
        // `AxisType`: 0 vertical, 1 horizontal.
        "hasAxis" => context.boolean(matches!(call.arg(0).as_f64(), Some(0.0 | 1.0))),
        "getCurrentLocalPosition" => {
            let made = context.object();
            made.set("x", &field("x"))?;
            made.set("y", &field("y"))?;
            made
        }
        _ => context.undefined(),
    })
}

/// Whether all of the named keys are held: `Ctrl`, `Alt`, `Shift`, `Fn`.
fn modifiers(call: &Call<'_>, event: &EventObject) -> JsResult<bool> {
    let names = call.arg(0);
    let count = if names.is_array() { names.array_len()? } else { 0 };
    let held = event.control.modifiers;
    let mut all = count > 0;
    for index in 0..count.min(16) {
        all &= match names.get_index(index)?.as_string().unwrap_or_default().to_ascii_lowercase().as_str() {
            "ctrl" => held.ctrl,
            "alt" => held.alt,
            "shift" => held.shift,
            "fn" => false,
            other => {
                let error = call.context.error(ErrorKind::Error, &format!("There is no modifier key {other}."));
                error.set("code", &call.context.number(401.0))?;
                return Err(Exception(error));
            }
        };
    }
    Ok(all)
}
