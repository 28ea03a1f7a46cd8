//! `@concord:sound`: what the sounding modules share. Things that sound have numbers; what happens to one of them is told to
//! `event(id, name, detail)` of the face.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use concord_ability::desktop;
use concord_ability::event_loop::{EventLoop, Remote};
use concord_ability::open_files::OpenFiles;
use concord_ability::state::AppState;
use concord_desktop::audio::{
    DecodeError, Device, DeviceKind, Format, Role, SampleFormat, SoundInfo, StreamEvent, Track, TrackKind,
};
use concord_engine::{Call, Context, JsResult, Value};
use concord_runtime::{FaceModule, Runtime};
use serde_json::json;

use super::input::Origin;
use super::output::{Listen, Output};
use super::queue::{Blend, Queue};
use super::voice::{Notice, Voice};
use concord_runtime::face::{text_arg, type_error, uint8_array};

pub(super) const REQUEST: &str = "@concord:sound";

pub(super) static MODULE: FaceModule = FaceModule {
    request: REQUEST,
    source: include_str!("sound.js"),
    natives: &[
        ("openFile", open_file),
        ("openDescriptor", open_descriptor),
        ("openBytes", open_bytes),
        ("openAgain", open_again),
        ("openStream", open_stream),
        ("picture", picture),
        ("openQueue", open_queue),
        ("push", push),
        ("unasked", unasked),
        ("setVolume", set_volume),
        ("setBlend", set_blend),
        ("setSpeed", set_speed),
        ("start", start),
        ("pause", pause),
        ("flush", flush),
        ("seek", seek),
        ("shape", shape),
        ("position", position),
        ("close", close),
        ("devices", devices),
        ("watchDevices", watch_devices),
    ],
    apis: &[],
};

/// What sounds, by number.
#[derive(Default)]
struct Sounds {
    entries: RefCell<BTreeMap<u32, Rc<Entry>>>,
    last: Cell<u32>,
}

struct Entry {
    content: Content,
    output: RefCell<Option<Output>>,
}

enum Content {
    Voice(Voice, Origin),
    Queue(Queue),
}

impl Entry {
    fn pulled(&self) -> u64 {
        match &self.content {
            Content::Voice(voice, _) => voice.pulled(),
            Content::Queue(queue) => queue.pulled(),
        }
    }
}

impl Sounds {
    fn of(context: &Context) -> Rc<Self> {
        context.host_data::<Self>().unwrap_or_else(|| {
            let sounds = Rc::new(Self::default());
            context.set_host_data(Rc::clone(&sounds));
            sounds
        })
    }

    fn next(&self) -> u32 {
        self.last.set(self.last.get().wrapping_add(1).max(1));
        self.last.get()
    }

    fn add(&self, id: u32, content: Content, output: Option<Output>) {
        self.entries.borrow_mut().insert(id, Rc::new(Entry { content, output: RefCell::new(output) }));
    }
}

fn entry(call: &Call<'_>) -> JsResult<Rc<Entry>> {
    let id = call.arg(0).as_i64().and_then(|id| u32::try_from(id).ok());
    let found = id.and_then(|id| Sounds::of(call.context).entries.borrow().get(&id).cloned());
    found.map_or_else(|| type_error(call.context, "nothing sounds by this number"), Ok)
}

fn undefined(call: &Call<'_>) -> JsResult {
    Ok(call.context.undefined())
}

/// Calls `event` of the face.
fn tell(context: &Context, id: u32, name: &str, detail: &str) -> JsResult<()> {
    let Some(runtime) = Runtime::of(context) else { return Ok(()) };
    let args = [context.number(id.into()), context.string(name), context.string(detail)];
    runtime.require(REQUEST)?.call_method("event", &args).map(drop)
}

/// Tells from any thread.
fn post(remote: &Remote, id: u32, name: &'static str, detail: String) {
    remote.post(move |context, _| tell(context, id, name, &detail));
}

