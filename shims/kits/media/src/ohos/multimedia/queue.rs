//! Samples that the app writes itself: what AudioRenderer plays.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use concord_desktop::audio::{Format, Pulled, SampleFormat, Source};

use super::tempo::Tempo;

/// Shared between the app, which appends, and whoever pulls. Cheap to clone.
#[derive(Clone)]
pub struct Queue(Arc<Mutex<State>>);

struct State {
    format: Format,
    bytes: VecDeque<u8>,
    /// Below so many bytes the app is asked for more.
    low: usize,
    asked: bool,
    need: Box<dyn Fn() + Send>,
    pulled: u64,
    volume: f32,
    goal: f32,
    /// Change of the volume with each frame.
    step: f32,
    blend: Blend,
    tempo: Tempo,
}

/// What becomes of two channels (ChannelBlendMode).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Blend {
    /// Left and right.
    #[default]
    Apart,
    /// Both on both sides.
    Both,
    /// The left one on both sides.
    Left,
    /// The right one on both sides.
    Right,
}

impl Queue {
    /// An empty queue; `need` is called, from any thread, when less than `low` bytes are left, once until something is appended.
    pub fn new(format: Format, low: usize, need: Box<dyn Fn() + Send>) -> Self {
        Self(Arc::new(Mutex::new(State {
            format,
            bytes: VecDeque::new(),
            low,
            asked: false,
            need,
            pulled: 0,
            volume: 1.0,
            goal: 1.0,
            step: 0.0,
            blend: Blend::Apart,
            tempo: Tempo::new(format.channels.into(), format.rate),
        })))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Appends; what is no whole frame at the end is left out.
    pub fn push(&self, bytes: &[u8]) {
        let mut state = self.lock();
        let whole = bytes.len() / state.format.frame_bytes() * state.format.frame_bytes();
        let bytes = bytes.get(..whole).unwrap_or_default();
        state.asked = false;
        if state.tempo.is_idle() {
            state.bytes.extend(bytes);
            return;
        }
        let sample = state.format.sample;
        let values: Vec<f32> = bytes.chunks_exact(sample.bytes()).map(|bytes| read(sample, bytes) as f32).collect();
        let mut stretched = Vec::new();
        state.tempo.process(&values, false, &mut stretched);
        let mut encoded = vec![0; sample.bytes()];
        for value in stretched {
            write(sample, &mut encoded, value.into());
            state.bytes.extend(&encoded);
        }
    }

    /// Speed of what is appended from now on; 1 is normal.
    pub fn set_speed(&self, speed: f64) {
        self.lock().tempo.set_speed(speed);
    }

    /// Asks again, when the last question was not answered.
    pub fn unasked(&self) {
        self.lock().asked = false;
    }

    /// Bytes that wait to be pulled.
    pub fn waiting(&self) -> usize {
        self.lock().bytes.len()
    }

    /// Frames that were pulled since the last flush.
    pub fn pulled(&self) -> u64 {
        self.lock().pulled
    }

    /// Drops what waits, and counts from 0 again.
    pub fn clear(&self) {
        let mut state = self.lock();
        state.bytes.clear();
        state.tempo.clear();
        state.pulled = 0;
        state.asked = false;
    }

    /// Goes to a volume, 0 to 1, within so many frames.
    pub fn set_volume(&self, volume: f32, frames: u64) {
        let mut state = self.lock();
        state.goal = volume;
        state.step = (volume - state.volume) / frames.max(1) as f32;
    }

    /// What becomes of two channels.
    pub fn set_blend(&self, blend: Blend) {
        self.lock().blend = blend;
    }
}

impl Source for Queue {
    fn pull(&mut self, pcm: &mut [u8]) -> Pulled {
        let mut state = self.lock();
        let frame = state.format.frame_bytes();
        let taken = pcm.len().min(state.bytes.len()) / frame * frame;
        for (to, from) in pcm.iter_mut().zip(state.bytes.drain(..taken)) {
            *to = from;
        }
        if state.bytes.len() < state.low && !std::mem::replace(&mut state.asked, true) {
            (state.need)();
        }
        if taken == 0 {
            return Pulled::Later;
        }
        state.pulled += (taken / frame) as u64;
        state.shape(pcm.get_mut(..taken).unwrap_or_default());
        Pulled::Bytes(taken)
    }
}

impl State {
    /// Applies volume and blending.
    fn shape(&mut self, pcm: &mut [u8]) {
        let still = (self.volume - self.goal).abs() < f32::EPSILON;
        if still && (self.volume - 1.0).abs() < f32::EPSILON && self.blend == Blend::Apart {
            return;
        }
        let (sample, channels) = (self.format.sample, usize::from(self.format.channels));
        for frame in pcm.chunks_exact_mut(self.format.frame_bytes()) {
            let next = self.volume + self.step;
            let arrived = (self.step >= 0.0) == (next >= self.goal);
            self.volume = if arrived { self.goal } else { next };
            if channels == 2 && self.blend != Blend::Apart {
                let (left, right) = frame.split_at_mut(sample.bytes());
                let (a, b) = (read(sample, left), read(sample, right));
                let both = match self.blend {
                    Blend::Left => a,
                    Blend::Right => b,
                    _ => (a + b) / 2.0,
                };
                write(sample, left, both);
                write(sample, right, both);
            }
            for bytes in frame.chunks_exact_mut(sample.bytes()) {
                let value = read(sample, bytes) * f64::from(self.volume);
                write(sample, bytes, value);
            }
        }
    }
}

/// The value of a sample, -1 to 1.
fn read(format: SampleFormat, bytes: &[u8]) -> f64 {
    let integer = |bits: u32| {
        let high = bytes.iter().rev().fold(0_i64, |value, byte| value << 8 | i64::from(*byte));
        (high << (64 - bits) >> (64 - bits)) as f64 / (1_i64 << (bits - 1)) as f64
    };
    match format {
        SampleFormat::U8 => (f64::from(bytes.first().copied().unwrap_or(128)) - 128.0) / 128.0,
        SampleFormat::S16 => integer(16),
        SampleFormat::S24 => integer(24),
        SampleFormat::S32 => integer(32),
        SampleFormat::F32 => f64::from(f32::from_le_bytes(bytes.try_into().unwrap_or_default())),
    }
}

fn write(format: SampleFormat, bytes: &mut [u8], value: f64) {
    let mut integer = |bits: u32| {
        let full = (1_i64 << (bits - 1)) as f64;
        let value = (value * full).round().clamp(-full, full - 1.0) as i64;
        for (byte, from) in bytes.iter_mut().zip(value.to_le_bytes()) {
            *byte = from;
        }
    };
    match format {
        SampleFormat::U8 => {
            if let Some(byte) = bytes.first_mut() {
                *byte = (value * 128.0 + 128.0).round().clamp(0.0, 255.0) as u8;
            }
        }
        SampleFormat::S16 => integer(16),
        SampleFormat::S24 => integer(24),
        SampleFormat::S32 => integer(32),
        SampleFormat::F32 => bytes.copy_from_slice(&(value as f32).to_le_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn queue(sample: SampleFormat) -> (Queue, Arc<AtomicUsize>) {
        let needs = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&needs);
        let format = Format { sample, channels: 2, rate: 1000 };
        (
            Queue::new(
                format,
                8,
                Box::new(move || {
                    counted.fetch_add(1, Ordering::Relaxed);
                }),
            ),
            needs,
        )
    }

    #[test]
    fn asks_once_for_more() {
        let (mut queue, needs) = queue(SampleFormat::S16);
        let mut pcm = [0; 4];
        assert_eq!(queue.pull(&mut pcm), Pulled::Later);
        assert_eq!(queue.pull(&mut pcm), Pulled::Later);
        assert_eq!(needs.load(Ordering::Relaxed), 1);
        queue.push(&[1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7]);
        assert_eq!(queue.pull(&mut pcm), Pulled::Bytes(4));
        assert_eq!((pcm, needs.load(Ordering::Relaxed)), ([1, 0, 2, 0], 1));
        assert_eq!(queue.pull(&mut pcm), Pulled::Bytes(4));
        assert_eq!(needs.load(Ordering::Relaxed), 2, "less than eight bytes are left");
        assert_eq!((queue.pulled(), queue.waiting()), (2, 4));
    }

    #[test]
    fn every_format_is_scaled() {
        for sample in [SampleFormat::U8, SampleFormat::S16, SampleFormat::S24, SampleFormat::S32, SampleFormat::F32] {
            let (mut queue, _) = queue(sample);
            let size = sample.bytes();
            let mut pcm = vec![0; size * 2];
            let (left, right) = pcm.split_at_mut(size);
            write(sample, left, 0.5);
            write(sample, right, -0.25);
            queue.push(&pcm);
            queue.set_volume(0.5, 1);
            queue.pull(&mut pcm);
            let (left, right) = pcm.split_at(size);
            assert!((read(sample, left) - 0.25).abs() < 0.01, "{sample:?} {}", read(sample, left));
            assert!((read(sample, right) + 0.125).abs() < 0.01, "{sample:?} {}", read(sample, right));
        }
    }

    #[test]
    fn blending_and_ramps() {
        let (mut queue, _) = queue(SampleFormat::S16);
        queue.set_blend(Blend::Left);
        queue.set_volume(0.0, 4);
        let loud = [0, 0x40, 0, 0];
        queue.push(&loud.repeat(5));
        let mut pcm = [0; 20];
        queue.pull(&mut pcm);
        let left: Vec<f64> = pcm.chunks_exact(4).map(|frame| read(SampleFormat::S16, &frame[..2])).collect();
        let right: Vec<f64> = pcm.chunks_exact(4).map(|frame| read(SampleFormat::S16, &frame[2..])).collect();
        assert_eq!(left, [0.375, 0.25, 0.125, 0.0, 0.0]);
        assert_eq!(left, right);
    }
}
