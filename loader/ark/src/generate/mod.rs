//! From functions to the tree: parameters, bodies, closures, literals, classes and variables.
//!
//! `cells.rs` module cells and globals, `environment.rs` lexical environments, `literals.rs`, `closure.rs`, `concurrent.rs`, `class.rs`.

mod cells;
mod class;
mod closure;
mod concurrent;
mod environment;
mod literals;

use crate::TranslateError;
use crate::ast::{Expr, Func, FuncKind, Stmt, Var, VarInfo, VarKind, Vars};
use crate::cfg::BlockId;
use crate::fold::Fold;
use crate::names::{Atom, function_name};
use crate::scopes::ScopeId;
use crate::slots::Facts;
use crate::structure::{BlockCode, Plan, Writer};
use crate::unit::{FnId, Function, Role, Unit};
use crate::{passes, webs};
use rustc_hash::{FxHashMap, FxHashSet};

/// Everything that text is made from, and what is collected on the way.
pub struct Generator<'a, 'f> {
    pub unit: Unit<'a, 'f>,
    pub plans: Vec<Option<Plan>>,
    pub facts: Facts,
    pub initialised: FxHashSet<(FnId, usize)>,
    pub vars: Vars,
    /// Names used as plain global identifiers.
    pub global_names: FxHashSet<Atom>,
    /// Aliases of module cells: variable and initial value.
    pub cells: Vec<(Var, Expr)>,
    /// Concurrent functions: variable and initial value. They stand beside the cells.
    pub concurrent: Vec<(Var, Expr)>,
    imports: FxHashMap<i64, Var>,
    exports: FxHashMap<i64, Var>,
    /// Per function: variables made on demand.
    extra: FxHashMap<FnId, Extra>,
    scopes_of: FxHashMap<FnId, Vec<ScopeId>>,
    /// Functions whose plan turned out to nest too deeply.
    pub failed: Vec<FnId>,
    /// Environment variable that functions made here capture (irregular units only).
    env_entry: FxHashMap<FnId, Var>,
    /// Home objects of methods, for those that get a wrapper.
    homes: FxHashMap<FnId, crate::ast::Expr>,
    /// Slots that `createprivateproperty` instructions fill.
    private_slots: FxHashMap<(FnId, usize), Vec<u32>>,
    /// Methods of sendable classes: variable of the class.
    class_vars: FxHashMap<FnId, Var>,
    /// Sendable classes so far.
    sendable_classes: u32,
    /// Sendable functions so far.
    sendable_functions: u32,
}

#[derive(Debug, Default, Clone)]
struct Extra {
    own: Option<Var>,
    sent: Option<Var>,
    generator: Option<Var>,
    rest: Option<(u32, Var)>,
    env: Option<Var>,
    derived: bool,
    delegates: bool,
    arguments: Option<Var>,
}

impl<'a, 'f> Generator<'a, 'f> {
    /// Prepares generation.
    pub fn new(unit: Unit<'a, 'f>, plans: Vec<Option<Plan>>, mut facts: Facts) -> Self {
        let mut scopes_of: FxHashMap<FnId, Vec<ScopeId>> = FxHashMap::default();
        for (i, s) in unit.scopes.iter().enumerate().skip(1) {
            scopes_of.entry(s.owner).or_default().push(i as ScopeId);
        }
        let initialised = std::mem::take(&mut facts.initialised);
        Generator {
            unit,
            plans,
            facts,
            initialised,
            vars: vec![],
            global_names: FxHashSet::default(),
            cells: vec![],
            concurrent: vec![],
            imports: FxHashMap::default(),
            exports: FxHashMap::default(),
            extra: FxHashMap::default(),
            scopes_of,
            failed: vec![],
            env_entry: FxHashMap::default(),
            homes: FxHashMap::default(),
            private_slots: FxHashMap::default(),
            class_vars: FxHashMap::default(),
            sendable_classes: 0,
            sendable_functions: 0,
        }
    }

    /// A new variable.
    pub fn var(&mut self, info: VarInfo) -> Var {
        self.vars.push(info);
        (self.vars.len() - 1) as Var
    }

    /// A new temporary.
    pub fn temp(&mut self) -> Var {
        self.var(VarInfo {
            kind: VarKind::Local,
            hint: None,
            stable: true,
            guarded: false,
            native: false,
            holds_hole: false,
        })
    }

