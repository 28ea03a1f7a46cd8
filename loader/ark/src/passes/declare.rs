//! Where variables are declared: at their first assignment where that is right, else at the head of a list.

use crate::ast::{Class, Expr, Func, Stmt, Var, VarKind, Vars};
use crate::passes::walk::{self, Part};
use rustc_hash::{FxHashMap, FxHashSet};

struct List {
    parent: usize,
    index: usize,
    depth: u32,
    loops: u32,
}

#[derive(Default)]
struct Home {
    list: usize,
    first: usize,
    direct: bool,
}

struct Finder<'v> {
    vars: &'v Vars,
    lists: Vec<List>,
    homes: FxHashMap<Var, Home>,
    order: Vec<Var>,
    /// Slots with a declaration marker: the list it stands in.
    anchors: FxHashMap<Var, usize>,
    bound: FxHashSet<Var>,
    /// Names of classes that only their members see: the classes declare them.
    inner: FxHashSet<Var>,
    /// First use outside of functions: list, index, whether it is an assignment statement, and from which statement
    /// on the list does nothing but name functions and literals.
    own: FxHashMap<Var, (usize, usize, bool, usize)>,
    run: Vec<usize>,
    /// Statements that assign patterns whose variables may be declared there.
    patterns: Vec<(usize, usize, Vec<Var>)>,
    height: u32,
    uses_super: bool,
}

impl<'v> Finder<'v> {
    fn note(&mut self, v: Var, list: usize, index: usize, direct: bool) {
        match self.homes.get(&v) {
            None => {
                self.order.push(v);
                self.homes.insert(v, Home { list, first: index, direct });
            }
            Some(h) => {
                let (mut a, mut b) = (h.list, list);
                let (mut ia, mut ib) = (h.first, index);
                let mut moved = false;
                while a != b {
                    if self.lists[a].depth >= self.lists[b].depth {
                        ia = self.lists[a].index;
                        a = self.lists[a].parent;
                        moved = true;
                    } else {
                        ib = self.lists[b].index;
                        b = self.lists[b].parent;
                    }
                }
                let direct = h.direct && !moved && ia <= ib;
                self.homes.insert(v, Home { list: a, first: ia.min(ib), direct });
            }
        }
    }

    fn expression(&mut self, e: &Expr, list: usize, index: usize, depth: u32) {
        self.height = self.height.max(depth);
        match e {
            Expr::Var(v) => {
                self.own.entry(*v).or_insert((list, index, false, 0));
                self.note(*v, list, index, false);
            }
            Expr::Super => self.uses_super = true,
            Expr::Private(_, v, _) | Expr::PrivateIn(v, _) => self.note(*v, list, index, false),
            Expr::Class(c) => {
                self.inner.extend(c.own);
                for &name in &c.privates {
                    self.bound.insert(name);
                    self.note(name, list, index, false);
                }
            }
            _ => {}
        }
        walk::each(e, &mut |part| match part {
            Part::Expr(e) => self.expression(e, list, index, depth + 1),
            Part::Func(f) => {
                self.uses_super |= f.uses_super && f.kind == crate::ast::FuncKind::Arrow;
                self.height = self.height.max(depth + f.height + 2);
                for &v in &f.free {
                    self.note(v, list, index, false);
                }
            }
        });
    }

