//! `Notifications` of the desktop (`org.freedesktop.Notifications`), and the number at an icon
//! (`com.canonical.Unity.LauncherEntry`, which most docks follow).

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use concord_desktop::Listener;
use concord_desktop::notifications::{Event, Notification, Notifications, Picture, Urgency};
use zbus::message::Message;
use zbus::{Connection, Variant};

use crate::call::Object;
use crate::channel::{Channel, next};
use crate::thread::{Bus, Buses};

const SERVER: Object<'_> = Object {
    service: "org.freedesktop.Notifications",
    path: "/org/freedesktop/Notifications",
    interface: "org.freedesktop.Notifications",
};
/// Key of the action that the message itself stands for.
const DEFAULT: &str = "default";
/// Pixels of a side of a picture; servers scale down anyway, and a message on the bus has a limit.
const LARGEST_SIDE: u32 = 1024;

enum Command {
    Show(Box<Notification>),
    Withdraw(String),
    Badge { app_id: String, count: u32 },
}

type Told = Arc<Mutex<Option<Listener<Event>>>>;

/// Messages that the notification server shows.
pub(crate) struct BusNotifications {
    commands: Channel<Command>,
    told: Told,
}

impl BusNotifications {
    pub(crate) fn new(bus: &Bus) -> Self {
        let commands: Channel<Command> = Channel::new();
        let told = Told::default();
        let (queue, listener) = (commands.clone(), Arc::clone(&told));
        bus.spawn(move |buses| serve(buses, queue, listener));
        Self { commands, told }
    }
}

impl Notifications for BusNotifications {
    fn show(&self, notification: Notification) {
        self.commands.send(Command::Show(Box::new(notification)));
    }

    fn withdraw(&self, key: &str) {
        self.commands.send(Command::Withdraw(key.to_owned()));
    }

    fn set_badge(&self, app_id: &str, count: u32) {
        self.commands.send(Command::Badge { app_id: app_id.to_owned(), count });
    }

    fn listen(&self, listener: Listener<Event>) {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(listener);
    }
}

/// What is shown: numbers of the server, and our keys.
#[derive(Default)]
struct Shown {
    keys: HashMap<u32, String>,
    tokens: HashMap<u32, String>,
    /// What the server can do; none while nobody has asked it.
    capabilities: Option<Vec<String>>,
}

impl Shown {
    fn number(&self, key: &str) -> Option<u32> {
        self.keys.iter().find(|(_, known)| *known == key).map(|(number, _)| *number)
    }
}

async fn serve(buses: Rc<Buses>, commands: Channel<Command>, told: Told) {
    let shown = Rc::new(RefCell::new(Shown::default()));
    let mut signals = None;
    loop {
        // Commands are done one after the other: a change of a message needs the number that showing it gave.
        let command = match &mut signals {
            None => Some(commands.receive().await),
            Some(stream) => next_of(&commands, stream, &shown, &told).await,
        };
        let Some(command) = command else { return };
        let bus = &buses.session;
        if signals.is_none() {
            // Nothing is asked of the server before the app shows something.
            signals = SERVER.signals(bus).await.ok();
        }
        if let Err(error) = obey(bus, command, &shown).await {
            tracing::warn!("the desktop does not show a notification: {error}");
        }
    }
}

/// The next command; meanwhile what people do is told. None when the bus is gone.
async fn next_of(
    commands: &Channel<Command>,
    signals: &mut zbus::MessageStream,
    shown: &RefCell<Shown>,
    told: &Told,
) -> Option<Command> {
    enum Either {
        Command(Command),
        Signal(Option<zbus::Result<Message>>),
    }
    loop {
        let either = {
            let mut receive = std::pin::pin!(commands.receive());
            let mut signal = std::pin::pin!(next(signals));
            std::future::poll_fn(|cx| {
                use std::future::Future;
                use std::task::Poll;
                if let Poll::Ready(message) = signal.as_mut().poll(cx) {
                    return Poll::Ready(Either::Signal(message));
                }
                receive.as_mut().poll(cx).map(Either::Command)
            })
            .await
        };
        match either {
            Either::Command(command) => return Some(command),
            Either::Signal(None) => return None,
            Either::Signal(Some(Err(_))) => {}
            Either::Signal(Some(Ok(message))) => {
                if let Some(event) = event(&message, &mut shown.borrow_mut())
                    && let Some(listener) = told.lock().unwrap_or_else(PoisonError::into_inner).as_ref()
                {
                    listener(event);
                }
            }
        }
    }
}

