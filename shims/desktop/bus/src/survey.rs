//! Which services there are, for people who wonder why nothing happens.

use std::time::Duration;

use zbus::connection::Builder;

use crate::Addresses;

/// How long a bus may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// A service of a bus, and what apps lack without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Service {
    /// Its name on the bus.
    pub name: &'static str,
    /// What it does for apps.
    pub does: &'static str,
    /// It runs, or the bus can start it.
    pub there: bool,
}

/// On the bus of the session.
const SESSION: [(&str, &str); 2] = [
    ("org.freedesktop.portal.Desktop", "dark colours, links, choosing files, a screen that stays on"),
    ("org.freedesktop.Notifications", "notifications"),
];
/// On the bus of the machine.
const SYSTEM: [(&str, &str); 2] =
    [("org.freedesktop.UPower", "the battery"), ("org.freedesktop.GeoClue2", "where the machine is")];

/// Asks both buses what there is; waits for seconds at most.
///
/// # Errors
/// Why there is no session bus.
pub fn survey(addresses: &Addresses) -> Result<Vec<Service>, String> {
    zbus::block_on(async {
        let session = addresses.session.as_deref().map_or_else(Builder::session, Builder::address);
        let mut services = ask(session, &SESSION).await.map_err(|error| error.to_string())?;
        let system = addresses.system.as_deref().map_or_else(Builder::system, Builder::address);
        // Machines without a bus of their own are common enough: containers.
        let missing = || SYSTEM.map(|(name, does)| Service { name, does, there: false }).to_vec();
        services.extend(ask(system, &SYSTEM).await.unwrap_or_else(|_| missing()));
        Ok(services)
    })
}

async fn ask(bus: Builder<'_>, wanted: &[(&'static str, &'static str)]) -> zbus::Result<Vec<Service>> {
    const BUS: &str = "org.freedesktop.DBus";
    let bus = bus.method_timeout(PATIENCE).build().await?;
    let mut known: Vec<String> = Vec::new();
    for method in ["ListNames", "ListActivatableNames"] {
        let reply = bus.call_method(Some(BUS), "/org/freedesktop/DBus", Some(BUS), method, &()).await?;
        known.extend(reply.body().deserialize::<Vec<String>>()?);
    }
    let there = |name: &str| known.iter().any(|known| known == name);
    Ok(wanted.iter().map(|&(name, does)| Service { name, does, there: there(name) }).collect())
}
