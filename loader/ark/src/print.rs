//! The tree as text, with the source position of everything that may appear in a stack.

use crate::ast::{BinOp, Class, ClassMemberKind, Element, Expr, Func, FuncKind, Key, Label, Loc, Prop, Stmt, UnOp};
use crate::names::{Atom, Atoms, is_reserved};
use crate::resolve::Names;
use std::fmt::Write;

/// A position of the text and of the source, all from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line of the text.
    pub line: u32,
    /// Column of the text.
    pub column: u32,
    /// Line of the source.
    pub source_line: u32,
    /// Column of the source.
    pub source_column: u32,
}

/// Writes text.
pub struct Printer<'p> {
    atoms: &'p Atoms,
    names: &'p Names,
    /// The text.
    pub out: String,
    /// Positions, ascending.
    pub positions: Vec<Position>,
    line: u32,
    line_start: usize,
    scanned: usize,
    indent: usize,
    last: Loc,
    /// Enclosing statements that an unlabelled jump would mean: label, and whether it is a loop.
    targets: Vec<(Label, bool)>,
    labels: u32,
    label_names: Vec<(Label, u32)>,
}

/// Precedence levels.
mod level {
    pub const SEQUENCE: u8 = 1;
    pub const ASSIGN: u8 = 2;
    pub const COND: u8 = 3;
    pub const NULLISH: u8 = 4;
    pub const OR: u8 = 5;
    pub const AND: u8 = 6;
    pub const UNARY: u8 = 15;
    pub const UPDATE: u8 = 16;
    pub const CALL: u8 = 18;
}

