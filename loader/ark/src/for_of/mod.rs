//! Native `for (… of …)` where the code does exactly what the language does.
//!
//! Loops are recognised in the code and rewritten there, before the graph is built: the protocol calls become one
//! pseudo-instruction in the header, early exits become plain jumps, and the region that closes the iterator goes away.
//! Then the plan of the text is looked at: control must not leave the text of a loop but where the iterator was closed
//! in the code, and nothing that can be observed may have moved across the closing. Loops that fail keep the calls.

pub(crate) mod shape;

use crate::ast::{Expr, Stmt, UnOp, Var};
use crate::cfg::{self, BlockId, Cfg, KnownModes};
use crate::structure::{self, BlockCode, Plan};
use crate::webs;
use concord_abi::abc::{AbcFile, Code};
use concord_abi::isa::{Flow, Instruction, Op};
use rustc_hash::{FxHashMap, FxHashSet};
use shape::{Reader, Shape};
use std::collections::BTreeMap;

/// Marks `getnextpropname` as the pseudo-instruction `acc ← next value of the iterable in the register, or leave`.
pub const MARK: i64 = i64::MIN;
/// The helper name of the pseudo-instruction until the loop is written.
pub const NEXT: &str = "forOf";
/// Attempts to find a set of loops that all pass, before the function keeps the protocol.
const ROUNDS: usize = 5;
/// Blocks times loops that are looked at in one function.
const WORK: usize = 1 << 22;

/// A loop to be written natively.
#[derive(Debug, Clone)]
pub struct Loop {
    /// Where control goes when the iterator is done.
    pub exit: BlockId,
    /// Where blocks stand that do not lead back to the header.
    pub places: Vec<Place>,
}

/// Where the text of a block stands with regard to a loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Inside,
    Outside,
    Either,
}

/// Native loops of a function by header.
pub type Loops = FxHashMap<BlockId, Loop>;

/// Code and graph of a function, with native loops where that is right.
pub fn recover(file: &AbcFile<'_>, code: Code, modes: &dyn Fn(&Code) -> KnownModes) -> (Code, KnownModes, Cfg) {
    let code = crate::destructure::rewrite(file, code, modes);
    let reader = Reader { file, code: &code };
    let mut shapes: Vec<Shape> = code
        .instructions
        .iter()
        .enumerate()
        .filter(|(_, i)| i.op == Op::Getiterator && i.imm[0] != crate::destructure::OPEN)
        .filter_map(|(i, _)| reader.shape(i))
        .collect();
    for _ in 0..ROUNDS {
        if shapes.is_empty() || shapes.len().saturating_mul(code.instructions.len()) > WORK {
            break;
        }
        let mut new = rewrite(&code, &shapes);
        let known = modes(&new);
        let mut graph = cfg::build(&new, &known, true);
        drop_copies(&mut new, &graph, shapes.iter().flat_map(|s| [s.iterator, s.next, s.flag]));
        let blocks = Starts::new(&graph);
        let live = liveness(&new, &graph);
        let before = shapes.len();
        shapes.retain(|s| registers_die(s, &new, &blocks, &live, &graph));
        if shapes.len() < before {
            continue;
        }
        for s in &shapes {
            if let (Some(h), Some(exit)) = (blocks.starting(s.header), blocks.starting(s.exit))
                && graph.blocks[exit as usize].live
            {
                graph.loops.insert(h, Loop { exit, places: places(s, &new, &graph, exit) });
            }
        }
        let Ok(plan) = structure::plan(&graph) else { break };
        shapes.retain(|s| exact(s, &code, &new, &graph, &plan, &blocks).is_some());
        if shapes.len() == before {
            return (new, known, graph);
        }
    }
    let known = modes(&code);
    let graph = cfg::build(&code, &known, true);
    (code, known, graph)
}

pub(crate) fn replace(ins: &mut Instruction, op: Op) {
    ins.op = op;
    ins.counts = [0; 3];
    ins.imm = [0; 3];
}

fn rewrite(code: &Code, shapes: &[Shape]) -> Code {
    let mut new = code.clone();
    for s in shapes {
        let list = &mut new.instructions;
        for &i in s.setup.iter().chain(&s.rest).chain(&s.load).chain([&s.start, &s.header]) {
            replace(&mut list[i], Op::Nop);
        }
        let call = &mut list[s.call];
        replace(call, Op::Getnextpropname);
        call.counts = [1, 1, 0];
        call.imm[0] = MARK;
        call.regs[0] = s.iterator;
        list[s.store].regs[0] = s.value;
        for c in &s.closes {
            let pc = code.instructions[c.target].pc;
            let jump = &mut list[c.at];
            replace(jump, Op::Jmp);
            jump.counts = [1, 0, 0];
            jump.imm[0] = i64::from(pc);
        }
    }
    new.tries.retain(|t| !shapes.iter().any(|s| s.region.handler == t.handler));
    new
}

