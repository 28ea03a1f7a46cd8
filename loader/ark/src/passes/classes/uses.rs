//! Where variables are mentioned.

use crate::ast::{Expr, Func, Stmt, Var};
use crate::limits;
use crate::passes::walk;
use rustc_hash::{FxHashMap, FxHashSet};

/// Mentions of variables in the text of one function; a function inside counts once for each variable that it needs.
#[derive(Default)]
pub struct Uses {
    counts: FxHashMap<Var, u32>,
    /// What functions inside need.
    captured: FxHashSet<Var>,
    /// Variables that have their declaration in this text.
    declared: FxHashSet<Var>,
}

impl Uses {
    /// Counts a list.
    pub fn of(body: &[Stmt]) -> Uses {
        let mut uses = Uses::default();
        uses.list(body);
        uses
    }
    /// Mentions of a variable.
    pub fn count(&self, v: Var) -> u32 {
        self.counts.get(&v).copied().unwrap_or(0)
    }
    /// Whether functions inside mention a variable.
    pub fn captured(&self, v: Var) -> bool {
        self.captured.contains(&v)
    }
    /// Whether the environment of a variable is one of this text.
    pub fn declares(&self, v: Var) -> bool {
        self.declared.contains(&v)
    }
    /// Adds a list.
    pub fn list(&mut self, body: &[Stmt]) {
        for s in body {
            if let Stmt::Declare(list) = s {
                self.declared.extend(list);
            }
            let mut exprs: Vec<&Expr> = vec![];
            let mut lists: Vec<&[Stmt]> = vec![];
            walk::statement(s, &mut |e| exprs.push(e), &mut |l, _| lists.push(l));
            for e in exprs {
                self.expression(e);
            }
            for l in lists {
                self.list(l);
            }
        }
    }
    /// Adds an expression.
    pub fn expression(&mut self, e: &Expr) {
        if let Expr::Var(v) | Expr::Private(_, v, _) | Expr::PrivateIn(v, _) = e {
            *self.counts.entry(*v).or_default() += 1;
        }
        let mut inner: Vec<&Expr> = vec![];
        let mut functions: Vec<&Func> = vec![];
        walk::parts(e, &mut |p| inner.push(p), &mut |f| functions.push(f));
        for p in inner {
            self.expression(p);
        }
        for f in functions {
            self.function(f);
        }
    }
    /// Adds what a function needs.
    pub fn function(&mut self, f: &Func) {
        for &v in &f.free {
            *self.counts.entry(v).or_default() += 1;
            self.captured.insert(v);
        }
    }
}

/// Calls `f` for each expression of a list, those inside of others included, until it says no. Functions are entered where
/// `enter` says so.
pub fn all(body: &[Stmt], f: &mut dyn FnMut(&Expr) -> bool, enter: &dyn Fn(&Func) -> bool) -> bool {
    body.iter().all(|s| {
        let mut exprs: Vec<&Expr> = vec![];
        let mut lists: Vec<&[Stmt]> = vec![];
        walk::statement(s, &mut |e| exprs.push(e), &mut |l, _| lists.push(l));
        exprs.into_iter().all(|e| all_of(e, f, enter)) && lists.into_iter().all(|l| all(l, f, enter))
    })
}

/// The same for an expression.
pub fn all_of(e: &Expr, f: &mut dyn FnMut(&Expr) -> bool, enter: &dyn Fn(&Func) -> bool) -> bool {
    if !f(e) {
        return false;
    }
    let mut inner: Vec<&Expr> = vec![];
    let mut functions: Vec<&Func> = vec![];
    walk::parts(e, &mut |p| inner.push(p), &mut |x| functions.push(x));
    inner.into_iter().all(|p| all_of(p, f, enter))
        && functions.into_iter().all(|x| !enter(x) || (x.height <= limits::TOTAL_HEIGHT && all(&x.body, f, enter)))
}

/// Whether some list of a function's own text has a statement of this kind.
pub fn any_statement(body: &[Stmt], is: &dyn Fn(&Stmt) -> bool) -> bool {
    body.iter().any(|s| {
        let mut found = is(s);
        walk::statement(s, &mut |_| {}, &mut |l, _| found |= any_statement(l, is));
        found
    })
}

/// Whether private names appear in a function, however deep, only where `#name` can stand.
pub fn only_as_names(f: &Func, names: &[Var]) -> bool {
    !concerns(f, names) || as_names(names, &mut |e, enter| all(&f.body, e, enter))
}

/// The same for an expression.
pub fn only_as_names_in(e: &Expr, names: &[Var]) -> bool {
    as_names(names, &mut |f, enter| all_of(e, f, enter))
}

fn concerns(f: &Func, names: &[Var]) -> bool {
    f.free.iter().any(|v| names.contains(v))
}

type Visit<'v> = &'v mut dyn FnMut(&mut dyn FnMut(&Expr) -> bool, &dyn Fn(&Func) -> bool) -> bool;

fn as_names(names: &[Var], visit: Visit<'_>) -> bool {
    let mut wanted = 0_u64;
    let mut mentioned = 0_u64;
    let seen = visit(
        &mut |e| {
            match e {
                Expr::Var(v) if names.contains(v) => mentioned += 1,
                Expr::Helper("ldPrivate" | "stPrivate" | "definePrivate" | "testIn", args, _) => {
                    wanted += u64::from(matches!(args.first(), Some(Expr::Var(v)) if names.contains(v)));
                }
                _ => {}
            }
            true
        },
        &|f| concerns(f, names),
    );
    seen && wanted == mentioned
}
