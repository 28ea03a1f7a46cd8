//! Array patterns, from the helper calls that `crate::destructure` leaves: `[a, b = 1, ...c] = x`.
//!
//! ```text
//! p = $.pattern(x); try { a = $.patternTake(p); … } catch (e) { …; $.patternDrop(p); throw … } $.patternEnd(p);
//! ```
//!
//! A pattern is written where all that the `try` does can be said in one; else the calls stay.

use crate::ast::{BinOp, Expr, Func, PatternElement, Stmt, Var, VarInfo, VarKind, Vars};
use crate::passes::chains::Uses;
use crate::passes::jumps::each_list;
use crate::passes::{conditions, walk};

/// Rewrites a function body.
pub fn recover(vars: &mut Vars, body: &mut Vec<Stmt>) {
    if !any(body) {
        return;
    }
    let mut uses = Uses::default();
    conditions::count(body, &mut uses);
    Patterns { vars, uses }.list(body);
}

fn any(body: &[Stmt]) -> bool {
    body.iter().any(|s| {
        let (mut found, mut inside) = (false, false);
        walk::statement(s, &mut |e| found = found || opens(e), &mut |b, _| inside = inside || any(b));
        found || inside
    })
}

/// Whether the expression, or the value that it assigns, begins a pattern.
fn opens(e: &Expr) -> bool {
    match e {
        Expr::Helper("pattern", ..) => true,
        Expr::Helper("patternEnd", arguments, _) => arguments.iter().any(opens),
        Expr::Assign(p) => opens(&p.1),
        _ => false,
    }
}

/// The helper call on a pattern.
fn is_call(e: &Expr, helper: &str, pattern: Var) -> bool {
    matches!(e, Expr::Helper(name, arguments, _)
        if *name == helper && matches!(arguments.first(), Some(Expr::Var(p)) if *p == pattern))
}

fn assigned(s: &Stmt) -> Option<(&Expr, &Expr)> {
    match s {
        Stmt::Expr(Expr::Assign(p), _) => Some((&p.0, &p.1)),
        _ => None,
    }
}

fn is(e: &Expr, v: Var) -> bool {
    matches!(e, Expr::Var(x) if *x == v)
}

struct Patterns<'v> {
    vars: &'v mut Vars,
    uses: Uses,
}

/// An element while its statements are read.
struct Pending {
    var: Var,
    default: Option<Expr>,
}

