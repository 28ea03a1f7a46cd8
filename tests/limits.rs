//! Guest code that loops without end, recurses without end, or eats memory: the right report, never a hung or crashed host.

use concord_abi::abc::Version;
use concord_abi::asm::assemble;
use concord_tests::{Concord, Ran};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// An unpacked package whose ability module runs `code` when it is loaded.
fn package(concord: &Concord, code: &str) -> PathBuf {
    let folder = concord.home().join("app");
    fs::create_dir_all(folder.join("ets")).expect("a folder");
    let text = format!("record &entry/src/main/ets/entryability/EntryAbility&\nmethod func_main_0 (function)\n{code}");
    let abc = assemble(&text, Version::NEWEST).expect("the code assembles");
    fs::write(folder.join("ets/modules.abc"), abc).expect("the abc is written");
    let module = r#"{
        "app": { "bundleName": "dev.concord.limits", "versionCode": 1, "versionName": "1.0.0",
                 "minAPIVersion": 12, "targetAPIVersion": 12, "apiReleaseType": "Release" },
        "module": { "name": "entry", "type": "entry", "mainElement": "EntryAbility", "deviceTypes": ["phone"],
                    "compileMode": "esmodule",
                    "abilities": [{ "name": "EntryAbility", "srcEntry": "./ets/entryability/EntryAbility.ets" }] }
    }"#;
    fs::write(folder.join("module.json"), module).expect("module.json is written");
    folder
}

fn run(code: &str, args: &[&str]) -> Ran {
    let concord = Concord::new(env!("CARGO_BIN_EXE_concord"));
    let folder = package(&concord, code).display().to_string();
    let mut all = vec!["run", "--headless", &folder];
    all.extend(args);
    concord.run_within(&all, Duration::from_secs(60))
}

#[test]
fn an_endless_loop_is_ended_by_the_time_limit() {
    let ran = run("  registers 0 arguments 3\nL0:\n  jmp L0\n", &["--timeout", "1"]);
    assert_eq!(ran.code, 124, "{ran:#?}");
    assert!(ran.stderr.contains("--timeout"), "{ran:#?}");
}

#[test]
fn endless_recursion_is_a_range_error_of_the_guest() {
    let code = "  registers 1 arguments 3\n  definefunc 0, #*#f\n  sta v0\n  callarg1 v0\n  returnundefined\n\
                method #*#f (function)\n  registers 0 arguments 4\n  lda v3\n  callarg1 v3\n  returnundefined\n";
    let ran = run(code, &["--exit-after", "idle"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.stderr.contains("RangeError"), "{ran:#?}");
}

#[test]
fn a_guest_that_eats_memory_is_ended_with_a_report() {
    // A list that grows at its head, so that nothing can be collected.
    let code = "  registers 2 arguments 3\n  ldundefined\n  sta v0\nL0:\n  createemptyarray\n  sta v1\n  lda v0\n  \
                stownbyindex 0, v1\n  lda v1\n  sta v0\n  jmp L0\n";
    let ran = run(code, &["--memory", "200", "--timeout", "50"]);
    assert_eq!(ran.code, 3, "{ran:#?}");
    assert!(ran.stderr.contains("out of memory: the app used more than 200 MiB"), "{ran:#?}");
}
