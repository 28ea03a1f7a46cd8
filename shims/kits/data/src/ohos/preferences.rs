//! `@concord:preferences`: leaves of `@ohos:data.preferences` and `@ohos:data.sendablePreferences`.

use std::path::PathBuf;
use std::sync::Arc;

use concord_ability::event_loop::EventLoop;
use concord_ability::state::{AppState, business_error};
use concord_engine::{Call, Context, Exception, JsResult};
use concord_runtime::{FaceModule, Runtime};

use crate::preferences::{self, Changes, Kind, Preferences, PreferencesError};
use concord_runtime::face::text_arg;

pub(super) static MODULES: [FaceModule; 1] = [FaceModule {
    request: "@concord:preferences",
    source: include_str!("parts/preferences.js"),
    natives: &[
        ("open", open),
        ("forget", forget),
        ("remove", remove),
        ("get", get),
        ("all", all),
        ("set", set),
        ("clear", clear),
        ("flush", flush),
        ("listen", listen),
        ("ignore", ignore),
    ],
    apis: &[],
}];

/// What an instance holds.
type Held = Arc<Preferences>;

fn inner_error(context: &Context, why: &str) -> Exception {
    business_error(context, 15_500_000, &format!("Inner error. {why}"))
}

fn told<T>(context: &Context, result: Result<T, PreferencesError>) -> JsResult<T> {
    result.map_err(|error| inner_error(context, &error.to_string()))
}

fn held(call: &Call<'_>) -> JsResult<Held> {
    let handle = call.arg(0);
    let found = handle.native::<Held>().cloned();
    found.ok_or_else(|| business_error(call.context, 401, "Parameter error. The receiver is not a Preferences."))
}

fn path(call: &Call<'_>) -> JsResult<PathBuf> {
    let name = text_arg(call, 0)?;
    let found = AppState::of_call(call)?.paths.resolve(&name);
    found.map(|found| found.path).map_err(|error| inner_error(call.context, &format!("{name}: {error}.")))
}

/// open(path, storage type) → handle
fn open(call: &Call<'_>) -> JsResult {
    let kind = if call.arg(1).as_i64() == Some(1) { Kind::Gskv } else { Kind::Xml };
    let opened = told(call.context, preferences::open(&path(call)?, kind))?;
    Ok(call.context.native_object(Box::new(opened), None))
}

/// forget(path)
fn forget(call: &Call<'_>) -> JsResult {
    preferences::forget(&path(call)?);
    Ok(call.context.undefined())
}

/// remove(path)
fn remove(call: &Call<'_>) -> JsResult {
    let removed = preferences::delete(&path(call)?);
    removed.map(|()| call.context.undefined()).map_err(|error| {
        business_error(
            call.context,
            15_500_010,
            &format!("Failed to delete the user preferences persistence file. {error}"),
        )
    })
}

/// get(handle, key) → text or undefined
fn get(call: &Call<'_>) -> JsResult {
    let value = told(call.context, held(call)?.get(&text_arg(call, 1)?))?;
    Ok(value.map_or_else(|| call.context.undefined(), |value| call.context.string(&value)))
}

/// all(handle) → [key, text, key, text, …]
fn all(call: &Call<'_>) -> JsResult {
    let all = told(call.context, held(call)?.all())?;
    let list: Vec<_> = all.iter().flat_map(|(key, value)| [key, value]).map(|text| call.context.string(text)).collect();
    Ok(call.context.array(&list))
}

/// set(handle, key, text or undefined)
fn set(call: &Call<'_>) -> JsResult {
    let value = if call.arg(2).is_undefined() { None } else { Some(text_arg(call, 2)?) };
    told(call.context, held(call)?.set(&text_arg(call, 1)?, value))?;
    Ok(call.context.undefined())
}

/// clear(handle)
fn clear(call: &Call<'_>) -> JsResult {
    told(call.context, held(call)?.clear())?;
    Ok(call.context.undefined())
}

/// flush(handle, done): with a function on a thread of its own, else at once.
fn flush(call: &Call<'_>) -> JsResult {
    let (store, done) = (held(call)?, call.arg(1));
    let Some(event_loop) = EventLoop::of(call.context).filter(|_| done.is_function()) else {
        told(call.context, store.flush())?;
        return Ok(call.context.undefined());
    };
    let tell = move |context: &Context, result| {
        let args = match told(context, result) {
            Ok(()) => vec![],
            Err(error) => vec![error.0],
        };
        done.call(&context.undefined(), &args).map(drop)
    };
    let started = event_loop.offload(move || store.flush(), tell);
    started
        .map(|()| call.context.undefined())
        .map_err(|error| inner_error(call.context, &format!("No thread: {error}")))
}

/// What a listener is named by.
struct Listening(Held, u64);

/// listen(handle, token) → handle for `ignore`; `told(token, [key, text or null, …])` of the face is called from then on.
fn listen(call: &Call<'_>) -> JsResult {
    let (store, token) = (held(call)?, call.arg(1).as_f64().unwrap_or(0.0));
    let Some(event_loop) = EventLoop::of(call.context) else {
        return Err(inner_error(call.context, "There is no main loop."));
    };
    let remote = event_loop.remote();
    let tell = move |changes: &Changes| {
        let changes = changes.clone();
        remote.post(move |context, _| {
            let Some(runtime) = Runtime::of(context) else { return Ok(()) };
            let list: Vec<_> = changes
                .iter()
                .flat_map(|(key, value)| {
                    let value = value.as_ref().map_or_else(|| context.null(), |value| context.string(value));
                    [context.string(key), value]
                })
                .collect();
            let args = [context.number(token), context.array(&list)];
            runtime.require("@concord:preferences")?.call_method("told", &args).map(drop)
        });
    };
    let id = store.listen(Box::new(tell));
    Ok(call.context.native_object(Box::new(Listening(store, id)), None))
}

/// ignore(handle of `listen`)
fn ignore(call: &Call<'_>) -> JsResult {
    if let Some(Listening(store, id)) = call.arg(0).native::<Listening>() {
        store.ignore(*id);
    }
    Ok(call.context.undefined())
}
