//! From the instructions of a block to statements: registers that are used once disappear into expressions, without
//! changing the order of anything that can be observed.
//!
//! Each block is run twice over abstract values. The first run counts how often each value is used and which writes of
//! registers have to be kept (live at the end of the block or in a handler). The second one builds expressions: a value
//! that is used once waits on a stack until its user comes; when something else has to happen first, it is stored in a
//! variable.

use crate::TranslateError;
use crate::ast::{BinOp, Element, Expr, Loc, Prop, Stmt, Var, VarInfo, VarKind, loc};
use crate::cfg::{BlockId, Term, cannot_throw};
use crate::generate::Generator;
use crate::limits;
use crate::scopes::ScopeState;
use crate::structure::BlockCode;
use crate::unit::{FnId, Function, Role};
use crate::webs::{self, Web, Webs};
use concord_abi::isa::{Instruction, Op};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Index of an abstract value of a block.
type Val = u32;
const NO_VAL: Val = u32::MAX;

/// Where a value is.
#[derive(Debug, Clone)]
enum Place {
    /// Waiting on the stack.
    Pending,
    /// A literal, a variable that still holds it, or `this` and its like.
    Atom(Expr),
    /// Used up, or never needed.
    Gone,
}

/// A value that waits for its only user.
struct Pending {
    val: Val,
    expr: Expr,
    pure: bool,
    depth: u32,
    /// Variables it reads.
    reads: Vec<Var>,
    /// For a member loaded to be called: the value of its object.
    method: bool,
}

/// Folding of one function.
pub struct Fold<'g, 'a, 'f> {
    pub generator: &'g mut Generator<'a, 'f>,
    pub f: FnId,
    pub function: Rc<Function<'a>>,
    pub webs: &'g Webs,
    pub derived: bool,
    web_vars: Vec<Option<Var>>,
    /// Webs written once, with a literal.
    constants: Vec<Option<Expr>>,
    /// Values by register, valid when the stamp is the current one.
    current: Vec<(u32, Val)>,
    stamp: u32,
    uses: Vec<u32>,
    places: Vec<Place>,
    pending: Vec<Pending>,
    /// Variables that hold values still needed: variable → values.
    holders: FxHashMap<Var, Vec<Val>>,
    keep: Vec<bool>,
    /// Loads that a call on the same object consumes: callee value → object.
    methods: FxHashMap<Val, Val>,
    receivers: FxHashMap<Val, Expr>,
    out: Vec<Stmt>,
    next_val: Val,
    resumed: Val,
    awaiting: bool,
    mode: Option<Expr>,
    pub state: ScopeState,
    handler: Option<BlockId>,
    block: BlockId,
    condition: Option<Expr>,
    at: usize,
    here: Loc,
    line_cursor: usize,
    taken_depth: u32,
    taken_reads: Vec<Var>,
    assume_pure: bool,
    force_pending: bool,
    taken_impure: bool,
    first_suspend: Option<usize>,
    /// Formals from here on are the rest parameter.
    rest_at: u32,
}

impl<'g, 'a, 'f> Fold<'g, 'a, 'f> {
    /// Prepares folding of a function.
    pub fn new(generator: &'g mut Generator<'a, 'f>, f: FnId, webs: &'g Webs, derived: bool) -> Self {
        let function = generator.unit.functions[f as usize].clone();
        let registers = function.acc() as usize + 1;
        let instructions = function.code.instructions.len();
        let rest_at = function
            .code
            .instructions
            .iter()
            .filter(|i| i.op == Op::Copyrestargs)
            .filter_map(|i| u32::try_from(i.imm[0]).ok())
            .min()
            .unwrap_or(u32::MAX);
        let constants = constants(&function, webs);
        let first_suspend = if function.is_generator || function.is_async_generator {
            function
                .code
                .instructions
                .iter()
                .position(|i| matches!(i.op, Op::Suspendgenerator | Op::DeprecatedSuspendgenerator))
        } else {
            None
        };
        Fold {
            generator,
            f,
            function,
            webs,
            derived,
            web_vars: vec![None; webs.count as usize],
            constants,
            current: vec![(0, NO_VAL); registers],
            stamp: 0,
            uses: vec![],
            places: vec![],
            pending: vec![],
            holders: FxHashMap::default(),
            keep: vec![false; instructions],
            methods: FxHashMap::default(),
            receivers: FxHashMap::default(),
            out: vec![],
            next_val: 0,
            resumed: NO_VAL,
            awaiting: false,
            mode: None,
            state: ScopeState::Unreached,
            handler: None,
            block: 0,
            condition: None,
            at: 0,
            here: 0,
            line_cursor: 0,
            taken_depth: 0,
            taken_reads: vec![],
            assume_pure: false,
            force_pending: false,
            taken_impure: false,
            first_suspend,
            rest_at,
        }
    }

    /// The variable of a web.
    pub fn web_var(&mut self, web: Web) -> Var {
        if let Some(v) = self.web_vars[web as usize] {
            return v;
        }
        let register = self.webs.register[web as usize];
        let (first, count) = self.function.formals();
        let from_entry = self.webs.from_entry[web as usize];
        let is_param = from_entry && register >= first && register < first + count.min(self.rest_at);
        let writes = self.webs.writes[web as usize] + u32::from(from_entry);
        let hint = if is_param { self.parameter_name(register - first) } else { None };
        let var = self.generator.var(VarInfo {
            kind: if is_param { VarKind::Param } else { VarKind::Local },
            hint,
            stable: writes <= 1,
            guarded: false,
            native: false,
            holds_hole: false,
        });
        self.web_vars[web as usize] = Some(var);
        var
    }