    fn list(&mut self, body: &[Stmt], id: usize, depth: u32) {
        self.height = self.height.max(depth);
        for (i, s) in body.iter().enumerate() {
            if let Stmt::Declare(vars) = s {
                for &v in vars {
                    self.anchors.insert(v, id);
                }
                continue;
            }
            if let Stmt::Expr(Expr::Assign(p), _) = s
                && let (Expr::Var(v), value) = (&p.0, &p.1)
            {
                // The value first: a use in it comes before the assignment.
                let run = self.run[id];
                if !mentions(value, *v) {
                    self.own.entry(*v).or_insert((id, i, true, run));
                }
                if !matches!(value, Expr::Func(_)) && !value.is_atom() {
                    self.run[id] = i + 1;
                }
                let before = self.homes.contains_key(v);
                self.expression(value, id, i, depth + 1);
                let used = !before && self.homes.contains_key(v);
                let in_closure = used && !mentions(value, *v);
                if in_closure {
                    self.homes.remove(v);
                    self.order.retain(|x| x != v);
                }
                self.note(*v, id, i, !used || in_closure);
                continue;
            }
            self.run[id] = i + 1;
            if let Stmt::Expr(Expr::Assign(p), _) = s
                && matches!(p.0, Expr::ArrayPattern(..))
                && let Some(bound) = declarable(&p.0)
                && !bound.is_empty()
                && !bound.iter().any(|v| self.homes.contains_key(v) || mentions_anywhere(&p.1, *v))
            {
                self.expression(&p.1, id, i, depth + 1);
                for &v in &bound {
                    self.note(v, id, i, true);
                }
                // What the defaults mention; the variables themselves are here already.
                self.defaults(&p.0, id, i, depth + 1);
                self.patterns.push((id, i, bound));
                continue;
            }
            if let Stmt::Let(_, decls, _) = s {
                for (t, _) in decls {
                    if let Expr::Var(v) = t {
                        self.bound.insert(*v);
                    }
                }
            }
            if let Stmt::Try(_, Some((Some(v), _)), _) = s {
                self.bound.insert(*v);
                self.note(*v, id, i, false);
            }
            if let Stmt::ForOf(_, declares, target, ..) | Stmt::ForIn(_, declares, target, ..) = s
                && *declares != 0
            {
                pattern(target, &mut |v| {
                    self.bound.insert(v);
                });
            }
            let mut exprs: Vec<&Expr> = vec![];
            let mut lists: Vec<(&[Stmt], bool)> = vec![];
            walk::statement(s, &mut |e| exprs.push(e), &mut |l, repeated| lists.push((l, repeated)));
            for e in exprs {
                self.expression(e, id, i, depth + 1);
            }
            for (l, repeated) in lists {
                let loops = self.lists[id].loops + u32::from(repeated);
                let list_depth = self.lists[id].depth + 1;
                self.lists.push(List { parent: id, index: i, depth: list_depth, loops });
                self.run.push(0);
                let inner = self.lists.len() - 1;
                self.list(l, inner, depth + 1);
            }
        }
    }
}

impl Finder<'_> {
    /// Notes what the default values of a pattern mention.
    fn defaults(&mut self, target: &Expr, list: usize, index: usize, depth: u32) {
        self.height = self.height.max(depth);
        if let Expr::ArrayPattern(elements, rest) = target {
            for (t, d) in elements.iter().flatten() {
                if let Some(d) = d {
                    self.expression(d, list, index, depth + 1);
                }
                self.defaults(t, list, index, depth + 1);
            }
            if let Some(r) = rest {
                self.defaults(r, list, index, depth + 1);
            }
        }
    }
}

/// The variables of a pattern that binds nothing else, each once, when no default mentions one before it is bound.
fn declarable(target: &Expr) -> Option<Vec<Var>> {
    fn visit(e: &Expr, all: &[Var], bound: &mut Vec<Var>) -> bool {
        match e {
            Expr::Var(v) => {
                let new = !bound.contains(v);
                bound.push(*v);
                new
            }
            Expr::ArrayPattern(list, rest) => {
                list.iter().flatten().all(|(t, d)| {
                    let early = |d: &Expr| all.iter().any(|v| !bound.contains(v) && mentions_anywhere(d, *v));
                    !d.as_ref().is_some_and(early) && visit(t, all, bound)
                }) && rest.as_ref().is_none_or(|r| visit(r, all, bound))
            }
            _ => false,
        }
    }
    let mut all = vec![];
    pattern(target, &mut |v| all.push(v));
    let mut bound = vec![];
    (all.len() < 256 && visit(target, &all, &mut bound)).then_some(bound)
}

fn mentions_anywhere(e: &Expr, v: Var) -> bool {
    let (mut found, mut inside) = (matches!(e, Expr::Var(x) if *x == v), false);
    walk::parts(e, &mut |p| found = found || mentions_anywhere(p, v), &mut |f| inside |= f.free.contains(&v));
    found || inside
}

/// Variables that a pattern binds.
pub fn pattern(target: &Expr, f: &mut dyn FnMut(Var)) {
    match target {
        Expr::Var(v) => f(*v),
        Expr::ArrayPattern(list, rest) => {
            for (t, _) in list.iter().flatten() {
                pattern(t, f);
            }
            if let Some(r) = rest {
                pattern(r, f);
            }
        }
        Expr::ObjectPattern(list, rest) => {
            for (_, t) in list {
                pattern(t, f);
            }
            if let Some(r) = rest {
                pattern(r, f);
            }
        }
        _ => {}
    }
}

/// Whether an expression mentions a variable outside of functions.
fn mentions(e: &Expr, v: Var) -> bool {
    if matches!(e, Expr::Var(x) if *x == v) {
        return true;
    }
    let mut found = false;
    walk::parts(e, &mut |p| found |= mentions(p, v), &mut |_| {});
    found
}

