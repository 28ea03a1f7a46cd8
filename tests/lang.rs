//! Every program of fixtures/lang prints exactly its expected.txt, at every bytecode version that it was compiled for.

use concord_tests::{Concord, fixtures};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// One abc file of a program.
struct Case {
    /// `NAME/main.v24`, as in the list of known failures.
    name: String,
    abc: PathBuf,
    entry: String,
    expected: String,
}

/// Files of programs directly below `folder` whose name is `main.<version>.abc` (`main.abc` for none).
fn cases(folder: &Path, prefix: &str, version: Option<&str>) -> Vec<Case> {
    let mut cases = Vec::new();
    for program in fs::read_dir(folder).expect("the fixtures can be listed") {
        let program = program.expect("the fixtures can be listed");
        let name = program.file_name().to_string_lossy().into_owned();
        let program = program.path();
        let Ok(expected) = fs::read_to_string(program.join("expected.txt")) else { continue };
        let stem = version.map_or("main".to_owned(), |version| format!("main.{version}"));
        let abc = program.join(format!("{stem}.abc"));
        if abc.is_file() {
            let entry = format!("{prefix}/{name}/main");
            cases.push(Case { name: format!("{name}/{stem}"), abc, entry, expected });
        }
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// `NAME/main.version: reason` lines.
fn known_failures() -> BTreeMap<String, String> {
    let lines = include_str!("lang_known_failures.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let entries = lines.map(|line| line.split_once(": ").expect("every line is «name: reason»"));
    entries.map(|(name, why)| (name.to_owned(), why.to_owned())).collect()
}

/// What is wrong with a run, if anything.
fn failure(concord: &Concord, case: &Case) -> Option<String> {
    let abc = case.abc.to_string_lossy();
    let ran = concord.run_within(&["ark", "run", &abc, "--entry", &case.entry], Duration::from_secs(120));
    if ran.stdout == case.expected {
        return None;
    }
    let wanted: Vec<&str> = case.expected.lines().collect();
    let got: Vec<&str> = ran.stdout.lines().collect();
    let line = wanted.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let errors: Vec<&str> = ran.stderr.lines().take(4).collect();
    Some(format!(
        "line {}: expected {:?}, got {:?} (exit {})\n      {}",
        line + 1,
        wanted.get(line),
        got.get(line),
        ran.code,
        errors.join("\n      ")
    ))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn check(cases: &[Case]) {
    assert!(!cases.is_empty(), "the fixtures hold no program");
    let known = known_failures();
    let concord = Concord::new(env!("CARGO_BIN_EXE_concord"));
    let next = Mutex::new(cases.iter());
    let problems = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(2, |count| count.get());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let Some(case) = lock(&next).next() else { return };
                    let problem = match (failure(&concord, case), known.get(&case.name)) {
                        (None, None) | (Some(_), Some(_)) => continue,
                        (Some(failure), None) => failure,
                        (None, Some(why)) => format!("passes now, but is a known failure ({why}): remove its line"),
                    };
                    lock(&problems).push(format!("  {}: {problem}", case.name));
                }
            });
        }
    });
    let mut problems = std::mem::take(&mut *lock(&problems));
    problems.sort();
    assert!(problems.is_empty(), "{} of {} programs:\n{}", problems.len(), cases.len(), problems.join("\n"));
}

fn programs(version: Option<&str>) {
    if let Some(folder) = fixtures("lang") {
        check(&cases(&folder, "lang", version));
    }
}

#[test]
fn api_12() {
    programs(None);
}

#[test]
fn api_9() {
    programs(Some("v9"));
}

#[test]
fn api_11() {
    programs(Some("v11"));
}

#[test]
fn api_12_beta() {
    programs(Some("v12b1"));
}

#[test]
fn api_18() {
    programs(Some("v13"));
}

#[test]
fn api_24() {
    programs(Some("v24"));
}

#[test]
fn kernels() {
    if let Some(folder) = fixtures("lang/bench") {
        let versions = [None, Some("v9"), Some("v13"), Some("v24")];
        check(&versions.into_iter().flat_map(|version| cases(&folder, "lang/bench", version)).collect::<Vec<_>>());
    }
}
