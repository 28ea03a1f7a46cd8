//! One stream: what the app says, what the server asks for, and where it is.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use concord_desktop::Listener;
use concord_desktop::audio::{
    AudioError, Format, Position, Pulled, Role, SampleFormat, Source, Stream, StreamEvent, StreamRequest,
};
use pulseaudio::protocol::stream::{BufferAttr, StreamFlags};
use pulseaudio::protocol::{
    ChannelMap, ChannelPosition, Command, CorkStreamParams, CreatePlaybackStreamReply, LatencyParams, PlaybackLatency,
    PlaybackStreamParams, Prop, Props, SampleFormat as PulseFormat, SampleSpec,
};

use super::c_string;
use super::link::{Expected, Link, lock};

/// Bytes that are pulled at once.
const CHUNK: usize = 64 * 1024;

/// A stream as its connection knows it.
pub struct Playing {
    format: Format,
    listener: Listener<StreamEvent>,
    state: Mutex<State>,
}

struct State {
    source: Box<dyn Source>,
    /// What the server calls it; none until it has answered.
    channel: Option<u32>,
    closed: bool,
    running: bool,
    /// Bytes that the server waits for.
    requested: usize,
    /// Frames since the last flush.
    pulled: u64,
    /// The source has ended.
    ended: bool,
    /// The server has taken the last sample to the device; from here on only time passes.
    leaving: bool,
    /// The app knows of the end.
    told: bool,
    starved: bool,
    /// Flushes so far: answers to older questions do not count.
    flushes: u64,
    /// Where the server's count stood at the last flush, in bytes; none until it was asked.
    base: Option<i64>,
    /// Frames that were heard, and when that was true.
    heard: u64,
    heard_at: Instant,
}

impl Playing {
    /// Tells the app.
    pub fn tell(&self, event: StreamEvent) {
        (self.listener)(event);
    }

    /// Whether it plays, as far as the app is concerned.
    pub fn is_running(&self) -> bool {
        let state = lock(&self.state);
        state.running && state.channel.is_some()
    }

    /// The server has made it. False when it is not wanted any more.
    pub fn opened(&self, link: &Link, reply: &CreatePlaybackStreamReply) -> bool {
        let mut state = lock(&self.state);
        if state.closed {
            link.command(&Command::DeletePlaybackStream(reply.channel), Expected::Done);
            return false;
        }
        state.channel = Some(reply.channel);
        state.requested += reply.requested_bytes as usize;
        state.base = Some(0);
        if state.running {
            cork(link, reply.channel, false);
        }
        true
    }

    /// The server wants more.
    pub fn requested(&self, bytes: usize) {
        let mut state = lock(&self.state);
        state.requested = state.requested.saturating_add(bytes);
    }

    /// The server has nothing left to play.
    pub fn underflow(&self) {
        let mut state = lock(&self.state);
        let news = state.running && !state.ended && state.pulled > 0 && !std::mem::replace(&mut state.starved, true);
        drop(state);
        if news {
            self.tell(StreamEvent::Underflow);
        }
    }

    /// Gives the server what it waits for, as far as the source has it.
    pub fn pump(self: &Arc<Self>, link: &Link) {
        let mut state = lock(&self.state);
        let Some(channel) = state.channel.filter(|_| !state.closed) else { return };
        let frame = self.format.frame_bytes();
        while !state.ended && state.requested >= frame {
            let wanted = state.requested.min(CHUNK) / frame * frame;
            let mut pcm = vec![self.format.sample.silence(); wanted];
            match state.source.pull(&mut pcm) {
                Pulled::Bytes(bytes) => {
                    let bytes = bytes.clamp(frame, wanted) / frame * frame;
                    pcm.truncate(bytes);
                    link.samples(channel, &pcm);
                    state.requested -= bytes;
                    state.pulled += (bytes / frame) as u64;
                    state.starved = false;
                }
                Pulled::Later => break,
                Pulled::End => {
                    state.ended = true;
                    let expected = Expected::Drained(Arc::clone(self), state.flushes);
                    link.command(&Command::DrainPlaybackStream(channel), expected);
                }
            }
        }
    }

    /// All of it was played.
    pub fn drained(&self, flushes: u64) {
        let mut state = lock(&self.state);
        if state.flushes != flushes || !state.ended || std::mem::replace(&mut state.told, true) {
            return;
        }
        state.heard = state.pulled;
        state.heard_at = Instant::now();
        drop(state);
        self.tell(StreamEvent::Ended);
    }

