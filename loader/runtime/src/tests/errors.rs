//! The platform's messages, and stacks.

use super::{module, world};

#[test]
fn what_is_missing_is_named() {
    let w = world(vec![
        module("a/main", "./nope", &[], &[], ""),
        module("b", "", &["x from ./c"], &[], "i[0]"),
        module("c", "", &[], &["* from ./d", "* from ./e"], ""),
        module("d", "", &[], &["y"], ""),
        module("e", "", &[], &["y"], ""),
        module("f", "", &["y from ./c"], &[], "i[0]"),
        module("types", "", &["x from ./c"], &["v"], "e[0].v = 1"),
    ]);
    assert_eq!(w.import("a/main").unwrap_err(), "ReferenceError: Cannot find module './nope' imported from 'a/main'.");
    assert_eq!(
        w.import("b").unwrap_err(),
        "SyntaxError: the requested module 'c' does not provide an export name 'x' which imported by 'b'"
    );
    assert_eq!(
        w.import("f").unwrap_err(),
        "SyntaxError: the requested module 'c' provide an ambiguous export name 'y' which imported by 'f'"
    );
    assert!(w.import("types").is_ok(), "an import that is never used may be of a type");
    assert_eq!(
        w.import("zz").unwrap_err(),
        "ReferenceError: Cannot find module 'zz' , which is application Entry Point"
    );
}

#[test]
fn stacks_name_records_and_hide_our_frames() {
    let w = world(vec![module("main", "", &[], &[], "function f() { throw new Error('x') } [1].forEach(f)")]);
    let error = w.runtime.import("entry", "main").unwrap_err();
    let report = w.runtime.describe(&error);
    let names: Vec<&str> = report.stack.lines().map(|line| line.trim().split(' ').nth(1).unwrap()).collect();
    assert_eq!(names, ["f", "func_main_0"], "{}", report.stack);
    assert!(report.stack.contains("(main:"), "{}", report.stack);
}

#[test]
fn functions_without_a_name_are_anonymous_wherever_they_are_kept() {
    for made in [
        "const o = {}; o.x = () => { throw new Error('x') }; o.x()",
        "const o = [() => { throw new Error('x') }]; o[0]()",
        "let f; f = (0, () => { throw new Error('x') }); f()",
        "(() => { throw new Error('x') })()",
    ] {
        let w = world(vec![module("main", "", &[], &[], made)]);
        let report = w.runtime.describe(&w.runtime.import("entry", "main").unwrap_err());
        let names: Vec<&str> = report.stack.lines().map(|line| line.trim().split(' ').nth(1).unwrap()).collect();
        assert_eq!(names, ["anonymous", "func_main_0"], "{made}: {}", report.stack);
    }
}

#[test]
fn anything_can_be_thrown() {
    for (what, name, message) in [
        ("'text'", "", "text"),
        ("undefined", "", "undefined"),
        ("{a: 1}", "", r#"{"a":1}"#),
        ("Symbol('s')", "", "a value that has no text"),
        ("Object.assign(new TypeError('m'), {code: 401})", "TypeError", "m"),
        ("new Error({toString() { throw 1 }}, )", "", "1"),
    ] {
        let w = world(vec![module("main", "", &[], &[], &format!("throw {what}"))]);
        let report = w.runtime.describe(&w.runtime.import("entry", "main").unwrap_err());
        assert_eq!((report.name.as_str(), report.message.as_str()), (name, message), "{what}");
    }
}
