//! Faster and slower without another pitch.
//!
//! Pieces of the sound are taken further apart or closer together than they are put down, and each is moved a little so that it
//! fits the end of the one before (waveform similarity overlap-add; Verhelst and Roelands 1993).

/// Seconds of a piece, of what two pieces share, and of how far a piece may be moved.
const PIECE: f64 = 0.060;
const SHARED: f64 = 0.012;
const REACH: f64 = 0.015;
/// Every so many frames are compared: neighbours say nearly the same.
const STRIDE: usize = 4;

/// Changes the speed of interleaved samples.
pub struct Tempo {
    channels: usize,
    piece: usize,
    shared: usize,
    reach: usize,
    speed: f64,
    input: Vec<f32>,
    /// The end of the piece before, still to be mixed with the next one.
    tail: Vec<f32>,
    /// Part of a frame by which the next piece is late.
    late: f64,
    /// Samples to leave out of what comes next.
    skip: usize,
}

impl Tempo {
    /// For this many channels and frames per second.
    pub fn new(channels: usize, rate: u32) -> Self {
        let frames = |seconds: f64| ((seconds * f64::from(rate)) as usize).max(STRIDE);
        Self {
            channels: channels.max(1),
            piece: frames(PIECE),
            shared: frames(SHARED),
            reach: frames(REACH),
            speed: 1.0,
            input: Vec::new(),
            tail: Vec::new(),
            late: 0.0,
            skip: 0,
        }
    }

    /// Changes the speed: 2 is twice as fast.
    pub fn set_speed(&mut self, speed: f64) {
        self.speed = speed.clamp(0.125, 8.0);
    }

    /// Forgets what was put in.
    pub fn clear(&mut self) {
        self.input.clear();
        self.tail.clear();
        self.late = 0.0;
        self.skip = 0;
    }

    /// Whether samples pass as they are.
    pub fn is_idle(&self) -> bool {
        (self.speed - 1.0).abs() < 0.001 && self.tail.is_empty() && self.input.is_empty()
    }

    /// Takes `samples` and appends what comes of them to `output`; `last` when nothing follows.
    pub fn process(&mut self, samples: &[f32], last: bool, output: &mut Vec<f32>) {
        if self.is_idle() {
            output.extend_from_slice(samples);
            return;
        }
        self.input.extend_from_slice(samples);
        let needed = (self.piece + self.reach) * self.channels;
        let mut start = std::mem::take(&mut self.skip);
        while self.input.len() >= start + needed {
            let offset = start + self.best(start) * self.channels;
            let shared = self.shared * self.channels;
            let middle = offset + (self.piece - self.shared) * self.channels;
            if self.tail.is_empty() {
                output.extend(self.input.get(offset..middle).unwrap_or_default());
            } else {
                self.mix(offset, output);
                output.extend(self.input.get(offset + shared..middle).unwrap_or_default());
            }
            self.tail.clear();
            self.tail.extend(self.input.get(middle..middle + shared).unwrap_or_default());
            let step = (self.piece - self.shared) as f64 * self.speed + self.late;
            self.late = step.fract();
            start = start.saturating_add(step as usize * self.channels);
        }
        self.skip = start.saturating_sub(self.input.len());
        self.input.drain(..start.min(self.input.len()));
        if last {
            self.finish(output);
        }
    }

    /// Appends what is left, which is too short for a piece: as much of its beginning as there is time for.
    fn finish(&mut self, output: &mut Vec<f32>) {
        let frames = self.input.len() / self.channels;
        let kept = ((frames as f64 / self.speed) as usize).min(frames) * self.channels;
        if kept >= self.tail.len() {
            self.mix(0, output);
            output.extend(self.input.get(self.tail.len()..kept).unwrap_or_default());
        } else {
            output.append(&mut self.tail);
        }
        self.clear();
    }

    /// Frames from `start` on at which the input is most like the end of the piece before.
    fn best(&self, start: usize) -> usize {
        if self.tail.is_empty() {
            return 0;
        }
        let likeness = |shift: &usize| {
            let from = start + shift * self.channels;
            let there = self.input.get(from..from + self.tail.len()).unwrap_or_default();
            let pairs = self.tail.iter().zip(there).step_by(STRIDE * self.channels);
            let (product, power) = pairs.fold((0.0, 0.0), |(product, power), (a, b)| (product + a * b, power + b * b));
            product / (power + 1e-9_f32).sqrt()
        };
        let shifts = (0..self.reach).step_by(2).map(|shift| (shift, likeness(&shift)));
        shifts.max_by(|(_, a), (_, b)| a.total_cmp(b)).map_or(0, |(shift, _)| shift)
    }

    /// Fades from the tail to the input at `offset`.
    fn mix(&self, offset: usize, output: &mut Vec<f32>) {
        let there = self.input.get(offset..offset + self.tail.len()).unwrap_or_default();
        for (index, (old, new)) in self.tail.iter().zip(there).enumerate() {
            let part = (index / self.channels) as f32 / self.shared as f32;
            output.push(old * (1.0 - part) + new * part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(frames: usize) -> Vec<f32> {
        (0..frames).flat_map(|i| [(i as f32 * 0.0576).sin(); 2]).collect()
    }

    /// Times that the left channel rises through zero.
    fn waves(samples: &[f32]) -> usize {
        let left: Vec<f32> = samples.iter().step_by(2).copied().collect();
        left.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count()
    }

    #[test]
    fn speed_changes_the_length_and_not_the_pitch() {
        let input = sine(48_000);
        for speed in [0.5, 1.5, 2.0] {
            let mut tempo = Tempo::new(2, 48_000);
            tempo.set_speed(speed);
            let mut output = Vec::new();
            for block in input.chunks(2 * 1000) {
                tempo.process(block, false, &mut output);
            }
            tempo.process(&[], true, &mut output);
            let frames = output.len() as f64 / 2.0;
            assert!((frames * speed / 48_000.0 - 1.0).abs() < 0.1, "{speed}: {frames}");
            let per_frame = waves(&output) as f64 / frames;
            let expected = waves(&input) as f64 / 48_000.0;
            assert!((per_frame / expected - 1.0).abs() < 0.03, "{speed}: {per_frame} {expected}");
        }
    }

    #[test]
    fn normal_speed_passes_through() {
        let input = sine(1000);
        let mut output = Vec::new();
        Tempo::new(2, 48_000).process(&input, true, &mut output);
        assert_eq!(output, input);
    }
}
