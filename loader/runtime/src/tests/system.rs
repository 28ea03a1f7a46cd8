//! System modules: faces, stubs, missing ones, mocks.

use super::{module, world_with};
use crate::{Api, FaceModule, Support, UseKind};

static FACE: FaceModule = FaceModule {
    request: "@ohos:demo",
    source: "(function (host, system) { 'use strict';
        return { twice: n => host.twice(n), later: cb => system.async(() => host.twice(21), cb), group: {},
                 fail() { throw new system.BusinessError(401, 'bad', 'data') } }; })",
    natives: &[("twice", |call| Ok(call.context.number(call.arg(0).to_number()? * 2.0)))],
    apis: &[
        Api { path: "twice", support: Support::Full },
        Api { path: "gone", support: Support::Stub },
        Api { path: "group.gone", support: Support::Stub },
    ],
};

#[test]
fn faces_have_leaves_and_async_results() {
    let w = world_with(
        vec![module(
            "main",
            "",
            &["default from @ohos:demo", "twice from @ohos:demo", "* from @ohos:demo"],
            &[],
            "
            log(i[0].v.twice(2) + i[1].v(3)); log(i[0].v === $m.ns(0));
            i[0].v.later((e, v) => log(e + ' ' + v)); i[0].v.later().then(v => log('promise ' + v));
            try { i[0].v.fail() } catch (e) { log([e.code, e.data, e.name, e instanceof Error].join()) }",
        )],
        &[&FACE],
    );
    w.import("main").unwrap();
    w.context.drain_microtasks();
    assert_eq!(w.log(), "10 true 401,data,BusinessError,true promise 42 undefined 42");
}

#[test]
fn stubs_throw_801_and_are_counted() {
    let w = world_with(
        vec![module(
            "main",
            "",
            &["default from @ohos:demo"],
            &[],
            "
            for (const f of [i[0].v.gone, i[0].v.gone, i[0].v.group.gone]) try { f() } catch (e) { log(e.code) }",
        )],
        &[&FACE],
    );
    w.import("main").unwrap();
    assert_eq!(w.log(), "801 801 801");
    let report = w.runtime.report();
    let uses: Vec<_> = report.iter().map(|entry| (entry.kind, entry.api.as_str(), entry.count)).collect();
    assert_eq!(uses, [(UseKind::Stub, "@ohos:demo:gone", 2), (UseKind::Stub, "@ohos:demo:group.gone", 1)]);
    assert!(report[0].first_site.as_deref().is_some_and(|site| site.contains("func_main_0 (main")), "{report:?}");
}

#[test]
fn missing_modules_load_with_undefined_members() {
    let w = world_with(
        vec![module(
            "main",
            "",
            &["default from @ohos:nosuch", "x from @hms:a.b", "absent from @ohos:demo"],
            &[],
            "
            log([typeof i[0].v, typeof i[1].v, typeof i[2].v, typeof $m.ns(0).anything]);
            $m.import('@ohos.nosuch2').then(m => log(m.default));
            try { i[0].v.call() } catch (e) { log(e.name) }",
        )],
        &[&FACE],
    );
    w.import("main").unwrap();
    w.context.drain_microtasks();
    assert_eq!(w.log(), "undefined,undefined,undefined,undefined TypeError undefined");
    let report = w.runtime.report();
    let apis: Vec<_> =
        report.iter().filter(|entry| entry.kind == UseKind::MissingModule).map(|entry| &entry.api).collect();
    assert_eq!(apis, ["@ohos:nosuch", "@hms:a.b", "@ohos:nosuch2"]);
    assert!(report.iter().any(|entry| entry.kind == UseKind::MissingExport && entry.api == "@ohos:demo:absent"));
}

#[test]
fn native_libraries_load_and_fail_when_used() {
    let w = world_with(
        vec![module(
            "main",
            "",
            &["default from @normalized:Y&&&libentry.so&", "add from @app:dev.test/entry/other"],
            &[],
            "
            for (const f of [i[0].v.mul, i[1].v]) try { f(1, 2) } catch (e) { log(e.message) }",
        )],
        &[],
    );
    w.import("main").unwrap();
    let log = w.log();
    assert!(log.contains("cannot call mul: native library libentry.so is not loaded"), "{log}");
    assert!(log.contains("cannot call add: native library libother.so"), "{log}");
}

#[test]
fn mocks_replace_modules() {
    let w = world_with(
        vec![
            module("main", "", &["twice from @ohos:demo", "x from ./real"], &[], "log(i[0].v(1) + i[1].v)"),
            module("mock/demo", "", &[], &["twice"], "e[0].v = () => 'mocked'"),
            module("real", "", &[], &["x"], "e[0].v = 'real'"),
            module("mock/real", "", &[], &["x"], "e[0].v = 'unreal'"),
        ],
        &[&FACE],
    );
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    w.runtime.set_mocks(&[pair("@ohos.demo", "mock/demo"), pair("./real", "mock/real")]);
    w.import("main").unwrap();
    assert_eq!(w.log(), "mockedunreal");
}
