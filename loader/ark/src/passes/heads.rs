//! Heads of `for (init; test; update)` and `for (k in o)`.

use crate::ast::{BinOp, Expr, Label, Stmt, UnOp, Var, VarKind, Vars};
use crate::passes::jumps::each_list;
use crate::passes::{conditions, logic, walk};
use rustc_hash::FxHashMap;

type Uses = FxHashMap<Var, u32>;

/// Gives the loops of a function body their heads.
pub fn recover(vars: &mut Vars, body: &mut Vec<Stmt>) {
    if !has_loops(body) {
        return;
    }
    let mut uses = Uses::default();
    conditions::count(body, &mut uses);
    list(vars, &uses, body);
}

fn has_loops(body: &[Stmt]) -> bool {
    body.iter().any(|s| {
        let mut found = matches!(s, Stmt::Loop(..) | Stmt::For(_, None, Some(_), None, _));
        walk::statement(s, &mut |_| {}, &mut |b, _| found = found || has_loops(b));
        found
    })
}

fn list(vars: &mut Vars, uses: &Uses, body: &mut Vec<Stmt>) {
    let mut i = 0;
    while i < body.len() {
        each_list(&mut body[i], &mut |b| list(vars, uses, b));
        let fresh = match &body[i] {
            Stmt::Loop(..) => per_iteration(vars, uses, body, i) || keys(vars, uses, body, i),
            Stmt::For(_, None, Some(_), None, _) => counting(vars, uses, body, i),
            _ => false,
        };
        // The statement before has gone into the head.
        if !fresh {
            i += 1;
        }
    }
}

fn assigned(s: &Stmt) -> Option<(Var, &Expr)> {
    match s {
        Stmt::Expr(Expr::Assign(p), _) => match &p.0 {
            Expr::Var(v) => Some((*v, &p.1)),
            _ => None,
        },
        _ => None,
    }
}

fn mentions(e: &Expr, v: Var) -> u32 {
    let mut n = u32::from(matches!(e, Expr::Var(x) if *x == v));
    let mut inside = 0;
    walk::parts(e, &mut |p| n += mentions(p, v), &mut |f| inside += 100 * u32::from(f.free.contains(&v)));
    n + inside
}

fn uses_in(s: &[Stmt]) -> Uses {
    let mut uses = Uses::default();
    conditions::count(s, &mut uses);
    uses
}

/// The variable that a statement steps: `v++`, `v = v + x`.
fn stepped(s: &Stmt) -> Option<Var> {
    match s {
        Stmt::Expr(Expr::Update(_, _, x), _) => match &**x {
            Expr::Var(v) => Some(*v),
            _ => None,
        },
        Stmt::Expr(Expr::Assign(p), _) => match (&p.0, &p.1) {
            (Expr::Var(v), Expr::Binary(op, q)) if !logical(*op) => {
                (matches!(q.0, Expr::Var(x) if x == *v) && mentions(&q.1, *v) == 0 && q.1.is_atom()).then_some(*v)
            }
            _ => None,
        },
        _ => None,
    }
}

fn logical(op: BinOp) -> bool {
    matches!(op, BinOp::LogAnd | BinOp::LogOr | BinOp::Nullish)
}

/// Whether some jump repeats the loop `label`.
fn continues(body: &[Stmt], label: Label) -> bool {
    body.iter().any(|s| {
        let mut found = matches!(s, Stmt::Continue(l) if *l == label);
        walk::statement(s, &mut |_| {}, &mut |b, _| found = found || continues(b, label));
        found
    })
}

/// Jumps to the end of a block at the end of a loop's body repeat the loop.
fn breaks_continue(body: &mut [Stmt], from: Label, to: Label) {
    for s in body {
        match s {
            Stmt::Break(l) if *l == from => *s = Stmt::Continue(to),
            other => each_list(other, &mut |b| breaks_continue(b, from, to)),
        }
    }
}

