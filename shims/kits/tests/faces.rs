//! Every module in a real engine: it instantiates, and the assertions of the `.js` files beside this one hold.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use concord_engine::Context;
use concord_runtime::{FaceModule, Options, Registry, Runtime};

/// Stands for what the app process tells.
static PROCESS: FaceModule = FaceModule {
    request: "@concord:process",
    source: "(function () {
        return {
            info: { bundleName: 'com.example.app', accessTokenId: 1, grants: [], device: { deviceType: 'phone' } },
            modules: new Map(),
            configuration: { language: 'en-US' },
        };
    })",
    natives: &[],
    apis: &[],
};

/// Stands for the text that fields copy.
static CLIPBOARD: FaceModule = FaceModule {
    request: "@concord:clipboard",
    source: "(function () { return { types: [], text: '', set() {}, onChange() {} }; })",
    natives: &[],
    apis: &[],
};

fn runtime() -> Option<(Context, Runtime)> {
    let context = match Context::new() {
        Ok(context) => context,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a skipped test says so")]
            {
                eprintln!("skipped: {error}");
            }
            return None;
        }
    };
    let mut registry = Registry::new();
    registry.extend(&concord_kits::registry());
    registry.add(&PROCESS);
    registry.add(&CLIPBOARD);
    let runtime = Runtime::new(&context, Options { registry, ..Options::default() }).expect("the runtime starts");
    Some((context, runtime))
}

#[test]
fn every_module_instantiates() {
    let Some((_context, runtime)) = runtime() else { return };
    let mut failures = Vec::new();
    for module in concord_kits::registry() {
        match runtime.require(module.request()) {
            Ok(exports) if exports.is_object() || exports.is_function() => {}
            Ok(_) => failures.push(format!("{}: exports are not an object", module.request())),
            Err(error) => failures.push(format!("{}: {}", module.request(), error.describe())),
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// What the tables promise is there: every export that is not a type, and not a stub.
#[test]
fn every_promised_export_exists() {
    let Some((_context, runtime)) = runtime() else { return };
    let modules = concord_kits::registry();
    let list = concord_kits::apis::join(&modules, None).unwrap();
    let mut missing = Vec::new();
    for module in list.modules.iter().filter(|module| module.registered) {
        let request = match module.module.strip_prefix("@arkts.") {
            Some(name) => format!("@ohos:arkts.{name}"),
            None => module.module.replacen('.', ":", 1),
        };
        let exports = runtime.require(&request).unwrap_or_else(|error| panic!("{}", error.describe()));
        for api in module.apis.iter().filter(|api| api.is_value && matches!(api.level, "full" | "partial")) {
            // The default export stands for itself and, mostly, for the namespace of the declaration.
            let path: Vec<&str> = api.api.split('.').collect();
            let found = [0, 1].iter().any(|&skip| {
                let names = path.get(skip..).unwrap_or_default();
                let value = names.iter().try_fold(exports.clone(), |value, name| {
                    value.get(name).ok().filter(|value| !value.is_undefined())
                });
                value.is_some()
            });
            // Only workers have a port.
            if !found && api.api != "worker.workerPort" {
                missing.push(format!("{} {}", module.module, api.api));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// A stub can be called, and says that it is one.
#[test]
fn stubs_throw_801() {
    let Some((context, runtime)) = runtime() else { return };
    for (request, path) in [
        ("@ohos:i18n", "PhoneNumberFormat"),
        ("@ohos:util", "ArkTSVM.getAllVMHeapMemoryInfo"),
        ("@ohos:file.fs", "mmapSync"),
    ] {
        let exports = runtime.require(request).unwrap_or_else(|error| panic!("{}", error.describe()));
        let stub = path.split('.').fold(exports, |value, name| value.get(name).unwrap());
        let Err(error) = stub.call(&context.undefined(), &[]) else { panic!("{request} {path} does not throw") };
        assert_eq!(error.0.get("code").unwrap().as_f64(), Some(801.0), "{request} {path}");
    }
}

/// Each file is `(function (require, check) { … })`; `check(condition, message)` counts. It may give a promise, which has to be
/// settled when the engine has nothing left to do.
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
    let follow = context
        .eval(
            "(function (result, check) {
                check.pending = (check.pending ?? 0) + 1;
                Promise.resolve(result).then(() => { check.pending--; }, error => { check.error ??= `${error.stack}\n${error.message}`; });
            })",
            "follow",
        )
        .unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut run = 0;
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "js")) {
        let source = std::fs::read_to_string(file).unwrap();
        let function =
            context.eval(&source, &file.display().to_string()).unwrap_or_else(|error| panic!("{}", error.describe()));
        let result = function.call(&context.undefined(), &[require.clone(), check.clone()]);
        match result {
            Ok(result) => drop(follow.call(&context.undefined(), &[result, check.clone()])),
            Err(error) => panic!("{}: {}", file.display(), error.describe()),
        }
        let error = check.get("error").unwrap();
        assert!(error.is_undefined(), "{}: {}", file.display(), error.to_js_string().unwrap_or_default());
        assert_eq!(check.get("pending").unwrap().as_f64(), Some(0.0), "{} waits for ever", file.display());
        run += 1;
    }
    let count = check.get("count").unwrap().to_number().unwrap();
    assert!(run > 0 && count > 20.0, "{run} files, {count} assertions");
}
