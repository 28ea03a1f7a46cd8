//! `@ohos:notificationManager`, and the desktop that shows what apps publish.

use concord_ability::desktop;
use concord_ability::state::AppState;
use concord_desktop::notifications::{Action, Event, Notification, Picture, Urgency};
use concord_engine::{Call, Context, JsResult, Value};
use concord_runtime::FaceModule;
use serde::Deserialize;

use concord_runtime::face::{face, full, index_arg, partial, stub, text_arg};

/// The face that hears of what people do.
const SHOWN: &str = "@concord:kits/shown-notifications";

pub(super) static MODULES: [FaceModule; 2] = [
    FaceModule {
        request: SHOWN,
        source: include_str!("parts/shown_notifications.js"),
        natives: &[("show", show), ("withdraw", withdraw), ("setBadge", set_badge), ("listen", listen)],
        apis: &[],
    },
    face(
        "@ohos:notificationManager",
        include_str!("notificationManager.js"),
        &[
            full("*"),
            partial(
                "notificationManager.publish",
                "without lights, vibration and custom sounds; live views are refused",
            ),
            partial(
                "notificationManager.requestEnableNotification",
                "nobody is asked: desktops have switches of their own",
            ),
            stub("notificationManager.getNotificationParameters"),
            stub("notificationManager.openNotificationSettingsWithResult"),
            stub("notificationManager.isGeofenceEnabled"),
        ],
    ),
];

/// What the face says of a message.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    key: String,
    title: String,
    text: String,
    app_name: String,
    buttons: Vec<String>,
    pressable: bool,
    /// -1 low, 0 normal, 1 urgent.
    urgency: i8,
    silent: bool,
    progress: Option<f64>,
}

/// show(json, [width, height, whether it is BGRA, whether alpha is multiplied in] or undefined, pixels)
fn show(call: &Call<'_>) -> JsResult {
    let Ok(request) = serde_json::from_str::<Request>(&text_arg(call, 0)?) else { return Ok(call.context.undefined()) };
    let actions = request.buttons.into_iter().enumerate();
    desktop::of(call.context).notifications.show(Notification {
        key: request.key,
        title: request.title,
        text: request.text,
        picture: picture(call)?,
        actions: actions.map(|(index, label)| Action { id: index.to_string(), label }).collect(),
        pressable: request.pressable,
        urgency: match request.urgency {
            ..=-1 => Urgency::Low,
            0 => Urgency::Normal,
            1.. => Urgency::Critical,
        },
        silent: request.silent,
        app_id: app_id(call.context),
        app_name: request.app_name,
        progress: request.progress.map(|progress| progress.clamp(0.0, 100.0) as u8),
    });
    Ok(call.context.undefined())
}

fn app_id(context: &Context) -> String {
    AppState::of(context).map(|state| state.bundle_name().to_owned()).unwrap_or_default()
}

fn picture(call: &Call<'_>) -> JsResult<Option<Picture>> {
    let info = call.arg(1);
    let (Some(mut rgba), true) = (call.arg(2).bytes(), info.is_object()) else { return Ok(None) };
    let side = |name: &str| -> JsResult<u32> { Ok(info.get(name)?.as_f64().map_or(0, |number| number as u32)) };
    let (width, height) = (side("width")?, side("height")?);
    let (swapped, multiplied) = (info.get("bgra")?.to_boolean(), info.get("premultiplied")?.to_boolean());
    for pixel in rgba.chunks_exact_mut(4) {
        let [first, green, third, alpha] = pixel else { continue };
        if swapped {
            std::mem::swap(first, third);
        }
        if multiplied && *alpha > 0 {
            for part in [first, green, third] {
                *part = (u32::from(*part) * 255 / u32::from(*alpha)).min(255) as u8;
            }
        }
    }
    Ok(Some(Picture { width, height, rgba }))
}

fn withdraw(call: &Call<'_>) -> JsResult {
    desktop::of(call.context).notifications.withdraw(&text_arg(call, 0)?);
    Ok(call.context.undefined())
}

fn set_badge(call: &Call<'_>) -> JsResult {
    let count = u32::try_from(index_arg(call, 0)).unwrap_or(u32::MAX);
    desktop::of(call.context).notifications.set_badge(&app_id(call.context), count);
    Ok(call.context.undefined())
}

/// listen(): `happened` of the face is called with what people do from now on.
fn listen(call: &Call<'_>) -> JsResult {
    if let Some(listener) = desktop::listener(call.context, SHOWN, "happened", event) {
        desktop::of(call.context).notifications.listen(listener);
    }
    Ok(call.context.undefined())
}

/// `{key, action}`; no action when the message is gone.
fn event(context: &Context, event: Event) -> JsResult<Value> {
    let object = context.object();
    let (Event::Activated { key, .. } | Event::Closed { key, .. }) = &event;
    object.set("key", &context.string(key))?;
    if let Event::Activated { action, token, .. } = &event {
        object.set("action", &context.string(action))?;
        if let (Some(token), Some(state)) = (token, AppState::of(context)) {
            state.hosts.windows.set_launch_token(context, token);
        }
    }
    Ok(object)
}
