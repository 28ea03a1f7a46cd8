//! Expressions, with parentheses only where precedence wants them.

use super::{Printer, number};
use crate::ast::{BinOp, Element, Expr, Key, Prop, UnOp};
use std::fmt::Write;

/// Precedence levels.
pub(super) mod level {
    pub const SEQUENCE: u8 = 1;
    pub const ASSIGN: u8 = 2;
    pub const COND: u8 = 3;
    pub const NULLISH: u8 = 4;
    pub const OR: u8 = 5;
    pub const AND: u8 = 6;
    pub const UNARY: u8 = 16;
    pub const UPDATE: u8 = 17;
    pub const CALL: u8 = 18;
}

pub(super) fn binary(op: BinOp) -> (&'static str, u8) {
    match op {
        BinOp::Nullish => ("??", level::NULLISH),
        BinOp::LogOr => ("||", level::OR),
        BinOp::LogAnd => ("&&", level::AND),
        BinOp::Or => ("|", 7),
        BinOp::Xor => ("^", 8),
        BinOp::And => ("&", 9),
        BinOp::Eq => ("==", 10),
        BinOp::Ne => ("!=", 10),
        BinOp::StrictEq => ("===", 10),
        BinOp::StrictNe => ("!==", 10),
        BinOp::Lt => ("<", 11),
        BinOp::Le => ("<=", 11),
        BinOp::Gt => (">", 11),
        BinOp::Ge => (">=", 11),
        BinOp::In => ("in", 11),
        BinOp::Instanceof => ("instanceof", 11),
        BinOp::Shl => ("<<", 12),
        BinOp::Sar => (">>", 12),
        BinOp::Shr => (">>>", 12),
        BinOp::Add => ("+", 13),
        BinOp::Sub => ("-", 13),
        BinOp::Mul => ("*", 14),
        BinOp::Div => ("/", 14),
        BinOp::Mod => ("%", 14),
        BinOp::Exp => ("**", 15),
    }
}

