//! Every module in a real engine: it instantiates, and the assertions of the `.js` files beside this one hold.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use concord_engine::Context;
use concord_runtime::{Options, Registry, Runtime};

fn runtime() -> Option<(Context, Runtime)> {
    let context = match Context::new() {
        Ok(context) => context,
        Err(error) => {
            eprintln!("skipped: {error}");
            return None;
        }
    };
    let mut registry = Registry::new();
    registry.extend(&concord_kits::registry());
    let runtime = Runtime::new(&context, Options { registry, ..Options::default() }).expect("the runtime starts");
    Some((context, runtime))
}

#[test]
fn every_module_instantiates() {
    let Some((_context, runtime)) = runtime() else { return };
    let mut failures = Vec::new();
    for module in concord_kits::registry() {
        // Needs an app process.
        if module.request().starts_with("@ohos:abilityAccessCtrl") {
            continue;
        }
        match runtime.require(module.request()) {
            Ok(exports) if exports.is_object() || exports.is_function() => {}
            Ok(_) => failures.push(format!("{}: exports are not an object", module.request())),
            Err(error) => failures.push(format!("{}: {}", module.request(), error.describe())),
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Each file is `(function (require, check) { … })`; `check(condition, message)` counts.
#[test]
fn assertions_hold() {
    let Some((context, runtime)) = runtime() else { return };
    let require = context.function("require", 1, {
        let runtime = runtime.clone();
        move |call| runtime.require(&call.arg(0).to_js_string()?)
    });
    let check = context
        .eval("(function check(condition, message) { if (!condition) throw new Error(`assertion failed: ${message}`); check.count++; })", "check")
        .unwrap();
    check.set("count", &context.number(0.0)).unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut run = 0;
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "js")) {
        let source = std::fs::read_to_string(file).unwrap();
        let function =
            context.eval(&source, &file.display().to_string()).unwrap_or_else(|error| panic!("{}", error.describe()));
        let result = function.call(&context.undefined(), &[require.clone(), check.clone()]);
        if let Err(error) = result {
            panic!("{}: {}", file.display(), error.describe());
        }
        run += 1;
    }
    let count = check.get("count").unwrap().to_number().unwrap();
    assert!(run > 0 && count > 20.0, "{run} files, {count} assertions");
}
