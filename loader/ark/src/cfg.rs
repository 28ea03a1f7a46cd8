//! Basic blocks, control edges and exception regions of one method.

use concord_abi::abc::Code;
use concord_abi::isa::{Acc, Flow, Instruction, Op};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Index of a basic block.
pub type BlockId = u32;
/// Index of an exception region path in [`Cfg::paths`]; 0 is "no region".
pub type PathId = u32;

/// Nested regions deeper than this keep only their innermost levels: just the innermost handler has a meaning.
const MAX_REGION_DEPTH: usize = 48;

/// How a block ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// Goes to one block.
    Goto(BlockId),
    /// The last instruction is a conditional jump: taken, not taken.
    Branch(BlockId, BlockId),
    /// The last instruction returns or throws, or code runs off the end.
    Exit,
}

/// A basic block: instructions `first..last`.
#[derive(Debug, Clone)]
pub struct Block {
    /// First instruction index.
    pub first: usize,
    /// One past the last instruction index.
    pub last: usize,
    /// How it ends.
    pub term: Term,
    /// Region path in which the block's text has to stand.
    pub path: PathId,
    /// Block that receives exceptions of this block, and how many lexical environments leave on the way.
    pub handler: Option<(BlockId, u32)>,
    /// Whether any instruction may throw.
    pub throws: bool,
    /// Reachable from the entry.
    pub live: bool,
}

impl Block {
    /// Successors without the handler.
    pub fn successors(&self) -> impl Iterator<Item = BlockId> + use<> {
        let (a, b) = match self.term {
            Term::Goto(a) => (Some(a), None),
            Term::Branch(a, b) => (Some(a), if a == b { None } else { Some(b) }),
            Term::Exit => (None, None),
        };
        a.into_iter().chain(b)
    }
}

/// One level of exception regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Path {
    /// Enclosing level.
    pub parent: PathId,
    /// Handler of this level.
    pub handler: BlockId,
    /// Distance to "no region".
    pub depth: u32,
}

/// Control-flow graph of a method. Block 0 is the entry.
#[derive(Debug, Clone)]
pub struct Cfg {
    /// Blocks in code order.
    pub blocks: Vec<Block>,
    /// Region paths; entry 0 stands for "no region".
    pub paths: Vec<Path>,
    /// Predecessors by normal edges.
    pub preds: Vec<Vec<BlockId>>,
    /// Live blocks in reverse postorder (handlers counted as successors).
    pub rpo: Vec<BlockId>,
    /// Handlers entered by exceptions.
    pub is_handler: Vec<bool>,
    /// Loops to be written as `for (… of …)`.
    pub loops: crate::for_of::Loops,
}

/// What resumption of a suspended frame is known to be at each `getresumemode`: instruction index → mode.
pub type KnownModes = FxHashMap<usize, i64>;

/// Whether an instruction can neither throw nor run foreign code.
pub fn cannot_throw(op: Op) -> bool {
    use Op::*;
    matches!(
        op,
        Lda | Sta
            | Mov
            | Ldai
            | Fldai
            | Ldundefined
            | Ldnull
            | Ldtrue
            | Ldfalse
            | Ldhole
            | Ldnan
            | Ldinfinity
            | LdaStr
            | Nop
            | Jmp
            | Jeqz
            | Jnez
            | Jstricteqz
            | Jnstricteqz
            | Jstricteqnull
            | Jnstricteqnull
            | Jstrictequndefined
            | Jnstrictequndefined
            | Jstricteq
            | Jnstricteq
            | Return
            | Returnundefined
            | Poplexenv
            | DeprecatedPoplexenv
            | DeprecatedLdlexenv
            | Ldlexvar
            | Stlexvar
            | DeprecatedStlexvar
            | Istrue
            | Isfalse
            | CallruntimeIstrue
            | CallruntimeIsfalse
            | Stricteq
            | Strictnoteq
            | Typeof
            | Getresumemode
            | DeprecatedGetresumemode
    )
}

