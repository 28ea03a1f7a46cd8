//! Facts about slots of lexical environments, over all functions of a unit: how often each is stored, what it is called,
//! and at which checks it is known to be initialised.

use crate::cfg::BlockId;
use crate::names::Atom;
use crate::scopes::{self, ScopeId, ScopeKind, ScopeState, SlotKey};
use crate::structure::Plan;
use crate::unit::{FnId, Unit};
use concord_abi::isa::{Instruction, Op};
use rustc_hash::{FxHashMap, FxHashSet};

/// What is known about one slot.
#[derive(Debug, Clone, Default)]
pub struct SlotFacts {
    /// Number of storing instructions.
    pub stores: u32,
    /// Each store runs at most once per environment.
    pub once: bool,
    /// Name from checks or from what is stored.
    pub name: Option<Atom>,
    /// Name from what is stored (weaker).
    pub guess: Option<Atom>,
    /// Some load is checked.
    pub checked: bool,
    /// The hole itself is stored.
    pub reset: bool,
    /// Loaded or stored by a function other than the owner.
    pub captured: bool,
    /// A function inside loads it without a check, or stores it without one before.
    pub unguarded: bool,
    /// Only ever holds the owner's `this`.
    pub this: bool,
}

/// Facts of a unit.
#[derive(Debug, Default)]
pub struct Facts {
    /// By slot.
    pub slots: FxHashMap<SlotKey, SlotFacts>,
    /// Checks that cannot fail: function and instruction.
    pub initialised: FxHashSet<(FnId, usize)>,
}

/// Collects the facts.
pub fn analyse(unit: &mut Unit<'_, '_>, plans: &[Option<Plan>]) -> Facts {
    let mut facts = Facts::default();
    for f in 0..unit.functions.len() as FnId {
        collect(unit, f, plans, &mut facts);
    }
    initialisation(unit, &mut facts);
    facts
}

fn collect(unit: &mut Unit<'_, '_>, f: FnId, plans: &[Option<Plan>], facts: &mut Facts) {
    let function = unit.functions[f as usize].clone();
    for &b in &function.cfg.rpo {
        let mut state = function.states[b as usize];
        let block = &function.cfg.blocks[b as usize];
        for index in block.first..block.last {
            let ins = &function.code.instructions[index];
            let next = (index + 1 < block.last).then(|| &function.code.instructions[index + 1]);
            let previous = (index > block.first).then(|| &function.code.instructions[index - 1]);
            match ins.op {
                Op::Ldlexvar | Op::Stlexvar | Op::DeprecatedStlexvar => {
                    let Some(scope) = unit.level(state, ins.imm[0]) else {
                        unit.irregular = true;
                        continue;
                    };
                    let slot = u32::try_from(ins.imm[1]).unwrap_or(u32::MAX);
                    let owner = unit.scopes[scope as usize].owner;
                    if slot >= unit.scopes[scope as usize].size
                        || (owner != f && unit.scopes[scope as usize].feeds.is_some())
                    {
                        unit.irregular = true;
                    }
                    if !in_reach(unit, plans, f, b, scope) {
                        unit.irregular = true;
                    }
                    let name = match next {
                        Some(n) if n.op == Op::ThrowUndefinedifholewithname && ins.op == Op::Ldlexvar => {
                            unit.string(n.ids[0]).ok()
                        }
                        _ => None,
                    };
                    let guess = match previous {
                        Some(p)
                            if ins.op == Op::Stlexvar && matches!(p.op, Op::Definefunc | Op::Defineclasswithbuffer) =>
                        {
                            unit.file.method(p.ids[0]).ok().map(|m| {
                                let name = crate::names::function_name(&m.name).to_string();
                                unit.atoms.intern(&name)
                            })
                        }
                        _ => None,
                    };
                    let once = owner == f && {
                        let created = unit.scopes[scope as usize].block;
                        match &plans[f as usize] {
                            Some(plan) => plan.loop_of(b) == plan.loop_of(created),
                            None => false,
                        }
                    };
                    let fact = facts
                        .slots
                        .entry((scope, slot))
                        .or_insert_with(|| SlotFacts { once: true, ..SlotFacts::default() });
                    fact.captured |= owner != f;
                    if owner != f {
                        let guarded = match ins.op {
                            Op::Ldlexvar => match next {
                                Some(n) if n.op == Op::ThrowUndefinedifholewithname => true,
                                Some(n) if n.op == Op::Sta && index + 2 < block.last => {
                                    function.code.instructions[index + 2].op == Op::ThrowUndefinedifholewithname
                                }
                                _ => false,
                            },
                            _ => (block.first..index).rev().take(64).any(|i| {
                                let (l, c) = (&function.code.instructions[i], function.code.instructions.get(i + 1));
                                l.op == Op::Ldlexvar
                                    && l.imm[..2] == ins.imm[..2]
                                    && c.is_some_and(|c| c.op == Op::ThrowUndefinedifholewithname || c.op == Op::Sta)
                            }),
                        };
                        fact.unguarded |= !guarded;
                    }
                    if ins.op == Op::Ldlexvar {
                        fact.checked |= name.is_some();
                        if fact.name.is_none() {
                            fact.name = name;
                        }
                    } else {
                        fact.stores += 1;
                        fact.once &= once;
                        fact.reset |= previous.is_some_and(|p| p.op == Op::Ldhole);
                        fact.guess = fact.guess.or(guess);
                        let this = function.this_register();
                        fact.this = fact.stores == 1
                            && previous.is_some_and(|p| p.op == Op::Lda && Some(u32::from(p.regs[0])) == this)
                            && !function.is_arrow;
                    }
                }
                _ => {}
            }
            state = scopes::step(unit, f, index, state);
        }
    }
}