    fn parameter_name(&mut self, index: u32) -> Option<crate::names::Atom> {
        let (first, count) = self.function.formals();
        let _ = first;
        let names = &self.function.debug.parameters;
        // Debug information may list the hidden parameters too.
        let skip = names.len().checked_sub(count as usize)?;
        let name = names.get(skip + index as usize)?;
        if name.is_empty() || *name == "this" {
            return None;
        }
        let name = name.to_string();
        Some(self.generator.unit.atoms.intern(&name))
    }

    /// What register `r` holds when the function starts.
    fn initial(&self, r: u32) -> Option<Expr> {
        let (first, count) = self.function.formals();
        if r >= first && r < first + count.min(self.rest_at) {
            return None;
        }
        if Some(r) == self.function.this_register() {
            return Some(if self.function.role == Role::Constructor && self.derived {
                Expr::Undefined
            } else {
                Expr::This
            });
        }
        if Some(r) == self.function.new_target_register() {
            return Some(Expr::NewTarget);
        }
        if Some(r) == self.function.func_register() {
            return Some(Expr::Prelude);
        }
        Some(Expr::Undefined)
    }

    /// Statements that give webs their values at function start, where it is not a parameter.
    pub fn prologue(&mut self) -> Vec<Stmt> {
        let mut found = Vec::new();
        self.webs.each_live(0, |r| found.push(r));
        let mut out = Vec::new();
        for r in found {
            let Some(web) = self.webs.at_entry(0, r) else { continue };
            if self.webs.writes[web as usize] == 0 {
                continue;
            }
            if let Some(value) = self.initial(r) {
                if Some(r) == self.function.func_register() {
                    continue;
                }
                let var = self.web_var(web);
                out.push(Stmt::Expr(Expr::assign(Expr::Var(var), value), 0));
            }
        }
        out
    }

    /// The parameter list: a variable per formal.
    pub fn parameters(&mut self) -> Vec<Var> {
        let (first, count) = self.function.formals();
        (0..count.min(self.rest_at))
            .map(|i| {
                let web = self.webs.at_entry(0, first + i);
                match web {
                    Some(w) => self.web_var(w),
                    None => {
                        let hint = self.parameter_name(i);
                        self.generator.var(VarInfo {
                            kind: VarKind::Param,
                            hint,
                            stable: true,
                            guarded: false,
                            native: false,
                            holds_hole: false,
                        })
                    }
                }
            })
            .collect()
    }

    fn value_of(&mut self, register: u32) -> Val {
        let (stamp, val) = self.current[register as usize];
        if stamp == self.stamp {
            return val;
        }
        let val = self.new_val();
        self.current[register as usize] = (self.stamp, val);
        if !self.counting() {
            self.places[val as usize] = Place::Atom(self.entry_atom(register));
            if let Place::Atom(Expr::Var(v)) = self.places[val as usize] {
                self.holders.entry(v).or_default().push(val);
            }
        }
        val
    }

    fn entry_atom(&mut self, register: u32) -> Expr {
        match self.webs.at_entry(self.block, register) {
            Some(web) => {
                if let Some(value) = &self.constants[web as usize] {
                    return value.clone();
                }
                if self.webs.from_entry[web as usize]
                    && self.webs.writes[web as usize] == 0
                    && let Some(value) = self.initial(register)
                {
                    return match value {
                        Expr::Prelude => Expr::Var(self.generator.own_var(self.f)),
                        other => other,
                    };
                }
                Expr::Var(self.web_var(web))
            }
            None => Expr::Undefined,
        }
    }

    fn counting(&self) -> bool {
        self.places.is_empty()
    }

    fn new_val(&mut self) -> Val {
        let v = self.next_val;
        self.next_val += 1;
        if self.counting() {
            self.uses.push(0);
        } else if self.places.len() <= v as usize {
            self.places.push(Place::Gone);
        }
        v
    }

    fn set(&mut self, register: u32, val: Val) {
        self.current[register as usize] = (self.stamp, val);
    }

    /// Folds one block.
    pub fn block(&mut self, b: BlockId) -> Result<BlockCode, TranslateError> {
        let function = self.function.clone();
        let block = &function.cfg.blocks[b as usize];
        self.block = b;
        self.handler = block.handler.map(|h| h.0);
        self.count(&function, b);
        // Second run.
        let total = self.next_val as usize;
        self.places.resize(total.max(1), Place::Gone);
        self.next_val = 0;
        self.stamp += 1;
        self.resumed = NO_VAL;
        self.awaiting = false;
        self.state = function.states[b as usize];
        self.condition = None;
        for index in block.first..block.last {
            self.at = index;
            self.here = self.location(function.code.instructions[index].pc);
            self.instruction(&function.code.instructions[index])?;
            self.state = crate::scopes::step(&self.generator.unit, self.f, index, self.state);
        }
        self.flush_all();
        self.pending.clear();
        self.places.clear();
        self.uses.clear();
        self.holders.clear();
        self.methods.clear();
        self.receivers.clear();
        Ok(BlockCode { body: std::mem::take(&mut self.out), condition: self.condition.take() })
    }