/// Builds the graph. `modes` gives the resume modes that are known, so that branches on them fold away;
/// `drop_rethrow` removes handlers that only throw their exception again.
pub fn build(code: &Code, modes: &KnownModes, drop_rethrow: bool) -> Cfg {
    let instructions = &code.instructions;
    let index_of = |pc: u32| instructions.binary_search_by_key(&pc, |i| i.pc).ok();
    let mut leader = vec![false; instructions.len() + 1];
    leader[0] = true;
    for (i, ins) in instructions.iter().enumerate() {
        match ins.op.flow() {
            Flow::Next => {}
            Flow::Jump | Flow::Branch => {
                if let Some(t) = target(ins).and_then(index_of) {
                    leader[t] = true;
                }
                leader[i + 1] = true;
            }
            Flow::Return | Flow::Throw => leader[i + 1] = true,
        }
    }
    let at_or_after = |pc: u32| instructions.partition_point(|i| i.pc < pc);
    for t in &code.tries {
        leader[at_or_after(t.start)] = true;
        leader[at_or_after(t.end)] = true;
        if let Some(h) = index_of(t.handler) {
            leader[h] = true;
        }
    }
    let mut starts: Vec<usize> = (0..instructions.len()).filter(|&i| leader[i]).collect();
    if starts.is_empty() {
        starts.push(0);
    }
    // Block 0 is an empty entry: nothing jumps to it and no region covers it.
    let block_at = |index: usize| starts.binary_search(&index).ok().map(|b| b as BlockId + 1);
    let mut blocks = Vec::with_capacity(starts.len() + 1);
    blocks.push(Block { first: 0, last: 0, term: Term::Goto(1), path: 0, handler: None, throws: false, live: false });
    for (b, &first) in starts.iter().enumerate() {
        let last = starts.get(b + 1).copied().unwrap_or(instructions.len());
        let next = if b + 1 < starts.len() { Some((b + 2) as BlockId) } else { None };
        let mut throws = false;
        for ins in instructions.get(first..last).unwrap_or_default() {
            throws |= !cannot_throw(ins.op);
        }
        let fall = next.map_or(Term::Exit, Term::Goto);
        let term = match instructions.get(last.wrapping_sub(1)).filter(|_| last > first) {
            None => fall,
            Some(ins) => {
                let taken = target(ins).and_then(index_of).and_then(block_at);
                match ins.op.flow() {
                    Flow::Next => fall,
                    Flow::Jump => taken.map_or(Term::Exit, Term::Goto),
                    Flow::Branch => match (taken, next) {
                        (Some(t), Some(n)) => Term::Branch(t, n),
                        (Some(t), None) => Term::Goto(t),
                        (None, _) => fall,
                    },
                    Flow::Return | Flow::Throw => Term::Exit,
                }
            }
        };
        blocks.push(Block { first, last, term, path: 0, handler: None, throws, live: false });
    }
    fold_modes(instructions, &mut blocks, modes);
    let mut cfg = Cfg {
        blocks,
        paths: vec![Path { parent: 0, handler: 0, depth: 0 }],
        preds: vec![],
        rpo: vec![],
        is_handler: vec![],
        loops: crate::for_of::Loops::default(),
    };
    regions(code, &mut cfg, &block_at, &index_of, drop_rethrow);
    cfg.reach();
    cfg.absorb();
    if cfg.merge_twins(instructions) {
        cfg.reach();
    }
    cfg
}

/// Jump target of an instruction.
pub fn target(ins: &Instruction) -> Option<u32> {
    match ins.op.flow() {
        Flow::Jump | Flow::Branch => u32::try_from(ins.imm[0]).ok(),
        _ => None,
    }
}

