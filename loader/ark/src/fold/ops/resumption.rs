//! Iterators, generators and async functions.

use crate::TranslateError;
use crate::ast::{Expr, Key, Prop, Stmt};
use crate::fold::Fold;
use concord_abi::isa::{Instruction, Op};

impl Fold<'_, '_, '_> {
    /// Text of an instruction about iterators or suspension; false for others.
    pub(super) fn resumption_op(&mut self, ins: &Instruction, operands: &[u32]) -> Result<bool, TranslateError> {
        match ins.op {
            // Iteration.
            Op::Getiterator | Op::Getnextpropname if crate::destructure::helper(ins).is_some() => {
                self.helper(crate::destructure::helper(ins).unwrap_or_default(), operands);
            }
            Op::Getpropiterator => self.helper("getPropIterator", operands),
            Op::Getnextpropname if ins.imm[0] == crate::for_of::MARK => self.helper(crate::for_of::NEXT, operands),
            Op::Getnextpropname => self.helper("getNextPropName", operands),
            Op::Getiterator => self.helper("getIterator", operands),
            Op::Getasynciterator => self.helper("getAsyncIterator", operands),
            Op::Closeiterator => self.helper("closeIterator", operands),
            Op::DeprecatedGetiteratornext => self.helper("getIteratorNext", operands),
            Op::Createiterresultobj => {
                let (value, done) = self.two(operands);
                let names = (self.atom("value"), self.atom("done"));
                self.result_pure(Expr::Object(vec![
                    Prop::Value(Key::Name(names.0), value),
                    Prop::Value(Key::Name(names.1), done),
                ]));
            }
            // Generators and async functions.
            Op::Creategeneratorobj | Op::Createasyncgeneratorobj => self.generator_object(),
            Op::Suspendgenerator | Op::DeprecatedSuspendgenerator => {
                // That of an await has been taken with it.
                if !(self.function.is_generator || self.function.is_async_generator) {
                    return Err(self.refused(ins, "a suspension outside a generator"));
                }
                self.suspend(operands);
            }
            Op::Getresumemode | Op::DeprecatedGetresumemode => self.resume_mode(),
            Op::Setgeneratorstate => {
                if self.function.is_async_generator {
                    let g = self.generator.generator_var(self.f);
                    let here = self.here();
                    self.effect(Expr::Helper(
                        "setGeneratorState",
                        vec![Expr::Var(g), Expr::Num(ins.imm[0] as f64)],
                        here,
                    ));
                }
            }
            Op::Asyncfunctionenter => self.result(Expr::Undefined),
            Op::Asyncfunctionawaituncaught | Op::DeprecatedAsyncfunctionawaituncaught => {
                let a = self.one(operands);
                let here = self.here();
                if !self.function.is_async && !self.function.is_async_generator {
                    return Err(self.refused(ins, "an await outside an async function"));
                }
                self.awaits();
                if self.function.is_async_generator {
                    self.result(Expr::Yield(false, Box::new(a), here));
                } else {
                    self.result(Expr::Await(Box::new(a), here));
                }
            }
            Op::Asyncfunctionresolve | Op::DeprecatedAsyncfunctionresolve => {
                let a = self.one(operands);
                self.result(a);
            }
            Op::Asyncfunctionreject | Op::DeprecatedAsyncfunctionreject => {
                let a = self.one(operands);
                let stmt = Stmt::Throw(a, self.here());
                self.statement(stmt);
                self.result(Expr::Undefined);
            }
            Op::Asyncgeneratorresolve => {
                if !self.function.is_async_generator {
                    return Err(self.refused(ins, "a result of an async generator outside one"));
                }
                let (value, done) = self.two(operands);
                let g = self.generator.generator_var(self.f);
                let here = self.here();
                let call = Expr::Helper("asyncGeneratorResolve", vec![Expr::Var(g), value, done], here);
                self.resumes(Expr::Yield(false, Box::new(call), here));
            }
            Op::Asyncgeneratorreject | Op::DeprecatedAsyncgeneratorreject => {
                let a = self.one(operands);
                let g = self.generator.generator_var(self.f);
                let here = self.here();
                let call = Expr::Helper("asyncGeneratorReject", vec![Expr::Var(g), a], here);
                self.statement(Stmt::Return(Some(call), here));
                self.result(Expr::Undefined);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}