    /// Whether reads of a variable have to keep their place: a slot that may change behind the function's back.
    pub fn is_unstable(&self, v: Var) -> bool {
        let info = &self.vars[v as usize];
        info.kind == VarKind::Slot && !info.stable
    }

    /// Variable by which a function's text refers to the function.
    pub fn own_var(&mut self, f: FnId) -> Var {
        if let Some(v) = self.extra.entry(f).or_default().own {
            return v;
        }
        let name = function_name(&self.unit.functions[f as usize].method.name).to_string();
        let hint = Some(self.unit.atoms.intern(&name));
        let v = self.var(VarInfo {
            kind: VarKind::Slot,
            hint,
            stable: true,
            guarded: false,
            native: false,
            holds_hole: false,
        });
        self.extra.entry(f).or_default().own = Some(v);
        v
    }

    /// Variable for a resumption value that crosses blocks.
    pub fn sent_var(&mut self, f: FnId) -> Var {
        if let Some(v) = self.extra.entry(f).or_default().sent {
            return v;
        }
        let v = self.temp();
        self.extra.entry(f).or_default().sent = Some(v);
        v
    }

    /// A variable that is set once, with a name for the reader.
    pub(super) fn stable_var(&mut self, name: &str) -> Var {
        let hint = Some(self.unit.atoms.intern(name));
        self.var(VarInfo { kind: VarKind::Slot, hint, stable: true, guarded: false, native: false, holds_hole: false })
    }

    /// Variable of the async generator object.
    pub fn generator_var(&mut self, f: FnId) -> Var {
        if let Some(v) = self.extra.entry(f).or_default().generator {
            return v;
        }
        let v = self.stable_var("g");
        self.extra.entry(f).or_default().generator = Some(v);
        v
    }

    /// The arguments object of a generator, whose body may be a function of its own.
    pub fn arguments_var(&mut self, f: FnId) -> Var {
        if let Some(v) = self.extra.entry(f).or_default().arguments {
            return v;
        }
        let v = self.stable_var("args");
        self.extra.entry(f).or_default().arguments = Some(v);
        v
    }

    /// The rest array from argument `k` on.
    pub fn rest_var(&mut self, f: FnId, k: u32) -> Expr {
        match self.extra.entry(f).or_default().rest {
            Some((first, v)) => {
                Expr::Helper("restArgs", vec![Expr::Var(v), Expr::Num(f64::from(k) - f64::from(first))], 0)
            }
            None => {
                let v = self.var(VarInfo {
                    kind: VarKind::Param,
                    hint: None,
                    stable: true,
                    guarded: false,
                    native: false,
                    holds_hole: false,
                });
                self.extra.entry(f).or_default().rest = Some((k, v));
                Expr::Var(v)
            }
        }
    }

    /// Notes that a generator hands out result objects of another iterator.
    pub fn delegates(&mut self, f: FnId) {
        self.extra.entry(f).or_default().delegates = true;
    }

    /// Whether `super(…)` can stand in the text of `f`.
    pub fn super_allowed(&self, mut f: FnId) -> bool {
        loop {
            let function = &self.unit.functions[f as usize];
            if function.role == Role::Constructor {
                return self.extra.get(&f).is_some_and(|e| e.derived);
            }
            match function.parent {
                Some(p) if function.is_arrow => f = p,
                _ => return false,
            }
        }
    }

    /// Whether a function has a home object, its own or through the arrow functions around it.
    pub fn has_home(&self, mut f: FnId) -> bool {
        loop {
            let function = &self.unit.functions[f as usize];
            match (function.role, function.parent) {
                (Role::Method | Role::Constructor, _) => return true,
                (Role::Function, Some(parent)) if function.is_arrow => f = parent,
                _ => return false,
            }
        }
    }

