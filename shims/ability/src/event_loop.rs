//! The main loop of a thread of the app: timers, tasks, work on other threads, watched descriptors.
//!
//! One loop per [`Context`]. A *turn* runs the timers that are due, then the tasks that were queued when the turn began, so
//! neither can starve the other. Microtasks run after every callback, because the engine drains them when the outermost call
//! returns. Everything that another thread wants done here goes through a [`Remote`].

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use concord_engine::{Context, Exception, JsResult, Value};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::eventfd::{EfdFlags, EventFd};
use rustc_hash::FxHashMap;

/// Work for the thread of the loop.
pub type Task = Box<dyn FnOnce(&Context) -> JsResult<()>>;
/// Work that another thread posts.
pub type RemoteTask = Box<dyn FnOnce(&Context, &EventLoop) -> JsResult<()> + Send>;
/// What a finished [`EventLoop::offload`] does with its result.
type Completion = Box<dyn FnOnce(&Context, Box<dyn Any + Send>) -> JsResult<()>>;
/// What a timer of ours does.
type HostAction = Rc<dyn Fn(&Context) -> JsResult<()>>;
/// Called for every descriptor that is ready; returns whether to keep watching.
type WatchCallback = Rc<dyn Fn(&Context, PollFlags) -> JsResult<bool>>;
/// Called when there is nothing to do and work elsewhere may still bring some.
type IdleHandler = Rc<dyn Fn(&EventLoop)>;
/// Called with what a task, timer or watch threw.
pub type ErrorHandler = Rc<dyn Fn(&Context, &EventLoop, Exception)>;

/// How the loop tells the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// The machine's monotonic clock.
    #[default]
    Real,
    /// Jumps to the next timer when nothing else is left to do, so that waiting costs nothing. While work on another thread
    /// is outstanding the loop waits for it for as long as the timer would really have taken.
    Virtual,
    /// Moves only by those jumps: what the machine computes takes no time, so two runs see the same times however fast the
    /// machine is. Code that waits by asking for the time again and again waits for ever.
    Stepped,
}

/// How long a stepped clock waits for work on other threads before it moves on without.
const PATIENCE: Duration = Duration::from_millis(500);

/// Why [`EventLoop::run`] returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// [`EventLoop::request_exit`] was called with this code.
    Exit(i32),
    /// Nothing is left to do (see [`EventLoop::is_idle`]).
    Idle,
    /// The deadline passed.
    Deadline,
}

/// When [`EventLoop::run`] shall return, besides an exit request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunLimits {
    /// Return when idle. Without it the loop waits for other threads for ever.
    pub until_idle: bool,
    /// Return after this time of the loop's own clock.
    pub deadline: Option<Duration>,
}

/// The loop. Cheap to clone; all clones are the same loop.
#[derive(Clone)]
pub struct EventLoop(Rc<Inner>);

struct Inner {
    clock: Clock,
    started: Instant,
    /// Time that a virtual clock has jumped over.
    skipped: Cell<Duration>,
    /// (due, order of starting) → id; the order makes equal times run first come, first served.
    queue: RefCell<BTreeMap<(Duration, u64), u32>>,
    timers: RefCell<FxHashMap<u32, Timer>>,
    next_timer: Cell<u32>,
    next_order: Cell<u64>,
    tasks: RefCell<VecDeque<Task>>,
    completions: RefCell<FxHashMap<u64, Completion>>,
    next_completion: Cell<u64>,
    watches: RefCell<BTreeMap<u64, Watch>>,
    next_watch: Cell<u64>,
    embedded: RefCell<Vec<Rc<dyn EmbeddedLoop>>>,
    exit: Cell<Option<i32>>,
    running: Cell<bool>,
    intervals_count: Cell<bool>,
    on_error: RefCell<Option<ErrorHandler>>,
    on_idle: RefCell<Option<IdleHandler>>,
    shared: Arc<Shared>,
}

struct Timer {
    key: (Duration, u64),
    interval: Option<Duration>,
    action: TimerAction,
}

