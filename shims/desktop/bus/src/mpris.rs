//! What plays, for panels and keyboards of the desktop: `org.mpris.MediaPlayer2` (MPRIS 2.2).

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use concord_desktop::Listener;
use concord_desktop::media_session::{Command, Identity, MediaSession, MediaSessions, Repeat, Shown, Status};
use zbus::object_server::SignalEmitter;
use zbus::{Connection, OwnedObjectPath, Variant, interface};

use crate::channel::Channel;
use crate::thread::{Bus, Buses};

const PATH: &str = "/org/mpris/MediaPlayer2";
const PLAYER: &str = "org.mpris.MediaPlayer2.Player";
/// The platform's speeds.
const SLOWEST: f64 = 0.125;
const FASTEST: f64 = 4.0;
/// A place that differs by more from where it should be is a jump.
const JUMP: Duration = Duration::from_millis(800);

/// Shows what plays over the bus.
pub(crate) struct Mpris(Bus);

impl Mpris {
    pub(crate) fn new(bus: &Bus) -> Self {
        Self(bus.clone())
    }
}

enum News {
    Shown(Box<Shown>),
    End,
}

struct Session(Channel<News>);

impl MediaSession for Session {
    fn show(&self, shown: Shown) {
        self.0.send(News::Shown(Box::new(shown)));
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.0.send(News::End);
    }
}

impl MediaSessions for Mpris {
    fn open(&self, identity: Identity, commands: Listener<Command>) -> Box<dyn MediaSession> {
        let news = Channel::new();
        let queue = news.clone();
        self.0.spawn(move |buses| async move {
            if let Err(error) = serve(&buses, identity, commands.into(), queue).await {
                tracing::warn!("the desktop is not told what plays: {error}");
            }
        });
        Box::new(Session(news))
    }
}

/// What is shown, and since when.
struct State {
    shown: Shown,
    since: Instant,
    track: u32,
}

impl State {
    fn position(&self) -> Duration {
        let Shown { status, position, speed, length, .. } = &self.shown;
        if *status != Status::Playing {
            return *position;
        }
        let now = *position + self.since.elapsed().mul_f64(speed.clamp(0.0, FASTEST));
        length.map_or(now, |length| now.min(length))
    }
}

#[derive(Clone)]
struct Shared {
    state: Arc<Mutex<State>>,
    commands: Arc<dyn Fn(Command) + Send + Sync>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send(&self, command: Command) {
        (self.commands)(command);
    }
}

async fn serve(
    buses: &Rc<Buses>,
    identity: Identity,
    commands: Arc<dyn Fn(Command) + Send + Sync>,
    news: Channel<News>,
) -> zbus::Result<()> {
    let bus = &buses.session;
    let state = State { shown: Shown { speed: 1.0, volume: 1.0, ..Shown::default() }, since: Instant::now(), track: 0 };
    let shared = Shared { state: Arc::new(Mutex::new(state)), commands };
    // What is not put in here was put in by another session of this process, which is shown then.
    let name = bus_name(&identity.app_id);
    bus.object_server().at(PATH, Root { identity, shared: shared.clone() }).await?;
    bus.object_server().at(PATH, Player(shared.clone())).await?;
    bus.request_name(name.as_str()).await?;
    while let News::Shown(shown) = news.receive().await {
        update(bus, &shared, *shown).await?;
    }
    bus.release_name(name.as_str()).await?;
    bus.object_server().remove::<Player, _>(PATH).await?;
    bus.object_server().remove::<Root, _>(PATH).await?;
    Ok(())
}

/// Names of a program that may run more than once end with the process.
fn bus_name(app_id: &str) -> String {
    let element: String = app_id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect();
    format!("org.mpris.MediaPlayer2.concord_{element}.instance{}", std::process::id())
}

