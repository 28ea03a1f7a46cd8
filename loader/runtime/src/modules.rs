//! The state of the module graph: one entry per module that was ever requested.

use crate::link::{Linker, ModuleId, Name, Names};
use concord_engine::Value;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// What identifies a module in a context.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// Record `.1` of abc file `.0`.
    Record(usize, usize),
    /// System module by request.
    System(Rc<str>),
    /// Native library: module of the package and file name.
    Library(Rc<str>, Rc<str>),
}

/// What a module is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// ECMAScript module: abc file and record.
    Es(usize, usize),
    /// CommonJS module.
    CommonJs(usize, usize),
    /// JSON text.
    Json(usize, usize),
    /// Neither imports nor exports; its code runs in the global scope.
    Script(usize, usize),
    /// System module.
    System(Rc<str>),
    /// Native library.
    Library(Rc<str>, Rc<str>),
}

impl Kind {
    /// Whether its exports are the properties of an object that exists once it has run.
    pub(crate) fn is_dynamic(&self) -> bool {
        matches!(self, Kind::CommonJs(..) | Kind::System(_) | Kind::Library(..))
    }
}

/// States of a module (ECMA-262, 16.2.1.5), without the intermediate ones of linking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Requests may be unresolved.
    New,
    /// Cells of imports are in place.
    Linked,
    /// On the stack of the evaluation with this number.
    Evaluating(u64),
    /// Waits for an await of itself or of a dependency.
    EvaluatingAsync,
    /// Has run, or failed (`error`).
    Evaluated,
}

/// A regular import of a module.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Import {
    pub(crate) imported: Name,
    pub(crate) request: u32,
}

/// A cell that gets its value when a dynamic module has run.
pub(crate) struct Waiter {
    pub(crate) cell: Value,
    pub(crate) name: Name,
    /// Who imports, for error texts.
    pub(crate) importer: ModuleId,
}

/// One module.
pub(crate) struct Module {
    /// Record name or request.
    pub(crate) name: Rc<str>,
    pub(crate) kind: Kind,
    /// Resolved requests, parallel to the record's; none before the graph below it was loaded.
    pub(crate) requests: Option<Vec<ModuleId>>,
    pub(crate) lazy: Rc<[bool]>,
    pub(crate) imports: Rc<[Import]>,
    pub(crate) slots: u32,
    pub(crate) top_level_await: bool,
    /// `$m`.
    pub(crate) object: Option<Value>,
    /// `func_main_0`, once the text was evaluated.
    pub(crate) main: Option<Value>,
    /// Exports object of a dynamic module once it exists.
    pub(crate) exports: Option<Value>,
    /// The `module` object of a CommonJS module that has begun to run.
    pub(crate) commonjs: Option<Value>,
    pub(crate) namespace: Option<Value>,
    pub(crate) waiters: Vec<Waiter>,
    pub(crate) status: Status,
    pub(crate) error: Option<Value>,
    pub(crate) dfs_index: u32,
    pub(crate) dfs_ancestor: u32,
    pub(crate) cycle_root: Option<ModuleId>,
    /// Order in which it became asynchronous.
    pub(crate) async_order: Option<u64>,
    pub(crate) pending_async: u32,
    pub(crate) async_parents: Vec<ModuleId>,
    /// Promise of the evaluation of a cycle root, with its resolving functions.
    pub(crate) capability: Option<(Value, concord_engine::Resolver)>,
}

impl Module {
    pub(crate) fn new(name: Rc<str>, kind: Kind) -> Module {
        Module {
            name,
            kind,
            requests: None,
            lazy: Rc::new([]),
            imports: Rc::new([]),
            slots: 0,
            top_level_await: false,
            object: None,
            main: None,
            exports: None,
            commonjs: None,
            namespace: None,
            waiters: Vec::new(),
            status: Status::New,
            error: None,
            dfs_index: 0,
            dfs_ancestor: 0,
            cycle_root: None,
            async_order: None,
            pending_async: 0,
            async_parents: Vec::new(),
            capability: None,
        }
    }
}

/// All modules of a context.
#[derive(Default)]
pub(crate) struct Graph {
    pub(crate) modules: Vec<Module>,
    pub(crate) ids: FxHashMap<Key, ModuleId>,
    pub(crate) names: Names,
    pub(crate) linker: Linker,
    /// Next number for `async_order` and for evaluations.
    pub(crate) next_order: u64,
}

impl Graph {
    /// The module of an id. Ids come from this graph only, so they are always valid.
    pub(crate) fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.index()]
    }

    /// The same, for change.
    pub(crate) fn module_mut(&mut self, id: ModuleId) -> &mut Module {
        &mut self.modules[id.index()]
    }

    /// A fresh number.
    pub(crate) fn order(&mut self) -> u64 {
        self.next_order += 1;
        self.next_order
    }
}
