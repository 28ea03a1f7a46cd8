//! Kinds of modules and of exports: namespaces, CommonJS, JSON, scripts.

use super::{commonjs, json, module, plain, world};

#[test]
fn namespace_objects_are_exact() {
    let w = world(vec![module("main", "", &[], &["b", "a", "default", "late"], "e[0].v = 2; e[1].v = 1; e[2].v = 0")]);
    let namespace = w.import("main").unwrap();
    w.context.global().set("ns", &namespace).unwrap_or_else(|error| panic!("{}", error.describe()));
    for (source, want) in [
        ("Reflect.ownKeys(ns).map(String).join()", "a,b,default,late,Symbol(Symbol.toStringTag)"),
        (
            "String(Object.getPrototypeOf(ns)) + Object.isExtensible(ns) + String(ns[Symbol.toStringTag])",
            "nullfalseModule",
        ),
        (
            "JSON.stringify(Object.getOwnPropertyDescriptor(ns, 'a'))",
            r#"{"value":1,"writable":true,"enumerable":true,"configurable":false}"#,
        ),
        ("'use strict'; try { ns.a = 1 } catch (e) { e.name }", "TypeError"),
        (
            "String([Reflect.set(ns, 'a', 1), Reflect.deleteProperty(ns, 'a'), Reflect.deleteProperty(ns, 'zz')])",
            "false,false,true",
        ),
        (
            "String([Reflect.defineProperty(ns, 'a', {value: 1}), Reflect.defineProperty(ns, 'a', {value: 2})])",
            "true,false",
        ),
        (
            "String(['a' in ns, 'zz' in ns, ns.zz, Reflect.setPrototypeOf(ns, null), Reflect.setPrototypeOf(ns, {})])",
            "true,false,,true,false",
        ),
        ("try { ns.late } catch (e) { e.name + ' ' + e.message }", "ReferenceError late is not initialized"),
        ("try { Object.freeze(ns) } catch (e) { e.name }", "TypeError"),
        ("Object.prototype.toString.call(ns)", "[object Module]"),
    ] {
        assert_eq!(w.eval(source).as_string().as_deref(), Some(want), "{source}");
    }
}

#[test]
fn namespaces_are_live_and_drop_what_is_ambiguous() {
    let w = world(vec![
        module("main", "", &[], &["x", "* from ./one", "* from ./two"], "globalThis.set = v => e[0].v = v; set(1)"),
        module("one", "", &[], &["both", "only", "default"], "e[1].v = 'only'"),
        module("two", "", &[], &["both"], ""),
    ]);
    let namespace = w.import("main").unwrap();
    w.context.global().set("ns", &namespace).unwrap_or_else(|error| panic!("{}", error.describe()));
    assert_eq!(w.eval("Object.keys(ns).join()").as_string().as_deref(), Some("only,x"));
    assert_eq!(w.eval("set(7), ns.x").as_f64(), Some(7.0));
}

#[test]
fn commonjs_meets_both_ways() {
    let w = world(vec![
        module(
            "main",
            "",
            &["default from ./c", "named from ./c", "gone from ./c", "* from ./c"],
            &[],
            "
            log(i[0].v.named + i[1].v); log(i[0].v === $m.ns(0)); log(i[0].v === i[3].v.default);
            try { i[2].v } catch (e) { log(e.name + ' ' + e.message) }",
        ),
        commonjs("c", "log(filename + dirname + (module.exports === exports)); exports.named = require('./d').x + 1;"),
        commonjs(
            "d",
            "exports.x = 1; exports.part = require('./c').named; module.exports = { x: 5, json: require('./data').n, es: require('./es').v };",
        ),
        json("data", r#"{"n": [1]}"#),
        module("es", "", &[], &["v"], "e[0].v = 'es'"),
    ]);
    w.import("main").unwrap();
    assert_eq!(
        w.log(),
        "ctrue 12 true true SyntaxError the requested module './c' does not provide an export name 'gone' which imported by 'main'"
            .replace("'./c'", "'c'")
    );
}

#[test]
fn commonjs_through_star_is_run_to_know_its_names() {
    let w = world(vec![
        module("main", "", &["x from ./index"], &[], "log(i[0].v)"),
        module("index", "", &[], &["* from ./c"], ""),
        commonjs("c", "exports.x = 'x';"),
    ]);
    w.import("main").unwrap();
    let namespace = w.import("index").unwrap();
    assert_eq!(namespace.own_keys().ok(), Some(vec!["x".to_owned()]));
    assert_eq!(w.log(), "x");
}

#[test]
fn json_is_the_default_export() {
    let w =
        world(vec![module("main", "", &["default from ./data"], &[], "log(i[0].v.a)"), json("data", r#"{"a":[1,2]}"#)]);
    w.import("main").unwrap();
    assert_eq!(w.log(), "1,2");
    let bad = world(vec![json("data", "{")]);
    assert!(bad.import("data").unwrap_err().starts_with("SyntaxError"), "malformed JSON is an error");
}

#[test]
fn scripts_run_with_the_global_object() {
    let w = world(vec![plain("main", "log(this === globalThis)")]);
    w.import("main").unwrap();
    assert_eq!(w.log(), "true");
}
