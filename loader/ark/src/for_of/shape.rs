//! The bytecode that compilers emit for `for (… of …)`, recognised by running it over symbols.
//!
//! ```text
//! getiterator; sta I; ldobjbyname "next"; sta N; ldfalse; sta F       before the loop
//! H: lda N; callthis0 I; sta R; throw.ifnotobject R
//!    ldobjbyname "done"; istrue; jnez EXIT
//!    lda R; ldobjbyname "value"; sta V
//!    …body, inside a try region; every early exit closes the iterator first…
//!    jmp H
//! closer: unless F, call I.return and swallow what it throws; throw the exception again
//! ```

use crate::cfg;
use concord_abi::abc::{AbcFile, Code, TryBlock};
use concord_abi::isa::{Instruction, Op};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Instructions that one run over symbols may take.
const STEPS: usize = 80;

/// One loop whose every part was recognised.
#[derive(Debug, Clone)]
pub struct Shape {
    /// `getiterator`.
    pub start: usize,
    /// Instructions before the loop that only serve the protocol.
    pub setup: Vec<usize>,
    /// First instruction of the header.
    pub header: usize,
    /// `callthis0`, the store of its result, and the rest of the header without its jump.
    pub call: usize,
    pub store: usize,
    pub rest: Vec<usize>,
    /// The conditional jump to the exit.
    pub test: usize,
    /// The exit.
    pub exit: usize,
    /// Loading of the value.
    pub load: Vec<usize>,
    /// The region of the body.
    pub region: TryBlock,
    /// Early exits.
    pub closes: Vec<Close>,
    pub iterator: u16,
    pub next: u16,
    pub flag: u16,
    pub result: u16,
    pub value: u16,
}

/// A place where the iterator is closed before control leaves the loop.
#[derive(Debug, Clone)]
pub struct Close {
    /// First instruction.
    pub at: usize,
    /// Where control goes when the iterator has no `return`.
    pub target: usize,
    /// Where that way and the way after a call of `return` are one again.
    pub join: usize,
    /// Registers written on any way.
    pub written: BTreeSet<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sym {
    Unknown,
    Bool(bool),
    Undefined,
    Hole,
    Iterator,
    /// The method `next` of the iterator.
    Next,
    Return,
    NoReturn,
    /// What `next` or `return` gave.
    Result,
    /// Whether the iterator is done, as far as that is known on this way.
    Done(bool),
    /// The value of a result.
    Value,
    Thrown,
    /// An array that was just made.
    Fresh,
    /// A small integer.
    Int(i64),
    /// What code wrote that is not there any more.
    Gone,
    /// Still what register had at the start of the handler.
    Register(u16),
}

/// Reads the code of one method.
pub struct Reader<'c, 'a> {
    pub file: &'c AbcFile<'a>,
    pub code: &'c Code,
}

impl Reader<'_, '_> {
    pub(crate) fn ins(&self, at: usize) -> Option<&Instruction> {
        self.code.instructions.get(at)
    }

    pub(crate) fn index(&self, pc: i64) -> Option<usize> {
        let pc = u32::try_from(pc).ok()?;
        self.code.instructions.binary_search_by_key(&pc, |i| i.pc).ok()
    }

    pub(crate) fn target(&self, at: usize) -> Option<usize> {
        self.index(i64::from(cfg::target(self.ins(at)?)?))
    }

    pub(crate) fn loads(&self, at: usize, name: &str) -> bool {
        self.ins(at).is_some_and(|i| {
            i.op == Op::Ldobjbyname && self.file.string(i.ids[0]).is_ok_and(|s| s.utf16.is_none() && s.text == name)
        })
    }

    /// The innermost handler of an instruction.
    pub(crate) fn handler(&self, at: usize) -> Option<u32> {
        let pc = self.ins(at)?.pc;
        self.code.tries.iter().find(|t| t.start <= pc && pc < t.end).map(|t| t.handler)
    }

    /// The next instruction that is not a copy between registers other than `fixed`.
    fn skip(&self, mut at: usize, fixed: &[u16]) -> Option<usize> {
        for _ in 0..STEPS {
            let ins = self.ins(at)?;
            match ins.op {
                Op::Nop => {}
                Op::Mov if !fixed.contains(&ins.regs[0]) => {}
                _ => return Some(at),
            }
            at += 1;
        }
        None
    }

