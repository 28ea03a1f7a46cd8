//! `@ohos:geoLocationManager`, and who knows where the machine is.

use std::cell::RefCell;
use std::rc::Rc;

use concord_ability::desktop;
use concord_ability::state::AppState;
use concord_desktop::ServiceError;
use concord_desktop::location::{Position, Precision, Watch};
use concord_engine::{Call, Context, JsResult, Value};
use concord_runtime::FaceModule;

use concord_runtime::face::{face, full, partial};

/// The face that hears of places.
const PLACES: &str = "@concord:devices/places";

pub(crate) static MODULES: [FaceModule; 2] = [
    FaceModule {
        request: PLACES,
        source: include_str!("parts/places.js"),
        natives: &[("isAvailable", is_available), ("watch", watch), ("stop", stop)],
        apis: &[],
    },
    face(
        "@ohos:geoLocationManager",
        include_str!("geoLocationManager.js"),
        &[
            full("*@20"),
            partial("geoLocationManager.on", "places and countries; no satellites, NMEA, cached places and fences"),
            partial("geoLocationManager.getCountryCode", "of the language"),
            partial("geoLocationManager.getAddressesFromLocation", "there is no geocoder"),
            partial("geoLocationManager.getAddressesFromLocationName", "there is no geocoder"),
            partial("geoLocationManager.addGnssGeofence", "there are no fences"),
            partial("geoLocationManager.removeGnssGeofence", "there are no fences"),
            partial("geoLocationManager.addBeaconFence", "there are no fences"),
            partial("geoLocationManager.removeBeaconFence", "there are no fences"),
            partial("geoLocationManager.getPoiInfo", "there are no points of interest"),
            partial("geoLocationManager.getCurrentWifiBssidForLocating", "Wi-Fi is the machine's own"),
        ],
    ),
];

/// The watch of a context; one serves all that ask.
#[derive(Default)]
struct Watching(RefCell<Option<Watch>>);

impl Watching {
    fn of(context: &Context) -> Rc<Self> {
        context.host_data::<Self>().unwrap_or_else(|| {
            let watching = Rc::new(Self::default());
            context.set_host_data(Rc::clone(&watching));
            watching
        })
    }
}

/// isAvailable() → whether there is somebody who knows
fn is_available(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(desktop::of(call.context).location.is_available()))
}

/// watch(whether exactly): `heard` of the face is called with every place from now on, in place of an earlier watch.
fn watch(call: &Call<'_>) -> JsResult {
    let precision = if call.arg(0).to_boolean() { Precision::Exact } else { Precision::Approximate };
    let app = AppState::of(call.context).map(|state| state.bundle_name().to_owned()).unwrap_or_default();
    let watching = Watching::of(call.context);
    watching.0.borrow_mut().take();
    if let Some(listener) = desktop::listener(call.context, PLACES, "heard", news) {
        let watch = desktop::of(call.context).location.watch(&app, precision, listener);
        *watching.0.borrow_mut() = Some(watch);
    }
    Ok(call.context.undefined())
}

/// stop(): the end of the watch.
fn stop(call: &Call<'_>) -> JsResult {
    Watching::of(call.context).0.borrow_mut().take();
    Ok(call.context.undefined())
}

/// A `Location` of the platform; `{refused}` says whether people do not want it, where there is none.
fn news(context: &Context, news: Result<Position, ServiceError>) -> JsResult<Value> {
    let object = context.object();
    let position = match news {
        Ok(position) => position,
        Err(error) => {
            tracing::info!("{error}");
            let refused = matches!(error, ServiceError::Refused { .. });
            object.set("refused", &context.boolean(refused))?;
            return Ok(object);
        }
    };
    let numbers = [
        ("latitude", position.latitude),
        ("longitude", position.longitude),
        ("altitude", position.altitude.unwrap_or(0.0)),
        ("accuracy", position.accuracy),
        ("speed", position.speed.unwrap_or(0.0)),
        ("direction", position.heading.unwrap_or(0.0)),
    ];
    for (name, number) in numbers {
        object.set(name, &context.number(number))?;
    }
    if let Some(time) = position.time {
        object.set("timeStamp", &context.number(time as f64))?;
    }
    Ok(object)
}
