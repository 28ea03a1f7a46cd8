//! Native `for (… of …)`: recovered where the bytecode does what the language does, and nowhere else. What the programs
//! print is compared by the tests of `concord-runtime`; here only the form of the text is looked at.
#![expect(clippy::print_stderr, reason = "a skipped test says why")]

use concord_abi::abc::AbcFile;
use std::path::PathBuf;

fn fixtures() -> Option<PathBuf> {
    let root = std::env::var_os("CONCORD_FIXTURES")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    root.join("lang").is_dir().then_some(root)
}

/// Translates `lang/<name>`; `None` prints that there are no fixtures.
fn text(name: &str) -> Option<String> {
    let Some(root) = fixtures() else {
        eprintln!("skipped: no fixtures (CONCORD_FIXTURES is not set and ../shared/fixtures is absent)");
        return None;
    };
    let bytes = std::fs::read(root.join("lang").join(name)).expect("fixture can be read");
    let file = AbcFile::parse(&bytes).expect("fixture is a container");
    let mut out = String::new();
    for (_, translation) in concord_ark::translate_all(&file, &concord_ark::Options::default()).expect("records") {
        out.push_str(&translation.expect("fixture can be translated").text);
    }
    Some(out)
}

fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

#[test]
fn loops_over_arrays_become_native_in_every_version() {
    for version in ["main.abc", "main.v9.abc", "main.v13.abc", "main.v24.abc"] {
        let Some(text) = text(&format!("loops-basic/{version}")) else { return };
        assert!(count(&text, "for (const ") + count(&text, "for (let ") >= 2, "{version}:\n{text}");
    }
}

#[test]
fn early_exits_leave_native_loops() {
    let Some(text) = text("bench/closures-iterators/main.abc") else { return };
    // Two generators that yield inside of the loop, the lazy map, and three loops of the main function; a pattern of
    // patterns keeps the protocol.
    assert_eq!(count(&text, " of "), 6, "{text}");
    assert_eq!(count(&text, "$.getIterator("), 1, "{text}");
}

/// A body that always leaves has no loop in the code, so the calls stay.
#[test]
fn loops_that_never_come_back_keep_the_protocol() {
    let Some(text) = text("for-of-close/main.abc") else { return };
    assert!(count(&text, " of ") >= 8, "{text}");
    assert!(text.contains("$.getIterator("), "{text}");
}
