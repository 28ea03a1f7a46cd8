//! `@concord:avsession.desktop`: what plays, for the desktop to show.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use concord_ability::desktop;
use concord_ability::state::AppState;
use concord_desktop::media_session::{Buttons, Command, Identity, MediaSession, Repeat, Shown, Status};
use concord_engine::{Call, Context, JsResult, Value};
use concord_runtime::FaceModule;
use concord_runtime::face::{index_arg, text_arg};
use serde::Deserialize;

const REQUEST: &str = "@concord:avsession.desktop";

pub(super) static MODULE: FaceModule = FaceModule {
    request: REQUEST,
    source: include_str!("avsession/desktop.js"),
    natives: &[("open", open), ("show", show), ("close", close)],
    apis: &[],
};

/// What is shown, by number.
#[derive(Default)]
struct Open(RefCell<BTreeMap<usize, Box<dyn MediaSession>>>);

fn all(context: &Context) -> Rc<Open> {
    context.host_data::<Open>().unwrap_or_else(|| {
        let open = Rc::new(Open::default());
        context.set_host_data(Rc::clone(&open));
        open
    })
}

/// `open(number, name)`: shows it; what people want is told to `event` of the face, whichever session is open.
fn open(call: &Call<'_>) -> JsResult {
    let app_id = AppState::of(call.context).map(|state| state.bundle_name().to_owned()).unwrap_or_default();
    let identity = Identity { app_id, name: text_arg(call, 1)? };
    if let Some(listener) = desktop::listener(call.context, REQUEST, "event", command) {
        let session = desktop::of(call.context).media_sessions.open(identity, listener);
        all(call.context).0.borrow_mut().insert(index_arg(call, 0), session);
    }
    Ok(call.context.undefined())
}

fn command(context: &Context, command: Command) -> JsResult<Value> {
    let (name, value) = match command {
        Command::Play => ("play", None),
        Command::Pause => ("pause", None),
        Command::Stop => ("stop", None),
        Command::Next => ("playNext", None),
        Command::Previous => ("playPrevious", None),
        Command::Seek(to) => ("seek", Some(to.as_millis() as f64)),
        Command::Speed(speed) => ("setSpeed", Some(speed)),
        Command::Volume(volume) => ("volume", Some(volume)),
        Command::Repeat(Repeat::None) => ("setLoopMode", Some(0.0)),
        Command::Repeat(Repeat::Track) => ("setLoopMode", Some(1.0)),
        Command::Repeat(Repeat::List) => ("setLoopMode", Some(2.0)),
        Command::Shuffle(true) => ("setLoopMode", Some(3.0)),
        Command::Shuffle(false) => ("setLoopMode", Some(0.0)),
        Command::Raise => ("raise", None),
    };
    let made = context.object();
    made.set("name", &context.string(name))?;
    if let Some(value) = value {
        made.set("value", &context.number(value))?;
    }
    Ok(made)
}

/// What the face says; times in ms.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Told {
    status: String,
    track: String,
    title: String,
    artist: String,
    album: String,
    art: Option<String>,
    length: Option<f64>,
    position: f64,
    speed: f64,
    volume: f64,
    /// The platform's `LoopMode`.
    loop_mode: u8,
    listened: Vec<String>,
}

fn time(millis: f64) -> Duration {
    Duration::from_millis(millis.max(0.0) as u64)
}

/// `show(number, json)`.
fn show(call: &Call<'_>) -> JsResult {
    let Ok(told) = serde_json::from_str::<Told>(&text_arg(call, 1)?) else { return Ok(call.context.undefined()) };
    let hears = |name: &str| told.listened.iter().any(|listened| listened == name);
    let shown = Shown {
        status: match told.status.as_str() {
            "playing" => Status::Playing,
            "paused" => Status::Paused,
            _ => Status::Stopped,
        },
        buttons: Buttons {
            play: hears("play"),
            pause: hears("pause"),
            next: hears("playNext"),
            previous: hears("playPrevious"),
            seek: hears("seek"),
        },
        track: told.track,
        title: told.title,
        artist: told.artist,
        album: told.album,
        art: told.art,
        length: told.length.filter(|length| *length > 0.0).map(time),
        position: time(told.position),
        speed: told.speed,
        volume: told.volume,
        repeat: match told.loop_mode {
            1 => Repeat::Track,
            2 => Repeat::List,
            _ => Repeat::None,
        },
        shuffle: told.loop_mode == 3,
    };
    if let Some(session) = all(call.context).0.borrow().get(&index_arg(call, 0)) {
        session.show(shown);
    }
    Ok(call.context.undefined())
}

/// `close(number)`.
fn close(call: &Call<'_>) -> JsResult {
    all(call.context).0.borrow_mut().remove(&index_arg(call, 0));
    Ok(call.context.undefined())
}