#[derive(Clone)]
enum TimerAction {
    Script { callback: Value, args: Rc<[Value]> },
    Host(HostAction),
}

struct Watch {
    fd: OwnedFd,
    interest: PollFlags,
    callback: WatchCallback,
    /// A background watch does not keep the loop from being idle.
    background: bool,
}

/// The loop of a library, such as libuv's, which runs within ours on the same thread. It goes by the real clock.
pub trait EmbeddedLoop {
    /// Becomes readable when there is something to do.
    fn descriptor(&self) -> BorrowedFd<'_>;
    /// How long it may wait when nothing happens; `None` for ever.
    fn timeout(&self) -> Option<Duration>;
    /// Whether anything is left to do; our loop is not idle then.
    fn is_alive(&self) -> bool;
    /// Does what is due, without waiting.
    fn turn(&self, context: &Context);
}

struct Shared {
    queue: Mutex<VecDeque<RemoteTask>>,
    wake: EventFd,
    open: AtomicBool,
    /// 0, or 1 + a requested exit code (as bits).
    exit: AtomicU64,
    holds: AtomicUsize,
}

/// A handle for other threads. Cheap to clone.
#[derive(Clone)]
pub struct Remote(Arc<Shared>);

/// Keeps the loop from being idle for as long as it lives; may be sent to another thread.
pub struct Hold(Arc<Shared>);

/// Identifies a timer or a watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WatchId(u64);

/// The loop could not be made or cannot wait.
#[derive(Debug, thiserror::Error)]
pub enum LoopError {
    /// The kernel refused an event descriptor.
    #[error("cannot create the event descriptor of the main loop: {0}; raise the limit of open files (ulimit -n)")]
    EventFd(#[source] Errno),
    /// Waiting failed.
    #[error("cannot wait for events on the main loop: {0}")]
    Poll(#[source] Errno),
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.holds.fetch_sub(1, Ordering::AcqRel);
        self.0.wake();
    }
}

impl Shared {
    fn wake(&self) {
        // The counter can only overflow when it is already readable, which is all that is wanted.
        let _ = self.wake.write(1);
    }

