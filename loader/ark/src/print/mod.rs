//! The tree as text, with the source position of everything that may appear in a stack.
//!
//! `expr.rs` writes expressions, `func.rs` functions and classes under their names, `stmt.rs` statements.

mod expr;
mod func;
mod private;
mod stmt;

use crate::ast::{Key, Label, Loc};
use crate::names::{Atom, Atoms};
use crate::resolve::Names;
use expr::level;
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

    pub(super) fn newline(&mut self) {
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

    pub(super) fn mark(&mut self, here: Loc) {
        if here == 0 || here == self.last {
            return;
        }
        self.last = here;
        let column = (self.out.len() - self.line_start) as u32 + 1;
        self.positions.push(Position { line: self.line, column, source_line: here >> 12, source_column: here & 0xfff });
    }

    pub(super) fn string(&mut self, atom: Atom) {
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

    pub(super) fn string_char(&mut self, c: char) {
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

    pub(super) fn var(&mut self, v: u32) {
        self.out.push_str(self.names.get(v));
    }

    pub(super) fn key(&mut self, key: &Key) {
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
}

fn is_index(text: &str) -> bool {
    text == "0"
        || (!text.is_empty() && text.len() < 10 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()))
}
