//! Reading sound out of files.

use std::io::{Read, Seek};
use std::time::Duration;

/// The bytes of a file, wherever they come from.
pub trait Input: Read + Seek + Send + Sync {}

impl<T: Read + Seek + Send + Sync> Input for T {}

/// What a file says about itself. Absent texts are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags {
    /// Name of the piece.
    pub title: String,
    /// Who plays it.
    pub artist: String,
    /// The collection it belongs to.
    pub album: String,
    /// Who made the collection.
    pub album_artist: String,
    /// Who wrote the text.
    pub author: String,
    /// Who wrote the music.
    pub composer: String,
    /// Kind of music.
    pub genre: String,
    /// When it was made, as it stands in the file.
    pub date: String,
    /// A remark.
    pub description: String,
    /// What else there is, by the file's own names.
    pub others: Vec<(String, String)>,
}

/// A picture that lies in a file of sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// `image/png` and so on, as the file says.
    pub mime: String,
    /// The picture's own file.
    pub data: Vec<u8>,
}

/// What a track holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackKind {
    /// Sound.
    Audio,
    /// Moving pictures.
    Video,
    /// Text that is shown while it plays.
    Subtitle,
}

/// One of the tracks of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// What it holds.
    pub kind: TrackKind,
    /// Codec as a MIME type (`audio/mpeg`), empty when unknown.
    pub codec: String,
    /// Language as it stands in the file, or empty.
    pub language: String,
    /// Channels, 0 when unknown or no sound.
    pub channels: u8,
    /// Frames per second, 0 when unknown or no sound.
    pub rate: u32,
    /// Bits of a sample, 0 when unknown.
    pub bits: u32,
    /// Width and height in pixels; 0 when unknown or no pictures.
    pub size: (u32, u32),
    /// How long it is.
    pub duration: Option<Duration>,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct SoundInfo {
    /// MIME type of the container, `audio/wav`.
    pub mime: String,
    /// Channels of the track that plays, 1 to 16.
    pub channels: u8,
    /// Its frames per second.
    pub rate: u32,
    /// How long it is; `None` when the file does not say.
    pub duration: Option<Duration>,
    /// All tracks in the order of the file.
    pub tracks: Vec<Track>,
    /// Index in `tracks` of the one that plays.
    pub playing: usize,
    /// Texts.
    pub tags: Tags,
    /// The picture of the front, or the first one.
    pub picture: Option<Picture>,
}

/// Why a file does not play.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DecodeError {
    /// Nobody knows this format.
    #[error("no decoder for this format: {0}")]
    Unsupported(String),
    /// It begins like a known format and goes wrong.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// It has tracks, but none of sound.
    #[error("there is no track of sound in the file")]
    NoSound,
    /// Reading failed.
    #[error("cannot read the file: {0}")]
    Io(String),
}

/// A file that is being played.
pub trait Sound: Send {
    /// What it holds.
    fn info(&self) -> &SoundInfo;

    /// Appends the next samples (interleaved, -1 to 1, `channels` of [`SoundInfo`]) to `samples`; false at the end. Damaged
    /// places are skipped as long as something follows.
    fn read(&mut self, samples: &mut Vec<f32>) -> Result<bool, DecodeError>;

    /// Goes on at `time`; the answer is where it really is.
    fn seek(&mut self, time: Duration) -> Result<Duration, DecodeError>;
}

/// Opens files.
pub trait Decoders: Send + Sync {
    /// Reads the beginning of a file. `name` is its file name, which may help to tell formats apart.
    fn open(&self, input: Box<dyn Input>, name: &str) -> Result<Box<dyn Sound>, DecodeError>;
}

/// Knows no format.
pub struct NoDecoders;

impl Decoders for NoDecoders {
    fn open(&self, _input: Box<dyn Input>, name: &str) -> Result<Box<dyn Sound>, DecodeError> {
        Err(DecodeError::Unsupported(name.to_owned()))
    }
}
