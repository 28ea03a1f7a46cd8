//! The values that wait for their only user, in the order in which they are evaluated.

use super::{Fold, Pending, Place, Val};
use crate::ast::{Expr, Stmt, Var};
use crate::limits;
use concord_abi::isa::Op;

impl Fold<'_, '_, '_> {
    /// `var = value`, as a statement; afterwards the value can be read from the variable.
    pub(super) fn assign(&mut self, var: Var, val: Val) {
        if let Place::Atom(Expr::Var(v)) = self.places[val as usize]
            && v == var
        {
            return;
        }
        // What is still needed of the old value moves to a fresh variable.
        let held = self.holders.remove(&var).unwrap_or_default();
        let mut saved: Option<Var> = None;
        for h in held {
            let holds = matches!(self.places[h as usize], Place::Atom(Expr::Var(v)) if v == var);
            if !holds || self.uses[h as usize] == 0 {
                continue;
            }
            let t = match saved {
                Some(t) => t,
                None => {
                    let t = self.generator.temp();
                    self.out.push(Stmt::Expr(Expr::assign(Expr::Var(t), Expr::Var(var)), 0));
                    saved = Some(t);
                    t
                }
            };
            self.holders.entry(t).or_default().push(h);
            self.places[h as usize] = Place::Atom(Expr::Var(t));
        }
        let seen_by_handler = self.handler.is_some();
        if let Some(p) = self.pending.iter().position(|p| p.val == val) {
            // Entries above this one were evaluated after it but before the store.
            let above = self.pending[p + 1..].iter().any(|e| e.reads.contains(&var) || (seen_by_handler && !e.pure));
            if above {
                self.flush_all();
            } else {
                let pure = self.pending[p].pure && !seen_by_handler;
                self.flush(p, |e| (!pure && !e.pure) || e.reads.contains(&var));
                if let Some(p) = self.pending.iter().position(|p| p.val == val) {
                    let entry = self.pending.remove(p);
                    self.name_after(var, &entry.expr);
                    self.out.push(Stmt::Expr(Expr::assign(Expr::Var(var), entry.expr), self.here));
                    self.places[val as usize] = Place::Atom(Expr::Var(var));
                    self.holders.entry(var).or_default().push(val);
                    return;
                }
            }
        }
        let count = self.pending.len();
        self.flush(count, |e| (seen_by_handler && !e.pure) || e.reads.contains(&var));
        if let Place::Atom(atom) = self.places[val as usize].clone() {
            self.out.push(Stmt::Expr(Expr::assign(Expr::Var(var), atom), self.here));
        }
    }

    /// Stores those of the first `upto` waiting values in variables that `which` selects, and every observable one
    /// before the last of them.
    pub(super) fn flush(&mut self, upto: usize, which: impl Fn(&Pending) -> bool) {
        let upto = upto.min(self.pending.len());
        let mut marked = vec![false; upto];
        let mut observable = false;
        for i in (0..upto).rev() {
            let entry = &self.pending[i];
            if which(entry) || (observable && !entry.pure) {
                marked[i] = true;
                observable |= !entry.pure;
            }
        }
        let mut i = 0;
        for mark in marked {
            if mark {
                let entry = self.pending.remove(i);
                self.store_entry(entry);
            } else {
                i += 1;
            }
        }
    }

    pub(super) fn flush_all(&mut self) {
        let count = self.pending.len();
        self.flush(count, |_| true);
    }

    pub(super) fn flush_effects(&mut self) {
        let count = self.pending.len();
        self.flush(count, |e| !e.pure);
    }

    pub(super) fn store_entry(&mut self, entry: Pending) {
        let val = entry.val;
        if self.uses[val as usize] == 0 {
            if !entry.pure {
                self.out.push(Stmt::Expr(entry.expr, self.here));
            }
            self.places[val as usize] = Place::Gone;
            return;
        }
        let mut expr = entry.expr;
        if entry.method {
            // The object is needed once more, as the receiver.
            let object = match &mut expr {
                Expr::Member(o, _, _) => Some(&mut **o),
                Expr::Index(p, _) => Some(&mut p.0),
                _ => None,
            };
            if let Some(object) = object {
                let receiver = if object.is_atom() && !matches!(object, Expr::Var(_)) {
                    object.clone()
                } else {
                    let t = self.generator.temp();
                    let value = std::mem::replace(object, Expr::Var(t));
                    self.out.push(Stmt::Expr(Expr::assign(Expr::Var(t), value), self.here));
                    Expr::Var(t)
                };
                self.receivers.insert(val, receiver);
            }
        }
        let t = self.generator.temp();
        self.out.push(Stmt::Expr(Expr::assign(Expr::Var(t), expr), self.here));
        self.places[val as usize] = Place::Atom(Expr::Var(t));
        self.holders.entry(t).or_default().push(val);
    }

    /// The expressions of operands, in evaluation order; waiting ones are taken from the stack.
    pub fn take(&mut self, operands: &[Val]) -> Vec<Expr> {
        let mut top = self.pending.len();
        let mut flush_to = 0;
        for k in (0..operands.len()).rev() {
            let val = operands[k];
            if !matches!(self.places[val as usize], Place::Pending) {
                continue;
            }
            let Some(at) = self.pending.iter().rposition(|p| p.val == val) else { continue };
            if self.pending[at].pure {
                continue;
            }
            // Only pure values may lie between this one and what is taken after it.
            if at < top && self.pending[at + 1..top].iter().all(|p| p.pure) {
                top = at;
            } else {
                flush_to = flush_to.max(at + 1);
            }
        }
        if flush_to > 0 {
            self.flush(flush_to, |e| !e.pure);
        }
        let mut result = Vec::with_capacity(operands.len());
        for &val in operands {
            self.uses[val as usize] = self.uses[val as usize].saturating_sub(1);
            if matches!(self.places[val as usize], Place::Pending)
                && let Some(at) = self.pending.iter().rposition(|p| p.val == val)
            {
                let entry = self.pending.remove(at);
                self.places[val as usize] = Place::Gone;
                self.taken_depth = self.taken_depth.max(entry.depth);
                self.taken_impure |= !entry.pure;
                self.taken_reads.extend(entry.reads);
                result.push(entry.expr);
                continue;
            }
            match &self.places[val as usize] {
                Place::Atom(e) => {
                    if let Expr::Var(v) = e {
                        self.taken_reads.push(*v);
                    }
                    result.push(e.clone());
                }
                _ => result.push(Expr::Undefined),
            }
        }
        result
    }

    /// The accumulator gets `expr`.
    pub fn result(&mut self, expr: Expr) {
        let unstable =
            std::mem::take(&mut self.force_pending) || matches!(expr, Expr::Var(v) if self.generator.is_unstable(v));
        let pure = (expr.is_pure() || self.assume_pure) && !self.taken_impure && !unstable;
        self.assume_pure = false;
        self.taken_impure = false;
        let acc = self.function.acc();
        let val = self.new_val();
        self.set(acc, val);
        let depth = std::mem::take(&mut self.taken_depth) + 1;
        let reads = std::mem::take(&mut self.taken_reads);
        if expr.is_atom() && !unstable {
            if let Expr::Var(v) = expr {
                self.holders.entry(v).or_default().push(val);
            }
            self.places[val as usize] = Place::Atom(expr);
            self.written(acc, val);
            return;
        }
        let uses = self.uses[val as usize];
        if uses == 0 {
            self.places[val as usize] = Place::Gone;
            // Reading a variable is nothing that can be observed.
            if !pure && !matches!(expr, Expr::Var(_)) {
                self.flush_effects();
                self.out.push(Stmt::Expr(expr, self.here));
            }
            return;
        }
        let method = self.methods.contains_key(&val);
        self.places[val as usize] = Place::Pending;
        self.pending.push(Pending { val, expr, pure, depth, reads, method });
        if self.keep[self.at] {
            self.written(acc, val);
            return;
        }
        let next_is_sta = self.next_is(|op| matches!(op, Op::Sta | Op::ThrowUndefinedifholewithname));
        if depth > limits::EXPRESSION_DEPTH || (uses > 1 && !next_is_sta) {
            let var = self.generator.temp();
            self.assign(var, val);
        }
    }

    /// The accumulator gets an expression that is fresh and unobservable to build (closures, literals).
    pub fn result_pure(&mut self, expr: Expr) {
        self.assume_pure = true;
        self.result(expr);
    }

    /// An expression as something that can be mentioned or left out: evaluates it now unless it is an atom.
    pub fn as_atom(&mut self, expr: Expr) -> Expr {
        if expr.is_atom() {
            return expr;
        }
        self.forget_taken();
        self.flush_effects();
        let t = self.generator.temp();
        self.out.push(Stmt::Expr(Expr::assign(Expr::Var(t), expr), self.here));
        Expr::Var(t)
    }

    /// A statement that happens now.
    pub fn effect(&mut self, expr: Expr) {
        self.forget_taken();
        self.flush_effects();
        self.out.push(Stmt::Expr(expr, self.here));
    }

    /// Any statement that happens now.
    pub fn statement(&mut self, stmt: Stmt) {
        self.forget_taken();
        self.flush_effects();
        self.out.push(stmt);
    }

    pub(super) fn forget_taken(&mut self) {
        self.taken_depth = 0;
        self.taken_reads.clear();
        self.taken_impure = false;
    }
}
