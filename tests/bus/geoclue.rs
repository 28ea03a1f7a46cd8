//! GeoClue that knows one place.

use zbus::connection::Builder;
use zbus::object_server::SignalEmitter;
use zbus::{Connection, OwnedObjectPath, fdo, interface};

const NAME: &str = "org.freedesktop.GeoClue2";
const MANAGER: &str = "/org/freedesktop/GeoClue2/Manager";
const CLIENT: &str = "/org/freedesktop/GeoClue2/Client/1";
const PLACE: &str = "/org/freedesktop/GeoClue2/Client/1/Location/0";

struct Manager;

#[interface(name = "org.freedesktop.GeoClue2.Manager")]
impl Manager {
    fn create_client(&self) -> fdo::Result<OwnedObjectPath> {
        Ok(OwnedObjectPath::try_from(CLIENT).unwrap())
    }

    fn delete_client(&self, _client: OwnedObjectPath) {}
}

/// What it was told, and whether people let it.
struct Client {
    app: String,
    level: u32,
    allowed: bool,
}

#[interface(name = "org.freedesktop.GeoClue2.Client")]
impl Client {
    async fn start(&self, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) -> fdo::Result<()> {
        if !self.allowed || self.app.is_empty() || self.level == 0 {
            return Err(fdo::Error::AccessDenied("people do not want it".to_owned()));
        }
        let path = |path: &str| OwnedObjectPath::try_from(path.to_owned()).unwrap();
        Client::location_updated(&emitter, path("/"), path(PLACE))
            .await
            .map_err(|error| fdo::Error::Failed(error.to_string()))
    }

    fn stop(&self) {}

    #[zbus(property)]
    fn desktop_id(&self) -> String {
        self.app.clone()
    }

    #[zbus(property)]
    fn set_desktop_id(&mut self, app: String) {
        self.app = app;
    }

    #[zbus(property)]
    fn requested_accuracy_level(&self) -> u32 {
        self.level
    }

    #[zbus(property)]
    fn set_requested_accuracy_level(&mut self, level: u32) {
        self.level = level;
    }

    #[zbus(signal)]
    async fn location_updated(
        emitter: &SignalEmitter<'_>,
        old: OwnedObjectPath,
        new: OwnedObjectPath,
    ) -> zbus::Result<()>;
}

struct Place;

#[interface(name = "org.freedesktop.GeoClue2.Location")]
impl Place {
    #[zbus(property)]
    fn latitude(&self) -> f64 {
        52.5
    }

    #[zbus(property)]
    fn longitude(&self) -> f64 {
        13.25
    }

    #[zbus(property)]
    fn accuracy(&self) -> f64 {
        20.0
    }

    #[zbus(property)]
    fn altitude(&self) -> f64 {
        f64::MIN
    }

    #[zbus(property)]
    fn speed(&self) -> f64 {
        -1.0
    }

    #[zbus(property)]
    fn timestamp(&self) -> (u64, u64) {
        (1_700_000_000, 5000)
    }
}

/// People let apps know, or not.
pub fn serve(bus: Builder, allowed: bool) -> Builder {
    let client = Client { app: String::new(), level: 0, allowed };
    bus.serve_at(MANAGER, Manager).serve_at(CLIENT, client).serve_at(PLACE, Place).name(NAME)
}

/// The machine moves.
pub async fn moved(bus: &Connection) {
    let client = bus.object_server().interface::<_, Client>(CLIENT).await.unwrap();
    let path = |path: &str| OwnedObjectPath::try_from(path.to_owned()).unwrap();
    Client::location_updated(client.signal_emitter(), path(PLACE), path(PLACE)).await.unwrap();
}
