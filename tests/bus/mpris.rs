//! What a panel of the desktop does with what plays.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use zbus::{Connection, OwnedVariant};

const PATH: &str = "/org/mpris/MediaPlayer2";
const PLAYER: &str = "org.mpris.MediaPlayer2.Player";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
/// An app shows itself soon after it says that it plays.
const PATIENCE: Duration = Duration::from_secs(10);

/// The name of the only player on the bus; waits for it.
async fn name(bus: &Connection) -> String {
    let start = Instant::now();
    loop {
        let reply = bus
            .call_method(
                Some("org.freedesktop.DBus"),
                "/org/freedesktop/DBus",
                Some("org.freedesktop.DBus"),
                "ListNames",
                &(),
            )
            .await
            .unwrap();
        let names: Vec<String> = reply.body().deserialize().unwrap();
        if let Some(name) = names.into_iter().find(|name| name.starts_with("org.mpris.MediaPlayer2.")) {
            return name;
        }
        assert!(start.elapsed() < PATIENCE, "nothing plays on the bus");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Presses a button.
pub async fn press(bus: &Connection, method: &str) {
    bus.call_method(Some(name(bus).await), PATH, Some(PLAYER), method, &()).await.unwrap();
}

/// Goes on by so many microseconds.
pub async fn seek(bus: &Connection, by: i64) {
    bus.call_method(Some(name(bus).await), PATH, Some(PLAYER), "Seek", &by).await.unwrap();
}

/// All properties.
pub async fn properties(bus: &Connection) -> HashMap<String, OwnedVariant> {
    let reply = bus.call_method(Some(name(bus).await), PATH, Some(PROPERTIES), "GetAll", &PLAYER).await.unwrap();
    reply.body().deserialize().unwrap()
}
