//! Array destructuring: the protocol that the code spells out for `[a, , b = 1, ...c] = x` becomes five pseudo-instructions.
//!
//! ```text
//! open: get the iterator and its `next`         (the `getiterator`)
//! take: the next value, or undefined            (each element)
//! fill: all further values into an array        (the rest)
//! drop: close the iterator for an exception     (in the handler of the whole pattern)
//! end:  close the iterator                      (behind the last element)
//! ```
//!
//! Each stands for helper calls that do exactly what the code did, whatever the code between them does. Where that is
//! nothing but what a pattern can say, `passes/destructure.rs` makes a pattern of it.

mod flow;
mod state;

use crate::cfg::{self, Cfg, KnownModes};
use crate::for_of::shape::Reader;
use crate::for_of::{Starts, drop_copies, liveness, replace};
use concord_abi::abc::{AbcFile, Code};
use concord_abi::isa::{Flow, Instruction, Op};
use flow::Pattern;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Marks `getiterator` as the beginning of a pattern.
pub const OPEN: i64 = i64::MIN + 1;
/// Mark `getnextpropname` as what happens to the iterator in the register.
pub const TAKE: i64 = i64::MIN + 2;
pub const FILL: i64 = i64::MIN + 3;
pub const END: i64 = i64::MIN + 4;
pub const DROP: i64 = i64::MIN + 5;
/// Instructions times exception regions that are looked at in one function.
const WORK: usize = 1 << 23;
/// Attempts to find a set of patterns that all pass.
const ROUNDS: usize = 4;

/// The helper of a pseudo-instruction.
pub fn helper(ins: &Instruction) -> Option<&'static str> {
    match (ins.op, ins.imm[0]) {
        (Op::Getiterator, OPEN) => Some("pattern"),
        (Op::Getnextpropname, TAKE) => Some("patternTake"),
        (Op::Getnextpropname, FILL) => Some("patternFill"),
        (Op::Getnextpropname, END) => Some("patternEnd"),
        (Op::Getnextpropname, DROP) => Some("patternDrop"),
        _ => None,
    }
}

/// What is known about the code of one method.
struct Context<'c, 'a> {
    reader: Reader<'c, 'a>,
    /// The innermost handler of each instruction.
    innermost: Vec<Option<usize>>,
    /// Jumps by their targets.
    jumps: FxHashMap<usize, Vec<usize>>,
    /// Instructions that control may come to.
    reached: Vec<bool>,
}

impl<'c, 'a> Context<'c, 'a> {
    fn new(file: &'c AbcFile<'a>, code: &'c Code) -> Self {
        let reader = Reader { file, code };
        let innermost = innermost(code);
        let mut jumps: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for at in 0..code.instructions.len() {
            if let Some(to) = reader.target(at) {
                jumps.entry(to).or_default().push(at);
            }
        }
        let reached = reached(&reader, &innermost, vec![0], None);
        Context { reader, innermost, jumps, reached }
    }
    fn handler(&self, at: usize) -> Option<usize> {
        self.innermost.get(at).copied().flatten()
    }
    /// Instructions that control may come to from others, without going over one.
    fn reached_from(&self, seeds: impl Iterator<Item = usize>, but: usize) -> Vec<bool> {
        reached(&self.reader, &self.innermost, seeds.collect(), Some(but))
    }
    /// Whether an exception of the instruction may come to a handler, inner ones aside.
    fn covers(&self, handler: usize, at: usize) -> bool {
        let (Some(ins), Some(h)) = (self.reader.ins(at), self.reader.ins(handler)) else { return false };
        self.reader.code.tries.iter().any(|t| t.handler == h.pc && t.start <= ins.pc && ins.pc < t.end)
    }
    /// The small integer that a register holds at an instruction because nothing else is ever put there.
    fn constant(&self, register: u16, at: usize) -> Option<i64> {
        let writes = |i: &Instruction| matches!(i.op, Op::Sta | Op::Mov) && i.regs[0] == register;
        let mut all = self.reader.code.instructions.iter().enumerate().filter(|(_, i)| writes(i));
        let (put, ins) = all.next()?;
        let loaded = self.reader.ins(put.checked_sub(1)?)?;
        let known =
            all.next().is_none() && ins.op == Op::Sta && loaded.op == Op::Ldai && !self.jumps.contains_key(&put);
        let first = register >= u16::try_from(self.reader.code.registers).unwrap_or(u16::MAX);
        let comes_first = self.reached_from([0].into_iter(), put).get(at) == Some(&false);
        (known && !first && comes_first).then_some(loaded.imm[0]).filter(|n| (0..=1).contains(n))
    }
    /// Instructions whose exceptions a handler gets.
    fn all_of(&self, handler: usize) -> impl Iterator<Item = usize> + '_ {
        let mine = move |i: &usize| self.handler(*i) == Some(handler) && self.reached.get(*i) == Some(&true);
        (0..self.innermost.len()).filter(mine)
    }
    /// Whether control comes into a set of instructions by its first one only.
    fn closed(&self, set: &BTreeSet<usize>, first: usize) -> bool {
        set.iter().filter(|&&at| at != first).all(|&at| {
            let falls = at.checked_sub(1).and_then(|b| self.reader.ins(b)).is_none_or(|before| {
                let leaves = matches!(before.op.flow(), Flow::Jump | Flow::Return | Flow::Throw);
                leaves || self.reached.get(at - 1) != Some(&true) || set.contains(&(at - 1))
            });
            let here = |f: &usize| set.contains(f) || self.reached.get(*f) != Some(&true);
            falls && self.jumps.get(&at).is_none_or(|from| from.iter().all(here))
        })
    }
}