fn binary(op: BinOp) -> (&'static str, u8) {
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

/// A number as JavaScript text.
pub fn number(n: f64) -> String {
    if n.is_nan() {
        "NaN".into()
    } else if n.is_infinite() {
        if n > 0.0 { "Infinity".into() } else { "-Infinity".into() }
    } else if n == 0.0 {
        if n.is_sign_negative() { "-0".into() } else { "0".into() }
    } else if n.abs() >= 1e21 || n.abs() < 1e-6 {
        format!("{n:e}")
    } else {
        format!("{n}")
    }
}

impl<'p> Printer<'p> {
    /// An empty printer.
    pub fn new(atoms: &'p Atoms, names: &'p Names) -> Self {
        Printer {
            atoms,
            names,
            out: String::with_capacity(4096),
            positions: vec![],
            line: 1,
            line_start: 0,
            scanned: 0,
            indent: 0,
            last: 0,
            targets: vec![],
            labels: 0,
            label_names: vec![],
        }
    }

    fn newline(&mut self) {
        self.out.push('\n');
        self.line += 1;
        self.line_start = self.out.len();
        self.scanned = 0;
        for _ in 0..self.indent {
            self.out.push_str("  ");
        }
    }

    /// Starts a line of the unit's head.
    pub fn head(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Ends a line of the unit's head.
    pub fn end_line(&mut self) {
        self.newline();
    }

    fn mark(&mut self, here: Loc) {
        if here == 0 || here == self.last {
            return;
        }
        self.last = here;
        let column = (self.out.len() - self.line_start) as u32 + 1;
        self.positions.push(Position { line: self.line, column, source_line: here >> 12, source_column: here & 0xfff });
    }

    fn string(&mut self, atom: Atom) {
        let entry = self.atoms.get(atom);
        self.out.push('"');
        match &entry.utf16 {
            Some(units) => {
                for &u in units.iter() {
                    match char::from_u32(u32::from(u)) {
                        Some(c) if c.is_ascii() => self.string_char(c),
                        _ => {
                            let _ = write!(self.out, "\\u{u:04x}");
                        }
                    }
                }
            }
            None => {
                let text = entry.text.clone();
                for c in text.chars() {
                    self.string_char(c);
                }
            }
        }
        self.out.push('"');
    }

    fn string_char(&mut self, c: char) {
        match c {
            '"' => self.out.push_str("\\\""),
            '\\' => self.out.push_str("\\\\"),
            '\n' => self.out.push_str("\\n"),
            '\r' => self.out.push_str("\\r"),
            '\t' => self.out.push_str("\\t"),
            ' '..='~' => self.out.push(c),
            c => {
                let mut units = [0u16; 2];
                for u in c.encode_utf16(&mut units) {
                    let _ = write!(self.out, "\\u{u:04x}");
                }
            }
        }
    }

    fn var(&mut self, v: u32) {
        self.out.push_str(self.names.get(v));
    }

    fn key(&mut self, key: &Key) {
        match key {
            Key::Name(a) => {
                let entry = self.atoms.get(*a);
                if &*entry.text == "__proto__" && entry.utf16.is_none() {
                    self.out.push_str("[\"__proto__\"]");
                } else if entry.is_name || is_index(&entry.text) {
                    self.out.push_str(&entry.text);
                } else {
                    self.string(*a);
                }
            }
            Key::Computed(e) => {
                self.out.push('[');
                self.expr(e, level::ASSIGN);
                self.out.push(']');
            }
            Key::Private(v) => {
                self.out.push('#');
                self.var(*v);
            }
        }
    }

    fn elements(&mut self, list: &[Element]) {
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

    /// A value in a place where JavaScript would name an anonymous function `inferred`.
    fn value(&mut self, e: &Expr, inferred: Option<&str>) {
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

    fn named_value(&mut self, e: &Expr, inferred: Option<&str>) {
        let name = match e {
            Expr::Func(f) => f.name,
            Expr::Class(c) => c.name,
            _ => {
                self.expr(e, level::ASSIGN);
                return;
            }
        };
        let text = name.map_or("", |n| self.atoms.text(n)).to_string();
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

    fn can_be_named(&self, e: &Expr, text: &str) -> bool {
        if !crate::names::is_identifier_name(text) || is_reserved(text) || self.names.is_global(text) {
            return false;
        }
        match e {
            Expr::Func(f) => f.kind == FuncKind::Plain && f.free.iter().all(|&v| self.names.get(v) != text),
            Expr::Class(c) => crate::passes::declare::class_free(c).iter().all(|&v| self.names.get(v) != text),
            _ => false,
        }
    }

    fn anonymous(&mut self, e: &Expr) {
        self.named(e, None);
    }

    fn named(&mut self, e: &Expr, name: Option<&str>) {
        match e {
            Expr::Func(f) => self.function(f, name),
            Expr::Class(c) => self.class(c, name),
            _ => {}
        }
    }

    /// Function expression or arrow function.
    fn function(&mut self, f: &Func, name: Option<&str>) {
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

    fn method(&mut self, prefix: &str, key: &Key, f: &Func) {
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

    fn parameters(&mut self, f: &Func) {
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

    fn body(&mut self, f: &Func) {
        let targets = std::mem::take(&mut self.targets);
        let labels = std::mem::take(&mut self.label_names);
        self.block(&f.body);
        self.targets = targets;
        self.label_names = labels;
    }

    fn class(&mut self, c: &Class, name: Option<&str>) {
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
        self.indent += 1;
        if let Some(f) = &c.constructor {
            self.newline();
            self.out.push_str("constructor");
            self.parameters(f);
            self.out.push(' ');
            self.body(f);
        }
        for m in &c.members {
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
                            Key::Name(a) => Some(self.atoms.text(*a).to_string()),
                            _ => None,
                        };
                        self.value(v, inferred.as_deref());
                    }
                    self.out.push(';');
                }
                ClassMemberKind::Block(f) => {
                    self.out.push_str("static ");
                    self.body(f);
                }
            }
        }
        self.indent -= 1;
        self.newline();
        self.out.push('}');
    }

    /// Name that JavaScript gives to an anonymous function assigned to `target`.
    fn target_name(&self, target: &Expr) -> Option<String> {
        match target {
            Expr::Var(v) => Some(self.names.get(*v).to_string()),
            Expr::Global(a) => Some(self.atoms.text(*a).to_string()),
            _ => None,
        }
    }

    fn open(&mut self, own: u8, min: u8) -> bool {
        if own < min {
            self.out.push('(');
            true
        } else {
            false
        }
    }

    fn close(&mut self, opened: bool) {
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
                self.expr(o, level::CALL);
                self.mark(*here);
                let entry = self.atoms.get(*name);
                if entry.is_name {
                    self.out.push('.');
                    let text = entry.text.clone();
                    self.out.push_str(&text);
                } else {
                    self.out.push('[');
                    self.string(*name);
                    self.out.push(']');
                }
            }
            Expr::Index(p, here) => {
                self.expr(&p.0, level::CALL);
                self.mark(*here);
                self.out.push('[');
                self.expr(&p.1, level::SEQUENCE);
                self.out.push(']');
            }
            Expr::Private(o, name, here) => {
                self.expr(o, level::CALL);
                self.mark(*here);
                self.out.push_str(".#");
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
                if matches!(&**c, Expr::Func(f) if f.own.is_none()) {
                    // Nobody can ask a function that is called on the spot for its name.
                    self.out.push('(');
                    self.anonymous(c);
                    self.out.push(')');
                } else {
                    self.expr(c, level::CALL);
                }
                self.mark(*here);
                self.out.push('(');
                self.elements(args);
                self.out.push(')');
            }
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

    fn value_at(&mut self, e: &Expr) {
        match e {
            Expr::Func(_) | Expr::Class(_) => self.value(e, None),
            _ => self.expr(e, level::ASSIGN),
        }
    }

    fn call_helper(&mut self, name: &str, x: &Expr) {
        self.out.push_str("$.");
        self.out.push_str(name);
        self.out.push('(');
        self.expr(x, level::ASSIGN);
        self.out.push(')');
    }

    fn object(&mut self, props: &[Prop]) {
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

    // Statements.

    /// `{…}`.
    fn block(&mut self, list: &[Stmt]) {
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

    fn label(&mut self, l: Label) -> u32 {
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

    fn loop_head(&mut self, l: Label, body: &[Stmt], is_loop: bool) {
        self.targets.push((l, is_loop));
        if needs_label(body, l, &mut vec![]) {
            let n = self.label(l);
            let _ = write!(self.out, "L{n}: ");
        }
    }

    /// One statement.
    fn statement(&mut self, s: &Stmt) {
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
                    self.out.push(' ');
                    self.block(&c.body);
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

    fn assignment(&mut self, target: &Expr, value: &Expr, _wrapped: bool) {
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
    fn arm(&mut self, list: &[Stmt], has_else: bool) {
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

fn is_index(text: &str) -> bool {
    text == "0"
        || (!text.is_empty() && text.len() < 10 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether the text of an expression starts with `{`.
fn starts_with_brace(e: &Expr) -> bool {
    match e {
        Expr::Object(_) | Expr::ObjectPattern(..) => true,
        Expr::Member(o, ..) | Expr::Call(o, ..) | Expr::Private(o, ..) => starts_with_brace(o),
        Expr::Index(p, _) | Expr::Binary(_, p) | Expr::Assign(p) | Expr::AssignOp(_, p) => starts_with_brace(&p.0),
        Expr::Cond(c) => starts_with_brace(&c.0),
        Expr::Seq(list) => list.first().is_some_and(starts_with_brace),
        Expr::Update(_, false, x) => starts_with_brace(x),
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
        Expr::Update(_, false, x) => statement_needs_parentheses(x),
        _ => false,
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
