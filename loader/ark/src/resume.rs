//! What is known about the resumption of suspended frames before any structure is found.
//!
//! A frame is resumed with a value and a mode: 0 return, 1 throw, 2 next. Where the code does with modes 0 and 1 exactly
//! what a native `await` or `yield` does by itself, the tests on the mode fold away.

use crate::cfg::KnownModes;
use concord_abi::abc::Code;
use concord_abi::isa::{Flow, Op};
use rustc_hash::{FxHashMap, FxHashSet};

/// The mode "next".
pub const NEXT: i64 = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sym {
    Value,
    Number(i64),
    Bool(bool),
    Other,
}

/// Instructions `getresumemode` whose result can be taken as "next".
pub fn known_modes(code: &Code, is_async: bool, is_generator: bool) -> KnownModes {
    let mut modes = KnownModes::default();
    // What the latest suspension was.
    let constants = if is_generator { constants(code) } else { FxHashMap::default() };
    let mut awaiting = false;
    let mut suspensions = 0u32;
    let mut resumed = None;
    for (i, ins) in code.instructions.iter().enumerate() {
        match ins.op {
            Op::Asyncfunctionawaituncaught | Op::DeprecatedAsyncfunctionawaituncaught => awaiting = true,
            Op::Createiterresultobj => awaiting = false,
            Op::Asyncgeneratorresolve => {
                awaiting = false;
                suspensions += 1;
            }
            Op::Suspendgenerator | Op::DeprecatedSuspendgenerator => suspensions += 1,
            Op::Resumegenerator | Op::DeprecatedResumegenerator => resumed = Some(i),
            Op::Getresumemode | Op::DeprecatedGetresumemode => {
                let simple = match resumed {
                    Some(at) if is_generator => [0, 1].iter().all(|&mode| native(code, at, mode, &constants)),
                    _ => false,
                };
                if is_async || awaiting || suspensions <= 1 || simple {
                    modes.insert(i, NEXT);
                }
            }
            _ => {}
        }
    }
    modes
}

/// Whether resuming at `resumegenerator` number `at` with a mode only returns or throws the value.
fn native(code: &Code, at: usize, mode: i64, constants: &FxHashMap<u16, (usize, i64)>) -> bool {
    let mut registers: FxHashMap<u16, Sym> = FxHashMap::default();
    let mut acc = Sym::Value;
    let mut i = at + 1;
    for _ in 0..40 {
        let Some(ins) = code.instructions.get(i) else { return false };
        let constant = |r: u16| constants.get(&r).filter(|c| c.0 < at).map_or(Sym::Other, |c| Sym::Number(c.1));
        let reg = |r: usize| registers.get(&ins.regs[r]).copied().unwrap_or_else(|| constant(ins.regs[r]));
        i += 1;
        match ins.op {
            Op::Sta => {
                registers.insert(ins.regs[0], acc);
            }
            Op::Lda => acc = reg(0),
            Op::Mov => {
                let v = reg(1);
                registers.insert(ins.regs[0], v);
            }
            Op::Ldai => acc = Sym::Number(ins.imm[0]),
            Op::Nop | Op::Poplexenv => {}
            Op::Ldundefined | Op::Ldhole => acc = Sym::Other,
            Op::Getresumemode | Op::DeprecatedGetresumemode => acc = Sym::Number(mode),
            Op::Eq | Op::Stricteq => {
                acc = match (reg(0), acc) {
                    (Sym::Number(a), Sym::Number(b)) => Sym::Bool(a == b),
                    _ => return false,
                }
            }
            Op::Istrue | Op::CallruntimeIstrue => {}
            Op::Jmp => match jump(code, ins.imm[0]) {
                Some(t) => i = t,
                None => return false,
            },
            Op::Jeqz | Op::Jnez => match acc {
                Sym::Bool(b) => {
                    if b == (ins.op == Op::Jnez) {
                        match jump(code, ins.imm[0]) {
                            Some(t) => i = t,
                            None => return false,
                        }
                    }
                }
                _ => return false,
            },
            Op::Return => return mode == 0 && acc == Sym::Value,
            Op::Throw => return mode == 1 && acc == Sym::Value,
            _ => return false,
        }
    }
    false
}

/// Registers that hold a number wherever they are read after its only store, which no path leaves out: the number of the
/// store's instruction, and the number. Compilers keep the modes that they compare with in such registers.
fn constants(code: &Code) -> FxHashMap<u16, (usize, i64)> {
    let mut writes: FxHashMap<u32, u32> = FxHashMap::default();
    let mut stores: Vec<(u16, usize, i64)> = vec![];
    let mut entries: FxHashSet<u32> = code.instructions.iter().filter_map(crate::cfg::target).collect();
    entries.extend(code.tries.iter().map(|t| t.handler));
    // Handlers that do not end the function lead on from wherever their region has begun.
    let mut handlers: Vec<(u32, u32)> =
        code.tries.iter().filter(|t| !ends(code, t.handler)).map(|t| (t.start, t.handler)).collect();
    handlers.sort_unstable();
    let mut handlers = handlers.into_iter().peekable();
    // The farthest that code so far jumps ahead.
    let mut ahead = 0;
    let mut previous: Option<i64> = None;
    for (i, ins) in code.instructions.iter().enumerate() {
        while let Some((_, handler)) = handlers.next_if(|h| h.0 <= ins.pc) {
            ahead = ahead.max(handler);
        }
        if let (Op::Sta, Some(n)) = (ins.op, previous)
            && ahead < ins.pc
            && !entries.contains(&ins.pc)
        {
            stores.push((ins.regs[0], i, n));
        }
        if let Some(w) = crate::webs::write(ins, u32::MAX) {
            *writes.entry(w).or_default() += 1;
        }
        previous = (ins.op == Op::Ldai).then_some(ins.imm[0]);
        if let Some(target) = crate::cfg::target(ins) {
            ahead = ahead.max(target);
        }
    }
    let once = |r: u16| writes.get(&u32::from(r)) == Some(&1) && u32::from(r) < code.registers;
    stores.into_iter().filter(|s| once(s.0)).map(|(r, i, n)| (r, (i, n))).collect()
}

/// Whether the code at `pc` leaves the function without a jump.
fn ends(code: &Code, pc: u32) -> bool {
    let Ok(at) = code.instructions.binary_search_by_key(&pc, |i| i.pc) else { return false };
    let end = code.instructions[at..].iter().take(8).find(|i| i.op.flow() != Flow::Next);
    end.is_some_and(|i| matches!(i.op.flow(), Flow::Return | Flow::Throw))
}

fn jump(code: &Code, pc: i64) -> Option<usize> {
    let pc = u32::try_from(pc).ok()?;
    code.instructions.binary_search_by_key(&pc, |i| i.pc).ok()
}