/// Takes the braces off a block that ends a body: what leaves it goes on to the update.
fn open_tail(body: &mut Vec<Stmt>, label: Label) {
    if let Some(Stmt::Block(from, _)) = body.last() {
        let from = *from;
        if let Some(Stmt::Block(_, mut inner)) = body.pop() {
            breaks_continue(&mut inner, from, label);
            body.append(&mut inner);
        }
    }
}

/// `v = a; while (test) {…; v++}`: returns whether the statement before went into the head.
fn counting(vars: &Vars, uses: &Uses, body: &mut Vec<Stmt>, i: usize) -> bool {
    let Some(Stmt::For(label, None, Some(test), None, inside)) = body.get_mut(i) else { return false };
    let label = *label;
    let Some(v) = inside.last().and_then(stepped) else { return false };
    if mentions(test, v) == 0 || mentions(test, v) >= 100 || inside.len() < 2 || continues(inside, label) {
        return false;
    }
    let Some(Stmt::Expr(step, _)) = inside.pop() else { return false };
    open_tail(inside, label);
    let test = std::mem::replace(test, Expr::Undefined);
    let inside = std::mem::take(inside);
    body[i] = Stmt::For(label, None, Some(test), Some(step), inside);
    // The variable is the loop's own when nobody else asks for it.
    let Some(before) = i.checked_sub(1) else { return false };
    let own = vars.get(v as usize).is_some_and(|info| info.kind == VarKind::Local)
        && matches!(assigned(&body[before]), Some((x, value)) if x == v && mentions(value, v) == 0)
        && uses_in(&body[before..=i]).get(&v) == uses.get(&v);
    if !own {
        return false;
    }
    if let Stmt::Expr(Expr::Assign(p), here) = body.remove(before)
        && let Some(Stmt::For(_, init, ..)) = body.get_mut(before)
    {
        *init = Some(Box::new(Stmt::Let(false, vec![(p.0, Some(p.1))], here)));
    }
    true
}

/// `c = a; for (;;) { s = c; if (!test) break; …; c = s; c++ }` where functions capture `s`: the copy per iteration
/// that `let` makes by itself.
fn per_iteration(vars: &mut Vars, uses: &Uses, body: &mut Vec<Stmt>, i: usize) -> bool {
    let Some(Stmt::Loop(label, inside)) = body.get(i) else { return false };
    let (label, Some(before)) = (*label, i.checked_sub(1)) else { return false };
    let skip = inside.iter().take_while(|s| matches!(s, Stmt::Declare(_))).count();
    let [head, Stmt::If(_, exit, none, _), .., back, step] = &inside[skip..] else { return false };
    let (Some((s, Expr::Var(c))), Some((c_again, Expr::Var(s_again)))) = (assigned(head), assigned(back)) else {
        return false;
    };
    let c = *c;
    let fits = matches!(exit.as_slice(), [Stmt::Break(l)] if *l == label)
        && none.is_empty()
        && c_again == c
        && *s_again == s
        && s != c
        && stepped(step) == Some(c)
        && matches!(assigned(&body[before]), Some((x, value)) if x == c && mentions(value, c) == 0 && mentions(value, s) == 0)
        && vars.get(s as usize).is_some_and(|info| info.kind == VarKind::Slot)
        && !continues(inside, label);
    if !fits {
        return false;
    }
    let (here, all) = (uses_in(&body[i..=i]), uses_in(&body[before..=i]));
    let of_step = uses_in(std::slice::from_ref(step)).get(&c).copied();
    if here.get(&s) != uses.get(&s) || all.get(&c) != uses.get(&c) || uses.get(&c).copied() != of_step.map(|n| n + 3) {
        return false;
    }
    let Some(Stmt::Loop(_, inside)) = body.get_mut(i) else { return false };
    let Some(Stmt::Expr(mut step, _)) = inside.pop() else { return false };
    inside.pop();
    let mut inside = std::mem::take(inside);
    inside.remove(skip);
    let Stmt::If(test, ..) = inside.remove(skip) else { return false };
    rename(&mut step, c, s);
    open_tail(&mut inside, label);
    body[i] = Stmt::For(label, None, Some(conditions::test(logic::not(test))), Some(step), inside);
    if let Stmt::Expr(Expr::Assign(p), at) = body.remove(before)
        && let Some(Stmt::For(_, init, ..)) = body.get_mut(before)
    {
        *init = Some(Box::new(Stmt::Let(false, vec![(Expr::Var(s), Some(p.1))], at)));
    }
    if let Some(info) = vars.get_mut(s as usize) {
        info.native = true;
    }
    true
}

