//! Visiting the expressions and lists of a statement.

use crate::ast::{ClassMemberKind, Element, Expr, Func, Key, Prop, Stmt};

/// A direct part of an expression. Functions are not entered.
#[derive(Debug, Clone, Copy)]
pub enum Part<'e> {
    /// An expression that is evaluated with it.
    Expr(&'e Expr),
    /// A function that it makes.
    Func(&'e Func),
}

/// Calls `f` for each direct expression and `function` for each function of an expression.
pub fn parts<'e>(e: &'e Expr, f: &mut dyn FnMut(&'e Expr), function: &mut dyn FnMut(&'e Func)) {
    each(e, &mut |part| match part {
        Part::Expr(x) => f(x),
        Part::Func(x) => function(x),
    });
}

/// Calls `visit` for each direct part of an expression.
pub fn each<'e>(e: &'e Expr, visit: &mut dyn FnMut(Part<'e>)) {
    fn elements<'e>(list: &'e [Element], visit: &mut dyn FnMut(Part<'e>)) {
        for x in list {
            match x {
                Element::Value(v) | Element::Spread(v) => visit(Part::Expr(v)),
                Element::Hole => {}
            }
        }
    }
    fn key<'e>(k: &'e Key, visit: &mut dyn FnMut(Part<'e>)) {
        if let Key::Computed(e) = k {
            visit(Part::Expr(e));
        }
    }
    match e {
        Expr::Undefined
        | Expr::Null
        | Expr::Bool(_)
        | Expr::Num(_)
        | Expr::Str(_)
        | Expr::BigInt(_)
        | Expr::Regex(..)
        | Expr::Hole
        | Expr::Var(_)
        | Expr::Global(_)
        | Expr::This
        | Expr::NewTarget
        | Expr::Arguments
        | Expr::Prelude
        | Expr::Module
        | Expr::Super => {}
        Expr::Member(o, ..) | Expr::Private(o, ..) | Expr::PrivateIn(_, o) => visit(Part::Expr(o)),
        Expr::Index(p, _) | Expr::Binary(_, p) | Expr::Assign(p) | Expr::AssignOp(_, p) => {
            visit(Part::Expr(&p.0));
            visit(Part::Expr(&p.1));
        }
        Expr::Call(c, args, _) | Expr::New(c, args, _) => {
            visit(Part::Expr(c));
            elements(args, visit);
        }
        Expr::SuperCall(args, _) | Expr::Array(args) => elements(args, visit),
        Expr::Helper(_, args, _) | Expr::Seq(args) => args.iter().for_each(|x| visit(Part::Expr(x))),
        Expr::Unary(_, x)
        | Expr::Update(_, _, x)
        | Expr::ToNumeric(x)
        | Expr::Step(_, x)
        | Expr::Await(x, _)
        | Expr::Yield(_, x, _)
        | Expr::Chain(x)
        | Expr::Opt(x)
        | Expr::Checked(x, _) => visit(Part::Expr(x)),
        Expr::Cond(c) => {
            visit(Part::Expr(&c.0));
            visit(Part::Expr(&c.1));
            visit(Part::Expr(&c.2));
        }
        Expr::Object(props) => {
            for p in props {
                match p {
                    Prop::Value(k, v) => {
                        key(k, visit);
                        visit(Part::Expr(v));
                    }
                    Prop::Method(k, m) | Prop::Getter(k, m) | Prop::Setter(k, m) => {
                        key(k, visit);
                        visit(Part::Func(m));
                    }
                    Prop::Spread(v) => visit(Part::Expr(v)),
                }
            }
        }
        Expr::Func(func) => visit(Part::Func(func)),
        Expr::Method(m) => {
            visit(Part::Expr(&m.0));
            visit(Part::Func(&m.1));
        }
        Expr::Class(c) => {
            if let Some(b) = &c.base {
                visit(Part::Expr(b));
            }
            if let Some(x) = &c.constructor {
                visit(Part::Func(x));
            }
            for m in &c.members {
                match &m.kind {
                    ClassMemberKind::Method(k, m) | ClassMemberKind::Getter(k, m) | ClassMemberKind::Setter(k, m) => {
                        key(k, visit);
                        visit(Part::Func(m));
                    }
                    ClassMemberKind::Field(k, v) => {
                        key(k, visit);
                        if let Some(v) = v {
                            visit(Part::Func(v));
                        }
                    }
                    ClassMemberKind::Block(func) => visit(Part::Func(func)),
                }
            }
        }
        Expr::ArrayPattern(list, rest) => {
            for (t, d) in list.iter().flatten() {
                visit(Part::Expr(t));
                if let Some(d) = d {
                    visit(Part::Expr(d));
                }
            }
            if let Some(r) = rest {
                visit(Part::Expr(r));
            }
        }
        Expr::ObjectPattern(list, rest) => {
            for (k, t) in list {
                key(k, visit);
                visit(Part::Expr(t));
            }
            if let Some(r) = rest {
                visit(Part::Expr(r));
            }
        }
    }
}