impl Patterns<'_> {
    fn list(&mut self, body: &mut Vec<Stmt>) {
        for s in body.iter_mut() {
            each_list(s, &mut |b| self.list(b));
            // Nothing is taken.
            if let Stmt::Expr(e, _) = s
                && let Expr::Helper("patternEnd", arguments, _) = e
                && let [Expr::Helper("pattern", value, _)] = arguments.as_mut_slice()
                && let Some(value) = value.pop()
            {
                *e = Expr::assign(Expr::ArrayPattern(vec![], None), value);
            }
        }
        let mut i = 0;
        while i < body.len() {
            self.pattern(body, i);
            i += 1;
        }
    }

    fn is_local(&self, v: Var) -> bool {
        self.vars.get(v as usize).is_some_and(|info| info.kind == VarKind::Local)
    }

    /// Writes the pattern that the statement at `i` begins.
    fn pattern(&mut self, body: &mut Vec<Stmt>, i: usize) -> Option<()> {
        let (target, value) = assigned(body.get(i)?)?;
        let (Expr::Var(p), Expr::Helper("pattern", ..)) = (target, value) else { return None };
        let p = *p;
        let Stmt::Try(inside, Some((Some(caught), handler)), None) = body.get(i + 1)? else { return None };
        self.handler(handler, *caught, p)?;
        // What the last element gives may be copied before the iterator is closed: that changes nothing for it.
        let copy =
            |s: &&Stmt| matches!(assigned(s), Some((Expr::Var(v), value)) if self.is_local(*v) && value.is_atom());
        let copies = body[i + 2..].iter().take_while(copy).count();
        let ends = matches!(body.get(i + 2 + copies), Some(Stmt::Expr(e, _)) if is_call(e, "patternEnd", p));
        // What leaves may stand in the `try` as well as behind it.
        let leaves = |s: &&Stmt| match s {
            Stmt::Break(_) | Stmt::Continue(_) | Stmt::Return(None, _) => true,
            Stmt::Return(Some(e), _) => e.is_atom(),
            _ => false,
        };
        let left = inside.last().filter(leaves).filter(|_| !ends).cloned();
        let end = if ends { i + 3 + copies } else { i + 2 };
        let mut elements = inside[..inside.len() - usize::from(left.is_some())].to_vec();
        elements.extend_from_slice(&body[i + 2..end - usize::from(ends)]);
        let before = self.vars.len();
        let pattern = self.elements(&elements, p);
        let mut here = Uses::default();
        conditions::count(&body[i..end], &mut here);
        let Some(pattern) = pattern.filter(|_| here.get(&p) == self.uses.get(&p)) else {
            self.vars.truncate(before);
            return None;
        };
        body.splice(i + 1..end, left);
        if let Some(Stmt::Expr(Expr::Assign(a), _)) = body.get_mut(i)
            && let Expr::Helper(_, value, _) = &mut a.1
            && let Some(value) = value.pop()
        {
            **a = (pattern, value);
        }
        Some(())
    }

    /// `w = $.caught(e); $.patternDrop(p); throw w`.
    fn handler(&self, handler: &[Stmt], caught: Var, p: Var) -> Option<()> {
        let [first, Stmt::Expr(dropped, _), Stmt::Throw(Expr::Var(thrown), _)] = handler else { return None };
        let (Expr::Var(w), Expr::Helper("caught", arguments, _)) = assigned(first)? else { return None };
        let own = matches!(arguments.as_slice(), [Expr::Var(e)] if *e == caught);
        (own && w == thrown && is_call(dropped, "patternDrop", p) && self.uses.get(w) == Some(&2)).then_some(())
    }

    fn elements(&mut self, statements: &[Stmt], p: Var) -> Option<Expr> {
        let mut elements: Vec<PatternElement> = vec![];
        let mut rest = None;
        let mut at = 0;
        // Copies of variables that only a target needs.
        let mut copies: Vec<(Var, Expr)> = vec![];
        while let Some(s) = statements.get(at) {
            let Stmt::Expr(e, _) = s else { return None };
            if rest.is_some() {
                return None;
            }
            if let Some((Expr::Var(x), value)) = assigned(s)
                && value.is_atom()
                && self.is_local(*x)
            {
                match (self.uses.get(x), value) {
                    (Some(1), _) => {}
                    (Some(2), Expr::Var(y)) if self.keeps(*y, &statements[at..]) => copies.push((*x, value.clone())),
                    _ => return None,
                }
                at += 1;
                continue;
            }
            let from = at;
            // The rest.
            let array = match (assigned(s), statements.get(at + 1)) {
                (Some((Expr::Var(array), Expr::Array(list))), Some(Stmt::Expr(fill, _)))
                    if list.is_empty()
                        && is_call(fill, "patternFill", p)
                        && matches!(fill, Expr::Helper(_, a, _) if matches!(a.as_slice(), [_, Expr::Var(x)] if x == array)) =>
                {
                    at += 2;
                    Some(*array)
                }
                _ if is_call(e, "patternFill", p) => {
                    let fresh = matches!(e, Expr::Helper(_, a, _) if matches!(a.as_slice(), [_, Expr::Array(l)] if l.is_empty()));
                    if !fresh {
                        return None;
                    }
                    at += 1;
                    Some(self.nobody())
                }
                _ => None,
            };
            if let Some(array) = array {
                let (target, default) =
                    self.target(Pending { var: array, default: None }, statements, &mut at, from)?;
                if default.is_some() {
                    return None;
                }
                rest = Some(Box::new(Self::uncopied(target, &mut copies)?));
                continue;
            }
            at += 1;
            if is_take(e, p) {
                elements.push(None);
                continue;
            }
            if let Expr::Binary(BinOp::StrictEq | BinOp::StrictNe, sides) = e
                && is_take(&sides.0, p)
                && matches!(sides.1, Expr::Undefined)
            {
                elements.push(None);
                continue;
            }
            let (target, value) = assigned(s)?;
            if !is_take(value, p) {
                return None;
            }
            let element = match target {
                Expr::Var(v) if self.is_local(*v) => {
                    self.target(Pending { var: *v, default: None }, statements, &mut at, from)?
                }
                other => (other.clone(), None),
            };
            elements.push(Some((Self::uncopied(element.0, &mut copies)?, element.1)));
        }
        for element in elements.iter().flatten() {
            self.assignable(&element.0, element.1.as_ref())?;
        }
        if let Some(rest) = &rest {
            self.assignable(rest, None)?;
        }
        copies.is_empty().then_some(Expr::ArrayPattern(elements, rest))
    }

    /// Whether no statement of the list assigns a variable that nobody else can.
    fn keeps(&self, v: Var, statements: &[Stmt]) -> bool {
        self.is_local(v) && !statements.iter().any(|s| assigns(s, v))
    }

    /// Puts the variable that was copied in the place of its copy.
    fn uncopied(target: Expr, copies: &mut Vec<(Var, Expr)>) -> Option<Expr> {
        let mut target = target;
        if let Expr::Member(o, ..) = &mut target
            && let Expr::Var(v) = &**o
            && let Some(n) = copies.iter().position(|c| c.0 == *v)
        {
            **o = copies.remove(n).1;
        }
        if let Expr::Index(parts, _) = &mut target {
            let (object, key) = &mut **parts;
            for part in [object, key] {
                if let Expr::Var(v) = part
                    && let Some(n) = copies.iter().position(|c| c.0 == *v)
                {
                    *part = copies.remove(n).1;
                }
            }
        }
        Some(target)
    }

    /// A variable that takes what nobody wants.
    fn nobody(&mut self) -> Var {
        self.vars.push(VarInfo {
            kind: VarKind::Local,
            hint: None,
            stable: true,
            guarded: false,
            native: false,
            holds_hole: false,
        });
        (self.vars.len() - 1) as Var
    }

    /// Reads what follows about the value of an element; `from` is where its statements begin.
    fn target(
        &self,
        mut pending: Pending,
        statements: &[Stmt],
        at: &mut usize,
        from: usize,
    ) -> Option<(Expr, Option<Expr>)> {
        while let Some(s) = statements.get(*at) {
            let v = pending.var;
            // A variable that goes away must not be mentioned anywhere else.
            let goes = |upto: usize| {
                let mut here = Uses::default();
                conditions::count(&statements[from..upto], &mut here);
                self.is_local(v) && here.get(&v) == self.uses.get(&v)
            };
            if let Stmt::If(test, then, otherwise, _) = s {
                let Expr::Binary(BinOp::StrictEq, sides) = test else { break };
                let applies = is(&sides.0, v) && matches!(sides.1, Expr::Undefined) && otherwise.is_empty();
                let Some(value) = filled(then, v).filter(|_| applies && pending.default.is_none()) else { break };
                pending.default = Some(value);
                *at += 1;
                continue;
            }
            let Some((target, value)) = assigned(s) else { break };
            let is_target = !matches!(target, Expr::Var(x) if !self.is_local(*x) || *x == v);
            if let Expr::Cond(c) = value
                && pending.default.is_none()
                && let Expr::Binary(op @ (BinOp::StrictEq | BinOp::StrictNe), sides) = &c.0
                && is(&sides.0, v)
                && matches!(sides.1, Expr::Undefined)
            {
                let (given, default) = if *op == BinOp::StrictNe { (&c.1, &c.2) } else { (&c.2, &c.1) };
                if !is(given, v) || mentions(default, v) || !goes(*at + 1) {
                    break;
                }
                pending.default = Some(default.clone());
                *at += 1;
                match target {
                    Expr::Var(x) if self.is_local(*x) => pending.var = *x,
                    other => return Some((other.clone(), pending.default)),
                }
                continue;
            }
            if !is(value, v) {
                break;
            }
            match target {
                // A copy that nobody reads.
                Expr::Var(x) if self.is_local(*x) && self.uses.get(x) == Some(&1) => *at += 1,
                Expr::Var(x) if self.is_local(*x) && goes(*at + 1) => {
                    pending.var = *x;
                    *at += 1;
                }
                _ if goes(*at + 1) && (is_target || matches!(target, Expr::Var(_))) => {
                    *at += 1;
                    return Some((target.clone(), pending.default));
                }
                _ => break,
            }
        }
        Some((Expr::Var(pending.var), pending.default))
    }

    /// Whether it makes no difference when a target is evaluated.
    fn assignable(&self, target: &Expr, default: Option<&Expr>) -> Option<()> {
        let still = |e: &Expr| match e {
            Expr::Var(v) => {
                let stable = self.vars.get(*v as usize).is_some_and(|i| i.kind == VarKind::Local || i.stable);
                stable && !default.is_some_and(|d| changes(d, *v))
            }
            other => other.is_atom(),
        };
        match target {
            Expr::Var(v) => self.vars.get(*v as usize).is_some_and(|i| i.kind != VarKind::Unit).then_some(()),
            Expr::Member(o, ..) => still(o).then_some(()),
            Expr::Index(parts, _) => (still(&parts.0) && still(&parts.1)).then_some(()),
            Expr::ArrayPattern(..) => Some(()),
            _ => None,
        }
    }
}

