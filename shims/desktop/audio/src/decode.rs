//! Files of sound, read by the decoders of Symphonia.

use std::collections::VecDeque;
use std::io::{Read, Seek, SeekFrom};
use std::time::Duration;

use concord_desktop::audio::{DecodeError, Decoders, Input, Sound, SoundInfo, Tags, Track, TrackKind};
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, SeekMode, SeekTo, Track as FormatTrack, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::units::{Time, TimeBase};

use crate::{mime, tags};

/// Damaged packets in a row after which the rest of a file is given up.
const MOST_DAMAGED: usize = 500;
/// Channels of a stream at most; the platform has no more.
const MOST_CHANNELS: usize = 16;

/// Knows WAV, AIFF, MP1 to MP3, AAC and ALAC (ADTS, MP4), FLAC, Vorbis (Ogg), and what of these lies in Matroska.
pub struct FileDecoders;

impl Decoders for FileDecoders {
    fn open(&self, input: Box<dyn Input>, name: &str) -> Result<Box<dyn Sound>, DecodeError> {
        Ok(Box::new(FileSound::open(input, name)?))
    }
}

struct FileSound {
    info: SoundInfo,
    /// File name, for the probe.
    name: String,
    /// None only when it could not be read anew.
    format: Option<Box<dyn FormatReader>>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
    time_base: Option<TimeBase>,
    /// Decoded at opening, to learn how the samples really are.
    first: VecDeque<f32>,
    /// Frames to drop after a seek that landed before its goal.
    surplus: u64,
    damaged: usize,
    ended: bool,
}

struct Bytes {
    input: Box<dyn Input>,
    length: Option<u64>,
}

impl Read for Bytes {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.input.read(buffer)
    }
}

impl Seek for Bytes {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.input.seek(to)
    }
}

impl MediaSource for Bytes {
    fn is_seekable(&self) -> bool {
        self.length.is_some()
    }

    fn byte_len(&self) -> Option<u64> {
        self.length
    }
}

fn failure(error: Error) -> DecodeError {
    match error {
        Error::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            DecodeError::Damaged("it ends too early".to_owned())
        }
        Error::IoError(error) => DecodeError::Io(error.to_string()),
        Error::Unsupported(what) => DecodeError::Unsupported(what.to_owned()),
        other => DecodeError::Damaged(other.to_string()),
    }
}

fn std_duration(time: Time) -> Option<Duration> {
    let (seconds, nanos) = time.parts();
    Some(Duration::new(u64::try_from(seconds).ok()?, nanos))
}

fn duration_of(track: &FormatTrack) -> Option<Duration> {
    let exact = track.time_base.zip(track.duration).and_then(|(base, duration)| base.calc_duration(duration));
    exact.and_then(std_duration).or_else(|| {
        let Some(CodecParameters::Audio(audio)) = &track.codec_params else { return None };
        let rate = audio.sample_rate.filter(|rate| *rate > 0)?;
        Some(Duration::from_secs_f64(track.num_frames? as f64 / f64::from(rate)))
    })
}

fn describe(track: &FormatTrack) -> Option<Track> {
    let parameters = track.codec_params.as_ref();
    let kind = match parameters {
        Some(CodecParameters::Audio(_)) => TrackKind::Audio,
        Some(CodecParameters::Video(_)) => TrackKind::Video,
        Some(CodecParameters::Subtitle(_)) => TrackKind::Subtitle,
        _ => return None,
    };
    let audio = parameters.and_then(CodecParameters::audio);
    let video = parameters.and_then(CodecParameters::video);
    Some(Track {
        kind,
        codec: mime::of_codec(parameters),
        language: track.language.clone().unwrap_or_default(),
        channels: audio
            .and_then(|audio| audio.channels.as_ref())
            .map_or(0, |channels| u8::try_from(channels.count()).unwrap_or(u8::MAX)),
        rate: audio.and_then(|audio| audio.sample_rate).unwrap_or_default(),
        bits: audio.and_then(|audio| audio.bits_per_sample).unwrap_or_default(),
        size: video
            .map_or((0, 0), |video| (video.width.unwrap_or_default().into(), video.height.unwrap_or_default().into())),
        duration: duration_of(track),
    })
}