/// Makes listeners for the streams of an entry.
fn listen(remote: &Remote, id: u32) -> Listen {
    let remote = remote.clone();
    Box::new(move || {
        let remote = remote.clone();
        Box::new(move |event| {
            let (name, detail) = match event {
                StreamEvent::Ended => ("ended", String::new()),
                StreamEvent::Underflow => ("underflow", String::new()),
                StreamEvent::Moved => ("moved", String::new()),
                StreamEvent::HeldBack(true) => ("held", String::new()),
                StreamEvent::HeldBack(false) => ("freed", String::new()),
                StreamEvent::Lost(reason) => ("lost", reason),
            };
            remote.post(move |context, _| {
                let found = Sounds::of(context).entries.borrow().get(&id).cloned();
                let Some(entry) = found else { return Ok(()) };
                if name == "lost"
                    && let Some(output) = entry.output.borrow().as_ref()
                {
                    output.lost(context, entry.pulled());
                }
                tell(context, id, name, &detail)
            });
        })
    })
}

fn the_loop(call: &Call<'_>) -> JsResult<EventLoop> {
    EventLoop::of(call.context).map_or_else(|| type_error(call.context, "there is no main loop"), Ok)
}

/// Opens in the background; the callback gets `(undefined, id, description)` or `(kind of error, message)`.
fn open(call: &Call<'_>, origin: Result<Origin, String>, name: String, callback: Value) -> JsResult {
    let origin = match origin {
        Ok(origin) => origin,
        Err(reason) => {
            let args = vec![call.context.string("io"), call.context.string(&reason)];
            the_loop(call)?.post_call(&callback, args);
            return undefined(call);
        }
    };
    let input = origin.open();
    let event_loop = the_loop(call)?;
    let remote = event_loop.remote();
    let decoders = desktop::of(call.context).decoders;
    let id = Sounds::of(call.context).next();
    let notify = Box::new(move |notice| match notice {
        Notice::Looped => post(&remote, id, "looped", String::new()),
        Notice::Failed(reason) => post(&remote, id, "failed", reason),
    });
    let work = move || decoders.open(input.map_err(|error| DecodeError::Io(error.to_string()))?, &name);
    let done = move |context: &Context, opened: Result<_, DecodeError>| {
        let args = match opened {
            Ok(sound) => {
                let voice = Voice::new(sound, notify);
                let description = describe(&voice.info());
                Sounds::of(context).add(id, Content::Voice(voice, origin), None);
                vec![context.undefined(), context.number(id.into()), context.string(&description)]
            }
            Err(error) => {
                let kind = match error {
                    DecodeError::Io(_) => "io",
                    DecodeError::Unsupported(_) | DecodeError::NoSound | DecodeError::Damaged(_) => "format",
                };
                vec![context.string(kind), context.string(&error.to_string())]
            }
        };
        callback.call(&context.undefined(), &args).map(drop)
    };
    match event_loop.offload(work, done) {
        Ok(()) => undefined(call),
        Err(error) => type_error(call.context, &error.to_string()),
    }
}

/// openFile(virtual path, callback)
fn open_file(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 0)?;
    let found = AppState::of_call(call)?.paths.resolve(&name);
    let origin = found.map_err(|error| error.to_string()).and_then(|found| {
        let file = std::fs::File::open(&found.path).map_err(|error| format!("{name}: {error}"))?;
        Ok(Origin::File { file: Arc::new(file), start: 0, length: None })
    });
    open(call, origin, name, call.arg(1))
}

/// openDescriptor(fd, offset, length or undefined, callback)
fn open_descriptor(call: &Call<'_>) -> JsResult {
    let number = call.arg(0).as_i64().and_then(|fd| i32::try_from(fd).ok());
    let file = number.and_then(|fd| OpenFiles::of(call.context).get(fd));
    let offset = call.arg(1).as_i64().and_then(|offset| u64::try_from(offset).ok()).unwrap_or_default();
    let length = call.arg(2).as_i64().and_then(|length| u64::try_from(length).ok()).filter(|length| *length > 0);
    // A descriptor of its own: the app may close this one.
    let origin = file
        .ok_or_else(|| "the descriptor is not open".to_owned())
        .and_then(|file| file.try_clone().map_err(|error| error.to_string()))
        .map(|file| Origin::File { file: Arc::new(file), start: offset, length });
    open(call, origin, String::new(), call.arg(3))
}

