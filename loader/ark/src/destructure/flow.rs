//! Follows the code of one array pattern from its `getiterator` to where the iterator is closed.
//!
//! Two states are followed side by side: the iterator is not done, and it is done. They differ in which of its parts
//! the code still runs, and in what a handler that closes the iterator does. Everything between the steps of the
//! protocol is the business of the source and may do what it likes, but look at the registers of the protocol.

use super::Context;
use super::state::{Registers, State, advance, after, already, branch, flagged, quiet, still, straight, tainted};
use crate::for_of::shape::{Run, Sym};
use crate::webs;
use concord_abi::isa::{Flow, Instruction, Op};
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// Instructions that are looked at for one pattern, repetitions included.
const VISITS: usize = 6_000;
/// The accumulator where registers are counted.
const ACC: u32 = u32::MAX;

/// One step of the protocol: an element, or the rest.
#[derive(Debug, Clone)]
pub struct Step {
    /// First instruction.
    pub at: usize,
    /// Register of the iterator.
    pub iterator: u16,
    /// Registers that take the value.
    pub stores: Vec<u16>,
    /// Register of the array that takes the rest.
    pub rest: Option<u16>,
    /// Where the code goes on.
    pub next: usize,
    /// Instructions that belong to it.
    pub visited: BTreeSet<usize>,
    /// Its own handlers.
    pub handlers: BTreeSet<usize>,
    /// Registers that it writes.
    pub written: BTreeSet<u16>,
    /// Whether the value comes in the accumulator.
    pub value: bool,
}

/// Where the iterator is closed when all has been taken.
#[derive(Debug, Clone)]
pub struct End {
    pub at: usize,
    /// Register of the iterator; none when it is known to be done.
    pub iterator: Option<u16>,
    /// Where the code goes when there is nothing to close.
    pub to: usize,
    /// Where all ways have met.
    pub next: usize,
}

/// An array pattern whose every part was recognised.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// `getiterator`.
    pub start: usize,
    /// The load of `next`.
    pub load: usize,
    pub steps: Vec<Step>,
    pub end: End,
    /// The handler that closes the iterator, and the register from which it does.
    pub handler: Option<(usize, u16)>,
    /// Registers that must not be needed where some instruction starts.
    pub dead: Vec<(usize, Vec<u16>)>,
}

/// What is known so far while a pattern is followed.
struct Protocol<'f, 'c, 'a> {
    context: &'f Context<'c, 'a>,
    start: usize,
    /// Instructions that may still be visited.
    visits: usize,
    load: Option<usize>,
    handler: Option<usize>,
    /// What registers hold when the handler is entered: not done, done.
    thrown: [Option<State>; 2],
    /// Instructions whose exceptions the handler gets.
    covered: FxHashSet<usize>,
    steps: BTreeMap<usize, (Step, State)>,
    /// With the registers that they write, and those that they write when closing fails.
    ends: BTreeMap<usize, (End, BTreeSet<u16>, BTreeSet<u16>)>,
}

/// Recognises the pattern that starts at the `getiterator` at `start`.
pub fn pattern(context: &Context<'_, '_>, start: usize) -> Option<Pattern> {
    let mut protocol = Protocol {
        context,
        start,
        visits: VISITS,
        load: None,
        handler: None,
        thrown: [None, None],
        covered: FxHashSet::default(),
        steps: BTreeMap::new(),
        ends: BTreeMap::new(),
    };
    let first = State { registers: Registers::default(), acc: Some(Sym::Iterator) };
    let open = protocol.follow(vec![(start + 1, first)], false)?;
    let seeds = protocol.steps.values().map(|(s, done)| (s.next, done.clone())).collect();
    let done = protocol.follow(seeds, true)?;
    protocol.finish(&open, &done)
}

