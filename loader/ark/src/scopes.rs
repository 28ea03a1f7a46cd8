//! Lexical environments resolved statically: which creation site a level of `ldlexvar` means, and which variable a
//! slot becomes.
//!
//! The abstract state is the chain of environments. Where chains of the same shape meet whose innermost environment
//! comes from different sites (the copy per iteration of `for (let …)`), a joined scope stands for either.

use crate::TranslateError;
use crate::ast::Var;
use crate::cfg::BlockId;
use crate::limits;
use crate::unit::{FnId, Unit};
use concord_abi::isa::Op;
use rustc_hash::FxHashMap;

/// Index of a scope; 0 is "no environment".
pub type ScopeId = u32;
/// No environment.
pub const ROOT: ScopeId = 0;

/// What is known about the current environment at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeState {
    /// Not reached yet.
    Unreached,
    /// Exactly this chain.
    At(ScopeId),
    /// Chains that do not agree meet here.
    Conflict,
}

/// Where a scope comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeKind {
    /// No environment.
    Root,
    /// `newlexenv` at this instruction.
    Site(usize),
    /// Joined at the start of this block.
    Joined(BlockId),
}

/// A lexical environment.
#[derive(Debug)]
pub struct Scope {
    /// Enclosing environment.
    pub parent: ScopeId,
    /// Function that creates it.
    pub owner: FnId,
    /// Number of slots.
    pub size: u32,
    /// Levels up to the root.
    pub depth: u32,
    /// Where it comes from.
    pub kind: ScopeKind,
    /// Block of its creation.
    pub block: BlockId,
    /// The joined scope that it feeds, if any: then its slots are the carriers of that scope.
    pub feeds: Option<ScopeId>,
    /// Names of slots by debug information.
    pub names: Option<u32>,
    /// Variables of the slots that are used.
    pub slots: FxHashMap<u32, Slot>,
}

/// A used slot.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The variable.
    pub var: Var,
    /// For joined scopes: the variable that carries the value around the loop.
    pub carrier: Option<Var>,
}

impl Scope {
    /// "No environment".
    pub fn root() -> Scope {
        Scope {
            parent: ROOT,
            owner: 0,
            size: 0,
            depth: 0,
            kind: ScopeKind::Root,
            block: 0,
            feeds: None,
            names: None,
            slots: FxHashMap::default(),
        }
    }
}

/// State after instruction `index` of `f`.
pub fn step(unit: &Unit<'_, '_>, f: FnId, index: usize, state: ScopeState) -> ScopeState {
    let ins = &unit.functions[f as usize].code.instructions[index];
    match ins.op {
        Op::Newlexenv | Op::Newlexenvwithname => match unit.site(f, index) {
            Some(s) if state != ScopeState::Conflict => ScopeState::At(s),
            _ => ScopeState::Conflict,
        },
        Op::Poplexenv | Op::DeprecatedPoplexenv => pop(unit, state, 1),
        _ => state,
    }
}

fn pop(unit: &Unit<'_, '_>, state: ScopeState, count: u32) -> ScopeState {
    let ScopeState::At(mut s) = state else { return state };
    for _ in 0..count {
        if s == ROOT {
            return ScopeState::Conflict;
        }
        s = unit.scopes[s as usize].parent;
    }
    ScopeState::At(s)
}

impl Unit<'_, '_> {
    /// The scope created by the instruction, if it has been met.
    pub fn site(&self, f: FnId, index: usize) -> Option<ScopeId> {
        self.sites.get(&(f, index)).copied()
    }

    /// The scope `level` levels up.
    pub fn level(&self, state: ScopeState, level: i64) -> Option<ScopeId> {
        let ScopeState::At(mut s) = state else { return None };
        let mut left = u32::try_from(level).ok()?;
        if left >= self.scopes[s as usize].depth {
            return None;
        }
        while left > 0 {
            s = self.scopes[s as usize].parent;
            left -= 1;
        }
        (s != ROOT).then_some(s)
    }
}