impl Printer<'_> {
    pub(super) fn elements(&mut self, list: &[Element]) {
        for (i, e) in list.iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            match e {
                Element::Hole => {
                    if i + 1 == list.len() {
                        self.out.push(',');
                    }
                }
                Element::Value(v) => self.value(v, None),
                Element::Spread(v) => {
                    self.out.push_str("...");
                    self.expr(v, level::ASSIGN);
                }
            }
            // Very long lists get lines of their own.
            if self.out.len() - self.line_start > 4000 {
                self.newline();
            }
        }
    }

    /// Name that JavaScript gives to an anonymous function assigned to `target`.
    pub(super) fn target_name(&self, target: &Expr) -> Option<String> {
        match target {
            Expr::Var(v) => Some(self.names.get(*v).to_string()),
            Expr::Global(a) => Some(self.atoms.text(*a).to_string()),
            _ => None,
        }
    }

    pub(super) fn open(&mut self, own: u8, min: u8) -> bool {
        if own < min {
            self.out.push('(');
            true
        } else {
            false
        }
    }

    pub(super) fn close(&mut self, opened: bool) {
        if opened {
            self.out.push(')');
        }
    }

    /// An expression in a place that wants at least precedence `min`.
    pub fn expr(&mut self, e: &Expr, min: u8) {
        match e {
            Expr::Undefined => self.out.push_str("undefined"),
            Expr::Null => self.out.push_str("null"),
            Expr::Bool(b) => self.out.push_str(if *b { "true" } else { "false" }),
            Expr::Num(n) => {
                let text = number(*n);
                let wrap = (text.starts_with('-') && min > level::UNARY) || min >= level::CALL;
                if wrap {
                    self.out.push('(');
                }
                if self.out.ends_with('-') && text.starts_with('-') {
                    self.out.push(' ');
                }
                self.out.push_str(&text);
                self.close(wrap);
            }
            Expr::Str(a) => self.string(*a),
            Expr::BigInt(a) => {
                let text = self.atoms.get(*a).text.clone();
                self.out.push_str(&text);
                self.out.push('n');
            }
            Expr::Regex(p, f) => {
                let (p, f) = (self.atoms.get(*p).text.clone(), self.atoms.get(*f).text.clone());
                let _ = write!(self.out, "/{p}/{f}");
            }
            Expr::Hole => self.out.push_str("hole"),
            Expr::Var(v) => self.var(*v),
            Expr::Global(a) => {
                let text = self.atoms.get(*a).text.clone();
                self.out.push_str(&text);
            }
            Expr::This => self.out.push_str("this"),
            Expr::NewTarget => self.out.push_str("new.target"),
            Expr::Arguments => self.out.push_str("arguments"),
            Expr::Prelude => self.out.push('$'),
            Expr::Module => self.out.push_str("$m"),
            Expr::Super => self.out.push_str("super"),
            Expr::Member(o, name, here) => {
                let optional = self.link(o);
                self.mark(*here);
                let entry = self.atoms.get(*name);
                if entry.is_name {
                    self.out.push_str(if optional { "?." } else { "." });
                    let text = entry.text.clone();
                    self.out.push_str(&text);
                } else {
                    self.out.push_str(if optional { "?.[" } else { "[" });
                    self.string(*name);
                    self.out.push(']');
                }
            }
            Expr::Index(p, here) => {
                let optional = self.link(&p.0);
                self.mark(*here);
                self.out.push_str(if optional { "?.[" } else { "[" });
                self.expr(&p.1, level::SEQUENCE);
                self.out.push(']');
            }
            Expr::Private(o, name, here) => {
                let optional = self.link(o);
                self.mark(*here);
                self.out.push_str(if optional { "?.#" } else { ".#" });
                self.var(*name);
            }
            Expr::PrivateIn(name, o) => {
                let opened = self.open(11, min);
                self.out.push('#');
                self.var(*name);
                self.out.push_str(" in ");
                self.expr(o, 12);
                self.close(opened);
            }
            Expr::Call(c, args, here) => {
                let mut optional = false;
                if matches!(&**c, Expr::Func(f) if f.own.is_none()) {
                    // Nobody can ask a function that is called on the spot for its name.
                    self.out.push('(');
                    self.anonymous(c);
                    self.out.push(')');
                } else {
                    optional = self.link(c);
                }
                self.mark(*here);
                self.out.push_str(if optional { "?.(" } else { "(" });
                self.elements(args);
                self.out.push(')');
            }
            Expr::Chain(x) => {
                // Outside of the parentheses the chain does not go on.
                let wrap = min >= level::CALL;
                if wrap {
                    self.out.push('(');
                }
                self.expr(x, level::CALL);
                self.close(wrap);
            }
            Expr::Opt(x) => self.expr(x, level::CALL),
            Expr::New(c, args, here) => {
                self.mark(*here);
                self.out.push_str("new ");
                let wrap = match &**c {
                    Expr::Checked(x, _) if matches!(**x, Expr::Var(v) if !self.names.holds_hole(v)) => false,
                    c => has_call(c),
                };
                if wrap {
                    self.out.push('(');
                }
                self.expr(c, if wrap { level::SEQUENCE } else { level::CALL });
                self.close(wrap);
                self.mark(*here);
                self.out.push('(');
                self.elements(args);
                self.out.push(')');
            }
            Expr::SuperCall(args, here) => {
                self.out.push_str("super");
                self.mark(*here);
                self.out.push('(');
                self.elements(args);
                self.out.push(')');
            }
            Expr::Helper(helper @ ("ldPrivate" | "stPrivate" | "testIn"), args, here) if matches!(args.first(), Some(Expr::Var(name)) if self.names.is_private(*name)) =>
            {
                self.private_member(helper, args, *here, min);
            }
            Expr::Helper(name, args, here) => {
                self.out.push_str("$.");
                self.out.push_str(name);
                self.mark(*here);
                self.out.push('(');
                for (i, a) in args.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(", ");
                    }
                    self.value(a, None);
                }
                self.out.push(')');
            }
            Expr::Unary(op, x) => {
                let opened = self.open(level::UNARY, min);
                let text = match op {
                    UnOp::Not => "!",
                    UnOp::Neg => "-",
                    UnOp::BitNot => "~",
                    UnOp::Plus => "+",
                    UnOp::Typeof => "typeof ",
                    UnOp::Void => "void ",
                    UnOp::Delete => "delete ",
                };
                if (*op == UnOp::Neg && self.out.ends_with('-')) || (*op == UnOp::Plus && self.out.ends_with('+')) {
                    self.out.push(' ');
                }
                self.out.push_str(text);
                self.expr(x, level::UNARY);
                self.close(opened);
            }
            Expr::Binary(op, p) => {
                let (text, own) = binary(*op);
                let opened = self.open(own, min);
                let (mut left, mut right) = (own, own + 1);
                match op {
                    // `**` takes no unary operator on its left, and binds to the right.
                    BinOp::Exp => (left, right) = (level::UPDATE, own),
                    // `??` does not mix with `&&` and `||`.
                    BinOp::Nullish => {
                        left = if matches!(&p.0, Expr::Binary(BinOp::Nullish, _)) { own } else { 7 };
                        right = 7;
                    }
                    _ => {}
                }
                self.expr(&p.0, left);
                self.out.push(' ');
                self.out.push_str(text);
                self.out.push(' ');
                self.expr(&p.1, right);
                self.close(opened);
            }
            Expr::Cond(c) => {
                let opened = self.open(level::COND, min);
                self.expr(&c.0, level::COND + 1);
                self.out.push_str(" ? ");
                self.value_at(&c.1);
                self.out.push_str(" : ");
                self.value_at(&c.2);
                self.close(opened);
            }
            Expr::Assign(p) => {
                let opened = self.open(level::ASSIGN, min);
                self.expr(&p.0, level::CALL);
                self.out.push_str(" = ");
                let name = self.target_name(&p.0);
                self.value(&p.1, name.as_deref());
                self.close(opened);
            }
            Expr::AssignOp(op, p) => {
                let opened = self.open(level::ASSIGN, min);
                self.expr(&p.0, level::CALL);
                self.out.push(' ');
                self.out.push_str(binary(*op).0);
                self.out.push_str("= ");
                self.expr(&p.1, level::ASSIGN);
                self.close(opened);
            }
            Expr::Update(up, prefix, x) => {
                let opened = self.open(if *prefix { level::UNARY } else { level::UPDATE }, min);
                let text = if *up { "++" } else { "--" };
                if *prefix {
                    if self.out.ends_with(['+', '-']) {
                        self.out.push(' ');
                    }
                    self.out.push_str(text);
                }
                self.expr(x, level::CALL);
                if !*prefix {
                    self.out.push_str(text);
                }
                self.close(opened);
            }
            Expr::ToNumeric(x) => self.call_helper("toNumeric", x),
            Expr::Step(up, x) => {
                if x.is_number() {
                    let opened = self.open(13, min);
                    self.expr(x, 13);
                    self.out.push_str(if *up { " + 1" } else { " - 1" });
                    self.close(opened);
                } else {
                    let inner = match &**x {
                        Expr::ToNumeric(y) => y,
                        _ => x,
                    };
                    self.call_helper(if *up { "inc" } else { "dec" }, inner);
                }
            }
            Expr::Array(list) => {
                self.out.push('[');
                self.elements(list);
                self.out.push(']');
            }
            Expr::Object(props) => self.object(props),
            Expr::Func(_) | Expr::Class(_) => {
                let wrap = min > level::ASSIGN;
                if wrap {
                    self.out.push('(');
                }
                self.value(e, None);
                self.close(wrap);
            }
            Expr::Await(x, here) => {
                let opened = self.open(level::UNARY, min);
                self.mark(*here);
                self.out.push_str("await ");
                self.expr(x, level::UNARY);
                self.close(opened);
            }
            Expr::Yield(delegate, x, here) => {
                let opened = self.open(level::ASSIGN, min);
                self.mark(*here);
                self.out.push_str(if *delegate { "yield* " } else { "yield " });
                self.expr(x, level::ASSIGN);
                self.close(opened);
            }
            Expr::Method(m) => {
                let (home, f) = &**m;
                let super_home = f.uses_super && !matches!(home, Expr::Undefined);
                self.out.push_str(if super_home { "$.withHome(" } else { "(" });
                if super_home {
                    self.expr(home, level::ASSIGN);
                    self.out.push_str(", ");
                }
                self.out.push_str("{ ");
                let key = f.name.map(Key::Name);
                if let Some(k) = &key {
                    self.method("", k, f);
                }
                self.out.push_str(" })");
                if let Some(n) = f.name {
                    if self.atoms.get(n).is_name {
                        self.out.push('.');
                        let text = self.atoms.get(n).text.clone();
                        self.out.push_str(&text);
                    } else {
                        self.out.push('[');
                        self.string(n);
                        self.out.push(']');
                    }
                }
            }
            Expr::Seq(list) => {
                let opened = self.open(level::SEQUENCE, min);
                for (i, x) in list.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(", ");
                    }
                    self.expr(x, level::ASSIGN);
                }
                self.close(opened);
            }
            Expr::Checked(x, name) => {
                if matches!(&**x, Expr::Var(v) if !self.names.holds_hole(*v)) {
                    self.expr(x, min);
                    return;
                }
                self.out.push('(');
                self.expr(x, 11);
                self.out.push_str(" === hole ? $.tdz(");
                self.string(*name);
                self.out.push_str(") : ");
                self.expr(x, level::ASSIGN);
                self.out.push(')');
            }
            Expr::ArrayPattern(list, rest) => {
                self.out.push('[');
                for (i, e) in list.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(", ");
                    }
                    match e {
                        None => {
                            if i + 1 == list.len() && rest.is_none() {
                                self.out.push(',');
                            }
                        }
                        Some((t, d)) => {
                            self.expr(t, level::ASSIGN);
                            if let Some(d) = d {
                                self.out.push_str(" = ");
                                let name = self.target_name(t);
                                self.value(d, name.as_deref());
                            }
                        }
                    }
                }
                if let Some(r) = rest {
                    if !list.is_empty() {
                        self.out.push_str(", ");
                    }
                    self.out.push_str("...");
                    self.expr(r, level::ASSIGN);
                }
                self.out.push(']');
            }
            Expr::ObjectPattern(list, rest) => {
                self.out.push_str("{ ");
                for (i, (k, t)) in list.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(", ");
                    }
                    self.key(k);
                    self.out.push_str(": ");
                    self.expr(t, level::ASSIGN);
                }
                if let Some(r) = rest {
                    if !list.is_empty() {
                        self.out.push_str(", ");
                    }
                    self.out.push_str("...");
                    self.expr(r, level::ASSIGN);
                }
                self.out.push_str(" }");
            }
        }
    }

    pub(super) fn value_at(&mut self, e: &Expr) {
        match e {
            Expr::Func(_) | Expr::Class(_) => self.value(e, None),
            _ => self.expr(e, level::ASSIGN),
        }
    }

    /// What a member or call continues; whether it does so by `?.`.
    fn link(&mut self, object: &Expr) -> bool {
        self.expr(object, level::CALL);
        matches!(object, Expr::Opt(_))
    }

    pub(super) fn call_helper(&mut self, name: &str, x: &Expr) {
        self.out.push_str("$.");
        self.out.push_str(name);
        self.out.push('(');
        self.expr(x, level::ASSIGN);
        self.out.push(')');
    }

    pub(super) fn object(&mut self, props: &[Prop]) {
        if props.is_empty() {
            self.out.push_str("{}");
            return;
        }
        let long = props.len() > 4 || props.iter().any(|p| !matches!(p, Prop::Value(_, v) if v.is_atom()));
        let broken = long && props.len() > 1 || props.iter().any(|p| matches!(p, Prop::Method(..)));
        self.out.push('{');
        if broken {
            self.indent += 1;
        }
        for (i, p) in props.iter().enumerate() {
            if i > 0 {
                self.out.push(',');
            }
            if broken {
                self.newline();
            } else {
                self.out.push(' ');
            }
            match p {
                Prop::Value(k, v) => {
                    self.key(k);
                    self.out.push_str(": ");
                    let inferred = match k {
                        Key::Name(a) => Some(self.atoms.text(*a).to_string()),
                        _ => Some(String::from("\u{0}")),
                    };
                    self.value(v, inferred.as_deref());
                }
                Prop::Method(k, f) => self.method("", k, f),
                Prop::Getter(k, f) => self.method("get ", k, f),
                Prop::Setter(k, f) => self.method("set ", k, f),
                Prop::Spread(v) => {
                    self.out.push_str("...");
                    self.expr(v, level::ASSIGN);
                }
            }
        }
        if broken {
            self.indent -= 1;
            self.newline();
        } else {
            self.out.push(' ');
        }
        self.out.push('}');
    }
}

/// Whether the callee of `new` contains a call, so that it needs parentheses.
fn has_call(e: &Expr) -> bool {
    match e {
        Expr::Var(_) | Expr::Global(_) | Expr::This => false,
        Expr::Member(o, ..) | Expr::Private(o, ..) => has_call(o),
        Expr::Index(p, _) => has_call(&p.0),
        _ => true,
    }
}