    fn location(&mut self, pc: u32) -> Loc {
        let lines = &self.function.debug.lines;
        if lines.is_empty() {
            return 0;
        }
        if lines.get(self.line_cursor).is_none_or(|l| l.pc > pc) {
            self.line_cursor = 0;
        }
        if lines.get(self.line_cursor + 8).is_some_and(|l| l.pc <= pc) {
            self.line_cursor = lines.partition_point(|l| l.pc <= pc).saturating_sub(1);
        }
        while lines.get(self.line_cursor + 1).is_some_and(|l| l.pc <= pc) {
            self.line_cursor += 1;
        }
        match lines.get(self.line_cursor) {
            Some(l) if l.line != 0 && l.line != u32::MAX => loc(l.line, l.column),
            _ => 0,
        }
    }

    /// First run: uses of values, and writes that have to be kept.
    fn count(&mut self, function: &Function<'a>, b: BlockId) {
        let acc = function.acc();
        let block = &function.cfg.blocks[b as usize];
        self.places.clear();
        self.uses.clear();
        self.next_val = 0;
        self.stamp += 1;
        self.resumed = NO_VAL;
        self.awaiting = false;
        // Writes of registers the handler needs, since the last instruction that may throw.
        let mut fresh: Vec<(u32, usize)> = Vec::new();
        let mut last: FxHashMap<u32, usize> = FxHashMap::default();
        // The load that gave a value, for method calls.
        let mut loads: FxHashMap<Val, Val> = FxHashMap::default();
        for index in block.first..block.last {
            let ins = &function.code.instructions[index];
            self.keep[index] = false;
            if !cannot_throw(ins.op) {
                for (_, i) in fresh.drain(..) {
                    self.keep[i] = true;
                }
            }
            let mut operands: Vec<Val> = Vec::with_capacity(4);
            let mut registers: Vec<u32> = Vec::with_capacity(4);
            webs::reads(ins, acc, |r| registers.push(r));
            for r in registers {
                operands.push(self.value_of(r));
            }
            match ins.op {
                Op::Lda => self.set(acc, operands[0]),
                Op::Sta | Op::Mov => self.set(u32::from(ins.regs[0]), operands[0]),
                Op::Suspendgenerator | Op::DeprecatedSuspendgenerator if self.awaiting => {
                    self.awaiting = false;
                    self.resumed = operands[0];
                    self.set(acc, operands[0]);
                }
                Op::Resumegenerator | Op::DeprecatedResumegenerator => {
                    let v = if self.resumed == NO_VAL { self.new_val() } else { self.resumed };
                    self.set(acc, v);
                }
                Op::ThrowUndefinedifholewithname => {
                    // Keeps acc, but wraps the load that made it.
                    if !self.generator.initialised.contains(&(self.f, index)) {
                        for &v in &operands {
                            self.uses[v as usize] += 1;
                        }
                    }
                }
                _ => {
                    for &v in &operands {
                        self.uses[v as usize] += 1;
                    }
                    if let Some(object) = method_call(ins.op).and_then(|()| operands.get(1)).copied() {
                        let callee = operands[0];
                        if loads.get(&callee) == Some(&object) && self.uses[callee as usize] == 1 {
                            self.uses[object as usize] -= 1;
                            self.methods.insert(callee, object);
                        }
                    }
                    if let Some(w) = webs::write(ins, acc) {
                        let v = self.new_val();
                        match ins.op {
                            Op::Ldobjbyname | Op::Ldsuperbyname | Op::Ldobjbyindex => {
                                loads.insert(v, operands[0]);
                            }
                            Op::Ldobjbyvalue | Op::Ldsuperbyvalue => {
                                loads.insert(v, operands[0]);
                            }
                            _ => {}
                        }
                        match ins.op {
                            Op::Asyncfunctionawaituncaught | Op::DeprecatedAsyncfunctionawaituncaught => {
                                self.awaiting = true;
                            }
                            Op::Suspendgenerator | Op::DeprecatedSuspendgenerator | Op::Asyncgeneratorresolve => {
                                self.resumed = v;
                            }
                            _ => {}
                        }
                        self.set(w, v);
                    }
                }
            }
            if let Some(w) = webs::write(ins, acc) {
                last.insert(w, index);
                if w != acc && self.handler.is_some_and(|h| self.webs.live_in(h, w)) {
                    fresh.retain(|&(r, _)| r != w);
                    fresh.push((w, index));
                }
            }
        }
        let live_out = |w: u32| block.successors().any(|s| self.webs.live_in(s, w));
        for (w, index) in last {
            if live_out(w) {
                self.keep[index] = true;
            }
        }
        // A write that is kept reads the value once more.
        self.recount(function, b);
    }

