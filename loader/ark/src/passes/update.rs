//! `x++` and its like, from ToNumeric, a step and a store.

use crate::ast::{Expr, Stmt};
use crate::passes::jumps::each_list;

/// Rewrites a list and the lists in it.
pub fn list(body: &mut Vec<Stmt>) {
    for s in body.iter_mut() {
        each_list(s, &mut list);
    }
    let mut i = 0;
    while i < body.len() {
        // `t = ToNumeric(x); x = t + 1` is `t = x++`.
        if let [Stmt::Expr(Expr::Assign(a), here), Stmt::Expr(Expr::Assign(b), _), ..] = &body[i..]
            && let (Expr::Var(t), Expr::ToNumeric(x), Expr::Step(up, y)) = (&a.0, &a.1, &b.1)
            && matches!(&**y, Expr::Var(v) if v == t)
            && same_place(&b.0, x)
            && !is_var(&b.0, *t)
        {
            let value = Expr::Update(*up, false, Box::new(b.0.clone()));
            let stmt = Stmt::Expr(Expr::assign(Expr::Var(*t), value), *here);
            body.splice(i..i + 2, [stmt]);
        }
        // `x = x + 1` for any kind of number is `x++`.
        if let Stmt::Expr(Expr::Assign(p), here) = &body[i]
            && let Expr::Step(up, x) = &p.1
        {
            let inner = match &**x {
                Expr::ToNumeric(y) => y,
                other => other,
            };
            if same_place(&p.0, inner) {
                body[i] = Stmt::Expr(Expr::Update(*up, false, Box::new(p.0.clone())), *here);
            }
        }
        i += 1;
    }
}

fn is_var(e: &Expr, v: u32) -> bool {
    matches!(e, Expr::Var(x) if *x == v)
}

/// Whether reading `value` reads the place `target`, and doing so once instead of twice makes no difference.
fn same_place(target: &Expr, value: &Expr) -> bool {
    match (target, value) {
        (Expr::Var(a), Expr::Var(b)) => a == b,
        (Expr::Var(a), Expr::Checked(x, _)) => matches!(**x, Expr::Var(b) if *a == b),
        (Expr::Global(a), Expr::Global(b)) => a == b,
        (Expr::Member(a, n, _), Expr::Member(b, m, _)) => n == m && same_atom(a, b),
        (Expr::Index(a, _), Expr::Index(b, _)) => same_atom(&a.0, &b.0) && same_key(&a.1, &b.1),
        _ => false,
    }
}

fn same_atom(a: &Expr, b: &Expr) -> bool {
    matches!((a, b), (Expr::This, Expr::This)) || matches!((a, b), (Expr::Var(x), Expr::Var(y)) if x == y)
}

/// Keys that are not converted by user code: the same literal. (A variable may hold an object whose conversion counts.)
fn same_key(a: &Expr, b: &Expr) -> bool {
    matches!((a, b), (Expr::Num(x), Expr::Num(y)) if x == y) || matches!((a, b), (Expr::Str(x), Expr::Str(y)) if x == y)
}
