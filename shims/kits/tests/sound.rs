//! The sounding modules over a mixer that nobody hears, in the time of the loop.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use concord_ability::app::AppProcess;
use concord_ability::event_loop::{Clock, EventLoop, RunLimits};
use concord_ability::hosts::Hosts;
use concord_ability::options::{AppOptions, Launch};
use concord_ability::want::Want;
use concord_audio::FileDecoders;
use concord_desktop::Host;
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

/// Runs `(async function (require, check, bytes) { … })` to its end.
fn run(name: &str, source: &str) {
    let Some(package) = package() else { return };
    let home = tempfile::tempdir().unwrap();
    let packages = Arc::new(PackageSet::open(&[package], &concord_package::Options::default()).unwrap());
    let mut options = AppOptions::new(packages, Launch::Ability(Want::default()), home.path());
    options.clock = Clock::Stepped;
    let mut registry = Registry::new();
    registry.extend(&concord_kits::registry());
    let desktop = Host { decoders: Arc::new(FileDecoders), ..Host::default() };
    let process = AppProcess::new(options, registry, Hosts { desktop, ..Hosts::default() }).unwrap();
    let runtime = process.runtime().clone();
    let context = runtime.context().clone();
    let require = context.function("require", 1, move |call| runtime.require(&call.arg(0).to_js_string()?));
    let sine = concat!(env!("CARGO_MANIFEST_DIR"), "/../desktop/audio/tests/files/sine.mp3");
    let sine = context.typed_array(concord_engine::ArrayKind::Uint8, std::fs::read(sine).unwrap());
    let outcome = context.object();
    let wrapper = "(function (test, require, sine, outcome) {
        let count = 0;
        const check = (condition, message) => {
            if (!condition) throw new Error(`assertion failed: ${message}`);
            count++;
        };
        const equal = (found, expected, what) => {
            check(JSON.stringify(found) === JSON.stringify(expected), `${what}: ${JSON.stringify(found)} is not ${JSON.stringify(expected)}`);
        };
        test(require, check, equal, sine).then(() => { outcome.count = count; }, (error) => {
            outcome.error = `${error.code ?? ''} ${error.message}\n${error.stack}`;
        });
    })";
    let wrapper = context.eval(wrapper, "wrapper").unwrap();
    let test = context.eval(source, name).unwrap_or_else(|error| panic!("{name}: {}", error.describe()));
    wrapper
        .call(&context.undefined(), &[test, require, sine, outcome.clone()])
        .unwrap_or_else(|error| panic!("{name}: {}", error.describe()));
    let event_loop = EventLoop::of(&context).unwrap();
    let limits = RunLimits { until_idle: false, deadline: Some(Duration::from_secs(60)) };
    for _ in 0..600 {
        if ["count", "error"].iter().any(|key| !outcome.get(key).unwrap().is_undefined()) {
            break;
        }
        let step = RunLimits { deadline: Some(event_loop.now() + Duration::from_millis(100)), ..limits };
        event_loop.run(&context, step).unwrap();
    }
    let error = outcome.get("error").unwrap();
    assert!(error.is_undefined(), "{name}: {}", error.to_js_string().unwrap());
    let count = outcome.get("count").unwrap().as_f64();
    assert!(count.is_some_and(|count| count >= 5.0), "{name}: {count:?} assertions; it does not end");
}

#[test]
fn audio_renderer() {
    run("renderer.js", include_str!("sound/renderer.js"));
}

#[test]
fn audio_managers() {
    run("managers.js", include_str!("sound/managers.js"));
}

#[test]
fn av_player() {
    run("player.js", include_str!("sound/player.js"));
}

#[test]
fn sound_pool() {
    run("pool.js", include_str!("sound/pool.js"));
}

#[test]
fn av_metadata() {
    run("metadata.js", include_str!("sound/metadata.js"));
}

#[test]
fn av_session() {
    run("sessions.js", include_str!("sound/sessions.js"));
}

#[test]
fn what_a_desktop_lacks() {
    run("absent.js", include_str!("sound/absent.js"));
}
