//! What the device can do, by the names that apps ask for with `canIUse`.

use concord_engine::{Call, JsResult};
use concord_runtime::FaceModule;

/// The names, one to a line, without their common beginning. Hardware that no desktop has (NFC, secure elements …), and services
/// for other devices and for administrators, are not among them.
const NAMES: &str = include_str!("../data/capabilities.txt");

pub(crate) static MODULE: FaceModule = FaceModule {
    request: "@concord:capabilities",
    source: "(function (host) { return { has: (name) => typeof name === 'string' && host.has(name) }; })",
    natives: &[("has", has_leaf)],
    apis: &[],
};

/// Whether the device has a capability (`SystemCapability.Utils.Lang`).
pub fn has(capability: &str) -> bool {
    capability.strip_prefix("SystemCapability.").is_some_and(|name| NAMES.lines().any(|line| line == name))
}

/// has(name) → boolean
fn has_leaf(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(has(&call.arg(0).to_js_string()?)))
}

#[cfg(test)]
mod tests {
    use super::has;

    #[test]
    fn names_are_whole() {
        assert!(has("SystemCapability.Utils.Lang") && has("SystemCapability.Communication.WiFi.STA"));
        for name in
            ["SystemCapability.Utils", "Utils.Lang", "SystemCapability.", "SystemCapability.Communication.NFC.Core", ""]
        {
            assert!(!has(name), "{name}");
        }
    }
}
