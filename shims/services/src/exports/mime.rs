//! Types of files that an app brings along, for the desktop's database of MIME types (`mime/packages/<bundle>.xml`).

use super::uniform_types::{Declared, TypeNames, is_known_extension};
use super::{Export, mark};
use std::fmt::Write;

/// The file; none when the app declares no types of its own.
pub(super) fn export(bundle: &str, declared: &Declared) -> Option<Export> {
    let names = TypeNames::new(declared);
    let mut types = String::new();
    for own in declared.types.iter().take(declared.own) {
        let parents: Vec<String> = own
            .parents
            .iter()
            .flat_map(|parent| names.mimes(parent).into_iter().take(1).filter(|_| is_leaf(parent)))
            .collect();
        for mime in &own.mimes {
            // Without a place to say it in more languages: the platform has one text.
            let comment = if own.description.is_empty() { &own.id } else { &own.description };
            let _ = write!(types, "  <mime-type type=\"{}\">\n    <comment>{}</comment>\n", xml(mime), xml(comment));
            for parent in parents.iter().filter(|parent| *parent != mime) {
                let _ = writeln!(types, "    <sub-class-of type=\"{}\"/>", xml(parent));
            }
            // What is a picture for everybody stays one.
            for end in own.extensions.iter().filter(|end| !is_known_extension(end)) {
                let _ = writeln!(types, "    <glob pattern=\"*.{}\"/>", xml(end));
            }
            types.push_str("  </mime-type>\n");
        }
    }
    if types.is_empty() {
        return None;
    }
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- {}-->\n<mime-info \
         xmlns=\"http://www.freedesktop.org/standards/shared-mime-info\">\n{types}</mime-info>\n",
        mark(bundle)
    );
    Some(Export::new(format!("mime/packages/{bundle}.xml"), text))
}

/// Whether a type is that of files, not a family of types: only the former has a MIME type to be a kind of.
fn is_leaf(name: &str) -> bool {
    let families =
        ["general.image", "general.video", "general.audio", "general.media", "general.archive", "general.file"];
    !families.contains(&name) && !matches!(name, "general.object" | "general.entity" | "general.composite-object")
}

fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // What XML has no room for.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::uniform_types::DeclaredType;

    #[test]
    fn types_are_described() {
        let own = DeclaredType {
            id: "com.example.note".into(),
            parents: vec!["general.plain-text".into(), "general.image".into()],
            extensions: vec!["note".into(), "txt".into()],
            mimes: vec!["application/x-note".into()],
            description: "A <note>".into(),
        };
        let declared = Declared { types: vec![own], own: 1 };
        let export = export("com.example.app", &declared).expect("a file");
        let text = String::from_utf8(export.bytes).unwrap();
        assert!(text.contains("<mime-type type=\"application/x-note\">"), "{text}");
        assert!(text.contains("<comment>A &lt;note&gt;</comment>"), "{text}");
        assert!(text.contains("<sub-class-of type=\"text/plain\"/>"), "{text}");
        assert!(!text.contains("image/"), "{text}");
        assert!(text.contains("<glob pattern=\"*.note\"/>") && !text.contains("*.txt"), "{text}");
        assert_eq!(super::export("a.b", &Declared::default()), None);
    }
}
