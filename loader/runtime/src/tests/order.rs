//! In which order modules run, and what they see of each other.

use super::{module, world};

#[test]
fn dependencies_run_first_and_once() {
    let w = world(vec![
        module("main", "./a ./b", &[], &[], "log('main')"),
        module("a", "./c", &[], &[], "log('a')"),
        module("b", "./c", &[], &[], "log('b')"),
        module("c", "", &[], &[], "log('c')"),
    ]);
    w.import("main").unwrap();
    w.import("main").unwrap();
    assert_eq!(w.log(), "c a b main");
}

#[test]
fn cycles_share_cells() {
    let w = world(vec![
        module("main", "", &["x from ./b"], &["y"], "e[0].v = 'y'; log('main ' + i[0].v + (e[0].v === i[0].v))"),
        module(
            "b",
            "",
            &["y from ./main"],
            &["x"],
            "log('b ' + (i[0].v === $.hole)); e[0].v = 'x'; globalThis.y = i[0]",
        ),
    ]);
    w.import("main").unwrap();
    assert_eq!(w.log(), "b true main xfalse");
    assert_eq!(w.eval("y.v").as_string().as_deref(), Some("y"));
}

#[test]
fn exported_functions_exist_before_any_module_of_a_cycle_runs() {
    let w = world(vec![
        module("main", "./a", &[], &["f"], "e[0].v = () => 'f'; /*body*/ log('main')"),
        module("a", "./b", &[], &["g"], "e[0].v = () => 'g'; /*body*/ log('a')"),
        module("b", "./main", &["f from ./main", "g from ./a"], &[], "log('b ' + i[0].v() + i[1].v())"),
    ]);
    w.import("main").unwrap();
    assert_eq!(w.log(), "b fg a main");
}

#[test]
fn a_failed_module_stays_failed() {
    let w = world(vec![
        module("main", "./bad", &[], &[], "log('never')"),
        module("bad", "", &[], &[], "log('bad'); throw new RangeError('no')"),
    ]);
    assert_eq!(w.import("main").unwrap_err(), "RangeError: no");
    assert_eq!(w.import("main").unwrap_err(), "RangeError: no");
    assert_eq!(w.import("bad").unwrap_err(), "RangeError: no");
    assert_eq!(w.log(), "bad");
}

#[test]
fn lazy_imports_run_when_read_and_skip_the_index() {
    let w = world(vec![
        module(
            "main",
            "",
            &["lazy x from ./index", "lazy z from ./other"],
            &[],
            "log('main'); log(i[0].v); log(i[0].v)",
        ),
        module("index", "", &[], &["x from ./a"], "log('index')"),
        module("a", "./b", &[], &["x"], "log('a'); e[0].v = 'x'"),
        module("b", "", &[], &[], "log('b')"),
        module("other", "", &[], &["z"], "log('other')"),
    ]);
    w.import("main").unwrap();
    assert_eq!(w.log(), "main b a x x");
}

#[test]
fn a_lazy_import_of_a_module_that_is_running_reads_what_there_is() {
    let w = world(vec![
        module("main", "./a", &[], &["x"], "e[0].v = 'late'; log('main')"),
        module("a", "", &["lazy x from ./main"], &[], "log(i[0].v === $.hole); globalThis.cell = i[0]"),
    ]);
    w.import("main").unwrap();
    assert_eq!(w.log(), "true main");
    assert_eq!(w.eval("cell.v").as_string().as_deref(), Some("late"));
}

#[test]
fn awaiting_modules_run_side_by_side_and_parents_wait() {
    let w = world(vec![
        module("main", "./a ./b ./sync", &[], &["m"], "e[0].v = 1; log('main')"),
        module("a", "", &[], &[], "log('a1'); await null; log('a2')"),
        module("b", "./c", &[], &[], "log('b')"),
        module("c", "", &[], &[], "log('c1'); await null; await null; log('c2')"),
        module("sync", "", &[], &[], "log('sync')"),
    ]);
    w.import_async("main");
    assert_eq!(w.log(), "a1 c1 sync a2 c2 b main done m");
    w.import_async("main");
    assert_eq!(w.log(), "done m");
}

#[test]
fn a_rejection_reaches_everything_above_it() {
    let w = world(vec![
        module("main", "./a", &[], &[], "log('never')"),
        module("a", "./b", &[], &[], "log('never')"),
        module("b", "", &[], &[], "await null; throw new Error('b failed')"),
    ]);
    w.import_async("main");
    w.import_async("main");
    w.import_async("a");
    assert_eq!(w.log(), "failed b failed failed b failed failed b failed");
}

#[test]
fn awaiting_cycles_end() {
    let w = world(vec![
        module("main", "./a", &[], &[], "log('main')"),
        module("a", "./main", &[], &[], "log('a1'); await null; log('a2')"),
    ]);
    w.import_async("main");
    w.import_async("a");
    assert_eq!(w.log(), "a1 a2 main done  done ");
}

#[test]
fn dynamic_import_takes_a_job_and_keeps_identity() {
    let w = world(vec![
        module(
            "main",
            "",
            &[],
            &[],
            "$m.import('./a').then(m => $m.import({toString: () => './a'}).then(n => log(m === n))); log('main')",
        ),
        module("a", "", &[], &["x"], "log('a'); e[0].v = 1"),
        module("missing", "", &[], &[], "$m.import('./nope').catch(e => log(e.name + ' ' + e.message))"),
    ]);
    w.import("main").unwrap();
    w.context.drain_microtasks();
    assert_eq!(w.log(), "main a true");
    w.import("missing").unwrap();
    w.context.drain_microtasks();
    assert_eq!(w.log(), "ReferenceError Cannot find module './nope' imported from 'missing'.");
}

#[test]
fn long_chains_do_not_recurse() {
    let count = 20_000;
    let mut sources = Vec::new();
    for index in 0..count {
        let next = if index + 1 == count { String::new() } else { format!("./m{}", index + 1) };
        let body = if index == 0 { "log('first')" } else { "" };
        sources.push(module(&format!("m{index}"), &next, &[], &[], body));
    }
    // Finding a text by name is linear in this test; only linking and the first few levels matter.
    let w = world(sources);
    let inner = w.runtime.inner().clone();
    let id = match inner.store.borrow().entry(0, "m0") {
        Some(crate::store::Target::Record(file, index)) => crate::modules::Key::Record(file, index),
        other => panic!("{other:?}"),
    };
    let id = inner.module_of(id).unwrap_or_else(|error| panic!("{}", error.describe()));
    inner.load(id).and_then(|()| inner.link(id)).unwrap_or_else(|error| panic!("{}", error.describe()));
    assert_eq!(inner.graph.borrow().modules.len(), count);
}