    /// Goes over a load of `register`, if that comes next.
    fn reload(&self, at: &mut usize, register: u16, fixed: &[u16]) -> Option<usize> {
        let next = self.skip(*at + 1, fixed)?;
        let ins = self.ins(next)?;
        (ins.op == Op::Lda && ins.regs[0] == register).then(|| {
            *at = next;
            next
        })
    }

    /// Recognises the loop that begins with the `getiterator` at `start`.
    pub fn shape(&self, start: usize) -> Option<Shape> {
        let mut at = start;
        let mut fixed: Vec<u16> = Vec::new();
        let step = |op: Op, fixed: &[u16], at: &mut usize| -> Option<(usize, u16)> {
            *at = self.skip(*at + 1, fixed)?;
            let ins = self.ins(*at)?;
            (ins.op == op).then_some((*at, ins.regs[0]))
        };
        let (_, iterator) = step(Op::Sta, &fixed, &mut at)?;
        fixed.push(iterator);
        // Unoptimised code loads anew what the accumulator holds.
        let again_iterator = self.reload(&mut at, iterator, &fixed);
        let (load_next, _) = step(Op::Ldobjbyname, &fixed, &mut at)?;
        let (store_next, next) = step(Op::Sta, &fixed, &mut at)?;
        fixed.push(next);
        let (no, _) = step(Op::Ldfalse, &fixed, &mut at)?;
        let (store_flag, flag) = step(Op::Sta, &fixed, &mut at)?;
        fixed.push(flag);
        if !self.loads(load_next, "next") || iterator == next || iterator == flag || next == flag {
            return None;
        }
        let (header, callee) = step(Op::Lda, &fixed, &mut at)?;
        let (call, this) = step(Op::Callthis0, &fixed, &mut at)?;
        let (store, result) = step(Op::Sta, &fixed, &mut at)?;
        if callee != next || this != iterator || fixed.contains(&result) {
            return None;
        }
        fixed.push(result);
        let (check, checked) = step(Op::ThrowIfnotobject, &fixed, &mut at)?;
        let again_result = self.reload(&mut at, result, &fixed);
        let (load_done, _) = step(Op::Ldobjbyname, &fixed, &mut at)?;
        at = self.skip(at + 1, &fixed)?;
        let truth = at;
        if checked != result
            || !self.loads(load_done, "done")
            || !matches!(self.ins(truth)?.op, Op::Istrue | Op::CallruntimeIstrue)
        {
            return None;
        }
        let (test, _) = step(Op::Jnez, &fixed, &mut at)?;
        let exit = self.target(test)?;
        let (again, from) = step(Op::Lda, &fixed, &mut at)?;
        let (load_value, _) = step(Op::Ldobjbyname, &fixed, &mut at)?;
        let (store_value, value) = step(Op::Sta, &fixed, &mut at)?;
        if from != result || !self.loads(load_value, "value") || fixed[..3].contains(&value) {
            return None;
        }
        // The value takes the place of the result: no copy in between may tell them apart.
        for i in store..store_value {
            let ins = self.ins(i)?;
            if ins.op == Op::Mov && (ins.regs[1] == result || ins.regs[..2].contains(&value)) {
                return None;
            }
        }
        let body = self.ins(store_value + 1)?.pc;
        let region = self
            .code
            .tries
            .iter()
            .rev()
            .filter(|t| t.start == body)
            .find(|t| self.index(i64::from(t.handler)).and_then(|h| self.closer(h)).is_some())
            .copied()?;
        if self.code.tries.iter().filter(|t| t.handler == region.handler).count() != 1 || region.end < region.start {
            return None;
        }
        let first = store_value + 1;
        let end = self.code.instructions.partition_point(|i| i.pc < region.end);
        let mut closes = Vec::new();
        for i in first..end.max(first) {
            let ins = self.ins(i)?;
            if ins.op != Op::Lda || ins.regs[0] != flag {
                continue;
            }
            let truth = self.ins(i + 1)?.op;
            if matches!(truth, Op::Istrue | Op::CallruntimeIstrue) {
                closes.push(self.close(i, iterator, flag)?);
            }
        }
        Some(Shape {
            start,
            setup: [load_next, store_next, no, store_flag].into_iter().chain(again_iterator).collect(),
            header,
            call,
            store,
            rest: [check, load_done, truth].into_iter().chain(again_result).collect(),
            test,
            exit,
            load: vec![again, load_value, store_value],
            region,
            closes,
            iterator,
            next,
            flag,
            result,
            value,
        })
    }

