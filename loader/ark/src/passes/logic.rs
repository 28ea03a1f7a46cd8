//! `&&`, `||` and null tests, from tests that stand inside or behind each other.

use crate::ast::{BinOp, Expr, Stmt};
use crate::limits;
use crate::passes::jumps::each_list;

/// Rewrites a list and the lists in it, inner ones first. Returns whether anything changed.
pub fn combine(list: &mut Vec<Stmt>) -> bool {
    let mut changed = false;
    for s in list.iter_mut() {
        each_list(s, &mut |b| changed |= combine(b));
        // `if (a) { if (b) x }` is `if (a && b) x`.
        if let Stmt::If(a, then, otherwise, _) = s
            && otherwise.is_empty()
            && let [Stmt::If(b, _, none, _)] = then.as_mut_slice()
            && none.is_empty()
            && terms(a) + terms(b) < limits::EXPRESSION_DEPTH
        {
            let (a_, b_) = (take(a), take(b));
            *a = and(a_, b_);
            if let Some(Stmt::If(_, inner, _, _)) = then.pop() {
                *then = inner;
            }
            changed = true;
        }
    }
    // `if (a) jump; if (b) jump` is `if (a || b) jump`.
    let mut i = 0;
    while i + 1 < list.len() {
        let (before, after) = list.split_at_mut(i + 1);
        if let ([.., Stmt::If(a, x, none, _)], [Stmt::If(b, y, nothing, _), ..]) = (before, after)
            && none.is_empty()
            && nothing.is_empty()
            && same_jump(x, y)
            && terms(a) + terms(b) < limits::EXPRESSION_DEPTH
        {
            let (a_, b_) = (take(a), take(b));
            *a = or(a_, b_);
            list.remove(i + 1);
            changed = true;
        } else {
            i += 1;
        }
    }
    changed
}

fn take(e: &mut Expr) -> Expr {
    std::mem::replace(e, Expr::Undefined)
}

/// Operands of a chain of logical operators.
fn terms(e: &Expr) -> u32 {
    match e {
        Expr::Binary(BinOp::LogAnd | BinOp::LogOr, p) => terms(&p.0) + terms(&p.1),
        _ => 1,
    }
}

fn same_jump(a: &[Stmt], b: &[Stmt]) -> bool {
    match (a, b) {
        ([Stmt::Break(x)], [Stmt::Break(y)]) | ([Stmt::Continue(x)], [Stmt::Continue(y)]) => x == y,
        _ => false,
    }
}

/// `a && b`, leaning to the left; two tests that a variable is neither null nor undefined become one.
pub fn and(a: Expr, b: Expr) -> Expr {
    chain(BinOp::LogAnd, (BinOp::StrictNe, BinOp::Ne), a, b)
}

/// `a || b`, likewise.
pub fn or(a: Expr, b: Expr) -> Expr {
    chain(BinOp::LogOr, (BinOp::StrictEq, BinOp::Eq), a, b)
}

fn chain(op: BinOp, tests: (BinOp, BinOp), a: Expr, b: Expr) -> Expr {
    if let Expr::Binary(o, p) = b {
        if o == op {
            return chain(op, tests, chain(op, tests, a, p.0), p.1);
        }
        return last(op, tests, a, Expr::Binary(o, p));
    }
    last(op, tests, a, b)
}

fn last(op: BinOp, tests: (BinOp, BinOp), a: Expr, b: Expr) -> Expr {
    if let Some(test) = nullish(tests, &a, &b) {
        return test;
    }
    if let Expr::Binary(o, p) = a {
        if o == op
            && let Some(test) = nullish(tests, &p.1, &b)
        {
            return Expr::binary(op, p.0, test);
        }
        return Expr::binary(op, Expr::Binary(o, p), b);
    }
    Expr::binary(op, a, b)
}

/// `x === null` and `x === undefined` of the same variable: `x == null`. (The hole is neither for both.)
fn nullish((strict, loose): (BinOp, BinOp), a: &Expr, b: &Expr) -> Option<Expr> {
    let (Expr::Binary(o, p), Expr::Binary(q, r)) = (a, b) else { return None };
    let (Expr::Var(x), Expr::Var(y)) = (&p.0, &r.0) else { return None };
    let both = matches!((&p.1, &r.1), (Expr::Null, Expr::Undefined) | (Expr::Undefined, Expr::Null));
    (*o == strict && *q == strict && x == y && both).then(|| Expr::binary(loose, Expr::Var(*x), Expr::Null))
}

/// The opposite of a test; `!` goes inside where some part takes it without growing.
pub fn not(e: Expr) -> Expr {
    match e {
        Expr::Binary(op @ (BinOp::LogAnd | BinOp::LogOr), p) if absorbs(&p.0) || absorbs(&p.1) => {
            let (a, b) = (not(p.0), not(p.1));
            if op == BinOp::LogAnd { or(a, b) } else { and(a, b) }
        }
        other => Expr::not(other),
    }
}

/// Whether the opposite of a test needs no `!` of its own.
fn absorbs(e: &Expr) -> bool {
    match e {
        Expr::Unary(crate::ast::UnOp::Not, x) => x.is_boolean() || matches!(**x, Expr::Unary(..)),
        Expr::Binary(BinOp::StrictEq | BinOp::StrictNe | BinOp::Eq | BinOp::Ne, _) | Expr::Bool(_) => true,
        Expr::Binary(BinOp::LogAnd | BinOp::LogOr, p) => absorbs(&p.0) || absorbs(&p.1),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(n: u32) -> Expr {
        Expr::Var(n)
    }
    fn is(op: BinOp, v: u32, what: Expr) -> Expr {
        Expr::binary(op, Expr::Var(v), what)
    }

    #[test]
    fn nested_tests_become_one_and_keep_their_order() {
        let inner = Stmt::If(test(2), vec![Stmt::Debugger], vec![], 0);
        let mut list = vec![Stmt::If(test(1), vec![inner], vec![], 0)];
        assert!(combine(&mut list));
        let want = [Stmt::If(Expr::binary(BinOp::LogAnd, test(1), test(2)), vec![Stmt::Debugger], vec![], 0)];
        assert_eq!(format!("{list:?}"), format!("{want:?}"));
    }

    #[test]
    fn an_else_keeps_tests_apart() {
        let inner = Stmt::If(test(2), vec![Stmt::Debugger], vec![Stmt::Break(1)], 0);
        let mut list = vec![Stmt::If(test(1), vec![inner], vec![], 0)];
        assert!(!combine(&mut list));
    }

    #[test]
    fn two_null_tests_are_one() {
        let both = and(is(BinOp::StrictNe, 1, Expr::Null), is(BinOp::StrictNe, 1, Expr::Undefined));
        assert_eq!(format!("{both:?}"), format!("{:?}", is(BinOp::Ne, 1, Expr::Null)));
        // Different variables, or the same test twice, stay.
        let other = and(is(BinOp::StrictNe, 1, Expr::Null), is(BinOp::StrictNe, 2, Expr::Undefined));
        assert!(matches!(other, Expr::Binary(BinOp::LogAnd, _)));
        let twice = and(is(BinOp::StrictNe, 1, Expr::Null), is(BinOp::StrictNe, 1, Expr::Null));
        assert!(matches!(twice, Expr::Binary(BinOp::LogAnd, _)));
    }

    #[test]
    fn the_opposite_of_a_comparison_is_not_the_other_comparison() {
        // `!(a < b)` is not `a >= b`: NaN.
        let less = Expr::binary(BinOp::Lt, test(1), test(2));
        assert!(matches!(not(less), Expr::Unary(crate::ast::UnOp::Not, _)));
    }
}
