//! What each instruction becomes. Operands come in the order of [`crate::webs::reads`].

mod functions;
mod modules;
mod properties;
mod resumption;

use crate::TranslateError;
use crate::ast::{BinOp, Expr, Stmt, UnOp};
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
            let result = match (op, &left, &right) {
                (BinOp::Eq | BinOp::StrictEq, Expr::Num(a), Expr::Num(b)) => Expr::Bool(a == b),
                (BinOp::Ne | BinOp::StrictNe, Expr::Num(a), Expr::Num(b)) => Expr::Bool(a != b),
                _ => Expr::binary(op, left, right),
            };
            self.result(result);
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
            _ => {
                let known = self.object_op(ins, operands)?
                    || self.callable_op(ins, operands)?
                    || self.resumption_op(ins, operands)?
                    || self.binding_op(ins, operands)?;
                if !known {
                    self.take(operands);
                }
            }
        }
        Ok(())
    }

    pub(super) fn string(&mut self, ins: &Instruction, i: usize) -> Result<Atom, TranslateError> {
        self.generator.unit.string(ins.ids[i])
    }

    pub(super) fn atom(&mut self, text: &str) -> Atom {
        self.generator.unit.atoms.intern(text)
    }

    pub(super) fn slot(&mut self, ins: &Instruction) -> Result<Expr, TranslateError> {
        let (f, state) = (self.f, self.state);
        self.generator.slot(f, state, ins)
    }

    pub(super) fn one(&mut self, operands: &[u32]) -> Expr {
        self.take(operands).pop().unwrap_or(Expr::Undefined)
    }

    pub(super) fn two(&mut self, operands: &[u32]) -> (Expr, Expr) {
        let mut v = self.take(operands).into_iter();
        (v.next().unwrap_or(Expr::Undefined), v.next().unwrap_or(Expr::Undefined))
    }

    pub(super) fn three(&mut self, operands: &[u32]) -> (Expr, Expr, Expr) {
        let mut v = self.take(operands).into_iter();
        (v.next().unwrap_or(Expr::Undefined), v.next().unwrap_or(Expr::Undefined), v.next().unwrap_or(Expr::Undefined))
    }

    pub(super) fn unary(&mut self, op: UnOp, operands: &[u32]) {
        let a = self.one(operands);
        self.result(match (op, a) {
            (UnOp::Neg, Expr::Num(n)) => Expr::Num(-n),
            (op, a) => Expr::Unary(op, Box::new(a)),
        });
    }

    pub(super) fn helper(&mut self, name: &'static str, operands: &[u32]) {
        let args = self.take(operands);
        self.helper_with(name, args);
    }

    pub(super) fn helper_with(&mut self, name: &'static str, args: Vec<Expr>) {
        let here = self.here();
        self.result(Expr::Helper(name, args, here));
    }

    pub(super) fn helper_effect(&mut self, name: &'static str, operands: &[u32]) {
        let args = self.take(operands);
        let here = self.here();
        self.effect(Expr::Helper(name, args, here));
    }

    pub(super) fn throw(&mut self, name: &'static str, args: Vec<Expr>) {
        let here = self.here();
        self.statement(Stmt::Throw(Expr::Helper(name, args, here), here));
    }

    pub(super) fn compare(&mut self, op: BinOp, operands: &[u32], with: Expr) {
        let a = self.one(operands);
        self.condition_is(Expr::binary(op, a, with));
    }

    pub(super) fn global_object(&mut self) -> Expr {
        let name = self.atom("global");
        Expr::Member(Box::new(Expr::Prelude), name, 0)
    }

    /// Code that no program means: no text could say it.
    pub(super) fn refused(&self, ins: &Instruction, what: &'static str) -> TranslateError {
        TranslateError::new(self.function.code.offset.saturating_add(ins.pc), what)
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
