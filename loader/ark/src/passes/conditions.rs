//! Conditional expressions, and variables that are set in one statement and used in the next.

use crate::ast::{BinOp, Element, Expr, Stmt, UnOp, Var, VarKind, Vars};
use crate::passes::jumps::each_list;
use crate::passes::walk;
use rustc_hash::FxHashMap;

/// Rewrites a function body.
pub fn body(list: &mut Vec<Stmt>, vars: &Vars) {
    let mut uses = FxHashMap::default();
    count(list, &mut uses);
    rewrite(list, vars, &mut uses);
}

fn count(body: &[Stmt], uses: &mut FxHashMap<Var, u32>) {
    fn expression(e: &Expr, uses: &mut FxHashMap<Var, u32>) {
        if let Expr::Var(v) = e {
            *uses.entry(*v).or_default() += 1;
        }
        let mut free: Vec<Var> = vec![];
        walk::parts(e, &mut |p| expression(p, uses), &mut |f| free.extend(f.free.iter().copied()));
        for v in free {
            *uses.entry(v).or_default() += 100;
        }
    }
    for s in body {
        let mut lists: Vec<&[Stmt]> = vec![];
        walk::statement(s, &mut |e| expression(e, uses), &mut |l, _| lists.push(l));
        for l in lists {
            count(l, uses);
        }
    }
}

/// A condition is converted to a boolean anyway.
pub fn test(e: Expr) -> Expr {
    match e {
        Expr::Unary(UnOp::Not, x) => match *x {
            Expr::Unary(UnOp::Not, y) => test(*y),
            other => Expr::not(test_inner(other)),
        },
        other => other,
    }
}

fn test_inner(e: Expr) -> Expr {
    match e {
        Expr::Unary(UnOp::Not, x) => match *x {
            Expr::Unary(UnOp::Not, y) => test_inner(*y),
            other => Expr::Unary(UnOp::Not, Box::new(other)),
        },
        other => other,
    }
}

fn assigned(list: &[Stmt]) -> Option<(Var, &Expr)> {
    match list {
        [Stmt::Expr(Expr::Assign(p), _)] => match &p.0 {
            Expr::Var(v) => Some((*v, &p.1)),
            _ => None,
        },
        _ => None,
    }
}

fn small(e: &Expr, left: &mut u32) -> bool {
    if *left == 0 {
        return false;
    }
    *left -= 1;
    let mut ok = true;
    walk::parts(e, &mut |p| ok &= small(p, left), &mut |_| {});
    ok
}

fn rewrite(list: &mut Vec<Stmt>, vars: &Vars, uses: &mut FxHashMap<Var, u32>) {
    for s in list.iter_mut() {
        each_list(s, &mut |b| rewrite(b, vars, uses));
        match s {
            Stmt::If(c, _, _, _) => *c = test(std::mem::replace(c, Expr::Undefined)),
            Stmt::For(_, _, Some(t), _, _) => *t = test(std::mem::replace(t, Expr::Undefined)),
            Stmt::DoWhile(_, _, t) => *t = test(std::mem::replace(t, Expr::Undefined)),
            _ => {}
        }
        // `if (c) v = a; else v = b;`
        if let Stmt::If(c, a, b, here) = s
            && let (Some((v, x)), Some((w, y))) = (assigned(a), assigned(b))
        {
            let mut budget = 60;
            if v == w && small(c, &mut budget) && small(x, &mut budget) && small(y, &mut budget) {
                let (x, y) = (x.clone(), y.clone());
                let c = std::mem::replace(c, Expr::Undefined);
                if let Some(n) = uses.get_mut(&v) {
                    *n -= 1;
                }
                let value = match (x, y) {
                    (Expr::Bool(true), Expr::Bool(false)) if c.is_boolean() => c,
                    (Expr::Bool(false), Expr::Bool(true)) => Expr::not(c),
                    (Expr::Bool(true), Expr::Bool(false)) => {
                        Expr::Unary(UnOp::Not, Box::new(Expr::Unary(UnOp::Not, Box::new(c))))
                    }
                    (x, y) => Expr::Cond(Box::new((c, x, y))),
                };
                *s = Stmt::Expr(Expr::assign(Expr::Var(v), value), *here);
            }
        }
    }
    // A variable that is set in one statement and used only in the next, before anything else happens there.
    let mut i = list.len();
    while i > 1 {
        i -= 1;
        let Some((v, _)) = assigned(&list[i - 1..i]) else { continue };
        if vars[v as usize].kind != VarKind::Local || uses.get(&v) != Some(&2) {
            continue;
        }
        if let (Stmt::Expr(Expr::Assign(p), _), next) = split(list, i) {
            let mut depth = 0;
            height(&p.1, 0, &mut depth);
            if depth > 16 {
                continue;
            }
            let how = Moved { pure: p.1.is_pure(), changes: changes(&p.1), vars };
            let pure = &how;
            let mut value = Some(std::mem::replace(&mut p.1, Expr::Undefined));
            if first(next, v, &mut value, pure) {
                list.remove(i - 1);
                // The one before may go into what has just been completed.
                if i == list.len() {
                    i = list.len();
                }
            } else if let Some(back) = value {
                p.1 = back;
            }
        }
    }
    for s in list.iter_mut() {
        methods(s);
    }
}

