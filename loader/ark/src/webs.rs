//! Liveness of registers, and webs: the parts into which the life of a register falls. Each web becomes one variable.

use crate::cfg::{BlockId, Cfg, cannot_throw};
use crate::limits;
use concord_abi::abc::Code;
use concord_abi::isa::{Acc, Instruction, Op, Range};
use rustc_hash::FxHashMap;

/// Calls `f` with every register that the text of an instruction reads (the accumulator is number `acc`), in the order in
/// which JavaScript evaluates them. Operands that only say which generator or function is running are left out.
pub fn reads(ins: &Instruction, acc: u32, mut f: impl FnMut(u32)) {
    let r = |i: usize| u32::from(ins.regs[i]);
    match ins.op {
        Op::Sta => f(acc),
        Op::Mov => f(r(1)),
        // The callee comes first.
        Op::Callarg0
        | Op::Callarg1
        | Op::Callargs2
        | Op::Callargs3
        | Op::Callrange
        | Op::Callthis0
        | Op::Callthis1
        | Op::Callthis2
        | Op::Callthis3
        | Op::Callthisrange
        | Op::Callthis0withname
        | Op::Callthis1withname
        | Op::Callthis2withname
        | Op::Callthis3withname
        | Op::Callthisrangewithname
        | Op::CallruntimeCallinit => {
            f(acc);
            registers(ins, f);
        }
        Op::CallruntimeDefinefieldbyvalue => {
            f(r(1));
            f(r(0));
            f(acc);
        }
        Op::Supercallspread => f(r(0)),
        Op::Supercallthisrange | Op::Supercallarrowrange => registers(ins, f),
        Op::CallruntimeSupercallforwardallargs
        | Op::Creategeneratorobj
        | Op::Createasyncgeneratorobj
        | Op::Resumegenerator
        | Op::DeprecatedResumegenerator
        | Op::Getresumemode
        | Op::DeprecatedGetresumemode
        | Op::Setgeneratorstate
        | Op::Newlexenv
        | Op::Newlexenvwithname
        | Op::DeprecatedCreateobjecthavingmethod => {}
        Op::Suspendgenerator
        | Op::Asyncfunctionawaituncaught
        | Op::Asyncfunctionresolve
        | Op::Asyncfunctionreject
        | Op::Asyncgeneratorreject => f(acc),
        Op::DeprecatedSuspendgenerator
        | Op::DeprecatedAsyncfunctionawaituncaught
        | Op::DeprecatedAsyncgeneratorreject => {
            f(r(1));
        }
        Op::DeprecatedAsyncfunctionresolve | Op::DeprecatedAsyncfunctionreject => f(r(2)),
        Op::Asyncgeneratorresolve => {
            f(r(1));
            f(r(2));
        }
        Op::DeprecatedDefineclasswithbuffer => f(r(1)),
        _ => {
            registers(ins, &mut f);
            if matches!(ins.op.acc(), Acc::Read | Acc::ReadWrite) {
                f(acc);
            }
        }
    }
}

fn registers(ins: &Instruction, mut f: impl FnMut(u32)) {
    if let Some((&last, firsts)) = ins.registers().split_last() {
        for &r in firsts {
            f(u32::from(r));
        }
        for r in range(ins, last) {
            f(r);
        }
    }
}

/// The registers that the last register operand of an instruction stands for.
pub fn range(ins: &Instruction, last: u16) -> std::ops::Range<u32> {
    let first = u32::from(last);
    let imm = ins.imms().last().copied().and_then(|i| u32::try_from(i).ok()).unwrap_or(0);
    match ins.op.range() {
        Range::One => first..first + 1,
        Range::Imm => first..first + imm.min(0x1_0000),
        Range::ImmPlusOne => first..first + imm.min(0x1_0000) + 1,
    }
}

/// The register that an instruction writes, the accumulator included; no instruction writes two.
pub fn write(ins: &Instruction, acc: u32) -> Option<u32> {
    match ins.op {
        Op::Sta | Op::Mov => Some(u32::from(ins.regs[0])),
        _ => matches!(ins.op.acc(), Acc::Write | Acc::ReadWrite).then_some(acc),
    }
}

/// Index of a web.
pub type Web = u32;

