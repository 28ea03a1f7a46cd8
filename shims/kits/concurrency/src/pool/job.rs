//! A task on its way from the thread that wants it done to a thread of the pool, and what comes back.

use concord_ability::event_loop::{Hold, Remote};
use concord_engine::{Context, JsResult, Value};
use concord_runtime::FunctionName;
use concord_runtime::transfer::Message;
use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A run of a task, as all threads know it.
pub(super) struct Ticket {
    /// Of the run; one task may run several times.
    pub(super) run: u64,
    /// `taskId`.
    pub(super) task: u64,
    pub(super) name: String,
    pub(super) canceled: AtomicBool,
    /// The host listens to `sendData`.
    pub(super) hears_data: AtomicBool,
    /// The host listens to the beginning.
    pub(super) hears_start: bool,
    /// Its own thread is kept until somebody ends it.
    pub(super) long: bool,
    pub(super) started: Mutex<Option<Instant>>,
    host: Remote,
    /// The host's loop is not idle before it has heard the end.
    hold: Mutex<Option<Hold>>,
}

/// What a host hears of a run.
pub(super) enum Event {
    Started,
    /// Arguments of `sendData`, an array.
    Data(Message),
    /// The result, or what was thrown.
    Done {
        result: Result<Message, Option<Message>>,
        times: Times,
    },
    /// Cancelled while it waited.
    Canceled,
}

/// How long a run took.
#[derive(Clone, Copy, Default)]
pub(super) struct Times {
    pub(super) total: Duration,
    /// Time of the processor.
    pub(super) cpu: Duration,
}

/// What a thread of the pool is given.
pub(super) struct Job {
    pub(super) ticket: std::sync::Arc<Ticket>,
    pub(super) function: FunctionName,
    pub(super) arguments: Message,
}

/// The function of a host's face that hears of its runs: `deliver(run, event, …)`.
#[derive(Default)]
pub(super) struct Listener(pub(super) OnceCell<Value>);

impl Listener {
    pub(super) fn of(context: &Context) -> Rc<Listener> {
        context.host_data().unwrap_or_else(|| {
            let listener = Rc::new(Listener::default());
            context.set_host_data(Rc::clone(&listener));
            listener
        })
    }
}

impl Ticket {
    /// A run of the task `task` that `host` waits for.
    pub(super) fn new(run: u64, task: u64, name: String, long: bool, host: Remote) -> Ticket {
        let hold = Mutex::new(Some(host.hold()));
        Ticket {
            run,
            task,
            name,
            canceled: AtomicBool::new(false),
            hears_data: AtomicBool::new(false),
            hears_start: false,
            long,
            started: Mutex::default(),
            host,
            hold,
        }
    }

    pub(super) fn cancel(&self) {
        self.canceled.store(true, Ordering::Release);
    }

    pub(super) fn is_canceled(&self) -> bool {
        self.canceled.load(Ordering::Acquire)
    }

    /// Tells the host, in the order of the calls.
    pub(super) fn tell(&self, event: Event) {
        let run = self.run;
        let last = matches!(event, Event::Done { .. } | Event::Canceled);
        self.host.post(move |context, _| event.deliver(context, run));
        if last {
            let hold = self.hold.lock().unwrap_or_else(PoisonError::into_inner).take();
            drop(hold);
        }
    }
}

impl Event {
    fn deliver(self, context: &Context, run: u64) -> JsResult<()> {
        let Some(deliver) = Listener::of(context).0.get().cloned() else { return Ok(()) };
        let mut values = vec![context.number(run as f64)];
        match self {
            Event::Started => values.push(context.string("started")),
            Event::Canceled => values.push(context.string("canceled")),
            Event::Data(data) => {
                values.push(context.string("data"));
                values.push(data.give(context)?);
            }
            Event::Done { result, times } => {
                let (event, value) = match result {
                    Ok(result) => ("done", Some(result)),
                    Err(error) => ("failed", error),
                };
                values.push(context.string(event));
                values.push(match value {
                    Some(value) => value.give(context)?,
                    None => context.error(concord_engine::ErrorKind::Error, "the task has failed"),
                });
                let milliseconds = |time: Duration| context.number((time.as_secs_f64() * 1000.0).round());
                values.push(milliseconds(times.total));
                values.push(milliseconds(times.cpu));
            }
        }
        deliver.call(&context.undefined(), &values).map(drop)
    }
}
