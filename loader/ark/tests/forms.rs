//! Source forms that the text of whole programs has. What the programs print is compared by the tests of the `concord`
//! command; here only the form is looked at.
#![expect(clippy::print_stderr, reason = "a skipped test says why")]

use concord_abi::abc::AbcFile;
use std::path::PathBuf;

/// Text of `lang/<name>/main.abc`; `None` prints that there are no fixtures.
fn text(name: &str) -> Option<String> {
    let root = std::env::var_os("CONCORD_FIXTURES")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    if !root.join("lang").is_dir() {
        eprintln!("skipped: no fixtures (CONCORD_FIXTURES is not set and ../shared/fixtures is absent)");
        return None;
    }
    let bytes = std::fs::read(root.join("lang").join(name).join("main.abc")).expect("fixture can be read");
    let file = AbcFile::parse(&bytes).expect("fixture is a container");
    let options = concord_ark::Options::default();
    let all = concord_ark::translate_all(&file, &options).expect("records");
    Some(all.map(|(_, t)| t.expect("fixture can be translated").text).collect())
}

fn has(name: &str, forms: &[&str]) {
    let Some(text) = text(name) else { return };
    for form in forms {
        assert!(text.contains(form), "{name}: no {form}\n{text}");
    }
}

#[test]
fn logical_operators_and_chains() {
    has("logical-ops", &["t(1, \"a\") && t(2, \"b\")", "t(4, \"g\") || t(5, \"h\")", " ?? 3"]);
    has("optional-chain", &["?.a?.b?.c", "?.[t()][t()](t())", "(await x0)?.x ?? (await x1)?.arr?.length"]);
}

#[test]
fn cases_fall_through_as_in_the_source() {
    has(
        "switch-cases",
        &[
            "case 1:\n        v0.push(\"one\");\n      case 2:",
            "default:\n        v0.push(\"def\");\n      case 3:",
            "switch (true) {",
        ],
    );
}

#[test]
fn loops_have_heads() {
    has("closures-loops", &["for (let i = 0; i < 3; i++) {\n    v0.push(() => i++);"]);
    has("for-in-order", &["for (const v2 in v0) {"]);
}

#[test]
fn spread_and_default_parameters() {
    has("spread-rest", &["[...g(), ...g()]", "Math.max(...v0, ...v1)"]);
    has("fn-params", &["= {}"]);
}

#[test]
fn generators_suspend_natively() {
    let Some(text) = text("spread-rest") else { return };
    assert!(text.contains("yield 1;\n    return 2;"), "{text}");
}

#[test]
fn arrays_are_taken_apart_by_patterns() {
    has(
        "destructure-array",
        &[
            "let [v0, , v1 = 5, ...v2] = [1, 2, undefined, 4, 5];",
            "let [v6, [v7, v8 = \"R\"] = [9], v9] = ",
            "let [[v40], [v41, v42]] = new Map([[1, 2], [3, 4]]);",
        ],
    );
    // What the engine may evaluate at another time keeps the calls.
    has("destructure-array", &["t(\"t1\").a = $.patternTake("]);
}

#[test]
fn patterns_stand_in_heads_and_parameters() {
    has(
        "destructure-array",
        &["for (const [v13, v14] of ", "(([v0, ...v1]) => log(v0, v1))([1, 2, 3]);", "([]) => {}"],
    );
}

#[test]
fn what_cannot_be_taken_apart_does_not_nest_the_rest() {
    has("destructure-object", &["if (v0 == null) throw $.patternNonCoercible();\n  let v"]);
}