/// openBytes(Uint8Array, callback)
fn open_bytes(call: &Call<'_>) -> JsResult {
    let bytes = call.arg(0).bytes().unwrap_or_default();
    open(call, Ok(Origin::Bytes(bytes.into())), String::new(), call.arg(1))
}

/// openAgain(id, callback): the same bytes from their beginning
fn open_again(call: &Call<'_>) -> JsResult {
    let entry = entry(call)?;
    let Content::Voice(_, origin) = &entry.content else { return undefined(call) };
    open(call, Ok(origin.clone()), String::new(), call.arg(1))
}

fn describe(info: &SoundInfo) -> String {
    let millis = |time: Option<Duration>| time.map(|time| time.as_millis() as u64);
    let track = |track: &Track| {
        json!({
            "kind": match track.kind { TrackKind::Audio => 0, TrackKind::Video => 1, TrackKind::Subtitle => 2 },
            "codec": track.codec, "language": track.language, "channels": track.channels, "rate": track.rate,
            "bits": track.bits, "width": track.size.0, "height": track.size.1, "duration": millis(track.duration),
        })
    };
    let tags = &info.tags;
    json!({
        "mime": info.mime, "channels": info.channels, "rate": info.rate, "duration": millis(info.duration),
        "tracks": info.tracks.iter().map(track).collect::<Vec<_>>(), "playing": info.playing,
        "hasPicture": info.picture.is_some(),
        "tags": {
            "title": tags.title, "artist": tags.artist, "album": tags.album, "albumArtist": tags.album_artist,
            "author": tags.author, "composer": tags.composer, "genre": tags.genre, "date": tags.date,
            "description": tags.description, "others": tags.others,
        },
    })
    .to_string()
}

/// picture(id) → Uint8Array or null
fn picture(call: &Call<'_>) -> JsResult {
    let entry = entry(call)?;
    let Content::Voice(voice, _) = &entry.content else { return Ok(call.context.null()) };
    let picture = voice.info().picture;
    Ok(picture.map_or_else(|| call.context.null(), |picture| uint8_array(call.context, picture.data)))
}

fn role_arg(call: &Call<'_>, index: usize) -> Role {
    // StreamUsage of the platform.
    match call.arg(index).as_i64().unwrap_or_default() {
        2 | 17 => Role::Communication,
        4..=7 => Role::Event,
        9 => Role::Accessibility,
        10 => Role::Movie,
        11 => Role::Game,
        _ => Role::Music,
    }
}

fn stream_name(call: &Call<'_>) -> String {
    AppState::of(call.context).map(|state| state.bundle_name().to_owned()).unwrap_or_default()
}

/// openStream(id, usage): a paused stream for a voice
fn open_stream(call: &Call<'_>) -> JsResult {
    let entry = entry(call)?;
    let Content::Voice(voice, _) = &entry.content else { return undefined(call) };
    let id = call.arg(0).as_i64().and_then(|id| u32::try_from(id).ok()).unwrap_or_default();
    let listen = listen(&the_loop(call)?.remote(), id);
    let handle = voice.clone();
    let source = move || Box::new(handle.clone()) as Box<dyn concord_desktop::audio::Source>;
    let output = Output::open(call.context, voice.format(), role_arg(call, 1), stream_name(call), source, listen);
    *entry.output.borrow_mut() = Some(output);
    undefined(call)
}

