//! The language of the machine (`org.freedesktop.locale1`).

use zbus::connection::Builder;
use zbus::{Connection, interface};

const NAME: &str = "org.freedesktop.locale1";
const PATH: &str = "/org/freedesktop/locale1";

/// Variables with their values.
pub struct Locale(Vec<String>);

#[interface(name = "org.freedesktop.locale1")]
impl Locale {
    #[zbus(property)]
    fn locale(&self) -> Vec<String> {
        self.0.clone()
    }
}

impl Locale {
    pub fn english() -> Locale {
        Locale(vec!["LANG=en_GB.UTF-8".to_owned()])
    }

    pub fn serve(self, bus: Builder) -> Builder {
        bus.serve_at(PATH, self).name(NAME)
    }
}

/// Somebody chooses another one.
pub async fn change(bus: &Connection, variable: &str) {
    let locale = bus.object_server().interface::<_, Locale>(PATH).await.unwrap();
    let mut inner = locale.get_mut().await;
    inner.0 = vec![variable.to_owned(), "LC_TIME=en_GB.UTF-8".to_owned()];
    inner.locale_changed(locale.signal_emitter()).await.unwrap();
}