    /// Tells the app of the end as soon as the last sample was heard: some servers answer that much later. The answer is when to
    /// look again, if the end is near.
    pub fn check_end(&self) -> Option<Duration> {
        let state = lock(&self.state);
        if !state.leaving || state.told || !state.running {
            return None;
        }
        let left = state.pulled.saturating_sub(self.heard(&state));
        let flushes = state.flushes;
        drop(state);
        if left > 0 {
            return Some(self.format.duration(left));
        }
        self.drained(flushes);
        None
    }

    /// Asks the server where it is.
    pub fn ask_position(self: &Arc<Self>, link: &Link) {
        let state = lock(&self.state);
        let Some(channel) = state.channel else { return };
        let question = LatencyParams { channel, now: SystemTime::now() };
        link.command(&Command::GetPlaybackLatency(question), Expected::Latency(Arc::clone(self), state.flushes));
    }

    /// The server has said where it is.
    pub fn located(&self, latency: &PlaybackLatency, flushes: u64) {
        let mut state = lock(&self.state);
        if state.flushes != flushes || state.leaving {
            return;
        }
        let base = *state.base.get_or_insert(latency.read_offset);
        let read = u64::try_from(latency.read_offset.saturating_sub(base)).unwrap_or_default();
        let waiting = self.format.frames(Duration::from_micros(latency.sink_usec));
        let frames = (read / self.format.frame_bytes() as u64).saturating_sub(waiting).min(state.pulled);
        // A guess that is a little ahead stays: time does not run backwards.
        let guess = self.heard(&state).min(frames + self.format.frames(Duration::from_millis(50)));
        state.heard = frames.max(guess);
        state.heard_at = Instant::now();
        state.leaving = state.ended && read >= state.pulled.saturating_mul(self.format.frame_bytes() as u64);
    }

    /// Frames heard by now: what the server said, and the time since then.
    fn heard(&self, state: &State) -> u64 {
        if !state.running || state.starved || state.channel.is_none() || state.base.is_none() {
            return state.heard.min(state.pulled);
        }
        if state.heard == 0 && !state.leaving {
            return state.heard.min(state.pulled);
        }
        (state.heard + self.format.frames(state.heard_at.elapsed())).min(state.pulled)
    }
}

fn cork(link: &Link, channel: u32, cork: bool) {
    link.command(&Command::CorkPlaybackStream(CorkStreamParams { channel, cork }), Expected::Done);
}

/// A stream as the app knows it.
pub struct PulseStream {
    link: Arc<Link>,
    playing: Arc<Playing>,
}

impl PulseStream {
    /// Asks for a stream. Whether the server has one turns out later.
    pub fn open(
        link: Arc<Link>,
        request: &StreamRequest,
        source: Box<dyn Source>,
        listener: Listener<StreamEvent>,
    ) -> Result<Self, AudioError> {
        let format = request.format;
        if format.channels == 0 || format.channels > 32 || format.rate == 0 || format.rate > 768_000 {
            let reason = "it takes 1 to 32 channels at up to 768000 Hz".to_owned();
            return Err(AudioError::Refused { channels: format.channels, rate: format.rate, reason });
        }
        let playing = Arc::new(Playing {
            format,
            listener,
            state: Mutex::new(State {
                source,
                channel: None,
                closed: false,
                running: false,
                requested: 0,
                pulled: 0,
                ended: false,
                leaving: false,
                told: false,
                starved: false,
                flushes: 0,
                base: None,
                heard: 0,
                heard_at: Instant::now(),
            }),
        });
        let bytes = |time| u32::try_from(format.frames(time) as usize * format.frame_bytes()).unwrap_or(u32::MAX);
        let mut props = Props::new();
        props.set(Prop::MediaName, c_string(&request.name));
        props.set(Prop::MediaRole, c_string(role(request.role)));
        let params = PlaybackStreamParams {
            sample_spec: SampleSpec {
                format: sample(format.sample),
                channels: format.channels,
                sample_rate: format.rate,
            },
            channel_map: channel_map(format.channels),
            buffer_attr: BufferAttr {
                max_length: u32::MAX,
                target_length: bytes(request.buffer),
                // Plays as soon as there is anything: short sounds never fill a buffer.
                pre_buffering: u32::try_from(format.frame_bytes()).unwrap_or(1),
                minimum_request_length: bytes(request.buffer / 4),
                fragment_size: u32::MAX,
            },
            props,
            // Streams of one number would have to start together.
            sync_id: link.next_stream(),
            flags: StreamFlags { start_corked: true, adjust_latency: true, ..StreamFlags::default() },
            ..PlaybackStreamParams::default()
        };
        link.command(&Command::CreatePlaybackStream(params), Expected::Stream(Arc::clone(&playing)));
        Ok(Self { link, playing })
    }

