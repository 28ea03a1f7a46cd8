//! Removes the jumps and labels that structured text does not need: the first form of every list ends with a jump.

use crate::ast::{Case, Expr, Label, Stmt};
use crate::limits;
use crate::passes::{logic, switches};
use rustc_hash::{FxHashMap, FxHashSet};

/// Simplifies a function body.
pub fn simplify(body: &mut Vec<Stmt>) {
    switches::fall_through(body);
    for round in 0..4 {
        list(body, &[]);
        loop_exits(body, &mut FxHashMap::default());
        list(body, &[]);
        let combined = logic::combine(body);
        unused_labels(body);
        hoist(body);
        if round > 0 && !combined {
            break;
        }
    }
    loops(body);
    list(body, &[]);
    unused_labels(body);
    strip_return(body);
}

/// Where control goes after a list: any of these jumps is the same as falling off its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum After {
    Break(Label),
    Continue(Label),
}

fn jump(s: &Stmt) -> Option<After> {
    match s {
        Stmt::Break(l) => Some(After::Break(*l)),
        Stmt::Continue(l) => Some(After::Continue(*l)),
        _ => None,
    }
}

/// Whether control never reaches the end of a list.
pub fn leaves(list: &[Stmt]) -> bool {
    match list.last() {
        Some(Stmt::Break(_) | Stmt::Continue(_) | Stmt::Return(..) | Stmt::Throw(..)) => true,
        Some(Stmt::If(_, a, b, _)) => leaves(a) && leaves(b),
        Some(Stmt::Scope(b)) => leaves(b),
        _ => false,
    }
}

fn height(list: &[Stmt]) -> u32 {
    // Only `else` chains can grow here; their depth is what matters.
    match list.last() {
        Some(Stmt::If(_, _, b, _)) => 1 + height(b),
        _ => 1,
    }
}

/// Whether the end of a list is, on some way, a jump to where control goes anyway.
fn ends_with(list: &[Stmt], after: &[After]) -> bool {
    match list.last() {
        Some(Stmt::If(_, a, b, _)) => ends_with(a, after) || ends_with(b, after),
        Some(s) => jump(s).is_some_and(|j| after.contains(&j)),
        None => false,
    }
}

fn list(body: &mut Vec<Stmt>, after: &[After]) {
    // Tests that are known, such as that of the mode in which a frame is resumed.
    let mut i = 0;
    while i < body.len() {
        if let Stmt::If(Expr::Bool(yes), a, b, _) = &mut body[i] {
            let taken = std::mem::take(if *yes { a } else { b });
            body.splice(i..=i, taken);
        } else {
            i += 1;
        }
    }
    // Text after a jump is unreachable.
    if let Some(end) =
        body.iter().position(|s| matches!(s, Stmt::Break(_) | Stmt::Continue(_) | Stmt::Return(..) | Stmt::Throw(..)))
    {
        body.truncate(end + 1);
    }
    if let Some(last) = body.last().and_then(jump)
        && after.contains(&last)
    {
        body.pop();
    }
    // From the back: `if (c) {…jump} rest` becomes `if (c) {…} else {rest}` when the jump leads to where the list ends.
    for i in (0..body.len().saturating_sub(1)).rev() {
        let fits = match &body[i] {
            Stmt::If(_, a, b, _) => {
                b.is_empty() && leaves(a) && ends_with(a, after) && height(&body[i + 1..]) < limits::STATEMENT_DEPTH / 2
            }
            _ => false,
        };
        if fits {
            let rest: Vec<Stmt> = body.drain(i + 1..).collect();
            if let Stmt::If(_, _, b, _) = &mut body[i] {
                *b = rest;
            }
        }
    }
    let count = body.len();
    for (i, s) in body.iter_mut().enumerate() {
        let outer: &[After] = if i + 1 == count { after } else { &[] };
        match s {
            Stmt::If(c, a, b, _) => {
                list(a, outer);
                list(b, outer);
                if a.is_empty() && !b.is_empty() {
                    let condition = std::mem::replace(c, Expr::Undefined);
                    *c = logic::not(condition);
                    std::mem::swap(a, b);
                }
            }
            Stmt::Block(label, b) => {
                let mut inner = outer.to_vec();
                inner.push(After::Break(*label));
                list(b, &inner);
            }
            Stmt::Scope(b) => list(b, outer),
            Stmt::Try(b, handler, finally) => {
                list(b, outer);
                if let Some((_, h)) = handler {
                    list(h, outer);
                }
                if let Some(f) = finally {
                    list(f, &[]);
                }
            }
            Stmt::Switch(label, _, cases) => switch(*label, cases),
            Stmt::Loop(label, b)
            | Stmt::For(label, _, _, _, b)
            | Stmt::DoWhile(label, b, _)
            | Stmt::ForOf(label, _, _, _, _, b)
            | Stmt::ForIn(label, _, _, _, b) => list(b, &[After::Continue(*label)]),
            _ => {}
        }
    }
    body.retain(|s| match s {
        Stmt::If(c, a, b, _) => !(a.is_empty() && b.is_empty() && c.is_pure()),
        Stmt::Expr(e, _) => !e.is_pure(),
        _ => true,
    });
}