    /// A function with everything in it.
    pub fn function(&mut self, f: FnId, kind: FuncKind, length: u32, derived: bool) -> Result<Expr, TranslateError> {
        let function = self.unit.functions[f as usize].clone();
        self.extra.entry(f).or_default().derived = derived;
        let acc = function.acc();
        let analysis = webs::analyse(&function.code, &function.cfg, acc);
        let blocks = function.cfg.blocks.len();
        let mut code: Vec<BlockCode> = Vec::with_capacity(blocks);
        code.resize_with(blocks, BlockCode::default);
        let mut exception: FxHashMap<BlockId, Var> = FxHashMap::default();
        let mut fold = Fold::new(self, f, &analysis, derived);
        let mut params = fold.parameters();
        for &b in &function.cfg.rpo {
            code[b as usize] = fold.block(b)?;
            if function.cfg.is_handler[b as usize]
                && analysis.live_in(b, acc)
                && let Some(web) = analysis.at_entry(b, acc)
            {
                exception.insert(b, fold.web_var(web));
            }
        }
        let mut body = fold.prologue();
        let extra = self.extra.get(&f).cloned().unwrap_or_default();
        if self.unit.irregular
            && let Some(env) = extra.env
        {
            let entry = self.env_entry.get(&f).copied();
            body.push(Stmt::Declare(vec![env]));
            body.push(Stmt::Expr(Expr::assign(Expr::Var(env), entry.map_or(Expr::Undefined, Expr::Var)), 0));
        }
        let mut declared = Vec::new();
        let mut heads: FxHashMap<u32, Vec<Stmt>> = FxHashMap::default();
        if !self.unit.irregular {
            self.declare_scopes(f, &mut code, &mut declared, &mut heads);
        }
        if !declared.is_empty() {
            body.push(Stmt::Declare(declared));
        }
        let plan = self.plans[f as usize].take();
        let written = match &plan {
            Some(plan) => {
                Writer::new(plan, &function.cfg, &mut code, &exception, heads, &mut self.vars).function().ok()
            }
            None => Some(crate::dispatch::write(self, f, &function.cfg, &mut code, &exception)),
        };
        let Some(statements) = written else {
            self.failed.push(f);
            return Ok(Expr::Undefined);
        };
        self.plans[f as usize] = plan;
        body.extend(statements);
        let extra = self.extra.get(&f).cloned().unwrap_or_default();
        let rest = extra.rest.map(|(k, v)| {
            params.truncate(k as usize);
            Expr::Var(v)
        });
        while params.len() < length as usize && rest.is_none() {
            params.push(self.var(VarInfo {
                kind: VarKind::Param,
                hint: None,
                stable: true,
                guarded: false,
                native: false,
                holds_hole: false,
            }));
        }
        let name = function_name(&function.method.name).to_string();
        let kind = if function.is_arrow && kind == FuncKind::Plain { FuncKind::Arrow } else { kind };
        let mut func = Func {
            kind,
            is_async: function.is_async,
            is_generator: function.is_generator,
            name: Some(self.unit.atoms.intern(&name)),
            own: extra.own,
            params: params.into_iter().map(|p| (Expr::Var(p), None)).collect(),
            rest,
            length,
            body,
            declared: vec![],
            free: vec![],
            uses_super: false,
            height: 0,
        };
        let arguments = extra.arguments;
        if function.is_async_generator {
            return Ok(self.generator_wrapper(f, func, "asyncGeneratorFunction", "asyncGenerator"));
        }
        if function.is_generator && (extra.delegates || starts_early(&function)) {
            let driver = if extra.delegates { "delegatingGenerator" } else { "generator" };
            return Ok(self.generator_wrapper(f, func, "generatorFunction", driver));
        }
        if let Some(v) = arguments {
            func.body.splice(0..0, arguments_object(v));
        }
        passes::function(self, &mut func);
        Ok(Expr::Func(Box::new(func)))
    }
}

/// Whether a generator function does something that can be observed before it makes its generator object.
pub fn starts_early(function: &Function<'_>) -> bool {
    use concord_abi::isa::Op;
    let at = function.code.instructions.iter().position(|i| i.op == Op::Creategeneratorobj).unwrap_or(0);
    function.code.instructions[..at].iter().any(|i| {
        !crate::cfg::cannot_throw(i.op)
            && !matches!(i.op, Op::Newlexenv | Op::Newlexenvwithname | Op::Copyrestargs | Op::Getunmappedargs)
    })
}

fn arguments_object(v: Var) -> Vec<Stmt> {
    vec![Stmt::Declare(vec![v]), Stmt::Expr(Expr::assign(Expr::Var(v), Expr::Arguments), 0)]
}