    /// Adds the uses by kept writes: values are numbered as in the run before.
    fn recount(&mut self, function: &Function<'a>, b: BlockId) {
        let acc = function.acc();
        let block = &function.cfg.blocks[b as usize];
        self.next_val = 0;
        self.stamp += 1;
        self.resumed = NO_VAL;
        self.awaiting = false;
        let uses = std::mem::take(&mut self.uses);
        let mut added = vec![0u32; uses.len()];
        for index in block.first..block.last {
            let ins = &function.code.instructions[index];
            self.renumber(ins, acc);
            if self.keep[index]
                && let Some(w) = webs::write(ins, acc)
            {
                let v = self.value_of(w);
                if let Some(a) = added.get_mut(v as usize) {
                    *a += 1;
                }
            }
        }
        self.uses = uses;
        for (u, a) in self.uses.iter_mut().zip(added) {
            *u += a;
        }
        self.next_val = self.uses.len() as Val;
        // A member that is kept for other uses too cannot become `o.m(…)`.
        let uses = &mut self.uses;
        self.methods.retain(|&callee, &mut object| {
            let only = uses[callee as usize] == 1;
            if !only {
                uses[object as usize] += 1;
            }
            only
        });
    }

    /// Value numbering of one instruction, as in `count`.
    fn renumber(&mut self, ins: &Instruction, acc: u32) {
        let mut registers: Vec<u32> = Vec::with_capacity(4);
        webs::reads(ins, acc, |r| registers.push(r));
        let operands: Vec<Val> = registers.into_iter().map(|r| self.value_of(r)).collect();
        match ins.op {
            Op::Lda => self.set(acc, operands[0]),
            Op::Sta | Op::Mov => self.set(u32::from(ins.regs[0]), operands[0]),
            Op::Suspendgenerator | Op::DeprecatedSuspendgenerator if self.awaiting => {
                self.awaiting = false;
                self.resumed = operands[0];
                self.set(acc, operands[0]);
            }
            Op::Resumegenerator | Op::DeprecatedResumegenerator => {
                let v = if self.resumed == NO_VAL { self.new_val() } else { self.resumed };
                self.set(acc, v);
            }
            Op::ThrowUndefinedifholewithname => {}
            _ => {
                if let Some(w) = webs::write(ins, acc) {
                    let v = self.new_val();
                    match ins.op {
                        Op::Asyncfunctionawaituncaught | Op::DeprecatedAsyncfunctionawaituncaught => {
                            self.awaiting = true
                        }
                        Op::Suspendgenerator | Op::DeprecatedSuspendgenerator | Op::Asyncgeneratorresolve => {
                            self.resumed = v;
                        }
                        _ => {}
                    }
                    self.set(w, v);
                }
            }
        }
    }

    fn instruction(&mut self, ins: &Instruction) -> Result<(), TranslateError> {
        let acc = self.function.acc();
        match ins.op {
            Op::Lda => {
                let v = self.value_of(u32::from(ins.regs[0]));
                self.set(acc, v);
                self.written(acc, v);
            }
            Op::Sta | Op::Mov => {
                let source = if ins.op == Op::Sta { acc } else { u32::from(ins.regs[1]) };
                let v = self.value_of(source);
                let target = u32::from(ins.regs[0]);
                self.set(target, v);
                self.written(target, v);
                self.rename_shared(ins, v);
            }
            Op::Resumegenerator | Op::DeprecatedResumegenerator => {
                let v = if self.resumed == NO_VAL {
                    let v = self.new_val();
                    let sent = self.generator.sent_var(self.f);
                    self.places[v as usize] = Place::Atom(Expr::Var(sent));
                    v
                } else {
                    self.resumed
                };
                self.set(acc, v);
                self.written(acc, v);
            }
            Op::Suspendgenerator | Op::DeprecatedSuspendgenerator if self.awaiting => {
                self.awaiting = false;
                let r = if ins.op == Op::Suspendgenerator { acc } else { u32::from(ins.regs[1]) };
                self.resumed = self.value_of(r);
                let v = self.resumed;
                self.set(acc, v);
                self.written(acc, v);
            }
            Op::ThrowUndefinedifholewithname => self.check_hole(ins)?,
            _ => {
                let mut registers: Vec<u32> = Vec::with_capacity(4);
                webs::reads(ins, acc, |r| registers.push(r));
                let operands: Vec<Val> = registers.into_iter().map(|r| self.value_of(r)).collect();
                let before = self.next_val;
                self.generate(ins, &operands)?;
                self.forget_taken();
                if self.next_val == before && webs::write(ins, acc) == Some(acc) {
                    self.result(Expr::Undefined);
                }
            }
        }
        Ok(())
    }

    /// A value used several times is best named after the first register that holds it.
    fn rename_shared(&mut self, ins: &Instruction, val: Val) {
        if ins.op == Op::Sta
            && matches!(self.places[val as usize], Place::Pending)
            && self.uses[val as usize] > 1
            && !self.next_is(|op| op == Op::ThrowUndefinedifholewithname)
        {
            let web = self.webs.written(self.at);
            let var = self.web_var(web);
            self.assign(var, val);
        }
    }