/// openQueue(format, channels, rate, usage, low) → id; format is AudioSampleFormat of the platform
fn open_queue(call: &Call<'_>) -> JsResult {
    let number = |index| call.arg(index).as_i64().unwrap_or_default();
    let sample = match number(0) {
        0 => SampleFormat::U8,
        2 => SampleFormat::S24,
        3 => SampleFormat::S32,
        4 => SampleFormat::F32,
        _ => SampleFormat::S16,
    };
    let channels = u8::try_from(number(1)).unwrap_or(2).clamp(1, 16);
    let rate = u32::try_from(number(2)).unwrap_or(48_000).clamp(1, 768_000);
    let low = usize::try_from(number(4)).unwrap_or_default();
    let format = Format { sample, channels, rate };
    let sounds = Sounds::of(call.context);
    let id = sounds.next();
    let remote = the_loop(call)?.remote();
    let asked = remote.clone();
    let queue = Queue::new(format, low, Box::new(move || post(&asked, id, "need", String::new())));
    let handle = queue.clone();
    let source = move || Box::new(handle.clone()) as Box<dyn concord_desktop::audio::Source>;
    let listen = listen(&remote, id);
    let output = Output::open(call.context, format, role_arg(call, 3), stream_name(call), source, listen);
    sounds.add(id, Content::Queue(queue), Some(output));
    Ok(call.context.number(id.into()))
}

/// push(id, bytes) → bytes that wait now
fn push(call: &Call<'_>) -> JsResult {
    let entry = entry(call)?;
    let Content::Queue(queue) = &entry.content else { return undefined(call) };
    queue.push(&call.arg(1).bytes().unwrap_or_default());
    if let Some(output) = entry.output.borrow().as_ref() {
        output.wake();
    }
    Ok(call.context.number(queue.waiting() as f64))
}

/// unasked(id): the last question for samples was not answered
fn unasked(call: &Call<'_>) -> JsResult {
    let entry = entry(call)?;
    if let Content::Queue(queue) = &entry.content {
        queue.unasked();
    }
    if let Some(output) = entry.output.borrow().as_ref() {
        output.wake();
    }
    undefined(call)
}

/// setVolume(id, volume, frames): of a queue, within so many frames
fn set_volume(call: &Call<'_>) -> JsResult {
    if let Content::Queue(queue) = &entry(call)?.content {
        let frames = call.arg(2).as_i64().and_then(|frames| u64::try_from(frames).ok()).unwrap_or_default();
        queue.set_volume(call.arg(1).as_f64().unwrap_or(1.0) as f32, frames);
    }
    undefined(call)
}

/// setBlend(id, ChannelBlendMode)
fn set_blend(call: &Call<'_>) -> JsResult {
    if let Content::Queue(queue) = &entry(call)?.content {
        queue.set_blend(match call.arg(1).as_i64() {
            Some(1) => Blend::Both,
            Some(2) => Blend::Left,
            Some(3) => Blend::Right,
            _ => Blend::Apart,
        });
    }
    undefined(call)
}

/// setSpeed(id, speed): of a queue
fn set_speed(call: &Call<'_>) -> JsResult {
    if let Content::Queue(queue) = &entry(call)?.content {
        queue.set_speed(call.arg(1).as_f64().unwrap_or(1.0));
    }
    undefined(call)
}

fn start(call: &Call<'_>) -> JsResult {
    if let Some(output) = entry(call)?.output.borrow().as_ref() {
        output.start();
    }
    undefined(call)
}

fn pause(call: &Call<'_>) -> JsResult {
    if let Some(output) = entry(call)?.output.borrow().as_ref() {
        output.pause();
    }
    undefined(call)
}

/// flush(id): of a queue
fn flush(call: &Call<'_>) -> JsResult {
    let entry = entry(call)?;
    let Content::Queue(queue) = &entry.content else { return undefined(call) };
    if let Some(output) = entry.output.borrow().as_ref() {
        output.flush(&mut || queue.clear());
    }
    undefined(call)
}

