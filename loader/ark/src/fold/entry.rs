//! Variables of webs, and what registers hold where a function or block starts.

use super::Fold;
use crate::ast::{Expr, Stmt, Var, VarInfo, VarKind};
use crate::unit::{Function, Role};
use crate::webs::{self, Web, Webs};
use concord_abi::isa::Op;

impl Fold<'_, '_, '_> {
    /// The variable of a web.
    pub fn web_var(&mut self, web: Web) -> Var {
        if let Some(v) = self.web_vars[web as usize] {
            return v;
        }
        let register = self.webs.register[web as usize];
        let (first, count) = self.function.formals();
        let from_entry = self.webs.from_entry[web as usize];
        let is_param = from_entry && register >= first && register < first + count.min(self.rest_at);
        let writes = self.webs.writes[web as usize] + u32::from(from_entry);
        let hint = if is_param { self.parameter_name(register - first) } else { None };
        let var = self.generator.var(VarInfo {
            kind: if is_param { VarKind::Param } else { VarKind::Local },
            hint,
            stable: writes <= 1,
            guarded: false,
            native: false,
            holds_hole: false,
        });
        self.web_vars[web as usize] = Some(var);
        var
    }

    pub(super) fn parameter_name(&mut self, index: u32) -> Option<crate::names::Atom> {
        let (first, count) = self.function.formals();
        let _ = first;
        let names = &self.function.debug.parameters;
        // Debug information may list the hidden parameters too.
        let skip = names.len().checked_sub(count as usize)?;
        let name = names.get(skip + index as usize)?;
        if name.is_empty() || *name == "this" {
            return None;
        }
        let name = name.to_string();
        Some(self.generator.unit.atoms.intern(&name))
    }

    /// What register `r` holds when the function starts.
    pub(super) fn initial(&self, r: u32) -> Option<Expr> {
        let (first, count) = self.function.formals();
        if r >= first && r < first + count.min(self.rest_at) {
            return None;
        }
        if Some(r) == self.function.this_register() {
            return Some(if self.function.role == Role::Constructor && self.derived {
                Expr::Undefined
            } else {
                Expr::This
            });
        }
        if Some(r) == self.function.new_target_register() {
            return Some(Expr::NewTarget);
        }
        if Some(r) == self.function.func_register() {
            return Some(Expr::Prelude);
        }
        Some(Expr::Undefined)
    }

    /// Statements that give webs their values at function start, where it is not a parameter.
    pub fn prologue(&mut self) -> Vec<Stmt> {
        let mut found = Vec::new();
        self.webs.each_live(0, |r| found.push(r));
        let mut out = Vec::new();
        for r in found {
            let Some(web) = self.webs.at_entry(0, r) else { continue };
            if self.webs.writes[web as usize] == 0 {
                continue;
            }
            if let Some(value) = self.initial(r) {
                if Some(r) == self.function.func_register() {
                    continue;
                }
                let var = self.web_var(web);
                out.push(Stmt::Expr(Expr::assign(Expr::Var(var), value), 0));
            }
        }
        out
    }

    /// The parameter list: a variable per formal.
    pub fn parameters(&mut self) -> Vec<Var> {
        let (first, count) = self.function.formals();
        (0..count.min(self.rest_at))
            .map(|i| {
                let web = self.webs.at_entry(0, first + i);
                match web {
                    Some(w) => self.web_var(w),
                    None => {
                        let hint = self.parameter_name(i);
                        self.generator.var(VarInfo {
                            kind: VarKind::Param,
                            hint,
                            stable: true,
                            guarded: false,
                            native: false,
                            holds_hole: false,
                        })
                    }
                }
            })
            .collect()
    }

    pub(super) fn entry_atom(&mut self, register: u32) -> Expr {
        match self.webs.at_entry(self.block, register) {
            Some(web) => {
                if let Some(value) = &self.constants[web as usize] {
                    return value.clone();
                }
                if self.webs.from_entry[web as usize]
                    && self.webs.writes[web as usize] == 0
                    && let Some(value) = self.initial(register)
                {
                    return match value {
                        Expr::Prelude => Expr::Var(self.generator.own_var(self.f)),
                        other => other,
                    };
                }
                Expr::Var(self.web_var(web))
            }
            None => Expr::Undefined,
        }
    }
}

/// Literals of webs that are written exactly once.
pub(super) fn constants(function: &Function<'_>, webs: &Webs) -> Vec<Option<Expr>> {
    let mut constants = vec![None; webs.count as usize];
    let acc = function.acc();
    for &b in &function.cfg.rpo {
        let block = &function.cfg.blocks[b as usize];
        for index in block.first..block.last {
            let ins = &function.code.instructions[index];
            let Some(_) = webs::write(ins, acc) else { continue };
            let web = webs.written(index) as usize;
            if webs.writes[web] != 1 || webs.from_entry[web] {
                continue;
            }
            let at = match ins.op {
                Op::Sta if index > block.first => index - 1,
                Op::Sta | Op::Mov => continue,
                _ => index,
            };
            let source = &function.code.instructions[at];
            constants[web] = match source.op {
                Op::Getresumemode | Op::DeprecatedGetresumemode => {
                    function.modes.get(&at).map(|&mode| Expr::Num(mode as f64))
                }
                Op::Ldundefined => Some(Expr::Undefined),
                Op::Ldnull => Some(Expr::Null),
                Op::Ldtrue => Some(Expr::Bool(true)),
                Op::Ldfalse => Some(Expr::Bool(false)),
                Op::Ldhole => Some(Expr::Hole),
                Op::Ldai => Some(Expr::Num(source.imm[0] as f64)),
                // What `super(…)` gives is `this` from then on.
                Op::Supercallthisrange | Op::Supercallspread | Op::CallruntimeSupercallforwardallargs
                    if function.role == Role::Constructor =>
                {
                    Some(Expr::This)
                }
                _ => None,
            };
        }
    }
    constants
}
