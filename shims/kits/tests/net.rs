//! The network modules against servers of this machine, good and bad, in an app process.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

#[path = "net/servers.rs"]
mod servers;

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use concord_ability::app::AppProcess;
use concord_ability::event_loop::{Ended, EventLoop, RunLimits};
use concord_ability::hosts::Hosts;
use concord_ability::options::{AppOptions, Launch};
use concord_ability::want::Want;
use concord_package::PackageSet;
use concord_runtime::{Registry, Runtime};
use serde_json::{Value, json};

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn skip(why: &str) {
    eprintln!("skipped: {why}");
}

fn package() -> Option<PathBuf> {
    let root = std::env::var_os("CONCORD_FIXTURES")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    let package = root.join("kits/hap/entry.hap");
    if package.exists() {
        return Some(package);
    }
    skip(&format!("there is no {}", package.display()));
    None
}

/// Runs `(async function (require, check, at) { … })` of a file in an app process until it has settled.
fn run(name: &str, at: &Value) {
    let Some(package) = package() else { return };
    let home = tempfile::tempdir().unwrap();
    let packages = Arc::new(PackageSet::open(&[package], &concord_package::Options::default()).unwrap());
    let options = AppOptions::new(packages, Launch::Ability(Want::default()), home.path());
    let mut registry = Registry::new();
    registry.extend(&concord_kits::registry());
    let process = AppProcess::new(options, registry, Hosts::default()).unwrap();
    let runtime = process.runtime();
    let context =
        runtime.require("@ohos:net.http").unwrap_or_else(|error| panic!("{}", error.describe())).context().clone();
    let driver = context.eval(include_str!("net/driver.js"), "driver.js").unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/net");
    let source = std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
    let test = context.eval(&source, name).unwrap_or_else(|error| panic!("{}", error.describe()));
    let require =
        context.function("require", 1, |call| Runtime::of(call.context).unwrap().require(&call.arg(0).to_js_string()?));
    let over = context.function("over", 1, |call| {
        EventLoop::of(call.context).unwrap().request_exit(i32::from(!call.arg(0).is_undefined()));
        Ok(call.context.undefined())
    });
    let at = context.json_parse(&at.to_string()).unwrap();
    let told = driver
        .call(&context.undefined(), &[test, require, at, over])
        .unwrap_or_else(|error| panic!("{}", error.describe()));
    let limits = RunLimits { until_idle: false, deadline: Some(Duration::from_secs(100)) };
    let ended = EventLoop::of(&context).unwrap().run(&context, limits).unwrap();
    let failure = told.get("failure").unwrap().as_string().unwrap_or_default();
    assert_eq!(ended, Ended::Exit(0), "{name}: {failure}");
    assert!(told.get("count").unwrap().to_number().unwrap() >= 1.0, "{name} checks something");
}

#[test]
fn requests_meet_bad_servers() {
    run("bad_servers.js", &json!({ "port": servers::plain() }));
}

#[test]
fn requests_do_what_they_are_asked() {
    run("requests.js", &json!({ "port": servers::plain() }));
}

#[test]
fn many_sockets_at_once() {
    run("sockets.js", &json!({}));
}

#[test]
fn web_sockets() {
    run("web_sockets.js", &json!({}));
}

#[test]
fn tasks_fetch_files() {
    run("tasks.js", &json!({ "port": servers::plain() }));
}

#[test]
fn secure_connections() {
    let Some(material) = certificates() else { return };
    let port = servers::secure(material["certificate"].as_str().unwrap(), material["key"].as_str().unwrap());
    let mut at = material;
    at["port"] = json!(port);
    run("secure.js", &at);
}

/// An authority and what it has signed, made anew; none where there is no openssl.
fn certificates() -> Option<Value> {
    const SCRIPT: &str = "set -e
new='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
openssl req -x509 $new -keyout ca.key -out ca.pem -subj /CN=authority -days 2 -addext basicConstraints=critical,CA:TRUE
openssl req $new -keyout own.key -out own.csr -subj /CN=localhost
printf 'subjectAltName=IP:127.0.0.1,DNS:localhost' > names
openssl x509 -req -in own.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out own.pem
openssl pkcs8 -topk8 -v2 aes-256-cbc -passout pass:secret -in own.key -out locked.key
openssl x509 -in own.pem -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64 > pin
openssl req -x509 $new -keyout other.key -out other.pem -subj /CN=other -days 2 -addext basicConstraints=critical,CA:TRUE";
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("sh").arg("-c").arg(SCRIPT).current_dir(folder.path()).output();
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    match made {
        Ok(output) if output.status.success() => Some(json!({
            "authority": read("ca.pem"), "certificate": read("own.pem"), "key": read("own.key"), "locked": read("locked.key"),
            "pin": read("pin").trim(), "other": read("other.pem"),
        })),
        Ok(output) => {
            skip(&format!("openssl makes no certificates: {}", String::from_utf8_lossy(&output.stderr)));
            None
        }
        Err(error) => {
            skip(&format!("there is no shell: {error}"));
            None
        }
    }
}