/// Blocks by their instructions.
pub(crate) struct Starts {
    first: Vec<(usize, BlockId)>,
}

impl Starts {
    pub(crate) fn new(graph: &Cfg) -> Self {
        let mut first: Vec<(usize, BlockId)> =
            graph.blocks.iter().enumerate().skip(1).map(|(b, block)| (block.first, b as BlockId)).collect();
        first.sort_unstable();
        Starts { first }
    }
    pub(crate) fn starting(&self, index: usize) -> Option<BlockId> {
        self.first.binary_search_by_key(&index, |f| f.0).ok().map(|i| self.first[i].1)
    }
    fn holding(&self, index: usize) -> Option<BlockId> {
        self.first.partition_point(|f| f.0 <= index).checked_sub(1).map(|i| self.first[i].1)
    }
}

/// Registers that some instruction other than a copy needs, at the start of each block. The accumulator is the last.
pub(crate) struct Live {
    words: usize,
    bits: Vec<u64>,
    pub(crate) acc: u32,
}

impl Live {
    pub(crate) fn at(&self, b: BlockId, r: u32) -> bool {
        self.bits[b as usize * self.words + (r >> 6) as usize] >> (r & 63) & 1 != 0
    }
}

pub(crate) fn acc_of(code: &Code) -> u32 {
    code.registers + code.arguments
}

/// Goes backwards over an instruction; returns whether it is a copy that nobody needs.
fn back(ins: &Instruction, acc: u32, row: &mut [u64]) -> bool {
    let get = |row: &[u64], r: u32| row[(r >> 6) as usize] >> (r & 63) & 1 != 0;
    let written = webs::write(ins, acc);
    let needed = written.is_none_or(|w| get(row, w));
    if let Some(w) = written {
        row[(w >> 6) as usize] &= !(1 << (w & 63));
    }
    let copies = matches!(ins.op, Op::Mov | Op::Sta | Op::Lda);
    if copies && !needed {
        return true;
    }
    // The iterator of a native loop is its business alone.
    if ins.op == Op::Getnextpropname && ins.imm[0] == MARK {
        return false;
    }
    webs::reads(ins, acc, |r| {
        if let Some(word) = row.get_mut((r >> 6) as usize) {
            *word |= 1 << (r & 63);
        }
    });
    false
}

pub(crate) fn liveness(code: &Code, graph: &Cfg) -> Live {
    let acc = acc_of(code);
    let words = (acc + 1).div_ceil(64) as usize;
    let mut live = Live { words, bits: vec![0; words * graph.blocks.len()], acc };
    let mut row = vec![0; words];
    loop {
        let mut changed = false;
        for &b in graph.rpo.iter().rev() {
            live_out(graph, &live, b, &mut row);
            let block = &graph.blocks[b as usize];
            let thrown = handler_row(graph, &live, b);
            for ins in code.instructions[block.first..block.last].iter().rev() {
                back(ins, acc, &mut row);
                if !cfg::cannot_throw(ins.op) {
                    add(&mut row, &thrown);
                }
            }
            let own = &mut live.bits[b as usize * words..][..words];
            if own != row.as_slice() {
                own.copy_from_slice(&row);
                changed = true;
            }
        }
        if !changed {
            return live;
        }
    }
}

fn add(row: &mut [u64], other: &[u64]) {
    for (a, b) in row.iter_mut().zip(other) {
        *a |= b;
    }
}

fn live_out(graph: &Cfg, live: &Live, b: BlockId, row: &mut [u64]) {
    row.fill(0);
    for s in graph.blocks[b as usize].successors() {
        add(row, &live.bits[s as usize * live.words..][..live.words]);
    }
}

/// What the handler of a block needs of its registers wherever something may throw.
fn handler_row(graph: &Cfg, live: &Live, b: BlockId) -> Vec<u64> {
    let Some((h, _)) = graph.blocks[b as usize].handler else { return vec![] };
    let mut row = live.bits[h as usize * live.words..][..live.words].to_vec();
    row[(live.acc >> 6) as usize] &= !(1 << (live.acc & 63));
    row
}

/// Removes copies that were made for what is gone now. Writes of the iterator's register inside of the loop are of that
/// kind: a native loop reads it once, right after the store before the loop.
pub(crate) fn drop_copies(code: &mut Code, graph: &Cfg, gone: impl Iterator<Item = u16>) {
    let live = liveness(code, graph);
    let gone: FxHashSet<u16> = gone.collect();
    let mut row = vec![0; live.words];
    for &b in &graph.rpo {
        live_out(graph, &live, b, &mut row);
        let thrown = handler_row(graph, &live, b);
        let block = &graph.blocks[b as usize];
        for index in (block.first..block.last).rev() {
            let ins = code.instructions[index];
            let dead = back(&ins, live.acc, &mut row);
            if dead && ins.op == Op::Mov && ins.registers().iter().any(|r| gone.contains(r)) {
                replace(&mut code.instructions[index], Op::Nop);
            }
            if !cfg::cannot_throw(ins.op) {
                add(&mut row, &thrown);
            }
        }
    }
}