    fn take(&self) -> VecDeque<RemoteTask> {
        std::mem::take(&mut *self.queue.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn is_empty(&self) -> bool {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

impl Remote {
    /// Queues `task` on the loop's thread and wakes it. False when the loop has ended (the task is dropped).
    pub fn post(&self, task: impl FnOnce(&Context, &EventLoop) -> JsResult<()> + Send + 'static) -> bool {
        if !self.0.open.load(Ordering::Acquire) {
            return false;
        }
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner).push_back(Box::new(task));
        self.0.wake();
        true
    }

    /// As [`EventLoop::request_exit`], from another thread.
    pub fn exit(&self, code: i32) {
        let _ = self.0.exit.compare_exchange(0, 1 + u64::from(code as u32), Ordering::AcqRel, Ordering::Acquire);
        self.0.wake();
    }

    /// Whether both reach the same loop.
    pub fn is_same(&self, other: &Remote) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Keeps the loop from being idle until dropped.
    pub fn hold(&self) -> Hold {
        self.0.holds.fetch_add(1, Ordering::AcqRel);
        Hold(Arc::clone(&self.0))
    }
}

impl concord_runtime::Tasks for EventLoop {
    fn post(&self, function: Value) {
        self.post_call(&function, Vec::new());
    }
}

impl EventLoop {
    /// Makes the loop of `context` and keeps it in its host data, where [`EventLoop::of`] finds it.
    pub fn new(context: &Context, clock: Clock) -> Result<Self, LoopError> {
        let wake = EventFd::from_value_and_flags(0, EfdFlags::EFD_CLOEXEC | EfdFlags::EFD_NONBLOCK)
            .map_err(LoopError::EventFd)?;
        let event_loop = Self(Rc::new(Inner {
            clock,
            started: Instant::now(),
            skipped: Cell::default(),
            queue: RefCell::default(),
            timers: RefCell::default(),
            next_timer: Cell::new(1),
            next_order: Cell::new(0),
            tasks: RefCell::default(),
            completions: RefCell::default(),
            next_completion: Cell::new(0),
            watches: RefCell::default(),
            next_watch: Cell::new(0),
            embedded: RefCell::default(),
            exit: Cell::new(None),
            running: Cell::new(false),
            intervals_count: Cell::new(false),
            on_error: RefCell::new(None),
            on_idle: RefCell::new(None),
            shared: Arc::new(Shared {
                queue: Mutex::default(),
                wake,
                open: AtomicBool::new(true),
                exit: AtomicU64::new(0),
                holds: AtomicUsize::new(0),
            }),
        }));
        context.set_host_data(Rc::new(event_loop.clone()));
        Ok(event_loop)
    }

    /// The loop of `context`, if it has one.
    pub fn of(context: &Context) -> Option<Self> {
        context.host_data::<Self>().map(|event_loop| (*event_loop).clone())
    }

    /// A handle for other threads.
    pub fn remote(&self) -> Remote {
        Remote(Arc::clone(&self.0.shared))
    }

    /// Time since the loop was made, by its own clock.
    pub fn now(&self) -> Duration {
        match self.0.clock {
            Clock::Real | Clock::Virtual => self.0.started.elapsed() + self.0.skipped.get(),
            Clock::Stepped => self.0.skipped.get(),
        }
    }

    /// What to do with uncaught errors of tasks, timers and watches. Without a handler the error is logged and the loop ends
    /// with code 1.
    pub fn set_error_handler(&self, handler: impl Fn(&Context, &Self, Exception) + 'static) {
        *self.0.on_error.borrow_mut() = Some(Rc::new(handler));
    }

    /// What to do whenever nothing is left to do, before the loop waits for others.
    pub fn set_idle_handler(&self, handler: impl Fn(&Self) + 'static) {
        *self.0.on_idle.borrow_mut() = Some(Rc::new(handler));
    }

    /// Gives `exception` to the error handler, as if a task had thrown it.
    pub fn report(&self, context: &Context, exception: Exception) {
        if self.0.exit.get().is_some() {
            return; // What is thrown while ending is the termination itself, or its consequence.
        }
        let handler = self.0.on_error.borrow().clone();
        match handler {
            Some(handler) => handler(context, self, exception),
            None => {
                tracing::error!("uncaught: {}", exception.describe());
                self.request_exit(1);
            }
        }
    }

    /// Queues `task` behind everything queued so far.
    pub fn post(&self, task: impl FnOnce(&Context) -> JsResult<()> + 'static) {
        self.0.tasks.borrow_mut().push_back(Box::new(task));
    }

    /// Queues a call of `callback` with `args`, as the platform delivers asynchronous results.
    pub fn post_call(&self, callback: &Value, args: Vec<Value>) {
        let callback = callback.clone();
        self.post(move |context| callback.call(&context.undefined(), &args).map(drop));
    }

    /// Runs `work` on another thread and `done` with its result on this one. A panic in `work` is reported as a warning and
    /// `done` is not called.
    pub fn offload<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
        done: impl FnOnce(&Context, T) -> JsResult<()> + 'static,
    ) -> std::io::Result<()> {
        let deliver = self.expect(done);
        std::thread::Builder::new().name("concord-work".into()).spawn(move || deliver(work()))?;
        Ok(())
    }

    /// Runs `done` on this thread with what another thread gives to the function returned. Until that is called or dropped the
    /// loop is not idle.
    pub fn expect<T: Send + 'static>(
        &self,
        done: impl FnOnce(&Context, T) -> JsResult<()> + 'static,
    ) -> impl FnOnce(T) + Send + 'static {
        let token = self.0.next_completion.get();
        self.0.next_completion.set(token + 1);
        let completion: Completion = Box::new(move |context, result| match result.downcast::<T>() {
            Ok(result) => done(context, *result),
            Err(_) => Ok(()), // The token is unique, so the type is always the right one.
        });
        self.0.completions.borrow_mut().insert(token, completion);
        let remote = self.remote();
        let hold = remote.hold();
        move |result| {
            let result: Box<dyn Any + Send> = Box::new(result);
            remote.post(move |context, event_loop| {
                let _hold = hold;
                let completion = event_loop.0.completions.borrow_mut().remove(&token);
                completion.map_or(Ok(()), |completion| completion(context, result))
            });
        }
    }

