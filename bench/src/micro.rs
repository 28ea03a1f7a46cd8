//! What the engine's wrapper costs.

use crate::{Error, child};
use concord_engine::{Context, JsResult, Value};
use serde::{Deserialize, Serialize};
use std::time::Instant;

/// Costs; times in the unit that the name says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Costs {
    /// Opening the library and making the first context.
    pub first_context_ms: f64,
    /// A further context.
    pub next_context_ms: f64,
    /// Peak memory with one context.
    pub context_mb: f64,
    /// JavaScript calls a native function with two numbers.
    pub native_call_ns: f64,
    /// The host calls a JavaScript function with two numbers, within one job.
    pub call_ns: f64,
    /// The host reads a property, within one job.
    pub get_ns: f64,
    /// The same as an outermost call.
    pub outer_get_ns: f64,
    /// Making a native function.
    pub function_ns: f64,
    /// Parsing and running text, in MB per second.
    pub eval_mb_per_s: f64,
}

impl Costs {
    /// The better of each number.
    pub fn min(self, other: Costs) -> Costs {
        Costs {
            first_context_ms: self.first_context_ms.min(other.first_context_ms),
            next_context_ms: self.next_context_ms.min(other.next_context_ms),
            context_mb: self.context_mb.min(other.context_mb),
            native_call_ns: self.native_call_ns.min(other.native_call_ns),
            call_ns: self.call_ns.min(other.call_ns),
            get_ns: self.get_ns.min(other.get_ns),
            outer_get_ns: self.outer_get_ns.min(other.outer_get_ns),
            function_ns: self.function_ns.min(other.function_ns),
            eval_mb_per_s: self.eval_mb_per_s.max(other.eval_mb_per_s),
        }
    }
}

const TIMES: u32 = 200_000;

/// Nanoseconds per round of `body`, best of five.
fn nanoseconds(times: u32, mut body: impl FnMut()) -> f64 {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            (0..times).for_each(|_| body());
            start.elapsed().as_secs_f64() * 1e9 / f64::from(times)
        })
        .fold(f64::INFINITY, f64::min)
}

/// Measures in this process.
pub fn run() -> Result<Costs, Error> {
    let start = Instant::now();
    let context = Context::new().map_err(|error| Error::failed("engine", error))?;
    let first_context_ms = milliseconds(start);
    let context_mb = child::peak_memory();
    let start = Instant::now();
    drop(Context::new());
    let next_context_ms = milliseconds(start);
    let measured = measure(&context).map_err(|thrown| Error::failed("engine", thrown.describe()))?;
    Ok(Costs { first_context_ms, next_context_ms, context_mb, ..measured })
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

fn measure(context: &Context) -> JsResult<Costs> {
    let native = context.function("native", 2, |call| Ok(call.arg(0)));
    let caller = context
        .eval("(function (f, n) { let s = 0; for (let i = 0; i < n; i++) s += f(i, 1); return s; })", "caller.js")?;
    let (nothing, times) = (context.undefined(), context.number(f64::from(TIMES)));
    let mut failed: Option<concord_engine::Exception> = None;
    let mut check = |result: JsResult| failed = failed.take().or(result.err());
    let native_call_ns =
        nanoseconds(5, || check(caller.call(&nothing, &[native.clone(), times.clone()]))) / f64::from(TIMES);
    let add = context.eval("(a, b) => a + b", "add.js")?;
    let arguments: [Value; 2] = [context.number(1.0), context.number(2.0)];
    let call_ns = context.job(|| nanoseconds(TIMES, || check(add.call(&nothing, &arguments))));
    let object = context.eval("({ first: 1, second: {} })", "object.js")?;
    let get_ns = context.job(|| nanoseconds(TIMES, || check(object.get("second"))));
    let outer_get_ns = nanoseconds(TIMES, || check(object.get("second")));
    let function_ns = context.job(|| nanoseconds(2000, || drop(context.function("f", 0, |call| Ok(call.arg(0))))));
    let line = "function work(a, b) { const o = { a, b, list: [a, b, a + b] }; for (const x of o.list) { o.a += x * 2; } return o; }\n";
    let text = format!("{{\n{}\n}}", line.repeat(40_000));
    let eval_ns = nanoseconds(1, || check(context.eval(&text, "text.js")));
    match failed {
        Some(thrown) => Err(thrown),
        None => Ok(Costs {
            first_context_ms: 0.0,
            next_context_ms: 0.0,
            context_mb: 0.0,
            native_call_ns,
            call_ns,
            get_ns,
            outer_get_ns,
            function_ns,
            eval_mb_per_s: text.len() as f64 / 1e6 / (eval_ns / 1e9),
        }),
    }
}
