//! Literals whose parts are filled in one by one become whole: `a = []; a[0] = x` is `a = [x]`.

use crate::ast::{Element, Expr, Key, Prop, Stmt, Var};
use crate::names::Atoms;
use crate::passes::jumps::each_list;
use crate::passes::walk;

/// Elements or members beyond this stay as they are.
const MAX_PARTS: usize = 4_000;

/// Rewrites a list and the lists in it.
pub fn list(body: &mut Vec<Stmt>, atoms: &mut Atoms) {
    for s in body.iter_mut() {
        each_list(s, &mut |b| list(b, atoms));
    }
    // Statement index of the latest literal and its variable: it may move down to where it is completed.
    let mut i = 0;
    while i < body.len() {
        let Some(v) = defined(&body[i]) else {
            i += 1;
            continue;
        };
        // The literal: the nearest earlier statement that mentions the variable has to be its creation.
        let start = body[..i].iter().rposition(|s| mentions(s, v));
        let from = start.filter(|&at| i - at < 64 && is_literal(&body[at], v));
        if let Some(at) = from
            && complete(body, at, i, atoms)
        {
            // The statement is gone and the literal stands in its place.
            continue;
        }
        i += 1;
    }
}

/// `$.stOwn(v, …)`, `$.defineField(v, …)` or `$.copyDataProperties(v, …)` as a statement.
fn defined(s: &Stmt) -> Option<Var> {
    match s {
        Stmt::Expr(Expr::Helper("copyDataProperties", args, _), _) => match args.as_slice() {
            [Expr::Var(v), value] if !inside(value, *v) => Some(*v),
            _ => None,
        },
        Stmt::Expr(Expr::Helper("stOwn" | "defineField", args, _), _) => match args.as_slice() {
            [Expr::Var(v), Expr::Num(_) | Expr::Str(_), value] if !inside(value, *v) => Some(*v),
            _ => None,
        },
        _ => None,
    }
}

fn is_literal(s: &Stmt, v: Var) -> bool {
    match s {
        Stmt::Expr(Expr::Assign(p), _) => {
            matches!(p.0, Expr::Var(x) if x == v)
                && matches!(&p.1, Expr::Array(_) | Expr::Object(_))
                && !inside(&p.1, v)
        }
        _ => false,
    }
}

fn inside(e: &Expr, v: Var) -> bool {
    if matches!(e, Expr::Var(x) if *x == v) {
        return true;
    }
    let mut found = false;
    let mut in_function = false;
    walk::parts(e, &mut |p| found |= inside(p, v), &mut |f| in_function |= f.free.contains(&v));
    found || in_function
}

fn mentions(s: &Stmt, v: Var) -> bool {
    let mut found = false;
    let mut lists = false;
    walk::statement(s, &mut |e| found |= inside(e, v), &mut |l, _| lists |= l.iter().any(|s| mentions(s, v)));
    found || lists || matches!(s, Stmt::Declare(list) if list.contains(&v))
}

/// Whether a statement can be passed by the making of a literal with these parts.
fn constant(e: &Expr) -> bool {
    match e {
        Expr::Array(list) => list.iter().all(|x| match x {
            Element::Value(v) => constant(v),
            Element::Hole => true,
            Element::Spread(_) => false,
        }),
        Expr::Object(props) => props.iter().all(|p| match p {
            Prop::Value(Key::Name(_), v) => constant(v),
            Prop::Method(Key::Name(_), _) => true,
            _ => false,
        }),
        Expr::Func(_) => true,
        Expr::Var(_) => false,
        other => other.is_atom(),
    }
}

/// Puts the value of statement `i` into the literal of statement `at` and moves that to `i`.
fn complete(body: &mut Vec<Stmt>, at: usize, i: usize, atoms: &mut Atoms) -> bool {
    let (key, value) = match &body[i] {
        Stmt::Expr(Expr::Helper(_, args, _), _) => match args.as_slice() {
            [_, key, value] => (Some(key.clone()), value.clone()),
            [_, value] => (None, value.clone()),
            _ => return false,
        },
        _ => return false,
    };
    let Stmt::Expr(Expr::Assign(p), _) = &mut body[at] else { return false };
    // Moving is only possible past other statements when nothing in the literal depends on when it is made.
    if at + 1 != i && !constant(&p.1) {
        return false;
    }
    match (&mut p.1, key) {
        (Expr::Object(props), None) => {
            if props.len() >= MAX_PARTS {
                return false;
            }
            props.push(Prop::Spread(value));
        }
        (Expr::Array(list), Some(Expr::Num(n))) => {
            if n != list.len() as f64 || list.len() >= MAX_PARTS || list.iter().any(|e| matches!(e, Element::Spread(_)))
            {
                return false;
            }
            list.push(Element::Value(value));
        }
        (Expr::Object(props), Some(key)) => {
            let name = match key {
                Expr::Str(s) => s,
                Expr::Num(n) => atoms.intern(&crate::print::number(n)),
                _ => return false,
            };
            if props.len() >= MAX_PARTS || atoms.text(name) == "__proto__" {
                return false;
            }
            let known =
                |p: &Prop| matches!(p, Prop::Value(Key::Name(_), _) | Prop::Method(Key::Name(_), _) | Prop::Spread(_));
            if !props.iter().all(known) {
                return false;
            }
            // Behind a spread a key may be given once more: the last value counts, as in the code.
            let spread = props.iter().rposition(|p| matches!(p, Prop::Spread(_))).map_or(0, |n| n + 1);
            let place = props
                .iter()
                .skip(spread)
                .position(|p| matches!(p, Prop::Value(Key::Name(k), _) | Prop::Method(Key::Name(k), _) if *k == name))
                .map(|n| n + spread);
            match place {
                None => props.push(Prop::Value(Key::Name(name), value)),
                Some(k) => {
                    // Members after this one must not have effects of their own, or they would come too late.
                    let later = props[k + 1..].iter().all(|p| match p {
                        Prop::Value(_, v) => constant(v),
                        _ => true,
                    });
                    let placeholder = matches!(&props[k], Prop::Value(_, e) if constant(e));
                    if !later || !placeholder {
                        return false;
                    }
                    props[k] = Prop::Value(Key::Name(name), value);
                }
            }
        }
        _ => return false,
    }
    let literal = body.remove(at);
    // Everything between moved up by one.
    body[i - 1] = literal;
    true
}