    /// `throw.undefinedifholewithname`: wraps the load that it checks.
    fn check_hole(&mut self, ins: &Instruction) -> Result<(), TranslateError> {
        let acc = self.function.acc();
        let val = self.value_of(acc);
        if self.generator.initialised.contains(&(self.f, self.at)) {
            return Ok(());
        }
        self.uses[val as usize] = self.uses[val as usize].saturating_sub(1);
        let name = self.generator.unit.string(ins.ids[0])?;
        if let Some(p) = self.pending.iter().position(|p| p.val == val) {
            {
                let repeatable = match &self.pending[p].expr {
                    Expr::Var(_) => true,
                    Expr::Member(o, _, _) => matches!(**o, Expr::Var(_)),
                    _ => false,
                };
                if !repeatable {
                    let t = self.generator.temp();
                    self.assign(t, val);
                    self.effect(Expr::Checked(Box::new(Expr::Var(t)), name));
                    return Ok(());
                }
                self.mark_hole(p);
                let inner = std::mem::replace(&mut self.pending[p].expr, Expr::Undefined);
                self.pending[p].expr = Expr::Checked(Box::new(inner), name);
                self.pending[p].pure = false;
            }
            if self.uses[val as usize] == 0 {
                let count = p + 1;
                self.flush(count, |e| e.val == val);
            } else if self.uses[val as usize] > 1 && !self.next_stores() {
                let t = self.generator.temp();
                self.assign(t, val);
            }
            return Ok(());
        }
        {
            if let Place::Atom(atom @ (Expr::Var(_) | Expr::Hole)) = self.places[val as usize].clone() {
                if let Expr::Var(v) = atom {
                    self.generator.vars[v as usize].holds_hole = true;
                }
                self.effect(Expr::Checked(Box::new(atom), name));
            }
        }
        Ok(())
    }

    /// A variable without a name takes that of the function it gets.
    fn name_after(&mut self, var: Var, value: &Expr) {
        let name = match value {
            Expr::Func(f) => f.name,
            Expr::Class(c) => c.name,
            _ => None,
        };
        if let Some(name) = name {
            let named = !self.generator.unit.atoms.text(name).is_empty();
            let info = &mut self.generator.vars[var as usize];
            if named && info.hint.is_none() && info.kind == VarKind::Local {
                info.hint = Some(name);
            }
        }
    }

    fn mark_hole(&mut self, p: usize) {
        if let Expr::Var(v) = self.pending[p].expr {
            self.generator.vars[v as usize].holds_hole = true;
        }
    }

    /// Whether the value that the current instruction gives is checked for the hole right away, and may be it.
    pub fn checked_next(&mut self) -> bool {
        let block = &self.function.cfg.blocks[self.block as usize];
        let code = &self.function.code.instructions[self.at + 1..block.last];
        let check = match code {
            [a, ..] if a.op == Op::ThrowUndefinedifholewithname => 1,
            [a, b, ..] if a.op == Op::Sta && b.op == Op::ThrowUndefinedifholewithname => 2,
            _ => return false,
        };
        !self.generator.initialised.contains(&(self.f, self.at + check))
    }

    /// The next result has to wait on the stack even if it is a variable.
    pub fn keep_pending(&mut self) {
        self.force_pending = true;
    }

    /// Whether the next instruction stores the accumulator in a register.
    fn next_stores(&self) -> bool {
        self.next_is(|op| op == Op::Sta)
    }

    fn next_is(&self, test: impl Fn(Op) -> bool) -> bool {
        let block = &self.function.cfg.blocks[self.block as usize];
        self.at + 1 < block.last && self.function.code.instructions.get(self.at + 1).is_some_and(|i| test(i.op))
    }

    /// After a register got a value: stores it in the variable of the web when the write has to be kept.
    fn written(&mut self, register: u32, val: Val) {
        let _ = register;
        if self.keep[self.at] {
            let web = self.webs.written(self.at);
            if self.constants[web as usize].is_some() {
                return;
            }
            let var = self.web_var(web);
            self.uses[val as usize] = self.uses[val as usize].saturating_sub(1);
            self.assign(var, val);
        }
    }

    /// `var = value`, as a statement; afterwards the value can be read from the variable.
    fn assign(&mut self, var: Var, val: Val) {
        if let Place::Atom(Expr::Var(v)) = self.places[val as usize]
            && v == var
        {
            return;
        }
        // What is still needed of the old value moves to a fresh variable.
        let held = self.holders.remove(&var).unwrap_or_default();
        let mut saved: Option<Var> = None;
        for h in held {
            let holds = matches!(self.places[h as usize], Place::Atom(Expr::Var(v)) if v == var);
            if !holds || self.uses[h as usize] == 0 {
                continue;
            }
            let t = match saved {
                Some(t) => t,
                None => {
                    let t = self.generator.temp();
                    self.out.push(Stmt::Expr(Expr::assign(Expr::Var(t), Expr::Var(var)), 0));
                    saved = Some(t);
                    t
                }
            };
            self.holders.entry(t).or_default().push(h);
            self.places[h as usize] = Place::Atom(Expr::Var(t));
        }
        let seen_by_handler = self.handler.is_some();
        if let Some(p) = self.pending.iter().position(|p| p.val == val) {
            // Entries above this one were evaluated after it but before the store.
            let above = self.pending[p + 1..].iter().any(|e| e.reads.contains(&var) || (seen_by_handler && !e.pure));
            if above {
                self.flush_all();
            } else {
                let pure = self.pending[p].pure && !seen_by_handler;
                self.flush(p, |e| (!pure && !e.pure) || e.reads.contains(&var));
                if let Some(p) = self.pending.iter().position(|p| p.val == val) {
                    let entry = self.pending.remove(p);
                    self.name_after(var, &entry.expr);
                    self.out.push(Stmt::Expr(Expr::assign(Expr::Var(var), entry.expr), self.here));
                    self.places[val as usize] = Place::Atom(Expr::Var(var));
                    self.holders.entry(var).or_default().push(val);
                    return;
                }
            }
        }
        let count = self.pending.len();
        self.flush(count, |e| (seen_by_handler && !e.pure) || e.reads.contains(&var));
        if let Place::Atom(atom) = self.places[val as usize].clone() {
            self.out.push(Stmt::Expr(Expr::assign(Expr::Var(var), atom), self.here));
        }
    }