/// Whether nothing needs what the removed instructions used to write.
fn registers_die(s: &Shape, code: &Code, blocks: &Starts, live: &Live, graph: &Cfg) -> bool {
    let dead = |at: usize, registers: &[u16]| {
        blocks
            .starting(at)
            .is_some_and(|b| !graph.blocks[b as usize].live || !registers.iter().any(|&r| live.at(b, u32::from(r))))
    };
    let (Some(h), Some(test)) = (blocks.starting(s.header), blocks.holding(s.test)) else { return false };
    let block = &graph.blocks[h as usize];
    let body = match block.term {
        cfg::Term::Branch(_, body) => body,
        _ => return false,
    };
    // Copies that stay in the header would have to be made by the head of the loop.
    let copies = code.instructions[s.header..=s.test].iter().filter(|i| i.op == Op::Mov).all(|i| {
        let r = u32::from(i.regs[0]);
        !live.at(body, r)
            && blocks.starting(s.exit).is_some_and(|b| !live.at(b, r))
            && block.handler.is_none_or(|(handler, _)| !live.at(handler, r))
    });
    let Some(before) = blocks.holding(s.start) else { return false };
    let entered = &graph.blocks[before as usize];
    let result = s.result == s.value || !live.at(body, u32::from(s.result));
    h == test
        && copies
        && entered.term == cfg::Term::Goto(h)
        && entered.path == block.path
        && block.last == s.test + 1
        && result
        && !live.at(body, live.acc)
        && !live.at(h, live.acc)
        && dead(s.header, &[s.iterator, s.next, s.flag, s.result])
        && dead(s.exit, &[s.iterator, s.next, s.flag, s.result, s.value])
        && blocks.starting(s.exit).is_some_and(|b| !live.at(b, live.acc))
        && s.closes.iter().all(|c| {
            let written: Vec<u16> = c.written.iter().copied().collect();
            [c.target, c.join]
                .iter()
                .all(|&at| dead(at, &written) && blocks.starting(at).is_some_and(|b| !live.at(b, live.acc)))
        })
}

/// Whether an instruction may stand on either side of the closing of an iterator.
fn neutral(op: Op) -> bool {
    !matches!(op, Op::Stlexvar | Op::DeprecatedStlexvar | Op::Ldlexvar) && cfg::cannot_throw(op)
}

fn is_neutral(code: &Code, graph: &Cfg, b: BlockId) -> bool {
    let block = &graph.blocks[b as usize];
    code.instructions[block.first..block.last].iter().all(|i| neutral(i.op))
}

fn covered(s: &Shape, code: &Code, graph: &Cfg, b: BlockId) -> bool {
    let block = &graph.blocks[b as usize];
    code.instructions[block.first..block.last]
        .iter()
        .all(|i| neutral(i.op) || (s.region.start <= i.pc && i.pc < s.region.end))
}

fn places(s: &Shape, code: &Code, graph: &Cfg, exit: BlockId) -> Vec<Place> {
    (0..graph.blocks.len() as BlockId)
        .map(|b| match (is_neutral(code, graph, b), covered(s, code, graph, b)) {
            _ if b == exit => Place::Outside,
            (true, _) => Place::Either,
            (false, true) => Place::Inside,
            (false, false) => Place::Outside,
        })
        .collect()
}