/// Finds out what kind of file it is, and reads its head.
fn probe(stream: MediaSourceStream<'static>, name: &str) -> Result<Box<dyn FormatReader>, DecodeError> {
    let mut hint = Hint::new();
    if let Some((_, extension)) = name.rsplit_once('.') {
        hint.with_extension(extension);
    }
    let (format, metadata) = (FormatOptions::default(), MetadataOptions::default());
    symphonia::default::get_probe().probe(&hint, stream, format, metadata).map_err(|error| match error {
        // The probe reads to the end when it recognises nothing.
        Error::IoError(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => {
            DecodeError::Unsupported(name.to_owned())
        }
        error => failure(error),
    })
}

impl FileSound {
    fn open(mut input: Box<dyn Input>, name: &str) -> Result<Self, DecodeError> {
        let length = input.seek(SeekFrom::End(0)).ok();
        input.seek(SeekFrom::Start(0)).map_err(|error| DecodeError::Io(error.to_string()))?;
        let stream = MediaSourceStream::new(Box::new(Bytes { input, length }), Default::default());
        let mut format = probe(stream, name)?;
        let Some(track) = format.default_track(TrackType::Audio) else { return Err(DecodeError::NoSound) };
        let (id, time_base) = (track.id, track.time_base);
        let parameters = track.codec_params.as_ref().and_then(CodecParameters::audio).ok_or(DecodeError::NoSound)?;
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(parameters, &AudioDecoderOptions::default())
            .map_err(failure)?;
        let duration = duration_of(track);
        let described: Vec<_> = format.tracks().iter().filter_map(|track| Some((track.id, describe(track)?))).collect();
        let playing = described.iter().position(|(track, _)| *track == id).unwrap_or_default();
        let tracks: Vec<_> = described.into_iter().map(|(_, track)| track).collect();
        let has_video = tracks.iter().any(|track| track.kind == TrackKind::Video);
        let mime = mime::of_format(format.format_info().format, has_video);
        let (mut texts, mut picture) = (Tags::default(), None);
        let mut metadata = format.metadata();
        loop {
            if let Some(revision) = metadata.current() {
                tags::add(revision, &mut texts, &mut picture);
            }
            if metadata.is_latest() || metadata.pop().is_none() {
                break;
            }
        }
        let info = SoundInfo { mime, channels: 0, rate: 0, duration, tracks, playing, tags: texts, picture };
        let mut sound = Self {
            info,
            name: name.to_owned(),
            format: Some(format),
            decoder,
            track: id,
            time_base,
            first: VecDeque::new(),
            surplus: 0,
            damaged: 0,
            ended: false,
        };
        let mut first = Vec::new();
        if !sound.decode(&mut first)? {
            return Err(DecodeError::NoSound);
        }
        sound.first = first.into();
        if let Some(track) = sound.info.tracks.get_mut(playing) {
            (track.channels, track.rate) = (sound.info.channels, sound.info.rate);
        }
        Ok(sound)
    }

    fn end(&mut self) -> Result<bool, DecodeError> {
        self.ended = true;
        Ok(false)
    }

    /// Readers of some formats (MP4) cannot go back once they have come to the end: the file is read anew.
    fn reopen(&mut self) -> Result<(), DecodeError> {
        let Some(format) = self.format.take() else { return Err(DecodeError::Io("the file is closed".to_owned())) };
        let mut stream = format.into_inner();
        stream.seek(SeekFrom::Start(0)).map_err(|error| DecodeError::Io(error.to_string()))?;
        self.format = Some(probe(stream, &self.name)?);
        self.ended = false;
        Ok(())
    }

    /// Appends the samples of the next packet that has any.
    fn decode(&mut self, samples: &mut Vec<f32>) -> Result<bool, DecodeError> {
        loop {
            let Some(format) = &mut self.format else { return Ok(false) };
            let packet = match format.next_packet() {
                Ok(Some(packet)) => packet,
                Ok(None) => return self.end(),
                // Files that were cut off play as far as they go.
                Err(Error::IoError(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => return self.end(),
                Err(Error::DecodeError(_)) if self.damaged < MOST_DAMAGED => {
                    self.damaged += 1;
                    continue;
                }
                // Another piece follows in the same file, with other parameters (chained Ogg); it is not played.
                Err(Error::ResetRequired) => return self.end(),
                Err(error) => return Err(failure(error)),
            };
            if packet.track_id != self.track {
                continue;
            }
            match self.decoder.decode(&packet) {
                Ok(buffer) if buffer.frames() == 0 => {}
                Ok(buffer) => {
                    self.damaged = 0;
                    let found = buffer.spec().channels().count().clamp(1, MOST_CHANNELS);
                    if self.info.channels == 0 {
                        self.info.channels = u8::try_from(found).unwrap_or(1);
                        self.info.rate = buffer.spec().rate().clamp(1, 768_000);
                    }
                    let all = buffer.spec().channels().count().max(1);
                    let mut block: Vec<f32> = vec![0.0; buffer.samples_interleaved()];
                    buffer.copy_to_slice_interleaved(&mut block);
                    append(samples, &block, all, usize::from(self.info.channels));
                    return Ok(true);
                }
                Err(Error::DecodeError(_) | Error::IoError(_)) if self.damaged < MOST_DAMAGED => self.damaged += 1,
                Err(error) => return Err(failure(error)),
            }
        }
    }
}

/// Appends frames of `from` channels as frames of `to` channels: what a frame has too much is left out, what it lacks is its
/// last channel again. Only files that change their mind in the middle need this.
fn append(samples: &mut Vec<f32>, block: &[f32], from: usize, to: usize) {
    if from == to {
        samples.extend_from_slice(block);
        return;
    }
    for frame in block.chunks_exact(from) {
        let last = frame.last().copied().unwrap_or_default();
        samples.extend((0..to).map(|channel| frame.get(channel).copied().unwrap_or(last)));
    }
}

impl Sound for FileSound {
    fn info(&self) -> &SoundInfo {
        &self.info
    }

    fn read(&mut self, samples: &mut Vec<f32>) -> Result<bool, DecodeError> {
        if !self.first.is_empty() {
            samples.extend(self.first.drain(..));
            return Ok(true);
        }
        let channels = usize::from(self.info.channels.max(1));
        loop {
            let start = samples.len();
            if !self.decode(samples)? {
                return Ok(false);
            }
            let frames = (samples.len() - start) / channels;
            let dropped = usize::try_from(self.surplus).unwrap_or(usize::MAX).min(frames);
            self.surplus -= dropped as u64;
            samples.drain(start..start + dropped * channels);
            if samples.len() > start {
                return Ok(true);
            }
        }
    }

    fn seek(&mut self, time: Duration) -> Result<Duration, DecodeError> {
        let to = i64::try_from(time.as_secs())
            .ok()
            .and_then(|seconds| Time::try_new(seconds, time.subsec_nanos()))
            .unwrap_or(Time::MAX);
        let goal = SeekTo::Time { time: to, track_id: Some(self.track) };
        if self.ended {
            self.reopen()?;
        }
        let Some(format) = &mut self.format else { return Err(DecodeError::Io("the file is closed".to_owned())) };
        let seeked = format.seek(SeekMode::Accurate, goal).map_err(failure)?;
        self.decoder.reset();
        self.first.clear();
        self.damaged = 0;
        let landed = self.time_base.and_then(|base| base.calc_time(seeked.actual_ts)).and_then(std_duration);
        let before = landed.map_or(Duration::ZERO, |landed| time.saturating_sub(landed));
        self.surplus = (before.as_secs_f64() * f64::from(self.info.rate)).round() as u64;
        Ok(landed.map_or(time, |landed| landed.max(time)))
    }
}