    /// Stores those of the first `upto` waiting values in variables that `which` selects, and every observable one
    /// before the last of them.
    fn flush(&mut self, upto: usize, which: impl Fn(&Pending) -> bool) {
        let upto = upto.min(self.pending.len());
        let mut marked = vec![false; upto];
        let mut observable = false;
        for i in (0..upto).rev() {
            let entry = &self.pending[i];
            if which(entry) || (observable && !entry.pure) {
                marked[i] = true;
                observable |= !entry.pure;
            }
        }
        let mut i = 0;
        for mark in marked {
            if mark {
                let entry = self.pending.remove(i);
                self.store_entry(entry);
            } else {
                i += 1;
            }
        }
    }

    fn flush_all(&mut self) {
        let count = self.pending.len();
        self.flush(count, |_| true);
    }

    fn flush_effects(&mut self) {
        let count = self.pending.len();
        self.flush(count, |e| !e.pure);
    }

    fn store_entry(&mut self, entry: Pending) {
        let val = entry.val;
        if self.uses[val as usize] == 0 {
            if !entry.pure {
                self.out.push(Stmt::Expr(entry.expr, self.here));
            }
            self.places[val as usize] = Place::Gone;
            return;
        }
        let mut expr = entry.expr;
        if entry.method {
            // The object is needed once more, as the receiver.
            let object = match &mut expr {
                Expr::Member(o, _, _) => Some(&mut **o),
                Expr::Index(p, _) => Some(&mut p.0),
                _ => None,
            };
            if let Some(object) = object {
                let receiver = if object.is_atom() && !matches!(object, Expr::Var(_)) {
                    object.clone()
                } else {
                    let t = self.generator.temp();
                    let value = std::mem::replace(object, Expr::Var(t));
                    self.out.push(Stmt::Expr(Expr::assign(Expr::Var(t), value), self.here));
                    Expr::Var(t)
                };
                self.receivers.insert(val, receiver);
            }
        }
        let t = self.generator.temp();
        self.out.push(Stmt::Expr(Expr::assign(Expr::Var(t), expr), self.here));
        self.places[val as usize] = Place::Atom(Expr::Var(t));
        self.holders.entry(t).or_default().push(val);
    }

    /// The expressions of operands, in evaluation order; waiting ones are taken from the stack.
    pub fn take(&mut self, operands: &[Val]) -> Vec<Expr> {
        let mut inline = vec![false; operands.len()];
        let mut top = self.pending.len();
        let mut flush_to = 0;
        for k in (0..operands.len()).rev() {
            let val = operands[k];
            if !matches!(self.places[val as usize], Place::Pending) {
                continue;
            }
            let Some(at) = self.pending.iter().rposition(|p| p.val == val) else { continue };
            if self.pending[at].pure {
                inline[k] = true;
                continue;
            }
            // Only pure values may lie between this one and what is taken after it.
            if at < top && self.pending[at + 1..top].iter().all(|p| p.pure) {
                inline[k] = true;
                top = at;
            } else {
                flush_to = flush_to.max(at + 1);
            }
        }
        if flush_to > 0 {
            self.flush(flush_to, |e| !e.pure);
        }
        let mut result = Vec::with_capacity(operands.len());
        for &val in operands {
            self.uses[val as usize] = self.uses[val as usize].saturating_sub(1);
            if matches!(self.places[val as usize], Place::Pending)
                && let Some(at) = self.pending.iter().rposition(|p| p.val == val)
            {
                let entry = self.pending.remove(at);
                self.places[val as usize] = Place::Gone;
                self.taken_depth = self.taken_depth.max(entry.depth);
                self.taken_impure |= !entry.pure;
                self.taken_reads.extend(entry.reads);
                result.push(entry.expr);
                continue;
            }
            match &self.places[val as usize] {
                Place::Atom(e) => {
                    if let Expr::Var(v) = e {
                        self.taken_reads.push(*v);
                    }
                    result.push(e.clone());
                }
                _ => result.push(Expr::Undefined),
            }
        }
        result
    }

