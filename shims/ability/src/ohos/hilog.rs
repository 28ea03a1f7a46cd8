//! `@ohos:hilog`: the app's lines go to the process's log.

use std::cell::Cell;
use std::rc::Rc;

use concord_engine::{Call, Context, JsResult};
use concord_runtime::{Api, FaceModule, Support};

use crate::log::{Level, LogRecord};
use crate::state::AppState;

pub(super) static MODULE: FaceModule = FaceModule {
    request: "@ohos:hilog",
    source: include_str!("hilog.js"),
    natives: &[("write", write), ("isLoggable", is_loggable), ("setMinimum", set_minimum)],
    apis: &[
        Api { path: "hilog.debug", support: Support::Full },
        Api { path: "hilog.info", support: Support::Full },
        Api { path: "hilog.warn", support: Support::Full },
        Api { path: "hilog.error", support: Support::Full },
        Api { path: "hilog.fatal", support: Support::Full },
        Api { path: "hilog.isLoggable", support: Support::Full },
        Api { path: "hilog.setMinLogLevel", support: Support::Full },
        Api {
            path: "hilog.setLogLevel",
            support: Support::Partial("a level cannot be opened beyond what the host keeps"),
        },
        Api { path: "hilog.LogLevel", support: Support::Full },
        Api { path: "hilog.PreferStrategy", support: Support::Full },
        Api { path: "hilog.setOutputType", support: Support::Partial("lines always go to the log of the run") },
        Api { path: "hilog.getOutputType", support: Support::Partial("lines always go to the log of the run") },
        Api { path: "hilog.flush", support: Support::Full },
    ],
};

/// The least level that the app itself wants (`setMinLogLevel`).
#[derive(Default)]
struct Minimum(Cell<Option<Level>>);

fn minimum(context: &Context) -> Rc<Minimum> {
    context.host_data::<Minimum>().unwrap_or_else(|| {
        let minimum = Rc::new(Minimum::default());
        context.set_host_data(Rc::clone(&minimum));
        minimum
    })
}

fn level(call: &Call<'_>, index: usize) -> Option<Level> {
    call.arg(index).as_i64().and_then(Level::from_number)
}

fn domain(call: &Call<'_>, index: usize) -> u32 {
    call.arg(index).as_f64().map_or(0, |domain| domain as u32 & 0xffff)
}

/// (level, domain, tag, text)
fn write(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let (tag, message) = (call.arg(2).to_js_string()?, call.arg(3).to_js_string()?);
    let level = level(call, 0).unwrap_or(Level::Info);
    state.hosts.log.write(&LogRecord { level, domain: domain(call, 1), tag: &tag, message: &message });
    Ok(call.context.undefined())
}

/// (domain, tag, level)
fn is_loggable(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let wanted = minimum(call.context).0.get();
    let loggable = level(call, 2).is_some_and(|level| match wanted {
        // What the app has set decides for the app; the host still drops what it does not show.
        Some(minimum) => level >= minimum,
        None => state.hosts.log.enabled(level, domain(call, 0), &call.arg(1).as_string().unwrap_or_default()),
    });
    Ok(call.context.boolean(loggable))
}

/// (level, …)
fn set_minimum(call: &Call<'_>) -> JsResult {
    minimum(call.context).0.set(level(call, 0));
    Ok(call.context.undefined())
}
