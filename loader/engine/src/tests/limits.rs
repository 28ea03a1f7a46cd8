//! Endless loops, endless recursion, endless memory.

use super::{context, text};
use crate::*;
use std::time::Duration;

/// Runs `source` and terminates it from another thread, once it says that it has started.
fn terminated(c: &Context, source: &str) -> Exception {
    let terminator = c.terminator();
    let (started, wait) = std::sync::mpsc::channel();
    c.global()
        .set(
            "started",
            &c.function("started", 0, move |call| {
                let _ = started.send(());
                Ok(call.context.undefined())
            }),
        )
        .unwrap();
    let other = std::thread::spawn(move || {
        wait.recv().unwrap();
        std::thread::sleep(Duration::from_millis(100));
        assert!(terminator.terminate_and_wait(Duration::from_secs(30)));
    });
    let result = c.eval(source, "endless.js");
    other.join().unwrap();
    result.unwrap_err()
}

#[test]
fn endless_loops_end() {
    for source in [
        "started(); for (;;) {}",
        "started(); for (;;) { try { for (;;) {} } catch {} finally { for (;;) {} } }",
        "started(); let o = {}; for (let i = 0;; i++) { o['k' + i % 100] = [i].map(x => x + 1); }",
        "function f() { started(); Promise.resolve().then(f); } f();",
        "(async function () { for (;;) { await null; started(); } })();",
        "Promise.resolve().then(() => { started(); for (;;) {} })",
        "new Promise(() => { started(); for (;;) {} })",
        "started(); function* g() { for (;;) yield 1; } for (const x of g()) {}",
        "started(); [3, 2, 1].sort(() => { for (;;) {} })",
    ] {
        let c = context!();
        let thrown = terminated(&c, source);
        assert!(thrown.is_termination(), "{source}");
        assert_eq!(c.termination(), Some(Termination::Requested));
        assert!(c.eval("1", "t").unwrap_err().is_termination());
        c.clear_termination();
        assert_eq!(text(&c, "1 + 1"), "2", "{source}");
    }
}

#[test]
fn a_termination_passes_through_native_frames() {
    let c = context!();
    let run = c.function("run", 1, |call| call.arg(0).call(&call.this, &[]));
    c.global().set("run", &run).unwrap();
    let thrown = terminated(&c, "started(); for (;;) { try { run(() => { for (;;) {} }) } catch {} }");
    assert!(thrown.is_termination());
}

#[test]
fn endless_recursion_is_a_range_error() {
    let c = context!();
    let run = c.function("run", 1, |call| call.arg(0).call(&call.this, &[]));
    c.global().set("run", &run).unwrap();
    for source in [
        "(function f() { return 1 + f(); })()",
        "'use strict'; (function f() { return f(); })()",
        "(function f() { return run(f); })()",
        "run(function f() { f(); })",
        "class A { get x() { return this.x; } } new A().x",
        "let o = {}; o.toString = () => '' + o; '' + o",
        "let a = []; for (let i = 0; i < 1e6; i++) a = [a]; JSON.stringify(a)",
    ] {
        let thrown = c.eval(source, "deep.js").unwrap_err();
        assert!(thrown.headline().starts_with("RangeError"), "{source}: {thrown}");
        assert_eq!(text(&c, "1 + 1"), "2");
    }
}

#[test]
fn recursion_is_bounded_on_small_and_large_stacks() {
    for size in [512 << 10, 2 << 20, 64 << 20] {
        std::thread::Builder::new()
            .stack_size(size)
            .spawn(|| {
                let c = context!();
                let run = c.function("run", 1, |call| call.arg(0).call(&call.this, &[]));
                c.global().set("run", &run).unwrap();
                for source in ["(function f() { return 1 + f(); })()", "(function f() { return run(f); })()"] {
                    let thrown = c.eval(source, "deep.js").unwrap_err();
                    assert!(thrown.headline().starts_with("RangeError"), "{thrown}");
                }
            })
            .unwrap()
            .join()
            .unwrap();
    }
}

#[test]
fn text_nested_too_deep_is_an_error() {
    let c = context!();
    for (open, middle, close) in [
        ("[", "", "]"),
        ("(", "1", ")"),
        ("{", "", "}"),
        ("if(1)", ";", ""),
        ("function f(){", "", "}"),
        ("-(", "1", ")"),
    ] {
        let source = format!("{}{middle}{}", open.repeat(200_000), close.repeat(200_000));
        assert!(c.check_syntax(&source, "deep.js").is_err(), "{open}");
        assert!(c.eval(&source, "deep.js").is_err(), "{open}");
    }
    let sum = format!("0{}", "+1".repeat(500_000));
    // Accepted or not, it must not crash.
    let _ = c.eval(&sum, "sum.js");
    assert_eq!(text(&c, "1 + 1"), "2");
}

#[test]
fn a_guest_that_eats_memory_is_ended() {
    for source in [
        "let all = []; for (;;) all.push(new Array(1000).fill(1.5));",
        "let all = []; for (;;) { try { all.push({ a: 1, b: [2] }); } catch {} }",
        "let all = []; for (;;) all.push(new Uint8Array(1 << 20).fill(1));",
        "let s = 'x', all = []; for (;;) { all.push((s + all.length).repeat(100000)); }",
        "let m = new Map(); for (let i = 0;; i++) m.set(i, 'v' + i);",
    ] {
        let c = context!();
        c.set_memory_limit(Some(700 << 20));
        let thrown = c.eval(source, "hungry.js").unwrap_err();
        assert_eq!(c.termination(), Some(Termination::OutOfMemory), "{source}: {thrown}");
    }
}

#[test]
fn impossible_allocations_are_errors() {
    let c = context!();
    for source in ["'x'.repeat(2 ** 31)", "new ArrayBuffer(2 ** 52)", "new Array(-1)", "let s = 'x'; for (;;) s += s;"]
    {
        let thrown = c.eval(source, "large.js").unwrap_err();
        assert!(thrown.headline().starts_with("RangeError"), "{source}: {thrown}");
    }
}
