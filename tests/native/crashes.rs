//! Every way in which native code can end its process: one report, exit code 3, and nothing else harmed.

use crate::package::{Package, read_json};
use concord_tests::{PATIENCE, Ran};
use serde_json::Value;
use std::process::{Command, Stdio};
use std::time::Instant;

/// What a function of the library is expected to do to its process.
struct Expected {
    function: &'static str,
    signal: i64,
    /// Words of the headline.
    says: &'static str,
    /// The function that the first frame of the app is in.
    frame: &'static str,
}

fn frames<'a>(crash: &'a Value, key: &str) -> Vec<&'a str> {
    let frames = crash["frames"].as_array().map(Vec::as_slice).unwrap_or_default();
    frames.iter().map(|frame| frame[key].as_str().unwrap_or_default()).collect()
}

/// Runs a package that calls `function`, and gives the crash of the JSON report.
#[track_caller]
fn crash(package: &Package) -> (Ran, Value) {
    let (ran, report) = package.run(&[]);
    assert_eq!(ran.code, 3, "{ran:#?}");
    assert_eq!(report["end"], "died", "{report:#}");
    assert_eq!(report["exit_code"], 3, "{report:#}");
    assert_eq!(ran.stderr.matches("concord: the app crashed: ").count(), 1, "one crash, one report: {ran:#?}");
    let kept = package.faultlogs();
    assert_eq!(kept.len(), 1, "{ran:#?}");
    let text = std::fs::read_to_string(&kept[0]).expect("the report was kept");
    assert!(text.contains("Registers:") && text.contains("libcrash.so"), "{text}");
    (ran, report["crash"].clone())
}

#[track_caller]
fn expect(expected: &Expected) {
    let Some(package) = Package::new(expected.function) else { return };
    let (ran, crash) = crash(&package);
    assert_eq!(crash["signal"], expected.signal, "{ran:#?}");
    assert!(ran.stderr.contains(expected.says), "«{}» is not said: {ran:#?}", expected.says);
    let place = crash["frames"].as_array().and_then(|frames| frames.iter().find(|frame| frame["guest"] == true));
    let place = place.unwrap_or_else(|| panic!("no frame of the app: {ran:#?}"));
    assert_eq!(place["module"], "libcrash.so", "{ran:#?}");
    assert_eq!(place["symbol"], expected.frame, "{ran:#?}");
}

/// As [`expect`] for code that script has called: its stack is in the report.
#[track_caller]
fn expect_with_script(expected: &Expected) {
    expect(expected);
    let Some(package) = Package::new(expected.function) else { return };
    let (ran, crash) = crash(&package);
    let script = crash["script"].as_str().unwrap_or_default();
    assert!(script.lines().count() == 2 && script.contains("func_main_0"), "the stack of script: {ran:#?}");
    assert_eq!(crash["main"], true, "{ran:#?}");
}

#[test]
fn a_write_through_null() {
    let frame = "crash_null_write";
    expect_with_script(&Expected { function: "nullWrite", signal: 11, says: "probably a null pointer", frame });
}

#[test]
fn a_jump_to_nowhere() {
    expect_with_script(&Expected { function: "badJump", signal: 11, says: "SEGV_MAPERR", frame: "crash_bad_jump" });
}

#[test]
fn a_division_by_zero() {
    expect(&Expected { function: "divide", signal: 8, says: "SIGFPE (FPE_INTDIV)", frame: "crash_divide" });
}

#[test]
fn an_instruction_that_is_none() {
    expect(&Expected { function: "illegal", signal: 4, says: "SIGILL", frame: "crash_illegal" });
}

#[test]
fn a_breakpoint() {
    expect(&Expected { function: "breakpoint", signal: 5, says: "SIGTRAP", frame: "crash_breakpoint" });
}

#[test]
fn abort() {
    expect_with_script(&Expected {
        function: "abortNow",
        signal: 6,
        says: "the app gave up by itself",
        frame: "crash_abort",
    });
}

#[test]
fn a_fault_in_the_c_library_is_blamed_on_the_caller() {
    expect(&Expected { function: "inLibc", signal: 11, says: "SIGSEGV", frame: "crash_in_libc" });
}

#[test]
fn an_uncaught_exception_keeps_its_message() {
    let says = "terminating due to uncaught exception of type std::runtime_error: on purpose";
    expect(&Expected { function: "uncaught", signal: 6, says, frame: "crash_uncaught" });
}

#[test]
fn the_stack_of_the_main_thread_runs_over() {
    expect(&Expected { function: "recurse", signal: 11, says: "the stack is used up", frame: "crash_recurse" });
}

#[test]
fn the_stack_of_another_thread_runs_over() {
    expect(&Expected { function: "recurseInThread", signal: 11, says: "the stack is used up", frame: "crash_recurse" });
}

