//! The queue of buffers between who draws (a window) and who shows (an image, a component).

use super::buffer::{BUFFER_STATE_INVALID, Buffer, Config, INVALID_ARGUMENTS, NO_BUFFER, RGBA_8888};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::ffi::c_int;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Buffers of a queue, as on the platform.
const CAPACITY: usize = 3;
/// How long a request waits for a buffer unless the window says otherwise, in milliseconds.
const PATIENCE: i32 = 3000;

/// What [`Queue::set_listener`] is given.
pub(crate) type Listener = Arc<dyn Fn() + Send + Sync>;

/// The numbers of a window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) format: i32,
    pub(crate) usage: u64,
    pub(crate) swap_interval: i32,
    pub(crate) timeout: i32,
    pub(crate) color_gamut: i32,
    pub(crate) transform: i32,
    pub(crate) source_type: i32,
    pub(crate) color_space: c_int,
    pub(crate) scaling_mode: c_int,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            width: 0,
            height: 0,
            format: RGBA_8888,
            usage: 0,
            swap_interval: 1,
            timeout: PATIENCE,
            // `NATIVEBUFFER_COLOR_GAMUT_SRGB`
            color_gamut: 4,
            transform: 0,
            source_type: 0,
            color_space: 0,
            // `OH_SCALING_MODE_SCALE_TO_WINDOW`
            scaling_mode: 1,
        }
    }
}

/// A picture in the queue.
#[derive(Clone)]
pub(crate) struct Frame {
    pub(crate) buffer: Arc<Buffer>,
    /// Nanoseconds.
    pub(crate) time: i64,
}

#[derive(Default)]
struct State {
    settings: Settings,
    free: Vec<Arc<Buffer>>,
    /// What the producer has.
    drawn: Vec<Arc<Buffer>>,
    /// What the consumer may take, oldest first.
    ready: VecDeque<Frame>,
    /// What the consumer has.
    shown: Vec<Arc<Buffer>>,
    last: Option<Frame>,
    listener: Option<Listener>,
    /// The consumer wants the newest only.
    drops: bool,
}

impl State {
    fn buffers(&self) -> usize {
        self.free.len() + self.drawn.len() + self.ready.len() + self.shown.len()
    }

    fn config(&self) -> Config {
        let Settings { width, height, format, usage, .. } = self.settings;
        // Windows without a size have one pixel, as long as nobody has said.
        Config { width: width.max(1), height: height.max(1), format, usage: usage as i32, stride: 0 }
    }

    /// A buffer of the right kind, an old one or a new one.
    fn take(&mut self) -> Result<Option<Arc<Buffer>>, c_int> {
        let wanted = self.config();
        let fits = |buffer: &Arc<Buffer>| Config { stride: 0, ..buffer.config() } == wanted;
        self.free.retain(fits);
        if let Some(buffer) = self.free.pop() {
            return Ok(Some(buffer));
        }
        if self.buffers() < CAPACITY { Buffer::new(&wanted).map(Some) } else { Ok(None) }
    }
}

/// A queue of buffers.
pub(crate) struct Queue {
    id: u64,
    state: Mutex<State>,
    freed: Condvar,
}

fn queues() -> &'static Mutex<FxHashMap<u64, Weak<Queue>>> {
    static QUEUES: OnceLock<Mutex<FxHashMap<u64, Weak<Queue>>>> = OnceLock::new();
    QUEUES.get_or_init(Mutex::default)
}

