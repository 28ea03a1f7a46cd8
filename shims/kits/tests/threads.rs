//! Workers and the task pool on real threads: `threads/app.txt` is the bytecode of an app, `threads/*.js` what its main thread does.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use concord_abi::abc::Version;
use concord_abi::asm::assemble;
use concord_ability::app::AppProcess;
use concord_ability::event_loop::{Clock, EventLoop, RunLimits};
use concord_ability::hosts::Hosts;
use concord_ability::options::{AppOptions, Launch};
use concord_ability::want::Want;
use concord_package::PackageSet;
use concord_runtime::Registry;

const MODULE_JSON: &str = r#"{
    "app": { "bundleName": "dev.concord.threads", "versionCode": 1, "versionName": "1.0.0",
             "minAPIVersion": 12, "targetAPIVersion": 20, "apiReleaseType": "Release" },
    "module": { "name": "entry", "type": "entry", "mainElement": "EntryAbility", "deviceTypes": ["phone"],
                "compileMode": "esmodule",
                "abilities": [{ "name": "EntryAbility", "srcEntry": "./ets/entryability/EntryAbility.ets" }] }
}"#;

/// Makes the process of the app.
fn process(home: &Path) -> AppProcess {
    let app = home.join("app");
    fs::create_dir_all(app.join("ets")).unwrap();
    fs::write(app.join("ets/modules.abc"), assemble(include_str!("threads/app.txt"), Version::NEWEST).unwrap())
        .unwrap();
    fs::write(app.join("module.json"), MODULE_JSON).unwrap();
    let packages = Arc::new(PackageSet::open(&[app], &concord_package::Options::default()).unwrap());
    let mut options = AppOptions::new(packages, Launch::Ability(Want::default()), home.join("data"));
    // A jumping clock would jump over answers that nobody waits for.
    options.clock = Clock::Virtual;
    let mut registry = Registry::new();
    registry.extend(&concord_kits::registry());
    AppProcess::new(options, registry, Hosts::default()).unwrap()
}

/// Runs `(async function (require, check, tasks) { … })` in the main thread of the app, until nothing is left to do.
fn run(name: &str, source: &str) {
    let home = tempfile::tempdir().unwrap();
    let process = process(home.path());
    let runtime = process.runtime().clone();
    let context = runtime.context().clone();
    let describe = |error: concord_engine::Exception| panic!("{name}: {}", error.describe());
    let tasks = runtime.import("entry", "ets/tasks").unwrap_or_else(describe);
    let require = context.function("require", 1, {
        let runtime = runtime.clone();
        move |call| runtime.require(&call.arg(0).to_js_string()?)
    });
    let outcome = context.object();
    let wrapper = "(function (test, require, tasks, outcome) {
        let count = 0;
        const check = (condition, message) => {
            if (!condition) throw new Error(`assertion failed: ${message}`);
            count++;
        };
        test(require, check, tasks).then(() => { outcome.count = count; }, (error) => {
            outcome.error = `${error.code ?? ''} ${error.message}\\n${error.stack}`;
        });
    })";
    let test = context.eval(source, name).unwrap_or_else(describe);
    let wrapper = context.eval(wrapper, "wrapper").unwrap_or_else(describe);
    wrapper.call(&context.undefined(), &[test, require, tasks, outcome.clone()]).unwrap_or_else(describe);
    let limits = RunLimits { until_idle: true, deadline: Some(Duration::from_secs(100)) };
    EventLoop::of(&context).unwrap().run(&context, limits).unwrap();
    let error = outcome.get("error").unwrap();
    assert!(error.is_undefined(), "{name}: {error:?}");
    assert!(outcome.get("count").unwrap().as_f64().unwrap_or_default() > 0.0, "{name} did not end");
}

/// Threads of this process with a name.
fn threads(name: &str) -> usize {
    let names = fs::read_dir("/proc/self/task").unwrap().flatten();
    names.filter(|entry| fs::read_to_string(entry.path().join("comm")).is_ok_and(|comm| comm.trim() == name)).count()
}

#[test]
fn eight_workers_and_ten_thousand_tasks_lose_nothing() {
    run("crowd.js", include_str!("threads/crowd.js"));
    assert_eq!(threads("worker") + threads("taskpool"), 0, "threads outlive the process");
}

#[test]
fn errors_of_workers_and_tasks_reach_whoever_waits() {
    run("errors.js", include_str!("threads/errors.js"));
}

#[test]
fn busy_workers_are_ended() {
    run("busy.js", include_str!("threads/busy.js"));
    assert_eq!(threads("worker"), 0);
}

#[test]
fn a_process_that_ends_takes_its_threads_along() {
    let home = tempfile::tempdir().unwrap();
    let process = process(home.path());
    let context = process.runtime().context().clone();
    let runtime = process.runtime().clone();
    let tasks = runtime.import("entry", "ets/tasks").unwrap_or_else(|error| panic!("{}", error.describe()));
    let require = context.function("require", 1, move |call| runtime.require(&call.arg(0).to_js_string()?));
    let script = context
        .eval(
            "(function (require, tasks) {
                const { ThreadWorker } = require('@ohos:worker');
                const taskpool = require('@ohos:taskpool');
                for (let i = 0; i < 4; i++) new ThreadWorker('entry/ets/workers/Echo.ets').postMessage({ spin: i % 2 === 0 });
                for (let i = 0; i < 20; i++) taskpool.execute(tasks.spin).catch(() => {});
            })",
            "script",
        )
        .unwrap();
    script.call(&context.undefined(), &[require, tasks]).unwrap_or_else(|error| panic!("{}", error.describe()));
    let limits = RunLimits { until_idle: false, deadline: Some(Duration::from_millis(300)) };
    EventLoop::of(&context).unwrap().run(&context, limits).unwrap();
    assert!(threads("worker") > 0);
    drop(process);
    assert_eq!(threads("worker") + threads("taskpool"), 0);
}
