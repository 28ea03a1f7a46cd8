//! A desktop portal as far as tests need one.

use std::collections::HashMap;

use zbus::connection::Builder;
use zbus::object_server::SignalEmitter;
use zbus::{Connection, OwnedVariant, Variant, fdo, interface};

pub const NAME: &str = "org.freedesktop.portal.Desktop";
pub const PATH: &str = "/org/freedesktop/portal/desktop";
const APPEARANCE: &str = "org.freedesktop.appearance";

/// `org.freedesktop.portal.Settings`.
pub struct Settings(HashMap<String, u32>);

impl Settings {
    /// Of somebody who likes it dark.
    pub fn dark() -> Settings {
        Settings(HashMap::from([("color-scheme".to_owned(), 1)]))
    }

    pub fn serve(self, bus: Builder) -> Builder {
        bus.serve_at(PATH, self).name(NAME)
    }

    pub fn of(bus: &Connection) -> Changer {
        Changer(bus.clone())
    }
}

/// Changes settings from outside.
pub struct Changer(Connection);

impl Changer {
    pub async fn set(&self, key: &str, value: u32) {
        let settings = self.0.object_server().interface::<_, Settings>(PATH).await.unwrap();
        settings.get_mut().await.0.insert(key.to_owned(), value);
        settings.signal_emitter().setting_changed(APPEARANCE, key, Variant::from(value)).await.unwrap();
    }
}

#[interface(name = "org.freedesktop.portal.Settings")]
impl Settings {
    fn read_all(&self, namespaces: Vec<String>) -> fdo::Result<HashMap<String, HashMap<String, OwnedVariant>>> {
        let wanted = namespaces.iter().any(|namespace| namespace == APPEARANCE);
        let mut all = HashMap::new();
        if wanted {
            let values = self.0.iter().map(|(key, value)| (key.clone(), OwnedVariant::from(*value)));
            all.insert(APPEARANCE.to_owned(), values.collect());
        }
        Ok(all)
    }

    #[zbus(signal)]
    async fn setting_changed(
        emitter: &SignalEmitter<'_>,
        namespace: &str,
        key: &str,
        value: Variant<'_>,
    ) -> zbus::Result<()>;
}