fn reached(
    reader: &Reader<'_, '_>,
    innermost: &[Option<usize>],
    mut work: Vec<usize>,
    but: Option<usize>,
) -> Vec<bool> {
    let mut out = vec![false; innermost.len()];
    while let Some(at) = work.pop() {
        match out.get_mut(at) {
            Some(slot) if !*slot && but != Some(at) => *slot = true,
            _ => continue,
        }
        let Some(ins) = reader.ins(at) else { continue };
        work.extend(reader.target(at));
        if !cfg::cannot_throw(ins.op) {
            work.extend(innermost.get(at).copied().flatten());
        }
        if !matches!(ins.op.flow(), Flow::Jump | Flow::Return | Flow::Throw) {
            work.push(at + 1);
        }
    }
    out
}

fn innermost(code: &Code) -> Vec<Option<usize>> {
    let mut out = vec![None; code.instructions.len()];
    let index = |pc: u32| code.instructions.partition_point(|i| i.pc < pc);
    for t in &code.tries {
        let handler = code.instructions.binary_search_by_key(&t.handler, |i| i.pc).ok();
        let (first, last) = (index(t.start), index(t.end));
        for slot in out.get_mut(first..last).unwrap_or_default() {
            if slot.is_none() {
                *slot = handler;
            }
        }
    }
    out
}

/// Code with the pseudo-instructions where that is right.
pub fn rewrite(file: &AbcFile<'_>, code: Code, modes: &dyn Fn(&Code) -> KnownModes) -> Code {
    let starts: Vec<usize> =
        code.instructions.iter().enumerate().filter(|(_, i)| i.op == Op::Getiterator).map(|(i, _)| i).collect();
    let work = code.instructions.len().saturating_mul(code.tries.len() + starts.len());
    if starts.is_empty() || work > WORK {
        return code;
    }
    let context = Context::new(file, &code);
    let mut patterns: Vec<Pattern> =
        starts.iter().filter_map(|&at| flow::pattern(&context, at)).filter(|p| fits(&context, p).is_some()).collect();
    for _ in 0..ROUNDS {
        if patterns.is_empty() {
            break;
        }
        let mut new = code.clone();
        patterns.iter().for_each(|p| apply(&mut new, p));
        let graph = cfg::build(&new, &modes(&new), true);
        drop_copies(&mut new, &graph, patterns.iter().flat_map(|p| p.dead.iter().flat_map(|d| d.1.iter().copied())));
        let before = patterns.len();
        keep(&mut patterns, &new, &graph, &context);
        if patterns.len() == before {
            return new;
        }
    }
    code
}

/// Keeps the patterns that leave nothing behind that somebody needs.
fn keep(patterns: &mut Vec<Pattern>, new: &Code, graph: &Cfg, context: &Context<'_, '_>) {
    let live = liveness(new, graph);
    let blocks = Starts::new(graph);
    let handlers = innermost(new);
    let handler = |at: usize| handlers.get(at).copied().flatten();
    patterns.retain(|p| {
        let dead = p.dead.iter().all(|(at, registers)| {
            blocks
                .starting(*at)
                .is_some_and(|b| !graph.blocks[b as usize].live || !registers.iter().any(|&r| live.at(b, u32::from(r))))
        });
        let acc = blocks.starting(p.end.next).is_some_and(|b| !graph.blocks[b as usize].live || !live.at(b, live.acc));
        let closes = p.handler.map(|h| h.0);
        dead && acc
            && p.steps.iter().all(|s| handler(s.at) == closes)
            && handler(p.end.at) == context.handler(p.end.at)
            && closes.is_none_or(|h| (h..=h + 3).all(|at| handler(at) == context.handler(h)))
    });
}

