//! Conditional expressions, and variables that are set in one statement and used in the next.

use crate::ast::{BinOp, Element, Expr, Stmt, UnOp, Var, VarKind, Vars};
use crate::passes::chains::{self, Uses};
use crate::passes::jumps::each_list;
use crate::passes::walk::{self, Part};

/// Rewrites a function body.
pub fn body(list: &mut Vec<Stmt>, vars: &Vars) {
    let mut uses = Uses::default();
    count(list, &mut uses);
    let guarded = has_handlers(list);
    Conditions { vars, uses, guarded }.rewrite(list);
}

struct Conditions<'v> {
    vars: &'v Vars,
    uses: Uses,
    /// Some exception may be caught in this function.
    guarded: bool,
}

fn has_handlers(body: &[Stmt]) -> bool {
    body.iter().any(|s| {
        let mut found = matches!(s, Stmt::Try(..));
        walk::statement(s, &mut |_| {}, &mut |b, _| found = found || has_handlers(b));
        found
    })
}

/// Counts how often variables are mentioned; functions that mention one count much.
pub fn count(body: &[Stmt], uses: &mut Uses) {
    fn expression(e: &Expr, uses: &mut Uses) {
        if let Expr::Var(v) = e {
            *uses.entry(*v).or_default() += 1;
        }
        walk::each(e, &mut |part| match part {
            Part::Expr(e) => expression(e, uses),
            Part::Func(f) => f.free.iter().for_each(|&v| *uses.entry(v).or_default() += 100),
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

/// Whether an expression has at most `left` parts.
pub fn small(e: &Expr, left: &mut u32) -> bool {
    if *left == 0 {
        return false;
    }
    *left -= 1;
    let mut ok = true;
    walk::parts(e, &mut |p| ok &= small(p, left), &mut |_| {});
    ok
}

impl Conditions<'_> {
    fn is_local(&self, v: Var) -> bool {
        self.vars[v as usize].kind == VarKind::Local
    }

    fn rewrite(&mut self, list: &mut Vec<Stmt>) {
        for s in list.iter_mut() {
            each_list(s, &mut |b| self.rewrite(b));
            match s {
                Stmt::If(c, _, _, _) => *c = test(std::mem::replace(c, Expr::Undefined)),
                Stmt::For(_, _, Some(t), _, _) => *t = test(std::mem::replace(t, Expr::Undefined)),
                Stmt::DoWhile(_, _, t) => *t = test(std::mem::replace(t, Expr::Undefined)),
                _ => {}
            }
            self.choice(s);
            let (vars, uses) = (self.vars, &mut self.uses);
            chains::statement(s, uses, &|v| vars[v as usize].kind == VarKind::Local);
        }
        // A variable that is set in one statement and used only in the next, before anything else happens there.
        let mut i = list.len();
        while i > 1 {
            i -= 1;
            let Some((v, _)) = assigned(&list[i - 1..i]) else { continue };
            if !self.is_local(v) {
                continue;
            }
            if self.short_circuit(list, i, v) {
                // What follows may take the whole of it.
                i = (i + 1).min(list.len());
                continue;
            }
            if self.uses.get(&v) != Some(&2) {
                continue;
            }
            if let (Stmt::Expr(Expr::Assign(p), _), next) = split(list, i) {
                let mut depth = 0;
                height(&p.1, 0, &mut depth);
                if depth > 16 {
                    continue;
                }
                let how = Moved { pure: p.1.is_pure(), changes: changes(&p.1), vars: self.vars };
                let mut value = Some(std::mem::replace(&mut p.1, Expr::Undefined));
                if first(next, v, &mut value, &how) {
                    list.remove(i - 1);
                } else if let Some(back) = value {
                    p.1 = back;
                }
            }
        }
        for s in list.iter_mut() {
            methods(s);
        }
    }

    /// `if (c) v = a; else v = b;`
    fn choice(&mut self, s: &mut Stmt) {
        let Stmt::If(c, a, b, here) = s else { return };
        let (Some((v, x)), Some((w, y))) = (assigned(a), assigned(b)) else { return };
        let mut budget = 60;
        if v != w || !small(c, &mut budget) || !small(x, &mut budget) || !small(y, &mut budget) {
            return;
        }
        let (x, y) = (x.clone(), y.clone());
        let c = std::mem::replace(c, Expr::Undefined);
        if let Some(n) = self.uses.get_mut(&v) {
            *n -= 1;
        }
        let value = chains::choice(c, x, y, &mut self.uses);
        *s = Stmt::Expr(Expr::assign(Expr::Var(v), value), *here);
    }

    /// `v = a; if (v) v = b;`, where statement `i` is the second.
    fn short_circuit(&mut self, list: &mut Vec<Stmt>, i: usize, v: Var) -> bool {
        let (Some((_, a)), Some(Stmt::If(test, then, otherwise, _))) = (assigned(&list[i - 1..i]), list.get(i)) else {
            return false;
        };
        let (Some(op), Some((w, b))) = (chains::operator(test, v), assigned(then)) else { return false };
        let mut budget = 60;
        if v != w || !otherwise.is_empty() || mentions(b, v) || !small(a, &mut budget) || !small(b, &mut budget) {
            return false;
        }
        // A handler must not find the variable without its first value.
        if self.guarded && !b.is_pure() {
            let mut here = Uses::default();
            count(&list[i - 1..], &mut here);
            if here.get(&v) != self.uses.get(&v) {
                return false;
            }
        }
        let Stmt::If(_, mut then, _, _) = list.remove(i) else { return false };
        if let (Some(Stmt::Expr(Expr::Assign(second), _)), Some(Stmt::Expr(Expr::Assign(p), _))) =
            (then.pop(), list.get_mut(i - 1))
        {
            let a = std::mem::replace(&mut p.1, Expr::Undefined);
            p.1 = chains::joined(op, a, second.1);
        }
        if let Some(n) = self.uses.get_mut(&v) {
            *n -= 2;
        }
        true
    }
}

fn mentions(e: &Expr, v: Var) -> bool {
    let mut found = matches!(e, Expr::Var(x) if *x == v);
    walk::parts(e, &mut |p| found = found || mentions(p, v), &mut |_| {});
    found
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
            // A member that was loaded before is called without a receiver.
            let bare = match &mut **c {
                Expr::Opt(x) => matches!(**x, Expr::Var(x) if x == v),
                x => matches!(x, Expr::Var(x) if *x == v),
            };
            if bare && matches!(value, Some(Expr::Member(..) | Expr::Index(..) | Expr::Private(..) | Expr::Chain(_))) {
                *value = value.take().map(|member| Expr::Seq(vec![Expr::Num(0.0), member]));
            }
            let callee = enter(c, v, value, pure);
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
        // What follows in a chain may be skipped.
        Expr::Chain(x) | Expr::Opt(x) => match enter(x, v, value, pure) {
            Found::Yes => Found::Yes,
            _ => Found::Blocked,
        },
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
