//! Concurrent functions, which other threads call without running the module that they stand in.

use super::Generator;
use crate::ast::{Element, Expr, FuncKind, Var, VarInfo, VarKind};
use crate::unit::FnId;
use concord_abi::abc::FunctionKind;

impl Generator<'_, '_> {
    /// Whether a function is concurrent and uses nothing of the functions around it: compilers see to that, since nothing of
    /// them goes to another thread.
    pub(super) fn stands_alone(&self, f: FnId, function: &Expr) -> bool {
        let Expr::Func(function) = function else { return false };
        let at_head = |var: &Var| self.cells.iter().chain(&self.concurrent).any(|(cell, _)| cell == var);
        self.unit.functions[f as usize].method.kind == FunctionKind::Concurrent
            && function.kind == FuncKind::Plain
            && function.free.iter().all(at_head)
    }

    /// Moves a concurrent function to the head of the unit, where the runtime finds it by the offset of its method, with the
    /// imports that it uses (-1 for the module's own exports). Any other function stays as it is.
    pub(super) fn concurrent(&mut self, f: FnId, function: Expr) -> Expr {
        if !self.stands_alone(f, &function) {
            return function;
        }
        let Expr::Func(func) = &function else { return function };
        let imports = self.imports.iter().filter(|(_, var)| func.free.contains(var)).map(|(index, _)| *index);
        let mut imports: Vec<i64> = imports.collect();
        imports.sort_unstable();
        if self.exports.values().any(|var| func.free.contains(var)) {
            imports.push(-1);
        }
        let imports = imports.into_iter().map(|index| Element::Value(Expr::Num(index as f64))).collect();
        let var = self.var(VarInfo {
            kind: VarKind::Unit,
            hint: func.name,
            stable: true,
            guarded: false,
            native: false,
            holds_hole: false,
        });
        let offset = Expr::Num(f64::from(self.unit.functions[f as usize].method.offset));
        let value = Expr::Helper("concurrent", vec![Expr::Module, offset, function, Expr::Array(imports)], 0);
        self.concurrent.push((var, value));
        Expr::Var(var)
    }
}
