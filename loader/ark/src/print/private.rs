//! Private members of classes whose text declares them.

use super::Printer;
use super::expr::{binary, level};
use crate::ast::{BinOp, Expr, Loc};

impl Printer<'_> {
    /// `object.#name`, `object.#name = value` or `#name in object`, by the number of arguments of the helper and its sense.
    pub(super) fn private_member(&mut self, helper: &str, args: &[Expr], here: Loc, min: u8) {
        let Some((Expr::Var(name), rest)) = args.split_first() else { return };
        match (helper, rest) {
            ("testIn", [object]) => {
                let opened = self.open(11, min);
                self.out.push('#');
                self.var(*name);
                self.out.push_str(" in ");
                self.expr(object, 12);
                self.close(opened);
            }
            (_, [object]) => self.private_name(object, *name, here),
            (_, [object, value]) => {
                let (own, step) = match value {
                    Expr::Step(up, inner) if same(inner, object, *name) => {
                        (level::UPDATE, Some(if *up { "++" } else { "--" }))
                    }
                    _ => (level::ASSIGN, None),
                };
                let opened = self.open(own, min);
                self.private_name(object, *name, here);
                match (step, value) {
                    (Some(step), _) => self.out.push_str(step),
                    (None, Expr::Binary(op, p)) if arithmetic(*op) && same(&p.0, object, *name) => {
                        self.out.push(' ');
                        self.out.push_str(binary(*op).0);
                        self.out.push_str("= ");
                        self.expr(&p.1, level::ASSIGN);
                    }
                    _ => {
                        self.out.push_str(" = ");
                        // Functions take no name from a private member here: theirs is what the bytecode says.
                        self.value(value, Some("\u{0}"));
                    }
                }
                self.close(opened);
            }
            _ => {}
        }
    }

    fn private_name(&mut self, object: &Expr, name: u32, here: Loc) {
        self.expr(object, level::CALL);
        self.mark(here);
        self.out.push_str(".#");
        self.var(name);
    }
}

/// Whether a value is that member of the same object, so that it can be said once.
fn same(value: &Expr, object: &Expr, name: u32) -> bool {
    let value = match value {
        Expr::ToNumeric(inner) => inner,
        other => other,
    };
    match value {
        Expr::Helper("ldPrivate", args, _) => match args.as_slice() {
            [Expr::Var(n), o] if *n == name => match (o, object) {
                (Expr::This, Expr::This) => true,
                (Expr::Var(a), Expr::Var(b)) => a == b,
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

/// Operators that have an assigning form which always assigns.
fn arithmetic(op: BinOp) -> bool {
    matches!(
        op,
        BinOp::Add
            | BinOp::Sub
            | BinOp::Mul
            | BinOp::Div
            | BinOp::Mod
            | BinOp::Exp
            | BinOp::And
            | BinOp::Or
            | BinOp::Xor
            | BinOp::Shl
            | BinOp::Sar
            | BinOp::Shr
    )
}