/// seek(id, milliseconds) → milliseconds, or the text of an error
fn seek(call: &Call<'_>) -> JsResult {
    let entry = entry(call)?;
    let Content::Voice(voice, _) = &entry.content else { return undefined(call) };
    let goal = Duration::from_secs_f64((call.arg(1).as_f64().unwrap_or_default() / 1000.0).clamp(0.0, 1e9));
    let mut landed = Ok(goal);
    match entry.output.borrow().as_ref() {
        Some(output) => output.flush(&mut || landed = voice.seek(goal)),
        None => landed = voice.seek(goal),
    }
    Ok(match landed {
        Ok(time) => call.context.number(time.as_millis() as f64),
        Err(error) => call.context.string(&error.to_string()),
    })
}

/// shape(id, left, right, speed, loops): of a voice; loops below 0 are for ever
fn shape(call: &Call<'_>) -> JsResult {
    let entry = entry(call)?;
    let Content::Voice(voice, _) = &entry.content else { return undefined(call) };
    let number = |index, other| call.arg(index).as_f64().filter(|number| number.is_finite()).unwrap_or(other);
    voice.set_gain(number(1, 1.0) as f32, number(2, 1.0) as f32);
    voice.set_speed(number(3, 1.0));
    let loops = number(4, 0.0);
    voice.set_loops((loops >= 0.0).then_some(loops as u32));
    undefined(call)
}

/// position(id) → {heard, pulled, waiting, time}: frames, frames, bytes, milliseconds
fn position(call: &Call<'_>) -> JsResult {
    let entry = entry(call)?;
    let heard = entry.output.borrow().as_ref().map(Output::heard).unwrap_or_default();
    let (waiting, time) = match &entry.content {
        Content::Voice(voice, _) => (0, voice.time(heard)),
        Content::Queue(queue) => (queue.waiting(), Duration::ZERO),
    };
    let result = call.context.object();
    result.set("heard", &call.context.number(heard as f64))?;
    result.set("pulled", &call.context.number(entry.pulled() as f64))?;
    result.set("waiting", &call.context.number(waiting as f64))?;
    result.set("time", &call.context.number(time.as_secs_f64() * 1000.0))?;
    Ok(result)
}

/// close(id): falls silent; an unknown number is fine
fn close(call: &Call<'_>) -> JsResult {
    let id = call.arg(0).as_i64().and_then(|id| u32::try_from(id).ok()).unwrap_or_default();
    let closed = Sounds::of(call.context).entries.borrow_mut().remove(&id);
    drop(closed);
    undefined(call)
}

/// devices() → JSON
fn devices(call: &Call<'_>) -> JsResult {
    let mixer = desktop::of(call.context).mixer;
    let mut devices = mixer.map(|mixer| mixer.devices()).unwrap_or_default();
    if devices.is_empty() {
        devices = desktop::silent_mixer(call.context).map(|mixer| mixer.devices()).unwrap_or_default();
    }
    Ok(call.context.string(&list(&devices)))
}

fn list(devices: &[Device]) -> String {
    // DeviceType of the platform.
    let kind = |device: &Device| match device.kind {
        DeviceKind::Speaker => 2,
        DeviceKind::Headset => 3,
        DeviceKind::Headphones => 4,
        DeviceKind::Bluetooth => 8,
        DeviceKind::Microphone => 15,
        DeviceKind::Usb => 22,
        DeviceKind::Hdmi => 27,
    };
    let one = |device: &Device| {
        json!({
            "id": device.id, "name": device.name, "description": device.description, "type": kind(device),
            "input": device.input, "default": device.default, "rate": device.rate, "channels": device.channels,
            "volume": device.volume, "muted": device.muted,
        })
    };
    serde_json::Value::from(devices.iter().map(one).collect::<Vec<_>>()).to_string()
}

/// watchDevices(): changes are told as event 0, "devices"
fn watch_devices(call: &Call<'_>) -> JsResult {
    let remote = the_loop(call)?.remote();
    if let Some(mixer) = desktop::of(call.context).mixer {
        mixer.watch(Box::new(move |devices| post(&remote, 0, "devices", list(&devices))));
    }
    undefined(call)
}
