//! Values of `&&`, `||`, `??`, `?:` and `?.`.

use crate::ast::{BinOp, Expr, Stmt, UnOp, Var};
use crate::passes::{conditions, logic};
use rustc_hash::FxHashMap;

/// Mentions of each variable in a function.
pub type Uses = FxHashMap<Var, u32>;

fn drop_use(uses: &mut Uses, v: Var, count: u32) {
    if let Some(n) = uses.get_mut(&v) {
        *n = n.saturating_sub(count);
    }
}

/// `c ? x : y` in the form that says most.
pub fn choice(c: Expr, x: Expr, y: Expr, uses: &mut Uses) -> Expr {
    if let Expr::Unary(UnOp::Not, inner) = c {
        // A test takes anything, so `!` only swaps the values.
        return choice(*inner, y, x, uses);
    }
    match (x, y) {
        (Expr::Bool(true), Expr::Bool(false)) if c.is_boolean() => c,
        (Expr::Bool(true), Expr::Bool(false)) => Expr::Unary(UnOp::Not, Box::new(Expr::Unary(UnOp::Not, Box::new(c)))),
        (Expr::Bool(false), Expr::Bool(true)) => Expr::not(c),
        (x, y) => of_variable(c, x, y, uses),
    }
}

fn is(e: &Expr, v: Var) -> bool {
    matches!(e, Expr::Var(x) if *x == v)
}

fn of_variable(c: Expr, x: Expr, y: Expr, uses: &mut Uses) -> Expr {
    match &c {
        Expr::Var(v) if is(&x, *v) => {
            drop_use(uses, *v, 1);
            Expr::binary(BinOp::LogOr, c, y)
        }
        Expr::Var(v) if is(&y, *v) => {
            drop_use(uses, *v, 1);
            Expr::binary(BinOp::LogAnd, c, x)
        }
        Expr::Binary(op @ (BinOp::Eq | BinOp::Ne), p) => {
            let (Expr::Var(v), Expr::Null) = (&p.0, &p.1) else { return Expr::Cond(Box::new((c, x, y))) };
            let v = *v;
            let (some, none) = if *op == BinOp::Ne { (x, y) } else { (y, x) };
            if is(&some, v) {
                drop_use(uses, v, 1);
                return Expr::binary(BinOp::Nullish, some, none);
            }
            let some = if matches!(none, Expr::Undefined) {
                match optional(some, v) {
                    Ok(chain) => {
                        drop_use(uses, v, 1);
                        return chain;
                    }
                    Err(back) => back,
                }
            } else {
                some
            };
            let (x, y) = if matches!(&c, Expr::Binary(BinOp::Ne, _)) { (some, none) } else { (none, some) };
            Expr::Cond(Box::new((c, x, y)))
        }
        _ => Expr::Cond(Box::new((c, x, y))),
    }
}

/// A chain of members and calls that begins with `v`, short-circuited there: `v.a.b` becomes `v?.a.b`.
pub fn optional(e: Expr, v: Var) -> Result<Expr, Expr> {
    let mut inner = match e {
        Expr::Chain(inner) => *inner,
        other => {
            let mut other = other;
            return match base(&mut other) {
                Some(b) if is(b, v) => {
                    *b = Expr::Opt(Box::new(Expr::Var(v)));
                    Ok(Expr::Chain(Box::new(other)))
                }
                _ => Err(other),
            };
        }
    };
    match base(&mut inner) {
        Some(b) if is(b, v) => {
            *b = Expr::Opt(Box::new(Expr::Var(v)));
            Ok(Expr::Chain(Box::new(inner)))
        }
        _ => Err(Expr::Chain(Box::new(inner))),
    }
}

/// What a chain begins with; none when there is no link.
fn base(e: &mut Expr) -> Option<&mut Expr> {
    let next = match e {
        Expr::Member(o, ..) | Expr::Private(o, ..) | Expr::Call(o, ..) => &mut **o,
        Expr::Index(p, _) => &mut p.0,
        _ => return None,
    };
    let mut at = next;
    loop {
        at = match at {
            Expr::Member(o, ..) | Expr::Private(o, ..) | Expr::Call(o, ..) | Expr::Opt(o) => &mut **o,
            Expr::Index(p, _) => &mut p.0,
            other => return Some(other),
        };
    }
}

/// The operator that `if (test) v = …` after `v = …` stands for.
pub fn operator(test: &Expr, v: Var) -> Option<BinOp> {
    match test {
        Expr::Var(x) if *x == v => Some(BinOp::LogAnd),
        Expr::Unary(UnOp::Not, x) if is(x, v) => Some(BinOp::LogOr),
        Expr::Binary(BinOp::Eq, p) if is(&p.0, v) && matches!(p.1, Expr::Null) => Some(BinOp::Nullish),
        _ => None,
    }
}

/// `a op b`, leaning to the left.
pub fn joined(op: BinOp, a: Expr, b: Expr) -> Expr {
    match op {
        BinOp::LogAnd => logic::and(a, b),
        BinOp::LogOr => logic::or(a, b),
        _ => Expr::binary(op, a, b),
    }
}

/// `if (t != null) t.m();`, where `t` is used for nothing else, is `t?.m();`.
pub fn statement(s: &mut Stmt, uses: &mut Uses, is_local: &dyn Fn(Var) -> bool) {
    let Stmt::If(test, then, otherwise, here) = s else { return };
    let Expr::Binary(BinOp::Ne, p) = test else { return };
    let (Expr::Var(v), Expr::Null) = (&p.0, &p.1) else { return };
    let v = *v;
    if !otherwise.is_empty() || !is_local(v) || uses.get(&v) != Some(&3) {
        return;
    }
    let [Stmt::Expr(call @ (Expr::Call(..) | Expr::Chain(_)), _)] = then.as_mut_slice() else { return };
    let mut budget = 60;
    if !conditions::small(call, &mut budget) {
        return;
    }
    match optional(std::mem::replace(call, Expr::Undefined), v) {
        Ok(chain) => {
            drop_use(uses, v, 1);
            *s = Stmt::Expr(chain, *here);
        }
        Err(back) => *call = back,
    }
}
