//! Interned strings of a unit, and the rules for turning them into JavaScript identifiers.

use rustc_hash::FxHashMap;
use std::rc::Rc;

/// An interned string: index into [`Atoms`].
pub type Atom = u32;

/// Text of an atom.
#[derive(Debug, Clone)]
pub struct AtomText {
    /// Text (lossy when `utf16` is given).
    pub text: Rc<str>,
    /// Code units when the text has lone surrogates.
    pub utf16: Option<Rc<[u16]>>,
    /// Whether the text can stand where JavaScript wants an identifier name (reserved words included).
    pub is_name: bool,
}

/// The interner.
#[derive(Debug, Default)]
pub struct Atoms {
    entries: Vec<AtomText>,
    by_text: FxHashMap<Rc<str>, Atom>,
    by_utf16: FxHashMap<Rc<[u16]>, Atom>,
}

impl Atoms {
    /// Interns ordinary text.
    pub fn intern(&mut self, text: &str) -> Atom {
        if let Some(&a) = self.by_text.get(text) {
            return a;
        }
        let rc: Rc<str> = text.into();
        let atom = self.entries.len() as Atom;
        self.entries.push(AtomText { is_name: is_identifier_name(text), text: rc.clone(), utf16: None });
        self.by_text.insert(rc, atom);
        atom
    }
    /// Interns text that has lone surrogates.
    pub fn intern_utf16(&mut self, units: &[u16]) -> Atom {
        if let Some(&a) = self.by_utf16.get(units) {
            return a;
        }
        let rc: Rc<[u16]> = units.into();
        let atom = self.entries.len() as Atom;
        let text: Rc<str> = String::from_utf16_lossy(units).into();
        self.entries.push(AtomText { text, utf16: Some(rc.clone()), is_name: false });
        self.by_utf16.insert(rc, atom);
        atom
    }
    /// The entry of an atom.
    pub fn get(&self, atom: Atom) -> &AtomText {
        &self.entries[atom as usize]
    }
    /// The text of an atom.
    pub fn text(&self, atom: Atom) -> &str {
        &self.entries[atom as usize].text
    }
}

/// Whether `text` is an IdentifierName of ASCII letters, digits, `_`, `$` and non-ASCII letters.
pub fn is_identifier_name(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some(c) if c == '_' || c == '$' || c.is_ascii_alphabetic() || is_other_letter(c) => {}
        _ => return false,
    }
    text.len() < 200 && chars.all(|c| c == '_' || c == '$' || c.is_ascii_alphanumeric() || is_other_letter(c))
}

/// Letters outside of ASCII that every engine of the last ten years accepts in identifiers.
fn is_other_letter(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{391}'..='\u{3a1}' | '\u{3b1}'..='\u{3c9}' | '\u{410}'..='\u{44f}' | '\u{4e00}'..='\u{9fa5}')
}

/// Words that cannot be the name of a variable in a strict async or generator function.
pub fn is_reserved(text: &str) -> bool {
    matches!(
        text,
        "arguments"
            | "async"
            | "await"
            | "break"
            | "case"
            | "catch"
            | "class"
            | "const"
            | "continue"
            | "debugger"
            | "default"
            | "delete"
            | "do"
            | "else"
            | "enum"
            | "eval"
            | "export"
            | "extends"
            | "false"
            | "finally"
            | "for"
            | "function"
            | "if"
            | "implements"
            | "import"
            | "in"
            | "instanceof"
            | "interface"
            | "let"
            | "new"
            | "null"
            | "of"
            | "package"
            | "private"
            | "protected"
            | "public"
            | "return"
            | "static"
            | "super"
            | "switch"
            | "this"
            | "throw"
            | "true"
            | "try"
            | "typeof"
            | "undefined"
            | "NaN"
            | "Infinity"
            | "var"
            | "void"
            | "while"
            | "with"
            | "yield"
            | "$"
            | "$m"
            | "hole"
    )
}

/// Makes an identifier out of any text: other characters become `_`.
pub fn sanitise(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(64));
    for c in text.chars().take(64) {
        if c == '_' || c == '$' || c.is_ascii_alphanumeric() || is_other_letter(c) {
            if out.is_empty() && c.is_ascii_digit() {
                out.push('_');
            }
            out.push(c);
        } else {
            out.push('_');
        }
    }
    if out.is_empty() {
        out.push('_');
    }
    out
}

/// The name that a function shows: the text after the last `#` of a mangled method name without a trailing `^hex`.
pub fn function_name(mangled: &str) -> &str {
    if !mangled.starts_with('#') {
        return mangled;
    }
    let name = mangled.rsplit_once('#').map_or(mangled, |(_, n)| n);
    match name.rsplit_once('^') {
        Some((head, tail)) if !tail.is_empty() && tail.bytes().all(|b| b.is_ascii_hexdigit()) => head,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_names_come_after_the_last_mark() {
        for (mangled, name) in [
            ("#~A>#foo", "foo"),
            ("#*#f^1", "f"),
            ("#*#a^b", "a"),
            ("#*#", ""),
            ("func_main_0", "func_main_0"),
            ("#*#x^", "x^"),
        ] {
            assert_eq!(function_name(mangled), name, "{mangled}");
        }
    }

    #[test]
    fn any_text_becomes_an_identifier() {
        for text in ["", "1a", "a-b", "x y", "\u{1f600}", "class"] {
            let name = sanitise(text);
            assert!(is_identifier_name(&name), "{text:?} became {name:?}");
        }
        assert!(is_reserved("class") && is_reserved("arguments") && is_reserved("hole"));
        assert!(!is_identifier_name("a b") && !is_identifier_name("9"));
    }

    #[test]
    fn equal_texts_are_one_atom_but_lone_surrogates_are_their_own() {
        let mut atoms = Atoms::default();
        let a = atoms.intern("x");
        assert_eq!(a, atoms.intern("x"));
        assert_ne!(a, atoms.intern_utf16(&[0x78]));
        let lone = atoms.intern_utf16(&[0xd800]);
        assert_eq!(lone, atoms.intern_utf16(&[0xd800]));
        assert!(!atoms.get(lone).is_name);
    }
}
