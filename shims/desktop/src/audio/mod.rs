//! Sound: what an app needs of a mixer and of decoders.
//!
//! A stream *pulls*: whoever plays it asks its [`Source`] for samples when there is room, so a source never has to know how
//! much is buffered where, and the same source plays on a sound card and on the clock of a test ([`SilentMixer`]).
//! Samples are little endian and interleaved everywhere; a *frame* is one sample of each channel.

mod decode;
mod silent;

use std::time::Duration;

use crate::Listener;

pub use decode::{DecodeError, Decoders, Input, NoDecoders, Picture, Sound, SoundInfo, Tags, Track, TrackKind};
pub use silent::{Clock, SilentMixer};

/// How one sample is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleFormat {
    /// Unsigned byte, silence is 128.
    U8,
    /// Signed, two bytes.
    S16,
    /// Signed, three bytes.
    S24,
    /// Signed, four bytes.
    S32,
    /// IEEE 754, four bytes, -1 to 1.
    F32,
}

impl SampleFormat {
    /// Bytes of a sample.
    pub fn bytes(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::S16 => 2,
            Self::S24 => 3,
            Self::S32 | Self::F32 => 4,
        }
    }

    /// The byte that silence is made of.
    pub fn silence(self) -> u8 {
        if self == Self::U8 { 0x80 } else { 0 }
    }
}

/// Format of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// Of each sample.
    pub sample: SampleFormat,
    /// 1 to 16.
    pub channels: u8,
    /// Frames per second.
    pub rate: u32,
}

impl Format {
    /// Bytes of a frame, at least 1.
    pub fn frame_bytes(&self) -> usize {
        (self.sample.bytes() * usize::from(self.channels)).max(1)
    }

    /// How long `frames` last.
    pub fn duration(&self, frames: u64) -> Duration {
        let rate = u64::from(self.rate.max(1));
        let nanos = (frames % rate) * 1_000_000_000 / rate;
        Duration::from_secs(frames / rate) + Duration::from_nanos(nanos)
    }

    /// Whole frames that start within `time`.
    pub fn frames(&self, time: Duration) -> u64 {
        let frames = time.as_nanos().saturating_mul(u128::from(self.rate)) / 1_000_000_000;
        u64::try_from(frames).unwrap_or(u64::MAX)
    }
}

/// What a stream is for; mixers give way to calls, and settings of a desktop have a volume for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Music, books.
    #[default]
    Music,
    /// Sound of a film.
    Movie,
    /// Sounds of a game.
    Game,
    /// A call.
    Communication,
    /// A short sound that tells something: notification, ring tone, alarm.
    Event,
    /// Speech that reads the screen.
    Accessibility,
}

/// What [`Mixer::open`] is asked for.
#[derive(Debug, Clone)]
pub struct StreamRequest {
    /// Format of what the source gives. The mixer converts to what the device plays.
    pub format: Format,
    /// What it is for.
    pub role: Role,
    /// What it is called in the settings of a desktop.
    pub name: String,
    /// How much may wait to be heard; the mixer decides in the end.
    pub buffer: Duration,
}

/// What a source had to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pulled {
    /// This many bytes, whole frames, at least one.
    Bytes(usize),
    /// Nothing now; [`Stream::wake`] says when there is more.
    Later,
    /// Nothing any more.
    End,
}

/// Where the samples of a stream come from.
pub trait Source: Send {
    /// Fills the beginning of `pcm`, whose length is whole frames of the stream. May run on a thread of the mixer, and holds up
    /// whatever else that thread plays.
    fn pull(&mut self, pcm: &mut [u8]) -> Pulled;
}

/// What happens to a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StreamEvent {
    /// The source has ended and all of it was heard.
    Ended,
    /// There was nothing to play while it was playing.
    Underflow,
    /// It plays on another device from now on.
    Moved,
    /// The desktop wants it silent (a call comes in), or no longer. The app decides.
    HeldBack(bool),
    /// The mixer is gone or has closed it. It will not play any more.
    Lost(String),
}

/// Where a stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// Frames that were heard since it was opened or flushed.
    pub heard: u64,
    /// Frames that were pulled since then.
    pub pulled: u64,
}

/// A stream of a mixer: paused at first, closed when it is dropped.
pub trait Stream {
    /// Plays.
    fn start(&self);
    /// Keeps what was pulled and is not heard yet for the next [`Stream::start`].
    fn pause(&self);
    /// Drops what was pulled and is not heard yet, and counts from 0 again. `change` runs after the last pull of what is dropped
    /// and before the first one of what follows: the moment to move the source elsewhere.
    fn flush(&self, change: &mut dyn FnMut());
    /// The source has something again.
    fn wake(&self);
    /// Where it is; at most a tenth of a second old.
    fn position(&self) -> Position;
}

/// What a device looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeviceKind {
    /// Loudspeakers, and what is not known.
    #[default]
    Speaker,
    /// Headphones at a plug.
    Headphones,
    /// Headphones with a microphone at a plug.
    Headset,
    /// At a USB plug.
    Usb,
    /// A monitor or television.
    Hdmi,
    /// Bluetooth.
    Bluetooth,
    /// A microphone.
    Microphone,
}

/// A device that plays or records.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Device {
    /// Number, unique among those that play and those that record.
    pub id: u32,
    /// Name for programs.
    pub name: String,
    /// Name for people.
    pub description: String,
    /// What it looks like.
    pub kind: DeviceKind,
    /// Whether it records.
    pub input: bool,
    /// Whether streams without a wish go there.
    pub default: bool,
    /// Frames per second.
    pub rate: u32,
    /// Channels.
    pub channels: u8,
    /// 0 to 1 (more when amplified), as the desktop's settings show it.
    pub volume: f64,
    /// Whether it is mute.
    pub muted: bool,
}

/// Why there is no sound.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AudioError {
    /// Nothing to connect to.
    #[error("no sound: {0}; a PulseAudio server or pipewire-pulse has to run in this session")]
    Unavailable(String),
    /// The mixer does not take this.
    #[error("the mixer refused a stream of {channels} channels at {rate} Hz: {reason}")]
    Refused {
        /// As asked.
        channels: u8,
        /// As asked.
        rate: u32,
        /// In the mixer's words.
        reason: String,
    },
}

/// Plays streams. Nothing here waits for longer than a second, and usually not at all.
pub trait Mixer {
    /// Opens a paused stream.
    fn open(
        &self,
        request: &StreamRequest,
        source: Box<dyn Source>,
        listener: Listener<StreamEvent>,
    ) -> Result<Box<dyn Stream>, AudioError>;

    /// The devices there are, as last heard of.
    fn devices(&self) -> Vec<Device>;

    /// Calls `listener` with all devices whenever one comes, goes or changes its volume. The last listener counts.
    fn watch(&self, listener: Listener<Vec<Device>>);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_time_convert_both_ways() {
        let format = Format { sample: SampleFormat::S24, channels: 2, rate: 44_100 };
        assert_eq!(format.frame_bytes(), 6);
        assert_eq!(format.duration(44_100 * 3 + 22_050), Duration::from_millis(3500));
        assert_eq!(format.frames(Duration::from_millis(500)), 22_050);
        assert_eq!(format.frames(Duration::MAX), u64::MAX);
    }
}
