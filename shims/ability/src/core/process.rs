//! Leaves of `@concord:process`.

use std::time::{SystemTime, UNIX_EPOCH};

use concord_engine::{Call, Context, Exception, JsResult, Value};
use concord_package::PackageSet;
use concord_runtime::{FaceModule, Runtime};
use serde_json::json;

use crate::log::Level;
use crate::options::{Launch, Outcome};
use crate::state::{self, AppState, business_error};

pub(super) static MODULE: FaceModule = FaceModule {
    request: "@concord:process",
    source: include_str!("process.js"),
    natives: &[
        ("describe", describe),
        ("exiting", exiting),
        ("uncaught", uncaught),
        ("exit", exit),
        ("finish", finish),
        ("ensureDirectory", ensure_directory),
        ("removeData", remove_data),
        ("extractResfiles", extract_resfiles),
        ("importModule", import_module),
        ("hasModule", has_module),
        ("setMocks", set_mocks),
        ("profile", profile),
        ("createStage", create_stage),
        ("describeError", describe_error),
        ("log", log),
        ("memory", memory),
    ],
    apis: &[],
};

/// First number of the range that third-party applications get.
pub const UID: u32 = 20_010_001;
/// Access token of the app; one app runs in a process, so one number is enough.
const ACCESS_TOKEN: u32 = 537_919_488;

fn runtime(call: &Call<'_>) -> JsResult<Runtime> {
    Runtime::of(call.context)
        .ok_or_else(|| business_error(call.context, 16_000_050, "Internal error: the process has ended."))
}

fn text(call: &Call<'_>, index: usize) -> String {
    call.arg(index).as_string().unwrap_or_default()
}

/// The JSON text that process.js starts from.
fn describe(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let options = &state.options;
    let device = &options.device;
    let test = match &options.launch {
        Launch::Test(test) => json!({
            "module": test.module,
            "runner": test.runner.clone().unwrap_or_default(),
            "params": test.params,
            "waitSeconds": test.wait_seconds,
        }),
        Launch::Ability(_) => json!(null),
    };
    let others: Vec<_> =
        options.others.iter().map(|set| json!({ "bundleName": set.bundle_name(), "modules": modules(set) })).collect();
    let started = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis() as u64;
    let description = json!({
        "bundleName": state.bundle_name(),
        "pid": std::process::id(),
        "uid": UID,
        "accessTokenId": ACCESS_TOKEN,
        "startTime": started,
        "device": {
            "deviceType": device.device_type, "width": device.width, "height": device.height, "density": device.density,
            "locale": device.locale, "dark": device.dark, "fontScale": device.font_scale,
            "accent": device.accent.map(crate::preferences::hex), "animations": device.animations, "systemBars": device.system_bars, "keyboard": device.keyboard,
            "freeWindows": device.free_windows,
        },
        "modules": modules(&options.packages),
        "others": others,
        "test": test,
        "grants": options.grants,
        "lastExit": { "reason": options.last_exit.reason, "message": options.last_exit.message },
    });
    Ok(call.context.string(&description.to_string()))
}

fn modules(set: &PackageSet) -> Vec<serde_json::Value> {
    set.packages()
        .iter()
        .map(|package| json!({ "name": package.module().module.name, "tree": package.module().tree }))
        .collect()
}

fn exiting(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    Ok(call.context.boolean(state.event_loop.exit_requested().is_some()))
}

fn uncaught(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    state.event_loop.report(call.context, Exception(call.arg(0)));
    Ok(call.context.undefined())
}

fn exit(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let code = call.arg(0).as_f64().unwrap_or_default();
    state.exit(call.context, code as i32);
    Ok(call.context.undefined())
}

/// The last ability is gone.
fn finish(call: &Call<'_>) -> JsResult {
    AppState::of_call(call)?.end(Outcome::Finished, 0);
    Ok(call.context.undefined())
}

/// Makes a directory of the app; gives its name, or '' when that is impossible.
fn ensure_directory(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let name = text(call, 0);
    let made = state
        .paths
        .to_host(&name)
        .map_err(|error| error.to_string())
        .and_then(|path| std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display())));
    Ok(match made {
        Ok(()) => call.context.string(&name),
        Err(error) => {
            state.log(Level::Error, &format!("cannot make the directory {name} of the app: {error}"));
            call.context.string("")
        }
    })
}