/// Computes the environment at the start of every block of `f`.
pub fn analyse(unit: &mut Unit<'_, '_>, f: FnId) -> Result<(), TranslateError> {
    let function = &unit.functions[f as usize];
    let count = function.cfg.blocks.len();
    let entry = function.entry;
    let changes: Vec<bool> = function
        .cfg
        .blocks
        .iter()
        .map(|b| {
            function.code.instructions[b.first..b.last].iter().any(|i| {
                matches!(i.op, Op::Newlexenv | Op::Newlexenvwithname | Op::Poplexenv | Op::DeprecatedPoplexenv)
            })
        })
        .collect();
    if !changes.contains(&true) {
        if let Some(function) = unit.function_mut(f) {
            function.states = vec![ScopeState::At(entry); count];
        }
        return Ok(());
    }
    let rpo = unit.functions[f as usize].cfg.rpo.clone();
    let mut covered: Vec<Vec<BlockId>> = vec![vec![]; count];
    for &b in &rpo {
        if let Some((h, _)) = unit.functions[f as usize].cfg.blocks[b as usize].handler {
            covered[h as usize].push(b);
        }
    }
    let mut joined: FxHashMap<BlockId, ScopeId> = FxHashMap::default();
    let (mut ins, mut outs) = (vec![], vec![]);
    // States at which a block may throw into its handler, after the environments left on the way.
    let mut thrown: Vec<Vec<ScopeState>> = vec![];
    let mut joins = usize::MAX;
    for round in 0..limits::SCOPE_ROUNDS {
        // What was computed before a scope was joined is out of date.
        if joins != joined.len() {
            joins = joined.len();
            ins = vec![ScopeState::Unreached; count];
            outs = vec![ScopeState::Unreached; count];
            thrown = vec![vec![]; count];
        }
        let mut changed = false;
        for &b in &rpo {
            let mut meet: Vec<ScopeState> = Vec::new();
            if b == 0 {
                meet.push(ScopeState::At(entry));
            }
            for &p in &unit.functions[f as usize].cfg.preds[b as usize] {
                meet.push(outs[p as usize]);
            }
            for &p in &covered[b as usize] {
                meet.extend_from_slice(&thrown[p as usize]);
            }
            let new = join(unit, f, b, &meet, &mut joined);
            if new != ins[b as usize] {
                changed = true;
                ins[b as usize] = new;
            } else if outs[b as usize] != ScopeState::Unreached && !changes[b as usize] {
                continue;
            }
            let mut state = new;
            let (first, last, handler) = {
                let block = &unit.functions[f as usize].cfg.blocks[b as usize];
                (block.first, block.last, block.handler)
            };
            let mut throws = Vec::new();
            for index in first..last {
                let op = unit.functions[f as usize].code.instructions[index].op;
                if matches!(op, Op::Newlexenv | Op::Newlexenvwithname) {
                    create(unit, f, b, index, state)?;
                } else if let Some((_, pops)) = handler
                    && !crate::cfg::cannot_throw(op)
                {
                    let at = pop(unit, state, pops);
                    if !throws.contains(&at) {
                        throws.push(at);
                    }
                }
                state = step(unit, f, index, state);
            }
            if thrown[b as usize] != throws {
                thrown[b as usize] = throws;
                changed = true;
            }
            if outs[b as usize] != state {
                outs[b as usize] = state;
                changed = true;
            }
        }
        if !changed && joins == joined.len() {
            break;
        }
        if round + 1 == limits::SCOPE_ROUNDS {
            ins.fill(ScopeState::Conflict);
        }
    }
    // Which scopes feed the joined ones.
    for (&b, &j) in &joined {
        if ins[b as usize] != ScopeState::At(j) {
            continue;
        }
        let feeding: Vec<ScopeState> =
            unit.functions[f as usize].cfg.preds[b as usize].iter().map(|&p| outs[p as usize]).collect();
        for s in feeding {
            if let ScopeState::At(s) = s
                && s != j
            {
                match unit.scopes[s as usize].feeds {
                    None => unit.scopes[s as usize].feeds = Some(j),
                    Some(other) if other == j => {}
                    Some(_) => unit.irregular = true,
                }
            }
        }
    }
    if let Some(function) = unit.function_mut(f) {
        function.states = ins;
    }
    Ok(())
}