fn split(list: &mut [Stmt], i: usize) -> (&mut Stmt, &mut Stmt) {
    let (a, b) = list.split_at_mut(i);
    (&mut a[i - 1], &mut b[0])
}

fn height(e: &Expr, at: u32, max: &mut u32) {
    *max = (*max).max(at);
    walk::parts(e, &mut |p| height(p, at + 1, max), &mut |_| {});
}

/// Puts the value where the statement reads `v`, if it does so before anything that can be observed.
fn first(s: &mut Stmt, v: Var, value: &mut Option<Expr>, pure: &Moved<'_>) -> bool {
    match s {
        Stmt::Expr(e, _) | Stmt::Throw(e, _) | Stmt::Return(Some(e), _) => {
            matches!(enter(e, v, value, pure), Found::Yes)
        }
        Stmt::If(e, ..) | Stmt::Switch(_, e, _) => matches!(enter(e, v, value, pure), Found::Yes),
        _ => false,
    }
}

/// What is known about the value that moves.
struct Moved<'v> {
    pure: bool,
    /// It assigns variables.
    changes: bool,
    vars: &'v Vars,
}

impl Moved<'_> {
    fn unstable(&self, v: Var) -> bool {
        let info = &self.vars[v as usize];
        info.kind == VarKind::Slot && !info.stable
    }
}

fn changes(e: &Expr) -> bool {
    if matches!(e, Expr::Assign(_) | Expr::AssignOp(..) | Expr::Update(..)) {
        return true;
    }
    let mut found = false;
    walk::parts(e, &mut |p| found |= changes(p), &mut |_| {});
    found
}

enum Found {
    /// Replaced.
    Yes,
    /// Not in here, and nothing observable either.
    Not,
    /// Something observable comes before.
    Blocked,
}

