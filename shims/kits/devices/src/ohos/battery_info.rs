//! `@ohos:batteryInfo`, and the battery of the desktop.

use concord_ability::desktop;
use concord_desktop::power::{Battery, Charge};
use concord_engine::{Call, Context, JsResult, Value};
use concord_runtime::FaceModule;

use concord_runtime::face::{face, full, partial};

/// The face that hears of changes.
const BATTERY: &str = "@concord:kits/battery";

pub(crate) static MODULES: [FaceModule; 3] = [
    FaceModule {
        request: BATTERY,
        source: include_str!("parts/battery.js"),
        natives: &[("read", read), ("listen", listen)],
        apis: &[],
    },
    face("@concord:kits/system-events", include_str!("parts/system_events.js"), &[]),
    face(
        "@ohos:batteryInfo",
        include_str!("batteryInfo.js"),
        &[
            full("*@20"),
            partial("batteryInfo.healthStatus", "GOOD whenever there is a battery"),
            partial("batteryInfo.pluggedType", "NONE and AC"),
        ],
    ),
];

/// read() → what is known of the battery, undefined where nothing is
fn read(call: &Call<'_>) -> JsResult {
    match desktop::of(call.context).power.battery() {
        Some(battery) => object(call.context, battery),
        None => Ok(call.context.undefined()),
    }
}

/// listen(): `changed` of the face is called after every change from now on.
fn listen(call: &Call<'_>) -> JsResult {
    if let Some(listener) = desktop::listener(call.context, BATTERY, "changed", object) {
        desktop::of(call.context).power.listen(listener);
    }
    Ok(call.context.undefined())
}

/// In the units of the platform: per cent, µV, tenths of a degree, mA.
fn object(context: &Context, battery: Battery) -> JsResult<Value> {
    let object = context.object();
    let current = battery.power.zip(battery.voltage).map_or(0.0, |(watts, volts)| watts / volts * 1000.0);
    let charge = match battery.charge {
        Charge::Unknown => 0.0,
        Charge::Charging => 1.0,
        Charge::Discharging | Charge::Held => 2.0,
        Charge::Full => 3.0,
    };
    let numbers = [
        ("percent", battery.percent.round()),
        ("charge", charge),
        ("voltage", (battery.voltage.unwrap_or(0.0) * 1e6).round()),
        ("temperature", (battery.temperature.unwrap_or(0.0) * 10.0).round()),
        ("current", current.round()),
    ];
    for (name, number) in numbers {
        object.set(name, &context.number(number))?;
    }
    for (name, flag) in [("present", battery.present), ("plugged", battery.plugged)] {
        object.set(name, &context.boolean(flag))?;
    }
    object.set("technology", &context.string(&battery.technology))?;
    Ok(object)
}