fn event(message: &Message, shown: &mut Shown) -> Option<Event> {
    let body = message.body();
    match message.header().member()?.as_str() {
        "ActivationToken" => {
            let (number, token): (u32, String) = body.deserialize().ok()?;
            shown.keys.contains_key(&number).then(|| shown.tokens.insert(number, token));
            None
        }
        "ActionInvoked" => {
            let (number, action): (u32, String) = body.deserialize().ok()?;
            let token = shown.tokens.remove(&number);
            Some(Event::Activated { key: shown.keys.get(&number)?.clone(), action, token })
        }
        "NotificationClosed" => {
            // Reasons: 1 it was old, 2 somebody put it away, 3 we did.
            let (number, reason): (u32, u32) = body.deserialize().ok()?;
            shown.tokens.remove(&number);
            Some(Event::Closed { key: shown.keys.remove(&number)?, by_person: reason == 2 })
        }
        _ => None,
    }
}

async fn obey(bus: &Connection, command: Command, shown: &RefCell<Shown>) -> zbus::Result<()> {
    match command {
        Command::Show(notification) => show(bus, *notification, shown).await,
        Command::Withdraw(key) => {
            let number = shown.borrow().number(&key);
            match number {
                Some(number) => {
                    shown.borrow_mut().keys.remove(&number);
                    SERVER.call(bus, "CloseNotification", &number).await.map(drop)
                }
                None => Ok(()),
            }
        }
        Command::Badge { app_id, count } => {
            let uri = format!("application://{app_id}.desktop");
            let values = HashMap::from([
                ("count", Variant::from(i64::from(count))),
                ("count-visible", Variant::from(count > 0)),
            ]);
            let path = format!("/com/canonical/unity/launcherentry/{}", badge_number(&app_id));
            bus.emit_signal(None::<&str>, path, "com.canonical.Unity.LauncherEntry", "Update", &(uri, values)).await
        }
    }
}

/// Any number that differs between apps will do: the signal names the app itself.
fn badge_number(app_id: &str) -> u32 {
    app_id.bytes().fold(5381, |sum: u32, byte| sum.wrapping_mul(33).wrapping_add(u32::from(byte)))
}

async fn show(bus: &Connection, notification: Notification, shown: &RefCell<Shown>) -> zbus::Result<()> {
    let known = shown.borrow().capabilities.clone();
    let capabilities = match known {
        Some(capabilities) => capabilities,
        None => {
            let capabilities: Vec<String> = SERVER.call(bus, "GetCapabilities", &()).await?.body().deserialize()?;
            shown.borrow_mut().capabilities = Some(capabilities.clone());
            capabilities
        }
    };
    let can = |what: &str| capabilities.iter().any(|capability| capability == what);
    let text = if can("body-markup") { escaped(&notification.text) } else { notification.text.clone() };
    let mut actions = Vec::new();
    if can("actions") {
        if notification.pressable {
            actions.extend([DEFAULT.to_owned(), String::new()]);
        }
        for action in &notification.actions {
            actions.extend([action.id.clone(), action.label.clone()]);
        }
    }
    let before = shown.borrow().number(&notification.key).unwrap_or(0);
    let body = (
        notification.app_name.as_str(),
        before,
        notification.app_id.as_str(),
        notification.title.as_str(),
        text,
        actions,
        hints(&notification),
        -1_i32,
    );
    let number: u32 = SERVER.call(bus, "Notify", &body).await?.body().deserialize()?;
    let mut shown = shown.borrow_mut();
    shown.keys.retain(|_, key| *key != notification.key);
    shown.keys.insert(number, notification.key);
    Ok(())
}

fn hints(notification: &Notification) -> HashMap<&'static str, Variant<'static>> {
    let urgency: u8 = match notification.urgency {
        Urgency::Low => 0,
        Urgency::Normal => 1,
        Urgency::Critical => 2,
    };
    let mut hints = HashMap::from([
        ("urgency", Variant::from(urgency)),
        ("desktop-entry", Variant::from(notification.app_id.clone())),
    ]);
    if notification.silent {
        hints.insert("suppress-sound", Variant::from(true));
    }
    if let Some(progress) = notification.progress {
        hints.insert("value", Variant::from(i32::from(progress.min(100))));
    }
    if let Some(image) = notification.picture.as_ref().and_then(image) {
        hints.insert("image-data", Variant::new(image));
    }
    hints
}

/// Width, height, bytes of a row, whether there is alpha, bits of a sample, channels, the bytes.
type Image = (i32, i32, i32, bool, i32, i32, Vec<u8>);

fn image(picture: &Picture) -> Option<Image> {
    let Picture { width, height, rgba } = picture;
    let fits = (1..=LARGEST_SIDE).contains(width) && (1..=LARGEST_SIDE).contains(height);
    let whole = rgba.len() == (*width as usize) * (*height as usize) * 4;
    let side = |length: u32| i32::try_from(length).ok();
    if !fits || !whole {
        return None;
    }
    Some((side(*width)?, side(*height)?, side(*width)?.checked_mul(4)?, true, 8, 4, rgba.clone()))
}

/// Text in the markup of the server.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
