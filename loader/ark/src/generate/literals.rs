//! Array and object literals.

use super::Generator;
use crate::TranslateError;
use crate::ast::{Element, Expr, FuncKind, Key, Prop};
use crate::unit::FnId;
use concord_abi::abc::Literal;

impl<'a> Generator<'a, '_> {
    /// `createarraywithbuffer`.
    pub fn array_literal(&mut self, offset: u32) -> Result<Expr, TranslateError> {
        let literal = self.unit.literal(offset)?;
        let mut out = Vec::with_capacity(literal.len());
        for l in literal.iter() {
            out.push(Element::Value(self.literal_value(l)));
        }
        Ok(Expr::Array(out))
    }

    pub(super) fn literal_value(&mut self, l: &Literal<'a>) -> Expr {
        match l {
            Literal::Bool(b) => Expr::Bool(*b),
            Literal::Integer(i) => Expr::Num(f64::from(*i)),
            Literal::Float(x) => Expr::Num(f64::from(*x)),
            Literal::Double(x) => Expr::Num(*x),
            Literal::String(s) => Expr::Str(self.unit.intern(s)),
            Literal::Null => Expr::Null,
            _ => Expr::Undefined,
        }
    }

    /// `createobjectwithbuffer`.
    pub fn object_literal(&mut self, f: FnId, at: usize, offset: u32) -> Result<Expr, TranslateError> {
        let literal = self.unit.literal(offset)?;
        let mut props: Vec<Prop> = Vec::new();
        let mut i = 0;
        while i + 1 < literal.len() {
            let name = match &literal[i] {
                Literal::String(s) => self.unit.intern(s),
                Literal::Integer(n) => self.unit.atoms.intern(&n.to_string()),
                Literal::Double(n) => self.unit.atoms.intern(&crate::print::number(*n)),
                _ => {
                    i += 1;
                    continue;
                }
            };
            let key = Key::Name(name);
            let value = &literal[i + 1];
            i += 2;
            match value {
                Literal::Method(m) | Literal::GeneratorMethod(m) | Literal::AsyncGeneratorMethod(m) => {
                    let length = match literal.get(i) {
                        Some(Literal::MethodAffiliate(n)) => {
                            i += 1;
                            i64::from(*n)
                        }
                        _ => 0,
                    };
                    match self.closure(f, at, *m, length, FuncKind::Method)? {
                        Expr::Func(func) => props.push(Prop::Method(key, *func)),
                        other => props.push(Prop::Value(key, other)),
                    }
                }
                other => {
                    let value = self.literal_value(other);
                    props.push(Prop::Value(key, value));
                }
            }
        }
        Ok(Expr::Object(props))
    }
}
