//! Literals, properties and private members.

use crate::TranslateError;
use crate::ast::{Element, Expr, UnOp};
use crate::fold::Fold;
use concord_abi::isa::{Instruction, Op};

impl Fold<'_, '_, '_> {
    /// Text of an instruction about objects and their members; false for others.
    pub(super) fn object_op(&mut self, ins: &Instruction, operands: &[u32]) -> Result<bool, TranslateError> {
        match ins.op {
            // Literals.
            Op::Createemptyobject => self.result_pure(Expr::Object(vec![])),
            Op::Createemptyarray => self.result_pure(Expr::Array(vec![])),
            Op::Createarraywithbuffer | Op::DeprecatedCreatearraywithbuffer => {
                let expr = self.generator.array_literal(ins.ids[0])?;
                self.result_pure(expr);
            }
            Op::Createobjectwithbuffer
            | Op::DeprecatedCreateobjectwithbuffer
            | Op::DeprecatedCreateobjecthavingmethod => {
                let (f, at) = (self.f, self.at());
                let expr = self.generator.object_literal(f, at, ins.ids[0])?;
                self.result_pure(expr);
            }
            Op::Createregexpwithliteral => {
                let s = self.string(ins, 0)?;
                self.result(Expr::Helper("regExp", vec![Expr::Str(s), Expr::Num(ins.imm[0] as f64)], 0));
            }
            Op::Createobjectwithexcludedkeys => {
                let mut args = self.take(operands);
                let source = args.remove(0);
                let keys = args.into_iter().map(Element::Value).collect();
                let here = self.here();
                self.result(Expr::Helper("objectRest", vec![source, Expr::Array(keys)], here));
            }
            Op::Copydataproperties | Op::DeprecatedCopydataproperties => self.helper("copyDataProperties", operands),
            Op::Starrayspread => self.helper("arraySpread", operands),
            Op::Setobjectwithproto | Op::DeprecatedSetobjectwithproto => {
                self.helper_effect("setObjectWithProto", operands)
            }
            Op::Gettemplateobject | Op::DeprecatedGettemplateobject => self.helper("templateObject", operands),
            // Properties.
            Op::Ldobjbyname | Op::DeprecatedLdobjbyname => {
                let name = self.string(ins, 0)?;
                let o = self.one(operands);
                let here = self.here();
                if self.generator.unit.atoms.text(name) == "stack" {
                    self.result(Expr::Helper("stack", vec![o], here));
                } else {
                    self.result(Expr::Member(Box::new(o), name, here));
                }
            }
            Op::Ldthisbyname => {
                let name = self.string(ins, 0)?;
                let here = self.here();
                self.result(Expr::Member(Box::new(Expr::This), name, here));
            }
            Op::Stobjbyname => {
                let name = self.string(ins, 0)?;
                let (o, v) = self.two(operands);
                let here = self.here();
                self.effect(Expr::assign(Expr::Member(Box::new(o), name, here), v));
            }
            Op::Stthisbyname => {
                let name = self.string(ins, 0)?;
                let v = self.one(operands);
                let here = self.here();
                self.effect(Expr::assign(Expr::Member(Box::new(Expr::This), name, here), v));
            }
            Op::Ldobjbyvalue | Op::DeprecatedLdobjbyvalue => {
                let (o, k) = self.two(operands);
                let here = self.here();
                self.result(Expr::Index(Box::new((o, k)), here));
            }
            Op::Ldthisbyvalue => {
                let k = self.one(operands);
                let here = self.here();
                self.result(Expr::Index(Box::new((Expr::This, k)), here));
            }
            Op::Stobjbyvalue => {
                let (o, k, v) = self.three(operands);
                let here = self.here();
                self.effect(Expr::assign(Expr::Index(Box::new((o, k)), here), v));
            }
            Op::Stthisbyvalue => {
                let (k, v) = self.two(operands);
                let here = self.here();
                self.effect(Expr::assign(Expr::Index(Box::new((Expr::This, k)), here), v));
            }
            Op::Ldobjbyindex | Op::DeprecatedLdobjbyindex => {
                let o = self.one(operands);
                let here = self.here();
                self.result(Expr::Index(Box::new((o, Expr::Num(ins.imm[0] as f64))), here));
            }
            Op::Stobjbyindex => {
                let (o, v) = self.two(operands);
                let here = self.here();
                self.effect(Expr::assign(Expr::Index(Box::new((o, Expr::Num(ins.imm[0] as f64))), here), v));
            }
            Op::Stownbyname | Op::Stownbynamewithnameset | Op::Definefieldbyname | Op::Definepropertybyname => {
                let name = self.string(ins, 0)?;
                let (o, v) = self.two(operands);
                let helper = match ins.op {
                    Op::Stownbyname => "stOwn",
                    Op::Stownbynamewithnameset => "stOwnNamed",
                    _ => "defineField",
                };
                let here = self.here();
                self.effect(Expr::Helper(helper, vec![o, Expr::Str(name), v], here));
            }
            Op::Stownbyvalue => self.helper_effect("stOwn", operands),
            Op::Stownbyvaluewithnameset => self.helper_effect("stOwnNamed", operands),
            Op::Stownbyindex => {
                let (o, v) = self.two(operands);
                let here = self.here();
                self.effect(Expr::Helper("stOwn", vec![o, Expr::Num(ins.imm[0] as f64), v], here));
            }
            Op::CallruntimeDefinefieldbyvalue => self.helper_effect("defineField", operands),
            Op::CallruntimeDefinefieldbyindex => {
                let (o, v) = self.two(operands);
                let here = self.here();
                self.effect(Expr::Helper("defineField", vec![o, Expr::Num(ins.imm[0] as f64), v], here));
            }
            Op::Definegettersetterbyvalue => {
                // Gives its first operand: a variable can be read again.
                let args = self.take(operands);
                let here = self.here();
                match args.first() {
                    Some(o) if o.is_atom() => {
                        let o = o.clone();
                        self.effect(Expr::Helper("defineGetterSetter", args, here));
                        self.result(o);
                    }
                    _ => self.result(Expr::Helper("defineGetterSetter", args, here)),
                }
            }
            Op::Delobjprop | Op::DeprecatedDelobjprop => {
                let (o, k) = self.two(operands);
                let here = self.here();
                self.result(Expr::Unary(UnOp::Delete, Box::new(Expr::Index(Box::new((o, k)), here))));
            }
            Op::Ldsuperbyname | Op::DeprecatedLdsuperbyname => {
                self.in_method(ins)?;
                let name = self.string(ins, 0)?;
                let receiver = self.one(operands);
                let here = self.here();
                let _ = receiver;
                self.result(Expr::Member(Box::new(Expr::Super), name, here));
            }
            Op::Ldsuperbyvalue | Op::DeprecatedLdsuperbyvalue => {
                self.in_method(ins)?;
                let (_receiver, k) = self.two(operands);
                let here = self.here();
                self.result(Expr::Index(Box::new((Expr::Super, k)), here));
            }
            Op::Stsuperbyname => {
                self.in_method(ins)?;
                let name = self.string(ins, 0)?;
                let (_receiver, v) = self.two(operands);
                let here = self.here();
                self.effect(Expr::assign(Expr::Member(Box::new(Expr::Super), name, here), v));
            }
            Op::Stsuperbyvalue => {
                self.in_method(ins)?;
                let (_receiver, k, v) = self.three(operands);
                let here = self.here();
                self.effect(Expr::assign(Expr::Index(Box::new((Expr::Super, k)), here), v));
            }
            // Private members.
            Op::CallruntimeCreateprivateproperty => {
                let (f, at, state) = (self.f, self.at(), self.state);
                for stmt in self.generator.private_names(f, at, state, ins)? {
                    self.statement(stmt);
                }
            }
            Op::CallruntimeDefineprivateproperty => {
                let key = self.slot(ins)?;
                let (o, v) = self.two(operands);
                let here = self.here();
                self.effect(Expr::Helper("definePrivate", vec![key, o, v], here));
            }
            Op::Ldprivateproperty => {
                let key = self.slot(ins)?;
                let o = self.one(operands);
                let here = self.here();
                self.result(Expr::Helper("ldPrivate", vec![key, o], here));
            }
            Op::Stprivateproperty => {
                let key = self.slot(ins)?;
                let (o, v) = self.two(operands);
                let here = self.here();
                self.effect(Expr::Helper("stPrivate", vec![key, o, v], here));
            }
            Op::Testin => {
                let key = self.slot(ins)?;
                let o = self.one(operands);
                self.result(Expr::Helper("testIn", vec![key, o], 0));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// `super.name` can only be said in a method, or in an arrow function of one.
    pub(super) fn in_method(&self, ins: &Instruction) -> Result<(), TranslateError> {
        if self.generator.has_home(self.f) { Ok(()) } else { Err(self.refused(ins, "super outside a method")) }
    }
}
