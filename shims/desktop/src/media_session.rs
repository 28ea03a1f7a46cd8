//! What plays, shown by the desktop (a panel, the lock screen), with buttons that come back to the app.

use std::time::Duration;

use crate::Listener;

/// Who plays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Name of the menu entry, without its ending.
    pub app_id: String,
    /// For people.
    pub name: String,
}

/// Whether it plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Nothing is played.
    #[default]
    Stopped,
    /// It plays.
    Playing,
    /// It waits.
    Paused,
}

/// What happens at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repeat {
    /// Nothing.
    #[default]
    None,
    /// The same again.
    Track,
    /// All again.
    List,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shown {
    /// Whether it plays.
    pub status: Status,
    /// Tells one thing that is played from another; empty when the app does not say.
    pub track: String,
    /// Title.
    pub title: String,
    /// Who made it.
    pub artist: String,
    /// Where it is from.
    pub album: String,
    /// Address of a picture.
    pub art: Option<String>,
    /// How long it is.
    pub length: Option<Duration>,
    /// Where it is now.
    pub position: Duration,
    /// 1.0 as it was recorded.
    pub speed: f64,
    /// 0.0 to 1.0.
    pub volume: f64,
    /// What happens at the end.
    pub repeat: Repeat,
    /// Whether the order is left to chance.
    pub shuffle: bool,
    /// What the app listens to.
    pub buttons: Buttons,
}

/// What an app does when it is told to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Buttons {
    /// Play.
    pub play: bool,
    /// Pause.
    pub pause: bool,
    /// The next one.
    pub next: bool,
    /// The one before.
    pub previous: bool,
    /// Another place.
    pub seek: bool,
}

/// What people want.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Command {
    /// Play.
    Play,
    /// Pause.
    Pause,
    /// End.
    Stop,
    /// The next one.
    Next,
    /// The one before.
    Previous,
    /// Another place, from the start.
    Seek(Duration),
    /// Another speed.
    Speed(f64),
    /// Another volume, 0.0 to 1.0.
    Volume(f64),
    /// Something else at the end.
    Repeat(Repeat),
    /// By chance, or in order.
    Shuffle(bool),
    /// The window.
    Raise,
}

/// Shows what plays.
pub trait MediaSessions {
    /// Shows something until the result is dropped; `commands` hears of what people want.
    fn open(&self, identity: Identity, commands: Listener<Command>) -> Box<dyn MediaSession>;
}

/// Something that plays.
pub trait MediaSession {
    /// Shows this from now on.
    fn show(&self, shown: Shown);
}

/// Nobody sees what plays.
pub struct NoMediaSessions;

impl MediaSessions for NoMediaSessions {
    fn open(&self, _identity: Identity, _commands: Listener<Command>) -> Box<dyn MediaSession> {
        Box::new(NoMediaSession)
    }
}

struct NoMediaSession;

impl MediaSession for NoMediaSession {
    fn show(&self, _shown: Shown) {}
}