/// Result of the analysis of one function.
#[derive(Debug)]
pub struct Webs {
    registers: u32,
    words: usize,
    live_in: Vec<u64>,
    /// Every register counts as live everywhere and is one web.
    plain: bool,
    /// Web written by each instruction.
    defs: Vec<Web>,
    /// Web of each register on entry to each block, for live ones.
    ins: FxHashMap<(BlockId, u32), Web>,
    /// Number of webs.
    pub count: u32,
    /// Register of each web.
    pub register: Vec<u32>,
    /// Number of writes of each web by instructions.
    pub writes: Vec<u32>,
    /// Whether the web holds the value that its register has when the function starts.
    pub from_entry: Vec<bool>,
}

impl Webs {
    /// Whether `register` is live at the start of `block`.
    pub fn live_in(&self, block: BlockId, register: u32) -> bool {
        self.plain || get(&self.live_in[block as usize * self.words..], register)
    }
    /// Calls `f` for each live register at the start of `block`.
    pub fn each_live(&self, block: BlockId, mut f: impl FnMut(u32)) {
        if self.plain {
            (0..self.registers).for_each(f);
            return;
        }
        let row = &self.live_in[block as usize * self.words..][..self.words];
        for (w, &bits) in row.iter().enumerate() {
            let mut bits = bits;
            while bits != 0 {
                f(w as u32 * 64 + bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
    }
    /// The web that instruction `index` writes.
    pub fn written(&self, index: usize) -> Web {
        self.defs[index]
    }
    /// The web that holds `register` at the start of `block`.
    pub fn at_entry(&self, block: BlockId, register: u32) -> Option<Web> {
        if self.plain { Some(register) } else { self.ins.get(&(block, register)).copied() }
    }
}

fn get(row: &[u64], r: u32) -> bool {
    row[(r >> 6) as usize] >> (r & 63) & 1 != 0
}
fn set(row: &mut [u64], r: u32) {
    row[(r >> 6) as usize] |= 1 << (r & 63);
}

/// Analyses a function.
pub fn analyse(code: &Code, cfg: &Cfg, acc: u32) -> Webs {
    let registers = acc + 1;
    let words = registers.div_ceil(64) as usize;
    let blocks = cfg.blocks.len();
    if (words * 64).saturating_mul(blocks) > limits::LIVENESS_BITS {
        return plain(code, registers, acc);
    }
    let size = words * blocks;
    let (mut used, mut defined, mut early) = (vec![0u64; size], vec![0u64; size], vec![0u64; size]);
    for &b in &cfg.rpo {
        let block = &cfg.blocks[b as usize];
        let row = b as usize * words;
        let mut quiet = true;
        for ins in &code.instructions[block.first..block.last] {
            reads(ins, acc, |r| {
                if r < registers && !get(&defined[row..], r) {
                    set(&mut used[row..], r);
                }
            });
            quiet &= cannot_throw(ins.op);
            if let Some(w) = write(ins, acc) {
                set(&mut defined[row..], w);
                if quiet {
                    set(&mut early[row..], w);
                }
            }
        }
    }
    let mut live = used.clone();
    loop {
        let mut changed = false;
        for &b in cfg.rpo.iter().rev() {
            let block = &cfg.blocks[b as usize];
            let row = b as usize * words;
            for w in 0..words {
                let mut out = 0;
                for s in block.successors() {
                    out |= live[s as usize * words + w];
                }
                let mut new = live[row + w] | (out & !defined[row + w]);
                if let Some((h, _)) = block.handler {
                    let mut thrown = live[h as usize * words + w];
                    if (acc >> 6) as usize == w {
                        thrown &= !(1 << (acc & 63));
                    }
                    new |= thrown & !early[row + w];
                }
                if new != live[row + w] {
                    live[row + w] = new;
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    let mut result = Webs {
        registers,
        words,
        live_in: live,
        plain: false,
        defs: vec![],
        ins: FxHashMap::default(),
        count: 0,
        register: vec![],
        writes: vec![],
        from_entry: vec![],
    };
    split(code, cfg, acc, &mut result);
    result
}

fn plain(code: &Code, registers: u32, acc: u32) -> Webs {
    let mut writes = vec![0; registers as usize];
    let defs = code
        .instructions
        .iter()
        .map(|i| {
            let w = write(i, acc).unwrap_or(0);
            writes[w as usize] += 2;
            w
        })
        .collect();
    Webs {
        registers,
        words: 0,
        live_in: vec![],
        plain: true,
        defs,
        ins: FxHashMap::default(),
        count: registers,
        register: (0..registers).collect(),
        writes,
        from_entry: vec![true; registers as usize],
    }
}

struct Union {
    parent: Vec<u32>,
}

impl Union {
    fn find(&mut self, mut n: u32) -> u32 {
        while self.parent[n as usize] != n {
            let next = self.parent[n as usize];
            self.parent[n as usize] = self.parent[next as usize];
            n = next;
        }
        n
    }
    fn union(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        if a != b {
            let (low, high) = (a.min(b), a.max(b));
            self.parent[high as usize] = low;
        }
    }
}

/// Nodes of the union: one per instruction (what it writes), then one per live register and block.
fn split(code: &Code, cfg: &Cfg, acc: u32, webs: &mut Webs) {
    let n = code.instructions.len() as u32;
    let mut nodes: FxHashMap<(BlockId, u32), u32> = FxHashMap::default();
    let mut total = n;
    let mut node_register: Vec<u32> = Vec::new();
    for &b in &cfg.rpo {
        webs.each_live(b, |r| {
            nodes.insert((b, r), total);
            node_register.push(r);
            total += 1;
        });
    }
    let mut union = Union { parent: (0..total).collect() };
    let mut current: Vec<u32> = vec![u32::MAX; webs.registers as usize];
    let mut touched: Vec<u32> = Vec::new();
    for &b in &cfg.rpo {
        for r in touched.drain(..) {
            current[r as usize] = u32::MAX;
        }
        webs.each_live(b, |r| {
            current[r as usize] = nodes[&(b, r)];
            touched.push(r);
        });
        let block = &cfg.blocks[b as usize];
        let handler = block.handler.map(|(h, _)| h);
        let mut fresh: Vec<u32> = Vec::new();
        let mut first = true;
        for index in block.first..block.last {
            let ins = &code.instructions[index];
            if let Some(h) = handler
                && !cannot_throw(ins.op)
            {
                let mut link = |r: u32| {
                    if r != acc
                        && current[r as usize] != u32::MAX
                        && let Some(&node) = nodes.get(&(h, r))
                    {
                        union.union(current[r as usize], node);
                    }
                };
                if first {
                    first = false;
                    webs.each_live(h, &mut link);
                } else {
                    fresh.iter().copied().for_each(link);
                }
                fresh.clear();
            }
            if let Some(w) = write(ins, acc) {
                current[w as usize] = index as u32;
                touched.push(w);
                if handler.is_some() {
                    fresh.push(w);
                }
            }
        }
        for s in block.successors() {
            webs.each_live(s, |r| {
                if current[r as usize] != u32::MAX {
                    union.union(current[r as usize], nodes[&(s, r)]);
                }
            });
        }
    }
    let mut number: FxHashMap<u32, Web> = FxHashMap::default();
    let mut web_of = |union: &mut Union, webs: &mut Webs, node: u32, register: u32| {
        let root = union.find(node);
        *number.entry(root).or_insert_with(|| {
            webs.register.push(register);
            webs.writes.push(0);
            webs.from_entry.push(false);
            webs.count += 1;
            webs.count - 1
        })
    };
    let mut defs = vec![0; n as usize];
    for &b in &cfg.rpo {
        let block = &cfg.blocks[b as usize];
        for (index, ins) in code.instructions.iter().enumerate().take(block.last).skip(block.first) {
            if let Some(w) = write(ins, acc) {
                let web = web_of(&mut union, webs, index as u32, w);
                webs.writes[web as usize] += 1;
                defs[index] = web;
            }
        }
    }
    webs.defs = defs;
    let mut entries: Vec<((BlockId, u32), u32)> = nodes.into_iter().collect();
    entries.sort_unstable_by_key(|e| e.1);
    for ((b, r), node) in entries {
        let web = web_of(&mut union, webs, node, r);
        webs.ins.insert((b, r), web);
        if b == 0 {
            webs.from_entry[web as usize] = true;
        }
        if r == acc && cfg.is_handler[b as usize] {
            webs.writes[web as usize] += 1;
        }
    }
}