impl Queue {
    /// An empty queue, which other places can find by its number as long as it is alive.
    pub(crate) fn new() -> Arc<Queue> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let queue = Arc::new(Queue { id, state: Mutex::default(), freed: Condvar::new() });
        let mut queues = queues().lock().unwrap_or_else(PoisonError::into_inner);
        queues.retain(|_, queue| queue.strong_count() > 0);
        queues.insert(id, Arc::downgrade(&queue));
        queue
    }

    /// The queue with a number.
    pub(crate) fn by_id(id: u64) -> Option<Arc<Queue>> {
        queues().lock().unwrap_or_else(PoisonError::into_inner).get(&id)?.upgrade()
    }

    /// Its number, the platform's surface id.
    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn settings(&self) -> Settings {
        self.state().settings
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.state().settings);
    }

    /// A buffer to draw into. Waits until there is one, for as long as the window says.
    pub(crate) fn request(&self) -> Result<Arc<Buffer>, c_int> {
        let mut state = self.state();
        let patience = Duration::from_millis(u64::try_from(state.settings.timeout).unwrap_or(PATIENCE as u64));
        let end = Instant::now() + patience;
        loop {
            if let Some(buffer) = state.take()? {
                state.drawn.push(Arc::clone(&buffer));
                return Ok(buffer);
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(NO_BUFFER);
            }
            state = self.freed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Takes a buffer back undrawn.
    pub(crate) fn abort(&self, buffer: &Arc<Buffer>) -> Result<(), c_int> {
        let mut state = self.state();
        let buffer = remove(&mut state.drawn, buffer).ok_or(BUFFER_STATE_INVALID)?;
        state.free.push(buffer);
        self.freed.notify_one();
        Ok(())
    }

    /// A picture is ready.
    pub(crate) fn flush(&self, buffer: &Arc<Buffer>) -> Result<(), c_int> {
        let listener = {
            let mut state = self.state();
            let buffer = remove(&mut state.drawn, buffer).ok_or(BUFFER_STATE_INVALID)?;
            let nanos = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
            let time = i64::try_from(nanos).unwrap_or(i64::MAX);
            let frame = Frame { buffer, time };
            state.last = Some(frame.clone());
            // Without anybody who looks, only the newest picture counts.
            if state.drops || state.listener.is_none() {
                let old: Vec<_> = state.ready.drain(..).map(|frame| frame.buffer).collect();
                state.free.extend(old);
            }
            state.ready.push_back(frame);
            self.freed.notify_one();
            state.listener.clone()
        };
        if let Some(listener) = listener {
            listener();
        }
        Ok(())
    }

    /// The picture that was last ready.
    pub(crate) fn last(&self) -> Option<Frame> {
        self.state().last.clone()
    }

    /// Gives the next picture to who shows it; the newest one, when asked.
    pub(crate) fn acquire(&self, newest: bool) -> Result<Frame, c_int> {
        let mut state = self.state();
        while newest && state.ready.len() > 1 {
            if let Some(old) = state.ready.pop_front() {
                state.free.push(old.buffer);
            }
        }
        let frame = state.ready.pop_front().ok_or(NO_BUFFER)?;
        state.shown.push(Arc::clone(&frame.buffer));
        self.freed.notify_one();
        Ok(frame)
    }

    /// A picture is no longer shown.
    pub(crate) fn release(&self, buffer: &Arc<Buffer>) -> Result<(), c_int> {
        let mut state = self.state();
        let buffer = remove(&mut state.shown, buffer).ok_or(BUFFER_STATE_INVALID)?;
        state.free.push(buffer);
        self.freed.notify_one();
        Ok(())
    }

    /// Forgets buffers that nobody has.
    pub(crate) fn clean(&self) {
        let mut state = self.state();
        state.free.clear();
        self.freed.notify_one();
    }

    /// Makes buffers before they are needed.
    pub(crate) fn allocate(&self, count: u32) -> Result<(), c_int> {
        let mut state = self.state();
        if count as usize > CAPACITY {
            return Err(INVALID_ARGUMENTS);
        }
        let wanted = state.config();
        while state.buffers() < count as usize {
            let buffer = Buffer::new(&wanted)?;
            state.free.push(buffer);
        }
        Ok(())
    }

    /// How many buffers it has at most.
    pub(crate) fn capacity(&self) -> i32 {
        CAPACITY as i32
    }

    /// Says who is told of new pictures, on the thread that draws them.
    pub(crate) fn set_listener(&self, listener: Option<Listener>) {
        self.state().listener = listener;
    }

    /// Whether old pictures are given up for new ones.
    pub(crate) fn set_drops(&self, drops: bool) {
        self.state().drops = drops;
    }
}

fn remove(list: &mut Vec<Arc<Buffer>>, buffer: &Arc<Buffer>) -> Option<Arc<Buffer>> {
    let at = list.iter().position(|known| Arc::ptr_eq(known, buffer))?;
    Some(list.remove(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_go_round() {
        let queue = Queue::new();
        queue.change(|settings| (settings.width, settings.height, settings.timeout) = (4, 4, 0));
        queue.set_listener(Some(Arc::new(|| {})));
        let first = queue.request().expect("a buffer");
        assert_eq!(queue.flush(&first), Ok(()));
        assert_eq!(queue.flush(&first), Err(BUFFER_STATE_INVALID), "it is not the producer's any more");
        for _ in 0..2 {
            let buffer = queue.request().expect("a buffer");
            assert_eq!(queue.flush(&buffer), Ok(()));
        }
        assert_eq!(queue.request().err(), Some(NO_BUFFER), "three are waiting to be shown");
        let shown = queue.acquire(false).expect("a picture");
        assert!(Arc::ptr_eq(&shown.buffer, &first));
        assert_eq!(queue.request().err(), Some(NO_BUFFER), "one is shown, two wait");
        assert_eq!(queue.release(&shown.buffer), Ok(()));
        let again = queue.request().expect("a buffer");
        assert!(Arc::ptr_eq(&again, &first));
        assert_eq!(queue.abort(&again), Ok(()));
        queue.change(|settings| settings.width = 8);
        assert_eq!(queue.request().map(|buffer| buffer.config().width), Ok(8), "old ones are no longer right");
        assert!(Queue::by_id(queue.id()).is_some());
        let id = queue.id();
        drop(queue);
        assert!(Queue::by_id(id).is_none());
    }

    #[test]
    fn nobody_who_looks_holds_nobody_up() {
        let queue = Queue::new();
        queue.change(|settings| settings.timeout = 0);
        for _ in 0..10 {
            let buffer = queue.request().expect("a buffer");
            assert_eq!(queue.flush(&buffer), Ok(()));
        }
    }
}
