//! What people have chosen on their desktop, as the device that the app sees. What was chosen for this run (`--dark`) stands
//! above it, what the app chooses for itself (`setColorMode`) above both.

use concord_desktop::settings::Preferences;
use concord_engine::{Context, JsResult, Value};
use concord_package::PackageSet;
use serde_json::Value as Json;

use crate::options::DeviceProfile;
use crate::state::AppState;

/// The size of text is at most this, unless the app says less (`fontSizeMaxScale`).
const LARGEST_TEXT: f64 = 3.2;

/// The device that the desktop's choices make of `built`.
pub(crate) fn adopt(built: &DeviceProfile, packages: &PackageSet, preferences: &Preferences) -> DeviceProfile {
    let mut device = built.clone();
    let chosen = device.chosen;
    if let Some(dark) = preferences.dark.filter(|_| !chosen.colors) {
        device.dark = dark;
    }
    if let Some(scale) = preferences.text_scale.filter(|_| !chosen.font_scale)
        && let Some(most) = text_limit(packages)
    {
        device.font_scale = scale.min(most);
    }
    if let Some(language) = preferences.language.as_ref().filter(|_| !chosen.locale) {
        device.locale.clone_from(language);
    }
    let whole = |part: f64| (part * 255.0).round() as u8;
    device.accent = preferences.accent.map(|color| color.map(whole)).or(device.accent);
    device.animations &= chosen.animations || !preferences.reduced_motion;
    device
}

/// How large an app lets text become when it follows the system; none for an app that does not, which is the usual thing: its
/// app.json5 has to name a profile with `"fontSizeScale": "followSystem"`.
fn text_limit(packages: &PackageSet) -> Option<f64> {
    let entry = packages.entry();
    let name = entry.module().tree.get("app")?.get("configuration")?.as_str()?.strip_prefix("$profile:")?;
    let text = entry.read(&format!("resources/base/profile/{name}.json")).ok()??;
    let profile: Json = serde_json::from_slice(&text).ok()?;
    let configuration = profile.get("configuration")?;
    if configuration.get("fontSizeScale")?.as_str()? != "followSystem" {
        return None;
    }
    let most = configuration.get("fontSizeMaxScale").and_then(Json::as_str).and_then(|most| most.parse::<f64>().ok());
    Some(most.filter(|most| *most >= 1.0).unwrap_or(LARGEST_TEXT))
}

/// `rrggbb`.
pub(crate) fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("{red:02x}{green:02x}{blue:02x}")
}

/// Tells the app of changes from now on.
pub(crate) fn follow(context: &Context, state: &AppState) {
    if let Some(listener) = crate::desktop::listener(context, "@concord:process", "systemChanged", changed) {
        state.hosts.desktop.settings.listen(listener);
    }
}

fn changed(context: &Context, preferences: Preferences) -> JsResult<Value> {
    let change = context.object();
    if let Some(state) = AppState::of(context) {
        let device = adopt(&state.built, state.packages(), &preferences);
        change.set("dark", &context.boolean(device.dark))?;
        change.set("fontScale", &context.number(device.font_scale))?;
        change.set("language", &context.string(&device.locale))?;
        change.set("animations", &context.boolean(device.animations))?;
        change.set("accent", &device.accent.map_or_else(|| context.null(), |color| context.string(&hex(color))))?;
    }
    Ok(change)
}
