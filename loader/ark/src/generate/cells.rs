//! Cells of module variables and names of the global scope.

use super::Generator;
use crate::ast::{Expr, Var, VarInfo, VarKind};
use crate::names::Atom;

impl Generator<'_, '_> {
    /// A global identifier.
    pub fn global(&mut self, name: Atom) -> Expr {
        let entry = self.unit.atoms.get(name);
        if entry.is_name && !crate::names::is_reserved(&entry.text) {
            self.global_names.insert(name);
            return Expr::Global(name);
        }
        match &*entry.text {
            "undefined" => Expr::Undefined,
            _ => {
                let global = self.unit.atoms.intern("global");
                Expr::Member(Box::new(Expr::Member(Box::new(Expr::Prelude), global, 0)), name, 0)
            }
        }
    }

    pub(super) fn cell(&mut self, list: &str, index: i64, hint: Option<Atom>) -> Var {
        let var = self.var(VarInfo {
            kind: VarKind::Unit,
            hint,
            stable: true,
            guarded: false,
            native: false,
            holds_hole: false,
        });
        let list = self.unit.atoms.intern(list);
        let value = Expr::Index(Box::new((Expr::Member(Box::new(Expr::Module), list, 0), Expr::Num(index as f64))), 0);
        self.cells.push((var, value));
        var
    }

    pub(super) fn cell_value(&mut self, var: Var) -> Expr {
        let v = self.unit.atoms.intern("v");
        Expr::Member(Box::new(Expr::Var(var)), v, 0)
    }

    /// Value of regular import `index`.
    pub fn import_cell(&mut self, index: i64) -> Expr {
        let var = match self.imports.get(&index) {
            Some(&v) => v,
            None => {
                let local = usize::try_from(index)
                    .ok()
                    .and_then(|i| self.unit.record.module.as_ref()?.imports.get(i))
                    .map(|i| i.local.to_string());
                let hint = local.map(|l| self.unit.atoms.intern(&l));
                let v = self.cell("i", index, hint);
                self.imports.insert(index, v);
                v
            }
        };
        self.cell_value(var)
    }

    /// Value of local export slot `index`.
    pub fn export_cell(&mut self, index: i64) -> Expr {
        let var = match self.exports.get(&index) {
            Some(&v) => v,
            None => {
                let local = self
                    .unit
                    .record
                    .module
                    .as_ref()
                    .and_then(|m| m.local_exports.iter().find(|e| i64::from(e.slot) == index))
                    .map(|e| e.local.to_string());
                let local = local.map(|l| if l == "*default*" { "default_".to_string() } else { l });
                let hint = local.map(|l| self.unit.atoms.intern(&l));
                let v = self.cell("e", index, hint);
                self.exports.insert(index, v);
                v
            }
        };
        self.cell_value(var)
    }

    /// Cell of a module variable named by old instructions.
    pub fn named_cell(&mut self, name: Atom, local: bool) -> Expr {
        let text = self.unit.atoms.text(name).to_string();
        let module = self.unit.record.module.as_ref();
        if local {
            let slot = module.and_then(|m| m.local_exports.iter().find(|e| e.local == text)).map(|e| i64::from(e.slot));
            if let Some(slot) = slot {
                return self.export_cell(slot);
            }
        }
        let import = module.and_then(|m| m.imports.iter().position(|i| i.local == text)).map(|i| i as i64);
        match import {
            Some(i) => self.import_cell(i),
            None => self.global(name),
        }
    }

    /// Request index of `import * as name`.
    pub fn namespace_request(&mut self, name: Atom) -> u32 {
        let text = self.unit.atoms.text(name);
        let module = self.unit.record.module.as_ref();
        module.and_then(|m| m.namespace_imports.iter().find(|n| n.0 == text)).map_or(0, |n| n.1)
    }
}
