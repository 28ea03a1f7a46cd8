//! A file that is being played: what AVPlayer and SoundPool have in common.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use concord_desktop::audio::{DecodeError, Format, Pulled, SampleFormat, Sound, SoundInfo, Source};

use super::tempo::Tempo;

/// Tells the app what the source notices; from any thread.
pub type Notify = Box<dyn Fn(Notice) + Send>;

/// What a source notices while it is pulled.
#[derive(Debug, Clone)]
pub enum Notice {
    /// It starts again from the beginning.
    Looped,
    /// The file cannot be read any further.
    Failed(String),
}

/// A file, shared between the app and whoever pulls. Cheap to clone.
#[derive(Clone)]
pub struct Voice(Arc<Mutex<State>>);

struct State {
    sound: Box<dyn Sound>,
    tempo: Tempo,
    notify: Notify,
    /// Decoded and stretched, not pulled yet.
    ready: VecDeque<f32>,
    speed: f64,
    /// Gain of even and odd channels.
    gain: (f32, f32),
    /// The gain that the last frame had: changes are spread over some frames, because a jump clicks.
    heard_gain: (f32, f32),
    /// How often to start again; `None` for ever.
    loops: Option<u32>,
    /// Frames that were pulled since the last flush.
    pulled: u64,
    /// Where in the file frames come from: (frame, seconds, speed), ascending.
    places: VecDeque<(u64, f64, f64)>,
    ended: bool,
}

/// Frames over which a change of volume is spread.
const FADE: f32 = 256.0;
/// Places that are remembered: more than fit into any buffer.
const MOST_PLACES: usize = 1000;

impl Voice {
    /// Plays from the beginning of `sound`.
    pub fn new(sound: Box<dyn Sound>, notify: Notify) -> Self {
        let info = sound.info();
        let tempo = Tempo::new(info.channels.into(), info.rate);
        Self(Arc::new(Mutex::new(State {
            sound,
            tempo,
            notify,
            ready: VecDeque::new(),
            speed: 1.0,
            gain: (1.0, 1.0),
            heard_gain: (1.0, 1.0),
            loops: Some(0),
            pulled: 0,
            places: VecDeque::from([(0, 0.0, 1.0)]),
            ended: false,
        })))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the file holds.
    pub fn info(&self) -> SoundInfo {
        self.lock().sound.info().clone()
    }

    /// Format of what is pulled.
    pub fn format(&self) -> Format {
        let state = self.lock();
        let info = state.sound.info();
        Format { sample: SampleFormat::F32, channels: info.channels, rate: info.rate }
    }

    /// Volume of the left and right half, 0 to 1 and beyond.
    pub fn set_gain(&self, left: f32, right: f32) {
        self.lock().gain = (left, right);
    }

    /// How often to start again at the end; `None` for ever.
    pub fn set_loops(&self, loops: Option<u32>) {
        self.lock().loops = loops;
    }

    /// Speed from the next pull on; 1 is normal.
    pub fn set_speed(&self, speed: f64) {
        let mut state = self.lock();
        if (state.speed - speed).abs() < f64::EPSILON {
            return;
        }
        state.speed = speed;
        state.tempo.set_speed(speed);
        let (pulled, waiting) = (state.pulled, state.ready.len() as u64 / u64::from(state.channels()));
        let seconds = state.seconds(pulled + waiting);
        state.note(pulled + waiting, seconds);
    }

    /// Goes on at `time`, when nothing that was pulled is heard any more. The answer is where it really is.
    pub fn seek(&self, time: Duration) -> Result<Duration, DecodeError> {
        let mut state = self.lock();
        let there = state.sound.seek(time)?;
        state.ready.clear();
        state.tempo.clear();
        state.pulled = 0;
        state.ended = false;
        state.places.clear();
        state.note(0, there.as_secs_f64());
        state.heard_gain = state.gain;
        Ok(there)
    }

    /// Which part of the file is heard when `heard` frames were.
    pub fn time(&self, heard: u64) -> Duration {
        let mut state = self.lock();
        while state.places.get(1).is_some_and(|(frame, ..)| *frame <= heard) {
            state.places.pop_front();
        }
        Duration::try_from_secs_f64(state.seconds(heard)).unwrap_or_default()
    }

    /// Frames that were pulled since the last seek.
    pub fn pulled(&self) -> u64 {
        self.lock().pulled
    }
}

impl State {
    fn channels(&self) -> u8 {
        self.sound.info().channels.max(1)
    }

    /// Seconds of the file at a frame.
    fn seconds(&self, frame: u64) -> f64 {
        let place = self.places.iter().rev().find(|(start, ..)| *start <= frame).or(self.places.front());
        let (start, seconds, speed) = place.copied().unwrap_or((0, 0.0, 1.0));
        let rate = f64::from(self.sound.info().rate.max(1));
        let time = seconds + frame.saturating_sub(start) as f64 / rate * speed;
        self.sound.info().duration.map_or(time, |end| time.min(end.as_secs_f64()))
    }

    fn note(&mut self, frame: u64, seconds: f64) {
        self.places.push_back((frame, seconds, self.speed));
        if self.places.len() > MOST_PLACES {
            self.places.pop_front();
        }
    }

    /// Decodes until something is ready; false at the end.
    fn refill(&mut self) -> bool {
        let (mut decoded, mut stretched) = (Vec::new(), Vec::new());
        while self.ready.is_empty() {
            if self.ended {
                return false;
            }
            decoded.clear();
            stretched.clear();
            let more = self.sound.read(&mut decoded).unwrap_or_else(|error| {
                (self.notify)(Notice::Failed(error.to_string()));
                self.loops = Some(0);
                false
            });
            self.tempo.process(&decoded, !more, &mut stretched);
            self.ready.extend(&stretched);
            if !more {
                self.start_again();
            }
        }
        true
    }