async fn update(bus: &Connection, shared: &Shared, shown: Shown) -> zbus::Result<()> {
    let position = shown.position;
    let (changed, jumped) = {
        let mut state = shared.state();
        let expected = state.position();
        let another = state.shown.track != shown.track || state.shown.title != shown.title;
        if another {
            state.track = state.track.wrapping_add(1);
        }
        let before = std::mem::replace(&mut state.shown, shown);
        state.since = Instant::now();
        let changed = changes(&before, &state);
        (changed, !another && expected.abs_diff(position) > JUMP)
    };
    let emitter = SignalEmitter::new(bus, PATH)?;
    if !changed.is_empty() {
        let body = (PLAYER, changed, Vec::<String>::new());
        bus.emit_signal(None::<&str>, PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged", &body).await?;
    }
    if jumped {
        Player::seeked(&emitter, micros(position)).await?;
    }
    Ok(())
}

/// The properties that are not what they were. `Position` is none of them: it changes all the time.
fn changes(before: &Shown, state: &State) -> HashMap<&'static str, Variant<'static>> {
    let now = &state.shown;
    let mut changed = HashMap::new();
    if before.status != now.status {
        changed.insert("PlaybackStatus", Variant::from(status_name(now.status)));
    }
    if before.repeat != now.repeat {
        changed.insert("LoopStatus", Variant::from(repeat_name(now.repeat)));
    }
    if before.speed != now.speed {
        changed.insert("Rate", Variant::from(now.speed));
    }
    if before.shuffle != now.shuffle {
        changed.insert("Shuffle", Variant::from(now.shuffle));
    }
    if before.volume != now.volume {
        changed.insert("Volume", Variant::from(now.volume));
    }
    let about = |shown: &Shown| {
        let Shown { track, title, artist, album, art, length, .. } = shown.clone();
        (track, title, artist, album, art, length)
    };
    if about(before) != about(now) {
        changed.insert("Metadata", Variant::from(metadata(state)));
    }
    let (was, is) = (before.buttons, now.buttons);
    let buttons = [
        ("CanPlay", was.play, is.play),
        ("CanPause", was.pause, is.pause),
        ("CanGoNext", was.next, is.next),
        ("CanGoPrevious", was.previous, is.previous),
        ("CanSeek", was.seek, is.seek),
    ];
    changed.extend(buttons.into_iter().filter(|(_, was, is)| was != is).map(|(name, _, is)| (name, Variant::from(is))));
    changed
}

fn metadata(state: &State) -> HashMap<String, Variant<'static>> {
    let shown = &state.shown;
    let mut data = HashMap::new();
    let path = OwnedObjectPath::try_from(format!("/dev/concord/track/{}", state.track));
    if let Ok(path) = path {
        data.insert("mpris:trackid".to_owned(), Variant::from(path));
    }
    if let Some(length) = shown.length {
        data.insert("mpris:length".to_owned(), Variant::from(micros(length)));
    }
    let texts = [("xesam:title", &shown.title), ("xesam:album", &shown.album)];
    data.extend(
        texts
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| (name.to_owned(), Variant::from(text.clone()))),
    );
    if !shown.artist.is_empty() {
        data.insert("xesam:artist".to_owned(), Variant::from(vec![shown.artist.clone()]));
    }
    if let Some(art) = &shown.art {
        data.insert("mpris:artUrl".to_owned(), Variant::from(art.clone()));
    }
    data
}

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::Stopped => "Stopped",
        Status::Playing => "Playing",
        Status::Paused => "Paused",
    }
}

fn repeat_name(repeat: Repeat) -> &'static str {
    match repeat {
        Repeat::None => "None",
        Repeat::Track => "Track",
        Repeat::List => "Playlist",
    }
}

struct Root {
    identity: Identity,
    shared: Shared,
}

#[interface(name = "org.mpris.MediaPlayer2")]
impl Root {
    fn raise(&self) {
        self.shared.send(Command::Raise);
    }

    fn quit(&self) {}

