//! What each instruction becomes. Operands come in the order of [`crate::webs::reads`].

use crate::TranslateError;
use crate::ast::{BinOp, Element, Expr, FuncKind, Key, Prop, Stmt, UnOp};
use crate::fold::Fold;
use crate::names::Atom;
use concord_abi::isa::{Instruction, Op};

impl Fold<'_, '_, '_> {
    /// Text of one instruction; operands are abstract values.
    pub fn generate(&mut self, ins: &Instruction, operands: &[u32]) -> Result<(), TranslateError> {
        if let Some(op) = binary(ins.op) {
            let mut args = self.take(operands);
            let (right, left) = (args.pop(), args.pop());
            let (Some(left), Some(right)) = (left, right) else { return Ok(()) };
            let hole = matches!(left, Expr::Hole) || matches!(right, Expr::Hole);
            let op = match op {
                BinOp::Eq if hole => BinOp::StrictEq,
                BinOp::Ne if hole => BinOp::StrictNe,
                op => op,
            };
            self.result(Expr::binary(op, left, right));
            return Ok(());
        }
        match ins.op {
            Op::Nop | Op::Jmp => {}
            Op::Poplexenv | Op::DeprecatedPoplexenv => {
                if let Some(stmt) = self.generator.leave_environment(self.f) {
                    self.statement(stmt);
                }
            }
            Op::Returnundefined => {
                let stmt = Stmt::Return(None, self.here());
                self.statement(stmt);
            }
            // Constants.
            Op::Ldundefined => self.result(Expr::Undefined),
            Op::Ldnull => self.result(Expr::Null),
            Op::Ldtrue => self.result(Expr::Bool(true)),
            Op::Ldfalse => self.result(Expr::Bool(false)),
            Op::Ldhole => self.result(Expr::Hole),
            Op::Ldnan => self.result(Expr::Num(f64::NAN)),
            Op::Ldinfinity => self.result(Expr::Num(f64::INFINITY)),
            Op::Ldai => self.result(Expr::Num(ins.imm[0] as f64)),
            Op::Fldai => self.result(Expr::Num(f64::from_bits(ins.imm[0] as u64))),
            Op::LdaStr => {
                let s = self.string(ins, 0)?;
                self.result(Expr::Str(s));
            }
            Op::Ldbigint => {
                let s = self.string(ins, 0)?;
                let text = self.generator.unit.atoms.text(s);
                let body = text
                    .strip_prefix(['0'])
                    .and_then(|t| t.strip_prefix(['x', 'X', 'o', 'O', 'b', 'B']))
                    .unwrap_or(text);
                let plain = text.len() < 100_000
                    && !body.is_empty()
                    && body.bytes().all(|b| b.is_ascii_hexdigit())
                    && (body.len() != text.len()
                        || (body.bytes().all(|b| b.is_ascii_digit()) && (body == "0" || !body.starts_with('0'))));
                if plain {
                    self.result(Expr::BigInt(s));
                } else {
                    self.result(Expr::Helper("bigint", vec![Expr::Str(s)], 0));
                }
            }
            Op::Ldsymbol => self.result_pure(Expr::Helper("Symbol", vec![], 0)),
            Op::Ldglobal => {
                let name = self.atom("global");
                self.result_pure(Expr::Member(Box::new(Expr::Prelude), name, 0));
            }
            Op::Ldnewtarget => self.result(Expr::NewTarget),
            Op::Ldthis => self.result(Expr::This),
            Op::Ldfunction => {
                let own = self.generator.own_var(self.f);
                self.result(Expr::Var(own));
            }
            // Unary operations.
            Op::Typeof => self.unary(UnOp::Typeof, operands),
            Op::Tonumber | Op::DeprecatedTonumber => self.unary(UnOp::Plus, operands),
            Op::Neg | Op::DeprecatedNeg => self.unary(UnOp::Neg, operands),
            Op::Not | Op::DeprecatedNot => self.unary(UnOp::BitNot, operands),
            Op::Tonumeric | Op::DeprecatedTonumeric => {
                let a = self.one(operands);
                let expr = if a.is_number() { a } else { Expr::ToNumeric(Box::new(a)) };
                self.result(expr);
            }
            Op::Inc | Op::Dec | Op::DeprecatedInc | Op::DeprecatedDec => {
                let a = self.one(operands);
                let up = matches!(ins.op, Op::Inc | Op::DeprecatedInc);
                self.result(Expr::Step(up, Box::new(a)));
            }
            Op::Istrue | Op::CallruntimeIstrue => {
                let a = self.one(operands);
                let expr = if a.is_boolean() {
                    a
                } else {
                    Expr::Unary(UnOp::Not, Box::new(Expr::Unary(UnOp::Not, Box::new(a))))
                };
                self.result(expr);
            }
            Op::Isfalse | Op::CallruntimeIsfalse => {
                let a = self.one(operands);
                self.result(Expr::not(a));
            }
            Op::CallruntimeTopropertykey => self.helper("toPropertyKey", operands),
            // Jumps.
            Op::Jeqz | Op::Jnez => {
                let a = self.one(operands);
                let test = match (ins.op == Op::Jeqz, a.is_boolean()) {
                    (true, true) => Expr::not(a),
                    (false, true) => a,
                    (true, false) => Expr::Helper("isZero", vec![a], 0),
                    (false, false) => Expr::Helper("isNonZero", vec![a], 0),
                };
                self.condition_is(test);
            }
            Op::Jstricteqz => self.compare(BinOp::StrictEq, operands, Expr::Num(0.0)),
            Op::Jnstricteqz => self.compare(BinOp::StrictNe, operands, Expr::Num(0.0)),
            Op::Jeqnull => self.compare(BinOp::Eq, operands, Expr::Null),
            Op::Jnenull => self.compare(BinOp::Ne, operands, Expr::Null),
            Op::Jequndefined => self.compare(BinOp::Eq, operands, Expr::Undefined),
            Op::Jneundefined => self.compare(BinOp::Ne, operands, Expr::Undefined),
            Op::Jstricteqnull => self.compare(BinOp::StrictEq, operands, Expr::Null),
            Op::Jnstricteqnull => self.compare(BinOp::StrictNe, operands, Expr::Null),
            Op::Jstrictequndefined => self.compare(BinOp::StrictEq, operands, Expr::Undefined),
            Op::Jnstrictequndefined => self.compare(BinOp::StrictNe, operands, Expr::Undefined),
            Op::Jeq | Op::Jne | Op::Jstricteq | Op::Jnstricteq => {
                let mut args = self.take(operands);
                let op = match ins.op {
                    Op::Jeq => BinOp::Eq,
                    Op::Jne => BinOp::Ne,
                    Op::Jstricteq => BinOp::StrictEq,
                    _ => BinOp::StrictNe,
                };
                if let (Some(b), Some(a)) = (args.pop(), args.pop()) {
                    self.condition_is(Expr::binary(op, a, b));
                }
            }
            // Leaving.
            Op::Return => {
                let a = self.one(operands);
                let stmt = Stmt::Return(Some(a), self.here());
                self.statement(stmt);
            }
            Op::Throw => {
                let a = self.one(operands);
                let stmt = Stmt::Throw(a, self.here());
                self.statement(stmt);
            }
            Op::ThrowNotexists => self.throw("notExists", vec![]),
            Op::ThrowPatternnoncoercible => self.throw("patternNonCoercible", vec![]),
            Op::ThrowDeletesuperproperty => self.throw("deleteSuperProperty", vec![]),
            Op::ThrowConstassignment => {
                let a = self.one(operands);
                self.throw("constAssignment", vec![a]);
            }
            Op::ThrowIfnotobject => {
                let a = self.one(operands);
                let here = self.here();
                self.effect(Expr::Helper("ifNotObject", vec![a], here));
            }
            Op::ThrowUndefinedifhole => {
                let (value, name) = self.two(operands);
                let here = self.here();
                self.effect(Expr::binary(
                    BinOp::LogAnd,
                    Expr::binary(BinOp::StrictEq, value, Expr::Hole),
                    Expr::Helper("tdz", vec![name], here),
                ));
            }
            Op::ThrowIfsupernotcorrectcall => {
                let a = self.one(operands);
                let here = self.here();
                match (ins.imm[0], &a) {
                    (0, Expr::This) => {}
                    (1, Expr::Undefined) => {}
                    _ => {
                        self.effect(Expr::Helper("ifSuperNotCorrectCall", vec![Expr::Num(ins.imm[0] as f64), a], here))
                    }
                }
            }
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
                self.result_pure(expr);
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
            // Iteration.
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
                let function = &self.function;
                if !(function.is_generator || function.is_async_generator || function.is_async) {
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
            // Globals and modules.
            Op::Tryldglobalbyname => {
                let name = self.string(ins, 0)?;
                let expr = self.generator.global(name);
                self.result(expr);
            }
            Op::Trystglobalbyname => {
                let name = self.string(ins, 0)?;
                let v = self.one(operands);
                let target = self.generator.global(name);
                self.effect(Expr::assign(target, v));
            }
            Op::Ldglobalvar => {
                let name = self.string(ins, 0)?;
                let here = self.here();
                let global = self.global_object();
                self.result(Expr::Member(Box::new(global), name, here));
            }
            Op::Stglobalvar => {
                let name = self.string(ins, 0)?;
                let v = self.one(operands);
                let here = self.here();
                let global = self.global_object();
                self.effect(Expr::assign(Expr::Member(Box::new(global), name, here), v));
            }
            Op::Stconsttoglobalrecord
            | Op::Sttoglobalrecord
            | Op::DeprecatedStconsttoglobalrecord
            | Op::DeprecatedStlettoglobalrecord
            | Op::DeprecatedStclasstoglobalrecord => {
                let name = self.string(ins, 0)?;
                let is_const = matches!(ins.op, Op::Stconsttoglobalrecord | Op::DeprecatedStconsttoglobalrecord);
                let v = self.one(operands);
                let target = self.generator.global(name);
                match target {
                    // The binding begins to exist here, as on the platform: reading it before is a ReferenceError.
                    Expr::Global(_) => {
                        let declare = self.atom("declare");
                        let here = self.here();
                        let arguments = [Expr::Str(name), Expr::Bool(is_const), v].map(Element::Value);
                        let callee = Expr::Member(Box::new(Expr::Module), declare, 0);
                        self.effect(Expr::Call(Box::new(callee), arguments.into(), here));
                    }
                    _ => self.effect(Expr::assign(target, v)),
                }
            }
            Op::Getmodulenamespace => {
                let ns = self.atom("ns");
                self.result(Expr::Call(
                    Box::new(Expr::Member(Box::new(Expr::Module), ns, 0)),
                    vec![Element::Value(Expr::Num(ins.imm[0] as f64))],
                    self.here(),
                ));
            }
            Op::Stmodulevar => {
                let cell = self.generator.export_cell(ins.imm[0]);
                let v = self.one(operands);
                self.effect(Expr::assign(cell, v));
            }
            Op::Ldlocalmodulevar | Op::CallruntimeLdsendablelocalmodulevar => {
                let cell = self.generator.export_cell(ins.imm[0]);
                self.result(cell);
            }
            Op::Ldexternalmodulevar
            | Op::CallruntimeLdlazymodulevar
            | Op::CallruntimeLdsendableexternalmodulevar
            | Op::CallruntimeLdlazysendablemodulevar => {
                let cell = self.generator.import_cell(ins.imm[0]);
                self.result(cell);
            }
            Op::DeprecatedGetmodulenamespace | Op::DeprecatedStmodulevar | Op::DeprecatedLdmodulevar => {
                self.old_module(ins, operands)?;
            }
            Op::Dynamicimport | Op::DeprecatedDynamicimport => {
                let a = self.one(operands);
                let name = self.atom("import");
                let here = self.here();
                self.result(Expr::Call(
                    Box::new(Expr::Member(Box::new(Expr::Module), name, 0)),
                    vec![Element::Value(a)],
                    here,
                ));
            }
            // Sendable.
            Op::CallruntimeLdsendableclass => {
                let expr = self.generator.sendable_class(self.f, ins.imm[0]);
                self.result(expr);
            }
            Op::CallruntimeNewsendableenv | Op::CallruntimeStsendablevar | Op::CallruntimeLdsendablevar => {
                self.sendable_environment(ins, operands);
            }
            Op::CallruntimeNotifyconcurrentresult => self.helper_effect("notifyConcurrentResult", operands),
            Op::Debugger => self.statement(Stmt::Debugger),
            Op::DeprecatedLdhomeobject => self.result(Expr::Undefined),
            _ => {
                self.take(operands);
            }
        }
        Ok(())
    }

    fn string(&mut self, ins: &Instruction, i: usize) -> Result<Atom, TranslateError> {
        self.generator.unit.string(ins.ids[i])
    }
    fn atom(&mut self, text: &str) -> Atom {
        self.generator.unit.atoms.intern(text)
    }
    fn slot(&mut self, ins: &Instruction) -> Result<Expr, TranslateError> {
        let (f, state) = (self.f, self.state);
        self.generator.slot(f, state, ins)
    }
    fn one(&mut self, operands: &[u32]) -> Expr {
        self.take(operands).pop().unwrap_or(Expr::Undefined)
    }
    fn two(&mut self, operands: &[u32]) -> (Expr, Expr) {
        let mut v = self.take(operands).into_iter();
        (v.next().unwrap_or(Expr::Undefined), v.next().unwrap_or(Expr::Undefined))
    }
    fn three(&mut self, operands: &[u32]) -> (Expr, Expr, Expr) {
        let mut v = self.take(operands).into_iter();
        (v.next().unwrap_or(Expr::Undefined), v.next().unwrap_or(Expr::Undefined), v.next().unwrap_or(Expr::Undefined))
    }
    fn unary(&mut self, op: UnOp, operands: &[u32]) {
        let a = self.one(operands);
        self.result(match (op, a) {
            (UnOp::Neg, Expr::Num(n)) => Expr::Num(-n),
            (op, a) => Expr::Unary(op, Box::new(a)),
        });
    }
    fn helper(&mut self, name: &'static str, operands: &[u32]) {
        let args = self.take(operands);
        self.helper_with(name, args);
    }
    fn helper_with(&mut self, name: &'static str, args: Vec<Expr>) {
        let here = self.here();
        self.result(Expr::Helper(name, args, here));
    }
    fn helper_effect(&mut self, name: &'static str, operands: &[u32]) {
        let args = self.take(operands);
        let here = self.here();
        self.effect(Expr::Helper(name, args, here));
    }
    fn throw(&mut self, name: &'static str, args: Vec<Expr>) {
        let here = self.here();
        self.statement(Stmt::Throw(Expr::Helper(name, args, here), here));
    }
    fn compare(&mut self, op: BinOp, operands: &[u32], with: Expr) {
        let a = self.one(operands);
        self.condition_is(Expr::binary(op, a, with));
    }
    fn global_object(&mut self) -> Expr {
        let name = self.atom("global");
        Expr::Member(Box::new(Expr::Prelude), name, 0)
    }

    /// Code that no program means: no text could say it.
    fn refused(&self, ins: &Instruction, what: &'static str) -> TranslateError {
        TranslateError::new(self.function.code.offset.saturating_add(ins.pc), what)
    }

    /// `super.name` can only be said in a method, or in an arrow function of one.
    fn in_method(&self, ins: &Instruction) -> Result<(), TranslateError> {
        if self.generator.has_home(self.f) { Ok(()) } else { Err(self.refused(ins, "super outside a method")) }
    }

    /// `super(…)`: afterwards the result is `this`.
    fn super_call(&mut self, ins: &Instruction, args: Vec<Element>) -> Result<(), TranslateError> {
        let here = self.here();
        if !self.generator.super_allowed(self.f) {
            return Err(self.refused(ins, "super(…) outside the constructor of a derived class"));
        }
        self.effect(Expr::SuperCall(args, here));
        self.result(Expr::This);
        Ok(())
    }

    fn old_module(&mut self, ins: &Instruction, operands: &[u32]) -> Result<(), TranslateError> {
        let name = self.string(ins, 0)?;
        match ins.op {
            Op::DeprecatedGetmodulenamespace => {
                let request = self.generator.namespace_request(name);
                let ns = self.atom("ns");
                let here = self.here();
                self.result(Expr::Call(
                    Box::new(Expr::Member(Box::new(Expr::Module), ns, 0)),
                    vec![Element::Value(Expr::Num(f64::from(request)))],
                    here,
                ));
            }
            Op::DeprecatedStmodulevar => {
                let cell = self.generator.named_cell(name, true);
                let v = self.one(operands);
                self.effect(Expr::assign(cell, v));
            }
            _ => {
                let cell = self.generator.named_cell(name, ins.imm[0] != 0);
                self.result(cell);
            }
        }
        Ok(())
    }

    /// Environments of sendable classes hang on the module.
    fn sendable_environment(&mut self, ins: &Instruction, operands: &[u32]) {
        let s = self.atom("s");
        let p = self.atom("p");
        let base = Expr::Member(Box::new(Expr::Module), s, 0);
        match ins.op {
            Op::CallruntimeNewsendableenv => {
                let mut props = vec![Prop::Value(Key::Name(p), base.clone())];
                for i in 0..ins.imm[0].clamp(0, 65_535) {
                    let slot = self.atom(&format!("_{i}"));
                    props.push(Prop::Value(Key::Name(slot), Expr::Hole));
                }
                self.effect(Expr::assign(base, Expr::Object(props)));
            }
            _ => {
                let mut expr = base;
                for _ in 0..ins.imm[0].clamp(0, 64) {
                    expr = Expr::Member(Box::new(expr), p, 0);
                }
                let slot = self.atom(&format!("_{}", ins.imm[1]));
                let expr = Expr::Member(Box::new(expr), slot, 0);
                if ins.op == Op::CallruntimeStsendablevar {
                    let v = self.one(operands);
                    self.effect(Expr::assign(expr, v));
                } else {
                    self.result(expr);
                }
            }
        }
    }
}

fn binary(op: Op) -> Option<BinOp> {
    Some(match op {
        Op::Add2 => BinOp::Add,
        Op::Sub2 => BinOp::Sub,
        Op::Mul2 => BinOp::Mul,
        Op::Div2 => BinOp::Div,
        Op::Mod2 => BinOp::Mod,
        Op::Exp => BinOp::Exp,
        Op::Eq => BinOp::Eq,
        Op::Noteq => BinOp::Ne,
        Op::Less => BinOp::Lt,
        Op::Lesseq => BinOp::Le,
        Op::Greater => BinOp::Gt,
        Op::Greatereq => BinOp::Ge,
        Op::Shl2 => BinOp::Shl,
        Op::Shr2 => BinOp::Shr,
        Op::Ashr2 => BinOp::Sar,
        Op::And2 => BinOp::And,
        Op::Or2 => BinOp::Or,
        Op::Xor2 => BinOp::Xor,
        Op::Isin => BinOp::In,
        Op::Instanceof => BinOp::Instanceof,
        Op::Stricteq => BinOp::StrictEq,
        Op::Strictnoteq => BinOp::StrictNe,
        _ => return None,
    })
}
