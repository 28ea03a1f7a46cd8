//! Concurrent functions: named here, found again by the runtime of another thread.

use crate::Runtime;
use crate::link::ModuleId;
use crate::modules::{Key, Kind};
use crate::runtime::Inner;
use concord_engine::{ErrorKind, JsResult, Value};
use std::rc::Rc;
use std::sync::Arc;

/// Names a concurrent function in all runtimes that were given the same abc files in the same order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FunctionName {
    file: usize,
    record: Arc<str>,
    /// Of the method in the abc file.
    offset: u32,
}

impl Runtime {
    /// The name of a concurrent function; `None` for any other value.
    pub fn concurrent_name(&self, function: &Value) -> Option<FunctionName> {
        let inner = self.inner();
        let place = inner.glue_call("concurrentPlace", std::slice::from_ref(function)).ok()?;
        if !place.is_object() {
            return None;
        }
        let number = |index| u32::try_from(place.get_index(index).ok()?.as_i64()?).ok();
        let (id, offset) = (ModuleId(number(0)?), number(1)?);
        let graph = inner.graph.borrow();
        let module = graph.module(id);
        let (Kind::Es(file, _) | Kind::CommonJs(file, _)) = module.kind else { return None };
        Some(FunctionName { file, record: (*module.name).into(), offset })
    }

    /// The concurrent function of this name. The modules behind the imports that it uses have run then, its own module only
    /// when the function uses what that exports.
    pub fn concurrent_function(&self, name: &FunctionName) -> JsResult {
        let inner = self.inner();
        inner.context.job(|| inner.concurrent_function(name))
    }
}

impl Inner {
    fn concurrent_function(self: &Rc<Self>, name: &FunctionName) -> JsResult {
        let missing = || {
            let text = format!("the module '{}' has no concurrent function at {:#x}", name.record, name.offset);
            self.throw(ErrorKind::ReferenceError, &text)
        };
        let index = self.store.borrow().find_record(name.file, &name.record).ok_or_else(missing)?;
        let id = self.module_of(Key::Record(name.file, index))?;
        self.load(id)?;
        self.link(id)?;
        let object = self.graph.borrow().module(id).object.clone().ok_or_else(missing)?;
        let find = || self.glue_call("concurrentOf", &[object.clone(), self.context.number(f64::from(name.offset))]);
        let mut found = find()?;
        if !found.is_object() {
            self.prepare(id)?;
            found = find()?;
        }
        if !found.is_object() {
            return Err(missing());
        }
        let used = found.get("used")?;
        for place in 0..used.array_len()? {
            let import = used.get_index(place)?.as_i64().and_then(|import| usize::try_from(import).ok());
            match import {
                Some(import) => {
                    if let Some(target) = self.imported_module(id, import) {
                        self.evaluate(target)?;
                    }
                }
                None => self.evaluate(id)?,
            }
        }
        found.get("f")
    }

    /// The module behind a regular import that is not lazy.
    fn imported_module(&self, importer: ModuleId, import: usize) -> Option<ModuleId> {
        let graph = self.graph.borrow();
        let module = graph.module(importer);
        let request = module.imports.get(import)?.request as usize;
        if module.lazy.get(request) == Some(&true) {
            return None;
        }
        module.requests.as_deref()?.get(request).copied()
    }
}