    /// Calls `callback` whenever `fd` is ready, until it returns false or [`EventLoop::unwatch`]. A `background` watch does
    /// not keep the loop from being idle.
    pub fn watch(
        &self,
        fd: OwnedFd,
        interest: PollFlags,
        background: bool,
        callback: impl Fn(&Context, PollFlags) -> JsResult<bool> + 'static,
    ) -> WatchId {
        let id = self.0.next_watch.get();
        self.0.next_watch.set(id + 1);
        self.0.watches.borrow_mut().insert(id, Watch { fd, interest, callback: Rc::new(callback), background });
        WatchId(id)
    }

    /// Ends a watch and closes its descriptor.
    pub fn unwatch(&self, id: WatchId) {
        self.0.watches.borrow_mut().remove(&id.0);
    }

    /// Runs the loop of a library within this one from now on.
    pub fn embed(&self, embedded: Rc<dyn EmbeddedLoop>) {
        self.0.embedded.borrow_mut().push(embedded);
    }

    /// The embedded loops that have something left to do.
    fn embedded_alive(&self) -> Vec<Rc<dyn EmbeddedLoop>> {
        let embedded = self.0.embedded.borrow();
        embedded.iter().filter(|embedded| embedded.is_alive()).map(Rc::clone).collect()
    }

    /// Calls a Rust function after `delay`; returns the id for [`EventLoop::clear_timer`].
    pub fn after(&self, delay: Duration, action: impl FnOnce(&Context) -> JsResult<()> + 'static) -> u32 {
        let action = Cell::new(Some(action));
        self.start(delay, None, TimerAction::Host(Rc::new(move |context| action.take().map_or(Ok(()), |f| f(context)))))
    }

    /// Calls a Rust function again and again, until [`EventLoop::clear_timer`]. Intervals do not keep the loop from being idle.
    pub fn every(&self, interval: Duration, action: impl Fn(&Context) -> JsResult<()> + 'static) -> u32 {
        let interval = interval.max(Duration::from_millis(1));
        self.start(interval, Some(interval), TimerAction::Host(Rc::new(action)))
    }

    /// Starts a timer that calls `callback(...args)` after `delay` milliseconds (clamped to 0 … 2^31-1), again and again when
    /// `repeat`.
    pub fn set_timer(&self, callback: Value, delay: f64, args: &[Value], repeat: bool) -> u32 {
        let clamped = if delay.is_nan() { 0.0 } else { delay.clamp(0.0, f64::from(i32::MAX)) };
        let delay = Duration::from_micros((clamped * 1000.0) as u64);
        // A repetition without delay would keep everything else from running.
        let interval = repeat.then(|| delay.max(Duration::from_millis(1)));
        self.start(delay, interval, TimerAction::Script { callback, args: args.into() })
    }

    /// Stops a timer; unknown ids are ignored.
    pub fn clear_timer(&self, id: u32) {
        if let Some(timer) = self.0.timers.borrow_mut().remove(&id) {
            self.0.queue.borrow_mut().remove(&timer.key);
        }
    }

    fn start(&self, delay: Duration, interval: Option<Duration>, action: TimerAction) -> u32 {
        let inner = &*self.0;
        let mut timers = inner.timers.borrow_mut();
        let mut id = inner.next_timer.get();
        while id == 0 || timers.contains_key(&id) {
            id = id.wrapping_add(1);
        }
        inner.next_timer.set(id.wrapping_add(1));
        // Nothing else moves a stepped clock, so whoever waits for less than a moment again and again would wait for ever.
        let least = if inner.clock == Clock::Stepped { Duration::from_micros(1) } else { Duration::ZERO };
        let key = (self.now() + delay.max(least), self.next_order());
        timers.insert(id, Timer { key, interval, action });
        inner.queue.borrow_mut().insert(key, id);
        id
    }

