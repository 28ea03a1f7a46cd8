//! The functions in which compilers put field initialisers and static blocks, taken apart.

use super::uses::{Uses, all, all_of, any_statement};
use crate::ast::{Expr, Func, FuncKind, Stmt, Var};
use crate::passes::{declare, walk};

/// A part of an initialiser function.
pub enum Part {
    /// `key = value`.
    Field(Expr, Option<Func>),
    /// `#name = value`.
    Private(Var, Option<Func>),
    /// `static {…}`.
    Block(Func),
}

/// Name of the function with the fields of instances.
pub const OF_INSTANCES: &str = "instance_initializer";
/// Name of the function with the fields and blocks of the class.
pub const OF_CLASS: &str = "static_initializer";

/// Takes an initialiser apart; none when class text could not say it.
pub fn split(func: &Func, is_static: bool) -> Option<Vec<Part>> {
    if func.is_async || func.is_generator || func.own.is_some() || func.rest.is_some() || !func.params.is_empty() {
        return None;
    }
    let arrows = |f: &Func| f.kind == FuncKind::Arrow;
    if !all(&func.body, &mut |e| !matches!(e, Expr::Arguments | Expr::SuperCall(..)), &arrows) {
        return None;
    }
    if any_statement(&func.body, &|s| matches!(s, Stmt::Return(..))) {
        return None;
    }
    let mut parts = Vec::new();
    let mut this: Vec<Var> = Vec::new();
    let mut block: Vec<Stmt> = Vec::new();
    let mut body = func.body.iter().peekable();
    while let Some(s) = body.next() {
        if let Stmt::Let(_, declarations, _) = s
            && let [(Expr::Var(v), Some(value))] = declarations.as_slice()
        {
            if is_this(value, &this) {
                this.push(*v);
                continue;
            }
            // `let v = value; $.defineField(this, key, v)`.
            if let Some(Stmt::Expr(Expr::Helper(name, args, _), _)) = body.peek()
                && let ("defineField", [o, key, Expr::Var(w)]) | ("definePrivate", [key, o, Expr::Var(w)]) =
                    (*name, args.as_slice())
                && v == w
                && is_this(o, &this)
                && Uses::of(&func.body).count(*v) == 2
            {
                body.next();
                flush(&mut block, &mut parts, &this, func);
                parts.push(part(name, key, value, &this, func)?);
                continue;
            }
        }
        if let Stmt::Expr(Expr::Helper(name, args, _), _) = s
            && let ("defineField", [o, key, value]) | ("definePrivate", [key, o, value]) = (*name, args.as_slice())
            && is_this(o, &this)
        {
            flush(&mut block, &mut parts, &this, func);
            parts.push(part(name, key, value, &this, func)?);
            continue;
        }
        if !is_static {
            return None;
        }
        block.push(s.clone());
    }
    flush(&mut block, &mut parts, &this, func);
    // Only `this` may go by another name, and not in functions: they would lose it.
    let whole = Uses::of(&func.body);
    if this.iter().any(|&v| whole.captured(v)) {
        return None;
    }
    // A variable of one part cannot be seen by another.
    for &v in func.declared.iter().filter(|v| !this.contains(v)) {
        let sharing = parts.iter().filter(|p| function_of(p).is_some_and(|f| f.declared.contains(&v))).count();
        if sharing > 1 {
            return None;
        }
    }
    Some(parts)
}

fn function_of(part: &Part) -> Option<&Func> {
    match part {
        Part::Field(_, value) | Part::Private(_, value) => value.as_ref(),
        Part::Block(block) => Some(block),
    }
}

fn is_this(e: &Expr, this: &[Var]) -> bool {
    match e {
        Expr::This => true,
        Expr::Var(v) => this.contains(v),
        _ => false,
    }
}

fn part(helper: &str, key: &Expr, value: &Expr, this: &[Var], whole: &Func) -> Option<Part> {
    let initial = match value {
        Expr::Undefined => None,
        value => {
            let mut value = value.clone();
            restore_this(&mut value, this);
            Some(piece(vec![Stmt::Return(Some(value), 0)], whole))
        }
    };
    match (helper, key) {
        ("definePrivate", Expr::Var(name)) => Some(Part::Private(*name, initial)),
        ("defineField", key) => Some(Part::Field(key.clone(), initial)),
        _ => None,
    }
}

/// Puts `this` where its other names stand.
fn restore_this(e: &mut Expr, this: &[Var]) {
    if matches!(e, Expr::Var(v) if this.contains(v)) {
        *e = Expr::This;
        return;
    }
    walk::parts_mut(e, &mut |p| restore_this(p, this));
}

/// Makes a static block of the statements so far.
fn flush(block: &mut Vec<Stmt>, parts: &mut Vec<Part>, this: &[Var], whole: &Func) {
    if block.is_empty() {
        return;
    }
    let mut body = std::mem::take(block);
    for s in &mut body {
        walk::expressions_mut(s, &mut |e| restore_this(e, this));
    }
    parts.push(Part::Block(piece(body, whole)));
}

