//! Values of the app into values of the tree, and back.

use super::Ui;
use crate::graphics::foreign_of;
use concord_engine::{Context, JsResult, Value as Js};
use concord_ui::input::EventObject;
use concord_ui::value::{Foreign, Function, Object, Resource};
use concord_ui::{Callback, Value};
use std::any::Any;
use std::rc::Rc;

/// Deepest nesting of objects and arrays, and most members in all: far above what components are told, small enough to end soon
/// on a cyclic object.
const MAX_DEPTH: usize = 8;
const MAX_MEMBERS: usize = 20_000;

/// A function of the app, kept alive by the tree.
struct AppFunction(Js);

impl Function for AppFunction {
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The function behind a callback.
pub(super) fn function(callback: &Callback) -> Option<&Js> {
    callback.function().downcast_ref::<AppFunction>().map(|function| &function.0)
}

/// A value of the app as the tree wants it.
pub(super) fn to_ui(ui: &Ui, value: &Js) -> JsResult<Value> {
    Reader { ui, left: MAX_MEMBERS }.read(value, 0)
}

struct Reader<'a> {
    ui: &'a Ui,
    left: usize,
}

impl Reader<'_> {
    fn read(&mut self, value: &Js, depth: usize) -> JsResult<Value> {
        if value.is_undefined() {
            return Ok(Value::Undefined);
        }
        if value.is_null() {
            return Ok(Value::Null);
        }
        if let Some(number) = value.as_f64() {
            return Ok(Value::Number(number));
        }
        if let Some(flag) = value.as_bool() {
            return Ok(Value::Bool(flag));
        }
        if let Some(text) = value.as_string() {
            return Ok(Value::text(text));
        }
        if !value.is_object() || depth >= MAX_DEPTH {
            return Ok(Value::Undefined);
        }
        if value.is_function() {
            return Ok(Value::Callback(Callback::new(AppFunction(value.clone()))));
        }
        if value.is_array() {
            let count = value.array_len()?;
            let mut items = Vec::new();
            for index in 0..count {
                if !self.take() {
                    break;
                }
                items.push(self.read(&value.get_index(index)?, depth + 1)?);
            }
            return Ok(Value::Array(items.into()));
        }
        if value.has("type") && value.has("id") && value.get("type")?.is_number() && value.has("params") {
            return self.resource(value, depth);
        }
        if let Some(shown) = foreign_of(value) {
            return Ok(Value::Foreign(Foreign(shown)));
        }
        let mut properties = Vec::new();
        for key in value.own_keys()? {
            if !self.take() {
                break;
            }
            let member = self.read(&value.get(&key)?, depth + 1)?;
            properties.push((Rc::from(key), member));
        }
        if properties.is_empty() {
            // Something that only the app's side understands, a controller for instance.
            return Ok(Value::Foreign(Foreign(Rc::new(AppObject(value.clone())))));
        }
        Ok(Value::Object(Rc::new(Object { properties })))
    }

    /// `$r(…)`: its value, or the file that it names (`{module, path}`).
    fn resource(&mut self, value: &Js, depth: usize) -> JsResult<Value> {
        let resolve = self.ui.resolve.borrow().clone();
        let Some(resolve) = resolve else { return Ok(Value::Undefined) };
        let resolved = resolve.call(&value.context().undefined(), std::slice::from_ref(value))?;
        if resolved.is_object() && resolved.has("path") {
            let text = |name: &str| resolved.get(name).map(|text| text.as_string().unwrap_or_default());
            return Ok(Value::Resource(Rc::new(Resource { module: text("module")?, path: text("path")? })));
        }
        self.read(&resolved, depth + 1)
    }

    fn take(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }
}

/// An object of the app that the tree only hands around.
pub(super) struct AppObject(pub(super) Js);

/// A value of the tree for the app.
pub(super) fn to_js(context: &Context, value: &Value) -> JsResult<Js> {
    Ok(match value {
        Value::Undefined => context.undefined(),
        Value::Null => context.null(),
        Value::Bool(flag) => context.boolean(*flag),
        Value::Number(number) => context.number(*number),
        Value::String(text) => context.string(text),
        Value::Array(items) => {
            let items: Vec<Js> = items.iter().map(|item| to_js(context, item)).collect::<JsResult<_>>()?;
            context.array(&items)
        }
        Value::Object(object) => {
            let made = context.object();
            for (name, value) in &object.properties {
                made.set(name, &to_js(context, value)?)?;
            }
            made
        }
        Value::Callback(callback) => function(callback).cloned().unwrap_or_else(|| context.undefined()),
        Value::Resource(resource) => {
            let made = context.object();
            made.set("module", &context.string(&resource.module))?;
            made.set("path", &context.string(&resource.path))?;
            made
        }
        Value::Foreign(foreign) => {
            if let Ok(event) = Rc::clone(&foreign.0).downcast::<EventObject>() {
                return super::event::to_js(context, &event);
            }
            foreign.0.downcast_ref::<AppObject>().map_or_else(|| context.undefined(), |object| object.0.clone())
        }
    })
}