/// Whether the text of block `b` of `f` can see variables of `scope`: they are declared in the loop that creates them.
fn in_reach(unit: &Unit<'_, '_>, plans: &[Option<Plan>], f: FnId, b: BlockId, scope: ScopeId) -> bool {
    let scope = &unit.scopes[scope as usize];
    let (mut g, mut block) = (f, b);
    while g != scope.owner {
        let function = &unit.functions[g as usize];
        block = function.def_block;
        match function.parent {
            Some(p) => g = p,
            None => return false,
        }
    }
    match &plans[g as usize] {
        None => unit.functions[g as usize].cfg.rpo.len() < 2 || scope_is_single(unit, scope.block, g),
        Some(plan) => match plan.loop_of(scope.block) {
            None => true,
            Some(header) => plan.inside(block, header) || scope.feeds.is_some(),
        },
    }
}

/// In a dispatch loop every block may run again, except for the entry.
fn scope_is_single(unit: &Unit<'_, '_>, block: BlockId, f: FnId) -> bool {
    block == 0 || (block == 1 && unit.functions[f as usize].cfg.preds[1].len() == 1)
}

/// Stand for the imports and the exports of the module where slots are meant: cells that got a value keep one.
const IMPORTS: ScopeId = ScopeId::MAX;
const EXPORTS: ScopeId = ScopeId::MAX - 1;

/// The module variable that an instruction loads.
fn module_variable(ins: &Instruction) -> Option<SlotKey> {
    let scope = match ins.op {
        Op::Ldexternalmodulevar => IMPORTS,
        Op::Ldlocalmodulevar => EXPORTS,
        _ => return None,
    };
    Some((scope, u32::try_from(ins.imm[0]).ok()?))
}