    fn next_order(&self) -> u64 {
        let order = self.0.next_order.get();
        self.0.next_order.set(order + 1);
        order
    }

    /// Makes [`EventLoop::run`] return after the callback that is running now. The first code wins.
    pub fn request_exit(&self, code: i32) {
        if self.0.exit.get().is_none() {
            self.0.exit.set(Some(code));
        }
        self.0.shared.wake();
    }

    /// Whether [`EventLoop::run`] has yet to return.
    pub fn is_running(&self) -> bool {
        self.0.running.get()
    }

    /// Forgets an exit that was requested, so that the loop can be run again.
    pub fn resume(&self) {
        self.0.exit.set(None);
    }

    /// The requested exit code.
    pub fn exit_requested(&self) -> Option<i32> {
        self.0.exit.get()
    }

    /// Lets intervals keep the loop from being idle, as for a program that ends when it has nothing left to do.
    pub fn count_intervals(&self) {
        self.0.intervals_count.set(true);
    }

    /// Nothing is queued, no one-shot timer is running, no other thread works for this loop, nothing is watched. Intervals do
    /// not count (an app that blinks is idle) unless [`EventLoop::count_intervals`] was called.
    pub fn is_idle(&self) -> bool {
        let inner = &*self.0;
        inner.tasks.borrow().is_empty()
            && inner.shared.is_empty()
            && inner.shared.holds.load(Ordering::Acquire) == 0
            && inner.timers.borrow().values().all(|timer| timer.interval.is_some() && !inner.intervals_count.get())
            && inner.watches.borrow().values().all(|watch| watch.background)
            && inner.embedded.borrow().iter().all(|embedded| !embedded.is_alive())
    }

    /// Runs until exit is requested or a limit is reached.
    pub fn run(&self, context: &Context, limits: RunLimits) -> Result<Ended, LoopError> {
        let was_running = self.0.running.replace(true);
        let ended = self.run_until(context, limits);
        self.0.running.set(was_running);
        ended
    }

    fn run_until(&self, context: &Context, limits: RunLimits) -> Result<Ended, LoopError> {
        let end = limits.deadline.map(|limit| self.now() + limit);
        loop {
            self.turn(context);
            if let Some(code) = self.0.exit.get() {
                return Ok(Ended::Exit(code));
            }
            if limits.until_idle && self.is_idle() {
                return Ok(Ended::Idle);
            }
            if end.is_some_and(|end| self.now() >= end) {
                return Ok(Ended::Deadline);
            }
            if self.0.tasks.borrow().is_empty() {
                let handler = self.0.on_idle.borrow().clone().filter(|_| self.is_idle());
                if let Some(handler) = handler {
                    handler(self);
                }
                self.wait(context, end)?;
            }
        }
    }

    /// One turn: remote tasks are taken over, due timers run, then the tasks queued at the start. Does not wait.
    pub fn turn(&self, context: &Context) {
        let inner = &*self.0;
        if let Some(code) = inner.shared.exit.load(Ordering::Acquire).checked_sub(1) {
            self.request_exit(code as u32 as i32);
        }
        for task in inner.shared.take() {
            let event_loop = self.clone();
            self.post(move |context| task(context, &event_loop));
        }
        let queued = inner.tasks.borrow().len();
        self.run_timers(context);
        for _ in 0..queued {
            if inner.exit.get().is_some() {
                return;
            }
            let Some(task) = inner.tasks.borrow_mut().pop_front() else { return };
            if let Err(exception) = task(context) {
                self.report(context, exception);
            }
            context.drain_microtasks();
        }
        for embedded in self.embedded_alive() {
            if inner.exit.get().is_none() {
                embedded.turn(context);
            }
        }
    }

