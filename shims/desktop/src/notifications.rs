//! Messages that pop up beside an app's windows.

use crate::Listener;

/// How much a message wants to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Urgency {
    /// It can wait.
    Low,
    /// As usual.
    #[default]
    Normal,
    /// It stays until somebody has seen it.
    Critical,
}

/// A picture: rows of RGBA with 8 bits each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// px in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width * height * 4` bytes, alpha not multiplied in.
    pub rgba: Vec<u8>,
}

/// A button of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What [`Event::Activated`] says when it is pressed. `default` is reserved for the message itself.
    pub id: String,
    /// What stands on it.
    pub label: String,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Notification {
    /// Which one; a later message with the same key takes its place.
    pub key: String,
    /// First line.
    pub title: String,
    /// The rest, plain text with line feeds.
    pub text: String,
    /// A picture beside the text.
    pub picture: Option<Picture>,
    /// Buttons.
    pub actions: Vec<Action>,
    /// Something happens when the message itself is pressed.
    pub pressable: bool,
    /// How much it wants to be seen.
    pub urgency: Urgency,
    /// Without a sound.
    pub silent: bool,
    /// The base name of the desktop file of the app.
    pub app_id: String,
    /// The name of the app, for people.
    pub app_name: String,
    /// 0 to 100, for something that takes its time.
    pub progress: Option<u8>,
}

/// What people do with messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A button or (`default`) the message itself was pressed.
    Activated {
        /// Key of the message.
        key: String,
        /// The button.
        action: String,
        /// Lets a window come to the front (xdg-activation), when the desktop gave one.
        token: Option<String>,
    },
    /// It is gone.
    Closed {
        /// Key of the message.
        key: String,
        /// Somebody has put it away.
        by_person: bool,
    },
}

/// Shows messages.
pub trait Notifications {
    /// Shows a message, or changes the one with the same key. A desktop that cannot says so in the log.
    fn show(&self, notification: Notification);

    /// Takes a message away.
    fn withdraw(&self, key: &str);

    /// The number at the icon of the app; 0 for none. `app_id` is the base name of the desktop file.
    fn set_badge(&self, app_id: &str, count: u32);

    /// Calls `listener` with what people do. One listener; a later one takes its place.
    fn listen(&self, listener: Listener<Event>);
}

/// Messages that nobody sees.
pub struct NoNotifications;

impl Notifications for NoNotifications {
    fn show(&self, _notification: Notification) {}

    fn withdraw(&self, _key: &str) {}

    fn set_badge(&self, _app_id: &str, _count: u32) {}

    fn listen(&self, _listener: Listener<Event>) {}
}
