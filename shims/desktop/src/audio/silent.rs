//! A mixer that nobody hears.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use super::{AudioError, Device, Format, Mixer, Position, Pulled, Source, Stream, StreamEvent, StreamRequest};
use crate::Listener;

/// Time between two pulls. Short, because what an app is told about the end of a sound is late by this much at most.
const STEP: Duration = Duration::from_millis(20);

/// The clock of an app, which may be a virtual one.
pub trait Clock {
    /// Time since some moment in the past.
    fn now(&self) -> Duration;
    /// Calls `tick` on this thread at least so often until it returns false. Does not keep an app from being idle.
    fn every(&self, period: Duration, tick: Box<dyn Fn() -> bool>);
}

/// Plays on the clock of the app, unheard: an app sees the same states, times and ends as with a sound card. Sources are pulled
/// on the thread of the clock.
pub struct SilentMixer {
    clock: Rc<dyn Clock>,
}

impl SilentMixer {
    /// Plays on this clock.
    pub fn new(clock: Rc<dyn Clock>) -> Self {
        Self { clock }
    }
}

impl Mixer for SilentMixer {
    fn open(
        &self,
        request: &StreamRequest,
        source: Box<dyn Source>,
        listener: Listener<StreamEvent>,
    ) -> Result<Box<dyn Stream>, AudioError> {
        let stream = Silent {
            clock: Rc::clone(&self.clock),
            format: request.format,
            source: RefCell::new(source),
            listener,
            playing: Cell::new(None),
            run: Cell::new(0),
            heard: Cell::new(0),
            starved: Cell::new(false),
            ended: Cell::new(false),
        };
        Ok(Box::new(Handle(Rc::new(stream))))
    }

    fn devices(&self) -> Vec<Device> {
        vec![Device {
            id: 1,
            name: "null".to_owned(),
            description: "No sound card".to_owned(),
            default: true,
            rate: 48_000,
            channels: 2,
            volume: 1.0,
            ..Device::default()
        }]
    }

    fn watch(&self, _listener: Listener<Vec<Device>>) {}
}

struct Silent {
    clock: Rc<dyn Clock>,
    format: Format,
    source: RefCell<Box<dyn Source>>,
    listener: Listener<StreamEvent>,
    /// Since when, and how many frames were heard before.
    playing: Cell<Option<(Duration, u64)>>,
    /// Counts starts, so that a tick of an earlier one ends.
    run: Cell<u64>,
    heard: Cell<u64>,
    starved: Cell<bool>,
    ended: Cell<bool>,
}

struct Handle(Rc<Silent>);

impl Silent {
    /// Pulls what should have been heard by now.
    fn advance(&self) {
        let Some((since, before)) = self.playing.get() else { return };
        let due = before + self.format.frames(self.clock.now().saturating_sub(since));
        let frame = self.format.frame_bytes();
        // A source that is asked for samples may call back; it finds the stream as it is, and does not pull again.
        let Ok(mut source) = self.source.try_borrow_mut() else { return };
        let mut pcm = vec![0; self.format.frames(STEP).max(1) as usize * frame];
        while self.heard.get() < due && !self.ended.get() {
            let wanted = usize::try_from(due - self.heard.get()).unwrap_or(usize::MAX).saturating_mul(frame);
            let wanted = wanted.min(pcm.len());
            match source.pull(pcm.get_mut(..wanted).unwrap_or_default()) {
                Pulled::Bytes(bytes) => {
                    self.starved.set(false);
                    self.heard.set(self.heard.get() + (bytes.min(wanted) / frame).max(1) as u64);
                }
                Pulled::Later => {
                    if !self.starved.replace(true) && self.heard.get() > 0 {
                        (self.listener)(StreamEvent::Underflow);
                    }
                    // What is late is not made up for.
                    self.playing.set(Some((self.clock.now(), self.heard.get())));
                    return;
                }
                Pulled::End => {
                    self.ended.set(true);
                    (self.listener)(StreamEvent::Ended);
                }
            }
        }
    }
}

impl Stream for Handle {
    fn start(&self) {
        let stream = &self.0;
        if stream.playing.get().is_some() {
            return;
        }
        stream.playing.set(Some((stream.clock.now(), stream.heard.get())));
        let run = stream.run.get() + 1;
        stream.run.set(run);
        let ticking = Rc::downgrade(stream);
        stream.clock.every(
            STEP,
            Box::new(move || {
                let Some(stream) = ticking.upgrade().filter(|stream| stream.run.get() == run) else { return false };
                stream.advance();
                !stream.ended.get()
            }),
        );
    }

