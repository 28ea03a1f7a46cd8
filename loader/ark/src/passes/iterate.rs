//! Cheaper steps of the iteration protocol that the code spells out: one helper call per round instead of three.
//!
//! `next = it.next` … `r = next.call(it); ifNotObject(r); if (r.done) …; v = r.value` becomes a stepper that is asked
//! once per round. The calls that can be observed are the same, in the same order.

use crate::ast::{Element, Expr, Stmt, UnOp, Var};
use crate::names::Atoms;
use crate::passes::jumps::each_list;
use crate::passes::walk::{self, Part};
use rustc_hash::FxHashMap;

/// Rewrites the loops of a function body.
pub fn steps(body: &mut [Stmt], atoms: &mut Atoms) {
    if !any(body) {
        return;
    }
    let names = [atoms.intern("next"), atoms.intern("done"), atoms.intern("value"), atoms.intern("step")];
    let mut uses: FxHashMap<Var, u32> = FxHashMap::default();
    count(body, &mut uses);
    list(body, &names, &uses);
}

/// Whether some statement gets an iterator.
fn any(body: &[Stmt]) -> bool {
    body.iter().any(|s| {
        let mut found = matches!(assigned(s), Some((_, Expr::Helper("getIterator", ..))));
        walk::statement(s, &mut |_| {}, &mut |b, _| found = found || any(b));
        found
    })
}

fn count(body: &[Stmt], uses: &mut FxHashMap<Var, u32>) {
    fn expression(e: &Expr, uses: &mut FxHashMap<Var, u32>) {
        if let Expr::Var(v) = e {
            *uses.entry(*v).or_default() += 1;
        }
        walk::each(e, &mut |part| match part {
            Part::Expr(e) => expression(e, uses),
            Part::Func(f) => f.free.iter().for_each(|&v| *uses.entry(v).or_default() += 2),
        });
    }
    for s in body {
        let mut lists: Vec<&[Stmt]> = vec![];
        walk::statement(s, &mut |e| expression(e, uses), &mut |l, _| lists.push(l));
        for l in lists {
            count(l, uses);
        }
    }
}

/// `v = value` of a statement.
fn assigned(s: &Stmt) -> Option<(Var, &Expr)> {
    match s {
        Stmt::Expr(Expr::Assign(p), _) => match &p.0 {
            Expr::Var(v) => Some((*v, &p.1)),
            _ => None,
        },
        _ => None,
    }
}

fn list(body: &mut [Stmt], names: &[u32; 4], uses: &FxHashMap<Var, u32>) {
    for i in 0..body.len() {
        // `it = getIterator(x); next = it.next`, with `next` used for one call only.
        let found = match body.get(i..i + 2) {
            Some([a, b]) => match (assigned(a), assigned(b)) {
                (Some((it, Expr::Helper("getIterator", _, _))), Some((next, Expr::Member(o, n, _))))
                    if *n == names[0] && matches!(**o, Expr::Var(x) if x == it) && uses.get(&next) == Some(&2) =>
                {
                    Some((it, next))
                }
                _ => None,
            },
            _ => None,
        };
        if let Some((it, next)) = found {
            let mut done = false;
            for s in body[i + 2..].iter_mut() {
                done |= find(s, it, next, names, uses);
                if done {
                    break;
                }
            }
            if done {
                if let Stmt::Expr(Expr::Assign(p), _) = &mut body[i]
                    && let Expr::Helper(name, _, _) = &mut p.1
                {
                    *name = "cursor";
                }
                if let Stmt::Expr(Expr::Assign(p), here) = &mut body[i + 1] {
                    p.1 = Expr::Helper("stepper", vec![Expr::Var(it)], *here);
                }
            }
        }
        each_list(&mut body[i], &mut |b| list(b, names, uses));
    }
}

/// Finds the loop that steps `it` and rewrites its head.
fn find(s: &mut Stmt, it: Var, next: Var, names: &[u32; 4], uses: &FxHashMap<Var, u32>) -> bool {
    if let Stmt::Loop(_, b) = s
        && head(b, it, next, names, uses)
    {
        return true;
    }
    match s {
        Stmt::Block(_, b) | Stmt::Scope(b) => b.iter_mut().any(|s| find(s, it, next, names, uses)),
        Stmt::Try(b, _, _) => b.iter_mut().any(|s| find(s, it, next, names, uses)),
        _ => false,
    }
}

fn head(b: &mut Vec<Stmt>, it: Var, next: Var, names: &[u32; 4], uses: &FxHashMap<Var, u32>) -> bool {
    let Some([call, check, test, value]) = b.get(..4) else { return false };
    let Some((r, Expr::Helper("call", args, here))) = assigned(call) else { return false };
    let here = *here;
    if !matches!(args.as_slice(), [Expr::Var(f), Expr::Var(o)] if *f == next && *o == it) {
        return false;
    }
    if !matches!(check, Stmt::Expr(Expr::Helper("ifNotObject", a, _), _) if matches!(a.as_slice(), [Expr::Var(x)] if *x == r))
    {
        return false;
    }
    let reads =
        |e: &Expr, name: u32| matches!(e, Expr::Member(o, n, _) if *n == name && matches!(**o, Expr::Var(x) if x == r));
    let Stmt::If(condition, exit, otherwise, _) = test else { return false };
    let done = match condition {
        Expr::Unary(UnOp::Not, x) => match &**x {
            Expr::Unary(UnOp::Not, y) => reads(y, names[1]),
            _ => false,
        },
        other => reads(other, names[1]),
    };
    if !done || !otherwise.is_empty() || !crate::passes::jumps::leaves(exit) {
        return false;
    }
    // The result object is used for `done` and `value` only, which follows directly.
    let Some((v, value)) = assigned(value) else { return false };
    if !reads(value, names[2]) || v == r || uses.get(&r) != Some(&4) {
        return false;
    }
    let step =
        Expr::Call(Box::new(Expr::Member(Box::new(Expr::Var(next)), names[3], here)), Vec::<Element>::new(), here);
    let exit = match &mut b[2] {
        Stmt::If(_, exit, _, _) => std::mem::take(exit),
        _ => return false,
    };
    b[2] = Stmt::If(Expr::not(step), exit, vec![], here);
    if let Stmt::Expr(Expr::Assign(p), _) = &mut b[3] {
        p.1 = Expr::Member(Box::new(Expr::Var(next)), names[2], here);
    }
    b.drain(..2);
    true
}
