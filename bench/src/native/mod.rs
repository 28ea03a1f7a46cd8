//! Node-API: the same compiled module, called by the same loops, in node and in Concord.

use crate::{Error, child};
use concord_elf::{LibraryFile, LibrarySource, Namespace, Options};
use concord_engine::{Context, Value};
use concord_napi::NativeModules;
use concord_runtime::NativeLibraries;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

const ADDON: &str = include_str!("addon.c");
const LOOPS: &str = include_str!("loops.js");

/// Nanoseconds per call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Calls {
    /// A function that does nothing.
    pub empty_ns: f64,
    /// Two integers in, one out.
    pub integers_ns: f64,
    /// A string of 16 letters in and out.
    pub string_ns: f64,
    /// A method of an object that wraps native data.
    pub method_ns: f64,
    /// An object made, a property written and read.
    pub object_ns: f64,
}

impl Calls {
    fn min(self, other: Calls) -> Calls {
        Calls {
            empty_ns: self.empty_ns.min(other.empty_ns),
            integers_ns: self.integers_ns.min(other.integers_ns),
            string_ns: self.string_ns.min(other.string_ns),
            method_ns: self.method_ns.min(other.method_ns),
            object_ns: self.object_ns.min(other.object_ns),
        }
    }
}

/// Both sides; `node` is absent where there is none.
#[derive(Clone, Debug, Serialize)]
pub struct Native {
    pub concord: Calls,
    /// With `CONCORD_FAST_CALLS=0`.
    pub concord_c_interface: Calls,
    pub node: Option<Calls>,
}

/// Measures; `None` where there is no C compiler.
pub fn measure(rounds: u32) -> Result<Option<Native>, Error> {
    let folder = tempfile::tempdir()?;
    let Some(library) = compile(folder.path())? else {
        eprintln!("native: skipped, there is no cc");
        return Ok(None);
    };
    let path = library.display().to_string();
    let ours = |environment: &[(&str, &str)]| child::run::<Calls>(&["native", &path], environment);
    let script = folder.path().join("loops.js");
    std::fs::write(&script, format!("console.log(JSON.stringify(({LOOPS})(require(process.argv[2]))))"))?;
    let mut native = Native {
        concord: ours(&[])?,
        concord_c_interface: ours(&[("CONCORD_FAST_CALLS", "0")])?,
        node: node(&script, &library)?,
    };
    for _ in 1..rounds {
        native.concord = native.concord.min(ours(&[])?);
        native.node = match (native.node, node(&script, &library)?) {
            (Some(before), Some(now)) => Some(before.min(now)),
            (before, now) => before.or(now),
        };
    }
    Ok(Some(native))
}

/// The module as a library that needs nothing but `napi_*`.
fn compile(folder: &Path) -> Result<Option<PathBuf>, Error> {
    let (source, library) = (folder.join("addon.c"), folder.join("addon.node"));
    std::fs::write(&source, ADDON)?;
    let compiled = Command::new("cc")
        .args(["-O2", "-shared", "-fPIC", "-nostdlib", "-ffreestanding", "-fno-stack-protector", "-Wl,-z,now", "-o"])
        .args([&library, &source])
        .output();
    match compiled {
        Ok(output) if output.status.success() => Ok(Some(library)),
        Ok(output) => Err(Error::failed("cc", String::from_utf8_lossy(&output.stderr))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn node(script: &Path, library: &Path) -> Result<Option<Calls>, Error> {
    match Command::new("node").args([script, library]).output() {
        Ok(output) if output.status.success() => Ok(Some(serde_json::from_slice(&output.stdout)?)),
        Ok(output) => Err(Error::failed("node", String::from_utf8_lossy(&output.stderr))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Finds the one library.
struct Only(PathBuf);

impl LibrarySource for Only {
    fn find(&self, name: &str) -> std::io::Result<Option<LibraryFile>> {
        let file = File::open(&self.0)?;
        let size = file.metadata()?.len();
        Ok(Some(LibraryFile { path: format!("/bench/{name}"), file, offset: 0, size }))
    }
}

/// Measures in this process.
pub fn run(library: &Path) -> Result<Calls, Error> {
    let context = Context::new().map_err(|error| Error::failed("engine", error))?;
    let modules = NativeModules::new(Namespace::install(Options {
        sources: vec![Box::new(Only(library.to_owned()))],
        system: vec![concord_napi::library()],
        on_missing: |call, _| eprintln!("{} is missing", call.symbol),
    }));
    let failed = |thrown: concord_engine::Exception| Error::failed("native", thrown.describe());
    let exports = modules.load(&context, "", "libaddon.so").map_err(failed)?;
    let loops = context.eval(LOOPS, "loops.js").map_err(failed)?;
    let calls: Value = loops.call(&context.undefined(), &[exports]).map_err(failed)?;
    let text = calls.to_json().map_err(failed)?.unwrap_or_default();
    context.dispose();
    Ok(serde_json::from_str(&text)?)
}
