//! Packages made to fail, crash, hang, end early, or lack something: the report and the exit code must tell the truth.
//! What each must produce is in the README of the fixtures.

use concord_tests::{Concord, Ran, fixtures};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Ends what hangs although it must not.
const PATIENCE: Duration = Duration::from_secs(120);

struct Special {
    concord: Concord,
    hap: PathBuf,
}

/// A test run's JSON report and what was printed.
struct Tested {
    ran: Ran,
    report: serde_json::Value,
}

impl Special {
    fn new(name: &str) -> Option<Special> {
        let hap = fixtures("ability/special")?.join(name).join("hap");
        Some(Special { concord: Concord::new(env!("CARGO_BIN_EXE_concord")), hap })
    }

    fn package(&self, name: &str) -> String {
        self.hap.join(name).display().to_string()
    }

    /// `concord test MODULE.hap MODULE_test.hap -m MODULE_test …`
    fn test(&self, module: &str, args: &[&str]) -> Tested {
        let json = self.concord.home().join("report.json");
        let (main, tests) = (self.package(&format!("{module}.hap")), self.package(&format!("{module}_test.hap")));
        let name = format!("{module}_test");
        let json_path = json.display().to_string();
        let mut all = vec!["test", &main, &tests, "-m", &name, "--json", &json_path];
        all.extend(args);
        let ran = self.concord.run_within(&all, PATIENCE);
        Tested { report: read_json(&json, &ran), ran }
    }

    fn run(&self, args: &[&str]) -> Ran {
        let package = self.package("entry.hap");
        let mut all = vec!["run", "--headless", &package];
        all.extend(args);
        self.concord.run_within(&all, PATIENCE)
    }
}

fn read_json(file: &Path, ran: &Ran) -> serde_json::Value {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("no report ({error}): {ran:#?}"));
    serde_json::from_str(&text).expect("the report is JSON")
}

impl Tested {
    /// `name:outcome` of every case, in order.
    fn cases(&self) -> Vec<String> {
        let cases = self.report["cases"].as_array().expect("cases");
        cases.iter().map(|case| format!("{}:{}", text(&case["name"]), text(&case["outcome"]))).collect()
    }

    fn message(&self, case: &str) -> &str {
        let cases = self.report["cases"].as_array().expect("cases");
        cases.iter().find(|c| c["name"] == case).and_then(|c| c["message"].as_str()).unwrap_or_default()
    }