/// Module variables that are checked somewhere and never made the hole again.
fn module_variables(unit: &Unit<'_, '_>) -> Vec<SlotKey> {
    let mut found: FxHashSet<SlotKey> = FxHashSet::default();
    let mut reset: FxHashSet<u32> = FxHashSet::default();
    for function in &unit.functions {
        let code = &function.code.instructions;
        for pair in code.windows(2) {
            if pair[1].op == Op::Stmodulevar && pair[0].op == Op::Ldhole {
                reset.extend(u32::try_from(pair[1].imm[0]));
            }
            if matches!(pair[1].op, Op::ThrowUndefinedifholewithname | Op::Sta) {
                found.extend(module_variable(&pair[0]));
            }
        }
    }
    let mut found: Vec<SlotKey> = found.into_iter().filter(|k| k.0 != EXPORTS || !reset.contains(&k.1)).collect();
    found.sort_unstable();
    found
}

/// Which checks of slots always find a value: a forward analysis of every function, closures starting with what is
/// known where they are made.
fn initialisation(unit: &Unit<'_, '_>, facts: &mut Facts) {
    let mut index: FxHashMap<SlotKey, usize> = FxHashMap::default();
    let mut by_scope: FxHashMap<ScopeId, Vec<(u32, usize)>> = FxHashMap::default();
    let mut add = |key: SlotKey| {
        let next = index.len();
        let i = *index.entry(key).or_insert(next);
        if i == next {
            by_scope.entry(key.0).or_default().push((key.1, i));
        }
    };
    module_variables(unit).into_iter().for_each(&mut add);
    let mut joined_slots: FxHashMap<ScopeId, Vec<u32>> = FxHashMap::default();
    for (&(scope, slot), fact) in &facts.slots {
        let target = unit.scopes[scope as usize].feeds.unwrap_or(scope);
        if fact.checked {
            if matches!(unit.scopes[target as usize].kind, ScopeKind::Joined(_)) {
                joined_slots.entry(target).or_default().push(slot);
            }
            if !fact.reset {
                add((scope, slot));
            }
        }
    }
    for (id, scope) in unit.scopes.iter().enumerate() {
        if let Some(j) = scope.feeds {
            for &slot in joined_slots.get(&j).into_iter().flatten() {
                add((id as ScopeId, slot));
                add((j, slot));
            }
        }
    }
    let words = index.len().div_ceil(64);
    if words == 0 || words > 4096 {
        return;
    }
    let mut entry: FxHashMap<FnId, Vec<u64>> = FxHashMap::default();
    entry.insert(0, vec![0; words]);
    for f in 0..unit.functions.len() as FnId {
        let start = entry.remove(&f).unwrap_or_else(|| vec![0; words]);
        let function = &unit.functions[f as usize];
        let count = function.cfg.blocks.len();
        if count.saturating_mul(words) > 1 << 22 {
            continue;
        }
        let mut ins = vec![!0u64; count * words];
        let mut outs = vec![!0u64; count * words];
        let mut covered: Vec<Vec<BlockId>> = vec![vec![]; count];
        for &b in &function.cfg.rpo {
            if let Some((h, _)) = function.cfg.blocks[b as usize].handler {
                covered[h as usize].push(b);
            }
        }
        let mut children: FxHashMap<usize, Vec<FnId>> = FxHashMap::default();
        for (&(at, _), &child) in &function.children {
            children.entry(at).or_default().push(child);
        }
        // First to the fixpoint, then one more walk that records.
        let mut record = false;
        loop {
            let mut changed = false;
            for &b in &function.cfg.rpo {
                let mut bits = vec![!0u64; words];
                if b == 0 {
                    bits.clone_from(&start);
                }
                let row = b as usize * words;
                for &p in &function.cfg.preds[b as usize] {
                    let from = p as usize * words;
                    let mut out = outs[from..from + words].to_vec();
                    joined_bits(unit, f, b, p, &by_scope, &index, &mut out);
                    for (x, y) in bits.iter_mut().zip(&out) {
                        *x &= y;
                    }
                }
                for &p in &covered[b as usize] {
                    let from = p as usize * words;
                    for w in 0..words {
                        bits[w] &= ins[from + w] & (outs[from + w] | ins[from + w]);
                    }
                    // Environments made in the block start over.
                    let block = &function.cfg.blocks[p as usize];
                    for i in block.first..block.last {
                        if let Some(s) = unit.site(f, i) {
                            clear(&by_scope, s, &mut bits);
                        }
                    }
                }
                if ins[row..row + words] != bits[..] {
                    ins[row..row + words].copy_from_slice(&bits);
                    changed = true;
                }
                let block = &function.cfg.blocks[b as usize];
                let mut state = function.states[b as usize];
                let mut loaded: Option<SlotKey> = None;
                for i in block.first..block.last {
                    let instruction = &function.code.instructions[i];
                    let mut now = None;
                    match instruction.op {
                        Op::Newlexenv | Op::Newlexenvwithname => {
                            if let Some(s) = unit.site(f, i) {
                                clear(&by_scope, s, &mut bits);
                            }
                        }
                        Op::Ldlexvar => {
                            now = unit.level(state, instruction.imm[0]).map(|s| (s, instruction.imm[1] as u32));
                        }
                        Op::Ldexternalmodulevar | Op::Ldlocalmodulevar => now = module_variable(instruction),
                        // The accumulator stays.
                        Op::Sta => now = loaded,
                        Op::Stlexvar | Op::DeprecatedStlexvar => {
                            let key = unit.level(state, instruction.imm[0]).map(|s| (s, instruction.imm[1] as u32));
                            if let Some(&k) = key.and_then(|k| index.get(&k)) {
                                bits[k / 64] |= 1 << (k % 64);
                            }
                        }
                        Op::ThrowUndefinedifholewithname => {
                            if let Some(&k) = loaded.and_then(|k| index.get(&k)) {
                                if record && bits[k / 64] >> (k % 64) & 1 != 0 {
                                    facts.initialised.insert((f, i));
                                }
                                bits[k / 64] |= 1 << (k % 64);
                            }
                        }
                        _ => {}
                    }
                    if record {
                        for &child in children.get(&i).into_iter().flatten() {
                            entry.insert(child, bits.clone());
                        }
                    }
                    loaded = now;
                    state = scopes::step(unit, f, i, state);
                }
                if outs[row..row + words] != bits[..] {
                    outs[row..row + words].copy_from_slice(&bits);
                    changed = true;
                }
            }
            if record {
                break;
            }
            record = !changed;
        }
    }
}