/// Whether the text of the plan does what the code does.
fn exact(s: &Shape, old: &Code, new: &Code, graph: &Cfg, plan: &Plan, blocks: &Starts) -> Option<()> {
    let h = blocks.starting(s.header)?;
    let exit = graph.loops.get(&h)?.exit;
    if !plan.is_loop(h) || plan.inside(exit, h) {
        return None;
    }
    let text = |b: BlockId| plan.reached(b) && plan.inside(b, h);
    let before = blocks.holding(s.start)?;
    if !graph.preds[h as usize].iter().all(|&p| p == before || text(p)) {
        return None;
    }
    for &b in &graph.rpo {
        let neutral = b == h || b == exit || is_neutral(new, graph, b);
        let covered = covered(s, new, graph, b);
        let is_inside = text(b);
        // The load of the value is the only other part between header and region; it is gone.
        if !neutral && covered != is_inside {
            return None;
        }
    }
    let closing: FxHashSet<BlockId> = s.closes.iter().filter_map(|c| blocks.holding(c.at)).collect();
    let start = State {
        closed: false,
        copies: [(s.iterator, s.iterator), (s.next, s.next), (s.flag, s.flag)].into_iter().collect(),
    };
    let mut states: FxHashMap<BlockId, State> = FxHashMap::default();
    states.insert(h, start.clone());
    let mut work = vec![h];
    while let Some(b) = work.pop() {
        let mut state = states.get(&b)?.clone();
        let block = &graph.blocks[b as usize];
        let mut next: Vec<(BlockId, State)> = Vec::new();
        if state.closed && !is_neutral(new, graph, b) {
            return None;
        }
        if !state.closed {
            let mut thrown: Option<State> = None;
            for i in block.first..block.last {
                let was = old.instructions.get(i)?;
                if !cfg::cannot_throw(was.op) {
                    thrown.get_or_insert_with(|| state.clone()).meet(&state);
                }
                state.step(was);
            }
            // What leaves the loop by an exception closes the iterator by itself.
            if let Some((handler, _)) = block.handler.filter(|&(handler, _)| b != h && text(handler)) {
                next.push((handler, thrown.unwrap_or_else(|| state.clone())));
            }
        }
        if closing.contains(&b) {
            if state.closed || !state.keeps(&[s.iterator, s.flag]) {
                return None;
            }
            state = State { closed: true, copies: BTreeMap::new() };
        }
        let throws = block.last > block.first && new.instructions.get(block.last - 1)?.op.flow() == Flow::Throw;
        if block.term == cfg::Term::Exit && !throws && !state.closed {
            return None;
        }
        next.extend(block.successors().filter(|&n| b != h || n != exit).map(|n| (n, state.clone())));
        for (n, state) in next {
            if n == h {
                if state.closed || !state.keeps(&[s.iterator, s.next, s.flag]) {
                    return None;
                }
            } else if !text(n) {
                let closes = || closes_next(b, n, new, graph, &closing);
                if !(state.closed || state.keeps(&[s.iterator, s.flag]) && closes()) {
                    return None;
                }
            } else if let Some(known) = states.get_mut(&n) {
                if known.closed != state.closed {
                    return None;
                }
                if known.meet(&state) {
                    work.push(n);
                }
            } else {
                states.insert(n, state);
                work.push(n);
            }
        }
    }
    Some(())
}

/// What holds at a point of a loop.
#[derive(Debug, Clone)]
struct State {
    /// The iterator was closed.
    closed: bool,
    /// Registers that hold what a register of the protocol held when the loop began.
    copies: BTreeMap<u16, u16>,
}

impl State {
    /// Keeps what holds in both; returns whether anything went.
    fn meet(&mut self, other: &State) -> bool {
        let before = self.copies.len();
        self.copies.retain(|r, from| other.copies.get(r) == Some(from));
        self.copies.len() < before
    }
    fn step(&mut self, ins: &Instruction) {
        let Some(written) = webs::write(ins, u32::MAX).and_then(|w| u16::try_from(w).ok()) else { return };
        let copied = (ins.op == Op::Mov).then(|| self.copies.get(&ins.regs[1]).copied()).flatten();
        match copied {
            Some(from) => self.copies.insert(written, from),
            None => self.copies.remove(&written),
        };
    }
    fn keeps(&self, registers: &[u16]) -> bool {
        registers.iter().all(|r| self.copies.get(r) == Some(r))
    }
}

/// Whether control that leaves the text of a loop from `b` to `n` closes the iterator before anything else happens.
fn closes_next(mut b: BlockId, mut n: BlockId, code: &Code, graph: &Cfg, closing: &FxHashSet<BlockId>) -> bool {
    for _ in 0..16 {
        if graph.preds[n as usize] != [b] || graph.is_handler[n as usize] || !is_neutral(code, graph, n) {
            return false;
        }
        if closing.contains(&n) {
            return true;
        }
        let cfg::Term::Goto(t) = graph.blocks[n as usize].term else { return false };
        (b, n) = (n, t);
    }
    false
}

/// Target and iterable of a native loop, from the code of its header.
pub fn head(code: BlockCode, fresh: &mut dyn FnMut() -> Var) -> Option<(Expr, Expr)> {
    let mut body = code.body.into_iter();
    match (body.next(), body.next()) {
        (None, _) => Some((Expr::Var(fresh()), iterable(code.condition?)?)),
        (Some(Stmt::Expr(Expr::Assign(p), _)), None) if matches!(p.0, Expr::Var(_)) => {
            let (target, next) = *p;
            Some((target, iterable(next)?))
        }
        _ => None,
    }
}

fn iterable(next: Expr) -> Option<Expr> {
    match next {
        Expr::Helper(NEXT, mut operands, _) => operands.pop(),
        Expr::Unary(UnOp::Not, inner) => iterable(*inner),
        _ => None,
    }
}
