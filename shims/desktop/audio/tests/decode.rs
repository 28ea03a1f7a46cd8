//! Files of every kind give the sine that was put into them.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::fs::File;
use std::io::Cursor;
use std::time::Duration;

use concord_audio::FileDecoders;
use concord_desktop::audio::{DecodeError, Decoders, Sound, TrackKind};

fn open(name: &str) -> Box<dyn Sound> {
    let path = format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"));
    FileDecoders.open(Box::new(File::open(path).unwrap()), name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn rest(sound: &mut dyn Sound) -> Vec<f32> {
    let mut samples = Vec::new();
    while sound.read(&mut samples).unwrap() {}
    samples
}

/// Times that the first channel rises through zero, per second.
fn frequency(samples: &[f32], channels: usize, rate: u32) -> f64 {
    let first: Vec<f32> = samples.iter().step_by(channels).copied().collect();
    let waves = first.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
    waves as f64 / (first.len() as f64 / f64::from(rate))
}

fn check(name: &str, mime: &str, codec: &str) {
    let mut sound = open(name);
    let info = sound.info().clone();
    assert_eq!((info.mime.as_str(), info.rate), (mime, 22_050), "{name}");
    let track = &info.tracks[info.playing];
    assert_eq!((track.kind, track.codec.as_str()), (TrackKind::Audio, codec), "{name}");
    let channels = usize::from(info.channels);
    let samples = rest(&mut *sound);
    let seconds = samples.len() as f64 / channels as f64 / 22_050.0;
    assert!((0.95..1.15).contains(&seconds), "{name}: {seconds} s");
    let found = frequency(&samples, channels, info.rate);
    assert!((found - 440.0).abs() < 25.0, "{name}: {found} Hz");
    if let Some(duration) = info.duration {
        assert!((duration.as_secs_f64() - seconds).abs() < 0.12, "{name}: {duration:?}, {seconds} s");
    }
    let landed = sound.seek(Duration::from_millis(500)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let left = rest(&mut *sound).len() as f64 / channels as f64 / 22_050.0;
    assert!((landed.as_secs_f64() + left - seconds).abs() < 0.06, "{name}: {landed:?} and {left} s of {seconds} s");
    assert!((landed.as_secs_f64() - 0.5).abs() < 0.06, "{name}: {landed:?}");
}

#[test]
fn mp3() {
    check("sine.mp3", "audio/mpeg", "audio/mpeg");
}

#[test]
fn aac_in_mp4() {
    check("sine.m4a", "audio/mp4", "audio/mp4a-latm");
}

#[test]
fn aac_alone() {
    check("sine.aac", "audio/aac", "audio/mp4a-latm");
}

#[test]
fn flac() {
    check("sine.flac", "audio/flac", "audio/flac");
}

#[test]
fn vorbis() {
    check("sine.ogg", "audio/ogg", "audio/vorbis");
}

#[test]
fn texts_and_pictures() {
    for name in ["sine.mp3", "sine.m4a", "sine.flac"] {
        let info = open(name).info().clone();
        let tags = &info.tags;
        let found = [&tags.title, &tags.artist, &tags.album, &tags.genre].map(String::as_str);
        assert_eq!(found, ["Sine", "Concord", "Tests", "Tone"], "{name}");
        assert!(tags.date.starts_with("2026"), "{name}: {}", tags.date);
    }
    for name in ["sine.mp3", "sine.m4a"] {
        let picture = open(name).info().picture.clone().expect(name);
        assert!(picture.data.starts_with(b"\x89PNG"), "{name}");
    }
}

#[test]
fn the_sound_of_a_film() {
    let mut sound = open("film.mp4");
    let info = sound.info().clone();
    assert_eq!(info.mime, "video/mp4");
    let film = info.tracks.iter().find(|track| track.kind == TrackKind::Video).unwrap();
    assert_eq!(film.codec, "video/mp4v-es");
    assert!(rest(&mut *sound).len() > 20_000);
}

/// A wave file of sixteen bits.
fn wav(channels: u16, rate: u32, samples: &[i16]) -> Vec<u8> {
    let data = (samples.len() * 2) as u32;
    let mut file = Vec::new();
    file.extend(b"RIFF");
    file.extend((36 + data).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(channels.to_le_bytes());
    file.extend(rate.to_le_bytes());
    file.extend((rate * u32::from(channels) * 2).to_le_bytes());
    file.extend((channels * 2).to_le_bytes());
    file.extend(16_u16.to_le_bytes());
    file.extend(b"data");
    file.extend(data.to_le_bytes());
    file.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    file
}

#[test]
fn wave_files_are_exact() {
    let samples: Vec<i16> = (0..8000).map(|i| (i * 4 - 16_000) as i16).collect();
    let mut sound = FileDecoders.open(Box::new(Cursor::new(wav(2, 8000, &samples))), "").unwrap();
    assert_eq!((sound.info().channels, sound.info().rate), (2, 8000));
    assert_eq!(sound.info().duration, Some(Duration::from_millis(500)));
    let expected: Vec<f32> = samples.iter().map(|sample| f32::from(*sample) / 32_768.0).collect();
    assert_eq!(rest(&mut *sound), expected);
    assert_eq!(sound.seek(Duration::from_millis(250)).unwrap(), Duration::from_millis(250));
    assert_eq!(rest(&mut *sound), expected[4000..]);
}

#[test]
fn a_file_that_was_cut_off_plays_as_far_as_it_goes() {
    for name in ["sine.mp3", "sine.flac", "sine.aac"] {
        let path = format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"));
        let mut bytes = std::fs::read(path).unwrap();
        bytes.truncate(bytes.len() * 2 / 3);
        let mut sound = FileDecoders.open(Box::new(Cursor::new(bytes)), name).unwrap();
        let mut samples = Vec::new();
        // An error ends it, too, but not before most of it was heard.
        while sound.read(&mut samples).unwrap_or(false) {}
        assert!(samples.len() > 4000, "{name}: {} samples", samples.len());
    }
}

#[test]
fn what_is_no_sound_is_said_to_be_none() {
    for bytes in [Vec::new(), b"hello, I am a text".repeat(100), vec![0; 5000], b"RIFF\xff\xff\xff\xffWAVE".to_vec()] {
        let result = FileDecoders.open(Box::new(Cursor::new(bytes)), "x.mp3");
        assert!(matches!(result, Err(DecodeError::Unsupported(_) | DecodeError::Damaged(_) | DecodeError::NoSound)));
    }
}
