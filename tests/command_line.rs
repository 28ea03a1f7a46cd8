//! The command line as a new user meets it.

use concord_tests::Concord;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

fn concord() -> Concord {
    Concord::new(env!("CARGO_BIN_EXE_concord"))
}

#[test]
fn no_arguments_is_bad_usage_and_shows_help() {
    let ran = concord().run::<&str>(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("Usage: concord <COMMAND>"), "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
}

#[test]
fn help_goes_to_standard_output() {
    let ran = concord().run(&["--help"]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("Exit codes:"), "{}", ran.stdout);
    assert_eq!(ran.stderr, "");
}

#[test]
fn a_missing_file_is_named() {
    for command in ["run", "test", "info"] {
        let ran = concord().run(&[command, "/no/such/app.hap"]);
        assert_eq!(ran.code, 2, "{command}: {}", ran.stderr);
        assert!(ran.stderr.contains("/no/such/app.hap"), "{command}: {}", ran.stderr);
    }
}

#[test]
fn bad_values_are_refused_with_what_is_expected() {
    let ran = concord().run(&["run", "--size", "huge", "x.hap"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("WIDTHxHEIGHT"), "{}", ran.stderr);
    let ran = concord().run(&["test", "--timeout", "0", "x.hap"]);
    assert_eq!(ran.code, 2);
}

/// A package whose suite never finishes, and arguments to run it.
fn endless(concord: &Concord) -> Option<Vec<String>> {
    let hap = concord_tests::fixtures("ability/special/hang/hap")?;
    let package = |name: &str| hap.join(name).display().to_string();
    let json = concord.home().join("report.json").display().to_string();
    let args = ["test", &package("nofinish.hap"), &package("nofinish_test.hap"), "--timeout", "60", "--json", &json];
    Some(args.map(str::to_owned).to_vec())
}

#[test]
fn an_interrupted_run_still_reports() {
    let concord = concord();
    let Some(args) = endless(&concord) else { return };
    let mut child = concord.command(&args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    // The first line of output says that the app is running.
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("output");
    assert_eq!(line, "concord-nofinish: runner started\n");
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(kill.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    let report = std::fs::read_to_string(concord.home().join("report.json")).expect("a report");
    assert!(report.contains("\"interrupted\""), "{report}");
}

#[test]
fn a_reader_that_goes_away_does_not_change_the_verdict() {
    let concord = concord();
    let Some(hap) = concord_tests::fixtures("ability/special/failing/hap") else { return };
    let args = ["test".into(), hap.join("entry.hap"), hap.join("entry_test.hap")];
    let mut child = concord.command(&args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn without_a_home() {
    let concord = concord();
    let Some(hap) = concord_tests::fixtures("ability/special") else { return };
    let app = hap.join("exit-code/hap/entry.hap");
    let run = concord.command(&["run".as_ref(), "--headless".as_ref(), app.as_os_str()]).env_remove("HOME").output();
    let run = run.expect("it starts");
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("CONCORD_HOME"), "{run:?}");
    // A home that nothing can be written to is no hindrance to an app that writes nothing.
    let run =
        concord.command(&["run".as_ref(), "--headless".as_ref(), app.as_os_str()]).env("HOME", "/proc/none").output();
    assert_eq!(run.expect("it starts").status.code(), Some(7));
    // Test runs have a throw-away home and need none of the user's.
    let tests = hap.join("missing-module/hap");
    let args = ["test".into(), tests.join("entry.hap"), tests.join("entry_test.hap")];
    let test = concord.command(&args).env_remove("HOME").output().expect("it starts");
    assert_eq!(test.status.code(), Some(0), "{test:?}");
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_the_run() {
    let concord = concord();
    let Some(hap) = concord_tests::fixtures("ability/special/failing/hap") else { return };
    let args = ["test".into(), hap.join("entry_test.hap"), "--junit".into(), "/no/such/folder/junit.xml".into()];
    let ran = concord.run(&args);
    assert_eq!(ran.code, 2, "{ran:#?}");
    assert!(ran.stderr.contains("/no/such/folder/junit.xml"), "{ran:#?}");
    assert_eq!(ran.stdout, "", "nothing ran");
}

#[test]
fn unsigned_packages_are_refused_when_trust_is_required() {
    let concord = concord();
    let Some(hap) = concord_tests::fixtures("ability/special/exit-code/hap") else { return };
    let app = hap.join("entry.hap");
    let ran = concord.run(&["run".as_ref(), "--headless".as_ref(), "--require-trusted".as_ref(), app.as_os_str()]);
    assert_eq!(ran.code, 2, "{ran:#?}");
}

#[test]
fn doctor_names_the_engine() {
    let ran = concord().run(&["doctor"]);
    assert!(ran.stdout.contains("ok      engine: "), "{ran:#?}");
    assert!(ran.stdout.contains(" fonts: text "), "{ran:#?}");
    let without = concord().command(&["doctor"]).env("CONCORD_JSC", "/no/such/library.so").output().expect("it starts");
    assert_eq!(without.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&without.stdout).contains("Debian, Ubuntu:"), "{without:?}");
}