/// Removes what the app has stored.
fn remove_data(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    for level in 1..=5 {
        for part in ["base", "database"] {
            if let Ok(path) = state.paths.to_host(&format!("/data/storage/el{level}/{part}"))
                && let Err(error) = std::fs::remove_dir_all(&path)
                && error.kind() != std::io::ErrorKind::NotFound
            {
                state.log(Level::Error, &format!("cannot remove {}: {error}", path.display()));
            }
        }
    }
    Ok(call.context.undefined())
}

/// Unpacks `resources/resfile` of a module, once; gives the virtual directory, '' when there is none.
fn extract_resfiles(call: &Call<'_>) -> JsResult {
    const PREFIX: &str = "resources/resfile/";
    let state = AppState::of_call(call)?;
    let module = text(call, 0);
    let Some(package) = state.packages().module(&module) else { return Ok(call.context.string("")) };
    let root = format!("/data/storage/el1/bundle/{module}/resources/resfile");
    let mut any = false;
    for entry in package.entries().filter(|entry| entry.starts_with(PREFIX) && !entry.ends_with('/')) {
        any = true;
        let Some(rest) = entry.strip_prefix(PREFIX) else { continue };
        let Ok(path) = state.paths.to_host(&format!("{root}/{rest}")) else { continue };
        if path.exists() {
            continue;
        }
        let write = || -> Result<(), String> {
            let bytes = package.read(entry).map_err(|error| error.to_string())?.unwrap_or_else(|| Vec::new().into());
            let parent = path.parent().ok_or("no parent directory")?;
            std::fs::create_dir_all(parent).map_err(|error| error.to_string())?;
            std::fs::write(&path, &*bytes).map_err(|error| error.to_string())
        };
        if let Err(error) = write() {
            state.log(Level::Error, &format!("cannot unpack {entry} of module {module}: {error}"));
        }
    }
    Ok(call.context.string(if any { &root } else { "" }))
}

fn import_module(call: &Call<'_>) -> JsResult {
    runtime(call)?.import(&text(call, 0), &text(call, 1))
}

fn has_module(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(runtime(call)?.has(&text(call, 0), &text(call, 1))))
}

/// An array of [name, replacement].
fn set_mocks(call: &Call<'_>) -> JsResult {
    let list = call.arg(0).to_json()?.unwrap_or_default();
    let mocks: Vec<(String, String)> = serde_json::from_str(&list).unwrap_or_default();
    runtime(call)?.set_mocks(&mocks);
    Ok(call.context.undefined())
}

/// (module, `$profile:name`): text of a profile, undefined when there is none.
fn profile(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let reference = text(call, 1);
    let bytes = reference.strip_prefix("$profile:").and_then(|name| {
        let package = state.packages().module(&text(call, 0))?;
        package.read(&format!("resources/base/profile/{name}.json")).ok().flatten()
    });
    Ok(bytes.map_or_else(|| call.context.undefined(), |bytes| call.context.string(&String::from_utf8_lossy(&bytes))))
}

fn create_stage(call: &Call<'_>) -> JsResult {
    AppState::of_call(call)?.hosts.windows.create_stage(call.context, &call.arg(0))
}

/// {name, message, stack, summary} of a thrown value.
fn describe_error(call: &Call<'_>) -> JsResult {
    let exception = Exception(call.arg(0));
    let report = runtime(call)?.describe(&exception);
    let object = call.context.object();
    set_text(call.context, &object, "name", &report.name)?;
    set_text(call.context, &object, "message", &report.message)?;
    set_text(call.context, &object, "stack", &report.stack)?;
    set_text(call.context, &object, "summary", &state::summary(call.context, &exception))?;
    Ok(object)
}

fn set_text(context: &Context, object: &Value, key: &str, text: &str) -> JsResult<()> {
    object.set(key, &context.string(text))
}

/// (level, text): a line of the system.
fn log(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let level = call.arg(0).as_i64().and_then(Level::from_number).unwrap_or(Level::Info);
    state.log(level, &call.arg(1).to_js_string()?);
    Ok(call.context.undefined())
}

/// Bytes of memory that the process uses (resident set).
fn memory(call: &Call<'_>) -> JsResult {
    let pages = std::fs::read_to_string("/proc/self/statm")
        .ok()
        .and_then(|text| text.split_whitespace().nth(1)?.parse::<f64>().ok())
        .unwrap_or_default();
    Ok(call.context.number(pages * 4096.0))
}
