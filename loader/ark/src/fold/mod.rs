//! From the instructions of a block to statements: registers that are used once disappear into expressions, without
//! changing the order of anything that can be observed.
//!
//! Each block is run twice over abstract values. The first run counts how often each value is used and which writes of
//! registers have to be kept (live at the end of the block or in a handler). The second one builds expressions: a value
//! that is used once waits on a stack until its user comes; when something else has to happen first, it is stored in a
//! variable.
//!
//! `count.rs` is the first run, `ops/` what each instruction becomes in the second, `stack.rs` the values that wait.

mod calls;
mod checks;
mod count;
mod entry;
mod ops;
mod stack;
mod suspend;

use crate::TranslateError;
use crate::ast::{Expr, Loc, Stmt, Var, VarKind, loc};
use crate::cfg::{BlockId, Term};
use crate::generate::Generator;
use crate::scopes::ScopeState;
use crate::structure::BlockCode;
use crate::unit::{FnId, Function};
use crate::webs::{self, Webs};
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
    scratch: Vec<Val>,
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
        let constants = entry::constants(&function, webs);
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
            scratch: vec![],
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

    pub(super) fn value_of(&mut self, register: u32) -> Val {
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

    /// The values that an instruction reads. The list goes back to `scratch` after use.
    pub(super) fn operands(&mut self, ins: &Instruction, acc: u32) -> Vec<Val> {
        let mut operands = std::mem::take(&mut self.scratch);
        operands.clear();
        webs::reads(ins, acc, |r| operands.push(self.value_of(r)));
        operands
    }

    pub(super) fn counting(&self) -> bool {
        self.places.is_empty()
    }

    pub(super) fn new_val(&mut self) -> Val {
        let v = self.next_val;
        self.next_val += 1;
        if self.counting() {
            self.uses.push(0);
        } else if self.places.len() <= v as usize {
            self.places.push(Place::Gone);
        }
        v
    }

    pub(super) fn set(&mut self, register: u32, val: Val) {
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

    pub(super) fn location(&mut self, pc: u32) -> Loc {
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

    pub(super) fn instruction(&mut self, ins: &Instruction) -> Result<(), TranslateError> {
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
                let operands = self.operands(ins, acc);
                let before = self.next_val;
                self.generate(ins, &operands)?;
                self.scratch = operands;
                self.forget_taken();
                if self.next_val == before && webs::write(ins, acc) == Some(acc) {
                    self.result(Expr::Undefined);
                }
            }
        }
        Ok(())
    }

    /// A value used several times is best named after the first register that holds it.
    pub(super) fn rename_shared(&mut self, ins: &Instruction, val: Val) {
        if ins.op == Op::Sta
            && matches!(self.places[val as usize], Place::Pending)
            && self.uses[val as usize] > 1
            && (self.generator.initialised.contains(&(self.f, self.at + 1))
                || !self.next_is(|op| op == Op::ThrowUndefinedifholewithname))
        {
            let web = self.webs.written(self.at);
            let var = self.web_var(web);
            self.assign(var, val);
        }
    }

    /// A variable without a name takes that of the function it gets.
    pub(super) fn name_after(&mut self, var: Var, value: &Expr) {
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

    /// Whether the next instruction stores the accumulator in a register.
    pub(super) fn next_stores(&self) -> bool {
        self.next_is(|op| op == Op::Sta)
    }

    pub(super) fn next_is(&self, test: impl Fn(Op) -> bool) -> bool {
        let block = &self.function.cfg.blocks[self.block as usize];
        self.at + 1 < block.last && self.function.code.instructions.get(self.at + 1).is_some_and(|i| test(i.op))
    }

    /// After a register got a value: stores it in the variable of the web when the write has to be kept.
    pub(super) fn written(&mut self, register: u32, val: Val) {
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
}
