//! Lexical environments: slots become variables, or members of environment objects in irregular units.

use super::Generator;
use crate::TranslateError;
use crate::ast::{Expr, Key, Prop, Stmt, Var, VarInfo, VarKind};
use crate::names::Atom;
use crate::scopes::{ScopeId, ScopeKind, ScopeState, Slot};
use crate::structure::BlockCode;
use crate::unit::FnId;
use concord_abi::abc::Literal;
use concord_abi::isa::Instruction;
use rustc_hash::FxHashMap;

impl Generator<'_, '_> {
    /// The variable of a slot.
    pub fn slot_var(&mut self, scope: ScopeId, slot: u32) -> Var {
        if let Some(j) = self.unit.scopes[scope as usize].feeds {
            let _ = self.slot_var(j, slot);
            if let Some(c) = self.unit.scopes[j as usize].slots.get(&slot).and_then(|s| s.carrier) {
                return c;
            }
        }
        if let Some(s) = self.unit.scopes[scope as usize].slots.get(&slot) {
            return s.var;
        }
        let fact = self.facts.slots.get(&(scope, slot)).cloned().unwrap_or_default();
        let joined = matches!(self.unit.scopes[scope as usize].kind, ScopeKind::Joined(_));
        let mut hint = fact.name.or(fact.guess);
        if hint.is_none() {
            hint = self.debug_name(scope, slot);
        }
        let stable = if joined { fact.stores == 0 } else { fact.stores == 1 && fact.once && !fact.reset };
        let guarded = !fact.unguarded && !fact.reset && !joined;
        let var = self.var(VarInfo { kind: VarKind::Slot, hint, stable, guarded, native: false, holds_hole: false });
        let carrier = joined.then(|| {
            self.var(VarInfo {
                kind: VarKind::Slot,
                hint,
                stable: false,
                guarded: false,
                native: false,
                holds_hole: false,
            })
        });
        self.unit.scopes[scope as usize].slots.insert(slot, Slot { var, carrier });
        var
    }

    /// Name of a slot by the literal array of `newlexenvwithname`: count, then name and slot in turn.
    pub(super) fn debug_name(&mut self, scope: ScopeId, slot: u32) -> Option<Atom> {
        let array = self.unit.scopes[scope as usize].names?;
        let literal = self.unit.literal(array).ok()?;
        let mut previous: Option<&Literal<'_>> = None;
        for l in literal.iter() {
            if let (Some(Literal::String(name)), Literal::Integer(i)) = (previous, l)
                && u32::try_from(*i) == Ok(slot)
            {
                return Some(self.unit.intern(name));
            }
            previous = Some(l);
        }
        None
    }

    /// The binding that an instruction with level and slot names.
    pub fn slot(&mut self, f: FnId, state: ScopeState, ins: &Instruction) -> Result<Expr, TranslateError> {
        let slot = u32::try_from(ins.imm[1]).unwrap_or(0);
        if self.unit.irregular {
            let p = self.unit.atoms.intern("p");
            let mut expr = Expr::Var(self.env_var(f));
            for _ in 0..ins.imm[0].clamp(0, i64::from(crate::limits::SCOPE_DEPTH)) {
                expr = Expr::Member(Box::new(expr), p, 0);
            }
            let name = self.unit.atoms.intern(&format!("_{slot}"));
            return Ok(Expr::Member(Box::new(expr), name, 0));
        }
        let Some(scope) = self.unit.level(state, ins.imm[0]) else {
            return Err(TranslateError::new(
                self.unit.functions[f as usize].code.offset + ins.pc,
                "a lexical environment that does not exist",
            ));
        };
        if self.facts.slots.get(&(scope, slot)).is_some_and(|s| s.this) && self.arrows_up_to(f, scope) {
            return Ok(Expr::This);
        }
        Ok(Expr::Var(self.slot_var(scope, slot)))
    }

    /// Whether `f` is an arrow function in arrow functions inside the owner of `scope`.
    pub(super) fn arrows_up_to(&self, mut f: FnId, scope: ScopeId) -> bool {
        let owner = self.unit.scopes[scope as usize].owner;
        if f == owner {
            return false;
        }
        while f != owner {
            let function = &self.unit.functions[f as usize];
            match function.parent {
                Some(p) if function.is_arrow => f = p,
                _ => return false,
            }
        }
        true
    }

    /// The variable with the current environment object (irregular units).
    pub(super) fn env_var(&mut self, f: FnId) -> Var {
        if let Some(v) = self.extra.entry(f).or_default().env {
            return v;
        }
        let hint = Some(self.unit.atoms.intern("E"));
        let v = self.var(VarInfo {
            kind: VarKind::Slot,
            hint,
            stable: false,
            guarded: false,
            native: false,
            holds_hole: false,
        });
        self.extra.entry(f).or_default().env = Some(v);
        v
    }

    /// `newlexenv`.
    pub fn new_environment(&mut self, f: FnId, at: usize) -> Vec<Stmt> {
        let ins = self.unit.functions[f as usize].code.instructions[at];
        if self.unit.irregular {
            let env = self.env_var(f);
            let p = self.unit.atoms.intern("p");
            let mut props = vec![Prop::Value(Key::Name(p), Expr::Var(env))];
            for i in 0..ins.imm[0].clamp(0, 65_535) {
                let name = self.unit.atoms.intern(&format!("_{i}"));
                props.push(Prop::Value(Key::Name(name), Expr::Hole));
            }
            return vec![Stmt::Expr(Expr::assign(Expr::Var(env), Expr::Object(props)), 0)];
        }
        vec![]
    }

    /// `poplexenv`.
    pub fn leave_environment(&mut self, f: FnId) -> Option<Stmt> {
        if !self.unit.irregular {
            return None;
        }
        let env = self.env_var(f);
        let p = self.unit.atoms.intern("p");
        Some(Stmt::Expr(Expr::assign(Expr::Var(env), Expr::Member(Box::new(Expr::Var(env)), p, 0)), 0))
    }

    /// Variables of the environments that `f` creates: where they are declared.
    pub(super) fn declare_scopes(
        &mut self,
        f: FnId,
        code: &mut [BlockCode],
        declared: &mut Vec<Var>,
        heads: &mut FxHashMap<u32, Vec<Stmt>>,
    ) {
        for id in self.scopes_of.get(&f).cloned().unwrap_or_default() {
            let scope = &self.unit.scopes[id as usize];
            if scope.feeds.is_some() || scope.slots.is_empty() {
                continue;
            }
            let mut slots: Vec<(u32, Slot)> = scope.slots.iter().map(|(k, v)| (*k, v.clone())).collect();
            slots.sort_unstable_by_key(|s| s.0);
            let block = scope.block;
            let around = self.plans[f as usize].as_ref().and_then(|p| p.loop_of(block));
            let vars: Vec<Var> = slots.iter().map(|s| s.1.var).collect();
            match around {
                None => declared.extend(vars),
                Some(header) => heads.entry(header).or_default().push(Stmt::Declare(vars)),
            }
            if let ScopeKind::Joined(b) = scope.kind {
                let copies: Vec<Stmt> = slots
                    .iter()
                    .filter_map(|(_, s)| {
                        let carrier = s.carrier?;
                        declared.push(carrier);
                        Some(Stmt::Expr(Expr::assign(Expr::Var(s.var), Expr::Var(carrier)), 0))
                    })
                    .collect();
                code[b as usize].body.splice(0..0, copies);
            }
        }
    }
}
