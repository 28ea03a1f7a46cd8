//! Environments, closures, classes and calls.

use crate::TranslateError;
use crate::ast::{Element, Expr, FuncKind};
use crate::fold::Fold;
use concord_abi::isa::{Instruction, Op};

impl Fold<'_, '_, '_> {
    /// Text of an instruction that makes or calls functions; false for others.
    pub(super) fn callable_op(&mut self, ins: &Instruction, operands: &[u32]) -> Result<bool, TranslateError> {
        match ins.op {
            // Environments.
            Op::Newlexenv | Op::Newlexenvwithname | Op::DeprecatedLdlexenv => {
                let (f, at) = (self.f, self.at());
                for stmt in self.generator.new_environment(f, at) {
                    self.statement(stmt);
                }
            }
            Op::Ldlexvar => {
                let slot = self.slot(ins)?;
                if matches!(slot, Expr::Var(_)) && self.checked_next() {
                    self.keep_pending();
                }
                self.result(slot);
            }
            Op::Stlexvar | Op::DeprecatedStlexvar => {
                let slot = self.slot(ins)?;
                let v = self.one(operands);
                self.effect(Expr::assign(slot, v));
            }
            Op::Ldpatchvar => {
                self.throw("patchVar", vec![Expr::Num(ins.imm[0] as f64)]);
                self.result(Expr::Undefined);
            }
            Op::Stpatchvar => {
                self.throw("patchVar", vec![Expr::Num(ins.imm[0] as f64)]);
            }
            // Functions and classes.
            Op::Definefunc => {
                let (f, at) = (self.f, self.at());
                let expr = if self.generator.is_method(f, at, ins.ids[0]) {
                    // Methods without `super` are defined like functions.
                    self.generator.method_with_home(f, at, ins.ids[0], ins.imm[0], Expr::Undefined)?
                } else {
                    self.generator.closure(f, at, ins.ids[0], ins.imm[0], FuncKind::Plain)?
                };
                match self.generator.sendable_function(f, at, ins.ids[0]) {
                    Some(place) => {
                        let place = Expr::Num(f64::from(place));
                        self.result(Expr::Helper("sendableFunction", vec![expr, Expr::Module, place], 0));
                    }
                    None => self.result_pure(expr),
                }
            }
            Op::Definemethod => {
                let home = self.one(operands);
                let home = self.as_atom(home);
                let (f, at) = (self.f, self.at());
                let expr = self.generator.method_with_home(f, at, ins.ids[0], ins.imm[0], home)?;
                self.result_pure(expr);
            }
            Op::Defineclasswithbuffer | Op::DeprecatedDefineclasswithbuffer | Op::CallruntimeDefinesendableclass => {
                let base = self.one(operands);
                let base = if matches!(base, Expr::Hole) { None } else { Some(base) };
                let (f, at) = (self.f, self.at());
                let expr = self.generator.class(f, at, ins, base)?;
                self.result(expr);
            }
            Op::Copyrestargs => {
                let rest = self.generator.rest_var(self.f, u32::try_from(ins.imm[0]).unwrap_or(0));
                self.result(rest);
            }
            Op::Getunmappedargs => {
                let expr = if self.function.is_generator || self.function.is_async_generator {
                    Expr::Var(self.generator.arguments_var(self.f))
                } else {
                    Expr::Arguments
                };
                self.result(expr);
            }
            // Calls.
            Op::Callarg0
            | Op::Callarg1
            | Op::Callargs2
            | Op::Callargs3
            | Op::Callrange
            | Op::DeprecatedCallarg0
            | Op::DeprecatedCallarg1
            | Op::DeprecatedCallargs2
            | Op::DeprecatedCallargs3
            | Op::DeprecatedCallrange => {
                let mut args = self.take(operands);
                let callee = match args.remove(0) {
                    // No receiver, although the callee is a member.
                    member @ (Expr::Member(..) | Expr::Index(..)) => Expr::Seq(vec![Expr::Num(0.0), member]),
                    other => other,
                };
                let here = self.here();
                let args = args.into_iter().map(Element::Value).collect();
                self.result(Expr::Call(Box::new(callee), args, here));
            }
            Op::Callthis0
            | Op::Callthis1
            | Op::Callthis2
            | Op::Callthis3
            | Op::Callthisrange
            | Op::Callthis0withname
            | Op::Callthis1withname
            | Op::Callthis2withname
            | Op::Callthis3withname
            | Op::Callthisrangewithname => self.call_this(operands),
            Op::DeprecatedCallthisrange => self.helper("call", operands),
            Op::Apply => self.helper("apply", operands),
            Op::DeprecatedCallspread => {
                let (f, this, array) = self.three(operands);
                let here = self.here();
                self.result(Expr::Helper("apply", vec![this, array, f], here));
            }
            Op::CallruntimeCallinit => {
                let (f, this) = self.two(operands);
                let here = self.here();
                self.result(Expr::Helper("callInit", vec![f, this], here));
            }
            Op::Newobjrange => {
                let mut args = self.take(operands);
                let here = self.here();
                if args.is_empty() {
                    self.result(Expr::Undefined);
                } else {
                    let c = args.remove(0);
                    let args = args.into_iter().map(Element::Value).collect();
                    self.result(Expr::New(Box::new(c), args, here));
                }
            }
            Op::Newobjapply => self.helper("newObjApply", operands),
            Op::Supercallthisrange | Op::Supercallarrowrange => {
                let args = self.take(operands).into_iter().map(Element::Value).collect();
                self.super_call(ins, args)?;
            }
            Op::Supercallspread => {
                let a = self.one(operands);
                self.super_call(ins, vec![Element::Spread(a)])?;
            }
            Op::CallruntimeSupercallforwardallargs => {
                self.super_call(ins, vec![Element::Spread(Expr::Arguments)])?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// `super(…)`: afterwards the result is `this`.
    pub(super) fn super_call(&mut self, ins: &Instruction, args: Vec<Element>) -> Result<(), TranslateError> {
        let here = self.here();
        if !self.generator.super_allowed(self.f) {
            return Err(self.refused(ins, "super(…) outside the constructor of a derived class"));
        }
        self.effect(Expr::SuperCall(args, here));
        self.result(Expr::This);
        Ok(())
    }
}
