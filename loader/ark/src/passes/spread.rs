//! Spread: `[a, ...b]`, `f(...b)`, `new C(...b)`, `super(...b)`, from arrays that are filled for nothing else.

use crate::ast::{Element, Expr, Stmt, Var, VarKind, Vars};
use crate::names::{Atom, Atoms};
use crate::passes::jumps::each_list;
use crate::passes::{conditions, walk};
use rustc_hash::FxHashMap;

type Uses = FxHashMap<Var, u32>;

/// Rewrites a function body.
pub fn recover(vars: &Vars, body: &mut Vec<Stmt>, atoms: &mut Atoms) {
    if !any(body) {
        return;
    }
    let length = atoms.intern("length");
    let mut uses = Uses::default();
    conditions::count(body, &mut uses);
    Spread { vars, uses, length }.list(body);
}

fn any(body: &[Stmt]) -> bool {
    body.iter().any(|s| {
        let mut found = matches!(s, Stmt::Expr(Expr::Helper("arraySpread", ..), _));
        walk::statement(s, &mut |_| {}, &mut |b, _| found = found || any(b));
        found
    })
}

struct Spread<'v> {
    vars: &'v Vars,
    uses: Uses,
    length: Atom,
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

fn is(e: &Expr, v: Var) -> bool {
    matches!(e, Expr::Var(x) if *x == v)
}

fn mentions(e: &Expr, v: Var) -> bool {
    let mut found = is(e, v);
    let mut inside = false;
    walk::parts(e, &mut |p| found = found || mentions(p, v), &mut |f| inside = inside || f.free.contains(&v));
    found || inside
}

fn in_statement(s: &Stmt, v: Var) -> bool {
    let (mut found, mut inside) = (false, false);
    walk::statement(s, &mut |e| found = found || mentions(e, v), &mut |b, _| {
        inside = inside || b.iter().any(|s| in_statement(s, v));
    });
    found || inside
}

/// What a statement does for the array that is being filled.
enum Step {
    /// Appends.
    Element(Element),
    /// Sets a variable to an index, so far behind the end.
    Index(Var, i64),
    /// Computes an index for nobody.
    Skip,
}

/// What is known about the array while it is being filled.
struct Filled {
    /// Its length.
    count: Option<i64>,
    /// Variables that hold indices: how far behind the end.
    indices: Vec<(Var, Option<i64>)>,
}

