//! `@ohos:systemDateTime`.

use concord_engine::{Call, JsResult};
use concord_runtime::FaceModule;
use nix::time::{ClockId, clock_gettime};

use concord_runtime::face::full;

pub(super) static MODULES: [FaceModule; 1] = [FaceModule {
    request: "@ohos:systemDateTime",
    source: include_str!("systemDateTime.js"),
    natives: &[("uptime", uptime)],
    apis: &[full("*")],
}];

/// uptime(without sleep) → milliseconds since the machine started
fn uptime(call: &Call<'_>) -> JsResult {
    let clock = if call.arg(0).to_boolean() { ClockId::CLOCK_MONOTONIC } else { ClockId::CLOCK_BOOTTIME };
    let time =
        clock_gettime(clock).map_or(0.0, |time| time.tv_sec() as f64 * 1000.0 + (time.tv_nsec() / 1_000_000) as f64);
    Ok(call.context.number(time))
}