fn enter(e: &mut Expr, v: Var, value: &mut Option<Expr>, pure: &Moved<'_>) -> Found {
    if matches!(e, Expr::Var(x) if *x == v) {
        if let Some(x) = value.take() {
            *e = x;
            return Found::Yes;
        }
        return Found::Blocked;
    }
    match e {
        // What the value changes, or what may change while it is evaluated, must not be read before it.
        Expr::Var(x) if pure.changes || (!pure.pure && pure.unstable(*x)) => Found::Blocked,
        Expr::Assign(p) => {
            // The target's parts come first; a plain variable is only written.
            match &mut p.0 {
                Expr::Var(_) | Expr::Global(_) => enter(&mut p.1, v, value, pure),
                Expr::Member(o, ..) => match enter(o, v, value, pure) {
                    Found::Not => enter(&mut p.1, v, value, pure),
                    other => other,
                },
                Expr::Index(k, _) => sequence([&mut k.0, &mut k.1, &mut p.1], v, value, pure),
                _ => Found::Blocked,
            }
        }
        Expr::Binary(BinOp::LogAnd | BinOp::LogOr | BinOp::Nullish, p) => match enter(&mut p.0, v, value, pure) {
            Found::Yes => Found::Yes,
            _ => Found::Blocked,
        },
        Expr::Cond(c) => match enter(&mut c.0, v, value, pure) {
            Found::Yes => Found::Yes,
            _ => Found::Blocked,
        },
        Expr::Binary(op, p) => match sequence([&mut p.0, &mut p.1], v, value, pure) {
            Found::Not if matches!(op, BinOp::StrictEq | BinOp::StrictNe) => Found::Not,
            Found::Not => Found::Blocked,
            other => other,
        },
        Expr::Member(o, ..) => match enter(o, v, value, pure) {
            Found::Not => Found::Blocked,
            other => other,
        },
        Expr::Index(p, _) => match sequence([&mut p.0, &mut p.1], v, value, pure) {
            Found::Not => Found::Blocked,
            other => other,
        },
        Expr::Unary(op, x) if *op != UnOp::Delete => match enter(x, v, value, pure) {
            Found::Not if matches!(op, UnOp::Not | UnOp::Typeof | UnOp::Void) => Found::Not,
            Found::Not => Found::Blocked,
            other => other,
        },
        Expr::Helper(_, args, _) => match each(args.iter_mut(), v, value, pure) {
            Found::Not => Found::Blocked,
            other => other,
        },
        Expr::Call(c, args, _) | Expr::New(c, args, _) => {
            // A callee that is a member loads it before the arguments.
            let callee = match &mut **c {
                Expr::Var(_) | Expr::Global(_) => enter(c, v, value, pure),
                other => enter(other, v, value, pure),
            };
            match callee {
                Found::Not => {
                    let values = args.iter_mut().map(|a| match a {
                        Element::Value(x) | Element::Spread(x) => Some(x),
                        Element::Hole => None,
                    });
                    match each(values.flatten(), v, value, pure) {
                        Found::Not => Found::Blocked,
                        other => other,
                    }
                }
                other => other,
            }
        }
        other if other.is_atom() => Found::Not,
        _ => Found::Blocked,
    }
}

fn sequence<const N: usize>(list: [&mut Expr; N], v: Var, value: &mut Option<Expr>, pure: &Moved<'_>) -> Found {
    each(list.into_iter(), v, value, pure)
}

fn each<'e>(list: impl Iterator<Item = &'e mut Expr>, v: Var, value: &mut Option<Expr>, pure: &Moved<'_>) -> Found {
    for e in list {
        match enter(e, v, value, pure) {
            Found::Not => {}
            other => return other,
        }
    }
    Found::Not
}

/// `$.call(o.m, o, …)` is `o.m(…)`.
fn methods(s: &mut Stmt) {
    fn visit(e: &mut Expr) {
        walk::parts_mut(e, &mut |p| visit(p));
        if let Expr::Helper("call", args, here) = e {
            let fits = match args.as_slice() {
                [Expr::Member(o, _, _), this, ..] => same(o, this),
                [Expr::Index(p, _), this, ..] => same(&p.0, this),
                _ => false,
            };
            if fits {
                let here = *here;
                let mut args = std::mem::take(args).into_iter();
                if let (Some(callee), Some(_)) = (args.next(), args.next()) {
                    *e = Expr::Call(Box::new(callee), args.map(Element::Value).collect(), here);
                }
            }
        }
    }
    match s {
        Stmt::Expr(e, _) | Stmt::Throw(e, _) | Stmt::Return(Some(e), _) | Stmt::If(e, ..) => visit(e),
        _ => {}
    }
}

fn same(a: &Expr, b: &Expr) -> bool {
    matches!((a, b), (Expr::This, Expr::This)) || matches!((a, b), (Expr::Var(x), Expr::Var(y)) if x == y)
}