    fn set_running(&self, running: bool) {
        let mut state = lock(&self.playing.state);
        if state.running == running {
            return;
        }
        state.heard = self.playing.heard(&state);
        state.heard_at = Instant::now();
        state.running = running;
        if let Some(channel) = state.channel {
            cork(&self.link, channel, !running);
        }
    }
}

impl Stream for PulseStream {
    fn start(&self) {
        self.set_running(true);
        self.link.wake();
    }

    fn pause(&self) {
        self.set_running(false);
    }

    fn flush(&self, change: &mut dyn FnMut()) {
        // The thread pulls under this lock, and what it pulled is written before the command below.
        let mut state = lock(&self.playing.state);
        change();
        state.flushes += 1;
        state.pulled = 0;
        state.heard = 0;
        state.heard_at = Instant::now();
        (state.ended, state.leaving, state.told) = (false, false, false);
        state.starved = false;
        if let Some(channel) = state.channel {
            state.base = None;
            self.link.command(&Command::FlushPlaybackStream(channel), Expected::Done);
            drop(state);
            self.playing.ask_position(&self.link);
        }
    }

    fn wake(&self) {
        self.link.wake();
    }

    fn position(&self) -> Position {
        let state = lock(&self.playing.state);
        Position { heard: self.playing.heard(&state), pulled: state.pulled }
    }
}

impl Drop for PulseStream {
    fn drop(&mut self) {
        let mut state = lock(&self.playing.state);
        state.closed = true;
        let channel = state.channel;
        drop(state);
        if let Some(channel) = channel {
            lock(&self.link.streams).remove(&channel);
            self.link.command(&Command::DeletePlaybackStream(channel), Expected::Done);
        }
    }
}

fn sample(format: SampleFormat) -> PulseFormat {
    match format {
        SampleFormat::U8 => PulseFormat::U8,
        SampleFormat::S16 => PulseFormat::S16Le,
        SampleFormat::S24 => PulseFormat::S24Le,
        SampleFormat::S32 => PulseFormat::S32Le,
        SampleFormat::F32 => PulseFormat::Float32Le,
    }
}

/// The server's names of roles (`media.role`).
fn role(role: Role) -> &'static str {
    match role {
        Role::Music => "music",
        Role::Movie => "video",
        Role::Game => "game",
        Role::Communication => "phone",
        Role::Event => "event",
        Role::Accessibility => "a11y",
    }
}

/// Where channels are heard, in the order that WAV and most codecs have. What has no place there is heard everywhere.
fn channel_map(channels: u8) -> ChannelMap {
    use ChannelPosition as At;
    let places: &[At] = match channels {
        1 => &[At::Mono],
        2 => &[At::FrontLeft, At::FrontRight],
        3 => &[At::FrontLeft, At::FrontRight, At::FrontCenter],
        4 => &[At::FrontLeft, At::FrontRight, At::RearLeft, At::RearRight],
        5 => &[At::FrontLeft, At::FrontRight, At::FrontCenter, At::RearLeft, At::RearRight],
        6 => &[At::FrontLeft, At::FrontRight, At::FrontCenter, At::Lfe, At::RearLeft, At::RearRight],
        7 => &[At::FrontLeft, At::FrontRight, At::FrontCenter, At::Lfe, At::RearCenter, At::SideLeft, At::SideRight],
        8 => &[
            At::FrontLeft,
            At::FrontRight,
            At::FrontCenter,
            At::Lfe,
            At::RearLeft,
            At::RearRight,
            At::SideLeft,
            At::SideRight,
        ],
        _ => return ChannelMap::new(std::iter::repeat_n(At::Mono, usize::from(channels))),
    };
    ChannelMap::new(places.iter().copied())
}