/// Cases end with a jump out of the statement, unless they fall through; the last one needs none.
fn switch(label: Label, cases: &mut Vec<Case>) {
    let count = cases.len();
    for (i, c) in cases.iter_mut().enumerate() {
        let out = [After::Break(label)];
        if i + 1 == count {
            list(&mut c.body, &out);
        } else if leaves(&c.body) {
            list(&mut c.body, &out);
            if !leaves(&c.body) {
                c.body.push(Stmt::Break(label));
            }
        } else {
            list(&mut c.body, &[]);
        }
    }
    cases.pop_if(|c| c.body.is_empty() && matches!(c.tests.as_slice(), [None]));
}

/// Breaks out of a block that ends with a loop become breaks out of the loop.
fn loop_exits(body: &mut [Stmt], names: &mut FxHashMap<Label, Label>) {
    for s in body {
        match s {
            Stmt::Break(l) => {
                if let Some(n) = names.get(l) {
                    *l = *n;
                }
            }
            Stmt::Block(label, b) => {
                let label = *label;
                if let Some((last, before)) = b.split_last_mut() {
                    loop_exits(before, names);
                    let inner = match last {
                        Stmt::Loop(l, _) | Stmt::ForOf(l, ..) | Stmt::Switch(l, ..) => Some(*l),
                        _ => None,
                    };
                    if let Some(l) = inner {
                        names.insert(label, l);
                    }
                    loop_exits(std::slice::from_mut(last), names);
                    names.remove(&label);
                }
            }
            other => each_list(other, &mut |b| loop_exits(b, names)),
        }
    }
}

/// Gives loops their tests.
fn loops(body: &mut [Stmt]) {
    for s in body.iter_mut() {
        each_list(s, &mut |b| loops(b));
        let Stmt::Loop(label, b) = s else { continue };
        let label = *label;
        let is_exit = |list: &[Stmt]| matches!(list, [Stmt::Break(l)] if *l == label);
        // `for (;;) { if (c) break; … }`, or the other way round as the only statement.
        let test = match b.as_mut_slice() {
            [Stmt::If(c, exit, rest, _)] if is_exit(exit) => {
                let test = logic::not(std::mem::replace(c, Expr::Undefined));
                Some((test, std::mem::take(rest)))
            }
            [Stmt::If(c, rest, exit, _)] if is_exit(exit) => {
                Some((std::mem::replace(c, Expr::Undefined), std::mem::take(rest)))
            }
            [Stmt::If(c, exit, other, _), ..] if is_exit(exit) && other.is_empty() => {
                let test = logic::not(std::mem::replace(c, Expr::Undefined));
                Some((test, b.drain(1..).collect()))
            }
            _ => None,
        };
        if let Some((test, rest)) = test {
            *s = Stmt::For(label, None, Some(test), None, rest);
            continue;
        }
        let test = match b.last_mut() {
            Some(Stmt::If(c, exit, other, _)) if is_exit(exit) && other.is_empty() => {
                Some(logic::not(std::mem::replace(c, Expr::Undefined)))
            }
            _ => None,
        };
        if let Some(test) = test {
            b.pop();
            let mut used = FxHashSet::default();
            continues(b, &mut used);
            let rest = std::mem::take(b);
            if used.contains(&label) {
                let mut rest = rest;
                rest.push(Stmt::If(logic::not(test), vec![Stmt::Break(label)], vec![], 0));
                *b = rest;
            } else {
                *s = Stmt::DoWhile(label, rest, test);
            }
        }
    }
}

fn continues(body: &[Stmt], used: &mut FxHashSet<Label>) {
    for s in body {
        match s {
            Stmt::Continue(l) => {
                used.insert(*l);
            }
            other => crate::passes::walk::statement(other, &mut |_| {}, &mut |b, _| continues(b, used)),
        }
    }
}

/// `return;` at the very end.
fn strip_return(body: &mut Vec<Stmt>) {
    if let Some(Stmt::Return(None, _)) = body.last() {
        body.pop();
    }
}

fn used_labels(body: &[Stmt], used: &mut FxHashSet<Label>) {
    for s in body {
        match s {
            Stmt::Break(l) | Stmt::Continue(l) => {
                used.insert(*l);
            }
            other => crate::passes::walk::statement(other, &mut |_| {}, &mut |b, _| used_labels(b, used)),
        }
    }
}

