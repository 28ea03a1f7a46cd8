//! Apps with pages (fixtures `ui`), driven by their own UI tests through `concord test`.
//!
//! A case that does not pass has to be in `ui_known_failures.txt` with its reason, and one that passes must not be.

use concord_tests::{Concord, fixtures};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Known failures of an app (`gallery`, `gallery-api12` …): `Suite#case`.
fn known(app: &str) -> BTreeSet<String> {
    include_str!("ui_known_failures.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let apps = fields.next()?;
            let case = fields.next()?;
            apps.split(',').any(|known| known == app).then(|| case.to_owned())
        })
        .collect()
}

/// The cases of an app by suite, from the table of the fixtures.
fn cases(folder: &Path, app: &str) -> BTreeMap<String, BTreeSet<String>> {
    let table = std::fs::read_to_string(folder.join("cases.tsv")).expect("the table of cases");
    let mut suites: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in table.lines() {
        let mut fields = line.split('\t');
        if let (Some(owner), Some(suite), Some(case)) = (fields.next(), fields.next(), fields.next())
            && owner == app
        {
            suites.entry(suite.to_owned()).or_default().insert(case.to_owned());
        }
    }
    suites
}

/// Runs suites, each in a process of its own, and compares with what is known. `build` is the end of the packages' names.
fn run(app: &str, build: &str, wanted: impl Fn(&str) -> bool) {
    let Some(folder) = fixtures("ui") else { return };
    let known = known(&format!("{app}{build}"));
    let mut wrong = Vec::new();
    for (suite, cases) in cases(&folder, app).into_iter().filter(|(suite, _)| wanted(suite)) {
        let concord = Concord::new(env!("CARGO_BIN_EXE_concord"));
        let json = concord.home().join("report.json").display().to_string();
        let package = |name: &str| folder.join(app).join(format!("{name}{build}.hap")).display().to_string();
        let (main, tests) = (package("entry"), package("entry_test"));
        let ran = concord.run(&["test", &main, &tests, "-s", "timeout", "15000", "--class", &suite, "--json", &json]);
        let text = std::fs::read_to_string(&json).unwrap_or_else(|error| panic!("no report ({error}): {ran:#?}"));
        let report: serde_json::Value = serde_json::from_str(&text).expect("the report is JSON");
        let passed: BTreeSet<&str> = report["cases"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|case| case["outcome"] == "passed")
            .filter_map(|case| case["name"].as_str())
            .collect();
        for case in cases {
            let name = format!("{suite}#{case}");
            match (passed.contains(case.as_str()), known.contains(&name)) {
                (true, true) => wrong.push(format!("{name} passes: strike it from the known failures")),
                (false, false) => wrong.push(format!("{name} does not pass")),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{app}{build}:\n{}", wrong.join("\n"));
}

/// The suites whose names begin with a letter of a range.
fn between(first: char, last: char) -> impl Fn(&str) -> bool {
    move |suite: &str| suite.chars().next().is_some_and(|letter| (first..=last).contains(&letter))
}

#[test]
fn counter() {
    run("counter", "", |_| true);
}

#[test]
fn counter_with_old_names_of_records() {
    run("counter", "-bundle", |_| true);
}

#[test]
fn todo() {
    run("todo", "", |_| true);
}

#[test]
fn gallery_a_to_g() {
    run("gallery", "", between('A', 'G'));
}

#[test]
fn gallery_h_to_l() {
    run("gallery", "", between('H', 'L'));
}

#[test]
fn gallery_m_to_r() {
    run("gallery", "", between('M', 'R'));
}

#[test]
fn gallery_s_to_z() {
    run("gallery", "", between('S', 'Z'));
}

#[test]
fn gallery_api12_a_to_l() {
    run("gallery", "-api12", between('A', 'L'));
}

#[test]
fn gallery_api12_m_to_z() {
    run("gallery", "-api12", between('M', 'Z'));
}

/// The size of a PNG file, from its header.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    bytes.starts_with(b"\x89PNG\r\n\x1a\n").then_some((number(16)?, number(20)?))
}

#[test]
fn a_picture_of_the_screen_is_taken_at_the_end() {
    let Some(folder) = fixtures("ui") else { return };
    let concord = Concord::new(env!("CARGO_BIN_EXE_concord"));
    let hello = folder.join("hello/entry.hap").display().to_string();
    let picture = concord.home().join("hello.png");
    let file = picture.display().to_string();
    let options = ["--headless", "--exit-after", "idle", "--size", "720x1280", "--density", "2", "--screenshot", &file];
    let ran = concord.run(&[["run", &hello].as_slice(), &options].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let bytes = std::fs::read(&picture).expect("the picture");
    assert_eq!(png_size(&bytes), Some((720, 1280)));
    let missing = concord.home().join("no/such/folder/hello.png").display().to_string();
    let ran = concord.run(&["run", &hello, "--headless", "--exit-after", "idle", "--screenshot", &missing]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
}

#[test]
fn failing_cases_leave_a_picture_and_their_layout() {
    let Some(folder) = fixtures("ui") else { return };
    let concord = Concord::new(env!("CARGO_BIN_EXE_concord"));
    let package = |name: &str| folder.join("counter").join(name).display().to_string();
    let pictures = concord.home().join("pictures");
    let shown = pictures.display().to_string();
    // A millisecond is not enough for any case that waits.
    let options = ["-s", "timeout", "1", "--class", "CounterTest#minus_goes_negative", "--screenshots", &shown];
    let ran = concord.run(&[["test", &package("entry.hap"), &package("entry_test.hap")].as_slice(), &options].concat());
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let picture = std::fs::read(pictures.join("CounterTest.minus_goes_negative.png")).expect("the picture");
    assert_eq!(png_size(&picture), Some((1080, 2340)));
    let layout = std::fs::read_to_string(pictures.join("CounterTest.minus_goes_negative.json")).expect("the layout");
    assert!(layout.contains("\"root\""), "{layout}");
}
