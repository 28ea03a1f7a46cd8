//! The engine with an app in it, for tests.
#![allow(dead_code, reason = "each test binary uses a part")]
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use concord_ability::app::AppProcess;
use concord_ability::event_loop::{Clock, EventLoop, RunLimits};
use concord_ability::hosts::{Hosts, StderrLog};
use concord_ability::options::{AppOptions, Launch, TestLaunch};
use concord_package::PackageSet;
use concord_runtime::{FaceModule, Registry, SystemModule};

/// A tree that can be asked what it was told, in place of the real one.
static NODES: FaceModule =
    FaceModule { request: "@concord:arkui/nodes", source: include_str!("nodes.js"), natives: &[], apis: &[] };

pub fn fixtures() -> PathBuf {
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    std::env::var_os("CONCORD_FIXTURES").map_or(default, PathBuf::from)
}

static CLASSES: FaceModule =
    FaceModule { request: "@concord:arkui/classes", source: include_str!("classes.js"), natives: &[], apis: &[] };

/// Runs the function expression `source` (it is given `require` and `settle`) in the process of the app in `package`, below
/// the fixtures, with its data in `home`, until nothing is left to do. Gives what `settle` was called with, as text. None when
/// the fixtures are not there.
pub fn run_in(package: &str, home: &Path, source: &str) -> Option<String> {
    run_with(package, home, source, &[&NODES, &CLASSES])
}

fn run_with(package: &str, home: &Path, source: &str, instead: &[&'static dyn SystemModule]) -> Option<String> {
    let path = fixtures().join(package);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    let set = PackageSet::open(&[path], &concord_package::Options::default()).unwrap();
    let launch = Launch::Test(TestLaunch { module: "entry".into(), ..TestLaunch::default() });
    let mut options = AppOptions::new(Arc::new(set), launch, home);
    options.clock = Clock::Virtual;
    let hosts = Hosts {
        log: Arc::new(StderrLog::silent()),
        windows: Box::new(concord_arkui::Windows::default()),
        ..Hosts::default()
    };
    let mut registry = Registry::new();
    registry.extend(&concord_arkui::modules());
    registry.extend(instead);
    let process = AppProcess::new(options, registry, hosts).unwrap();
    let context = process.runtime().context().clone();
    let runtime = process.runtime().clone();
    let require =
        context.function("require", 1, move |call| runtime.require(&call.arg(0).as_string().unwrap_or_default()));
    let result = Rc::new(RefCell::new(String::from("not settled")));
    let slot = Rc::clone(&result);
    let settle = context.function("settle", 1, move |call| {
        *slot.borrow_mut() = call.arg(0).to_js_string()?;
        Ok(call.context.undefined())
    });
    let function = context.eval(source, "test").unwrap_or_else(|error| panic!("{}", error.describe()));
    function.call(&context.undefined(), &[require, settle]).unwrap_or_else(|error| panic!("{}", error.describe()));
    let event_loop = EventLoop::of(&context).unwrap();
    event_loop.run(&context, RunLimits { until_idle: true, deadline: None }).unwrap();
    let text = result.borrow().clone();
    Some(text)
}

/// Runs `async (require) => { body }`.
pub fn script_in(package: &str, home: &Path, body: &str) -> Option<String> {
    let source = format!(
        "(function (require, settle) {{ 'use strict';
           (async () => {{ {body} }})().then(settle, (error) => settle(`error ${{error.code}} ${{error.stack ?? error}}`));
         }})"
    );
    run_in(package, home, &source)
}

/// Runs `async (require) => { body }` with the real tree of nodes.
pub fn real_script_in(package: &str, home: &Path, body: &str) -> Option<String> {
    let source = format!(
        "(function (require, settle) {{ 'use strict';
           (async () => {{ {body} }})().then(settle, (error) => settle(`error ${{error.code}} ${{error.stack ?? error}}`));
         }})"
    );
    run_with(package, home, &source, &[])
}