fn is_take(e: &Expr, p: Var) -> bool {
    is_call(e, "patternTake", p)
}

/// The value that a branch of plain expressions gives to `v` at its end.
fn filled(then: &[Stmt], v: Var) -> Option<Expr> {
    let (last, before) = then.split_last()?;
    let (target, value) = assigned(last)?;
    if !is(target, v) || mentions(value, v) {
        return None;
    }
    let mut list: Vec<Expr> = Vec::with_capacity(then.len());
    for s in before {
        match s {
            Stmt::Expr(e, _) if !matches!(e, Expr::Assign(p) if matches!(p.0, Expr::Var(_))) && !mentions(e, v) => {
                list.push(e.clone());
            }
            _ => return None,
        }
    }
    if list.is_empty() {
        return Some(value.clone());
    }
    list.push(value.clone());
    Some(Expr::Seq(list))
}

fn mentions(e: &Expr, v: Var) -> bool {
    let mut found = is(e, v);
    let mut inside = false;
    walk::parts(e, &mut |p| found = found || mentions(p, v), &mut |f| inside = inside || f.free.contains(&v));
    found || inside
}

/// Whether an expression assigns a variable.
fn changes(e: &Expr, v: Var) -> bool {
    let mut found = match e {
        Expr::Assign(p) | Expr::AssignOp(_, p) => mentions(&p.0, v),
        Expr::Update(_, _, x) => is(x, v),
        _ => false,
    };
    walk::parts(e, &mut |p| found = found || changes(p, v), &mut |_| {});
    found
}

