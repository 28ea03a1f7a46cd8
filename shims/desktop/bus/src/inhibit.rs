//! `Inhibit` of the portal (`org.freedesktop.portal.Inhibit`), else of the screen saver (`org.freedesktop.ScreenSaver`).

use concord_desktop::inhibit::{Inhibit, Inhibition, Rest};
use zbus::{Connection, OwnedObjectPath, Variant};

use crate::call::Object;
use crate::channel::Channel;
use crate::portal::{self, Options};
use crate::thread::Bus;

const PORTAL: Object<'_> = portal::interface("org.freedesktop.portal.Inhibit");
/// Flags of the portal.
const SUSPEND: u32 = 4;
const IDLE: u32 = 8;
const SCREEN_SAVER: Object<'_> = Object {
    service: "org.freedesktop.ScreenSaver",
    path: "/org/freedesktop/ScreenSaver",
    interface: "org.freedesktop.ScreenSaver",
};

/// Keeps things from resting over the bus.
pub(crate) struct BusInhibit(Bus);

impl BusInhibit {
    pub(crate) fn new(bus: &Bus) -> Self {
        Self(bus.clone())
    }
}

/// Ends an inhibition.
struct End(Channel<()>);

impl Drop for End {
    fn drop(&mut self) {
        self.0.send(());
    }
}

/// What there is to end.
enum Held {
    Portal(OwnedObjectPath),
    ScreenSaver(u32),
}

impl Inhibit for BusInhibit {
    fn inhibit(&self, rest: Rest, reason: &str) -> Inhibition {
        let end = Channel::new();
        let ended = end.clone();
        let reason = reason.to_owned();
        self.0.spawn(move |buses| async move {
            let bus = &buses.session;
            match hold(bus, rest, &reason).await {
                Ok(held) => {
                    ended.receive().await;
                    let done = match held {
                        Held::Portal(path) => portal::close(bus, &path).await,
                        Held::ScreenSaver(cookie) => SCREEN_SAVER.call(bus, "UnInhibit", &cookie).await.map(drop),
                    };
                    if let Err(error) = done {
                        tracing::warn!("the desktop was kept from resting, which could not be ended: {error}");
                    }
                }
                Err(error) => tracing::warn!("the desktop cannot be kept from resting: {error}"),
            }
        });
        Inhibition::new(End(end))
    }
}

async fn hold(bus: &Connection, rest: Rest, reason: &str) -> zbus::Result<Held> {
    let flags = match rest {
        Rest::Screen => IDLE,
        Rest::Machine => SUSPEND,
    };
    let options = Options::from([("reason", Variant::from(reason)), ("handle_token", Variant::from(portal::token()))]);
    match PORTAL.call(bus, "Inhibit", &("", flags, options)).await {
        Ok(reply) => Ok(Held::Portal(reply.body().deserialize()?)),
        Err(error) if rest == Rest::Machine => Err(error),
        Err(_) => {
            let reply = SCREEN_SAVER.call(bus, "Inhibit", &("Concord", reason)).await?;
            Ok(Held::ScreenSaver(reply.body().deserialize()?))
        }
    }
}