/// Folds conditional jumps whose condition compares a known resume mode with a constant.
fn fold_modes(instructions: &[Instruction], blocks: &mut [Block], modes: &KnownModes) {
    if modes.is_empty() {
        return;
    }
    let mut pred_count = vec![0u32; blocks.len()];
    let mut single_pred = vec![0usize; blocks.len()];
    for (i, b) in blocks.iter().enumerate() {
        for s in b.successors() {
            pred_count[s as usize] += 1;
            single_pred[s as usize] = i;
        }
    }
    // Only blocks after a known mode carry facts, so the maps stay tiny.
    let mut out: Vec<FxHashMap<u16, i64>> = vec![FxHashMap::default(); blocks.len()];
    for i in 0..blocks.len() {
        let mut known = match pred_count[i] {
            1 if single_pred[i] < i => out[single_pred[i]].clone(),
            _ => FxHashMap::default(),
        };
        let mut acc: Option<i64> = None;
        let mut acc_is_mode = false;
        for (offset, ins) in instructions[blocks[i].first..blocks[i].last].iter().enumerate() {
            match ins.op {
                Op::Getresumemode | Op::DeprecatedGetresumemode => {
                    acc = modes.get(&(blocks[i].first + offset)).copied();
                    acc_is_mode = acc.is_some();
                }
                Op::Sta => match acc {
                    Some(v) if acc_is_mode => {
                        known.insert(ins.regs[0], v);
                    }
                    _ => {
                        known.remove(&ins.regs[0]);
                    }
                },
                Op::Mov => match known.get(&ins.regs[1]).copied() {
                    Some(v) => {
                        known.insert(ins.regs[0], v);
                    }
                    None => {
                        known.remove(&ins.regs[0]);
                    }
                },
                Op::Lda => {
                    acc = known.get(&ins.regs[0]).copied();
                    acc_is_mode = acc.is_some();
                }
                Op::Ldai => {
                    acc = Some(ins.imm[0]);
                    acc_is_mode = false;
                }
                Op::Eq | Op::Stricteq | Op::Noteq | Op::Strictnoteq => {
                    let same = matches!(ins.op, Op::Eq | Op::Stricteq);
                    acc = match (known.get(&ins.regs[0]), acc) {
                        (Some(a), Some(b)) => Some(i64::from((*a == b) == same)),
                        _ => None,
                    };
                    acc_is_mode = acc.is_some();
                }
                Op::Istrue | Op::CallruntimeIstrue => {}
                Op::Isfalse | Op::CallruntimeIsfalse => acc = acc.map(|v| i64::from(v == 0)),
                Op::Jeqz | Op::Jnez => {
                    if let (Some(v), true, Term::Branch(taken, next)) = (acc, acc_is_mode, blocks[i].term) {
                        let jumps = (v == 0) == (ins.op == Op::Jeqz);
                        blocks[i].term = Term::Goto(if jumps { taken } else { next });
                    }
                }
                op => {
                    if matches!(op.acc(), Acc::Write | Acc::ReadWrite) {
                        acc = None;
                        acc_is_mode = false;
                    }
                }
            }
        }
        out[i] = known;
    }
}

