//! The first run over a block: how often each value is used, and which writes of registers have to be kept.

use super::{Fold, NO_VAL, Val};
use crate::cfg::{BlockId, cannot_throw};
use crate::unit::Function;
use crate::webs;
use concord_abi::isa::{Instruction, Op};
use rustc_hash::FxHashMap;

impl<'a> Fold<'_, 'a, '_> {
    /// First run: uses of values, and writes that have to be kept.
    pub(super) fn count(&mut self, function: &Function<'a>, b: BlockId) {
        let acc = function.acc();
        let block = &function.cfg.blocks[b as usize];
        self.places.clear();
        self.uses.clear();
        self.next_val = 0;
        self.stamp += 1;
        self.resumed = NO_VAL;
        self.awaiting = false;
        // Writes of registers the handler needs, since the last instruction that may throw.
        let mut fresh: Vec<(u32, usize)> = Vec::new();
        // The load that gave a value, for method calls.
        let mut loads: FxHashMap<Val, Val> = FxHashMap::default();
        for index in block.first..block.last {
            let ins = &function.code.instructions[index];
            self.keep[index] = false;
            if !cannot_throw(ins.op) {
                for (_, i) in fresh.drain(..) {
                    self.keep[i] = true;
                }
            }
            let operands = self.operands(ins, acc);
            match ins.op {
                Op::Lda => self.set(acc, operands[0]),
                Op::Sta | Op::Mov => self.set(u32::from(ins.regs[0]), operands[0]),
                Op::Suspendgenerator | Op::DeprecatedSuspendgenerator if self.awaiting => {
                    self.awaiting = false;
                    self.resumed = operands[0];
                    self.set(acc, operands[0]);
                }
                Op::Resumegenerator | Op::DeprecatedResumegenerator => {
                    let v = if self.resumed == NO_VAL { self.new_val() } else { self.resumed };
                    self.set(acc, v);
                }
                Op::ThrowUndefinedifholewithname => {
                    // Keeps acc, but wraps the load that made it.
                    if !self.generator.initialised.contains(&(self.f, index)) {
                        for &v in &operands {
                            self.uses[v as usize] += 1;
                        }
                    }
                }
                _ => {
                    for &v in &operands {
                        self.uses[v as usize] += 1;
                    }
                    if let Some(object) = method_call(ins.op).and_then(|()| operands.get(1)).copied() {
                        let callee = operands[0];
                        if loads.get(&callee) == Some(&object) && self.uses[callee as usize] == 1 {
                            self.uses[object as usize] -= 1;
                            self.methods.insert(callee, object);
                        }
                    }
                    if let Some(w) = webs::write(ins, acc) {
                        let v = self.new_val();
                        match ins.op {
                            Op::Ldobjbyname | Op::Ldsuperbyname | Op::Ldobjbyindex => {
                                loads.insert(v, operands[0]);
                            }
                            Op::Ldobjbyvalue | Op::Ldsuperbyvalue => {
                                loads.insert(v, operands[0]);
                            }
                            _ => {}
                        }
                        match ins.op {
                            Op::Asyncfunctionawaituncaught | Op::DeprecatedAsyncfunctionawaituncaught => {
                                self.awaiting = true;
                            }
                            Op::Suspendgenerator | Op::DeprecatedSuspendgenerator | Op::Asyncgeneratorresolve => {
                                self.resumed = v;
                            }
                            _ => {}
                        }
                        self.set(w, v);
                    }
                }
            }
            self.scratch = operands;
            if let Some(w) = webs::write(ins, acc)
                && w != acc
                && self.handler.is_some_and(|h| self.webs.live_in(h, w))
            {
                fresh.retain(|&(r, _)| r != w);
                fresh.push((w, index));
            }
        }
        // The last write of a register in the block.
        self.stamp += 1;
        for index in (block.first..block.last).rev() {
            let Some(w) = webs::write(&function.code.instructions[index], acc) else { continue };
            if self.current[w as usize].0 != self.stamp {
                self.current[w as usize] = (self.stamp, NO_VAL);
                self.keep[index] |= block.successors().any(|s| self.webs.live_in(s, w));
            }
        }
        // A write that is kept reads the value once more.
        self.recount(function, b);
    }

    /// Adds the uses by kept writes: values are numbered as in the run before.
    pub(super) fn recount(&mut self, function: &Function<'a>, b: BlockId) {
        let acc = function.acc();
        let block = &function.cfg.blocks[b as usize];
        self.next_val = 0;
        self.stamp += 1;
        self.resumed = NO_VAL;
        self.awaiting = false;
        let uses = std::mem::take(&mut self.uses);
        let mut added = vec![0u32; uses.len()];
        for index in block.first..block.last {
            let ins = &function.code.instructions[index];
            self.renumber(ins, acc);
            if self.keep[index]
                && let Some(w) = webs::write(ins, acc)
            {
                let v = self.value_of(w);
                if let Some(a) = added.get_mut(v as usize) {
                    *a += 1;
                }
            }
        }
        self.uses = uses;
        for (u, a) in self.uses.iter_mut().zip(added) {
            *u += a;
        }
        self.next_val = self.uses.len() as Val;
        // A member that is kept for other uses too cannot become `o.m(…)`.
        let uses = &mut self.uses;
        self.methods.retain(|&callee, &mut object| {
            let only = uses[callee as usize] == 1;
            if !only {
                uses[object as usize] += 1;
            }
            only
        });
    }

    /// Value numbering of one instruction, as in `count`.
    pub(super) fn renumber(&mut self, ins: &Instruction, acc: u32) {
        let operands = self.operands(ins, acc);
        match ins.op {
            Op::Lda => self.set(acc, operands[0]),
            Op::Sta | Op::Mov => self.set(u32::from(ins.regs[0]), operands[0]),
            Op::Suspendgenerator | Op::DeprecatedSuspendgenerator if self.awaiting => {
                self.awaiting = false;
                self.resumed = operands[0];
                self.set(acc, operands[0]);
            }
            Op::Resumegenerator | Op::DeprecatedResumegenerator => {
                let v = if self.resumed == NO_VAL { self.new_val() } else { self.resumed };
                self.set(acc, v);
            }
            Op::ThrowUndefinedifholewithname => {}
            _ => {
                if let Some(w) = webs::write(ins, acc) {
                    let v = self.new_val();
                    match ins.op {
                        Op::Asyncfunctionawaituncaught | Op::DeprecatedAsyncfunctionawaituncaught => {
                            self.awaiting = true
                        }
                        Op::Suspendgenerator | Op::DeprecatedSuspendgenerator | Op::Asyncgeneratorresolve => {
                            self.resumed = v;
                        }
                        _ => {}
                    }
                    self.set(w, v);
                }
            }
        }
        self.scratch = operands;
    }
}

/// Calls that pass the object of a member as the receiver.
fn method_call(op: Op) -> Option<()> {
    matches!(
        op,
        Op::Callthis0
            | Op::Callthis1
            | Op::Callthis2
            | Op::Callthis3
            | Op::Callthisrange
            | Op::Callthis0withname
            | Op::Callthis1withname
            | Op::Callthis2withname
            | Op::Callthis3withname
            | Op::Callthisrangewithname
    )
    .then_some(())
}