#[test]
fn a_fault_in_another_thread() {
    expect(&Expected { function: "nullInThread", signal: 11, says: "«other»", frame: "crash_null_write" });
}

#[test]
fn a_fault_in_async_work() {
    expect(&Expected { function: "inWork", signal: 11, says: "probably a null pointer", frame: "crash_null_write" });
}

#[test]
fn a_fault_in_the_apps_own_handler() {
    let Some(package) = Package::new("inHandler") else { return };
    let (ran, crash) = crash(&package);
    assert_eq!(crash["address"], "0x20", "the second fault, in the handler: {ran:#?}");
}

#[test]
fn a_function_that_nobody_has_is_named() {
    let Some(package) = Package::new("missing") else { return };
    let (ran, _) = package.run(&[]);
    assert!([1, 3].contains(&ran.code), "{ran:#?}");
    assert!(
        ran.stderr.contains("concord_function_that_nobody_has is not implemented (called by libcrash.so)"),
        "{ran:#?}"
    );
}

#[test]
fn an_endless_loop_is_ended_and_its_place_told() {
    let Some(package) = Package::new("endless") else { return };
    let (ran, report) = package.run(&["--timeout", "3"]);
    assert_eq!(ran.code, 124, "{ran:#?}");
    assert_eq!(report["end"], "timed-out");
    assert!(frames(&report["crash"], "symbol").contains(&"crash_endless"), "{ran:#?}");
    assert!(ran.stderr.contains("native code of the app was still running"), "{ran:#?}");
    assert_eq!(package.faultlogs().len(), 0, "no crash");
}

#[test]
fn the_case_that_was_running_is_an_error_and_the_rest_was_not_run() {
    let Some(package) = Package::new("nullWrite") else { return };
    let (json, junit) = (package.concord.home().join("test.json"), package.concord.home().join("junit.xml"));
    let (json_name, junit_name) = (json.display().to_string(), junit.display().to_string());
    let args = ["test", &package.path(), "--runner", "Runner", "--json", &json_name, "--junit", &junit_name];
    let ran = package.concord.run_within(&args, PATIENCE);
    assert_eq!(ran.code, 3, "{ran:#?}");
    let report = read_json(&json);
    assert_eq!(report["cases"][0]["name"], "dies", "{ran:#?}");
    assert_eq!(report["cases"][0]["outcome"], "error");
    assert!(report["cases"][0]["message"].as_str().unwrap_or_default().contains("SIGSEGV"), "{report:#}");
    assert_eq!(report["not_run"], 2, "{report:#}");
    assert!(ran.stdout.contains("1 test: 0 passed, 1 error, 2 not run"), "{ran:#?}");
    let xml = std::fs::read_to_string(junit).expect("a JUnit file");
    assert!(xml.contains("crash_null_write") && xml.contains("Registers:"), "{xml}");
}

#[test]
fn two_apps_at_once_do_not_harm_each_other() {
    let (Some(bad), Some(good)) = (Package::new("nullWrite"), Package::new("nothing")) else { return };
    std::thread::scope(|scope| {
        let (bad, good) = (scope.spawn(|| bad.run(&[])), scope.spawn(|| good.run(&[])));
        let (ran, _) = bad.join().expect("no panic");
        assert_eq!(ran.code, 3, "{ran:#?}");
        let (ran, report) = good.join().expect("no panic");
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert_eq!(report["crash"], Value::Null);
    });
}

#[test]
fn a_signal_from_outside_is_reported_too() {
    let code = "record &entry/src/main/ets/entryability/EntryAbility&\nmethod func_main_0 (function)\n  registers 0 arguments 3\n\
                L0:\n  jmp L0\n";
    let package = Package::with_code(code);
    let mut command = package.concord.command(&["run", "--headless", &package.path()]);
    let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the binary starts");
    let begin = Instant::now();
    let app = loop {
        let children = std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", child.id())).unwrap_or_default();
        let app = children.split_whitespace().next().unwrap_or_default().to_owned();
        if handles_faults(&app) {
            break app;
        }
        assert!(begin.elapsed() < PATIENCE, "the app process does not come up");
        std::thread::sleep(std::time::Duration::from_millis(10));
    };
    assert!(Command::new("kill").args(["-BUS", &app]).status().expect("kill runs").success());
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().expect("a pipe"), &mut said).expect("text");
    assert_eq!(child.wait().expect("it ends").code(), Some(3), "{said}");
    assert!(said.contains("concord: the app crashed: SIGBUS (SI_USER)"), "{said}");
}

/// Whether a process has a handler for SIGSYS, which nobody but the reports of crashes wants.
fn handles_faults(process: &str) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let caught = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    caught & (1 << 30) != 0
}