    /// The accumulator gets `expr`.
    pub fn result(&mut self, expr: Expr) {
        let unstable =
            std::mem::take(&mut self.force_pending) || matches!(expr, Expr::Var(v) if self.generator.is_unstable(v));
        let pure = (expr.is_pure() || self.assume_pure) && !self.taken_impure && !unstable;
        self.assume_pure = false;
        self.taken_impure = false;
        let acc = self.function.acc();
        let val = self.new_val();
        self.set(acc, val);
        let depth = std::mem::take(&mut self.taken_depth) + 1;
        let reads = std::mem::take(&mut self.taken_reads);
        if expr.is_atom() && !unstable {
            if let Expr::Var(v) = expr {
                self.holders.entry(v).or_default().push(val);
            }
            self.places[val as usize] = Place::Atom(expr);
            self.written(acc, val);
            return;
        }
        let uses = self.uses[val as usize];
        if uses == 0 {
            self.places[val as usize] = Place::Gone;
            // Reading a variable is nothing that can be observed.
            if !pure && !matches!(expr, Expr::Var(_)) {
                self.flush_effects();
                self.out.push(Stmt::Expr(expr, self.here));
            }
            return;
        }
        let method = self.methods.contains_key(&val);
        self.places[val as usize] = Place::Pending;
        self.pending.push(Pending { val, expr, pure, depth, reads, method });
        if self.keep[self.at] {
            self.written(acc, val);
            return;
        }
        let next_is_sta = self.next_is(|op| matches!(op, Op::Sta | Op::ThrowUndefinedifholewithname));
        if depth > limits::EXPRESSION_DEPTH || (uses > 1 && !next_is_sta) {
            let var = self.generator.temp();
            self.assign(var, val);
        }
    }

    /// The accumulator gets an expression that is fresh and unobservable to build (closures, literals).
    pub fn result_pure(&mut self, expr: Expr) {
        self.assume_pure = true;
        self.result(expr);
    }

    /// An expression as something that can be mentioned or left out: evaluates it now unless it is an atom.
    pub fn as_atom(&mut self, expr: Expr) -> Expr {
        if expr.is_atom() {
            return expr;
        }
        self.forget_taken();
        self.flush_effects();
        let t = self.generator.temp();
        self.out.push(Stmt::Expr(Expr::assign(Expr::Var(t), expr), self.here));
        Expr::Var(t)
    }

    /// A statement that happens now.
    pub fn effect(&mut self, expr: Expr) {
        self.forget_taken();
        self.flush_effects();
        self.out.push(Stmt::Expr(expr, self.here));
    }

    /// Any statement that happens now.
    pub fn statement(&mut self, stmt: Stmt) {
        self.forget_taken();
        self.flush_effects();
        self.out.push(stmt);
    }

    fn forget_taken(&mut self) {
        self.taken_depth = 0;
        self.taken_reads.clear();
        self.taken_impure = false;
    }

    /// Source position of the current instruction.
    pub fn here(&self) -> Loc {
        self.here
    }

    /// Index of the current instruction.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The block ends with a branch on `test` (true: the jump is taken).
    pub fn condition_is(&mut self, test: Expr) {
        self.forget_taken();
        self.flush_effects();
        match self.function.cfg.blocks[self.block as usize].term {
            Term::Branch(..) => self.condition = Some(test),
            _ => {
                if !test.is_pure() {
                    self.out.push(Stmt::Expr(test, self.here));
                }
            }
        }
    }

    /// `callthis…`: callee, receiver, arguments.
    pub fn call_this(&mut self, operands: &[u32]) {
        let Some((&callee, rest)) = operands.split_first() else { return };
        let Some((&receiver, args)) = rest.split_first() else { return };
        let here = self.here;
        if self.methods.contains_key(&callee) {
            if matches!(self.places[callee as usize], Place::Pending) {
                // Whether it still waits after the arguments have been taken decides the form.
                let mut all = vec![callee];
                all.extend_from_slice(args);
                let mut taken = self.take(&all);
                let callee_expr = taken.remove(0);
                let args = taken.into_iter().map(Element::Value).collect();
                if let Some(this) = self.receivers.get(&callee).cloned() {
                    return self.call_with(callee_expr, this, args, here);
                }
                self.result(Expr::Call(Box::new(callee_expr), args, here));
                return;
            }
            let mut all = vec![callee];
            all.extend_from_slice(args);
            let mut taken = self.take(&all);
            let callee_expr = taken.remove(0);
            let this = self.receivers.get(&callee).cloned().unwrap_or(Expr::Undefined);
            let args = taken.into_iter().map(Element::Value).collect();
            return self.call_with(callee_expr, this, args, here);
        }
        let mut all = vec![callee, receiver];
        all.extend_from_slice(args);
        let mut taken = self.take(&all).into_iter();
        let callee_expr = taken.next().unwrap_or(Expr::Undefined);
        let this = taken.next().unwrap_or(Expr::Undefined);
        let args = taken.map(Element::Value).collect();
        self.call_with(callee_expr, this, args, here);
    }

    fn call_with(&mut self, callee: Expr, this: Expr, args: Vec<Element>, here: Loc) {
        let mut all = vec![callee, this];
        for a in args {
            match a {
                Element::Value(v) => all.push(v),
                Element::Spread(v) => all.push(v),
                Element::Hole => {}
            }
        }
        self.result(Expr::Helper("call", all, here));
    }

    /// `creategeneratorobj`.
    pub fn generator_object(&mut self) {
        if self.function.is_async_generator {
            let g = self.generator.generator_var(self.f);
            self.result(Expr::Var(g));
        } else {
            self.result(Expr::Undefined);
        }
    }

    /// The next suspension is that of an `await`.
    pub fn awaits(&mut self) {
        self.awaiting = true;
    }

