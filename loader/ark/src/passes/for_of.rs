//! Puts iterables into the heads of `for (… of …)`, and declares the variables there.

use crate::ast::{Expr, Stmt, Var, VarKind, Vars};
use crate::passes::jumps;
use crate::passes::walk::{self, Part};
use rustc_hash::FxHashMap;

/// Times that a variable is mentioned, and how many of them are assignments.
type Counts = FxHashMap<Var, (u32, u32)>;

/// Simplifies a function body.
pub fn simplify(vars: &Vars, body: &mut Vec<Stmt>) {
    if !has_loops(body) {
        return;
    }
    let mut counts = Counts::default();
    count(body, &mut counts);
    list(vars, &counts, body);
}

fn has_loops(body: &[Stmt]) -> bool {
    body.iter().any(|s| {
        let mut found = matches!(s, Stmt::ForOf(..));
        walk::statement(s, &mut |_| {}, &mut |b, _| found |= has_loops(b));
        found
    })
}

fn count(body: &[Stmt], counts: &mut Counts) {
    for s in body {
        if let Stmt::ForOf(_, _, Expr::Var(v), ..) = s {
            counts.entry(*v).or_default().1 += 1;
        }
        if let Stmt::Try(_, Some((Some(v), _)), _) = s {
            counts.entry(*v).or_default().0 += 1;
        }
        // Two visitors cannot share the counts.
        let (mut expressions, mut lists) = (vec![], vec![]);
        walk::statement(s, &mut |e| expressions.push(e), &mut |b, _| lists.push(b));
        expressions.into_iter().for_each(|e| mentions(e, counts));
        lists.into_iter().for_each(|b| count(b, counts));
    }
}

fn mentions(e: &Expr, counts: &mut Counts) {
    match e {
        Expr::Var(v) => counts.entry(*v).or_default().0 += 1,
        Expr::Assign(p) | Expr::AssignOp(_, p) => assigned(&p.0, counts),
        Expr::Update(_, _, x) => assigned(x, counts),
        _ => {}
    }
    walk::each(e, &mut |part| match part {
        Part::Expr(e) => mentions(e, counts),
        Part::Func(f) => f.free.iter().for_each(|&v| counts.entry(v).or_default().0 += 1),
    });
}

fn assigned(target: &Expr, counts: &mut Counts) {
    super::declare::pattern(target, &mut |v| counts.entry(v).or_default().1 += 1);
}

fn list(vars: &Vars, counts: &Counts, body: &mut Vec<Stmt>) {
    let local = |v: Var| vars.get(v as usize).is_some_and(|i| i.kind == VarKind::Local);
    let mut out: Vec<Stmt> = Vec::with_capacity(body.len());
    for mut s in std::mem::take(body) {
        jumps::each_list(&mut s, &mut |b| list(vars, counts, b));
        if let Some(Stmt::ForOf(_, declares, target, iterable, _, inside)) = first(&mut s) {
            if let Expr::Var(v) = *iterable {
                let stored =
                    matches!(out.last(), Some(Stmt::Expr(Expr::Assign(p), _)) if matches!(p.0, Expr::Var(x) if x == v));
                let single = stored && local(v) && counts.get(&v) == Some(&(2, 1));
                if let Some(Stmt::Expr(Expr::Assign(p), _)) = out.pop_if(|_| single) {
                    *iterable = p.1;
                }
            }
            if let (0, Expr::Var(v)) = (*declares, &*target) {
                let mut own = Counts::default();
                count(inside, &mut own);
                let (uses, writes) = own.get(v).copied().unwrap_or_default();
                if local(*v) && counts.get(v) == Some(&(uses + 1, writes + 1)) {
                    *declares = if writes == 0 { 2 } else { 1 };
                }
            }
        }
        out.push(s);
    }
    *body = out;
}

/// The statement itself, or what a labelled block begins with.
fn first(s: &mut Stmt) -> Option<&mut Stmt> {
    match s {
        Stmt::Block(_, b) => b.first_mut().and_then(first),
        other => Some(other),
    }
}