    /// Whether the handler at `at` closes the iterator, swallows what that throws, and throws its exception again.
    fn closer(&self, at: usize) -> Option<()> {
        let mut run = Run::new(self, at, Sym::Thrown);
        run.until(|r, ins, _| ins.op == Op::Jnez && matches!(r.acc, Sym::Register(_)))?;
        let flag = run.acc;
        // Closed already: just throw.
        let mut closed = run.clone();
        closed.at = self.target(run.at)?;
        closed.rethrow()?;
        run.at += 1;
        run.until(|r, _, at| self.loads(at, "return") && matches!(r.acc, Sym::Register(_)))?;
        if run.acc == flag {
            return None;
        }
        run.iterator = run.acc;
        self.returns(&mut run)?.rethrow()?;
        let mut failed = run.clone();
        run.at += 1;
        run.acc = Sym::Result;
        run.rethrow()?;
        // What getting or calling `return` throws is dropped.
        failed.at = self.index(i64::from(self.handler(failed.at)?))?;
        failed.acc = Sym::Unknown;
        failed.rethrow()
    }

    /// Runs from the load of `return` to its call; gives the way on which there is no `return`.
    pub(crate) fn returns<'r, 'c, 'a>(&self, run: &mut Run<'r, 'c, 'a>) -> Option<Run<'r, 'c, 'a>> {
        let load = run.at;
        run.acc = Sym::Return;
        run.at += 1;
        run.until(|r, ins, _| matches!(ins.op, Op::Jnez) && r.acc == Sym::NoReturn)?;
        let mut without = run.clone();
        without.at = self.target(run.at)?;
        run.at += 1;
        let iterator = run.iterator;
        run.until(|r, ins, _| ins.op == Op::Callthis0 && r.acc == Sym::Return && r.get(ins.regs[0]) == iterator)?;
        (self.handler(load)? == self.handler(run.at)?).then_some(without)
    }

    /// Recognises an early exit.
    fn close(&self, at: usize, iterator: u16, flag: u16) -> Option<Close> {
        let mut run = Run::new(self, at, Sym::Unknown);
        run.iterator = Sym::Iterator;
        run.registers.insert(iterator, Sym::Iterator);
        run.registers.insert(flag, Sym::Bool(false));
        run.until(|r, _, at| self.loads(at, "return") && r.acc == Sym::Iterator)?;
        let mut without = self.returns(&mut run)?;
        let target = without.at;
        let mut failed = run.clone();
        run.at += 1;
        run.acc = Sym::Result;
        run.until(|r, ins, _| ins.op == Op::ThrowIfnotobject && r.get(ins.regs[0]) == Sym::Result)?;
        run.at += 1;
        failed.at = self.index(i64::from(self.handler(failed.at)?))?;
        failed.acc = Sym::Thrown;
        failed.rethrow()?;
        // Both ways only copy registers until they meet.
        let mut seen = vec![without.at];
        while without.copy() {
            seen.push(without.at);
        }
        while !seen.contains(&run.at) {
            if !run.copy() {
                return None;
            }
        }
        let mut written = run.written;
        written.append(&mut without.written);
        written.append(&mut failed.written);
        Some(Close { at, target, join: run.at, written })
    }
}

#[derive(Clone)]
pub(crate) struct Run<'r, 'c, 'a> {
    reader: &'r Reader<'c, 'a>,
    pub(crate) at: usize,
    pub(crate) acc: Sym,
    pub(crate) iterator: Sym,
    pub(crate) registers: FxHashMap<u16, Sym>,
    pub(crate) written: BTreeSet<u16>,
    /// Where it has been.
    pub(crate) visited: Vec<usize>,
    /// Registers nobody wrote stand for themselves, rather than for nothing.
    pub(crate) symbolic: bool,
    steps: usize,
}

