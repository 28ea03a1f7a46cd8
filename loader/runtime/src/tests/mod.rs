//! The module graph over hand-written "translated" text, so that it is tested without a translator.

mod concurrent;
mod errors;
mod forms;
mod order;
mod sharing;
mod system;
mod transfer;

use crate::text::Translated;
use crate::{AbcSource, FaceModule, Options, Runtime};
use concord_abi::abc::{Import, IndirectExport, LocalExport, ModuleRecord, Record};
use concord_engine::{Context, Value};
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    /// Texts by record name, for the translator of the tests.
    static TEXTS: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// A module in the making. Import and export tables are given as in source; the text is the body of `func_main_0`, with
/// `i` and `e` the cells of imports and exports. What stands before `/*body*/` is done by the factory.
struct Source {
    record: Record<'static>,
    body: String,
}

/// `imports`: `name from request` or `lazy name from request`, in the order of the cells; `exports`: `name` for a slot,
/// `name from request` for a re-export, `* from request`; `requests` only evaluates.
fn module(name: &str, requests: &str, imports: &[&str], exports: &[&str], body: &str) -> Source {
    let mut table = ModuleRecord::default();
    let request = |table: &mut ModuleRecord<'static>, text: &str, lazy: bool| -> u32 {
        let found = table.requests.iter().position(|request| request == text);
        let index = found.unwrap_or_else(|| {
            table.requests.push(text.to_owned().into());
            table.lazy.push(lazy);
            table.requests.len() - 1
        });
        u32::try_from(index).unwrap()
    };
    for text in requests.split_whitespace() {
        match text.strip_prefix("lazy:") {
            Some(text) => request(&mut table, text, true),
            None => request(&mut table, text, false),
        };
    }
    for import in imports {
        let (name, from) = import.split_once(" from ").unwrap();
        let lazy = name.strip_prefix("lazy ");
        let request = request(&mut table, from, lazy.is_some());
        let imported: String = lazy.unwrap_or(name).to_owned();
        table.imports.push(Import { local: imported.clone().into(), imported: imported.into(), request });
    }
    for export in exports {
        match export.split_once(" from ") {
            Some(("*", from)) => {
                let request = request(&mut table, from, false);
                table.star_exports.push(request);
            }
            Some((name, from)) => {
                let request = request(&mut table, from, false);
                let name: String = name.to_owned();
                table.indirect_exports.push(IndirectExport {
                    exported: name.clone().into(),
                    imported: name.into(),
                    request,
                });
            }
            None => {
                let slot = u32::try_from(table.local_exports.len()).unwrap();
                let name: String = (*export).to_owned();
                table.local_exports.push(LocalExport { local: name.clone().into(), exported: name.into(), slot });
            }
        }
    }
    let top_level_await = body.contains("await ");
    let mut source = plain(name, body);
    source.record.module = Some(table);
    source.record.top_level_await = top_level_await;
    source
}

/// A record without tables: a script.
fn plain(name: &str, body: &str) -> Source {
    let record = Record {
        name: name.to_owned().into(),
        class: 0,
        main: Some(0),
        module: None,
        commonjs: false,
        top_level_await: false,
        shared: false,
        json: None,
        package: None,
        scope_names: None,
    };
    Source { record, body: body.to_owned() }
}

fn commonjs(name: &str, body: &str) -> Source {
    let mut source = plain(name, body);
    source.record.commonjs = true;
    source
}

fn json(name: &str, text: &str) -> Source {
    let mut source = plain(name, "");
    source.record.json = Some(text.to_owned().into());
    source
}

/// A runtime with one abc of these modules, `log(text)` as a global, and what was logged.
struct World {
    context: Context,
    runtime: Runtime,
    log: Rc<RefCell<Vec<String>>>,
}

fn world(sources: Vec<Source>) -> World {
    world_with(sources, &[])
}

fn world_with(sources: Vec<Source>, modules: &[&'static FaceModule]) -> World {
    let context = Context::new().unwrap();
    let log: Rc<RefCell<Vec<String>>> = Rc::default();
    let lines = log.clone();
    let print = context.function("log", 1, move |call| {
        lines.borrow_mut().push(call.arg(0).to_js_string()?);
        Ok(call.context.undefined())
    });
    context.global().set("log", &print).unwrap_or_else(|error| panic!("{}", error.describe()));
    TEXTS.with_borrow_mut(|texts| {
        texts.clear();
        texts.extend(sources.iter().map(|source| (source.record.name.to_string(), factory(source))));
    });
    let mut options = Options { without_cache: true, ..Options::default() };
    for module in modules {
        options.registry.add(*module);
    }
    let runtime = Runtime::with_translator(&context, options, |_, record| {
        let text = TEXTS.with_borrow(|texts| texts.iter().find(|(name, _)| *name == record.name).cloned());
        let (_, text) = text.ok_or("no text")?;
        Ok(Translated { text, locate: Box::new(|_, _| None) })
    });
    let runtime = runtime.unwrap_or_else(|error| panic!("{}", error.describe()));
    let source = AbcSource {
        module: "entry".to_owned(),
        bundle: "dev.test".to_owned(),
        package: String::new(),
        bytes: empty_abc(),
        source_maps: None,
        package_context: None,
    };
    runtime.add_abc(source).unwrap();
    for source in sources {
        runtime.inner().store.borrow_mut().insert(0, source.record);
    }
    World { context, runtime, log }
}

fn factory(source: &Source) -> String {
    let parameters = if source.record.commonjs { "exports, require, module, filename, dirname" } else { "" };
    let is_async = if source.record.top_level_await { "async " } else { "" };
    let (early, body) = source.body.split_once("/*body*/").unwrap_or(("", &source.body));
    format!(
        "(function ($, $m) {{ \"use strict\"; const {{ i, e }} = $m; {early}
            return {is_async}function func_main_0({parameters}) {{ {body} }}; }})"
    )
}

/// A container with nothing in it, the same for all threads.
fn empty_abc() -> &'static [u8] {
    static BYTES: std::sync::OnceLock<&'static [u8]> = std::sync::OnceLock::new();
    BYTES.get_or_init(make_empty_abc)
}

fn make_empty_abc() -> &'static [u8] {
    let mut bytes = b"PANDA\0\0\0".to_vec();
    bytes.resize(60, 0);
    bytes[12..16].copy_from_slice(&[12, 0, 6, 0]);
    bytes[16..20].copy_from_slice(&60u32.to_le_bytes());
    bytes.leak()
}

impl World {
    /// Imports a record; what was thrown as `name: message` otherwise.
    fn import(&self, record: &str) -> Result<Value, String> {
        self.runtime.import("entry", record).map_err(|error| {
            let report = self.runtime.describe(&error);
            format!("{}: {}", report.name, report.message)
        })
    }

    /// Imports as `import()` does, waits for the jobs, and logs what came of it.
    fn import_async(&self, record: &str) {
        let promise = self.runtime.import_async("entry", record);
        let then = self.eval("(p => { p.then(m => log('done ' + Object.keys(m)), e => log('failed ' + e.message)); })");
        then.call(&self.context.undefined(), &[promise]).unwrap_or_else(|error| panic!("{}", error.describe()));
        self.context.drain_microtasks();
    }

    fn eval(&self, source: &str) -> Value {
        self.context.eval(source, "test").unwrap_or_else(|error| panic!("{}", error.describe()))
    }

    /// The log so far, joined by spaces, and empties it.
    fn log(&self) -> String {
        self.log.take().join(" ")
    }
}