/// A static block of statements that declare nothing.
pub fn block(body: Vec<Stmt>) -> Func {
    let mut func = method(body);
    declare::collect(&mut func);
    func
}

fn method(body: Vec<Stmt>) -> Func {
    Func {
        kind: FuncKind::Method,
        is_async: false,
        is_generator: false,
        name: None,
        own: None,
        params: vec![],
        rest: None,
        length: 0,
        body,
        declared: vec![],
        free: vec![],
        uses_super: false,
        height: 0,
    }
}

/// A function that is a part of another's text.
fn piece(body: Vec<Stmt>, whole: &Func) -> Func {
    let mut func = method(body);
    declare::collect(&mut func);
    let mut mentioned = std::mem::take(&mut func.free);
    mentioned.extend(func.declared.iter().copied());
    let (mut declared, mut free): (Vec<Var>, Vec<Var>) =
        mentioned.into_iter().partition(|v| whole.declared.contains(v));
    declared.sort_unstable();
    declared.dedup();
    free.retain(|v| !declared.contains(v));
    func.declared = declared;
    func.free = free;
    func
}

/// Takes the calls of the initialiser `field` out of a constructor; none when fields would not begin at the same place.
pub fn without_calls(constructor: &Func, initialiser: Var, derived: bool) -> Option<Func> {
    let mut func = constructor.clone();
    let is_super = |e: &Expr| matches!(e, Expr::SuperCall(..));
    if derived {
        let mut calls = 0;
        let arrows = |f: &Func| f.kind == FuncKind::Arrow;
        all(
            &func.body,
            &mut |e| {
                calls += u32::from(is_super(e));
                true
            },
            &arrows,
        );
        let mut taken = 0;
        after_super(&mut func.body, initialiser, &mut taken);
        if calls != taken || calls == 0 {
            return None;
        }
    } else {
        // Compilers evaluate default values before fields, JavaScript after them.
        let this = other_names_of_this(&func.body);
        let at = func.body.iter().position(|s| is_call(s, initialiser, &this))?;
        let early = func.params.iter().filter_map(|(_, default)| default.as_ref()).all(is_inert)
            && func.body[..at].iter().all(|s| match s {
                Stmt::Let(_, list, _) => list.iter().all(|(_, v)| v.as_ref().is_none_or(Expr::is_pure)),
                Stmt::If(test, then, other, _) => {
                    let inert = |s: &Stmt| matches!(s, Stmt::Expr(Expr::Assign(p), _) if matches!(p.0, Expr::Var(_)) && is_inert(&p.1));
                    test.is_pure() && then.iter().all(inert) && other.is_empty()
                }
                _ => false,
            });
        if !early {
            return None;
        }
        func.body.remove(at);
    }
    let remaining = |e: &Expr| !matches!(e, Expr::Var(v) if *v == initialiser);
    let entered = |f: &Func| f.free.contains(&initialiser);
    if !all(&func.body, &mut |e| remaining(e), &entered) {
        return None;
    }
    func.free.retain(|&v| v != initialiser);
    Some(func)
}

/// Whether making a value has no effect and needs nothing that fields could change.
fn is_inert(e: &Expr) -> bool {
    match e {
        Expr::Array(list) => list.is_empty(),
        Expr::Object(list) => list.is_empty(),
        Expr::Func(_) => true,
        Expr::Var(_) => false,
        other => other.is_atom(),
    }
}

fn other_names_of_this(body: &[Stmt]) -> Vec<Var> {
    let mut names = Vec::new();
    for s in body {
        if let Stmt::Let(_, list, _) = s
            && let [(Expr::Var(v), Some(Expr::This))] = list.as_slice()
        {
            names.push(*v);
        }
    }
    names
}

fn is_call(s: &Stmt, initialiser: Var, this: &[Var]) -> bool {
    match s {
        Stmt::Expr(Expr::Helper("callInit", args, _), _) => match args.as_slice() {
            [Expr::Var(v), receiver] => *v == initialiser && is_this(receiver, this),
            _ => false,
        },
        _ => false,
    }
}

/// Takes out each call that follows a `super(…)` in its list.
fn after_super(body: &mut Vec<Stmt>, initialiser: Var, taken: &mut u32) {
    let mut i = 0;
    while i < body.len() {
        crate::passes::jumps::each_list(&mut body[i], &mut |b| after_super(b, initialiser, taken));
        let plain = match &body[i] {
            Stmt::Expr(Expr::SuperCall(args, _), _) => args.iter().all(|a| match a {
                crate::ast::Element::Value(e) | crate::ast::Element::Spread(e) => {
                    all_of(e, &mut |e| !matches!(e, Expr::SuperCall(..)), &|f| f.kind == FuncKind::Arrow)
                }
                crate::ast::Element::Hole => true,
            }),
            _ => false,
        };
        if plain && body.get(i + 1).is_some_and(|s| is_call(s, initialiser, &[])) {
            body.remove(i + 1);
            *taken += 1;
        }
        i += 1;
    }
}