/// Finds the handler and the region path of every block.
fn regions(
    code: &Code,
    cfg: &mut Cfg,
    block_at: &dyn Fn(usize) -> Option<BlockId>,
    index_of: &dyn Fn(u32) -> Option<usize>,
    drop_rethrow: bool,
) {
    let instructions = &code.instructions;
    let count = cfg.blocks.len();
    cfg.is_handler = vec![false; count];
    if code.tries.is_empty() {
        return;
    }
    // Sweep over the blocks in code order with the set of regions that cover the current one, in file order.
    let block_of_pc =
        |pc: u32| 1 + cfg.blocks[1..].partition_point(|b| instructions.get(b.first).is_some_and(|i| i.pc < pc));
    let mut begin: Vec<Vec<usize>> = vec![vec![]; count + 1];
    let mut end: Vec<Vec<usize>> = vec![vec![]; count + 1];
    for (t, region) in code.tries.iter().enumerate() {
        let (s, e) = (block_of_pc(region.start).min(count), block_of_pc(region.end).min(count));
        if s < e {
            begin[s].push(t);
            end[e].push(t);
        }
    }
    let handler_of: Vec<Option<BlockId>> = code.tries.iter().map(|t| index_of(t.handler).and_then(block_at)).collect();
    let mut active = BTreeSet::new();
    // Innermost first.
    let mut chains: Vec<Vec<BlockId>> = Vec::with_capacity(count);
    for b in 0..count {
        for t in &end[b] {
            active.remove(t);
        }
        for t in &begin[b] {
            active.insert(*t);
        }
        let mut chain: Vec<BlockId> = active.iter().filter_map(|&t| handler_of[t]).take(MAX_REGION_DEPTH).collect();
        chain.dedup();
        chains.push(chain);
    }
    let mut pops = vec![0u32; count];
    if drop_rethrow {
        let rethrow: Vec<Option<Rethrow>> =
            cfg.blocks.iter().map(|b| rethrows(&instructions[b.first..b.last])).collect();
        for b in 0..count {
            // Each round leaves a handler for the one around it; a cycle of handlers cannot be longer than the blocks.
            for _ in 0..MAX_REGION_DEPTH {
                let Some(&h) = chains[b].first() else { break };
                let Some(r) = &rethrow[h as usize] else { break };
                if h as usize == b || chains[h as usize].contains(&h) {
                    break;
                }
                if !chains[h as usize].is_empty() && r.moves {
                    break;
                }
                pops[b] += r.pops;
                chains[b] = chains[h as usize].clone();
            }
        }
    }
    // Only the innermost handler of a block that throws has a meaning; levels that nothing needs are left out.
    let mut needed = vec![false; count];
    for (chain, block) in chains.iter().zip(&cfg.blocks) {
        if let Some(&h) = chain.first().filter(|_| block.throws) {
            needed[h as usize] = true;
        }
    }
    for chain in &mut chains {
        chain.retain(|&h| needed[h as usize]);
    }
    let mut interned: FxHashMap<(PathId, BlockId), PathId> = FxHashMap::default();
    for b in 0..count {
        let mut path = 0;
        for &h in chains[b].iter().rev() {
            path = *interned.entry((path, h)).or_insert_with(|| {
                let depth = cfg.paths[path as usize].depth + 1;
                cfg.paths.push(Path { parent: path, handler: h, depth });
                (cfg.paths.len() - 1) as PathId
            });
        }
        cfg.blocks[b].path = path;
        cfg.blocks[b].handler = match chains[b].first() {
            Some(&h) if cfg.blocks[b].throws => Some((h, pops[b])),
            _ => None,
        };
    }
}

struct Rethrow {
    pops: u32,
    moves: bool,
}

/// Recognises a handler that only throws its exception again.
fn rethrows(instructions: &[Instruction]) -> Option<Rethrow> {
    let mut result = Rethrow { pops: 0, moves: false };
    let mut held: Option<u16> = None;
    let mut acc_is_exception = true;
    for ins in instructions {
        match ins.op {
            Op::Sta if acc_is_exception && held.is_none() => held = Some(ins.regs[0]),
            Op::Mov if held != Some(ins.regs[0]) => result.moves = true,
            Op::Lda => acc_is_exception = held == Some(ins.regs[0]),
            Op::Poplexenv | Op::DeprecatedPoplexenv => result.pops += 1,
            Op::Nop => {}
            Op::Throw => return acc_is_exception.then_some(result),
            _ => return None,
        }
    }
    None
}

