//! The app as a pass over the tree sees it.

use super::{Ui, convert, report};
use concord_engine::{Context, JsResult, Value as Js};
use concord_runtime::Runtime;
use concord_ui::value::Resource;
use concord_ui::{Callback, Host, NodeId, Tree, Value};
use std::sync::Arc;

/// Runs code of the app with the tree in its place.
pub(super) struct AppHost<'a> {
    pub(super) ui: &'a Ui,
    pub(super) context: &'a Context,
}

impl AppHost<'_> {
    /// Calls a method of a virtual source.
    fn source(&self, source: NodeId, method: &str, number: f64) -> JsResult<Option<Js>> {
        let object = self.ui.sources.borrow().get(&source).cloned();
        match object {
            Some(object) if object.has(method) => object.call_method(method, &[self.context.number(number)]).map(Some),
            _ => Ok(None),
        }
    }
}

impl Host for AppHost<'_> {
    fn call(&mut self, tree: &mut Tree, callback: &Callback, args: &[Value]) -> Value {
        let Some(function) = convert::function(callback) else { return Value::Undefined };
        let result = self.ui.lend(tree, || {
            let args: Vec<Js> = args.iter().map(|arg| convert::to_js(self.context, arg)).collect::<JsResult<_>>()?;
            convert::to_ui(self.ui, &function.call(&self.context.undefined(), &args)?)
        });
        result.unwrap_or_else(|exception| {
            report(self.context, exception);
            Value::Undefined
        })
    }

    fn build_item(&mut self, tree: &mut Tree, source: NodeId, index: usize) -> Option<NodeId> {
        let made = self.ui.lend(tree, || self.source(source, "build", index as f64));
        match made {
            Ok(node) => tree.by_number(node?.as_f64()? as u64),
            Err(exception) => {
                report(self.context, exception);
                None
            }
        }
    }

    fn release_item(&mut self, tree: &mut Tree, source: NodeId, item: NodeId) {
        let number = tree.number(item) as f64;
        if let Err(exception) = self.ui.lend(tree, || self.source(source, "release", number)) {
            report(self.context, exception);
        }
    }

    fn resource(&mut self, resource: &Resource) -> Option<Arc<[u8]>> {
        let bytes = Runtime::of(self.context)
            .and_then(|runtime| runtime.require("@concord:arkui/resources").ok())?
            .call_method("bytes", &[self.context.string(&resource.module), self.context.string(&resource.path)])
            .ok()?;
        bytes.bytes().map(Arc::from)
    }
}
