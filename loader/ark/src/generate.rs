//! From functions to the tree: parameters, bodies, closures, literals, classes and variables.

use crate::TranslateError;
use crate::ast::{
    Class, ClassMember, ClassMemberKind, Element, Expr, Func, FuncKind, Key, Prop, Stmt, Var, VarInfo, VarKind, Vars,
};
use crate::cfg::BlockId;
use crate::fold::Fold;
use crate::names::{Atom, function_name};
use crate::scopes::{ScopeId, ScopeKind, ScopeState, Slot};
use crate::slots::Facts;
use crate::structure::{BlockCode, Plan, Writer};
use crate::unit::{FnId, Function, Role, Unit};
use crate::{passes, webs};
use concord_abi::abc::{FunctionKind, Literal};
use concord_abi::isa::Instruction;
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
    imports: FxHashMap<i64, Var>,
    exports: FxHashMap<i64, Var>,
    /// Per function: variables made on demand.
    extra: FxHashMap<FnId, Extra>,
    scopes_of: FxHashMap<FnId, Vec<ScopeId>>,
    /// Functions whose plan turned out to nest too deeply.
    pub failed: Vec<FnId>,
    /// Environment variable that functions made here capture (irregular units only).
    env_entry: FxHashMap<FnId, Var>,
    /// Slots that `createprivateproperty` instructions fill.
    private_slots: FxHashMap<(FnId, usize), Vec<u32>>,
    /// Methods of sendable classes: variable of the class.
    class_vars: FxHashMap<FnId, Var>,
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
            imports: FxHashMap::default(),
            exports: FxHashMap::default(),
            extra: FxHashMap::default(),
            scopes_of,
            failed: vec![],
            env_entry: FxHashMap::default(),
            private_slots: FxHashMap::default(),
            class_vars: FxHashMap::default(),
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
    fn stable_var(&mut self, name: &str) -> Var {
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

    /// A global identifier.
    pub fn global(&mut self, name: Atom) -> Expr {
        let entry = self.unit.atoms.get(name);
        if entry.is_name && !crate::names::is_reserved(&entry.text) {
            self.global_names.insert(name);
            return Expr::Global(name);
        }
        match &*entry.text {
            "undefined" => Expr::Undefined,
            _ => {
                let global = self.unit.atoms.intern("global");
                Expr::Member(Box::new(Expr::Member(Box::new(Expr::Prelude), global, 0)), name, 0)
            }
        }
    }
    fn cell(&mut self, list: &str, index: i64, hint: Option<Atom>) -> Var {
        let var = self.var(VarInfo {
            kind: VarKind::Unit,
            hint,
            stable: true,
            guarded: false,
            native: false,
            holds_hole: false,
        });
        let list = self.unit.atoms.intern(list);
        let value = Expr::Index(Box::new((Expr::Member(Box::new(Expr::Module), list, 0), Expr::Num(index as f64))), 0);
        self.cells.push((var, value));
        var
    }
    fn cell_value(&mut self, var: Var) -> Expr {
        let v = self.unit.atoms.intern("v");
        Expr::Member(Box::new(Expr::Var(var)), v, 0)
    }
    /// Value of regular import `index`.
    pub fn import_cell(&mut self, index: i64) -> Expr {
        let var = match self.imports.get(&index) {
            Some(&v) => v,
            None => {
                let local = usize::try_from(index)
                    .ok()
                    .and_then(|i| self.unit.record.module.as_ref()?.imports.get(i))
                    .map(|i| i.local.to_string());
                let hint = local.map(|l| self.unit.atoms.intern(&l));
                let v = self.cell("i", index, hint);
                self.imports.insert(index, v);
                v
            }
        };
        self.cell_value(var)
    }
    /// Value of local export slot `index`.
    pub fn export_cell(&mut self, index: i64) -> Expr {
        let var = match self.exports.get(&index) {
            Some(&v) => v,
            None => {
                let local = self
                    .unit
                    .record
                    .module
                    .as_ref()
                    .and_then(|m| m.local_exports.iter().find(|e| i64::from(e.slot) == index))
                    .map(|e| e.local.to_string());
                let local = local.map(|l| if l == "*default*" { "default_".to_string() } else { l });
                let hint = local.map(|l| self.unit.atoms.intern(&l));
                let v = self.cell("e", index, hint);
                self.exports.insert(index, v);
                v
            }
        };
        self.cell_value(var)
    }
    /// Cell of a module variable named by old instructions.
    pub fn named_cell(&mut self, name: Atom, local: bool) -> Expr {
        let text = self.unit.atoms.text(name).to_string();
        let module = self.unit.record.module.as_ref();
        if local {
            let slot = module.and_then(|m| m.local_exports.iter().find(|e| e.local == text)).map(|e| i64::from(e.slot));
            if let Some(slot) = slot {
                return self.export_cell(slot);
            }
        }
        let import = module.and_then(|m| m.imports.iter().position(|i| i.local == text)).map(|i| i as i64);
        match import {
            Some(i) => self.import_cell(i),
            None => self.global(name),
        }
    }
    /// Request index of `import * as name`.
    pub fn namespace_request(&mut self, name: Atom) -> u32 {
        let text = self.unit.atoms.text(name);
        let module = self.unit.record.module.as_ref();
        module.and_then(|m| m.namespace_imports.iter().find(|n| n.0 == text)).map_or(0, |n| n.1)
    }

    // Environments.

    /// The variable of a slot.
    pub fn slot_var(&mut self, scope: ScopeId, slot: u32) -> Var {
        if let Some(j) = self.unit.scopes[scope as usize].feeds {
            let _ = self.slot_var(j, slot);
            if let Some(c) = self.unit.scopes[j as usize].slots.get(&slot).and_then(|s| s.carrier) {
                return c;
            }
        }
        if let Some(s) = self.unit.scopes[scope as usize].slots.get(&slot) {
            return s.var;
        }
        let fact = self.facts.slots.get(&(scope, slot)).cloned().unwrap_or_default();
        let joined = matches!(self.unit.scopes[scope as usize].kind, ScopeKind::Joined(_));
        let mut hint = fact.name.or(fact.guess);
        if hint.is_none() {
            hint = self.debug_name(scope, slot);
        }
        let stable = if joined { fact.stores == 0 } else { fact.stores == 1 && fact.once && !fact.reset };
        let guarded = !fact.unguarded && !fact.reset && !joined;
        let var = self.var(VarInfo { kind: VarKind::Slot, hint, stable, guarded, native: false, holds_hole: false });
        let carrier = joined.then(|| {
            self.var(VarInfo {
                kind: VarKind::Slot,
                hint,
                stable: false,
                guarded: false,
                native: false,
                holds_hole: false,
            })
        });
        self.unit.scopes[scope as usize].slots.insert(slot, Slot { var, carrier });
        var
    }

    /// Name of a slot by the literal array of `newlexenvwithname`: count, then name and slot in turn.
    fn debug_name(&mut self, scope: ScopeId, slot: u32) -> Option<Atom> {
        let array = self.unit.scopes[scope as usize].names?;
        let literal = self.unit.literal(array).ok()?;
        let mut previous: Option<&Literal<'_>> = None;
        for l in literal.iter() {
            if let (Some(Literal::String(name)), Literal::Integer(i)) = (previous, l)
                && u32::try_from(*i) == Ok(slot)
            {
                return Some(self.unit.intern(name));
            }
            previous = Some(l);
        }
        None
    }

    /// The binding that an instruction with level and slot names.
    pub fn slot(&mut self, f: FnId, state: ScopeState, ins: &Instruction) -> Result<Expr, TranslateError> {
        let slot = u32::try_from(ins.imm[1]).unwrap_or(0);
        if self.unit.irregular {
            let p = self.unit.atoms.intern("p");
            let mut expr = Expr::Var(self.env_var(f));
            for _ in 0..ins.imm[0].clamp(0, i64::from(crate::limits::SCOPE_DEPTH)) {
                expr = Expr::Member(Box::new(expr), p, 0);
            }
            let name = self.unit.atoms.intern(&format!("_{slot}"));
            return Ok(Expr::Member(Box::new(expr), name, 0));
        }
        let Some(scope) = self.unit.level(state, ins.imm[0]) else {
            return Err(TranslateError::new(
                self.unit.functions[f as usize].code.offset + ins.pc,
                "a lexical environment that does not exist",
            ));
        };
        if self.facts.slots.get(&(scope, slot)).is_some_and(|s| s.this) && self.arrows_up_to(f, scope) {
            return Ok(Expr::This);
        }
        Ok(Expr::Var(self.slot_var(scope, slot)))
    }

    /// Whether `f` is an arrow function in arrow functions inside the owner of `scope`.
    fn arrows_up_to(&self, mut f: FnId, scope: ScopeId) -> bool {
        let owner = self.unit.scopes[scope as usize].owner;
        if f == owner {
            return false;
        }
        while f != owner {
            let function = &self.unit.functions[f as usize];
            match function.parent {
                Some(p) if function.is_arrow => f = p,
                _ => return false,
            }
        }
        true
    }

    /// The variable with the current environment object (irregular units).
    fn env_var(&mut self, f: FnId) -> Var {
        if let Some(v) = self.extra.entry(f).or_default().env {
            return v;
        }
        let hint = Some(self.unit.atoms.intern("E"));
        let v = self.var(VarInfo {
            kind: VarKind::Slot,
            hint,
            stable: false,
            guarded: false,
            native: false,
            holds_hole: false,
        });
        self.extra.entry(f).or_default().env = Some(v);
        v
    }

    /// `newlexenv`.
    pub fn new_environment(&mut self, f: FnId, at: usize) -> Vec<Stmt> {
        let ins = self.unit.functions[f as usize].code.instructions[at];
        if self.unit.irregular {
            let env = self.env_var(f);
            let p = self.unit.atoms.intern("p");
            let mut props = vec![Prop::Value(Key::Name(p), Expr::Var(env))];
            for i in 0..ins.imm[0].clamp(0, 65_535) {
                let name = self.unit.atoms.intern(&format!("_{i}"));
                props.push(Prop::Value(Key::Name(name), Expr::Hole));
            }
            return vec![Stmt::Expr(Expr::assign(Expr::Var(env), Expr::Object(props)), 0)];
        }
        vec![]
    }

    /// `poplexenv`.
    pub fn leave_environment(&mut self, f: FnId) -> Option<Stmt> {
        if !self.unit.irregular {
            return None;
        }
        let env = self.env_var(f);
        let p = self.unit.atoms.intern("p");
        Some(Stmt::Expr(Expr::assign(Expr::Var(env), Expr::Member(Box::new(Expr::Var(env)), p, 0)), 0))
    }

    /// `createprivateproperty`.
    pub fn private_names(
        &mut self,
        f: FnId,
        at: usize,
        state: ScopeState,
        ins: &Instruction,
    ) -> Result<Vec<Stmt>, TranslateError> {
        let literal = self.unit.literal(ins.ids[0])?;
        let mut functions = Vec::new();
        let mut instance = 0;
        for (i, l) in literal.iter().enumerate() {
            match l {
                Literal::Method(m)
                | Literal::GeneratorMethod(m)
                | Literal::AsyncGeneratorMethod(m)
                | Literal::Getter(m)
                | Literal::Setter(m) => {
                    let length = match literal.get(i + 1) {
                        Some(Literal::MethodAffiliate(n)) => i64::from(*n),
                        _ => 0,
                    };
                    let func = self.closure(f, at, *m, length, FuncKind::Method)?;
                    functions.push(func);
                }
                Literal::Integer(n) if i + 1 == literal.len() => instance = *n,
                _ => {}
            }
        }
        let count = u32::try_from(ins.imm[0]).unwrap_or(0);
        let total = count + functions.len() as u32 + u32::from(instance > 0);
        let call = |env: Expr, functions: Vec<Expr>| {
            Expr::Helper(
                "createPrivateProperty",
                vec![
                    env,
                    Expr::Num(f64::from(count)),
                    Expr::Array(functions.into_iter().map(Element::Value).collect()),
                    Expr::Num(f64::from(instance)),
                ],
                0,
            )
        };
        if self.unit.irregular {
            let env = self.env_var(f);
            return Ok(vec![Stmt::Expr(call(Expr::Var(env), functions), 0)]);
        }
        let Some(scope) = self.unit.level(state, 0) else {
            return Err(TranslateError::new(
                self.unit.functions[f as usize].code.offset + ins.pc,
                "private names without a lexical environment",
            ));
        };
        // The slots still empty at this point: compilers store the others before, in code order.
        let function = self.unit.functions[f as usize].clone();
        let mut filled: FxHashSet<u32> = FxHashSet::default();
        for &b in &function.cfg.rpo {
            let block = &function.cfg.blocks[b as usize];
            let mut state = function.states[b as usize];
            for index in block.first..block.last.min(at.max(block.first)) {
                let i = &function.code.instructions[index];
                match i.op {
                    concord_abi::isa::Op::Stlexvar if self.unit.level(state, i.imm[0]) == Some(scope) => {
                        filled.insert(i.imm[1] as u32);
                    }
                    concord_abi::isa::Op::CallruntimeCreateprivateproperty
                        if self.unit.level(state, 0) == Some(scope) && index < at =>
                    {
                        filled.extend(self.private_slots.get(&(f, index)).into_iter().flatten().copied());
                    }
                    _ => {}
                }
                state = crate::scopes::step(&self.unit, f, index, state);
            }
        }
        let size = self.unit.scopes[scope as usize].size;
        let slots: Vec<u32> = (0..size).filter(|s| !filled.contains(s)).take(total as usize).collect();
        self.private_slots.insert((f, at), slots.clone());
        let t = self.temp();
        let mut props = Vec::new();
        for i in 0..total {
            let name = self.unit.atoms.intern(&format!("_{i}"));
            props.push(Prop::Value(Key::Name(name), Expr::Hole));
        }
        let mut out = vec![
            Stmt::Expr(Expr::assign(Expr::Var(t), Expr::Object(props)), 0),
            Stmt::Expr(call(Expr::Var(t), functions), 0),
        ];
        for (i, slot) in slots.into_iter().enumerate() {
            let name = self.unit.atoms.intern(&format!("_{i}"));
            let var = self.slot_var(scope, slot);
            out.push(Stmt::Expr(Expr::assign(Expr::Var(var), Expr::Member(Box::new(Expr::Var(t)), name, 0)), 0));
        }
        Ok(out)
    }

    /// Constructor that `ldsendableclass` gives: that of the class around `level` environments.
    pub fn sendable_class(&mut self, f: FnId, _level: i64) -> Expr {
        let mut g = f;
        while !self.class_vars.contains_key(&g) {
            match self.unit.functions[g as usize].parent {
                Some(p) => g = p,
                None => return Expr::Undefined,
            }
        }
        self.class_vars.get(&g).map_or(Expr::Undefined, |&v| Expr::Var(v))
    }

    // Literals.

    /// `createarraywithbuffer`.
    pub fn array_literal(&mut self, offset: u32) -> Result<Expr, TranslateError> {
        let literal = self.unit.literal(offset)?;
        let mut out = Vec::with_capacity(literal.len());
        for l in literal.iter() {
            out.push(Element::Value(self.literal_value(l)));
        }
        Ok(Expr::Array(out))
    }

    fn literal_value(&mut self, l: &Literal<'a>) -> Expr {
        match l {
            Literal::Bool(b) => Expr::Bool(*b),
            Literal::Integer(i) => Expr::Num(f64::from(*i)),
            Literal::Float(x) => Expr::Num(f64::from(*x)),
            Literal::Double(x) => Expr::Num(*x),
            Literal::String(s) => Expr::Str(self.unit.intern(s)),
            Literal::Null => Expr::Null,
            _ => Expr::Undefined,
        }
    }

    /// `createobjectwithbuffer`.
    pub fn object_literal(&mut self, f: FnId, at: usize, offset: u32) -> Result<Expr, TranslateError> {
        let literal = self.unit.literal(offset)?;
        let mut props: Vec<Prop> = Vec::new();
        let mut i = 0;
        while i + 1 < literal.len() {
            let name = match &literal[i] {
                Literal::String(s) => self.unit.intern(s),
                Literal::Integer(n) => self.unit.atoms.intern(&n.to_string()),
                Literal::Double(n) => self.unit.atoms.intern(&crate::print::number(*n)),
                _ => {
                    i += 1;
                    continue;
                }
            };
            let key = Key::Name(name);
            let value = &literal[i + 1];
            i += 2;
            match value {
                Literal::Method(m) | Literal::GeneratorMethod(m) | Literal::AsyncGeneratorMethod(m) => {
                    let length = match literal.get(i) {
                        Some(Literal::MethodAffiliate(n)) => {
                            i += 1;
                            i64::from(*n)
                        }
                        _ => 0,
                    };
                    match self.closure(f, at, *m, length, FuncKind::Method)? {
                        Expr::Func(func) => props.push(Prop::Method(key, *func)),
                        other => props.push(Prop::Value(key, other)),
                    }
                }
                other => {
                    let value = self.literal_value(other);
                    props.push(Prop::Value(key, value));
                }
            }
        }
        Ok(Expr::Object(props))
    }

    // Functions.

    /// Whether the function defined by instruction `at` has no kind of its own: a method or accessor.
    pub fn is_method(&self, f: FnId, at: usize, method: u32) -> bool {
        let functions = &self.unit.functions;
        let child = functions[f as usize].children.get(&(at, method));
        child.is_some_and(|&c| functions[c as usize].method.kind == FunctionKind::None)
    }

    /// The closure that instruction `at` of `f` makes of a method.
    pub fn closure(
        &mut self,
        f: FnId,
        at: usize,
        method: u32,
        length: i64,
        kind: FuncKind,
    ) -> Result<Expr, TranslateError> {
        let Some(&child) = self.unit.functions[f as usize].children.get(&(at, method)) else {
            return Err(TranslateError::new(method, "a method that was not found when loading"));
        };
        let length = u32::try_from(length).unwrap_or(0);
        if !self.unit.irregular {
            return self.function(child, kind, length, false);
        }
        let hint = Some(self.unit.atoms.intern("E"));
        let param = self.var(VarInfo {
            kind: VarKind::Slot,
            hint,
            stable: true,
            guarded: false,
            native: false,
            holds_hole: false,
        });
        self.env_entry.insert(child, param);
        let inner = self.function(child, kind, length, false)?;
        let env = self.env_var(f);
        Ok(Self::with_environment(param, env, inner))
    }

    fn with_environment(param: Var, env: Var, inner: Expr) -> Expr {
        let arrow = Func {
            kind: FuncKind::Arrow,
            is_async: false,
            is_generator: false,
            name: None,
            own: None,
            params: vec![(Expr::Var(param), None)],
            rest: None,
            length: 1,
            body: vec![Stmt::Return(Some(inner), 0)],
            declared: vec![],
            free: vec![],
            uses_super: false,
            height: 0,
        };
        let mut arrow = arrow;
        passes::wrapper(&mut arrow);
        Expr::Call(Box::new(Expr::Func(Box::new(arrow))), vec![Element::Value(Expr::Var(env))], 0)
    }

    /// `definemethod`: a method whose `super` is that of `home`.
    pub fn method_with_home(
        &mut self,
        f: FnId,
        at: usize,
        method: u32,
        length: i64,
        home: Expr,
    ) -> Result<Expr, TranslateError> {
        let closure = self.closure(f, at, method, length, FuncKind::Method)?;
        Ok(match closure {
            Expr::Func(func) => Expr::Method(Box::new((home, *func))),
            other => other,
        })
    }

    /// `defineclasswithbuffer`.
    pub fn class(&mut self, f: FnId, at: usize, ins: &Instruction, base: Option<Expr>) -> Result<Expr, TranslateError> {
        let env_param = if self.unit.irregular {
            let hint = Some(self.unit.atoms.intern("E"));
            Some(self.var(VarInfo {
                kind: VarKind::Slot,
                hint,
                stable: true,
                guarded: false,
                native: false,
                holds_hole: false,
            }))
        } else {
            None
        };
        let sendable = ins.op == concord_abi::isa::Op::CallruntimeDefinesendableclass;
        let child = |g: &Self, m: u32| {
            g.unit.functions[f as usize]
                .children
                .get(&(at, m))
                .copied()
                .ok_or_else(|| TranslateError::new(m, "a method that was not found when loading"))
        };
        let constructor_id = child(self, ins.ids[0])?;
        let class_var = if sendable {
            let name = function_name(&self.unit.functions[constructor_id as usize].method.name).to_string();
            let hint = Some(self.unit.atoms.intern(&name));
            let v = self.var(VarInfo {
                kind: VarKind::Slot,
                hint,
                stable: true,
                guarded: false,
                native: false,
                holds_hole: false,
            });
            Some(v)
        } else {
            None
        };
        let make = |g: &mut Self, m: u32, length: u32, kind: FuncKind, derived: bool| -> Result<Expr, TranslateError> {
            let id = child(g, m)?;
            if let Some(p) = env_param {
                g.env_entry.insert(id, p);
            }
            if let Some(v) = class_var {
                g.class_vars.insert(id, v);
            }
            g.function(id, kind, length, derived)
        };
        let calls_super = |g: &Self| {
            g.unit.functions[constructor_id as usize].code.instructions.iter().any(|i| {
                use concord_abi::isa::Op;
                matches!(i.op, Op::Supercallthisrange | Op::Supercallspread | Op::CallruntimeSupercallforwardallargs)
            })
        };
        // A base that is the hole for certain belongs to code that throws before it gets here.
        let base = if base.is_none() && calls_super(self) { Some(Expr::Null) } else { base };
        let derived = base.is_some();
        let length = u32::try_from(ins.imm[0]).unwrap_or(0);
        let Expr::Func(constructor) = make(self, ins.ids[0], length, FuncKind::Constructor, derived)? else {
            return Err(TranslateError::new(ins.ids[0], "a class constructor that is a generator"));
        };
        let mut constructor = *constructor;
        let name = constructor.name;
        constructor.name = None;
        let literal = self.unit.literal(ins.ids[1])?;
        // The number of pairs that are not static is last, before the fields of a sendable class.
        let count = literal.iter().rev().find(|entry| !matches!(entry, Literal::Array(_)));
        let non_static = match count {
            Some(Literal::Integer(n)) => usize::try_from(*n).unwrap_or(0),
            _ => 0,
        };
        let mut members = Vec::new();
        let mut late = [Vec::new(), Vec::new()];
        let mut fields = Vec::new();
        let mut i = 0;
        let mut pair = 0;
        while i + 1 < literal.len() {
            let key = match &literal[i] {
                Literal::String(s) => Key::Name(self.unit.intern(s)),
                Literal::Integer(n) => Key::Name(self.unit.atoms.intern(&n.to_string())),
                Literal::Array(a) => {
                    fields.push(*a);
                    i += 1;
                    continue;
                }
                _ => {
                    i += 1;
                    continue;
                }
            };
            let value = literal[i + 1].clone();
            i += 2;
            let is_static = pair >= non_static;
            pair += 1;
            if let Literal::Method(m)
            | Literal::GeneratorMethod(m)
            | Literal::AsyncGeneratorMethod(m)
            | Literal::Getter(m)
            | Literal::Setter(m) = value
            {
                let length = match literal.get(i) {
                    Some(Literal::MethodAffiliate(n)) => {
                        i += 1;
                        u32::from(*n)
                    }
                    _ => 0,
                };
                let func = match make(self, m, length, FuncKind::Method, false)? {
                    Expr::Func(func) => *func,
                    // Wrapped generators have no concise form: they become members of the finished class.
                    other => {
                        let key = match key {
                            Key::Name(name) => Expr::Str(name),
                            Key::Computed(key) => key,
                            Key::Private(_) => continue,
                        };
                        late[usize::from(is_static)].extend([Element::Value(key), Element::Value(other)]);
                        continue;
                    }
                };
                let kind = match value {
                    Literal::Getter(_) => ClassMemberKind::Getter(key, func),
                    Literal::Setter(_) => ClassMemberKind::Setter(key, func),
                    _ => ClassMemberKind::Method(key, func),
                };
                members.push(ClassMember { is_static, kind });
            }
        }
        let base_copy = base.clone();
        let class = Class { name, base, constructor: Some(constructor), members };
        let mut expr = Expr::Class(Box::new(class));
        if late.iter().any(|list| !list.is_empty()) {
            let [of_instances, of_class] = late.map(Expr::Array);
            expr = Expr::Helper("classMembers", vec![expr, of_instances, of_class], 0);
        }
        if let Some(v) = class_var {
            expr = self.sendable(expr, v, base_copy, &literal)?;
        }
        if let Some(p) = env_param {
            let env = self.env_var(f);
            expr = Self::with_environment(p, env, expr);
        }
        Ok(expr)
    }

    /// `$.sendableClass(…)` around a class, with the literal of its fields.
    fn sendable(
        &mut self,
        class: Expr,
        var: Var,
        base: Option<Expr>,
        literal: &[Literal<'a>],
    ) -> Result<Expr, TranslateError> {
        let mut fields = Vec::new();
        for l in literal {
            if let Literal::Array(a) = l {
                let inner = self.unit.literal(*a)?;
                for x in inner.iter() {
                    fields.push(Element::Value(match x {
                        Literal::BuiltinType(t) => Expr::Num(f64::from(*t)),
                        other => self.literal_value(other),
                    }));
                }
            }
        }
        let body = Expr::Helper(
            "sendableClass",
            vec![Expr::assign(Expr::Var(var), class), base.unwrap_or(Expr::Hole), Expr::Array(fields)],
            0,
        );
        let arrow = Func {
            kind: FuncKind::Arrow,
            is_async: false,
            is_generator: false,
            name: None,
            own: None,
            params: vec![],
            rest: None,
            length: 0,
            body: vec![Stmt::Declare(vec![var]), Stmt::Return(Some(body), 0)],
            declared: vec![],
            free: vec![],
            uses_super: false,
            height: 0,
        };
        let mut arrow = arrow;
        passes::wrapper(&mut arrow);
        Ok(Expr::Call(Box::new(Expr::Func(Box::new(arrow))), vec![], 0))
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
                let vars = &mut self.vars;
                let mut fresh = || {
                    vars.push(VarInfo {
                        kind: VarKind::Local,
                        hint: None,
                        stable: true,
                        guarded: false,
                        native: false,
                        holds_hole: false,
                    });
                    (vars.len() - 1) as Var
                };
                Writer::new(plan, &function.cfg, &mut code, &exception, heads, &mut fresh).function().ok()
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

    /// Variables of the environments that `f` creates: where they are declared.
    fn declare_scopes(
        &mut self,
        f: FnId,
        code: &mut [BlockCode],
        declared: &mut Vec<Var>,
        heads: &mut FxHashMap<u32, Vec<Stmt>>,
    ) {
        for id in self.scopes_of.get(&f).cloned().unwrap_or_default() {
            let scope = &self.unit.scopes[id as usize];
            if scope.feeds.is_some() || scope.slots.is_empty() {
                continue;
            }
            let mut slots: Vec<(u32, Slot)> = scope.slots.iter().map(|(k, v)| (*k, v.clone())).collect();
            slots.sort_unstable_by_key(|s| s.0);
            let block = scope.block;
            let around = self.plans[f as usize].as_ref().and_then(|p| p.loop_of(block));
            let vars: Vec<Var> = slots.iter().map(|s| s.1.var).collect();
            match around {
                None => declared.extend(vars),
                Some(header) => heads.entry(header).or_default().push(Stmt::Declare(vars)),
            }
            if let ScopeKind::Joined(b) = scope.kind {
                let copies: Vec<Stmt> = slots
                    .iter()
                    .filter_map(|(_, s)| {
                        let carrier = s.carrier?;
                        declared.push(carrier);
                        Some(Stmt::Expr(Expr::assign(Expr::Var(s.var), Expr::Var(carrier)), 0))
                    })
                    .collect();
                code[b as usize].body.splice(0..0, copies);
            }
        }
    }

    /// The wrapper of a generator that the engine's own cannot stand for: the body runs in a driver.
    fn generator_wrapper(&mut self, f: FnId, mut func: Func, maker: &'static str, driver: &'static str) -> Expr {
        let own = self.own_var(f);
        let g = self.generator_var(f);
        let mut inner = Func {
            kind: FuncKind::Plain,
            is_async: false,
            is_generator: true,
            name: None,
            own: None,
            params: if maker == "asyncGeneratorFunction" { vec![(Expr::Var(g), None)] } else { vec![] },
            rest: None,
            length: 1,
            body: std::mem::take(&mut func.body),
            declared: vec![],
            free: vec![],
            uses_super: false,
            height: 0,
        };
        passes::function(self, &mut inner);
        func.is_generator = false;
        let call = Expr::Helper(driver, vec![Expr::Var(own), Expr::Func(Box::new(inner)), Expr::This], 0);
        let starts = maker == "generatorFunction" && starts_early(&self.unit.functions[f as usize]);
        let call = if starts { Expr::Helper("started", vec![call], 0) } else { call };
        let length = func.length;
        func.kind = FuncKind::Method;
        func.own = None;
        func.body = match self.extra.get(&f).and_then(|e| e.arguments) {
            Some(v) => arguments_object(v),
            None => vec![],
        };
        func.body.push(Stmt::Return(Some(call), 0));
        passes::function(self, &mut func);
        let wrapped =
            Expr::Helper(maker, vec![Expr::Method(Box::new((Expr::Undefined, func))), Expr::Num(f64::from(length))], 0);
        let arrow = Func {
            kind: FuncKind::Arrow,
            is_async: false,
            is_generator: false,
            name: None,
            own: None,
            params: vec![],
            rest: None,
            length: 0,
            body: vec![
                Stmt::Let(true, vec![(Expr::Var(own), Some(wrapped))], 0),
                Stmt::Return(Some(Expr::Var(own)), 0),
            ],
            declared: vec![],
            free: vec![],
            uses_super: false,
            height: 0,
        };
        let mut arrow = arrow;
        passes::wrapper(&mut arrow);
        Expr::Call(Box::new(Expr::Func(Box::new(arrow))), vec![], 0)
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
