//! Small things that say nothing.

use crate::ast::{Expr, Func, FuncKind, Stmt, Var, VarKind, Vars};
use crate::names::Atoms;
use crate::passes::jumps::each_list;

/// `v = x; check(v)` is `v = check(x)`: the check of a slot or cell stays at its load.
pub fn checks(body: &mut Vec<Stmt>, vars: &mut Vars) {
    for s in body.iter_mut() {
        each_list(s, &mut |b| checks(b, vars));
    }
    let mut i = 1;
    while i < body.len() {
        let (before, after) = body.split_at_mut(i);
        if let (Some(Stmt::Expr(Expr::Assign(p), _)), Some(Stmt::Expr(Expr::Checked(checked, name), _))) =
            (before.last_mut(), after.first())
            && let (Expr::Var(v), Expr::Var(w)) = (&p.0, &**checked)
            && v == w
            && vars[*v as usize].kind == VarKind::Local
            && loads(&p.1)
        {
            if let Expr::Var(x) = p.1 {
                vars[x as usize].holds_hole = true;
            }
            let value = std::mem::replace(&mut p.1, Expr::Undefined);
            p.1 = Expr::Checked(Box::new(value), *name);
            body.remove(i);
        } else {
            i += 1;
        }
    }
}

/// Loads that can be written twice.
fn loads(e: &Expr) -> bool {
    match e {
        Expr::Var(_) => true,
        Expr::Member(o, ..) => matches!(**o, Expr::Var(_)),
        _ => false,
    }
}

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
