//! Small things that say nothing.

use crate::ast::{BinOp, Expr, Func, FuncKind, Stmt, Var, VarKind, Vars};
use crate::names::Atoms;
use crate::passes::chains::Uses;
use crate::passes::conditions;
use crate::passes::jumps::{each_list, leaves};

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

/// Removes copies that nobody reads.
pub fn copies(body: &mut Vec<Stmt>, vars: &Vars) {
    fn list(body: &mut Vec<Stmt>, unread: &dyn Fn(Var) -> bool) {
        for s in body.iter_mut() {
            each_list(s, &mut |b| list(b, unread));
        }
        body.retain(|s| match s {
            Stmt::Expr(Expr::Assign(p), _) => !matches!(p.0, Expr::Var(v) if p.1.is_atom() && unread(v)),
            _ => true,
        });
    }
    let mut uses = Uses::default();
    conditions::count(body, &mut uses);
    let local = |v: Var| vars.get(v as usize).is_some_and(|i| i.kind == VarKind::Local);
    list(body, &|v| local(v) && uses.get(&v) == Some(&1));
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

/// `if (x != null) {…} throw …` of an object pattern, the other way round: what follows it is not nested in it.
fn guard(body: &mut Vec<Stmt>) {
    let [.., Stmt::If(_, then, otherwise, _), Stmt::Throw(Expr::Helper("patternNonCoercible", ..), _)] =
        body.as_slice()
    else {
        return;
    };
    if !otherwise.is_empty() || !leaves(then) {
        return;
    }
    let Some(throw) = body.pop() else { return };
    if let Some(Stmt::If(test, then, _, _)) = body.last_mut() {
        let mut rest = std::mem::replace(then, vec![throw]);
        *test = opposite(std::mem::replace(test, Expr::Undefined));
        body.append(&mut rest);
    }
}

fn opposite(test: Expr) -> Expr {
    match test {
        Expr::Binary(BinOp::LogAnd, p) => Expr::binary(BinOp::LogOr, Expr::not(p.0), Expr::not(p.1)),
        other => Expr::not(other),
    }
}

fn list(body: &mut Vec<Stmt>, atoms: &Atoms) {
    for s in body.iter_mut() {
        each_list(s, &mut |b| list(b, atoms));
    }
    guard(body);
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