fn rename(e: &mut Expr, from: Var, to: Var) {
    if let Expr::Var(v) = e
        && *v == from
    {
        *v = to;
    }
    walk::parts_mut(e, &mut |p| rename(p, from, to));
}

/// `it = getPropIterator(o); for (;;) { k = getNextPropName(it); if (k == undefined) break; … }`.
fn keys(vars: &Vars, uses: &Uses, body: &mut Vec<Stmt>, i: usize) -> bool {
    let Some(Stmt::Loop(label, inside)) = body.get(i) else { return false };
    let (label, Some(before)) = (*label, i.checked_sub(1)) else { return false };
    let [head, Stmt::If(test, exit, none, _), ..] = inside.as_slice() else { return false };
    let Some((k, Expr::Helper("getNextPropName", arguments, _))) = assigned(head) else { return false };
    let [Expr::Var(it)] = arguments.as_slice() else { return false };
    let Some((made, Expr::Helper("getPropIterator", ..))) = assigned(&body[before]) else { return false };
    let ends = match test {
        Expr::Binary(BinOp::Eq | BinOp::StrictEq, p) => {
            matches!(&p.0, Expr::Var(x) if *x == k) && matches!(p.1, Expr::Undefined | Expr::Null)
        }
        Expr::Unary(UnOp::Not, _) => false,
        _ => false,
    };
    let fits = ends
        && none.is_empty()
        && matches!(exit.as_slice(), [Stmt::Break(l)] if *l == label)
        && made == *it
        && uses.get(it) == Some(&2)
        && vars.get(k as usize).is_some_and(|info| info.kind == VarKind::Local)
        && uses_in(&body[i..=i]).get(&k) == uses.get(&k);
    if !fits {
        return false;
    }
    let Some(Stmt::Loop(_, inside)) = body.get_mut(i) else { return false };
    let mut inside = std::mem::take(inside);
    inside.drain(..2);
    let object = match body.remove(before) {
        Stmt::Expr(Expr::Assign(p), _) => match p.1 {
            Expr::Helper(_, mut arguments, _) => arguments.pop().unwrap_or(Expr::Undefined),
            other => other,
        },
        _ => Expr::Undefined,
    };
    let declares = if writes(&inside, k) { 1 } else { 2 };
    body[before] = Stmt::ForIn(label, declares, Expr::Var(k), object, inside);
    true
}

fn writes(body: &[Stmt], v: Var) -> bool {
    fn writing(e: &Expr, v: Var) -> bool {
        let mut found = match e {
            Expr::Assign(p) | Expr::AssignOp(_, p) => mentions(&p.0, v) > 0,
            Expr::Update(_, _, x) => mentions(x, v) > 0,
            _ => false,
        };
        walk::parts(e, &mut |p| found = found || writing(p, v), &mut |_| {});
        found
    }
    body.iter().any(|s| {
        let (mut found, mut inside) = (false, false);
        walk::statement(s, &mut |e| found = found || writing(e, v), &mut |b, _| inside = inside || writes(b, v));
        found || inside || matches!(s, Stmt::ForOf(_, _, t, ..) | Stmt::ForIn(_, _, t, ..) if mentions(t, v) > 0)
    })
}
