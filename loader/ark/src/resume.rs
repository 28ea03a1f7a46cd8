//! What is known about the resumption of suspended frames before any structure is found.
//!
//! A frame is resumed with a value and a mode: 0 return, 1 throw, 2 next. Where the code does with modes 0 and 1 exactly
//! what a native `await` or `yield` does by itself, the tests on the mode fold away.

use crate::cfg::KnownModes;
use concord_abi::abc::Code;
use concord_abi::isa::Op;
use rustc_hash::FxHashMap;

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
                    Some(at) if is_generator => [0, 1].iter().all(|&mode| native(code, at, mode)),
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
fn native(code: &Code, at: usize, mode: i64) -> bool {
    let mut registers: FxHashMap<u16, Sym> = FxHashMap::default();
    let mut acc = Sym::Value;
    let mut i = at + 1;
    for _ in 0..40 {
        let Some(ins) = code.instructions.get(i) else { return false };
        let reg = |r: usize| registers.get(&ins.regs[r]).copied().unwrap_or(Sym::Other);
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

fn jump(code: &Code, pc: i64) -> Option<usize> {
    let pc = u32::try_from(pc).ok()?;
    code.instructions.binary_search_by_key(&pc, |i| i.pc).ok()
}