    #[track_caller]
    fn expect(&self, code: i32, cases: &[&str]) {
        assert_eq!(self.cases(), cases, "{:#?}", self.ran);
        assert_eq!(self.ran.code, code, "{:#?}", self.ran);
    }
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
fn failing() {
    let Some(special) = Special::new("failing") else { return };
    let junit = special.concord.home().join("junit.xml");
    let tested = special.test("entry", &["--junit", &junit.display().to_string()]);
    tested.expect(1, &["f1_pass_one:passed", "f2_pass_two:passed", "f3_fail:failed", "f4_error:error"]);
    assert_eq!(tested.message("f4_error"), "concord: deliberate error");
    let xml = std::fs::read_to_string(junit).expect("a JUnit file");
    assert!(xml.contains(r#"tests="4" skipped="0" failures="1" errors="1""#), "{xml}");
}

#[test]
fn failing_with_a_newer_reporter() {
    let Some(special) = Special::new("failing") else { return };
    let tested = special.test("mini", &[]);
    tested.expect(
        1,
        &["m1_pass_one:passed", "m2_pass_two:passed", "m3_fail:failed", "m4_error:error", "m5_skip:skipped"],
    );
}

#[test]
fn raw_lines_are_the_platforms_own() {
    let Some(special) = Special::new("failing") else { return };
    let tested = special.test("entry", &["--raw"]);
    let out = &tested.ran.stdout;
    assert!(out.contains("\nOHOS_REPORT_STATUS: class=Failing\n"), "{out}");
    assert!(
        out.contains("\nOHOS_REPORT_RESULT: stream=Tests run: 4, Failure: 1, Error: 1, Pass: 2, Ignore: 0\n"),
        "{out}"
    );
    let tail = "TestFinished-ResultCode: 0\nTestFinished-ResultMsg: your test finished!!!\nuser test finished.\n";
    assert!(out.ends_with(tail), "{out}");
}

#[test]
fn class_and_case_filters() {
    let Some(special) = Special::new("failing") else { return };
    special.test("entry", &["--class", "Failing#f1_pass_one"]).expect(0, &["f1_pass_one:passed"]);
    let none = special.test("entry", &["--class", "Nowhere"]);
    assert_eq!(none.ran.code, 1, "{:#?}", none.ran);
}

#[test]
fn dry_run_lists_and_runs_nothing() {
    let Some(special) = Special::new("failing") else { return };
    let tested = special.test("entry", &["--dry-run"]);
    tested.expect(0, &[]);
    let list = "Failing#f1_pass_one\nFailing#f2_pass_two\nFailing#f3_fail\nFailing#f4_error\n";
    assert_eq!(tested.ran.stdout, list, "{:#?}", tested.ran);
}

#[test]
fn crash_during_a_case() {
    let Some(special) = Special::new("crash") else { return };
    let tested = special.test("entry", &[]);
    let cases = tested.cases();
    assert_eq!(cases.len(), 2, "{:#?}", tested.ran);
    assert!(cases[0].ends_with(":passed") && cases[1].ends_with(":error"), "{cases:?}");
    assert_eq!(tested.ran.code, 1, "{:#?}", tested.ran);
}

#[test]
fn crash_in_on_create() {
    let Some(special) = Special::new("crash") else { return };
    let ran = special.run(&["--exit-after", "idle"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.stderr.contains("about to throw"), "{ran:#?}");
    assert!(ran.stderr.contains("concord: deliberate crash in onCreate"), "{ran:#?}");
    assert!(ran.stderr.contains("EntryAbility.ets:"), "the stack names the source file: {ran:#?}");
    assert!(!ran.stderr.contains("onDestroy must not be reached"), "{ran:#?}");
}

#[test]
fn crash_later() {
    let Some(special) = Special::new("crash") else { return };
    let ran = special.run(&["-a", "LateAbility", "--exit-after", "5000"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.stderr.contains("Error name:RangeError\nError message:concord: deliberate late crash"), "{ran:#?}");
}

#[test]
fn unhandled_rejection() {
    let Some(special) = Special::new("crash") else { return };
    let ran = special.run(&["-a", "RejectAbility", "--exit-after", "5000"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.stderr.contains("concord: deliberate unhandled rejection"), "{ran:#?}");
}

#[test]
fn cases_that_never_end() {
    let Some(special) = Special::new("hang") else { return };
    let tested = special.test("entry", &["-s", "timeout", "400"]);
    let outcomes: Vec<String> = tested.cases().iter().map(|case| case.rsplit(':').next().unwrap().to_owned()).collect();
    assert_eq!(outcomes, ["passed", "error", "error", "passed"], "{:#?}", tested.ran);
    assert_eq!(tested.ran.code, 1, "{:#?}", tested.ran);
    assert!(tested.ran.stdout.contains("execute timeout 400ms"), "{:#?}", tested.ran);
}

#[test]
fn a_busy_loop_is_ended() {
    let Some(special) = Special::new("hang") else { return };
    let tested = special.test("busy", &["--timeout", "2"]);
    let cases = tested.cases();
    assert_eq!(cases.len(), 2, "{:#?}", tested.ran);
    assert!(cases[0].ends_with(":passed") && cases[1].ends_with(":error"), "{cases:?}");
    assert_eq!(tested.ran.code, 124, "{:#?}", tested.ran);
}

#[test]
fn a_runner_that_never_finishes_is_ended() {
    let Some(special) = Special::new("hang") else { return };
    let tested = special.test("nofinish", &["--timeout", "2"]);
    tested.expect(124, &[]);
    assert!(tested.ran.stdout.contains("concord-nofinish: runner started"), "{:#?}", tested.ran);
}

#[test]
fn runs_without_cases_fail() {
    let Some(special) = Special::new("empty-tests") else { return };
    for module in ["entry", "none"] {
        let tested = special.test(module, &[]);
        tested.expect(1, &[]);
        assert!(tested.ran.stdout.contains("no test case was executed"), "{module}: {:#?}", tested.ran);
    }
    let bare = special.test("bare", &[]);
    bare.expect(1, &[]);
    assert!(bare.ran.stdout.contains("is not callable"), "{:#?}", bare.ran);
}

#[test]
fn missing_modules() {
    let Some(special) = Special::new("missing-module") else { return };
    let tested = special.test("entry", &[]);
    assert_eq!(tested.ran.code, 0, "{:#?}", tested.ran);
    assert_eq!(tested.report["counts"]["passed"], 5, "{:#?}", tested.ran);
    let ran = special.run(&["--exit-after", "idle"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.stderr.contains("nosuch=undefined hms=undefined"), "{ran:#?}");
    assert!(ran.stderr.contains("@ohos:concord.nosuch"), "the missing module is named: {ran:#?}");
}

#[test]
fn only_what_is_imported_is_loaded() {
    let Some(special) = Special::new("slow-start") else { return };
    let ran = special.run(&["--exit-after", "idle"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.stderr.contains("startup=0,1,2,1"), "{ran:#?}");
    assert!(ran.stderr.contains("content loaded"), "{ran:#?}");
    let tested = special.test("entry", &[]);
    assert_eq!(tested.ran.code, 0, "{:#?}", tested.ran);
    assert_eq!(tested.report["counts"]["passed"], 4, "{:#?}", tested.ran);
}

#[test]
fn an_app_that_ends_its_process() {
    let Some(special) = Special::new("exit-code") else { return };
    assert_eq!(special.run(&[]).code, 7);
    assert_eq!(special.run(&["--pi", "code", "5"]).code, 5);
    let tested = special.test("entry", &[]);
    let cases = tested.cases();
    assert_eq!(cases.len(), 2, "{:#?}", tested.ran);
    assert!(cases[0].ends_with(":passed") && cases[1].ends_with(":error"), "{cases:?}");
    assert_eq!(tested.ran.code, 3, "{:#?}", tested.ran);
}

#[test]
fn two_runs_at_once_do_not_meet() {
    let Some(special) = Special::new("failing") else { return };
    let package = special.package("entry_test.hap");
    let main = special.package("entry.hap");
    std::thread::scope(|scope| {
        let runs: Vec<_> =
            (0..2).map(|_| scope.spawn(|| special.concord.run_within(&["test", &main, &package], PATIENCE))).collect();
        for run in runs {
            let ran = run.join().expect("no panic");
            assert_eq!(ran.code, 1, "{ran:#?}");
            assert!(ran.stdout.contains("4 tests: 2 passed, 1 failed, 1 error "), "{ran:#?}");
        }
    });
}