impl<'c, 'a> Protocol<'_, 'c, 'a> {
    /// Follows one of the states everywhere it gets.
    fn follow(&mut self, seeds: Vec<(usize, State)>, done: bool) -> Option<BTreeMap<usize, State>> {
        let mut states: BTreeMap<usize, State> = BTreeMap::new();
        let mut work: Vec<usize> = Vec::new();
        let arrive = |states: &mut BTreeMap<usize, State>, work: &mut Vec<usize>, at: usize, state: State| {
            let changed = match states.get_mut(&at) {
                Some(known) => known.meet(&state),
                None => {
                    states.insert(at, state);
                    true
                }
            };
            if changed {
                work.push(at);
            }
        };
        for (at, state) in seeds {
            arrive(&mut states, &mut work, at, state);
        }
        while let Some(at) = work.pop() {
            self.visits = self.visits.checked_sub(1)?;
            let state = states.get(&at)?.clone();
            for (next, state) in self.go(at, &state, done)? {
                arrive(&mut states, &mut work, next, state);
            }
        }
        Some(states)
    }

    fn go(&mut self, at: usize, state: &State, done: bool) -> Option<Vec<(usize, State)>> {
        let ins = *self.context.reader.ins(at)?;
        let tests = match ins.op {
            Op::Lda => state.get(ins.regs[0]),
            Op::Istrue | Op::Isfalse | Op::CallruntimeIstrue | Op::CallruntimeIsfalse => state.acc(),
            _ => Sym::Unknown,
        };
        let tests = if done { tests == Sym::Done(true) } else { matches!(tests, Sym::Bool(false) | Sym::Done(false)) };
        if tests {
            let protocol = if done { self.done(at, state) } else { self.open(at, state) };
            if let Some(next) = protocol {
                return Some(next);
            }
        }
        self.other(at, &ins, state, done)
    }

    // ---- Parts of the protocol, while the iterator is not done -------------------------------------------------------------

    fn open(&mut self, at: usize, state: &State) -> Option<Vec<(usize, State)>> {
        if let Some((next, after)) = self.element(at, state) {
            return Some(after.map(|a| (next, a)).into_iter().collect());
        }
        self.end(at, state)?;
        Some(vec![])
    }

    fn run(&self, at: usize, state: &State) -> Run<'_, 'c, 'a> {
        Run::with(&self.context.reader, at, state.acc(), state.registers.clone())
    }

    /// Notes that the protocol throws at an instruction; gives the handler of the step.
    fn throws(&mut self, run: &Run<'_, 'c, 'a>, visited: &mut BTreeSet<usize>) -> Option<usize> {
        let context = self.context;
        let own = context.handler(run.at)?;
        let mut caught = Run::with(&context.reader, own, Sym::Thrown, run.registers.clone());
        caught.rethrow()?;
        let outer = context.handler(caught.at)?;
        if outer == own || *self.handler.get_or_insert(outer) != outer {
            return None;
        }
        self.covered.insert(caught.at);
        visited.extend(caught.visited.iter().copied());
        visited.insert(caught.at);
        self.caught(State { registers: caught.registers, acc: None }, true);
        Some(own)
    }

    fn caught(&mut self, mut state: State, done: bool) {
        flagged(&mut state, done);
        match &mut self.thrown[usize::from(done)] {
            Some(known) => {
                known.meet(&state);
            }
            empty => *empty = Some(state),
        }
    }

    /// Recognises a step; gives where the code goes on, and with what when the iterator is not done then.
    fn element(&mut self, at: usize, state: &State) -> Option<(usize, Option<State>)> {
        let context = self.context;
        let reader = &context.reader;
        let (mut visited, mut handlers) = (BTreeSet::new(), BTreeSet::new());
        let mut run = Run::with(reader, at, state.acc(), state.registers.clone());
        let already = already(reader, &mut run)?;
        run.until(|r, ins, _| ins.op == Op::Callthis0 && r.acc == Sym::Next && r.get(ins.regs[0]) == Sym::Iterator)?;
        let iterator = reader.ins(run.at)?.regs[0];
        if state.get(iterator) != Sym::Iterator {
            return None;
        }
        handlers.insert(self.throws(&run, &mut visited)?);
        run.pass(Sym::Result);
        run.until(|r, ins, _| ins.op == Op::ThrowIfnotobject && r.get(ins.regs[0]) == Sym::Result)?;
        handlers.insert(self.throws(&run, &mut visited)?);
        let acc = run.acc;
        run.pass(acc);
        run.until(|r, _, at| r.acc == Sym::Result && reader.loads(at, "done"))?;
        handlers.insert(self.throws(&run, &mut visited)?);
        let mut over = run.clone();
        over.pass(Sym::Done(true));
        run.pass(Sym::Done(false));
        run.until(|r, _, at| r.acc == Sym::Result && reader.loads(at, "value"))?;
        handlers.insert(self.throws(&run, &mut visited)?);
        run.pass(Sym::Value);
        branch(reader, &mut over)?;
        let on = straight(reader, run.clone());
        let out = straight(reader, over.clone());
        let meeting = on.iter().find(|at| out.contains(at)).copied();
        let (next, rest) = match meeting {
            Some(next) => (next, None),
            None => {
                let array = self.fills(&mut run, at, state)?;
                let already = straight(reader, already);
                (out.iter().find(|at| already.contains(at)).copied()?, Some(array))
            }
        };
        if rest.is_none() {
            advance(reader, &mut run, next)?;
        }
        advance(reader, &mut over, next)?;
        visited.extend(run.visited.iter().chain(&over.visited).copied());
        let mut written: BTreeSet<u16> = run.written.union(&over.written).copied().collect();
        if let Some(array) = rest {
            written.remove(&array);
        }
        let stores: Vec<u16> = written
            .iter()
            .copied()
            .filter(|&r| rest.is_none() && run.written.contains(&r) && run.get(r) == Sym::Value)
            .collect();
        let value = rest.is_none() && run.acc == Sym::Value;
        let step = Step { at, iterator, stores, rest, next, visited, handlers, written, value };
        let done = after(&step, state, &over);
        let open = rest.is_none().then(|| still(&step, state, &run));
        self.steps.insert(at, (step, done));
        Some((next, open))
    }

    /// Goes on to where the value has been put behind the end of an array; gives the register of the array.
    fn fills(&mut self, run: &mut Run<'_, 'c, 'a>, head: usize, before: &State) -> Option<u16> {
        let reader = &self.context.reader;
        let last = straight(reader, run.clone()).last().copied()?;
        advance(reader, run, last)?;
        let ins = *reader.ins(last)?;
        let (array, index) = match ins.op {
            Op::Stobjbyvalue | Op::Stownbyvalue if run.acc == Sym::Value => (ins.regs[0], ins.regs[1]),
            _ => return None,
        };
        if before.get(array) != Sym::Fresh || run.get(array) != Sym::Fresh || before.get(index) != Sym::Int(0) {
            return None;
        }
        if run.get(index) != Sym::Int(0) {
            return None;
        }
        let state = State { registers: run.registers.clone(), acc: None };
        if self.context.handler(last)? != self.handler? {
            return None;
        }
        self.covered.insert(last);
        self.caught(state, false);
        run.pass(Sym::Unknown);
        let mut back = None;
        loop {
            if run.at == head {
                // What stands before the head of the loop is also the way into it.
                run.visited.truncate(back.unwrap_or(run.visited.len()));
                return (run.get(index) == Sym::Int(1)).then_some(array);
            }
            let ins = *reader.ins(run.at)?;
            match ins.op {
                Op::Ldai => run.pass(Sym::Int(ins.imm[0])),
                Op::Inc | Op::Tonumeric | Op::Add2 => {
                    let by = match ins.op {
                        Op::Inc => 1,
                        Op::Tonumeric => 0,
                        _ => match run.get(ins.regs[0]) {
                            Sym::Int(n @ 0..=1) => n,
                            Sym::Unknown => self.context.constant(ins.regs[0], self.start)?,
                            _ => return None,
                        },
                    };
                    let Sym::Int(n @ 0..=1) = run.acc else { return None };
                    run.pass(Sym::Int(n + by));
                }
                Op::Nop | Op::Jmp | Op::Mov | Op::Lda | Op::Sta => {
                    run.step(&ins)?;
                    if ins.op == Op::Jmp {
                        back = Some(run.visited.len());
                    }
                }
                _ => return None,
            }
        }
    }

    /// Recognises the closing of the iterator.
    fn end(&mut self, at: usize, state: &State) -> Option<()> {
        let reader = &self.context.reader;
        // What nobody knows stands for itself: the ways copy variables of the source, and must do so alike.
        let mut run = self.run(at, state);
        run.registers.retain(|_, s| *s != Sym::Unknown);
        run.symbolic = true;
        let already = already(reader, &mut run)?;
        run.until(|r, _, at| r.acc == Sym::Iterator && reader.loads(at, "return"))?;
        let mut without = reader.returns(&mut run)?;
        let iterator = reader.ins(run.at)?.regs[0];
        if state.get(iterator) != Sym::Iterator {
            return None;
        }
        let mut failed = run.clone();
        run.pass(Sym::Result);
        run.until(|r, ins, _| ins.op == Op::ThrowIfnotobject && r.get(ins.regs[0]) == Sym::Result)?;
        run.pass(Sym::Gone);
        let complains = run.at - 1;
        failed.at = reader.index(i64::from(reader.handler(failed.at)?))?;
        failed.acc = Sym::Thrown;
        failed.rethrow()?;
        let outer = self.context.handler(at);
        if self.context.handler(failed.at) != outer || self.context.handler(complains) != outer {
            return None;
        }
        let (on, out) = (straight(reader, run.clone()), straight(reader, without.clone()));
        let mut already = if self.steps.is_empty() { without.clone() } else { already };
        let to = already.at;
        let past = straight(reader, already.clone());
        let next = on.iter().find(|at| out.contains(at) && past.contains(at)).copied()?;
        advance(reader, &mut run, next)?;
        advance(reader, &mut without, next)?;
        advance(reader, &mut already, next)?;
        let mut written = run.written.clone();
        written.extend(without.written.iter().chain(&already.written));
        written.retain(|&r| {
            let copied = already.get(r);
            let known = matches!(copied, Sym::Register(_) | Sym::Undefined);
            !known || run.get(r) != copied || without.get(r) != copied
        });
        self.ends.insert(at, (End { at, iterator: Some(iterator), to, next }, written, failed.written));
        Some(())
    }

    // ---- The same when the iterator is done --------------------------------------------------------------------------------

    fn done(&mut self, at: usize, state: &State) -> Option<Vec<(usize, State)>> {
        let reader = &self.context.reader;
        let mut run = self.run(at, state);
        branch(reader, &mut run)?;
        if let Some((step, _)) = self.steps.get(&at) {
            let step = step.clone();
            if state.get(step.iterator) != Sym::Iterator {
                return None;
            }
            advance(reader, &mut run, step.next)?;
            let mut state = state.clone();
            for &r in &run.written {
                state.registers.insert(r, run.get(r));
            }
            let written: BTreeSet<u16> = run.written.union(&step.written).copied().collect();
            let visited = run.visited.clone();
            let state = after(&Step { written, ..step.clone() }, &state, &run);
            self.steps.get_mut(&at)?.0.visited.extend(visited);
            return Some(vec![(step.next, state)]);
        }
        if let Some((end, ..)) = self.ends.get(&at) {
            let next = end.next;
            if end.iterator.is_some_and(|r| state.get(r) != Sym::Iterator) {
                return None;
            }
            advance(reader, &mut run, next)?;
            return Some(vec![]);
        }
        // Nothing is left to close.
        let end = End { at, iterator: None, to: run.at, next: run.at };
        let written = run.written;
        self.ends.insert(at, (end, written, BTreeSet::new()));
        Some(vec![])
    }

    // ---- What the source does in between -----------------------------------------------------------------------------------

    fn other(&mut self, at: usize, ins: &Instruction, state: &State, done: bool) -> Option<Vec<(usize, State)>> {
        let copies = matches!(ins.op, Op::Nop | Op::Lda | Op::Sta | Op::Mov);
        let mut state = state.clone();
        if !done
            && state.acc() == Sym::Iterator
            && self.load.is_none_or(|l| l == at)
            && self.context.reader.loads(at, "next")
        {
            self.load = Some(at);
            state.acc = Some(Sym::Next);
            return Some(vec![(at + 1, state)]);
        }
        let mut looks = false;
        if !copies {
            webs::reads(ins, ACC, |r| {
                looks |= tainted(u16::try_from(r).map_or_else(|_| state.acc(), |r| state.get(r)));
            });
        }
        if looks || ins.op.flow() == Flow::Return {
            return None;
        }
        let mut next = Vec::new();
        if !quiet(ins.op) {
            // Before `next` has been read nothing else may happen.
            self.load?;
            let handler = self.context.handler(at)?;
            let closes = *self.handler.get_or_insert(handler);
            if handler == closes {
                self.covered.insert(at);
                self.caught(State { acc: None, ..state.clone() }, done);
            } else if self.context.covers(closes, at) {
                next.push((handler, State { acc: Some(Sym::Unknown), ..state.clone() }));
            } else {
                return None;
            }
        }
        if ins.op.flow() == Flow::Throw {
            return Some(next);
        }
        let acc = state.acc();
        let reg = |i: usize| state.get(ins.regs[i]);
        let result = match ins.op {
            Op::Sta | Op::Mov | Op::Nop => None,
            Op::Lda => Some(reg(0)),
            Op::Ldundefined => Some(Sym::Undefined),
            Op::Ldtrue => Some(Sym::Bool(true)),
            Op::Ldfalse => Some(Sym::Bool(false)),
            Op::Ldai => Some(Sym::Int(ins.imm[0])),
            Op::Createemptyarray => Some(Sym::Fresh),
            Op::Stricteq | Op::Strictnoteq if reg(0) == Sym::Undefined && acc == Sym::Undefined => {
                Some(Sym::Bool(ins.op == Op::Stricteq))
            }
            Op::Istrue | Op::CallruntimeIstrue if matches!(acc, Sym::Bool(_)) => Some(acc),
            _ => webs::write(ins, ACC).map(|_| Sym::Unknown),
        };
        match ins.op {
            Op::Sta => {
                state.registers.insert(ins.regs[0], acc);
            }
            Op::Mov => {
                let value = state.get(ins.regs[1]);
                state.registers.insert(ins.regs[0], value);
            }
            _ => state.acc = Some(result.unwrap_or(acc)),
        }
        match (ins.op.flow(), ins.op, acc) {
            (Flow::Jump, ..) => next.push((self.context.reader.target(at)?, state)),
            (Flow::Branch, Op::Jeqz | Op::Jnez, Sym::Bool(b)) => {
                let taken = b == (ins.op == Op::Jnez);
                next.push((if taken { self.context.reader.target(at)? } else { at + 1 }, state));
            }
            (Flow::Branch, ..) => {
                next.push((self.context.reader.target(at)?, state.clone()));
                next.push((at + 1, state));
            }
            _ => next.push((at + 1, state)),
        }
        Some(next)
    }

    // ---- The whole ----------------------------------------------------------------------------------------------------------

    fn finish(mut self, open: &BTreeMap<usize, State>, done: &BTreeMap<usize, State>) -> Option<Pattern> {
        let (start, load) = (self.start, self.load?);
        let context = self.context;
        if self.ends.len() != 1 || context.handler(load) != context.handler(start) {
            return None;
        }
        let (_, (end, written, failing)) = self.ends.pop_first()?;
        let mut gone: BTreeSet<u16> = written;
        for states in [open, done] {
            gone.extend(states.get(&end.at).into_iter().flat_map(State::gone));
        }
        let mut dead = vec![(end.next, gone.iter().copied().collect())];
        if let Some(outer) = context.handler(end.at) {
            gone.extend(failing);
            dead.push((outer, gone.into_iter().collect()));
        }
        // Control gets to the parts of a pattern from its beginning only.
        let seeds = [Some(0), Some(end.next), context.handler(end.at), self.handler.and_then(|h| context.handler(h))];
        let reached = context.reached_from(seeds.into_iter().flatten(), start);
        let elsewhere = |i: usize| reached.get(i) != Some(&false);
        let parts = self.steps.keys().copied().chain([load, end.at]).chain(self.handler);
        if parts.into_iter().any(elsewhere) {
            return None;
        }
        let mut handler = None;
        if let Some(h) = self.handler {
            let (register, mut gone) = self.closes(h)?;
            handler = Some((h, register));
            // The handler gets exceptions of nothing else; what was not followed cannot be reached.
            let ins = |i: usize| context.reader.ins(i).is_some_and(|ins| !quiet(ins.op));
            let own: BTreeSet<usize> = self.steps.values().flat_map(|(s, _)| s.visited.iter().copied()).collect();
            let known = |i: usize| !ins(i) || self.covered.contains(&i) || own.contains(&i);
            if context.all_of(h).any(|i| !known(i) && elsewhere(i)) {
                return None;
            }
            if let Some(outer) = context.handler(h) {
                gone.extend(self.thrown.iter().flatten().flat_map(State::gone));
                dead.push((outer, gone.into_iter().collect()));
            }
        } else if !self.steps.is_empty() {
            return None;
        }
        let steps = self.steps.into_values().map(|(s, _)| s).collect();
        Some(Pattern { start, load, steps, end, handler, dead })
    }

    /// Whether the handler at `at` closes the iterator that is not done, swallows what that throws, and throws its
    /// exception again. Gives the register of the iterator, and registers that it writes.
    fn closes(&self, at: usize) -> Option<(u16, BTreeSet<u16>)> {
        let reader = &self.context.reader;
        let mut written = BTreeSet::new();
        if let Some(state) = &self.thrown[1] {
            let mut run = Run::with(reader, at, Sym::Thrown, state.registers.clone());
            run.rethrow()?;
            if self.context.handler(run.at) != self.context.handler(at) {
                return None;
            }
            written.append(&mut run.written);
        }
        let state = self.thrown[0].as_ref();
        let Some(state) = state else {
            // Nothing is thrown while there is something to close: any register will do.
            let known = self.thrown[1].as_ref()?.registers.iter().find(|(_, s)| **s == Sym::Iterator)?;
            return Some((*known.0, written));
        };
        let mut run = Run::with(reader, at, Sym::Thrown, state.registers.clone());
        run.until(|r, _, at| r.acc == Sym::Iterator && reader.loads(at, "return"))?;
        let mut without = reader.returns(&mut run)?;
        let iterator = reader.ins(run.at)?.regs[0];
        let holds = |s: &Option<State>| s.as_ref().is_none_or(|s| s.get(iterator) == Sym::Iterator);
        if !self.thrown.iter().all(holds) {
            return None;
        }
        // The register that the steps use, rather than a copy for the handler.
        let own = self.steps.values().next().map(|(s, _)| s.iterator);
        let holds_own = |r: &u16| self.thrown.iter().flatten().all(|s| s.get(*r) == Sym::Iterator);
        let iterator = own.filter(holds_own).unwrap_or(iterator);
        let mut failed = run.clone();
        run.pass(Sym::Result);
        failed.at = reader.index(i64::from(reader.handler(failed.at)?))?;
        failed.acc = Sym::Unknown;
        for run in [&mut run, &mut without, &mut failed] {
            run.rethrow()?;
            if self.context.handler(run.at) != self.context.handler(at) {
                return None;
            }
            written.append(&mut run.written);
        }
        Some((iterator, written))
    }
}