/// Turns first assignments into declarations, declares the rest, and fills in what the function declares and mentions.
pub fn place(vars: &mut Vars, func: &mut Func) {
    let native = plan(vars, func);
    for v in native {
        vars[v as usize].holds_hole = false;
        vars[v as usize].native = true;
    }
}

fn plan(vars: &Vars, func: &mut Func) -> Vec<Var> {
    let mut native = Vec::new();
    let mut finder = Finder {
        vars,
        lists: vec![List { parent: 0, index: 0, depth: 0, loops: 0 }],
        homes: FxHashMap::default(),
        order: vec![],
        anchors: FxHashMap::default(),
        bound: FxHashSet::default(),
        inner: FxHashSet::default(),
        own: FxHashMap::default(),
        run: vec![0],
        patterns: vec![],
        height: 0,
        uses_super: false,
    };
    finder.list(&func.body, 0, 0);
    // Parameters that count for nothing: not for `length`, and nobody reads them.
    while func.params.len() > func.length as usize
        && let Some((Expr::Var(v), None)) = func.params.last()
        && func.rest.is_none()
        && !finder.homes.contains_key(v)
    {
        func.params.pop();
    }
    let mut params = FxHashSet::default();
    for (p, _) in &func.params {
        pattern(p, &mut |v| {
            params.insert(v);
        });
    }
    if let Some(r) = &func.rest {
        pattern(r, &mut |v| {
            params.insert(v);
        });
    }
    // (list, index) → variables to declare there; `usize::MAX` as index stands for the assignment itself.
    let mut at_assignment: FxHashMap<(usize, usize), Var> = FxHashMap::default();
    let mut before: FxHashMap<(usize, usize), Vec<Var>> = FxHashMap::default();
    let mut free = Vec::new();
    let mut declared: Vec<Var> = params.iter().copied().collect();
    declared.sort_unstable();
    let order = std::mem::take(&mut finder.order);
    // Debug builds copy the function to a register that nobody reads.
    func.own = func.own.filter(|own| order.contains(own));
    // All variables of a pattern, or none.
    let mut in_patterns: FxHashSet<Var> = FxHashSet::default();
    let mut patterns: FxHashSet<(usize, usize)> = FxHashSet::default();
    for (list, index, bound) in &finder.patterns {
        let fits = |v: &Var| {
            let anchor = finder.anchors.get(v);
            let own = vars[*v as usize].kind == VarKind::Local || anchor.is_some();
            let same = anchor.is_none_or(|a| finder.lists[*a].loops == finder.lists[*list].loops);
            let home = &finder.homes[v];
            own && same
                && (home.list, home.first, home.direct) == (*list, *index, true)
                && !params.contains(v)
                && !finder.bound.contains(v)
                && !finder.inner.contains(v)
                && func.own != Some(*v)
        };
        if bound.iter().all(fits) {
            patterns.insert((*list, *index));
            in_patterns.extend(bound);
        }
    }
    for v in order {
        if params.contains(&v) || finder.inner.contains(&v) {
            continue;
        }
        if in_patterns.contains(&v) {
            declared.push(v);
            native.push(v);
            continue;
        }
        if finder.bound.contains(&v) {
            declared.push(v);
            continue;
        }
        if func.own == Some(v) {
            continue;
        }
        let home = &finder.homes[&v];
        let anchor = finder.anchors.get(&v).copied();
        match (finder.vars[v as usize].kind, anchor) {
            (VarKind::Local, _) => {}
            (_, Some(_)) => {}
            _ => {
                free.push(v);
                continue;
            }
        }
        declared.push(v);
        let same_loop = anchor.is_none_or(|a| finder.lists[a].loops == finder.lists[home.list].loops);
        if home.direct && same_loop {
            at_assignment.insert((home.list, home.first), v);
            native.push(v);
            continue;
        }
        // Functions made before the first assignment mention it: the engine's own check for `let` does.
        if let (Some(_), Some(&(list, index, true, run))) = (anchor, finder.own.get(&v)) {
            let in_time = finder.vars[v as usize].guarded || home.first >= run;
            if list == home.list && same_loop && in_time {
                at_assignment.insert((list, index), v);
                native.push(v);
                continue;
            }
        }
        let (mut list, mut index) = (home.list, home.first);
        match anchor {
            Some(a) => {
                // Climb to the list of the marker.
                while list != a && finder.lists[list].depth > finder.lists[a].depth {
                    index = finder.lists[list].index;
                    list = finder.lists[list].parent;
                }
                if list != a {
                    (list, index) = (a, 0);
                }
            }
            None => {
                while finder.lists[list].loops > 0 {
                    index = finder.lists[list].index;
                    list = finder.lists[list].parent;
                }
            }
        }
        before.entry((list, index)).or_default().push(v);
    }
    func.height = finder.height;
    func.uses_super = finder.uses_super;
    let mut next = 0;
    rewrite(vars, &mut func.body, 0, &mut next, &at_assignment, &patterns, &mut before);
    func.declared = declared;
    func.free = free;
    native
}

