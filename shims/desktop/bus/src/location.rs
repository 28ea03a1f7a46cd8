//! `Location` of GeoClue, on the bus of the machine.

use concord_desktop::location::{Location, Position, Precision, Watch};
use concord_desktop::{Listener, ServiceError};
use zbus::message::Type;
use zbus::{Connection, MatchRule, MessageStream, OwnedObjectPath, Variant};

use crate::call::{Object, Values, failure, value};
use crate::channel::{Channel, next_or};
use crate::known::{Known, Learner};
use crate::thread::Bus;

const SERVICE: &str = "org.freedesktop.GeoClue2";
const MANAGER: Object<'_> = Object {
    service: SERVICE,
    path: "/org/freedesktop/GeoClue2/Manager",
    interface: "org.freedesktop.GeoClue2.Manager",
};
const CLIENT: &str = "org.freedesktop.GeoClue2.Client";
const PLACE: &str = "org.freedesktop.GeoClue2.Location";
/// What it does, for people.
const DOES: &str = "places";
/// `GClueAccuracyLevel`.
const CITY: u32 = 4;
const EXACT: u32 = 8;

/// Places that GeoClue knows.
pub(crate) struct GeoClue {
    bus: Bus,
    available: Known<bool>,
}

impl GeoClue {
    pub(crate) fn new(bus: &Bus) -> Self {
        let (available, learner) = Known::new();
        bus.spawn(move |buses| async move {
            if let Some(system) = &buses.system
                && let Err(error) = look(system, &learner).await
            {
                tracing::debug!("no places: {error}");
            }
        });
        Self { bus: bus.clone(), available }
    }
}

/// Ends a watch.
struct End(Channel<()>);

impl Drop for End {
    fn drop(&mut self) {
        self.0.send(());
    }
}

impl Location for GeoClue {
    fn is_available(&self) -> bool {
        self.available.get().unwrap_or(false)
    }

    fn watch(&self, app: &str, precision: Precision, listener: Listener<Result<Position, ServiceError>>) -> Watch {
        let end = Channel::new();
        let ended = end.clone();
        let app = app.to_owned();
        self.bus.spawn(move |buses| async move {
            let Some(system) = &buses.system else { return listener(Err(ServiceError::Absent(DOES))) };
            if let Err(error) = follow(system, &app, precision, &listener, &ended).await {
                listener(Err(failure(DOES, &error)));
            }
        });
        Watch::new(End(end))
    }
}

/// Learns whether the bus has the service or can start it.
async fn look(bus: &Connection, learner: &Learner<bool>) -> zbus::Result<()> {
    const BUS: Object<'_> =
        Object { service: "org.freedesktop.DBus", path: "/org/freedesktop/DBus", interface: "org.freedesktop.DBus" };
    for method in ["ListNames", "ListActivatableNames"] {
        let names: Vec<String> = BUS.call(bus, method, &()).await?.body().deserialize()?;
        if names.iter().any(|name| name == SERVICE) {
            learner.learn(true);
            return Ok(());
        }
    }
    learner.learn(false);
    Ok(())
}

async fn follow(
    bus: &Connection,
    app: &str,
    precision: Precision,
    listener: &Listener<Result<Position, ServiceError>>,
    end: &Channel<()>,
) -> zbus::Result<()> {
    let path: OwnedObjectPath = MANAGER.call(bus, "CreateClient", &()).await?.body().deserialize()?;
    let client = Object { service: SERVICE, path: path.as_str(), interface: CLIENT };
    let told = tell(bus, client, app, precision, listener, end).await;
    // A client that is gone already needs no ending.
    let _ = client.call(bus, "Stop", &()).await;
    let _ = MANAGER.call(bus, "DeleteClient", &path).await;
    told
}

async fn tell(
    bus: &Connection,
    client: Object<'_>,
    app: &str,
    precision: Precision,
    listener: &Listener<Result<Position, ServiceError>>,
    end: &Channel<()>,
) -> zbus::Result<()> {
    let properties = Object { interface: "org.freedesktop.DBus.Properties", ..client };
    let level = match precision {
        Precision::Approximate => CITY,
        Precision::Exact => EXACT,
    };
    for (name, value) in
        [("DesktopId", Variant::from(app.to_owned())), ("RequestedAccuracyLevel", Variant::from(level))]
    {
        properties.call(bus, "Set", &(CLIENT, name, value)).await?;
    }
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .path(client.path)
        .interface(CLIENT)
        .member("LocationUpdated")
        .build()?;
    let mut updates = MessageStream::for_match_rule(rule, bus, None).await?;
    client.call(bus, "Start", &()).await?;
    while let Some(update) = next_or(&mut updates, end).await {
        let body = update?.body();
        let (_, now): (OwnedObjectPath, OwnedObjectPath) = body.deserialize()?;
        let place = Object { service: SERVICE, path: now.as_str(), interface: PLACE };
        if let Some(position) = position(&place.properties(bus).await?) {
            listener(Ok(position));
        }
    }
    Ok(())
}

/// None when it is no place on the earth.
fn position(values: &Values) -> Option<Position> {
    let degrees = |name: &str, most: f64| value::<f64>(values, name).filter(|number| number.abs() <= most);
    let known = |name: &str| value::<f64>(values, name).filter(|number| number.is_finite() && *number >= 0.0);
    let time = value::<(u64, u64)>(values, "Timestamp");
    Some(Position {
        latitude: degrees("Latitude", 90.0)?,
        longitude: degrees("Longitude", 180.0)?,
        // The least number stands for an unknown height.
        altitude: value::<f64>(values, "Altitude").filter(|number| number.abs() < 1e6),
        accuracy: known("Accuracy").unwrap_or(0.0),
        speed: known("Speed"),
        heading: known("Heading").filter(|degrees| *degrees <= 360.0),
        time: time.and_then(|(seconds, micros)| seconds.checked_mul(1000)?.checked_add(micros / 1000)),
    })
}