    fn pause(&self) {
        self.0.advance();
        self.0.playing.set(None);
        self.0.run.set(self.0.run.get() + 1);
    }

    fn flush(&self, change: &mut dyn FnMut()) {
        change();
        let stream = &self.0;
        stream.heard.set(0);
        stream.starved.set(false);
        let playing = stream.playing.take().is_some();
        stream.ended.set(false);
        if playing {
            self.start();
        }
    }

    fn wake(&self) {}

    fn position(&self) -> Position {
        self.0.advance();
        let heard = self.0.heard.get();
        Position { heard, pulled: heard }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::audio::{Role, SampleFormat};

    type Tick = Box<dyn Fn() -> bool>;

    #[derive(Default)]
    struct TestClock {
        now: Cell<Duration>,
        ticks: RefCell<Vec<Tick>>,
    }

    impl TestClock {
        fn forward(&self, millis: u64) {
            for _ in 0..millis.div_ceil(20) {
                self.now.set(self.now.get() + Duration::from_millis(20));
                let ticks = self.ticks.take();
                let kept: Vec<_> = ticks.into_iter().filter(|tick| tick()).collect();
                self.ticks.borrow_mut().extend(kept);
            }
        }
    }

    impl Clock for TestClock {
        fn now(&self) -> Duration {
            self.now.get()
        }

        fn every(&self, _period: Duration, tick: Tick) {
            self.ticks.borrow_mut().push(tick);
        }
    }

    /// Gives frames as long as there are any, then ends or waits.
    struct Frames {
        left: Arc<Mutex<usize>>,
        after: Pulled,
    }

    impl Source for Frames {
        fn pull(&mut self, pcm: &mut [u8]) -> Pulled {
            let mut left = self.left.lock().unwrap();
            let bytes = pcm.len().min(*left * 4);
            *left -= bytes / 4;
            if bytes == 0 { self.after } else { Pulled::Bytes(bytes) }
        }
    }

    fn opened(frames: usize, after: Pulled) -> (Rc<TestClock>, Box<dyn Stream>, Arc<Mutex<usize>>, Events) {
        let clock = Rc::new(TestClock::default());
        let mixer = SilentMixer::new(Rc::clone(&clock) as Rc<dyn Clock>);
        let format = Format { sample: SampleFormat::S16, channels: 2, rate: 48_000 };
        let request =
            StreamRequest { format, role: Role::Music, name: "test".to_owned(), buffer: Duration::from_millis(100) };
        let left = Arc::new(Mutex::new(frames));
        let events = Events::default();
        let told = Arc::clone(&events);
        let listener = Box::new(move |event| told.lock().unwrap().push(event));
        let stream = mixer.open(&request, Box::new(Frames { left: Arc::clone(&left), after }), listener).unwrap();
        (clock, stream, left, events)
    }

    type Events = Arc<Mutex<Vec<StreamEvent>>>;

    #[test]
    fn plays_on_the_clock_and_ends() {
        let (clock, stream, _, events) = opened(48_000, Pulled::End);
        clock.forward(100);
        assert_eq!(stream.position().heard, 0, "paused at first");
        stream.start();
        clock.forward(500);
        assert_eq!(stream.position().heard, 24_000);
        stream.pause();
        clock.forward(1000);
        assert_eq!(stream.position().heard, 24_000);
        stream.start();
        clock.forward(520);
        assert_eq!(stream.position().heard, 48_000);
        assert_eq!(*events.lock().unwrap(), [StreamEvent::Ended]);
        assert!(clock.ticks.borrow().is_empty(), "nothing ticks after the end");
    }

    #[test]
    fn flushing_counts_anew_and_plays_on_after_the_end() {
        let (clock, stream, left, events) = opened(4_800, Pulled::End);
        stream.start();
        clock.forward(200);
        assert_eq!(*events.lock().unwrap(), [StreamEvent::Ended]);
        stream.flush(&mut || *left.lock().unwrap() = 9_600);
        clock.forward(100);
        assert_eq!(stream.position().heard, 4_800);
    }

    #[test]
    fn waiting_for_samples_stops_the_count() {
        let (clock, stream, left, events) = opened(4_800, Pulled::Later);
        stream.start();
        clock.forward(300);
        assert_eq!(stream.position().heard, 4_800);
        assert_eq!(*events.lock().unwrap(), [StreamEvent::Underflow]);
        *left.lock().unwrap() = 96_000;
        clock.forward(100);
        assert!((9_000..=9_600).contains(&stream.position().heard));
        drop(stream);
        clock.forward(100);
        assert!(clock.ticks.borrow().is_empty());
    }
}
