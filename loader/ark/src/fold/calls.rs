//! Calls with a receiver: `o.m(…)` where the callee was loaded from the receiver.

use super::{Fold, Place};
use crate::ast::{Element, Expr, Loc};

impl Fold<'_, '_, '_> {
    /// `callthis…`: callee, receiver, arguments.
    pub fn call_this(&mut self, operands: &[u32]) {
        let Some((&callee, rest)) = operands.split_first() else { return };
        let Some((&receiver, args)) = rest.split_first() else { return };
        let here = self.here;
        if self.methods.contains_key(&callee) {
            if matches!(self.places[callee as usize], Place::Pending) {
                // Whether it still waits after the arguments have been taken decides the form.
                let mut all = vec![callee];
                all.extend_from_slice(args);
                let mut taken = self.take(&all);
                let callee_expr = taken.remove(0);
                let args = taken.into_iter().map(Element::Value).collect();
                if let Some(this) = self.receivers.get(&callee).cloned() {
                    return self.call_with(callee_expr, this, args, here);
                }
                self.result(Expr::Call(Box::new(callee_expr), args, here));
                return;
            }
            let mut all = vec![callee];
            all.extend_from_slice(args);
            let mut taken = self.take(&all);
            let callee_expr = taken.remove(0);
            let this = self.receivers.get(&callee).cloned().unwrap_or(Expr::Undefined);
            let args = taken.into_iter().map(Element::Value).collect();
            return self.call_with(callee_expr, this, args, here);
        }
        let mut all = vec![callee, receiver];
        all.extend_from_slice(args);
        let mut taken = self.take(&all).into_iter();
        let callee_expr = taken.next().unwrap_or(Expr::Undefined);
        let this = taken.next().unwrap_or(Expr::Undefined);
        let args = taken.map(Element::Value).collect();
        self.call_with(callee_expr, this, args, here);
    }

    pub(super) fn call_with(&mut self, callee: Expr, this: Expr, args: Vec<Element>, here: Loc) {
        let mut all = vec![callee, this];
        for a in args {
            match a {
                Element::Value(v) => all.push(v),
                Element::Spread(v) => all.push(v),
                Element::Hole => {}
            }
        }
        self.result(Expr::Helper("call", all, here));
    }
}
