//! The prelude in the real engine, called as translated code calls it.

use concord_engine::{Context, Value};

#[test]
fn helpers_do_what_the_instructions_say() {
    let context = Context::new().expect("JavaScriptCore loads");
    let helpers = evaluate(&context, &format!("{}({{}})", concord_ark::PRELUDE.trim_end()), "prelude.js");
    let checks = evaluate(&context, include_str!("prelude.js"), "checks.js");
    let pending =
        checks.call(&context.undefined(), &[helpers]).unwrap_or_else(|thrown| panic!("{}", thrown.describe()));
    let report = evaluate(
        &context,
        "(function (pending) { const report = {}; pending.then(f => { report.done = f.join('\\n'); }, e => { report.done = String(e); }); return report; })",
        "report.js",
    )
    .call(&context.undefined(), &[pending])
    .unwrap_or_else(|thrown| panic!("{}", thrown.describe()));
    context.drain_microtasks();
    let failures = report.get("done").ok().and_then(|done| done.as_string());
    assert_eq!(failures.as_deref(), Some(""), "checks that failed, or None when they did not finish");
}

fn evaluate(context: &Context, text: &str, url: &str) -> Value {
    context.eval(text, url).unwrap_or_else(|thrown| panic!("{url}: {}", thrown.describe()))
}

#[test]
fn shared_array_buffers_exist() {
    let context = Context::new().expect("JavaScriptCore loads");
    let text = "Atomics.add(new Int32Array(new SharedArrayBuffer(8)), 0, 5)";
    assert_eq!(evaluate(&context, text, "shared.js").as_f64(), Some(0.0));
}