    /// The accumulator and the next `resumegenerator` give what the frame is resumed with.
    pub fn resumes(&mut self, expr: Expr) {
        let val = self.next_val;
        self.result(expr);
        self.resumed = val;
        // Resumption in another block goes through a variable.
        let function = self.function.clone();
        let rest = self.at + 1..function.cfg.blocks[self.block as usize].last;
        let here = function.code.instructions[rest]
            .iter()
            .any(|i| matches!(i.op, Op::Resumegenerator | Op::DeprecatedResumegenerator));
        if !here {
            let sent = self.generator.sent_var(self.f);
            self.assign(sent, val);
        }
    }

    /// `suspendgenerator` other than of an await.
    pub fn suspend(&mut self, operands: &[u32]) {
        let here = self.here;
        let value = self.take(operands).pop().unwrap_or(Expr::Undefined);
        if Some(self.at) == self.first_suspend || self.function.is_async_generator {
            if self.function.is_generator && crate::generate::starts_early(&self.function) {
                self.resumes(Expr::Yield(false, Box::new(Expr::Undefined), here));
                return;
            }
            self.resumes(Expr::Undefined);
            return;
        }
        let (delegate, value) = match value {
            Expr::Object(mut props) if props.len() == 2 => match (props.pop(), props.pop()) {
                (Some(Prop::Value(_, Expr::Bool(false))), Some(Prop::Value(_, v))) => (false, v),
                (Some(done), Some(value)) => (true, Expr::Object(vec![value, done])),
                _ => (true, Expr::Undefined),
            },
            other => (true, other),
        };
        let value = if delegate {
            self.generator.delegates(self.f);
            Expr::Helper("pass", vec![value], here)
        } else {
            value
        };
        let suspension = Expr::Yield(false, Box::new(value), here);
        let function = self.function.clone();
        let end = function.cfg.blocks[self.block as usize].last;
        let mode_at = (self.at + 1..end)
            .find(|&i| matches!(function.code.instructions[i].op, Op::Getresumemode | Op::DeprecatedGetresumemode));
        if mode_at.is_some_and(|i| function.modes.contains_key(&i)) {
            self.resumes(suspension);
            return;
        }
        let (m, v, e) = (self.generator.temp(), self.generator.temp(), self.generator.temp());
        let label = 0x8000_0000 | self.at as u32;
        let set = |var: Var, value: Expr| Stmt::Expr(Expr::assign(Expr::Var(var), value), here);
        self.statement(set(m, Expr::Num(0.0)));
        self.statement(Stmt::Block(
            label,
            vec![Stmt::Try(
                vec![set(v, suspension), set(m, Expr::Num(2.0))],
                Some((Some(e), vec![set(v, Expr::Var(e)), set(m, Expr::Num(1.0))])),
                Some(vec![Stmt::If(
                    Expr::binary(BinOp::StrictEq, Expr::Var(m), Expr::Num(0.0)),
                    vec![set(v, Expr::Helper("returned", vec![], here)), Stmt::Break(label)],
                    vec![],
                    here,
                )]),
            )],
        ));
        self.mode = Some(Expr::Var(m));
        self.resumes(Expr::Var(v));
    }

    /// `getresumemode`.
    pub fn resume_mode(&mut self) {
        let mode = if self.function.modes.contains_key(&self.at) {
            Expr::Num(2.0)
        } else if self.function.is_async_generator {
            let g = self.generator.generator_var(self.f);
            Expr::Helper("resumeMode", vec![Expr::Var(g)], 0)
        } else {
            self.mode.clone().unwrap_or(Expr::Num(2.0))
        };
        self.result(mode);
    }
}

/// Literals of webs that are written exactly once.
fn constants(function: &Function<'_>, webs: &Webs) -> Vec<Option<Expr>> {
    let mut constants = vec![None; webs.count as usize];
    let acc = function.acc();
    for &b in &function.cfg.rpo {
        let block = &function.cfg.blocks[b as usize];
        for index in block.first..block.last {
            let ins = &function.code.instructions[index];
            let Some(_) = webs::write(ins, acc) else { continue };
            let web = webs.written(index) as usize;
            if webs.writes[web] != 1 || webs.from_entry[web] {
                continue;
            }
            let source = match ins.op {
                Op::Sta if index > block.first => &function.code.instructions[index - 1],
                Op::Sta | Op::Mov => continue,
                _ => ins,
            };
            constants[web] = match source.op {
                Op::Ldundefined => Some(Expr::Undefined),
                Op::Ldnull => Some(Expr::Null),
                Op::Ldtrue => Some(Expr::Bool(true)),
                Op::Ldfalse => Some(Expr::Bool(false)),
                Op::Ldhole => Some(Expr::Hole),
                Op::Ldai => Some(Expr::Num(source.imm[0] as f64)),
                // What `super(…)` gives is `this` from then on.
                Op::Supercallthisrange | Op::Supercallspread | Op::CallruntimeSupercallforwardallargs
                    if function.role == Role::Constructor =>
                {
                    Some(Expr::This)
                }
                _ => None,
            };
        }
    }
    constants
}

/// Calls that pass the object of a member as the receiver.
fn method_call(op: Op) -> Option<()> {
    matches!(
        op,
        Op::Callthis0
            | Op::Callthis1
            | Op::Callthis2
            | Op::Callthis3
            | Op::Callthisrange
            | Op::Callthis0withname
            | Op::Callthis1withname
            | Op::Callthis2withname
            | Op::Callthis3withname
            | Op::Callthisrangewithname
    )
    .then_some(())
}
