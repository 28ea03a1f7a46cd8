//! Functions and classes: their names are what the bytecode says, whatever JavaScript would infer.

use super::Printer;
use super::expr::level;
use super::stmt::starts_with_brace;
use crate::ast::{Class, ClassMember, ClassMemberKind, Expr, Func, FuncKind, Key, Stmt};
use crate::names::is_reserved;

impl Printer<'_> {
    /// A value in a place where JavaScript would name an anonymous function `inferred`.
    pub(super) fn value(&mut self, e: &Expr, inferred: Option<&str>) {
        let own = match e {
            Expr::Func(f) => f.own,
            _ => None,
        };
        let Some(own) = own else {
            self.named_value(e, inferred);
            return;
        };
        let name = self.names.get(own).to_string();
        self.out.push_str("(() => { const ");
        self.var(own);
        self.out.push_str(" = ");
        self.named_value(e, Some(&name));
        self.out.push_str("; return ");
        self.var(own);
        self.out.push_str("; })()");
    }

    pub(super) fn named_value(&mut self, e: &Expr, inferred: Option<&str>) {
        let name = match e {
            Expr::Func(f) => f.name,
            Expr::Class(c) => c.name,
            _ => {
                self.expr(e, level::ASSIGN);
                return;
            }
        };
        let text = name.map_or("", |n| self.atoms.text(n)).to_string();
        if let Expr::Class(c) = e
            && let Some(own) = c.own
        {
            self.class_with_name(c, &text, own);
            return;
        }
        let named = self.can_be_named(e, &text);
        if inferred == Some(text.as_str()) {
            self.anonymous(e);
        } else if text.is_empty() {
            if inferred.is_some() {
                self.out.push_str("(0, ");
                self.anonymous(e);
                self.out.push(')');
            } else {
                self.anonymous(e);
            }
        } else if named {
            self.named(e, Some(&text));
        } else {
            self.out.push_str("({ ");
            if let Some(n) = name {
                self.string(n);
            }
            self.out.push_str(": ");
            self.anonymous(e);
            self.out.push_str(" })[");
            if let Some(n) = name {
                self.string(n);
            }
            self.out.push(']');
        }
    }

    pub(super) fn can_be_named(&self, e: &Expr, text: &str) -> bool {
        if !crate::names::is_identifier_name(text) || is_reserved(text) || self.names.is_global(text) {
            return false;
        }
        match e {
            Expr::Func(f) => f.kind == FuncKind::Plain && f.free.iter().all(|&v| self.names.get(v) != text),
            Expr::Class(c) => crate::passes::declare::class_free(c).iter().all(|&v| self.names.get(v) != text),
            _ => false,
        }
    }

    pub(super) fn anonymous(&mut self, e: &Expr) {
        self.named(e, None);
    }

    pub(super) fn named(&mut self, e: &Expr, name: Option<&str>) {
        match e {
            Expr::Func(f) => self.function(f, name),
            Expr::Class(c) => self.class(c, name),
            _ => {}
        }
    }

    /// Function expression or arrow function.
    pub(super) fn function(&mut self, f: &Func, name: Option<&str>) {
        if f.is_async {
            self.out.push_str("async ");
        }
        if f.kind == FuncKind::Arrow {
            self.parameters(f);
            self.out.push_str(" => ");
            if let [Stmt::Return(Some(e), here)] = f.body.as_slice() {
                self.mark(*here);
                let object = starts_with_brace(e);
                if object {
                    self.out.push('(');
                }
                let targets = std::mem::take(&mut self.targets);
                self.expr(e, level::ASSIGN);
                self.targets = targets;
                if object {
                    self.out.push(')');
                }
                return;
            }
            self.body(f);
            return;
        }
        self.out.push_str(if f.is_generator { "function* " } else { "function " });
        if let Some(n) = name {
            self.out.push_str(n);
        }
        self.parameters(f);
        self.out.push(' ');
        self.body(f);
    }

    pub(super) fn method(&mut self, prefix: &str, key: &Key, f: &Func) {
        self.out.push_str(prefix);
        if f.is_async {
            self.out.push_str("async ");
        }
        if f.is_generator {
            self.out.push('*');
        }
        self.key(key);
        self.parameters(f);
        self.out.push(' ');
        self.body(f);
    }

    pub(super) fn parameters(&mut self, f: &Func) {
        self.out.push('(');
        let mut first = true;
        for (i, (p, default)) in f.params.iter().enumerate() {
            if !first {
                self.out.push_str(", ");
            }
            first = false;
            self.expr(p, level::ASSIGN);
            match default {
                Some(d) => {
                    self.out.push_str(" = ");
                    self.value(d, self.target_name(p).as_deref());
                }
                None if i >= f.length as usize && f.kind != FuncKind::Constructor => self.out.push_str(" = undefined"),
                None if i >= f.length as usize => self.out.push_str(" = undefined"),
                None => {}
            }
        }
        if let Some(r) = &f.rest {
            if !first {
                self.out.push_str(", ");
            }
            self.out.push_str("...");
            self.expr(r, level::ASSIGN);
        }
        self.out.push(')');
    }

    pub(super) fn body(&mut self, f: &Func) {
        let targets = std::mem::take(&mut self.targets);
        let labels = std::mem::take(&mut self.label_names);
        self.block(&f.body);
        self.targets = targets;
        self.label_names = labels;
    }

    fn constructor(&mut self, c: &Class) {
        if let Some(f) = &c.constructor {
            self.newline();
            self.out.push_str("constructor");
            self.parameters(f);
            self.out.push(' ');
            self.body(f);
        }
    }

    /// A class whose members use its name. That may have to be another one than its `name` property says.
    fn class_with_name(&mut self, c: &Class, text: &str, own: u32) {
        let name = self.names.get(own).to_string();
        if name == text {
            self.class(c, Some(&name));
            return;
        }
        self.out.push_str("$.fn(");
        self.class(c, Some(&name));
        self.out.push_str(", ");
        if let Some(n) = c.name {
            self.string(n);
        }
        let length = c.constructor.as_ref().map_or(0, |f| f.length);
        self.out.push_str(&format!(", {length})"));
    }

    pub(super) fn class(&mut self, c: &Class, name: Option<&str>) {
        self.out.push_str("class ");
        if let Some(n) = name {
            self.out.push_str(n);
            self.out.push(' ');
        }
        if let Some(b) = &c.base {
            self.out.push_str("extends ");
            self.expr(b, level::CALL);
            self.out.push(' ');
        }
        self.out.push('{');
        if c.constructor.is_none() && c.members.is_empty() {
            self.out.push('}');
            return;
        }
        self.indent += 1;
        // As people write it: fields of instances, then the constructor.
        let is_field = |m: &&ClassMember| !m.is_static && matches!(m.kind, ClassMemberKind::Field(..));
        let fields = c.members.iter().take_while(is_field).count();
        for (i, m) in c.members.iter().enumerate() {
            if i == fields {
                self.constructor(c);
            }
            self.newline();
            let prefix = if m.is_static { "static " } else { "" };
            match &m.kind {
                ClassMemberKind::Method(k, f) => self.method(prefix, k, f),
                ClassMemberKind::Getter(k, f) => {
                    self.out.push_str(prefix);
                    self.method("get ", k, f);
                }
                ClassMemberKind::Setter(k, f) => {
                    self.out.push_str(prefix);
                    self.method("set ", k, f);
                }
                ClassMemberKind::Field(k, v) => {
                    self.out.push_str(prefix);
                    self.key(k);
                    if let Some(v) = v {
                        self.out.push_str(" = ");
                        let inferred = match k {
                            Key::Name(a) => self.atoms.text(*a).to_string(),
                            _ => String::from("\u{0}"),
                        };
                        if let [Stmt::Return(Some(value), here)] = v.body.as_slice() {
                            self.mark(*here);
                            self.value(value, Some(&inferred));
                        }
                    }
                    self.out.push(';');
                }
                ClassMemberKind::Block(f) => {
                    self.out.push_str("static ");
                    self.body(f);
                }
            }
        }
        if fields == c.members.len() {
            self.constructor(c);
        }
        self.indent -= 1;
        self.newline();
        self.out.push('}');
    }
}