impl Cfg {
    /// Computes reachability, predecessors and the reverse postorder.
    pub fn reach(&mut self) {
        let count = self.blocks.len();
        for b in &mut self.blocks {
            b.live = false;
        }
        self.is_handler = vec![false; count];
        let mut post = Vec::with_capacity(count);
        // (block, next successor to visit); the handler comes first so that it ends up last in the order.
        let mut stack: Vec<(BlockId, u8)> = vec![(0, 0)];
        self.blocks[0].live = true;
        while let Some((b, step)) = stack.last_mut() {
            let block = &self.blocks[*b as usize];
            let next = match (*step, block.term) {
                (0, _) => block.handler.map(|h| h.0),
                (1, Term::Goto(t)) => Some(t),
                (1, Term::Branch(t, _)) => Some(t),
                (2, Term::Branch(_, n)) => Some(n),
                (1 | 2, _) => None,
                _ => {
                    post.push(*b);
                    stack.pop();
                    continue;
                }
            };
            if *step == 0
                && let Some(h) = next
            {
                self.is_handler[h as usize] = true;
            }
            *step += 1;
            if let Some(n) = next
                && !self.blocks[n as usize].live
            {
                self.blocks[n as usize].live = true;
                stack.push((n, 0));
            }
        }
        post.reverse();
        self.rpo = post;
        self.preds = vec![vec![]; count];
        for &b in &self.rpo {
            for s in self.blocks[b as usize].successors() {
                self.preds[s as usize].push(b);
            }
        }
    }

    /// Whether two blocks are reached from two tests of which one follows the other.
    fn in_a_row(&self, a: BlockId, b: BlockId) -> bool {
        let (&[p], &[q]) = (self.preds[a as usize].as_slice(), self.preds[b as usize].as_slice()) else { return false };
        let follows = |p: BlockId, q: BlockId| {
            self.preds[q as usize] == [p] && matches!(self.blocks[q as usize].term, Term::Branch(..))
        };
        p != q && (follows(p, q) || follows(q, p))
    }

    /// Compilers repeat the short code behind `a ?? b` and its like for each test: jumps to copies go to one of them.
    /// Returns whether there was any.
    fn merge_twins(&mut self, instructions: &[Instruction]) -> bool {
        type Code = Vec<(Op, [i64; 3], [u16; 2], u32)>;
        let mut known: FxHashMap<(Code, BlockId, PathId), BlockId> = FxHashMap::default();
        let mut renamed: FxHashMap<BlockId, BlockId> = FxHashMap::default();
        for (b, block) in self.blocks.iter().enumerate().skip(1) {
            let Term::Goto(target) = block.term else { continue };
            let code = instructions.get(block.first..block.last).unwrap_or_default();
            if !block.live || code.len() > 4 || self.is_handler[b] || block.throws {
                continue;
            }
            let copies: Option<Code> = code
                .iter()
                .filter(|i| !matches!(i.op, Op::Nop | Op::Jmp))
                .map(|i| {
                    let simple = matches!(
                        i.op,
                        Op::Mov
                            | Op::Sta
                            | Op::Lda
                            | Op::Ldai
                            | Op::Fldai
                            | Op::LdaStr
                            | Op::Ldundefined
                            | Op::Ldnull
                            | Op::Ldtrue
                            | Op::Ldfalse
                    );
                    let regs = [i.regs[0], i.regs[1]];
                    simple.then_some((i.op, i.imm, regs, i.ids[0]))
                })
                .collect();
            if let Some(copies) = copies.filter(|c| !c.is_empty()) {
                let b = b as BlockId;
                let first = *known.entry((copies, target, block.path)).or_insert(b);
                if first != b && self.in_a_row(first, b) {
                    renamed.insert(b, first);
                }
            }
        }
        if renamed.is_empty() {
            return false;
        }
        for block in &mut self.blocks {
            let name = |b: BlockId| renamed.get(&b).copied().unwrap_or(b);
            block.term = match block.term {
                Term::Goto(t) => Term::Goto(name(t)),
                Term::Branch(t, n) => Term::Branch(name(t), name(n)),
                Term::Exit => Term::Exit,
            };
        }
        true
    }

    /// Lets blocks that cannot throw stand in the region of their predecessors: the jump that leaves a region usually
    /// lies just outside of it.
    fn absorb(&mut self) {
        for i in 0..self.rpo.len() {
            let b = self.rpo[i] as usize;
            if self.blocks[b].throws || self.is_handler[b] || b == 0 {
                continue;
            }
            let mut preds = self.preds[b].iter().map(|&p| self.blocks[p as usize].path);
            if let Some(first) = preds.next()
                && preds.all(|p| p == first)
            {
                self.blocks[b].path = first;
            }
        }
    }
}