/// Lists are numbered in the order in which `Finder::list` met them.
fn rewrite(
    vars: &Vars,
    body: &mut Vec<Stmt>,
    id: usize,
    next: &mut usize,
    at: &FxHashMap<(usize, usize), Var>,
    patterns: &FxHashSet<(usize, usize)>,
    before: &mut FxHashMap<(usize, usize), Vec<Var>>,
) {
    let mut out = Vec::with_capacity(body.len() + 2);
    for (i, mut s) in std::mem::take(body).into_iter().enumerate() {
        if let Some(list) = before.remove(&(id, i)) {
            let decls = list
                .into_iter()
                .map(|v| {
                    let initial = vars[v as usize].holds_hole.then_some(Expr::Hole);
                    (Expr::Var(v), initial)
                })
                .collect();
            out.push(Stmt::Let(false, decls, 0));
        }
        if matches!(s, Stmt::Declare(_)) {
            continue;
        }
        if patterns.contains(&(id, i))
            && let Stmt::Expr(Expr::Assign(p), here) = s
        {
            let (target, value) = *p;
            out.push(Stmt::Let(false, vec![(target, Some(value))], here));
            continue;
        }
        if let Some(&v) = at.get(&(id, i))
            && let Stmt::Expr(Expr::Assign(p), here) = s
        {
            let (target, value) = *p;
            let _ = v;
            out.push(Stmt::Let(false, vec![(target, Some(value))], here));
            continue;
        }
        if let Stmt::For(_, Some(init), _, _, body) = &mut s {
            *next += 1;
            let mut one = vec![std::mem::replace(&mut **init, Stmt::Debugger)];
            rewrite(vars, &mut one, *next, next, at, patterns, before);
            if let Some(first) = one.pop() {
                **init = first;
            }
            *next += 1;
            let inner = *next;
            rewrite(vars, body, inner, next, at, patterns, before);
            out.push(s);
            continue;
        }
        crate::passes::jumps::each_list(&mut s, &mut |b| {
            *next += 1;
            let inner = *next;
            rewrite(vars, b, inner, next, at, patterns, before);
        });
        out.push(s);
    }
    *body = out;
}

/// Fills in `declared` and `free` of a function that declares its variables itself.
pub fn collect(func: &mut Func) {
    let vars = vec![];
    let mut finder = Finder {
        vars: &vars,
        lists: vec![List { parent: 0, index: 0, depth: 0, loops: 0 }],
        homes: FxHashMap::default(),
        order: vec![],
        anchors: FxHashMap::default(),
        bound: FxHashSet::default(),
        inner: FxHashSet::default(),
        own: FxHashMap::default(),
        run: vec![0],
        patterns: vec![],
        height: 0,
        uses_super: false,
    };
    finder.list(&func.body, 0, 0);
    let mut own: Vec<Var> = finder.bound.iter().copied().collect();
    own.extend(finder.anchors.keys().copied());
    for (p, _) in &func.params {
        pattern(p, &mut |v| own.push(v));
    }
    if let Some(r) = &func.rest {
        pattern(r, &mut |v| own.push(v));
    }
    own.sort_unstable();
    own.dedup();
    let inner = &finder.inner;
    func.free = finder.order.iter().copied().filter(|v| own.binary_search(v).is_err() && !inner.contains(v)).collect();
    func.declared = own;
    func.height = finder.height;
    func.uses_super = finder.uses_super;
    for s in &mut func.body {
        if let Stmt::Declare(list) = s {
            *s = Stmt::Let(false, list.iter().map(|&v| (Expr::Var(v), None)).collect(), 0);
        }
    }
}

/// Variables that a class mentions.
pub fn class_free(class: &Class) -> Vec<Var> {
    let mut out = Vec::new();
    let wrapped = Expr::Class(Box::new(class.clone()));
    fn visit(e: &Expr, out: &mut Vec<Var>) {
        if let Expr::Var(v) = e {
            out.push(*v);
        }
        let mut functions: Vec<&Func> = vec![];
        let mut inner: Vec<&Expr> = vec![];
        walk::parts(e, &mut |p| inner.push(p), &mut |f| functions.push(f));
        for p in inner {
            visit(p, out);
        }
        for f in functions {
            out.extend(f.free.iter().copied());
        }
    }
    visit(&wrapped, &mut out);
    out.retain(|&v| Some(v) != class.own);
    out
}
