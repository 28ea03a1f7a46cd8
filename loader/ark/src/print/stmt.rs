//! Statements; labels appear only where a jump needs them.

use super::Printer;
use super::expr::{binary, level};
use crate::ast::{BinOp, Expr, Label, Stmt};
use std::fmt::Write;

impl Printer<'_> {
    /// `{…}`.
    pub(super) fn block(&mut self, list: &[Stmt]) {
        self.out.push('{');
        if list.is_empty() {
            self.out.push('}');
            return;
        }
        self.indent += 1;
        for s in list {
            self.newline();
            self.statement(s);
        }
        self.indent -= 1;
        self.newline();
        self.out.push('}');
    }

    pub(super) fn label(&mut self, l: Label) -> u32 {
        if let Some((_, n)) = self.label_names.iter().rev().find(|(x, _)| *x == l) {
            return *n;
        }
        self.labels += 1;
        self.label_names.push((l, self.labels));
        self.labels
    }

    /// Statements of a function body.
    pub fn statements(&mut self, list: &[Stmt]) {
        for s in list {
            self.newline();
            self.statement(s);
        }
    }

    pub(super) fn loop_head(&mut self, l: Label, body: &[Stmt], is_loop: bool) {
        self.targets.push((l, is_loop));
        if needs_label(body, l, &mut vec![]) {
            let n = self.label(l);
            let _ = write!(self.out, "L{n}: ");
        }
    }

    /// One statement.
    pub(super) fn statement(&mut self, s: &Stmt) {
        match s {
            Stmt::Expr(e, here) => {
                self.mark(*here);
                let wrap = statement_needs_parentheses(e);
                if wrap {
                    self.out.push('(');
                }
                let e = match e {
                    Expr::Assign(p) => {
                        // `x = x + 1` and `x = $.inc(x)`.
                        self.assignment(&p.0, &p.1, wrap);
                        None
                    }
                    other => Some(other),
                };
                if let Some(e) = e {
                    self.expr(e, level::SEQUENCE);
                }
                self.close(wrap);
                self.out.push(';');
            }
            Stmt::Let(is_const, decls, here) => {
                self.mark(*here);
                self.out.push_str(if *is_const { "const " } else { "let " });
                for (i, (t, v)) in decls.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(", ");
                    }
                    self.expr(t, level::ASSIGN);
                    if let Some(v) = v {
                        self.out.push_str(" = ");
                        let name = self.target_name(t);
                        self.value(v, name.as_deref());
                    }
                }
                self.out.push(';');
            }
            Stmt::If(c, a, b, here) => {
                self.mark(*here);
                self.out.push_str("if (");
                self.expr(c, level::SEQUENCE);
                self.out.push_str(") ");
                self.arm(a, !b.is_empty());
                if !b.is_empty() {
                    self.out.push_str(" else ");
                    match b.as_slice() {
                        [s @ Stmt::If(..)] => self.statement(s),
                        _ => self.arm(b, false),
                    }
                }
            }
            Stmt::Block(l, b) => {
                let n = self.label(*l);
                let _ = write!(self.out, "L{n}: ");
                self.block(b);
            }
            Stmt::Scope(b) => self.block(b),
            Stmt::Loop(l, b) => {
                self.loop_head(*l, b, true);
                self.out.push_str("for (;;) ");
                self.block(b);
                self.targets.pop();
            }
            Stmt::For(l, init, test, update, b) => {
                self.loop_head(*l, b, true);
                match (init, test, update) {
                    (None, Some(t), None) => {
                        self.out.push_str("while (");
                        self.expr(t, level::SEQUENCE);
                    }
                    _ => {
                        self.out.push_str("for (");
                        match init.as_deref() {
                            Some(s) => self.statement(s),
                            None => self.out.push(';'),
                        }
                        if let Some(t) = test {
                            self.out.push(' ');
                            self.expr(t, level::SEQUENCE);
                        }
                        self.out.push(';');
                        if let Some(u) = update {
                            self.out.push(' ');
                            self.expr(u, level::SEQUENCE);
                        }
                    }
                }
                self.out.push_str(") ");
                self.block(b);
                self.targets.pop();
            }
            Stmt::DoWhile(l, b, t) => {
                self.loop_head(*l, b, true);
                self.out.push_str("do ");
                self.block(b);
                self.targets.pop();
                self.out.push_str(" while (");
                self.expr(t, level::SEQUENCE);
                self.out.push_str(");");
            }
            Stmt::ForOf(l, declares, target, value, is_await, b) => {
                self.loop_head(*l, b, true);
                self.out.push_str(if *is_await { "for await (" } else { "for (" });
                self.out.push_str(["", "let ", "const "][usize::from((*declares).min(2))]);
                self.expr(target, level::CALL);
                self.out.push_str(" of ");
                self.expr(value, level::ASSIGN);
                self.out.push_str(") ");
                self.block(b);
                self.targets.pop();
            }
            Stmt::ForIn(l, declares, target, value, b) => {
                self.loop_head(*l, b, true);
                self.out.push_str("for (");
                self.out.push_str(["", "let ", "const "][usize::from((*declares).min(2))]);
                self.expr(target, level::CALL);
                self.out.push_str(" in ");
                self.expr(value, level::SEQUENCE);
                self.out.push_str(") ");
                self.block(b);
                self.targets.pop();
            }
            Stmt::Try(b, handler, finally) => {
                self.out.push_str("try ");
                self.block(b);
                if let Some((v, h)) = handler {
                    self.out.push_str(" catch ");
                    if let Some(v) = v {
                        self.out.push('(');
                        self.var(*v);
                        self.out.push_str(") ");
                    }
                    self.block(h);
                }
                if let Some(x) = finally {
                    self.out.push_str(" finally ");
                    self.block(x);
                }
            }
            Stmt::Switch(l, e, cases) => {
                let labelled = cases.iter().any(|c| needs_label(&c.body, *l, &mut vec![]));
                self.targets.push((*l, false));
                if labelled {
                    let n = self.label(*l);
                    let _ = write!(self.out, "L{n}: ");
                }
                self.out.push_str("switch (");
                self.expr(e, level::SEQUENCE);
                self.out.push_str(") {");
                self.indent += 1;
                for c in cases {
                    for t in &c.tests {
                        self.newline();
                        match t {
                            Some(t) => {
                                self.out.push_str("case ");
                                self.expr(t, level::SEQUENCE);
                                self.out.push(':');
                            }
                            None => self.out.push_str("default:"),
                        }
                    }
                    // Only declarations need a scope of their own.
                    if c.body.iter().any(|s| matches!(s, Stmt::Let(..))) {
                        self.out.push(' ');
                        self.block(&c.body);
                    } else {
                        self.indent += 1;
                        self.statements(&c.body);
                        self.indent -= 1;
                    }
                }
                self.indent -= 1;
                self.newline();
                self.out.push('}');
                self.targets.pop();
            }
            Stmt::Break(l) => {
                if self.targets.last().is_some_and(|t| t.0 == *l) {
                    self.out.push_str("break;");
                } else {
                    let n = self.label(*l);
                    let _ = write!(self.out, "break L{n};");
                }
            }
            Stmt::Continue(l) => {
                if self.targets.iter().rev().find(|t| t.1).is_some_and(|t| t.0 == *l) {
                    self.out.push_str("continue;");
                } else {
                    let n = self.label(*l);
                    let _ = write!(self.out, "continue L{n};");
                }
            }
            Stmt::Return(e, here) => {
                self.mark(*here);
                self.out.push_str("return");
                if let Some(e) = e {
                    self.out.push(' ');
                    self.value_at(e);
                }
                self.out.push(';');
            }
            Stmt::Throw(e, here) => {
                self.mark(*here);
                self.out.push_str("throw ");
                self.expr(e, level::SEQUENCE);
                self.out.push(';');
            }
            Stmt::Debugger => self.out.push_str("debugger;"),
            Stmt::Declare(_) => {}
        }
    }

    pub(super) fn assignment(&mut self, target: &Expr, value: &Expr, _wrapped: bool) {
        if let (Expr::Var(x), Expr::Step(up, inner)) = (target, value) {
            let inner = match &**inner {
                Expr::ToNumeric(y) => y,
                other => other,
            };
            if matches!(inner, Expr::Var(y) if y == x) {
                self.var(*x);
                self.out.push_str(if *up { "++" } else { "--" });
                return;
            }
        }
        if let (Expr::Var(x), Expr::Binary(op, p)) = (target, value) {
            let plain = !matches!(
                op,
                BinOp::Eq
                    | BinOp::Ne
                    | BinOp::StrictEq
                    | BinOp::StrictNe
                    | BinOp::Lt
                    | BinOp::Le
                    | BinOp::Gt
                    | BinOp::Ge
                    | BinOp::In
                    | BinOp::Instanceof
                    | BinOp::LogAnd
                    | BinOp::LogOr
                    | BinOp::Nullish
            );
            if plain && matches!(&p.0, Expr::Var(y) if y == x) {
                self.var(*x);
                self.out.push(' ');
                self.out.push_str(binary(*op).0);
                self.out.push_str("= ");
                self.expr(&p.1, level::ASSIGN);
                return;
            }
        }
        self.expr(target, level::CALL);
        self.out.push_str(" = ");
        let name = self.target_name(target);
        self.value(value, name.as_deref());
    }

    /// The statement of an `if`: single jumps without braces.
    pub(super) fn arm(&mut self, list: &[Stmt], has_else: bool) {
        match list {
            [s @ (Stmt::Break(_) | Stmt::Continue(_) | Stmt::Return(..) | Stmt::Throw(..) | Stmt::Expr(..))]
                if !has_else =>
            {
                self.statement(s);
            }
            _ => self.block(list),
        }
    }
}

