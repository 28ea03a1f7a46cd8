//! Suspensions: `await`, `yield` and what resumes them.

use super::Fold;
use crate::ast::{BinOp, Expr, Prop, Stmt, Var};
use concord_abi::isa::Op;

impl Fold<'_, '_, '_> {
    /// `creategeneratorobj`.
    pub fn generator_object(&mut self) {
        if self.function.is_async_generator {
            let g = self.generator.generator_var(self.f);
            self.result(Expr::Var(g));
        } else {
            self.result(Expr::Undefined);
        }
    }

    /// The next suspension is that of an `await`.
    pub fn awaits(&mut self) {
        self.awaiting = true;
    }

    /// The accumulator and the next `resumegenerator` give what the frame is resumed with.
    pub fn resumes(&mut self, expr: Expr) {
        let val = self.next_val;
        self.result(expr);
        self.resumed = val;
        // Resumption in another block goes through a variable.
        let function = self.function.clone();
        let rest = self.at + 1..function.cfg.blocks[self.block as usize].last;
        let here = function.code.instructions[rest]
            .iter()
            .any(|i| matches!(i.op, Op::Resumegenerator | Op::DeprecatedResumegenerator));
        if !here {
            let sent = self.generator.sent_var(self.f);
            self.assign(sent, val);
        }
    }

    /// `suspendgenerator` other than of an await.
    pub fn suspend(&mut self, operands: &[u32]) {
        let here = self.here;
        let value = self.take(operands).pop().unwrap_or(Expr::Undefined);
        if Some(self.at) == self.first_suspend || self.function.is_async_generator {
            if self.function.is_generator && crate::generate::starts_early(&self.function) {
                self.resumes(Expr::Yield(false, Box::new(Expr::Undefined), here));
                return;
            }
            self.resumes(Expr::Undefined);
            return;
        }
        let (delegate, value) = match value {
            Expr::Object(mut props) if props.len() == 2 => match (props.pop(), props.pop()) {
                (Some(Prop::Value(_, Expr::Bool(false))), Some(Prop::Value(_, v))) => (false, v),
                (Some(done), Some(value)) => (true, Expr::Object(vec![value, done])),
                _ => (true, Expr::Undefined),
            },
            other => (true, other),
        };
        let value = if delegate {
            self.generator.delegates(self.f);
            Expr::Helper("pass", vec![value], here)
        } else {
            value
        };
        let suspension = Expr::Yield(false, Box::new(value), here);
        let function = self.function.clone();
        let end = function.cfg.blocks[self.block as usize].last;
        let mode_at = (self.at + 1..end)
            .find(|&i| matches!(function.code.instructions[i].op, Op::Getresumemode | Op::DeprecatedGetresumemode));
        if mode_at.is_some_and(|i| function.modes.contains_key(&i)) {
            self.resumes(suspension);
            return;
        }
        let (m, v, e) = (self.generator.temp(), self.generator.temp(), self.generator.temp());
        let label = 0x8000_0000 | self.at as u32;
        let set = |var: Var, value: Expr| Stmt::Expr(Expr::assign(Expr::Var(var), value), here);
        self.statement(set(m, Expr::Num(0.0)));
        self.statement(Stmt::Block(
            label,
            vec![Stmt::Try(
                vec![set(v, suspension), set(m, Expr::Num(2.0))],
                Some((Some(e), vec![set(v, Expr::Var(e)), set(m, Expr::Num(1.0))])),
                Some(vec![Stmt::If(
                    Expr::binary(BinOp::StrictEq, Expr::Var(m), Expr::Num(0.0)),
                    vec![set(v, Expr::Helper("returned", vec![], here)), Stmt::Break(label)],
                    vec![],
                    here,
                )]),
            )],
        ));
        self.mode = Some(Expr::Var(m));
        self.resumes(Expr::Var(v));
    }

    /// `getresumemode`.
    pub fn resume_mode(&mut self) {
        let mode = if self.function.modes.contains_key(&self.at) {
            Expr::Num(2.0)
        } else if self.function.is_async_generator {
            let g = self.generator.generator_var(self.f);
            Expr::Helper("resumeMode", vec![Expr::Var(g)], 0)
        } else {
            self.mode.clone().unwrap_or(Expr::Num(2.0))
        };
        self.result(mode);
    }
}
