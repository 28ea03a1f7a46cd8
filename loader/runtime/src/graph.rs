//! Loading and linking: from requests to modules to cells.

use crate::link::{Binding, Exports, LinkError, ModuleId, Name, Resolution};
use crate::modules::{Graph, Import, Key, Kind, Module, Status, Waiter};
use crate::runtime::Inner;
use crate::store::Target;
use concord_abi::abc::ModuleRecord;
use concord_engine::{ErrorKind, Exception, JsResult, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// Modules of one context. Far above any real app; keeps a hostile graph from eating the memory of the host.
const MAX_MODULES: usize = 1_000_000;

impl Inner {
    pub(crate) fn throw(&self, kind: ErrorKind, message: &str) -> Exception {
        Exception(self.context.error(kind, message))
    }

    fn link_error(&self, error: LinkError) -> Exception {
        self.throw(ErrorKind::RangeError, &error.to_string())
    }

    /// The module of a key, made when it is new. Nothing is loaded below it yet.
    pub(crate) fn module_of(&self, key: Key) -> JsResult<ModuleId> {
        let mut graph = self.graph.borrow_mut();
        if let Some(&id) = graph.ids.get(&key) {
            return Ok(id);
        }
        if graph.modules.len() >= MAX_MODULES {
            return Err(self.link_error(LinkError::TooLarge));
        }
        let module = match &key {
            Key::System(request) => Module::new(request.clone(), Kind::System(request.clone())),
            Key::Library(module, file) => Module::new(file.clone(), Kind::Library(module.clone(), file.clone())),
            Key::Record(file, index) => self.record_module(&mut graph, *file, *index),
        };
        let id = graph.linker.add(Exports::Dynamic);
        graph.modules.push(module);
        graph.ids.insert(key, id);
        Ok(id)
    }

    fn record_module(&self, graph: &mut Graph, file: usize, index: usize) -> Module {
        let store = self.store.borrow();
        let record = store.known_record(file, index);
        let place = (file, index);
        let kind = match (&record.json, record.commonjs, &record.module) {
            (Some(_), ..) => Kind::Json(place.0, place.1),
            (None, true, _) => Kind::CommonJs(place.0, place.1),
            (None, false, Some(_)) => Kind::Es(place.0, place.1),
            (None, false, None) => Kind::Script(place.0, place.1),
        };
        let mut module = Module::new(record.name.as_ref().into(), kind);
        module.top_level_await = record.top_level_await;
        if module.kind == Kind::Json(file, index) {
            module.slots = 1;
        }
        if let Some(tables) = &record.module {
            module.lazy = tables.lazy.iter().copied().collect();
            module.slots = tables.local_exports.iter().map(|export| export.slot.saturating_add(1)).max().unwrap_or(0);
            module.imports = tables
                .imports
                .iter()
                .map(|import| Import { imported: graph.names.intern(&import.imported), request: import.request })
                .collect();
        }
        module
    }

    /// Resolves the requests of a module and of everything below it.
    pub(crate) fn load(&self, root: ModuleId) -> JsResult<()> {
        let mut work = vec![root];
        while let Some(id) = work.pop() {
            let place = {
                let graph = self.graph.borrow();
                let module = graph.module(id);
                if module.requests.is_some() {
                    continue;
                }
                module.kind.clone()
            };
            match place {
                Kind::Es(file, index) => {
                    let store = self.store.borrow();
                    let record = store.known_record(file, index);
                    let tables = record.module.as_ref();
                    let mut requests = Vec::new();
                    for request in tables.map(|tables| tables.requests.as_slice()).unwrap_or_default() {
                        requests.push(self.request(file, &record.name, request)?);
                    }
                    work.extend(requests.iter().rev());
                    let mut graph = self.graph.borrow_mut();
                    let exports = tables.map(|tables| exports_of(&mut graph, tables, &requests));
                    graph.linker.set(id, exports.unwrap_or(Exports::Dynamic));
                    graph.module_mut(id).requests = Some(requests);
                }
                Kind::Json(..) | Kind::Script(..) => {
                    let local = match place {
                        Kind::Json(..) => FxHashMap::from_iter([(crate::link::DEFAULT, 0)]),
                        _ => FxHashMap::default(),
                    };
                    let mut graph = self.graph.borrow_mut();
                    let exports = Exports::Tables { local, indirect: FxHashMap::default(), stars: Vec::new() };
                    graph.linker.set(id, exports);
                    graph.module_mut(id).requests = Some(Vec::new());
                }
                Kind::CommonJs(..) | Kind::System(_) | Kind::Library(..) => {
                    self.graph.borrow_mut().module_mut(id).requests = Some(Vec::new());
                }
            }
        }
        Ok(())
    }

    /// The module that a request of a record means.
    pub(crate) fn request(&self, file: usize, record: &str, request: &str) -> JsResult<ModuleId> {
        let target = self.store.borrow().resolve(file, record, request);
        let key = match target {
            Some(Target::Record(file, index)) => Key::Record(file, index),
            Some(Target::System(request)) => Key::System(request.as_str().into()),
            Some(Target::Library(module, file)) => Key::Library(module.as_str().into(), file.as_str().into()),
            None => {
                let text = format!("Cannot find module '{request}' imported from '{}'.", shown(record));
                return Err(self.throw(ErrorKind::ReferenceError, &text));
            }
        };
        self.module_of(key)
    }

    /// Links a loaded module and everything below it that is not linked yet. On an error nothing is linked.
    pub(crate) fn link(self: &Rc<Self>, root: ModuleId) -> JsResult<()> {
        let mut order = Vec::new();
        let mut seen = FxHashSet::default();
        let mut work = vec![root];
        while let Some(id) = work.pop() {
            let graph = self.graph.borrow();
            let module = graph.module(id);
            if module.status == Status::New && seen.insert(id) {
                order.push(id);
                work.extend(module.requests.as_deref().unwrap_or_default());
            }
        }
        for &id in &order {
            if self.graph.borrow().module(id).object.is_some() {
                continue;
            }
            let (imports, slots, key) = {
                let graph = self.graph.borrow();
                let module = graph.module(id);
                (module.imports.len(), module.slots, self.shared_key(module))
            };
            let number = |n: u32| self.context.number(f64::from(n));
            let imports = u32::try_from(imports).unwrap_or(u32::MAX);
            let object = self.glue_call("module", &[number(id.0), number(imports), number(slots), key])?;
            self.graph.borrow_mut().module_mut(id).object = Some(object);
        }
        for &id in &order {
            self.link_imports(id)?;
        }
        let mut graph = self.graph.borrow_mut();
        for id in order {
            graph.module_mut(id).status = Status::Linked;
        }
        Ok(())
    }

    fn link_imports(self: &Rc<Self>, id: ModuleId) -> JsResult<()> {
        let (imports, object) = {
            let graph = self.graph.borrow();
            let module = graph.module(id);
            let Some(object) = module.object.clone() else { return Ok(()) };
            (module.imports.clone(), object)
        };
        for (index, import) in imports.iter().enumerate() {
            let (target, lazy) = {
                let graph = self.graph.borrow();
                let module = graph.module(id);
                let request = import.request as usize;
                let target = module.requests.as_deref().unwrap_or_default().get(request).copied();
                (target, module.lazy.get(request) == Some(&true))
            };
            let index = self.context.number(index as f64);
            let Some(target) = target else {
                return Err(self.throw(ErrorKind::SyntaxError, "an import names a request that does not exist"));
            };
            let binding = match self.resolve_import(id, target, import.imported)? {
                Ok(binding) => binding,
                Err(message) => {
                    self.glue_call("refuse", &[object.clone(), index, self.context.string(&message)])?;
                    continue;
                }
            };
            if let (Binding::Slot(exporter, slot), false) = (binding, lazy) {
                let exporter = self.graph.borrow().module(exporter).object.clone();
                let exporter = exporter.unwrap_or_else(|| self.context.undefined());
                let slot = self.context.number(f64::from(slot));
                self.glue_call("bind", &[object.clone(), index, exporter, slot])?;
                continue;
            }
            let (exporter, cell) = self.cell(binding, id)?;
            let cell = match lazy {
                true => self.glue_call("lazy", &[self.context.number(f64::from(exporter.0)), cell])?,
                false => cell,
            };
            self.glue_call("place", &[object.clone(), index, cell])?;
        }
        Ok(())
    }

    /// Resolves an import; the platform's message when it names nothing.
    fn resolve_import(
        self: &Rc<Self>,
        importer: ModuleId,
        target: ModuleId,
        name: Name,
    ) -> JsResult<Result<Binding, String>> {
        let reason = match self.resolve_export(target, name)? {
            Resolution::Found(binding) => return Ok(Ok(binding)),
            Resolution::Missing => "does not provide an export name",
            Resolution::Ambiguous => "provide an ambiguous export name",
        };
        Ok(Err(export_error(&self.graph.borrow(), target, reason, name, importer)))
    }

    fn resolve_export(self: &Rc<Self>, target: ModuleId, name: Name) -> JsResult<Resolution> {
        loop {
            let answer = {
                let mut graph = self.graph.borrow_mut();
                let Graph { modules, names, linker, .. } = &mut *graph;
                linker.resolve(target, name, &mut |module, name| {
                    let exports = modules.get(module.index())?.exports.as_ref()?;
                    Some(exports.is_object() && exports.has(&names.text(name)))
                })
            };
            match answer {
                Ok(resolution) => return Ok(resolution),
                Err(error) => self.run_for_linker(error)?,
            }
        }
    }

    /// Runs a dynamic module that the linker wants to know more about, as the platform does, or throws.
    fn run_for_linker(self: &Rc<Self>, error: LinkError) -> JsResult<()> {
        let LinkError::NotRun(module) = error else { return Err(self.link_error(error)) };
        self.link(module)?;
        self.evaluate(module)?;
        // A CommonJS module that is still running (a cycle) gives what it has exported so far.
        let running = self.graph.borrow().module(module).commonjs.clone();
        let partial = running.and_then(|module| module.get("exports").ok()).unwrap_or_else(|| self.context.object());
        self.graph.borrow_mut().module_mut(module).exports.get_or_insert(partial);
        Ok(())
    }

    /// A cell of a binding for use outside the exporting module, and the module to evaluate for it.
    pub(crate) fn cell(self: &Rc<Self>, binding: Binding, importer: ModuleId) -> JsResult<(ModuleId, Value)> {
        match binding {
            Binding::Slot(exporter, slot) => {
                let object = self.graph.borrow().module(exporter).object.clone();
                let object = object.unwrap_or_else(|| self.context.undefined());
                Ok((exporter, object.get("e")?.get_index(slot)?))
            }
            Binding::Namespace(module) => {
                let id = self.context.number(f64::from(module.0));
                Ok((module, self.glue_call("namespaceCell", &[id])?))
            }
            Binding::Property(module, name) => {
                let cell = self.glue_call("pending", &[])?;
                let exports = self.graph.borrow().module(module).exports.clone();
                match exports {
                    Some(exports) => self.fill(module, &cell, &exports, name, importer)?,
                    None => {
                        let waiter = Waiter { cell: cell.clone(), name, importer };
                        self.graph.borrow_mut().module_mut(module).waiters.push(waiter);
                    }
                }
                Ok((module, cell))
            }
        }
    }

    /// Gives the cells that wait for a dynamic module their values.
    pub(crate) fn set_exports(self: &Rc<Self>, id: ModuleId, exports: Value) -> JsResult<()> {
        let waiters = {
            let mut graph = self.graph.borrow_mut();
            let module = graph.module_mut(id);
            module.exports = Some(exports.clone());
            std::mem::take(&mut module.waiters)
        };
        for waiter in waiters {
            self.fill(id, &waiter.cell, &exports, waiter.name, waiter.importer)?;
        }
        Ok(())
    }

    fn fill(
        self: &Rc<Self>,
        id: ModuleId,
        cell: &Value,
        exports: &Value,
        name: Name,
        importer: ModuleId,
    ) -> JsResult<()> {
        let (kind, text) = {
            let graph = self.graph.borrow();
            (graph.module(id).kind.clone(), graph.names.text(name))
        };
        let weak = Rc::downgrade(self);
        let own_default = matches!(kind, Kind::System(_));
        let missing = self.context.function("", 0, move |call| {
            let Some(inner) = weak.upgrade() else { return Ok(call.context.undefined()) };
            let graph = inner.graph.borrow();
            match &kind {
                Kind::System(request) => {
                    inner.report_missing_export(request, &graph.names.text(name));
                    Ok(call.context.undefined())
                }
                _ => {
                    let text = export_error(&graph, id, "does not provide an export name", name, importer);
                    Err(inner.throw(ErrorKind::SyntaxError, &text))
                }
            }
        });
        let arguments =
            [cell.clone(), exports.clone(), self.context.string(&text), self.context.boolean(own_default), missing];
        self.glue_call("fill", &arguments).map(drop)
    }

    /// The namespace object of a module; for dynamic modules the exports object, when `importer` imports it statically.
    pub(crate) fn namespace(self: &Rc<Self>, id: ModuleId) -> JsResult {
        if let Some(namespace) = &self.graph.borrow().module(id).namespace {
            return Ok(namespace.clone());
        }
        let names = loop {
            let answer = {
                let mut graph = self.graph.borrow_mut();
                let Graph { modules, names, linker, .. } = &mut *graph;
                linker.exported_names(id, &mut |module| {
                    let exports = modules.get(module.index())?.exports.as_ref()?;
                    let keys = if exports.is_object() { exports.own_keys().unwrap_or_default() } else { Vec::new() };
                    Some(keys.iter().map(String::as_str).chain(["default"]).map(|key| names.intern(key)).collect())
                })
            };
            match answer {
                Ok(names) => break names,
                Err(error) => self.run_for_linker(error)?,
            }
        };
        let mut exports = Vec::new();
        for name in names {
            if let Resolution::Found(binding) = self.resolve_export(id, name)? {
                exports.push((self.graph.borrow().names.text(name), binding));
            }
        }
        exports.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
        let (mut names, mut cells) = (Vec::new(), Vec::new());
        for (name, binding) in exports {
            names.push(self.context.string(&name));
            cells.push(self.cell(binding, id)?.1);
        }
        let namespace = self.glue_call("namespace", &[self.context.array(&names), self.context.array(&cells)])?;
        self.graph.borrow_mut().module_mut(id).namespace = Some(namespace.clone());
        Ok(namespace)
    }

    /// What `import * as` of request `request` gives to `importer`.
    pub(crate) fn requested_namespace(self: &Rc<Self>, importer: ModuleId, request: usize) -> JsResult {
        let target = {
            let graph = self.graph.borrow();
            graph.module(importer).requests.as_deref().unwrap_or_default().get(request).copied()
        };
        let Some(target) = target else {
            return Err(self.throw(ErrorKind::SyntaxError, "a namespace import names a request that does not exist"));
        };
        // A concurrent function of a module that does not run here.
        if self.graph.borrow().module(importer).status == Status::Linked {
            self.evaluate(target)?;
        }
        if self.graph.borrow().module(target).kind.is_dynamic() {
            self.evaluate(target)?;
            let exports = self.graph.borrow().module(target).exports.clone();
            return Ok(exports.unwrap_or_else(|| self.context.undefined()));
        }
        self.namespace(target)
    }
}

fn exports_of(graph: &mut Graph, tables: &ModuleRecord<'_>, requests: &[ModuleId]) -> Exports {
    let names = &mut graph.names;
    let target = |request: u32| requests.get(request as usize).copied();
    let local = tables.local_exports.iter().map(|export| (names.intern(&export.exported), export.slot)).collect();
    let mut indirect = FxHashMap::default();
    for export in &tables.indirect_exports {
        if let Some(target) = target(export.request) {
            indirect.insert(names.intern(&export.exported), (target, names.intern(&export.imported)));
        }
    }
    let stars = tables.star_exports.iter().filter_map(|&request| target(request)).collect();
    Exports::Tables { local, indirect, stars }
}

fn export_error(graph: &Graph, target: ModuleId, reason: &str, name: Name, importer: ModuleId) -> String {
    format!(
        "the requested module '{}' {reason} '{}' which imported by '{}'",
        shown(&graph.module(target).name),
        graph.names.text(name),
        shown(&graph.module(importer).name)
    )
}

/// A record name as the platform's messages show it: without the path of the package manager's folders.
pub(crate) fn shown(record: &str) -> &str {
    match (record.starts_with("pkg_modules") || record.starts_with("@package:"), record.rfind("pkg_modules/")) {
        (true, Some(at)) => record.get(at + "pkg_modules/".len()..).unwrap_or(record),
        _ => record,
    }
}