fn assigns(s: &Stmt, v: Var) -> bool {
    let mut found = false;
    let mut lists: Vec<&[Stmt]> = vec![];
    walk::statement(s, &mut |e| found = found || changes(e, v), &mut |b, _| lists.push(b));
    found || lists.into_iter().any(|b| b.iter().any(|s| assigns(s, v)))
}

/// Whether all that a pattern binds are variables of this function that closures do not see.
fn binds_locals(target: &Expr, vars: &Vars) -> bool {
    let local = |v: &Var| vars.get(*v as usize).is_some_and(|i| i.kind == VarKind::Local);
    match target {
        Expr::Var(v) => local(v),
        Expr::ArrayPattern(list, rest) => {
            list.iter().flatten().all(|(t, _)| binds_locals(t, vars))
                && rest.as_ref().is_none_or(|r| binds_locals(r, vars))
        }
        _ => false,
    }
}

/// Patterns that a function begins with move into its parameters.
pub fn parameters(vars: &Vars, func: &mut Func) {
    if func.is_generator {
        return;
    }
    if !matches!(func.body.iter().find(|s| !matches!(s, Stmt::Declare(_))), Some(s) if has_pattern(std::slice::from_ref(s)))
    {
        return;
    }
    if let Some(Stmt::Return(None, _)) = func.body.last() {
        func.body.pop();
    }
    let mut uses: Option<Uses> = None;
    let mut next = 0;
    let mut at = 0;
    while let Some(s) = func.body.get(at) {
        if matches!(s, Stmt::Declare(_)) {
            at += 1;
            continue;
        }
        let Some((target @ Expr::ArrayPattern(..), Expr::Var(p))) = assigned(s) else { return };
        let place = func.params[next.min(func.params.len())..].iter().position(|(t, _)| is(t, *p)).map(|n| n + next);
        let uses = uses.get_or_insert_with(|| {
            let mut uses = Uses::default();
            conditions::count(&func.body, &mut uses);
            uses
        });
        // Default values see parameters only.
        let Some(place) = place.filter(|_| uses.get(p) == Some(&1) && binds_locals(target, vars) && simple(target))
        else {
            return;
        };
        let mentioned = func.params[next..].iter().any(|(_, d)| d.as_ref().is_some_and(|d| mentions(d, *p)));
        if mentioned {
            return;
        }
        if let Stmt::Expr(Expr::Assign(pair), _) = func.body.remove(at) {
            func.params[place].0 = pair.0;
        }
        next = place + 1;
    }
}

