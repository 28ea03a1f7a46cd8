//! How a guest's process ends: each way in a process of its own.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use concord_elf::{Namespace, Options, Symbol};
use concord_syscalls::VirtualPaths;
use std::ffi::c_int;
use std::process::Command;
use std::sync::Arc;

/// Says to this program, when it is started again, which way to go.
const WAY: &str = "CONCORD_LIBC_END";

/// A function of the library.
fn function<F: Copy>(name: &str) -> F {
    let Some(Symbol::Address(address)) = concord_libc::library().symbol(name) else { panic!("{name} is not there") };
    assert_eq!(size_of::<F>(), size_of::<usize>());
    // SAFETY: the callers know the functions' types.
    unsafe { std::mem::transmute_copy(&address) }
}

extern "C" fn first() {
    println!("\nfirst");
}

extern "C" fn second() {
    println!("\nsecond");
}

fn go(way: &str) {
    concord_libc::install(concord_libc::Process {
        name: "com.example.ends".into(),
        paths: Arc::new(VirtualPaths::new()),
        environment: Vec::new(),
        api_version: 20,
        target_sdk_version: 12,
        exit: |code| {
            println!("\nthe app ends with {code}");
            concord_libc::end_process(code)
        },
    });
    Namespace::install(Options { sources: Vec::new(), system: vec![concord_libc::library()], on_missing: |_, _| {} });
    type Register = extern "C" fn(extern "C" fn()) -> c_int;
    type End = extern "C" fn(c_int) -> !;
    match way {
        "exit" => {
            for handler in [first, second] {
                assert_eq!(function::<Register>("atexit")(handler), 0);
            }
            function::<End>("exit")(5)
        }
        "quick_exit" => {
            assert_eq!(function::<Register>("atexit")(first), 0);
            assert_eq!(function::<Register>("at_quick_exit")(second), 0);
            function::<End>("quick_exit")(6)
        }
        "_exit" => {
            assert_eq!(function::<Register>("atexit")(first), 0);
            function::<End>("_exit")(7)
        }
        _ => {
            let child = function::<extern "C" fn() -> c_int>("fork")();
            if child == 0 {
                function::<End>("exit")(8);
            }
            let mut status = 0;
            type Wait = extern "C" fn(c_int, *mut c_int, c_int) -> c_int;
            assert_eq!(function::<Wait>("waitpid")(child, &mut status, 0), child);
            println!("\nthe child ended with {}", libc::WEXITSTATUS(status));
            function::<End>("exit")(9)
        }
    }
}

/// What a way prints, and its code.
fn follow(way: &str) -> (Vec<String>, Option<i32>) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["ends", "--exact", "--nocapture", "--test-threads=1"])
        .env(WAY, way)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let known = ["first", "second", "the "];
    let lines = text.lines().filter(|line| known.iter().any(|known| line.starts_with(known)));
    (lines.map(str::to_owned).collect(), output.status.code())
}

#[test]
fn ends() {
    if let Ok(way) = std::env::var(WAY) {
        return go(&way);
    }
    let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    assert_eq!(follow("exit"), (lines(&["second", "first", "the app ends with 5"]), Some(5)));
    assert_eq!(follow("quick_exit"), (lines(&["second", "the app ends with 6"]), Some(6)));
    assert_eq!(follow("_exit"), (lines(&["the app ends with 7"]), Some(7)));
    assert_eq!(follow("fork"), (lines(&["the child ended with 8", "the app ends with 9"]), Some(9)));
}
