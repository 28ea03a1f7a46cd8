//! What registers are known to hold, and runs over code that only copies.

use super::flow::Step;
use crate::cfg;
use crate::for_of::shape::{Reader, Run, Sym};
use concord_abi::isa::{Flow, Op};
use rustc_hash::FxHashMap;

pub type Registers = FxHashMap<u16, Sym>;

/// What registers hold at a point.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    pub registers: Registers,
    pub acc: Option<Sym>,
}

impl State {
    pub fn acc(&self) -> Sym {
        self.acc.unwrap_or(Sym::Unknown)
    }
    pub fn get(&self, r: u16) -> Sym {
        self.registers.get(&r).copied().unwrap_or(Sym::Unknown)
    }
    pub fn meet(&mut self, other: &State) -> bool {
        let mut changed = false;
        let acc = meet(self.acc(), other.acc());
        changed |= acc != self.acc();
        self.acc = Some(acc);
        let both: Vec<u16> = self.registers.keys().chain(other.registers.keys()).copied().collect();
        for r in both {
            let met = meet(self.get(r), other.get(r));
            if met != self.get(r) {
                self.registers.insert(r, met);
                changed = true;
            }
        }
        changed
    }
    pub fn gone(&self) -> impl Iterator<Item = u16> + '_ {
        self.registers.iter().filter(|(_, s)| tainted(**s)).map(|(&r, _)| r)
    }
}

fn meet(a: Sym, b: Sym) -> Sym {
    if a == b {
        a
    } else if tainted(a) || tainted(b) {
        Sym::Gone
    } else {
        Sym::Unknown
    }
}

/// Whether an instruction throws nothing.
pub fn quiet(op: Op) -> bool {
    cfg::cannot_throw(op) || matches!(op, Op::Createemptyarray | Op::Createemptyobject)
}

/// Whether nobody but the protocol may look at it.
pub fn tainted(s: Sym) -> bool {
    matches!(s, Sym::Iterator | Sym::Next | Sym::Done(_) | Sym::Gone | Sym::Result | Sym::Value | Sym::Return)
}

/// What holds after a step that finds the iterator done.
pub fn after(step: &Step, before: &State, run: &Run<'_, '_, '_>) -> State {
    let mut state = before.clone();
    for &r in &step.written {
        let now = run.get(r);
        let sym = match now {
            Sym::Bool(true) | Sym::Done(true) => Sym::Done(true),
            Sym::Undefined if step.stores.contains(&r) => Sym::Undefined,
            // The register keeps what it had, in the code that will be.
            _ if !run.written.contains(&r) && !step.stores.contains(&r) => before.get(r),
            _ => Sym::Gone,
        };
        state.registers.insert(r, sym);
    }
    state.acc = Some(match run.acc {
        Sym::Undefined if step.value => Sym::Undefined,
        _ => Sym::Gone,
    });
    state
}

/// What holds after a step that got a value.
pub fn still(step: &Step, before: &State, run: &Run<'_, '_, '_>) -> State {
    let mut state = before.clone();
    for &r in &step.written {
        let sym = match run.get(r) {
            _ if step.stores.contains(&r) => Sym::Unknown,
            Sym::Bool(false) | Sym::Done(false) => Sym::Done(false),
            _ if !run.written.contains(&r) => before.get(r),
            _ => Sym::Gone,
        };
        state.registers.insert(r, sym);
    }
    state.acc = Some(if step.value { Sym::Unknown } else { Sym::Gone });
    state
}

/// Names what registers know of whether the iterator is done.
pub fn flagged(state: &mut State, done: bool) {
    for s in state.registers.values_mut() {
        if *s == Sym::Bool(done) || *s == Sym::Done(done) {
            *s = Sym::Done(done);
        }
    }
}

/// Goes on behind the next conditional jump.
pub fn branch(reader: &Reader<'_, '_>, run: &mut Run<'_, '_, '_>) -> Option<()> {
    run.until(|_, ins, _| ins.op.flow() == Flow::Branch)?;
    let ins = *reader.ins(run.at)?;
    run.step(&ins)
}

/// The same, where it would go if the iterator were done already.
pub fn already<'r, 'c, 'a>(reader: &Reader<'c, 'a>, run: &mut Run<'r, 'c, 'a>) -> Option<Run<'r, 'c, 'a>> {
    run.until(|_, ins, _| ins.op.flow() == Flow::Branch)?;
    let mut other = run.clone();
    let test = *reader.ins(run.at)?;
    run.step(&test)?;
    other.at = if run.at == other.at + 1 { reader.target(other.at)? } else { other.at + 1 };
    Some(other)
}

pub fn plain(op: Op) -> bool {
    matches!(op, Op::Nop | Op::Jmp | Op::Mov | Op::Sta | Op::Lda | Op::Ldundefined | Op::Ldtrue)
}

/// Where control goes as long as it only copies, the first instruction that does something else included.
pub fn straight(reader: &Reader<'_, '_>, mut run: Run<'_, '_, '_>) -> Vec<usize> {
    let mut seen = vec![run.at];
    while let Some(ins) = reader.ins(run.at).copied().filter(|i| plain(i.op)) {
        if run.step(&ins).is_none() || seen.contains(&run.at) {
            break;
        }
        seen.push(run.at);
    }
    seen
}

/// Takes a run to a place on its way.
pub fn advance(reader: &Reader<'_, '_>, run: &mut Run<'_, '_, '_>, to: usize) -> Option<()> {
    while run.at != to {
        let ins = reader.ins(run.at).copied().filter(|i| plain(i.op))?;
        run.step(&ins)?;
    }
    Some(())
}