/// Whether the defaults of a pattern mention nothing.
fn simple(target: &Expr) -> bool {
    match target {
        Expr::ArrayPattern(list, rest) => {
            list.iter().flatten().all(|(t, d)| simple(t) && d.as_ref().is_none_or(constant))
                && rest.as_ref().is_none_or(|r| simple(r))
        }
        _ => true,
    }
}

fn constant(e: &Expr) -> bool {
    match e {
        Expr::Var(_) | Expr::This | Expr::NewTarget => false,
        Expr::Array(list) => list.is_empty(),
        Expr::Object(list) => list.is_empty(),
        other => other.is_atom(),
    }
}

/// Patterns that the body of a `for (… of …)` begins with move into its head.
pub fn heads(vars: &Vars, body: &mut [Stmt]) {
    if !has_pattern(body) {
        return;
    }
    let mut uses = Uses::default();
    conditions::count(body, &mut uses);
    head_list(vars, &uses, body);
}

fn has_pattern(body: &[Stmt]) -> bool {
    body.iter().any(|s| {
        let mut found = matches!(assigned(s), Some((Expr::ArrayPattern(..), _)));
        walk::statement(s, &mut |_| {}, &mut |b, _| found = found || has_pattern(b));
        found
    })
}

fn head_list(vars: &Vars, uses: &Uses, body: &mut [Stmt]) {
    for s in body {
        each_list(s, &mut |b| head_list(vars, uses, b));
        let Stmt::ForOf(_, declares, target, _, _, inside) = s else { continue };
        let Expr::Var(v) = *target else { continue };
        // A copy that nobody reads may come first.
        let copies = inside
            .iter()
            .take_while(|s| {
                matches!(assigned(s), Some((Expr::Var(x), value)) if is(value, v) && uses.get(x) == Some(&1)
                    && vars.get(*x as usize).is_some_and(|i| i.kind == VarKind::Local))
            })
            .count();
        let Some((pattern @ Expr::ArrayPattern(..), value)) = inside.get(copies).and_then(assigned) else { continue };
        let mut own = Uses::default();
        conditions::count(inside, &mut own);
        let mut bound: Vec<Var> = vec![];
        super::declare::pattern(pattern, &mut |x| bound.push(x));
        // Neither the value nor what it is taken apart into may be known anywhere else.
        let alone = is(value, v) && uses.get(&v) == Some(&(2 + copies as u32)) && *declares != 0;
        let inside_only = bound.iter().all(|x| own.get(x) == uses.get(x));
        let mut sorted = bound.clone();
        sorted.sort_unstable();
        sorted.dedup();
        if !alone || !inside_only || bound.is_empty() || sorted.len() < bound.len() {
            continue;
        }
        if !binds_locals(pattern, vars) || !simple(pattern) {
            continue;
        }
        let changed = |x: &Var| inside[copies + 1..].iter().any(|s| assigns(s, *x));
        let constant = !bound.iter().any(changed);
        if let Stmt::Expr(Expr::Assign(pair), _) = inside.remove(copies) {
            *target = pair.0;
            *declares = if constant { 2 } else { 1 };
        }
        inside.drain(..copies);
    }
}
