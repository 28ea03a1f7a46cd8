//! The modules of data over the files of an app process, in the engine: what the suites of `fixtures/kits` do not ask.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;
use std::sync::Arc;

use concord_ability::app::AppProcess;
use concord_ability::event_loop::{EventLoop, RunLimits};
use concord_ability::hosts::Hosts;
use concord_ability::options::{AppOptions, Launch};
use concord_ability::want::Want;
use concord_package::PackageSet;
use concord_runtime::Registry;

fn package() -> Option<PathBuf> {
    let root = std::env::var_os("CONCORD_FIXTURES")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    let package = root.join("kits/hap/entry.hap");
    if package.exists() {
        return Some(package);
    }
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    {
        eprintln!("skipped: there is no {}", package.display());
    }
    None
}

/// Runs an asynchronous function with a function that gives modules; it has to come to `done`.
fn run(source: &str, name: &str) {
    let Some(package) = package() else { return };
    let home = tempfile::tempdir().unwrap();
    let packages = Arc::new(PackageSet::open(&[package], &concord_package::Options::default()).unwrap());
    let options = AppOptions::new(packages, Launch::Ability(Want::default()), home.path());
    let mut registry = Registry::new();
    registry.extend(&concord_kits::registry());
    let process = AppProcess::new(options, registry, Hosts::default()).unwrap();
    let fail = |error: concord_engine::Exception| -> concord_engine::Value { panic!("{}", error.describe()) };
    let first = process.runtime().require("@ohos:data.relationalStore").unwrap_or_else(fail);
    let context = first.context().clone();
    let modules = context.object();
    for module in concord_kits::registry().into_iter().filter(|module| module.request().starts_with("@ohos:data.")) {
        let exports = process.runtime().require(module.request()).unwrap_or_else(fail);
        modules.set(module.request(), &exports).unwrap();
    }
    let outcome = context.object();
    let test = context.eval(source, name).unwrap_or_else(fail);
    test.call(&context.undefined(), &[modules, outcome.clone()]).unwrap_or_else(fail);
    let event_loop = EventLoop::of(&context).unwrap();
    event_loop.run(&context, RunLimits { until_idle: true, deadline: None }).unwrap();
    assert_eq!(outcome.get("text").unwrap().as_string().as_deref(), Some("done"));
}

#[test]
fn an_app_keeps_rows() {
    run(include_str!("app/relational.js"), "relational.js");
}

#[test]
fn an_app_keeps_keys_and_values() {
    run(include_str!("app/keys.js"), "keys.js");
}