    fn run_timers(&self, context: &Context) {
        let inner = &*self.0;
        let now = self.now();
        // A timer started by a timer of this turn waits for the next turn, however short its delay.
        let newest = inner.next_order.get();
        loop {
            if inner.exit.get().is_some() {
                return;
            }
            let next = inner.queue.borrow().iter().map(|(key, id)| (*key, *id)).find(|((due, order), _)| {
                // Keys are sorted by time, so the search ends at the first one that is not due.
                *due > now || *order < newest
            });
            let Some((key, id)) = next.filter(|((due, _), _)| *due <= now) else { return };
            inner.queue.borrow_mut().remove(&key);
            let action = {
                let mut timers = inner.timers.borrow_mut();
                let Some(timer) = timers.get_mut(&id) else { continue };
                let action = timer.action.clone();
                match timer.interval {
                    Some(interval) => {
                        timer.key = (now + interval, self.next_order());
                        inner.queue.borrow_mut().insert(timer.key, id);
                    }
                    None => {
                        timers.remove(&id);
                    }
                }
                action
            };
            let result = match action {
                TimerAction::Script { callback, args } => callback.call(&context.undefined(), &args).map(drop),
                TimerAction::Host(action) => action(context),
            };
            if let Err(exception) = result {
                self.report(context, exception);
            }
            context.drain_microtasks();
        }
    }

    /// Waits for the next timer, a wake-up or a descriptor, at most until `end`.
    fn wait(&self, context: &Context, end: Option<Duration>) -> Result<(), LoopError> {
        let inner = &*self.0;
        let next_timer = inner.queue.borrow().first_key_value().map(|((due, _), _)| *due);
        let next = match (next_timer, end) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let now = self.now();
        let mut timeout = next.map(|next| next.saturating_sub(now));
        let embedded = self.embedded_alive();
        let patient = embedded.iter().filter_map(|embedded| embedded.timeout()).min();
        if inner.clock != Clock::Real
            && embedded.is_empty()
            && inner.shared.holds.load(Ordering::Acquire) == 0
            && inner.watches.borrow().values().all(|watch| watch.background)
            && inner.shared.is_empty()
            && let Some(skip) = timeout
        {
            inner.skipped.set(inner.skipped.get() + skip);
            timeout = Some(Duration::ZERO);
        }
        let ready = match timeout.filter(|timeout| inner.clock == Clock::Stepped && !timeout.is_zero()) {
            None => self.poll([timeout, patient].into_iter().flatten().min())?,
            Some(step) => {
                let begun = Instant::now();
                let patience = step.max(PATIENCE);
                let ready = self.poll(Some(patience))?;
                if begun.elapsed() >= patience {
                    inner.skipped.set(inner.skipped.get() + step);
                }
                ready
            }
        };
        for (id, events) in ready {
            let callback = inner.watches.borrow().get(&id).map(|watch| Rc::clone(&watch.callback));
            let Some(callback) = callback else { continue };
            let keep = callback(context, events).unwrap_or_else(|exception| {
                self.report(context, exception);
                true
            });
            if !keep {
                self.unwatch(WatchId(id));
            }
            context.drain_microtasks();
        }
        Ok(())
    }