/// Blocks that nothing jumps out of lose their braces.
fn unused_labels(body: &mut Vec<Stmt>) {
    let mut used = FxHashSet::default();
    used_labels(body, &mut used);
    flatten(body, &used);
}

fn flatten(body: &mut Vec<Stmt>, used: &FxHashSet<Label>) {
    if !body.iter().any(|s| matches!(s, Stmt::Block(..))) {
        body.iter_mut().for_each(|s| each_list(s, &mut |b| flatten(b, used)));
        return;
    }
    let mut out = Vec::with_capacity(body.len());
    for mut s in std::mem::take(body) {
        each_list(&mut s, &mut |b| flatten(b, used));
        match s {
            Stmt::Block(l, b) if !used.contains(&l) => out.extend(b),
            other => out.push(other),
        }
    }
    *body = out;
}

/// Statements at the head of a labelled block that do not leave it go before it.
fn hoist(body: &mut Vec<Stmt>) {
    if !body.iter().any(|s| matches!(s, Stmt::Block(..))) {
        body.iter_mut().for_each(|s| each_list(s, &mut hoist));
        return;
    }
    let mut out = Vec::with_capacity(body.len());
    for mut s in std::mem::take(body) {
        each_list(&mut s, &mut hoist);
        if let Stmt::Block(label, b) = &mut s {
            let count = b.iter().take_while(|s| !breaks(s, *label)).count();
            out.extend(b.drain(..count));
        }
        out.push(s);
    }
    *body = out;
}

fn breaks(s: &Stmt, label: Label) -> bool {
    let mut found = matches!(s, Stmt::Break(l) if *l == label);
    crate::passes::walk::statement(s, &mut |_| {}, &mut |b, _| found = found || b.iter().any(|s| breaks(s, label)));
    found
}

/// Calls `f` for each list of statements in a statement.
pub fn each_list(s: &mut Stmt, f: &mut dyn FnMut(&mut Vec<Stmt>)) {
    match s {
        Stmt::If(_, a, b, _) => {
            f(a);
            f(b);
        }
        Stmt::Block(_, b)
        | Stmt::Scope(b)
        | Stmt::Loop(_, b)
        | Stmt::For(_, _, _, _, b)
        | Stmt::DoWhile(_, b, _)
        | Stmt::ForOf(_, _, _, _, _, b)
        | Stmt::ForIn(_, _, _, _, b) => f(b),
        Stmt::Try(b, h, x) => {
            f(b);
            if let Some((_, h)) = h {
                f(h);
            }
            if let Some(x) = x {
                f(x);
            }
        }
        Stmt::Switch(_, _, cases) => cases.iter_mut().for_each(|c| f(&mut c.body)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(n: u32) -> Stmt {
        Stmt::Expr(Expr::Global(n), 0)
    }
    fn text(body: &[Stmt]) -> String {
        format!("{body:?}")
    }

    #[test]
    fn a_jump_over_the_rest_becomes_else() {
        // L: { if (c) { a; break L } b; break L }
        let mut body = vec![
            Stmt::Block(
                7,
                vec![Stmt::If(Expr::Var(9), vec![mark(1), Stmt::Break(7)], vec![], 0), mark(2), Stmt::Break(7)],
            ),
            mark(3),
        ];
        simplify(&mut body);
        let want = vec![Stmt::If(Expr::Var(9), vec![mark(1)], vec![mark(2)], 0), mark(3)];
        assert_eq!(text(&body), text(&want));
    }

    #[test]
    fn a_loop_that_leaves_first_gets_its_test() {
        // L: { for (;;) { if (!c) break L; a; continue } } b
        let mut body = vec![
            Stmt::Block(
                7,
                vec![Stmt::Loop(
                    3,
                    vec![
                        Stmt::If(Expr::not(Expr::Var(9)), vec![Stmt::Break(7)], vec![], 0),
                        mark(1),
                        Stmt::Continue(3),
                    ],
                )],
            ),
            mark(2),
        ];
        simplify(&mut body);
        let [Stmt::For(3, None, Some(_), None, inner), _] = body.as_slice() else { panic!("{body:?}") };
        assert_eq!(text(inner), text(&[mark(1)]));
    }

    #[test]
    fn a_jump_out_of_two_loops_keeps_its_label() {
        let inner = Stmt::Loop(4, vec![mark(1), Stmt::Break(3)]);
        let mut body = vec![Stmt::Loop(3, vec![inner]), mark(2)];
        simplify(&mut body);
        let mut used = FxHashSet::default();
        used_labels(&body, &mut used);
        assert!(used.contains(&3), "{body:?}");
    }
}
