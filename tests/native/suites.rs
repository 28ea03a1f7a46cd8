//! The suites of the native fixtures, through `concord test`. Cases that do not pass are listed in `known_failures.txt`, with reasons.

use concord_tests::{Concord, PATIENCE, fixtures};
use std::collections::BTreeMap;

/// `suite#case` and why it does not pass, of one fixture: lines `fixture suite#case reason`.
fn known(fixture: &str) -> BTreeMap<&'static str, &'static str> {
    let lines = include_str!("known_failures.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mine = lines.filter_map(|line| line.strip_prefix(fixture)?.strip_prefix(' ')?.split_once(' '));
    mine.collect()
}

/// Every case of a fixture passes but those that are known not to; there are `cases` of them.
fn suite(fixture: &str, cases: usize) {
    let Some(folder) = fixtures(&format!("native/{fixture}")) else { return };
    let concord = Concord::new(env!("CARGO_BIN_EXE_concord"));
    let json = concord.home().join("report.json");
    let file = json.display().to_string();
    let package = |name: &str| folder.join(name).display().to_string();
    let (main, tests) = (package("entry.hap"), package("entry_test.hap"));
    let args =
        ["test", &main, &tests, "-m", "entry_test", "-s", "timeout", "15000", "--clock", "real", "--json", &file];
    let ran = concord.run_within(&args, 3 * PATIENCE);
    let report = crate::package::read_json(&json);
    let all = report["cases"].as_array().unwrap_or_else(|| panic!("no report: {ran:#?}"));
    let name = |case: &serde_json::Value| {
        format!("{}#{}", case["suite"].as_str().unwrap_or_default(), case["name"].as_str().unwrap_or_default())
    };
    let known = known(fixture);
    let passed = |case: &&serde_json::Value| case["outcome"] == "passed";
    let failed: Vec<_> = all.iter().filter(|case| !passed(case)).collect();
    let new: Vec<_> = failed.iter().filter(|case| !known.contains_key(name(case).as_str())).collect();
    assert!(new.is_empty(), "{} new failures: {new:#?}\n{}", new.len(), ran.stderr);
    let mended: Vec<_> = all.iter().filter(passed).map(name).filter(|name| known.contains_key(name.as_str())).collect();
    assert!(mended.is_empty(), "these pass now and are to be taken out of known_failures.txt: {mended:?}");
    assert_eq!(all.len(), cases, "{ran:#?}");
    assert_eq!(ran.code, i32::from(!failed.is_empty()), "{ran:#?}");
}

#[test]
fn napi_basics() {
    suite("napi-basics", 116);
}

#[test]
fn libc_conformance() {
    suite("libc-conformance", 186);
}

#[test]
fn cxx_exceptions() {
    suite("cxx-exceptions", 48);
}

#[test]
fn bench_native() {
    suite("bench-native", 19);
}