    #[zbus(property(emits_changed_signal = "const"))]
    fn can_quit(&self) -> bool {
        false
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn can_raise(&self) -> bool {
        true
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn has_track_list(&self) -> bool {
        false
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn identity(&self) -> String {
        self.identity.name.clone()
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn desktop_entry(&self) -> String {
        self.identity.app_id.clone()
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn supported_uri_schemes(&self) -> Vec<String> {
        Vec::new()
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn supported_mime_types(&self) -> Vec<String> {
        Vec::new()
    }
}

struct Player(Shared);

#[interface(name = "org.mpris.MediaPlayer2.Player")]
impl Player {
    fn play(&self) {
        self.0.send(Command::Play);
    }

    fn pause(&self) {
        self.0.send(Command::Pause);
    }

    fn play_pause(&self) {
        let playing = self.0.state().shown.status == Status::Playing;
        self.0.send(if playing { Command::Pause } else { Command::Play });
    }

    fn stop(&self) {
        self.0.send(Command::Stop);
    }

    fn next(&self) {
        self.0.send(Command::Next);
    }

    fn previous(&self) {
        self.0.send(Command::Previous);
    }

    /// By so many microseconds; beyond the end is the next one.
    fn seek(&self, offset: i64) {
        let (now, length) = {
            let state = self.0.state();
            (state.position(), state.shown.length)
        };
        let by = Duration::from_micros(offset.unsigned_abs());
        let to = if offset < 0 { now.saturating_sub(by) } else { now.saturating_add(by) };
        if length.is_some_and(|length| to > length) {
            self.0.send(Command::Next);
        } else {
            self.0.send(Command::Seek(to));
        }
    }

    /// To this microsecond, when that is still what plays.
    fn set_position(&self, track: OwnedObjectPath, position: i64) {
        let (current, length) = {
            let state = self.0.state();
            (format!("/dev/concord/track/{}", state.track), state.shown.length)
        };
        let Ok(position) = u64::try_from(position).map(Duration::from_micros) else { return };
        if track.as_str() == current && length.is_none_or(|length| position <= length) {
            self.0.send(Command::Seek(position));
        }
    }

    /// Apps are opened by requests, not by addresses of what they shall play.
    fn open_uri(&self, _uri: String) {}

    #[zbus(signal)]
    async fn seeked(emitter: &SignalEmitter<'_>, position: i64) -> zbus::Result<()>;

    #[zbus(property(emits_changed_signal = "false"))]
    fn playback_status(&self) -> String {
        status_name(self.0.state().shown.status).to_owned()
    }

    #[zbus(property(emits_changed_signal = "false"))]
    fn loop_status(&self) -> String {
        repeat_name(self.0.state().shown.repeat).to_owned()
    }

    #[zbus(property)]
    fn set_loop_status(&self, status: String) {
        self.0.send(Command::Repeat(match status.as_str() {
            "Track" => Repeat::Track,
            "Playlist" => Repeat::List,
            _ => Repeat::None,
        }));
    }

    #[zbus(property(emits_changed_signal = "false"))]
    fn rate(&self) -> f64 {
        self.0.state().shown.speed
    }

    #[zbus(property)]
    fn set_rate(&self, rate: f64) {
        if (SLOWEST..=FASTEST).contains(&rate) {
            self.0.send(Command::Speed(rate));
        }
    }

    #[zbus(property(emits_changed_signal = "false"))]
    fn shuffle(&self) -> bool {
        self.0.state().shown.shuffle
    }

    #[zbus(property)]
    fn set_shuffle(&self, shuffle: bool) {
        self.0.send(Command::Shuffle(shuffle));
    }

    #[zbus(property(emits_changed_signal = "false"))]
    fn metadata(&self) -> HashMap<String, Variant<'static>> {
        metadata(&self.0.state())
    }

    #[zbus(property(emits_changed_signal = "false"))]
    fn volume(&self) -> f64 {
        self.0.state().shown.volume
    }

    #[zbus(property)]
    fn set_volume(&self, volume: f64) {
        if volume.is_finite() {
            self.0.send(Command::Volume(volume.clamp(0.0, 1.0)));
        }
    }

    #[zbus(property(emits_changed_signal = "false"))]
    fn position(&self) -> i64 {
        micros(self.0.state().position())
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn minimum_rate(&self) -> f64 {
        SLOWEST
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn maximum_rate(&self) -> f64 {
        FASTEST
    }

    #[zbus(property(emits_changed_signal = "false"))]
    fn can_go_next(&self) -> bool {
        self.0.state().shown.buttons.next
    }

    #[zbus(property(emits_changed_signal = "false"))]
    fn can_go_previous(&self) -> bool {
        self.0.state().shown.buttons.previous
    }

    #[zbus(property(emits_changed_signal = "false"))]
    fn can_play(&self) -> bool {
        self.0.state().shown.buttons.play
    }

    #[zbus(property(emits_changed_signal = "false"))]
    fn can_pause(&self) -> bool {
        self.0.state().shown.buttons.pause
    }

    #[zbus(property(emits_changed_signal = "false"))]
    fn can_seek(&self) -> bool {
        self.0.state().shown.buttons.seek
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn can_control(&self) -> bool {
        true
    }
}