fn clear(by_scope: &FxHashMap<ScopeId, Vec<(u32, usize)>>, scope: ScopeId, bits: &mut [u64]) {
    for &(_, k) in by_scope.get(&scope).into_iter().flatten() {
        bits[k / 64] &= !(1 << (k % 64));
    }
}

/// On an edge into a joined scope its slots are what they are in the scope that feeds it.
fn joined_bits(
    unit: &Unit<'_, '_>,
    f: FnId,
    b: BlockId,
    p: BlockId,
    by_scope: &FxHashMap<ScopeId, Vec<(u32, usize)>>,
    index: &FxHashMap<SlotKey, usize>,
    bits: &mut [u64],
) {
    let function = &unit.functions[f as usize];
    let ScopeState::At(j) = function.states[b as usize] else { return };
    if unit.scopes[j as usize].kind != ScopeKind::Joined(b) {
        return;
    }
    let mut state = function.states[p as usize];
    let block = &function.cfg.blocks[p as usize];
    for i in block.first..block.last {
        state = scopes::step(unit, f, i, state);
    }
    let ScopeState::At(s) = state else { return };
    if s == j {
        return;
    }
    for &(slot, k) in by_scope.get(&j).into_iter().flatten() {
        let from = index.get(&(s, slot));
        let is_set = from.is_some_and(|&i| bits[i / 64] >> (i % 64) & 1 != 0);
        if is_set {
            bits[k / 64] |= 1 << (k % 64);
        } else {
            bits[k / 64] &= !(1 << (k % 64));
        }
    }
}
