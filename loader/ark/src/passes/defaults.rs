//! Default values of parameters: `if (p === undefined) p = x` at the start of a function.

use crate::ast::{BinOp, Expr, Func, Stmt, Var, VarKind, Vars};
use crate::passes::walk;

/// Moves default values into the parameter list.
///
/// Only values that can stand there are moved: they name nothing but parameters to their left and what the module imports and exports,
/// so that the scope of the list makes no difference. The text of a generator starts later than its parameters.
pub fn recover(vars: &Vars, func: &mut Func) {
    if func.is_generator {
        return;
    }
    // Statements before that only copy parameters may come after.
    let mut passed: Vec<Var> = vec![];
    let mut next = 0;
    let mut at = 0;
    while let Some(s) = func.body.get(at) {
        match s {
            Stmt::Declare(_) => at += 1,
            Stmt::Expr(Expr::Assign(p), _) => match (&p.0, &p.1) {
                (Expr::Var(_), Expr::Var(x)) => {
                    passed.push(*x);
                    at += 1;
                }
                _ => return,
            },
            Stmt::If(test, then, otherwise, _) if otherwise.is_empty() => {
                let Some((p, _)) = default(test, then) else { return };
                let place = func.params[next.min(func.params.len())..]
                    .iter()
                    .position(|(t, d)| d.is_none() && matches!(t, Expr::Var(x) if *x == p))
                    .map(|n| n + next);
                let Some(place) = place.filter(|&n| n >= func.length as usize && !passed.contains(&p)) else { return };
                let left: Vec<Var> = func.params[..place]
                    .iter()
                    .filter_map(|(t, _)| match t {
                        Expr::Var(v) => Some(*v),
                        _ => None,
                    })
                    .collect();
                if !default(test, then).is_some_and(|(_, value)| stands_in_list(value, &left, vars)) {
                    return;
                }
                if let Stmt::If(_, mut then, _, _) = func.body.remove(at)
                    && let Some(Stmt::Expr(Expr::Assign(p), _)) = then.pop()
                {
                    func.params[place].1 = Some(p.1);
                }
                next = place + 1;
            }
            _ => return,
        }
    }
}

fn default<'s>(test: &Expr, then: &'s [Stmt]) -> Option<(Var, &'s Expr)> {
    let (Expr::Binary(BinOp::StrictEq, q), [Stmt::Expr(Expr::Assign(p), _)]) = (test, then) else { return None };
    match (&q.0, &q.1, &p.0) {
        (Expr::Var(x), Expr::Undefined, Expr::Var(y)) if x == y => Some((*x, &p.1)),
        _ => None,
    }
}

fn stands_in_list(e: &Expr, left: &[Var], vars: &Vars) -> bool {
    match e {
        Expr::Var(v) => left.contains(v) || vars.get(*v as usize).is_some_and(|info| info.kind == VarKind::Unit),
        Expr::Func(_)
        | Expr::Class(_)
        | Expr::Method(_)
        | Expr::Await(..)
        | Expr::Yield(..)
        | Expr::Arguments
        | Expr::Super
        | Expr::SuperCall(..)
        | Expr::Assign(_)
        | Expr::AssignOp(..)
        | Expr::Update(..) => false,
        other => {
            let (mut fits, mut functions) = (true, false);
            walk::parts(other, &mut |p| fits = fits && stands_in_list(p, left, vars), &mut |_| functions = true);
            fits && !functions
        }
    }
}