    /// At the end of the file.
    fn start_again(&mut self) {
        // A file of nothing would start again for ever.
        let empty = self.pulled == 0 && self.ready.is_empty();
        if empty || self.loops == Some(0) || self.sound.seek(Duration::ZERO).is_err() {
            self.ended = true;
            return;
        }
        self.loops = self.loops.map(|loops| loops - 1);
        let frame = self.pulled + self.ready.len() as u64 / u64::from(self.channels());
        self.note(frame, 0.0);
        (self.notify)(Notice::Looped);
    }
}

impl Source for Voice {
    fn pull(&mut self, pcm: &mut [u8]) -> Pulled {
        let mut state = self.lock();
        if !state.refill() {
            return Pulled::End;
        }
        let channels = usize::from(state.channels());
        let mut frames = 0;
        for frame in pcm.chunks_exact_mut(channels * 4) {
            if state.ready.len() < channels && !state.refill() {
                break;
            }
            let (goal, heard) = (state.gain, state.heard_gain);
            let gain = (toward(heard.0, goal.0), toward(heard.1, goal.1));
            state.heard_gain = gain;
            for (channel, bytes) in frame.chunks_exact_mut(4).enumerate() {
                let gain = match channels {
                    1 => (gain.0 + gain.1) / 2.0,
                    _ if channel % 2 == 0 => gain.0,
                    _ => gain.1,
                };
                let sample = state.ready.pop_front().unwrap_or_default() * gain;
                bytes.copy_from_slice(&sample.to_le_bytes());
            }
            frames += 1;
            // Counted at once: where the file starts again is noted by this number.
            state.pulled += 1;
        }
        Pulled::Bytes(frames * channels * 4)
    }
}

/// A step from `value` to `goal`.
fn toward(value: f32, goal: f32) -> f32 {
    let step = 1.0 / FADE;
    if (goal - value).abs() <= step { goal } else { value + step.copysign(goal - value) }
}

#[cfg(test)]
mod tests {
    use concord_desktop::audio::Tags;

    use super::*;

    /// A ramp of 1000 frames at 1000 Hz, one channel.
    struct Ramp {
        info: SoundInfo,
        next: usize,
    }

    impl Sound for Ramp {
        fn info(&self) -> &SoundInfo {
            &self.info
        }

        fn read(&mut self, samples: &mut Vec<f32>) -> Result<bool, DecodeError> {
            let end = (self.next + 64).min(1000);
            samples.extend((self.next..end).map(|i| i as f32 / 1000.0));
            self.next = end;
            Ok(end > 0 && !samples.is_empty())
        }

        fn seek(&mut self, time: Duration) -> Result<Duration, DecodeError> {
            self.next = (time.as_millis() as usize).min(1000);
            Ok(Duration::from_millis(self.next as u64))
        }
    }

    fn voice() -> (Voice, Arc<Mutex<Vec<Notice>>>) {
        let info = SoundInfo {
            mime: String::new(),
            channels: 1,
            rate: 1000,
            duration: Some(Duration::from_secs(1)),
            tracks: Vec::new(),
            playing: 0,
            tags: Tags::default(),
            picture: None,
        };
        let notices = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&notices);
        let notify = Box::new(move |notice| told.lock().unwrap().push(notice));
        (Voice::new(Box::new(Ramp { info, next: 0 }), notify), notices)
    }

    fn pull(voice: &mut Voice, frames: usize) -> Option<Vec<f32>> {
        let mut pcm = vec![0; frames * 4];
        match voice.pull(&mut pcm) {
            Pulled::Bytes(bytes) => {
                Some(pcm[..bytes].chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
            }
            _ => None,
        }
    }

    #[test]
    fn plays_to_the_end_and_again_after_seeking() {
        let (mut voice, _) = voice();
        assert_eq!(pull(&mut voice, 2000).unwrap().len(), 1000);
        assert!(pull(&mut voice, 10).is_none());
        assert_eq!(voice.time(400), Duration::from_millis(400));
        assert_eq!(voice.seek(Duration::from_millis(250)).unwrap(), Duration::from_millis(250));
        assert_eq!(pull(&mut voice, 1).unwrap(), [0.25]);
        assert_eq!(voice.time(100), Duration::from_millis(350));
    }

    #[test]
    fn loops_count_and_time_starts_again() {
        let (mut voice, notices) = voice();
        voice.set_loops(Some(1));
        let mut all = 0;
        while let Some(samples) = pull(&mut voice, 300) {
            all += samples.len();
        }
        assert_eq!(all, 2000);
        assert!(matches!(notices.lock().unwrap()[..], [Notice::Looped]));
        assert_eq!(voice.time(900), Duration::from_millis(900));
        assert_eq!(voice.time(1200), Duration::from_millis(200));
    }

    #[test]
    fn time_runs_with_the_speed() {
        let (mut voice, _) = voice();
        pull(&mut voice, 64).unwrap();
        voice.set_speed(2.0);
        assert_eq!(voice.time(164), Duration::from_millis(264));
    }

    #[test]
    fn volume_changes_without_a_jump() {
        let (mut voice, _) = voice();
        voice.seek(Duration::from_millis(500)).unwrap();
        voice.set_gain(0.0, 0.0);
        let samples = pull(&mut voice, 400).unwrap();
        assert!(samples.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.01));
        assert_eq!(samples.last(), Some(&0.0));
    }
}