/// Instructions that a step needs: itself, the stores and a jump.
fn slots(step: &flow::Step) -> std::ops::RangeInclusive<usize> {
    step.at..=step.at + step.stores.len() + 1
}

/// Whether the pseudo-instructions have room and nobody jumps between them.
fn fits(context: &Context<'_, '_>, p: &Pattern) -> Option<()> {
    let code = context.reader.code;
    let free = |at: usize| at < code.instructions.len() && !context.jumps.contains_key(&at);
    for s in &p.steps {
        let room = slots(s).all(|at| s.visited.contains(&at));
        if !room || !context.closed(&s.visited, s.at) {
            return None;
        }
        for t in &code.tries {
            let handler = context.reader.index(i64::from(t.handler));
            let entered = handler.is_some_and(|h| s.visited.contains(&h));
            if !entered {
                continue;
            }
            if !handler.is_some_and(|h| s.handlers.contains(&h)) {
                return None;
            }
            let first = code.instructions.partition_point(|i| i.pc < t.start);
            let last = code.instructions.partition_point(|i| i.pc < t.end);
            let throws = |at: usize| code.instructions.get(at).is_some_and(|i| !cfg::cannot_throw(i.op));
            if (first..last.max(first)).any(|at| throws(at) && !s.visited.contains(&at)) {
                return None;
            }
        }
    }
    let end_is_free = free(p.end.at + 1);
    let handler_is_free = p.handler.is_none_or(|(h, _)| {
        context.reader.ins(h).is_some_and(|i| i.op == Op::Sta)
            && !context.jumps.contains_key(&h)
            && (h + 1..=h + 3).all(free)
            && h.checked_sub(1)
                .and_then(|b| context.reader.ins(b))
                .is_some_and(|b| matches!(b.op.flow(), Flow::Jump | Flow::Return | Flow::Throw))
    });
    (end_is_free && handler_is_free).then_some(())
}

fn set(ins: &mut Instruction, op: Op, imm: Option<i64>, regs: &[u16]) {
    replace(ins, op);
    if let Some(imm) = imm {
        ins.counts[0] = 1;
        ins.imm[0] = imm;
    }
    for (slot, r) in ins.regs.iter_mut().zip(regs) {
        *slot = *r;
    }
    ins.counts[1] = regs.len() as u8;
}

fn apply(code: &mut Code, p: &Pattern) {
    let pc = |code: &Code, at: usize| code.instructions.get(at).map_or(0, |i| i64::from(i.pc));
    let put = |code: &mut Code, at: usize, op: Op, imm: Option<i64>, regs: &[u16]| {
        if let Some(ins) = code.instructions.get_mut(at) {
            set(ins, op, imm, regs);
        }
    };
    put(code, p.start, Op::Getiterator, Some(OPEN), &[]);
    put(code, p.load, Op::Nop, None, &[]);
    let mut handlers: BTreeSet<u32> = BTreeSet::new();
    for s in &p.steps {
        handlers.extend(s.handlers.iter().filter_map(|&h| code.instructions.get(h)).map(|i| i.pc));
        for &at in &s.visited {
            put(code, at, Op::Nop, None, &[]);
        }
        match s.rest {
            Some(array) => put(code, s.at, Op::Getnextpropname, Some(FILL), &[s.iterator, array]),
            None => put(code, s.at, Op::Getnextpropname, Some(TAKE), &[s.iterator]),
        }
        let mut at = s.at + 1;
        for &r in &s.stores {
            put(code, at, Op::Sta, None, &[r]);
            at += 1;
        }
        if s.next < at || !(at..s.next).all(|i| s.visited.contains(&i)) {
            let to = pc(code, s.next);
            put(code, at, Op::Jmp, Some(to), &[]);
        }
    }
    match p.end.iterator {
        Some(r) => put(code, p.end.at, Op::Getnextpropname, Some(END), &[r]),
        None => put(code, p.end.at, Op::Nop, None, &[]),
    }
    let to = pc(code, p.end.to);
    put(code, p.end.at + 1, Op::Jmp, Some(to), &[]);
    if let Some((h, register)) = p.handler {
        let exception = code.instructions.get(h).map_or(0, |i| i.regs[0]);
        put(code, h + 1, Op::Getnextpropname, Some(DROP), &[register]);
        put(code, h + 2, Op::Lda, None, &[exception]);
        put(code, h + 3, Op::Throw, None, &[]);
        // The exception takes the place of the iterator.
        if exception == register {
            put(code, h + 1, Op::Nop, None, &[]);
        }
    }
    code.tries.retain(|t| !handlers.contains(&t.handler));
}