impl<'r, 'c, 'a> Run<'r, 'c, 'a> {
    fn new(reader: &'r Reader<'c, 'a>, at: usize, acc: Sym) -> Self {
        Run {
            reader,
            at,
            acc,
            iterator: Sym::Unknown,
            registers: FxHashMap::default(),
            written: BTreeSet::new(),
            visited: vec![],
            symbolic: acc == Sym::Thrown,
            steps: 0,
        }
    }

    /// A run that knows registers from before.
    pub(crate) fn with(reader: &'r Reader<'c, 'a>, at: usize, acc: Sym, registers: FxHashMap<u16, Sym>) -> Self {
        Run { iterator: Sym::Iterator, registers, symbolic: false, ..Run::new(reader, at, acc) }
    }

    /// Goes over an instruction whose result is known.
    pub(crate) fn pass(&mut self, acc: Sym) {
        self.visited.push(self.at);
        self.at += 1;
        self.acc = acc;
    }

    pub(crate) fn get(&self, r: u16) -> Sym {
        let unknown = if self.symbolic { Sym::Register(r) } else { Sym::Unknown };
        self.registers.get(&r).copied().unwrap_or(unknown)
    }

    fn set(&mut self, r: u16, value: Sym) {
        self.registers.insert(r, value);
        self.written.insert(r);
    }

    /// Goes on to the first instruction that satisfies `stop`.
    pub(crate) fn until(&mut self, stop: impl Fn(&Self, &Instruction, usize) -> bool) -> Option<()> {
        loop {
            let ins = *self.reader.ins(self.at)?;
            if stop(self, &ins, self.at) {
                return Some(());
            }
            self.step(&ins)?;
        }
    }

    /// Goes on until the exception is thrown again.
    pub(crate) fn rethrow(&mut self) -> Option<()> {
        self.until(|r, ins, _| ins.op == Op::Throw && r.acc == Sym::Thrown)
    }

    /// Takes one step if it only copies.
    fn copy(&mut self) -> bool {
        match self.reader.ins(self.at) {
            Some(ins) if matches!(ins.op, Op::Mov | Op::Nop | Op::Jmp) => {
                let ins = *ins;
                self.step(&ins).is_some()
            }
            _ => false,
        }
    }

    pub(crate) fn step(&mut self, ins: &Instruction) -> Option<()> {
        self.visited.push(self.at);
        self.steps += 1;
        if self.steps > STEPS {
            return None;
        }
        let mut next = self.at + 1;
        match ins.op {
            Op::Nop => {}
            Op::Lda => self.acc = self.get(ins.regs[0]),
            Op::Sta => self.set(ins.regs[0], self.acc),
            Op::Mov => {
                let value = self.get(ins.regs[1]);
                self.set(ins.regs[0], value);
            }
            Op::Ldtrue => self.acc = Sym::Bool(true),
            Op::Ldfalse => self.acc = Sym::Bool(false),
            Op::Ldundefined => self.acc = Sym::Undefined,
            Op::Ldhole => self.acc = Sym::Hole,
            Op::Istrue | Op::CallruntimeIstrue => {
                if !matches!(self.acc, Sym::Bool(_) | Sym::Done(_) | Sym::Register(_)) {
                    return None;
                }
            }
            Op::Isfalse | Op::CallruntimeIsfalse => match self.acc {
                Sym::Bool(b) | Sym::Done(b) => self.acc = Sym::Bool(!b),
                _ => return None,
            },
            Op::Eq | Op::Noteq | Op::Stricteq | Op::Strictnoteq => {
                let same = matches!(ins.op, Op::Eq | Op::Stricteq);
                self.acc = match (self.get(ins.regs[0]), self.acc) {
                    (Sym::Return, Sym::Undefined) | (Sym::Undefined, Sym::Return) if ins.op == Op::Eq => Sym::NoReturn,
                    (Sym::Hole, Sym::Hole) => Sym::Bool(same),
                    (Sym::Hole, Sym::Thrown) | (Sym::Thrown, Sym::Hole) => Sym::Bool(!same),
                    _ => return None,
                };
            }
            Op::Jmp => next = self.reader.target(self.at)?,
            Op::Jeqz | Op::Jnez => match self.acc {
                Sym::Bool(b) | Sym::Done(b) => {
                    if b == (ins.op == Op::Jnez) {
                        next = self.reader.target(self.at)?;
                    }
                }
                _ => return None,
            },
            _ => return None,
        }
        self.at = next;
        Some(())
    }
}
