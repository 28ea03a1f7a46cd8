//! Checks of bindings that may not be initialised yet.

use super::{Fold, Place};
use crate::TranslateError;
use crate::ast::Expr;
use concord_abi::isa::{Instruction, Op};

impl Fold<'_, '_, '_> {
    /// `throw.undefinedifholewithname`: wraps the load that it checks.
    pub(super) fn check_hole(&mut self, ins: &Instruction) -> Result<(), TranslateError> {
        let acc = self.function.acc();
        let val = self.value_of(acc);
        if self.generator.initialised.contains(&(self.f, self.at)) {
            // What waits for several users gets its variable now, unless the next instruction gives it one.
            let waits = matches!(self.places[val as usize], Place::Pending);
            if waits && self.uses[val as usize] > 1 && !self.next_stores() {
                let t = self.generator.temp();
                self.assign(t, val);
            }
            return Ok(());
        }
        self.uses[val as usize] = self.uses[val as usize].saturating_sub(1);
        let name = self.generator.unit.string(ins.ids[0])?;
        if let Some(p) = self.pending.iter().position(|p| p.val == val) {
            {
                let repeatable = match &self.pending[p].expr {
                    Expr::Var(_) => true,
                    Expr::Member(o, _, _) => matches!(**o, Expr::Var(_)),
                    _ => false,
                };
                if !repeatable {
                    let t = self.generator.temp();
                    self.assign(t, val);
                    self.effect(Expr::Checked(Box::new(Expr::Var(t)), name));
                    return Ok(());
                }
                self.mark_hole(p);
                let inner = std::mem::replace(&mut self.pending[p].expr, Expr::Undefined);
                self.pending[p].expr = Expr::Checked(Box::new(inner), name);
                self.pending[p].pure = false;
            }
            if self.uses[val as usize] == 0 {
                let count = p + 1;
                self.flush(count, |e| e.val == val);
            } else if self.uses[val as usize] > 1 && !self.next_stores() {
                let t = self.generator.temp();
                self.assign(t, val);
            }
            return Ok(());
        }
        {
            if let Place::Atom(atom @ (Expr::Var(_) | Expr::Hole)) = self.places[val as usize].clone() {
                if let Expr::Var(v) = atom {
                    self.generator.vars[v as usize].holds_hole = true;
                }
                self.effect(Expr::Checked(Box::new(atom), name));
            }
        }
        Ok(())
    }

    pub(super) fn mark_hole(&mut self, p: usize) {
        if let Expr::Var(v) = self.pending[p].expr {
            self.generator.vars[v as usize].holds_hole = true;
        }
    }

    /// Whether the value that the current instruction gives is checked for the hole right away, and may be it.
    pub fn checked_next(&mut self) -> bool {
        let block = &self.function.cfg.blocks[self.block as usize];
        let code = &self.function.code.instructions[self.at + 1..block.last];
        let check = match code {
            [a, ..] if a.op == Op::ThrowUndefinedifholewithname => 1,
            [a, b, ..] if a.op == Op::Sta && b.op == Op::ThrowUndefinedifholewithname => 2,
            _ => return false,
        };
        !self.generator.initialised.contains(&(self.f, self.at + check))
    }

    /// The next result has to wait on the stack even if it is a variable.
    pub fn keep_pending(&mut self) {
        self.force_pending = true;
    }
}
