//! A stream of the app, on whatever mixer there is.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use concord_ability::desktop;
use concord_desktop::audio::{Format, Mixer, Role, Source, Stream, StreamEvent, StreamRequest};
use concord_engine::Context;

/// What may wait to be heard. Longer bears a busy machine better, shorter follows a change of volume faster.
const BUFFER: Duration = Duration::from_millis(100);
/// A mixer that is lost so soon again is not tried once more.
const PROBATION: Duration = Duration::from_secs(2);

/// Makes a listener for a stream; called for each stream that is opened.
pub type Listen = Box<dyn Fn() -> Box<dyn Fn(StreamEvent) + Send + Sync>>;

/// A stream that outlives its mixer: when the mixer is gone, another one takes over.
pub struct Output {
    request: StreamRequest,
    source: Box<dyn Fn() -> Box<dyn Source>>,
    listen: Listen,
    stream: RefCell<Option<Box<dyn Stream>>>,
    playing: Cell<bool>,
    opened: Cell<Option<Instant>>,
    /// Frames that were heard on mixers that are gone.
    before: Cell<u64>,
}

impl Output {
    /// A paused stream of what `source` gives: a handle of the same samples each time.
    pub fn open(
        context: &Context,
        format: Format,
        role: Role,
        name: String,
        source: impl Fn() -> Box<dyn Source> + 'static,
        listen: Listen,
    ) -> Self {
        let output = Self {
            request: StreamRequest { format, role, name, buffer: BUFFER },
            source: Box::new(source),
            listen,
            stream: RefCell::new(None),
            playing: Cell::new(false),
            opened: Cell::new(None),
            before: Cell::new(0),
        };
        output.connect(context, desktop::of(context).mixer);
        output
    }

    fn connect(&self, context: &Context, mixer: Option<Rc<dyn Mixer>>) {
        let opened = mixer.and_then(|mixer| mixer.open(&self.request, (self.source)(), (self.listen)()).ok());
        let stream = opened.or_else(|| {
            let silent = desktop::silent_mixer(context)?;
            silent.open(&self.request, (self.source)(), (self.listen)()).ok()
        });
        self.opened.set(Some(Instant::now()));
        *self.stream.borrow_mut() = stream;
    }

    /// The mixer is gone; `pulled` frames were pulled from the source so far.
    pub fn lost(&self, context: &Context, pulled: u64) {
        let soon = self.opened.get().is_some_and(|opened| opened.elapsed() < PROBATION);
        self.before.set(pulled);
        self.connect(context, desktop::of(context).mixer.filter(|_| !soon));
        if self.playing.get() {
            self.with(|stream| stream.start());
        }
    }

    fn with<T>(&self, work: impl FnOnce(&dyn Stream) -> T) -> Option<T> {
        self.stream.borrow().as_deref().map(work)
    }

    /// Plays.
    pub fn start(&self) {
        self.playing.set(true);
        self.with(|stream| stream.start());
    }

    /// Pauses.
    pub fn pause(&self) {
        self.playing.set(false);
        self.with(|stream| stream.pause());
    }

    /// The source has something again.
    pub fn wake(&self) {
        self.with(|stream| stream.wake());
    }

    /// Drops what is not heard yet; see [`Stream::flush`].
    pub fn flush(&self, change: &mut dyn FnMut()) {
        self.before.set(0);
        if self.stream.borrow().is_none() {
            change();
        }
        self.with(|stream| stream.flush(change));
    }

    /// Frames that were heard since it was opened or flushed.
    pub fn heard(&self) -> u64 {
        self.before.get() + self.with(|stream| stream.position().heard).unwrap_or_default()
    }
}
