//! Small things that say nothing.

use crate::ast::{Expr, Func, FuncKind, Stmt, Var};
use crate::names::Atoms;
use crate::passes::jumps::each_list;

/// Tidies a function.
pub fn function(func: &mut Func, atoms: &Atoms) {
    if func.kind == FuncKind::Constructor
        && let Some(Stmt::Return(Some(Expr::This), _)) = func.body.last()
    {
        func.body.pop();
    }
    list(&mut func.body, atoms);
}

fn list(body: &mut Vec<Stmt>, atoms: &Atoms) {
    for s in body.iter_mut() {
        each_list(s, &mut |b| list(b, atoms));
    }
    // Compilers load the prototype of every new class, whether they need it or not.
    let mut class: Option<Var> = None;
    body.retain(|s| match s {
        Stmt::Expr(Expr::Assign(p), _) => {
            match (&p.0, &p.1) {
                (Expr::Var(v), Expr::Class(_)) => class = Some(*v),
                (_, Expr::Var(_)) => {}
                _ => class = None,
            }
            true
        }
        Stmt::Expr(Expr::Member(o, name, _), _) => {
            !matches!(**o, Expr::Var(v) if Some(v) == class && atoms.text(*name) == "prototype")
        }
        _ => {
            class = None;
            true
        }
    });
}