fn create(
    unit: &mut Unit<'_, '_>,
    f: FnId,
    block: BlockId,
    index: usize,
    state: ScopeState,
) -> Result<(), TranslateError> {
    let parent = match state {
        ScopeState::At(s) => s,
        _ => return Ok(()),
    };
    let ins = unit.functions[f as usize].code.instructions[index];
    let depth = unit.scopes[parent as usize].depth + 1;
    if depth > limits::SCOPE_DEPTH {
        return Err(TranslateError::new(
            unit.functions[f as usize].code.offset + ins.pc,
            "lexical environments are nested too deeply",
        ));
    }
    match unit.site(f, index) {
        Some(s) => {
            let scope = &mut unit.scopes[s as usize];
            scope.parent = parent;
            scope.depth = depth;
        }
        None => {
            let id = unit.scopes.len() as ScopeId;
            unit.scopes.push(Scope {
                parent,
                owner: f,
                size: u32::try_from(ins.imm[0]).unwrap_or(0),
                depth,
                kind: ScopeKind::Site(index),
                block,
                feeds: None,
                names: (ins.op == Op::Newlexenvwithname).then_some(ins.ids[0]),
                slots: FxHashMap::default(),
            });
            unit.sites.insert((f, index), id);
        }
    }
    Ok(())
}

/// State where several chains meet.
fn join(
    unit: &mut Unit<'_, '_>,
    f: FnId,
    block: BlockId,
    meet: &[ScopeState],
    joined: &mut FxHashMap<BlockId, ScopeId>,
) -> ScopeState {
    let own = joined.get(&block).copied();
    let mut tops: Vec<ScopeId> = Vec::new();
    for s in meet {
        match *s {
            ScopeState::Unreached => {}
            ScopeState::Conflict => return ScopeState::Conflict,
            ScopeState::At(s) => {
                if Some(s) != own && !tops.contains(&s) {
                    tops.push(s);
                }
            }
        }
    }
    match tops.as_slice() {
        [] => own.map_or(ScopeState::Unreached, ScopeState::At),
        [one] if own.is_none() => ScopeState::At(*one),
        [first, rest @ ..] => {
            // Once joined, a scope stays joined: what feeds it may not have been seen yet.
            let a = &unit.scopes[*first as usize];
            let (parent, size, depth, names) = (a.parent, a.size, a.depth, a.names);
            let alike = |s: &ScopeId| {
                let x = &unit.scopes[*s as usize];
                x.owner == f && x.parent == parent && x.size == size && matches!(x.kind, ScopeKind::Site(_))
            };
            if !alike(first) || !rest.iter().all(alike) || unit.functions[f as usize].cfg.is_handler[block as usize] {
                return ScopeState::Conflict;
            }
            let id = own.unwrap_or_else(|| {
                unit.scopes.push(Scope {
                    parent,
                    owner: f,
                    size,
                    depth,
                    kind: ScopeKind::Joined(block),
                    block,
                    feeds: None,
                    names,
                    slots: FxHashMap::default(),
                });
                (unit.scopes.len() - 1) as ScopeId
            });
            unit.scopes[id as usize].parent = parent;
            unit.scopes[id as usize].depth = depth;
            joined.insert(block, id);
            ScopeState::At(id)
        }
    }
}

/// Slots whose initialisation is tracked: those that some load checks for the hole.
pub type SlotKey = (ScopeId, u32);
