//! Names of variables: the source's where they are known, unique where they could be confused.

use crate::ast::{Expr, Func, Stmt, Var, VarKind, Vars};
use crate::names::{Atom, Atoms, is_reserved, sanitise};
use crate::passes::walk::{self, Part};
use rustc_hash::FxHashSet;
use std::rc::Rc;

/// Names of all variables of a unit.
pub struct Names {
    names: Vec<Rc<str>>,
    globals: FxHashSet<Rc<str>>,
    hole: Vec<bool>,
    private: Vec<bool>,
}

impl Names {
    /// Name of a variable.
    pub fn get(&self, v: Var) -> &str {
        &self.names[v as usize]
    }
    /// Whether text of the unit uses this name as a global.
    pub fn is_global(&self, name: &str) -> bool {
        self.globals.contains(name)
    }
    /// Whether a variable is a private name of a class.
    pub fn is_private(&self, v: Var) -> bool {
        self.private[v as usize]
    }
    /// Whether a variable may hold the hole, so that checks are needed.
    pub fn holds_hole(&self, v: Var) -> bool {
        self.hole[v as usize]
    }
}

/// Chooses names for the unit's variables and those of all functions in `main`.
pub fn resolve(vars: &Vars, atoms: &Atoms, globals: &FxHashSet<Atom>, unit: &[Var], main: &Expr) -> Names {
    let globals: FxHashSet<Rc<str>> = globals.iter().map(|&a| atoms.get(a).text.clone()).collect();
    let mut r = Resolver { vars, atoms, names: vec!["_".into(); vars.len()], globals };
    let mut used = FxHashSet::default();
    for &v in unit {
        r.choose(v, &mut used, &mut [0; 4]);
    }
    r.expression(main);
    let hole = vars.iter().map(|v| v.holds_hole && !v.native).collect();
    let private = vars.iter().map(|v| v.kind == VarKind::Private).collect();
    Names { names: r.names, globals: r.globals, hole, private }
}

struct Resolver<'r> {
    vars: &'r Vars,
    atoms: &'r Atoms,
    names: Vec<Rc<str>>,
    globals: FxHashSet<Rc<str>>,
}

impl Resolver<'_> {
    fn choose(&mut self, v: Var, used: &mut FxHashSet<Rc<str>>, counters: &mut [u32; 4]) {
        let info = &self.vars[v as usize];
        let wished = info.hint.map(|h| sanitise(self.atoms.text(h))).filter(|h| h != "_");
        let name: Rc<str> = match wished {
            Some(base) => {
                let mut candidate = base.clone();
                let mut n = 1;
                while is_reserved(&candidate)
                    || used.contains(candidate.as_str())
                    || self.globals.contains(candidate.as_str())
                {
                    n += 1;
                    candidate = format!("{base}_{n}");
                }
                candidate.into()
            }
            None => {
                let (letter, i) = match info.kind {
                    VarKind::Param => ("p", 0),
                    VarKind::Local => ("v", 1),
                    VarKind::Slot | VarKind::Private => ("x", 2),
                    VarKind::Unit => ("m", 3),
                };
                loop {
                    let candidate = format!("{letter}{}", counters[i]);
                    counters[i] += 1;
                    if !used.contains(candidate.as_str()) && !self.globals.contains(candidate.as_str()) {
                        break candidate.into();
                    }
                }
            }
        };
        used.insert(name.clone());
        self.names[v as usize] = name;
    }

    fn function(&mut self, f: &Func) {
        let mut used: FxHashSet<Rc<str>> = f.free.iter().map(|&v| self.names[v as usize].clone()).collect();
        let mut counters = [0; 4];
        if let Some(own) = f.own {
            self.choose(own, &mut used, &mut counters);
        }
        // Wishes first, so that numbers do not take names that somebody asks for.
        for pass in 0..2 {
            for &v in &f.declared {
                if (pass == 0) == self.vars[v as usize].hint.is_some() {
                    self.choose(v, &mut used, &mut counters);
                }
            }
        }
        for (p, d) in &f.params {
            self.expression(p);
            if let Some(d) = d {
                self.expression(d);
            }
        }
        self.list(&f.body);
    }

    fn list(&mut self, body: &[Stmt]) {
        for s in body {
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

    fn expression(&mut self, e: &Expr) {
        if let Expr::Class(class) = e
            && let Some(own) = class.own
        {
            let free = crate::passes::declare::class_free(class);
            let mut used = free.into_iter().map(|v| self.names[v as usize].clone()).collect();
            self.choose(own, &mut used, &mut [0; 4]);
        }
        walk::each(e, &mut |part| match part {
            Part::Expr(e) => self.expression(e),
            Part::Func(f) => self.function(f),
        });
    }
}
