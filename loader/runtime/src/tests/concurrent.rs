//! Concurrent functions in the runtime of another thread.

use super::{module, world};

/// A world as each thread has it: `main` has a concurrent function that uses one of its two imports.
fn world_of_thread() -> super::World {
    world(vec![
        module(
            "main",
            "",
            &["used from used", "unused from unused"],
            &["f"],
            "const f = function () { return i[0].v + 1; }; $m.concurrent(7, f, [0]); /*body*/ e[0].v = f; log('main')",
        ),
        module("used", "", &[], &["used"], "log('used'); e[0].v = 41"),
        module("unused", "", &[], &["unused"], "log('unused'); e[0].v = 1"),
    ])
}

#[test]
fn another_runtime_finds_the_function_and_runs_only_what_it_uses() {
    let here = world_of_thread();
    let f = here.import("main").unwrap().get("f").unwrap();
    let name = here.runtime.concurrent_name(&f).unwrap();
    assert!(here.runtime.concurrent_name(&here.context.object()).is_none());

    let there = world_of_thread();
    let f = there.runtime.concurrent_function(&name).unwrap();
    assert_eq!(f.call(&there.context.undefined(), &[]).unwrap().as_f64(), Some(42.0));
    assert_eq!(there.log(), "used");
}
