//! A notification server that shows nothing and remembers everything.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use zbus::object_server::SignalEmitter;
use zbus::{Connection, OwnedVariant, interface};

pub const NAME: &str = "org.freedesktop.Notifications";
pub const PATH: &str = "/org/freedesktop/Notifications";

/// What was shown or closed, a line for each.
pub type Seen = Arc<Mutex<Vec<String>>>;

/// `org.freedesktop.Notifications`.
pub struct Server {
    pub seen: Seen,
    pub last: u32,
}

/// Somebody presses a message, or one of its buttons.
pub async fn press(bus: &Connection, number: u32, action: &str) {
    let server = bus.object_server().interface::<_, Server>(PATH).await.unwrap();
    server.signal_emitter().action_invoked(number, action).await.unwrap();
}

/// The desktop gives a token to the app, and somebody presses a message.
pub async fn press_with(bus: &Connection, number: u32, token: &str) {
    let server = bus.object_server().interface::<_, Server>(PATH).await.unwrap();
    server.signal_emitter().activation_token(number, token).await.unwrap();
    server.signal_emitter().action_invoked(number, "default").await.unwrap();
}

/// Somebody puts a message away.
pub async fn put_away(bus: &Connection, number: u32) {
    let server = bus.object_server().interface::<_, Server>(PATH).await.unwrap();
    server.signal_emitter().notification_closed(number, 2).await.unwrap();
}

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    fn get_capabilities(&self) -> Vec<String> {
        ["body", "body-markup", "actions"].map(str::to_owned).to_vec()
    }

    #[expect(clippy::too_many_arguments, reason = "the interface says so")]
    fn notify(
        &mut self,
        _app: &str,
        replaces: u32,
        icon: &str,
        title: &str,
        body: &str,
        actions: Vec<String>,
        hints: HashMap<String, OwnedVariant>,
        _timeout: i32,
    ) -> u32 {
        let number = if replaces == 0 { self.last + 1 } else { replaces };
        self.last = self.last.max(number);
        let image = hints.get("image-data").and_then(|image| {
            let image = image.try_clone().ok()?;
            <(i32, i32, i32, bool, i32, i32, Vec<u8>)>::try_from(image).ok()
        });
        let image = image.map(|image| format!(" {}x{} {:?}", image.0, image.1, &image.6[..4])).unwrap_or_default();
        let line = format!("{number} {icon}: {title} | {} | {}{image}", body.replace('\n', "/"), actions.join(","));
        self.seen.lock().unwrap().push(line);
        number
    }

    async fn close_notification(&self, number: u32, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) {
        self.seen.lock().unwrap().push(format!("close {number}"));
        emitter.notification_closed(number, 3).await.unwrap();
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, number: u32, action: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn activation_token(emitter: &SignalEmitter<'_>, number: u32, token: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, number: u32, reason: u32) -> zbus::Result<()>;
}