    fn poll(&self, timeout: Option<Duration>) -> Result<Vec<(u64, PollFlags)>, LoopError> {
        let inner = &*self.0;
        let watches = inner.watches.borrow();
        let mut fds = Vec::with_capacity(watches.len() + 1);
        fds.push(PollFd::new(inner.shared.wake.as_fd(), PollFlags::POLLIN));
        for watch in watches.values() {
            let fd: BorrowedFd<'_> = watch.fd.as_fd();
            fds.push(PollFd::new(fd, watch.interest));
        }
        // What embedded loops do with theirs, they see for themselves in their turn.
        let embedded = inner.embedded.borrow();
        fds.extend(embedded.iter().map(|embedded| PollFd::new(embedded.descriptor(), PollFlags::POLLIN)));
        // Rounded up, otherwise the last fraction of a millisecond would be spent spinning.
        let timeout = match timeout {
            None => PollTimeout::NONE,
            Some(time) => {
                let millis = time.as_micros().div_ceil(1000).min(i32::MAX as u128);
                PollTimeout::try_from(millis as i32).unwrap_or(PollTimeout::MAX)
            }
        };
        match poll(&mut fds, timeout) {
            Ok(_) | Err(Errno::EINTR) => {}
            Err(errno) => return Err(LoopError::Poll(errno)),
        }
        let mut events = fds.iter().map(|fd| fd.revents().unwrap_or(PollFlags::empty()));
        if events.next().is_some_and(|flags| !flags.is_empty()) {
            let _ = inner.shared.wake.read();
        }
        Ok(watches.keys().copied().zip(events).filter(|(_, flags)| !flags.is_empty()).collect())
    }

    /// Drops every timer, task and watch, and refuses what other threads still post. Values kept by the loop would otherwise
    /// keep their context alive.
    pub fn close(&self) {
        let inner = &*self.0;
        inner.shared.open.store(false, Ordering::Release);
        inner.queue.borrow_mut().clear();
        let dropped = (
            inner.timers.take(),
            inner.tasks.take(),
            inner.completions.take(),
            inner.embedded.take(),
            inner.watches.take(),
            (inner.on_error.take(), inner.on_idle.take()),
            inner.shared.take(),
        );
        drop(dropped);
    }

    fn downgrade(&self) -> Weak<Inner> {
        Rc::downgrade(&self.0)
    }

    /// Makes `Date` follow a virtual clock, so that an app that waits a second also reads a second later.
    fn install_date(&self, context: &Context) -> JsResult<()> {
        let event_loop = self.downgrade();
        let skipped = context.function("skipped", 0, move |call| {
            let ahead = event_loop.upgrade().map_or(0.0, |inner| {
                let elapsed = inner.started.elapsed();
                (Self(inner).now().as_secs_f64() - elapsed.as_secs_f64()) * 1000.0
            });
            // Whole milliseconds, as `Date` counts.
            Ok(call.context.number(ahead.floor()))
        });
        context
            .eval(include_str!("virtual_date.js"), "concord:virtual-date")?
            .call(&context.undefined(), &[skipped])?;
        Ok(())
    }

    /// Defines `setTimeout`, `setInterval`, `clearTimeout` and `clearInterval` on the global object, and `Date` where the clock
    /// is a virtual one.
    pub fn install_globals(&self, context: &Context) -> JsResult<()> {
        if self.0.clock != Clock::Real {
            self.install_date(context)?;
        }
        let global = context.global();
        for (name, repeat) in [("setTimeout", false), ("setInterval", true)] {
            let event_loop = self.downgrade();
            let function = context.function(name, 2, move |call| {
                let callback = call.arg(0);
                if !callback.is_function() {
                    let message = format!("{name}: the first parameter must be a function");
                    return Err(Exception(call.context.error(concord_engine::ErrorKind::TypeError, &message)));
                }
                let delay = call.arg(1);
                let delay = if delay.is_nullish() { 0.0 } else { delay.to_number()? };
                let args = call.args.get(2..).unwrap_or_default();
                let id = event_loop.upgrade().map_or(0, |inner| Self(inner).set_timer(callback, delay, args, repeat));
                Ok(call.context.number(f64::from(id)))
            });
            global.set(name, &function)?;
        }
        for name in ["clearTimeout", "clearInterval"] {
            let event_loop = self.downgrade();
            let function = context.function(name, 1, move |call| {
                let id = call.arg(0);
                let id = if id.is_number() || id.is_string() { id.to_number()? } else { 0.0 };
                if let Some(inner) = event_loop.upgrade()
                    && id >= 1.0
                    && id <= f64::from(u32::MAX)
                {
                    Self(inner).clear_timer(id as u32);
                }
                Ok(call.context.undefined())
            });
            global.set(name, &function)?;
        }
        Ok(())
    }
}