/// Whether some jump to `l` inside of `body` needs the label.
fn needs_label(body: &[Stmt], l: Label, inner: &mut Vec<bool>) -> bool {
    // `inner`: loops (true) and switches (false) between the jump and the labelled statement.
    body.iter().any(|s| match s {
        Stmt::Break(x) => *x == l && !inner.is_empty(),
        Stmt::Continue(x) => *x == l && inner.contains(&true),
        Stmt::Loop(..) | Stmt::For(..) | Stmt::DoWhile(..) | Stmt::ForOf(..) | Stmt::ForIn(..) | Stmt::Switch(..) => {
            inner.push(!matches!(s, Stmt::Switch(..)));
            let mut found = false;
            crate::passes::walk::statement(s, &mut |_| {}, &mut |b, _| found |= needs_label(b, l, inner));
            inner.pop();
            found
        }
        other => {
            let mut found = false;
            crate::passes::walk::statement(other, &mut |_| {}, &mut |b, _| found |= needs_label(b, l, inner));
            found
        }
    })
}

/// Whether the text of an expression starts with `{`.
pub(super) fn starts_with_brace(e: &Expr) -> bool {
    match e {
        Expr::Object(_) | Expr::ObjectPattern(..) => true,
        Expr::Member(o, ..) | Expr::Call(o, ..) | Expr::Private(o, ..) => starts_with_brace(o),
        Expr::Index(p, _) | Expr::Binary(_, p) | Expr::Assign(p) | Expr::AssignOp(_, p) => starts_with_brace(&p.0),
        Expr::Cond(c) => starts_with_brace(&c.0),
        Expr::Seq(list) => list.first().is_some_and(starts_with_brace),
        Expr::Update(_, false, x) | Expr::Chain(x) | Expr::Opt(x) => starts_with_brace(x),
        _ => false,
    }
}

fn statement_needs_parentheses(e: &Expr) -> bool {
    match e {
        Expr::Object(_) | Expr::ObjectPattern(..) | Expr::Func(_) | Expr::Class(_) => true,
        Expr::Member(o, ..) | Expr::Call(o, ..) | Expr::Private(o, ..) => match &**o {
            Expr::Func(_) | Expr::Class(_) => false,
            o => statement_needs_parentheses(o),
        },
        Expr::Index(p, _) | Expr::Binary(_, p) | Expr::Assign(p) | Expr::AssignOp(_, p) => {
            statement_needs_parentheses(&p.0)
        }
        Expr::Cond(c) => statement_needs_parentheses(&c.0),
        Expr::Seq(list) => list.first().is_some_and(statement_needs_parentheses),
        Expr::Update(_, false, x) | Expr::Chain(x) | Expr::Opt(x) => statement_needs_parentheses(x),
        _ => false,
    }
}