/// Calls `f` for each expression and `list` for each nested list of a statement (with whether a loop repeats it).
pub fn statement<'s>(s: &'s Stmt, f: &mut dyn FnMut(&'s Expr), list: &mut dyn FnMut(&'s [Stmt], bool)) {
    match s {
        Stmt::Expr(e, _) | Stmt::Throw(e, _) => f(e),
        Stmt::Let(_, decls, _) => {
            for (t, v) in decls {
                f(t);
                if let Some(v) = v {
                    f(v);
                }
            }
        }
        Stmt::If(c, a, b, _) => {
            f(c);
            list(a, false);
            list(b, false);
        }
        Stmt::Block(_, b) | Stmt::Scope(b) => list(b, false),
        Stmt::Loop(_, b) => list(b, true),
        Stmt::For(_, init, test, update, body) => {
            if let Some(i) = init {
                list(std::slice::from_ref(i), false);
            }
            for e in [test, update].into_iter().flatten() {
                f(e);
            }
            list(body, true);
        }
        Stmt::DoWhile(_, body, test) => {
            list(body, true);
            f(test);
        }
        Stmt::ForOf(_, _, target, value, _, body) | Stmt::ForIn(_, _, target, value, body) => {
            f(value);
            f(target);
            list(body, true);
        }
        Stmt::Try(body, handler, finally) => {
            list(body, false);
            if let Some((_, h)) = handler {
                list(h, false);
            }
            if let Some(x) = finally {
                list(x, false);
            }
        }
        Stmt::Switch(_, e, cases) => {
            f(e);
            for c in cases {
                for t in c.tests.iter().flatten() {
                    f(t);
                }
                list(&c.body, false);
            }
        }
        Stmt::Return(e, _) => {
            if let Some(e) = e {
                f(e);
            }
        }
        Stmt::Break(_) | Stmt::Continue(_) | Stmt::Debugger | Stmt::Declare(_) => {}
    }
}

/// Calls `f` for each expression of a statement that can be changed, those of nested lists included.
pub fn expressions_mut(s: &mut Stmt, f: &mut dyn FnMut(&mut Expr)) {
    match s {
        Stmt::Expr(e, _) | Stmt::Throw(e, _) | Stmt::If(e, ..) | Stmt::DoWhile(_, _, e) | Stmt::Switch(_, e, _) => f(e),
        Stmt::Let(_, declarations, _) => {
            for (target, value) in declarations {
                f(target);
                value.iter_mut().for_each(&mut *f);
            }
        }
        Stmt::For(_, init, test, update, _) => {
            if let Some(init) = init {
                expressions_mut(init, f);
            }
            test.iter_mut().chain(update).for_each(&mut *f);
        }
        Stmt::ForOf(_, _, target, value, ..) | Stmt::ForIn(_, _, target, value, _) => {
            f(value);
            f(target);
        }
        Stmt::Return(e, _) => e.iter_mut().for_each(&mut *f),
        _ => {}
    }
    if let Stmt::Switch(_, _, cases) = s {
        for case in cases {
            case.tests.iter_mut().flatten().for_each(&mut *f);
        }
    }
    crate::passes::jumps::each_list(s, &mut |list| list.iter_mut().for_each(|s| expressions_mut(s, f)));
}

/// The same with mutable parts.
pub fn parts_mut(e: &mut Expr, f: &mut dyn FnMut(&mut Expr)) {
    fn elements(list: &mut [Element], f: &mut dyn FnMut(&mut Expr)) {
        for x in list {
            match x {
                Element::Value(v) | Element::Spread(v) => f(v),
                Element::Hole => {}
            }
        }
    }
    fn key(k: &mut Key, f: &mut dyn FnMut(&mut Expr)) {
        if let Key::Computed(e) = k {
            f(e);
        }
    }
    match e {
        Expr::Member(o, ..) | Expr::Private(o, ..) | Expr::PrivateIn(_, o) => f(o),
        Expr::Index(p, _) | Expr::Binary(_, p) | Expr::Assign(p) | Expr::AssignOp(_, p) => {
            f(&mut p.0);
            f(&mut p.1);
        }
        Expr::Call(c, args, _) | Expr::New(c, args, _) => {
            f(c);
            elements(args, f);
        }
        Expr::SuperCall(args, _) | Expr::Array(args) => elements(args, f),
        Expr::Helper(_, args, _) | Expr::Seq(args) => args.iter_mut().for_each(f),
        Expr::Unary(_, x)
        | Expr::Update(_, _, x)
        | Expr::ToNumeric(x)
        | Expr::Step(_, x)
        | Expr::Await(x, _)
        | Expr::Yield(_, x, _)
        | Expr::Chain(x)
        | Expr::Opt(x)
        | Expr::Checked(x, _) => f(x),
        Expr::Cond(c) => {
            f(&mut c.0);
            f(&mut c.1);
            f(&mut c.2);
        }
        Expr::Object(props) => {
            for p in props {
                match p {
                    Prop::Value(k, v) => {
                        key(k, f);
                        f(v);
                    }
                    Prop::Method(k, _) | Prop::Getter(k, _) | Prop::Setter(k, _) => key(k, f),
                    Prop::Spread(v) => f(v),
                }
            }
        }
        Expr::Method(m) => f(&mut m.0),
        Expr::Class(c) => {
            if let Some(b) = &mut c.base {
                f(b);
            }
            for m in &mut c.members {
                match &mut m.kind {
                    ClassMemberKind::Method(k, _)
                    | ClassMemberKind::Getter(k, _)
                    | ClassMemberKind::Setter(k, _)
                    | ClassMemberKind::Field(k, _) => key(k, f),
                    ClassMemberKind::Block(_) => {}
                }
            }
        }
        Expr::ArrayPattern(list, rest) => {
            for (t, d) in list.iter_mut().flatten() {
                f(t);
                if let Some(d) = d {
                    f(d);
                }
            }
            if let Some(r) = rest {
                f(r);
            }
        }
        Expr::ObjectPattern(list, rest) => {
            for (k, t) in list {
                key(k, f);
                f(t);
            }
            if let Some(r) = rest {
                f(r);
            }
        }
        _ => {}
    }
}
