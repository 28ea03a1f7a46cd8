//! The global `console`.

use std::time::Instant;

use concord_engine::{Context, JsResult};
use concord_runtime::Runtime;

use crate::log::{CONSOLE_DOMAIN, CONSOLE_TAG, Level, LogRecord, LogSink};
use std::sync::Arc;

/// Defines `console` in a context: lines go to `log`.
pub fn install_for(context: &Context, log: Arc<dyn LogSink>) -> JsResult<()> {
    let host = context.object();
    let write = context.function("write", 2, move |call| {
        let level = call.arg(0).as_i64().and_then(Level::from_number).unwrap_or(Level::Info);
        let message = call.arg(1).to_js_string()?;
        log.write(&LogRecord { level, domain: CONSOLE_DOMAIN, tag: CONSOLE_TAG, message: &message });
        Ok(call.context.undefined())
    });
    host.set("write", &write)?;
    let started = Instant::now();
    let now = context.function("now", 0, move |call| Ok(call.context.number(started.elapsed().as_secs_f64() * 1000.0)));
    host.set("now", &now)?;
    let stack = context.function("stack", 0, |call| {
        let error = call.context.error(concord_engine::ErrorKind::Error, "");
        let raw = error.get("stack")?.as_string().unwrap_or_default();
        let mapped = Runtime::of(call.context).map_or(raw.clone(), |runtime| runtime.map_stack(&raw));
        Ok(call.context.string(mapped.trim_end()))
    });
    host.set("stack", &stack)?;
    let face = context.eval(include_str!("core/console.js"), "concord:console")?;
    let console = face.call(&context.undefined(), &[host])?;
    context.global().set("console", &console)
}
