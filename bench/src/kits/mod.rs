//! Kits: files, requests, codecs and rows, in Concord and in node; rows in Python, since node had no SQLite for long.

mod server;

use crate::{Error, child};
use concord_ability::app::AppProcess;
use concord_ability::event_loop::{EventLoop, RunLimits};
use concord_ability::hosts::Hosts;
use concord_ability::options::{AppOptions, Launch};
use concord_ability::want::Want;
use concord_engine::Exception;
use concord_package::PackageSet;
use concord_runtime::Registry;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

const WORK: &str = include_str!("work.js");
const NODE: &str = include_str!("node.js");
const CONCORD: &str = include_str!("concord.js");
const INSERTS: &str = include_str!("inserts.py");

/// What a child gives up after.
const PATIENCE: Duration = Duration::from_secs(120);

/// Milliseconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Costs {
    /// 64 MB written in pieces of 1 MB.
    pub write_ms: f64,
    /// The same read.
    pub read_ms: f64,
    /// 10,000 files of 100 bytes made, read and removed.
    pub small_files_ms: f64,
    /// 1,000 requests over HTTP, one after another.
    pub requests_ms: f64,
    /// 1 MB to Base64 and back.
    pub base64_ms: f64,
    /// 0.9 MB of text to UTF-8 and back.
    pub text_ms: f64,
    /// 10,000 rows in one transaction; absent where the side has no SQLite.
    pub inserts_ms: Option<f64>,
}

impl Costs {
    fn min(self, other: Costs) -> Costs {
        Costs {
            write_ms: self.write_ms.min(other.write_ms),
            read_ms: self.read_ms.min(other.read_ms),
            small_files_ms: self.small_files_ms.min(other.small_files_ms),
            requests_ms: self.requests_ms.min(other.requests_ms),
            base64_ms: self.base64_ms.min(other.base64_ms),
            text_ms: self.text_ms.min(other.text_ms),
            inserts_ms: [self.inserts_ms, other.inserts_ms].into_iter().flatten().reduce(f64::min),
        }
    }
}

/// Both sides; a peer that is not installed is absent.
#[derive(Clone, Debug, Serialize)]
pub struct Kits {
    pub concord: Costs,
    pub node: Option<Costs>,
    pub python_inserts_ms: Option<f64>,
}

/// Measures; `None` without the package whose permissions the work needs.
pub fn measure(fixtures: &Path, rounds: u32) -> Result<Option<Kits>, Error> {
    let package = fixtures.join("kits/hap/entry.hap");
    if !package.exists() {
        eprintln!("kits: skipped, there is no {}", package.display());
        return Ok(None);
    }
    let url = server::start()?;
    let package = package.display().to_string();
    let ours = || child::run::<Costs>(&["kits", &package, &url], &[]);
    let mut kits = Kits { concord: ours()?, node: node(&url)?, python_inserts_ms: python()? };
    for _ in 1..rounds {
        kits.concord = kits.concord.min(ours()?);
        kits.node = match (kits.node, node(&url)?) {
            (Some(before), Some(now)) => Some(before.min(now)),
            (before, now) => before.or(now),
        };
        kits.python_inserts_ms = [kits.python_inserts_ms, python()?].into_iter().flatten().reduce(f64::min);
    }
    Ok(Some(kits))
}

/// What a program prints; `None` when it is not installed.
fn output(program: &str, command: &mut Command) -> Result<Option<Vec<u8>>, Error> {
    match command.output() {
        Ok(output) if output.status.success() => Ok(Some(output.stdout)),
        Ok(output) => Err(Error::failed(program, String::from_utf8_lossy(&output.stderr))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn node(url: &str) -> Result<Option<Costs>, Error> {
    let folder = tempfile::tempdir()?;
    let script = folder.path().join("work.cjs");
    std::fs::write(&script, format!("const WORK = {WORK};\n{NODE}"))?;
    let printed = output("node", Command::new("node").arg(&script).arg(folder.path()).arg(url))?;
    Ok(printed.map(|json| serde_json::from_slice(&json)).transpose()?)
}

fn python() -> Result<Option<f64>, Error> {
    let folder = tempfile::tempdir()?;
    let rows = folder.path().join("rows.db");
    let printed = output("python3", Command::new("python3").args(["-c", INSERTS]).arg(&rows))?;
    let number =
        |text: Vec<u8>| String::from_utf8_lossy(&text).trim().parse().map_err(|error| Error::failed("python3", error));
    printed.map(number).transpose()
}

/// Measures in this process.
pub fn run(package: &Path, url: &str) -> Result<Costs, Error> {
    let failed = |exception: Exception| Error::failed("kits", exception.describe());
    let home = tempfile::tempdir()?;
    let packages = PackageSet::open(&[package.to_owned()], &concord_package::Options::default());
    let packages = Arc::new(packages.map_err(|error| Error::failed("kits", error))?);
    let options = AppOptions::new(packages, Launch::Ability(Want::default()), home.path());
    let mut registry = Registry::new();
    registry.extend(&concord_kits::registry());
    let process = AppProcess::new(options, registry, Hosts::default()).map_err(|error| Error::failed("kits", error))?;
    let runtime = process.runtime().clone();
    let context = runtime.context().clone();

    let require = context.function("require", 1, move |call| runtime.require(&call.arg(0).to_js_string()?));
    let begin = Instant::now();
    let now = context.function("now", 0, move |call| Ok(call.context.number(begin.elapsed().as_secs_f64() * 1e3)));
    let outcome = context.object();
    let text = format!(
        "((require, now, url, outcome) => {{
            const {{ application }} = require('@concord:context');
            const peer = ({CONCORD})(require, now, application.filesDir, url, application);
            ({WORK})(peer).then(costs => {{ outcome.costs = JSON.stringify(costs); }}, error => {{
                outcome.error = `${{error.code ?? ''}} ${{error.message}} ${{error.stack}}`;
            }});
        }})"
    );
    let work = context.eval(&text, "work.js").map_err(failed)?;
    let arguments = [require, now, context.string(url), outcome.clone()];
    work.call(&context.undefined(), &arguments).map_err(failed)?;

    let event_loop = EventLoop::of(&context).ok_or_else(|| Error::failed("kits", "there is no loop"))?;
    while begin.elapsed() < PATIENCE {
        if let Some(costs) = outcome.get("costs").map_err(failed)?.as_string() {
            return Ok(serde_json::from_str(&costs)?);
        }
        if let Some(error) = outcome.get("error").map_err(failed)?.as_string() {
            return Err(Error::failed("kits", error));
        }
        let step = RunLimits { until_idle: false, deadline: Some(event_loop.now() + Duration::from_millis(50)) };
        event_loop.run(&context, step).map_err(|error| Error::failed("kits", error))?;
    }
    Err(Error::failed("kits", "the work does not end"))
}