impl Spread<'_> {
    fn list(&mut self, body: &mut Vec<Stmt>) {
        for s in body.iter_mut() {
            each_list(s, &mut |b| self.list(b));
        }
        let mut i = 0;
        while i < body.len() {
            if let Stmt::Expr(Expr::Helper("arraySpread", arguments, _), _) = &body[i]
                && let [Expr::Var(v), ..] = arguments.as_slice()
            {
                let v = *v;
                if self.fill(body, i, v) {
                    // The literal stands where the last part was.
                    continue;
                }
            }
            i += 1;
        }
        let mut i = 1;
        while i < body.len() {
            i = self.call(body, i).unwrap_or(i + 1).max(1);
        }
    }

    fn is_local(&self, v: Var) -> bool {
        self.vars.get(v as usize).is_some_and(|info| info.kind == VarKind::Local)
    }

    fn drop_uses(&mut self, v: Var, count: u32) {
        if let Some(n) = self.uses.get_mut(&v) {
            *n = n.saturating_sub(count);
        }
    }

    /// How far an index lies behind the end of the array, when that is known.
    fn offset(&self, e: &Expr, v: Var, filled: &Filled) -> Option<i64> {
        match e {
            Expr::Num(n) => filled.count.filter(|_| n.fract() == 0.0 && n.abs() < 1e9).map(|c| *n as i64 - c),
            Expr::Member(o, name, _) => (*name == self.length && is(o, v)).then_some(0),
            Expr::Step(true, x) => self.offset(x, v, filled).map(|n| n + 1),
            Expr::Var(x) => filled.indices.iter().rev().find(|i| i.0 == *x).and_then(|i| i.1),
            _ => None,
        }
    }

    fn step(&self, s: &Stmt, v: Var, filled: &Filled) -> Option<Step> {
        let Stmt::Expr(e, _) = s else { return None };
        match e {
            Expr::Helper(name @ ("arraySpread" | "stOwn"), arguments, _) => {
                let [Expr::Var(x), index, value] = arguments.as_slice() else { return None };
                if *x != v || self.offset(index, v, filled) != Some(0) || mentions(value, v) {
                    return None;
                }
                let spread = *name == "arraySpread";
                let value = value.clone();
                Some(Step::Element(if spread { Element::Spread(value) } else { Element::Value(value) }))
            }
            Expr::Member(..) | Expr::Step(true, _) => self.offset(e, v, filled).map(|_| Step::Skip),
            Expr::Assign(p) => match (&p.0, &p.1) {
                (Expr::Var(t), value @ (Expr::Member(..) | Expr::Step(true, _))) if self.is_local(*t) => {
                    self.offset(value, v, filled).map(|n| Step::Index(*t, n))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// `x = e` before the part that is `x`, for which alone it was made.
    fn held(&self, rest: &[Stmt], v: Var, filled: &Filled, at: &mut usize) -> Option<Step> {
        let [value, part, ..] = rest else { return None };
        let (x, e) = assigned(value)?;
        if !self.is_local(x) || self.uses.get(&x) != Some(&2) || mentions(e, v) {
            return None;
        }
        let found = match self.step(part, v, filled)? {
            Step::Element(Element::Value(y)) if is(&y, x) => Step::Element(Element::Value(e.clone())),
            Step::Element(Element::Spread(y)) if is(&y, x) => Step::Element(Element::Spread(e.clone())),
            _ => return None,
        };
        *at += 1;
        Some(found)
    }

    /// Collects the statements from `first` on that fill `v`, into its literal.
    fn fill(&mut self, body: &mut Vec<Stmt>, first: usize, v: Var) -> bool {
        let Some(at) = body[..first].iter().rposition(|s| in_statement(s, v)).filter(|at| first - at < 16) else {
            return false;
        };
        let Some((_, Expr::Array(start))) = assigned(&body[at]).filter(|a| a.0 == v) else { return false };
        let still = start.iter().all(|e| matches!(e, Element::Value(x) if x.is_atom() && !matches!(x, Expr::Var(_))));
        if at + 1 != first && !still {
            return false;
        }
        let mut filled = Filled { count: i64::try_from(start.len()).ok(), indices: vec![] };
        let mut elements: Vec<Element> = vec![];
        let mut end = first;
        while let Some(s) = body.get(end) {
            match self.step(s, v, &filled).or_else(|| self.held(&body[end..], v, &filled, &mut end)) {
                Some(Step::Element(e)) => {
                    let value = matches!(e, Element::Value(_));
                    filled.count = filled.count.filter(|_| value).map(|n| n + 1);
                    for (_, n) in &mut filled.indices {
                        *n = n.filter(|_| value).map(|n| n - 1);
                    }
                    elements.push(e);
                }
                Some(Step::Index(t, n)) => filled.indices.push((t, Some(n))),
                Some(Step::Skip) => {}
                None => break,
            }
            end += 1;
            if elements.len() > 4_000 {
                return false;
            }
        }
        let indices = filled.indices;
        // Nobody else may ask for the indices.
        let mut here = Uses::default();
        conditions::count(&body[first..end], &mut here);
        if elements.is_empty() || indices.iter().any(|(t, _)| here.get(t) != self.uses.get(t)) {
            return false;
        }
        let mentioned = here.get(&v).copied().unwrap_or(0);
        let literal = body.remove(at);
        let (first, end) = (first - 1, end - 1);
        body.drain(first..end);
        let mut literal = literal;
        if let Stmt::Expr(Expr::Assign(p), _) = &mut literal
            && let Expr::Array(list) = &mut p.1
        {
            list.append(&mut elements);
        }
        body.insert(first, literal);
        self.drop_uses(v, mentioned);
        true
    }

    /// `v = […]; … $.apply(o, v, f) …`, where `v` has no other use. Returns where to go on.
    fn call(&mut self, body: &mut Vec<Stmt>, i: usize) -> Option<usize> {
        let (v, Expr::Array(_)) = assigned(&body[i - 1])? else { return None };
        if self.uses.get(&v) != Some(&2) || !self.is_local(v) {
            return None;
        }
        // The member that is called, loaded just before the array was made.
        let loaded = i.checked_sub(2).and_then(|at| assigned(&body[at])).and_then(|(f, value)| match value {
            Expr::Member(o, ..) if o.is_atom() => Some((f, value.clone(), (**o).clone())),
            _ => None,
        });
        let loaded = loaded.filter(|(f, ..)| self.uses.get(f) == Some(&2) && self.is_local(*f));
        let (before, after) = body.split_at_mut(i);
        let Some(Stmt::Expr(Expr::Assign(array), _)) = before.last_mut() else { return None };
        let Expr::Array(list) = &mut array.1 else { return None };
        let place = match after.first_mut()? {
            Stmt::Expr(Expr::Assign(p), _) if matches!(p.0, Expr::Var(_)) => &mut p.1,
            Stmt::Expr(e, _) | Stmt::Return(Some(e), _) | Stmt::Throw(e, _) => e,
            _ => return None,
        };
        let (used, drops) = take(first_evaluated(place), v, list, loaded.as_ref())?;
        debug_assert!(used);
        body.remove(i - 1);
        self.drop_uses(v, 2);
        if let Some(f) = drops {
            body.remove(i - 2);
            self.drop_uses(f, 2);
            return Some(i.saturating_sub(2));
        }
        Some(i.saturating_sub(1))
    }
}

/// The part of an expression that is evaluated before all others, through the objects and callees of chains.
fn first_evaluated(e: &mut Expr) -> &mut Expr {
    let enters = match e {
        Expr::Member(o, ..) => !o.is_atom(),
        Expr::Call(c, ..) => matches!(&**c, Expr::Member(o, ..) if !o.is_atom()),
        Expr::Await(..) => true,
        _ => false,
    };
    if !enters {
        return e;
    }
    match e {
        Expr::Member(x, ..) | Expr::Call(x, ..) | Expr::Await(x, _) => first_evaluated(x),
        other => other,
    }
}

/// Puts the elements where the array is spread.
fn take(
    e: &mut Expr,
    v: Var,
    list: &mut Vec<Element>,
    loaded: Option<&(Var, Expr, Expr)>,
) -> Option<(bool, Option<Var>)> {
    match e {
        Expr::Helper("apply", arguments, here) => {
            let here = *here;
            let [receiver, array, callee] = arguments.as_mut_slice() else { return None };
            if !is(array, v) {
                return None;
            }
            let same = |a: &Expr, b: &Expr| {
                matches!((a, b), (Expr::This, Expr::This)) || matches!((a, b), (Expr::Var(x), Expr::Var(y)) if x == y)
            };
            if let (Expr::Var(f), Some((g, member, object))) = (&*callee, loaded)
                && f == g
                && same(object, receiver)
            {
                *e = Expr::Call(Box::new(member.clone()), std::mem::take(list), here);
                return Some((true, Some(*g)));
            }
            if matches!(receiver, Expr::Undefined) && matches!(callee, Expr::Var(_)) {
                let callee = std::mem::replace(callee, Expr::Undefined);
                *e = Expr::Call(Box::new(callee), std::mem::take(list), here);
                return Some((true, None));
            }
            None
        }
        Expr::Helper("newObjApply", arguments, here) => {
            let here = *here;
            let [constructor, array] = arguments.as_mut_slice() else { return None };
            if !is(array, v) || !constructor.is_atom() {
                return None;
            }
            let constructor = std::mem::replace(constructor, Expr::Undefined);
            *e = Expr::New(Box::new(constructor), std::mem::take(list), here);
            Some((true, None))
        }
        Expr::SuperCall(arguments, _) => {
            if !matches!(arguments.as_slice(), [Element::Spread(x)] if is(x, v)) {
                return None;
            }
            *arguments = std::mem::take(list);
            Some((true, None))
        }
        _ => None,
    }
}
