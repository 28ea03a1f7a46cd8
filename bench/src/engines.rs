//! Running one kernel in one engine, in this process.

use crate::{Error, child};
use concord_engine::{Context, JsResult};
use concord_runtime::{AbcSource, Options, Runtime};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::time::Instant;

/// Where a kernel runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Engine {
    /// Its bytecode under Concord.
    Concord,
    /// Its source in JavaScriptCore.
    Source,
    /// Its source in QuickJS-ng.
    Quickjs,
}

impl Engine {
    pub fn name(self) -> &'static str {
        match self {
            Engine::Concord => "concord",
            Engine::Source => "source",
            Engine::Quickjs => "quickjs",
        }
    }

    /// The file that the engine wants.
    pub fn file(self) -> &'static str {
        match self {
            Engine::Concord => "main.abc",
            Engine::Source | Engine::Quickjs => "main.js",
        }
    }
}

/// One run of a kernel.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// From the text or bytecode in memory to the end of the program: parse or translate, link, run.
    pub milliseconds: f64,
    /// Peak memory of the process.
    pub megabytes: f64,
    /// What it printed.
    pub output: String,
}

/// Runs the kernel in `file`.
pub fn run(engine: Engine, file: &Path) -> Result<Run, Error> {
    let bytes = std::fs::read(file).map_err(|error| Error::File { path: file.to_owned(), error })?;
    let output = Rc::new(RefCell::new(String::new()));
    let milliseconds = match engine {
        Engine::Concord => concord(bytes, &output),
        Engine::Source => source(bytes, &output),
        Engine::Quickjs => quickjs(bytes, &output),
    }
    .map_err(|why| Error::failed(file.display().to_string(), why))?;
    Ok(Run { milliseconds, megabytes: child::peak_memory(), output: output.take() })
}

type Output = Rc<RefCell<String>>;

/// The wording of a kernel as a function body: as strict as the module that the bytecode was compiled from.
fn as_function(bytes: &[u8]) -> String {
    format!("(function () {{ \"use strict\";\n{}\n}})()", String::from_utf8_lossy(bytes))
}

fn jsc_context(output: &Output) -> Result<Context, String> {
    let context = Context::new().map_err(|error| error.to_string())?;
    let output = output.clone();
    let print = context.function("print", 1, move |call| {
        let mut output = output.borrow_mut();
        output.push_str(&call.arg(0).to_js_string()?);
        output.push('\n');
        Ok(call.context.undefined())
    });
    context.global().set("print", &print).map_err(|thrown| thrown.describe())?;
    Ok(context)
}

fn timed(run: impl FnOnce() -> JsResult) -> Result<f64, String> {
    let start = Instant::now();
    run().map_err(|thrown| thrown.describe())?;
    Ok(start.elapsed().as_secs_f64() * 1e3)
}

fn source(bytes: Vec<u8>, output: &Output) -> Result<f64, String> {
    let context = jsc_context(output)?;
    timed(|| context.eval(&as_function(&bytes), "main.js"))
}

fn concord(bytes: Vec<u8>, output: &Output) -> Result<f64, String> {
    const MODULE: &str = "bench";
    let context = jsc_context(output)?;
    let options = Options { without_cache: true, ..Options::default() };
    let runtime = Runtime::new(&context, options).map_err(|thrown| thrown.describe())?;
    let abc = AbcSource {
        module: MODULE.to_owned(),
        bundle: String::new(),
        package: String::new(),
        bytes: bytes.leak(),
        source_maps: None,
        package_context: None,
    };
    runtime.add_abc(abc).map_err(|error| error.to_string())?;
    let records = runtime.records(MODULE).map_err(|error| error.to_string())?;
    let main = records.iter().find(|name| name.ends_with("main")).ok_or("there is no record main")?;
    timed(|| runtime.import(MODULE, main))
}

fn quickjs(bytes: Vec<u8>, output: &Output) -> Result<f64, String> {
    let runtime = rquickjs::Runtime::new().map_err(|error| error.to_string())?;
    runtime.set_max_stack_size(4 << 20);
    let context = rquickjs::Context::full(&runtime).map_err(|error| error.to_string())?;
    context.with(|ctx| {
        let output = output.clone();
        let print = rquickjs::Function::new(ctx.clone(), move |line: String| {
            let mut output = output.borrow_mut();
            output.push_str(&line);
            output.push('\n');
        });
        print.and_then(|print| ctx.globals().set("print", print)).map_err(|error| error.to_string())?;
        let start = Instant::now();
        ctx.eval::<(), _>(as_function(&bytes)).map_err(|error| format!("{error}: {:?}", ctx.catch()))?;
        Ok(start.elapsed().as_secs_f64() * 1e3)
    })
}
